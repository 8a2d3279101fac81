//! Lines that renew themselves, case by case.

mod shop;
mod year;

use farline_domain::auto_renew::{Means, Occasion, Progress, Trigger, Why};
use farline_domain::catalog::StartRule;
use farline_domain::commands::{JobKind, LineCommand, Refusal};
use farline_domain::kernel::{AllowanceKind, Instant, Money, Units};
use farline_domain::notices::{AutoRenewNews, NoticeReason};
use farline_domain::orders::{Channel, OrderState, Stage};
use farline_domain::payments::{CardExpiry, DeclineAdvice, RefundReason};
use jiff::civil::date;
use shop::{Answered, FIRST_DAY, Shop, Truth};

const DAY: i64 = 24 * 3600;
/// The line's last day of service.
const LAST: jiff::civil::Date = date(2026, 12, 10);

/// A line that ends on December 10th and renews itself two days before, agreed to on November 22nd.
fn renewing() -> (Shop, Instant) {
    let mut shop = Shop::new("America/Toronto", LAST);
    let now = shop.state.rule.zone.start_of(FIRST_DAY).plus_seconds(12 * 3600);
    let means = Means::Saved(Shop::method(now, None));
    shop.agree(Shop::consent(now, Trigger::BeforeExpiry(2), means), now).unwrap();
    (shop, now)
}

/// The instant of a local hour.
fn at(shop: &Shop, day: jiff::civil::Date, hour: i64) -> Instant {
    shop.state.rule.zone.start_of(day).plus_seconds(hour * 3600)
}

fn news(shop: &Shop) -> Vec<AutoRenewNews> {
    shop.told.iter().map(|(_, notice)| notice.news).collect()
}

/// Announced and placed on its day: answers the order.
fn charging(shop: &mut Shop) -> (farline_domain::kernel::OrderId, Instant) {
    shop.step(at(shop, date(2026, 12, 5), 10)).unwrap();
    let now = at(shop, date(2026, 12, 8), 10);
    shop.step(now).unwrap();
    (shop.standing().charging().unwrap(), now)
}

#[test]
fn it_is_announced_three_days_before_charged_on_its_day_and_told() {
    let (mut shop, _) = renewing();
    assert_eq!(news(&shop), [AutoRenewNews::Agreed]);
    let charge_at = at(&shop, date(2026, 12, 8), 10);
    assert_eq!(shop.told[0].1.at, Some(charge_at), "the confirmation names the first charge");
    let look = shop.jobs.values().find(|job| job.kind == JobKind::AutoRenew).unwrap().due;
    assert_eq!(look, at(&shop, date(2026, 12, 5), 10));
    shop.step(look).unwrap();
    assert_eq!(shop.told[1].1.news, AutoRenewNews::Announced);
    assert_eq!(shop.told[1].1.at, Some(charge_at));
    assert_eq!(shop.told[1].1.total, Some(Money::cad(3_390)));
    // A look that comes too early, or twice, does nothing.
    shop.step(look.plus_seconds(1)).unwrap();
    shop.step(charge_at.plus_seconds(-1)).unwrap();
    assert_eq!(shop.kept.len(), 0);
    shop.step(charge_at).unwrap();
    shop.step(charge_at).unwrap();
    assert_eq!(shop.kept.len(), 1, "two looks at one moment place one order");
    let order = shop.standing().charging().unwrap();
    assert_eq!(shop.kept[&order].channel, Channel::AutoRenew);
    shop.charge(order, (Truth::Captured, Answered::Clearly), charge_at);
    assert_eq!(shop.kept[&order].state.stage(), Stage::Delivered);
    assert_eq!(shop.state.line.dates.expires_on, Some(date(2027, 1, 9)));
    assert_eq!(shop.told_of_orders, [(order, NoticeReason::Delivered)]);
    assert_eq!(shop.standing().progress, Progress::Resting);
}

