//! To which supplier an order goes, where an operator names several: in their order of preference, and to another only when
//! the one before is known to have refused it.

use super::delivery::{Attempt, Refused};
use super::order::{Order, OrderState};
use crate::commands::DeliveryAnswer;
use crate::kernel::Instant;

/// How a supplier stands towards a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be asked for it.
    Ready,
    /// It sells the plan, and nothing is sold by it at present.
    Paused,
    /// The plan is not mapped there, or the supplier is not configured.
    SellsNot,
}

/// A supplier that could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// By the name of its adapter.
    pub supplier: String,
    /// How it stands.
    pub standing: Standing,
}

/// Whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// This one.
    Supplier(&'a str),
    /// Whoever could deliver it is paused.
    Paused,
    /// There is nobody, or nobody is left.
    Nobody,
}

/// The first, in the order of preference, that is ready and has not had the order yet.
pub fn choose<'a>(candidates: &'a [Candidate], attempts: &[Attempt]) -> Choice<'a> {
    let is_new = |it: &&Candidate| attempts.iter().all(|tried| tried.supplier != it.supplier);
    let mut is_paused = false;
    for candidate in candidates.iter().filter(is_new) {
        match candidate.standing {
            Standing::Ready => return Choice::Supplier(&candidate.supplier),
            Standing::Paused => is_paused = true,
            Standing::SellsNot => {}
        }
    }
    if is_paused { Choice::Paused } else { Choice::Nobody }
}

/// Whether an answer lets the order go to another supplier: only a known refusal, and one that another could answer
/// differently. What is unknown, under way, delivered or taken back may have a delivery behind it.
pub const fn goes_on(answer: &DeliveryAnswer) -> bool {
    match answer {
        DeliveryAnswer::Refused(why) => why.is_of_supplier(),
        DeliveryAnswer::Delivered { .. }
        | DeliveryAnswer::InProgress
        | DeliveryAnswer::Unknown
        | DeliveryAnswer::Reversed => false,
    }
}

impl Order {
    /// The attempt that is open or delivered, if it was noted.
    pub fn attempt(&self) -> Option<&Attempt> {
        self.attempts.last().filter(|attempt| attempt.refused.is_none())
    }

    /// Our reference of the attempt that is open, delivered, or was refused last.
    pub fn sent_under(&self) -> String {
        match (&self.state, self.attempts.last()) {
            (OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. }, _) => {
                sending.reference.clone()
            }
            (_, Some(attempt)) => attempt.reference.clone(),
            (_, None) => Attempt::reference_of(self.id, 0),
        }
    }

    /// The suppliers that are known to have refused it, in order.
    pub fn refusals(&self) -> impl Iterator<Item = (&Attempt, Refused)> {
        self.attempts.iter().filter_map(|attempt| Some((attempt, attempt.refused?)))
    }

    /// Notes that it is about to go to a supplier, or has gone there; what is noted already stands.
    pub(crate) fn note_attempt(&mut self, supplier: &str, sent_at: Option<Instant>) {
        let reference = Attempt::reference_of(self.id, self.refusals().count());
        let stands = self.attempts.last_mut().filter(|attempt| attempt.refused.is_none());
        if let Some(attempt) = stands {
            attempt.sent_at = attempt.sent_at.or(sent_at);
            return;
        }
        let supplier = supplier.to_owned();
        self.attempts.push(Attempt { supplier, reference, sent_at, refused: None });
    }

    /// Whether it may go to this supplier as another one: it never had the order.
    pub(crate) fn is_new_to(&self, supplier: &str) -> bool {
        self.attempts.iter().all(|attempt| attempt.supplier != supplier)
    }

    pub(crate) fn note_refusal(&mut self, refused: Refused) {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.refused = attempt.refused.or(Some(refused));
        }
    }
}
