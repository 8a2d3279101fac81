//! The telephone: webhooks of calls and of text messages, in TwiML, which Twilio's competitors speak too.
//!
//! The routes are always there. Whoever has not signed, and everybody where no telephone is configured, is refused with 403
//! and learns nothing else. [`signed`] checks, [`calls`] and [`texts`] answer, [`keypad`] listens, [`twiml`] writes.

mod calls;
mod keypad;
pub mod settings;
mod signed;
mod texts;
pub mod twiml;

pub use settings::{Agents, Settings, VoiceName};

use crate::web::Channels;
use axum::Router;
use axum::routing::any;

/// The telephone's routes. Every method is answered, so that nothing but the signature decides.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/webhooks/voice", any(calls::begin))
        .route("/webhooks/voice/steps/{step}", any(calls::press))
        .route("/webhooks/voice/dialed", any(calls::dialed))
        .route("/webhooks/voice/status", any(calls::status))
        .route("/webhooks/voice/keypad/{call}/{entry}/{step}", any(keypad::take))
        .route("/webhooks/sms", any(texts::take))
}
