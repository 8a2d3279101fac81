//! The search: what its page says, and that nothing private is in it.

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_app::ports::staff::AuditSearch;
use farline_app::staff::audit;
use farline_app::tokens::Seal;
use farline_channels::desk::handlers::call::LINE;
use farline_domain::kernel::Instant;
use farline_domain::lines::HolderName;
use farline_domain::staff::{Role, Roles};
use farline_testkit::{OWN, SampleLine, new_line};

const HELD: SampleLine = SampleLine { operator: OWN, index: 70_142 };

async fn world() -> World {
    let world = World::open().await;
    let named = |(index, name): (u32, &str)| {
        let mut new = new_line(SampleLine { operator: OWN, index });
        new.holder_name = HolderName::parse(name).ok();
        Ok((u64::from(index), new))
    };
    let rows: Vec<_> = [(HELD.index, "王小明"), (80_142, "Éloïse Tremblay")].map(named).into();
    world.app.store.import_lines(Box::new(rows.into_iter()), Box::new(|_| {})).await.unwrap();
    world
}

async fn agent(world: &World) -> DeskBrowser<'_> {
    DeskBrowser::with_roles(world, Roles::from_iter([Role::Agent])).await
}

#[tokio::test]
async fn the_page_leads_to_the_card_and_shows_nothing_private_of_it() {
    let world = world().await;
    let mut agent = agent(&world).await;
    let page = agent.get("/en/desk?q=%E5%B0%8F%E6%98%8E").await;
    assert_eq!(page.status, StatusCode::OK);
    for shown in ["+1 416 ••• ••42", "王＊＊", "name with 小明", "action=\"/en/desk/calls\""]
    {
        assert!(page.text.contains(shown), "{shown} is not shown:\n{}", page.text);
    }
    // Only what was typed may be on it.
    for hidden in ["王小明", "4162070142", "207 0142", "Tremblay"] {
        assert!(!page.text.contains(hidden), "{hidden} is shown");
    }
    let token =
        page.text.split_once("name=\"line\" value=\"").unwrap().1.split('"').next().unwrap();
    let said = Seal(&world.app.keys.tokens).said(LINE, token);
    assert_eq!(said, Some(HELD.id().to_string()));
    let taken = agent.post("/en/desk/calls", &[("line", token), ("caller", "")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert!(taken.location.starts_with("/en/desk/calls/cal_"), "{}", taken.location);
    // A name that is found by a part is not the one that it must be: the search stays in focus.
    assert!(page.text.contains("spellcheck=\"false\" autofocus"));
}

#[tokio::test]
async fn what_is_exactly_one_card_waits_for_the_enter_key() {
    let world = world().await;
    let mut agent = agent(&world).await;
    for address in ["/en/desk?q=4162070142", "/en/desk?caller=+14162070142"] {
        let page = agent.get(address).await.text;
        assert_eq!(page.matches("autofocus").count(), 1, "{address}");
        assert!(page.contains("class=\"go\" autofocus accesskey=\"1\""), "{address}:\n{page}");
    }
    let popped = agent.get("/en/desk?caller=%2B14162070142").await.text;
    assert!(popped.contains("name=\"caller\" value=\"+14162070142\""));
}

#[tokio::test]
async fn the_page_says_what_was_understood_when_nothing_is_found() {
    let world = world().await;
    let mut agent = agent(&world).await;
    let table = [
        ("en", "q=9999", "number ending in 9999"),
        ("en", "q=9999", "Nothing was found."),
        ("fr", "q=9999", "numéro finissant par 9999"),
        ("zh", "q=9999", "号码以9999结尾"),
        ("en", "q=1", "too little to look for"),
        ("en", "caller=anonymous", "No card calls from this number"),
        ("en", "caller=%2B14165559999", "No card calls from this number"),
    ];
    for (language, query, expected) in table {
        let page = agent.get(&format!("/{language}/desk?{query}")).await;
        assert!(page.text.contains(expected), "{language} {query}:\n{}", page.text);
        assert!(!page.text.contains("desk/calls"), "{query}");
    }
}

#[tokio::test]
async fn whoever_may_not_look_finds_nothing() {
    let world = world().await;
    let mut finance = DeskBrowser::with_roles(&world, Roles::from_iter([Role::Catalogue])).await;
    for query in ["q=4162070142", "caller=%2B14162070142"] {
        let page = finance.get(&format!("/en/desk?{query}")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{query}");
        assert!(!page.text.contains("••42"), "{query}");
    }
}

#[tokio::test]
async fn every_search_is_one_line_of_the_audit_without_what_was_typed() {
    let world = world().await;
    let mut agent = agent(&world).await;
    agent.get("/en/desk").await;
    for query in ["q=4162070142", "q=tremblay", "q=1"] {
        agent.get(&format!("/en/desk?{query}")).await;
    }
    let (since, until) = (Instant::from_millis(0), world.app.now().plus_seconds(60));
    let everything = AuditSearch { member: None, line: None, since, until, limit: 50 };
    let lines = audit::search(&world.app, everything).await.unwrap();
    let finds: Vec<_> = lines.iter().filter(|line| line.action == "find").collect();
    assert_eq!(finds.len(), 3);
    assert!(finds.iter().any(|line| line.line == Some(HELD.id())));
    for hidden in ["4162070142", "tremblay"] {
        assert!(!format!("{finds:?}").to_lowercase().contains(hidden), "{hidden} is kept");
    }
}
