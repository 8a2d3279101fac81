//! A bank card that a caller types on the telephone, over HTTP from the screen pop to the delivery: what the agent sees, what the
//! carrier and the provider are asked, and that nothing of the card is anywhere.

mod world;

use axum::http::StatusCode;
use farline_app::ports::keypad::{KeypadRefusal, KeypadUnknown, Wish};
use farline_domain::hotline::keypad::{End, Field, Progress};
use farline_domain::kernel::Province;
use farline_domain::orders::{Order, Stage};
use world::{Bank, CARD, CODE, DATE, House, SESSION, TELEPHONE};

const START: &str = "value=\"start\"";

fn id_of(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

async fn stands(house: &House, page: &str) -> (Stage, Order) {
    let order = house.order(id_of(page)).await;
    (order.state.stage(), order)
}

#[tokio::test]
async fn a_caller_types_the_card_and_the_order_is_charged_to_its_token() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    let shown = agent.browser.get(&page).await.text;
    assert!(shown.contains("The caller types the bank card on the keys"), "{shown}");
    assert!(shown.contains(START) && !shown.contains("value=\"finish\""));
    let shown = agent.does(&page, "start").await;
    assert!(shown.contains("The telephone is ready.") && shown.contains("Ask for the number<"));
    assert!(shown.contains("name=\"do\" value=\"number\" autofocus"), "{shown}");
    let shown = agent.does(&page, "number").await;
    assert!(shown.contains("type the number of your bank card") && shown.contains("asked for"));
    house.tell(&[("field", "number"), ("partial", "yes")]).await;
    assert!(agent.browser.get(&page).await.text.contains("the telephone listens"));
    house.tell(&[("field", "number"), ("last", "4242")]).await;
    let shown = agent.browser.get(&page).await.text;
    assert!(shown.contains("Number · <b>•••• 4242</b>"), "{shown}");
    for (field, next) in [("expiry", "security-code"), ("security-code", "finish")] {
        agent.does(&page, field).await;
        house.tell(&[("field", field)]).await;
        let shown = agent.browser.get(&page).await.text;
        assert!(shown.contains(&format!("value=\"{next}\" autofocus")), "{field}: {shown}");
    }
    let shown = agent.browser.get(&page).await.text;
    assert!(shown.contains("Everything is typed. Nothing is charged yet."));
    assert!(house.till.charges.lock().unwrap().is_empty());
    let shown = agent.does(&page, "finish").await;
    assert!(shown.contains("The carrier is handing the bank card on."), "{shown}");
    // Twice, as carriers do.
    for _ in 0..2 {
        house.tell(&[("token", "pm_1")]).await;
    }
    let (stage, order) = stands(&house, &page).await;
    assert_eq!(stage, Stage::Delivered);
    let shown = agent.browser.get(&page).await.text;
    assert!(shown.contains("Delivered. The card is valid until"), "{shown}");
    let charges = house.till.charges.lock().unwrap().clone();
    let [charge] = &charges[..] else { panic!("{charges:?}") };
    assert_eq!((charge.method.as_str(), charge.customer.as_str()), ("pm_1", ""));
    assert_eq!((charge.amount, charge.is_payer_there), (order.price.total, false));
    assert_eq!(charge.key, format!("{}-charge", order.id));
    // The page on which the same could have been paid again is closed.
    assert_eq!(house.till.closed.lock().unwrap()[..], [order.checkout.unwrap().id]);
    assert_eq!(agent.entry().await.progress, Progress::Taken);
}

#[tokio::test]
async fn each_question_names_call_entry_and_step_and_only_the_caller_is_asked() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    agent.pays(&page, "pm_1").await;
    let asked = house.exchange.asked.lock().unwrap().clone();
    let wishes: Vec<Option<Wish>> = asked.iter().map(|(wish, _)| *wish).collect();
    let fields = Field::ALL.map(|field| Some(Wish::Ask(field)));
    assert_eq!(wishes, [&[None], &fields[..], &[Some(Wish::Finish)]].concat());
    let call = agent.kept_call().await.id;
    let base = &house.world.app.base_url;
    for (number, (_, request)) in asked.iter().enumerate() {
        let step = number.min(3);
        assert_eq!(request.telephone.as_str(), TELEPHONE);
        let expected = format!("{base}/webhooks/voice/keypad/{call}/1/{step}");
        assert_eq!(request.callback, expected);
        assert!(request.key.starts_with(&format!("{call}-1-{step}-")), "{}", request.key);
    }
    let mut keys: Vec<&str> = asked.iter().map(|(_, request)| request.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), asked.len());
}

