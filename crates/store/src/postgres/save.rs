//! Writing what the commands of a batch led to, set-wise: one statement per table, and the commit,
//! all travelling together.

use super::fault::Fault;
use super::session::{CommitScope, Session};
use super::values::{Hash, Id, Octets, columns};
use crate::kept::charging::{answer_of, ended_at};
use crate::kept::hours::{HourKey, kept_hours, place_of};
use crate::kept::journal::Journaled;
use crate::kept::lines::Heads;
use crate::kept::loaded::{Changes, Closing, DayFigures, Loaded};
use crate::kept::values::{days_of, to_json};
use farline_domain::balance::Bucket;
use farline_domain::charging::ChargingSession;
use farline_domain::commands::LineState;
use farline_domain::kernel::{AllowanceKind, Instant, OrderId};
use farline_domain::orders::Order;
use futures_util::future::try_join_all;
use jiff::civil::Date;
use std::pin::Pin;

statements! { hot;
    UPDATE_LINES = "UPDATE lines AS t SET activated_on = w.activated_on, \
        expires_on = w.expires_on, anniversary_day = w.anniversary_day, busy = w.busy, \
        sweep_at = w.sweep_at, buckets = w.buckets, bucket_entries = w.bucket_entries, entry_sets = w.entry_sets, \
        jobs = w.jobs, audit = w.audit, audit_head = w.audit_head, journal_at = w.journal_at, \
        newest_order = w.newest_order \
        FROM unnest($2::smallint[], $3::bytea[], $4::integer[], $5::integer[], $6::smallint[], \
        $7::bytea[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], \
        $13::bigint[], $14::bytea[], $15::bigint[], $16::bytea[]) AS w (cell, id, activated_on, \
        expires_on, anniversary_day, busy, sweep_at, buckets, bucket_entries, entry_sets, jobs, \
        audit, audit_head, journal_at, newest_order) \
        WHERE t.cell = w.cell AND t.id = w.id AND {bound}";
    // Apart, as they seldom change.
    CLOSES_ON = "UPDATE lines AS t SET closes_on = w.closes_on \
        FROM unnest($2::smallint[], $3::bytea[], $4::integer[]) AS w (cell, id, closes_on) \
        WHERE t.cell = w.cell AND t.id = w.id AND {bound}";
    AUTO_RENEW = "UPDATE lines AS t SET auto_renew = w.auto_renew \
        FROM unnest($2::smallint[], $3::bytea[], $4::text[]) AS w (cell, id, auto_renew) \
        WHERE t.cell = w.cell AND t.id = w.id AND {bound}";
    INSERT_CONSENTS = "INSERT INTO consents (cell, line, number, body) \
        SELECT {cell}, w.line, w.number, w.body \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::text[]) \
        AS w (cell, line, number, body)";
    INSERT_BUCKETS = "INSERT INTO buckets (cell, line, number, kind, zone, breadth, window_from, \
        window_until, granted, used, reserved, valid_from, valid_until, origin, order_id) \
        SELECT {cell}, w.line, w.number, w.kind, w.zone, w.breadth, w.window_from, w.window_until, \
        w.granted, w.used, w.reserved, w.valid_from, w.valid_until, w.origin, w.order_id \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], \
        $8::integer[], $9::integer[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], \
        $14::integer[], $15::text[], $16::bytea[]) AS w (cell, line, number, kind, zone, breadth, \
        window_from, window_until, granted, used, reserved, valid_from, valid_until, origin, \
        order_id)";
    UPDATE_BUCKETS = "UPDATE buckets AS t SET used = w.used, reserved = w.reserved \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[]) \
        AS w (cell, line, number, used, reserved) \
        WHERE t.cell = w.cell AND t.line = w.line AND t.number = w.number AND {bound}";
    // Apart, as it hardly ever happens.
    RETIME_BUCKETS = "UPDATE buckets AS t SET valid_from = w.valid_from, valid_until = w.valid_until \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::integer[]) \
        AS w (cell, line, number, valid_from, valid_until) \
        WHERE t.cell = w.cell AND t.line = w.line AND t.number = w.number AND {bound}";
    // A line has few reservations: they are written anew as a whole.
    DELETE_RESERVATIONS = "DELETE FROM reservations AS t \
        USING unnest($2::smallint[], $3::bytea[]) AS w (cell, line) \
        WHERE t.cell = w.cell AND t.line = w.line AND {bound}";
    INSERT_RESERVATIONS = "INSERT INTO reservations \
        (cell, line, session, bucket, position, units, until) \
        SELECT {cell}, w.line, w.session, w.bucket, w.position, w.units, w.until \
        FROM unnest($2::smallint[], $3::bytea[], $4::text[], $5::bigint[], $6::bigint[], \
        $7::bigint[], $8::bigint[]) AS w (cell, line, session, bucket, position, units, until)";
    KEEP_SESSIONS = "INSERT INTO charging_sessions (cell, line, session, kind, ended_at, sequence, \
        heard_on, used, overrun, refused, answer) \
        SELECT {cell}, w.line, w.session, w.kind, w.ended_at, w.sequence, w.heard_on, w.used, \
        w.overrun, w.refused, w.answer \
        FROM unnest($2::smallint[], $3::bytea[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], \
        $8::integer[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[]) \
        AS w (cell, line, session, kind, ended_at, sequence, heard_on, used, overrun, refused, \
        answer) \
        ON CONFLICT (cell, line, session) DO UPDATE SET ended_at = excluded.ended_at, \
        sequence = excluded.sequence, heard_on = excluded.heard_on, used = excluded.used, \
        overrun = excluded.overrun, refused = excluded.refused, answer = excluded.answer";
    // What exceeds the greatest number stays there.
    ADD_USAGE = "INSERT INTO usage_days AS day (cell, line, date, kind, units, overrun, refused) \
        SELECT {cell}, w.line, w.date, w.kind, w.units, w.overrun, w.refused \
        FROM unnest($2::smallint[], $3::bytea[], $4::integer[], $5::text[], $6::bigint[], \
        $7::bigint[], $8::bigint[]) AS w (cell, line, date, kind, units, overrun, refused) \
        ON CONFLICT (cell, line, date, kind) DO UPDATE SET \
        units = LEAST(day.units, 9223372036854775807 - excluded.units) + excluded.units, \
        overrun = LEAST(day.overrun, 9223372036854775807 - excluded.overrun) + excluded.overrun, \
        refused = LEAST(day.refused, 9223372036854775807 - excluded.refused) + excluded.refused";
    // The row of the same hour six weeks before makes room; what is heard of a week that made room already is not kept.
    ADD_HOURS = "INSERT INTO usage_hours AS row (cell, line, place, kind, hour, week, units) \
        SELECT {cell}, w.line, w.place, w.kind, w.hour, w.week, w.units \
        FROM unnest($2::smallint[], $3::bytea[], $4::smallint[], $5::text[], $6::smallint[], \
        $7::integer[], $8::bigint[]) AS w (cell, line, place, kind, hour, week, units) \
        ON CONFLICT (cell, line, place, kind, hour) DO UPDATE SET units = CASE row.week \
        WHEN excluded.week THEN LEAST(row.units, 9223372036854775807 - excluded.units) + excluded.units \
        ELSE excluded.units END, week = excluded.week WHERE row.week <= excluded.week";
    INSERT_COMMANDS = "INSERT INTO commands (cell, line, key) SELECT {cell}, w.line, w.key \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[]) AS w (cell, line, key)";
    INSERT_ORDERS = "INSERT INTO orders (cell, id, line, stage, task_by, body, previous) \
        SELECT {cell}, w.id, w.line, w.stage, w.task_by, w.body, w.previous \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[], $5::text[], $6::bigint[], $7::text[], \
        $8::bytea[]) AS w (cell, id, line, stage, task_by, body, previous)";
    UPDATE_ORDERS = "UPDATE orders AS t SET stage = w.stage, task_by = w.task_by, body = w.body \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[], $5::text[], $6::bigint[], $7::text[]) \
        AS w (cell, id, line, stage, task_by, body) \
        WHERE t.cell = w.cell AND t.id = w.id AND t.line = w.line AND {bound}";
    INSERT_REFERENCES = "INSERT INTO order_references (cell, reference, order_id) \
        SELECT {cell}, w.reference, w.order_id \
        FROM unnest($2::smallint[], $3::text[], $4::bytea[]) AS w (cell, reference, order_id)";
    INSERT_RECEIPTS = "INSERT INTO receipts (cell, order_id, line, number, canonical, hash) \
        SELECT {cell}, w.order_id, w.line, w.number, w.canonical, w.hash \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::bytea[]) \
        AS w (cell, order_id, line, number, canonical, hash)";
    INSERT_JOBS = "INSERT INTO jobs (cell, line, number, kind, order_id, first_due, due) \
        SELECT {cell}, w.line, w.number, w.kind, w.order_id, w.due, w.due \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::text[], $6::bytea[], \
        $7::bigint[]) AS w (cell, line, number, kind, order_id, due)";
    INSERT_JOURNAL = "INSERT INTO journal (cell, line, number, at, previous_at, actor, reason, \
        action, order_id, stage, before, after, hash, bucket_entries, entry_sets) \
        SELECT {cell}, w.line, w.number, w.at, w.previous_at, w.actor, w.reason, w.action, \
        w.order_id, w.stage, w.before, w.after, w.hash, w.bucket_entries, w.entry_sets \
        FROM unnest($2::smallint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], \
        $7::text[], $8::text[], $9::text[], $10::bytea[], $11::text[], $12::bytea[], $13::bytea[], \
        $14::bytea[], $15::text[], $16::text[]) AS w (cell, line, number, at, previous_at, actor, \
        reason, action, order_id, stage, before, after, hash, bucket_entries, entry_sets)";
}

