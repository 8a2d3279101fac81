//! A card as the pages of its people show it.

use super::super::present;
use crate::portal::charts::life_line::{LifeDates, LifeLine};
use crate::portal::views::{Bucket as ShownBucket, CardStatus, Days, Role};
use farline_app::accounts::lines::Balance;
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
    all: &[Bucket],
    (operator, now): (&Operator, Instant),
) -> Vec<ShownBucket> {
    let currency = operator.currency.code();
    let zone = &operator.lifecycle.zone;
    let of = |kind, fits: &dyn Fn(&Bucket) -> bool| {
        let fitting = all.iter().filter(|bucket| bucket.kind == kind && fits(bucket));
        sum(&without_empty(fitting.collect()))
    };
    let shown = AllowanceKind::ALL.into_iter().flat_map(|kind| {
        let running = of(kind, &|bucket| bucket.is_valid_at(now, zone));
        let ahead = of(kind, &|bucket| bucket.valid_from > now);
        let running = running.map(|bucket| present::bucket(words, &bucket, currency));
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
