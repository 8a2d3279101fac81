//! Reads every subject for the checker of the invariants, within its snapshot.

use super::fault::Fault;
use crate::check::Checker;
use crate::check::subjects::Recount;
use crate::kept::subjects::{entry_of, key_of, reservation_of, share_of, subject_of};
use rusqlite::{Connection, Row, params};

statements! {
    SUBJECTS = "SELECT measure, total_limit, holder_limit, ceiling, used, reserved, entries, head, \
        paid_in, cell, subject FROM subjects ORDER BY cell, subject";
    ENTRIES = "SELECT number, at, actor, kind, reservation, units, used, reserved, hash, named, \
        paid_by, reason FROM subject_entries WHERE cell = ?1 AND subject = ?2 ORDER BY number";
    RESERVATIONS = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = ?1 AND subject = ?2 ORDER BY id";
    SHARES = "SELECT holder, ceiling, used, reserved FROM subject_shares \
        WHERE cell = ?1 AND subject = ?2 ORDER BY holder";
    WITHOUT_SUBJECT = "SELECT DISTINCT t.subject FROM (SELECT cell, subject FROM subject_entries \
        UNION SELECT cell, subject FROM subject_reservations \
        UNION SELECT cell, subject FROM subject_shares) AS t WHERE NOT EXISTS \
        (SELECT 1 FROM subjects s WHERE s.cell = t.cell AND s.subject = t.subject) LIMIT 20";
}

/// Feeds the checker with every subject.
pub(super) fn check(snapshot: &Connection, checker: &mut Checker) -> Result<(), Fault> {
    let mut statement = snapshot.prepare(SUBJECTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (cell, text): (u16, String) = (row.get(9)?, row.get(10)?);
        match one(snapshot, checker, (row, cell, &text)) {
            Ok(recount) => checker.recounted(recount),
            Err(Fault::Sql(error)) if error.sqlite_error_code().is_some() => {
                return Err(Fault::Sql(error));
            }
            Err(fault) => checker.unreadable_at(&text, &fault.to_string()),
        }
    }
    let mut statement = snapshot.prepare(WITHOUT_SUBJECT)?;
    let stray = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    checker.without_subject(stray);
    Ok(())
}

fn one(
    snapshot: &Connection,
    checker: &mut Checker,
    (row, cell, text): (&Row<'_>, u16, &str),
) -> Result<Recount, Fault> {
    let mut recount = Recount::of(subject_of(row, &key_of(text)?)?);
    let mut entries = snapshot.prepare_cached(ENTRIES)?;
    let mut rows = entries.query(params![cell, text])?;
    while let Some(row) = rows.next()? {
        recount.entry(&entry_of(row)?);
    }
    let mut reservations = snapshot.prepare_cached(RESERVATIONS)?;
    let mut rows = reservations.query(params![cell, text])?;
    while let Some(row) = rows.next()? {
        checker.reservation(&mut recount, &reservation_of(row)?);
    }
    let mut shares = snapshot.prepare_cached(SHARES)?;
    let mut rows = shares.query(params![cell, text])?;
    while let Some(row) = rows.next()? {
        recount.share(&share_of(row)?);
    }
    Ok(recount)
}
