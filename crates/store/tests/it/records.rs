//! The smaller records.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::records::{Claim, Contact, Limit, NoticeRecord, RequestKey};
use farline_app::ports::{Contacts, Jobs, Limits, Quotes, Requests, Settings};
use farline_domain::kernel::{Cells, ContactId, OrderId};
use farline_domain::notices::{Medium, NoticeReason};
use farline_store::Database;
use farline_testkit::{OWN_BIG, catalogue, noon, quote};

on_every_store! {
    a_claimed_key_runs_once_and_repeats_its_answer
    a_key_given_up_is_free_and_a_late_answer_is_not_lost
    scopes_and_keys_do_not_run_together
    a_limit_holds_within_its_window
    quotes_contacts_settings_and_events_are_kept_and_forgotten
    a_notice_is_recorded_once
}

fn key(body: u8) -> RequestKey<'static> {
    RequestKey { scope: "guest", key: "k-1", body_hash: [body; 32] }
}

fn fresh(seed: u8) -> Claim {
    Claim::Fresh { seed: [seed; 16], claimed_at: noon() }
}

async fn a_claimed_key_runs_once_and_repeats_its_answer<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let now = noon();
    assert_eq!(store.claim(key(1), [1; 16], now).await.unwrap(), fresh(1));
    assert_eq!(store.claim(key(1), [2; 16], now).await.unwrap(), Claim::Running);
    assert_eq!(store.claim(key(2), [2; 16], now).await.unwrap(), Claim::OtherBody);
    // Dead after thirty seconds: the next attempt runs with the first one's seed.
    let later = now.plus_seconds(30);
    assert_eq!(store.claim(key(1), [2; 16], now.plus_seconds(29)).await.unwrap(), Claim::Running);
    assert_eq!(store.claim(key(1), [2; 16], later).await.unwrap(), fresh(1));
    assert_eq!(store.claim(key(1), [3; 16], later).await.unwrap(), Claim::Running);
    store.answer(key(1), 201, "first").await.unwrap();
    store.answer(key(1), 500, "second").await.unwrap();
    store.give_up(key(1)).await.unwrap();
    let answered = Claim::Answered { status: 201, body: "first".to_owned() };
    assert_eq!(store.claim(key(1), [4; 16], later).await.unwrap(), answered);
    assert_eq!(store.claim(key(2), [4; 16], later).await.unwrap(), Claim::OtherBody);
    assert_eq!(store.forget_requests(Cells::ALL, now).await.unwrap(), 0);
    assert_eq!(store.forget_requests(Cells::ALL, later).await.unwrap(), 1);
    assert_eq!(
        store.claim(key(2), [5; 16], now).await.unwrap(),
        Claim::Fresh { seed: [5; 16], claimed_at: now }
    );
}

async fn a_key_given_up_is_free_and_a_late_answer_is_not_lost<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let now = noon();
    store.claim(key(1), [1; 16], now).await.unwrap();
    store.give_up(key(1)).await.unwrap();
    assert_eq!(store.claim(key(1), [2; 16], now).await.unwrap(), fresh(1));
    store.give_up(key(1)).await.unwrap();
    assert_eq!(store.claim(key(2), [2; 16], now).await.unwrap(), fresh(2));
    // The first attempt, thought dead, gives up while the second runs: its answer still counts.
    let later = now.plus_seconds(60);
    assert_eq!(store.claim(key(2), [3; 16], later).await.unwrap(), fresh(2));
    store.give_up(key(2)).await.unwrap();
    store.answer(key(2), 200, "done").await.unwrap();
    let answered = Claim::Answered { status: 200, body: "done".to_owned() };
    assert_eq!(store.claim(key(2), [4; 16], later).await.unwrap(), answered);
}

async fn scopes_and_keys_do_not_run_together<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    for (scope, name) in [("a", "bc"), ("ab", "c"), ("abc", "")] {
        let key = RequestKey { scope, key: name, body_hash: [1; 32] };
        assert_eq!(store.claim(key, [1; 16], noon()).await.unwrap(), fresh(1));
    }
}

