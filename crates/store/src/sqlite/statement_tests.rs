//! Every SQL statement of the store is prepared on a migrated database, and obeys the rule of cells.

use super::{
    SqliteStore, accounts, accounts_change, auto_renew, backup, by_hand, catalogue, charging,
    check, check_shops, check_subjects, checkpoint, comparison, condition, days, deeds, find,
    hotline, import, jobs, ledger, limits, lines, load, marketing, moving, open, orders, partners,
    passkeys, quotes, records, refund_requests, reminders, requests, save, settings, shops, staff,
    staff_change, subjects, voice, vouchers, writer,
};
use crate::OpenMode;
use rusqlite::Connection;

/// Tables whose rows belong to a line, an order, a quote, a contact, a request or an account: all have
/// cells.
const WITH_CELLS: &[&str] = &[
    "callbacks",
    "partner_requests",
    "calls",
    "keypads",
    "line_documents",
    "line_notes",
    "accounts",
    "account_contacts",
    "account_audit",
    "account_lines",
    "line_people",
    "line_requests",
    "lines",
    "buckets",
    "reservations",
    "charging_sessions",
    "depletions",
    "usage_days",
    "usage_hours",
    "commands",
    "journal",
    "jobs",
    "orders",
    "receipts",
    "receipt_pdfs",
    "notices",
    "quotes",
    "contacts",
    "requests",
    "subjects",
    "subject_shares",
    "subject_reservations",
    "subject_entries",
    "account_methods",
    "auto_renew_notices",
    "consents",
    "refund_requests",
    "holder_names",
    "holder_terms",
    "reminders",
    "reminder_wishes",
    "marketing_choices",
    "shop_items",
    "shop_marks",
    "sms_offers",
    "spoken_consents",
    "vouchers",
];

fn all() -> Vec<(&'static str, &'static str, &'static str)> {
    let files = [
        ("accounts", accounts::statements()),
        ("accounts_change", accounts_change::statements()),
        ("auto_renew", auto_renew::statements()),
        ("accounts_change/erase", accounts_change::erase_statements()),
        ("backup", backup::statements()),
        ("by_hand", by_hand::statements()),
        ("catalogue", catalogue::statements()),
        ("charging", charging::statements()),
        ("check", check::statements()),
        ("check_shops", check_shops::statements()),
        ("check_subjects", check_subjects::statements()),
        ("checkpoint", checkpoint::statements()),
        ("comparison", comparison::statements()),
        ("condition", condition::statements()),
        ("hotline", hotline::statements()),
        ("days", days::statements()),
        ("deeds", deeds::statements()),
        ("find", find::statements()),
        ("import", import::statements()),
        ("jobs", jobs::statements()),
        ("ledger", ledger::statements()),
        ("limits", limits::statements()),
        ("lines", lines::statements()),
        ("load", load::statements()),
        ("marketing", marketing::statements()),
        ("moving", moving::statements()),
        ("open", open::statements()),
        ("orders", orders::statements()),
        ("partners", partners::statements()),
        ("passkeys", passkeys::statements()),
        ("quotes", quotes::statements()),
        ("records", records::statements()),
        ("refund_requests", refund_requests::statements()),
        ("reminders", reminders::statements()),
        ("requests", requests::statements()),
        ("save", save::statements()),
        ("settings", settings::statements()),
        ("shops", shops::statements()),
        ("staff", staff::statements()),
        ("staff_change", staff_change::statements()),
        ("subjects", subjects::statements()),
        ("voice", voice::statements()),
        ("vouchers", vouchers::statements()),
        ("writer", writer::statements()),
    ];
    let named = |(file, statements): (&'static str, &'static [(&'static str, &'static str)])| {
        statements.iter().map(move |(name, sql)| (file, *name, *sql))
    };
    files.into_iter().flat_map(named).collect()
}

fn migrated() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("farline.db");
    drop(SqliteStore::open(&path, OpenMode::ReadWrite).unwrap());
    let connection = Connection::open(path).unwrap();
    (folder, connection)
}

