//! Which role may open which page of the staff, and what the team may and may not do to itself.

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_channels::desk::layout::MENU;
use farline_domain::staff::{Deed, Role, Roles};

const CALL: &str = "/en/desk/calls/cal_nobody";
const PLAN: &str = "/en/desk/plans/none";
const ORDER: &str = "/en/desk/orders/K7M3-QX9T";

/// Pages and forms, with what they take: one of these deeds.
const GUARDED: &[(&str, &str, &str, &[Deed])] = &[
    ("GET", "/en/desk/team", "", &[Deed::ManageStaff]),
    ("POST", "/en/desk/team", "", &[Deed::ManageStaff]),
    ("POST", "/en/desk/team/stf_nobody", "/roles", &[Deed::ManageStaff]),
    ("POST", "/en/desk/team/stf_nobody", "/end", &[Deed::ManageStaff]),
    ("GET", "/en/desk/audit", "", &[Deed::SearchAudit]),
    ("GET", "/en/desk/supervise", "", &[Deed::Supervise]),
    ("GET", "/en/desk/supervise.csv", "", &[Deed::Supervise]),
    ("GET", "/en/desk/cards/lin_nobody", "", &[Deed::SeeUnverified]),
    ("POST", "/en/desk/cards/lin_nobody", "", &[Deed::SeeUnverified]),
    ("GET", "/en/desk/orders", "", &[Deed::SeeRescues]),
    ("GET", ORDER, "", &[Deed::SeeRescues]),
    ("POST", ORDER, "/take", &[Deed::TakePayment]),
    ("POST", ORDER, "/refund", &[Deed::Refund]),
    ("POST", ORDER, "/given-back", &[Deed::Rescue, Deed::Approve]),
    ("POST", ORDER, "/rescue", &[Deed::Rescue]),
    ("POST", ORDER, "/requests/rrq_nobody", &[Deed::Approve]),
    ("GET", "/en/desk/today", "", &[Deed::SeeDay]),
    ("GET", "/en/desk/today.csv", "", &[Deed::SeeDay]),
    ("GET", "/en/desk/partners", "", &[Deed::SeePartners]),
    ("GET", "/en/desk/partners/none", "", &[Deed::SeePartners]),
    ("POST", "/en/desk/partners/none", "/pay-in", &[Deed::BookPartners]),
    ("GET", "/en/desk/promotions", "", &[Deed::SeePlans]),
    ("POST", "/en/desk/promotions", "", &[Deed::ChangePlans]),
    ("POST", "/en/desk/promotions/none", "/stop", &[Deed::ChangePlans]),
    ("GET", "/en/desk/plans", "", &[Deed::SeePlans]),
    ("GET", PLAN, "", &[Deed::SeePlans]),
    ("POST", PLAN, "/price", &[Deed::ChangePlans]),
    ("POST", PLAN, "/withdraw", &[Deed::ChangePlans]),
    ("POST", PLAN, "/stop", &[Deed::ChangePlans]),
    ("POST", PLAN, "/resume", &[Deed::ChangePlans]),
    ("POST", "/en/desk/calls", "", &[Deed::TakeCall]),
    ("GET", CALL, "", &[Deed::TakeCall]),
    ("POST", CALL, "/code", &[Deed::TakeCall]),
    ("POST", CALL, "/verify", &[Deed::TakeCall]),
    ("POST", CALL, "/notes", &[Deed::TakeCall]),
    ("POST", CALL, "/document", &[Deed::TakeCall]),
    ("POST", CALL, "/end", &[Deed::TakeCall]),
    ("POST", CALL, "/plan", &[Deed::Sell]),
    ("GET", CALL, "/check/quo_nobody", &[Deed::Sell]),
    ("POST", CALL, "/check/quo_nobody", &[Deed::Sell]),
    ("GET", CALL, "/orders/ord_nobody", &[Deed::Sell]),
    ("POST", CALL, "/orders/ord_nobody/link", &[Deed::Sell]),
    ("POST", CALL, "/orders/ord_nobody/cancel", &[Deed::Sell]),
    ("POST", CALL, "/orders/ord_nobody/by-hand", &[Deed::Sell]),
    ("POST", CALL, "/orders/ord_nobody/keypad", &[Deed::Sell]),
    ("GET", "/en/desk/follow-ups", "", &[Deed::TakeCall]),
    ("POST", "/en/desk/follow-ups/nte_nobody", "", &[Deed::TakeCall]),
];

/// What stands open to whoever comes to the door, or to everybody who is signed in.
const OPEN: [&str; 12] = [
    "/desk",
    "/{language}/desk",
    "/{language}/desk/sign-in",
    "/{language}/desk/sign-in/demonstration",
    "/{language}/desk/sign-in/passkey",
    "/{language}/desk/sign-in/passkey/ask",
    "/{language}/desk/me",
    "/{language}/desk/me/again",
    "/{language}/desk/me/passkeys",
    "/{language}/desk/me/passkeys/ask",
    "/{language}/desk/me/passkeys/remove",
    "/{language}/desk/sign-out",
];

