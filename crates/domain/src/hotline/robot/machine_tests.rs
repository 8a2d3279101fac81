//! Every way through a call, walked in breadth.

use super::{
    Heard, Keys, LinkOutcome, NoOffer, Offer, Outcome, PinAnswer, Place, Robot, Said, Standing,
    Task, Tongue, Turn,
};
use crate::catalog::PlanCode;
use crate::kernel::{Cell, Instant, LineId, Money, QuoteId, SavedMethodId};
use crate::lines::LineStatus;
use std::collections::{BTreeSet, VecDeque};

fn now() -> Instant {
    Instant::from_millis(1_795_000_000_000)
}

fn card(number: u64) -> LineId {
    LineId::mint(now(), Cell::numbered(5), number)
}

fn offer() -> Offer {
    let cell = Cell::numbered(5);
    Offer {
        quote: QuoteId::mint(now(), cell, 1),
        plan: PlanCode::parse("maplewave-5gb").unwrap(),
        total: Money::cad(2260),
        expires_on: None,
        method: SavedMethodId::mint(now(), cell, 2),
        method_name: ("Visa".to_owned(), "4242".to_owned()),
        terms_sent: None,
    }
}

fn standing() -> Standing {
    let status = LineStatus::Active;
    Standing {
        status,
        until: None,
        data: None,
        voice: None,
        messages: None,
        credit: None,
        underway: None,
        comes_back: false,
    }
}

fn pressed(keys: &str) -> Heard {
    Heard::Keys(Keys(keys.to_owned()))
}

/// Everything that can be heard after a turn.
fn hearable(turn: &Turn) -> Vec<Heard> {
    let outcomes = match &turn.task {
        None => {
            let keys = ["0", "1", "2", "3", "4", "9", "*", "", "4165550100", "1234"];
            return keys.into_iter().map(pressed).chain([Heard::Silence]).collect();
        }
        Some(Task::Find(_)) => vec![Heard::Found(None), Heard::Found(Some(card(2)))],
        Some(Task::CheckPin(..)) => {
            let answers = [PinAnswer::Right(now()), PinAnswer::Wrong, PinAnswer::Locked];
            answers.map(Heard::Pin).to_vec()
        }
        Some(Task::Look(_)) => vec![Heard::Left(standing())],
        Some(Task::MakeOffer(_)) => {
            let none = [
                NoOffer::NoPlan,
                NoOffer::NoMethod,
                NoOffer::InProgress,
                NoOffer::TermsNotSent,
                NoOffer::NotRenewable,
            ];
            let none = none.map(|why| Heard::Offered(Err(why)));
            none.into_iter().chain([Heard::Offered(Ok(Box::new(offer())))]).collect()
        }
        Some(Task::Renew(..)) => {
            let outcomes = [
                Outcome::Delivered(None),
                Outcome::Unknown,
                Outcome::ChargeUnknown,
                Outcome::Declined,
                Outcome::NotOrdered,
            ];
            outcomes.map(Heard::Renewed).to_vec()
        }
        Some(Task::SendLink(_)) => {
            [LinkOutcome::Sent, LinkOutcome::NotSent].map(Heard::Linked).to_vec()
        }
    };
    outcomes.into_iter().chain([Heard::Failed]).collect()
}

/// Walks every way, and shows each step: the turn before, what was heard, the turn after.
fn walk(mut look: impl FnMut(&Turn, &Heard, &Turn)) {
    let own = Some((card(1), "00".to_owned()));
    let begins = [own, None].map(|own| Robot::answer(own, Tongue::Mandarin));
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<Turn> = begins.into_iter().collect();
    while let Some(before) = waiting.pop_front() {
        if !seen.insert(format!("{before:?}")) {
            continue;
        }
        assert!(seen.len() < 20_000, "the call has no end");
        for heard in hearable(&before) {
            let after = before.robot.clone().hear(heard.clone());
            look(&before, &heard, &after);
            waiting.push_back(after);
        }
    }
}

#[test]
fn every_place_is_reached_and_every_turn_says_something_or_does_something() {
    let mut places = BTreeSet::new();
    walk(|_, _, after| {
        places.insert(after.robot.place.name());
        assert_eq!(after.task.is_some(), after.speech.said.is_empty(), "{after:?}");
    });
    let all: BTreeSet<&str> = Place::NAMES.into_iter().collect();
    assert_eq!(places, all);
}

#[test]
fn nothing_private_is_said_and_nothing_bought_before_the_right_pin() {
    walk(|_, heard, after| {
        let is_private = |said: &Said| matches!(said, Said::Left(_) | Said::Offer(_));
        let speaks = after.speech.said.iter().any(is_private);
        let acts = matches!(
            after.task,
            Some(Task::Look(_) | Task::MakeOffer(_) | Task::Renew(..) | Task::SendLink(_))
        );
        if speaks || acts {
            assert!(after.robot.is_verified(now()), "{heard:?} → {after:?}");
        }
    });
}

#[test]
fn a_renewal_follows_from_key_1_to_the_offer_that_was_read_out_and_from_nothing_else() {
    walk(|before, heard, after| {
        let Some(Task::Renew(_, agreed)) = &after.task else { return };
        assert_eq!(before.robot.place, Place::Offer(agreed.clone()), "{heard:?}");
        assert_eq!(*heard, pressed("1"));
        assert!(before.speech.said.contains(&Said::Offer(agreed.clone())), "{before:?}");
        assert!(before.speech.said.contains(&Said::Agree), "{before:?}");
    });
}

#[test]
fn twice_nothing_is_the_end_and_twice_a_wrong_key_a_person() {
    walk(|before, heard, after| {
        let is_over = matches!(before.robot.place, Place::Connecting | Place::Over);
        if before.task.is_some() || is_over {
            return;
        }
        let again = after.robot.clone().hear(heard.clone());
        match heard {
            Heard::Silence if before.robot.misses == 0 => {
                assert_eq!(again.robot.place, Place::Over, "{before:?}");
            }
            Heard::Keys(keys) if keys.0 == "9" && before.robot.misses == 0 => {
                let is_person = again.robot.place == Place::Connecting;
                assert!(is_person || again.task.is_some(), "{before:?} → {again:?}");
            }
            _ => {}
        }
    });
}

#[test]
fn a_pin_shows_itself_nowhere() {
    let turn = Robot::answer(Some((card(1), "00".to_owned())), Tongue::English);
    let turn = turn.robot.hear(pressed("3")).robot.hear(pressed("1")).robot.hear(pressed("8642"));
    assert!(matches!(turn.task, Some(Task::CheckPin(..))));
    assert!(!format!("{turn:?}").contains("8642"));
    assert!(!serde_json::to_string(&turn.robot).unwrap().contains("8642"));
}
