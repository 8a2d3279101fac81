//! Where a line stands on a day, and what published operators' rules make of a renewal.

use crate::scene::toronto;
use farline_domain::catalog::{StartRule, Validity};
use farline_domain::lines::{
    GraceRenewal, Leftover, LifecycleRule, LineDates, MonthMemory, Period, renew,
};
use jiff::civil::Date;

/// Operator A: 30 days, kept 90 days after. Operator B: monthly, 29th to 31st become the 28th, three
/// months to recover. Operator C: monthly, clipped to the month's end. Operator D: top-ups whose days
/// go by their amount, the later expiry stays. Operator E: 30 days, counted on from the old end. Operator F: a calendar
/// month, whatever is bought at the end of January ends together. Operator G: a year for a voucher, a month's service is
/// what keeps it. Operator H: a plan for a journey, the next one starts when the old one ends and never before.
fn rule(operator: &str) -> LifecycleRule {
    let (period, grace_days, suspended_days, grace_renewal) = match operator {
        "A" => (Period::Days(30), 7, 83, GraceRenewal::FromToday),
        "B" => (Period::DayOfMonth(MonthMemory::Clamp28), 7, 85, GraceRenewal::FromToday),
        "C" => (Period::DayOfMonth(MonthMemory::Clip), 7, 23, GraceRenewal::FromOldEnd),
        "D" => (Period::Days(30), 30, 0, GraceRenewal::FromToday),
        "E" => (Period::Days(30), 14, 60, GraceRenewal::FromOldEnd),
        "F" => (Period::DayOfMonth(MonthMemory::Clip), 7, 173, GraceRenewal::FromToday),
        "G" => (Period::Days(365), 30, 0, GraceRenewal::FromToday),
        "H" => (Period::Days(10), 7, 0, GraceRenewal::FromToday),
        other => panic!("operator {other}"),
    };
    let zone = toronto();
    let leftover = Leftover::Kept;
    LifecycleRule {
        zone,
        period,
        grace_days,
        suspended_days,
        grace_renewal,
        charge_hour: 2,
        leftover,
    }
}

/// `operator | expires DATE | on DATE → status`.
fn check_status(line: &str) {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [operator, expires, today, "→", expected] = fields[..] else { panic!("fields: {line}") };
    let dates = LineDates { expires_on: expires.parse().ok(), ..LineDates::default() };
    let status = rule(operator).status_on(dates, today.parse().unwrap());
    assert_eq!(status.code(), expected, "{line}");
}

#[test]
fn a_line_stands_where_its_operators_days_say() {
    "A -          2026-11-22 → inactive
     A 2026-11-22 2026-11-22 → active
     A 2026-11-21 2026-11-22 → grace
     A 2026-11-15 2026-11-22 → grace
     A 2026-11-14 2026-11-22 → suspended
     A 2026-08-24 2026-11-22 → suspended
     A 2026-08-23 2026-11-22 → closed
     B 2026-11-15 2026-11-22 → grace
     B 2026-08-22 2026-11-22 → suspended
     B 2026-08-21 2026-11-22 → closed
     C 2026-10-23 2026-11-22 → suspended
     C 2026-10-22 2026-11-22 → closed
     D 2026-10-23 2026-11-22 → grace
     D 2026-10-22 2026-11-22 → closed
     E 2026-11-08 2026-11-22 → grace
     E 2026-11-07 2026-11-22 → suspended
     A 2028-02-28 2028-02-29 → grace
     A 9999-12-31 9999-12-31 → active"
        .lines()
        .for_each(check_status);
}

#[test]
fn a_grace_under_seven_days_is_unlawful() {
    for operator in ["A", "B", "C", "D", "E", "F", "G", "H"] {
        assert_eq!(rule(operator).unlawful(), None);
    }
    let short = LifecycleRule { grace_days: 6, ..rule("A") };
    assert!(short.unlawful().is_some());
}