#[tokio::test]
async fn a_slip_is_said_and_asked_for_again() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    agent.does(&page, "start").await;
    for (slip, said) in [
        ("timeout", "Nothing more was typed."),
        ("number", "no bank card’s number"),
        ("card-type", "of this kind are not taken"),
        ("other", "was not taken. Ask again"),
    ] {
        agent.does(&page, "number").await;
        house.tell(&[("field", "number"), ("slip", slip)]).await;
        let shown = agent.browser.get(&page).await.text;
        assert!(shown.contains(said) && shown.contains("Ask for the number again"), "{shown}");
    }
    agent.does(&page, "number").await;
    house.tell(&[("field", "number"), ("last", "4242")]).await;
    assert!(agent.browser.get(&page).await.text.contains("•••• 4242"));
    // Whatever is missing cannot be handed on.
    let early = agent.presses(&page, "finish").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn whatever_ends_it_is_said_and_nothing_is_charged() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    for (over, said) in [
        ("hung-up", "The caller hung up. Nothing was charged"),
        ("interrupted", "pressed the star key"),
        ("no-token", "could not be handed on. Nothing was charged"),
    ] {
        agent.types_all(&page).await;
        agent.does(&page, "finish").await;
        house.tell(&[("over", over)]).await;
        let shown = agent.browser.get(&page).await.text;
        assert!(shown.contains(said) && shown.contains(START), "{shown}");
        // The token that was overtaken.
        house.tell(&[("token", "pm_late")]).await;
    }
    agent.types_all(&page).await;
    agent.does(&page, "finish").await;
    let shown = agent.does(&page, "cancel").await;
    assert!(shown.contains("Called off. Nothing was charged"), "{shown}");
    assert_eq!(house.exchange.wishes().last(), Some(&Some(Wish::Cancel)));
    house.tell(&[("token", "pm_late")]).await;
    assert!(house.till.charges.lock().unwrap().is_empty());
    assert_eq!(stands(&house, &page).await.0, Stage::AwaitingPayment);
}

#[tokio::test]
async fn what_is_forged_or_of_something_else_changes_nothing() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    agent.types_all(&page).await;
    agent.does(&page, "finish").await;
    let call = agent.kept_call().await.id;
    let base = house.world.app.base_url.clone();
    let own = format!("/webhooks/voice/keypad/{call}/1/3");
    let token = [("session", SESSION), ("token", "pm_forged")];
    for signed in ["", "genuine", &format!("{base}{own}?x"), &format!("{base}/webhooks/voice")] {
        assert_eq!(house.post(&own, signed, &token).await, StatusCode::FORBIDDEN, "{signed}");
    }
    // Signed, and of another entry, another session, another call, or of nothing.
    let other = call.to_string().replace("cal_0", "cal_1");
    for address in [
        format!("/webhooks/voice/keypad/{call}/2/3"),
        format!("/webhooks/voice/keypad/{call}/0/3"),
        format!("/webhooks/voice/keypad/{other}/1/3"),
    ] {
        assert_eq!(house.tell_at(&address, &token).await, StatusCode::NO_CONTENT, "{address}");
    }
    let stranger = [("session", "PK9"), ("token", "pm_forged")];
    assert_eq!(house.tell_at(&own, &stranger).await, StatusCode::NO_CONTENT);
    assert_eq!(house.tell_at(&own, &[("token", "pm_forged")]).await, StatusCode::NO_CONTENT);
    for address in ["/webhooks/voice/keypad/x/1/3", "/webhooks/voice/keypad/cal_1/x/y"] {
        assert_eq!(house.tell_at(address, &token).await, StatusCode::BAD_REQUEST, "{address}");
    }
    assert!(house.till.charges.lock().unwrap().is_empty());
    house.tell(&[("token", "pm_1")]).await;
    assert_eq!(stands(&house, &page).await.0, Stage::Delivered);
}

#[tokio::test]
async fn a_refused_charge_is_said_and_another_card_is_another_charge() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    house.till.answers.lock().unwrap().push_back(Bank::Declines);
    let shown = agent.pays(&page, "pm_1").await;
    assert!(shown.contains("The bank refused. No money moved."), "{shown}");
    assert!(shown.contains("The bank card was handed on.") && shown.contains(START), "{shown}");
    let (stage, order) = stands(&house, &page).await;
    assert_eq!(stage, Stage::AwaitingPayment);
    // The link still is a way.
    assert!(order.checkout.is_some() && house.till.closed.lock().unwrap().is_empty());
    agent.pays(&page, "pm_2").await;
    assert_eq!(stands(&house, &page).await.0, Stage::Delivered);
    let charges = house.till.charges.lock().unwrap().clone();
    let told: Vec<(&str, &str)> =
        charges.iter().map(|one| (one.method.as_str(), one.key.as_str())).collect();
    let keys = [format!("{}-charge", order.id), format!("{}-charge-1", order.id)];
    assert_eq!(told, [("pm_1", keys[0].as_str()), ("pm_2", keys[1].as_str())]);
}

#[tokio::test]
async fn a_charge_without_an_answer_is_said_to_be_unknown_and_asked_about_again() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    house.till.answers.lock().unwrap().push_back(Bank::SaysNothing);
    let shown = agent.pays(&page, "pm_1").await;
    assert!(shown.contains("The bank has been asked."), "{shown}");
    assert!(!shown.contains(START), "nobody types a second card meanwhile");
    let again = agent.presses(&page, "start").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let cancelled = agent.browser.post(&format!("{page}/cancel"), &[]).await;
    assert_eq!(cancelled.status, StatusCode::CONFLICT);
    house.world.wait(1);
    farline_app::jobs::run_due(&house.world.app).await.unwrap();
    assert_eq!(stands(&house, &page).await.0, Stage::Delivered);
    let charges = house.till.charges.lock().unwrap().clone();
    assert_eq!(charges.len(), 2);
    assert_eq!((&charges[0].key, &charges[0].method), (&charges[1].key, &charges[1].method));
}

