//! Every SQL statement of the store is prepared on a migrated database, obeys the rule of cells, and,
//! where it is hot, looks rows up by keys.

use super::{
    CommitScope, PostgresOptions, PostgresStore, accounts, accounts_change, auto_renew, by_hand,
    catalogue, charging, check, check_shops, check_subjects, claims, committer, comparison,
    condition, days, deeds, find, floor, hotline, import, jobs, leases, ledger, limits, lines,
    load, marketing, moving, open, orders, partners, passkeys, quotes, records, refund_requests,
    reminders, requests, save, settings, shops, spread, staff, staff_change, subjects,
    subjects_save, trial, voice, vouchers,
};
use crate::OpenMode;
use farline_testkit::PostgresServer;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, NoTls};

/// Tables that are the same everywhere.
const WITHOUT_CELLS: &[&str] = &[
    "dated_versions",
    "exchange_rates",
    "lease_holders",
    "listings",
    "operators",
    "partner_keys",
    "partners",
    "plan_versions",
    "plans",
    "promotions",
    "refinery_schema_history",
    "settings",
    "staff",
    "staff_audit",
    "staff_challenges",
    "staff_passkeys",
    "staff_sessions",
    "staff_targets",
    "stopped_plans",
    "tax_tables",
    "voucher_batches",
    "zones",
];

const SCOPES: [CommitScope; 3] = [CommitScope::Any, CommitScope::OneCell, CommitScope::OneHome];

type Named = (&'static str, &'static str, &'static str);

fn named(file: &'static str, statements: &'static [(&'static str, &'static str)]) -> Vec<Named> {
    statements.iter().map(|(name, sql)| (file, *name, *sql)).collect()
}

/// Those that every command on a line may run. Their first parameter is a cell.
fn hot() -> Vec<Named> {
    let files =
        [("claims", claims::STATEMENTS), ("load", load::STATEMENTS), ("save", save::STATEMENTS)];
    files.into_iter().flat_map(|(file, statements)| named(file, statements)).collect()
}

fn others() -> Vec<Named> {
    let files = [
        ("accounts", accounts::statements()),
        ("accounts_change", accounts_change::statements()),
        ("accounts_change/erase", accounts_change::erase_statements()),
        ("auto_renew", auto_renew::statements()),
        ("by_hand", by_hand::statements()),
        ("catalogue", catalogue::statements()),
        ("charging", charging::statements()),
        ("check", check::statements()),
        ("check_shops", check_shops::statements()),
        ("check_subjects", check_subjects::statements()),
        ("committer", committer::statements()),
        ("comparison", comparison::statements()),
        ("condition", condition::statements()),
        ("days", days::statements()),
        ("deeds", deeds::statements()),
        ("find", find::statements()),
        ("floor", floor::statements()),
        ("hotline", hotline::statements()),
        ("import", import::statements()),
        ("jobs", jobs::statements()),
        ("leases", leases::statements()),
        ("ledger", ledger::statements()),
        ("limits", limits::statements()),
        ("lines", lines::statements()),
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
        ("settings", settings::statements()),
        ("shops", shops::statements()),
        ("spread", spread::statements()),
        ("staff", staff::statements()),
        ("staff_change", staff_change::statements()),
        ("subjects", subjects::statements()),
        ("subjects_save", subjects_save::statements()),
        ("trial", trial::statements()),
        ("voice", voice::statements()),
        ("vouchers", vouchers::statements()),
    ];
    files.into_iter().flat_map(|(file, statements)| named(file, statements)).collect()
}

struct Migrated {
    client: Client,
    database: String,
}

impl Migrated {
    async fn open() -> Self {
        let server = PostgresServer::shared();
        let database = server.database();
        let url = server.url(&database);
        let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
        drop(PostgresStore::open(&url, options).await.unwrap());
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        Self { client, database }
    }

    async fn tables_with_cells(&self) -> Vec<String> {
        let sql = "SELECT table_name::text FROM information_schema.columns \
            WHERE table_schema = 'public' AND column_name = 'cell' ORDER BY 1";
        self.client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }
}

impl Drop for Migrated {
    fn drop(&mut self) {
        PostgresServer::shared().discard(&self.database);
    }
}

fn words(sql: &str) -> Vec<&str> {
    sql.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect()
}

#[tokio::test]
async fn every_statement_can_be_prepared() {
    let migrated = Migrated::open().await;
    for (file, name, sql) in others() {
        if let Err(error) = migrated.client.prepare(sql).await {
            panic!("{file}::{name}: {:?}\n{sql}", error.as_db_error());
        }
    }
    for scope in SCOPES {
        for (file, name, sql) in hot() {
            let sql = scope.bind(sql);
            if let Err(error) = migrated.client.prepare_typed(&sql, &[Type::INT2]).await {
                panic!("{file}::{name}: {:?}\n{sql}", error.as_db_error());
            }
        }
    }
}

#[tokio::test]
async fn every_statement_over_a_table_with_cells_names_the_cell() {
    let migrated = Migrated::open().await;
    let tables = migrated.tables_with_cells().await;
    for (file, name, sql) in others().into_iter().chain(hot()) {
        // `limits` and `lines` are words of SQL texts only as tables; `numbers` and the like too.
        let words = words(sql);
        if let Some(table) = tables.iter().find(|table| words.contains(&table.as_str())) {
            assert!(words.contains(&"cell"), "{file}::{name} touches {table} without its cell");
        }
    }
}

#[tokio::test]
async fn every_table_has_its_cell_first_in_every_key() {
    let migrated = Migrated::open().await;
    let sql = "SELECT c.relname::text, i.relname::text, a.attname::text FROM pg_index x \
        JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
        JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0] \
        WHERE x.indisunique ORDER BY 1, 2";
    let mut seen = 0;
    for row in migrated.client.query(sql, &[]).await.unwrap() {
        let (table, index, first): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        if !WITHOUT_CELLS.contains(&table.as_str()) {
            assert_eq!(first, "cell", "{index} of {table}");
            seen += 1;
        }
    }
    let beside = "and line_holders, subject_reservations_held";
    assert_eq!(seen, migrated.tables_with_cells().await.len() + 2, "{beside}");
    let triggers = "SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal";
    let sequences = "SELECT COUNT(*) FROM pg_class WHERE relkind = 'S'";
    for sql in [triggers, sequences] {
        let count: i64 = migrated.client.query_one(sql, &[]).await.unwrap().get(0);
        assert_eq!(count, 0, "{sql}");
    }
}

