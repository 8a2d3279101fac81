//! The hosted payment page: plain forms, no scripts.

mod setup;

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{
        DefaultBodyLimit, Path, Query, State as Shared,
        rejection::{FormRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    Server,
    card::{self, Card, Problem},
    numbers::DeclineCode,
    payments::{self, Decision, Outcome},
    records::{Change, Checkout, CheckoutStatus, Language, Moment, Payment},
    state::State,
    texts,
    views::{self, Bill, ChallengePage, Complaint, Entry, Frame, MessagePage, PayPage},
};

type Access = Shared<Arc<Server>>;
type Choice = Result<Query<PageChoice>, QueryRejection>;

/// The largest form, in octets.
const LARGEST_FORM: usize = 8 * 1_024;

pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/pay/{id}", get(show).post(pay_by_card))
        .route("/pay/{id}/paypal", post(pay_by_paypal).get(back_to_page))
        .route("/pay/{id}/challenge", post(answer_challenge).get(back_to_page))
        .merge(setup::router())
        .route_layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// What the page's address may say besides the checkout.
#[derive(Default, Deserialize)]
struct PageChoice {
    lang: Option<String>,
    /// Present where the payer leaves the bank's question for another way to pay.
    another: Option<String>,
}

/// The card form. Absent inputs are empty ones.
#[derive(Default, Deserialize)]
#[serde(default)]
struct CardForm {
    #[serde(rename = "cc-number")]
    number: String,
    #[serde(rename = "cc-exp")]
    expiry: String,
    #[serde(rename = "cc-csc")]
    security_code: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DecisionForm {
    decision: String,
}

async fn show(server: Access, Path(id): Path<String>, choice: Choice) -> Response {
    let page = Page::new(&server, &id, choice);
    let found = server.transact(move |_, state| {
        let found = state.checkout(&id).map(|checkout| {
            let asked = payments::open_challenge(state, checkout).cloned();
            (checkout.clone(), asked)
        });
        (Vec::new(), found)
    });
    let (checkout, asked) = match found.await {
        Ok(Some(found)) => found,
        Ok(None) => return page.missing(),
        Err(_) => return page.broken(),
    };
    match (checkout.status, asked) {
        (CheckoutStatus::Complete, _) => {
            let (frame, bill) = (page.frame(&checkout), page.bill(&checkout));
            let view = MessagePage::paid(frame, bill, &checkout.return_url);
            views::respond(StatusCode::OK, &view, &checkout.return_url)
        }
        (CheckoutStatus::Expired, _) => page.form(&checkout, StatusCode::GONE, Entry::default()),
        (CheckoutStatus::Open, Some(asked)) if !page.another => page.challenge(&checkout, &asked),
        (CheckoutStatus::Open, _) => page.form(&checkout, StatusCode::OK, Entry::default()),
    }
}

/// Reloading the page that answered a press leads back to the page itself.
async fn back_to_page(server: Access, Path(id): Path<String>) -> Response {
    let found = server.transact(move |_, state| (Vec::new(), state.checkout(&id).cloned())).await;
    match found.ok().flatten() {
        Some(checkout) => see_other(&format!("{}/pay/{}", server.prefix_path, checkout.id)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn pay_by_card(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<CardForm>, FormRejection>,
) -> Response {
    let page = Page::new(&server, &id, choice);
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let read = card::read(&form.number, &form.expiry, &form.security_code, (server.now)());
    match read {
        Ok(card) => page.pay(id, form.expiry, card).await,
        Err(problems) => page.refuse_input(id, &form.expiry, &problems).await,
    }
}

async fn pay_by_paypal(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<DecisionForm>, FormRejection>,
) -> Response {
    let page = Page::new(&server, &id, choice);
    let decision = at_paypal(form);
    let step = move |moment: &Moment, state: &State, checkout: &Checkout| {
        payments::by_paypal(moment, state, checkout, decision)
    };
    page.step(id, "", step).await
}

async fn answer_challenge(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<DecisionForm>, FormRejection>,
) -> Response {
    let page = Page::new(&server, &id, choice);
    let decision = at_the_bank(form);
    let step = move |moment: &Moment, state: &State, checkout: &Checkout| {
        payments::answer_challenge(moment, state, checkout, decision)
    };
    page.step(id, "", step).await
}

fn at_paypal(form: Result<Form<DecisionForm>, FormRejection>) -> Decision {
    match form.map(|Form(form)| form).unwrap_or_default().decision.as_str() {
        "refuse" => Decision::Refuse,
        _ => Decision::Approve,
    }
}

/// Only a plain yes is a yes to the bank.
fn at_the_bank(form: Result<Form<DecisionForm>, FormRejection>) -> Decision {
    match form.map(|Form(form)| form).unwrap_or_default().decision.as_str() {
        "approve" => Decision::Approve,
        _ => Decision::Refuse,
    }
}

/// One request for a page.
struct Page {
    server: Arc<Server>,
    path: String,
    chosen: Option<Language>,
    another: bool,
}

impl Page {
    fn new(server: &Arc<Server>, id: &str, choice: Choice) -> Self {
        let choice = choice.map(|Query(choice)| choice).unwrap_or_default();
        Self {
            server: Arc::clone(server),
            path: format!("{}/pay/{id}", server.prefix_path),
            chosen: choice.lang.as_deref().and_then(Language::from_tag),
            another: choice.another.is_some(),
        }
    }

    fn language(&self, checkout: &Checkout) -> Language {
        self.chosen.unwrap_or(checkout.language)
    }

    fn frame(&self, checkout: &Checkout) -> Frame {
        Frame::new(self.language(checkout), Some(self.path.clone()))
    }

    fn bill(&self, checkout: &Checkout) -> Bill {
        Bill::new(checkout, self.language(checkout))
    }

    async fn pay(self, id: String, expiry: String, card: Card) -> Response {
        let step = move |moment: &Moment, state: &State, checkout: &Checkout| {
            payments::by_card(moment, state, checkout, card)
        };
        self.step(id, &expiry, step).await
    }

    /// Takes one step of a payment and shows what it came to.
    async fn step<F>(self, id: String, expiry: &str, step: F) -> Response
    where
        F: FnOnce(&Moment, &State, &Checkout) -> (Vec<Change>, Outcome) + Send + 'static,
    {
        let done = self.server.transact(move |moment, state| {
            let Some(checkout) = state.checkout(&id) else {
                return (Vec::new(), None);
            };
            let (changes, outcome) = step(moment, state, checkout);
            (changes, Some((checkout.clone(), outcome)))
        });
        match done.await {
            Ok(Some((checkout, outcome))) => self.answer(&checkout, outcome, expiry),
            Ok(None) => self.missing(),
            Err(_) => self.broken(),
        }
    }

    fn answer(&self, checkout: &Checkout, outcome: Outcome, expiry: &str) -> Response {
        match outcome {
            Outcome::Captured => see_other(&checkout.return_url),
            Outcome::Challenge(payment) => self.challenge(checkout, &payment),
            Outcome::Closed => self.form(checkout, StatusCode::GONE, Entry::default()),
            Outcome::Declined(code) => {
                let entry = declined(self.language(checkout), code, expiry);
                self.form(checkout, StatusCode::OK, entry)
            }
        }
    }

    /// Answers a form that cannot be sent to any bank. A paid checkout leads on all the same.
    async fn refuse_input(self, id: String, expiry: &str, problems: &[Problem]) -> Response {
        let found =
            self.server.transact(move |_, state| (Vec::new(), state.checkout(&id).cloned()));
        let checkout = match found.await {
            Ok(Some(checkout)) => checkout,
            Ok(None) => return self.missing(),
            Err(_) => return self.broken(),
        };
        if checkout.status == CheckoutStatus::Complete {
            return see_other(&checkout.return_url);
        }
        let entry = mistyped(self.language(&checkout), problems, expiry);
        self.form(&checkout, StatusCode::UNPROCESSABLE_ENTITY, entry)
    }

    fn form(&self, checkout: &Checkout, status: StatusCode, entry: Entry) -> Response {
        let (frame, bill) = (self.frame(checkout), self.bill(checkout));
        let view = PayPage::new(frame, bill, checkout, entry);
        views::respond(status, &view, &checkout.return_url)
    }

    fn challenge(&self, checkout: &Checkout, payment: &Payment) -> Response {
        let view = ChallengePage::about_payment(self.frame(checkout), self.bill(checkout), payment);
        views::respond(StatusCode::OK, &view, &checkout.return_url)
    }

    fn missing(&self) -> Response {
        let view = MessagePage::missing(self.strange_frame());
        views::respond(StatusCode::NOT_FOUND, &view, "")
    }

    /// Where the journal is broken the outcome of a press may be unknown, and the page says so.
    fn broken(&self) -> Response {
        let view = MessagePage::broken(self.strange_frame());
        views::respond(StatusCode::INTERNAL_SERVER_ERROR, &view, "")
    }

    /// Without a checkout, the language is the one asked for.
    fn strange_frame(&self) -> Frame {
        Frame::new(self.chosen.unwrap_or(Language::English), None)
    }
}

/// The form again, with what the bank or the wallet said.
fn declined(language: Language, code: DeclineCode, expiry: &str) -> Entry {
    let sentence = (texts::of(language).decline)(code);
    Entry::complaining(vec![Complaint { field: None, sentence }], expiry)
}

/// The form again, with what cannot be sent to any bank.
fn mistyped(language: Language, problems: &[Problem], expiry: &str) -> Entry {
    let text = texts::of(language);
    let complaints = problems.iter().map(|problem| Complaint {
        field: Some(problem.field()),
        sentence: (text.problem)(*problem),
    });
    Entry::complaining(complaints.collect(), expiry)
}

fn see_other(address: &str) -> Response {
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers).into_response()
}
