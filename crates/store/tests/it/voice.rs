//! Calls with the robot, refusals of text messages, and what was agreed to by either, as kept.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::Voice;
use farline_app::ports::voice::{SpokenConsent, StoredCall, TextOffer};
use farline_domain::catalog::PlanCode;
use farline_domain::hotline::robot::{Robot, Tongue};
use farline_domain::kernel::{Instant, Money, OrderId};
use farline_domain::orders::Channel;
use farline_testkit::{OWN_BIG, SampleLine, noon};

on_every_store! {
    a_call_goes_forward_only_and_is_forgotten
    a_number_refuses_texts_until_it_wants_them_again
    an_offer_takes_the_place_of_the_one_before
    a_yes_is_kept_once_and_stays
}

/// A row in each table.
pub(crate) async fn heard(store: &impl Voice, line: SampleLine, now: Instant) {
    store.keep_voice_call(&[1; 32], &call(1, now)).await.unwrap();
    store.stop_texts(&[2; 32], now).await.unwrap();
    store.keep_text_offer(line.id(), &offer(now)).await.unwrap();
    store.keep_spoken_consent(line.id(), &consent(line, 1)).await.unwrap();
}

fn call(step: u32, at: Instant) -> StoredCall {
    let turn = Robot::answer(None, Tongue::ALL[step as usize % 4]);
    StoredCall { step, robot: turn.robot, speech: turn.speech, at, call: None }
}

fn offer(at: Instant) -> TextOffer {
    TextOffer {
        plan: PlanCode::parse(OWN_BIG).unwrap(),
        total: Money::cad(2260),
        words: "回复“续”".to_owned(),
        at,
    }
}

fn consent(line: SampleLine, number: u64) -> SpokenConsent {
    SpokenConsent {
        order: OrderId::mint(noon(), line.id().cell(), number),
        channel: Channel::Voice,
        words: "要续费请按1。".to_owned(),
        yes: "1".to_owned(),
        at: noon(),
    }
}

async fn a_call_goes_forward_only_and_is_forgotten<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, now, [one, other]) = (&scene.store, noon(), [[1; 32], [2; 32]]);
    assert_eq!(store.voice_call(&one).await.unwrap(), None);
    assert!(store.keep_voice_call(&one, &call(0, now)).await.unwrap());
    assert!(store.keep_voice_call(&one, &call(2, now)).await.unwrap());
    for late in [1, 2] {
        assert!(!store.keep_voice_call(&one, &call(late, now)).await.unwrap(), "{late}");
    }
    assert_eq!(store.voice_call(&one).await.unwrap(), Some(call(2, now)));
    assert!(store.keep_voice_call(&other, &call(0, now.plus_seconds(1))).await.unwrap());
    assert_eq!(store.forget_voice_calls(now).await.unwrap(), 0);
    assert_eq!(store.forget_voice_calls(now.plus_seconds(1)).await.unwrap(), 1);
    assert_eq!(store.voice_call(&one).await.unwrap(), None);
    store.forget_voice_call(&other).await.unwrap();
    assert_eq!(store.voice_call(&other).await.unwrap(), None);
}

async fn a_number_refuses_texts_until_it_wants_them_again<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, number) = (&scene.store, [3; 32]);
    assert!(!store.wants_no_texts(&number).await.unwrap());
    assert!(!store.start_texts(&number).await.unwrap());
    assert!(store.stop_texts(&number, noon()).await.unwrap());
    assert!(!store.stop_texts(&number, noon().plus_seconds(9)).await.unwrap());
    assert!(store.wants_no_texts(&number).await.unwrap());
    assert!(!store.wants_no_texts(&[4; 32]).await.unwrap());
    assert!(store.start_texts(&number).await.unwrap());
    assert!(!store.wants_no_texts(&number).await.unwrap());
}

async fn an_offer_takes_the_place_of_the_one_before<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES.map(SampleLine::id);
    let store = &scene.store;
    assert_eq!(store.text_offer(a).await.unwrap(), None);
    for at in [noon(), noon().plus_seconds(5)] {
        store.keep_text_offer(a, &offer(at)).await.unwrap();
        assert_eq!(store.text_offer(a).await.unwrap(), Some(offer(at)));
    }
    assert_eq!(store.text_offer(b).await.unwrap(), None);
    store.forget_text_offer(a).await.unwrap();
    assert_eq!(store.text_offer(a).await.unwrap(), None);
}

async fn a_yes_is_kept_once_and_stays<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let store = &scene.store;
    let again = SpokenConsent { words: "something else".to_owned(), ..consent(a, 1) };
    for kept in [consent(a, 1), again, consent(a, 2), consent(b, 3)] {
        let line = if kept.order == consent(b, 3).order { b } else { a };
        store.keep_spoken_consent(line.id(), &kept).await.unwrap();
    }
    let kept = store.spoken_consents(a.id()).await.unwrap();
    assert_eq!(kept, [consent(a, 1), consent(a, 2)]);
    assert_eq!(store.spoken_consents(b.id()).await.unwrap(), [consent(b, 3)]);
}
