//! Who of the staff acts.

use crate::{Problem, ProblemCode};
use farline_domain::commands::Actor;
use farline_domain::hotline::holds_bank_card;
use farline_domain::kernel::StaffId;
use farline_domain::staff::{Deed, Roles, SecondPerson};

/// The longest reason that is kept, in characters.
const REASON_CHARACTERS: usize = 500;

/// A member of the staff who asks for something.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// Who.
    pub id: StaffId,
    /// What they may do.
    pub roles: &'a Roles,
    /// Whether somebody else has to agree to what is above their limits.
    pub second_person: SecondPerson,
}

impl Acting<'_> {
    /// Whether one of their roles allows it.
    ///
    /// # Errors
    /// If none does.
    pub fn may(&self, deed: Deed) -> Result<(), Problem> {
        if self.roles.may(deed) { Ok(()) } else { Err(Problem::not_allowed(deed)) }
    }

    /// Them as an order's audit names them, with the reason that they give.
    pub fn actor(&self, reason: String) -> Actor {
        Actor::Staff(self.id, Some(reason))
    }
}

/// A reason as it is kept in the audit.
///
/// # Errors
/// If there is none, if it is too long, or if it holds what looks like a bank card's number.
pub fn reason_of(typed: &str) -> Result<String, Problem> {
    let reason = typed.trim();
    let in_field = |code| Err(Problem::of(code).in_field("reason"));
    if reason.is_empty() {
        return in_field(ProblemCode::FieldMissing);
    }
    if reason.chars().count() > REASON_CHARACTERS {
        return in_field(ProblemCode::FieldInvalid);
    }
    if holds_bank_card(reason) {
        return in_field(ProblemCode::HoldsBankCard);
    }
    Ok(reason.to_owned())
}
