//! Lines as kept: finding, looking, sweeping, the demonstration's moving dates.

use super::PostgresStore;
use super::fault::Fault;
use super::import;
use super::save::{self, Writing};
use super::session::Session;
use super::values::{Hash, Octets, cell_of_key, columns, count_of, line_key};
use crate::kept::hours::hour_usage_of;
use crate::kept::lines::{
    LineRow, Midnights, add_usage, bucket_of, line_of, mark_of, moved_dates, usage_of,
};
use crate::kept::row::Row as _;
use crate::kept::values::days_of;
use async_trait::async_trait;
use farline_app::ports::lines::{
    DayUsage, HourUsage, ImportError, LineSecrets, LineUsage, LineView, NewLine,
};
use farline_app::ports::{Lines, StoreError};
use farline_domain::kernel::{AllowanceKind, Cell, Instant, LineId, LineNumber};
use jiff::civil::Date;
use std::collections::BTreeSet;
use tokio_postgres::types::ToSql;

statements! {
    LINE = "SELECT msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, \
        audit_head, journal_at, newest_order, closes_on, auto_renew FROM lines WHERE cell = $1 AND id = $2";
    BY_NUMBER = "SELECT line FROM numbers WHERE cell = $1 AND number = $2";
    BY_ICCID = "SELECT line FROM iccids WHERE cell = $1 AND iccid = $2";
    // Every open bucket, and of those that are used up the newest.
    SEEN_BUCKETS = "SELECT number, kind, zone, breadth, window_from, window_until, granted, used, \
        reserved, valid_from, valid_until, origin, order_id FROM buckets \
        WHERE cell = $1 AND line = $2 AND (used < granted OR number IN \
        (SELECT number FROM buckets WHERE cell = $1 AND line = $2 ORDER BY number DESC LIMIT 64)) \
        ORDER BY number";
    SECRETS = "SELECT pin, puk FROM lines WHERE cell = $1 AND id = $2";
    USAGE = "SELECT date, kind, units FROM usage_days \
        WHERE cell = $1 AND line = $2 AND date BETWEEN $3 AND $4 ORDER BY date, kind";
    USAGE_BY_HOUR = "SELECT week, hour, units FROM usage_hours \
        WHERE cell = $1 AND line = $2 AND kind = $3 AND week >= $4";
    USAGE_OF_LINES = "SELECT u.date, u.kind, u.units, l.id FROM (SELECT cell, id FROM lines \
        WHERE cell = $1 AND id > $2 ORDER BY id LIMIT $3) AS l \
        LEFT JOIN usage_days AS u ON u.cell = l.cell AND u.line = l.id AND u.cell = $1 AND u.date >= $4 \
        ORDER BY l.id, u.date, u.kind";
    // Every line has one card number, and that table is the narrowest.
    COUNT = "SELECT COUNT(*) FROM iccids WHERE cell >= 0";
    LAPSED = "SELECT DISTINCT cell, line FROM reservations WHERE cell >= 0 AND until <= $1 \
        LIMIT $2";
    // More than wanted, as some end at a later midnight than others.
    OVER = "SELECT id, closes_on, operator FROM lines WHERE cell >= 0 AND closes_on < $1 \
        ORDER BY closes_on, cell, id LIMIT $2 OFFSET $3";
    ALL_LINES = "SELECT msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, audit, \
        audit_head, journal_at, newest_order, closes_on, auto_renew, id FROM lines AS l WHERE l.cell >= 0 \
        ORDER BY l.cell, l.id";
    MOVE_LINES = "UPDATE lines SET activated_on = activated_on + $1, \
        expires_on = expires_on + $1, closes_on = closes_on + $1 WHERE cell >= 0";
    MOVE_BUCKETS = "UPDATE buckets SET valid_from = valid_from + $1::integer * 86400000::bigint, \
        valid_until = valid_until + $1::integer WHERE cell >= 0";
    // In two steps, over dates that no row has, as the date is part of the key.
    MOVE_USAGE_AWAY = "UPDATE usage_days SET date = -(date + $1) - 1000000 WHERE cell >= 0";
    MOVE_USAGE_BACK = "UPDATE usage_days SET date = -(date + 1000000) \
        WHERE cell >= 0 AND date < -500000";
    // A week keeps its place: no other of the demonstration's has it.
    MOVE_HOURS = "UPDATE usage_hours SET week = week + $1 WHERE cell >= 0";
    MOVE_HEADS = "UPDATE lines AS t SET audit = w.audit, audit_head = w.audit_head, \
        journal_at = w.journal_at \
        FROM unnest($1::smallint[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bigint[]) \
        AS w (cell, id, audit, audit_head, journal_at) WHERE t.cell = w.cell AND t.id = w.id";
}

