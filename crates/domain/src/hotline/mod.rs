//! A caller of the hotline: whether we know who it is, and what that is good for.

mod bank_card;
mod call;
pub mod keypad;
mod note;
mod proof;
pub mod robot;
mod term;
mod text_word;

pub use bank_card::holds_bank_card;
pub use call::{Assistance, Call, CallSource, Caller};
pub use note::{LONGEST_NOTE, Note};
pub use proof::{Gravity, Proof, Way};
pub use term::Term;
pub use text_word::TextWord;
