//! What an account says of itself, and its end.

use super::world::{MINE, PASSWORD, PIN, World, refused};
use farline_app::ProblemCode;
use farline_app::accounts::delete::{self, Confirmation};
use farline_app::accounts::sign_in::with_password;
use farline_app::accounts::{
    SignedInSession, authenticate, contacts, export, helpers, lines, permit, profile, prove,
};
use farline_domain::kernel::Language;

const WEI: &str = "li.wei@example.org";
const NEW: &str = "wei.new@example.org";

#[tokio::test]
async fn a_new_address_is_proven_and_the_old_one_told() {
    let world = World::open().await;
    let account = world.account(WEI).await;
    let visitor = world.visitor();
    world.wait(1);
    let challenge = contacts::add(&world.app, account, NEW).await.unwrap();
    let code = world.code(NEW, 1).await;
    let typed = (challenge.id.as_str(), code.as_str());
    contacts::confirm(&world.app, account, typed, &visitor).await.unwrap();
    let told = world.sent_to(WEI, 2).await;
    assert!(told[1].body.contains("w•••@example.org"), "{}", told[1].body);
    let kept = profile::profile(&world.app, account).await.unwrap().contacts;
    contacts::remove(&world.app, account, kept[0].id).await.unwrap();
    // The one that went is told, whoever took it out.
    assert!(world.sent_to(WEI, 3).await[2].body.contains("l•••@example.org"));
    let last = contacts::remove(&world.app, account, kept[1].id).await;
    assert_eq!(refused(last), ProblemCode::WrongState);
    with_password(&world.app, NEW, PASSWORD, &visitor).await.unwrap();
    let old = with_password(&world.app, WEI, PASSWORD, &visitor).await;
    assert_eq!(refused(old), ProblemCode::SignInFailed);
}

#[tokio::test]
async fn an_address_of_another_account_stays_there() {
    let world = World::open().await;
    let (account, other) = (world.account(WEI).await, world.account(NEW).await);
    let challenge = contacts::add(&world.app, account, NEW).await.unwrap();
    let code = world.code(NEW, 2).await;
    let typed = (challenge.id.as_str(), code.as_str());
    let taken = contacts::confirm(&world.app, account, typed, &world.visitor()).await;
    assert_eq!(refused(taken), ProblemCode::WrongState);
    assert_eq!(profile::profile(&world.app, other).await.unwrap().contacts.len(), 1);
}

#[tokio::test]
async fn a_new_password_takes_the_old_one_and_ends_other_sessions() {
    let world = World::open().await;
    let here = world.register(WEI).await;
    let there = with_password(&world.app, WEI, PASSWORD, &world.visitor()).await.unwrap();
    let session = SignedInSession { account: here.account, session: here.session };
    let new = "a-kettle-of-vermilion";
    let wrong = profile::set_password(&world.app, session, ("wrong", new)).await;
    assert_eq!(refused(wrong), ProblemCode::ProofFailed);
    let weak = profile::set_password(&world.app, session, (PASSWORD, "short")).await;
    assert_eq!(refused(weak), ProblemCode::PasswordTooShort);
    profile::set_password(&world.app, session, (PASSWORD, new)).await.unwrap();
    assert!(world.sent_to(WEI, 2).await[1].body.contains("new password"));
    assert_eq!(authenticate(&world.app, &here.token).await.unwrap(), Some(session));
    assert_eq!(authenticate(&world.app, &there.token).await.unwrap(), None);
    with_password(&world.app, WEI, new, &world.visitor()).await.unwrap();
}

#[tokio::test]
async fn the_export_holds_everything_but_secrets() {
    let world = World::open().await;
    let account = world.account(WEI).await;
    prove::with_pin(&world.app, account, MINE.id(), PIN).await.unwrap();
    lines::call(&world.app, account, MINE.id(), "Grandmother").await.unwrap();
    let permitted = permit(&world.app, account, MINE.id()).await.unwrap();
    let holder = permitted.as_holder().unwrap();
    helpers::invite(&world.app, holder, ("cousin@example.net", "Cousin")).await.unwrap();
    profile::set_language(&world.app, account, Language::FrCa).await.unwrap();
    let exported = export(&world.app, account).await.unwrap();
    let text = exported.to_string();
    let id = account.to_string();
    for held in
        [WEI, "Grandmother", "cousin@example.net", "Cousin", "fr-CA", "Firefox on Android", &id]
    {
        assert!(text.contains(held), "{held} is missing");
    }
    assert_eq!(exported["lines"][0]["rights"], "holder");
    assert_eq!(exported["account"]["has_password"], true);
    let actions: Vec<_> =
        exported["audit"].as_array().unwrap().iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["open", "sign_in", "hold", "call_line", "ask", "set_language"]);
    assert!(!text.contains("argon2"));
}

#[tokio::test]
async fn a_deletion_is_confirmed_and_final() {
    let world = World::open().await;
    let signed_in = world.register(WEI).await;
    let account = signed_in.account;
    let visitor = world.visitor();
    let wrong = delete::delete(&world.app, account, Confirmation::Password("no"), &visitor).await;
    assert_eq!(refused(wrong), ProblemCode::ProofFailed);
    let challenge = delete::send_code(&world.app, account).await.unwrap();
    let code = world.code(WEI, 2).await;
    let confirmed = Confirmation::Code { challenge: &challenge.id, code: &code };
    let kept = delete::delete(&world.app, account, confirmed, &visitor).await.unwrap();
    assert_eq!(kept, None, "it never paid");
    assert_eq!(authenticate(&world.app, &signed_in.token).await.unwrap(), None);
    let gone = with_password(&world.app, WEI, PASSWORD, &visitor).await;
    assert_eq!(refused(gone), ProblemCode::SignInFailed);
    let exported = export(&world.app, account).await;
    assert_eq!(refused(exported), ProblemCode::Unauthorized);
    // The address is free for a new account, which is another one.
    world.wait(600);
    assert_ne!(world.account(WEI).await, account);
}
