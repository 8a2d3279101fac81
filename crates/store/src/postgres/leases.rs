//! Which cells' jobs are this process's. Every process that takes jobs renews its leases and, in
//! passing, takes cells whose lease has lapsed, up to its share. Leases save double work; that
//! nothing wrong comes of double work is seen to by row locks and by the rules.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::values::{Id, Octets};
use crate::kept::row::Row as _;
use farline_domain::kernel::{Cell, Instant};
use std::collections::BTreeMap;

statements! {
    ANNOUNCE = "INSERT INTO lease_holders (owner, until) VALUES ($1, $2) \
        ON CONFLICT (owner) DO UPDATE SET until = excluded.until";
    FORGET = "DELETE FROM lease_holders WHERE until <= $1";
    HOLDERS = "SELECT COUNT(*) FROM lease_holders";
    // A lease that lapsed and that nobody took is still this process's.
    RENEW = "UPDATE cell_leases SET until = $2 WHERE owner = $1 RETURNING cell, epoch";
    RELEASE = "UPDATE cell_leases SET owner = NULL, until = 0 \
        WHERE owner = $1 AND cell = ANY($2)";
    TAKE = "UPDATE cell_leases SET owner = $1, epoch = epoch + 1, until = $2 WHERE cell IN \
        (SELECT cell FROM cell_leases WHERE until <= $3 ORDER BY cell LIMIT $4 \
        FOR UPDATE SKIP LOCKED) RETURNING cell, epoch";
}

/// The leases a process holds.
pub(crate) struct Leases {
    owner: Id,
    seconds: i64,
    cells: BTreeMap<i16, u64>,
    /// Between which instants they need not be looked at again.
    settled: Option<(Instant, Instant)>,
}

impl Leases {
    pub(crate) fn new(owner: [u8; 16], seconds: u32) -> Self {
        let seconds = i64::from(seconds.max(1));
        Self { owner: Octets(owner), seconds, cells: BTreeMap::new(), settled: None }
    }

    fn is_settled(&self, now: Instant) -> bool {
        self.settled.is_some_and(|(from, until)| now >= from && now < until)
    }
}

/// The share of the cells that each of so many processes may hold.
fn share(holders: i64) -> usize {
    let holders = usize::try_from(holders).unwrap_or(1).max(1);
    usize::from(Cell::COUNT).div_ceil(holders)
}

impl PostgresStore {
    /// The cells this process works on now, with the epoch of each.
    pub(super) async fn cells_held(&self, now: Instant) -> Result<BTreeMap<i16, u64>, Fault> {
        let mut leases = self.leases.lock().await;
        if !leases.is_settled(now) {
            let (owner, seconds) = (leases.owner, leases.seconds);
            let cells = transaction!(self, |session| {
                hold(&session, owner, (now, now.plus_seconds(seconds))).await
            })?;
            leases.cells = cells;
            let again = now.plus_seconds((seconds / 3).max(1));
            leases.settled = Some((now, again));
        }
        Ok(leases.cells.clone())
    }

    /// Gives all cells back, so that others need not wait for the leases to lapse. Whoever goes on
    /// after this takes cells anew.
    pub(super) async fn release_cells(&self) -> Result<(), Fault> {
        let mut leases = self.leases.lock().await;
        let held: Vec<i16> = leases.cells.keys().copied().collect();
        let owner = leases.owner;
        let released = transaction!(self, |session| {
            session.execute(RELEASE, &[&owner, &held]).await?;
            session.execute(ANNOUNCE, &[&owner, &0_i64]).await
        });
        released?;
        leases.cells.clear();
        leases.settled = None;
        Ok(())
    }
}

async fn hold(
    session: &Session,
    owner: Id,
    (now, until): (Instant, Instant),
) -> Result<BTreeMap<i16, u64>, Fault> {
    let (now, until) = (now.millis(), until.millis());
    session.execute(ANNOUNCE, &[&owner, &until]).await?;
    session.execute(FORGET, &[&now]).await?;
    let holders = session.row(HOLDERS, &[]).await?;
    let holders = holders.map(|row| row.number(0)).transpose()?.unwrap_or(1);
    let mut cells = BTreeMap::new();
    for row in session.rows(RENEW, &[&owner, &until]).await? {
        cells.insert(row.small(0)?, row.small(1)?);
    }
    let share = share(holders);
    if cells.len() > share {
        let beyond: Vec<i16> = cells.keys().copied().skip(share).collect();
        session.execute(RELEASE, &[&owner, &beyond]).await?;
        cells.retain(|cell, _| !beyond.contains(cell));
    }
    let missing = i64::try_from(share - cells.len()).unwrap_or(0);
    if missing > 0 {
        for row in session.rows(TAKE, &[&owner, &until, &now, &missing]).await? {
            cells.insert(row.small(0)?, row.small(1)?);
        }
    }
    Ok(cells)
}
