//! A bank card that is typed on the telephone: what each word of the carrier and each click of an agent leads to, told as stories;
//! and the charge of an order that waits.

use crate::scene::{line_on, noon, order_id, placing, plan, rule_of_30_days, run};
use farline_domain::catalog::{Network, StartRule, Validity};
use farline_domain::commands::{LineCommand, LineState, Refusal};
use farline_domain::hotline::keypad::{
    End, Field, Heard, Keypad, Outcome, Slip, TelephoneCall, Token, Word,
};
use farline_domain::kernel::{Cell, SavedMethodId};
use farline_domain::orders::Stage;
use farline_domain::payments::{Decline, DeclineAdvice, KeptMethod, PaymentMethod};

const CALL: &str = "CA00000000000000000000000000000001";
const SESSION: &str = "PK00000000000000000000000000000001";

fn keypad() -> Keypad {
    Keypad { telephone: TelephoneCall::parse(CALL).unwrap(), entry: None }
}

fn word(field: &str) -> Word {
    Word {
        session: SESSION.to_owned(),
        field: Field::parse(field),
        is_partial: false,
        slip: None,
        last_four: Some("4242".to_owned()),
        outcome: None,
    }
}

fn token() -> Token {
    Token { method: "pm_1".to_owned(), customer: String::new() }
}

/// One step of a story: `1/2 number` is a word about question 2 of entry 1.
fn step(keypad: &mut Keypad, told: &str) -> &'static str {
    let now = noon();
    let words: Vec<&str> = told.split_whitespace().collect();
    let done = match words[..] {
        ["begin"] => keypad.begin(order_id(1), now).is_some(),
        ["begin", "other"] => keypad.begin(order_id(2), now).is_some(),
        ["opened"] => keypad.opened(1, SESSION).is_some(),
        ["opened", "2"] => keypad.opened(2, SESSION).is_some(),
        ["ask", field] => keypad.ask(Field::parse(field).unwrap(), now).is_some(),
        ["not-asked", step] => keypad.not_asked((1, step.parse().unwrap())).is_some(),
        ["finish"] => keypad.finish(now).is_some(),
        ["cancel"] => keypad.end(1, End::Cancelled, now).is_some(),
        ["taken"] => keypad.taken(1, now).is_some(),
        [place, what, ..] => return hear(keypad, place, (what, words.last().unwrap())),
        _ => panic!("{told}"),
    };
    if done { "" } else { "nothing" }
}

fn hear(keypad: &mut Keypad, place: &str, (what, how): (&str, &str)) -> &'static str {
    let (number, step) = place.split_once('/').unwrap();
    let mut said = word(what);
    match how {
        "partial" => said.is_partial = true,
        "timeout" => said.slip = Some(Slip::Timeout),
        "wrong" => said.slip = Some(Slip::Number),
        "stranger" => "PK9".clone_into(&mut said.session),
        _ => {}
    }
    match what {
        "token" => said.outcome = Some(Outcome::Token(token())),
        "hung-up" => said.outcome = Some(Outcome::Over(End::HungUp)),
        _ => {}
    }
    match keypad.hear((number.parse().unwrap(), step.parse().unwrap()), &said, noon()) {
        None => "nothing",
        Some(Heard::Changed) => "",
        Some(Heard::Charge(order, found)) => {
            assert_eq!((order, found), (order_id(1), token()));
            "charge"
        }
    }
}

/// Plays a story; `! nothing` is what a step is expected to lead to. Returns how it stands.
fn play(story: &str) -> String {
    let mut keypad = keypad();
    for told in story.split('|').map(str::trim) {
        let (told, expected) = told.split_once(" ! ").unwrap_or((told, ""));
        assert_eq!(step(&mut keypad, told), expected, "{told} of {story}");
    }
    // Whatever happened can be kept and read again.
    let kept = serde_json::to_string(&keypad).unwrap();
    assert_eq!(serde_json::from_str::<Keypad>(&kept).unwrap(), keypad);
    let entry = keypad.entry.unwrap();
    let typed: Vec<&str> = entry.typed.iter().map(|field| field.code()).collect();
    let asked = entry.asked.map_or("nothing", Field::code);
    let slip = entry.slip.map_or("", Slip::code);
    format!("{:?}; {}; asked {asked} {slip}", entry.progress, typed.join(" "))
}

