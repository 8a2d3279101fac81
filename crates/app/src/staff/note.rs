//! One line of the audit.

use crate::ports::staff::NewStaffLine;
use crate::{App, Problem};
use farline_domain::kernel::{CallId, LineId, OrderId, StaffId};
use serde_json::{Value, json};

/// Something that a member looked at or did.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffNote {
    /// What, as a word: `find`, `see_card`, `take_payment`.
    pub action: &'static str,
    /// About which card.
    pub line: Option<LineId>,
    /// About which order.
    pub order: Option<OrderId>,
    /// In which call.
    pub call: Option<CallId>,
    /// What else belongs to it: an object, never with anything personal beyond ids.
    pub detail: Value,
}

impl StaffNote {
    /// A note of a word alone, to be filled in.
    pub fn of(action: &'static str) -> Self {
        Self { action, line: None, order: None, call: None, detail: json!({}) }
    }
}

/// Writes it down, before what was looked at is shown: a look that cannot be written down does not take place.
pub async fn note(app: &App, member: StaffId, note: StaffNote) -> Result<(), Problem> {
    let StaffNote { action, line, order, call, detail } = note;
    let line = NewStaffLine { action, line, order, call, detail: detail.to_string() };
    Ok(app.store.note_staff(member, line, app.now()).await?)
}
