//! Everything that is known of an order, each with its time: what a person needs who decides about it.

use crate::desk::Acting;
use crate::ports::records::NoticeRecord;
use crate::staff::{StaffNote, note};
use crate::{App, Problem};
use farline_domain::kernel::{Instant, Money};
use farline_domain::notices::{Medium, NoticeReason};
use farline_domain::orders::{
    Attempt, DeliveryRefusal, Order, OrderState, Refused, Sending, Stage, TaskKind,
};
use farline_domain::payments::{Capture, DisputeStatus, Refund, RefundProgress};
use farline_domain::staff::{Deed, RefundRequest};

/// Something that happened or is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// The order passed a state.
    Passed(Stage),
    /// It was paid.
    Paid(Capture),
    /// It was sent to the supplier.
    Sent {
        /// Under which reference.
        reference: String,
        /// How often it was asked about since, without an end.
        asked: u32,
    },
    /// It went to this supplier.
    WentTo(String),
    /// This supplier is known to have refused it, and why.
    RefusedBy(String, DeliveryRefusal),
    /// After that it goes on to another.
    GoesOn {
        /// To which supplier.
        supplier: String,
        /// Under which reference there.
        reference: String,
    },
    /// The supplier is asked next.
    AskedNext,
    /// A person decides until then.
    Deadline(TaskKind),
    /// Money is owed back since.
    Owed(Refund),
    /// It went back.
    GivenBack {
        /// The order's number of the refund.
        number: u32,
        /// What names it: the provider's id, or the hand's.
        named: String,
        /// How much.
        amount: Money,
    },
    /// It did not go back.
    NotGivenBack {
        /// The order's number of the refund.
        number: u32,
        /// What the provider said.
        reason: String,
    },
    /// The payment is disputed.
    Disputed(DisputeStatus),
    /// The customer was told.
    Told {
        /// Why.
        reason: NoticeReason,
        /// How.
        medium: Medium,
        /// Why it could not be sent.
        failure: Option<String>,
    },
}

/// A fact with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When.
    pub at: Instant,
    /// What.
    pub what: FactKind,
}

/// An order with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The order.
    pub order: Order,
    /// What is known, in the order of time.
    pub facts: Vec<Fact>,
    /// The requests for refunds of it, oldest first.
    pub requests: Vec<RefundRequest>,
}

/// Gathers what is known of an order. The look is written down before.
pub async fn evidence(app: &App, acting: &Acting<'_>, order: &Order) -> Result<Evidence, Problem> {
    acting.may(Deed::SeeRescues)?;
    let look =
        StaffNote { order: Some(order.id), line: Some(order.line), ..StaffNote::of("see_order") };
    note(app, acting.id, look).await?;
    let notices = app.store.notices_of(order.id).await?;
    let requests = app.store.refund_requests_of(order.id).await?;
    Ok(Evidence { facts: facts(order, &notices), order: order.clone(), requests })
}

fn facts(order: &Order, notices: &[NoticeRecord]) -> Vec<Fact> {
    let passed = order
        .history
        .iter()
        .map(|passage| Fact { at: passage.at, what: FactKind::Passed(passage.state) });
    let mut facts: Vec<Fact> = passed.collect();
    facts.extend(
        order
            .captures()
            .map(|capture| Fact { at: capture.at, what: FactKind::Paid(capture.clone()) }),
    );
    for (place, attempt) in order.attempts.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| order.attempts[before].refused);
        facts.extend(of_attempt(attempt, before));
    }
    if let OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } =
        &order.state
    {
        facts.extend(of_sending(sending));
    }
    facts.extend(order.refunds.iter().flat_map(of_refund));
    facts.extend(order.disputes.iter().map(|dispute| Fact {
        at: dispute.opened_at,
        what: FactKind::Disputed(dispute.told.status),
    }));
    facts.extend(notices.iter().map(|notice| Fact {
        at: notice.at,
        what: FactKind::Told {
            reason: notice.reason,
            medium: notice.medium,
            failure: notice.failure.clone(),
        },
    }));
    let deadline = order.task.map(|task| Fact { at: task.by, what: FactKind::Deadline(task.kind) });
    facts.extend(deadline);
    facts.sort_by_key(|fact| fact.at);
    facts
}

/// An attempt, with the refusal before it.
fn of_attempt(attempt: &Attempt, before: Option<Refused>) -> Vec<Fact> {
    let Attempt { supplier, reference, sent_at, refused } = attempt;
    let goes_on = before.map(|before| {
        let (supplier, reference) = (supplier.clone(), reference.clone());
        Fact { at: before.at, what: FactKind::GoesOn { supplier, reference } }
    });
    let sent = sent_at.map(|at| Fact { at, what: FactKind::WentTo(supplier.clone()) });
    let refused = refused.map(|refused| Fact {
        at: refused.at,
        what: FactKind::RefusedBy(supplier.clone(), refused.why),
    });
    goes_on.into_iter().chain(sent).chain(refused).collect()
}

fn of_sending(sending: &Sending) -> Vec<Fact> {
    let Sending { reference, sent_at, asked, next_ask_at } = sending;
    let sent = sent_at.map(|at| Fact {
        at,
        what: FactKind::Sent { reference: reference.clone(), asked: *asked },
    });
    let next = next_ask_at.map(|at| Fact { at, what: FactKind::AskedNext });
    sent.into_iter().chain(next).collect()
}

fn of_refund(refund: &Refund) -> Vec<Fact> {
    let Refund { number, amount, .. } = *refund;
    let owed = Fact { at: refund.owed_since, what: FactKind::Owed(refund.clone()) };
    let since = match &refund.progress {
        RefundProgress::Due | RefundProgress::Asked { .. } => None,
        RefundProgress::Done { refund, at } => {
            let named = refund.clone();
            Some(Fact { at: *at, what: FactKind::GivenBack { number, named, amount } })
        }
        RefundProgress::Failed { reason, at } => {
            let reason = reason.clone();
            Some(Fact { at: *at, what: FactKind::NotGivenBack { number, reason } })
        }
    };
    [owed].into_iter().chain(since).collect()
}
