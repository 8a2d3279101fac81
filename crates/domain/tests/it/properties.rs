//! Whatever is asked of a line, in whatever order: the books stay true.

use crate::scene::{
    allowance, assert_sound, charging, holding, line_on, noon, order_id, placing, plan, run, using,
};
use farline_domain::balance::EntryKind;
use farline_domain::catalog::{Network, Plan, StartRule, TimeWindow, Validity};
use farline_domain::charging::{ChargingStep, ServiceKind, Wanted};
use farline_domain::commands::{
    DeliveryAnswer, GivenBack, HeldChoice, LineCommand, LineState, PayWith, RefundAnswer,
    RefundByHand, TakenByHand, Verdict,
};
use farline_domain::kernel::{AllowanceKind, Instant, Money, Units};
use farline_domain::ledger::{Account, EntrySetKind};
use farline_domain::orders::DeliveryRefusal;
use farline_domain::payments::{
    ByHand, Capture, DisputeStatus, DisputeTold, ManualMethod, ManualReference, PaymentMethod,
    RefundTo,
};
use jiff::ToSpan;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that can happen to a line: small, so that a failure shrinks to a short story.
#[derive(Clone, Copy, Debug)]
enum Event {
    Pass(Passing),
    Place { order: u64, start: Start, another: bool, with_credit: bool },
    Capture { order: u64, payment: u8, exact: bool },
    TakeByHand { order: u64, method: ManualMethod, exact: bool },
    GiveByHand(u64, u32, u8),
    Cancel(u64),
    Expire(u64),
    Send(u64),
    Answer(u64, Answered),
    Choose(u64, bool),
    WrongNumber(u64),
    CancelQueued(u64),
    StartQueued(u64),
    Refund(u64, u32, RefundWord),
    Resolve(u64, Word),
    GiveBack(u64, u8, Option<i64>, bool),
    Dispute(u64, u8, DisputeStatus, Withdrawn),
    Grant { kind: AllowanceKind, hundreds: i64, days: i64, night: bool },
    GrantCredit,
    Reserve { session: u8, hundreds: i64 },
    Commit { session: u8, hundreds: i64, kind: ServiceKind },
    Release(u8),
    Sweep,
}

#[derive(Clone, Copy, Debug)]
enum Passing {
    Minute,
    HalfHour,
    Day,
    Month,
}

#[derive(Clone, Copy, Debug)]
enum Start {
    Addon,
    Set,
    Days,
    Queue,
    Early,
}

#[derive(Clone, Copy, Debug)]
enum Answered {
    Delivered,
    InProgress,
    Refused,
    Unavailable,
    Late,
    Unknown,
    Reversed,
}

#[derive(Clone, Copy, Debug)]
enum RefundWord {
    Pending,
    Done,
    Failed,
}

#[derive(Clone, Copy, Debug)]
enum Word {
    Delivered,
    NotDelivered,
    RefundAgain,
    RefundAsCredit,
    Close,
}

#[derive(Clone, Copy, Debug)]
enum Withdrawn {
    Nothing,
    Half,
    All,
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(values)
}

