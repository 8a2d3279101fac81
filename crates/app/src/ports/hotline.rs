//! Calls of the hotline, and what the staff notes about lines, as kept.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::hotline::keypad::Keypad;
use farline_domain::hotline::{Call, Note};
use farline_domain::kernel::{CallId, Instant, LineId, NoteId, StaffId};

/// The keyed digest of an identity document's number, as it was noted.
#[derive(Clone, PartialEq, Eq)]
pub struct LineDocument {
    /// The line.
    pub line: LineId,
    /// The digest.
    pub digest: [u8; 32],
    /// Who noted it.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// Never shows the digest.
impl std::fmt::Debug for LineDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LineDocument").field("line", &self.line).finish_non_exhaustive()
    }
}

/// The keypad of a call, as it was kept for the n-th time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptKeypad {
    /// How often it was kept before.
    pub revision: u32,
    /// The keypad.
    pub keypad: Keypad,
    /// When it was kept.
    pub at: Instant,
}

/// Calls and notes as kept.
#[async_trait]
pub trait Hotline: Send + Sync {
    /// Keeps a call, a new one or one that went on. What was ended stays ended.
    async fn keep_call(&self, call: &Call) -> Result<(), StoreError>;

    /// Ends a call; `false`, and nothing changed, when it had ended already. Of several who end it one is told so.
    async fn end_call(&self, id: CallId, at: Instant) -> Result<bool, StoreError>;

    /// Reads a call.
    async fn call(&self, id: CallId) -> Result<Option<Call>, StoreError>;

    /// The calls about a line in which something was done since an instant, the newest first, at most 50.
    async fn calls_of_line(&self, line: LineId, since: Instant) -> Result<Vec<Call>, StoreError>;

    /// Reads the keypad of a call.
    async fn keypad(&self, call: CallId) -> Result<Option<KeptKeypad>, StoreError>;

    /// Keeps the keypad of a call; `false`, and nothing is kept, unless it follows on the revision that is kept.
    async fn keep_keypad(&self, call: CallId, kept: &KeptKeypad) -> Result<bool, StoreError>;

    /// Forgets the keypads that nothing happened to since an instant. Returns how many.
    async fn forget_keypads(&self, silent_since: Instant) -> Result<u64, StoreError>;

    /// Keeps a note.
    async fn keep_note(&self, note: &Note) -> Result<(), StoreError>;

    /// The notes about a line, the newest first, at most 50.
    async fn notes_of_line(&self, line: LineId) -> Result<Vec<Note>, StoreError>;

    /// The follow-ups that nobody has seen to, the most urgent first.
    async fn open_follow_ups(&self, limit: u32) -> Result<Vec<Note>, StoreError>;

    /// Notes that a follow-up was seen to. `false` when it is not open (any more).
    async fn finish_follow_up(
        &self,
        id: NoteId,
        by: StaffId,
        at: Instant,
    ) -> Result<bool, StoreError>;

    /// The identity document noted for a line, if there is one.
    async fn line_document(&self, line: LineId) -> Result<Option<LineDocument>, StoreError>;

    /// Notes one in place of what was noted before.
    async fn keep_line_document(&self, document: &LineDocument) -> Result<(), StoreError>;

    /// Forgets what was written about a line and whoever holds it: notes and the document.
    async fn forget_notes(&self, line: LineId) -> Result<(), StoreError>;
}
