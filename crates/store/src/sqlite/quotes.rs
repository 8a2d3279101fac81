//! Quotes as kept.

use super::SqliteStore;
use super::fault::Fault;
use crate::kept::values::{cell, from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::{Quotes, StoreError};
use farline_domain::kernel::{Cells, Instant, QuoteId};
use farline_domain::orders::Quote;
use rusqlite::{OptionalExtension, params};

statements! {
    PUT = "INSERT INTO quotes (cell, id, expires_at, body) VALUES (?1, ?2, ?3, ?4)";
    GET = "SELECT body FROM quotes WHERE cell = ?1 AND id = ?2";
    FORGET = "DELETE FROM quotes WHERE cell BETWEEN ?1 AND ?2 AND expires_at < ?3";
}

#[async_trait]
impl Quotes for SqliteStore {
    async fn put_quote(&self, quote: &Quote) -> Result<(), StoreError> {
        let body = to_json(quote).map_err(Fault::from)?;
        let (id, expires_at) = (quote.id, quote.expires_at.millis());
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(PUT)?;
            statement.execute(params![cell(id.cell()), id.to_bytes(), expires_at, body])?;
            Ok(())
        })
        .await
    }

    async fn quote(&self, id: QuoteId) -> Result<Option<Quote>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(GET)?;
            let body: Option<String> = statement
                .query_row(params![cell(id.cell()), id.to_bytes()], |row| row.get(0))
                .optional()?;
            Ok(body.map(|body| from_json(&body)).transpose()?)
        })
    }

    async fn forget_quotes(
        &self,
        cells: Cells,
        expired_before: Instant,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let mut statement = connection.prepare_cached(FORGET)?;
            let range = params![cells.first, cells.last, expired_before.millis()];
            let forgotten = statement.execute(range)?;
            Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
        })
        .await
    }
}
