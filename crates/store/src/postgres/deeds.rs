//! What the staff did, counted by the database.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use crate::kept::deeds::{alone_of, calls_of, decided_of, money_fact_of};
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::{Deeds, StoreError};
use farline_domain::kernel::Instant;
use farline_domain::staff::{Fact, STEP_SECONDS};
use tokio_postgres::Row;

statements! {
    // An order stands in the cell of its call.
    CALLS = "SELECT c.staff, c.way, (c.ended_at - c.started_at) / $3::bigint, o.stage, COUNT(*), \
        SUM(c.failures)::bigint, SUM(c.locks)::bigint \
        FROM calls c LEFT JOIN orders o ON o.cell = c.cell AND o.id = c.order_id \
        WHERE c.cell >= 0 AND c.started_at >= $1 AND c.started_at < $2 GROUP BY 1, 2, 3, 4";
    BY_HAND = "SELECT staff, COUNT(*), currency, SUM(minor)::bigint, \
        CASE direction WHEN 'taken' THEN 'took_by_hand' ELSE 'gave_by_hand' END FROM manual_payments \
        WHERE cell >= 0 AND at >= $1 AND at < $2 GROUP BY staff, currency, direction";
    ASKED = "SELECT asker, COUNT(*), currency, SUM(minor)::bigint, 'refund_asked'::text FROM refund_requests \
        WHERE cell >= 0 AND asked_at >= $1 AND asked_at < $2 GROUP BY asker, currency";
    AGREED = "SELECT decided_by, COUNT(*), currency, SUM(minor)::bigint, 'refund_agreed'::text \
        FROM refund_requests \
        WHERE cell >= 0 AND decided_at >= $1 AND decided_at < $2 AND state IN ('agreed', 'done') \
        GROUP BY decided_by, currency";
    ALONE = "SELECT j.actor, j.at, o.body FROM journal j JOIN orders o ON o.cell = j.cell AND o.id = j.order_id \
        WHERE j.cell >= 0 AND j.action = 'refund' AND j.at >= $1 AND j.at < $2 \
        AND j.actor >= 'stf_' AND j.actor < 'stg'";
    DECIDED = "SELECT actor, COUNT(*) FROM journal WHERE cell >= 0 AND action = 'resolve' AND at >= $1 \
        AND at < $2 AND actor >= 'stf_' AND actor < 'stg' GROUP BY actor";
    WAITING = "SELECT COUNT(*) FROM orders WHERE cell >= 0 AND task_by IS NOT NULL";
}

type Read<T> = fn(&Row) -> Result<T, Fault>;

async fn deeds(
    store: &PostgresStore,
    (from, until): (Instant, Instant),
) -> Result<Vec<Fact>, Fault> {
    let (from, until) = (from.millis(), until.millis());
    let session = store.session().await?;
    let rows = session.rows(CALLS, &[&from, &until, &(STEP_SECONDS * 1000)]).await?;
    let mut facts = rows.iter().map(calls_of).collect::<Result<Vec<_>, _>>()?;
    let span: Parameters<'_> = &[&from, &until];
    let counted: [(&str, Read<Fact>); 4] = [
        (BY_HAND, money_fact_of),
        (ASKED, money_fact_of),
        (AGREED, money_fact_of),
        (DECIDED, decided_of),
    ];
    for (sql, read) in counted {
        for row in session.rows(sql, span).await? {
            facts.push(read(&row)?);
        }
    }
    for row in session.rows(ALONE, span).await? {
        facts.extend(alone_of(&row)?);
    }
    Ok(facts)
}

async fn waiting(store: &PostgresStore) -> Result<u64, Fault> {
    let row = store.session().await?.row(WAITING, &[]).await?;
    row.map_or(Ok(0), |row| row.small(0))
}

#[async_trait]
impl Deeds for PostgresStore {
    async fn deeds(&self, span: (Instant, Instant)) -> Result<Vec<Fact>, StoreError> {
        Ok(deeds(self, span).await?)
    }

    async fn waiting_orders(&self) -> Result<u64, StoreError> {
        Ok(waiting(self).await?)
    }
}
