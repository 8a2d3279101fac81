//! The people who work for the business: coming in, going out, and what is written down of what they do.
//!
//! [`invite()`] and [`accept`] · [`sign_in`], [`passkeys`], [`session`], [`sign_out()`] · [`team`] · [`audit`]: every look at
//! somebody's data is one [`note()`].

pub mod accept;
pub mod audit;
pub mod demonstration;
pub mod invite;
mod note;
pub mod passkeys;
mod sealed;
pub mod session;
pub mod sign_in;
mod sign_out;
mod target;
pub mod team;
mod totp;

pub use invite::{Invited, invite};
pub use note::{StaffNote, note};
pub use session::{StaffPresent, StaffSignedIn, authenticate};
pub use sign_out::sign_out;
pub use target::{keep_target, take_target};

use crate::{Problem, ProblemCode};

/// The longest name to sign in with, in characters.
const SIGN_IN_CHARACTERS: usize = 64;

/// Reads a name to sign in with: an e-mail address or a plain name, in small letters.
fn sign_in_name(typed: &str) -> Result<String, Problem> {
    let name = typed.trim().to_lowercase();
    let plain = |c: char| c.is_alphanumeric() || ".-_+@".contains(c);
    let length = name.chars().count();
    if (2..=SIGN_IN_CHARACTERS).contains(&length) && name.chars().all(plain) {
        Ok(name)
    } else {
        Err(Problem::of(ProblemCode::FieldInvalid).in_field("sign_in"))
    }
}
