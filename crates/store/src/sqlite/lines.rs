//! Lines as kept: finding, looking, sweeping, the demonstration's moving dates.

use super::fault::Fault;
use super::load::{self, line_row};
use super::save::LineWriter;
use super::{SqliteStore, import};
use crate::kept::hours::hour_usage_of;
use crate::kept::lines::{LineRow, Midnights, add_usage, mark_of, moved_dates, usage_of};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, date_of, days_of, line_key};
use async_trait::async_trait;
use farline_app::ports::lines::{
    DayUsage, HourUsage, ImportError, LineSecrets, LineUsage, LineView, NewLine,
};
use farline_app::ports::{Lines, StoreError};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{AllowanceKind, Instant, LineId, LineNumber};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

statements! {
    BY_NUMBER = "SELECT line FROM numbers WHERE number = ?1";
    BY_ICCID = "SELECT line FROM iccids WHERE iccid = ?1";
    // Every open bucket, and of those that are used up the newest.
    SEEN_BUCKETS = "SELECT number, kind, zone, breadth, window_from, window_until, granted, used, \
        reserved, valid_from, valid_until, origin, order_id FROM buckets \
        WHERE cell = ?1 AND line = ?2 AND (used < granted OR number IN \
        (SELECT number FROM buckets WHERE cell = ?1 AND line = ?2 ORDER BY number DESC LIMIT 64)) \
        ORDER BY number";
    SECRETS = "SELECT pin, puk FROM lines WHERE cell = ?1 AND id = ?2";
    USAGE = "SELECT date, kind, units FROM usage_days \
        WHERE cell = ?1 AND line = ?2 AND date BETWEEN ?3 AND ?4 ORDER BY date, kind";
    USAGE_BY_HOUR = "SELECT week, hour, units FROM usage_hours \
        WHERE cell = ?1 AND line = ?2 AND kind = ?3 AND week >= ?4";
    USAGE_OF_LINES = "SELECT u.date, u.kind, u.units, l.id FROM (SELECT cell, id FROM lines \
        WHERE (cell, id) > (?1, ?2) ORDER BY cell, id LIMIT ?3) AS l \
        LEFT JOIN usage_days AS u ON u.cell = l.cell AND u.line = l.id AND u.date >= ?4 \
        ORDER BY l.cell, l.id, u.date, u.kind";
    // Every line has one card number, and that table is the narrowest.
    COUNT = "SELECT COUNT(*) FROM iccids";
    LAPSED = "SELECT DISTINCT cell, line FROM reservations WHERE until <= ?1 LIMIT ?2";
    OVER = "SELECT id, closes_on, operator FROM lines WHERE cell >= 0 AND closes_on < ?1 \
        ORDER BY closes_on";
    ALL_LINES = "SELECT cell, id FROM lines ORDER BY cell, id";
    MOVE_LINES = "UPDATE lines SET activated_on = activated_on + ?1, expires_on = expires_on + ?1, \
        closes_on = closes_on + ?1 WHERE cell >= 0";
    MOVE_BUCKETS = "UPDATE buckets SET valid_from = valid_from + ?1 * 86400000, \
        valid_until = valid_until + ?1 WHERE cell >= 0";
    // In two steps, over dates that no row has, as the date is part of the key.
    MOVE_USAGE_AWAY = "UPDATE usage_days SET date = -(date + ?1) - 1000000 WHERE cell >= 0";
    MOVE_USAGE_BACK = "UPDATE usage_days SET date = -(date + 1000000) \
        WHERE cell >= 0 AND date < -500000";
    // A week keeps its place: no other of the demonstration's has it.
    MOVE_HOURS = "UPDATE usage_hours SET week = week + ?1 WHERE cell >= 0";
    MOVE_HEAD = "UPDATE lines SET audit = ?3, audit_head = ?4, journal_at = ?5 \
        WHERE cell = ?1 AND id = ?2";
}

