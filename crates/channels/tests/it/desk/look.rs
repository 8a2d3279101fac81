//! A card that is looked at without a call.

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_app::ports::staff::AuditSearch;
use farline_app::staff::audit;
use farline_app::tokens::Seal;
use farline_channels::desk::handlers::call::LINE;
use farline_domain::kernel::Instant;
use farline_domain::staff::{Role, Roles, StaffAuditLine};
use farline_testkit::{OWN, SampleLine};

const CARD: SampleLine = SampleLine { operator: OWN, index: 0 };
const OTHER: SampleLine = SampleLine { operator: OWN, index: 1 };

async fn browser(world: &World, role: Role) -> DeskBrowser<'_> {
    DeskBrowser::with_roles(world, Roles::from_iter([role])).await
}

fn page_of(world: &World, card: SampleLine) -> String {
    let token = Seal(&world.app.keys.tokens).token(LINE, &card.id().to_string());
    format!("/en/desk/cards/{token}")
}

/// The number as the page of a card has it in full.
async fn number_of(world: &World, card: SampleLine) -> String {
    let line = world.app.store.line(card.id()).await.unwrap().unwrap().line;
    farline_texts::Words::of(farline_domain::kernel::Language::EnCa)
        .phone(line.msisdn.unwrap().as_str())
}

/// The lines of the audit about a card, oldest first.
async fn audited(world: &World, card: SampleLine) -> Vec<StaffAuditLine> {
    let until = world.app.now().plus_seconds(60);
    let since = Instant::from_millis(0);
    let about = AuditSearch { member: None, line: Some(card.id()), since, until, limit: 50 };
    let mut lines = audit::search(&world.app, about).await.unwrap();
    lines.reverse();
    lines
}

#[tokio::test]
async fn an_auditor_says_why_before_anything_is_shown() {
    let world = World::open().await;
    let (card, number) = (page_of(&world, CARD), number_of(&world, CARD).await);
    let mut auditor = browser(&world, Role::Auditor).await;
    let asked = auditor.get(&card).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("id=\"reason\""));
    assert!(!asked.text.contains(&number), "before there is a reason");
    for (reason, code) in [("", "This field is needed"), ("4242 4242 4242 4242", "bank card")] {
        let refused = auditor.post(&card, &[("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(refused.text.contains("reason-error"), "{reason} {code}");
        assert!(!refused.text.contains(&number), "{reason}");
    }
    assert_eq!(audited(&world, CARD).await.len(), 0, "nothing was shown, and nothing written");
    let given = auditor.post(&card, &[("reason", "a complaint of November")]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER);
    let lines = audited(&world, CARD).await;
    assert_eq!(lines.len(), 1, "written down before it is shown");
    assert_eq!(lines[0].action, "look_unverified");
    assert_eq!(lines[0].detail, r#"{"reason":"a complaint of November"}"#);
    let shown = auditor.get(&given.location).await;
    assert!(shown.text.contains(&number), "{}", shown.text);
    assert!(shown.text.contains("You look at this card without a verified caller."));
    assert_eq!(shown.text.matches("method=\"post\"").count(), 1, "signing out, and no deed");
    auditor.get(&given.location).await;
    let actions: Vec<String> =
        audited(&world, CARD).await.into_iter().map(|line| line.action).collect();
    assert_eq!(actions, ["look_unverified", "see_unverified", "see_unverified"]);
    assert_eq!(audit::verify(&*world.app.store).await.unwrap().len(), 0);
}

#[tokio::test]
async fn what_a_reason_gave_is_good_for_one_card_and_one_member() {
    let world = World::open().await;
    let (card, other) = (page_of(&world, CARD), page_of(&world, OTHER));
    let mut auditor = browser(&world, Role::Auditor).await;
    let given = auditor.post(&card, &[("reason", "a complaint")]).await.location;
    let (_, look) = given.split_once('?').unwrap();
    let mut supervisor = browser(&world, Role::Supervisor).await;
    let theirs = supervisor.get(&given).await.text;
    let elsewhere = auditor.get(&format!("{other}?{look}")).await.text;
    let forged = auditor.get(&format!("{card}?look=x.y")).await.text;
    for (page, number) in [
        (theirs, number_of(&world, CARD).await),
        (elsewhere, number_of(&world, OTHER).await),
        (forged, number_of(&world, CARD).await),
    ] {
        assert!(page.contains("id=\"reason\"") && !page.contains(&number), "{page}");
    }
    world.clock.advance_seconds(14 * 60);
    assert!(!auditor.get(&given).await.text.contains("id=\"reason\""));
    world.clock.advance_seconds(60);
    assert!(auditor.get(&given).await.text.contains("id=\"reason\""), "after its time");
}

#[tokio::test]
async fn the_search_offers_to_each_what_they_may() {
    let world = World::open().await;
    let number = number_of(&world, CARD).await.replace([' ', '+'], "");
    for (role, takes, looks) in [
        (Role::Agent, true, false),
        (Role::Supervisor, true, true),
        (Role::Finance, false, true),
        (Role::Auditor, false, true),
    ] {
        let mut browser = browser(&world, role).await;
        let page = browser.get(&format!("/en/desk?q={number}")).await.text;
        assert!(page.contains("••"), "{role:?} finds it: {page}");
        assert_eq!(page.contains("action=\"/en/desk/calls\""), takes, "{role:?}");
        assert_eq!(page.contains("href=\"/en/desk/cards/"), looks, "{role:?}");
    }
}