fn event() -> impl Strategy<Value = Event> {
    use Event as E;
    let order = || 1u64..=3;
    let kind = || one_of(vec![AllowanceKind::Data, AllowanceKind::Data, AllowanceKind::Voice]);
    let service = one_of(vec![ServiceKind::Data, ServiceKind::Data, ServiceKind::Voice]);
    let start = one_of(vec![Start::Queue, Start::Early, Start::Days, Start::Set, Start::Addon]);
    let answered = one_of(vec![
        Answered::Delivered,
        Answered::Refused,
        Answered::Unavailable,
        Answered::Late,
        Answered::Unknown,
        Answered::InProgress,
        Answered::Reversed,
    ]);
    let refunded = one_of(vec![RefundWord::Done, RefundWord::Failed, RefundWord::Pending]);
    let word = one_of(vec![
        Word::Close,
        Word::RefundAsCredit,
        Word::RefundAgain,
        Word::NotDelivered,
        Word::Delivered,
    ]);
    let amount = one_of(vec![None, Some(500), Some(1000), Some(0), Some(3390)]);
    let status = one_of(DisputeStatus::ALL.to_vec());
    let withdrawn = one_of(vec![Withdrawn::All, Withdrawn::Nothing, Withdrawn::Half]);
    let passing = one_of(vec![Passing::Minute, Passing::HalfHour, Passing::Day, Passing::Month]);
    prop_oneof![
        3 => passing.prop_map(E::Pass),
        4 => (order(), start, any::<bool>(), prop::bool::weighted(0.2)).prop_map(
            |(order, start, another, with_credit)| E::Place { order, start, another, with_credit }
        ),
        5 => (order(), 0u8..2, prop::bool::weighted(0.9))
            .prop_map(|(order, payment, exact)| E::Capture { order, payment, exact }),
        3 => (order(), one_of(ManualMethod::ALL.to_vec()), prop::bool::weighted(0.9))
            .prop_map(|(order, method, exact)| E::TakeByHand { order, method, exact }),
        2 => (order(), 1u32..4, 0u8..2)
            .prop_map(|(order, number, reference)| E::GiveByHand(order, number, reference)),
        1 => order().prop_map(E::Cancel),
        1 => order().prop_map(E::Expire),
        2 => order().prop_map(E::Send),
        4 => (order(), answered).prop_map(|(order, answer)| E::Answer(order, answer)),
        1 => (order(), any::<bool>()).prop_map(|(order, add)| E::Choose(order, add)),
        2 => order().prop_map(E::WrongNumber),
        2 => order().prop_map(E::CancelQueued),
        2 => order().prop_map(E::StartQueued),
        4 => (order(), 1u32..4, refunded).prop_map(|(order, n, word)| E::Refund(order, n, word)),
        2 => (order(), word).prop_map(|(order, word)| E::Resolve(order, word)),
        3 => (order(), 0u8..3, amount, any::<bool>())
            .prop_map(|(order, key, amount, credit)| E::GiveBack(order, key, amount, credit)),
        4 => (order(), 0u8..2, status, withdrawn)
            .prop_map(|(order, payment, status, sum)| E::Dispute(order, payment, status, sum)),
        2 => (kind(), 0i64..8, 1i64..40, any::<bool>())
            .prop_map(|(kind, hundreds, days, night)| E::Grant { kind, hundreds, days, night }),
        2 => Just(E::GrantCredit),
        3 => (0u8..2, 0i64..30).prop_map(|(session, hundreds)| E::Reserve { session, hundreds }),
        3 => (0u8..2, 0i64..30, service).prop_map(
            |(session, hundreds, kind)| E::Commit { session, hundreds, kind }
        ),
        1 => (0u8..2).prop_map(E::Release),
        1 => Just(E::Sweep),
    ]
}

fn plan_of(start: Start) -> Plan {
    let rule = match start {
        Start::Addon => StartRule::AddValue,
        Start::Set => StartRule::SetExpiry,
        Start::Days => StartRule::AddDays,
        Start::Queue => StartRule::Queue,
        Start::Early => StartRule::QueueOrUsedUp,
    };
    plan(3000, Validity::Days(30), rule)
}

fn captured(order: u64, payment: u8, minor: i64, now: Instant) -> Capture {
    Capture {
        provider: "sandbox".to_owned(),
        payment: format!("p{order}{payment}"),
        amount: Money::cad(minor),
        method: PaymentMethod::Credit,
        at: now,
    }
}

fn from_hand_to_hand(method: ManualMethod, reference: &str) -> ByHand {
    ByHand { method, reference: ManualReference::parse(reference).unwrap() }
}

fn taking_by_hand(order: u64, (method, exact): (ManualMethod, bool)) -> LineCommand {
    let by_hand = from_hand_to_hand(method, &format!("T{order}X"));
    let amount = Money::cad(if exact { 3390 } else { 3389 });
    LineCommand::TakeByHand(order_id(order), Box::new(TakenByHand { by_hand, amount }))
}