columns! {
    LineRows {
        cell: i16, id: Id, activated_on: Option<i32>, expires_on: Option<i32>,
        anniversary_day: Option<i16>, busy: Option<Id>, sweep_at: Option<i64>, buckets: i64,
        bucket_entries: i64, entry_sets: i64, jobs: i64, audit: i64, audit_head: Hash,
        journal_at: Option<i64>, newest_order: Option<Id>,
    }
    ClosingRows { cell: i16, id: Id, closes_on: Option<i32>, }
    AutoRenewRows { cell: i16, id: Id, auto_renew: String, }
    ConsentRows { cell: i16, line: Id, number: i64, body: String, }
    BucketRows {
        cell: i16, line: Id, number: i64, kind: &'static str, zone: String, breadth: i64,
        window_from: Option<i32>, window_until: Option<i32>, granted: i64, used: i64,
        reserved: i64, valid_from: i64, valid_until: Option<i32>, origin: &'static str,
        order_id: Option<Id>,
    }
    BucketFigures { cell: i16, line: Id, number: i64, used: i64, reserved: i64, }
    BucketTimes { cell: i16, line: Id, number: i64, valid_from: i64, valid_until: Option<i32>, }
    LineKeys { cell: i16, line: Id, }
    ReservationRows {
        cell: i16, line: Id, session: String, bucket: i64, position: i64, units: i64, until: i64,
    }
    SessionRows {
        cell: i16, line: Id, session: String, kind: &'static str, ended_at: Option<i64>,
        sequence: i64, heard_on: i32, used: i64, overrun: i64, refused: i64, answer: String,
    }
    UsageRows {
        cell: i16, line: Id, date: i32, kind: &'static str, units: i64, overrun: i64, refused: i64,
    }
    HourRows {
        cell: i16, line: Id, place: i16, kind: &'static str, hour: i16, week: i32, units: i64,
    }
    CommandRows { cell: i16, line: Id, key: Id, }
    NewOrderRows {
        cell: i16, id: Id, line: Id, stage: &'static str, task_by: Option<i64>, body: String,
        previous: Option<Id>,
    }
    OrderRows {
        cell: i16, id: Id, line: Id, stage: &'static str, task_by: Option<i64>, body: String,
    }
    ReferenceRows { cell: i16, reference: String, order_id: Id, }
    ReceiptRows { cell: i16, order_id: Id, line: Id, number: String, canonical: String, hash: Hash, }
    JobRows {
        cell: i16, line: Id, number: i64, kind: String, order_id: Option<Id>, due: i64,
    }
    JournalRows {
        cell: i16, line: Id, number: i64, at: i64, previous_at: Option<i64>, actor: String,
        reason: Option<String>, action: &'static str, order_id: Option<Id>,
        stage: Option<&'static str>, before: Hash, after: Hash, hash: Hash,
        bucket_entries: Option<String>, entry_sets: Option<String>,
    }
}

