//! The supervisor's view over HTTP.

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_app::tokens::Seal;
use farline_channels::desk::handlers::call::LINE;
use farline_domain::hotline::{Call, CallSource, Proof, Way};
use farline_domain::staff::{Role, Roles};
use farline_testkit::{OWN, SampleLine};

const CARD: SampleLine = SampleLine { operator: OWN, index: 0 };

async fn browser(world: &World, role: Role) -> DeskBrowser<'_> {
    DeskBrowser::with_roles(world, Roles::from_iter([role])).await
}

/// An agent takes a call, whose caller guesses at the last renewal until the card is locked and twice more, and ends it.
async fn a_bad_call(world: &World, agent: &mut DeskBrowser<'_>) {
    let token = Seal(&world.app.keys.tokens).token(LINE, &CARD.id().to_string());
    let call = agent.post("/en/desk/calls", &[("line", &token), ("caller", "")]).await.location;
    let guess = [("way", "last_renewal"), ("renewed_on", "2026-01-01"), ("paid", "1")];
    for _ in 0..5 {
        let refused = agent.post(&format!("{call}/verify"), &guess).await.status;
        assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(agent.post(&format!("{call}/end"), &[]).await.location, "/en/desk");
}

#[tokio::test]
async fn a_supervisor_sees_what_each_did_and_the_sheet_says_the_same() {
    let world = World::open().await;
    let mut agent = browser(&world, Role::Agent).await;
    a_bad_call(&world, &mut agent).await;
    let mei = world.app.store.member_named("agent-member").await.unwrap().unwrap();
    let now = world.app.now();
    let good = Call {
        id: farline_domain::kernel::CallId::mint(now, CARD.id().cell(), 77),
        source: CallSource::Desk(mei.id),
        line: CARD.id(),
        caller: farline_domain::hotline::Caller::Card,
        started_at: now,
        active_at: now,
        ended_at: Some(now.plus_seconds(275)),
        proof: Some(Proof { way: Way::Pin, at: now }),
        failures: 0,
        locks: 0,
        order: None,
        connecting_at: None,
    };
    world.app.store.keep_call(&good).await.unwrap();
    let mut supervisor = browser(&world, Role::Supervisor).await;
    let page = supervisor.get("/en/desk/supervise").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for shown in ["Camille", "0 orders wait now", "<td>2</td>", "PIN\u{a0}1", "role=\"img\""] {
        assert!(page.text.contains(shown), "{shown} is not shown:\n{}", page.text);
    }
    let told = "Failed proofs\u{a0}3 · Locked\u{a0}2";
    assert!(page.text.contains(told), "the picture says what it shows:\n{}", page.text);
    let sheet = supervisor.get("/en/desk/supervise.csv").await.text;
    let rows: Vec<&str> = sheet.lines().collect();
    assert_eq!(rows[0], "day,who,what,way,count,amount,currency,median_seconds");
    for row in [
        ",Camille,calls,,2,,,0",
        ",Camille,proofs_failed,,3,,,",
        ",Camille,locked,,2,,,",
        ",Camille,verified,pin,1,,,",
    ] {
        assert!(rows.iter().any(|found| found.ends_with(row)), "{row}: {rows:#?}");
    }
    let before = supervisor.get("/en/desk/supervise?from=2020-01-01&until=2020-03-31").await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(!before.text.contains("PIN\u{a0}1"));
}

#[tokio::test]
async fn days_that_are_no_period_are_refused_in_words_and_show_nothing() {
    let world = World::open().await;
    let mut auditor = browser(&world, Role::Auditor).await;
    let table = [
        ("from=2026-11-02&until=2026-11-01", "until-error", "comes before the first"),
        ("from=2026-01-01&until=2026-04-03", "from-error", "At most 92 days"),
        ("from=x", "from-error", "Give a date such as"),
        ("until=2026-02-30", "until-error", "Give a date such as"),
    ];
    for (query, field, words) in table {
        let page = auditor.get(&format!("/en/desk/supervise?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        for shown in [&format!("id=\"{field}\""), words] {
            assert!(page.text.contains(shown), "{query}: no {shown} in\n{}", page.text);
        }
        assert!(!page.text.contains("<table"), "{query}");
        let sheet = auditor.get(&format!("/en/desk/supervise.csv?{query}")).await;
        assert_eq!(sheet.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    for query in ["", "from=&until=", "until=2026-11-01", "from=2026-01-01&until=2026-04-02"] {
        let page = auditor.get(&format!("/en/desk/supervise?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
    }
}
