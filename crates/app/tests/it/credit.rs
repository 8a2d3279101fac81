//! An order paid from the line's own credit, and the way back.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::{LINE, World};
use farline_app::charging::ChargingSettings;
use farline_app::orders::{self, Buyer, PlaceRequest};
use farline_app::ports::{Lines, Orders};
use farline_app::quotes::{self, Promoting, QuoteRequest};
use farline_domain::catalog::{Allowance, ZoneCode};
use farline_domain::commands::{Actor, LineCommand, PayWith};
use farline_domain::kernel::{AllowanceKind, Language, Units};
use farline_domain::orders::{Channel, Order, Stage};
use farline_testkit::{OWN_BIG, noon};

async fn free_credit(world: &World) -> i64 {
    let view = world.store.line(LINE.id()).await.unwrap().unwrap();
    let credit = view.buckets.iter().filter(|bucket| bucket.kind == AllowanceKind::Credit);
    credit.map(|bucket| bucket.available().count()).sum()
}

async fn renewed_with_credit(world: &World) -> Order {
    let allowance = Allowance {
        kind: AllowanceKind::Credit,
        units: Units::new(5000).unwrap(),
        zone: ZoneCode::parse("canada").unwrap(),
        breadth: 1,
        window: None,
        bonus: true,
    };
    let grant = LineCommand::Grant { allowance, valid_until: None };
    world.app.decide(LINE.id(), grant, Actor::System).await.unwrap();
    let wanted = QuoteRequest {
        line: LINE.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed: [3; 16],
    };
    let quote = quotes::make(&world.app, wanted).await.unwrap();
    let email = Some("payer@example.org".to_owned());
    let placing = PlaceRequest {
        quote: quote.id,
        buyer: Buyer { email, ..Buyer::default() },
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Portal,
        origin: None,
        assisted: None,
        another: false,
        pay_with: PayWith::LineCredit,
        seed: ([4; 16], noon()),
    };
    orders::place(&world.app, placing).await.unwrap()
}

/// No provider is between: none answers here, and none needs to.
#[tokio::test]
async fn credit_that_paid_comes_back_as_credit() {
    let world = World::open(ChargingSettings::default()).await;
    let order = renewed_with_credit(&world).await;
    assert_eq!(order.state.stage(), Stage::Delivered);
    assert_eq!(free_credit(&world).await, 5000 - order.price.total.minor);
    let order = orders::report_wrong_number(&world.app, &order, Actor::Guest).await.unwrap();
    assert_eq!(order.state.stage(), Stage::Refunding);
    world.work().await;
    let order = world.store.order(order.id).await.unwrap().unwrap();
    assert_eq!(order.state.stage(), Stage::Refunded);
    assert_eq!(free_credit(&world).await, 5000);
    // Nobody is asked how it went, and it does not come back once more.
    world.clock.advance_seconds(600);
    world.work().await;
    assert_eq!(free_credit(&world).await, 5000);
    assert_eq!(world.store.order(order.id).await.unwrap().unwrap(), order);
    world.assert_sound().await;
}
