//! Named values of the installation.

use super::PostgresStore;
use super::fault::Fault;
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::{Settings, StoreError};

statements! {
    GET = "SELECT value FROM settings WHERE name = $1";
    PUT = "INSERT INTO settings (name, value) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

async fn get(store: &PostgresStore, name: &str) -> Result<Option<String>, Fault> {
    let row = store.session().await?.row(GET, &[&name]).await?;
    row.map(|row| Ok(row.text(0)?.to_owned())).transpose()
}

async fn put(store: &PostgresStore, name: &str, value: &str) -> Result<(), Fault> {
    store.session().await?.execute(PUT, &[&name, &value]).await?;
    Ok(())
}

#[async_trait]
impl Settings for PostgresStore {
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(get(self, name).await?)
    }

    async fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        Ok(put(self, name, value).await?)
    }
}
