//! The floor of a benchmark writes the rows that commands wrote, all of them and nothing else.

use crate::scene::{LINES, Scene, Sqlite, event};
use farline_app::ports::Catalogues as _;
use farline_domain::catalog::{Allowance, ZoneCode};
use farline_domain::commands::{LineCommand, PayWith};
use farline_domain::kernel::{AllowanceKind, Units};
use farline_store::{OpenMode, SqliteStore, copy_lines, write_again};
use farline_testkit::{OWN_BIG, catalogue, noon};
use rusqlite::Connection;
use std::path::Path;

/// The tables that commands write to.
const TABLES: [&str; 11] = [
    "lines",
    "buckets",
    "usage_days",
    "usage_hours",
    "commands",
    "journal",
    "jobs",
    "orders",
    "order_references",
    "receipts",
    "charging_sessions",
];

fn credit() -> LineCommand {
    let zone = ZoneCode::parse("canada").unwrap();
    let units = Units::new(1_000_000).unwrap();
    let kind = AllowanceKind::Credit;
    let allowance = Allowance { kind, units, zone, breadth: 1, window: None, bonus: false };
    LineCommand::Grant { allowance, valid_until: None }
}

/// Every row of a table as text, in the order of its columns.
fn rows(path: &Path, table: &str) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = statement.column_count();
    let text = |row: &rusqlite::Row<'_>| {
        let values = (0..columns).map(|column| format!("{:?}", row.get_ref(column)));
        Ok(values.collect::<Vec<_>>().join("|"))
    };
    let mut rows: Vec<String> =
        statement.query_map([], text).unwrap().map(Result::unwrap).collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn the_floor_leaves_what_the_commands_left() {
    let [a, b, _] = LINES;
    let scene = Scene::<Sqlite>::open().await;
    scene.run(b, credit()).await;
    let (new, old) = (scene.folder.path().join("farline.db"), scene.folder.path().join("old.db"));
    Connection::open(&new).unwrap().execute("VACUUM INTO ?1", [old.to_string_lossy()]).unwrap();

    for session in ["s1", "s2", "s3"] {
        scene.answer(a, event(session, 500)).await;
    }
    for _ in 0..2 {
        let LineCommand::Place(mut placing) = scene.place(b, OWN_BIG) else {
            panic!("not a placing")
        };
        placing.pay_with = PayWith::LineCredit;
        scene.order(b, LineCommand::Place(placing)).await;
    }
    let folder = scene.close();

    let floor = write_again(&new, &old).unwrap();
    assert_eq!(floor.commands, 5);
    for table in TABLES {
        let (expected, found) = (rows(&new, table), rows(&old, table));
        match table {
            // The last state of what is changed again and again stands in for each state before it,
            // and what is added up is added up more than once.
            "usage_days" | "usage_hours" => assert_eq!(found.len(), expected.len()),
            _ => assert_eq!(found, expected, "{table}"),
        }
    }
    drop(folder);
}

#[tokio::test]
async fn the_floor_of_an_import_has_the_rows_of_the_import() {
    let scene = Scene::<Sqlite>::open().await;
    let folder = scene.close();
    let (new, old) = (folder.path().join("farline.db"), folder.path().join("old.db"));
    let empty = SqliteStore::open(&old, OpenMode::ReadWrite).unwrap();
    empty.publish(catalogue(), noon()).await.unwrap();
    drop(empty);

    assert_eq!(copy_lines(&new, &old).unwrap().commands, LINES.len() as u64);
    for table in TABLES.into_iter().chain(["numbers", "iccids"]) {
        assert_eq!(rows(&new, table), rows(&old, table), "{table}");
    }
    assert!(!rows(&old, "journal").is_empty());
}
