//! Whom a promotion serves, which are given together, and what they take off and add.

use crate::scene::{allowance, localized, plan};
use farline_domain::catalog::{
    Allowance, Asked, LevyDuty, Network, NotGiven, Plan, PlanCode, Promotion, PromotionCode,
    Reduction, Renewals, ShareOf, Stacking, StartRule, TimeWindow, Validity, given_together, price,
};
use farline_domain::kernel::{AllowanceKind, Money, Province, Rate, Units};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;

fn code(text: &str) -> PromotionCode {
    PromotionCode::parse(text).unwrap()
}

fn promotion(name: &str) -> Promotion {
    Promotion::new(code(name), localized(name), (date(2026, 11, 10), date(2026, 11, 20)))
}

fn off(name: &str, minor: i64, stacking: Stacking) -> Promotion {
    Promotion { reduction: Some(Reduction::Amount(Money::cad(minor))), stacking, ..promotion(name) }
}

fn month(minor: i64) -> Plan {
    plan(minor, Validity::Days(30), StartRule::Queue)
}

fn minutes(name: &str) -> Promotion {
    let bonus = Allowance { bonus: true, ..allowance(AllowanceKind::Voice, 6_000) };
    Promotion { bonus: vec![bonus], ..promotion(name) }
}

#[test]
fn each_condition_refuses_with_its_own_reason() {
    let plan = month(3_000);
    let night = TimeWindow { from_minute: 22 * 60, until_minute: 6 * 60 };
    let at = |day, hour| date(2026, 11, day).at(hour, 30, 0, 0);
    let check = |promotion: &Promotion, network: &Network, at: DateTime, renewals: Renewals| {
        promotion.serves(&Asked { plan: &plan, network, at, renewals })
    };
    let supplied = Network::Supplier("north".to_owned());
    let table = [
        (promotion("a"), &Network::Own, at(10, 0), Ok(())),
        (promotion("a"), &Network::Own, at(20, 23), Ok(())),
        (promotion("a"), &Network::Own, at(9, 23), Err(NotGiven::NotYet(date(2026, 11, 10)))),
        (promotion("a"), &Network::Own, at(21, 0), Err(NotGiven::Over)),
        (promotion("a"), &supplied, at(12, 12), Ok(())),
        (minutes("a"), &Network::Own, at(12, 12), Ok(())),
        // A bonus can only be given where the network is ours.
        (minutes("a"), &supplied, at(12, 12), Err(NotGiven::OtherPlan)),
    ];
    for (promotion, network, at, expected) in table {
        assert_eq!(check(&promotion, network, at, Renewals::Every), expected, "{at}");
    }
    let other = vec![PlanCode::parse("other").unwrap()];
    let other = Promotion { plans: other, ..promotion("a") };
    let refused = check(&other, &Network::Own, at(12, 12), Renewals::Every);
    assert_eq!(refused, Err(NotGiven::OtherPlan));
    let hours = Promotion { hours: Some(night), ..promotion("a") };
    for (hour, expected) in [(21, Err(NotGiven::OtherHours(night))), (22, Ok(())), (5, Ok(()))] {
        assert_eq!(check(&hours, &Network::Own, at(12, hour), Renewals::Every), expected, "{hour}");
    }
    let first = Promotion { renewals: Renewals::First, ..promotion("a") };
    assert_eq!(check(&first, &Network::Own, at(12, 12), Renewals::First), Ok(()));
    let refused = check(&first, &Network::Own, at(12, 12), Renewals::Every);
    assert_eq!(refused, Err(NotGiven::NotFirst));
    let stopped = Promotion { stopped_at: Some(crate::scene::noon()), ..promotion("a") };
    let refused = check(&stopped, &Network::Own, at(12, 12), Renewals::First);
    assert_eq!(refused, Err(NotGiven::Over));
}

#[test]
fn shares_are_counted_of_lines_or_of_customers() {
    let units = |count| Some(Units::new(count).unwrap());
    let limits = |promotion: &Promotion| (promotion.limits().holder, promotion.share_of());
    let per_line = Promotion { limit_per_line: units(3), ..promotion("a") };
    assert_eq!(limits(&per_line), (units(3), ShareOf::Line));
    let first = Promotion { renewals: Renewals::First, ..per_line };
    assert_eq!(limits(&first), (units(1), ShareOf::Line), "a line has one first renewal");
    let per_customer = Promotion { limit_per_customer: units(2), ..promotion("a") };
    assert_eq!(limits(&per_customer), (units(2), ShareOf::Customer));
    assert!(promotion("a").limits().is_none());
}