/// Everything a batch leaves to be written, table by table.
#[derive(Default)]
pub(crate) struct Writing {
    lines: LineRows,
    closing: ClosingRows,
    auto_renews: AutoRenewRows,
    consents: ConsentRows,
    new_buckets: BucketRows,
    buckets: BucketFigures,
    moved_buckets: BucketTimes,
    reserving: LineKeys,
    reservations: ReservationRows,
    sessions: SessionRows,
    usage: UsageRows,
    hours: HourRows,
    commands: CommandRows,
    new_orders: NewOrderRows,
    orders: OrderRows,
    references: ReferenceRows,
    receipts: ReceiptRows,
    jobs: JobRows,
    journal: JournalRows,
}

fn some_id(order: Option<OrderId>) -> Option<Id> {
    order.map(|order| Octets(order.to_bytes()))
}

/// A statement under way.
type Step<'a> = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>>;

/// The key of the line whose rows are added.
pub(crate) type Key = (i16, Id);

impl Writing {
    /// Adds everything that changed on a line.
    pub(crate) fn add(&mut self, key: Key, loaded: &Loaded) -> Result<(), Fault> {
        let (cell, line) = key;
        self.changes(key, &loaded.changes())?;
        for ((date, kind), figures) in &loaded.usage {
            self.usage(key, (*date, *kind), *figures);
        }
        for (hour, units) in kept_hours(&loaded.hours) {
            self.hour(key, hour, units);
        }
        for command in &loaded.keys {
            self.commands.push((cell, line, Octets(command.to_bytes())));
        }
        for consent in &loaded.effects.consents {
            self.consents.push((cell, line, i64::from(consent.number), to_json(consent)?));
        }
        for receipt in &loaded.effects.receipts {
            let (order, hash) = (Octets(receipt.order.to_bytes()), Octets(receipt.hash));
            let (number, canonical) = (receipt.number.clone(), receipt.canonical.clone());
            self.receipts.push((cell, order, line, number, canonical, hash));
        }
        for job in &loaded.effects.jobs {
            let (number, kind) = (i64::from(job.number), to_json(&job.kind)?);
            self.jobs.push((cell, line, number, kind, some_id(job.order), job.due.millis()));
        }
        Ok(())
    }

