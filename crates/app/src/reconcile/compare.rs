//! Both sides, held against each other.

use super::export::{Entry, Export, ExportError, Line, Meaning, Wrong};
use super::seen::Seen;
use super::summary::{Cause, Difference, Summary};
use crate::ports::StoreError;
use crate::ports::ledger::{Ledger, Movement};
use crate::reports::Groups;
use farline_domain::kernel::{Instant, Money, MoneyError, OrderId};
use farline_domain::ledger::Account;
use farline_domain::orders::Order;
use farline_domain::payments::{Booked, Judged, booked, is_disputed, judge};
use std::collections::HashMap;

/// Rows whose orders are read together.
const ROWS: usize = 1_000;

/// How long after its money moved we may learn of a payment and still find it in the export of an earlier time, in
/// seconds: webhooks come late, and lost ones are found by asking.
const LEARNED_WITHIN_SECONDS: i64 = 60 * 60;

/// A reconciliation could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    /// The export cannot be read.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// What we know could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sum is more than can be counted.
    #[error("a sum of money is more than can be counted: {0:?}")]
    Money(MoneyError),
}

/// Holds an export against what is kept, and shows each difference on the way, those of the export in the order of its
/// rows. The time that is looked through for what the export lacks is `period`, or what the export says of itself, or
/// from its first to its last movement.
///
/// # Errors
/// When the export or what is kept cannot be read, or a sum is more than can be counted.
pub async fn reconcile(
    ledger: &dyn Ledger,
    export: &mut dyn Export,
    period: Option<(Instant, Instant)>,
    each: &mut (dyn FnMut(&Difference) + Send),
) -> Result<Summary, ReconcileError> {
    let provider = export.provider();
    let books = Books { ledger, provider };
    let mut found = Found { summary: Summary::default(), seen: Seen::default(), each };
    let (mut group, mut told, mut moved) = (Vec::new(), None, None);
    loop {
        let line = export.next().transpose()?;
        let is_over = line.is_none();
        match line {
            None => {}
            Some(Line::Period(from, until)) => told = Some(around(told, (from, until))),
            Some(Line::Unreadable(wrong)) => {
                found.summary.rows += 1;
                group.push(Err(wrong));
            }
            Some(Line::Entry(entry)) => {
                found.summary.rows += 1;
                moved = Some(around(moved, (entry.at, entry.at.plus_seconds(1))));
                group.push(Ok(entry));
            }
        }
        if is_over || group.len() == ROWS {
            books.hold(std::mem::take(&mut group), &mut found).await?;
        }
        if is_over {
            break;
        }
    }
    if let Some(period) = period.or(told).or(moved) {
        found.summary.period = Some(period);
        books.lacking(period, &mut found).await?;
    }
    Ok(found.summary)
}

/// The least time that holds both.
fn around(known: Option<(Instant, Instant)>, more: (Instant, Instant)) -> (Instant, Instant) {
    known.map_or(more, |known| (known.0.min(more.0), known.1.max(more.1)))
}

/// What was found so far.
struct Found<'a> {
    summary: Summary,
    seen: Seen,
    each: &'a mut (dyn FnMut(&Difference) + Send),
}

impl Found<'_> {
    fn tell(&mut self, difference: &Difference) {
        *self.summary.causes.entry(difference.cause).or_default() += 1;
        (self.each)(difference);
    }
}

/// What we know of a provider.
struct Books<'a> {
    ledger: &'a dyn Ledger,
    provider: &'static str,
}

