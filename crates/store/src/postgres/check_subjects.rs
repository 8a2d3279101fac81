//! Reads every subject for the checker of the invariants, within its snapshot, a page at a time.

use super::fault::{Fault, Reach};
use super::session::Session;
use crate::check::Checker;
use crate::check::subjects::Recount;
use crate::kept::row::Row as _;
use crate::kept::subjects::{entry_of, key_of, reservation_of, share_of, subject_of};
use tokio_postgres::Row;

/// Rows that are read at once.
const PAGE: i64 = 1000;

statements! {
    SUBJECTS = "SELECT measure, total_limit, holder_limit, ceiling, used, reserved, entries, head, \
        paid_in, cell, subject FROM subjects WHERE cell >= 0 ORDER BY cell, subject";
    ENTRIES = "SELECT number, at, actor, kind, reservation, units, used, reserved, hash, named, \
        paid_by, reason FROM subject_entries WHERE cell = $1 AND subject = $2 AND number > $3 \
        ORDER BY number LIMIT $4";
    RESERVATIONS = "SELECT subject, id, order_id, line, placing_key, holder, units, state, \
        reserved_at, settled_at, look_at FROM subject_reservations \
        WHERE cell = $1 AND subject = $2 AND id > $3 ORDER BY id LIMIT $4";
    SHARES = "SELECT holder, ceiling, used, reserved FROM subject_shares \
        WHERE cell = $1 AND subject = $2 AND holder > $3 ORDER BY holder LIMIT $4";
    WITHOUT_SUBJECT = "SELECT DISTINCT t.subject FROM (SELECT cell, subject FROM subject_entries \
        UNION SELECT cell, subject FROM subject_reservations \
        UNION SELECT cell, subject FROM subject_shares) AS t WHERE NOT EXISTS \
        (SELECT 1 FROM subjects s WHERE s.cell = t.cell AND s.subject = t.subject) LIMIT 20";
}

/// Feeds the checker with every subject.
pub(super) async fn check(session: &Session, checker: &mut Checker) -> Result<(), Fault> {
    for row in session.rows(SUBJECTS, &[]).await? {
        let text = row.text(10)?.to_owned();
        match one(session, checker, (&row, &text)).await {
            Ok(recount) => checker.recounted(recount),
            Err(fault) if fault.reach() == Reach::Work => {
                checker.unreadable_at(&text, &fault.to_string());
            }
            Err(fault) => return Err(fault),
        }
    }
    let stray = session.rows(WITHOUT_SUBJECT, &[]).await?;
    let stray: Result<_, Fault> = stray.iter().map(|row| Ok(row.text(0)?.to_owned())).collect();
    checker.without_subject(stray?);
    Ok(())
}

async fn one(
    session: &Session,
    checker: &mut Checker,
    (row, text): (&Row, &str),
) -> Result<Recount, Fault> {
    let mut recount = Recount::of(subject_of(row, &key_of(text)?)?);
    let cell: i16 = row.small(9)?;
    let mut after = 0_i64;
    loop {
        let page = session.rows(ENTRIES, &[&cell, &text, &after, &PAGE]).await?;
        for row in &page {
            recount.entry(&entry_of(row)?);
        }
        let Some(last) = page.last() else { break };
        after = last.number(0)?;
    }
    let mut after = Vec::new();
    loop {
        let page = session.rows(RESERVATIONS, &[&cell, &text, &after, &PAGE]).await?;
        for row in &page {
            checker.reservation(&mut recount, &reservation_of(row)?);
        }
        let Some(last) = page.last() else { break };
        after = last.some_octets(1)?.unwrap_or_default().to_vec();
    }
    let mut after = String::new();
    loop {
        let page = session.rows(SHARES, &[&cell, &text, &after, &PAGE]).await?;
        for row in &page {
            recount.share(&share_of(row)?);
        }
        let Some(last) = page.last() else { break };
        last.text(0)?.clone_into(&mut after);
    }
    Ok(recount)
}
