//! Saved methods in the wrong hands: declined charges, and renewals for many numbers.

use super::world::Shop;
use crate::subjects::on_both;
use crate::subjects::world::World;
use farline_app::ProblemCode;
use farline_app::problem::MoneyWord;
use farline_domain::orders::Stage;

on_both! {
    five_declined_charges_in_an_hour_are_enough
    a_saved_method_renews_five_lines_a_day_and_more_on_the_providers_page
    a_line_is_renewed_with_three_saved_methods_a_day
    many_lines_at_once_are_not_more
}

const DAY: u32 = 24 * 60 * 60;

async fn five_declined_charges_in_an_hour_are_enough(world: World) {
    let shop = Shop::over(world);
    let account = shop.account(1, 0..1).await;
    let methods = [shop.method(account, "pm_1").await, shop.method(account, "pm_2").await];
    // What is captured does not count.
    for _ in 0..8 {
        let order = shop.renew(account, 0, &methods[0]).await.unwrap();
        assert_eq!(order.state.stage(), Stage::Delivered);
    }
    shop.bank.declines_charges();
    for attempt in 0..9 {
        let tried = shop.renew(account, 0, &methods[attempt % 2]).await;
        if attempt < 5 {
            assert!(tried.unwrap().charge.unwrap().declined.is_some());
        } else {
            let problem = tried.unwrap_err();
            assert_eq!(problem.code, ProblemCode::TooManyRequests);
            assert!(problem.retry_at.is_some());
        }
    }
    assert_eq!(shop.bank.charges(), 8 + 5);
    shop.world.clock.advance_seconds(60 * 60);
    shop.bank.takes_charges();
    shop.renew(account, 0, &methods[0]).await.unwrap();
}

async fn a_saved_method_renews_five_lines_a_day_and_more_on_the_providers_page(world: World) {
    let shop = Shop::over(world);
    let account = shop.account(1, 0..8).await;
    let methods = [shop.method(account, "pm_1").await, shop.method(account, "pm_2").await];
    for number in 0..8_u32 {
        let tried = shop.renew(account, number, &methods[0]).await;
        if number < 5 {
            assert_eq!(tried.unwrap().state.stage(), Stage::Delivered);
            continue;
        }
        let problem = tried.unwrap_err();
        assert_eq!((problem.code, problem.field), (ProblemCode::PayOnPage, Some("pay_with")));
        assert_eq!(problem.money, MoneyWord::No);
        // Another card of theirs does not help; the page does, where the bank can ask.
        assert!(shop.renew(account, number, &methods[1]).await.is_err());
        let order = shop.renew(account, number, "bank").await.unwrap();
        assert_eq!(shop.pay(&order).await.state.stage(), Stage::Delivered);
    }
    assert_eq!(shop.bank.charges(), 5);
    // One of the five once more is not one more line.
    shop.renew(account, 2, &methods[0]).await.unwrap();
    shop.world.clock.advance_seconds(DAY);
    shop.renew(account, 7, &methods[0]).await.unwrap();
}

async fn a_line_is_renewed_with_three_saved_methods_a_day(world: World) {
    let shop = Shop::over(world);
    let account = shop.account(1, 0..2).await;
    for number in 0..5 {
        let method = shop.method(account, &format!("pm_{number}")).await;
        let tried = shop.renew(account, 0, &method).await;
        if number < 3 {
            tried.unwrap();
        } else {
            assert_eq!(tried.unwrap_err().code, ProblemCode::PayOnPage);
        }
    }
    assert_eq!(shop.bank.charges(), 3);
}

async fn many_lines_at_once_are_not_more(world: World) {
    let shop = std::sync::Arc::new(Shop::over(world));
    let account = shop.account(1, 0..24).await;
    let method = shop.method(account, "pm_1").await;
    let tries = (0..24_u32).map(|number| {
        let (shop, method) = (shop.clone(), method.clone());
        tokio::spawn(async move { shop.renew(account, number, &method).await.is_ok() })
    });
    let tries: Vec<_> = tries.collect();
    let mut charged = 0;
    for tried in tries {
        charged += usize::from(tried.await.unwrap());
    }
    assert_eq!((charged, shop.bank.charges()), (5, 5));
}