impl Books<'_> {
    /// Holds a group of rows against their orders.
    async fn hold(
        &self,
        group: Vec<Result<Box<Entry>, Wrong>>,
        found: &mut Found<'_>,
    ) -> Result<(), ReconcileError> {
        let ids = group.iter().flatten().filter_map(|entry| entry.order);
        let orders = self.orders(ids.collect()).await?;
        for row in group {
            match row {
                Err(wrong) => found.tell(&unreadable(wrong)),
                Ok(entry) => {
                    found.summary.add(&entry).map_err(ReconcileError::Money)?;
                    let order = entry.order.and_then(|id| orders.get(&id));
                    match self.cause_of(&entry, order, &mut found.seen) {
                        None if entry.meaning == Meaning::Apart => {}
                        None => found.summary.matched += 1,
                        Some((cause, ours)) => found.tell(&theirs(&entry, cause, ours)),
                    }
                }
            }
        }
        Ok(())
    }

    async fn orders(&self, mut ids: Vec<OrderId>) -> Result<HashMap<OrderId, Order>, StoreError> {
        ids.sort_unstable();
        ids.dedup();
        let orders = self.ledger.orders_of(&ids).await?;
        Ok(orders.into_iter().map(|order| (order.id, order)).collect())
    }

    /// Why a row differs from what its order says, and what that is; nothing, if it does not.
    fn cause_of(
        &self,
        entry: &Entry,
        order: Option<&Order>,
        seen: &mut Seen,
    ) -> Option<(Cause, Option<Money>)> {
        let Meaning::Settled(settled) = &entry.meaning else {
            if !seen.note(&entry.word, &entry.id) {
                return Some((Cause::Twice, None));
            }
            let is_known =
                order.is_some_and(|order| is_disputed(order, self.provider, entry.gross));
            let is_news = entry.meaning == Meaning::Disputed && !is_known;
            return is_news.then_some((Cause::TheirsOnly, None));
        };
        if !seen.note(settled.turn.code(), &settled.id) {
            return Some((Cause::Twice, None));
        }
        let judged = order.map(|order| judge(order, self.provider, settled));
        match judged.unwrap_or(Judged::Unknown) {
            Judged::Known => None,
            Judged::Unknown => Some((Cause::TheirsOnly, None)),
            Judged::AmountDiffers(ours) => Some((Cause::AmountDiffers, Some(ours))),
            Judged::CurrencyDiffers(ours) => Some((Cause::CurrencyDiffers, Some(ours))),
        }
    }

    /// Looks through what was posted in the export's time for what the export lacks.
    async fn lacking(
        &self,
        (from, until): (Instant, Instant),
        found: &mut Found<'_>,
    ) -> Result<(), ReconcileError> {
        let mut groups = Groups::of(self.ledger, (from, until));
        loop {
            let movements = groups.next().await?;
            if movements.is_empty() {
                return Ok(());
            }
            let here = movements.iter().filter(|movement| self.is_here(movement));
            let orders = self.orders(here.map(|movement| movement.order).collect()).await?;
            for order in orders.values() {
                for ours in booked(order, self.provider) {
                    let is_within = from <= ours.at && ours.at < until;
                    // Noted, so that an order with movements in two groups is told once.
                    if is_within && found.seen.note(ours.turn.code(), &ours.id) {
                        let is_early = ours.at < from.plus_seconds(LEARNED_WITHIN_SECONDS);
                        let cause = if is_early { Cause::ExportBefore } else { Cause::OursOnly };
                        found.tell(&only_ours(order.id, ours, cause));
                    }
                }
            }
        }
    }

    fn is_here(&self, movement: &Movement) -> bool {
        let is_here = |account: &Account| match account {
            Account::Provider(name) => name == self.provider,
            Account::ByHand(_)
            | Account::Partner(_)
            | Account::Shop(_)
            | Account::LineCredit
            | Account::Held
            | Account::Sales
            | Account::Tax(..)
            | Account::Levy(_)
            | Account::Loss
            | Account::Fees => false,
        };
        movement.entries.iter().any(|(account, _)| is_here(account))
    }
}

fn unreadable(wrong: Wrong) -> Difference {
    Difference {
        cause: Cause::Unreadable,
        row: Some(wrong.row),
        word: String::new(),
        id: String::new(),
        order: None,
        theirs: None,
        ours: None,
        at: None,
        wrong: Some((wrong.column, wrong.reason)),
    }
}

fn theirs(entry: &Entry, cause: Cause, ours: Option<Money>) -> Difference {
    let settled = match &entry.meaning {
        Meaning::Settled(settled) => Some(settled),
        Meaning::Disputed | Meaning::Apart => None,
    };
    Difference {
        cause,
        row: Some(entry.row),
        word: entry.word.clone(),
        id: settled.map_or(&entry.id, |settled| &settled.id).clone(),
        order: entry.order.map(|order| order.to_string()),
        theirs: Some(settled.map_or(entry.gross, |settled| settled.amount)),
        ours,
        at: Some(entry.at),
        wrong: None,
    }
}

fn only_ours(order: OrderId, ours: Booked, cause: Cause) -> Difference {
    Difference {
        cause,
        row: None,
        word: ours.turn.code().to_owned(),
        id: ours.id,
        order: Some(order.to_string()),
        theirs: None,
        ours: Some(ours.amount),
        at: Some(ours.at),
        wrong: None,
    }
}
