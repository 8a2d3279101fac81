//! Importing lines: all or none, in one transaction, a few hundred rows at a time.

use super::PostgresStore;
use super::fault::Fault;
use super::save::{self, Writing};
use super::session::Session;
use super::values::{Hash, Id, Octets, cell_of_key, columns, line_key};
use crate::kept::hours::{HourKey, kept_hours};
use crate::kept::import::{
    Rows, TELL_EVERY, buckets_of, check_operator, counted, journal_of, taken_row,
};
use crate::kept::journal::Journaled;
use crate::kept::lines::closes_on;
use crate::kept::loaded::DayFigures;
use crate::kept::row::Row as _;
use crate::kept::values::days_of;
use farline_app::ports::StoreError;
use farline_app::ports::lines::{DayUsage, HourUsage, ImportError, NewLine};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Msisdn, Province};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};
use tokio::sync::mpsc;
use tokio_postgres::types::ToSql;

/// Rows that travel together.
const ROWS: usize = 500;
/// How the session works: foreign keys are looked up by index however small a table was at first.
const SETTINGS: &str = "SET synchronous_commit = on; SET jit = off; SET enable_seqscan = off; \
    SET enable_bitmapscan = off; SET lock_timeout = '10s'";
/// Groups of rows that are read ahead.
const AHEAD: usize = 4;

statements! {
    INSERT_LINES = "INSERT INTO lines (cell, id, msisdn, iccid, operator, province, language, \
        activated_on, expires_on, anniversary_day, pin, puk, buckets, bucket_entries, entry_sets, \
        jobs, audit, audit_head, journal_at, closes_on) \
        SELECT w.cell, w.id, w.msisdn, w.iccid, w.operator, w.province, w.language, \
        w.activated_on, w.expires_on, w.anniversary_day, w.pin, w.puk, w.buckets, \
        w.bucket_entries, 0, 0, 1, w.audit_head, w.journal_at, w.closes_on \
        FROM unnest($1::smallint[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], \
        $7::text[], $8::integer[], $9::integer[], $10::smallint[], $11::bytea[], $12::bytea[], \
        $13::bigint[], $14::bigint[], $15::bytea[], $16::bigint[], $17::integer[]) \
        AS w (cell, id, msisdn, iccid, operator, province, language, activated_on, expires_on, \
        anniversary_day, pin, puk, buckets, bucket_entries, audit_head, journal_at, closes_on)";
    CLAIM_NUMBERS = "INSERT INTO numbers (cell, number, line) SELECT w.cell, w.number, w.line \
        FROM unnest($1::smallint[], $2::text[], $3::bytea[]) AS w (cell, number, line) \
        ON CONFLICT (cell, number) DO NOTHING RETURNING line, number";
    CLAIM_ICCIDS = "INSERT INTO iccids (cell, iccid, line) SELECT w.cell, w.iccid, w.line \
        FROM unnest($1::smallint[], $2::text[], $3::bytea[]) AS w (cell, iccid, line) \
        ON CONFLICT (cell, iccid) DO NOTHING RETURNING line, iccid";
    INSERT_NAMES = "INSERT INTO holder_names (cell, name, line) SELECT w.cell, w.name, w.line \
        FROM unnest($1::smallint[], $2::text[], $3::bytea[]) AS w (cell, name, line)";
    INSERT_TERMS = "INSERT INTO holder_terms (cell, term, line) SELECT w.cell, w.term, w.line \
        FROM unnest($1::smallint[], $2::text[], $3::bytea[]) AS w (cell, term, line)";
}

columns! {
    LineRows {
        cell: i16, id: Id, msisdn: Option<String>, iccid: String, operator: String,
        province: Option<&'static str>, language: &'static str, activated_on: Option<i32>,
        expires_on: Option<i32>, anniversary_day: Option<i16>, pin: Option<Hash>,
        puk: Option<Hash>, buckets: i64, bucket_entries: i64, audit_head: Hash,
        journal_at: i64, closes_on: Option<i32>,
    }
    Directory { cell: i16, key: String, line: Id, }
}

type Group = Vec<Result<(u64, NewLine), ImportError>>;

fn failed(fault: Fault) -> ImportError {
    ImportError::Store(StoreError::from(fault))
}

