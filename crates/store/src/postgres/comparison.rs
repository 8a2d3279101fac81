//! Listings of every channel, and exchange rates.

use super::PostgresStore;
use super::catalogue::bodies;
use super::fault::Fault;
use crate::kept::comparison::{listing_row, rate_row, sellers_of};
use async_trait::async_trait;
use farline_app::ports::{Listings, StoreError};
use farline_domain::comparison::{ExchangeRate, Listing};

statements! {
    LISTINGS = "SELECT body FROM listings ORDER BY seller, code";
    CLEAR_SELLER = "DELETE FROM listings WHERE seller = $1";
    KEEP_LISTING = "INSERT INTO listings (seller, code, body) VALUES ($1, $2, $3)";
    RATES = "SELECT body FROM exchange_rates ORDER BY sold, bought, source";
    KEEP_RATE = "INSERT INTO exchange_rates (sold, bought, source, body) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (sold, bought, source) DO UPDATE SET body = excluded.body";
}

async fn keep_listings(store: &PostgresStore, listings: &[Listing]) -> Result<(), Fault> {
    let sellers = sellers_of(listings);
    let rows = listings.iter().map(listing_row).collect::<Result<Vec<_>, _>>()?;
    transaction!(store, |session| {
        for seller in &sellers {
            session.execute(CLEAR_SELLER, &[seller]).await?;
        }
        for [seller, code, body] in &rows {
            session.execute(KEEP_LISTING, &[seller, code, body]).await?;
        }
        Ok(())
    })
}

async fn keep_rates(store: &PostgresStore, rates: &[ExchangeRate]) -> Result<(), Fault> {
    let rows = rates.iter().map(rate_row).collect::<Result<Vec<_>, _>>()?;
    transaction!(store, |session| {
        for [from, to, source, body] in &rows {
            session.execute(KEEP_RATE, &[from, to, source, body]).await?;
        }
        Ok(())
    })
}

#[async_trait]
impl Listings for PostgresStore {
    async fn listings(&self) -> Result<Vec<Listing>, StoreError> {
        Ok(bodies(&*self.session().await?, LISTINGS).await?)
    }

    async fn keep_listings(&self, listings: &[Listing]) -> Result<(), StoreError> {
        Ok(keep_listings(self, listings).await?)
    }

    async fn exchange_rates(&self) -> Result<Vec<ExchangeRate>, StoreError> {
        Ok(bodies(&*self.session().await?, RATES).await?)
    }

    async fn keep_exchange_rates(&self, rates: &[ExchangeRate]) -> Result<(), StoreError> {
        Ok(keep_rates(self, rates).await?)
    }
}
