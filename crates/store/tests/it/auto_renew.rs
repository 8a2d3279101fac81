//! Lines that renew themselves, as kept.

use crate::accounts::open;
use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::auto_renew::AutoRenewNoticeRecord;
use farline_app::ports::methods::AccountMethod;
use farline_app::ports::pipeline::Outcome;
use farline_app::ports::{
    AutoRenews, Catalogues as _, Jobs as _, Lines as _, Methods, Orders as _,
};
use farline_domain::auto_renew::Progress;
use farline_domain::commands::{Answer, AutoRenewStep, JobKind, LineCommand};
use farline_domain::kernel::{AccountId, Instant, OrderId, Reference, SavedMethodId};
use farline_domain::notices::{AutoRenewNews, Medium};
use farline_domain::orders::Channel;
use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use farline_testkit::{OWN_BIG, SampleLine, agreement, noon, quote};

on_every_store! {
    a_consent_and_where_it_stands_are_kept
    its_order_is_placed_in_the_commit_of_the_look
    a_saved_method_is_kept_once_and_forgotten
    what_was_said_is_noted_once
}

pub(crate) async fn agreed<M: StoreMaker>(scene: &Scene<M>, line: SampleLine, holder: AccountId) {
    let now = scene.now.get();
    let quote = quote(&scene.store.catalogue(), line.id(), (OWN_BIG, 700), now);
    let agreement = agreement(quote, holder);
    let command = LineCommand::AgreeAutoRenew(Box::new(agreement));
    assert_eq!(scene.run(line, command).await, Outcome::Answered(Answer::Done));
}

pub(crate) fn method(account: AccountId, number: u64) -> AccountMethod {
    let saved = SavedMethod {
        id: "pm_1".to_owned(),
        customer: "cus_1".to_owned(),
        method: PaymentMethod::Credit,
        brand: "Visa".to_owned(),
        hint: "4242".to_owned(),
        expiry: Some(CardExpiry { year: 2030, month: 4 }),
    };
    AccountMethod {
        id: SavedMethodId::mint(noon(), account.cell(), number),
        account,
        provider: "sandbox".to_owned(),
        saved,
        saved_at: noon(),
        is_refused: false,
    }
}

pub(crate) fn told(line: SampleLine, at: Instant) -> AutoRenewNoticeRecord {
    AutoRenewNoticeRecord {
        key: "a key".to_owned(),
        line: line.id(),
        news: AutoRenewNews::Announced,
        medium: Medium::Sms,
        provider_id: Some("sms-1".to_owned()),
        failure: None,
        ambiguous: 1,
        at,
    }
}

async fn a_consent_and_where_it_stands_are_kept<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, b, _] = LINES;
    let holder = open(&scene.store, 1, "a@example.org").await;
    agreed(&scene, a, holder).await;
    let standing = scene.store.line(a.id()).await.unwrap().unwrap().auto_renew.unwrap();
    let consents = scene.store.consents(a.id()).await.unwrap();
    assert_eq!(consents.len(), 1);
    assert_eq!(consents[0].consent, standing.consent);
    assert_eq!(consents[0].text, "J’accepte.");
    agreed(&scene, a, holder).await;
    scene.run(a, LineCommand::EndAutoRenew).await;
    let standing = scene.store.line(a.id()).await.unwrap().unwrap().auto_renew.unwrap();
    assert!(!standing.is_on());
    assert_eq!(scene.store.consents(a.id()).await.unwrap().len(), 2, "both stay");
    assert_eq!(scene.store.line(b.id()).await.unwrap().unwrap().auto_renew, None);
    assert_eq!(scene.store.consents(b.id()).await.unwrap(), []);
    scene.assert_sound().await;
}

async fn its_order_is_placed_in_the_commit_of_the_look<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, ..] = LINES;
    let holder = open(&scene.store, 1, "a@example.org").await;
    agreed(&scene, a, holder).await;
    let mut placed = None;
    for number in 1..40 {
        let now = scene.now.get();
        let step = AutoRenewStep {
            quote: Some(quote(&scene.store.catalogue(), a.id(), (OWN_BIG, 800 + number), now)),
            id: OrderId::mint(now, a.id().cell(), 900 + number),
            reference: Reference::mint(a.id().cell(), 900 + number),
            is_other_pending: false,
            charging: Some(holder),
        };
        let command = LineCommand::StepAutoRenew(Box::new(step));
        assert_eq!(scene.run(a, command).await, Outcome::Answered(Answer::Done));
        let standing = scene.store.line(a.id()).await.unwrap().unwrap().auto_renew.unwrap();
        if let Progress::Charging { order, .. } = standing.progress {
            placed.get_or_insert(order);
        }
        scene.now.set(now.plus_seconds(24 * 3600));
    }
    let order = scene.store.order(placed.unwrap()).await.unwrap().unwrap();
    assert_eq!(order.channel, Channel::AutoRenew);
    assert_eq!(scene.store.orders_of_line(a.id(), None, 9).await.unwrap().len(), 1);
    let found = scene.store.orders_of_account(holder, None, 9).await.unwrap();
    assert_eq!(found.iter().map(|order| order.id).collect::<Vec<_>>(), [order.id]);
    let jobs = scene.store.due_jobs(scene.now.get(), 99).await.unwrap();
    assert!(!jobs.is_empty());
    assert!(jobs.iter().all(|job| job.kind != JobKind::RenderReceipt), "nothing is delivered");
    scene.assert_sound().await;
}

async fn a_saved_method_is_kept_once_and_forgotten<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let holder = open(&scene.store, 1, "a@example.org").await;
    let other = open(&scene.store, 2, "b@example.org").await;
    let first = method(holder, 1);
    assert_eq!(scene.store.keep_method(&first).await.unwrap(), first.id);
    // Saved again, it keeps its id and takes what is new.
    let again = AccountMethod { is_refused: true, ..method(holder, 2) };
    assert_eq!(scene.store.keep_method(&again).await.unwrap(), first.id);
    let expected = AccountMethod { id: first.id, ..again };
    assert_eq!(scene.store.methods_of_account(holder).await.unwrap(), [expected]);
    assert_eq!(scene.store.methods_of_account(other).await.unwrap(), []);
    assert!(!scene.store.forget_method(other, first.id).await.unwrap(), "not theirs");
    assert!(scene.store.forget_method(holder, first.id).await.unwrap());
    assert!(!scene.store.forget_method(holder, first.id).await.unwrap());
    assert_eq!(scene.store.methods_of_account(holder).await.unwrap(), []);
}

async fn what_was_said_is_noted_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [a, ..] = LINES;
    let record = told(a, noon());
    scene.store.record_auto_renew_notice(&record).await.unwrap();
    let second = AutoRenewNoticeRecord { failure: Some("late".to_owned()), ..record.clone() };
    scene.store.record_auto_renew_notice(&second).await.unwrap();
    assert_eq!(scene.store.auto_renew_notices(a.id()).await.unwrap(), [record]);
}