columns! {
    HeadRows { cell: i16, id: super::values::Id, audit: i64, audit_head: Hash, journal_at: i64, }
}

async fn find(store: &PostgresStore, number: &LineNumber) -> Result<Option<LineId>, Fault> {
    let sql = match number {
        LineNumber::Msisdn(_) => BY_NUMBER,
        LineNumber::Iccid(_) => BY_ICCID,
    };
    let text = number.as_str();
    let cell = cell_of_key(text.as_bytes());
    let row = store.session().await?.row(sql, &[&cell, &text]).await?;
    row.map(|row| Ok(LineId::from_bytes(row.array(0)?))).transpose()
}

async fn view(session: &Session, id: LineId) -> Result<Option<LineView>, Fault> {
    let (cell, key) = line_key(id);
    let Some(row) = session.row(LINE, &[&cell, &key]).await? else {
        return Ok(None);
    };
    let LineRow { line, busy, counters, heads, auto_renew, .. } = line_of(&row, id)?;
    let buckets = session.rows(SEEN_BUCKETS, &[&cell, &key]).await?;
    let buckets: Result<_, Fault> = buckets.iter().map(bucket_of).collect();
    let renewal_in_progress = busy.is_some();
    Ok(Some(LineView {
        line,
        buckets: buckets?,
        renewal_in_progress,
        mark: mark_of(counters, heads),
        auto_renew,
    }))
}

/// Reads from one snapshot, so that the buckets fit the line.
async fn seen(store: &PostgresStore, id: LineId) -> Result<Option<LineView>, Fault> {
    let mut session = store.session().await?;
    session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let viewed = view(&session, id).await;
    session.end(viewed).await
}

async fn secrets(store: &PostgresStore, id: LineId) -> Result<LineSecrets, Fault> {
    let (cell, line) = line_key(id);
    match store.session().await?.row(SECRETS, &[&cell, &line]).await? {
        Some(row) => Ok(LineSecrets { pin: row.some_array(0)?, puk: row.some_array(1)? }),
        None => Ok(LineSecrets::default()),
    }
}

async fn used(
    store: &PostgresStore,
    id: LineId,
    (from, until): (i32, i32),
) -> Result<Vec<DayUsage>, Fault> {
    let (cell, line) = line_key(id);
    let rows = store.session().await?.rows(USAGE, &[&cell, &line, &from, &until]).await?;
    rows.iter().map(usage_of).collect()
}

async fn used_by_hour(
    store: &PostgresStore,
    id: LineId,
    (kind, from): (AllowanceKind, i32),
) -> Result<Vec<HourUsage>, Fault> {
    let (cell, line) = line_key(id);
    let parameters: [&(dyn ToSql + Sync); 4] = [&cell, &line, &kind.code(), &from];
    let rows = store.session().await?.rows(USAGE_BY_HOUR, &parameters).await?;
    rows.iter().map(|row| hour_usage_of(row, kind)).collect()
}

/// Cell by cell: each statement is of one.
async fn used_by_lines(
    store: &PostgresStore,
    after: Option<LineId>,
    (from, lines): (i32, u32),
) -> Result<Vec<LineUsage>, Fault> {
    let first = after.map_or(0, |line| line.cell().number());
    let mut last = after.map(|line| Octets(line.to_bytes()));
    let most = usize::try_from(lines).unwrap_or(usize::MAX);
    let session = store.session().await?;
    let mut used = Vec::new();
    for cell in first..Cell::COUNT {
        let cell = cell.cast_signed();
        let last = last.take().unwrap_or(Octets([0; 16]));
        let left = i64::try_from(most - used.len()).unwrap_or(i64::MAX);
        for row in &session.rows(USAGE_OF_LINES, &[&cell, &last, &left, &from]).await? {
            add_usage(&mut used, row)?;
        }
        if used.len() >= most {
            break;
        }
    }
    Ok(used)
}

async fn count(store: &PostgresStore) -> Result<u64, Fault> {
    let row = store.session().await?.row(COUNT, &[]).await?;
    Ok(row.map(|row| row.small(0)).transpose()?.unwrap_or(0))
}

