//! The line pipeline: whatever changes a line's money or balance goes through it.

use super::StoreError;
use super::records::{Contact, RequestKey};
use async_trait::async_trait;
use farline_domain::commands::{Answer, Context, LineCommand, Refusal};
use farline_domain::kernel::{CommandKey, ContactId, Instant, LineId};

/// A command on one line, ready to be decided.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The line.
    pub line: LineId,
    /// The key under which it takes effect at most once. Commands on an order need none: they are
    /// idempotent by what the order already says, requests of a session by their number. Grants
    /// need one.
    pub key: Option<CommandKey>,
    /// The command.
    pub command: LineCommand,
    /// When it is decided, and for whom.
    pub context: Context,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Decided and durable.
    Answered(Answer),
    /// Its key had taken effect before; nothing changed now.
    Repeated,
    /// Refused; nothing changed.
    Refused(Refusal),
    /// There is no such line.
    NoSuchLine,
}

/// What is kept together with what a command leads to, and not at all if it is refused.
#[derive(Clone, Debug, Default)]
pub struct Beside<'a> {
    /// Where the payer of a new order is reached.
    pub contact: Option<(ContactId, Contact)>,
    /// The idempotency key to claim, with the seed and the instant from which the command's ids were
    /// derived: should the answer be lost, the same ones are derived again. Nothing is known to stand
    /// under it.
    pub claim: Option<(RequestKey<'a>, [u8; 16], Instant)>,
}

/// What became of a command with something beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// It was decided.
    Decided(Outcome),
    /// It was not, as something stands under its key.
    KeyTaken,
}

/// The line pipeline.
#[async_trait]
pub trait LinePipeline: Send + Sync {
    /// Decides a command and commits it. When this returns `Ok`, the outcome is on disk.
    async fn run(&self, envelope: Envelope) -> Result<Outcome, StoreError>;

    /// Decides a command and commits it together with what stands beside it: in one commit where the
    /// database can, otherwise what stands beside it before the command. After a refusal, the claim may
    /// have to be given up.
    async fn run_beside(&self, envelope: Envelope, beside: Beside<'_>) -> Result<Ran, StoreError>;
}