#[test]
fn the_milestones_are_last_days() {
    let milestones = rule("A").milestones("2026-11-22".parse().unwrap());
    let shown = [milestones.expires_on, milestones.grace_until, milestones.number_kept_until];
    assert_eq!(shown.map(|date| date.to_string()), ["2026-11-22", "2026-11-29", "2027-02-20"]);
}

/// `operator plan rule | DATE DATE … → expiry expiry …`: renewals on those days, one after the other.
fn check_renewals(line: &str) {
    let (given, expected) = line.split_once('→').unwrap();
    let (operator, days) = given.split_once('|').unwrap();
    let fields: Vec<&str> = operator.split_whitespace().collect();
    let [operator, plan, start] = fields[..] else { panic!("fields: {line}") };
    let validity = match plan.split_at(plan.len() - 1) {
        (days, "d") => Validity::Days(days.parse().unwrap()),
        (months, _) => Validity::Months(months.parse().unwrap()),
    };
    let start = [
        StartRule::AddValue,
        StartRule::SetExpiry,
        StartRule::KeepLater,
        StartRule::AddDays,
        StartRule::Queue,
    ]
    .into_iter()
    .find(|rule| rule.code() == start)
    .unwrap();
    let rule = rule(operator);
    let mut dates = LineDates::default();
    let mut shown = Vec::new();
    for day in days.split_whitespace() {
        let day: Date = day.parse().unwrap();
        let noon = rule.zone.start_of(day).plus_seconds(12 * 3600);
        match renew(&rule, dates, (validity, start), noon) {
            Ok(renewal) => {
                dates = renewal.dates;
                assert_eq!(dates.expires_on, Some(renewal.usable_until), "{line}");
                shown.push(renewal.usable_until.to_string());
            }
            Err(refusal) => shown.push(format!("{refusal:?}")),
        }
    }
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(shown, expected, "{line}");
}

#[test]
fn operator_b_moves_the_end_of_the_month_to_the_28th() {
    // The last day of service is the eve of the charge.
    "B 1m queue | 2027-01-29 2027-02-20 2027-03-20 → 2027-02-27 2027-03-27 2027-04-27
     B 1m queue | 2027-01-30 2027-02-20 2027-03-20 → 2027-02-27 2027-03-27 2027-04-27
     B 1m queue | 2027-01-31 2027-02-20 2027-03-20 → 2027-02-27 2027-03-27 2027-04-27
     B 1m queue | 2027-03-31 2027-04-20 → 2027-04-27 2027-05-27
     B 1m queue | 2027-01-15 2027-02-10 → 2027-02-14 2027-03-14"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn operator_b_makes_the_date_of_a_late_payment_the_new_anniversary() {
    "B 1m queue | 2027-01-15 2027-02-20 2027-03-10 → 2027-02-14 2027-03-19 2027-04-19
     B 1m queue | 2027-01-15 2027-04-05 → 2027-02-14 2027-05-04
     B 1m queue | 2027-01-15 2027-05-17 → 2027-02-14 2027-06-16
     B 1m queue | 2027-01-15 2027-05-18 → 2027-02-14 Closed
     B 1m set_expiry | 2027-01-15 2027-01-20 2027-01-25 → 2027-02-14 2027-02-19 2027-02-24"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn operator_c_clips_to_the_months_end_and_remembers_the_day() {
    "C 1m queue | 2027-01-31 2027-02-20 2027-03-20 2027-04-20 → 2027-02-27 2027-03-30 2027-04-29 2027-05-30
     C 1m queue | 2027-01-30 2027-02-20 2027-03-20 → 2027-02-27 2027-03-29 2027-04-29
     C 1m queue | 2028-01-31 2028-02-20 → 2028-02-28 2028-03-30
     C 1m queue | 2027-01-31 2027-03-02 → 2027-02-27 2027-03-30
     C 12m queue | 2027-01-31 2027-02-20 → 2028-01-30 2029-01-30"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn operator_a_counts_thirty_days_and_closes_after_ninety() {
    "A 30d queue | 2027-01-01 2027-01-20 → 2027-01-30 2027-03-01
     A 30d queue | 2027-01-01 2027-04-30 → 2027-01-30 2027-05-29
     A 30d queue | 2027-01-01 2027-05-01 → 2027-01-30 Closed
     A 30d add_days | 2027-01-01 2027-01-30 2027-01-30 → 2027-01-30 2027-03-01 2027-03-31"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn operator_d_keeps_the_later_expiry_and_operator_e_counts_from_the_old_end() {
    "D 30d  keep_later | 2027-01-01 2027-01-11 → 2027-01-30 2027-02-09
     D 60d  keep_later | 2027-01-01 2027-01-02 → 2027-03-01 2027-03-02
     D 365d keep_later | 2027-01-01 → 2027-12-31
     E 30d queue | 2027-01-01 2027-02-10 → 2027-01-30 2027-03-01
     E 30d queue | 2027-01-01 2027-02-13 → 2027-01-30 2027-03-01
     E 30d queue | 2027-01-01 2027-02-14 → 2027-01-30 2027-03-15"
        .lines()
        .for_each(check_renewals);
}

