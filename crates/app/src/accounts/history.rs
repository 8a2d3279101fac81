//! The history of a line: its orders, what it used day by day, and what else moved its balance.

use crate::accounts::Permitted;
use crate::ports::accounts::BucketChange;
use crate::ports::lines::DayUsage;
use crate::{App, Problem, lines};
use farline_domain::kernel::{Cell, Instant, OrderId};
use farline_domain::lines::LifecycleRule;
use farline_domain::orders::Order;
use jiff::ToSpan;
use std::fmt;

/// Days of use that one page looks back on at most: more than are kept for showing.
const LOOK_BACK_DAYS: i64 = 730;
/// Entries of one line that may share an instant; one delivery makes a handful.
const AT_ONCE: u32 = 16;

/// One entry of a line's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryEvent {
    /// An order, as it stands now.
    Order(Box<Order>),
    /// What was used of one kind on one local date.
    Usage(DayUsage),
    /// Something granted, expired or taken back.
    Change(BucketChange),
}

/// An event and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When: of a day's use, the end of the day.
    pub at: Instant,
    /// What.
    pub event: HistoryEvent,
    place: Cursor,
}

/// One page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    /// Newest first.
    pub entries: Vec<HistoryEntry>,
    /// Where the next page begins, if there is more.
    pub next: Option<Cursor>,
}

/// A place in the history: what comes after it is older. Instant, then kind, then number within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    at: i64,
    kind: u8,
    number: u128,
}

impl Cursor {
    /// Reads the text form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let at = i64::from_str_radix(parts.next()?, 36).ok().filter(|at| *at >= 0)?;
        let kind = parts.next()?.parse().ok()?;
        let number = u128::from_str_radix(parts.next()?, 16).ok()?;
        Some(Self { at, kind, number })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Vec::new();
        let mut rest = self.at.max(0);
        loop {
            digits.push(char::from_digit(u32::try_from(rest % 36).unwrap_or(0), 36).unwrap_or('0'));
            rest /= 36;
            if rest == 0 {
                break;
            }
        }
        let at: String = digits.into_iter().rev().collect();
        write!(f, "{at}-{}-{:x}", self.kind, self.number)
    }
}

/// One page of a line's history, older than `after`, at most `limit` entries.
pub async fn history(
    app: &App,
    permitted: Permitted,
    after: Option<Cursor>,
    limit: u32,
) -> Result<HistoryPage, Problem> {
    let until = after.map_or(app.now(), |cursor| Instant::from_millis(cursor.at));
    let mut entries = orders(app, permitted, until, limit).await?;
    entries.extend(changes(app, permitted, until, limit).await?);
    entries.extend(usage(app, permitted, until).await?);
    entries.retain(|entry| after.is_none_or(|cursor| entry.place < cursor));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.place));
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > most;
    entries.truncate(most);
    let next = entries.last().filter(|_| more).map(|entry| entry.place);
    Ok(HistoryPage { entries, next })
}

fn entry(at: Instant, kind: u8, number: u128, event: HistoryEvent) -> HistoryEntry {
    HistoryEntry { at, event, place: Cursor { at: at.millis(), kind, number } }
}

/// Orders stand at the instant in their id, by which they are kept in order.
async fn orders(
    app: &App,
    permitted: Permitted,
    until: Instant,
    limit: u32,
) -> Result<Vec<HistoryEntry>, Problem> {
    let next_instant = Instant::from_millis(until.millis().saturating_add(1));
    let before = OrderId::mint(next_instant, Cell::numbered(0), 0);
    let wanted = limit.saturating_add(AT_ONCE);
    let found = app.store.orders_of_line(permitted.line(), Some(before), wanted).await?;
    let placed = |order: Order| {
        let number = u128::from_be_bytes(order.id.to_bytes());
        let at = Instant::from_millis(i64::try_from(number >> 74).unwrap_or(i64::MAX));
        entry(at, 2, number, HistoryEvent::Order(Box::new(order)))
    };
    Ok(found.into_iter().map(placed).collect())
}

async fn changes(
    app: &App,
    permitted: Permitted,
    until: Instant,
    limit: u32,
) -> Result<Vec<HistoryEntry>, Problem> {
    let wanted = limit.saturating_add(AT_ONCE);
    let found = app.store.bucket_changes(permitted.line(), until, wanted).await?;
    let placed = |change: BucketChange| {
        entry(change.at, 1, u128::from(change.number), HistoryEvent::Change(change))
    };
    Ok(found.into_iter().map(placed).collect())
}

async fn usage(
    app: &App,
    permitted: Permitted,
    until: Instant,
) -> Result<Vec<HistoryEntry>, Problem> {
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let last = until.date_in(&rule.zone);
    let first = last.saturating_sub(LOOK_BACK_DAYS.days());
    let days = app.store.usage(view.line.id, first, last).await?;
    let placed = |day: DayUsage| {
        let kind = u128::from(day.kind.code().len() as u64);
        entry(end_of(day, rule, app.now()), 0, kind, HistoryEvent::Usage(day))
    };
    Ok(days.into_iter().map(placed).collect())
}

/// A day's use stands at the day's last millisecond; that of a day under way, at its first, so that it
/// does not stand in the future nor move while pages are turned.
fn end_of(day: DayUsage, rule: &LifecycleRule, now: Instant) -> Instant {
    let last = Instant::from_millis(rule.zone.end_of(day.date).millis().saturating_sub(1));
    if last <= now { last } else { rule.zone.start_of(day.date) }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        for cursor in [
            Cursor { at: 0, kind: 0, number: 0 },
            Cursor { at: 1_795_000_000_000, kind: 2, number: u128::MAX },
        ] {
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
        for text in ["", "1", "1-2", "-1-2-3", "z-300-1", "1-2-g", "1-2-3-4"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
