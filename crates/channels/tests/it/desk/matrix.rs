//! Which role may open which page of the staff, and what the team may and may not do to itself.

use super::team::DeskBrowser;
use crate::accounts::world::World;
use axum::http::StatusCode;
use farline_domain::staff::{Deed, Role, Roles};

/// Pages and forms, with what they take.
const GUARDED: [(&str, &str, Deed); 5] = [
    ("GET", "/en/desk/team", Deed::ManageStaff),
    ("POST", "/en/desk/team", Deed::ManageStaff),
    ("POST", "/en/desk/team/stf_nobody/roles", Deed::ManageStaff),
    ("POST", "/en/desk/team/stf_nobody/end", Deed::ManageStaff),
    ("GET", "/en/desk/audit", Deed::SearchAudit),
];

#[tokio::test]
async fn each_role_opens_what_the_matrix_allows_and_nothing_else() {
    let world = World::open().await;
    for role in Role::ALL {
        let roles = Roles::from_iter([role]);
        let mut browser = DeskBrowser::with_roles(&world, roles.clone()).await;
        let menu = browser.get("/en/desk").await.text;
        for (method, path, deed) in GUARDED {
            let shown = match method {
                "GET" => browser.get(path).await,
                _ => browser.post(path, &[]).await,
            };
            let is_refused = shown.status == StatusCode::FORBIDDEN;
            assert_eq!(is_refused, !roles.may(deed), "{role:?} {method} {path}");
            if method == "GET" {
                assert_eq!(menu.contains(&format!("href=\"{path}\"")), roles.may(deed), "{role:?}");
            }
        }
    }
    let mut stranger = DeskBrowser::new(&world);
    for (method, path, _) in GUARDED {
        let shown = match method {
            "GET" => stranger.get(path).await,
            _ => stranger.post_bare(path, &[]).await,
        };
        assert_eq!(shown.location, "/en/desk/sign-in", "{method} {path}");
    }
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
