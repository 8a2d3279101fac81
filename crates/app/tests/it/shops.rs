//! A shop of a marketplace that is read: from a trade that was paid there to a card that is renewed and a shop that knows.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod import;
mod market;
mod redeem;

use crate::charging::world::{World, app_over};
use crate::routing::{FIRST, Scripted};
use farline_app::charging::ChargingSettings;
use farline_app::ports::lines::ImportError;
use farline_app::ports::shop::ShopUnknown;
use farline_app::ports::{Lines as _, Orders as _, Shops as _};
use farline_app::shops::{Heard, OpenShops, Reading, Shop, hear, look_at_due, read};
use farline_app::{App, jobs};
use farline_domain::commands::{Actor, DeliveryAnswer, LineCommand, Verdict};
use farline_domain::kernel::{Language, LineId, Money, OrderId};
use farline_domain::orders::{
    Channel, DeliveryRefusal, Seller, ShopCode, ShopRefund, Stage, TaskKind,
};
use farline_domain::shops::{ItemKey, Progress, RefundStanding, SkuMap, TradeState, Waiting};
use farline_store::Database as _;
use farline_testkit::{OWN_BIG, SUPPLIED, SUPPLIED_MONTH, SampleLine, new_line};
use market::Market;
use std::sync::Arc;

const TRADE: &str = "190000000000000001";

struct House {
    world: World,
    market: Arc<Market>,
    app: App,
    shop: Shop,
}

fn code() -> ShopCode {
    ShopCode::parse("red-maple").unwrap()
}

impl House {
    async fn open() -> Self {
        let world = World::open(ChargingSettings::default()).await;
        let market = Arc::new(Market::default());
        let shop = Shop {
            name: code(),
            title: "红枫".to_owned(),
            address: None,
            gateway: Some(market.clone()),
            skus: SkuMap::new(
                [("MAPLE-30", OWN_BIG), ("PRAIRIE-30", SUPPLIED_MONTH)]
                    .map(|(sku, plan)| (sku.to_owned(), plan.to_owned()))
                    .into(),
            ),
            read_every_seconds: 15,
            language: Language::ZhCn,
        };
        let app = with(&world.app, &shop);
        Self { world, market, app, shop }
    }

    /// A trade for the sample line.
    async fn sell(&self) {
        let number = self.number().await;
        self.market.sell(TRADE, &format!("号码 {number} 谢谢"), self.app.now());
    }

    async fn number(&self) -> String {
        let view = self.world.store.line(line()).await.unwrap().unwrap();
        view.line.msisdn.unwrap().as_str().to_owned()
    }

    /// Reads the shop after its pause.
    async fn read(&self) -> Reading {
        self.world.clock.advance_seconds(15);
        read(&self.app, &self.shop).await.unwrap()
    }

    /// Lets a time pass, and everything that is due happen.
    async fn pass(&self, seconds: u32) {
        self.world.clock.advance_seconds(seconds);
        while look_at_due(&self.app).await.unwrap() > 0 {}
        while jobs::run_due(&self.app).await.unwrap() > 0 {}
    }

    async fn progress(&self) -> Option<Progress> {
        let key = ItemKey { shop: code(), trade: TRADE.to_owned(), item: "1".to_owned() };
        self.world.store.shop_item(&key).await.unwrap().map(|item| item.kept.progress)
    }

    async fn orders(&self) -> Vec<farline_domain::orders::Order> {
        self.world.store.orders_of_line(line(), None, 10).await.unwrap()
    }

    async fn assert_sound(&self) {
        assert_eq!(self.world.store.violations().await.unwrap(), []);
    }
}

fn with(app: &App, shop: &Shop) -> App {
    App { shops: Arc::new(OpenShops::new([shop.clone()])), ..app.clone() }
}

fn line() -> LineId {
    crate::charging::world::LINE.id()
}

const fn waits(what: Waiting) -> Progress {
    Progress::waits(what)
}