fn giving_by_hand(order: u64, (refund, reference): (u32, u8)) -> LineCommand {
    let by_hand = from_hand_to_hand(ManualMethod::Interac, &format!("G{reference}X"));
    LineCommand::GiveByHand(order_id(order), Box::new(GivenBack { refund, by_hand }))
}

/// What a command takes, by the name of the payment.
fn taking(command: &LineCommand) -> Option<(String, i64)> {
    match command {
        LineCommand::Capture(_, capture) => Some((capture.payment.clone(), capture.amount.minor)),
        LineCommand::TakeByHand(order, taken) => {
            Some((format!("{order} {}", taken.by_hand.id()), taken.amount.minor))
        }
        _ => None,
    }
}

fn hundreds_of_megabytes(count: i64) -> Units {
    Units::new(count * 100_000_000).unwrap()
}

fn session(number: u8) -> String {
    format!("s{number}")
}

/// The command of an event, or the time it takes.
fn command(event: Event, state: &LineState, now: Instant) -> Result<LineCommand, i64> {
    Ok(match event {
        Event::Pass(Passing::Minute) => return Err(61),
        Event::Pass(Passing::HalfHour) => return Err(1801),
        Event::Pass(Passing::Day) => return Err(86_401),
        Event::Pass(Passing::Month) => return Err(40 * 86_400),
        Event::Place { order, start, another, with_credit } => {
            let mut placing = placing(state, order, &plan_of(start), now);
            placing.another_period = another;
            placing.pay_with = if with_credit { PayWith::LineCredit } else { PayWith::Page };
            LineCommand::Place(Box::new(placing))
        }
        Event::Capture { order, payment, exact } => LineCommand::Capture(
            order_id(order),
            captured(order, payment, if exact { 3390 } else { 3389 }, now),
        ),
        Event::TakeByHand { order, method, exact } => taking_by_hand(order, (method, exact)),
        Event::GiveByHand(order, refund, reference) => giving_by_hand(order, (refund, reference)),
        Event::Cancel(order) => LineCommand::Cancel(order_id(order)),
        Event::Expire(order) => LineCommand::Expire(order_id(order)),
        Event::Send(order) => LineCommand::Send(order_id(order)),
        Event::Answer(order, answered) => {
            LineCommand::DeliveryAnswered(order_id(order), Box::new(told(state, order, answered)))
        }
        Event::Choose(order, true) => {
            LineCommand::ChooseHeld(order_id(order), HeldChoice::AddPeriod)
        }
        Event::Choose(order, false) => LineCommand::ChooseHeld(order_id(order), HeldChoice::Refund),
        Event::WrongNumber(order) => LineCommand::WrongNumber(order_id(order)),
        Event::CancelQueued(order) => LineCommand::CancelQueued(order_id(order)),
        Event::StartQueued(order) => LineCommand::StartQueued(order_id(order)),
        Event::Refund(order, number, word) => {
            LineCommand::RefundAnswered(order_id(order), number, refund_answer(word))
        }
        Event::Resolve(order, word) => LineCommand::Resolve(order_id(order), verdict(word)),
        Event::GiveBack(order, key, amount, credit) => {
            let to = if credit { RefundTo::LineCredit } else { RefundTo::Source };
            let (key, amount) = (format!("k{key}"), amount.map(Money::cad));
            LineCommand::Refund(order_id(order), RefundByHand { key, amount, to, limit: None })
        }
        Event::Dispute(order, payment, status, withdrawn) => {
            let told = disputed((order, payment), status, withdrawn);
            LineCommand::Dispute(order_id(order), Box::new(told))
        }
        Event::Grant { kind, hundreds, days, night } => {
            let mut granted = allowance(kind, hundreds_of_megabytes(hundreds).count());
            granted.window = night.then_some(TimeWindow { from_minute: 1320, until_minute: 360 });
            let today = now.date_in(&state.rule.zone);
            let valid_until = Some(today.saturating_add(days.days()));
            LineCommand::Grant { allowance: granted, valid_until }
        }
        Event::GrantCredit => LineCommand::Grant {
            allowance: allowance(AllowanceKind::Credit, 2000),
            valid_until: None,
        },
        Event::Reserve { session: number, hundreds } => {
            holding(state, &session(number), hundreds_of_megabytes(hundreds))
        }
        Event::Commit { session: number, hundreds, kind } => {
            using(state, &session(number), (kind, hundreds_of_megabytes(hundreds)))
        }
        Event::Release(number) => {
            let step = ChargingStep::Update { used: Units::ZERO, wanted: Wanted::Nothing };
            let request = charging(state, &session(number), (ServiceKind::Data, step));
            LineCommand::Charge(Box::new(request))
        }
        Event::Sweep => LineCommand::Sweep,
    })
}

