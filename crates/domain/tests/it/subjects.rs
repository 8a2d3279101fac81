//! Subjects: the rules told as tables, whatever happens checked as properties, and what the end of an
//! order means for what it holds.

use crate::orders::{given, step};
use crate::scene::noon;
use farline_domain::catalog::PromotionCode;
use farline_domain::commands::{Actor, Context, JobKind};
use farline_domain::kernel::{
    Cell, CommandKey, Currency, LineId, Money, OrderId, ReservationId, Units,
};
use farline_domain::orders::PartnerCode;
use farline_domain::subjects::{
    Holder, Limits, Measure, Named, Payment, Quantity, Reservation, ReservationState, Reserve,
    Reserved, Subject, SubjectAnswer, SubjectCommand, SubjectEntryKind, SubjectKey, SubjectState,
    Tally, decide,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn promotion() -> SubjectKey {
    SubjectKey::Promotion(PromotionCode::parse("last-places").unwrap())
}

/// The reservation of order `number`, as the order names it.
pub(crate) fn reserved(number: u64) -> Reserved {
    let subject = promotion();
    Reserved { id: ReservationId::mint(noon(), subject.cell(), number), subject }
}

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn line(number: u64) -> LineId {
    LineId::mint(noon(), Cell::numbered(3), number)
}

/// Reserves one for order `number` on line `holder`, under attempt `attempt`.
fn reserving((number, attempt): (u64, u64), holder: u64, limits: Limits) -> SubjectCommand {
    SubjectCommand::Reserve(Box::new(Reserve {
        id: ReservationId::mint(noon(), promotion().cell(), attempt),
        order: OrderId::mint(noon(), Cell::numbered(3), number),
        line: line(holder),
        placing: CommandKey::of(&["placing", &attempt.to_string()]),
        holder: Some(Holder::from(line(holder))),
        named: None,
        instead_of: None,
        quantity: Quantity::redemptions(units(1)),
        limits,
        look_at: noon().plus_seconds(300),
    }))
}

fn limits_of(text: &str) -> Limits {
    let of = |word: &str| (word != "-").then(|| units(word.parse().unwrap()));
    let (total, holder) = text.split_once('/').unwrap();
    Limits { total: of(total), holder: of(holder) }
}

fn context() -> Context {
    Context { now: noon(), actor: Actor::System }
}

/// Decides; a refusal must leave the state as it was, bit for bit.
fn run(state: &mut SubjectState, command: &SubjectCommand) -> String {
    let before = state.clone();
    match decide(state, command, &context()) {
        Ok(SubjectAnswer::Reservation(reservation)) => reservation.state.code().to_owned(),
        Ok(SubjectAnswer::Limited(_)) => "limited".to_owned(),
        Ok(SubjectAnswer::Paid) => "paid".to_owned(),
        Err(refusal) => {
            assert_eq!(*state, before, "a refusal leaves the state untouched: {command:?}");
            format!("{refusal:?}")
        }
    }
}

/// `2/1 | reserve 1 of A = held | …` and at the end `used + reserved of ceiling`.
fn check(story: &str) {
    let (steps, figures) = story.rsplit_once('→').unwrap();
    let mut steps = steps.split('|').map(str::trim);
    let limits = limits_of(steps.next().unwrap());
    let mut state = SubjectState::new(promotion(), None);
    for step in steps {
        let (words, expected) = step.split_once('=').unwrap();
        let words: Vec<&str> = words.split_whitespace().collect();
        let number = || words[1].parse::<u64>().unwrap();
        let command = match words[0] {
            "reserve" => {
                let holder = u64::from(words[3].as_bytes()[0]);
                reserving((number(), number()), holder, limits)
            }
            "again" => reserving((number(), number() + 100), 65, limits),
            "capture" => SubjectCommand::Capture(reserved(number()).id),
            "release" => SubjectCommand::Release(reserved(number()).id),
            "limit" => {
                let quantity = Quantity::redemptions(Units::ZERO);
                SubjectCommand::Limit(quantity, limits_of(words[1]))
            }
            other => panic!("{other} is no step"),
        };
        assert_eq!(run(&mut state, &command), expected.trim(), "{step} of {story}");
        assert_sound(&state);
    }
    let Tally { used, reserved, ceiling } = state.subject.unwrap().whole;
    let ceiling = ceiling.map_or("-".to_owned(), |ceiling| format!("{ceiling:?}"));
    assert_eq!(format!("{used:?} + {reserved:?} of {ceiling}"), figures.trim(), "{story}");
}

#[test]
fn limits_hold_in_all_and_for_each() {
    let table = "
        2/- | reserve 1 of A = held | reserve 2 of A = held | reserve 3 of B = UsedUp → 0 + 2 of 2
        9/1 | reserve 1 of A = held | reserve 2 of A = ShareUsedUp | reserve 3 of B = held → 0 + 2 of 9
        -/1 | reserve 1 of A = held | reserve 2 of A = ShareUsedUp | reserve 3 of B = held → 0 + 2 of -
        -/- | reserve 1 of A = held | reserve 2 of A = held → 0 + 2 of -
        1/1 | reserve 1 of A = held | capture 1 = captured | reserve 2 of B = UsedUp → 1 + 0 of 1
        1/1 | reserve 1 of A = held | release 1 = released | reserve 2 of A = held → 0 + 1 of 1
        1/1 | reserve 1 of A = held | capture 1 = captured | release 1 = released | reserve 2 of A = held → 0 + 1 of 1
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
}

#[test]
fn an_order_holds_once_and_settling_twice_is_once() {
    let table = "
        5/5 | reserve 1 of A = held | reserve 1 of A = held | again 1 = held → 0 + 1 of 5
        5/5 | reserve 1 of A = held | capture 1 = captured | capture 1 = captured → 1 + 0 of 5
        5/5 | reserve 1 of A = held | release 1 = released | release 1 = released → 0 + 0 of 5
        5/5 | reserve 1 of A = held | release 1 = released | capture 1 = released → 0 + 0 of 5
        5/5 | reserve 1 of A = held | capture 1 = captured | release 1 = released | capture 1 = released | release 1 = released → 0 + 0 of 5
        5/5 | reserve 1 of A = held | release 1 = released | reserve 1 of A = released | again 1 = held → 0 + 1 of 5
        5/5 | reserve 1 of A = held | capture 2 = NoSuchReservation → 0 + 1 of 5
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
}

#[test]
fn a_limit_that_changes_leaves_what_is_taken() {
    let table = "
        1/- | reserve 1 of A = held | limit 2/- = limited | reserve 2 of B = held → 0 + 2 of 2
        2/- | reserve 1 of A = held | reserve 2 of B = held | limit 1/- = limited | reserve 3 of C = UsedUp → 0 + 2 of 2
        2/- | reserve 1 of A = held | reserve 2 of B = held | limit 1/- = limited | release 1 = released | reserve 3 of C = UsedUp → 0 + 1 of 1
        2/2 | reserve 1 of A = held | reserve 2 of A = held | limit 9/1 = limited | capture 1 = captured | reserve 3 of A = ShareUsedUp → 1 + 1 of 9
        1/- | reserve 1 of A = held | limit -/- = limited | reserve 2 of B = held → 0 + 2 of -
        1/- | limit 1/- = limited | limit 1/- = limited | reserve 1 of A = held → 0 + 1 of 1
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check);
}