    fn changes(&mut self, key: Key, changes: &Changes<'_>) -> Result<(), Fault> {
        let (cell, line) = key;
        for (order, previous) in &changes.new_orders {
            let (cell, id, line, stage, task_by, body) = order_row(key, order)?;
            self.new_orders.push((cell, id, line, stage, task_by, body, some_id(*previous)));
            let reference = order.reference.compact().to_owned();
            self.references.push((cell, reference, Octets(order.id.to_bytes())));
        }
        for order in &changes.changed_orders {
            self.orders.push(order_row(key, order)?);
        }
        for (done, previous) in &changes.journal {
            self.journal(key, done, *previous)?;
        }
        if let Some(Closing(day)) = changes.closing {
            self.closing.push((cell, line, day.map(days_of)));
        }
        if let Some(standing) = changes.auto_renew {
            self.auto_renews.push((cell, line, to_json(standing)?));
        }
        for bucket in &changes.new_buckets {
            self.new_bucket(key, bucket);
        }
        for bucket in &changes.changed_buckets {
            let (used, reserved) = (bucket.used.count(), bucket.reserved.count());
            self.buckets.push((cell, line, i64::from(bucket.number), used, reserved));
        }
        for bucket in &changes.moved_buckets {
            let (from, until) = (bucket.valid_from.millis(), bucket.valid_until.map(days_of));
            self.moved_buckets.push((cell, line, i64::from(bucket.number), from, until));
        }
        if let Some(reservations) = changes.reservations {
            self.reserving.push((cell, line));
            for (position, held) in (0..).zip(reservations) {
                let (session, bucket) = (held.session.0.clone(), i64::from(held.bucket));
                let (units, until) = (held.units.count(), held.until.millis());
                self.reservations.push((cell, line, session, bucket, position, units, until));
            }
        }
        for session in &changes.sessions {
            self.session(key, session)?;
        }
        if let Some(state) = changes.row {
            self.row(key, state, changes.heads);
        }
        Ok(())
    }