#[test]
fn it_is_not_agreed_to_what_cannot_be_kept() {
    let (mut shop, now) = renewing();
    let saved = || Means::Saved(Shop::method(now, None));
    let mut consent = Shop::consent(now, Trigger::Cycle, saved());
    consent.caps.charge = Money::cad(3_389);
    assert_eq!(shop.agree(consent, now), Err(Refusal::CapsTooLow));
    let mut consent = Shop::consent(now, Trigger::Cycle, saved());
    consent.caps.month = Money::cad(4_999);
    assert_eq!(shop.agree(consent, now), Err(Refusal::CapsTooLow), "a month under a charge");
    for (trigger, start) in [
        (Trigger::Cycle, StartRule::AddValue),
        (Trigger::BeforeExpiry(15), StartRule::AddDays),
        (Trigger::Below(AllowanceKind::Data, Units::new(1).unwrap()), StartRule::Queue),
        (Trigger::Below(AllowanceKind::Data, Units::ZERO), StartRule::AddDays),
        (Trigger::Below(AllowanceKind::Voice, Units::new(1).unwrap()), StartRule::AddDays),
    ] {
        shop.start_rule = start;
        let refused = shop.agree(Shop::consent(now, trigger, saved()), now);
        assert_eq!(refused, Err(Refusal::TriggerDoesNotFit), "{trigger:?} {start:?}");
    }
    assert_eq!(shop.standing().number, 1, "what stood stands");
}

#[test]
fn a_refused_charge_follows_its_advice() {
    // Advice, what is told at each attempt, how many attempts.
    let table: [(DeclineAdvice, &[AutoRenewNews]); 5] = [
        (
            DeclineAdvice::RetryLater,
            &[
                AutoRenewNews::Retrying,
                AutoRenewNews::Retrying,
                AutoRenewNews::Retrying,
                AutoRenewNews::AskCustomer,
            ],
        ),
        (DeclineAdvice::RetryOnce, &[AutoRenewNews::Retrying, AutoRenewNews::AskCustomer]),
        (DeclineAdvice::Authenticate, &[AutoRenewNews::Authenticate]),
        (DeclineAdvice::AskCustomer, &[AutoRenewNews::AskCustomer]),
        (DeclineAdvice::Never, &[AutoRenewNews::Stopped]),
    ];
    for (advice, expected) in table {
        let (mut shop, _) = renewing();
        let (mut order, mut now) = charging(&mut shop);
        let first = now;
        let mut days = Vec::new();
        loop {
            shop.charge(order, (Truth::Declined(advice), Answered::Clearly), now);
            days.push(now.millis_since(first) / 1000 / DAY);
            let Progress::Announced { charge_at, .. } = shop.standing().progress else { break };
            now = charge_at;
            shop.step(now).unwrap();
            order = shop.standing().charging().unwrap();
        }
        assert_eq!(&news(&shop)[2..], expected, "{advice:?}");
        assert_eq!(days, [0, 1, 3, 5][..expected.len()], "{advice:?}");
        assert_eq!(shop.standing().stopped.is_some(), advice == DeclineAdvice::Never);
        assert!(shop.standing().spent.is_empty(), "nothing was taken");
        // What the payer is asked for can be paid at the announced price, and settles the occasion.
        let Progress::Asking { order: Some(asked), .. } = shop.standing().progress else {
            panic!("{advice:?}")
        };
        shop.capture(asked, now.plus_seconds(60));
        assert_eq!(shop.delivered_for(Occasion::Expiry(LAST)), 1, "{advice:?}");
    }
}

#[test]
fn after_grace_nothing_is_tried_again() {
    let mut shop = Shop::new("America/Toronto", LAST);
    let now = at(&shop, date(2026, 12, 14), 12);
    let means = Means::Saved(Shop::method(now, None));
    shop.agree(Shop::consent(now, Trigger::Cycle, means), now).unwrap();
    let mut at_now = now.plus_seconds(3600);
    for expected in [AutoRenewNews::Retrying, AutoRenewNews::Retrying, AutoRenewNews::AskCustomer] {
        shop.step(at_now).unwrap();
        let order = shop.standing().charging().unwrap();
        let mind = Truth::Declined(DeclineAdvice::RetryLater);
        shop.charge(order, (mind, Answered::Clearly), at_now);
        assert_eq!(*news(&shop).last().unwrap(), expected);
        at_now = match shop.standing().progress {
            Progress::Announced { charge_at, .. } => charge_at,
            _ => at_now,
        };
    }
    // The grace period of seven days ends on December 17th; a fourth attempt would be on the 19th.
    assert!(at_now < at(&shop, date(2026, 12, 18), 0));
}

#[test]
fn a_renewal_by_hand_wins() {
    let (mut shop, _) = renewing();
    shop.step(at(&shop, date(2026, 12, 5), 10)).unwrap();
    let by_hand = shop.place(at(&shop, date(2026, 12, 8), 9)).unwrap();
    let now = at(&shop, date(2026, 12, 8), 10);
    shop.step(now).unwrap();
    assert_eq!(shop.standing().charging(), None, "somebody is about to pay: it waits");
    shop.capture(by_hand, now.plus_seconds(60));
    shop.step(now.plus_seconds(600)).unwrap();
    assert_eq!(shop.kept.len(), 1);
    assert_eq!(shop.standing().progress, Progress::Resting);
    assert_eq!(shop.state.line.dates.expires_on, Some(date(2027, 1, 9)));
}

