//! Subjects: what is limited and shared, each in a cell of its own.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::commands::Context;
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::subjects::{
    Holder, Named, Reservation, Reserved, Subject, SubjectAnswer, SubjectCommand, SubjectEntry,
    SubjectKey, SubjectRefusal, Tally,
};

/// A command on a subject, ready to be decided. It needs no key: an order holds something once, and
/// capturing and releasing twice is once.
#[derive(Clone, Debug)]
pub struct SubjectEnvelope {
    /// The subject.
    pub subject: SubjectKey,
    /// The command.
    pub command: SubjectCommand,
    /// When it is decided, and for whom.
    pub context: Context,
}

/// An entry of a subject, with the order that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The entry.
    pub entry: SubjectEntry,
    /// The order, where it is about one.
    pub order: Option<OrderId>,
}

/// Subjects as kept. They are changed by commands only.
#[async_trait]
pub trait Subjects: Send + Sync {
    /// Decides a command and commits it, in the subject's own cell and nowhere else. When this
    /// returns `Ok`, the answer is on disk; a refusal has changed nothing.
    async fn run_on_subject(
        &self,
        envelope: SubjectEnvelope,
    ) -> Result<Result<SubjectAnswer, SubjectRefusal>, StoreError>;

    /// A subject; none as long as nothing was ever asked of it.
    async fn subject(&self, key: &SubjectKey) -> Result<Option<Subject>, StoreError>;

    /// What one holder has taken of a subject.
    async fn share(&self, key: &SubjectKey, holder: &Holder) -> Result<Tally, StoreError>;

    /// The newest entry of a name.
    async fn entry_named(
        &self,
        key: &SubjectKey,
        named: &Named,
    ) -> Result<Option<SubjectEntry>, StoreError>;

    /// Entries before one with this number, the newest first, each with the order that it is about.
    async fn entries_before(
        &self,
        key: &SubjectKey,
        number: u64,
        limit: u32,
    ) -> Result<Vec<Move>, StoreError>;

    /// A reservation.
    async fn reservation(&self, reserved: &Reserved) -> Result<Option<Reservation>, StoreError>;

    /// What is held and to be looked at by now, the longest waiting first.
    async fn reservations_to_look_at(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError>;

    /// Says when something held is to be looked at again.
    async fn look_again(&self, reserved: &Reserved, at: Instant) -> Result<(), StoreError>;
}
