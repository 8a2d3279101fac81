//! Reminders, as kept.

use crate::accounts::{change, open};
use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::accounts::AccountChange;
use farline_app::ports::reminders::{LookDay, RemindedLine, ReminderPerson};
use farline_app::ports::{Lines, Reminders};
use farline_domain::accounts::Rights;
use farline_domain::balance::DepletionMark;
use farline_domain::kernel::{AccountId, AllowanceKind, Cells, Instant, LineId};
use farline_domain::notices::Medium;
use farline_domain::reminders::{
    Planned, Reminder, ReminderProgress, ReminderReason, ReminderWish, Told,
};
use farline_testkit::noon;
use jiff::civil::date;

on_every_store! {
    a_reminder_is_planned_once
    of_two_who_send_a_reminder_one_is_told_no
    what_is_over_is_forgotten_and_what_waits_is_not
    every_line_is_looked_at_once
    a_wish_stands_beside_whoever_has_it
}

fn reminder(line: LineId, reason: ReminderReason, at: Instant) -> Reminder {
    let planned = Planned { reason, period: "2026-12-01".to_owned() };
    Reminder::planned((line, Told::Line), planned, at)
}

fn day() -> LookDay {
    LookDay { now: noon(), today: date(2026, 11, 22), oldest_expiry: date(2025, 11, 1) }
}

/// A row in each table.
pub(crate) async fn told(store: &impl Reminders, line: LineId, account: AccountId) {
    store.plan_reminders(&[reminder(line, ReminderReason::GraceBegins, noon())]).await.unwrap();
    store.keep_reminder_wish(line, account, ReminderWish::Never).await.unwrap();
}

async fn a_reminder_is_planned_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, line) = (&scene.store, LINES[0].id());
    let seven = reminder(line, ReminderReason::ExpiresIn(7), noon());
    let used = ReminderReason::Used(AllowanceKind::Data, DepletionMark::NineTenths);
    let used = reminder(line, used, noon().plus_seconds(60));
    assert_eq!(store.plan_reminders(&[]).await.unwrap(), 0);
    assert_eq!(store.plan_reminders(std::slice::from_ref(&seven)).await.unwrap(), 1);
    let later = reminder(line, ReminderReason::ExpiresIn(7), noon().plus_seconds(5));
    assert_eq!(store.plan_reminders(&[later, used.clone()]).await.unwrap(), 1);
    assert_eq!(store.reminders_of_line(line).await.unwrap(), [seven.clone(), used]);
    let due = store.due_reminders(noon(), 10).await.unwrap();
    assert_eq!(due.into_iter().map(|due| due.kept).collect::<Vec<_>>(), [seven]);
}

async fn of_two_who_send_a_reminder_one_is_told_no<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, line) = (&scene.store, LINES[0].id());
    let planned = reminder(line, ReminderReason::GraceBegins, noon());
    store.plan_reminders(&[planned]).await.unwrap();
    let before = store.due_reminders(noon(), 10).await.unwrap().pop().unwrap();
    let taken = before.then(before.kept.taken(noon()));
    assert!(store.keep_reminder(&taken).await.unwrap());
    assert!(!store.keep_reminder(&taken).await.unwrap());
    assert_eq!(store.due_reminders(noon(), 10).await.unwrap(), []);
    let sent = ReminderProgress::Sent { medium: Medium::Sms, provider_id: "sms-1".to_owned() };
    let over = taken.then(taken.kept.over(sent));
    assert!(store.keep_reminder(&over).await.unwrap());
    assert_eq!(store.due_reminders(noon().plus_seconds(86_400), 10).await.unwrap(), []);
    assert_eq!(store.reminders_of_line(line).await.unwrap(), [over.kept]);
}

async fn what_is_over_is_forgotten_and_what_waits_is_not<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, line) = (&scene.store, LINES[0].id());
    let waits = reminder(line, ReminderReason::GraceBegins, noon());
    let over = reminder(line, ReminderReason::LastSafeDay, noon());
    let over = over.over(ReminderProgress::Dropped);
    store.plan_reminders(&[waits.clone(), over]).await.unwrap();
    let all = Cells { first: 0, last: 1023 };
    assert_eq!(store.forget_reminders(all, noon()).await.unwrap(), 0);
    assert_eq!(store.forget_reminders(all, noon().plus_seconds(1)).await.unwrap(), 1);
    assert_eq!(store.reminders_of_line(line).await.unwrap(), [waits]);
}

async fn every_line_is_looked_at_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let all = store.lines_to_remind(None, day(), 1_000).await.unwrap();
    assert!(all.len() > 1, "{all:?}");
    let mut by_ones: Vec<RemindedLine> = Vec::new();
    loop {
        let after = by_ones.last().map(|line| line.id);
        let page = store.lines_to_remind(after, day(), 1).await.unwrap();
        if page.is_empty() {
            break;
        }
        by_ones.extend(page);
    }
    assert_eq!(by_ones, all);
    for line in &all {
        assert_eq!(store.line_to_remind(line.id, day()).await.unwrap().as_ref(), Some(line));
        let view = store.line(line.id).await.unwrap().unwrap();
        assert_eq!((view.line.dates, view.line.msisdn.is_some()), (line.dates, line.has_number));
        for (kind, pace) in
            [(AllowanceKind::Data, line.paces.data), (AllowanceKind::Voice, line.paces.voice)]
        {
            let of_kind = view.buckets.iter().filter(|bucket| bucket.kind == kind);
            let left = of_kind.map(|it| it.granted.count() - it.used.count() - it.reserved.count());
            assert_eq!(pace.left.count(), left.sum::<i64>(), "{kind:?} of {}", line.id);
        }
    }
    let late = LookDay { oldest_expiry: date(2099, 1, 1), ..day() };
    assert_eq!(store.lines_to_remind(None, late, 10).await.unwrap(), []);
}

async fn a_wish_stands_beside_whoever_has_it<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (store, line) = (&scene.store, LINES[0].id());
    let holder = open(store, 1, "a@example.org").await;
    let stranger = open(store, 2, "b@example.org").await;
    // A wish of somebody who is nothing to the line is nobody's.
    store.keep_reminder_wish(line, stranger, ReminderWish::Never).await.unwrap();
    assert_eq!(store.line_to_remind(line, day()).await.unwrap().unwrap().people, []);
    change(store, holder, AccountChange::Hold(line)).await;
    let person = |wish| ReminderPerson { account: holder, rights: Rights::Holder, wish };
    let people = || async { store.line_to_remind(line, day()).await.unwrap().unwrap().people };
    assert_eq!(people().await, [person(None)]);
    for wish in ReminderWish::ALL {
        store.keep_reminder_wish(line, holder, wish).await.unwrap();
        assert_eq!(people().await, [person(Some(wish))]);
    }
}
