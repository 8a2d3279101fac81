//! Listings and exchange rates as rows.

use super::Unreadable;
use super::values::to_json;
use farline_domain::comparison::{ExchangeRate, Listing};
use std::collections::BTreeSet;

/// A listing as its row: seller, code, body.
pub(crate) fn listing_row(listing: &Listing) -> Result<[String; 3], Unreadable> {
    let key = &listing.key;
    Ok([key.seller.to_string(), key.code.to_string(), to_json(listing)?])
}

/// The sellers of some listings, each once.
pub(crate) fn sellers_of(listings: &[Listing]) -> BTreeSet<String> {
    listings.iter().map(|listing| listing.key.seller.to_string()).collect()
}

/// A rate as its row: the two currencies, the source, body.
pub(crate) fn rate_row(rate: &ExchangeRate) -> Result<[String; 4], Unreadable> {
    let code = |currency: farline_domain::kernel::Currency| currency.code().to_owned();
    Ok([code(rate.from), code(rate.to), rate.source.clone(), to_json(rate)?])
}
