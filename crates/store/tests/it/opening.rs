//! Who may open a store, and when it stops.

use crate::scene::{LINES, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::{Catalogues, Lines, Settings, StoreError};
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use farline_testkit::{catalogue, noon};
use rusqlite::Connection;

on_every_store! {
    published_versions_stay_and_equal_plans_keep_theirs
}

#[tokio::test]
async fn one_writes_and_many_read() {
    let scene = Scene::<Sqlite>::open().await;
    let path = scene.store.path().to_owned();
    let second = SqliteStore::open(&path, OpenMode::ReadWrite);
    assert!(matches!(&second, Err(StoreError::Failed(why)) if why.contains("another process")));
    let reader = SqliteStore::open(&path, OpenMode::ReadOnly).unwrap();
    assert!(reader.line(LINES[0].id()).await.unwrap().is_some());
    assert_eq!(reader.catalogue().operators.len(), 2);
    assert!(reader.put_setting("name", "value").await.is_err());
    scene.store.put_setting("name", "value").await.unwrap();
    assert_eq!(reader.setting("name").await.unwrap().as_deref(), Some("value"));
    assert_eq!(reader.violations().await.unwrap(), []);
}

#[test]
fn what_is_not_a_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("farline.db");
    assert!(SqliteStore::open(&path, OpenMode::ReadOnly).is_err());
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    let opened = SqliteStore::open(&path, OpenMode::ReadOnly);
    assert!(matches!(opened, Err(StoreError::Unreadable(_))), "{opened:?}");
    std::fs::write(&path, [7; 5000]).unwrap();
    assert!(SqliteStore::open(&path, OpenMode::ReadWrite).is_err());
}

/// A server that is reached and says nothing: a stopped one, or something else at that address.
#[tokio::test]
async fn a_database_that_says_nothing_is_not_waited_for() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://farline@{}/farline", silent.local_addr().unwrap());
    let opened =
        PostgresStore::open(&url, PostgresOptions::new(OpenMode::ReadWrite, [7; 16])).await;
    let why = opened.unwrap_err().to_string();
    assert!(why.contains("reached but has not answered within 5 s"), "{why}");
}

async fn published_versions_stay_and_equal_plans_keep_theirs<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    assert_eq!(store.publish(catalogue(), noon()).await.unwrap(), 0);
    let mut changed = catalogue();
    let (code, mut plan) = changed.plans.pop_first().unwrap();
    changed.plans.pop_first();
    plan.price.minor += 100;
    changed.plans.insert(code.clone(), plan.clone());
    assert_eq!(store.publish(changed, noon()).await.unwrap(), 1);
    let current = store.catalogue();
    assert_eq!((current.plans.len(), current.plans[&code].version), (2, 2));
    let first = store.plan_version(&code, 1).await.unwrap().unwrap();
    assert_eq!(first.price.minor + 100, plan.price.minor);
    assert_eq!(store.plan_version(&code, 3).await.unwrap(), None);
    // Going back to what was sold before is a new version too.
    assert_eq!(store.publish(catalogue(), noon()).await.unwrap(), 1);
    assert_eq!(store.catalogue().plans[&code].version, 3);
    let folder = scene.close();
    let store = M::open(folder.path()).await;
    assert_eq!(store.catalogue().plans.len(), 3);
    assert_eq!(store.catalogue().plans[&code].version, 3);
}

#[tokio::test]
async fn what_is_written_once_cannot_be_changed() {
    let scene = Scene::<Sqlite>::open().await;
    let order = scene.paid(LINES[0], farline_testkit::OWN_BIG).await;
    farline_app::ports::Orders::keep_pdf(&scene.store, order.id, vec![1]).await.unwrap();
    let folder = scene.close();
    let connection = Connection::open(folder.path().join("farline.db")).unwrap();
    for table in ["journal", "receipts", "receipt_pdfs", "plan_versions"] {
        let column = if table == "plan_versions" { "code" } else { "cell" };
        for sql in
            [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")]
        {
            let refused = connection.execute(&sql, []);
            assert!(refused.is_err_and(|error| error.to_string().contains("never")), "{sql}");
        }
    }
    let overdrawn = connection.execute("UPDATE buckets SET used = granted + 1", []);
    assert!(overdrawn.is_err());
}

#[tokio::test]
async fn a_reader_of_postgresql_changes_nothing() {
    let scene = Scene::<Postgres>::open().await;
    let url = Postgres::url(scene.folder.path());
    let options = PostgresOptions::new(OpenMode::ReadOnly, [9; 16]);
    let reader = PostgresStore::open(&url, options).await.unwrap();
    assert!(reader.line(LINES[0].id()).await.unwrap().is_some());
    assert_eq!(reader.catalogue().operators.len(), 2);
    assert!(reader.put_setting("name", "value").await.is_err());
    scene.store.put_setting("name", "value").await.unwrap();
    assert_eq!(reader.setting("name").await.unwrap().as_deref(), Some("value"));
    assert_eq!(reader.violations().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_a_database_of_ours_is_refused_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let options = PostgresOptions::new(OpenMode::ReadOnly, [9; 16]);
    let url = Postgres::url(folder.path());
    let opened = PostgresStore::open(&url, options.clone()).await;
    assert!(matches!(opened, Err(StoreError::Unreadable(_))), "{opened:?}");
    Postgres::discard(folder.path());
    let database = Postgres::database(folder.path());
    for wrong in [
        "postgres://farline:tell-nobody@%2Fnowhere/x".to_owned(),
        "postgres://farline:tell-nobody@:port/x".to_owned(),
        format!("{url}_{database}?password=tell-nobody"),
        "postgres://farline:tell-nobody@localhost/x?sslmode=require".to_owned(),
    ] {
        let error = PostgresStore::open(&wrong, options.clone()).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("tell-nobody"), "{error}");
    }
}

#[tokio::test]
async fn the_right_to_change_what_is_written_once_is_given_up() {
    let scene = Scene::<Postgres>::open().await;
    scene.paid(LINES[0], farline_testkit::OWN_BIG).await;
    let folder = scene.close();
    let (client, connection) =
        tokio_postgres::connect(&Postgres::url(folder.path()), tokio_postgres::NoTls)
            .await
            .unwrap();
    tokio::spawn(connection);
    for table in ["journal", "receipts", "receipt_pdfs", "account_audit"] {
        for sql in [
            format!("UPDATE {table} SET cell = cell"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table}"),
        ] {
            let refused = client.batch_execute(&sql).await.unwrap_err();
            let code = refused.code().unwrap();
            assert_eq!(code, &tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE, "{sql}");
        }
    }
    let overdrawn = client.batch_execute("UPDATE buckets SET used = granted + 1").await;
    assert!(overdrawn.is_err());
}
