//! How the database is doing: its server, its machines, its leases.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::spread::{EXTENSION, Placement, placed, tables};
use crate::condition::{Condition, Holder, LeaseState, Machine, SpreadState};
use crate::kept::row::Row as _;
use farline_domain::kernel::{Cell, Instant};
use std::collections::BTreeMap;

statements! {
    SERVER = "SELECT 'PostgreSQL ' || current_setting('server_version')";
    MIGRATIONS = "SELECT version || ' ' || name FROM refinery_schema_history ORDER BY version";
    LEASES = "SELECT substr(encode(owner, 'hex'), 1, 8), COUNT(*), MAX(epoch), MIN(until) \
        FROM cell_leases WHERE cell = ANY($1) AND owner IS NOT NULL GROUP BY 1";
}

// These speak of Citus's own tables, so they can be prepared only where it is installed.
const MACHINES: &str = "SELECT n.nodename || ':' || n.nodeport, n.isactive, \
    (SELECT COUNT(*) FROM pg_dist_placement p JOIN pg_dist_shard s ON s.shardid = p.shardid \
    WHERE p.groupid = n.groupid AND s.logicalrelid = 'lines'::regclass), \
    COALESCE((SELECT BOOL_AND(a.success) FROM run_command_on_all_nodes('SELECT 1', true, false) a \
    WHERE a.nodeid = n.nodeid), false) \
    FROM pg_dist_node n WHERE n.noderole = 'primary' ORDER BY n.groupid";

pub(super) async fn condition(store: &PostgresStore) -> Result<Condition, Fault> {
    let session = store.session().await?;
    let server = session.row(SERVER, &[]).await?;
    let server = server.map(|row| Ok::<_, Fault>(row.text(0)?.to_owned())).transpose()?;
    let migrations: Result<Vec<String>, Fault> = session
        .rows(MIGRATIONS, &[])
        .await?
        .iter()
        .map(|row| Ok(row.text(0)?.to_owned()))
        .collect();
    let spread = if store.homes.are_apart() { Some(spread(&session).await?) } else { None };
    Ok(Condition {
        server: server.unwrap_or_default(),
        migrations: migrations?,
        spread,
        leases: Some(leases(store, &session).await?),
    })
}

async fn spread(session: &Session) -> Result<SpreadState, Fault> {
    let mut state = SpreadState::default();
    if let Some(row) = session.row(EXTENSION, &[]).await? {
        row.text(0)?.clone_into(&mut state.citus);
    }
    for row in session.rows(MACHINES, &[]).await? {
        state.machines.push(Machine {
            address: row.text(0)?.to_owned(),
            is_active: row.try_get(1)?,
            shards: row.small(2)?,
            answers: row.try_get(3)?,
        });
    }
    let placed = placed(session).await?;
    for table in tables(session).await? {
        match (table.placement, placed.contains_key(&table.name)) {
            (Placement::Coordinator, _) => {}
            (Placement::ByCell, true) => state.tables_by_cell += 1,
            (Placement::Everywhere, true) => state.tables_everywhere += 1,
            (Placement::ByCell | Placement::Everywhere, false) => {
                state.tables_missing.push(table.name);
            }
        }
    }
    Ok(state)
}

async fn leases(store: &PostgresStore, session: &Session) -> Result<LeaseState, Fault> {
    let mut holders: BTreeMap<String, (u64, u64, i64)> = BTreeMap::new();
    for home in store.homes.all() {
        let rows = match session.rows(LEASES, &[&home]).await {
            Ok(rows) => rows,
            Err(fault) => {
                store.homes.pass_over(fault)?;
                continue;
            }
        };
        for row in rows {
            let held = holders.entry(row.text(0)?.to_owned()).or_insert((0, 0, i64::MAX));
            held.0 += row.small::<u64>(1)?;
            held.1 = held.1.max(row.small(2)?);
            held.2 = held.2.min(row.number(3)?);
        }
    }
    let held: u64 = holders.values().map(|(cells, ..)| cells).sum();
    let holder = |(owner, (cells, epoch, until))| {
        let until = Instant::from_millis(until).rfc3339();
        Holder { owner, cells, epoch, until }
    };
    Ok(LeaseState {
        cells_unheld: u64::from(Cell::COUNT).saturating_sub(held),
        holders: holders.into_iter().map(holder).collect(),
    })
}