/// The codes that are given together of these, where one was typed.
fn together(plan: &Plan, all: &[&Promotion], typed: Option<&str>) -> Vec<String> {
    let typed = typed.map(code);
    let given = given_together(plan, all, typed.as_ref()).unwrap();
    given.into_iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn the_best_for_the_customer_is_given() {
    let plan = month(3_000);
    let (five, three) =
        (off("five", 500, Stacking::Alone), off("three", 300, Stacking::WithOthers));
    let (two, six) = (off("two", 200, Stacking::WithOthers), off("six", 600, Stacking::Alone));
    assert_eq!(together(&plan, &[&five, &three], None), ["five"]);
    // What goes together is worth what it takes off together.
    assert_eq!(together(&plan, &[&three, &five, &two], None), ["three", "two"]);
    assert_eq!(together(&plan, &[&three, &five, &two, &six], None), ["six"]);
    assert_eq!(together(&plan, &[&three, &five, &two], Some("five")), ["five"], "as much");
    // A code that was typed does not make it dearer …
    assert_eq!(together(&plan, &[&six, &two], Some("two")), ["six"]);
    // … but who typed for a bonus wants that.
    assert_eq!(together(&plan, &[&six, &minutes("talk")], Some("talk")), ["talk"]);
    assert_eq!(together(&plan, &[&six, &minutes("talk")], None), ["six"]);
    assert!(together(&plan, &[], None).is_empty());
    assert_eq!(together(&plan, &[&six, &six], None), ["six"], "a promotion is given once");
}

#[test]
fn what_is_added_is_kept_apart_and_the_item_stands_in_the_price() {
    let plan = month(3_000);
    let talk = minutes("talk");
    let offer = plan.offer(&[&talk]);
    let kinds: Vec<_> = offer.allowances.iter().map(|one| (one.kind, one.bonus)).collect();
    assert_eq!(kinds, [(AllowanceKind::Data, false), (AllowanceKind::Voice, true)]);
    assert_eq!(plan.offer(&[]).allowances, plan.allowances);
    let tables = crate::pricing::tables();
    let priced =
        price(&plan, &[&talk], (&tables, LevyDuty::Carrier), Province::On, date(2026, 11, 12));
    let priced = priced.unwrap();
    assert_eq!(priced.total, Money::cad(3_390));
    assert_eq!(priced.promotions().collect::<Vec<_>>(), ["talk"]);
}

prop_compose! {
    fn some_promotion()(
        number in 0..6_u8,
        share in prop::option::of(0..1_200_000_u32),
        minor in 0..5_000_i64,
        together in any::<bool>(),
        bonus in any::<bool>(),
    ) -> Promotion {
        let stacking = if together { Stacking::WithOthers } else { Stacking::Alone };
        let reduction = match share {
            Some(ppm) => Reduction::Share(Rate { ppm: ppm.into() }),
            None => Reduction::Amount(Money::cad(minor)),
        };
        let gives = if bonus { minutes("x").bonus } else { Vec::new() };
        let code = code(&format!("p{number}"));
        Promotion { code, reduction: Some(reduction), bonus: gives, stacking, ..promotion("x") }
    }
}

proptest! {
    #[test]
    fn nothing_is_given_that_does_not_go_together_and_no_choice_is_cheaper(
        minor in 1..6_000_i64,
        promotions in prop::collection::vec(some_promotion(), 0..6),
        at in 0..6_usize,
    ) {
        let plan = month(minor);
        let mut unique = promotions.clone();
        unique.sort_by(|a, b| a.code.cmp(&b.code));
        unique.dedup_by(|a, b| a.code == b.code);
        let all: Vec<&Promotion> = unique.iter().collect();
        let typed = all.get(at).map(|one| one.code.clone());
        let given = given_together(&plan, &all, typed.as_ref()).unwrap();
        prop_assert_eq!(given.is_empty(), all.is_empty());
        let stacks = given.iter().all(|one| one.stacking == Stacking::WithOthers);
        prop_assert!(given.len() <= 1 || stacks);
        let mut backwards = all.clone();
        backwards.reverse();
        prop_assert_eq!(&given_together(&plan, &backwards, typed.as_ref()).unwrap(), &given);
        let total = |set: &[&Promotion]| {
            let taxes = crate::pricing::tables();
            let day = date(2026, 11, 12);
            let priced = price(&plan, set, (&taxes, LevyDuty::Carrier), Province::On, day).unwrap();
            let sum: i64 = priced.items.iter().map(|item| item.amount.minor).sum();
            assert_eq!(sum, priced.total.minor);
            assert!(priced.total.minor >= 0);
            priced.total.minor
        };
        let typed_for_bonus =
            given.iter().any(|one| Some(&one.code) == typed.as_ref() && !one.bonus.is_empty());
        if !typed_for_bonus {
            let paid = total(&given);
            for one in all.iter().filter(|one| one.stacking == Stacking::Alone) {
                prop_assert!(paid <= total(&[one]));
            }
            let together: Vec<&Promotion> =
                all.iter().copied().filter(|one| one.stacking == Stacking::WithOthers).collect();
            prop_assert!(paid <= total(&together));
        }
    }
}
