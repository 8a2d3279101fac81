//! Which cells' jobs are this process's. Every process that takes jobs renews its leases and, in
//! passing, takes cells whose lease has lapsed, up to its share. Leases save double work; that
//! nothing wrong comes of double work is seen to by row locks and by the rules.
//!
//! Each statement is about cells that live together: one of all cells on one PostgreSQL, one for each
//! home on a spread-out database. A home whose machine is missing is passed over until it is back.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Parameters;
use super::values::{Id, Octets, count_of};
use crate::kept::row::Row as _;
use farline_domain::kernel::{Cell, Instant};
use std::collections::BTreeMap;
use tokio_postgres::Row;

statements! {
    ANNOUNCE = "INSERT INTO lease_holders (owner, until) VALUES ($1, $2) \
        ON CONFLICT (owner) DO UPDATE SET until = excluded.until";
    FORGET = "DELETE FROM lease_holders WHERE until <= $1";
    HOLDERS = "SELECT COUNT(*) FROM lease_holders";
    // A lease that lapsed and that nobody took is still this process's.
    RENEW = "UPDATE cell_leases SET until = $2 WHERE cell = ANY($3) AND owner = $1 \
        RETURNING cell, epoch";
    RELEASE = "UPDATE cell_leases SET owner = NULL, until = 0 \
        WHERE cell = ANY($2) AND owner = $1";
    TAKE = "UPDATE cell_leases SET owner = $1, epoch = epoch + 1, until = $2 \
        WHERE cell = ANY($5) AND cell IN (SELECT cell FROM cell_leases \
        WHERE cell = ANY($5) AND until <= $3 ORDER BY cell LIMIT $4 FOR UPDATE SKIP LOCKED) \
        RETURNING cell, epoch";
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
            let tenure =
                Tenure { owner, now: now.millis(), until: now.plus_seconds(seconds).millis() };
            leases.cells = self.hold(&tenure).await?;
            let again = now.plus_seconds((seconds / 3).max(1));
            leases.settled = Some((now, again));
        }
        Ok(leases.cells.clone())
    }

    /// Gives all cells back, so that others need not wait for the leases to lapse. Whoever goes on
    /// after this takes cells anew.
    pub(super) async fn release_cells(&self) -> Result<(), Fault> {
        let mut leases = self.leases.lock().await;
        let owner = leases.owner;
        let session = self.session().await?;
        session.execute(ANNOUNCE, &[&owner, &0_i64]).await?;
        for home in self.homes.divide(leases.cells.keys().copied()) {
            if let Err(fault) = session.execute(RELEASE, &[&owner, &home]).await {
                self.homes.pass_over(fault)?;
            }
        }
        leases.cells.clear();
        leases.settled = None;
        Ok(())
    }

    async fn hold(&self, tenure: &Tenure) -> Result<BTreeMap<i16, u64>, Fault> {
        let share = share(self.announce(tenure).await?);
        let session = self.session().await?;
        let mut cells = BTreeMap::new();
        let mut reached = Vec::new();
        for home in self.homes.all() {
            let renewing: Parameters<'_> = &[&tenure.owner, &tenure.until, &home];
            match session.rows(RENEW, renewing).await {
                Ok(rows) => {
                    note(&rows, &mut cells)?;
                    reached.push(home);
                }
                Err(fault) => self.homes.pass_over(fault)?,
            }
        }
        let beyond: Vec<i16> = cells.keys().copied().skip(share).collect();
        for home in self.homes.divide(beyond) {
            if let Err(fault) = session.execute(RELEASE, &[&tenure.owner, &home]).await {
                self.homes.pass_over(fault)?;
            }
            cells.retain(|cell, _| !home.contains(cell));
        }
        for home in reached {
            let missing = count_of((share - cells.len()) as u64);
            if missing == 0 {
                break;
            }
            let taking: Parameters<'_> =
                &[&tenure.owner, &tenure.until, &tenure.now, &missing, &home];
            match session.rows(TAKE, taking).await {
                Ok(rows) => note(&rows, &mut cells)?,
                Err(fault) => self.homes.pass_over(fault)?,
            }
        }
        Ok(cells)
    }

    /// Says that this process is alive; how many are.
    async fn announce(&self, tenure: &Tenure) -> Result<i64, Fault> {
        transaction!(self, |session| {
            session.execute(ANNOUNCE, &[&tenure.owner, &tenure.until]).await?;
            session.execute(FORGET, &[&tenure.now]).await?;
            let holders = session.row(HOLDERS, &[]).await?;
            Ok(holders.map(|row| row.number(0)).transpose()?.unwrap_or(1))
        })
    }
}

/// Who holds cells, from when until when.
struct Tenure {
    owner: Id,
    now: i64,
    until: i64,
}

fn note(rows: &[Row], cells: &mut BTreeMap<i16, u64>) -> Result<(), Fault> {
    for row in rows {
        cells.insert(row.small(0)?, row.small(1)?);
    }
    Ok(())
}