#[tokio::test]
async fn what_was_paid_otherwise_meanwhile_is_not_charged() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    agent.types_all(&page).await;
    agent.does(&page, "finish").await;
    let cash = [("method", "cash"), ("reference", "R17")];
    let taken = agent.browser.post(&format!("{page}/by-hand"), &cash).await;
    assert_eq!(taken.location, page, "{}", taken.text);
    house.tell(&[("token", "pm_1")]).await;
    assert!(house.till.charges.lock().unwrap().is_empty());
    assert_eq!(agent.entry().await.progress, Progress::Ended(End::NotNeeded));
    assert_eq!(stands(&house, &page).await.0, Stage::Delivered);
}

#[tokio::test]
async fn a_carrier_that_says_nothing_or_no_is_told_as_it_is() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    let unknown = || Err(KeypadUnknown("time_out".to_owned()));
    let refused = || Ok(Err(KeypadRefusal("21220".to_owned())));
    let answer = |answer| house.exchange.answers.lock().unwrap().push_back(answer);
    answer(unknown());
    let shown = agent.does(&page, "start").await;
    assert!(shown.contains("has not said whether it listens"), "{shown}");
    answer(refused());
    let shown = agent.does(&page, "start").await;
    assert!(shown.contains("does not listen to this call") && shown.contains(START), "{shown}");
    // The same question under the same key; what begins anew has another.
    let keys = || -> Vec<String> {
        let asked = house.exchange.asked.lock().unwrap();
        asked.iter().map(|(_, request)| request.key.clone()).collect()
    };
    assert_eq!(keys()[0], keys()[1]);
    agent.does(&page, "start").await;
    assert_ne!(keys()[1], keys()[2]);
    for said in [unknown(), refused()] {
        answer(said);
        let shown = agent.does(&page, "number").await;
        assert!(shown.contains("The carrier did not take that. Ask again."), "{shown}");
    }
    for field in ["number", "expiry", "security-code"] {
        agent.does(&page, field).await;
        house.tell(&[("field", field), ("last", "4242")]).await;
    }
    answer(refused());
    let shown = agent.does(&page, "finish").await;
    assert!(shown.contains("The carrier did not take that.") && shown.contains("value=\"finish\""));
    answer(unknown());
    let shown = agent.does(&page, "finish").await;
    assert!(shown.contains("The carrier is handing the bank card on."), "{shown}");
    // It was at it all the time.
    house.tell(&[("token", "pm_1")]).await;
    assert_eq!(stands(&house, &page).await.0, Stage::Delivered);
}

#[tokio::test]
async fn it_is_offered_only_where_it_can_be_done() {
    // No id of a call, or what is none: it is not shown again either.
    for told in ["", "CA1", "\"><script>"] {
        let house = House::open().await;
        let mut agent = house.agent_of(told).await;
        let page = agent.order().await;
        assert!(!agent.browser.get(&page).await.text.contains(START), "{told}");
        let pressed = agent.presses(&page, "start").await;
        assert_eq!(pressed.status, StatusCode::CONFLICT, "{told}");
        assert!(house.exchange.wishes().is_empty());
    }
    let house = House::open().await;
    let mut agent = house.agent().await;
    let quebec = agent.order_in(Province::Qc, 2).await;
    assert!(!agent.browser.get(&quebec).await.text.contains(START));
    let pressed = agent.presses(&quebec, "start").await;
    assert_eq!(pressed.status, StatusCode::CONFLICT);
    assert!(house.exchange.asked.lock().unwrap().is_empty());
    // A second order of the same call: what was begun for the first is left.
    let first = agent.order_in(Province::On, 3).await;
    agent.does(&first, "start").await;
    let second = agent.order_in(Province::On, 4).await;
    agent.does(&second, "start").await;
    assert_eq!(house.exchange.wishes(), [None, Some(Wish::Cancel), None]);
    assert_eq!(agent.entry().await.number, 2);
    let wrong = agent.presses(&second, "everything").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The carrier's webhooks of this test tell the whole card: nothing of it is kept, shown or in an answer.
#[tokio::test]
async fn nothing_of_the_card_is_kept_or_shown() {
    let house = House::open().await;
    let mut agent = house.agent().await;
    let page = agent.order().await;
    let shown = agent.pays(&page, "pm_1").await;
    let call = agent.kept_call().await.id;
    let kept = house.world.app.store.keypad(call).await.unwrap().unwrap();
    let mut everything = shown + &format!("{kept:?}");
    for octets in house.world.everything_kept() {
        everything.push_str(&String::from_utf8_lossy(&octets));
    }
    for secret in [CARD, CODE, DATE] {
        assert!(!everything.contains(secret), "{secret} is there");
    }
    assert!(everything.contains("4242"), "the last four are: this looks at the right place");
}
