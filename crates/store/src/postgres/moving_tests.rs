//! The two schemas beside one another: what is moved is the same in both, and what is not is named.

use super::{PostgresOptions, PostgresStore};
use crate::moving::cells::{CELL, COMPUTED, Computing};
use crate::moving::file::{HOLDS, Origin};
use crate::moving::reading::{Part, Reading};
use crate::moving::shape::{LEFT_BEHIND, Table};
use crate::moving::{Exporting, Writers};
use crate::{Database, OpenMode, SqliteStore};
use farline_domain::kernel::Instant;
use farline_testkit::PostgresServer;
use std::collections::BTreeMap;
use std::path::Path;
use tokio_postgres::NoTls;

/// The tables of a store in the order of its file, and the schema they are of.
async fn tables(store: &dyn Database, folder: &Path) -> (i64, Vec<Table>) {
    let file = folder.join("tables");
    let origin = Origin {
        program: "0".to_owned(),
        exported_at: "now".to_owned(),
        keys: BTreeMap::new(),
        beside: Vec::new(),
    };
    let now = Instant::from_millis(0);
    let wanted = Exporting { file: file.clone(), origin, writers: Writers::Allowed, now };
    store.export(wanted, Box::new(|_| {})).await.unwrap();
    let (mut reading, header) = Reading::open(&file).unwrap();
    assert_eq!(header.holds, HOLDS);
    let mut tables = Vec::new();
    while let Part::Table(table) = reading.next().unwrap() {
        tables.push(table);
    }
    std::fs::remove_file(&file).unwrap();
    (header.schema, tables)
}

#[tokio::test]
async fn both_databases_move_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("farline.db");
    let sqlite = SqliteStore::open(&path, OpenMode::ReadWrite).unwrap();
    let ours = tables(&sqlite, folder.path()).await;
    let server = PostgresServer::shared();
    let database = server.database();
    let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
    let postgres = PostgresStore::open(&server.url(&database), options).await.unwrap();
    let theirs = tables(&postgres, folder.path()).await;
    assert!(ours.1.len() > 30);
    assert_eq!(ours, theirs);

    let (client, connection) =
        tokio_postgres::connect(&server.url(&database), NoTls).await.unwrap();
    tokio::spawn(connection);
    let names = async |sql: &str| -> Vec<String> {
        client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    let moved = |name: &String| ours.1.iter().any(|table| table.name == *name);
    let all = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
    let mut left: Vec<String> = names(all).await.into_iter().filter(|name| !moved(name)).collect();
    left.sort();
    let mut named = LEFT_BEHIND.map(str::to_owned);
    named.sort();
    assert_eq!(left, named, "what stays behind is named");

    let with_cell = "SELECT table_name::text FROM information_schema.columns \
        WHERE table_schema = 'public' AND column_name = 'cell' ORDER BY 1";
    let has_cell = |table: &Table| table.columns.iter().any(|column| column.name == CELL);
    let computed: Vec<String> = names(with_cell)
        .await
        .into_iter()
        .filter(|name| ours.1.iter().any(|table| table.name == *name && !has_cell(table)))
        .collect();
    assert_eq!(computed, COMPUTED.map(|(table, _)| table.to_owned()), "each cell has its rule");
    for table in &ours.1 {
        assert!(!table.key.is_empty(), "{} has no key to be sorted by", table.name);
        Computing::of(table).unwrap();
    }
    let chains: Vec<&str> = ours
        .1
        .iter()
        .filter(|table| table.heads().is_some())
        .map(|table| table.name.as_str())
        .collect();
    assert_eq!(chains, ["accounts", "lines", "staff", "subjects"]);
    drop(postgres);
    server.discard(&database);
}
