//! How money came into an account, as whoever books it says.

use serde::{Deserialize, Serialize};

/// A way in which somebody pays into an account with us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// A transfer from bank to bank.
    BankTransfer,
    /// An Interac e-Transfer to the business's bank account.
    Interac,
    /// A cheque that the bank has taken.
    Cheque,
    /// Notes and coins.
    Cash,
}

impl PaidBy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BankTransfer, Self::Interac, Self::Cheque, Self::Cash];

    /// The word stored, typed at the command line, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BankTransfer => "bank_transfer",
            Self::Interac => "interac",
            Self::Cheque => "cheque",
            Self::Cash => "cash",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == word)
    }
}