/// The same mechanism counts money: an account with a credit limit.
#[test]
fn a_subject_counts_one_thing() {
    let mut state = SubjectState::new(promotion(), None);
    let dollars = Quantity::of_money(Money::cad(5000)).unwrap();
    let limits = Limits { total: Some(units(10_000)), holder: None };
    assert_eq!(run(&mut state, &SubjectCommand::Limit(dollars, limits)), "limited");
    let SubjectCommand::Reserve(wanted) = reserving((1, 1), 65, limits) else { panic!() };
    let of = |quantity, id| {
        let id = ReservationId::mint(noon(), promotion().cell(), id);
        let order = OrderId::mint(noon(), Cell::numbered(3), u64::from(id.to_bytes()[15]));
        let holder = None;
        SubjectCommand::Reserve(Box::new(Reserve {
            quantity,
            holder,
            id,
            order,
            ..*wanted.clone()
        }))
    };
    assert_eq!(run(&mut state, &of(Quantity::redemptions(units(1)), 1)), "OtherMeasure");
    assert_eq!(run(&mut state, &of(dollars, 2)), "held");
    let most = Quantity::of_money(Money::cad(5001)).unwrap();
    assert_eq!(run(&mut state, &of(most, 3)), "UsedUp");
    assert_eq!(run(&mut state, &of(dollars, 4)), "held");
    let subject = state.subject.clone().unwrap();
    assert_eq!(subject.measure, Measure::Money(Currency::CAD));
    assert_eq!(subject.has_room(Quantity::of_money(Money::cad(1)).unwrap()), Ok(false));
    assert!(Quantity::of_money(Money::cad(-1)).is_err());
    assert_sound(&state);
}

