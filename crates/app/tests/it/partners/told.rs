//! What partners are told of their orders, how often, and signed with what.

use super::{Shop, wish};
use farline_app::partners::{self, PartnerChange, replay, secret_of};
use farline_app::ports::Partners;
use farline_app::ports::callback::CallbackForm;
use farline_app::{ProblemCode, orders};
use farline_domain::commands::Actor;
use farline_testkit::OWN_BIG;
use serde_json::{Value, json};

const URL: &str = "https://harbour.example/told";

async fn listening() -> Shop {
    let mut shop = Shop::open(10_000).await;
    let wish = PartnerChange { callback: Some(URL.to_owned()), ..PartnerChange::default() };
    shop.partner = partners::change(&shop.world.app, &shop.partner, wish).await.unwrap();
    shop
}

#[tokio::test]
async fn each_state_is_told_once_to_whoever_takes_it() {
    let shop = listening().await;
    let order = shop.place(&wish("A-1", OWN_BIG)).await.unwrap().order;
    shop.world.work().await;
    orders::report_wrong_number(&shop.world.app, &order, Actor::System).await.unwrap();
    shop.world.work().await;
    shop.world.clock.advance_seconds(24 * 3600);
    shop.world.work().await;
    let told = shop.told.told();
    let kinds: Vec<Value> = told
        .iter()
        .map(|request| serde_json::from_str::<Value>(&request.body).unwrap()["type"].clone())
        .collect();
    assert_eq!(kinds, ["order.delivered", "order.refunding", "order.refunded"]);
    let first: Value = serde_json::from_str(&told[0].body).unwrap();
    let data = json!({ "id": order.id.to_string(), "reference": "A-1", "state": "delivered" });
    assert_eq!((told[0].url.as_str(), &first["data"]), (URL, &data));
    assert!(told[0].id.starts_with(&order.id.to_string()));
}

#[tokio::test]
async fn who_does_not_take_it_is_told_again_the_same_until_it_is_given_up() {
    let shop = listening().await;
    shop.told.be_deaf(2);
    shop.place(&wish("A-1", OWN_BIG)).await.unwrap();
    for (wait, tries) in [(0, 1), (4, 1), (1, 2), (299, 2), (1, 3), (3600, 3)] {
        shop.world.clock.advance_seconds(wait);
        shop.world.work().await;
        assert_eq!(shop.told.told().len(), tries, "after {wait} s more");
    }
    let told = shop.told.told();
    assert!(told.iter().all(|one| (&one.id, &one.body) == (&told[0].id, &told[0].body)));
    let now = shop.world.app.now();
    let records = shop.world.store.callbacks(&shop.partner.code, now, 9).await.unwrap();
    assert_eq!((records.len(), records[0].tries, records[0].came_of_it.as_str()), (1, 3, "200"));
    assert!(records[0].taken_at.is_some() && records[0].next_at.is_none());
    // Another who never takes it: told for three days, then no more.
    shop.told.be_deaf(u32::MAX);
    let mut other = wish("A-2", OWN_BIG);
    other.another = true;
    shop.place(&other).await.unwrap();
    for _ in 0..200 {
        shop.world.clock.advance_seconds(3600);
        shop.world.work().await;
    }
    assert_eq!(shop.told.told().len(), 3 + 10);
}

#[tokio::test]
async fn it_can_be_told_again_by_whoever_it_belongs_to() {
    let shop = listening().await;
    shop.place(&wish("A-1", OWN_BIG)).await.unwrap();
    shop.world.work().await;
    let id = shop.told.told()[0].id.clone();
    let app = &shop.world.app;
    let record = replay(app, &shop.partner, &id).await.unwrap();
    assert_eq!((record.tries, record.taken_at.is_some()), (2, true));
    assert_eq!(shop.told.told()[1].id, id);
    let other = super::partner(&shop.world, "atlas").await;
    for (partner, id) in [(&other, id.as_str()), (&shop.partner, "x"), (&shop.partner, "A-1-999")] {
        let refused = replay(app, partner, id).await;
        assert_eq!(refused.unwrap_err().code, ProblemCode::NotFound, "{id}");
    }
    assert_eq!(shop.told.told().len(), 2);
}

#[tokio::test]
async fn for_a_day_after_a_new_secret_the_one_before_signs_too() {
    let mut shop = listening().await;
    let of = |shop: &Shop, generation| secret_of(&shop.world.app, &shop.partner, generation);
    let (first, second) = (of(&shop, 1), of(&shop, 2));
    assert_ne!(first, second);
    let signs = async |shop: &Shop, reference: &str| {
        let mut wish = wish(reference, OWN_BIG);
        wish.another = true;
        shop.place(&wish).await.unwrap();
        shop.world.work().await;
        shop.told.told().last().unwrap().form.clone()
    };
    assert_eq!(signs(&shop, "A-1").await, CallbackForm::Standard(vec![first]));
    let wish = PartnerChange { rotates_secret: true, ..PartnerChange::default() };
    shop.partner = partners::change(&shop.world.app, &shop.partner, wish).await.unwrap();
    assert_eq!(signs(&shop, "A-2").await, CallbackForm::Standard(vec![second, first]));
    shop.world.clock.advance_seconds(24 * 3600);
    assert_eq!(signs(&shop, "A-3").await, CallbackForm::Standard(vec![second]));
}
