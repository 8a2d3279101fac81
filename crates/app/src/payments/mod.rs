//! Money coming in and going back, as the provider tells it. A webhook is a hint; the truth is read.

pub mod by_hand;
pub mod charge;
pub mod dispute;
pub mod providers;
pub mod refund;
pub mod settle;
pub mod webhook;

pub use by_hand::{GivingBack, Taking, give_back_by_hand, take_by_hand};
pub use charge::charge;
pub use dispute::dispute;
pub use providers::Providers;
pub use refund::{ask_refund, refund};
pub use settle::{close, settle};
pub use webhook::{Received, forget_events, receive};
