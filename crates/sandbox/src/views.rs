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
    numbers::{self, Brand, TEST_CARDS},
    records::{Checkout, CheckoutStatus, KeptMethod, Language, Payment, Setup},
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
    cancel_url: String,
}

impl Bill {
    pub(crate) fn new(checkout: &Checkout, language: Language) -> Self {
        Self {
            reference: checkout.reference.clone(),
            description: checkout.description.clone(),
            amount: amounts::written(checkout.amount, &checkout.currency, language),
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

/// What is shown again of a form that was sent.
#[derive(Default)]
pub(crate) struct Entry {
    complaints: Vec<Complaint>,
    /// What was typed as expiry; the only thing typed that is shown again.
    expiry: String,
}

impl Entry {
    pub(crate) fn complaining(complaints: Vec<Complaint>, expiry: &str) -> Self {
        // Nobody's card number should come back because it was typed into the wrong input.
        Self { complaints, expiry: expiry.chars().take(7).collect() }
    }

    /// The sentence that belongs under an input.
    fn complaint(&self, field: &str) -> Option<&'static str> {
        let own = self.complaints.iter().find(|complaint| complaint.field == Some(field));
        own.map(|complaint| complaint.sentence)
    }
}

/// One row of the table of test numbers.
pub(crate) struct Row {
    number: String,
    card: String,
    outcome: &'static str,
}

fn rows(text: &Texts) -> Vec<Row> {
    let rows = TEST_CARDS.into_iter().map(|card| Row {
        number: numbers::grouped(card.number),
        card: format!("{} · {}", card.brand.name(), (text.funding)(card.funding)),
        outcome: (text.outcome)(card.behaviour),
    });
    rows.collect()
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
    /// Whether the method is kept for later.
    keeps: bool,
    problem_title: &'static str,
    entry: Entry,
    rows: Vec<Row>,
    action: String,
    late_number: String,
}

impl PayPage {
    pub(crate) fn new(frame: Frame, bill: Bill, checkout: &Checkout, entry: Entry) -> Self {
        let form_of = match checkout.status {
            CheckoutStatus::Expired => FormOf::Closed,
            CheckoutStatus::Open | CheckoutStatus::Complete => FormOf::Open,
        };
        Self {
            rows: rows(frame.text),
            action: frame.path.clone().unwrap_or_default(),
            problem_title: frame.text.problem_title,
            frame,
            bill,
            form_of,
            keeps: checkout.keep_for.is_some(),
            entry,
            late_number: numbers::grouped(numbers::CAPTURED_AFTER_CANCELLATION),
        }
    }

    fn is_open(&self) -> bool {
        self.form_of == FormOf::Open
    }
}

#[derive(Template)]
#[template(path = "challenge.html")]
pub(crate) struct ChallengePage {
    frame: Frame,
    bill: Option<Bill>,
    question: &'static str,
    other: &'static str,
    action: String,
    card: String,
}

impl ChallengePage {
    pub(crate) fn about_payment(frame: Frame, bill: Bill, payment: &Payment) -> Self {
        let (question, other) = (frame.text.challenge_question, frame.text.challenge_other);
        let card = ending(&frame, payment.brand, payment.last4.as_deref());
        let action = frame.path.clone().unwrap_or_default();
        Self { frame, bill: Some(bill), question, other, action, card }
    }

    pub(crate) fn about_keeping(frame: Frame, method: &KeptMethod) -> Self {
        let (question, other) = (frame.text.setup_question, frame.text.setup_other);
        let card = ending(&frame, method.brand, method.last4.as_deref());
        let action = frame.path.clone().unwrap_or_default();
        Self { frame, bill: None, question, other, action, card }
    }
}

/// A card by its scheme and its end.
fn ending(frame: &Frame, brand: Option<Brand>, last4: Option<&str>) -> String {
    let (brand, last4) = (brand.map_or("", Brand::name), last4.unwrap_or_default());
    format!("{brand} · {} {last4}", frame.text.challenge_card)
}

#[derive(Template)]
#[template(path = "setup.html")]
pub(crate) struct SetupPage {
    frame: Frame,
    problem_title: &'static str,
    entry: Entry,
    rows: Vec<Row>,
    action: String,
    cancel_url: String,
}

impl SetupPage {
    pub(crate) fn new(frame: Frame, setup: &Setup, entry: Entry) -> Self {
        Self {
            rows: rows(frame.text),
            action: frame.path.clone().unwrap_or_default(),
            problem_title: frame.text.setup_problem_title,
            frame,
            entry,
            cancel_url: setup.cancel_url.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage {
    frame: Frame,
    bill: Option<Bill>,
    title: &'static str,
    sentence: &'static str,
    /// Where the way back leads, if there is one.
    to_shop: Option<String>,
}

impl MessagePage {
    pub(crate) fn paid(frame: Frame, bill: Bill, return_url: &str) -> Self {
        let (title, sentence) = (frame.text.paid_title, frame.text.paid_text);
        let to_shop = Some(return_url.to_owned());
        Self { frame, bill: Some(bill), title, sentence, to_shop }
    }

    pub(crate) fn kept(frame: Frame, setup: &Setup) -> Self {
        let (title, sentence) = (frame.text.kept_title, frame.text.kept_text);
        let to_shop = Some(setup.return_url.clone());
        Self { frame, bill: None, title, sentence, to_shop }
    }

    pub(crate) fn closed(frame: Frame, setup: &Setup) -> Self {
        let (title, sentence) = (frame.text.setup_expired_title, frame.text.setup_expired_text);
        let to_shop = Some(setup.cancel_url.clone());
        Self { frame, bill: None, title, sentence, to_shop }
    }

    pub(crate) fn missing(frame: Frame) -> Self {
        let (title, sentence) = (frame.text.missing_title, frame.text.missing_text);
        Self { frame, bill: None, title, sentence, to_shop: None }
    }

    pub(crate) fn broken(frame: Frame) -> Self {
        let (title, sentence) = (frame.text.broken_title, frame.text.broken_text);
        Self { frame, bill: None, title, sentence, to_shop: None }
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
