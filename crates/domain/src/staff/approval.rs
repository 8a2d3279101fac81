//! The second person who agrees to what is above somebody's limit.

use super::{Deed, Roles};
use crate::kernel::StaffId;

/// Whether a second person is needed at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondPerson {
    /// Somebody else has to agree.
    Needed,
    /// One person is the whole business, and has said so: they agree to what they asked for, and the audit says that
    /// nobody else did.
    Waived,
}

impl SecondPerson {
    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Waived => "waived",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Needed, Self::Waived].into_iter().find(|second| second.code() == word)
    }
}

/// Why somebody cannot agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalRefusal {
    /// Their roles do not allow it.
    #[error("their roles do not allow it")]
    NotAllowed,
    /// They asked for it themselves.
    #[error("nobody agrees to what they asked for themselves")]
    OwnRequest,
}

/// Whether somebody may agree to what `asker` asked for.
pub fn approve(
    asker: StaffId,
    (approver, roles): (StaffId, &Roles),
    second: SecondPerson,
) -> Result<(), ApprovalRefusal> {
    if !roles.may(Deed::Approve) {
        return Err(ApprovalRefusal::NotAllowed);
    }
    if asker == approver && second == SecondPerson::Needed {
        return Err(ApprovalRefusal::OwnRequest);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ApprovalRefusal, SecondPerson, approve};
    use crate::kernel::{Cell, Instant, StaffId};
    use crate::staff::{Role, Roles};

    #[test]
    fn nobody_agrees_to_their_own_wish() {
        let person = |n| StaffId::mint(Instant::from_millis(0), Cell::numbered(0), n);
        let (needed, waived) = (SecondPerson::Needed, SecondPerson::Waived);
        let table = [
            (1, 2, Role::Supervisor, needed, Ok(())),
            (1, 2, Role::Finance, needed, Ok(())),
            (1, 2, Role::SeniorAgent, needed, Err(ApprovalRefusal::NotAllowed)),
            (1, 1, Role::Supervisor, needed, Err(ApprovalRefusal::OwnRequest)),
            (1, 1, Role::Supervisor, waived, Ok(())),
            (1, 1, Role::Agent, waived, Err(ApprovalRefusal::NotAllowed)),
        ];
        for (asker, approver, role, second, expected) in table {
            let roles = Roles::from_iter([role]);
            let found = approve(person(asker), (person(approver), &roles), second);
            assert_eq!(found, expected, "{asker} {approver} {role:?} {second:?}");
        }
    }
}
