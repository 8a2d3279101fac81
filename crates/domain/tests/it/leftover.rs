//! What is left when a line's service has ended: kept, frozen or forfeited, by the operator's rule.

use crate::scene::{allowance, line_on, noon, placing, plan, run};
use farline_domain::balance::Bucket;
use farline_domain::catalog::{Network, StartRule, Validity};
use farline_domain::commands::{Answer, LineCommand, LineState, PayWith, Refusal};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::lines::{Leftover, LifecycleRule};
use farline_domain::orders::{Order, Stage};
use farline_domain::payments::{Capture, PaymentMethod};
use jiff::civil::date;

const CREDIT: i64 = 10_000;
const PRICE: i64 = 3_390;

/// A line that expires on 30 November, with a hundred dollars of credit that has no last day, and data that has one.
fn line(leftover: Leftover) -> LineState {
    let mut state = line_on(Network::Own);
    state.rule = LifecycleRule { leftover, ..state.rule };
    let credit = allowance(AllowanceKind::Credit, CREDIT);
    let until = Some(date(2027, 6, 30));
    let data = allowance(AllowanceKind::Data, 5_000);
    for (allowance, until) in [(credit, None), (data, until)] {
        run(&mut state, &LineCommand::Grant { allowance, valid_until: until }, noon()).unwrap();
    }
    state
}

fn days_later(days: i64) -> Instant {
    noon().plus_seconds(days * 86_400)
}

fn left(state: &LineState, kind: AllowanceKind) -> i64 {
    let of_kind = state.buckets.iter().filter(|bucket| bucket.kind == kind);
    of_kind.map(Bucket::available).map(Units::count).sum()
}

/// Places a renewal, and pays for it on a page if it is not paid already.
fn renew(state: &mut LineState, pay_with: PayWith, now: Instant) -> Result<Box<Order>, Refusal> {
    let plan = plan(3_000, Validity::Days(30), StartRule::AddDays);
    let number = u64::from(state.counters.audit) + 100;
    let place =
        farline_domain::commands::PlaceOrder { pay_with, ..placing(state, number, &plan, now) };
    let (id, total) = (place.id, place.quote.price.total);
    let placed = run(state, &LineCommand::Place(Box::new(place)), now)?;
    let Answer::Order(order) = placed else { panic!("no order") };
    if order.state.stage() == Stage::Delivered {
        return Ok(order);
    }
    let capture = Capture {
        provider: "sandbox".to_owned(),
        payment: format!("p{number}"),
        amount: total,
        method: PaymentMethod::Paypal,
        at: now,
    };
    let Answer::Order(order) = run(state, &LineCommand::Capture(id, capture), now)? else {
        panic!("no order")
    };
    assert_eq!(order.state.stage(), Stage::Delivered);
    Ok(order)
}

#[test]
fn in_grace_what_is_left_pays_whatever_the_rule() {
    for leftover in [Leftover::Kept, Leftover::Frozen, Leftover::Forfeited] {
        // The last day of grace is 7 December.
        let mut state = line(leftover);
        renew(&mut state, PayWith::LineCredit, days_later(15)).unwrap();
        assert_eq!(left(&state, AllowanceKind::Credit), CREDIT - PRICE, "{leftover:?}");
    }
}

#[test]
fn a_renewal_in_grace_gives_it_back_for_good() {
    let mut state = line(Leftover::Forfeited);
    renew(&mut state, PayWith::Page, days_later(15)).unwrap();
    assert_eq!(left(&state, AllowanceKind::Credit), CREDIT);
    renew(&mut state, PayWith::LineCredit, days_later(40)).unwrap();
    assert_eq!(left(&state, AllowanceKind::Credit), CREDIT - PRICE);
}

#[test]
fn after_grace_the_rule_decides() {
    let after = days_later(16);
    let mut kept = line(Leftover::Kept);
    renew(&mut kept, PayWith::LineCredit, after).unwrap();
    assert_eq!(left(&kept, AllowanceKind::Credit), CREDIT - PRICE);

    let mut frozen = line(Leftover::Frozen);
    let refused = renew(&mut frozen, PayWith::LineCredit, after).unwrap_err();
    assert_eq!(refused, Refusal::CreditFrozen);
    renew(&mut frozen, PayWith::Page, after).unwrap();
    assert_eq!(left(&frozen, AllowanceKind::Credit), CREDIT);
    renew(&mut frozen, PayWith::LineCredit, after).unwrap();

    let mut forfeited = line(Leftover::Forfeited);
    let refused = renew(&mut forfeited, PayWith::LineCredit, after).unwrap_err();
    assert_eq!(refused, Refusal::NotEnough);
    renew(&mut forfeited, PayWith::Page, after).unwrap();
    assert_eq!(left(&forfeited, AllowanceKind::Credit), 0);
    // What has a last day of its own is not what grace decides upon.
    assert_eq!(left(&forfeited, AllowanceKind::Data), 5_000 + 2_000_000_000);
}

#[test]
fn what_is_given_after_grace_is_not_forfeited() {
    let mut state = line(Leftover::Forfeited);
    let allowance = allowance(AllowanceKind::Credit, 5_000);
    let gift = LineCommand::Grant { allowance, valid_until: None };
    run(&mut state, &gift, days_later(20)).unwrap();
    renew(&mut state, PayWith::LineCredit, days_later(21)).unwrap();
    assert_eq!(left(&state, AllowanceKind::Credit), 5_000 - PRICE);
}

#[test]
fn nothing_is_forfeited_before_seven_days_of_grace() {
    let rule = |grace_days, leftover| LifecycleRule {
        grace_days,
        leftover,
        ..crate::scene::rule_of_30_days()
    };
    let forfeits = rule(6, Leftover::Forfeited).unlawful().unwrap();
    assert!(forfeits.contains("forfeited"), "{forfeits}");
    assert!(rule(6, Leftover::Kept).unlawful().is_some());
    assert_eq!(rule(7, Leftover::Forfeited).unlawful(), None);
}
