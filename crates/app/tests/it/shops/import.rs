//! The orders of a shop that nobody reads come in a file.

use super::{House, market};
use crate::charging::world::LINE;
use farline_app::App;
use farline_app::ProblemCode;
use farline_app::imports::read_trades;
use farline_app::shops::{Bought, Imported, ImportedAs, OpenShops, Shop, import_trades, redeem};
use farline_domain::kernel::Language;
use farline_domain::orders::{ShopCode, Stage};
use farline_domain::shops::{SkuMap, Waiting};
use farline_testkit::OWN_BIG;
use std::sync::Arc;

const HEADING: &str =
    "订单编号,子订单编号,商家编码,购买数量,买家实际支付金额,订单状态,退款状态,买家留言";

fn name() -> ShopCode {
    ShopCode::parse("blue-spruce").unwrap()
}

async fn open() -> House {
    let house = House::open().await;
    let shop = Shop {
        name: name(),
        title: "蓝杉".to_owned(),
        address: None,
        gateway: None,
        skus: SkuMap::new([("MAPLE-30".to_owned(), OWN_BIG.to_owned())].into()),
        read_every_seconds: 15,
        language: Language::ZhCn,
    };
    let shops = Arc::new(OpenShops::new([house.shop.clone(), shop]));
    let app = App { shops, ..house.app.clone() };
    House { app, ..house }
}

async fn import(house: &House, rows: &[String]) -> Vec<ImportedAs> {
    let text = format!("{HEADING}\n{}\n", rows.join("\n"));
    let trades = read_trades(text.as_bytes(), house.app.now()).unwrap();
    let imported = import_trades(&house.app, &name(), (trades, &|_| ())).await.unwrap();
    imported.into_iter().map(|Imported { became, .. }| became).collect()
}

fn row(trade: u64, (state, refund, message): (&str, &str, &str)) -> String {
    format!("{trade},{},MAPLE-30,1,128.50,{state},{refund},{message}", trade + 1)
}

const PAID: &str = "买家已付款，等待卖家发货";

#[tokio::test]
async fn a_file_is_delivered_once_and_the_next_one_goes_on() {
    let house = open().await;
    let number = LINE.msisdn();
    let first = [
        row(190_000_000_000_000_001, (PAID, "", number.as_str())),
        row(190_000_000_000_000_011, (PAID, "", "请快一点")),
        row(190_000_000_000_000_021, (PAID, "退款中", number.as_str())),
        row(190_000_000_000_000_031, ("等待买家付款", "", number.as_str())),
        row(190_000_000_000_000_041, ("交易成功", "", number.as_str())),
    ];
    let became = import(&house, &first).await;
    let ImportedAs::Order(reference) = became[0] else { panic!("{became:?}") };
    let waits = ImportedAs::Waits;
    let rest = [
        waits(Waiting::NoNumber),
        waits(Waiting::RefundOpen),
        ImportedAs::Nothing,
        ImportedAs::Nothing,
    ];
    assert_eq!(became[1..], rest);
    assert_eq!(import(&house, &first).await, became);
    house.pass(3_600).await;
    let orders = house.orders().await;
    assert_eq!(orders.len(), 1);
    assert_eq!((orders[0].reference, orders[0].state.stage()), (reference, Stage::Delivered));
    assert_eq!(orders[0].price.total, market::paid());
    // An hour later: the refund is over, and the buyer without a number says it on the page.
    let later = [row(190_000_000_000_000_021, (PAID, "退款关闭", number.as_str()))];
    assert!(matches!(import(&house, &later).await[0], ImportedAs::Order(_)));
    let bought = Bought { what: "190000000000000011", number: number.as_str() };
    redeem(&house.app, bought).await.unwrap();
    house.pass(1).await;
    assert_eq!(house.orders().await.len(), 3);
    house.assert_sound().await;
}

#[tokio::test]
async fn a_shop_that_is_read_takes_no_file() {
    let house = open().await;
    for (shop, code) in [("red-maple", ProblemCode::ShopIsRead), ("x", ProblemCode::ShopUnknown)] {
        let shop = ShopCode::parse(shop).unwrap();
        let refused = import_trades(&house.app, &shop, (Vec::new(), &|_| ())).await;
        assert_eq!(refused.unwrap_err().code, code);
    }
}
