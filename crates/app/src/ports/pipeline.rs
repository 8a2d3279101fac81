//! The line pipeline: whatever changes a line's money or balance goes through it.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::commands::{Answer, Context, LineCommand, Refusal};
use farline_domain::kernel::{CommandKey, LineId};

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

/// The line pipeline.
#[async_trait]
pub trait LinePipeline: Send + Sync {
    /// Decides a command and commits it. When this returns `Ok`, the outcome is on disk.
    async fn run(&self, envelope: Envelope) -> Result<Outcome, StoreError>;
}
