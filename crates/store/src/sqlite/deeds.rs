//! What the staff did, counted by the database in the order of time in which it is kept.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::deeds::{alone_of, calls_of, decided_of, money_fact_of};
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::{Deeds, StoreError};
use farline_domain::kernel::Instant;
use farline_domain::staff::{Fact, STEP_SECONDS};
use rusqlite::{Connection, Row, params};

statements! {
    // An order stands in the cell of its call.
    CALLS = "SELECT c.staff, c.way, (c.ended_at - c.started_at) / ?3, o.stage, COUNT(*), SUM(c.failures), \
        SUM(c.locks) FROM calls c LEFT JOIN orders o ON o.cell = c.cell AND o.id = c.order_id \
        WHERE c.cell >= 0 AND c.started_at >= ?1 AND c.started_at < ?2 GROUP BY 1, 2, 3, 4";
    BY_HAND = "SELECT staff, COUNT(*), currency, SUM(minor), \
        CASE direction WHEN 'taken' THEN 'took_by_hand' ELSE 'gave_by_hand' END FROM manual_payments \
        WHERE at >= ?1 AND at < ?2 GROUP BY staff, currency, direction";
    ASKED = "SELECT asker, COUNT(*), currency, SUM(minor), 'refund_asked' FROM refund_requests \
        WHERE cell >= 0 AND asked_at >= ?1 AND asked_at < ?2 GROUP BY asker, currency";
    AGREED = "SELECT decided_by, COUNT(*), currency, SUM(minor), 'refund_agreed' FROM refund_requests \
        WHERE cell >= 0 AND decided_at >= ?1 AND decided_at < ?2 AND state IN ('agreed', 'done') \
        GROUP BY decided_by, currency";
    ALONE = "SELECT j.actor, j.at, o.body FROM journal j JOIN orders o ON o.cell = j.cell AND o.id = j.order_id \
        WHERE j.cell >= 0 AND j.action = 'refund' AND j.at >= ?1 AND j.at < ?2 \
        AND j.actor >= 'stf_' AND j.actor < 'stg'";
    DECIDED = "SELECT actor, COUNT(*) FROM journal WHERE cell >= 0 AND action = 'resolve' AND at >= ?1 \
        AND at < ?2 AND actor >= 'stf_' AND actor < 'stg' GROUP BY actor";
    WAITING = "SELECT COUNT(*) FROM orders WHERE cell >= 0 AND task_by IS NOT NULL";
}

type Read<T> = fn(&Row<'_>) -> Result<T, Fault>;

fn gather(
    connection: &Connection,
    (from, until): (Instant, Instant),
    facts: &mut Vec<Fact>,
) -> Result<(), Fault> {
    let (from, until) = (from.millis(), until.millis());
    let mut statement = connection.prepare_cached(CALLS)?;
    let mut rows = statement.query(params![from, until, STEP_SECONDS * 1000])?;
    while let Some(row) = rows.next()? {
        facts.push(calls_of(row)?);
    }
    let counted: [(&str, Read<Fact>); 4] = [
        (BY_HAND, |row| money_fact_of(row)),
        (ASKED, |row| money_fact_of(row)),
        (AGREED, |row| money_fact_of(row)),
        (DECIDED, |row| decided_of(row)),
    ];
    for (sql, read) in counted {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![from, until])?;
        while let Some(row) = rows.next()? {
            facts.push(read(row)?);
        }
    }
    let mut statement = connection.prepare_cached(ALONE)?;
    let mut rows = statement.query(params![from, until])?;
    while let Some(row) = rows.next()? {
        facts.extend(alone_of(row)?);
    }
    Ok(())
}

#[async_trait]
impl Deeds for SqliteStore {
    async fn deeds(&self, span: (Instant, Instant)) -> Result<Vec<Fact>, StoreError> {
        self.read_long(move |connection| {
            let mut facts = Vec::new();
            gather(connection, span, &mut facts)?;
            Ok(facts)
        })
        .await
    }

    async fn waiting_orders(&self) -> Result<u64, StoreError> {
        self.read_long(|connection| {
            let mut statement = connection.prepare_cached(WAITING)?;
            let mut rows = statement.query([])?;
            rows.next()?.map_or(Ok(0), |row| row.small(0))
        })
        .await
    }
}