    fn row(&mut self, (cell, id): Key, state: &LineState, heads: Heads) {
        let (dates, counters) = (&state.line.dates, &state.counters);
        self.lines.push((
            cell,
            id,
            dates.activated_on.map(days_of),
            dates.expires_on.map(days_of),
            dates.anniversary_day.map(i16::from),
            some_id(state.busy),
            state.sweep_at.map(Instant::millis),
            i64::from(counters.buckets),
            i64::from(counters.bucket_entries),
            i64::from(counters.entry_sets),
            i64::from(counters.jobs),
            i64::from(counters.audit),
            Octets(counters.audit_head),
            heads.journal_at.map(Instant::millis),
            some_id(heads.newest_order),
        ));
    }

    fn session(&mut self, (cell, line): Key, session: &ChargingSession) -> Result<(), Fault> {
        self.sessions.push((
            cell,
            line,
            session.session.0.clone(),
            session.kind.code(),
            ended_at(session),
            i64::from(session.sequence),
            days_of(session.heard_on),
            session.used.count(),
            session.overrun.count(),
            session.refused.count(),
            answer_of(session)?,
        ));
        Ok(())
    }

    /// Adds a bucket that is new.
    pub(crate) fn new_bucket(&mut self, (cell, line): Key, bucket: &Bucket) {
        self.new_buckets.push((
            cell,
            line,
            i64::from(bucket.number),
            bucket.kind.code(),
            bucket.zone.as_str().to_owned(),
            i64::from(bucket.breadth),
            bucket.window.map(|window| i32::from(window.from_minute)),
            bucket.window.map(|window| i32::from(window.until_minute)),
            bucket.granted.count(),
            bucket.used.count(),
            bucket.reserved.count(),
            bucket.valid_from.millis(),
            bucket.valid_until.map(days_of),
            bucket.origin.code(),
            some_id(bucket.order),
        ));
    }

    /// Adds to what was used on a local date. A line's date and kind are added once.
    pub(crate) fn usage(
        &mut self,
        (cell, line): Key,
        (date, kind): (Date, AllowanceKind),
        figures: DayFigures,
    ) {
        let DayFigures { units, overrun, refused } = figures;
        self.usage.push((cell, line, days_of(date), kind.code(), units, overrun, refused));
    }

    /// Adds to what was used at a local hour. A line's place, kind and hour are added once.
    pub(crate) fn hour(&mut self, (cell, line): Key, (week, kind, hour): HourKey, units: i64) {
        let hour = i16::from(hour);
        self.hours.push((cell, line, place_of(week), kind.code(), hour, days_of(week), units));
    }

