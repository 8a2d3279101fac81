//! The rows of lines, and what is decided about lines outside the pipeline.

use super::Unreadable;
use super::journal::Journaled;
use super::row::Row;
use super::values::{from_json, kind_of, minted_at, origin_of, units_of, window_of};
use farline_app::ports::lines::{DayUsage, LineUsage};
use farline_domain::auto_renew::AutoRenew;
use farline_domain::balance::{Bucket, Reservation, Session};
use farline_domain::catalog::{Catalogue, OperatorCode, ZoneCode};
use farline_domain::commands::{Actor, AuditLine, Counters, LineMark};
use farline_domain::kernel::{Iccid, Instant, Language, LineId, Msisdn, OrderId, Province, Zone};
use farline_domain::lines::{Line, LineDates};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// How many milliseconds a day of the demonstration has; its instants move by whole ones.
const DAY_MILLIS: i64 = 86_400_000;

/// The row of a line.
pub(crate) struct LineRow {
    /// The line.
    pub(crate) line: Line,
    /// The unfinished order.
    pub(crate) busy: Option<OrderId>,
    /// When the sweep that is promised is due.
    pub(crate) sweep_at: Option<Instant>,
    /// Its counters.
    pub(crate) counters: Counters,
    /// Where its journal and its orders are followed from.
    pub(crate) heads: Heads,
    /// The first day after which a bucket has to be closed.
    pub(crate) closes_on: Option<Date>,
    /// Its auto-renew.
    pub(crate) auto_renew: Option<AutoRenew>,
}

/// Where a line leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heads {
    /// When the newest row of its journal was written.
    pub(crate) journal_at: Option<Instant>,
    /// Its newest order.
    pub(crate) newest_order: Option<OrderId>,
}

/// How far a line has come.
pub(crate) const fn mark_of(counters: Counters, heads: Heads) -> LineMark {
    LineMark { newest_order: heads.newest_order, buckets: counters.buckets }
}

/// Reads a line from: msisdn, iccid, operator, province, language, activated_on, expires_on,
/// anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, audit_head,
/// journal_at, newest_order, closes_on, auto_renew.
pub(crate) fn line_of<R: Row>(row: &R, id: LineId) -> Result<LineRow, R::Fault> {
    let unreadable = |what: &str| Unreadable(format!("the {what} of {id}"));
    let province = row.some_text(3)?;
    let line = Line {
        id,
        msisdn: row.some_text(0)?.map(|number| Msisdn::from_stored(number.to_owned())),
        iccid: Iccid::try_from(row.text(1)?.to_owned()).map_err(|_| unreadable("ICCID"))?,
        operator: OperatorCode::try_from(row.text(2)?.to_owned())
            .map_err(|_| unreadable("operator"))?,
        province: province
            .map(|code| Province::parse(code).ok_or_else(|| unreadable("province")))
            .transpose()?,
        language: Language::parse(row.text(4)?).ok_or_else(|| unreadable("language"))?,
        dates: LineDates {
            activated_on: row.some_date(5)?,
            expires_on: row.some_date(6)?,
            anniversary_day: row.some_small(7)?,
        },
    };
    let counters = Counters {
        buckets: row.small(10)?,
        bucket_entries: row.small(11)?,
        entry_sets: row.small(12)?,
        jobs: row.small(13)?,
        audit: row.small(14)?,
        audit_head: row.array(15)?,
    };
    let busy = row.some_array(8)?.map(OrderId::from_bytes);
    let sweep_at = row.some_number(9)?.map(Instant::from_millis);
    let heads = Heads {
        journal_at: row.some_number(16)?.map(Instant::from_millis),
        newest_order: row.some_array(17)?.map(OrderId::from_bytes),
    };
    let closes_on = row.some_date(18)?;
    let auto_renew = row.some_text(19)?.map(from_json).transpose()?;
    Ok(LineRow { line, busy, sweep_at, counters, heads, closes_on, auto_renew })
}