async fn a_limit_holds_within_its_window<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let limit = |subject| Limit { name: "code-send", subject, most: 2, window_seconds: 600 };
    let now = noon();
    for (after, wait) in [(0, None), (599, None), (599, Some(600)), (600, None), (601, None)] {
        let hit = store.hit(limit("a"), now.plus_seconds(after)).await.unwrap();
        assert_eq!(hit, wait.map(|seconds| now.plus_seconds(seconds)), "after {after} s");
    }
    let end = Some(now.plus_seconds(1200));
    assert_eq!(store.hit(limit("a"), now.plus_seconds(602)).await.unwrap(), end);
    assert_eq!(store.hit(limit("b"), now.plus_seconds(602)).await.unwrap(), None);
    store.clear("code-send", "a").await.unwrap();
    assert_eq!(store.hit(limit("a"), now.plus_seconds(603)).await.unwrap(), None);
    // What was taken back does not count; there is never less than nothing, and no window but the one that runs.
    let (then, over) = (now.plus_seconds(604), now.plus_seconds(1204));
    for hits in [1, 2, 2] {
        store.hit(limit("c"), then).await.unwrap();
        assert_eq!(store.counted("code-send", "c", then).await.unwrap(), hits);
    }
    assert_eq!(store.counted("code-send", "c", over).await.unwrap(), 0);
    store.take_back("code-send", "c", over).await.unwrap();
    for left in [1, 0, 0] {
        store.take_back("code-send", "c", then).await.unwrap();
        assert_eq!(store.counted("code-send", "c", then).await.unwrap(), left);
    }
    assert_eq!(store.hit(limit("c"), then).await.unwrap(), None);
    assert_eq!(store.counted("code-send", "nobody", then).await.unwrap(), 0);
}

async fn quotes_contacts_settings_and_events_are_kept_and_forgotten<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let mut catalogue = catalogue();
    catalogue.plans.values_mut().for_each(|plan| plan.version = 1);
    let made = quote(&catalogue, LINES[0].id(), (OWN_BIG, 1), noon());
    store.put_quote(&made).await.unwrap();
    assert_eq!(store.quote(made.id).await.unwrap().as_ref(), Some(&made));
    assert_eq!(store.forget_quotes(Cells::ALL, made.expires_at).await.unwrap(), 0);
    assert_eq!(store.forget_quotes(Cells::ALL, made.expires_at.plus_seconds(1)).await.unwrap(), 1);
    assert_eq!(store.quote(made.id).await.unwrap(), None);

    let id = ContactId::mint(noon(), LINES[0].id().cell(), 1);
    let contact = Contact { email: Some("someone@example.org".to_owned()), phone: None };
    store.put_contact(id, &contact).await.unwrap();
    assert_eq!(store.contact(id).await.unwrap(), Some(contact));
    store.erase_contact(id).await.unwrap();
    assert_eq!(store.contact(id).await.unwrap(), None);

    assert_eq!(store.setting("a").await.unwrap(), None);
    store.put_setting("a", "1").await.unwrap();
    store.put_setting("a", "2").await.unwrap();
    assert_eq!(store.setting("a").await.unwrap().as_deref(), Some("2"));

    assert!(!store.has_event("sandbox", "e1").await.unwrap());
    assert!(store.note_event("sandbox", "e1", noon()).await.unwrap());
    assert!(store.has_event("sandbox", "e1").await.unwrap());
    assert!(!store.has_event("other", "e1").await.unwrap());
    assert!(!store.note_event("sandbox", "e1", noon()).await.unwrap());
    assert!(store.note_event("other", "e1", noon()).await.unwrap());
    let later = noon().plus_seconds(1);
    assert!(store.note_event("sandbox", "e2", later).await.unwrap());
    let newest = [("other".to_owned(), noon()), ("sandbox".to_owned(), later)];
    assert_eq!(store.newest_events().await.unwrap(), newest.into());
    assert_eq!(store.forget_events(later).await.unwrap(), 2);
    assert!(store.note_event("sandbox", "e1", noon()).await.unwrap());
    assert_eq!(store.forget_events(noon().plus_seconds(2)).await.unwrap(), 2);
    assert!(store.note_event("sandbox", "e1", noon()).await.unwrap());
}

async fn a_notice_is_recorded_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let order = OrderId::mint(noon(), LINES[0].id().cell(), 1);
    let record = NoticeRecord {
        key: "job-4".to_owned(),
        order,
        reason: NoticeReason::RefundFailed,
        medium: Medium::Sms,
        provider_id: Some("sm-1".to_owned()),
        failure: None,
        ambiguous: 1,
        at: noon(),
    };
    store.record_notice(&record).await.unwrap();
    let other =
        NoticeRecord { provider_id: None, failure: Some("late".to_owned()), ..record.clone() };
    store.record_notice(&other).await.unwrap();
    assert_eq!(store.notices_of(order).await.unwrap(), [record]);
}
