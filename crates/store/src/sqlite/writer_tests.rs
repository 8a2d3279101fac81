//! What the writer does when the disk does not.

use super::checkpoint::Logged;
use super::fault::Fault;
use super::writer::Writer;
use crate::kept::catalogue::SharedCatalogue;
use farline_app::ports::StoreError;
use rusqlite::{Connection, ErrorCode, ffi};

fn failure(code: i32) -> Fault {
    Fault::Sql(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
}

fn writer(folder: &tempfile::TempDir) -> Writer {
    let path = folder.path().join("small.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA max_page_count = 64; CREATE TABLE t (x);")
        .unwrap();
    Writer::start(Logged::start(connection, &path).unwrap(), SharedCatalogue::default()).unwrap()
}

fn insert(octets: u32) -> impl FnOnce(&Connection) -> Result<i64, Fault> + Send + 'static {
    move |connection| {
        connection.execute("INSERT INTO t VALUES (zeroblob(?1))", [octets])?;
        Ok(connection.query_row("SELECT COUNT(*) FROM t", [], |row| row.get(0))?)
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_heals() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(&folder);
    assert_eq!(writer.ordinary(insert(10)).await.unwrap(), 1);
    let full = writer.ordinary(insert(1_000_000)).await;
    assert!(matches!(full, Err(StoreError::Full)), "{full:?}");
    assert!(!writer.has_stopped());
    assert_eq!(writer.ordinary(insert(10)).await.unwrap(), 2);
}

#[tokio::test]
async fn a_failure_touches_only_its_own_work() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(&folder);
    let fails = |connection: &Connection| -> Result<i64, Fault> {
        connection.execute("INSERT INTO t VALUES (1)", [])?;
        Err(Fault::Refused("planted".to_owned()))
    };
    let (good, bad, better) = tokio::join!(
        writer.ordinary(insert(1)),
        writer.ordinary(fails),
        writer.ordinary(insert(1))
    );
    assert!(matches!(bad, Err(StoreError::Failed(why)) if why == "planted"));
    assert_eq!((good.unwrap(), better.unwrap()), (1, 2));
}

#[tokio::test]
async fn after_a_failed_flush_nothing_more_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(&folder);
    let flush = |_: &Connection| -> Result<i64, Fault> { Err(failure(ffi::SQLITE_IOERR_FSYNC)) };
    // While the writer is held up, two pieces of work come in: they are in one transaction then.
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (release, held) = std::sync::mpsc::channel();
    let hold_up = move |_: &Connection| -> Result<(), Fault> {
        begun.send(()).unwrap();
        held.recv().unwrap();
        Ok(())
    };
    let (held_up, (good, bad, ())) = tokio::join!(writer.ordinary(hold_up), async {
        has_begun.await.unwrap();
        let later = async { release.send(()).unwrap() };
        tokio::join!(writer.ordinary(insert(1)), writer.ordinary(flush), later)
    });
    held_up.unwrap();
    assert!(good.is_err(), "it was in the same transaction");
    assert!(bad.is_err());
    let later = writer.ordinary(insert(1)).await;
    assert!(matches!(later, Err(StoreError::Failed(_))), "{later:?}");
    assert!(writer.has_stopped());
    drop(writer);
    let connection = Connection::open(folder.path().join("small.db")).unwrap();
    let rows: i64 = connection.query_row("SELECT COUNT(*) FROM t", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn a_log_index_that_cannot_grow_is_a_full_disk() {
    assert!(matches!(StoreError::from(failure(0x130a)), StoreError::Full));
    assert!(matches!(StoreError::from(failure(ffi::SQLITE_FULL)), StoreError::Full));
    assert!(matches!(StoreError::from(failure(ffi::SQLITE_IOERR)), StoreError::Failed(_)));
    let code = ffi::Error::new(0x130a).code;
    assert_eq!(code, ErrorCode::SystemIoFailure);
}
