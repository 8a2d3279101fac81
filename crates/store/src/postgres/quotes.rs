//! Quotes as kept.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Octets, cell_of, range_of};
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::{Quotes, StoreError};
use farline_domain::kernel::{Cells, Instant, QuoteId};
use farline_domain::orders::Quote;

statements! {
    PUT = "INSERT INTO quotes (cell, id, expires_at, body) VALUES ($1, $2, $3, $4)";
    GET = "SELECT body FROM quotes WHERE cell = $1 AND id = $2";
    FORGET = "DELETE FROM quotes WHERE cell BETWEEN $1 AND $2 AND expires_at < $3";
}

async fn put(store: &PostgresStore, quote: &Quote) -> Result<(), Fault> {
    let (cell, id) = (cell_of(quote.id.cell()), Octets(quote.id.to_bytes()));
    let (expires_at, body) = (quote.expires_at.millis(), to_json(quote)?);
    store.session().await?.execute(PUT, &[&cell, &id, &expires_at, &body]).await?;
    Ok(())
}

async fn get(store: &PostgresStore, id: QuoteId) -> Result<Option<Quote>, Fault> {
    let (cell, id) = (cell_of(id.cell()), Octets(id.to_bytes()));
    let row = store.session().await?.row(GET, &[&cell, &id]).await?;
    row.map(|row| Ok(from_json(row.text(0)?)?)).transpose()
}

async fn forget(store: &PostgresStore, cells: Cells, before: Instant) -> Result<u64, Fault> {
    let [first, last] = range_of(cells);
    store.session().await?.execute(FORGET, &[&first, &last, &before.millis()]).await
}

#[async_trait]
impl Quotes for PostgresStore {
    async fn put_quote(&self, quote: &Quote) -> Result<(), StoreError> {
        Ok(put(self, quote).await?)
    }

    async fn quote(&self, id: QuoteId) -> Result<Option<Quote>, StoreError> {
        Ok(get(self, id).await?)
    }

    async fn forget_quotes(
        &self,
        cells: Cells,
        expired_before: Instant,
    ) -> Result<u64, StoreError> {
        Ok(forget(self, cells, expired_before).await?)
    }
}
