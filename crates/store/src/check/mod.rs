//! The checker of the invariants: recomputes them over everything that is kept, line by line, from
//! one snapshot. The rules stand here; each database only loads the [`History`] of a line and
//! answers the questions of [`directories`].

mod audit;
mod balance;
mod by_hand;
pub(crate) mod directories;
pub(crate) mod history;
mod liveness;
mod money;
mod orders;
mod shops;
pub(crate) mod subjects;

use farline_domain::kernel::LineId;
use farline_domain::shops::ShopItem;
use farline_domain::subjects::Reservation;
use history::History;
use subjects::Recount;

/// What must hold. The numbers are those of the architecture's invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Everything that is kept can be read.
    Readable,
    /// Every set of money entries sums to zero per currency (1).
    EntrySets,
    /// Captured = delivered net of reversals + refunded + held, and losses are named (1).
    Conservation,
    /// Nothing is below zero, and used + reserved never exceeds granted (2).
    Negative,
    /// Reserved is the sum of the reservations (2).
    Reservations,
    /// What is held is held by a session that runs, and sessions debited no more than entries say (2).
    Sessions,
    /// A payment ends once: delivered, or refunded, or goodwill for a named loss; what names money by hand names it once (3).
    OneEnding,
    /// An order's columns, history and audit say what its body says (8).
    Orders,
    /// A delivered order has exactly one receipt, whose hash and number fit (7, 10).
    Receipts,
    /// The audit's chain and its head verify (8).
    Audit,
    /// Numbers, ICCIDs, references and accounts lead to what they name, and only to that (4, 9).
    Directories,
    /// A line is busy with an unfinished order of its own, if and only if it has one.
    Busy,
    /// Whatever is unfinished has a job or a person (5).
    Liveness,
    /// A bucket's granted and used are what its entries say (11).
    Buckets,
    /// What is taken of a subject is what its entries and its reservations say, and no reservation ever
    /// went beyond the limit (2, 11).
    Subjects,
    /// What an order holds of a subject is captured if it was delivered and released if it ended
    /// otherwise, or a job waits that does so (3).
    Settlement,
    /// An item of a shop that was placed has exactly one order that names it, and no order is named by two items (3).
    ShopItems,
    /// Numbers of rows are given without gaps, up to the line's counters.
    Counters,
    /// Every row of a journal and every order is reached from its line.
    Chains,
    /// No row belongs to a line that does not exist.
    Orphans,
}

/// A rule that does not hold somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// Where: ids, never numbers or addresses of people.
    pub place: String,
    /// What was found, with the figures.
    pub found: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}: {}", self.rule, self.place, self.found)
    }
}

/// Collects what is found.
#[derive(Default)]
struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, rule: Rule, place: impl std::fmt::Display, found: impl Into<String>) {
        self.0.push(Violation { rule, place: format!("{place}"), found: found.into() });
    }

    /// Notes it unless the figures agree.
    fn agree<T: PartialEq + std::fmt::Debug>(
        &mut self,
        (rule, place): (Rule, &str),
        what: &str,
        (found, expected): (T, T),
    ) {
        if found != expected {
            self.add(rule, place, format!("{what} is {found:?}, not {expected:?}"));
        }
    }
}

/// The rules at work, fed line by line.
#[derive(Default)]
pub(crate) struct Checker {
    findings: Findings,
    totals: money::Totals,
    reached: directories::Reached,
    claims: subjects::Claims,
    sold: shops::Sold,
    hands: by_hand::Hands,
}

impl Checker {
    /// Applies every rule about one line.
    pub(crate) fn line(&mut self, history: &History) {
        let findings = &mut self.findings;
        self.reached.add(history);
        balance::check(history, findings);
        money::check(history, &mut self.totals, findings);
        orders::check(history, findings);
        audit::check(history, findings);
        liveness::check(history, findings);
        self.claims.gather(history);
        self.sold.gather(history);
        self.hands.add(history, findings);
    }

    /// Notes a line whose rows cannot be understood.
    pub(crate) fn unreadable(&mut self, line: LineId, why: &str) {
        self.findings.add(Rule::Readable, line, why);
    }

    /// Notes the ids with which a question about what spans lines was answered.
    pub(crate) fn stray(&mut self, question: directories::Question, ids: Vec<[u8; 16]>) {
        directories::stray(question, ids, &mut self.findings);
    }

    /// Applies the rules about the counts of what spans lines.
    pub(crate) fn counted(&mut self, counts: &directories::Counts) {
        directories::counted(counts, &self.reached, &mut self.findings);
    }

    /// Notes something whose rows cannot be understood, by a name of its own.
    pub(crate) fn unreadable_at(&mut self, place: &str, why: &str) {
        self.findings.add(Rule::Readable, place, why);
    }

    /// Counts a reservation of a subject, and holds it against its order.
    pub(crate) fn reservation(&mut self, recount: &mut Recount, reservation: &Reservation) {
        recount.reservation(reservation);
        if !self.claims.names(reservation.id) {
            recount.without_order(reservation);
        }
        self.claims.meet(reservation, &mut self.findings);
    }

    /// Applies the rules about a subject of which everything was counted again.
    pub(crate) fn recounted(&mut self, recount: Recount) {
        recount.finish(&mut self.findings);
    }

    /// Holds an item of a shop against the orders.
    pub(crate) fn shop_item(&mut self, item: &ShopItem) {
        self.sold.meet(item, &mut self.findings);
    }

    /// Notes rows of subjects that do not exist.
    pub(crate) fn without_subject(&mut self, subjects: Vec<String>) {
        for subject in subjects {
            self.findings.add(Rule::Orphans, subject, "rows of a subject that is not there");
        }
    }

    /// Applies the rules about sums over all lines. Returns everything that was found.
    pub(crate) fn finish(mut self) -> Vec<Violation> {
        self.totals.check(&mut self.findings);
        self.claims.finish(&mut self.findings);
        self.findings.0
    }
}
