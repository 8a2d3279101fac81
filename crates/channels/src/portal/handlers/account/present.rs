//! A card as the pages of its people show it.

use super::super::present;
use crate::portal::charts::life_line::{LifeDates, LifeLine};
use crate::portal::views::{Bucket as ShownBucket, CardStatus, Days, Role};
use farline_app::accounts::lines::Balance;
use farline_app::ports::lines::LineView;
use farline_domain::accounts::Rights;
use farline_domain::balance::Bucket;
use farline_domain::catalog::Operator;
use farline_domain::kernel::{AllowanceKind, Instant, Language, Units, Zone};
use farline_domain::lines::{Line, LineStatus, Period};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;

/// The zone of holders who read Chinese, where they are elsewhere than their card.
const HOME_OF_CHINESE: &str = "Asia/Shanghai";

/// Where a card is in its life.
pub const fn status(status: LineStatus) -> CardStatus {
    match status {
        LineStatus::Inactive => CardStatus::Waiting,
        LineStatus::Active => CardStatus::Active,
        LineStatus::Grace => CardStatus::Grace,
        LineStatus::Suspended => CardStatus::Suspended,
        LineStatus::Closed => CardStatus::Closed,
    }
}

/// What an account is to a card.
pub const fn role(rights: Rights) -> Role {
    match rights {
        Rights::Holder => Role::Holder,
        Rights::Helper => Role::Helper,
    }
}

/// A card's number in full, grouped; its card number where it has none.
pub fn number(words: &Words, line: &Line) -> String {
    let number = line.msisdn.as_ref().map(|number| words.phone(number.as_str()));
    number.unwrap_or_else(|| line.iccid.as_str().to_owned())
}

/// What its people call a card: the name given, else the number.
pub fn name(words: &Words, nickname: &str, line: &Line) -> String {
    if nickname.is_empty() { number(words, line) } else { nickname.to_owned() }
}

/// The time left until the date that matters now.
pub fn days(
    words: &Words,
    Balance { view, status: standing, .. }: &Balance,
    (operator, now): (&Operator, Instant),
) -> Option<Days> {
    let rule = &operator.lifecycle;
    let milestones = rule.milestones(view.line.dates.expires_on?);
    let date = match standing {
        LineStatus::Active => milestones.expires_on,
        LineStatus::Grace => milestones.grace_until,
        LineStatus::Suspended => milestones.number_kept_until,
        LineStatus::Inactive | LineStatus::Closed => return None,
    };
    let today = rule.today(now);
    let last_moment = Instant::from_millis(rule.zone.end_of(date).millis().saturating_sub(1));
    let home = Zone::named(HOME_OF_CHINESE).ok();
    let home = home.filter(|_| words.language() == Language::ZhCn);
    Some(Days {
        count: today.until(date).map_or(0, |span| i64::from(span.get_days())).max(0),
        until: status(*standing),
        at: words.date_time_short(&last_moment.in_zone(&rule.zone)),
        at_home: home.map(|home| words.date_time_short(&last_moment.in_zone(&home))),
    })
}

/// The line of a card's life; none for a card that was never used.
pub fn life(words: &Words, line: &Line, (operator, now): (&Operator, Instant)) -> Option<LifeLine> {
    let rule = &operator.lifecycle;
    let expires = line.dates.expires_on?;
    let milestones = rule.milestones(expires);
    let began = match rule.period {
        Period::Days(days) => expires.saturating_sub(i64::from(days).days()),
        Period::DayOfMonth(_) => expires.saturating_sub(1.month()),
    };
    let started = line.dates.activated_on.map_or(began, |activated| began.max(activated));
    let today = rule.today(now);
    let dates = LifeDates {
        // A card renewed ahead has a period that has not begun.
        start: started.min(today).min(expires),
        today,
        expires,
        grace_until: Some(milestones.grace_until),
        number_until: Some(milestones.number_kept_until),
    };
    Some(LifeLine::worded(words, &dates))
}

