//! The contract of listings and exchange rates.

use crate::scene::{Scene, StoreMaker};
use farline_app::ports::Listings;
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::comparison::{
    ExchangeRate, Granted, Grants, ListedTax, Listing, ListingCode, ListingKey, Seller, UnitRate,
};
use farline_domain::kernel::{Currency, Money, Units};
use jiff::civil::{Date, date};

on_every_store! {
    a_sellers_listings_take_the_place_of_what_it_had
    a_source_has_one_rate_between_two_currencies
}

fn listing(seller: &str, code: &str, minor: i64) -> Listing {
    Listing {
        key: ListingKey {
            seller: Seller::parse(seller).unwrap(),
            code: ListingCode::parse(code).unwrap(),
        },
        name: format!("{code} · 流量"),
        operator: None,
        grants: Grants {
            data: Granted::Amount(Units::new(5_000_000_000).unwrap()),
            voice: Granted::Unlimited,
            messages: Granted::NOTHING,
        },
        validity: Validity::Days(30),
        start_rule: StartRule::SetExpiry,
        price: Money::cad(minor),
        tax: ListedTax::Included,
        fees: Money::cad(0),
        seen_on: date(2026, 11, 20),
    }
}

fn rate(source: &str, rate: &str, dated: Date) -> ExchangeRate {
    let currency = |code| Currency::parse(code).unwrap();
    ExchangeRate {
        from: currency("USD"),
        to: currency("CAD"),
        rate: UnitRate::parse(rate).unwrap(),
        dated,
        source: source.to_owned(),
    }
}

/// What a house that moves takes along.
pub(crate) async fn listed<S: Listings>(store: &S) {
    store.keep_listings(&[listing("Corner", "five", 3_000)]).await.unwrap();
    store.keep_exchange_rates(&[rate("Bank", "1.3925", date(2026, 11, 20))]).await.unwrap();
}

async fn a_sellers_listings_take_the_place_of_what_it_had<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    assert_eq!(store.listings().await.unwrap(), []);
    let (corner, shop) = (listing("Corner", "five", 3_000), listing("shop:maple", "five", 2_900));
    let dearer = listing("Corner", "ten", 5_000);
    store.keep_listings(&[dearer, corner, shop.clone()]).await.unwrap();
    assert_eq!(store.listings().await.unwrap().len(), 3);
    let cheaper = listing("Corner", "five", 2_500);
    store.keep_listings(std::slice::from_ref(&cheaper)).await.unwrap();
    let folder = scene.close();
    let store = M::open(folder.path()).await;
    assert_eq!(store.listings().await.unwrap(), [cheaper, shop]);
}

async fn a_source_has_one_rate_between_two_currencies<M: StoreMaker>() {
    let Scene { store, folder: _folder, .. } = Scene::<M>::open().await;
    let (bank, other) = (
        rate("Bank", "1.3925", date(2026, 11, 20)),
        rate("Another bank", "1.41", date(2026, 11, 21)),
    );
    store.keep_exchange_rates(&[bank, other.clone()]).await.unwrap();
    let newer = rate("Bank", "1.4", date(2026, 11, 22));
    store.keep_exchange_rates(std::slice::from_ref(&newer)).await.unwrap();
    assert_eq!(store.exchange_rates().await.unwrap(), [other, newer]);
}
