//! Shops that we read, as kept: how far, and what became of each item.

use crate::corruption::{plant_in_postgresql, plant_in_sqlite};
use crate::scene::{LINES, Place, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::Shops;
use farline_app::ports::shops::{ReadingMark, Revised};
use farline_domain::commands::{LineCommand, PayWith};
use farline_domain::kernel::{Instant, Money};
use farline_domain::orders::{Order, Seller, SoldBy};
use farline_domain::shops::{ItemKey, Progress, ShopCode, ShopItem, Waiting};
use farline_store::Rule;
use farline_testkit::{OWN_BIG, SampleLine, noon};

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
    let waits = |number: &str, what| item("7", number).at(Progress::waits(what), noon());
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

/// An order that the shop sold as an item.
async fn sold<M: StoreMaker>(scene: &Scene<M>, line: SampleLine, item: &ShopItem) -> Order {
    let LineCommand::Place(mut placing) = scene.place(line, OWN_BIG) else { unreachable!() };
    let seller = Seller::Shop(item.key.shop.clone());
    let sold_by = SoldBy { seller, reference: item.reference(), callback: None };
    placing.payer = None;
    placing.pay_with = PayWith::Seller(sold_by);
    scene.order(line, LineCommand::Place(placing)).await
}

/// Two items that were delivered, one whose order is being made, and one that waits.
async fn sold_from<M: StoreMaker>() -> Place {
    let scene = Scene::<M>::open().await;
    let [line, other, _] = LINES;
    let (first, second) = (item("7", "1"), item("8", "1"));
    let order = sold(&scene, line, &first).await;
    let another = sold(&scene, other, &second).await;
    let making = another.id.cell();
    let making = farline_domain::kernel::OrderId::mint(noon(), making, 77);
    let placing = Progress::Placing { line: other.id(), plan: OWN_BIG.to_owned(), order: making };
    let items = [
        first.at(Progress::told(order.id), noon()),
        second.at(Progress::placed(another.id), noon()),
        item("8", "2").at(placing, noon()),
        item("9", "1").at(Progress::waits(Waiting::Sku), noon()),
    ];
    for one in items {
        scene.store.claim_shop_items(&[one]).await.unwrap();
    }
    scene.assert_sound().await;
    scene.close()
}

/// Each fault in both databases.
macro_rules! planted {
    ($($name:ident: $sql:expr => $rule:ident;)*) => {
        $(mod $name {
            use super::{Postgres, Rule, Sqlite, plant_in_postgresql, plant_in_sqlite, sold_from};

            #[tokio::test]
            async fn sqlite() {
                let broken = plant_in_sqlite(sold_from::<Sqlite>().await, $sql).await;
                assert!(broken.contains(&Rule::$rule), "{broken:?}");
            }

            #[tokio::test]
            async fn postgres() {
                let broken = plant_in_postgresql(sold_from::<Postgres>().await, $sql).await;
                assert!(broken.contains(&Rule::$rule), "{broken:?}");
            }
        })*
    };
}

planted! {
    an_order_that_two_items_name:
        "UPDATE shop_items SET body = replace((SELECT other.body FROM shop_items other \
         WHERE other.trade = '8' AND other.item = '1'), '\"trade\":\"8\"', '\"trade\":\"7\"') \
         WHERE trade = '7'" => ShopItems;
    a_delivered_item_whose_order_is_of_another:
        "UPDATE orders SET body = replace(body, '\"7-1\"', '\"7-9\"') WHERE body LIKE '%\"7-1\"%'" => ShopItems;
    an_item_of_which_two_orders_were_made:
        "UPDATE orders SET body = replace(body, '\"8-1\"', '\"7-1\"') WHERE body LIKE '%\"8-1\"%'" => ShopItems;
    an_item_that_is_none:
        "UPDATE shop_items SET body = '{}' WHERE trade = '9'" => Readable;
}
