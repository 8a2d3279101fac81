//! A database that is spread over several machines by Citus: which table lies where, how tables get
//! there, and which cells live together. On one PostgreSQL all of them do.

use super::PostgresStore;
use super::address::Address;
use super::fault::{Fault, Reach};
use super::open::{MIGRATION_LOCK, migrate};
use super::session::Session;
use crate::kept::row::Row as _;
use farline_app::ports::StoreError;
use farline_domain::kernel::{Cell, Instant};
use std::collections::BTreeMap;
use std::fmt;
use tokio_postgres::Row;

/// The table that the others lie beside, cell by cell.
const FIRST: &str = "lines";
/// Copied to every machine: what is the same everywhere.
const EVERYWHERE: [&str; 10] = [
    "dated_versions",
    "exchange_rates",
    "listings",
    "operators",
    "plan_versions",
    "plans",
    "promotions",
    "stopped_plans",
    "tax_tables",
    "zones",
];
/// Only where the program connects to: they must be writable while a machine is missing. The staff too:
/// a look at a card is written down, whichever machine has the card.
const AT_THE_DOOR: [&str; 12] = [
    "lease_holders",
    "partner_keys",
    "partners",
    "refinery_schema_history",
    "settings",
    "staff",
    "staff_audit",
    "staff_challenges",
    "staff_passkeys",
    "staff_sessions",
    "staff_targets",
    "voucher_batches",
];
/// How a session works that moves tables: it takes as long as it takes.
const SETTINGS: &str = "SET synchronous_commit = on; SET lock_timeout = '30s'";

statements! {
    // Every table of ours, the first column of its primary key, what it refers to, whether this
    // machine itself has rows of it, and whether they may be removed.
    TABLES = "SELECT c.relname::text, (SELECT a.attname::text FROM pg_index x JOIN pg_attribute a \
        ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0] \
        WHERE x.indrelid = c.oid AND x.indisprimary), \
        ARRAY(SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid \
        WHERE k.conrelid = c.oid AND k.contype = 'f'), pg_relation_size(c.oid) > 0, \
        has_table_privilege(c.oid, 'TRUNCATE') \
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relname";
    EXTENSION = "SELECT extversion::text FROM pg_extension WHERE extname = 'citus'";
    LIVE = "SELECT COUNT(*) FROM lease_holders WHERE until > $1";
}

// These speak of Citus's own tables, so they can be prepared only where it is installed.
const PLACED: &str = "SELECT c.relname::text, p.partmethod::text, \
    column_to_column_name(p.logicalrelid, p.partkey)::text, p.colocationid::bigint, \
    p.repmodel::text FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid";
const WORKERS: &str = "SELECT COUNT(*) FROM pg_dist_node \
    WHERE isactive AND noderole = 'primary' AND shouldhaveshards";
const HOMES: &str = "SELECT get_shard_id_for_distribution_column('lines', n::smallint)::bigint \
    FROM generate_series(0, 1023) AS n ORDER BY n";

/// Where a table lies on a spread-out database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placement {
    /// Divided by cell, so that the rows of one cell lie together on one machine.
    ByCell,
    /// Copied to every machine.
    Everywhere,
    /// On the coordinator alone.
    Coordinator,
}

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ByCell => "by cell",
            Self::Everywhere => "everywhere",
            Self::Coordinator => "coordinator",
        })
    }
}

/// What spreading a database did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Every table, where it lies, and whether it was put there just now.
    pub tables: Vec<(String, Placement, bool)>,
    /// How many machines hold cells.
    pub workers: u64,
    /// Into how many parts the cells are divided.
    pub shards: u64,
}

/// A table of ours.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) placement: Placement,
    refers_to: Vec<String>,
    has_rows_here: bool,
    may_be_emptied: bool,
}

/// Where a table has to lie. A table without a cell must be named above: whoever adds one decides.
fn placement_of(name: &str, first_key: Option<&str>) -> Result<Placement, Fault> {
    if first_key == Some("cell") {
        Ok(Placement::ByCell)
    } else if EVERYWHERE.contains(&name) {
        Ok(Placement::Everywhere)
    } else if AT_THE_DOOR.contains(&name) {
        Ok(Placement::Coordinator)
    } else {
        Err(Fault::Refused(format!("nothing says where the table {name} lies: it has no cell")))
    }
}

fn table_of(row: &Row) -> Result<Table, Fault> {
    let name = row.text(0)?.to_owned();
    let placement = placement_of(&name, row.some_text(1)?)?;
    let (refers_to, has_rows_here) = (row.try_get(2)?, row.try_get(3)?);
    Ok(Table { name, placement, refers_to, has_rows_here, may_be_emptied: row.try_get(4)? })
}

/// Every table, each after those that it refers to, and the first one first.
pub(super) async fn tables(session: &Session) -> Result<Vec<Table>, Fault> {
    let rows = session.rows(TABLES, &[]).await?;
    let found: Result<Vec<Table>, Fault> = rows.iter().map(table_of).collect();
    let mut waiting = found?;
    waiting.sort_by_key(|table| table.name != FIRST);
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |table: &Table| {
            let is_there = |name: &String| ordered.iter().any(|earlier| earlier.name == *name);
            table.refers_to.iter().all(|name| *name == table.name || is_there(name))
        };
        let Some(next) = waiting.iter().position(is_ready) else {
            return Err(Fault::Refused("tables refer to each other in a circle".to_owned()));
        };
        ordered.push(waiting.remove(next));
    }
    Ok(ordered)
}