#[tokio::test]
async fn each_role_opens_what_the_matrix_allows_and_nothing_else() {
    let world = World::open().await;
    for role in Role::ALL {
        let roles = Roles::from_iter([role]);
        let mut browser = DeskBrowser::with_roles(&world, roles.clone()).await;
        let menu = browser.get("/en/desk").await.text;
        for (method, place, rest, deeds) in GUARDED {
            let path = &format!("{place}{rest}");
            let shown = match *method {
                "GET" => browser.get(path).await,
                _ => browser.post(path, &[]).await,
            };
            let may = deeds.iter().any(|deed| roles.may(*deed));
            let is_refused = shown.status == StatusCode::FORBIDDEN;
            assert_eq!(is_refused, !may, "{role:?} {method} {path}");
        }
        for (_, path, deed) in MENU {
            let may = deed.is_none_or(|deed| roles.may(deed));
            assert_eq!(menu.contains(&format!("href=\"/en/{path}\"")), may, "{role:?} {path}");
        }
    }
    let mut stranger = DeskBrowser::new(&world);
    for (method, place, rest, _) in GUARDED {
        let path = &format!("{place}{rest}");
        let shown = match *method {
            "GET" => stranger.get(path).await,
            _ => stranger.post_bare(path, &[]).await,
        };
        assert_eq!(shown.location, "/en/desk/sign-in", "{method} {path}");
    }
}

/// Every route that the sources name stands in the matrix, so that a new one cannot be forgotten.
#[test]
fn every_route_of_the_desk_is_in_the_matrix() {
    let mut seen = 0;
    for (path, methods) in routes() {
        if OPEN.contains(&path.as_str()) || path.starts_with("/{language}/desk/join/") {
            continue;
        }
        for method in ["GET", "POST"] {
            if !methods.contains(&format!("{}(", method.to_lowercase())) {
                continue;
            }
            seen += 1;
            let fits = |(guarded, place, rest, _): &&(&str, &str, &str, &[Deed])| {
                *guarded == method && is_of(&format!("{place}{rest}"), &path)
            };
            assert_eq!(GUARDED.iter().filter(fits).count(), 1, "{method} {path}");
        }
    }
    assert_eq!(seen, GUARDED.len(), "the matrix has rows for routes that are not there");
}

/// The routes that the handlers' sources name, with the text of what answers them.
fn routes() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders =
        vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk/handlers")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for route in source.split(".route(").skip(1) {
                let Some((_, rest)) = route.split_once('"') else { continue };
                let (address, answered) = rest.split_once('"').unwrap();
                let answered = answered.split("\n}").next().unwrap_or_default();
                found.push((address.to_owned(), answered.to_owned()));
            }
        }
    }
    found
}

/// Whether an address is one of a route: a place in braces stands for anything.
fn is_of(address: &str, route: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (address.split('/').collect(), route.split('/').collect());
    one.len() == other.len()
        && one.iter().zip(&other).all(|(given, place)| place.starts_with('{') || given == place)
}

#[tokio::test]
async fn a_supervisor_invites_and_the_last_one_stays() {
    let world = World::open().await;
    let supervisor = Roles::from_iter([Role::Supervisor]);
    let mut browser = DeskBrowser::with_roles(&world, supervisor).await;
    let without = browser.post("/en/desk/team", &[("sign_in", "luc")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("id=\"roles-error\""));
    let invited = browser.post("/en/desk/team", &[("sign_in", "luc"), ("agent", "yes")]).await;
    assert!(invited.text.contains("/en/desk/join/"), "the link is shown");
    assert!(!browser.get("/en/desk/team").await.text.contains("/en/desk/join/"), "and only once");
    let myself = world.app.store.member_named("supervisor-member").await.unwrap().unwrap();
    for (form, fields) in [("end", &[][..]), ("roles", &[("agent", "yes")][..])] {
        let path = format!("/en/desk/team/{}/{form}", myself.id);
        assert_eq!(browser.post(&path, fields).await.status, StatusCode::CONFLICT, "{form}");
    }
    let luc = world.app.store.member_named("luc").await.unwrap().unwrap();
    let ended = browser.post(&format!("/en/desk/team/{}/end", luc.id), &[]).await;
    assert_eq!(ended.location, "/en/desk/team");
    let audit = browser.get("/en/desk/audit").await.text;
    for action in ["invite", "end_work", "ended", "search_audit"] {
        assert!(audit.contains(&format!("<b>{action}</b>")), "{action}");
    }
    let nobody = browser.get("/en/desk/audit?line=4165559999").await.text;
    assert!(!nobody.contains("<b>invite</b>"), "a number that is no card's finds nothing");
}