/// What was charged by itself and given back before its first day is not charged a second time; what was bought by hand
/// and given back leaves the line as it was, and it renews itself again.
#[test]
fn a_queued_plan_that_is_given_back_is_charged_for_no_second_time() {
    let (mut shop, _) = renewing();
    shop.start_rule = StartRule::Queue;
    let by_hand = shop.place(at(&shop, date(2026, 11, 23), 9)).unwrap();
    shop.capture(by_hand, at(&shop, date(2026, 11, 23), 10));
    assert_eq!(shop.state.line.dates.expires_on, Some(date(2027, 1, 9)));
    shop.run(&LineCommand::CancelQueued(by_hand), at(&shop, date(2026, 11, 24), 9)).unwrap();
    assert_eq!(shop.state.line.dates.expires_on, Some(LAST));

    let (order, now) = charging(&mut shop);
    shop.charge(order, (Truth::Captured, Answered::Clearly), now);
    shop.run(&LineCommand::CancelQueued(order), now.plus_seconds(3600)).unwrap();
    assert_eq!(shop.kept[&order].refunds[0].reason, RefundReason::CancelledBeforeStart);
    assert_eq!(shop.state.line.dates.expires_on, Some(LAST));
    for day in 0..9 {
        shop.step(now.plus_seconds(7200 + day * DAY)).unwrap();
    }
    assert_eq!(shop.kept.len(), 2, "nothing is placed for the same last day again");
}

#[test]
fn a_charge_that_comes_in_after_a_renewal_by_hand_goes_back() {
    let (mut shop, _) = renewing();
    let (order, now) = charging(&mut shop);
    shop.charge(order, (Truth::Captured, Answered::Lost), now);
    let by_hand = shop.place(now.plus_seconds(60)).unwrap();
    shop.capture(by_hand, now.plus_seconds(120));
    assert_eq!(shop.kept[&by_hand].state.stage(), Stage::Delivered);
    shop.charge(order, (Truth::Captured, Answered::Clearly), now.plus_seconds(180));
    assert_eq!(shop.kept[&order].state.stage(), Stage::Refunding);
    assert_eq!(shop.kept[&order].refunds[0].reason, RefundReason::NotWanted);
    assert_eq!(shop.state.line.dates.expires_on, Some(date(2027, 1, 9)), "one period only");
}

#[test]
fn ending_before_the_provider_is_asked_always_wins() {
    let (mut shop, _) = renewing();
    let (order, now) = charging(&mut shop);
    shop.end(now);
    shop.charge(order, (Truth::Captured, Answered::Clearly), now.plus_seconds(1));
    assert!(shop.truths.is_empty(), "the provider was never asked");
    assert_eq!(shop.kept[&order].state.stage(), Stage::Cancelled);
    assert_eq!(*news(&shop).last().unwrap(), AutoRenewNews::Ended);
    // Asked before: what was taken goes back.
    let (mut shop, _) = renewing();
    let (order, now) = charging(&mut shop);
    shop.charge(order, (Truth::Captured, Answered::Lost), now);
    assert_eq!(shop.run(&LineCommand::Cancel(order), now), Err(Refusal::AlreadySent));
    shop.end(now.plus_seconds(1));
    shop.charge(order, (Truth::Captured, Answered::Clearly), now.plus_seconds(2));
    assert_eq!(shop.kept[&order].state.stage(), Stage::Refunding);
}

#[test]
fn an_outcome_that_is_unknown_is_neither_expired_nor_tried_again_and_becomes_a_persons() {
    let (mut shop, _) = renewing();
    let (order, now) = charging(&mut shop);
    shop.charge(order, (Truth::Captured, Answered::Unheard), now);
    let later = now.plus_seconds(25 * 3600);
    shop.run(&LineCommand::Expire(order), later).unwrap();
    shop.step(later).unwrap();
    assert!(matches!(shop.kept[&order].state, OrderState::AwaitingPayment { .. }));
    assert_eq!(shop.kept.len(), 1, "nothing is charged beside it");
    shop.charge(order, (Truth::Captured, Answered::Unheard), later);
    assert_eq!(shop.kept[&order].task.unwrap().kind.code(), "unknown_payment");
    let verdict = farline_domain::commands::Verdict::NotDelivered;
    shop.run(&LineCommand::Resolve(order, verdict), later).unwrap();
    assert!(matches!(shop.standing().progress, Progress::Asking { .. }));
    assert_eq!(shop.kept[&order].task, None);
}

