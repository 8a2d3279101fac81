//! Reminders, each once, and how people want them.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::reminders::reminded_of;
use crate::kept::shops::revised_of;
use crate::kept::values::{IdBytes, days_of, line_key, to_json};
use async_trait::async_trait;
use farline_app::ports::reminders::{LookDay, RemindedLine};
use farline_app::ports::shops::Revised;
use farline_app::ports::{Reminders, StoreError};
use farline_domain::kernel::{AccountId, Cells, Instant, LineId};
use farline_domain::reminders::{Reminder, ReminderWish};
use rusqlite::{Connection, Params, Row, params};

statements! {
    LINES = "SELECT l.id, l.operator, l.msisdn IS NOT NULL, l.activated_on, \
        l.expires_on, l.anniversary_day, l.auto_renew, l.busy IS NOT NULL, \
        (SELECT MAX(b.valid_from) FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.order_id IS NOT NULL), \
        (SELECT COALESCE(SUM(CASE WHEN b.kind = 'data' THEN b.granted - b.used - b.reserved END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN b.kind = 'voice' THEN b.granted - b.used - b.reserved END), 0) \
        FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.kind IN ('data', 'voice') AND b.valid_from <= ?3 \
        AND (b.valid_until IS NULL OR b.valid_until >= ?4)), \
        (SELECT COALESCE(SUM(CASE WHEN u.kind = 'data' THEN u.units END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN u.kind = 'voice' THEN u.units END), 0) \
        FROM usage_days AS u WHERE u.cell = l.cell AND u.line = l.id \
        AND u.date BETWEEN ?4 - 7 AND ?4 - 1 AND u.kind IN ('data', 'voice')), \
        l.buckets, \
        (SELECT group_concat(hex(p.account) || ' ' || p.rights || ' ' || COALESCE(w.medium, ''), ',') \
        FROM line_people AS p LEFT JOIN reminder_wishes AS w ON w.cell = p.cell AND w.line = p.line \
        AND w.account = p.account WHERE p.cell = l.cell AND p.line = l.id) \
        FROM lines AS l WHERE (l.cell, l.id) > (?1, ?2) AND l.expires_on >= ?5 \
        ORDER BY l.cell, l.id LIMIT ?6";
    LINE = "SELECT l.id, l.operator, l.msisdn IS NOT NULL, l.activated_on, \
        l.expires_on, l.anniversary_day, l.auto_renew, l.busy IS NOT NULL, \
        (SELECT MAX(b.valid_from) FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.order_id IS NOT NULL), \
        (SELECT COALESCE(SUM(CASE WHEN b.kind = 'data' THEN b.granted - b.used - b.reserved END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN b.kind = 'voice' THEN b.granted - b.used - b.reserved END), 0) \
        FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.kind IN ('data', 'voice') AND b.valid_from <= ?3 \
        AND (b.valid_until IS NULL OR b.valid_until >= ?4)), \
        (SELECT COALESCE(SUM(CASE WHEN u.kind = 'data' THEN u.units END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN u.kind = 'voice' THEN u.units END), 0) \
        FROM usage_days AS u WHERE u.cell = l.cell AND u.line = l.id \
        AND u.date BETWEEN ?4 - 7 AND ?4 - 1 AND u.kind IN ('data', 'voice')), \
        l.buckets, \
        (SELECT group_concat(hex(p.account) || ' ' || p.rights || ' ' || COALESCE(w.medium, ''), ',') \
        FROM line_people AS p LEFT JOIN reminder_wishes AS w ON w.cell = p.cell AND w.line = p.line \
        AND w.account = p.account WHERE p.cell = l.cell AND p.line = l.id) \
        FROM lines AS l WHERE l.cell = ?1 AND l.id = ?2";
    PLAN = "INSERT INTO reminders (cell, line, reason, period, told, revision, state, planned_for, \
        due_at, body) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9) \
        ON CONFLICT (cell, line, reason, period, told) DO NOTHING";
    KEEP = "UPDATE reminders SET revision = ?6, state = ?7, due_at = ?8, body = ?9 WHERE cell = ?1 \
        AND line = ?2 AND reason = ?3 AND period = ?4 AND told = ?5 AND revision + 1 = ?6";
    DUE = "SELECT revision, body FROM reminders WHERE cell >= 0 AND due_at <= ?1 \
        ORDER BY due_at LIMIT ?2";
    OF_LINE = "SELECT revision, body FROM reminders WHERE cell = ?1 AND line = ?2 \
        ORDER BY planned_for, reason, told";
    WISH = "INSERT INTO reminder_wishes (cell, line, account, medium) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (cell, line, account) DO UPDATE SET medium = excluded.medium";
    FORGET = "DELETE FROM reminders WHERE cell BETWEEN ?1 AND ?2 AND planned_for < ?3 \
        AND due_at IS NULL";
}

