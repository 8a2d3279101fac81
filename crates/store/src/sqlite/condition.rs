//! How the file is doing.

use super::SqliteStore;
use crate::condition::Condition;
use farline_app::ports::StoreError;

statements! {
    MIGRATIONS = "SELECT version || ' ' || name FROM refinery_schema_history ORDER BY version";
}

pub(super) fn condition(store: &SqliteStore) -> Result<Condition, StoreError> {
    let migrations = store.read(|connection| {
        let mut statement = connection.prepare(MIGRATIONS)?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<Vec<String>, _>>()?)
    })?;
    let server = format!("SQLite {}", rusqlite::version());
    Ok(Condition { server, migrations, ..Condition::default() })
}
