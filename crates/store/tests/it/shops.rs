//! Shops that we read, as kept: how far, and what became of each item.

use crate::scene::{Scene, StoreMaker};
use farline_app::ports::Shops;
use farline_app::ports::shops::{ReadingMark, Revised};
use farline_domain::kernel::{Instant, Money};
use farline_domain::shops::{ItemKey, Progress, ShopCode, ShopItem, Waiting};
use farline_testkit::noon;

on_every_store! {
    a_mark_goes_forward_one_revision_at_a_time
    an_item_is_claimed_once
    of_two_who_keep_an_item_one_is_told_no
    what_is_due_and_what_waits_is_found
}

fn shop() -> ShopCode {
    ShopCode::parse("red-maple").unwrap()
}

fn item(trade: &str, number: &str) -> ShopItem {
    let key = ItemKey { shop: shop(), trade: trade.to_owned(), item: number.to_owned() };
    let told = ShopItem::told(key, None, noon());
    ShopItem { sku: "MAPLE-30".to_owned(), paid: Some(Money::cad(2_825)), ..told }
}

fn mark(at: Instant) -> ReadingMark {
    let trouble = Some("status 500".to_owned());
    ReadingMark { known_until: at, next_at: at.plus_seconds(15), read_at: Some(at), trouble }
}

/// A row in each table.
pub(crate) async fn read(store: &impl Shops, now: Instant) {
    assert!(store.keep_reading_mark(&shop(), &Revised::first(mark(now))).await.unwrap());
    store.claim_shop_items(&[item("190000000000000001", "1")]).await.unwrap();
}

async fn a_mark_goes_forward_one_revision_at_a_time<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    assert_eq!(store.reading_mark(&shop()).await.unwrap(), None);
    let first = Revised::first(mark(noon()));
    assert!(store.keep_reading_mark(&shop(), &first).await.unwrap());
    assert!(!store.keep_reading_mark(&shop(), &first).await.unwrap());
    let second = first.then(mark(noon().plus_seconds(9)));
    assert!(store.keep_reading_mark(&shop(), &second).await.unwrap());
    assert!(!store.keep_reading_mark(&shop(), &second).await.unwrap());
    assert_eq!(store.reading_mark(&shop()).await.unwrap(), Some(second));
}

async fn an_item_is_claimed_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    assert_eq!(store.claim_shop_items(&[]).await.unwrap(), Vec::<bool>::new());
    let two = [item("7", "1"), item("7", "2")];
    assert_eq!(store.claim_shop_items(&two).await.unwrap(), [true, true]);
    let later = [item("7", "2"), item("7", "3"), item("7", "")];
    assert_eq!(store.claim_shop_items(&later).await.unwrap(), [false, true, true]);
    let kept = store.items_of_trade(&shop(), "7").await.unwrap();
    let numbers: Vec<_> = kept.iter().map(|item| item.kept.key.item.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    let found = store.shop_item(&two[0].key).await.unwrap();
    assert_eq!(found, Some(Revised::first(two[0].clone())));
    assert_eq!(store.shop_item(&item("8", "1").key).await.unwrap(), None);
}

async fn of_two_who_keep_an_item_one_is_told_no<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let first = Revised::first(item("7", "1"));
    store.claim_shop_items(std::slice::from_ref(&first.kept)).await.unwrap();
    let mine = first.then(first.kept.at(Progress::Over, noon()));
    assert!(store.keep_shop_item(&mine).await.unwrap());
    let theirs = first.then(first.kept.taken(noon()));
    assert!(!store.keep_shop_item(&theirs).await.unwrap());
    assert_eq!(store.shop_item(&first.kept.key).await.unwrap(), Some(mine));
    assert!(!store.keep_shop_item(&Revised::first(item("9", "1"))).await.unwrap());
}

async fn what_is_due_and_what_waits_is_found<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let waits = |number: &str, what| item("7", number).at(Progress::Waits { what }, noon());
    let items = [
        item("7", "").offered(noon()),
        waits("1", Waiting::SeveralNumbers),
        waits("2", Waiting::RefundOpen),
        item("7", "3").at(Progress::Over, noon()),
    ];
    store.claim_shop_items(&items).await.unwrap();
    let due = |seconds| async move {
        let found = store.due_shop_items(noon().plus_seconds(seconds), 10).await.unwrap();
        found.into_iter().map(|item| item.kept.key.item).collect::<Vec<_>>()
    };
    assert_eq!(due(-1).await, Vec::<String>::new());
    assert_eq!(due(0).await, [""]);
    assert_eq!(due(60).await, ["", "2"]);
    assert_eq!(store.due_shop_items(noon().plus_seconds(60), 1).await.unwrap().len(), 1);
    let waiting = store.waiting_shop_items(&shop(), 10).await.unwrap();
    assert_eq!(waiting, [items[1].clone(), items[2].clone()]);
    let another = ShopCode::parse("blue-spruce").unwrap();
    assert_eq!(store.waiting_shop_items(&another, 10).await.unwrap(), []);
}
