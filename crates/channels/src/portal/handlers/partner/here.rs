//! Which partner's portal a request is in. To everybody who is not one of its people there is none.

use super::super::account::session::{Sent, SignedIn};
use super::super::form::Fields;
use super::super::frame::{Frame, html};
use super::super::problem;
use crate::portal::layout::{Layout, PagePath};
use crate::portal::views::{PartnerNonePage, Place, Tab};
use crate::web::Channels;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use farline_app::{App, Problem, ProblemCode, partners};
use farline_domain::kernel::{Instant, Money};
use farline_domain::partners::{Partner, Trading};
use farline_texts::Words;

/// A request of one of a partner's people.
#[derive(Clone, Debug)]
pub struct AtPartner {
    /// Who.
    pub here: SignedIn,
    /// Of which partner.
    pub partner: Partner,
}

/// A form that one of a partner's people sent from a page of their session.
#[derive(Clone, Debug)]
pub struct SentToPartner {
    /// Who, of which partner.
    pub place: AtPartner,
    /// What.
    pub fields: Fields,
}

/// There is no such partner, and what to do.
pub fn nobody(frame: &Frame) -> Response {
    html(StatusCode::NOT_FOUND, &PartnerNonePage { layout: frame.layout() })
}

impl AtPartner {
    /// Whoever is signed in, at the partner with this code.
    pub(super) async fn of(here: SignedIn, code: &str) -> Result<Self, Response> {
        let found = partners::partner_for(&here.frame.channels().app, here.account, code).await;
        match found {
            Ok(partner) => Ok(Self { here, partner }),
            Err(problem) if problem.code == ProblemCode::NotFound => Err(nobody(&here.frame)),
            Err(problem) => Err(problem::page(&here.frame, &problem)),
        }
    }

    /// The use cases.
    pub const fn app(&self) -> &App {
        &self.here.frame.channels().app
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        self.here.frame.words()
    }

    /// Which page it is.
    pub fn place(&self, tab: Tab) -> Place {
        Place {
            code: self.partner.code.to_string(),
            name: self.partner.name.clone(),
            tab,
            is_stopped: self.partner.trading == Trading::Stopped,
        }
    }

    /// The frame of a page, which lives where its part does also after a form.
    pub fn layout(&self, place: &Place) -> Layout {
        let mut layout = self.here.frame.layout();
        let path = format!("/{}", place.here());
        let asked = match &layout.path {
            PagePath::InLanguage(rest) => rest.split('?').next() == Some(path.as_str()),
            PagePath::Fixed(_) => false,
        };
        if !asked {
            layout.path = PagePath::InLanguage(path);
        }
        layout
    }

    /// An address of a part in the page's language, with a query.
    pub fn href(&self, place: &Place, query: &[(&str, &str)]) -> String {
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", self.here.href(&place.here()))
    }

    /// An instant where the business is: `November 22 at 2:20 p.m. (Toronto)`.
    pub fn time(&self, at: Instant) -> String {
        self.words().date_time_short(&at.in_zone(&self.app().desk.zone()))
    }

    /// An amount of the partner's account.
    pub fn amount(&self, minor: i64) -> String {
        self.words().money(minor, self.partner.currency.code())
    }

    /// An amount.
    pub fn money(&self, money: Money) -> String {
        self.words().money(money.minor, money.currency.code())
    }
}

async fn code_of(parts: &mut Parts, channels: &Channels) -> String {
    let parameters = RawPathParams::from_request_parts(parts, channels).await.ok();
    let named = |parameters: &RawPathParams| {
        let (_, value) = parameters.iter().find(|(name, _)| *name == "partner")?;
        Some(value.to_owned())
    };
    parameters.as_ref().and_then(named).unwrap_or_default()
}

impl FromRequestParts<Channels> for AtPartner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Response> {
        let here = SignedIn::from_request_parts(parts, channels).await?;
        let code = code_of(parts, channels).await;
        Self::of(here, &code).await
    }
}

impl FromRequest<Channels> for SentToPartner {
    type Rejection = Response;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let code = code_of(&mut parts, channels).await;
        let request = Request::from_parts(parts, body);
        let Sent { here, fields } = Sent::from_request(request, channels).await?;
        Ok(Self { place: AtPartner::of(here, &code).await?, fields })
    }
}

/// What is not this partner's is nothing.
pub(super) const fn not_found() -> Problem {
    Problem::of(ProblemCode::NotFound)
}
