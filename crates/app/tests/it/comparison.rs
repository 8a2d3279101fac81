//! Own plans beside what others list, and how well channels serve, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::comparison::{Asking, Viewer, compare_all, measure_channels, services};
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::commands::LineCommand;
use farline_domain::comparison::{
    Amounts, Granted, Grants, LEAST_ORDERS, ListedTax, Listing, ListingCode, ListingKey, Seller,
    Service, Wanted,
};
use farline_domain::kernel::{Currency, Language, Money, Province, Units};
use farline_testkit::today;

on_both! {
    the_best_is_named_whosever_it_is
    a_channel_is_measured_by_its_own_orders
}

fn listing(seller: &str, minor: i64) -> Listing {
    Listing {
        key: ListingKey {
            seller: Seller::parse(seller).unwrap(),
            code: ListingCode::parse("five").unwrap(),
        },
        name: "5 GB".to_owned(),
        operator: None,
        grants: Grants {
            data: Granted::Amount(Units::new(50_000_000_000).unwrap()),
            voice: Granted::NOTHING,
            messages: Granted::NOTHING,
        },
        validity: Validity::Days(30),
        start_rule: StartRule::SetExpiry,
        price: Money::cad(minor),
        tax: ListedTax::Included,
        fees: Money::cad(0),
        seen_on: today(),
    }
}

fn asking(viewer: Viewer) -> Asking {
    let data = Units::new(1_000_000_000).unwrap();
    Asking {
        wanted: Wanted::new(Amounts { data, ..Amounts::default() }, 30, today()).unwrap(),
        operator: None,
        province: Province::On,
        currency: Currency::CAD,
        language: Language::EnCa,
        viewer,
    }
}

async fn the_best_is_named_whosever_it_is(world: World) {
    let store = &*world.app.store;
    let now = world.app.now();
    let best = async |viewer| {
        let compared = compare_all(store, &asking(viewer), now).await.unwrap();
        let plans = compared.comparison.offers.iter();
        let own = plans.filter(|offer| offer.listing.key.seller == Seller::Ourselves).count();
        assert_eq!(own, world.app.store.catalogue().plans.len(), "every plan of ours is there");
        compared.comparison.best.unwrap().key.seller
    };
    assert_eq!(best(Viewer::Everybody).await, Seller::Ourselves);
    let (supplier, corner) = (listing("supplier:cheap", 1), listing("Corner", 2));
    store.keep_listings(&[supplier.clone(), corner.clone()]).await.unwrap();
    assert_eq!(best(Viewer::Everybody).await, corner.key.seller, "the best is not ours");
    assert_eq!(best(Viewer::House).await, supplier.key.seller, "and what suppliers ask is ours");
}

async fn a_channel_is_measured_by_its_own_orders(world: World) {
    assert_eq!(services(&*world.app.store).await.unwrap(), []);
    let least = u64::try_from(LEAST_ORDERS).unwrap();
    for number in 0..least {
        let quote = world.quote_plain(u32::try_from(number).unwrap()).await;
        let order = world.place(&quote, number + 1).await.unwrap();
        if number + 1 == least {
            world.clock.advance_seconds(1);
            let measured = measure_channels(&world.app).await.unwrap();
            let [ours] = &measured[..] else { panic!("{measured:?}") };
            assert_eq!(ours.service, Service::NotMeasured { orders: LEAST_ORDERS - 1 });
        }
        world.pay(&order, &format!("p{number}")).await;
    }
    world.work().await;
    // One that was never paid is none of them.
    let unpaid = world.place(&world.quote_plain(40).await, 99).await.unwrap();
    world.run(&unpaid, LineCommand::Cancel(unpaid.id)).await;
    world.clock.advance_seconds(60);
    measure_channels(&world.app).await.unwrap();
    let kept = services(&*world.app.store).await.unwrap();
    let [ours] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(ours.seller, Seller::Ourselves);
    let Service::Measured { orders, success, refunds, .. } = ours.service else {
        panic!("{ours:?}")
    };
    assert_eq!((orders, success.ppm, refunds), (LEAST_ORDERS, 1_000_000, 0));
    assert_eq!(line(0).operator, farline_testkit::OWN);
}
