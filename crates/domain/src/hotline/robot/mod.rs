//! The telephone robot: what it says next, decided from where the call stands and what is heard. No call, no line and no
//! payment is touched here; whoever carries out a [`Task`] tells the robot what came of it.

mod machine;
#[cfg(test)]
mod machine_tests;
mod tongue;
mod words;

pub use machine::{Awaited, Place, Robot, Turn};
pub use tongue::Tongue;
pub use words::{
    Heard, Keys, LinkOutcome, NoOffer, Offer, Outcome, PinAnswer, Said, Speech, Standing, Task,
};