#[tokio::test]
async fn every_hot_statement_is_bound_to_one_cell_and_looks_rows_up_by_keys() {
    let migrated = Migrated::open().await;
    // Some orders are unfinished: an empty index is read whole, as nothing is faster.
    let fill = "SET session_replication_role = replica; INSERT INTO orders \
        SELECT n % 1024, decode(lpad(to_hex(n), 32, '0'), 'hex'), \
        decode(lpad(to_hex(n), 32, '0'), 'hex'), 'paid', NULL, '{}' \
        FROM generate_series(1, 20000) AS n; ANALYZE orders";
    PostgresServer::shared().superuser(&migrated.database, fill);
    migrated.client.batch_execute(committer::SETTINGS).await.unwrap();
    for scope in SCOPES {
        for (number, (file, name, sql)) in hot().into_iter().enumerate() {
            let plan = plan_of(&migrated.client, (number, scope), sql).await;
            assert!(!plan.contains("Seq Scan"), "{file}::{name}:\n{plan}");
            let reads = !sql.starts_with("INSERT");
            if reads {
                let conditions: Vec<&str> =
                    plan.lines().filter(|line| line.contains("Index Cond")).collect();
                let bound = conditions.iter().any(|line| line.contains("cell = "));
                assert!(bound, "{file}::{name} is not looked up by its cell:\n{plan}");
            }
            if let Some(leaving) = leaves_its_cells(scope, sql) {
                panic!("{file}::{name} leaves its cells:\n{leaving}");
            }
        }
    }
}

