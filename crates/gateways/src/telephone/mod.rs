//! Carriers of calls and text messages who call us, behind [`farline_app::ports::Telephone`]: how each signs its webhooks.
//! What they want to be answered is the same for all, and stands in the channels. [`keypad`] has callers type their bank cards.

pub mod keypad;
pub mod telnyx;
pub mod twilio;