/// Figures are the sums of the reservations, in all and for each holder, under their ceilings; the
/// entries replay to the same figures, and their chain verifies.
fn assert_sound(state: &SubjectState) {
    let Some(subject) = &state.subject else { return };
    let sums = |of: &dyn Fn(&Reservation) -> bool| {
        let mut sums = (0, 0);
        for one in state.reservations.values().filter(|one| of(one)) {
            match one.state {
                ReservationState::Held => sums.1 += one.units.count(),
                ReservationState::Captured => sums.0 += one.units.count(),
                ReservationState::Released => {}
            }
        }
        sums
    };
    let within = |tally: &Tally, sums: (i64, i64)| {
        assert_eq!((tally.used.count(), tally.reserved.count()), sums, "{state:#?}");
        let ceiling = tally.ceiling.map_or(i64::MAX, Units::count);
        assert!(sums.0 + sums.1 <= ceiling, "{state:#?}");
    };
    within(&subject.whole, sums(&|_| true));
    for (holder, tally) in &state.shares {
        within(tally, sums(&|one| one.holder.as_ref() == Some(holder)));
    }
    replays(subject, state);
}

fn replays(subject: &Subject, state: &SubjectState) {
    let (mut used, mut reserved, mut head) = (0, 0, [0; 32]);
    let (mut limit, mut paid_in) = (None, Units::ZERO);
    let raised = |limit: Option<Units>, by: i64| units(limit.map_or(0, Units::count) + by);
    for (place, entry) in (1..).zip(&state.effects.entries) {
        let moved = entry.units.map_or(0, Units::count);
        match entry.kind {
            SubjectEntryKind::Limit => limit = entry.units,
            SubjectEntryKind::HolderLimit => {}
            SubjectEntryKind::PayIn => {
                limit = Some(raised(limit, moved));
                paid_in = units(paid_in.count() + moved);
            }
            SubjectEntryKind::PayOut => {
                limit = Some(raised(limit, -moved));
                paid_in = units(paid_in.count() - moved);
            }
            SubjectEntryKind::Credit => limit = Some(units(paid_in.count() + moved)),
            SubjectEntryKind::Reserve => reserved += moved,
            SubjectEntryKind::Capture => (used, reserved) = (used + moved, reserved - moved),
            SubjectEntryKind::Release => reserved -= moved,
            SubjectEntryKind::GiveBack => used -= moved,
        }
        if entry.kind == SubjectEntryKind::Reserve {
            assert!(limit.is_none_or(|limit: Units| used + reserved <= limit.count()), "{entry:?}");
        }
        assert_eq!((entry.used.count(), entry.reserved.count()), (used, reserved), "{entry:?}");
        assert_eq!((entry.number, entry.hash), (place, entry.computed_hash(head)), "{entry:?}");
        head = entry.hash;
    }
    assert_eq!((subject.whole.used.count(), subject.whole.reserved.count()), (used, reserved));
    assert_eq!(subject.head, head);
    assert_eq!(subject.paid_in, paid_in);
}

