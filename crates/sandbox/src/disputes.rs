//! Banks that dispute a payment, ask about it first, or only warn of it; and how that ends.

use serde::Deserialize;

use crate::{
    events::{self, Dispatch, EventType},
    numbers::Behaviour,
    records::{Change, Dispute, DisputeStatus, Moment, Payment},
    refusal::Refusal,
    shapes,
    state::State,
};

/// How long after a payment its bank speaks up, in milliseconds.
const SPEAKS_AFTER_MS: i64 = 60_000;

/// How long the merchant may take to answer, in milliseconds: seven days.
const ANSWER_WITHIN_MS: i64 = 7 * 24 * 3_600_000;

/// How a dispute ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Won,
    Lost,
}

/// The body of `POST /v1/disputes/{id}/close`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseDispute {
    outcome: Outcome,
}

/// When the bank will speak up about a payment that is captured now, if it will.
pub(crate) fn due_at_ms(moment: &Moment, behaviour: Behaviour) -> Option<i64> {
    first_word(behaviour).map(|_| moment.now_ms.saturating_add(SPEAKS_AFTER_MS))
}

/// How the bank begins, and why.
fn first_word(behaviour: Behaviour) -> Option<(DisputeStatus, &'static str)> {
    match behaviour {
        Behaviour::Disputed => Some((DisputeStatus::NeedsResponse, "fraudulent")),
        Behaviour::Inquiry => Some((DisputeStatus::Inquiry, "general")),
        Behaviour::FraudWarning => Some((DisputeStatus::Warned, "unauthorized_use_of_card")),
        _ => None,
    }
}

/// The changes when the bank speaks up. Nobody disputes what was given back whole by then.
pub(crate) fn opened(moment: &Moment, payment: &Payment) -> Vec<Change> {
    let after = Payment { disputed_at_ms: None, ..payment.clone() };
    let amount = payment.amount.saturating_sub(payment.refunded_amount);
    let begins = first_word(payment.behaviour).filter(|_| amount > 0);
    let mut changes = vec![Change::Payment(after)];
    if let Some((status, reason)) = begins {
        let is_disputed = status == DisputeStatus::NeedsResponse;
        let answer_by = moment.now_ms.saturating_add(ANSWER_WITHIN_MS);
        let dispute = Dispute {
            id: moment.id("dp"),
            payment: payment.id.clone(),
            reference: payment.reference.clone(),
            status,
            reason: reason.to_owned(),
            amount,
            withdrawn: if is_disputed { amount } else { 0 },
            currency: payment.currency.clone(),
            respond_by_ms: (status != DisputeStatus::Warned).then_some(answer_by),
            created_ms: moment.now_ms,
        };
        changes.extend(told(moment, EventType::DisputeOpened, dispute));
    }
    changes
}

/// The merchant's evidence is with the bank; none for a dispute that has it already.
pub(crate) fn answer(moment: &Moment, dispute: &Dispute) -> Result<Vec<Change>, Refusal> {
    match dispute.status {
        DisputeStatus::Inquiry | DisputeStatus::NeedsResponse => {
            let after = Dispute { status: DisputeStatus::UnderReview, ..dispute.clone() };
            Ok(told(moment, EventType::DisputeUpdated, after))
        }
        DisputeStatus::UnderReview => Ok(Vec::new()),
        DisputeStatus::Warned => Err(Refusal::Invalid("a warning asks nothing")),
        DisputeStatus::Won | DisputeStatus::Lost => Err(Refusal::DisputeClosed),
    }
}

/// The bank decides; none for a dispute that it has decided so already.
pub(crate) fn close(
    moment: &Moment,
    state: &State,
    dispute: &Dispute,
    request: &CloseDispute,
) -> Result<Vec<Change>, Refusal> {
    match (dispute.status, request.outcome) {
        (DisputeStatus::Won, Outcome::Won) | (DisputeStatus::Lost, Outcome::Lost) => Ok(Vec::new()),
        (DisputeStatus::Won | DisputeStatus::Lost, _) => Err(Refusal::DisputeClosed),
        (DisputeStatus::Warned, Outcome::Lost) => {
            Err(Refusal::Invalid("a warning takes nothing, so it is closed as won"))
        }
        (_, Outcome::Won) => Ok(won(moment, dispute)),
        (_, Outcome::Lost) => {
            let payment = state.payment(&dispute.payment).ok_or(Refusal::NotFound)?;
            let left = payment.amount.saturating_sub(payment.refunded_amount);
            let withdrawn = dispute.amount.min(left);
            let after = Dispute { status: DisputeStatus::Lost, withdrawn, ..dispute.clone() };
            Ok(told(moment, EventType::DisputeClosed, after))
        }
    }
}

/// The changes when a payment has been given back whole: what took nothing is over.
pub(crate) fn spent(moment: &Moment, state: &State, payment: &Payment) -> Vec<Change> {
    let open = state.disputes_of(&payment.reference).filter(|dispute| {
        dispute.payment == payment.id && !dispute.status.is_closed() && dispute.withdrawn == 0
    });
    open.flat_map(|dispute| won(moment, dispute)).collect()
}

/// Whether the bank holds money of this payment.
pub(crate) fn is_taken(state: &State, payment: &Payment) -> bool {
    let mut disputes = state.disputes_of(&payment.reference);
    disputes.any(|dispute| dispute.payment == payment.id && dispute.withdrawn > 0)
}

fn won(moment: &Moment, dispute: &Dispute) -> Vec<Change> {
    let after = Dispute { status: DisputeStatus::Won, withdrawn: 0, ..dispute.clone() };
    told(moment, EventType::DisputeClosed, after)
}

fn told(moment: &Moment, event_type: EventType, dispute: Dispute) -> Vec<Change> {
    let event = events::new(moment, event_type, &shapes::dispute(&dispute), Dispatch::AtOnce);
    std::iter::once(Change::Dispute(dispute)).chain(event).collect()
}
