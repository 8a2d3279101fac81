//! The simulation of the whole house on each store: seed by seed, each to its rest.

use crate::scene::{Postgres, StoreMaker as _};
use async_trait::async_trait;
use farline_app::ports::Store;
use farline_store::{Database, OpenMode, PostgresStore, SqliteStore};
use farline_testkit::simulation::{Home, Length, Ran, simulate};
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;

/// How long the simulation of one seed is: on a file, and on a server, where each step is a journey.
const LONG: Length = Length { operations: 5_000, lines: 12 };
const SHORT: Length = Length { operations: 1_500, lines: 6 };

/// A folder in memory, where there is one: what is simulated is the program's end, not the machine's.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// One process on a file.
struct File {
    folder: TempDir,
    store: Mutex<Weak<SqliteStore>>,
}

#[async_trait]
impl Home for File {
    async fn open(&self) -> Arc<dyn Store> {
        let path = self.folder.path().join("farline.db");
        let store = Arc::new(SqliteStore::open(&path, OpenMode::ReadWrite).unwrap());
        *self.store.lock().unwrap() = Arc::downgrade(&store);
        store
    }

    async fn violations(&self) -> Vec<String> {
        let store = self.store.lock().unwrap().upgrade().unwrap();
        store.violations().await.unwrap().iter().map(ToString::to_string).collect()
    }

    fn processes(&self) -> usize {
        1
    }
}

/// Two processes on a server.
struct Server {
    folder: TempDir,
    store: Mutex<Weak<PostgresStore>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        Postgres::discard(self.folder.path());
    }
}

#[async_trait]
impl Home for Server {
    async fn open(&self) -> Arc<dyn Store> {
        let store = Arc::new(Postgres::open(self.folder.path()).await);
        *self.store.lock().unwrap() = Arc::downgrade(&store);
        store
    }

    async fn violations(&self) -> Vec<String> {
        let store = self.store.lock().unwrap().upgrade().unwrap();
        store.violations().await.unwrap().iter().map(ToString::to_string).collect()
    }

    fn processes(&self) -> usize {
        2
    }
}

fn in_sqlite(seed: u64, length: Length) -> Result<Ran, String> {
    simulate(&File { folder: folder(), store: Mutex::default() }, seed, length)
}

fn in_postgresql(seed: u64, length: Length) -> Result<Ran, String> {
    simulate(&Server { folder: folder(), store: Mutex::default() }, seed, length)
}

/// A simulation of a kind: from a seed, so long.
type Simulating = fn(u64, Length) -> Result<Ran, String>;

/// Runs seeds from one on until so many operations have been simulated.
fn simulated((run, length): (Simulating, Length), (first, operations): (u64, u64)) -> (u64, u64) {
    let (mut seeds, mut done) = (0, 0);
    while done < operations {
        match run(first + seeds, length) {
            Ok(ran) => done += ran.operations,
            Err(found) => panic!("{found}"),
        }
        seeds += 1;
    }
    (seeds, done)
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().filter(|text| !text.is_empty()).map(|text| text.parse().unwrap())
}

/// Which seed is first, and how many operations: `FARLINE_SEED` chooses one seed, and
/// `FARLINE_OPERATIONS` another number.
fn wanted(few: u64, many: u64) -> (u64, u64) {
    let is_full = std::env::var("FARLINE_FULL").is_ok_and(|full| !full.is_empty());
    let usual = if is_full { many } else { few };
    let seed = number("FARLINE_SEED");
    let operations = number("FARLINE_OPERATIONS").unwrap_or(if seed.is_some() { 1 } else { usual });
    (seed.unwrap_or(1), operations)
}

#[test]
fn everything_comes_to_rest_in_sqlite() {
    simulated((in_sqlite, LONG), wanted(100_000, 50_000_000));
}

#[test]
fn everything_comes_to_rest_in_postgresql() {
    simulated((in_postgresql, SHORT), wanted(8_000, 1_000_000));
}

/// What is printed when a seed fails is worth something only if the seed fails again.
#[test]
fn the_same_seed_makes_the_same_run() {
    let length = Length { operations: 1_500, lines: 5 };
    let [once, again, other] = [11, 11, 12].map(|seed| in_sqlite(seed, length).unwrap());
    assert_eq!(once, again);
    assert_ne!(once.digest, other.digest);
    let [once, again] = [13, 13].map(|seed| in_postgresql(seed, length).unwrap());
    assert_eq!(once, again);
}