fn any_command() -> impl Strategy<Value = SubjectCommand> {
    let limits = || {
        let of = || prop::option::of(0..4_i64);
        (of(), of()).prop_map(|(total, holder)| Limits {
            total: total.map(units),
            holder: holder.map(units),
        })
    };
    prop_oneof![
        5 => (0..6_u64, 0..8_u64, 0..3_u64, limits())
            .prop_map(|(order, attempt, holder, limits)| reserving((order, attempt), holder, limits)),
        3 => (0..8_u64).prop_map(|number| SubjectCommand::Capture(reserved(number).id)),
        3 => (0..8_u64).prop_map(|number| SubjectCommand::Release(reserved(number).id)),
        1 => limits().prop_map(|limits| {
            SubjectCommand::Limit(Quantity::redemptions(Units::ZERO), limits)
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_the_figures_hold(commands in prop::collection::vec(any_command(), 1..60)) {
        let mut state = SubjectState::new(promotion(), None);
        for command in &commands {
            run(&mut state, command);
            assert_sound(&state);
        }
    }

    /// In whatever order and however often captures and releases come, the end is the same: released
    /// where a release was among them, else captured.
    #[test]
    fn the_order_of_settling_does_not_matter(
        settled in prop::collection::vec((0..4_u64, any::<bool>()), 0..24),
    ) {
        let mut state = SubjectState::new(promotion(), None);
        for number in 0..4 {
            run(&mut state, &reserving((number, number), number, Limits::default()));
        }
        let mut expected: BTreeMap<u64, &str> = (0..4).map(|number| (number, "held")).collect();
        for (number, captures) in settled {
            let id = reserved(number).id;
            let command = if captures {
                SubjectCommand::Capture(id)
            } else {
                SubjectCommand::Release(id)
            };
            run(&mut state, &command);
            assert_sound(&state);
            let end = expected.get_mut(&number).unwrap();
            *end = if captures && *end != "released" { "captured" } else { "released" };
        }
        for (number, end) in expected {
            prop_assert_eq!(state.reservations[&reserved(number).id].state.code(), end);
        }
    }
}

/// `given | step | step ⇒ what is promised`, in order.
fn promises(story: &str) {
    let (script, expected) = story.split_once('⇒').unwrap();
    let mut steps = script.split('|').map(str::trim);
    let mut story = given(steps.next().unwrap());
    for text in steps {
        step(&mut story, text);
    }
    let promised = story.state.effects.jobs.iter().filter_map(|job| match &job.kind {
        JobKind::CaptureReservation(reserved) => Some(("capture", reserved, job.order)),
        JobKind::ReleaseReservation(reserved) => Some(("release", reserved, job.order)),
        _ => None,
    });
    let mut words = Vec::new();
    for (word, of, order) in promised {
        let order = &story.state.orders[&order.unwrap()];
        assert!(order.reservations.contains(of), "{script}");
        words.push(word);
    }
    assert_eq!(words.join(" "), expected.trim(), "{script}");
}

#[test]
fn the_end_of_an_order_promises_what_becomes_of_what_it_holds() {
    let table = "
        own | place holding ⇒
        own | place | capture 3390 credit ⇒
        own | place holding | capture 3390 credit ⇒ capture
        own | place holding | capture 3390 credit | capture 3390 credit ⇒ capture
        own | place holding | capture 3390 credit | capture 3390 credit p2 | refund 1 done ⇒ capture
        own | credit 5000 | place holding with-credit ⇒ capture
        own | place partner holding ⇒ capture
        supplier | place partner holding | cancel | refund 1 done ⇒ release
        supplier | place partner holding | send | answer delivered | answer reversed | refund 1 done ⇒ capture release
        own | place holding | cancel | cancel ⇒ release
        own | place holding | +10m | expire ⇒
        own | place holding | +31m | expire | expire ⇒ release
        own | place holding | +31m | capture 3390 credit | expire ⇒ capture
        own | place holding | +31m | expire | capture 3390 credit | refund 1 done ⇒ release
        own | place holding | capture 100 credit | refund 1 done ⇒ release
        own | place holding | capture 3390 credit | wrong-number | refund 1 done ⇒ capture release
        own | place holding | capture 3390 credit | give-back all k1 | refund 1 done ⇒ capture
        own | place holding | capture 3390 credit | give-back all k1 | refund 1 failed ⇒ capture
        supplier | place holding | capture 3390 credit | send | answer unknown ⇒
        supplier | place holding | capture 3390 credit | cancel ⇒ release
        supplier | place holding | capture 3390 credit | send | answer delivered ⇒ capture
        supplier | place holding | capture 3390 credit | send | answer refused | refund 1 done ⇒ release
        supplier | place holding | capture 3390 credit | send | answer unknown | resolve not-delivered ⇒ release
        supplier | place holding | capture 3390 credit | send | answer unknown | resolve delivered ⇒ capture
        supplier | place holding | capture 3390 credit | send | answer delivered | answer reversed ⇒ capture release
        supplier | place | b: place holding | capture 3390 credit | b: capture 3390 credit p2 ⇒
        supplier | place | b: place holding | capture 3390 credit | b: capture 3390 credit p2 | b: choose refund ⇒ release
        supplier | place | b: place holding | capture 3390 credit | b: capture 3390 credit p2 | b: choose add ⇒
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(promises);
}

/// The story of an account: `pay-in 50 a | order x 20 = held | …`, and at the end what is paid in, used, reserved and available.
fn check_account(story: &str) {
    let (steps, figures) = story.rsplit_once('→').unwrap();
    let key = SubjectKey::Partner(PartnerCode::parse("harbour-travel").unwrap());
    let mut state = SubjectState::new(key.clone(), None);
    let money = |word: &str| Quantity::of_money(Money::cad(word.parse().unwrap())).unwrap();
    let id = |attempt: u64| ReservationId::mint(noon(), key.cell(), attempt);
    for (attempt, step) in (1..).zip(steps.split('|').map(str::trim)) {
        let (words, expected) = step.split_once('=').unwrap();
        let words: Vec<&str> = words.split_whitespace().collect();
        let payment = || Payment {
            named: Named::Payment(words[2].to_owned()),
            quantity: money(words[1]),
            paid_by: None,
        };
        let number = |word: &str| word.parse::<u64>().unwrap();
        let command = match words[0] {
            "pay-in" => SubjectCommand::PayIn(payment()),
            "pay-out" => SubjectCommand::PayOut(payment()),
            "credit" => SubjectCommand::Credit(money(words[1])),
            "order" => SubjectCommand::Reserve(Box::new(Reserve {
                id: id(attempt),
                order: OrderId::mint(noon(), Cell::numbered(3), attempt),
                line: line(attempt),
                placing: CommandKey::of(&["placing", &attempt.to_string()]),
                holder: None,
                named: Some(Named::Order(words[1].to_owned())),
                instead_of: words.get(3).map(|word| id(number(word))),
                quantity: money(words[2]),
                limits: Limits { total: Some(Units::ZERO), holder: None },
                look_at: noon().plus_seconds(300),
            })),
            "capture" => SubjectCommand::Capture(id(number(words[1]))),
            "release" => SubjectCommand::Release(id(number(words[1]))),
            other => panic!("{other} is no step"),
        };
        assert_eq!(run(&mut state, &command), expected.trim(), "{step} of {story}");
        assert_sound(&state);
    }
    let subject = state.subject.unwrap();
    let Tally { used, reserved, .. } = subject.whole;
    let available = subject.available().unwrap();
    let found = format!("{:?} - {used:?} - {reserved:?}, {available:?}", subject.paid_in);
    assert_eq!(found, figures.trim(), "{story}");
}

#[test]
fn an_account_gives_what_was_paid_in_and_its_credit_and_no_more() {
    let table = "
        pay-in 50 a = paid | order x 20 = held | order y 31 = UsedUp | order y 30 = held → 50 - 0 - 50, 0
        pay-in 50 a = paid | pay-in 50 a = paid | pay-in 51 a = OtherPayment | pay-out 50 a = OtherPayment → 50 - 0 - 0, 50
        credit 30 = limited | order x 30 = held | order y 1 = UsedUp | capture 2 = captured | pay-in 10 a = paid → 10 - 30 - 0, 10
        credit 30 = limited | credit 30 = limited | order x 30 = held | credit 10 = limited | order y 1 = UsedUp → 0 - 0 - 30, 0
        credit 30 = limited | order x 30 = held | credit 10 = limited | release 2 = released | order y 11 = UsedUp | order y 10 = held → 0 - 0 - 10, 0
        pay-in 50 a = paid | order x 20 = held | pay-out 31 b = UsedUp | pay-out 30 b = paid | order y 1 = UsedUp → 20 - 0 - 20, 0
        pay-in 50 a = paid | credit 30 = limited | order x 60 = held | pay-out 1 b = UsedUp → 50 - 0 - 60, 20
        pay-in 50 a = paid | order x 20 = held | capture 2 = captured | release 2 = released → 50 - 0 - 0, 50
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check_account);
}

/// The number after an amount is the reservation of which whoever asks knows that its order was never made.
#[test]
fn an_order_of_one_name_is_held_once() {
    let table = "
        pay-in 50 a = paid | order x 20 = held | order x 20 = held | order x 25 = held → 50 - 0 - 20, 30
        pay-in 50 a = paid | order x 20 = held | capture 2 = captured | order x 20 = captured → 50 - 20 - 0, 30
        pay-in 50 a = paid | order x 20 = held | release 2 = released | order x 20 = released → 50 - 0 - 0, 50
        pay-in 50 a = paid | order x 20 = held | release 2 = released | order x 25 2 = held | order x 25 2 = held → 50 - 0 - 25, 25
        pay-in 50 a = paid | order x 20 = held | order x 20 2 = held | capture 2 = captured | order x 20 2 = captured → 50 - 20 - 0, 30
        pay-in 50 a = paid | order a 20 = held | pay-in 5 b = paid → 55 - 0 - 20, 35
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(check_account);
}

/// `given | step | step ⇒ the stages told to whoever sold it`.
fn tells(story: &str) {
    let (script, expected) = story.split_once('⇒').unwrap();
    let mut steps = script.split('|').map(str::trim);
    let mut story = given(steps.next().unwrap());
    for text in steps {
        step(&mut story, text);
    }
    let told = story.state.effects.jobs.iter().filter_map(|job| match job.kind {
        JobKind::TellSeller(stage) => Some(stage.code()),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>().join(" "), expected.trim(), "{script}");
}

#[test]
fn whoever_sold_it_is_told_each_stage_once() {
    let table = "
        own | place ⇒
        own | place partner ⇒ delivered
        own | place partner | place partner ⇒ delivered
        supplier | place partner ⇒ delivering
        supplier | place partner | send | answer unknown | answer unknown ⇒ delivering unknown
        supplier | place partner | send | answer delivered | answer reversed | refund 1 done ⇒ delivering delivered refunding refunded
        supplier | place partner | send | answer refused | refund 1 done | refund 1 failed ⇒ delivering refunding refunded
        supplier | place partner | cancel | refund 1 done ⇒ delivering refunding refunded
        supplier | place shop | send | answer refused | refund 1 done ⇒ delivering refunding refunded
    ";
    table.lines().filter(|line| !line.trim().is_empty()).for_each(tells);
}