#[test]
fn dearer_than_announced_is_announced_again_and_beyond_the_caps_is_asked() {
    let (mut shop, _) = renewing();
    shop.step(at(&shop, date(2026, 12, 5), 10)).unwrap();
    shop.price = 4_000;
    let now = at(&shop, date(2026, 12, 8), 10);
    shop.step(now).unwrap();
    assert_eq!(shop.kept.len(), 0);
    assert_eq!(shop.told.last().unwrap().1.total, Some(Money::cad(4_520)));
    assert_eq!(shop.told.last().unwrap().1.at, Some(now.plus_seconds(3600)));
    shop.price = 4_500;
    shop.step(now.plus_seconds(3600)).unwrap();
    shop.step(now.plus_seconds(7200)).unwrap();
    assert_eq!(*news(&shop).last().unwrap(), AutoRenewNews::OverCap);
    assert_eq!(shop.kept.len(), 0, "nothing beyond what was agreed to");
}

#[test]
fn a_month_has_a_cap_of_its_own() {
    let (mut shop, now) = renewing();
    let mut consent =
        Shop::consent(now, Trigger::BeforeExpiry(2), Means::Saved(Shop::method(now, None)));
    consent.caps.month = Money::cad(5_000);
    shop.agree(consent, now).unwrap();
    let (order, at_now) = charging(&mut shop);
    shop.charge(order, (Truth::Captured, Answered::Clearly), at_now);
    // Taken back by the supplier's word, it falls due once more within the month.
    shop.state.line.dates.expires_on = Some(date(2026, 12, 20));
    shop.step(at(&shop, date(2026, 12, 15), 10)).unwrap();
    shop.step(at(&shop, date(2026, 12, 18), 10)).unwrap();
    assert_eq!(*news(&shop).last().unwrap(), AutoRenewNews::OverCap);
}

#[test]
fn a_link_is_sent_and_nothing_is_charged() {
    let (mut shop, now) = renewing();
    shop.agree(Shop::consent(now, Trigger::BeforeExpiry(2), Means::PayLink), now).unwrap();
    shop.step(at(&shop, date(2026, 12, 5), 10)).unwrap();
    shop.step(at(&shop, date(2026, 12, 8), 10)).unwrap();
    assert_eq!(*news(&shop).last().unwrap(), AutoRenewNews::PayByLink);
    assert_eq!(shop.kept.len(), 0);
    let asking =
        Progress::Asking { occasion: Occasion::Expiry(LAST), why: Why::PayLink, order: None };
    assert_eq!(shop.standing().progress, asking);
}

#[test]
fn a_card_that_expires_is_announced_thirty_and_seven_days_before() {
    let mut shop = Shop::new("America/Toronto", date(2027, 6, 1));
    let now = at(&shop, FIRST_DAY, 12);
    let expiry = CardExpiry { year: 2027, month: 2 };
    let means = Means::Saved(Shop::method(now, Some(expiry)));
    shop.agree(Shop::consent(now, Trigger::Cycle, means), now).unwrap();
    for (day, warned) in [
        (date(2027, 1, 28), 0),
        (date(2027, 1, 29), 1),
        (date(2027, 2, 20), 1),
        (date(2027, 2, 21), 2),
        (date(2027, 3, 5), 2),
    ] {
        shop.step(at(&shop, day, 10)).unwrap();
        let warnings =
            news(&shop).iter().filter(|news| **news == AutoRenewNews::CardExpires).count();
        assert_eq!(warnings, warned, "{day}");
    }
}

#[test]
fn what_fell_due_in_an_outage_is_caught_up_at_a_moment_of_its_own() {
    let (mut shop, _) = renewing();
    shop.step(at(&shop, date(2026, 12, 5), 10)).unwrap();
    let back = at(&shop, date(2026, 12, 9), 3);
    shop.step(back).unwrap();
    assert_eq!(shop.standing().charging(), None);
    let Progress::Announced { charge_at, .. } = shop.standing().progress else { panic!() };
    assert!(charge_at > back && charge_at <= back.plus_seconds(600));
    shop.step(charge_at).unwrap();
    assert!(shop.standing().charging().is_some());
}
