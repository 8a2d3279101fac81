//! What was bought at a shop is redeemed by whoever bought it: an order's number, or a voucher's code.

use super::{House, TRADE, code, market, waits};
use crate::charging::world::LINE;
use farline_app::ports::lines::ImportError;
use farline_app::ports::{Lines as _, Orders as _, Shops as _, Vouchers as _};
use farline_app::shops::{
    Bought, OpenShops, Reading, Redeemable, Shop, VoucherWish, draw_vouchers, keep_vouchers,
    look_up, redeem, revoke_vouchers,
};
use farline_app::{App, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{Language, Money};
use farline_domain::orders::{Order, Stage};
use farline_domain::shops::{
    ItemKey, Progress, RefundStanding, ShopCode, SkuMap, VoucherBatchCode, VoucherCode, Waiting,
};
use farline_testkit::{OWN, OWN_BIG, SUPPLIED, SampleLine, new_line};
use std::sync::Arc;

const OTHER: SampleLine = SampleLine { operator: OWN, index: 1 };
const FOREIGN: SampleLine = SampleLine { operator: SUPPLIED, index: 2 };

/// The house with two lines more.
async fn open() -> House {
    let house = House::open().await;
    let rows = (2..).zip([new_line(OTHER), new_line(FOREIGN)]).map(Ok::<_, ImportError>);
    house.world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    house
}

/// A shop beside it that nobody reads.
fn unread(house: &House) -> App {
    let name = ShopCode::parse("blue-spruce").unwrap();
    let skus = SkuMap::default();
    let language = Language::ZhCn;
    let title = "蓝杉".to_owned();
    let shop =
        Shop { name, title, address: None, gateway: None, skus, read_every_seconds: 15, language };
    let shops = OpenShops::new([house.shop.clone(), shop]);
    App { shops: Arc::new(shops), ..house.app.clone() }
}

async fn ask(house: &House, what: &str, line: SampleLine) -> Result<Order, Problem> {
    let number = line.msisdn();
    redeem(&house.app, Bought { what, number: number.as_str() }).await
}

async fn refused(house: &House, what: &str, line: SampleLine) -> ProblemCode {
    ask(house, what, line).await.unwrap_err().code
}

async fn orders_of(house: &House, line: SampleLine) -> usize {
    house.world.store.orders_of_line(line.id(), None, 10).await.unwrap().len()
}

async fn vouchers(app: &App, shop: &str, count: u32) -> Vec<String> {
    let wish = VoucherWish {
        batch: VoucherBatchCode::parse("autumn").unwrap(),
        shop: ShopCode::parse(shop).unwrap(),
        plan: PlanCode::parse(OWN_BIG).unwrap(),
        paid: market::paid(),
    };
    let codes = draw_vouchers(&*app.randomness, count);
    keep_vouchers(app, &wish, &codes).await.unwrap();
    codes.iter().map(VoucherCode::written).collect()
}

#[tokio::test]
async fn an_order_without_a_number_is_redeemed_and_the_shop_knows() {
    let house = open().await;
    house.market.sell(TRADE, "请快一点", house.app.now());
    assert_eq!(house.read().await, Reading::Read(1));
    assert_eq!(house.progress().await, Some(waits(Waiting::NoNumber)));
    let bought = Bought { what: TRADE, number: "416 555 0188" };
    assert_eq!(look_up(&house.app, bought).await.err().unwrap().code, ProblemCode::UnknownLine);
    let order = ask(&house, TRADE, LINE).await.unwrap();
    assert_eq!(order.price.total, market::paid());
    house.pass(2).await;
    assert_eq!(house.app.order(order.id).await.unwrap().state.stage(), Stage::Delivered);
    assert_eq!(house.progress().await, Some(Progress::told(order.id)));
    assert_eq!(house.market.shipped(TRADE), 1);
    // Asked again it is the same, and nobody else's.
    assert_eq!(ask(&house, TRADE, LINE).await.unwrap().id, order.id);
    assert_eq!(refused(&house, TRADE, OTHER).await, ProblemCode::BoughtUnknown);
    assert_eq!((house.orders().await.len(), orders_of(&house, OTHER).await), (1, 0));
    house.assert_sound().await;
}

#[tokio::test]
async fn an_order_that_was_not_told_yet_is_read_at_once() {
    let house = open().await;
    house.market.sell(TRADE, "", house.app.now());
    let found = look_up(&house.app, Bought { what: TRADE, number: LINE.msisdn().as_str() }).await;
    assert!(matches!(found, Ok(Redeemable::Ready(_))));
    assert_eq!(house.orders().await, []);
    ask(&house, TRADE, LINE).await.unwrap();
    assert_eq!(house.orders().await.len(), 1);
    for what in ["190000000000000009", "1", "", "ABCD-EFGH", "' OR 1=1 --"] {
        assert_eq!(refused(&house, what, LINE).await, ProblemCode::BoughtUnknown, "{what}");
    }
}

#[tokio::test]
async fn what_is_given_back_cannot_be_redeemed() {
    for standing in [RefundStanding::Open, RefundStanding::Done] {
        let house = open().await;
        house.market.sell(TRADE, "", house.app.now());
        house.read().await;
        house.market.refund(TRADE, standing);
        assert_eq!(refused(&house, TRADE, LINE).await, ProblemCode::BoughtUnknown);
        assert_eq!(house.orders().await, []);
    }
}

#[tokio::test]
async fn of_several_things_each_is_redeemed_on_its_own_card() {
    let house = open().await;
    house.market.sell(TRADE, "", house.app.now());
    house.market.add(TRADE, "MAPLE-30");
    house.read().await;
    ask(&house, TRADE, LINE).await.unwrap();
    ask(&house, TRADE, OTHER).await.unwrap();
    house.pass(2).await;
    assert_eq!((house.orders().await.len(), orders_of(&house, OTHER).await), (1, 1));
    assert_eq!(house.market.shipped(TRADE), 1);
    assert_eq!(refused(&house, TRADE, FOREIGN).await, ProblemCode::BoughtUnknown);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_voucher_renews_one_card_once() {
    let house = open().await;
    let codes = vouchers(&house.app, "red-maple", 3).await;
    // Not for a card of another network; and it is as good as before.
    assert_eq!(refused(&house, &codes[0], FOREIGN).await, ProblemCode::PlanNotForLine);
    let order = ask(&house, &codes[0], LINE).await.unwrap();
    house.pass(1).await;
    let order = house.app.order(order.id).await.unwrap();
    assert_eq!(order.state.stage(), Stage::Delivered);
    assert_eq!(order.sold_by.as_ref().unwrap().reference, "voucher-autumn-1");
    assert_eq!(ask(&house, &codes[0].to_lowercase(), LINE).await.unwrap().id, order.id);
    assert_eq!(refused(&house, &codes[0], OTHER).await, ProblemCode::VoucherUsed);
    // Nothing at the marketplace is about it.
    assert_eq!(house.market.shipped(TRADE), 0);
    let batch = VoucherBatchCode::parse("autumn").unwrap();
    assert_eq!(revoke_vouchers(&house.app, &batch, &[1, 2]).await, Ok(1));
    assert_eq!(refused(&house, &codes[1], LINE).await, ProblemCode::VoucherRevoked);
    ask(&house, &codes[2], OTHER).await.unwrap();
    assert_eq!((house.orders().await.len(), orders_of(&house, OTHER).await), (1, 1));
    house.assert_sound().await;
}

/// Another card whose orders are kept beside those of the first.
fn neighbour() -> SampleLine {
    let cell = LINE.id().cell();
    let mut others = (3..).map(|index| SampleLine { operator: OWN, index });
    others.find(|other| other.id().cell() == cell).unwrap()
}

#[tokio::test]
async fn nobody_sees_the_renewal_of_a_neighbour() {
    let house = open().await;
    let rows = (2..).zip([new_line(neighbour())]).map(Ok::<_, ImportError>);
    house.world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    let codes = vouchers(&house.app, "red-maple", 1).await;
    ask(&house, &codes[0], LINE).await.unwrap();
    assert_eq!(refused(&house, &codes[0], neighbour()).await, ProblemCode::VoucherUsed);
    assert_eq!(orders_of(&house, neighbour()).await, 0);
}

#[tokio::test]
async fn a_shop_that_nobody_reads_sells_vouchers() {
    let mut house = open().await;
    house.app = unread(&house);
    let codes = vouchers(&house.app, "blue-spruce", 1).await;
    let order = ask(&house, &codes[0], LINE).await.unwrap();
    house.pass(1).await;
    house.pass(600).await;
    let key = ItemKey {
        shop: ShopCode::parse("blue-spruce").unwrap(),
        trade: "voucher-autumn".to_owned(),
        item: "1".to_owned(),
    };
    let kept = house.world.store.shop_item(&key).await.unwrap().unwrap().kept;
    assert_eq!(kept.progress, Progress::told(order.id));
    house.assert_sound().await;
}

#[tokio::test]
async fn who_asks_at_the_same_time_gets_one_renewal() {
    let house = open().await;
    let codes = vouchers(&house.app, "red-maple", 1).await;
    let asked = (0..20).map(|turn| {
        let (app, what) = (house.app.clone(), codes[0].clone());
        let number = if turn % 2 == 0 { LINE.msisdn() } else { OTHER.msisdn() };
        tokio::spawn(
            async move { redeem(&app, Bought { what: &what, number: number.as_str() }).await },
        )
    });
    let asked: Vec<_> = asked.collect();
    let mut good = Vec::new();
    for one in asked {
        match one.await.unwrap() {
            Ok(order) => good.push(order.id),
            Err(problem) => assert!(
                matches!(problem.code, ProblemCode::RequestRunning | ProblemCode::VoucherUsed),
                "{problem:?}"
            ),
        }
    }
    good.dedup();
    assert_eq!(good.len(), 1);
    house.pass(1).await;
    assert_eq!(house.orders().await.len() + orders_of(&house, OTHER).await, 1);
    house.assert_sound().await;
}

/// Killed after the voucher was used and before its item was kept; and after that and before a line was.
#[tokio::test]
async fn a_use_that_was_broken_off_is_taken_up_by_whoever_has_the_code() {
    for keeps_item in [false, true] {
        let house = open().await;
        let codes = vouchers(&house.app, "red-maple", 1).await;
        let store = &house.world.store;
        let code = VoucherCode::parse(&codes[0]).unwrap();
        let digest =
            farline_app::tokens::Seal(&house.app.keys.secrets).digest("voucher", code.compact());
        assert!(store.use_voucher(&digest, house.app.now()).await.unwrap());
        if keeps_item {
            let batch = VoucherBatchCode::parse("autumn").unwrap();
            let batch = store.voucher_batch(&batch).await.unwrap().unwrap();
            let item = batch.item(1, house.app.now());
            store.claim_shop_items(&[item]).await.unwrap();
            house.pass(130).await;
        }
        ask(&house, &codes[0], LINE).await.unwrap();
        house.pass(1).await;
        assert_eq!(house.orders().await.len(), 1);
        house.assert_sound().await;
    }
}

#[tokio::test]
async fn a_card_whose_renewal_is_not_finished_keeps_the_voucher_good() {
    let house = open().await;
    let codes = vouchers(&house.app, "red-maple", 2).await;
    // Nobody delivers: the first order stays on its way.
    let first = ask(&house, &codes[0], LINE).await.unwrap();
    if first.is_unfinished() {
        assert_eq!(refused(&house, &codes[1], LINE).await, ProblemCode::RenewalInProgress);
        house.pass(1).await;
    }
    ask(&house, &codes[1], LINE).await.unwrap();
    house.pass(1).await;
    assert_eq!(house.orders().await.len(), 2);
    house.assert_sound().await;
}

#[tokio::test]
async fn what_cannot_be_made_is_said() {
    let house = open().await;
    let wish = VoucherWish {
        batch: VoucherBatchCode::parse("autumn").unwrap(),
        shop: code(),
        plan: PlanCode::parse(OWN_BIG).unwrap(),
        paid: market::paid(),
    };
    let free = Money { minor: 0, ..market::paid() };
    let table = [
        (VoucherWish { shop: ShopCode::parse("x").unwrap(), ..wish.clone() }, 1, "shop"),
        (VoucherWish { plan: PlanCode::parse("x").unwrap(), ..wish.clone() }, 1, "plan"),
        (VoucherWish { paid: free, ..wish.clone() }, 1, "price"),
        (wish.clone(), 0, "count"),
        (wish.clone(), 100_001, "count"),
    ];
    for (wish, count, field) in table {
        let codes = draw_vouchers(&*house.app.randomness, count);
        let refused = keep_vouchers(&house.app, &wish, &codes).await.unwrap_err();
        assert_eq!(refused.field, Some(field));
    }
    let codes = draw_vouchers(&*house.app.randomness, 2);
    // Drawn is not good: nobody has them until they are kept.
    assert_eq!(refused(&house, &codes[0].written(), LINE).await, ProblemCode::BoughtUnknown);
    keep_vouchers(&house.app, &wish, &codes).await.unwrap();
    let again = keep_vouchers(&house.app, &wish, &codes).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::VoucherBatchTaken);
}
