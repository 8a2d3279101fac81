//! Importing lines: all or none, in one transaction, while everybody else waits.

use super::fault::{Fault, Reach, is_duplicate};
use super::save::LineWriter;
use crate::kept::import::{
    Rows, TELL_EVERY, buckets_of, check_operator, counted, journal_of, taken_row,
};
use crate::kept::lines::closes_on;
use crate::kept::loaded::DayFigures;
use crate::kept::values::{IdBytes, days_of, line_key};
use farline_app::ports::StoreError;
use farline_app::ports::lines::{ImportError, NewLine};
use farline_domain::catalog::Catalogue;
use farline_domain::lines::{HolderName, Line};
use rusqlite::{Connection, TransactionBehavior, params};

/// Memory for pages while importing, in KiB. The directories of card numbers are written in random
/// order, so they should fit.
pub(super) const IMPORT_CACHE_KIB: i32 = 262_144;
/// Memory for pages otherwise, in KiB.
const CACHE_KIB: i32 = 65_536;

statements! {
    INSERT_LINE = "INSERT INTO lines (cell, id, msisdn, iccid, operator, province, language, \
        activated_on, expires_on, anniversary_day, pin, puk, busy, buckets, bucket_entries, \
        entry_sets, jobs, audit, audit_head, journal_at, closes_on) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, ?13, ?14, 0, 0, 1, ?15, \
        ?16, ?17)";
    INSERT_NUMBER = "INSERT INTO numbers (number, line) VALUES (?1, ?2)";
    INSERT_ICCID = "INSERT INTO iccids (iccid, line) VALUES (?1, ?2)";
    INSERT_NAME = "INSERT INTO holder_names (cell, line, name) VALUES (?1, ?2, ?3)";
    INSERT_TERM = "INSERT INTO holder_terms (cell, line, term) VALUES (?1, ?2, ?3)";
}

/// Why an import ended: what the caller is told, and how far it reaches.
struct Ending {
    error: ImportError,
    reach: Reach,
}

impl From<Fault> for Ending {
    fn from(fault: Fault) -> Self {
        let reach = fault.reach();
        Self { error: ImportError::Store(StoreError::from(fault)), reach }
    }
}

impl From<rusqlite::Error> for Ending {
    fn from(error: rusqlite::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

impl From<ImportError> for Ending {
    fn from(error: ImportError) -> Self {
        Self { error, reach: Reach::Work }
    }
}

/// Imports every row or none.
pub(crate) fn all_or_none(
    connection: &mut Connection,
    catalogue: &Catalogue,
    rows: Rows,
    progress: &dyn Fn(u64),
) -> (Result<u64, ImportError>, Option<Reach>) {
    let outcome = with_room(connection, |connection| {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut count = 0;
        for row in rows {
            let (position, new) = row?;
            Importer { connection: &transaction, catalogue, position }.line(&new)?;
            count += 1;
            if count % TELL_EVERY == 0 {
                progress(count);
            }
        }
        transaction.commit()?;
        progress(count);
        Ok(count)
    });
    match outcome {
        Ok(count) => (Ok(count), None),
        Err(ending) => (Err(ending.error), Some(ending.reach)),
    }
}

/// Lends the work a larger page cache.
fn with_room<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, Ending>,
) -> Result<T, Ending> {
    connection.pragma_update(None, "cache_size", -IMPORT_CACHE_KIB)?;
    let outcome = work(connection);
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    outcome
}

struct Importer<'a> {
    connection: &'a Connection,
    catalogue: &'a Catalogue,
    position: u64,
}

impl Importer<'_> {
    fn line(&self, new: &NewLine) -> Result<(), Ending> {
        let line = &new.line;
        check_operator(self.position, new, self.catalogue)?;
        let (cell, id) = line_key(line.id);
        self.claim(line)?;
        let buckets = buckets_of(self.position, new)?;
        let done = journal_of(new);
        self.connection.prepare_cached(INSERT_LINE)?.execute(params![
            cell,
            id,
            line.msisdn.as_ref().map(farline_domain::kernel::Msisdn::as_str),
            line.iccid.as_str(),
            line.operator.as_str(),
            line.province.map(farline_domain::kernel::Province::code),
            line.language.tag(),
            line.dates.activated_on.map(days_of),
            line.dates.expires_on.map(days_of),
            line.dates.anniversary_day,
            new.secrets.pin,
            new.secrets.puk,
            counted(new.buckets.len()),
            counted(done.bucket_entries.len()),
            done.audit.hash,
            done.audit.at.millis(),
            closes_on(&buckets).map(days_of),
        ])?;
        let writer = LineWriter::new(self.connection, (cell, id));
        buckets.iter().try_for_each(|bucket| writer.new_bucket(bucket))?;
        for day in &new.usage {
            let figures = DayFigures { units: day.units.count(), ..DayFigures::default() };
            writer.usage(day.date, day.kind, figures)?;
        }
        for used in &new.hours {
            writer.hour((used.week, used.kind, used.hour), used.units.count())?;
        }
        writer.journal(&done, None)?;
        new.holder_name.as_ref().map_or(Ok(()), |name| self.name((cell, id), name))
    }

    /// Keeps who holds the line, and what that is found by.
    fn name(&self, (cell, line): (u16, IdBytes), name: &HolderName) -> Result<(), Ending> {
        let mut statement = self.connection.prepare_cached(INSERT_NAME)?;
        statement.execute(params![cell, line, name.as_str()])?;
        let mut statement = self.connection.prepare_cached(INSERT_TERM)?;
        for term in name.terms() {
            statement.execute(params![cell, line, term])?;
        }
        Ok(())
    }

    /// Writes the line into the directories, which refuse what is there already.
    fn claim(&self, line: &Line) -> Result<(), Ending> {
        let id = line.id.to_bytes();
        if let Some(number) = &line.msisdn {
            let mut statement = self.connection.prepare_cached(INSERT_NUMBER)?;
            let inserted = statement.execute(params![number.as_str(), id]);
            self.unless_there(inserted, "number", number.hint())?;
        }
        let mut statement = self.connection.prepare_cached(INSERT_ICCID)?;
        let inserted = statement.execute(params![line.iccid.as_str(), id]);
        self.unless_there(inserted, "ICCID", line.iccid.hint())
    }

    fn unless_there(
        &self,
        inserted: rusqlite::Result<usize>,
        what: &str,
        hint: &str,
    ) -> Result<(), Ending> {
        match inserted {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => {
                Err(Ending::from(taken_row(self.position, what, hint)))
            }
            Err(error) => Err(Ending::from(error)),
        }
    }
}