/// What a command on a subject runs stays in the one cell of the subject, and looks rows up by keys.
#[tokio::test]
async fn every_statement_of_a_subjects_command_is_bound_to_its_cell() {
    let migrated = Migrated::open().await;
    let lines_up = ["TO_LOOK_AT"];
    let files = [("subjects", subjects::statements()), ("save", subjects_save::statements())];
    let named = files.into_iter().flat_map(|(file, statements)| named(file, statements));
    // An empty table is read whole, as nothing is faster; this is how a full one is read.
    migrated.client.batch_execute("SET enable_seqscan = off").await.unwrap();
    for (file, name, sql) in named.filter(|(_, name, _)| !lines_up.contains(name)) {
        let bound = ["cell = $1", "VALUES ($1", "SELECT $1::smallint"];
        assert!(
            bound.iter().any(|how| sql.contains(how)),
            "{file}::{name} leaves its cell:\n{sql}"
        );
        let prepared = migrated.client.prepare(sql).await.unwrap();
        let nulls = vec!["NULL"; prepared.params().len()].join(", ");
        let types: Vec<&str> = prepared.params().iter().map(Type::name).collect();
        let types = types.iter().map(|name| match name.strip_prefix('_') {
            Some(of) => format!("{of}[]"),
            None => (*name).to_owned(),
        });
        let types = types.collect::<Vec<_>>().join(", ");
        let prepare = format!("PREPARE subject_{file}_{name} ({types}) AS {sql}");
        migrated.client.batch_execute("SET plan_cache_mode = force_generic_plan").await.unwrap();
        migrated.client.batch_execute(&prepare).await.unwrap();
        let explain = format!("EXPLAIN (COSTS OFF) EXECUTE subject_{file}_{name} ({nulls})");
        let rows = migrated.client.simple_query(&explain).await.unwrap();
        let plan = text_of(&rows);
        assert!(!plan.contains("Seq Scan"), "{file}::{name}:\n{plan}");
        if !sql.starts_with("INSERT") {
            let by_cell =
                plan.lines().any(|line| line.contains("Index Cond") && line.contains("cell = $1"));
            assert!(by_cell, "{file}::{name} is not looked up by its cell:\n{plan}");
        }
    }
}

/// What is typed at the desk reaches its rows by one index over all cells, and nothing is put in order that
/// the index has in order, so that a common start costs no more than a rare one.
#[tokio::test]
async fn every_search_is_a_scan_of_its_index() {
    let migrated = Migrated::open().await;
    let fill = "SET session_replication_role = replica; \
        INSERT INTO numbers SELECT n % 1024, '+1416' || n, decode(lpad(to_hex(n), 32, '0'), 'hex') \
        FROM generate_series(2000000, 2030000) AS n; \
        INSERT INTO iccids SELECT n % 1024, '8930299' || n, decode(lpad(to_hex(n), 32, '0'), 'hex') \
        FROM generate_series(10000000, 10030000) AS n; \
        INSERT INTO holder_names SELECT n % 1024, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'n' || n \
        FROM generate_series(1, 30000) AS n; \
        INSERT INTO holder_terms SELECT n % 1024, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'n' || n \
        FROM generate_series(1, 30000) AS n; \
        INSERT INTO account_contacts SELECT n % 1024, decode(lpad(to_hex(n), 32, '0'), 'hex'), \
        decode(lpad(to_hex(n), 32, '0'), 'hex'), 'email', n || '@example.org', \
        decode(lpad(to_hex(n), 64, '0'), 'hex'), 0 FROM generate_series(1, 30000) AS n; \
        ANALYZE numbers, iccids, holder_names, holder_terms, account_contacts";
    PostgresServer::shared().superuser(&migrated.database, fill);
    migrated.client.batch_execute(open::SETTINGS).await.unwrap();
    let by = [
        ("NUMBERS", "numbers_by_start"),
        ("NUMBER_ENDS", "numbers_by_end"),
        ("CARDS", "iccids_by_start"),
        ("CARD_ENDS", "iccids_by_end"),
        ("ACCOUNTS", "account_contacts_by_address"),
        ("COUNT_WORD", "holder_terms_by_term"),
        ("TERMS", "holder_terms_by_term"),
        ("NAMES_OF", "holder_names_pkey"),
    ];
    migrated.client.batch_execute("SET plan_cache_mode = force_generic_plan").await.unwrap();
    for (name, index) in by {
        let (_, sql) = find::statements().iter().find(|(named, _)| *named == name).unwrap();
        migrated.client.batch_execute(&format!("PREPARE find_{name} AS {sql}")).await.unwrap();
        let parameters = if sql.contains("$3") { 3 } else { 2 };
        let nulls = vec!["NULL"; parameters].join(", ");
        let explain = format!("EXPLAIN (COSTS OFF) EXECUTE find_{name} ({nulls})");
        let plan = text_of(&migrated.client.simple_query(&explain).await.unwrap());
        assert!(plan.contains(index), "{name} does not use {index}:\n{plan}");
        assert!(!plan.contains("Seq Scan"), "{name}:\n{plan}");
        // One of ten thousand numbers ends in the same four digits: these are put in order.
        let sorted = plan.contains("Sort") && !name.ends_with("_ENDS");
        assert!(!sorted, "{name}:\n{plan}");
    }
}

