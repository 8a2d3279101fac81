//! Taking in what others ask, and what their currencies are worth.

use eyre::{Result, eyre};
use farline_app::App;
use farline_app::imports::{ListingsContext, read_listings, read_rates};
use farline_app::ports::{Catalogues, Partners};
use farline_domain::comparison::ExchangeRate;
use farline_domain::kernel::Instant;
use farline_domain::orders::ShopCode;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use std::collections::BTreeSet;

/// The last day that has begun anywhere at an instant.
pub(crate) fn last_day_of(now: Instant) -> Date {
    now.timestamp().to_zoned(TimeZone::fixed(offset(14))).date()
}

/// What listings are checked against.
pub(crate) async fn context<S>(
    store: &S,
    shops: BTreeSet<ShopCode>,
    now: Instant,
) -> Result<ListingsContext>
where
    S: Catalogues + Partners + ?Sized,
{
    let partners = store.partners().await?;
    Ok(ListingsContext {
        operators: store.catalogue().operators.keys().cloned().collect(),
        partners: partners.into_iter().map(|partner| partner.code).collect(),
        shops,
        today: last_day_of(now),
    })
}

/// Keeps listings in place of all that their sellers had.
pub(crate) async fn keep_listings(app: &App, name: &str, octets: &[u8]) -> Result<String> {
    let shops = app.shops.each().map(|shop| shop.name.clone()).collect();
    let context = context(&*app.store, shops, app.now()).await?;
    let listings = read_listings(name, octets, &context);
    let listings = listings.map_err(|fault| eyre!("{fault}"))?;
    app.store.keep_listings(&listings).await?;
    let sellers: BTreeSet<_> = listings.iter().map(|listing| &listing.key.seller).collect();
    let (count, sellers) = (listings.len(), sellers.len());
    Ok(format!("{count} listings of {sellers} sellers are in, in place of what these had."))
}

/// Keeps exchange rates, each in place of the one that its source had.
pub(crate) async fn keep_rates(app: &App, name: &str, octets: &[u8]) -> Result<String> {
    let rates =
        read_rates(name, octets, last_day_of(app.now())).map_err(|fault| eyre!("{fault}"))?;
    app.store.keep_exchange_rates(&rates).await?;
    let told: Vec<String> = rates.iter().map(told).collect();
    Ok(format!("{} rates are in: {}.", rates.len(), told.join("; ")))
}

fn told(rate: &ExchangeRate) -> String {
    let ExchangeRate { from, to, rate, dated, source } = rate;
    format!("1 {} is {rate} {} ({source}, {dated})", from.code(), to.code())
}