/// Where Citus has a table now, if it has it at all.
pub(super) struct Placed {
    placement: Placement,
    beside: i64,
}

pub(super) async fn placed(session: &Session) -> Result<BTreeMap<String, Placed>, Fault> {
    let mut found = BTreeMap::new();
    for row in session.rows(PLACED, &[]).await? {
        let name = row.text(0)?.to_owned();
        let placement = match (row.text(1)?, row.some_text(2)?, row.text(4)?) {
            ("h", Some("cell"), _) => Placement::ByCell,
            ("n", _, "t") => Placement::Everywhere,
            ("n", _, _) => Placement::Coordinator,
            (_, column, _) => {
                let column = column.unwrap_or("no column");
                return Err(Fault::Refused(format!(
                    "the table {name} is divided by {column} already, not by its cell: its rows \
                     would have to move, and this does not move them"
                )));
            }
        };
        found.insert(name, Placed { placement, beside: row.number(3)? });
    }
    Ok(found)
}

/// Whether Citus divides the tables of this database.
pub(super) async fn is_spread(session: &Session) -> Result<bool, Fault> {
    if session.row(EXTENSION, &[]).await?.is_none() {
        return Ok(false);
    }
    Ok(placed(session).await?.contains_key(FIRST))
}

/// On a spread-out database every table has to be where it belongs before anybody works with it.
pub(super) async fn check_placed(session: &Session) -> Result<(), Fault> {
    let placed = placed(session).await?;
    for table in tables(session).await? {
        if table.placement != Placement::Coordinator && !placed.contains_key(&table.name) {
            return Err(Fault::Refused(format!(
                "the table {} is not spread yet: run `farline migrate --citus`",
                table.name
            )));
        }
    }
    Ok(())
}

/// Which cells live together, each in the home with this number.
#[derive(Clone, Debug)]
pub(super) struct Homes(Vec<u16>);

impl Homes {
    /// All in one.
    pub(super) fn one() -> Self {
        Self(vec![0; usize::from(Cell::COUNT)])
    }

    /// By shard.
    pub(super) async fn load(session: &Session) -> Result<Self, Fault> {
        let mut numbers: BTreeMap<i64, u16> = BTreeMap::new();
        let mut homes = Vec::new();
        for row in session.rows(HOMES, &[]).await? {
            let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
            homes.push(*numbers.entry(row.number(0)?).or_insert(next));
        }
        Ok(Self(homes))
    }

    /// The home of a cell.
    pub(super) fn of(&self, cell: u16) -> u16 {
        self.0.get(usize::from(cell)).copied().unwrap_or(0)
    }

    /// Cells, those of one home together.
    pub(super) fn divide(&self, cells: impl IntoIterator<Item = i16>) -> Vec<Vec<i16>> {
        let mut homes: BTreeMap<u16, Vec<i16>> = BTreeMap::new();
        for cell in cells {
            homes.entry(self.of(cell.unsigned_abs())).or_default().push(cell);
        }
        homes.into_values().collect()
    }

    /// Whether the database is spread over several machines.
    pub(super) fn are_apart(&self) -> bool {
        self.0.iter().any(|home| *home != 0)
    }

    /// What failed for one home need not fail for the others: its machine may be missing.
    pub(super) fn pass_over(&self, fault: Fault) -> Result<(), Fault> {
        if !self.are_apart() || matches!(fault.reach(), Reach::Work) {
            return Err(fault);
        }
        tracing::debug!(%fault, "cells cannot be reached");
        Ok(())
    }

    /// All cells, those of one home together.
    pub(super) fn all(&self) -> Vec<Vec<i16>> {
        self.divide(0..i16::try_from(Cell::COUNT).unwrap_or(i16::MAX))
    }
}

impl PostgresStore {
    /// Migrates the database of a URL, and then puts every table where it belongs on the machines
    /// that Citus has joined to it. What lies there already stays, so it can be done again at any
    /// time; it is needed again after a migration that adds tables.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when Citus is not there or has no machine to put cells on, when a
    /// process is at work on the database, or when rows that were divided otherwise would have to
    /// move.
    pub async fn spread(url: &str, now: Instant) -> Result<Spread, StoreError> {
        let address = Address::of(url)?;
        migrate(&address).await?;
        let session = Session::connect(&address, SETTINGS).await?;
        let lock = format!("SELECT pg_advisory_lock({MIGRATION_LOCK})");
        session.say(&lock).await?;
        Ok(spread(&session, now).await?)
    }
}