/// What the staff did on a day is read from that day's rows.
#[tokio::test]
async fn every_count_of_deeds_reads_its_own_time_by_an_index() {
    let migrated = Migrated::open().await;
    let id = "decode(lpad(to_hex(n), 32, '0'), 'hex')";
    let fill = format!(
        "SET session_replication_role = replica; \
        INSERT INTO calls (cell, id, line, caller, started_at, active_at, failures) \
        SELECT n % 1024, {id}, {id}, 'card', n * 1000, n * 1000, 0 FROM generate_series(1, 30000) AS n; \
        INSERT INTO manual_payments SELECT n % 1024, 'taken', 'cash', 'R' || n, {id}, 0, 'CAD', 100, {id}, n * 1000 \
        FROM generate_series(1, 30000) AS n; \
        INSERT INTO refund_requests SELECT n % 1024, {id}, {id}, {id}, 'CAD', 100, 'source', 'slow', {id}, n * 1000, \
        'done', {id}, n * 1000 FROM generate_series(1, 30000) AS n; \
        INSERT INTO journal (cell, line, number, at, actor, action, order_id, before, after, hash) \
        SELECT n % 1024, {id}, 1, n * 1000, CASE n % 100 WHEN 0 THEN 'stf_a' ELSE 'guest' END, \
        CASE n % 200 WHEN 0 THEN 'refund' ELSE 'resolve' END, {id}, '', '', '' FROM generate_series(1, 30000) AS n; \
        INSERT INTO orders SELECT n % 1024, {id}, {id}, 'delivered', CASE n % 500 WHEN 0 THEN n END, '{{}}' \
        FROM generate_series(1, 30000) AS n; \
        ANALYZE calls, manual_payments, refund_requests, journal, orders"
    );
    PostgresServer::shared().superuser(&migrated.database, &fill);
    migrated.client.batch_execute(open::SETTINGS).await.unwrap();
    let by = [
        ("CALLS", "calls_in_time"),
        ("BY_HAND", "manual_payments_in_time"),
        ("ASKED", "refund_requests_asked"),
        ("AGREED", "refund_requests_decided"),
        ("ALONE", "journal_of_staff"),
        ("DECIDED", "journal_of_staff"),
        ("WAITING", "orders_with_task"),
    ];
    assert_eq!(by.len(), deeds::statements().len());
    for (name, index) in by {
        let (_, sql) = deeds::statements().iter().find(|(named, _)| *named == name).unwrap();
        let sql = sql.replace("$1", "1000000").replace("$2", "1100000").replace("$3", "5000");
        let explain = format!("EXPLAIN (COSTS OFF) {sql}");
        let plan = text_of(&migrated.client.simple_query(&explain).await.unwrap());
        assert!(plan.contains(index), "{name} does not use {index}:\n{plan}");
        assert!(!plan.contains("Seq Scan"), "{name}:\n{plan}");
    }
}

/// A hot statement that may reach beyond the cells of its commit.
fn leaves_its_cells(scope: CommitScope, sql: &str) -> Option<String> {
    let (bound, home) = match scope {
        CommitScope::Any => return None,
        CommitScope::OneCell => ("t.cell = $1", "home.cell = $1"),
        CommitScope::OneHome => ("t.cell = ANY ($2)", "home.cell = ANY ($2)"),
    };
    let sql = scope.bind(sql);
    // An insertion takes its cell from a row that lives there: only then does it go there by itself.
    let stays = if sql.starts_with("INSERT") {
        let selects = sql.find("SELECT home.cell, ");
        let joins = sql.find(" JOIN cell_leases AS home ON ");
        selects.is_some() && joins > selects && sql.contains(home)
    } else {
        sql.contains(bound)
    };
    (!stays || sql.contains('{')).then_some(sql)
}

#[test]
fn a_hot_statement_that_leaves_its_cells_is_seen() {
    let scopes = [CommitScope::OneCell, CommitScope::OneHome];
    let wrong = [
        "UPDATE jobs AS t SET due = 1 FROM unnest($2::smallint[]) AS w (cell) WHERE t.cell = w.cell",
        "INSERT INTO jobs (cell) SELECT w.cell FROM unnest($2::smallint[]) AS w (cell)",
        "INSERT INTO jobs (cell) SELECT {cell}, w.x FROM other($2::smallint[]) AS v (x)",
        "SELECT 1 FROM unnest($2::smallint[]) AS w (cell) JOIN jobs AS t ON t.cell = w.cell",
    ];
    for (scope, sql) in scopes.into_iter().flat_map(|scope| wrong.map(|sql| (scope, sql))) {
        assert!(leaves_its_cells(scope, sql).is_some(), "{scope:?}: {sql}");
    }
}

