//! Reminders, each once, and how people want them.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use super::values::{Id, Octets, line_key, range_of};
use crate::kept::reminders::reminded_of;
use crate::kept::shops::revised_of;
use crate::kept::values::{days_of, to_json};
use async_trait::async_trait;
use farline_app::ports::reminders::{LookDay, RemindedLine};
use farline_app::ports::shops::Revised;
use farline_app::ports::{Reminders, StoreError};
use farline_domain::kernel::{AccountId, Cells, Instant, LineId};
use farline_domain::reminders::{Reminder, ReminderWish};
use tokio_postgres::Row;

statements! {
    LINES = "SELECT l.id, l.operator, CAST(l.msisdn IS NOT NULL AS integer), l.activated_on, \
        l.expires_on, l.anniversary_day, l.auto_renew, CAST(l.busy IS NOT NULL AS integer), \
        (SELECT MAX(b.valid_from) FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.order_id IS NOT NULL), \
        (SELECT COALESCE(SUM(CASE WHEN b.kind = 'data' THEN b.granted - b.used - b.reserved END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN b.kind = 'voice' THEN b.granted - b.used - b.reserved END), 0) \
        FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.kind IN ('data', 'voice') AND b.valid_from <= $3 \
        AND (b.valid_until IS NULL OR b.valid_until >= $4)), \
        (SELECT COALESCE(SUM(CASE WHEN u.kind = 'data' THEN u.units END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN u.kind = 'voice' THEN u.units END), 0) \
        FROM usage_days AS u WHERE u.cell = l.cell AND u.line = l.id \
        AND u.date BETWEEN $4 - 7 AND $4 - 1 AND u.kind IN ('data', 'voice')), \
        l.buckets, \
        (SELECT string_agg(encode(p.account, 'hex') || ' ' || p.rights || ' ' || COALESCE(w.medium, ''), ',') \
        FROM line_people AS p LEFT JOIN reminder_wishes AS w ON w.cell = p.cell AND w.line = p.line \
        AND w.account = p.account WHERE p.cell = l.cell AND p.line = l.id) \
        FROM lines AS l WHERE l.cell >= 0 AND (l.cell, l.id) > ($1, $2) AND l.expires_on >= $5 \
        ORDER BY l.cell, l.id LIMIT $6";
    LINE = "SELECT l.id, l.operator, CAST(l.msisdn IS NOT NULL AS integer), l.activated_on, \
        l.expires_on, l.anniversary_day, l.auto_renew, CAST(l.busy IS NOT NULL AS integer), \
        (SELECT MAX(b.valid_from) FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.order_id IS NOT NULL), \
        (SELECT COALESCE(SUM(CASE WHEN b.kind = 'data' THEN b.granted - b.used - b.reserved END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN b.kind = 'voice' THEN b.granted - b.used - b.reserved END), 0) \
        FROM buckets AS b WHERE b.cell = l.cell AND b.line = l.id \
        AND b.kind IN ('data', 'voice') AND b.valid_from <= $3 \
        AND (b.valid_until IS NULL OR b.valid_until >= $4)), \
        (SELECT COALESCE(SUM(CASE WHEN u.kind = 'data' THEN u.units END), 0) \
        || ' ' || COALESCE(SUM(CASE WHEN u.kind = 'voice' THEN u.units END), 0) \
        FROM usage_days AS u WHERE u.cell = l.cell AND u.line = l.id \
        AND u.date BETWEEN $4 - 7 AND $4 - 1 AND u.kind IN ('data', 'voice')), \
        l.buckets, \
        (SELECT string_agg(encode(p.account, 'hex') || ' ' || p.rights || ' ' || COALESCE(w.medium, ''), ',') \
        FROM line_people AS p LEFT JOIN reminder_wishes AS w ON w.cell = p.cell AND w.line = p.line \
        AND w.account = p.account WHERE p.cell = l.cell AND p.line = l.id) \
        FROM lines AS l WHERE l.cell = $1 AND l.id = $2";
    PLAN = "INSERT INTO reminders (cell, line, reason, period, told, revision, state, planned_for, \
        due_at, body) SELECT new.cell, new.line, new.reason, new.period, new.told, 0, new.state, \
        new.planned_for, new.due_at, new.body FROM unnest($1::smallint[], $2::bytea[], $3::text[], \
        $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[]) \
        AS new (cell, line, reason, period, told, state, planned_for, due_at, body) \
        ON CONFLICT (cell, line, reason, period, told) DO NOTHING";
    KEEP = "UPDATE reminders SET revision = $6, state = $7, due_at = $8, body = $9 WHERE cell = $1 \
        AND line = $2 AND reason = $3 AND period = $4 AND told = $5 AND revision + 1 = $6";
    DUE = "SELECT revision, body FROM reminders WHERE cell >= 0 AND due_at <= $1 \
        ORDER BY due_at LIMIT $2";
    OF_LINE = "SELECT revision, body FROM reminders WHERE cell = $1 AND line = $2 \
        ORDER BY planned_for, reason, told";
    WISH = "INSERT INTO reminder_wishes (cell, line, account, medium) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (cell, line, account) DO UPDATE SET medium = excluded.medium";
    FORGET = "DELETE FROM reminders WHERE cell BETWEEN $1 AND $2 AND planned_for < $3 \
        AND due_at IS NULL";
}