fn disputed(
    (order, payment): (u64, u8),
    status: DisputeStatus,
    withdrawn: Withdrawn,
) -> DisputeTold {
    let withdrawn = match withdrawn {
        Withdrawn::Nothing => 0,
        Withdrawn::Half => 1000,
        Withdrawn::All => 3390,
    };
    DisputeTold {
        provider: "sandbox".to_owned(),
        id: format!("d{payment}"),
        payment: format!("p{order}{payment}"),
        status,
        reason: "fraudulent".to_owned(),
        amount: Money::cad(3390),
        withdrawn: Money::cad(withdrawn),
        respond_by: None,
    }
}

/// What a supplier says about the attempt that stands, or, late, about the first.
fn told(state: &LineState, order: u64, answered: Answered) -> farline_domain::commands::Answered {
    let id = order_id(order);
    let mut said = *farline_domain::commands::Answered::first(id, delivery_answer(answered));
    if let Some(order) = state.orders.get(&id).filter(|_| !matches!(answered, Answered::Late)) {
        said.reference = order.sent_under();
    }
    said.then = Some("second".to_owned());
    said
}

fn delivery_answer(answered: Answered) -> DeliveryAnswer {
    match answered {
        Answered::Delivered => DeliveryAnswer::Delivered { supplier_reference: None },
        Answered::InProgress => DeliveryAnswer::InProgress,
        Answered::Refused => DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted),
        Answered::Unavailable | Answered::Late => {
            DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable)
        }
        Answered::Unknown => DeliveryAnswer::Unknown,
        Answered::Reversed => DeliveryAnswer::Reversed,
    }
}

fn refund_answer(word: RefundWord) -> RefundAnswer {
    match word {
        RefundWord::Pending => RefundAnswer::Pending { refund: "r".to_owned() },
        RefundWord::Done => RefundAnswer::Done { refund: "r".to_owned() },
        RefundWord::Failed => RefundAnswer::Failed { reason: "closed".to_owned() },
    }
}

fn verdict(word: Word) -> Verdict {
    match word {
        Word::Delivered => Verdict::Delivered,
        Word::NotDelivered => Verdict::NotDelivered,
        Word::RefundAgain => Verdict::RefundAgain,
        Word::RefundAsCredit => Verdict::RefundAsCredit,
        Word::Close => Verdict::Close,
    }
}

/// A repeated word from outside, or a repeated wish, changes nothing that is stored.
fn repeated_changes_nothing(state: &LineState, command: &LineCommand, now: Instant) {
    let is_repeatable = matches!(
        command,
        LineCommand::Place(_)
            | LineCommand::Capture(..)
            | LineCommand::TakeByHand(..)
            | LineCommand::GiveByHand(..)
            | LineCommand::Cancel(_)
            | LineCommand::CancelQueued(_)
            | LineCommand::StartQueued(_)
            | LineCommand::Expire(_)
            | LineCommand::Send(_)
            | LineCommand::DeliveryAnswered(..)
            | LineCommand::Refund(..)
            | LineCommand::RefundAnswered(..)
            | LineCommand::Dispute(..)
            | LineCommand::Charge(_)
            | LineCommand::Sweep
    );
    if !is_repeatable {
        return;
    }
    let mut again = state.clone();
    // A cancelled and refunded order says so when it is cancelled again; that changes nothing too.
    let _ = run(&mut again, command, now);
    // What was looked at counts as touched, and a refund under way is asked about once more.
    again.effects.orders.clone_from(&state.effects.orders);
    again.effects.buckets.clone_from(&state.effects.buckets);
    if matches!(command, LineCommand::RefundAnswered(..)) {
        again.effects.jobs.clone_from(&state.effects.jobs);
        again.counters.jobs = state.counters.jobs;
    }
    assert_eq!(again, *state, "repeating {command:?} changed something");
}

