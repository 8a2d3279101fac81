//! Keeping a method without a payment: opening the page, and what its owner does there.

use serde::Deserialize;

use crate::{
    card::Card,
    checkouts,
    events::{self, Dispatch, EventType},
    methods,
    numbers::{Behaviour, DeclineCode},
    payments::Decision,
    records::{Change, CheckoutStatus, KeptMethod, KeptStatus, Moment, Setup},
    refusal::Refusal,
    shapes,
    state::State,
};

/// The body of `POST /v1/setups`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSetup {
    keep_for: String,
    reference: String,
    language: String,
    return_url: String,
    cancel_url: String,
    expires_at_ms: i64,
}

/// What a press on the page came to.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// Kept, now or by an earlier press.
    Kept,
    Declined(DeclineCode),
    /// The bank asks the owner first.
    Challenge(KeptMethod),
    /// The page's time is over: nothing was kept.
    Closed,
}

/// A new open page, or why there is none.
pub(crate) fn open(moment: &Moment, request: &OpenSetup) -> Result<Setup, Refusal> {
    checkouts::names_a_customer(&request.keep_for)?;
    if !checkouts::is_text(&request.reference, 100) {
        return Err(Refusal::Invalid("reference must be 1 to 100 printable characters"));
    }
    checkouts::lies_ahead(request.expires_at_ms, moment.now_ms)?;
    Ok(Setup {
        id: moment.id("set"),
        status: CheckoutStatus::Open,
        keep_for: request.keep_for.clone(),
        reference: request.reference.clone(),
        language: checkouts::language(&request.language)?,
        return_url: checkouts::address(&request.return_url)?,
        cancel_url: checkouts::address(&request.cancel_url)?,
        created_ms: moment.now_ms,
        expires_at_ms: request.expires_at_ms,
        method: None,
    })
}

/// The changes when the time of an open page is over.
pub(crate) fn expired(setup: &Setup) -> Vec<Change> {
    vec![Change::Setup(Setup { status: CheckoutStatus::Expired, ..setup.clone() })]
}

/// Keeps a card that passed the form's checks.
pub(crate) fn by_card(
    moment: &Moment,
    state: &State,
    setup: &Setup,
    card: Card,
) -> (Vec<Change>, Outcome) {
    if let Some(over) = over(setup) {
        return (Vec::new(), over);
    }
    let asked = open_challenge(state, setup);
    if let Some(asked) = asked.filter(|_| card.behaviour == Behaviour::Challenge) {
        // A second press of the same button: the bank's question is still open.
        return (Vec::new(), Outcome::Challenge(asked.clone()));
    }
    let mut changes = abandoned(state, setup);
    let behaviour = card.behaviour;
    if let Some(code) = behaviour.decline_code() {
        return (changes, Outcome::Declined(code));
    }
    let method = methods::card(moment, &setup.keep_for, card);
    let (more, outcome) = match behaviour {
        Behaviour::Challenge => {
            let setup = Setup { method: Some(method.id.clone()), ..setup.clone() };
            let changes = vec![Change::Kept(method.clone()), Change::Setup(setup)];
            (changes, Outcome::Challenge(method))
        }
        _ => kept(moment, setup, method),
    };
    changes.extend(more);
    (changes, outcome)
}

/// Keeps a PayPal account, or hears its owner refuse there.
pub(crate) fn by_paypal(
    moment: &Moment,
    state: &State,
    setup: &Setup,
    decision: Decision,
) -> (Vec<Change>, Outcome) {
    if let Some(over) = over(setup) {
        return (Vec::new(), over);
    }
    let mut changes = abandoned(state, setup);
    let (more, outcome) = match decision {
        Decision::Approve => kept(moment, setup, methods::wallet(moment, &setup.keep_for)),
        Decision::Refuse => (Vec::new(), Outcome::Declined(DeclineCode::PayerRefused)),
    };
    changes.extend(more);
    (changes, outcome)
}

/// Answers the bank's question. Without an open question there is nothing to agree to.
pub(crate) fn answer_challenge(
    moment: &Moment,
    state: &State,
    setup: &Setup,
    decision: Decision,
) -> (Vec<Change>, Outcome) {
    if let Some(over) = over(setup) {
        return (Vec::new(), over);
    }
    let refused = Outcome::Declined(DeclineCode::AuthenticationFailed);
    match (open_challenge(state, setup), decision) {
        (Some(asked), Decision::Approve) => kept(moment, setup, asked.clone()),
        (Some(_), Decision::Refuse) => (abandoned(state, setup), refused),
        (None, _) => (Vec::new(), refused),
    }
}

/// The card whose bank has not been answered yet.
pub(crate) fn open_challenge<'a>(state: &'a State, setup: &Setup) -> Option<&'a KeptMethod> {
    let latest = state.method_of(setup);
    latest.filter(|method| method.status == KeptStatus::RequiresAction)
}

fn over(setup: &Setup) -> Option<Outcome> {
    match setup.status {
        CheckoutStatus::Complete => Some(Outcome::Kept),
        CheckoutStatus::Expired => Some(Outcome::Closed),
        CheckoutStatus::Open => None,
    }
}

/// Closes an unanswered question, so that it cannot be approved afterwards.
fn abandoned(state: &State, setup: &Setup) -> Vec<Change> {
    open_challenge(state, setup).map_or_else(Vec::new, |asked| methods::forget(asked).0)
}

fn kept(moment: &Moment, setup: &Setup, method: KeptMethod) -> (Vec<Change>, Outcome) {
    let method = KeptMethod { status: KeptStatus::Kept, ..method };
    let setup = Setup {
        status: CheckoutStatus::Complete,
        method: Some(method.id.clone()),
        ..setup.clone()
    };
    let shape = shapes::setup(&moment.base_url, &setup, Some(&method));
    let dispatch = Dispatch::of(method.behaviour);
    let event = events::new(moment, EventType::SetupCompleted, &shape, dispatch);
    let mut changes = vec![Change::Kept(method), Change::Setup(setup.clone())];
    changes.extend(event);
    (changes, Outcome::Kept)
}
