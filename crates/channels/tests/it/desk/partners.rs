//! Partners at the desk, over HTTP: who sees them, and what came in.

use super::money::browser;
use crate::accounts::world::World;
use crate::partner_portal::{MEI, Two, partner};
use axum::http::StatusCode;
use farline_app::partners;
use farline_domain::kernel::Money;
use farline_domain::staff::Role;

const PAGE: &str = "/en/desk/partners/harbour-travel";

fn payment<'a>(amount: &'a str, reference: &'a str) -> [(&'a str, &'a str); 4] {
    let reason = ("reason", "top-up of November");
    [("amount", amount), ("paid_by", "bank_transfer"), ("reference", reference), reason]
}

async fn balance(world: &World) -> Money {
    let code = farline_domain::partners::PartnerCode::parse("harbour-travel").unwrap();
    let partner = world.app.store.partner(&code).await.unwrap().unwrap();
    partners::standing(&world.app, &partner).await.unwrap().balance
}

#[tokio::test]
async fn a_payment_of_one_reference_moves_money_once() {
    let world = World::open().await;
    partner(&world, "harbour-travel", (MEI, 0)).await;
    let mut finance = browser(&world, Role::Finance).await;
    let pay_in = format!("{PAGE}/pay-in");
    let booked = finance.post(&pay_in, &payment("500.00", "C1A2B3C4")).await;
    assert_eq!(booked.location, format!("{PAGE}?done=booked"), "{}", booked.text);
    assert_eq!(balance(&world).await, Money::cad(50_000));
    let again = finance.post(&pay_in, &payment("500", "c1a2 b3c4")).await;
    assert_eq!(again.location, format!("{PAGE}?done=before"));
    assert!(finance.get(&again.location).await.text.contains("Nothing moved."));
    assert_eq!(balance(&world).await, Money::cad(50_000), "once");
    let other = finance.post(&pay_in, &payment("400.00", "C1A2B3C4")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(other.text.contains("id=\"reference-error\""), "{}", other.text);
    assert!(other.text.contains("value=\"400.00\""), "what was typed stays");
    let shown = finance.get(PAGE).await.text;
    for words in ["Paid in · Bank transfer · C1A2B3C4", "$500.00", "Camille", "top-up of November"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let list = finance.get("/en/desk/partners").await.text;
    assert!(list.contains("Harbour Travel") && list.contains("$500.00 available"), "{list}");
}

#[tokio::test]
async fn what_cannot_be_booked_moves_nothing() {
    let world = World::open().await;
    partner(&world, "harbour-travel", (MEI, 0)).await;
    let pay_in = format!("{PAGE}/pay-in");
    for role in [Role::Agent, Role::SeniorAgent, Role::Catalogue, Role::Auditor] {
        let mut browser = browser(&world, role).await;
        let refused = browser.post(&pay_in, &payment("5.00", "C1A2B3C4")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let mut supervisor = browser(&world, Role::Supervisor).await;
    let bare = supervisor.post_bare(&pay_in, &payment("5.00", "C1A2B3C4")).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN, "another site cannot book");
    for (amount, reference, field) in [
        ("", "C1A2B3C4", "amount"),
        ("-5", "C1A2B3C4", "amount"),
        ("0", "C1A2B3C4", "amount"),
        ("5", "", "reference"),
        ("5", "4242 4242 4242 4242", "reference"),
    ] {
        let refused = supervisor.post(&pay_in, &payment(amount, reference)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount} {reference}");
        assert!(refused.text.contains(&format!("id=\"{field}-error\"")), "{}", refused.text);
    }
    let no_reason = [("amount", "5"), ("paid_by", "cash"), ("reference", "R123"), ("reason", " ")];
    let refused = supervisor.post(&pay_in, &no_reason).await;
    assert!(refused.text.contains("id=\"reason-error\""), "{}", refused.text);
    let above = supervisor.post(&pay_in, &payment("2000.01", "C1A2B3C4")).await;
    assert_eq!(above.status, StatusCode::FORBIDDEN);
    assert!(above.text.contains("id=\"amount-error\""), "{}", above.text);
    let nobody =
        supervisor.post("/en/desk/partners/nobody/pay-in", &payment("5", "C1A2B3C4")).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(balance(&world).await, Money::cad(0));
}

#[tokio::test]
async fn the_desk_sees_whose_keys_they_are_and_books_nothing_as_an_auditor() {
    let two = Two::open().await;
    let keys = "/en/partner/harbour-travel/keys";
    two.mei().post(keys, &[("label", "till"), ("scope", "order")]).await;
    let mut auditor = browser(&two.world, Role::Auditor).await;
    let shown = auditor.get(PAGE).await.text;
    assert!(shown.contains("made by mei@harbour.example, "), "{shown}");
    assert!(!shown.contains("/pay-in"), "{shown}");
}