/// Reads rows on a thread where a slow file holds nobody up.
fn read_ahead(rows: Rows) -> (mpsc::Receiver<Group>, tokio::task::JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || {
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            let group: Group = rows.by_ref().take(ROWS).collect();
            if sender.blocking_send(group).is_err() {
                return;
            }
        }
    });
    (receiver, reading)
}

/// Imports every row or none.
pub(super) async fn all_or_none(
    store: &PostgresStore,
    rows: Rows,
    mut progress: Box<dyn Fn(u64) + Send>,
) -> Result<u64, ImportError> {
    store.committers()?;
    let catalogue = store.catalogue.get();
    let (mut groups, reading) = read_ahead(rows);
    // A connection of its own, as the plans it makes for a filling table are of no use afterwards.
    let session = Session::connect(&store.address, SETTINGS).await.map_err(failed)?;
    session.say("BEGIN").await.map_err(failed)?;
    let mut imported = take_all(&session, &catalogue, &mut groups, &mut *progress).await;
    drop(groups);
    if reading.await.is_err() {
        let broken = StoreError::Failed("the rows could not be read to their end".to_owned());
        imported = Err(ImportError::Store(broken));
    }
    finish(&session, imported, &mut *progress).await
}

async fn finish(
    session: &Session,
    imported: Result<u64, ImportError>,
    progress: &mut (dyn Fn(u64) + Send),
) -> Result<u64, ImportError> {
    match imported {
        Ok(count) => {
            session.say("COMMIT").await.map_err(failed)?;
            progress(count);
            Ok(count)
        }
        Err(error) => {
            // If this does not arrive, the end of the connection undoes it.
            drop(session.say("ROLLBACK").await);
            Err(error)
        }
    }
}

async fn take_all(
    session: &Session,
    catalogue: &Catalogue,
    groups: &mut mpsc::Receiver<Group>,
    progress: &mut (dyn Fn(u64) + Send),
) -> Result<u64, ImportError> {
    save::prepare(session).await.map_err(failed)?;
    let mut count = 0;
    while let Some(group) = groups.recv().await {
        let (mut rows, mut ending) = (Vec::with_capacity(group.len()), None);
        for row in group {
            match row {
                Ok(row) if ending.is_none() => rows.push(row),
                Ok(_) => {}
                Err(error) => ending = ending.or(Some(error)),
            }
        }
        take(session, catalogue, &rows).await?;
        if let Some(error) = ending {
            return Err(error);
        }
        for _ in &rows {
            count += 1;
            if count % TELL_EVERY == 0 {
                progress(count);
            }
        }
    }
    Ok(count)
}

/// Which rows of a group got the keys they claimed.
struct Claimed {
    numbers: HashSet<(Vec<u8>, String)>,
    iccids: HashSet<(Vec<u8>, String)>,
}

async fn claim(
    session: &Session,
    sql: &'static str,
    wanted: &Directory,
) -> Result<HashSet<(Vec<u8>, String)>, Fault> {
    let Some(parameters) = wanted.parameters(&0) else {
        return Ok(HashSet::new());
    };
    let rows = session.rows(sql, parameters.get(1..).unwrap_or_default()).await?;
    let key = |row: &tokio_postgres::Row| {
        let line = row.some_octets(0)?.unwrap_or_default().to_vec();
        Ok((line, row.text(1)?.to_owned()))
    };
    rows.iter().map(key).collect()
}

async fn claim_all(session: &Session, rows: &[(u64, NewLine)]) -> Result<Claimed, Fault> {
    let (mut numbers, mut iccids) = (Directory::default(), Directory::default());
    for (_, new) in rows {
        let line = Octets(new.line.id.to_bytes());
        if let Some(number) = new.line.msisdn.as_ref().map(Msisdn::as_str) {
            numbers.push((cell_of_key(number.as_bytes()), number.to_owned(), line));
        }
        let iccid = new.line.iccid.as_str();
        iccids.push((cell_of_key(iccid.as_bytes()), iccid.to_owned(), line));
    }
    Ok(Claimed {
        numbers: claim(session, CLAIM_NUMBERS, &numbers).await?,
        iccids: claim(session, CLAIM_ICCIDS, &iccids).await?,
    })
}

