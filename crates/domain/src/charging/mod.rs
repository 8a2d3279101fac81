//! Charging sessions: how a network uses, step by step, what a line was granted.

pub mod answer;
pub mod request;
pub mod session;

pub use answer::{ChargingAnswer, ChargingRefusal, ChargingResult, Quota};
pub use request::{ChargingRequest, ChargingStep, ServiceKind, Terms, Wanted};
pub use session::{ChargingSession, SessionState, Standing};
