//! Passkeys of the staff: adding, signing in, removing, and every answer that does not count.

use super::device::Device;
use super::team::{DeskBrowser, employ};
use crate::accounts::world::{World, refused};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::staff::demonstration::{Played, come_in};
use farline_app::staff::passkeys::{add, ask_to_add, ask_to_sign_in, of, remove, sign_in};
use farline_app::staff::{StaffPresent, StaffSignedIn, audit, authenticate, team};
use farline_app::{Mode, Problem, ProblemCode};
use farline_domain::kernel::StaffId;
use farline_domain::staff::{FRESH_SECONDS, Roles};
use sha2::{Digest, Sha256};

/// What is wrong with an answer, and how it comes about.
type Spoil<'a> = (&'a str, &'a dyn Fn(&mut Device));

/// The people of the demonstration.
async fn open() -> World {
    let world = World::open().await;
    employ(&world).await;
    world
}

async fn here(world: &World, who: Played) -> StaffPresent {
    let started = come_in(&world.app, who, &world.visitor()).await.unwrap();
    authenticate(&world.app, &started.token).await.unwrap().unwrap()
}

async fn added(world: &World, who: Played, device: &mut Device) -> StaffPresent {
    let present = here(world, who).await;
    let asked = ask_to_add(&world.app, &present).await.unwrap();
    let answer = device.make(&asked);
    add(&world.app, &present, &answer, &world.visitor()).await.unwrap();
    present
}

/// Signs in, as the device answers, in the browser that was asked.
async fn signed_in(world: &World, device: &mut Device) -> Result<StaffSignedIn, Problem> {
    let visitor = world.visitor();
    let (asked, browser) = ask_to_sign_in(&world.app, &visitor).await.unwrap();
    let answer = device.sign(&asked);
    sign_in(&world.app, (&answer, &browser), &visitor).await
}

/// What a member's audit says, without the first lines of their employment.
async fn told(world: &World, member: StaffId) -> Vec<String> {
    let lines = world.app.store.staff_chain(member, 2, 100).await.unwrap();
    lines.into_iter().map(|line| format!("{} {}", line.action, line.detail)).collect()
}

#[tokio::test]
async fn a_member_adds_a_passkey_signs_in_with_it_and_removes_it() {
    let world = open().await;
    let mut device = Device::new(1);
    let present = added(&world, Played::Agent, &mut device).await;
    let kept = &of(&world.app, present.member.id).await.unwrap()[0];
    assert_eq!((kept.device.as_str(), kept.used_at), ("Firefox on Android", None));
    world.wait(60);
    let come = signed_in(&world, &mut device).await.unwrap();
    assert_eq!(come.member, present.member.id);
    let now = authenticate(&world.app, &come.token).await.unwrap().unwrap();
    let kept = &of(&world.app, come.member).await.unwrap()[0];
    assert_eq!(kept.used_at, Some(world.app.now()));
    // A device that has it is told not to make another, and the same one again is not taken.
    let asked = ask_to_add(&world.app, &now).await.unwrap();
    assert!(asked.contains("\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\"AQEBAQ"));
    let again = add(&world.app, &now, &device.make(&asked), &world.visitor()).await;
    assert_eq!(refused(again), ProblemCode::PasskeyNotAdded);
    let id = farline_app::ports::passkeys::spelled(&device.id);
    remove(&world.app, &now, &id).await.unwrap();
    assert_eq!(refused(remove(&world.app, &now, &id).await), ProblemCode::NotFound);
    assert_eq!(refused(signed_in(&world, &mut device).await), ProblemCode::PasskeyFailed);
    let passkey = format!("{{\"passkey\":\"{id}\"}}");
    assert_eq!(
        told(&world, present.member.id).await,
        [
            "signed_in {}".to_owned(),
            format!("passkey_added {passkey}"),
            "signed_in {\"with\":\"passkey\"}".to_owned(),
            format!("passkey_removed {passkey}"),
        ]
    );
    assert_eq!(audit::verify(&*world.app.store).await.unwrap(), []);
}

