//! What spans lines: directories, and rows without a line. Each database answers the questions.

use super::{Findings, Rule};
use farline_domain::kernel::{LineId, OrderId};

/// A question whose right answer is: none. It is answered with the ids of at most a few lines or
/// orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    LinesWithoutIccid,
    LinesWithoutNumber,
    OrdersWithoutReference,
    OrphanBuckets,
    OrphanBucketEntries,
    OrphanReservations,
    OrphanSessions,
    OrphanDepletions,
    OrphanOrders,
    OrphanSets,
    OrphanAudit,
    OrphanJobs,
    OrphanReceipts,
}

impl Question {
    pub(crate) const ALL: [Self; 13] = [
        Self::LinesWithoutIccid,
        Self::LinesWithoutNumber,
        Self::OrdersWithoutReference,
        Self::OrphanBuckets,
        Self::OrphanBucketEntries,
        Self::OrphanReservations,
        Self::OrphanSessions,
        Self::OrphanDepletions,
        Self::OrphanOrders,
        Self::OrphanSets,
        Self::OrphanAudit,
        Self::OrphanJobs,
        Self::OrphanReceipts,
    ];

    const fn says(self) -> (Rule, &'static str) {
        match self {
            Self::LinesWithoutIccid => (Rule::Directories, "its ICCID does not lead to it"),
            Self::LinesWithoutNumber => (Rule::Directories, "its number does not lead to it"),
            Self::OrdersWithoutReference => {
                (Rule::Directories, "its reference does not lead to it")
            }
            Self::OrphanBuckets => (Rule::Orphans, "buckets of a line that is not there"),
            Self::OrphanBucketEntries => {
                (Rule::Orphans, "bucket entries of a line that is not there")
            }
            Self::OrphanReservations => (Rule::Orphans, "reservations of a line that is not there"),
            Self::OrphanSessions => (Rule::Orphans, "sessions of a line that is not there"),
            Self::OrphanDepletions => (Rule::Orphans, "depletions of a line that is not there"),
            Self::OrphanOrders => (Rule::Orphans, "orders of a line that is not there"),
            Self::OrphanSets => (Rule::Orphans, "money entries of a line that is not there"),
            Self::OrphanAudit => (Rule::Orphans, "an audit of a line that is not there"),
            Self::OrphanJobs => (Rule::Orphans, "jobs of a line that is not there"),
            Self::OrphanReceipts => (Rule::Orphans, "a receipt of an order that is not there"),
        }
    }

    const fn is_of_orders(self) -> bool {
        matches!(self, Self::OrdersWithoutReference | Self::OrphanReceipts)
    }
}

/// A directory has as many rows as there are things to find.
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

pub(super) fn counted(counts: &Counts, findings: &mut Findings) {
    let pairs = [
        ("ICCIDs", (counts.iccids, counts.lines)),
        ("numbers", (counts.numbers, counts.lines_with_number)),
        ("references", (counts.references, counts.orders)),
        ("orders of accounts", (counts.account_orders, counts.orders_of_accounts)),
    ];
    for (name, pair) in pairs {
        findings.agree((Rule::Directories, name), "the count", pair);
    }
}
