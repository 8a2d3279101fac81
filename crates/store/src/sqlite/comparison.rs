//! Listings of every channel, and exchange rates.

use super::SqliteStore;
use super::catalogue::bodies;
use super::fault::Fault;
use crate::kept::comparison::{listing_row, rate_row, sellers_of};
use async_trait::async_trait;
use farline_app::ports::{Listings, StoreError};
use farline_domain::comparison::{ExchangeRate, Listing};
use rusqlite::params_from_iter;

statements! {
    LISTINGS = "SELECT body FROM listings ORDER BY seller, code";
    CLEAR_SELLER = "DELETE FROM listings WHERE seller = ?1";
    KEEP_LISTING = "INSERT INTO listings (seller, code, body) VALUES (?1, ?2, ?3)";
    RATES = "SELECT body FROM exchange_rates ORDER BY sold, bought, source";
    KEEP_RATE = "INSERT INTO exchange_rates (sold, bought, source, body) VALUES (?1, ?2, ?3, ?4) \
        ON CONFLICT (sold, bought, source) DO UPDATE SET body = excluded.body";
}

#[async_trait]
impl Listings for SqliteStore {
    async fn listings(&self) -> Result<Vec<Listing>, StoreError> {
        self.read(|connection| bodies(connection, LISTINGS))
    }

    async fn keep_listings(&self, listings: &[Listing]) -> Result<(), StoreError> {
        let sellers = sellers_of(listings);
        let rows = listings.iter().map(listing_row).collect::<Result<Vec<_>, _>>();
        let rows = rows.map_err(Fault::from)?;
        self.write(move |connection| {
            for seller in &sellers {
                connection.prepare_cached(CLEAR_SELLER)?.execute([seller])?;
            }
            for row in &rows {
                connection.prepare_cached(KEEP_LISTING)?.execute(params_from_iter(row))?;
            }
            Ok(())
        })
        .await
    }

    async fn exchange_rates(&self) -> Result<Vec<ExchangeRate>, StoreError> {
        self.read(|connection| bodies(connection, RATES))
    }

    async fn keep_exchange_rates(&self, rates: &[ExchangeRate]) -> Result<(), StoreError> {
        let rows = rates.iter().map(rate_row).collect::<Result<Vec<_>, _>>();
        let rows = rows.map_err(Fault::from)?;
        self.write(move |connection| {
            for row in &rows {
                connection.prepare_cached(KEEP_RATE)?.execute(params_from_iter(row))?;
            }
            Ok(())
        })
        .await
    }
}
