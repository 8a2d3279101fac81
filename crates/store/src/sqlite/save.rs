//! Writing what the commands on a line led to.

use super::fault::Fault;
use super::{auto_renew, charging, records, requests};
use crate::kept::hours::{HourKey, place_of};
use crate::kept::journal::Journaled;
use crate::kept::lines::Heads;
use crate::kept::loaded::{Closing, DayFigures, KeptBeside, Loaded};
use crate::kept::values::{IdBytes, days_of, line_key, to_json};
use farline_domain::auto_renew::AutoRenew;
use farline_domain::balance::{Bucket, Reservation};
use farline_domain::commands::{Job, LineState};
use farline_domain::kernel::{AllowanceKind, Instant, OrderId};
use farline_domain::orders::Order;
use farline_domain::receipts::Receipt;
use jiff::civil::Date;
use rusqlite::{Connection, params};

statements! {
    UPDATE_LINE = "UPDATE lines SET activated_on = ?3, expires_on = ?4, anniversary_day = ?5, \
        busy = ?6, sweep_at = ?7, buckets = ?8, bucket_entries = ?9, entry_sets = ?10, jobs = ?11, \
        audit = ?12, audit_head = ?13, journal_at = ?14, newest_order = ?15 \
        WHERE cell = ?1 AND id = ?2";
    // Apart, as they seldom change.
    CLOSES_ON = "UPDATE lines SET closes_on = ?3 WHERE cell = ?1 AND id = ?2";
    AUTO_RENEW = "UPDATE lines SET auto_renew = ?3 WHERE cell = ?1 AND id = ?2";
    INSERT_BUCKET = "INSERT INTO buckets (cell, line, number, kind, zone, breadth, window_from, \
        window_until, granted, used, reserved, valid_from, valid_until, origin, order_id) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    UPDATE_BUCKET = "UPDATE buckets SET used = ?4, reserved = ?5 \
        WHERE cell = ?1 AND line = ?2 AND number = ?3";
    // Apart, as it hardly ever happens.
    RETIME_BUCKET = "UPDATE buckets SET valid_from = ?4, valid_until = ?5 \
        WHERE cell = ?1 AND line = ?2 AND number = ?3";
    DELETE_RESERVATIONS = "DELETE FROM reservations WHERE cell = ?1 AND line = ?2";
    INSERT_RESERVATION = "INSERT INTO reservations \
        (cell, line, session, bucket, position, units, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    // What exceeds the greatest number stays there.
    ADD_USAGE = "INSERT INTO usage_days (cell, line, date, kind, units, overrun, refused) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
        ON CONFLICT (cell, line, date, kind) DO UPDATE SET \
        units = MIN(units, 9223372036854775807 - excluded.units) + excluded.units, \
        overrun = MIN(overrun, 9223372036854775807 - excluded.overrun) + excluded.overrun, \
        refused = MIN(refused, 9223372036854775807 - excluded.refused) + excluded.refused";
    // The row of the same hour six weeks before makes room; what is heard of a week that made room already is not kept.
    ADD_HOUR = "INSERT INTO usage_hours (cell, line, place, kind, hour, week, units) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
        ON CONFLICT (cell, line, place, kind, hour) DO UPDATE SET units = CASE week \
        WHEN excluded.week THEN MIN(units, 9223372036854775807 - excluded.units) + excluded.units \
        ELSE excluded.units END, week = excluded.week WHERE week <= excluded.week";
    INSERT_COMMAND = "INSERT INTO commands (cell, line, key) VALUES (?1, ?2, ?3)";
    INSERT_ORDER = "INSERT INTO orders (cell, id, line, stage, task_by, body, previous) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    UPDATE_ORDER = "UPDATE orders SET stage = ?4, task_by = ?5, body = ?6 \
        WHERE cell = ?1 AND id = ?2 AND line = ?3";
    INSERT_REFERENCE = "INSERT INTO order_references (reference, order_id) VALUES (?1, ?2)";
    INSERT_ACCOUNT_ORDER = "INSERT INTO account_orders (account, order_id) VALUES (?1, ?2)";
    INSERT_RECEIPT = "INSERT INTO receipts (cell, order_id, line, number, canonical, hash) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    INSERT_JOB = "INSERT INTO jobs (cell, line, number, kind, order_id, first_due, due) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
    INSERT_JOURNAL = "INSERT INTO journal (cell, line, number, at, actor, reason, action, order_id, \
        stage, before, after, hash, previous_at, bucket_entries, entry_sets) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
}

/// Writes rows of one line.
pub(crate) struct LineWriter<'a> {
    connection: &'a Connection,
    cell: u16,
    line: IdBytes,
}

