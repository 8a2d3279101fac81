//! The frame of a page: its language, where it lives, and how it is sent.

use super::account::session::{self, Device};
use crate::portal::layout::{Business, FieldError, Layout, Page, PagePath, style_csp_hash};
use crate::web::{Address, Channels, RequestId, language_of};
use axum::extract::{FromRequestParts, OriginalUri, RawPathParams};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use farline_app::accounts::SignedInSession;
use farline_app::{Mode, Problem};
use farline_domain::kernel::Language;
use farline_texts::Words;
use std::sync::Arc;

/// What a page's handler knows of the request.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The channels.
    pub channels: ChannelsOfFrame,
    /// The page's language.
    pub language: Language,
    /// Whether the address names a language that we have; other addresses are no pages.
    pub named: Option<Language>,
    /// The address behind the language, query included.
    pub path: PagePath,
    /// The request's id.
    pub request: String,
    /// The caller's address.
    pub address: Address,
    /// Who is signed in on the device.
    pub session: Option<SignedInSession>,
    /// The device itself.
    pub device: Device,
}

/// The channels, hidden from `Debug`: they hold keys.
#[derive(Clone)]
pub struct ChannelsOfFrame(pub Channels);

impl std::fmt::Debug for ChannelsOfFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channels")
    }
}

impl FromRequestParts<Channels> for Frame {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, Self::Rejection> {
        let parameters = RawPathParams::from_request_parts(parts, channels).await.ok();
        let named = parameters.as_ref().and_then(|parameters| {
            let (_, value) = parameters.iter().find(|(name, _)| *name == "language")?;
            Language::ALL.into_iter().find(|language| language.path() == value)
        });
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let asked = uri.query().and_then(|query| query.strip_prefix("lang="));
        let language = named.unwrap_or_else(|| language_of(asked, &parts.headers));
        let whole = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = match named {
            Some(language) => {
                let rest = whole.strip_prefix('/').and_then(|p| p.strip_prefix(language.path()));
                PagePath::InLanguage(rest.unwrap_or("").to_owned())
            }
            None if whole == "/" => PagePath::InLanguage(String::new()),
            None => PagePath::Fixed(uri.path().to_owned()),
        };
        let request = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let Ok(address) = Address::from_request_parts(parts, channels).await;
        let device = Device::of(&parts.headers, channels.settings.transport);
        let session = session::of(channels, &device).await;
        let channels = ChannelsOfFrame(channels.clone());
        let request = request.unwrap_or_default();
        Ok(Self { channels, language, named, path, request, address, session, device })
    }
}

impl Frame {
    /// The channels.
    pub const fn channels(&self) -> &Channels {
        &self.channels.0
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// The frame of the page.
    pub fn layout(&self) -> Layout {
        let business = business_of(self.channels(), self.language);
        let mut layout = Layout::new(self.language, self.path.clone(), business);
        layout.sandbox = self.channels().app.mode == Mode::Sandbox;
        layout.signed_in = self.session.is_some();
        layout.csrf = self.session.map(|session| session::csrf(self.channels(), session));
        layout
    }

    /// The frame of a page that lives elsewhere than where this request went, as after a form.
    pub fn layout_at(&self, path: &str) -> Layout {
        let mut layout = self.layout();
        layout.path = PagePath::InLanguage(path.to_owned());
        layout
    }

    /// What is wrong with a field, as the page says it.
    pub fn error(&self, problem: &Problem, field: &str) -> FieldError {
        FieldError {
            field: problem.field.unwrap_or(field).to_owned(),
            message: self.words().say(&format!("problem-{}-detail", problem.code.code())),
        }
    }
}

fn business_of(channels: &Channels, language: Language) -> Arc<Business> {
    let business = &channels.app.business;
    let words = Words::of(language);
    Arc::new(Business {
        brand: business.brand.get(language).to_owned(),
        legal_name: business.legal_name.clone(),
        address: business.address.clone(),
        phone: business.phone.clone(),
        phone_e164: business.phone_e164().unwrap_or_default(),
        email: business.email.clone(),
        privacy_officer: business.privacy_officer.get(language).to_owned(),
        privacy_email: business.privacy_email.as_ref().unwrap_or(&business.email).clone(),
        tax_registrations: business.registrations(words),
        refunds: business.refunds(words),
        terms_version: business.terms_version.clone(),
    })
}

/// A page as a response. Its policy allows its one style sheet, pictures in the page, and forms to
/// this site.
pub fn html(status: StatusCode, page: &impl Page) -> Response {
    let policy = format!(
        "default-src 'none'; style-src {}; img-src data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        style_csp_hash()
    );
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(VARY, HeaderValue::from_static("accept-language, accept-encoding"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    (status, headers, page.html()).into_response()
}

/// Sends the browser on with a fresh GET.
pub fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