#[tokio::test]
async fn a_paid_trade_is_delivered_and_the_shop_knows() {
    let house = House::open().await;
    house.sell().await;
    assert_eq!(house.read().await, Reading::Read(1));
    let orders = house.orders().await;
    let [order] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!(order.state.stage(), Stage::Delivered);
    assert_eq!(order.channel, Channel::Marketplace);
    let sold_by = order.sold_by.as_ref().unwrap();
    assert_eq!(sold_by.seller, Seller::Shop(code()));
    assert_eq!(sold_by.reference, format!("{TRADE}-1"));
    // What was paid there, in the money of there, and no tax of ours.
    assert_eq!(order.price.total, market::paid());
    assert_eq!(order.price.tax().unwrap(), Money::zero(market::paid().currency));
    assert_eq!(house.progress().await, Some(Progress::told(order.id)));
    assert_eq!(house.market.shipped(TRADE), 1);
    assert_eq!(house.market.memo(TRADE), [format!("Farline {}", order.reference)]);
    house.assert_sound().await;
}

#[tokio::test]
async fn however_often_it_is_told_it_is_one_order() {
    let house = House::open().await;
    house.sell().await;
    house.market.repeat_changes();
    house.market.message(TRADE);
    house.market.message(TRADE);
    for _ in 0..3 {
        house.read().await;
        house.pass(60).await;
    }
    let told = hear(&house.app, &house.shop, &|_| Some("w-1".to_owned()), TRADE.as_bytes()).await;
    assert_eq!(told, Ok(Heard::Taken));
    let again = hear(&house.app, &house.shop, &|_| Some("w-1".to_owned()), TRADE.as_bytes()).await;
    assert_eq!(again, Ok(Heard::SeenBefore));
    house.pass(1).await;
    assert_eq!(house.orders().await.len(), 1);
    assert_eq!(house.market.shipped(TRADE), 1);
    assert_eq!(house.market.memo(TRADE).len(), 1);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_lost_message_is_found_by_asking_and_a_webhook_alone_is_enough() {
    let house = House::open().await;
    house.sell().await;
    house.market.lose_changes();
    house.read().await;
    assert_eq!(house.orders().await, []);
    let heard = hear(&house.app, &house.shop, &|_| Some("w-1".to_owned()), TRADE.as_bytes()).await;
    assert_eq!(heard, Ok(Heard::Taken));
    house.pass(0).await;
    assert_eq!(house.orders().await.len(), 1);
    // A forged one is nothing.
    let forged = hear(&house.app, &house.shop, &|_| None, TRADE.as_bytes()).await;
    assert!(matches!(forged, Ok(Heard::Forged(_))), "{forged:?}");
}

#[tokio::test]
async fn nothing_is_delivered_while_a_refund_is_open() {
    let house = House::open().await;
    house.sell().await;
    house.market.refund(TRADE, RefundStanding::Open);
    house.read().await;
    assert_eq!(house.progress().await, Some(waits(Waiting::RefundOpen)));
    house.pass(61).await;
    assert_eq!(house.progress().await, Some(waits(Waiting::RefundOpen)));
    assert_eq!(house.orders().await, []);
    // The buyer thinks better of it.
    house.market.refund(TRADE, RefundStanding::Absent);
    house.pass(61).await;
    assert_eq!(house.orders().await.len(), 1);
    assert_eq!(house.market.shipped(TRADE), 1);
}

#[tokio::test]
async fn a_refund_that_opens_before_a_later_look_is_seen() {
    let house = House::open().await;
    house.market.sell(TRADE, "请快一点", house.app.now());
    house.read().await;
    assert_eq!(house.progress().await, Some(waits(Waiting::NoNumber)));
    // The buyer writes the number, and asks for the money in the same minute.
    house.market.write(TRADE, &house.number().await);
    house.market.refund(TRADE, RefundStanding::Done);
    house.market.touch(TRADE, house.app.now().plus_seconds(10));
    house.read().await;
    assert_eq!(house.progress().await, Some(Progress::Over));
    assert_eq!(house.orders().await, []);
    assert_eq!(house.market.shipped(TRADE), 0);
}

#[tokio::test]
async fn what_cannot_be_read_or_mapped_waits_and_goes_on_when_it_can() {
    let house = House::open().await;
    let number = house.number().await;
    let table = [
        ("请快一点".to_owned(), "MAPLE-30", 1, Waiting::NoNumber),
        (format!("{number} 或 4375550199"), "MAPLE-30", 1, Waiting::SeveralNumbers),
        ("437 555 0199".to_owned(), "MAPLE-30", 1, Waiting::Line),
        (number.clone(), "", 1, Waiting::Sku),
        (number.clone(), "NO-SUCH-PLAN", 1, Waiting::Plan),
        (number.clone(), "MAPLE-30", 2, Waiting::Pieces),
    ];
    house.market.sell(TRADE, "", house.app.now());
    for (message, sku, quantity, what) in table {
        house.market.write(TRADE, &message);
        house.market.thing(TRADE, (sku, quantity));
        house.market.touch(TRADE, house.app.now().plus_seconds(10));
        house.read().await;
        assert_eq!(house.progress().await, Some(waits(what)), "{message} {sku}");
        let waiting = house.world.store.waiting_shop_items(&code(), 10).await.unwrap();
        assert_eq!(waiting.len(), 1);
        // Nothing of what the buyer wrote is kept.
        assert!(!format!("{waiting:?}").contains(&number[2..]), "{waiting:?}");
    }
    assert_eq!(house.orders().await, []);
    house.market.thing(TRADE, ("MAPLE-30", 1));
    house.market.touch(TRADE, house.app.now().plus_seconds(10));
    house.read().await;
    assert_eq!(house.orders().await.len(), 1);
    // Whatever is written afterwards makes no second one.
    house.market.write(TRADE, "4375550199");
    house.market.touch(TRADE, house.app.now().plus_seconds(10));
    house.read().await;
    house.pass(3_600).await;
    assert_eq!(house.orders().await.len(), 1);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_trade_is_shipped_when_everything_in_it_is_delivered() {
    let house = House::open().await;
    house.sell().await;
    house.market.add(TRADE, "NO-SUCH-PLAN");
    house.read().await;
    house.pass(600).await;
    assert_eq!(house.orders().await.len(), 1);
    assert_eq!(house.market.shipped(TRADE), 0);
    // The seller's code is mended, and the trade goes on by itself.
    house.market.change_item(TRADE, 1, "MAPLE-30");
    house.pass(900).await;
    house.pass(900).await;
    let orders = house.orders().await;
    assert_eq!(orders.len(), 2);
    assert_eq!(house.market.shipped(TRADE), 1);
    let memo = house.market.memo(TRADE).concat();
    assert!(orders.iter().all(|order| memo.contains(&order.reference.to_string())), "{memo}");
    house.assert_sound().await;
}

#[tokio::test]
async fn states_of_a_trade_are_minded() {
    for state in [TradeState::NotPaid, TradeState::Held, TradeState::Shipped, TradeState::Closed] {
        let house = House::open().await;
        house.sell().await;
        house.market.state(TRADE, state);
        house.read().await;
        house.pass(61).await;
        assert_eq!(house.orders().await, [], "{state:?}");
        assert_eq!(house.market.shipped(TRADE), 0, "{state:?}");
    }
}

#[tokio::test]
async fn a_marketplace_that_does_not_answer_loses_nothing() {
    let troubles =
        [ShopUnknown::TooOften, ShopUnknown::SignedOut, ShopUnknown::NoAnswer("lost".to_owned())];
    for trouble in troubles {
        let house = House::open().await;
        house.sell().await;
        house.market.trouble(Some(trouble.clone()));
        house.world.clock.advance_seconds(15);
        assert!(read(&house.app, &house.shop).await.is_err());
        let mark = house.world.store.reading_mark(&code()).await.unwrap().unwrap().kept;
        assert_eq!(mark.trouble, Some(trouble.to_string()));
        assert_eq!(mark.read_at, None);
        // It is not asked again at once.
        assert_eq!(house.read().await, Reading::NotNow);
        house.market.trouble(None);
        house.world.clock.advance_seconds(60);
        house.read().await;
        assert_eq!(house.orders().await.len(), 1);
    }
}

#[tokio::test]
async fn a_trade_that_cannot_be_read_now_is_read_later() {
    let house = House::open().await;
    house.sell().await;
    house.market.hide_trades(2);
    house.read().await;
    assert_eq!(house.orders().await, []);
    for _ in 0..4 {
        house.pass(130).await;
    }
    assert_eq!(house.orders().await.len(), 1);
    assert_eq!(house.market.shipped(TRADE), 1);
}

#[tokio::test]
async fn a_lost_answer_to_shipping_is_asked_for_again() {
    let house = House::open().await;
    house.sell().await;
    house.market.lose_shipping(2);
    house.world.clock.advance_seconds(15);
    // The order is delivered, whatever the shop says.
    let _ = read(&house.app, &house.shop).await;
    assert_eq!(house.orders().await[0].state.stage(), Stage::Delivered);
    for _ in 0..4 {
        house.pass(130).await;
    }
    assert!(matches!(house.progress().await, Some(Progress::Told { .. })));
    assert_eq!(house.market.shipped(TRADE), 1);
}

#[tokio::test]
async fn a_shop_that_will_not_be_told_waits_for_a_person() {
    let house = House::open().await;
    house.sell().await;
    house.market.refuse_shipping();
    house.read().await;
    house.pass(3_600).await;
    let order = Some(house.orders().await[0].id);
    let waits = Progress::Waits { what: Waiting::NotTold, order };
    assert_eq!(house.progress().await, Some(waits));
    house.read().await;
    assert_eq!(house.orders().await.len(), 1);
    // It was delivered all the same, and goes back with the money.
    given_back(&house, RefundStanding::Done).await;
    let order = &house.orders().await[0];
    assert_eq!(order.state.stage(), Stage::Refunded);
    let given_back = Some(ShopRefund::Whole);
    assert_eq!(house.progress().await, Some(Progress::Told { order: order.id, given_back }));
    house.assert_sound().await;
}

#[tokio::test]
async fn what_the_network_refused_is_settled_when_the_shop_gives_it_back() {
    let mut house = House::open().await;
    let says = DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    house.app.suppliers.insert(FIRST.to_owned(), Arc::new(Scripted::saying(FIRST, says)));
    let sample = SampleLine { operator: SUPPLIED, index: 5 };
    let rows = (2..).zip([new_line(sample)]).map(Ok::<_, ImportError>);
    house.world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    house.market.sell(TRADE, &format!("号码 {} 谢谢", sample.msisdn().as_str()), house.app.now());
    house.market.change_item(TRADE, 0, "PRAIRIE-30");
    house.read().await;
    house.pass(0).await;
    house.pass(60).await;
    let order =
        async || house.world.store.orders_of_line(sample.id(), None, 10).await.unwrap().remove(0);
    let owed = order().await;
    assert_eq!(owed.state.stage(), Stage::Refunding);
    let waits = Some(Progress::Waits { what: Waiting::Refused, order: Some(owed.id) });
    assert_eq!(house.progress().await, waits);
    given_back(&house, RefundStanding::Part).await;
    assert_eq!((order().await, house.progress().await), (owed, waits), "a part is not all of it");
    given_back(&house, RefundStanding::Done).await;
    let back = order().await;
    assert_eq!((back.state.stage(), back.task), (Stage::Refunded, None));
    assert_eq!(house.progress().await, Some(Progress::Over));
    house.assert_sound().await;
}

/// Killed after the line was kept and before the order was made, and after it was made and before that was kept.
#[tokio::test]
async fn a_making_that_was_broken_off_is_one_order_on_the_same_line() {
    let house = House::open().await;
    house.sell().await;
    house.read().await;
    let made = house.orders().await;
    let key = ItemKey { shop: code(), trade: TRADE.to_owned(), item: "1".to_owned() };
    let store = &house.world.store;
    let kept = store.shop_item(&key).await.unwrap().unwrap();
    let order: OrderId = made[0].id;
    let placing = Progress::Placing { line: line(), plan: OWN_BIG.to_owned(), order };
    let back = kept.then(kept.kept.at(placing, house.app.now()));
    assert!(store.keep_shop_item(&back).await.unwrap());
    house.pass(2).await;
    assert_eq!(house.orders().await, made);
    assert_eq!(house.progress().await, Some(Progress::told(order)));
    assert_eq!(house.market.shipped(TRADE), 1);
}

#[tokio::test]
async fn two_processes_make_one_order() {
    let house = House::open().await;
    house.sell().await;
    house.world.clock.advance_seconds(15);
    let other = with(
        &app_over(
            house.world.store.clone(),
            house.world.clock.clone(),
            ChargingSettings::default(),
        ),
        &house.shop,
    );
    let (one, two) = tokio::join!(read(&house.app, &house.shop), read(&other, &house.shop));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    for app in [&house.app, &other] {
        let heard = hear(app, &house.shop, &|_| Some("w-1".to_owned()), TRADE.as_bytes()).await;
        assert!(heard.is_ok());
    }
    let (one, two) = tokio::join!(look_at_due(&house.app), look_at_due(&other));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(house.orders().await.len(), 1);
    assert_eq!(house.market.shipped(TRADE), 1);
}

#[tokio::test]
async fn the_money_is_with_the_shop() {
    let house = House::open().await;
    house.sell().await;
    house.read().await;
    let order = house.orders().await.remove(0);
    let capture = order.capture().unwrap();
    assert_eq!(capture.amount, market::paid());
    assert_eq!(capture.provider, "red-maple");
}

/// A trade that is told again, and what was given back of it by then.
async fn given_back(house: &House, standing: RefundStanding) {
    house.market.refund(TRADE, standing);
    house.market.touch(TRADE, house.app.now().plus_seconds(10));
    house.read().await;
    house.pass(0).await;
}

#[tokio::test]
async fn what_a_shop_gives_back_after_the_delivery_is_taken_back_once() {
    let house = House::open().await;
    house.sell().await;
    house.read().await;
    let before = house.world.store.line(line()).await.unwrap().unwrap().line.dates;
    given_back(&house, RefundStanding::Open).await;
    assert_eq!(house.orders().await[0].state.stage(), Stage::Delivered);
    for _ in 0..2 {
        given_back(&house, RefundStanding::Done).await;
        let order = &house.orders().await[0];
        assert_eq!((order.state.stage(), order.task), (Stage::Refunded, None));
        assert_eq!(order.refunds.len(), 1);
        let given_back = Some(ShopRefund::Whole);
        assert_eq!(house.progress().await, Some(Progress::Told { order: order.id, given_back }));
    }
    let after = house.world.store.line(line()).await.unwrap().unwrap().line.dates;
    assert_ne!(before, after);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_part_that_a_shop_gives_back_is_a_persons_affair_and_closed_once() {
    let house = House::open().await;
    house.sell().await;
    house.read().await;
    given_back(&house, RefundStanding::Part).await;
    let order = &house.orders().await[0];
    assert_eq!(order.task.map(|task| task.kind), Some(TaskKind::RefundedAtShop));
    let close = LineCommand::Resolve(order.id, Verdict::Close);
    house.app.run(order.line, close, Actor::System).await.unwrap();
    given_back(&house, RefundStanding::Part).await;
    assert_eq!(house.orders().await[0].task, None);
    house.assert_sound().await;
}

/// The shop is told nothing any more when the money went back while the network was still asked.
#[tokio::test]
async fn what_is_given_back_before_the_shop_was_told_is_not_shipped() {
    let house = House::open().await;
    house.sell().await;
    house.market.cut_shipping();
    house.world.clock.advance_seconds(15);
    let _ = read(&house.app, &house.shop).await;
    assert!(matches!(house.progress().await, Some(Progress::Placed { .. })));
    // After a failure the shop is left alone for a while.
    house.world.clock.advance_seconds(130);
    given_back(&house, RefundStanding::Done).await;
    // The window that was not read is read first, and what changed since after it.
    house.read().await;
    let given_back = Some(ShopRefund::Whole);
    let order = house.orders().await[0].id;
    let progress = house.progress().await;
    assert!(
        progress == Some(Progress::Placed { order, given_back })
            || progress == Some(Progress::Told { order, given_back }),
        "{progress:?}"
    );
    house.pass(60).await;
    let order = &house.orders().await[0];
    assert_eq!(order.state.stage(), Stage::Refunded);
    assert_eq!(house.market.shipped(TRADE), 0);
    house.assert_sound().await;
}