impl Claimed {
    /// The first row that claimed a key gets it; any other is refused.
    fn check(&mut self, position: u64, new: &NewLine) -> Result<(), ImportError> {
        let line = new.line.id.to_bytes().to_vec();
        if let Some(number) = &new.line.msisdn
            && !self.numbers.remove(&(line.clone(), number.as_str().to_owned()))
        {
            return Err(taken_row(position, "number", number.hint()));
        }
        let iccid = &new.line.iccid;
        if !self.iccids.remove(&(line, iccid.as_str().to_owned())) {
            return Err(taken_row(position, "ICCID", iccid.hint()));
        }
        Ok(())
    }
}

async fn take(
    session: &Session,
    catalogue: &Catalogue,
    rows: &[(u64, NewLine)],
) -> Result<(), ImportError> {
    let mut claimed = claim_all(session, rows).await.map_err(failed)?;
    let (mut lines, mut writing) = (LineRows::default(), Writing::default());
    for (position, new) in rows {
        check_operator(*position, new, catalogue)?;
        claimed.check(*position, new)?;
        let key = line_key(new.line.id);
        let buckets = buckets_of(*position, new)?;
        for bucket in &buckets {
            writing.new_bucket(key, bucket);
        }
        add_usage(&mut writing, key, &new.usage);
        add_hours(&mut writing, key, &new.hours);
        let done = journal_of(new);
        writing.journal(key, &done, None).map_err(failed)?;
        lines.add(new, &done, closes_on(&buckets));
    }
    let written = async {
        if let Some(parameters) = lines.parameters(&0) {
            let parameters: &[&(dyn ToSql + Sync)] = parameters.get(1..).unwrap_or_default();
            session.execute(INSERT_LINES, parameters).await?;
        }
        writing.write(session, 0, None).await?;
        name_holders(session, rows).await
    };
    written.await.map_err(failed)
}

/// Keeps who holds the lines, and what that is found by.
async fn name_holders(session: &Session, rows: &[(u64, NewLine)]) -> Result<(), Fault> {
    let (mut names, mut terms) = (Directory::default(), Directory::default());
    for (_, new) in rows {
        let (cell, line) = line_key(new.line.id);
        if let Some(name) = &new.holder_name {
            names.push((cell, name.as_str().to_owned(), line));
            name.terms().into_iter().for_each(|term| terms.push((cell, term, line)));
        }
    }
    for (sql, rows) in [(INSERT_NAMES, names), (INSERT_TERMS, terms)] {
        if let Some(parameters) = rows.parameters(&0) {
            session.execute(sql, parameters.get(1..).unwrap_or_default()).await?;
        }
    }
    Ok(())
}

/// One statement adds a line's date and kind once, so days that are named twice are added up first.
fn add_usage(writing: &mut Writing, key: save::Key, days: &[DayUsage]) {
    let mut sums: BTreeMap<_, i64> = BTreeMap::new();
    for day in days {
        let sum = sums.entry((day.date, day.kind)).or_default();
        *sum = sum.saturating_add(day.units.count());
    }
    for (day, units) in sums {
        writing.usage(key, day, DayFigures { units, ..DayFigures::default() });
    }
}

/// As above; of two weeks of one place the later is kept.
fn add_hours(writing: &mut Writing, key: save::Key, hours: &[HourUsage]) {
    let mut sums: BTreeMap<HourKey, i64> = BTreeMap::new();
    for used in hours {
        let sum = sums.entry((used.week, used.kind, used.hour)).or_default();
        *sum = sum.saturating_add(used.units.count());
    }
    for (hour, units) in kept_hours(&sums) {
        writing.hour(key, hour, units);
    }
}

impl LineRows {
    fn add(&mut self, new: &NewLine, done: &Journaled, closes_on: Option<Date>) {
        let line = &new.line;
        let (cell, id) = line_key(line.id);
        self.push((
            cell,
            id,
            line.msisdn.as_ref().map(|number| number.as_str().to_owned()),
            line.iccid.as_str().to_owned(),
            line.operator.as_str().to_owned(),
            line.province.map(Province::code),
            line.language.tag(),
            line.dates.activated_on.map(days_of),
            line.dates.expires_on.map(days_of),
            line.dates.anniversary_day.map(i16::from),
            new.secrets.pin.map(Octets),
            new.secrets.puk.map(Octets),
            i64::from(counted(new.buckets.len())),
            i64::from(counted(done.bucket_entries.len())),
            Octets(done.audit.hash),
            done.audit.at.millis(),
            closes_on.map(days_of),
        ));
    }
}
