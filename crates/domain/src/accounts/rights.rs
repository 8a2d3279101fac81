//! Who may do what with a line.

use crate::kernel::AccountId;
use serde::{Deserialize, Serialize};

/// What an account may do with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// It is theirs: everything, including naming helpers and spending the line's credit.
    Holder,
    /// They help: see and renew.
    Helper,
}

impl Rights {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Holder, Self::Helper];

    /// The word stored and used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Helper => "helper",
        }
    }
}

/// What a proof of possession leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The prover is the holder from now on.
    Becomes,
    /// The prover is the holder already.
    Is,
    /// Somebody else holds the line: they are asked, and nothing changes until they agree.
    Asks(AccountId),
}

/// Decides what a proof leads to. A line with a holder is never taken over by a proof, however good:
/// whoever borrows a phone for a minute, or finds the paper a card came in, would own the line.
pub fn claim(holder: Option<AccountId>, prover: AccountId) -> Claim {
    match holder {
        None => Claim::Becomes,
        Some(holder) if holder == prover => Claim::Is,
        Some(holder) => Claim::Asks(holder),
    }
}

#[cfg(test)]
mod tests {
    use super::{Claim, claim};
    use crate::kernel::{AccountId, Cell, Instant};

    #[test]
    fn the_first_who_proves_it_holds_it() {
        let account = |n| AccountId::mint(Instant::from_millis(0), Cell::numbered(0), n);
        let table = [
            (None, 1, Claim::Becomes),
            (Some(1), 1, Claim::Is),
            (Some(2), 1, Claim::Asks(account(2))),
        ];
        for (holder, prover, expected) in table {
            assert_eq!(
                claim(holder.map(account), account(prover)),
                expected,
                "{holder:?} {prover}"
            );
        }
    }
}
