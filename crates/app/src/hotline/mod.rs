//! The hotline: a call from its beginning to its end.
//!
//! [`find`]: which card · [`calls`] · [`verify`]: who is it · [`advise()`]: what fits · [`terms`]: what Quebec wants first ·
//! [`sell`]: the renewal · [`notes`]: for whoever takes the next call · [`look`]: a card without a call.

pub mod advise;
pub mod calls;
pub mod find;
pub mod keypad;
pub mod look;
pub mod notes;
pub mod sell;
pub mod terms;
pub mod verify;

pub use advise::{Advice, Fit, Fitting, advise};
pub use sell::{Sale, sell};