/// A line whose day of the month nobody noted counts from its own expiry, not from today.
#[test]
fn operator_f_ends_what_was_bought_at_the_end_of_january_together() {
    "F 1m queue | 2027-01-28 → 2027-02-27
     F 1m queue | 2027-01-29 → 2027-02-27
     F 1m queue | 2027-01-30 → 2027-02-27
     F 1m queue | 2027-01-31 → 2027-02-27
     F 1m queue | 2028-01-29 → 2028-02-28
     F 1m queue | 2027-01-31 2027-02-27 2027-03-29 → 2027-02-27 2027-03-30 2027-04-29"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn operator_g_keeps_a_year_and_operator_h_waits_for_the_old_plan() {
    "G 365d keep_later | 2027-03-01 2027-03-15 → 2028-02-28 2028-03-13
     G 30d keep_later | 2027-03-01 2027-03-20 → 2027-03-30 2027-04-18
     G 365d keep_later | 2027-03-01 2028-03-29 → 2028-02-28 2029-03-28
     G 365d keep_later | 2027-03-01 2028-03-30 → 2028-02-28 Closed
     H 10d queue | 2027-03-01 2027-03-02 2027-03-03 → 2027-03-10 2027-03-20 2027-03-30
     H 10d queue | 2027-03-01 2027-03-17 → 2027-03-10 2027-03-26
     H 10d queue | 2027-03-01 2027-03-18 → 2027-03-10 Closed"
        .lines()
        .for_each(check_renewals);
}

#[test]
fn an_imported_line_without_an_anniversary_counts_from_its_expiry() {
    for operator in ["B", "C"] {
        let rule = rule(operator);
        let expires_on: Option<Date> = "2026-12-10".parse().ok();
        let dates = LineDates { expires_on, ..LineDates::default() };
        let noon = rule.zone.start_of("2026-11-22".parse().unwrap()).plus_seconds(12 * 3600);
        let renewal = renew(&rule, dates, (Validity::Months(1), StartRule::Queue), noon).unwrap();
        assert_eq!(renewal.dates.expires_on.unwrap().to_string(), "2027-01-10");
        assert_eq!(renewal.dates.anniversary_day, Some(11));
    }
}

/// A short plan that leaves the later expiry in place leaves the remembered day in place too.
#[test]
fn keeping_the_later_expiry_keeps_its_day() {
    let rule = rule("C");
    let expires_on: Option<Date> = "2026-12-14".parse().ok();
    let dates = LineDates { expires_on, activated_on: None, anniversary_day: Some(15) };
    let noon = rule.zone.start_of("2026-11-22".parse().unwrap()).plus_seconds(12 * 3600);
    let renewal = renew(&rule, dates, (Validity::Days(5), StartRule::KeepLater), noon).unwrap();
    assert_eq!((renewal.dates.expires_on, renewal.dates.anniversary_day), (expires_on, Some(15)));
}
