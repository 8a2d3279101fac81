//! A caller whom the telephone robot puts through: their proof goes with them, once, and not for ever.

use super::team::DeskBrowser;
use crate::accounts::world::{MINE, PIN, World};
use axum::http::StatusCode;
use farline_app::voice;
use farline_domain::hotline::robot::Keys;
use farline_domain::hotline::{Call, CallSource, Gravity, Way};
use farline_domain::staff::{Role, Roles};

const CALL: &str = "CA5f1c0d3a5f1c0d3a5f1c0d3a5f1c0d3a";

async fn agent(world: &World) -> DeskBrowser<'_> {
    DeskBrowser::with_roles(world, Roles::from_iter([Role::Agent])).await
}

async fn number(world: &World) -> String {
    let line = world.app.store.line(MINE.id()).await.unwrap().unwrap().line;
    line.msisdn.unwrap().as_str().to_owned()
}

/// Calls the robot and presses these keys, one step after the other.
async fn calls_robot(world: &World, from: &str, keys: &[&str]) {
    voice::begin(&world.app, CALL, from).await.unwrap();
    for (step, pressed) in (0..).zip(keys) {
        let keys = Some(Keys((*pressed).to_owned()));
        voice::press(&world.app, (CALL, from), step, keys).await.unwrap();
    }
}

/// A language, this very card, its PIN, and a person.
const PUT_THROUGH: [&str; 4] = ["3", "1", PIN, "0"];

/// What the desk knows of calls about the card.
async fn known(world: &World) -> Vec<Call> {
    let since = world.app.now().plus_seconds(-3600);
    world.app.store.calls_of_line(MINE.id(), since).await.unwrap()
}

/// The form that a screen pop shows: its two tokens.
fn form_of(page: &str) -> (String, Option<String>) {
    let value = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    (value("line").unwrap(), value("robot"))
}

async fn pop(agent: &mut DeskBrowser<'_>, number: &str) -> (String, Option<String>) {
    let page = agent.get(&format!("/en/desk?caller=%2B{}", &number[1..])).await;
    assert_eq!(page.status, StatusCode::OK);
    let form = form_of(&page.text);
    assert_eq!(form.1.is_some(), page.text.contains("The PIN was right at"), "{}", page.text);
    form
}

async fn take(agent: &mut DeskBrowser<'_>, (line, robot): &(String, Option<String>)) -> String {
    let robot = robot.as_deref().unwrap_or_default();
    let taken = agent.post("/en/desk/calls", &[("line", line), ("robot", robot)]).await;
    agent.get(&taken.location).await.text
}

#[tokio::test]
async fn the_caller_whom_the_robot_puts_through_is_not_asked_twice() {
    let world = World::open().await;
    let number = number(&world).await;
    calls_robot(&world, &number, &PUT_THROUGH).await;
    let mut agent = agent(&world).await;
    let form = pop(&mut agent, &number).await;
    let page = take(&mut agent, &form).await;
    assert!(page.contains("Verified by the telephone robot, by PIN"), "{page}");
    let calls = known(&world).await;
    let robot = calls.iter().find(|call| call.source == CallSource::Robot).unwrap();
    assert_eq!(robot.ended_at, Some(world.app.now()));
    let own = calls.iter().find(|call| call.source != CallSource::Robot).unwrap();
    let proof = own.proof.unwrap();
    assert_eq!(proof.way, Way::HandedOver);
    assert!(!own.is_verified(Gravity::Grave, world.app.now()));
    // It is as old as it was with the robot.
    world.clock.advance_seconds(14 * 60);
    agent.get(&format!("/en/desk/calls/{}", own.id)).await;
    world.clock.advance_seconds(14 * 60);
    agent.get(&format!("/en/desk/calls/{}", own.id)).await;
    world.clock.advance_seconds(2 * 60);
    let later = agent.get(&format!("/en/desk/calls/{}", own.id)).await.text;
    assert!(later.contains("Who is calling?"), "{later}");
}

#[tokio::test]
async fn of_two_who_take_the_call_over_one_has_the_proof() {
    let world = World::open().await;
    let number = number(&world).await;
    calls_robot(&world, &number, &PUT_THROUGH).await;
    let mut agent = agent(&world).await;
    let mut senior = DeskBrowser::with_roles(&world, Roles::from_iter([Role::SeniorAgent])).await;
    let (mine, theirs) = (pop(&mut agent, &number).await, pop(&mut senior, &number).await);
    assert!(mine.1.is_some() && theirs.1.is_some());
    assert!(take(&mut agent, &mine).await.contains("Verified by the telephone robot"));
    assert!(take(&mut senior, &theirs).await.contains("Who is calling?"));
    assert_eq!(pop(&mut senior, &number).await.1, None, "and is not offered any more");
}

#[tokio::test]
async fn nothing_is_handed_over_that_the_robot_did_not_put_through() {
    let number = number(&World::open().await).await;
    let table: [(&str, &[&str]); 4] = [
        (&number, &["3", "1", PIN]),
        (&number, &["3", "1", "0000", "0000", "0000"]),
        (&number, &["3", "0"]),
        ("+14165559999", &["3", &number[1..], PIN, "0"]),
    ];
    for (from, keys) in table {
        let world = World::open().await;
        calls_robot(&world, from, keys).await;
        let mut agent = agent(&world).await;
        assert_eq!(pop(&mut agent, &number).await.1, None, "{keys:?}");
    }
    let world = World::open().await;
    calls_robot(&world, &number, &PUT_THROUGH).await;
    let mut agent = agent(&world).await;
    let form = pop(&mut agent, &number).await;
    voice::hang_up(&world.app, CALL).await.unwrap();
    assert!(take(&mut agent, &form).await.contains("Who is calling?"), "they hung up");
}

#[tokio::test]
async fn the_calls_of_the_robot_are_counted() {
    let world = World::open().await;
    let number = number(&world).await;
    calls_robot(&world, &number, &["3", "1", "0000", PIN, "0"]).await;
    world.clock.advance_seconds(65);
    voice::hang_up(&world.app, CALL).await.unwrap();
    let mut auditor = DeskBrowser::with_roles(&world, Roles::from_iter([Role::Auditor])).await;
    let sheet = auditor.get("/en/desk/supervise.csv").await.text;
    for row in [",robot,calls,,1,,,65", ",robot,verified,pin,1,,,", ",robot,proofs_failed,,1,,,"] {
        assert!(sheet.lines().any(|found| found.ends_with(row)), "{row}: {sheet}");
    }
}
