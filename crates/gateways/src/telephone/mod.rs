//! Carriers of calls and text messages who call us, behind [`farline_app::ports::Telephone`]: how each signs its webhooks.
//! What they want to be answered is the same for all, and stands in the channels.

pub mod telnyx;
pub mod twilio;