#[async_trait]
impl Lines for SqliteStore {
    async fn find_line(&self, number: &LineNumber) -> Result<Option<LineId>, StoreError> {
        let sql = match number {
            LineNumber::Msisdn(_) => BY_NUMBER,
            LineNumber::Iccid(_) => BY_ICCID,
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let found: Option<IdBytes> =
                statement.query_row([number.as_str()], |row| row.get(0)).optional()?;
            Ok(found.map(LineId::from_bytes))
        })
    }

    async fn line(&self, id: LineId) -> Result<Option<LineView>, StoreError> {
        self.read(|connection| {
            // One snapshot, so that the buckets fit the line.
            let snapshot = connection.unchecked_transaction()?;
            let Some(LineRow { line, busy, counters, heads, auto_renew, .. }) =
                line_row(&snapshot, id)?
            else {
                return Ok(None);
            };
            let (cell, key) = line_key(id);
            let buckets = load::buckets(&snapshot, SEEN_BUCKETS, params![cell, key])?;
            let renewal_in_progress = busy.is_some();
            Ok(Some(LineView {
                line,
                buckets,
                renewal_in_progress,
                mark: mark_of(counters, heads),
                auto_renew,
            }))
        })
    }

    async fn line_secrets(&self, id: LineId) -> Result<LineSecrets, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SECRETS)?;
            let found = statement.query_row(params![cell, line], |row| {
                Ok(LineSecrets { pin: row.get(0)?, puk: row.get(1)? })
            });
            Ok(found.optional()?.unwrap_or_default())
        })
    }

    async fn usage(
        &self,
        id: LineId,
        from: Date,
        until: Date,
    ) -> Result<Vec<DayUsage>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(USAGE)?;
            let mut rows = statement.query(params![cell, line, days_of(from), days_of(until)])?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                days.push(usage_of(row)?);
            }
            Ok(days)
        })
    }

    async fn usage_by_hour(
        &self,
        id: LineId,
        kind: AllowanceKind,
        from: Date,
    ) -> Result<Vec<HourUsage>, StoreError> {
        let (cell, line) = line_key(id);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(USAGE_BY_HOUR)?;
            let mut rows = statement.query(params![cell, line, kind.code(), days_of(from)])?;
            let mut hours = Vec::new();
            while let Some(row) = rows.next()? {
                hours.push(hour_usage_of(row, kind)?);
            }
            Ok(hours)
        })
    }

    async fn usage_of_lines(
        &self,
        after: Option<LineId>,
        from: Date,
        lines: u32,
    ) -> Result<Vec<LineUsage>, StoreError> {
        // No line has the first of all ids.
        let (cell, line) = line_key(after.unwrap_or(LineId::from_bytes([0; 16])));
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(USAGE_OF_LINES)?;
            let mut rows = statement.query(params![cell, line, lines, days_of(from)])?;
            let mut used = Vec::new();
            while let Some(row) = rows.next()? {
                add_usage(&mut used, row)?;
            }
            Ok(used)
        })
        .await
    }

    async fn import_lines(
        &self,
        rows: Box<dyn Iterator<Item = Result<(u64, NewLine), ImportError>> + Send>,
        progress: Box<dyn Fn(u64) + Send>,
    ) -> Result<u64, ImportError> {
        let catalogue = self.catalogue.get();
        let work = move |connection: &mut Connection| {
            import::all_or_none(connection, &catalogue, rows, &progress)
        };
        self.writer()?.alone(work).await?
    }

    async fn move_demonstration_dates(&self, days: i32) -> Result<u64, StoreError> {
        self.write(move |connection| move_dates(connection, days)).await
    }

    async fn count_lines(&self) -> Result<u64, StoreError> {
        self.read_long(|connection| {
            let count: i64 = connection.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
        .await
    }

    async fn lines_to_sweep(&self, now: Instant, limit: u32) -> Result<Vec<LineId>, StoreError> {
        let catalogue = self.catalogue.get();
        self.read_long(move |connection| to_sweep(connection, &catalogue, now, limit)).await
    }
}

fn to_sweep(
    connection: &Connection,
    catalogue: &Catalogue,
    now: Instant,
    limit: u32,
) -> Result<Vec<LineId>, Fault> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut lines = BTreeSet::new();
    let mut statement = connection.prepare_cached(LAPSED)?;
    let mut rows = statement.query(params![now.millis(), limit])?;
    while let Some(row) = rows.next()? {
        lines.insert(LineId::from_bytes(row.get(1)?));
    }
    // A bucket ends at its operator's midnight: those before the latest local date are looked at.
    let midnights = Midnights::new(catalogue, now);
    let Some(latest) = midnights.latest() else {
        return Ok(lines.into_iter().take(most).collect());
    };
    let mut statement = connection.prepare_cached(OVER)?;
    let mut rows = statement.query(params![days_of(latest)])?;
    while lines.len() < most {
        let Some(row) = rows.next()? else {
            break;
        };
        let ends = date_of(row.get(1)?)?;
        if midnights.is_over(row.text(2)?, ends) {
            lines.insert(LineId::from_bytes(row.get(0)?));
        }
    }
    Ok(lines.into_iter().take(most).collect())
}

/// Moves all lines by whole days, with one line in each audit. The journal keeps its
/// instants: it tells what happened, and are never changed.
fn move_dates(connection: &Connection, days: i32) -> Result<u64, Fault> {
    for sql in [MOVE_LINES, MOVE_BUCKETS, MOVE_USAGE_AWAY, MOVE_HOURS] {
        connection.prepare_cached(sql)?.execute(params![days])?;
    }
    connection.prepare_cached(MOVE_USAGE_BACK)?.execute([])?;
    let mut moved = 0;
    let mut statement = connection.prepare_cached(ALL_LINES)?;
    let mut rows = statement.query([])?;
    let mut ids: Vec<LineId> = Vec::new();
    while let Some(row) = rows.next()? {
        ids.push(LineId::from_bytes(row.get(1)?));
    }
    for id in ids {
        note_move(connection, id, days)?;
        moved += 1;
    }
    Ok(moved)
}

fn note_move(connection: &Connection, id: LineId, days: i32) -> Result<(), Fault> {
    let Some(row) = line_row(connection, id)? else {
        return Ok(());
    };
    let (cell, key) = line_key(id);
    let done = moved_dates(&row, days);
    LineWriter::new(connection, (cell, key)).journal(&done, row.heads.journal_at)?;
    let mut head = connection.prepare_cached(MOVE_HEAD)?;
    head.execute(params![cell, key, done.audit.number, done.audit.hash, done.audit.at.millis()])?;
    Ok(())
}