async fn rows<T>(
    store: &PostgresStore,
    (sql, parameters): (&'static str, Parameters<'_>),
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    store.session().await?.rows(sql, parameters).await?.iter().map(read).collect()
}

async fn plan(store: &PostgresStore, planned: &[Reminder]) -> Result<u64, Fault> {
    let keys: Vec<_> = planned.iter().map(|reminder| line_key(reminder.key.line)).collect();
    let cells: Vec<i16> = keys.iter().map(|(cell, _)| *cell).collect();
    let lines: Vec<Id> = keys.into_iter().map(|(_, line)| line).collect();
    let reasons: Vec<String> = planned.iter().map(|one| one.key.reason.code()).collect();
    let periods: Vec<&str> = planned.iter().map(|one| one.key.period.as_str()).collect();
    let told: Vec<String> = planned.iter().map(|one| one.key.told.to_string()).collect();
    let states: Vec<&str> = planned.iter().map(|one| one.progress.code()).collect();
    let planned_for: Vec<i64> = planned.iter().map(|one| one.planned_for.millis()).collect();
    let due: Vec<_> = planned.iter().map(|one| one.due_at.map(Instant::millis)).collect();
    let bodies = planned.iter().map(to_json).collect::<Result<Vec<String>, _>>()?;
    let rows: Parameters<'_> =
        &[&cells, &lines, &reasons, &periods, &told, &states, &planned_for, &due, &bodies];
    store.session().await?.execute(PLAN, rows).await
}

async fn keep(store: &PostgresStore, reminder: &Revised<Reminder>) -> Result<bool, Fault> {
    let Revised { revision, kept } = reminder;
    let (cell, line) = line_key(kept.key.line);
    let (reason, told) = (kept.key.reason.code(), kept.key.told.to_string());
    let (revision, due) = (i64::from(*revision), kept.due_at.map(Instant::millis));
    let body = to_json(kept)?;
    let state = kept.progress.code();
    let row: Parameters<'_> =
        &[&cell, &line, &reason, &kept.key.period, &told, &revision, &state, &due, &body];
    Ok(store.session().await?.execute(KEEP, row).await? == 1)
}

#[async_trait]
impl Reminders for PostgresStore {
    async fn lines_to_remind(
        &self,
        after: Option<LineId>,
        day: LookDay,
        limit: u32,
    ) -> Result<Vec<RemindedLine>, StoreError> {
        // Before every cell, where nothing was looked at yet.
        let (cell, line) = after.map_or((-1, Octets([0; 16])), line_key);
        let (now, today) = (day.now.millis(), days_of(day.today));
        let (oldest, limit) = (days_of(day.oldest_expiry), i64::from(limit));
        let wanted: Parameters<'_> = &[&cell, &line, &now, &today, &oldest, &limit];
        Ok(rows(self, (LINES, wanted), reminded_of).await?)
    }

    async fn line_to_remind(
        &self,
        line: LineId,
        day: LookDay,
    ) -> Result<Option<RemindedLine>, StoreError> {
        let (cell, line) = line_key(line);
        let (now, today) = (day.now.millis(), days_of(day.today));
        Ok(rows(self, (LINE, &[&cell, &line, &now, &today]), reminded_of).await?.pop())
    }

    async fn plan_reminders(&self, planned: &[Reminder]) -> Result<u64, StoreError> {
        Ok(plan(self, planned).await?)
    }

    async fn due_reminders(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Revised<Reminder>>, StoreError> {
        Ok(rows(self, (DUE, &[&now.millis(), &i64::from(limit)]), revised_of).await?)
    }

    async fn keep_reminder(&self, reminder: &Revised<Reminder>) -> Result<bool, StoreError> {
        Ok(keep(self, reminder).await?)
    }

    async fn reminders_of_line(&self, line: LineId) -> Result<Vec<Reminder>, StoreError> {
        let (cell, line) = line_key(line);
        let found: Vec<Revised<Reminder>> =
            rows(self, (OF_LINE, &[&cell, &line]), revised_of).await?;
        Ok(found.into_iter().map(|reminder| reminder.kept).collect())
    }

    async fn keep_reminder_wish(
        &self,
        line: LineId,
        account: AccountId,
        wish: ReminderWish,
    ) -> Result<(), StoreError> {
        let ((cell, line), account) = (line_key(line), Octets(account.to_bytes()));
        let row: Parameters<'_> = &[&cell, &line, &account, &wish.code()];
        self.session().await?.execute(WISH, row).await?;
        Ok(())
    }

    async fn forget_reminders(&self, cells: Cells, before: Instant) -> Result<u64, StoreError> {
        let [first, last] = range_of(cells);
        let range: Parameters<'_> = &[&first, &last, &before.millis()];
        Ok(self.session().await?.execute(FORGET, range).await?)
    }
}
