//! Named values of the installation.

use super::SqliteStore;
use async_trait::async_trait;
use farline_app::ports::{Settings, StoreError};
use rusqlite::{OptionalExtension, params};

statements! {
    GET = "SELECT value FROM settings WHERE name = ?1";
    PUT = "INSERT INTO settings (name, value) VALUES (?1, ?2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

#[async_trait]
impl Settings for SqliteStore {
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(GET)?;
            Ok(statement.query_row([name], |row| row.get(0)).optional()?)
        })
    }

    async fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.write(move |connection| {
            connection.prepare_cached(PUT)?.execute(params![name, value])?;
            Ok(())
        })
        .await
    }
}