const TYPED: &str = "begin | opened | ask number | 1/1 number | ask expiry | 1/2 expiry | ask security-code | 1/3 security-code";

#[test]
fn a_card_is_typed_field_by_field() {
    assert_eq!(play("begin"), "Opening; ; asked nothing ");
    assert_eq!(play("begin | opened | ask number"), "Open; ; asked number ");
    let listens = "begin | opened | ask number | 1/1 number partial | 1/1 number partial ! nothing";
    assert_eq!(play(listens), "Open; ; asked number ");
    assert_eq!(play(TYPED), "Open; number expiry security-code; asked nothing ");
    let done = format!("{TYPED} | finish | 1/3 token ! charge | taken");
    assert_eq!(play(&done), "Taken; number expiry security-code; asked nothing ");
}

#[test]
fn what_was_typed_wrongly_is_asked_for_again() {
    let slip = "begin | opened | ask number | 1/1 number wrong";
    assert_eq!(play(slip), "Open; ; asked number number");
    // Only a new question begins anew: a word that was overtaken by the slip changes nothing.
    let late = format!("{slip} | 1/1 number partial ! nothing | 1/1 number ! nothing");
    assert_eq!(play(&late), "Open; ; asked number number");
    let again = format!("{slip} | ask number | 1/1 number ! nothing | 1/2 number");
    assert_eq!(play(&again), "Open; number; asked nothing ");
    let another = format!("{TYPED} | ask number");
    assert_eq!(play(&another), "Open; expiry security-code; asked number ");
    assert_eq!(
        play(&format!("{another} | finish ! nothing | 1/4 number timeout")),
        "Open; expiry security-code; asked number timeout"
    );
    // The carrier did not say that it listens, and does.
    let unsure = "begin | opened | ask number | not-asked 1 | 1/1 number";
    assert_eq!(play(unsure), "Open; number; asked nothing ");
    assert_eq!(
        play("begin | opened | ask number | not-asked 0 ! nothing"),
        "Open; ; asked number "
    );
}

#[test]
fn what_comes_twice_late_or_from_elsewhere_changes_nothing() {
    let stories = [
        "begin | 1/0 token ! nothing | opened | opened ! nothing",
        "begin | opened | ask number | 1/1 number | 1/1 number ! nothing | 1/1 number partial ! nothing",
        "begin | opened | ask number | ask expiry | 1/1 number ! nothing | 1/2 number ! nothing",
        "begin | opened | ask number | 1/1 number stranger ! nothing | 2/1 number ! nothing",
    ];
    let ends = [
        "Open; ; asked nothing ",
        "Open; number; asked nothing ",
        "Open; ; asked expiry ",
        "Open; ; asked number ",
    ];
    for (story, end) in stories.into_iter().zip(ends) {
        assert_eq!(play(story), end, "{story}");
    }
    // A card that nobody was to hand on, and one that was called off.
    assert!(play(&format!("{TYPED} | 1/3 token ! nothing")).starts_with("Open"));
    let off = format!("{TYPED} | finish | cancel | 1/3 token ! nothing | 1/3 hung-up ! nothing");
    assert!(play(&off).starts_with("Ended(Cancelled)"));
    let twice = format!("{TYPED} | finish | 1/3 token ! charge | taken | 1/3 token ! nothing");
    assert!(play(&twice).starts_with("Taken"));
    let strange = format!("{TYPED} | finish | 1/3 token stranger ! nothing");
    assert!(play(&strange).starts_with("Finishing"));
}

#[test]
fn whoever_hangs_up_ends_it_whenever_that_is() {
    for story in ["begin | opened | 1/0 hung-up", "begin | opened | ask number | 1/0 hung-up"] {
        assert_eq!(play(story), "Ended(HungUp); ; asked nothing ");
    }
    let late = format!("{TYPED} | finish | 1/3 hung-up | 1/3 token ! nothing");
    assert!(play(&late).starts_with("Ended(HungUp)"));
    let anew = "begin | opened | 1/0 hung-up | begin | 1/0 hung-up ! nothing | opened 2 | begin other ! nothing";
    assert_eq!(play(anew), "Open; ; asked nothing ");
}