/// Writes everything that changed on a line.
pub(crate) fn line(connection: &Connection, loaded: &Loaded) -> Result<(), Fault> {
    let (cell, line) = line_key(loaded.state.line.id);
    let writer = LineWriter { connection, cell, line };
    let changes = loaded.changes();
    let new_orders = &changes.new_orders;
    new_orders.iter().try_for_each(|(order, previous)| writer.new_order(order, *previous))?;
    changes.changed_orders.iter().try_for_each(|order| writer.changed_order(order))?;
    changes.new_buckets.iter().try_for_each(|bucket| writer.new_bucket(bucket))?;
    changes.changed_buckets.iter().try_for_each(|bucket| writer.changed_bucket(bucket))?;
    changes.moved_buckets.iter().try_for_each(|bucket| writer.moved_bucket(bucket))?;
    if let Some(reservations) = changes.reservations {
        writer.reservations(reservations)?;
    }
    for session in changes.sessions {
        charging::keep_session(connection, loaded.state.line.id, session)?;
    }
    for ((date, kind), figures) in &loaded.usage {
        writer.usage(*date, *kind, *figures)?;
    }
    for (key, units) in &loaded.hours {
        writer.hour(*key, *units)?;
    }
    for key in &loaded.keys {
        let mut statement = connection.prepare_cached(INSERT_COMMAND)?;
        statement.execute(params![cell, line, key.to_bytes()])?;
    }
    for KeptBeside { contact, claim } in &loaded.beside {
        if let Some((id, contact)) = contact {
            records::put(connection, *id, contact)?;
        }
        if let Some((key, seed, now)) = claim {
            requests::claim_anew(connection, key, (*seed, *now))?;
        }
    }
    loaded.effects.receipts.iter().try_for_each(|receipt| writer.receipt(receipt))?;
    loaded.effects.jobs.iter().try_for_each(|job| writer.job(job))?;
    changes.journal.iter().try_for_each(|(done, previous)| writer.journal(done, *previous))?;
    if let Some(Closing(day)) = changes.closing {
        writer.closes_on(day)?;
    }
    if let Some(standing) = changes.auto_renew {
        writer.auto_renew(standing)?;
    }
    for consent in &loaded.effects.consents {
        auto_renew::insert_consent(connection, (cell, line), consent)?;
    }
    changes.row.map_or(Ok(()), |state| writer.row(state, changes.heads))
}

impl<'a> LineWriter<'a> {
    /// For a line in the connection's open transaction.
    pub(crate) const fn new(connection: &'a Connection, (cell, line): (u16, IdBytes)) -> Self {
        Self { connection, cell, line }
    }

    fn row(&self, state: &LineState, heads: Heads) -> Result<(), Fault> {
        let dates = &state.line.dates;
        let counters = &state.counters;
        self.connection.prepare_cached(UPDATE_LINE)?.execute(params![
            self.cell,
            self.line,
            dates.activated_on.map(days_of),
            dates.expires_on.map(days_of),
            dates.anniversary_day,
            state.busy.map(OrderId::to_bytes),
            state.sweep_at.map(Instant::millis),
            counters.buckets,
            counters.bucket_entries,
            counters.entry_sets,
            counters.jobs,
            counters.audit,
            counters.audit_head,
            heads.journal_at.map(Instant::millis),
            heads.newest_order.map(OrderId::to_bytes),
        ])?;
        Ok(())
    }

