//! Who may open a store, and when it stops.

use crate::Sqlite;
use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::{Catalogues, Lines, Settings, StoreError};
use farline_store::{OpenMode, SqliteStore};
use farline_testkit::{catalogue, noon};
use rusqlite::Connection;

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
    assert_eq!(reader.check_invariants().unwrap(), []);
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

#[tokio::test]
async fn published_versions_stay_and_equal_plans_keep_theirs() {
    let scene = Scene::<Sqlite>::open().await;
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
    let store = Sqlite::open(folder.path());
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
    for table in [
        "bucket_entries",
        "money_sets",
        "money_entries",
        "receipts",
        "receipt_pdfs",
        "audit",
        "plan_versions",
    ] {
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
