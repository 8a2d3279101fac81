//! Registering, signing in and out; what strangers cannot find out.

use super::world::{PASSWORD, World, refused};
use farline_app::accounts::sign_in::{send_code, with_code, with_password};
use farline_app::accounts::sign_out::{sign_out, sign_out_everywhere};
use farline_app::accounts::{Registration, Visitor, authenticate, codes, register, verify};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Language;

const WEI: &str = "li.wei@example.org";
const NOBODY: &str = "nobody.here@example.org";
const DAY: u32 = 24 * 60 * 60;

fn registration(who: &str, password: Option<&str>) -> Registration {
    let password = password.map(str::to_owned);
    Registration { who: who.to_owned(), password, language: Language::ZhCn }
}

#[tokio::test]
async fn an_account_exists_once_its_address_is_proven() {
    let world = World::open().await;
    let visitor = world.visitor();
    let wanted = registration("(416) 555-0188", Some(PASSWORD));
    let challenge = register(&world.app, wanted, &visitor).await.unwrap();
    assert_eq!(challenge.sent_to, "+1 ••• 88");
    let early = with_password(&world.app, "4165550188", PASSWORD, &visitor).await;
    assert_eq!(refused(early), ProblemCode::SignInFailed);
    let code = world.code("+14165550188", 1).await;
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let registered = verify(&world.app, &challenge.id, &spaced, &visitor).await.unwrap();
    let again = verify(&world.app, &challenge.id, &code, &visitor).await;
    assert_eq!(refused(again), ProblemCode::CodeExpired);
    let back = with_password(&world.app, "+1 416 555 0188", PASSWORD, &visitor).await.unwrap();
    assert_eq!(back.account, registered.account);
    assert_ne!(back.token, registered.token);
    assert_eq!(back.token.len(), 43);
}

#[tokio::test]
async fn a_password_is_optional_and_weak_ones_are_refused() {
    let world = World::open().await;
    let table = [
        ("short", ProblemCode::PasswordTooShort),
        ("passwordpassword", ProblemCode::PasswordCommon),
        ("my name is li.wei!", ProblemCode::PasswordCommon),
    ];
    for (password, expected) in table {
        let wanted = registration(WEI, Some(password));
        let result = register(&world.app, wanted, &world.visitor()).await;
        assert_eq!(refused(result), expected, "{password}");
    }
    let visitor = world.visitor();
    let challenge = register(&world.app, registration(WEI, Some("")), &visitor).await.unwrap();
    let code = world.code(WEI, 1).await;
    let account = verify(&world.app, &challenge.id, &code, &visitor).await.unwrap().account;
    assert_eq!(world.app.store.account(account).await.unwrap().unwrap().password, None);
    let challenge = send_code(&world.app, WEI, Language::EnCa, &visitor).await.unwrap();
    let code = world.code(WEI, 2).await;
    assert_eq!(verify(&world.app, &challenge.id, &code, &visitor).await.unwrap().account, account);
}

#[tokio::test]
async fn strangers_get_the_same_answers_for_known_and_unknown_addresses() {
    let world = World::open().await;
    world.register(WEI).await;
    let mut answers = Vec::new();
    for who in [WEI, NOBODY] {
        let visitor = world.visitor();
        let wanted = registration(who, Some(PASSWORD));
        let registering = register(&world.app, wanted, &visitor).await.unwrap();
        let signing_in = send_code(&world.app, who, Language::ZhCn, &visitor).await.unwrap();
        let mut told = Vec::new();
        for challenge in [&registering, &signing_in] {
            assert_eq!(challenge.id.len(), 43);
            told.push(format!(
                "{:?} {}",
                challenge.expires_at,
                challenge.sent_to.replacen(&who[..1], "x", 1)
            ));
            let wrong = verify(&world.app, &challenge.id, "no", &visitor).await;
            told.push(format!("{:?}", wrong.unwrap_err()));
        }
        for _ in 0..11 {
            let wrong = with_password(&world.app, who, "not the password", &visitor).await;
            told.push(format!("{:?}", wrong.unwrap_err()));
        }
        answers.push(told);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].last().unwrap().contains("TooManyRequests"));
    // Registering sends one code to either. Signing in sends one to the known alone, who is also told
    // of the wrong tries.
    assert_eq!(world.sent_to(WEI, 4).await.len(), 4);
    assert_eq!(world.sent_to(NOBODY, 1).await.len(), 1);
    assert_eq!(world.sent().await, 5);
}

