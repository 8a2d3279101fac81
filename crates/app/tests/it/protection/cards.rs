//! A thousand stolen cards want to be tried: how many pages of the provider do they see?

use super::world::{Shop, Who};
use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::problem::MoneyWord;
use farline_app::{Problem, ProblemCode, orders, payments};
use farline_domain::commands::PayWith;
use farline_domain::orders::{Order, Stage};

on_both! {
    cards_tested_from_one_address_see_five_pages
    cards_tested_on_one_line_see_five_pages
    cards_tested_under_one_contact_see_five_pages
    cards_tested_by_accounts_see_ten_pages_each_and_twenty_together
    what_is_paid_does_not_count_and_is_taken_back_once
    what_comes_to_nothing_does_not_count
}

const HOUR: u32 = 60 * 60;

/// The code of a refusal, after which no money moved and which ends at a known time.
fn code(refused: Result<Order, Problem>) -> ProblemCode {
    let problem = refused.unwrap_err();
    assert_eq!(problem.money, MoneyWord::No, "{problem:?}");
    assert!(problem.retry_after_seconds.is_some_and(|seconds| seconds > 1));
    problem.code
}

async fn cards_tested_from_one_address_see_five_pages(world: World) {
    let shop = Shop::over(world);
    for card in 0..1_000_u32 {
        let email = format!("card{card}@example.org");
        let tried = shop.guest("192.0.2.66", &email, card % 70).await;
        if card < 5 {
            tried.unwrap();
        } else {
            assert_eq!(code(tried), ProblemCode::SignInFirst);
        }
    }
    assert_eq!(shop.bank.pages(), 5);
    shop.guest("192.0.2.67", "neighbour@example.org", 60).await.unwrap();
    shop.world.clock.advance_seconds(HOUR);
    shop.guest("192.0.2.66", "later@example.org", 61).await.unwrap();
    assert_eq!(shop.bank.pages(), 7);
}

async fn cards_tested_on_one_line_see_five_pages(world: World) {
    let shop = Shop::over(world);
    let mut refused = 0;
    for card in 0..100_u32 {
        let tried =
            shop.guest(&format!("198.51.100.{card}"), &format!("card{card}@example.org"), 7).await;
        refused += u32::from(tried.is_err_and(|p| p.code == ProblemCode::SignInFirst));
    }
    assert_eq!((shop.bank.pages(), refused), (5, 95));
    // Whose line it is renews it all the same: unpaid orders block nobody.
    let holder = shop.account(1, 7..8).await;
    let order = shop.order(("192.0.2.5", Who::Account(holder)), 7, PayWith::Page).await.unwrap();
    assert_eq!(shop.pay(&order).await.state.stage(), Stage::Delivered);
}

async fn cards_tested_under_one_contact_see_five_pages(world: World) {
    let shop = Shop::over(world);
    for card in 0..60_u32 {
        // The same letter box, written otherwise.
        let email = ["victim@example.org", "Victim@Example.org", " victim@example.org "];
        let email = email[usize::try_from(card % 3).unwrap()];
        let tried = shop.guest(&format!("198.51.100.{card}"), email, card).await;
        assert_eq!(tried.is_ok(), card < 5, "{card}");
    }
    assert_eq!(shop.bank.pages(), 5);
}

async fn cards_tested_by_accounts_see_ten_pages_each_and_twenty_together(world: World) {
    let shop = Shop::over(world);
    for number in 1..=4_u8 {
        let account = shop.account(number, 0..0).await;
        for card in 0..20_u32 {
            let who = Who::Account(account);
            let tried = shop.order(("192.0.2.66", who), card, PayWith::Page).await;
            if card < 10 && number <= 2 {
                tried.unwrap();
            } else {
                assert_eq!(code(tried), ProblemCode::TooManyRequests);
            }
        }
    }
    assert_eq!(shop.bank.pages(), 20);
}

async fn what_is_paid_does_not_count_and_is_taken_back_once(world: World) {
    let shop = Shop::over(world);
    let (network, email) = ("192.0.2.9", "family@example.org");
    for _ in 0..12 {
        let order = shop.guest(network, email, 3).await.unwrap();
        let counted = async || {
            let subject = line(3).id().to_string();
            shop.app().store.counted("unpaid-for-line", &subject, shop.app().now()).await.unwrap()
        };
        assert_eq!(counted().await, 1);
        assert!(order.origin.is_some());
        assert_eq!(shop.pay(&order).await.origin, None, "of no interest any more");
        assert_eq!(counted().await, 0);
        // Told of once more, by whoever still has the order as it was.
        let other = shop.guest(network, email, 3).await.unwrap();
        payments::settle(shop.app(), &order).await.unwrap();
        assert_eq!(counted().await, 1);
        shop.pay(&other).await;
    }
    for _ in 0..5 {
        shop.guest(network, email, 3).await.unwrap();
    }
    assert_eq!(code(shop.guest(network, email, 3).await), ProblemCode::SignInFirst);
}

async fn what_comes_to_nothing_does_not_count(world: World) {
    let shop = Shop::over(world);
    for _ in 0..20 {
        let refused = shop.guest("192.0.2.9", "no address", 3).await.unwrap_err();
        assert_eq!(refused.code, ProblemCode::EmailInvalid);
    }
    let order = shop.guest("192.0.2.9", "guest@example.org", 3).await.unwrap();
    // One that was called off was left unpaid.
    orders::cancel(shop.app(), &order, farline_domain::commands::Actor::Guest).await.unwrap();
    for _ in 0..4 {
        shop.guest("192.0.2.9", "guest@example.org", 3).await.unwrap();
    }
    let sixth = shop.guest("192.0.2.9", "guest@example.org", 3).await;
    assert_eq!(code(sixth), ProblemCode::SignInFirst);
}