/// What is left of each kind, and behind it what was bought ahead and has not begun. Buckets of one
/// kind count together; the first of them to end is the date that matters.
pub fn buckets(
    words: &Words,
    view: &LineView,
    (operator, now): (&Operator, Instant),
) -> Vec<ShownBucket> {
    let currency = operator.currency.code();
    let (rule, zone) = (&operator.lifecycle, &operator.lifecycle.zone);
    let (dates, today) = (view.line.dates, rule.today(now));
    let waits_for_renewal =
        rule.is_frozen_on(dates, today) && rule.status_on(dates, today) == LineStatus::Suspended;
    let of = |kind, fits: &dyn Fn(&Bucket) -> bool| {
        let fitting = view.buckets.iter().filter(|bucket| bucket.kind == kind && fits(bucket));
        sum(&without_empty(fitting.collect()))
    };
    let shown = AllowanceKind::ALL.into_iter().flat_map(|kind| {
        let running = of(kind, &|bucket| bucket.is_valid_at(now, zone));
        let ahead = of(kind, &|bucket| bucket.valid_from > now);
        let running = running.map(|bucket| {
            let mut shown = present::bucket(words, &bucket, currency);
            if waits_for_renewal {
                shown.until = words.say("bucket-frozen");
            }
            shown
        });
        let ahead = ahead.map(|bucket| {
            let from = bucket.valid_from.date_in(zone);
            let mut shown = present::bucket(words, &bucket, currency);
            if let Some(until) = bucket.valid_until {
                shown.until = present::period(words, from, until);
            }
            shown
        });
        running.into_iter().chain(ahead)
    });
    shown.collect()
}

/// What is used up says nothing, as long as there is something else.
fn without_empty(mut buckets: Vec<&Bucket>) -> Vec<&Bucket> {
    if buckets.iter().any(|bucket| !bucket.remaining().is_zero()) {
        buckets.retain(|bucket| !bucket.remaining().is_zero());
    }
    buckets
}

fn sum(live: &[&Bucket]) -> Option<Bucket> {
    let mut whole = (*live.first()?).clone();
    for bucket in live.iter().skip(1) {
        let plus = |left: Units, right: Units| left.plus(right).unwrap_or(left);
        whole.granted = plus(whole.granted, bucket.granted);
        whole.used = plus(whole.used, bucket.used);
        whole.reserved = plus(whole.reserved, bucket.reserved);
        whole.valid_until = earlier(whole.valid_until, bucket.valid_until);
    }
    Some(whole)
}

fn earlier(left: Option<Date>, right: Option<Date>) -> Option<Date> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farline_domain::catalog::OperatorCode;
    use farline_domain::commands::LineMark;
    use farline_domain::lines::{Leftover, LineDates};
    use farline_testkit::{OWN, SampleLine, catalogue, new_line, noon};

    /// What the page says of credit on a line whose service ended so many days ago.
    fn shown(operator: &Operator, days_ago: u16) -> String {
        let new = new_line(SampleLine { operator: OWN, index: 1 });
        let today = operator.lifecycle.today(noon());
        let expires_on = today.saturating_sub(i64::from(days_ago).days());
        let dates = LineDates { expires_on: Some(expires_on), ..new.line.dates };
        let granted = &new.buckets[0];
        let bucket = Bucket::granted(1, &granted.allowance, (granted.valid_from, None), None);
        let view = LineView {
            line: Line { dates, ..new.line },
            buckets: vec![Bucket { kind: AllowanceKind::Credit, ..bucket }],
            renewal_in_progress: false,
            mark: LineMark::default(),
            auto_renew: None,
        };
        let mut shown = buckets(Words::of(Language::EnCa), &view, (operator, noon()));
        shown.remove(0).until
    }

    #[test]
    fn credit_that_a_renewal_brings_back_is_said_to_be_frozen() {
        let code = OperatorCode::parse(OWN).unwrap();
        let mut operator = catalogue().operators[&code].clone();
        let (grace, suspended) = (operator.lifecycle.grace_days, operator.lifecycle.suspended_days);
        assert_eq!(shown(&operator, grace + 1), "does not expire");
        operator.lifecycle.leftover = Leftover::Frozen;
        assert_eq!(shown(&operator, grace), "does not expire");
        assert_eq!(shown(&operator, grace + 1), "frozen until the card is renewed");
        // The number is lost: nothing brings it back.
        assert_eq!(shown(&operator, grace + suspended + 1), "does not expire");
    }
}