#[test]
fn a_carrier_that_says_nothing_is_asked_again() {
    assert_eq!(play("begin | begin | begin other ! nothing | opened"), "Open; ; asked nothing ");
    assert_eq!(
        play("begin | ask number ! nothing | finish ! nothing"),
        "Opening; ; asked nothing "
    );
    let again = format!("{TYPED} | finish | finish | 1/3 token ! charge");
    assert!(play(&again).starts_with("Finishing"));
    let refused = format!("{TYPED} | finish | not-asked 3 | 1/3 token ! nothing | finish");
    assert!(play(&refused).starts_with("Finishing"));
}

#[test]
fn an_id_of_a_call_is_one() {
    for good in [CALL, " CA0123456789abcdefABCDEF0123456789 "] {
        assert_eq!(TelephoneCall::parse(good).unwrap().as_str(), good.trim());
    }
    for bad in [
        "",
        "CA",
        "CA0",
        "PK00000000000000000000000000000001",
        "CA0000000000000000000000000000000g",
        "CA000000000000000000000000000000/1",
    ] {
        assert!(TelephoneCall::parse(bad).is_err(), "{bad}");
        assert!(serde_json::from_value::<TelephoneCall>(bad.into()).is_err(), "{bad}");
    }
}

fn card(name: &str) -> LineCommand {
    let method = KeptMethod {
        id: SavedMethodId::mint(noon(), Cell::numbered(7), 1),
        provider: "stripe".to_owned(),
        customer: String::new(),
        method: name.to_owned(),
        kind: PaymentMethod::Card,
        expiry: None,
    };
    LineCommand::ChargeWith(order_id(1), Box::new(method))
}

/// A line with an order that waits for its payment.
fn waiting() -> LineState {
    let mut line = line_on(Network::Own);
    assert_eq!(line.rule, rule_of_30_days());
    let plan = plan(3000, Validity::Days(30), StartRule::AddDays);
    let order = placing(&line, 1, &plan, noon());
    run(&mut line, &LineCommand::Place(Box::new(order)), noon()).unwrap();
    line
}

fn attempt(line: &LineState) -> Option<u32> {
    line.orders[&order_id(1)].charge.as_ref().map(|charge| charge.attempt)
}

#[test]
fn an_order_that_waits_is_charged_to_one_card_at_a_time() {
    let (mut line, now) = (waiting(), noon());
    for _ in 0..2 {
        run(&mut line, &card("pm_1"), now).unwrap();
        assert_eq!(attempt(&line), Some(0));
    }
    assert_eq!(run(&mut line, &card("pm_2"), now), Err(Refusal::PaymentUnderWay));
    run(&mut line, &LineCommand::AskCharge(order_id(1)), now).unwrap();
    assert!(line.orders[&order_id(1)].is_charge_unknown());
    assert_eq!(run(&mut line, &card("pm_2"), now), Err(Refusal::PaymentUnderWay));
    let decline = Decline { code: "card_declined".to_owned(), advice: DeclineAdvice::RetryOnce };
    run(&mut line, &LineCommand::ChargeDeclined(order_id(1), decline), now).unwrap();
    // Told twice: the refused card is not charged again.
    run(&mut line, &card("pm_1"), now).unwrap();
    assert_eq!(attempt(&line), Some(0));
    run(&mut line, &card("pm_2"), now).unwrap();
    assert_eq!(attempt(&line), Some(1));
    assert!(line.orders[&order_id(1)].charge.as_ref().unwrap().declined.is_none());
}

#[test]
fn an_order_that_waits_for_nothing_is_charged_to_no_card() {
    let (mut line, now) = (waiting(), noon());
    run(&mut line, &LineCommand::Cancel(order_id(1)), now).unwrap();
    assert_eq!(run(&mut line, &card("pm_1"), now), Err(Refusal::WrongState(Stage::Cancelled)));
    let unknown = LineCommand::ChargeWith(
        order_id(9),
        match card("pm_1") {
            LineCommand::ChargeWith(_, method) => method,
            _ => unreachable!(),
        },
    );
    assert_eq!(run(&mut line, &unknown, now), Err(Refusal::NoSuchOrder));
}