/// Reads a bucket from: number, kind, zone, breadth, window_from, window_until, granted, used,
/// reserved, valid_from, valid_until, origin, order_id.
pub(crate) fn bucket_of<R: Row>(row: &R) -> Result<Bucket, R::Fault> {
    Ok(Bucket {
        number: row.small(0)?,
        kind: kind_of(row.text(1)?)?,
        zone: ZoneCode::try_from(row.text(2)?.to_owned()).map_err(Unreadable)?,
        breadth: row.small(3)?,
        window: window_of(row.some_small(4)?, row.some_small(5)?),
        granted: units_of(row.number(6)?)?,
        used: units_of(row.number(7)?)?,
        reserved: units_of(row.number(8)?)?,
        valid_from: row.instant(9)?,
        valid_until: row.some_date(10)?,
        origin: origin_of(row.text(11)?)?,
        order: row.some_array(12)?.map(OrderId::from_bytes),
    })
}

/// The first last day among the buckets that have to be closed when it is over: those of which
/// something is left and nothing is held.
pub(crate) fn closes_on(buckets: &[Bucket]) -> Option<Date> {
    let to_close = buckets.iter().filter(|bucket| bucket.used < bucket.granted);
    to_close
        .filter(|bucket| bucket.reserved.is_zero())
        .filter_map(|bucket| bucket.valid_until)
        .min()
}

/// Reads a reservation from: session, bucket, units, until.
pub(crate) fn reservation_of<R: Row>(row: &R) -> Result<Reservation, R::Fault> {
    Ok(Reservation {
        session: Session(row.text(0)?.to_owned()),
        bucket: row.small(1)?,
        units: units_of(row.number(2)?)?,
        until: row.instant(3)?,
    })
}

/// Reads a day's usage from: date, kind, units.
pub(crate) fn usage_of<R: Row>(row: &R) -> Result<DayUsage, R::Fault> {
    Ok(DayUsage {
        date: row.some_date(0)?.ok_or_else(|| Unreadable("a day of usage".to_owned()))?,
        kind: kind_of(row.text(1)?)?,
        units: units_of(row.number(2)?)?,
    })
}

/// Adds a row of lines with their usage, ordered by line: date, kind, units (nothing, if it used nothing), line.
pub(crate) fn add_usage<R: Row>(lines: &mut Vec<LineUsage>, row: &R) -> Result<(), R::Fault> {
    let line = LineId::from_bytes(row.array(3)?);
    if lines.last().is_none_or(|last| last.line != line) {
        lines.push(LineUsage { line, days: Vec::new() });
    }
    if row.some_date(0)?.is_some()
        && let Some(last) = lines.last_mut()
    {
        last.days.push(usage_of(row)?);
    }
    Ok(())
}

/// The zones of the operators, which say when a bucket's last day is over.
pub(crate) struct Midnights<'a> {
    catalogue: &'a Catalogue,
    now: Instant,
}

impl<'a> Midnights<'a> {
    pub(crate) const fn new(catalogue: &'a Catalogue, now: Instant) -> Self {
        Self { catalogue, now }
    }

    fn zones(&self) -> impl Iterator<Item = (&'a OperatorCode, &'a Zone)> {
        let operators = self.catalogue.operators.values();
        operators.map(|operator| (&operator.code, &operator.lifecycle.zone))
    }

    /// The latest local date anywhere: buckets that end before it are worth looking at.
    pub(crate) fn latest(&self) -> Option<Date> {
        self.zones().map(|(_, zone)| self.now.date_in(zone)).max()
    }

    /// Whether a bucket of an operator's line, with this last day, is over.
    pub(crate) fn is_over(&self, operator: &str, ends: Date) -> bool {
        let zone =
            self.zones().find_map(|(code, zone)| (code.as_str() == operator).then_some(zone));
        zone.is_some_and(|zone| self.now >= zone.end_of(ends))
    }
}

/// The row of the journal that says a line's dates were moved. The store has no clock: the line says when
/// it was last touched, and the days moved by.
pub(crate) fn moved_dates(row: &LineRow, days: i32) -> Journaled {
    let LineRow { line, counters, heads, .. } = row;
    let last = heads.journal_at.unwrap_or_else(|| minted_at(line.id)).millis();
    let mut entry = AuditLine {
        number: counters.audit + 1,
        at: Instant::from_millis(last + i64::from(days) * DAY_MILLIS),
        actor: Actor::System.name(),
        reason: Some(format!("demonstration dates moved by {days} days")),
        action: "move_dates",
        order: None,
        before: [0; 32],
        after: Sha256::digest(format!("{:?}", line.dates)).into(),
        hash: [0; 32],
    };
    entry.hash = entry.computed_hash(counters.audit_head);
    Journaled { audit: entry, bucket_entries: Vec::new(), money: Vec::new() }
}
