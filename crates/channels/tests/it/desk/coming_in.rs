//! Coming in: invitations, signing in, sessions, and where somebody wanted to go.

use super::team::{DeskBrowser, employ, invited, secret_of};
use crate::accounts::world::{World, refused};
use axum::http::StatusCode;
use farline_app::staff::accept::{Acceptance, accept, open};
use farline_app::staff::demonstration::{Played, come_in};
use farline_app::staff::sign_in::{Credentials, sign_in};
use farline_app::staff::{authenticate, team};
use farline_app::{Mode, ProblemCode};
use farline_domain::kernel::Language;
use farline_domain::staff::{Role, Roles};
use ring::hmac;

const PASSWORD: &str = "m8-anvil-9";
const NUMBER: &str = "4165550123";

/// What an authenticator app shows that was given this text: RFC 6238 once more, read from Base32.
fn app_shows(world: &World, spelled: &str) -> String {
    let (mut secret, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in spelled.chars().filter(|letter| *letter != ' ') {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
        bits = (bits << 5) | u32::try_from(value).unwrap();
        held += 5;
        if held >= 8 {
            held -= 8;
            secret.push(u8::try_from((bits >> held) & 255).unwrap());
        }
    }
    let step = world.app.now().millis() / 30_000;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let offset = usize::from(tag.as_ref()[19] & 15);
    let cut: [u8; 4] = tag.as_ref()[offset..offset + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(cut) & 0x7fff_ffff) % 1_000_000)
}

fn acceptance(code: &str) -> Acceptance<'_> {
    Acceptance { name: "陈 Mei", password: PASSWORD, code, language: Language::ZhCn }
}

/// Employs somebody who signs in for real; returns the secret of the codes.
async fn employed(world: &World, sign_in: &str) -> String {
    let (_, link) = invited(world, sign_in, Roles::from_iter([Role::Agent])).await;
    let secret = open(&world.app, secret_of(&link)).await.unwrap().secret;
    let code = app_shows(world, &secret);
    let accepting = acceptance(&code);
    accept(&world.app, secret_of(&link), accepting, &world.visitor()).await.unwrap();
    secret
}

#[tokio::test]
async fn a_link_opens_once_and_for_a_day() {
    let world = World::open().await;
    let (member, link) = invited(&world, "mei", Roles::owner()).await;
    let link = secret_of(&link).to_owned();
    let forged = format!("{}A", &link[..link.len() - 1]);
    assert_eq!(refused(open(&world.app, &forged).await), ProblemCode::LinkExpired);
    let opened = open(&world.app, &link).await.unwrap();
    assert_eq!(open(&world.app, &link).await.unwrap().secret, opened.secret);
    let wrong = accept(&world.app, &link, acceptance("000000"), &world.visitor()).await;
    assert_eq!(refused(wrong), ProblemCode::TotpWrong);
    let code = app_shows(&world, &opened.secret);
    let short = Acceptance { password: "short", ..acceptance(&code) };
    let short = accept(&world.app, &link, short, &world.visitor()).await;
    assert_eq!(refused(short), ProblemCode::PasswordTooShort);
    let come = accept(&world.app, &link, acceptance(&code), &world.visitor()).await.unwrap();
    let present = authenticate(&world.app, &come.token).await.unwrap().unwrap();
    assert_eq!((present.member.id, present.member.language), (member, Language::ZhCn));
    let again = accept(&world.app, &link, acceptance(&code), &world.visitor()).await;
    assert_eq!(refused(again), ProblemCode::LinkExpired);
    let (_, late) = invited(&world, "luc", Roles::owner()).await;
    world.wait(24 * 60 * 60);
    assert_eq!(refused(open(&world.app, secret_of(&late)).await), ProblemCode::LinkExpired);
}

#[tokio::test]
async fn it_takes_name_password_and_a_fresh_code_and_a_code_is_good_once() {
    let world = World::open().await;
    let secret = employed(&world, "Mei@Example.org").await;
    let used = app_shows(&world, &secret);
    let attempt = async |who, password, code: &str| {
        let credentials = Credentials { sign_in: who, password, code };
        sign_in(&world.app, credentials, &world.visitor()).await
    };
    // The code shown with the link was used then.
    let again = attempt("mei@example.org", PASSWORD, &used).await;
    assert_eq!(refused(again), ProblemCode::StaffSignInFailed);
    world.wait(30);
    let code = app_shows(&world, &secret);
    for (who, password, code) in [
        ("nobody", PASSWORD, code.as_str()),
        ("mei@example.org", "another one", &code),
        ("mei@example.org", PASSWORD, "000000"),
        ("mei@example.org", PASSWORD, ""),
    ] {
        let refusal = refused(attempt(who, password, code).await);
        assert_eq!(refusal, ProblemCode::StaffSignInFailed, "{who} {code}");
    }
    attempt(" MEI@example.org", PASSWORD, &code).await.unwrap();
    let replayed = attempt("mei@example.org", PASSWORD, &code).await;
    assert_eq!(refused(replayed), ProblemCode::StaffSignInFailed);
    for who in ["mei@example.org", "nobody"] {
        let mut last = ProblemCode::Internal;
        for _ in 0..11 {
            last = refused(attempt(who, "another one", "000000").await);
        }
        assert_eq!(last, ProblemCode::TooManyRequests, "{who}");
    }
}