#[tokio::test]
async fn an_answer_to_anything_else_makes_no_passkey() {
    let world = open().await;
    let present = here(&world, Played::Agent).await;
    let colleague = here(&world, Played::Owner).await;
    let attempt = async |spoil: &dyn Fn(&mut Device)| {
        let asked = ask_to_add(&world.app, &present).await.unwrap();
        let mut device = Device::new(2);
        spoil(&mut device);
        let answer = device.make(&asked);
        add(&world.app, &present, &answer, &world.visitor()).await
    };
    let spoils: [Spoil<'_>; 5] = [
        ("frame", &|device| device.in_frame = true),
        ("origin", &|device| device.origin = "https://farline.example".to_owned()),
        ("site", &|device| device.site = "example".to_owned()),
        ("nobody verified", &|device| device.flags = 0b001),
        ("nobody there", &|device| device.flags = 0b100),
    ];
    for (what, spoil) in spoils {
        assert_eq!(refused(attempt(spoil).await), ProblemCode::PasskeyNotAdded, "{what}");
    }
    // What a colleague was asked, what was asked of nobody, and what was asked too long ago.
    let asked = ask_to_add(&world.app, &colleague).await.unwrap();
    let answer = Device::new(2).make(&asked);
    let theirs = add(&world.app, &present, &answer, &world.visitor()).await;
    assert_eq!(refused(theirs), ProblemCode::PasskeyNotAdded);
    let asked = ask_to_add(&world.app, &present).await.unwrap();
    world.wait(5 * 60);
    let late = add(&world.app, &present, &Device::new(2).make(&asked), &world.visitor()).await;
    assert_eq!(refused(late), ProblemCode::PasskeyNotAdded);
    let asked = ask_to_add(&world.app, &present).await.unwrap();
    let answer = Device::new(2).make(&asked);
    add(&world.app, &present, &answer, &world.visitor()).await.unwrap();
    let twice = add(&world.app, &present, &answer, &world.visitor()).await;
    assert_eq!(refused(twice), ProblemCode::PasskeyNotAdded);
    assert_eq!(of(&world.app, present.member.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_somebody_signs_in_with_changes_only_soon_after_signing_in() {
    let world = open().await;
    let mut device = Device::new(3);
    let started = come_in(&world.app, Played::Agent, &world.visitor()).await.unwrap();
    added(&world, Played::Agent, &mut device).await;
    world.wait(u32::try_from(FRESH_SECONDS).unwrap());
    let present = authenticate(&world.app, &started.token).await.unwrap().unwrap();
    assert_eq!(refused(ask_to_add(&world.app, &present).await), ProblemCode::SignInAgain);
    let id = farline_app::ports::passkeys::spelled(&device.id);
    let answers = [
        add(&world.app, &present, "{}", &world.visitor()).await,
        remove(&world.app, &present, &id).await,
    ];
    for answer in answers {
        assert_eq!(refused(answer), ProblemCode::SignInAgain);
    }
    assert_eq!(of(&world.app, present.member.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_does_not_fit_signs_nobody_in() {
    let world = open().await;
    let mut device = Device::new(4);
    let member = added(&world, Played::Agent, &mut device).await.member.id;
    let mut other = Device::new(5);
    added(&world, Played::Owner, &mut other).await;
    let spoils: [Spoil<'_>; 6] = [
        ("frame", &|device| device.in_frame = true),
        ("origin", &|device| device.origin = "https://farline.example:8444".to_owned()),
        ("site", &|device| device.site = "example".to_owned()),
        ("nobody verified", &|device| device.flags = 0b001),
        ("nobody there", &|device| device.flags = 0b100),
        ("a colleague's name", &|device| device.member = other.member.clone()),
    ];
    let before = (device.origin.clone(), device.site.clone(), device.member.clone());
    for (what, spoil) in spoils {
        spoil(&mut device);
        let refusal = refused(signed_in(&world, &mut device).await);
        assert_eq!(refusal, ProblemCode::PasskeyFailed, "{what}");
        (device.origin, device.site, device.member) = before.clone();
        (device.flags, device.in_frame) = (0b101, false);
    }
    // A colleague's passkey, named as this one: the key is another.
    let id = std::mem::replace(&mut other.id, device.id.clone());
    let theirs = std::mem::replace(&mut other.member, device.member.clone());
    assert_eq!(refused(signed_in(&world, &mut other).await), ProblemCode::PasskeyFailed);
    (other.id, other.member) = (id, theirs);
    let told = told(&world, member).await;
    assert_eq!(told.iter().filter(|line| line.contains("\"why\":\"answer\"")).count(), 7);
    signed_in(&world, &mut device).await.unwrap();
    signed_in(&world, &mut other).await.unwrap();
}

#[tokio::test]
async fn an_answer_counts_once_in_its_own_browser_and_in_time() {
    let world = open().await;
    // One that does not count: of a replay nothing else tells.
    let mut device = Device::new(6);
    device.step = 0;
    added(&world, Played::Agent, &mut device).await;
    let visitor = world.visitor();
    let (asked, browser) = ask_to_sign_in(&world.app, &visitor).await.unwrap();
    let (_, elsewhere) = ask_to_sign_in(&world.app, &visitor).await.unwrap();
    let answer = device.sign(&asked);
    for browser in ["", "unknown", &elsewhere] {
        let refusal = refused(sign_in(&world.app, (&answer, browser), &visitor).await);
        assert_eq!(refusal, ProblemCode::PasskeyFailed, "{browser}");
    }
    sign_in(&world.app, (&answer, &browser), &visitor).await.unwrap();
    let replayed = sign_in(&world.app, (&answer, &browser), &visitor).await;
    assert_eq!(refused(replayed), ProblemCode::PasskeyFailed);
    // One letter of the signature is another.
    let (asked, browser) = ask_to_sign_in(&world.app, &visitor).await.unwrap();
    let answer = device.sign(&asked);
    let mut altered: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let signature = altered["response"]["signature"].as_str().unwrap().to_owned();
    let (head, tail) = signature.split_at(40);
    let letter = if tail.starts_with('A') { "B" } else { "A" };
    altered["response"]["signature"] = format!("{head}{letter}{}", &tail[1..]).into();
    let refusal = sign_in(&world.app, (&altered.to_string(), &browser), &visitor).await;
    assert_eq!(refused(refusal), ProblemCode::PasskeyFailed);
    let (asked, browser) = ask_to_sign_in(&world.app, &visitor).await.unwrap();
    let answer = device.sign(&asked);
    world.wait(5 * 60);
    let late = sign_in(&world.app, (&answer, &browser), &visitor).await;
    assert_eq!(refused(late), ProblemCode::PasskeyFailed);
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_written_down() {
    let world = open().await;
    let mut device = Device::new(7);
    let member = added(&world, Played::Agent, &mut device).await.member.id;
    device.counter = 10;
    signed_in(&world, &mut device).await.unwrap();
    for counter in [10, 4] {
        // The copy signs with 11, which was, and with 5.
        device.counter = counter;
        assert_eq!(refused(signed_in(&world, &mut device).await), ProblemCode::PasskeyFailed);
    }
    let told = told(&world, member).await;
    assert_eq!(told.iter().filter(|line| line.contains("\"why\":\"counter\"")).count(), 2);
    device.counter = 11;
    signed_in(&world, &mut device).await.unwrap();
    assert_eq!(audit::verify(&*world.app.store).await.unwrap(), []);
}

#[tokio::test]
async fn wrong_answers_are_limited() {
    let world = open().await;
    let mut device = Device::new(8);
    added(&world, Played::Agent, &mut device).await;
    device.origin = "https://elsewhere.example".to_owned();
    for _ in 0..10 {
        assert_eq!(refused(signed_in(&world, &mut device).await), ProblemCode::PasskeyFailed);
    }
    assert_eq!(refused(signed_in(&world, &mut device).await), ProblemCode::TooManyRequests);
    let mut unknown = Device::new(9);
    unknown.member = device.member.clone();
    assert_eq!(refused(signed_in(&world, &mut unknown).await), ProblemCode::PasskeyFailed);
    let visitor = world.visitor();
    let mut last = Ok(());
    for _ in 0..61 {
        last = ask_to_sign_in(&world.app, &visitor).await.map(|_| ());
    }
    assert_eq!(refused(last), ProblemCode::TooManyRequests);
}

#[tokio::test]
async fn whoever_has_left_and_where_money_is_real_the_demonstration_is_nobody() {
    let mut world = open().await;
    let (mut agents, mut owners) = (Device::new(10), Device::new(11));
    let agent = added(&world, Played::Agent, &mut agents).await;
    added(&world, Played::Owner, &mut owners).await;
    team::end(&world.app, agent.member.id, None).await.unwrap();
    assert_eq!(of(&world.app, agent.member.id).await.unwrap(), []);
    assert_eq!(refused(signed_in(&world, &mut agents).await), ProblemCode::PasskeyFailed);
    world.app.mode = Mode::Live;
    assert_eq!(refused(signed_in(&world, &mut owners).await), ProblemCode::PasskeyFailed);
    // Without a name there is nothing that a passkey could belong to.
    world.app.mode = Mode::Sandbox;
    world.app.base_url = "http://shop.example".to_owned();
    let asked = ask_to_sign_in(&world.app, &world.visitor()).await;
    assert_eq!(refused(asked), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_browser_adds_one_and_comes_in_with_it_to_where_it_wanted() {
    let world = open().await;
    let mut device = Device::new(12);
    let mut browser = DeskBrowser::with_roles(&world, Roles::owner()).await;
    let page = browser.get("/fr/desk/me").await.text;
    assert!(page.contains("data-passkey=\"add\"") && page.contains("<noscript>"), "{page}");
    let forged = browser.post_bare("/en/desk/me/passkeys/ask", &[]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let asked = browser.post("/en/desk/me/passkeys/ask", &[]).await;
    let answer = device.make(&asked.text);
    let made = browser.post("/en/desk/me/passkeys", &[("answer", &answer)]).await;
    assert_eq!(made.location, "/en/desk/me");
    let again = browser.post("/en/desk/me/passkeys", &[("answer", &answer)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("role=\"alert\"") && again.text.contains("not used yet"));

    let mut browser = DeskBrowser::new(&world);
    browser.get("/desk?caller=%2B14165550123").await;
    let page = browser.get("/en/desk/sign-in").await.text;
    assert!(page.contains("With a passkey, or with your password") && !page.contains("5550123"));
    let asked = browser.post_bare("/en/desk/sign-in/passkey/ask", &[]).await;
    assert!(asked.cookies[0].contains("Max-Age=300; HttpOnly; SameSite=Lax"), "{asked:?}");
    let answer = device.sign(&asked.text);
    let mut thief = DeskBrowser::new(&world);
    let stolen = thief.post_bare("/en/desk/sign-in/passkey", &[("answer", &answer)]).await;
    assert_eq!(stolen.status, StatusCode::UNAUTHORIZED);
    let come = browser.post_bare("/en/desk/sign-in/passkey", &[("answer", &answer)]).await;
    assert_eq!(come.location, "/desk?caller=%2B14165550123");
    assert_eq!(browser.get("/en/desk/me").await.status, StatusCode::OK);

    // Too late to change anything: out, and back to this page.
    world.wait(11 * 60);
    let late = browser.get("/en/desk/me").await.text;
    assert!(!late.contains("data-passkey") && !late.contains("me/passkeys/remove"));
    let out = browser.post("/en/desk/me/again", &[]).await;
    assert_eq!(out.location, "/en/desk/sign-in");
    let back = browser.post_bare("/en/desk/sign-in/demonstration", &[("as", "owner")]).await;
    assert_eq!(back.location, "/en/desk/me");
}

#[tokio::test]
async fn the_script_is_allowed_by_its_digest_and_nowhere_else() {
    let world = open().await;
    let page = DeskBrowser::new(&world).get("/zh/desk/sign-in").await.text;
    let (_, rest) = page.split_once("<script>").unwrap();
    let (script, _) = rest.split_once("</script>").unwrap();
    let digest = STANDARD.encode(Sha256::digest(script));
    let policy = world.policy("/zh/desk/sign-in").await;
    assert!(policy.ends_with(&format!("; script-src 'sha256-{digest}'; connect-src 'self'")));
    assert!(!script.contains("//") && !script.contains("\n\n"), "{script}");
    assert!(!world.policy("/zh/sign-in").await.contains("script-src"));
}
