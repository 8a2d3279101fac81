//! The store's tests: the contract every store has to keep, and what is SQLite's own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod accounts;
mod concurrency;
mod contract;
mod corruption;
mod floor;
mod import;
mod opening;
mod property;
mod records;
mod scene;

use farline_store::{OpenMode, SqliteStore};
use scene::StoreMaker;
use std::path::Path;

/// Makes SQLite stores.
struct Sqlite;

impl StoreMaker for Sqlite {
    type Store = SqliteStore;

    fn open(folder: &Path) -> SqliteStore {
        SqliteStore::open(&folder.join("farline.db"), OpenMode::ReadWrite).unwrap()
    }

    fn violations(store: &SqliteStore) -> Vec<String> {
        store.check_invariants().unwrap().iter().map(ToString::to_string).collect()
    }
}

contract::tests!(crate::Sqlite);
