//! The hosted pages as templates, and the headers they are sent with.

use std::sync::LazyLock;

use askama::Template;
use axum::{
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    addresses, amounts,
    numbers::{self, TEST_CARDS},
    records::{Checkout, Language, Payment},
    texts::{self, Texts},
};

const STYLE: &str = include_str!("style.css");

/// The source expression that admits our own style element and no other.
static STYLE_SOURCE: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(STYLE))));

/// What every page has.
pub(crate) struct Frame {
    text: &'static Texts,
    language: Language,
    style: &'static str,
    /// The page's own path, for links to the other languages; none where there is no page.
    path: Option<String>,
}

/// A link to the same page in another language.
pub(crate) struct LanguageLink {
    tag: &'static str,
    name: &'static str,
    current: bool,
}

impl Frame {
    pub(crate) fn new(language: Language, path: Option<String>) -> Self {
        Self { text: texts::of(language), language, style: STYLE, path }
    }

    fn languages(&self) -> [LanguageLink; 3] {
        [Language::Chinese, Language::English, Language::French].map(|language| LanguageLink {
            tag: language.tag(),
            name: texts::of(language).own_name,
            current: language == self.language,
        })
    }
}

/// What is being paid, as every page about a checkout shows it.
pub(crate) struct Bill {
    reference: String,
    description: String,
    amount: String,
    return_url: String,
    cancel_url: String,
}

impl Bill {
    pub(crate) fn new(checkout: &Checkout, language: Language) -> Self {
        Self {
            reference: checkout.reference.clone(),
            description: checkout.description.clone(),
            amount: amounts::written(checkout.amount, &checkout.currency, language),
            return_url: checkout.return_url.clone(),
            cancel_url: checkout.cancel_url.clone(),
        }
    }
}

/// One sentence of an error, with the input it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Complaint {
    pub(crate) field: Option<&'static str>,
    pub(crate) sentence: &'static str,
}

/// One row of the table of test numbers.
pub(crate) struct Row {
    number: String,
    card: String,
    outcome: &'static str,
}

/// Whether the form belongs to an open checkout or to a tester's late payment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormOf {
    Open,
    Closed,
}

#[derive(Template)]
#[template(path = "pay.html")]
pub(crate) struct PayPage {
    frame: Frame,
    bill: Bill,
    form_of: FormOf,
    complaints: Vec<Complaint>,
    /// What was typed as expiry; the only thing typed that is shown again.
    expiry: String,
    rows: Vec<Row>,
    action: String,
    late_number: String,
}

impl PayPage {
    pub(crate) fn new(frame: Frame, bill: Bill, form_of: FormOf) -> Self {
        let rows = TEST_CARDS.into_iter().map(|card| Row {
            number: numbers::grouped(card.number),
            card: format!("{} · {}", card.brand.name(), (frame.text.funding)(card.funding)),
            outcome: (frame.text.outcome)(card.behaviour),
        });
        Self {
            rows: rows.collect(),
            action: frame.path.clone().unwrap_or_default(),
            frame,
            bill,
            form_of,
            complaints: Vec::new(),
            expiry: String::new(),
            late_number: numbers::grouped(numbers::CAPTURED_AFTER_CANCELLATION),
        }
    }

    pub(crate) fn complaining(self, complaints: Vec<Complaint>, expiry: &str) -> Self {
        // Nobody's card number should come back because it was typed into the wrong input.
        let expiry = expiry.chars().take(7).collect();
        Self { complaints, expiry, ..self }
    }

    /// The sentence that belongs under an input.
    fn complaint(&self, field: &str) -> Option<&'static str> {
        let own = self.complaints.iter().find(|complaint| complaint.field == Some(field));
        own.map(|complaint| complaint.sentence)
    }

    fn is_open(&self) -> bool {
        self.form_of == FormOf::Open
    }
}

#[derive(Template)]
#[template(path = "challenge.html")]
pub(crate) struct ChallengePage {
    frame: Frame,
    bill: Bill,
    action: String,
    card: String,
}

impl ChallengePage {
    pub(crate) fn new(frame: Frame, bill: Bill, payment: &Payment) -> Self {
        let brand = payment.brand.map_or("", numbers::Brand::name);
        let last4 = payment.last4.as_deref().unwrap_or_default();
        let card = format!("{brand} · {} {last4}", frame.text.challenge_card);
        Self { action: frame.path.clone().unwrap_or_default(), frame, bill, card }
    }
}

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage {
    frame: Frame,
    bill: Option<Bill>,
    title: &'static str,
    sentence: &'static str,
}

impl MessagePage {
    pub(crate) fn paid(frame: Frame, bill: Bill) -> Self {
        let (title, sentence) = (frame.text.paid_title, frame.text.paid_text);
        Self { frame, bill: Some(bill), title, sentence }
    }

    pub(crate) fn missing(frame: Frame) -> Self {
        let (title, sentence) = (frame.text.missing_title, frame.text.missing_text);
        Self { frame, bill: None, title, sentence }
    }

    pub(crate) fn broken(frame: Frame) -> Self {
        let (title, sentence) = (frame.text.broken_title, frame.text.broken_text);
        Self { frame, bill: None, title, sentence }
    }
}

/// A page with the headers that keep it to itself. Browsers hold a form's redirect to
/// `form-action` too, so the merchant's origin is named there.
pub(crate) fn respond(status: StatusCode, page: &impl Template, return_url: &str) -> Response {
    let html = match page.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a hosted page could not be rendered");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let merchant = addresses::origin(return_url).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self' {merchant}",
        *STYLE_SOURCE
    );
    let headers: [(HeaderName, &str); 5] = [
        (header::CONTENT_SECURITY_POLICY, policy.trim_end()),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    (status, headers, Html(html)).into_response()
}