fn words(sql: &str) -> Vec<&str> {
    sql.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect()
}

#[test]
fn every_statement_can_be_prepared() {
    let (_folder, connection) = migrated();
    for (file, name, sql) in all() {
        if let Err(error) = connection.prepare(sql) {
            panic!("{file}::{name}: {error}\n{sql}");
        }
    }
}

#[test]
fn every_statement_over_a_table_with_cells_names_the_cell() {
    for (file, name, sql) in all() {
        let words = words(sql);
        let touched = WITH_CELLS.iter().find(|table| words.contains(table));
        if let Some(table) = touched {
            assert!(words.contains(&"cell"), "{file}::{name} touches {table} without its cell");
        }
    }
}

/// Those that are kept in the order of time have it second.
const IN_TIME: [&str; 4] = ["journal", "jobs", "orders", "receipts"];

#[test]
fn every_table_with_a_cell_has_it_first_in_its_key() {
    let (_folder, connection) = migrated();
    let mut tables = connection
        .prepare(
            "SELECT m.name, c.pk FROM sqlite_schema m, pragma_table_info(m.name) c \
            WHERE m.type = 'table' AND c.name = 'cell' ORDER BY m.name",
        )
        .unwrap();
    let found: Vec<(String, i64)> = tables
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut expected: Vec<(String, i64)> = WITH_CELLS
        .iter()
        .map(|name| (name.to_string(), 1 + i64::from(IN_TIME.contains(name))))
        .collect();
    expected.sort();
    assert_eq!(found, expected);
}

/// What is typed at the desk reaches its rows by an index, however many there are.
#[test]
fn every_search_is_a_scan_of_its_index() {
    let (_folder, connection) = migrated();
    for (name, sql) in find::statements() {
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
        let steps: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for step in &steps {
            let whole = step.starts_with("SCAN") && !step.contains("subquery");
            // People of one account, and nothing else, are put in order.
            let sorted = step.contains("TEMP B-TREE") && *name != "LINES_OF_ACCOUNT";
            assert!(!whole && !sorted, "{name}: {steps:#?}");
        }
    }
}

/// What the staff did on a day is read from that day's rows.
#[test]
fn every_count_of_deeds_reads_its_own_time_by_an_index() {
    let (_folder, connection) = migrated();
    let by = [
        ("CALLS", "INDEX calls_in_time"),
        ("BY_HAND", "INDEX manual_payments_in_time"),
        ("ASKED", "INDEX refund_requests_asked"),
        ("AGREED", "INDEX refund_requests_decided"),
        ("ALONE", "INDEX journal_of_staff"),
        ("DECIDED", "INDEX journal_of_staff"),
        ("WAITING", "INDEX orders_with_task"),
    ];
    assert_eq!(by.len(), deeds::statements().len());
    for (name, index) in by {
        let (_, sql) = deeds::statements().iter().find(|(named, _)| *named == name).unwrap();
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
        let steps: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(steps.iter().any(|step| step.contains(index)), "{name}: {steps:#?}");
        // Of waiting orders there are few, and the index has no others.
        let whole = steps.iter().any(|step| step.starts_with("SCAN"));
        assert!(!whole || name == "WAITING", "{name}: {steps:#?}");
    }
}

/// Whoever consented is looked up by their account, however many there are; so is what a line has left, by the line.
#[test]
fn what_is_looked_at_for_reminders_is_looked_up_by_keys() {
    let (_folder, connection) = migrated();
    let looked = [
        ("CHOICES", marketing::statements()),
        ("CHOSEN", marketing::statements()),
        ("LINES", reminders::statements()),
        ("LINE", reminders::statements()),
    ];
    for (name, statements) in looked {
        let (_, sql) = statements.iter().find(|(named, _)| *named == name).unwrap();
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
        let steps: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{name}: {steps:#?}");
    }
}

#[test]
fn every_table_is_strict() {
    let (_folder, connection) = migrated();
    let mut tables = connection
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
            AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name <> 'refinery_schema_history'",
        )
        .unwrap();
    let loose: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(loose, Vec::<String>::new());
}