/// Leases, jobs and what is done beside the pipeline: on a spread-out database each of these has to
/// stay with cells that live together, as it locks rows or is asked for again and again.
#[test]
fn what_works_on_cells_names_those_that_live_together() {
    let of = |file: &str, name: &str| {
        let all = others();
        let found = all.iter().find(|(of, named, _)| *of == file && *named == name);
        found.unwrap_or_else(|| panic!("{file}::{name} is gone")).2
    };
    for (file, name) in [
        ("leases", "RENEW"),
        ("leases", "RELEASE"),
        ("leases", "TAKE"),
        ("jobs", "DUE"),
        ("condition", "LEASES"),
    ] {
        let sql = of(file, name);
        let tables = sql.matches("cell_leases").count().max(1);
        assert!(sql.matches("cell = ANY($").count() >= tables, "{file}::{name}: {sql}");
    }
    for (file, name) in [("jobs", "FINISH"), ("jobs", "PUT_OFF")] {
        let sql = of(file, name);
        assert!(sql.contains("job.cell = $1") && sql.contains("lease.cell = $1"), "{sql}");
    }
    // A chain is followed on one machine only if each of its tables is told which.
    for (file, name, sql) in others() {
        if sql.contains("WITH RECURSIVE") {
            let tables = sql.matches(" JOIN ").count() - sql.matches("CROSS JOIN").count() + 1;
            let bound = sql.matches(".cell = $1").count();
            assert!(bound >= tables, "{file}::{name} names {bound} cells, {tables} wanted: {sql}");
        }
    }
    // Locking rows works in one place only. The staff have one as a whole.
    for (file, name, sql) in others() {
        if sql.contains("FOR UPDATE") {
            let whole = sql.contains(" FROM staff WHERE ");
            let bound = whole || sql.contains("cell = $1") || sql.contains("cell = ANY($5)");
            assert!(bound, "{file}::{name} locks rows of many cells: {sql}");
        }
    }
}

fn text_of(rows: &[tokio_postgres::SimpleQueryMessage]) -> String {
    let lines = rows.iter().filter_map(|row| match row {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_table_has_its_place_on_a_spread_out_database() {
    let migrated = Migrated::open().await;
    let url = PostgresServer::shared().url(&migrated.database);
    let address = super::address::Address::of(&url).unwrap();
    let session = super::session::Session::connect(&address, "").await.unwrap();
    let tables = spread::tables(&session).await.unwrap();
    let by_cell = |table: &&spread::Table| table.placement == spread::Placement::ByCell;
    let with_cells: Vec<&str> =
        tables.iter().filter(by_cell).map(|table| table.name.as_str()).collect();
    let mut sorted = with_cells.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, migrated.tables_with_cells().await);
    // A table is placed after those that it refers to.
    assert_eq!(with_cells[0], "lines");
    let place = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
    assert!(place("accounts") < place("account_contacts"));
    assert!(place("plan_versions") < place("plans"));
}

/// The plan of a prepared statement with arrays of nothing.
async fn plan_of(client: &Client, (number, scope): (usize, CommitScope), sql: &str) -> String {
    let sql = scope.bind(sql);
    let prepared = client.prepare_typed(&sql, &[Type::INT2]).await.unwrap();
    let name = format!("hot_{number}_{scope:?}");
    let types: Vec<&str> = prepared.params().iter().map(Type::name).collect();
    let types = types.join(", ").replace("_int2", "int2[]");
    let types = types.replace("_int4", "int4[]").replace("_int8", "int8[]");
    let types = types.replace("_bytea", "bytea[]").replace("_text", "text[]");
    client.batch_execute(&format!("PREPARE {name} ({types}) AS {sql}")).await.unwrap();
    let arrays = vec!["'{}'"; prepared.params().len() - 1].join(", ");
    let explain = format!("EXPLAIN (COSTS OFF) EXECUTE {name} (1, {arrays})");
    text_of(&client.simple_query(&explain).await.unwrap())
}
