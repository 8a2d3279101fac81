//! The hosted page on which a method is kept without anything being paid.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};

use super::{
    Access, CardForm, Choice, DecisionForm, at_paypal, at_the_bank, declined, mistyped, see_other,
};
use crate::{
    Server, card,
    records::{Change, CheckoutStatus, KeptMethod, Language, Moment, Setup},
    setups::{self, Outcome},
    state::State,
    views::{self, ChallengePage, Entry, Frame, MessagePage, SetupPage},
};

pub(super) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/setup/{id}", get(show).post(keep_card))
        .route("/setup/{id}/paypal", post(keep_paypal).get(back_to_page))
        .route("/setup/{id}/challenge", post(answer_challenge).get(back_to_page))
}

async fn show(server: Access, Path(id): Path<String>, choice: Choice) -> Response {
    let page = Page::new(&server, &id, choice);
    let found = server.transact(move |_, state| {
        let found = state
            .setup(&id)
            .map(|setup| (setup.clone(), setups::open_challenge(state, setup).cloned()));
        (Vec::new(), found)
    });
    let (setup, asked) = match found.await {
        Ok(Some(found)) => found,
        Ok(None) => return page.missing(),
        Err(_) => return page.broken(),
    };
    match (setup.status, asked) {
        (CheckoutStatus::Complete, _) => {
            let view = MessagePage::kept(page.frame(&setup), &setup);
            views::respond(StatusCode::OK, &view, &setup.return_url)
        }
        (CheckoutStatus::Expired, _) => page.closed(&setup),
        (CheckoutStatus::Open, Some(asked)) if !page.another => page.challenge(&setup, &asked),
        (CheckoutStatus::Open, _) => page.form(&setup, StatusCode::OK, Entry::default()),
    }
}

/// Reloading the page that answered a press leads back to the page itself.
async fn back_to_page(server: Access, Path(id): Path<String>) -> Response {
    let found = server.transact(move |_, state| (Vec::new(), state.setup(&id).cloned())).await;
    match found.ok().flatten() {
        Some(setup) => see_other(&format!("{}/setup/{}", server.prefix_path, setup.id)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn keep_card(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<CardForm>, FormRejection>,
) -> Response {
    let page = Page::new(&server, &id, choice);
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let card = match card::read(&form.number, &form.expiry, &form.security_code, (server.now)()) {
        Ok(card) => card,
        Err(problems) => return page.refuse_input(id, &form.expiry, &problems).await,
    };
    let step = move |moment: &Moment, state: &State, setup: &Setup| {
        setups::by_card(moment, state, setup, card)
    };
    page.step(id, &form.expiry, step).await
}

async fn keep_paypal(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<DecisionForm>, FormRejection>,
) -> Response {
    let decision = at_paypal(form);
    let step = move |moment: &Moment, state: &State, setup: &Setup| {
        setups::by_paypal(moment, state, setup, decision)
    };
    Page::new(&server, &id, choice).step(id, "", step).await
}

async fn answer_challenge(
    server: Access,
    Path(id): Path<String>,
    choice: Choice,
    form: Result<Form<DecisionForm>, FormRejection>,
) -> Response {
    let decision = at_the_bank(form);
    let step = move |moment: &Moment, state: &State, setup: &Setup| {
        setups::answer_challenge(moment, state, setup, decision)
    };
    Page::new(&server, &id, choice).step(id, "", step).await
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
        let choice = choice.map(|query| query.0).unwrap_or_default();
        Self {
            server: Arc::clone(server),
            path: format!("{}/setup/{id}", server.prefix_path),
            chosen: choice.lang.as_deref().and_then(Language::from_tag),
            another: choice.another.is_some(),
        }
    }

    fn language(&self, setup: &Setup) -> Language {
        self.chosen.unwrap_or(setup.language)
    }

    fn frame(&self, setup: &Setup) -> Frame {
        Frame::new(self.language(setup), Some(self.path.clone()))
    }

    /// Takes one step and shows what it came to.
    async fn step<F>(self, id: String, expiry: &str, step: F) -> Response
    where
        F: FnOnce(&Moment, &State, &Setup) -> (Vec<Change>, Outcome) + Send + 'static,
    {
        let done = self.server.transact(move |moment, state| {
            let Some(setup) = state.setup(&id) else {
                return (Vec::new(), None);
            };
            let (changes, outcome) = step(moment, state, setup);
            (changes, Some((setup.clone(), outcome)))
        });
        let (setup, outcome) = match done.await {
            Ok(Some(done)) => done,
            Ok(None) => return self.missing(),
            Err(_) => return self.broken(),
        };
        match outcome {
            Outcome::Kept => see_other(&setup.return_url),
            Outcome::Challenge(method) => self.challenge(&setup, &method),
            Outcome::Closed => self.closed(&setup),
            Outcome::Declined(code) => {
                let entry = declined(self.language(&setup), code, expiry);
                self.form(&setup, StatusCode::OK, entry)
            }
        }
    }

    /// Answers a form that cannot be sent to any bank. A page that is done leads on all the same.
    async fn refuse_input(self, id: String, expiry: &str, problems: &[card::Problem]) -> Response {
        let found = self.server.transact(move |_, state| (Vec::new(), state.setup(&id).cloned()));
        let setup = match found.await {
            Ok(Some(setup)) => setup,
            Ok(None) => return self.missing(),
            Err(_) => return self.broken(),
        };
        match setup.status {
            CheckoutStatus::Complete => see_other(&setup.return_url),
            CheckoutStatus::Expired => self.closed(&setup),
            CheckoutStatus::Open => {
                let entry = mistyped(self.language(&setup), problems, expiry);
                self.form(&setup, StatusCode::UNPROCESSABLE_ENTITY, entry)
            }
        }
    }

    fn form(&self, setup: &Setup, status: StatusCode, entry: Entry) -> Response {
        let view = SetupPage::new(self.frame(setup), setup, entry);
        views::respond(status, &view, &setup.return_url)
    }

    fn challenge(&self, setup: &Setup, method: &KeptMethod) -> Response {
        let view = ChallengePage::about_keeping(self.frame(setup), method);
        views::respond(StatusCode::OK, &view, &setup.return_url)
    }

    fn closed(&self, setup: &Setup) -> Response {
        let view = MessagePage::closed(self.frame(setup), setup);
        views::respond(StatusCode::GONE, &view, &setup.return_url)
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

    /// Without a setup, the language is the one asked for.
    fn strange_frame(&self) -> Frame {
        Frame::new(self.chosen.unwrap_or(Language::English), None)
    }
}