    /// Adds a row of the journal, which follows the one written then.
    pub(crate) fn journal(
        &mut self,
        (cell, line): Key,
        done: &Journaled,
        previous: Option<Instant>,
    ) -> Result<(), Fault> {
        let entry = &done.audit;
        self.journal.push((
            cell,
            line,
            i64::from(entry.number),
            entry.at.millis(),
            previous.map(Instant::millis),
            entry.actor.clone(),
            entry.reason.clone(),
            entry.action,
            entry.order.map(|(order, _)| Octets(order.to_bytes())),
            entry.order.map(|(_, stage)| stage.code()),
            Octets(entry.before),
            Octets(entry.after),
            Octets(entry.hash),
            done.bucket_entries_text()?,
            done.entry_sets_text()?,
        ));
        Ok(())
    }

    /// Writes everything in the session's transaction, and then says `last`: all in one round trip.
    /// Once this has begun, a broken connection leaves the outcome open.
    pub(crate) async fn write(
        &self,
        session: &Session,
        cell: i16,
        last: Option<&str>,
    ) -> Result<(), Fault> {
        let cell = &cell;
        // Orders come before what speaks of them; the order of the rest does not matter.
        let statements = [
            (UPDATE_LINES, self.lines.parameters(cell)),
            (CLOSES_ON, self.closing.parameters(cell)),
            (AUTO_RENEW, self.auto_renews.parameters(cell)),
            (INSERT_CONSENTS, self.consents.parameters(cell)),
            (INSERT_ORDERS, self.new_orders.parameters(cell)),
            (UPDATE_ORDERS, self.orders.parameters(cell)),
            (INSERT_REFERENCES, self.references.parameters(cell)),
            (INSERT_BUCKETS, self.new_buckets.parameters(cell)),
            (UPDATE_BUCKETS, self.buckets.parameters(cell)),
            (RETIME_BUCKETS, self.moved_buckets.parameters(cell)),
            (DELETE_RESERVATIONS, self.reserving.parameters(cell)),
            (INSERT_RESERVATIONS, self.reservations.parameters(cell)),
            (KEEP_SESSIONS, self.sessions.parameters(cell)),
            (ADD_USAGE, self.usage.parameters(cell)),
            (ADD_HOURS, self.hours.parameters(cell)),
            (INSERT_COMMANDS, self.commands.parameters(cell)),
            (INSERT_RECEIPTS, self.receipts.parameters(cell)),
            (INSERT_JOBS, self.jobs.parameters(cell)),
            (INSERT_JOURNAL, self.journal.parameters(cell)),
        ];
        // Polled in this order, so sent in this order: a statement that fails undoes the commit.
        let mut steps: Vec<Step<'_>> = Vec::new();
        for (sql, parameters) in statements {
            if let Some(parameters) = parameters {
                steps.push(Box::pin(async move { session.hot_execute(sql, &parameters).await }));
            }
        }
        if let Some(last) = last {
            steps.push(Box::pin(session.say(last)));
        }
        try_join_all(steps).await?;
        Ok(())
    }
}

/// Cell, id, line, stage, deadline of a task, body.
type OrderRow = (i16, Id, Id, &'static str, Option<i64>, String);

fn order_row((cell, line): Key, order: &Order) -> Result<OrderRow, Fault> {
    let (id, stage) = (Octets(order.id.to_bytes()), order.state.stage().code());
    let task_by = order.task.map(|task| task.by.millis());
    Ok((cell, id, line, stage, task_by, to_json(order)?))
}

/// Prepares what [`Writing::write`] needs on a session of ordinary work, which may touch any cell.
pub(crate) async fn prepare(session: &Session) -> Result<(), Fault> {
    let statements: Vec<&'static str> = STATEMENTS.iter().map(|(_, sql)| *sql).collect();
    session.prepare_hot(&statements, CommitScope::Any).await
}