#[tokio::test]
async fn registering_a_known_address_leads_to_the_account_there_is() {
    let world = World::open().await;
    let known = world.account(WEI).await;
    let visitor = world.visitor();
    let wanted = registration("LI.WEI@example.org", Some("another-long-password"));
    let challenge = register(&world.app, wanted, &visitor).await.unwrap();
    let code = world.code(WEI, 2).await;
    let signed_in = verify(&world.app, &challenge.id, &code, &visitor).await.unwrap();
    assert_eq!(signed_in.account, known);
    let other = with_password(&world.app, WEI, "another-long-password", &visitor).await;
    assert_eq!(refused(other), ProblemCode::SignInFailed, "the password stays");
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes_and_after_five_tries() {
    let world = World::open().await;
    world.register(WEI).await;
    let visitor = world.visitor();
    let challenge = send_code(&world.app, WEI, Language::EnCa, &visitor).await.unwrap();
    let code = world.code(WEI, 2).await;
    world.wait(599);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for expected in [ProblemCode::CodeWrong; 4].into_iter().chain([ProblemCode::CodeExpired]) {
        let tried = with_code(&world.app, WEI, wrong, &visitor).await;
        assert_eq!(refused(tried), expected);
    }
    let late = with_code(&world.app, WEI, &code, &visitor).await;
    assert_eq!(refused(late), ProblemCode::CodeExpired);
    let next = codes::again(&world.app, &challenge.id, &visitor).await.unwrap();
    assert_eq!(next.id, challenge.id);
    let code = world.code(WEI, 3).await;
    world.wait(600);
    let late = with_code(&world.app, WEI, &code, &visitor).await;
    assert_eq!(refused(late), ProblemCode::CodeExpired);
}

#[tokio::test]
async fn a_code_of_one_form_is_no_code_in_another() {
    let world = World::open().await;
    world.register(WEI).await;
    let visitor = world.visitor();
    register(&world.app, registration(WEI, None), &visitor).await.unwrap();
    let code = world.code(WEI, 2).await;
    let crossed = with_code(&world.app, WEI, &code, &visitor).await;
    assert_eq!(refused(crossed), ProblemCode::CodeExpired);
}

#[tokio::test]
async fn three_codes_in_ten_minutes_are_enough() {
    let world = World::open().await;
    for who in [WEI, "+14165550188"] {
        for _ in 0..3 {
            send_code(&world.app, who, Language::EnCa, &world.visitor()).await.unwrap();
        }
        let fourth = send_code(&world.app, who, Language::EnCa, &world.visitor()).await;
        let problem = fourth.unwrap_err();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        assert_eq!(problem.retry_at, Some(world.app.now().plus_seconds(600)));
    }
    world.wait(600);
    send_code(&world.app, WEI, Language::EnCa, &world.visitor()).await.unwrap();
    // From one network the limit is on all addresses together.
    let visitor = world.visitor();
    let mut refusals = 0;
    for number in 0..25 {
        let who = format!("person{number}@example.org");
        let sent = send_code(&world.app, &who, Language::EnCa, &visitor).await;
        refusals += u32::from(sent.is_err());
    }
    assert_eq!(refusals, 5);
    assert_eq!(world.sent().await, 0, "none of them has an account");
}

#[tokio::test]
async fn ten_wrong_passwords_pause_the_account_and_a_right_one_forgives() {
    let world = World::open().await;
    world.register(WEI).await;
    let attempt = async |password: &str| {
        let visitor = world.visitor();
        with_password(&world.app, WEI, password, &visitor).await.map_err(|problem| problem.code)
    };
    for _ in 0..9 {
        assert_eq!(attempt("wrong").await.unwrap_err(), ProblemCode::SignInFailed);
    }
    attempt(PASSWORD).await.unwrap();
    for _ in 0..10 {
        assert_eq!(attempt("wrong").await.unwrap_err(), ProblemCode::SignInFailed);
    }
    for _ in 0..3 {
        assert_eq!(attempt(PASSWORD).await.unwrap_err(), ProblemCode::TooManyRequests);
    }
    let told = world.sent_to(WEI, 2).await;
    assert_eq!(told.len(), 2, "told once");
    world.wait(900);
    attempt(PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_session_ends_by_signing_out_idling_and_age() {
    let world = World::open().await;
    let alive = async |token: &str| authenticate(&world.app, token).await.unwrap().is_some();
    let first = world.register(WEI).await;
    assert!(alive(&first.token).await);
    assert!(!alive("").await);
    assert!(!alive(&first.token[1..]).await);
    let visitor = Visitor { token: Some(first.token.clone()), ..world.visitor() };
    let second = with_password(&world.app, WEI, PASSWORD, &visitor).await.unwrap();
    assert!(!alive(&first.token).await, "signing in anew ends the token brought along");
    let third = with_password(&world.app, WEI, PASSWORD, &world.visitor()).await.unwrap();
    sign_out(&world.app, second.account, second.session).await.unwrap();
    assert!(!alive(&second.token).await);
    assert!(alive(&third.token).await);
    sign_out_everywhere(&world.app, third.account, None).await.unwrap();
    assert!(!alive(&third.token).await);

    let idle = with_password(&world.app, WEI, PASSWORD, &world.visitor()).await.unwrap();
    let used = with_password(&world.app, WEI, PASSWORD, &world.visitor()).await.unwrap();
    for _ in 0..29 {
        world.wait(DAY);
        assert!(alive(&used.token).await);
    }
    assert!(!alive(&idle.token).await, "not used for 14 days");
    world.wait(DAY);
    assert!(!alive(&used.token).await, "30 days after signing in");
}

#[tokio::test]
async fn a_device_that_changes_accounts_signs_out_of_the_first() {
    let world = World::open().await;
    let first = world.register(WEI).await;
    world.register(NOBODY).await;
    let visitor = Visitor { token: Some(first.token.clone()), ..world.visitor() };
    with_password(&world.app, NOBODY, PASSWORD, &visitor).await.unwrap();
    assert_eq!(authenticate(&world.app, &first.token).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_not_an_address_is_said_so() {
    let world = World::open().await;
    let table = [
        ("", ProblemCode::PhoneInvalid),
        ("a@b", ProblemCode::EmailInvalid),
        ("12", ProblemCode::PhoneInvalid),
    ];
    for (who, expected) in table {
        let problem: Problem =
            send_code(&world.app, who, Language::EnCa, &world.visitor()).await.unwrap_err();
        assert_eq!((problem.code, problem.field), (expected, Some("who")), "{who}");
    }
}
