//! What may happen once, wanted many times at once.

use super::world::{Shop, Who};
use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::payments::receive;
use farline_app::{jobs, orders};
use farline_domain::catalog::Allowance;
use farline_domain::commands::{Actor, LineCommand, PayWith};
use farline_domain::kernel::AllowanceKind;
use farline_domain::orders::Stage;
use farline_testkit::grant_data;
use std::sync::Arc;

on_both! {
    webhook_return_page_poll_and_retry_at_once_deliver_once
    credit_for_one_renewal_pays_for_one
    twenty_guests_at_once_are_five
}

async fn webhook_return_page_poll_and_retry_at_once_deliver_once(world: World) {
    let shop = Arc::new(Shop::over(world));
    let before = shop.app().store.line(line(0).id()).await.unwrap().unwrap().buckets.len();
    let order = shop.guest("192.0.2.1", "payer@example.org", 0).await.unwrap();
    shop.bank.take(&order);
    shop.world.clock.advance_seconds(61);
    let news = (0..24_u32).map(|number| {
        let (shop, order) = (shop.clone(), order.clone());
        tokio::spawn(async move {
            let app = shop.app();
            match number % 4 {
                0 => {
                    let body = format!("event-{} {}", number / 8, order.id);
                    let heard = (app, app.providers.first());
                    receive(heard, &|_| None, body.as_bytes()).await.map(|_| ())
                }
                1 => orders::see(app, order.id).await.map(|_| ()),
                2 => jobs::run_due(app).await.map(|_| ()),
                _ => orders::pay(app, order, orders::Paying::default()).await.map(|_| ()),
            }
        })
    });
    for heard in news.collect::<Vec<_>>() {
        heard.await.unwrap().unwrap();
    }
    shop.world.work().await;
    let order = shop.world.order(&order).await;
    let passed: Vec<Stage> = order.history.iter().map(|passed| passed.state).collect();
    let expected = [Stage::AwaitingPayment, Stage::Paid, Stage::Delivering, Stage::Delivered];
    assert_eq!(passed, expected);
    assert!(order.refunds.is_empty());
    let after = shop.app().store.line(line(0).id()).await.unwrap().unwrap().buckets.len();
    let granted = order.offer.allowances.len();
    assert_eq!(after, before + granted, "granted once");
    shop.world.assert_sound().await;
}

async fn credit_for_one_renewal_pays_for_one(world: World) {
    let shop = Arc::new(Shop::over(world));
    let holder = shop.account(1, 0..1).await;
    let price = shop.world.try_quote(0, None).await.unwrap().price.total.minor;
    let LineCommand::Grant { allowance, valid_until } = grant_data(2 * price - 1) else {
        panic!("not a grant");
    };
    let allowance = Allowance { kind: AllowanceKind::Credit, ..allowance };
    let grant = LineCommand::Grant { allowance, valid_until };
    shop.app().decide(line(0).id(), grant, Actor::System).await.unwrap();
    let tries = (0..16).map(|_| {
        let shop = shop.clone();
        tokio::spawn(async move {
            let who = ("192.0.2.1", Who::Account(holder));
            shop.order(who, 0, PayWith::LineCredit).await.is_ok()
        })
    });
    let mut paid = 0;
    for tried in tries.collect::<Vec<_>>() {
        paid += usize::from(tried.await.unwrap());
    }
    assert_eq!(paid, 1);
    shop.world.assert_sound().await;
}

async fn twenty_guests_at_once_are_five(world: World) {
    let shop = Arc::new(Shop::over(world));
    let tries = (0..20_u32).map(|number| {
        let shop = shop.clone();
        tokio::spawn(async move {
            shop.guest("192.0.2.66", &format!("card{number}@example.org"), number).await.is_ok()
        })
    });
    let mut seen = 0;
    for tried in tries.collect::<Vec<_>>() {
        seen += usize::from(tried.await.unwrap());
    }
    assert_eq!((seen, shop.bank.pages()), (5, 5));
}