fn happen(network: Network, events: &[Event]) {
    let mut state = line_on(network);
    let mut now = noon();
    let mut taken: BTreeMap<String, i64> = BTreeMap::new();
    for event in events {
        match command(*event, &state, now) {
            Err(seconds) => now = now.plus_seconds(seconds),
            Ok(command) => {
                let answer = run(&mut state, &command, now);
                if answer.is_ok()
                    && let Some((payment, minor)) = taking(&command)
                {
                    taken.entry(payment).or_insert(minor);
                }
                assert_sound(&state);
                if answer.is_ok() {
                    repeated_changes_nothing(&state, &command, now);
                }
            }
        }
    }
    // Every payment that was ever told of is booked, and booked once.
    let booked = state.effects.money.iter().filter(|set| set.kind == EntrySetKind::Capture);
    let entries = booked.flat_map(|set| &set.entries);
    let booked: i64 = entries
        .filter(|(account, _)| matches!(account, Account::Provider(_) | Account::ByHand(_)))
        .map(|(_, amount)| amount.minor)
        .sum();
    assert_eq!(booked, taken.values().sum::<i64>(), "captured");
    line_credit_is_real(&state);
}

/// Credit that paid for something left the buckets, and what was given back is in one again.
fn line_credit_is_real(state: &LineState) {
    let credit = state.buckets.iter().filter(|bucket| bucket.kind == AllowanceKind::Credit);
    let numbers: Vec<u32> = credit.clone().map(|bucket| bucket.number).collect();
    let left: i64 = credit.map(|bucket| bucket.remaining().count()).sum();
    let entries = state.effects.money.iter().flat_map(|set| &set.entries);
    let spent: i64 = entries
        .filter(|(account, _)| *account == Account::LineCredit)
        .map(|(_, amount)| amount.minor)
        .sum();
    // What was given from outside came in steps of 20.00, what came back in prices of 33.90.
    let given = state.effects.bucket_entries.iter().filter(|entry| {
        entry.kind == EntryKind::Grant
            && entry.units.count() == 2000
            && numbers.contains(&entry.bucket)
    });
    let given = i64::try_from(given.count()).unwrap() * 2000;
    // What was left when grace had ended is gone.
    let gone = state
        .effects
        .bucket_entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Expire && numbers.contains(&entry.bucket));
    let gone: i64 = gone.map(|entry| entry.units.count()).sum();
    assert_eq!(left, given - spent - gone, "credit");
}

/// Found once by the second property below.
#[test]
fn a_renewal_that_waits_for_its_payer_is_not_forgotten_when_the_bank_takes_what_was_paid_twice() {
    let place =
        |order| Event::Place { order, start: Start::Queue, another: false, with_credit: false };
    let capture = |order, payment, exact| Event::Capture { order, payment, exact };
    let events = [
        place(1),
        place(3),
        capture(3, 0, true),
        capture(1, 1, true),
        capture(1, 0, false),
        Event::Dispute(1, 0, DisputeStatus::UnderReview, Withdrawn::All),
    ];
    happen(Network::Supplier("simulated".to_owned()), &events);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_the_own_network_the_books_stay_true(events in prop::collection::vec(event(), 0..48)) {
        happen(Network::Own, &events);
    }

    #[test]
    fn at_a_supplier_the_books_stay_true(events in prop::collection::vec(event(), 0..48)) {
        happen(Network::Supplier("simulated".to_owned()), &events);
    }
}