async fn spread(session: &Session, now: Instant) -> Result<Spread, Fault> {
    let workers = workers(session).await?;
    let tables = tables(session).await?;
    let found = placed(session).await?;
    let is_missing = |table: &&Table| {
        table.placement != Placement::Coordinator && !found.contains_key(&table.name)
    };
    if tables.iter().any(|table| is_missing(&table)) {
        refuse_company(session, now).await?;
    }
    let mut done = Vec::new();
    for table in &tables {
        let is_new = is_missing(&table);
        if is_new {
            place(session, table).await?;
        }
        done.push((table.name.clone(), table.placement, is_new));
    }
    check_beside(session, &tables).await?;
    for table in &tables {
        if table.placement != Placement::Coordinator && table.has_rows_here {
            leave(session, table).await?;
        }
    }
    done.sort();
    let shards = Homes::load(session).await?.all().len() as u64;
    Ok(Spread { tables: done, workers, shards })
}

async fn workers(session: &Session) -> Result<u64, Fault> {
    if session.row(EXTENSION, &[]).await?.is_none() {
        return Err(Fault::Refused(
            "this database has no Citus: a superuser has to run CREATE EXTENSION citus on every \
             machine, and to join the machines with citus_add_node"
                .to_owned(),
        ));
    }
    let workers = session.row(WORKERS, &[]).await?;
    match workers.map(|row| row.small(0)).transpose()?.unwrap_or(0) {
        0 => Err(Fault::Refused(
            "no machine takes cells yet: a superuser has to join the workers with citus_add_node"
                .to_owned(),
        )),
        workers => Ok(workers),
    }
}

/// While tables move, whoever works on them meets locks and statements that no longer fit.
async fn refuse_company(session: &Session, now: Instant) -> Result<(), Fault> {
    let live = session.row(LIVE, &[&now.millis()]).await?;
    match live.map(|row| row.number(0)).transpose()? {
        Some(0) | None => Ok(()),
        Some(live) => Err(Fault::Refused(format!(
            "{live} at work on this database: stop every `farline serve` first, as tables are \
             locked while their rows are copied"
        ))),
    }
}

async fn place(session: &Session, table: &Table) -> Result<(), Fault> {
    let name = &table.name;
    let sql = match table.placement {
        Placement::ByCell if name == FIRST => {
            format!("SELECT create_distributed_table('{name}', 'cell', colocate_with => 'none')")
        }
        Placement::ByCell => {
            format!("SELECT create_distributed_table('{name}', 'cell', colocate_with => '{FIRST}')")
        }
        Placement::Everywhere => format!("SELECT create_reference_table('{name}')"),
        Placement::Coordinator => return Ok(()),
    };
    session.say(&sql).await
}

/// Everything that is divided must be divided alike, or a cell's rows would not lie together.
async fn check_beside(session: &Session, tables: &[Table]) -> Result<(), Fault> {
    let placed = placed(session).await?;
    let beside = placed.get(FIRST).map(|first| first.beside);
    for table in tables {
        let found = placed.get(&table.name);
        let is_right = match table.placement {
            Placement::Coordinator => true,
            Placement::Everywhere => {
                found.is_some_and(|found| found.placement == Placement::Everywhere)
            }
            Placement::ByCell => found.is_some_and(|found| {
                found.placement == Placement::ByCell && Some(found.beside) == beside
            }),
        };
        if !is_right {
            return Err(Fault::Refused(format!(
                "the table {} lies elsewhere already: its rows would have to move, and this does \
                 not move them",
                table.name
            )));
        }
    }
    Ok(())
}

/// The rows have been copied to where they belong; what is left of them here goes. Of tables that are
/// written once, the right to do so is taken back for a moment.
async fn leave(session: &Session, table: &Table) -> Result<(), Fault> {
    let name = &table.name;
    let emptying = format!("SELECT truncate_local_data_after_distributing_table('{name}')");
    if table.may_be_emptied {
        return session.say(&emptying).await;
    }
    let (give, take) = (
        format!("GRANT TRUNCATE ON {name} TO CURRENT_USER"),
        format!("REVOKE TRUNCATE ON {name} FROM CURRENT_USER"),
    );
    session.say(&format!("{give}; {emptying}; {take}")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_a_cell_is_placed_by_whoever_adds_it() {
        assert_eq!(placement_of("anything", Some("cell")).unwrap(), Placement::ByCell);
        assert_eq!(placement_of("plans", Some("code")).unwrap(), Placement::Everywhere);
        assert_eq!(placement_of("settings", Some("name")).unwrap(), Placement::Coordinator);
        for first_key in [Some("id"), None] {
            let refused = placement_of("novelties", first_key).unwrap_err();
            assert!(refused.to_string().contains("novelties"), "{refused}");
        }
    }

    #[test]
    fn cells_are_divided_by_the_home_they_live_in() {
        let apart = Homes((0..1024).map(|cell| cell % 3).collect());
        assert_eq!(apart.divide([7, 1, 3, 0]), [vec![3, 0], vec![7, 1]]);
        assert_eq!((apart.all().len(), Homes::one().all().len()), (3, 1));
        assert!(apart.are_apart() && !Homes::one().are_apart());
        // A missing machine concerns its own cells; on one PostgreSQL there is no other.
        assert!(apart.pass_over(Fault::Unknown).is_ok());
        assert!(Homes::one().pass_over(Fault::Unknown).is_err());
    }
}
