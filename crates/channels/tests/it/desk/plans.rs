//! What is sold, changed at the desk: over HTTP, and as a buyer then meets it.

use super::money::browser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_app::quotes::{self, Promoting, QuoteRequest};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Money;
use farline_domain::orders::Quote;
use farline_domain::staff::Role;
use farline_testkit::{OWN, OWN_BIG, SampleLine};

/// What somebody who renews now is asked to pay before tax.
async fn quoted(world: &World) -> Result<Quote, Problem> {
    let wanted = QuoteRequest {
        line: SampleLine { operator: OWN, index: 0 }.id(),
        plan: OWN_BIG.to_owned(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed: [world.app.randomness.bits().to_be_bytes(); 2].concat().try_into().unwrap(),
    };
    quotes::make(&world.app, wanted).await
}

/// With ordinary spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn page() -> String {
    format!("/en/desk/plans/{OWN_BIG}")
}

#[tokio::test]
async fn a_price_is_looked_at_in_three_languages_and_holds_from_its_day() {
    let world = World::open().await;
    let mut browser = browser(&world, Role::Catalogue).await;
    let before = quoted(&world).await.unwrap().price.items[0].amount;
    let shown = browser.get(&format!("{}?price=41%2C50&from=2026-12-15", page())).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    for language in ["zh-CN", "en-CA", "fr-CA"] {
        assert!(shown.text.contains(&format!("class=\"tile\" lang=\"{language}\"")), "{language}");
    }
    assert!(shown.text.contains("$41.50 instead of"), "{}", shown.text);
    let wish = |price, version| [("price", price), ("from", "2026-12-15"), ("version", version)];
    let set = browser.post(&format!("{}/price", page()), &wish("41.50", "1")).await;
    assert_eq!(set.location, format!("{}?done=price", page()));
    let told = plain(&browser.get(&set.location).await.text);
    assert!(told.contains("$41.50 from December 15, 2026"), "{told}");
    // Who looked at the plan before that is told, and changes nothing.
    let late = browser.post(&format!("{}/price", page()), &wish("50", "1")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("in the meantime"), "{}", late.text);
    assert_eq!(quoted(&world).await.unwrap().price.items[0].amount, before);
    world.clock.advance_seconds(30 * 86_400);
    assert_eq!(quoted(&world).await.unwrap().price.items[0].amount, Money::cad(4150));
}

#[tokio::test]
async fn a_price_that_cannot_be_is_refused_beside_its_field() {
    let world = World::open().await;
    let mut browser = browser(&world, Role::Catalogue).await;
    let catalogue = world.app.store.catalogue();
    let same = catalogue.plans.values().find(|plan| plan.code.as_str() == OWN_BIG);
    let same = same.map(|plan| format!("{}.{:02}", plan.price.minor / 100, plan.price.minor % 100));
    let rows = [
        ("forty", "2026-12-15", "price-error"),
        ("0", "2026-12-15", "price-error"),
        (same.as_deref().unwrap(), "2026-12-15", "price-error"),
        ("41.50", "2020-01-01", "from-error"),
        ("41.50", "soon", "from-error"),
        ("41.50", "", "from-error"),
    ];
    for (price, from, error) in rows {
        let shown = browser.get(&format!("{}?price={price}&from={from}", page())).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{price} {from}");
        assert!(shown.text.contains(&format!("id=\"{error}\"")), "{price} {from}: {}", shown.text);
        assert!(shown.text.contains(&format!("name=\"price\" value=\"{price}\"")), "{price}");
        let posted = [("price", price), ("from", from), ("version", "1")];
        let posted = browser.post(&format!("{}/price", page()), &posted).await;
        assert_eq!(posted.status, StatusCode::UNPROCESSABLE_ENTITY, "{price} {from}");
    }
    assert!(world.app.store.catalogue().coming.is_empty());
}

#[tokio::test]
async fn a_stopped_plan_is_not_quoted_until_it_is_resumed() {
    let world = World::open().await;
    let mut browser = browser(&world, Role::Catalogue).await;
    let stop = format!("{}/stop", page());
    let without = browser.post(&stop, &[("reason", " ")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("id=\"reason-error\""));
    let stopped = browser.post(&stop, &[("reason", "the supplier is down")]).await;
    assert_eq!(stopped.location, format!("{}?done=stopped", page()));
    assert_eq!(quoted(&world).await.unwrap_err().code, ProblemCode::PlanNotSold);
    assert!(browser.get("/en/desk/plans").await.text.contains("Stopped since"));
    let again = browser.post(&stop, &[("reason", "twice")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let resumed = browser.post(&format!("{}/resume", page()), &[]).await;
    assert_eq!(resumed.location, format!("{}?done=resumed", page()));
    assert!(quoted(&world).await.is_ok());
}

#[tokio::test]
async fn a_price_to_come_is_taken_back_and_whoever_only_looks_has_no_forms() {
    let world = World::open().await;
    let mut catalogue = browser(&world, Role::Catalogue).await;
    let wish = [("price", "41.50"), ("from", "2026-12-15"), ("version", "1")];
    catalogue.post(&format!("{}/price", page()), &wish).await;
    let mut auditor = browser(&world, Role::Auditor).await;
    let seen = auditor.get(&page()).await;
    assert!(plain(&seen.text).contains("$41.50 from December 15, 2026"), "{}", seen.text);
    assert!(!seen.text.contains("/withdraw\"") && !seen.text.contains("name=\"price\""));
    let preview = auditor.get(&format!("{}?price=50&from=2026-12-15", page())).await;
    assert_eq!(preview.status, StatusCode::FORBIDDEN);
    let withdraw = format!("{}/withdraw", page());
    let taken = catalogue.post(&withdraw, &[("version", "2")]).await;
    assert_eq!(taken.location, format!("{}?done=withdrawn", page()));
    let twice = catalogue.post(&withdraw, &[("version", "2")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert_eq!(catalogue.get("/en/desk/plans/none").await.status, StatusCode::NOT_FOUND);
    world.clock.advance_seconds(30 * 86_400);
    assert_ne!(quoted(&world).await.unwrap().price.items[0].amount, Money::cad(4150));
}