async fn to_sweep(store: &PostgresStore, now: Instant, limit: u32) -> Result<Vec<LineId>, Fault> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let session = store.session().await?;
    let mut lines = BTreeSet::new();
    for row in session.rows(LAPSED, &[&now.millis(), &i64::from(limit)]).await? {
        lines.insert(LineId::from_bytes(row.array(1)?));
    }
    // A bucket ends at its operator's midnight: those before the latest local date are looked at.
    let catalogue = store.catalogue.get();
    let midnights = Midnights::new(&catalogue, now);
    let page = i64::from(limit.max(1)) * 4;
    let mut offset = 0;
    while let Some(latest) = midnights.latest()
        && lines.len() < most
    {
        let rows = session.rows(OVER, &[&days_of(latest), &page, &offset]).await?;
        for row in &rows {
            let ends = row.some_date(1)?;
            if lines.len() < most && ends.is_some_and(|ends| is_over(&midnights, row, ends)) {
                lines.insert(LineId::from_bytes(row.array(0)?));
            }
        }
        if count_of(rows.len() as u64) < page {
            break;
        }
        offset += page;
    }
    Ok(lines.into_iter().take(most).collect())
}

fn is_over(midnights: &Midnights<'_>, row: &tokio_postgres::Row, ends: Date) -> bool {
    row.text(2).is_ok_and(|operator| midnights.is_over(operator, ends))
}

/// Moves all lines by whole days, with one line in each audit. The journal keeps its
/// instants: it tells what happened, and is never changed.
async fn move_dates(session: &Session, days: i32) -> Result<u64, Fault> {
    // The lines first: that locks them, so whoever else locks lines waits or is waited for.
    session.execute(MOVE_LINES, &[&days]).await?;
    let lines = session.rows(ALL_LINES, &[]).await?;
    for sql in [MOVE_BUCKETS, MOVE_USAGE_AWAY, MOVE_HOURS] {
        session.execute(sql, &[&days]).await?;
    }
    session.execute(MOVE_USAGE_BACK, &[]).await?;
    let (mut journal, mut heads) = (Writing::default(), HeadRows::default());
    for row in &lines {
        let id = LineId::from_bytes(row.array(20)?);
        let row = line_of(row, id)?;
        let done = moved_dates(&row, days);
        let (cell, key) = line_key(id);
        let (number, hash) = (i64::from(done.audit.number), Octets(done.audit.hash));
        heads.push((cell, key, number, hash, done.audit.at.millis()));
        journal.journal((cell, key), &done, row.heads.journal_at)?;
    }
    if let Some(heads) = heads.parameters(&0) {
        session.execute(MOVE_HEADS, heads.get(1..).unwrap_or_default()).await?;
        journal.write(session, 0, None).await?;
    }
    Ok(lines.len() as u64)
}

#[async_trait]
impl Lines for PostgresStore {
    async fn find_line(&self, number: &LineNumber) -> Result<Option<LineId>, StoreError> {
        Ok(find(self, number).await?)
    }

    async fn line(&self, id: LineId) -> Result<Option<LineView>, StoreError> {
        Ok(seen(self, id).await?)
    }

    async fn line_secrets(&self, id: LineId) -> Result<LineSecrets, StoreError> {
        Ok(secrets(self, id).await?)
    }

    async fn usage(
        &self,
        id: LineId,
        from: Date,
        until: Date,
    ) -> Result<Vec<DayUsage>, StoreError> {
        Ok(used(self, id, (days_of(from), days_of(until))).await?)
    }

    async fn usage_by_hour(
        &self,
        id: LineId,
        kind: AllowanceKind,
        from: Date,
    ) -> Result<Vec<HourUsage>, StoreError> {
        Ok(used_by_hour(self, id, (kind, days_of(from))).await?)
    }

    async fn usage_of_lines(
        &self,
        after: Option<LineId>,
        from: Date,
        lines: u32,
    ) -> Result<Vec<LineUsage>, StoreError> {
        Ok(used_by_lines(self, after, (days_of(from), lines)).await?)
    }

    async fn import_lines(
        &self,
        rows: Box<dyn Iterator<Item = Result<(u64, NewLine), ImportError>> + Send>,
        progress: Box<dyn Fn(u64) + Send>,
    ) -> Result<u64, ImportError> {
        import::all_or_none(self, rows, progress).await
    }

    async fn move_demonstration_dates(&self, days: i32) -> Result<u64, StoreError> {
        Ok(transaction!(self, |session| {
            save::prepare(&session).await?;
            move_dates(&session, days).await
        })?)
    }

    async fn count_lines(&self) -> Result<u64, StoreError> {
        Ok(count(self).await?)
    }

    async fn lines_to_sweep(&self, now: Instant, limit: u32) -> Result<Vec<LineId>, StoreError> {
        Ok(to_sweep(self, now, limit).await?)
    }
}