    fn closes_on(&self, day: Option<Date>) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached(CLOSES_ON)?;
        statement.execute(params![self.cell, self.line, day.map(days_of)])?;
        Ok(())
    }

    fn auto_renew(&self, standing: &AutoRenew) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached(AUTO_RENEW)?;
        statement.execute(params![self.cell, self.line, to_json(standing)?])?;
        Ok(())
    }

    fn changed_bucket(&self, bucket: &Bucket) -> Result<(), Fault> {
        self.connection.prepare_cached(UPDATE_BUCKET)?.execute(params![
            self.cell,
            self.line,
            bucket.number,
            bucket.used.count(),
            bucket.reserved.count(),
        ])?;
        Ok(())
    }

    fn moved_bucket(&self, bucket: &Bucket) -> Result<(), Fault> {
        self.connection.prepare_cached(RETIME_BUCKET)?.execute(params![
            self.cell,
            self.line,
            bucket.number,
            bucket.valid_from.millis(),
            bucket.valid_until.map(days_of),
        ])?;
        Ok(())
    }

    /// Writes a bucket that is new.
    pub(crate) fn new_bucket(&self, bucket: &Bucket) -> Result<(), Fault> {
        self.connection.prepare_cached(INSERT_BUCKET)?.execute(params![
            self.cell,
            self.line,
            bucket.number,
            bucket.kind.code(),
            bucket.zone.as_str(),
            bucket.breadth,
            bucket.window.map(|window| window.from_minute),
            bucket.window.map(|window| window.until_minute),
            bucket.granted.count(),
            bucket.used.count(),
            bucket.reserved.count(),
            bucket.valid_from.millis(),
            bucket.valid_until.map(days_of),
            bucket.origin.code(),
            bucket.order.map(OrderId::to_bytes),
        ])?;
        Ok(())
    }

    /// A line has few reservations: they are written anew as a whole.
    fn reservations(&self, reservations: &[Reservation]) -> Result<(), Fault> {
        let mut delete = self.connection.prepare_cached(DELETE_RESERVATIONS)?;
        delete.execute(params![self.cell, self.line])?;
        let mut insert = self.connection.prepare_cached(INSERT_RESERVATION)?;
        for (position, held) in (0_u32..).zip(reservations) {
            insert.execute(params![
                self.cell,
                self.line,
                held.session.0,
                held.bucket,
                position,
                held.units.count(),
                held.until.millis(),
            ])?;
        }
        Ok(())
    }

    /// Adds to what was used on a local date.
    pub(crate) fn usage(
        &self,
        date: Date,
        kind: AllowanceKind,
        figures: DayFigures,
    ) -> Result<(), Fault> {
        let DayFigures { units, overrun, refused } = figures;
        let (date, kind) = (days_of(date), kind.code());
        self.connection
            .prepare_cached(ADD_USAGE)?
            .execute(params![self.cell, self.line, date, kind, units, overrun, refused])?;
        Ok(())
    }

    /// Adds to what was used at a local hour.
    pub(crate) fn hour(&self, (week, kind, hour): HourKey, units: i64) -> Result<(), Fault> {
        let (place, kind, week) = (place_of(week), kind.code(), days_of(week));
        self.connection
            .prepare_cached(ADD_HOUR)?
            .execute(params![self.cell, self.line, place, kind, hour, week, units])?;
        Ok(())
    }

    fn changed_order(&self, order: &Order) -> Result<(), Fault> {
        self.connection.prepare_cached(UPDATE_ORDER)?.execute(params![
            self.cell,
            order.id.to_bytes(),
            self.line,
            order.state.stage().code(),
            order.task.map(|task| task.by.millis()),
            to_json(order)?,
        ])?;
        Ok(())
    }

    fn new_order(&self, order: &Order, previous: Option<OrderId>) -> Result<(), Fault> {
        self.connection.prepare_cached(INSERT_ORDER)?.execute(params![
            self.cell,
            order.id.to_bytes(),
            self.line,
            order.state.stage().code(),
            order.task.map(|task| task.by.millis()),
            to_json(order)?,
            previous.map(OrderId::to_bytes),
        ])?;
        let id = order.id.to_bytes();
        let mut reference = self.connection.prepare_cached(INSERT_REFERENCE)?;
        reference.execute(params![order.reference.compact(), id])?;
        if let Some(account) = order.payer.as_ref().and_then(|payer| payer.account) {
            let mut statement = self.connection.prepare_cached(INSERT_ACCOUNT_ORDER)?;
            statement.execute(params![account.to_bytes(), id])?;
        }
        Ok(())
    }

    fn receipt(&self, receipt: &Receipt) -> Result<(), Fault> {
        self.connection.prepare_cached(INSERT_RECEIPT)?.execute(params![
            self.cell,
            receipt.order.to_bytes(),
            self.line,
            receipt.number,
            receipt.canonical,
            receipt.hash,
        ])?;
        Ok(())
    }

    fn job(&self, job: &Job) -> Result<(), Fault> {
        self.connection.prepare_cached(INSERT_JOB)?.execute(params![
            self.cell,
            self.line,
            job.number,
            to_json(&job.kind)?,
            job.order.map(OrderId::to_bytes),
            job.due.millis(),
        ])?;
        Ok(())
    }

    /// Writes a row of the journal, which follows the one written then.
    pub(crate) fn journal(&self, done: &Journaled, previous: Option<Instant>) -> Result<(), Fault> {
        let entry = &done.audit;
        self.connection.prepare_cached(INSERT_JOURNAL)?.execute(params![
            self.cell,
            self.line,
            entry.number,
            entry.at.millis(),
            entry.actor,
            entry.reason,
            entry.action,
            entry.order.map(|(order, _)| order.to_bytes()),
            entry.order.map(|(_, stage)| stage.code()),
            entry.before,
            entry.after,
            entry.hash,
            previous.map(Instant::millis),
            done.bucket_entries_text()?,
            done.entry_sets_text()?,
        ])?;
        Ok(())
    }
}
