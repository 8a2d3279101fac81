//! What spans lines: directories, and rows without a line. Each database answers the questions.

use super::history::History;
use super::{Findings, Rule};
use farline_domain::kernel::{LineId, OrderId};

/// A question whose right answer is: none. It is answered with the ids of at most a few lines or
/// orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    LinesWithoutIccid,
    LinesWithoutNumber,
    OrdersWithoutReference,
    NamesWithoutTerms,
    OrphanBuckets,
    OrphanReservations,
    OrphanSessions,
    OrphanDepletions,
    OrphanOrders,
    OrphanJournal,
    OrphanJobs,
    OrphanReceipts,
    OrphanTerms,
}

impl Question {
    pub(crate) const ALL: [Self; 13] = [
        Self::LinesWithoutIccid,
        Self::LinesWithoutNumber,
        Self::OrdersWithoutReference,
        Self::NamesWithoutTerms,
        Self::OrphanBuckets,
        Self::OrphanReservations,
        Self::OrphanSessions,
        Self::OrphanDepletions,
        Self::OrphanOrders,
        Self::OrphanJournal,
        Self::OrphanJobs,
        Self::OrphanReceipts,
        Self::OrphanTerms,
    ];

    const fn says(self) -> (Rule, &'static str) {
        match self {
            Self::LinesWithoutIccid => (Rule::Directories, "its ICCID does not lead to it"),
            Self::LinesWithoutNumber => (Rule::Directories, "its number does not lead to it"),
            Self::OrdersWithoutReference => {
                (Rule::Directories, "its reference does not lead to it")
            }
            Self::NamesWithoutTerms => (Rule::Directories, "its holder's name does not lead to it"),
            Self::OrphanBuckets => (Rule::Orphans, "buckets of a line that is not there"),
            Self::OrphanReservations => (Rule::Orphans, "reservations of a line that is not there"),
            Self::OrphanSessions => (Rule::Orphans, "sessions of a line that is not there"),
            Self::OrphanDepletions => (Rule::Orphans, "depletions of a line that is not there"),
            Self::OrphanOrders => (Rule::Orphans, "orders of a line that is not there"),
            Self::OrphanJournal => (Rule::Orphans, "a journal of a line that is not there"),
            Self::OrphanJobs => (Rule::Orphans, "jobs of a line that is not there"),
            Self::OrphanReceipts => (Rule::Orphans, "a receipt of an order that is not there"),
            Self::OrphanTerms => (Rule::Orphans, "parts of a holder's name that is not there"),
        }
    }

    const fn is_of_orders(self) -> bool {
        matches!(self, Self::OrdersWithoutReference | Self::OrphanReceipts)
    }
}

/// A directory has as many rows as there are things to find, and every row of a journal and every order
/// is reached from its line.
pub(crate) struct Counts {
    /// Lines.
    pub(crate) lines: i64,
    /// Lines with a number.
    pub(crate) lines_with_number: i64,
    /// Card numbers that lead somewhere.
    pub(crate) iccids: i64,
    /// Numbers that lead somewhere.
    pub(crate) numbers: i64,
    /// Orders.
    pub(crate) orders: i64,
    /// Rows of the journal.
    pub(crate) journal: i64,
    /// References that lead somewhere.
    pub(crate) references: i64,
    /// Orders that an account paid.
    pub(crate) orders_of_accounts: i64,
    /// What accounts have under their name.
    pub(crate) account_orders: i64,
}

pub(super) fn stray(question: Question, ids: Vec<[u8; 16]>, findings: &mut Findings) {
    let (rule, found) = question.says();
    for id in ids {
        if question.is_of_orders() {
            findings.add(rule, OrderId::from_bytes(id), found);
        } else {
            findings.add(rule, LineId::from_bytes(id), found);
        }
    }
}

/// What was reached from the lines.
#[derive(Default)]
pub(super) struct Reached {
    journal: i64,
    orders: i64,
}

impl Reached {
    /// Adds what was reached from a line.
    pub(super) fn add(&mut self, history: &History) {
        let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
        self.journal = self.journal.saturating_add(count(history.audit.len()));
        self.orders = self.orders.saturating_add(count(history.orders.len()));
    }
}

pub(super) fn counted(counts: &Counts, reached: &Reached, findings: &mut Findings) {
    let pairs = [
        ("ICCIDs", (counts.iccids, counts.lines)),
        ("numbers", (counts.numbers, counts.lines_with_number)),
        ("references", (counts.references, counts.orders)),
        ("orders of accounts", (counts.account_orders, counts.orders_of_accounts)),
    ];
    for (name, pair) in pairs {
        findings.agree((Rule::Directories, name), "the count", pair);
    }
    let chains = [
        ("journal", (counts.journal, reached.journal)),
        ("orders", (counts.orders, reached.orders)),
    ];
    for (name, pair) in chains {
        findings.agree((Rule::Chains, name), "the count of rows", pair);
    }
}
