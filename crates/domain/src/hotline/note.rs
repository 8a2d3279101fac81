//! What the staff notes about a card, for whoever takes the next call.

use crate::kernel::{CallId, Instant, LineId, NoteId, StaffId};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 1000;

/// A note; with a time by which it is to be seen to, it is a follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The card.
    pub line: LineId,
    /// In which call it was written, if in one.
    pub call: Option<CallId>,
    /// Who wrote it.
    pub by: StaffId,
    /// When.
    pub at: Instant,
    /// What.
    pub text: String,
    /// By when it is to be seen to, if it is a follow-up.
    pub due_at: Option<Instant>,
    /// Who saw to it, and when.
    pub done: Option<(StaffId, Instant)>,
}

impl Note {
    /// Whether somebody still has to see to it.
    pub const fn is_open(&self) -> bool {
        self.due_at.is_some() && self.done.is_none()
    }
}
