//! Orders, callbacks, and the statement.

use super::{Two, ordered};
use axum::http::StatusCode;

#[tokio::test]
async fn orders_are_seen_and_found_by_their_reference() {
    let two = Two::open().await;
    let order = ordered(&two.world, &two.ours, "A-17/x").await;
    for page in ["/en/partner/harbour-travel", "/en/partner/harbour-travel/orders"] {
        let page = two.mei().get(page).await.text;
        for words in ["A-17/x", &order.reference.to_string(), "Active"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    let at = "/fr/partner/harbour-travel/orders?reference";
    let found = two.mei().get(&format!("{at}=A-17%2Fx")).await;
    assert!(found.status == StatusCode::OK && found.text.contains(&order.reference.to_string()));
    let unknown = two.mei().get(&format!("{at}=a-17%2Fx")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text.contains("Vous n’avez pas de commande de cette référence"));
}

#[tokio::test]
async fn what_was_told_is_seen_and_told_again() {
    let two = Two::open().await;
    let order = ordered(&two.world, &two.ours, "A-1").await;
    let at = "/en/partner/harbour-travel/callbacks";
    let page = two.mei().get(at).await.text;
    for words in ["Order A-1: Active", "Not taken (503); given up", "https://harbour.example/told"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let path = format!("{at}/{}-1/replay", order.id);
    let again = two.mei().post(&path, &[]).await;
    assert!(again.text.contains("It was sent again. Taken (200)"), "{}", again.text);
    let told = two.world.app.store.callback(order.id, 1).await.unwrap().unwrap();
    assert!(told.tries == 2 && told.taken_at.is_some());
}

#[tokio::test]
async fn the_statement_of_a_month_is_to_the_cent() {
    let two = Two::open().await;
    let order = ordered(&two.world, &two.ours, "=A-1").await;
    two.world.wait(600);
    farline_app::subjects::look_after(&two.world.app).await.unwrap();
    let at = "/en/partner/harbour-travel/statement";
    let page = two.mei().get(at).await.text;
    let left = 100_000 - order.price.total.minor;
    let left = format!("${}.{:02}", left / 100, left % 100);
    for words in ["Paid in · T0001", "+$1,000.00", "Order · =A-1", left.as_str()] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let csv = two.mei().get(&format!("{at}.csv?month=2026-11")).await.text;
    assert!(csv.starts_with("entry,at,kind,") && csv.contains(",'=A-1,"), "{csv}");
    let before = two.mei().get(&format!("{at}?month=2026-10")).await.text;
    assert!(before.contains("Nothing moved in this time.") && before.contains("?month=2026-11"));
    for month in ["2026-13", "x", "2026-1"] {
        let none = two.mei().get(&format!("{at}?month={month}")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{month}");
    }
}