/// Where a look at all lines begins: before every cell.
const BEFORE_ALL: (i32, IdBytes) = (-1, [0; 16]);

fn rows<T>(
    connection: &Connection,
    (sql, parameters): (&str, impl Params),
    read: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

#[async_trait]
impl Reminders for SqliteStore {
    async fn lines_to_remind(
        &self,
        after: Option<LineId>,
        day: LookDay,
        limit: u32,
    ) -> Result<Vec<RemindedLine>, StoreError> {
        let (cell, line) = after.map_or(BEFORE_ALL, |line| {
            let (cell, line) = line_key(line);
            (i32::from(cell), line)
        });
        let (now, today) = (day.now.millis(), days_of(day.today));
        let wanted = params![cell, line, now, today, days_of(day.oldest_expiry), limit];
        self.read(|connection| rows(connection, (LINES, wanted), |row| reminded_of(row)))
    }

    async fn line_to_remind(
        &self,
        line: LineId,
        day: LookDay,
    ) -> Result<Option<RemindedLine>, StoreError> {
        let (cell, line) = line_key(line);
        let wanted = params![cell, line, day.now.millis(), days_of(day.today)];
        self.read(|connection| Ok(rows(connection, (LINE, wanted), |row| reminded_of(row))?.pop()))
    }

    async fn plan_reminders(&self, planned: &[Reminder]) -> Result<u64, StoreError> {
        let planned = planned.to_vec();
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(PLAN)?;
            let mut new = 0;
            for reminder in &planned {
                let key = &reminder.key;
                let (cell, line) = line_key(key.line);
                let row = params![
                    cell,
                    line,
                    key.reason.code(),
                    key.period,
                    key.told.to_string(),
                    reminder.progress.code(),
                    reminder.planned_for.millis(),
                    reminder.due_at.map(Instant::millis),
                    to_json(reminder)?,
                ];
                new += statement.execute(row)?;
            }
            Ok(u64::try_from(new).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn due_reminders(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<Reminder>>, StoreError> {
        self.read(|connection| {
            rows(connection, (DUE, params![now.millis(), limit]), |row| revised_of(row))
        })
    }

    async fn keep_reminder(&self, reminder: &Revised<Reminder>) -> Result<bool, StoreError> {
        let Revised { revision, kept } = reminder.clone();
        let body = to_json(&kept).map_err(Fault::from)?;
        self.write(move |connection| {
            let (cell, line) = line_key(kept.key.line);
            let row = params![
                cell,
                line,
                kept.key.reason.code(),
                kept.key.period,
                kept.key.told.to_string(),
                revision,
                kept.progress.code(),
                kept.due_at.map(Instant::millis),
                body,
            ];
            Ok(connection.prepare_cached(KEEP)?.execute(row)? == 1)
        })
        .await
    }

    async fn reminders_of_line(&self, line: LineId) -> Result<Vec<Reminder>, StoreError> {
        let (cell, line) = line_key(line);
        let found: Vec<Revised<Reminder>> = self.read(|connection| {
            rows(connection, (OF_LINE, params![cell, line]), |row| revised_of(row))
        })?;
        Ok(found.into_iter().map(|reminder| reminder.kept).collect())
    }

    async fn keep_reminder_wish(
        &self,
        line: LineId,
        account: AccountId,
        wish: ReminderWish,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let (cell, line) = line_key(line);
            let row = params![cell, line, account.to_bytes(), wish.code()];
            connection.prepare_cached(WISH)?.execute(row)?;
            Ok(())
        })
        .await
    }

    async fn forget_reminders(&self, cells: Cells, before: Instant) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET)?;
            let forgotten = statement.execute(params![cells.first, cells.last, before.millis()])?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }
}