#[tokio::test]
async fn a_session_ends_idle_in_time_and_with_the_work() {
    let world = World::open().await;
    employ(&world).await;
    let owner = come_in(&world.app, Played::Owner, &world.visitor()).await.unwrap();
    let lives = async |token: &str| authenticate(&world.app, token).await.unwrap().is_some();
    for _ in 0..50 {
        world.wait(14 * 60);
        assert!(lives(&owner.token).await);
    }
    world.wait(15 * 60);
    assert!(!lives(&owner.token).await);
    let owner = come_in(&world.app, Played::Owner, &world.visitor()).await.unwrap();
    for _ in 0..71 {
        world.wait(10 * 60);
        assert!(lives(&owner.token).await);
    }
    world.wait(10 * 60);
    assert!(!lives(&owner.token).await, "twelve hours are over");
    let agent = come_in(&world.app, Played::Agent, &world.visitor()).await.unwrap();
    team::end(&world.app, agent.member, Some(owner.member)).await.unwrap();
    assert!(!lives(&agent.token).await);
    let last = team::end(&world.app, owner.member, None).await;
    assert_eq!(refused(last), ProblemCode::LastManager);
}

#[tokio::test]
async fn where_money_is_real_nobody_comes_in_by_one_tap() {
    let mut world = World::open().await;
    employ(&world).await;
    let owner = come_in(&world.app, Played::Owner, &world.visitor()).await.unwrap();
    world.app.mode = Mode::Live;
    let tap = come_in(&world.app, Played::Owner, &world.visitor()).await;
    assert_eq!(refused(tap), ProblemCode::NotFound);
    assert_eq!(authenticate(&world.app, &owner.token).await.unwrap(), None);
}

#[tokio::test]
async fn a_screen_pop_waits_on_the_server_until_somebody_has_signed_in() {
    let world = World::open().await;
    employ(&world).await;
    let mut browser = DeskBrowser::new(&world);
    let popped = browser.get(&format!("/desk?caller=%2B1{NUMBER}")).await;
    assert_eq!(popped.location, "/en/desk/sign-in");
    let asked = browser.get(&popped.location).await;
    for shown in [&popped, &asked] {
        let cookies = shown.cookies.join(" ");
        for text in [&shown.text, &shown.location, &cookies] {
            assert!(!text.contains(NUMBER), "{text}");
        }
    }
    assert_eq!(asked.status, StatusCode::OK);
    // Not even when it is asked for with the sign-in page itself.
    let asked = browser.get(&format!("/en/desk/sign-in?caller={NUMBER}")).await;
    assert!(!asked.text.contains(NUMBER));
    let tap = browser.post_bare("/en/desk/sign-in/demonstration", &[("as", "agent")]).await;
    assert_eq!(tap.location, format!("/desk?caller=%2B1{NUMBER}"));
    assert!(tap.cookies[1].contains("HttpOnly; SameSite=Lax"), "{:?}", tap.cookies);
    let desk = browser.get(&tap.location).await;
    assert_eq!(desk.location, format!("/en/desk?caller=%2B1{NUMBER}"));
    // Told once.
    let out = browser.post("/en/desk/sign-out", &[]).await;
    assert_eq!(out.location, "/en/desk/sign-in");
    let tap = browser.post_bare("/fr/desk/sign-in/demonstration", &[("as", "owner")]).await;
    assert_eq!(tap.location, "/fr/desk");
}

#[tokio::test]
async fn forms_come_from_the_sessions_own_pages_and_roles_count() {
    let world = World::open().await;
    let mut browser = DeskBrowser::with_roles(&world, Roles::from_iter([Role::Agent])).await;
    let forged = browser.post_bare("/en/desk/sign-out", &[("csrf", "forged")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let desk = browser.get("/en/desk?q=abc").await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("value=\"abc\"") && desk.text.contains("autofocus"));
    let mut catalogue = DeskBrowser::with_roles(&world, Roles::from_iter([Role::Catalogue])).await;
    let desk = catalogue.get("/en/desk").await;
    assert!(desk.status == StatusCode::OK && !desk.text.contains("name=\"q\""));
    let refused = catalogue.get("/en/desk?q=abc").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    for role in ["Agent", "Senior agent", "Supervisor", "Finance", "Auditor"] {
        assert!(refused.text.contains(&format!("<li>{role}</li>")), "{role}");
    }
    let strange = browser.get("/xx/desk").await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
}
