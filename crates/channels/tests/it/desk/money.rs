//! Money and rescues at the desk, over HTTP: who sees and does what, and what the day says of it.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_app::orders::{self, Buyer, PlaceRequest};
use farline_app::quotes::{self, Promoting, QuoteRequest};
use farline_domain::commands::PayWith;
use farline_domain::kernel::Language;
use farline_domain::orders::{Channel, Order, Stage};
use farline_domain::staff::{Role, Roles};
use farline_testkit::{OWN, OWN_BIG, SampleLine, noon};

pub(super) async fn waiting(world: &World) -> Order {
    let line = SampleLine { operator: OWN, index: 0 };
    let wanted = QuoteRequest {
        line: line.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed: [3; 16],
    };
    let quote = quotes::make(&world.app, wanted).await.unwrap();
    let email = Some("payer@example.org".to_owned());
    let placing = PlaceRequest {
        quote: quote.id,
        buyer: Buyer { email, ..Buyer::default() },
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Desk,
        assisted: None,
        origin: None,
        another: false,
        pay_with: PayWith::Page,
        seed: ([4; 16], noon()),
    };
    orders::place(&world.app, placing).await.unwrap()
}

async fn stage(world: &World, order: &Order) -> Stage {
    world.app.store.order(order.id).await.unwrap().unwrap().state.stage()
}

pub(super) async fn browser(world: &World, role: Role) -> DeskBrowser<'_> {
    DeskBrowser::with_roles(world, Roles::from_iter([role])).await
}

#[tokio::test]
async fn an_agent_takes_cash_and_the_owner_sees_it_in_the_morning() {
    let world = World::open().await;
    let order = waiting(&world).await;
    let page = format!("/en/desk/orders/{}", order.reference);
    let mut agent = browser(&world, Role::Agent).await;
    let shown = agent.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("take_reference"), "{}", shown.text);
    assert!(!shown.text.contains("payer@example.org"));
    let fields =
        |amount| [("take_method", "cash"), ("take_reference", ""), ("take_amount", amount)];
    let wrong = agent.post(&format!("{page}/take"), &fields("1.00")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"take_amount\" name=\"take_amount\" value=\"1.00\""));
    assert!(wrong.text.contains("take_amount-error"));
    assert_eq!(stage(&world, &order).await, Stage::AwaitingPayment);
    let total = format!("{}.{:02}", order.price.total.minor / 100, order.price.total.minor % 100);
    let taken = agent.post(&format!("{page}/take"), &fields(&total)).await;
    assert_eq!(taken.location, format!("{page}?done=taken"));
    assert!(agent.get(&taken.location).await.text.contains("The payment is booked."));
    assert_eq!(stage(&world, &order).await, Stage::Delivered);

    let compact = order.reference.compact();
    let mut finance = browser(&world, Role::Finance).await;
    let day = finance.get("/en/desk/today").await;
    assert!(day.text.contains(&format!("Cash · {compact}")), "{}", day.text);
    let sheet = finance.get("/en/desk/today.csv").await;
    let rows: Vec<&str> = sheet.text.lines().collect();
    assert_eq!(rows[0], "day,section,what,reference,count,amount,currency,at");
    let row = format!(",by_hand_taken,cash:{compact},{},,{total},CAD,", order.reference);
    assert!(rows.iter().any(|found| found.contains(&row)), "{rows:#?}");
    assert!(rows.iter().any(|found| found.contains(",taken,by_hand:cash,,,")), "{rows:#?}");
    assert!(rows.iter().any(|found| found.contains(",money,difference,,,0.00,CAD,")));
    let yesterday = finance.get("/en/desk/today?day=2020-01-01").await;
    assert!(yesterday.text.contains("Nothing happened to any order."));
    assert_eq!(finance.get("/en/desk/today?day=x").await.status, StatusCode::NOT_FOUND);
    for path in ["/en/desk/today", "/en/desk/today.csv"] {
        assert_eq!(agent.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn what_is_above_the_limit_waits_and_nobody_agrees_to_their_own() {
    let low = serde_json::json!({ "agent": 1, "senior_agent": 2, "supervisor": 3 });
    let desk = serde_json::json!({ "refund_limits": low });
    let world = World::with_desk(serde_json::from_value(desk).unwrap()).await;
    let order = waiting(&world).await;
    let page = format!("/en/desk/orders/{}", order.reference);
    let mut supervisor = browser(&world, Role::Supervisor).await;
    let total = format!("{}.{:02}", order.price.total.minor / 100, order.price.total.minor % 100);
    let fields = [("take_method", "interac"), ("take_reference", "CA77"), ("take_amount", &total)];
    supervisor.post(&format!("{page}/take"), &fields).await;
    assert_eq!(stage(&world, &order).await, Stage::Delivered);
    let wish =
        |reason| [("refund_amount", "5"), ("refund_to", "line_credit"), ("refund_reason", reason)];
    let bank_card = supervisor.post(&format!("{page}/refund"), &wish("4242 4242 4242 4242")).await;
    assert_eq!(bank_card.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bank_card.text.contains("refund_reason-error"));
    let asked = supervisor.post(&format!("{page}/refund"), &wish("slow for a week")).await;
    assert_eq!(asked.location, format!("{page}?done=asked"));
    let shown = supervisor.get(&asked.location).await.text;
    assert!(shown.contains("Somebody else has to agree"), "{shown}");
    assert!(!shown.contains("value=\"agree\""));
    let request = world.app.store.refund_requests_of(order.id).await.unwrap().remove(0);
    let answer = format!("{page}/requests/{}", request.id);
    let own = supervisor.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let mut agent = browser(&world, Role::Agent).await;
    let agents = agent.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(agents.status, StatusCode::FORBIDDEN);
    assert!(agents.text.contains("<li>Finance</li>"));
    let mut finance = browser(&world, Role::Finance).await;
    assert!(finance.get(&page).await.text.contains("value=\"agree\""));
    assert!(finance.get("/en/desk/today").await.text.contains(&order.reference.to_string()));
    let agreed = finance.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(agreed.location, format!("{page}?done=agreed"));
    let order = world.app.store.order(order.id).await.unwrap().unwrap();
    assert_eq!(order.refunds.len(), 1);
    let again = finance.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn roles_see_orders_and_nobody_without_one_does() {
    let world = World::open().await;
    let order = waiting(&world).await;
    let page = format!("/en/desk/orders/{}", order.reference);
    let mut auditor = browser(&world, Role::Auditor).await;
    let shown = auditor.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    let posts = shown.text.matches("method=\"post\"").count();
    assert_eq!(posts, 1, "signing out, and nothing else: {}", shown.text);
    let rescue = [("what", "delivered"), ("rescue_reason", "they told me")];
    for (what, fields) in [
        ("take", &[("take_method", "cash"), ("take_amount", "1")][..]),
        ("refund", &[("refund_reason", "kind")]),
        ("given-back", &[("given_refund", "1"), ("given_method", "cash")]),
        ("rescue", &rescue),
    ] {
        let sent = auditor.post(&format!("{page}/{what}"), fields).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{what}");
    }
    let mut catalogue = browser(&world, Role::Catalogue).await;
    for path in [page.as_str(), "/en/desk/orders", "/en/desk/today"] {
        assert_eq!(catalogue.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let none = auditor.get("/en/desk/orders/AAAA-2222").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let mut stranger = DeskBrowser::new(&world);
    assert_eq!(stranger.get(&page).await.location, "/en/desk/sign-in");
}
