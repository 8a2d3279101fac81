//! What the lines have lived through: dates, a plan that runs or ran, what is used of it, and the
//! daily usage that led there.

use super::hours;
use super::roster::Card;
use farline_app::ports::lines::{DayUsage, HourUsage, NewBucket};
use farline_domain::catalog::{Allowance, Catalogue, Operator, Plan, StartRule, Validity};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::lines::{LifecycleRule, LineDates, LineStatus, MonthMemory, Period};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How many days of usage are told.
const DAYS_TOLD: i32 = 90;

/// What is left for the line that everybody tries first, in units of each kind.
const FIRST_LEFT: [(AllowanceKind, i64); 3] = [
    (AllowanceKind::Data, 900_000_000),
    (AllowanceKind::Voice, 192 * 60),
    (AllowanceKind::Messages, 186),
];

/// Money on that line, so that paying from credit can be tried: CA$60.
const FIRST_CREDIT: i64 = 60_00;

/// How many days of service that line has left.
const FIRST_DAYS_LEFT: u64 = 9;

/// Everything about a line that changes with the days.
pub(super) struct Life {
    pub(super) dates: LineDates,
    pub(super) buckets: Vec<NewBucket>,
    pub(super) usage: Vec<DayUsage>,
    pub(super) hours: Vec<HourUsage>,
}

impl Life {
    /// The life of a card as it stands at an instant.
    pub(super) fn new(
        card: &Card,
        catalogue: &Catalogue,
        operator: &Operator,
        now: Instant,
    ) -> Self {
        let mut dice = Dice(card.serial);
        let rule = &operator.lifecycle;
        let today = rule.today(now);
        let plan = plan(card, catalogue, operator, &mut dice);
        let (Some(expires_on), Some(plan)) = (expiry(card, rule, (plan, today), &mut dice), plan)
        else {
            let dates = LineDates::default();
            return Self { dates, buckets: Vec::new(), usage: Vec::new(), hours: Vec::new() };
        };
        let term = Term::ending(expires_on, plan.validity);
        let activated_on = term.first.saturating_sub(dice.roll_days(400).days());
        let dates = LineDates {
            activated_on: Some(activated_on),
            expires_on: Some(expires_on),
            anniversary_day: anniversary_day(rule, expires_on),
        };
        let yesterday = today.yesterday().unwrap_or(today);
        let served = Served { term, last: expires_on.min(yesterday), activated_on, today };
        let carried = plan
            .allowances
            .iter()
            .filter(|allowance| !card.is_data_only() || allowance.kind == AllowanceKind::Data);
        let mut buckets: Vec<NewBucket> = carried
            .map(|allowance| NewBucket {
                allowance: allowance.clone(),
                used: if card.is_first() {
                    first_used(allowance)
                } else {
                    served.used_of(allowance.units, &mut dice)
                },
                valid_from: rule.zone.start_of(term.first),
                valid_until: Some(expires_on),
            })
            .collect();
        let usage = served.usage(&buckets, card.serial);
        if card.is_first() {
            buckets.extend(first_credit(&buckets));
        }
        if !matches!(card.status, LineStatus::Active | LineStatus::Grace) {
            buckets.clear();
        }
        let hours = hours::of_days(&usage, today);
        Self { dates, buckets, usage, hours }
    }
}

/// The plan a line has or last had; small ranks are chosen more often.
fn plan<'c>(
    card: &Card,
    catalogue: &'c Catalogue,
    operator: &Operator,
    dice: &mut Dice,
) -> Option<&'c Plan> {
    let mut plans: Vec<&Plan> = catalogue
        .plans
        .values()
        .filter(|plan| plan.operator == operator.code && plan.start_rule != StartRule::AddValue)
        .filter(|plan| !card.is_data_only() || plan.granted(AllowanceKind::Data) > 0)
        .collect();
    plans.sort_by_key(|plan| plan.rank);
    let sides = u64::try_from(plans.len()).ok()?;
    let chosen = if card.is_first() { 0 } else { dice.roll(sides).min(dice.roll(sides)) };
    plans.get(usize::try_from(chosen).ok()?).copied()
}

/// The last day of service that puts a line into its state today.
fn expiry(
    card: &Card,
    rule: &LifecycleRule,
    (plan, today): (Option<&Plan>, Date),
    dice: &mut Dice,
) -> Option<Date> {
    let (grace, suspended) = (u64::from(rule.grace_days), u64::from(rule.suspended_days));
    let ago = |days: u64| today.saturating_sub(i64::try_from(days).unwrap_or(0).days());
    match card.status {
        LineStatus::Inactive => None,
        LineStatus::Active => {
            let term = Term::ending(today, plan?.validity).days();
            let left = if card.is_first() { FIRST_DAYS_LEFT } else { dice.roll(term.min(45)) };
            Some(today.saturating_add(i64::try_from(left).unwrap_or(0).days()))
        }
        LineStatus::Grace => Some(ago(1 + dice.roll(grace))),
        LineStatus::Suspended => Some(ago(grace + 1 + dice.roll(suspended))),
        LineStatus::Closed => Some(ago(grace + suspended + 1 + dice.roll(60))),
    }
}

/// The day of the month on which the next plan begins, for operators that count in months.
fn anniversary_day(rule: &LifecycleRule, expires_on: Date) -> Option<i8> {
    let day = expires_on.tomorrow().unwrap_or(expires_on).day();
    match rule.period {
        Period::Days(_) => None,
        Period::DayOfMonth(MonthMemory::Clip) => Some(day),
        Period::DayOfMonth(MonthMemory::Clamp28) => Some(day.min(28)),
    }
}

fn first_used(allowance: &Allowance) -> Units {
    let left = FIRST_LEFT.into_iter().find(|(kind, _)| *kind == allowance.kind);
    let left = left.and_then(|(_, left)| Units::new(left).ok()).unwrap_or(allowance.units);
    allowance.units.minus_or_zero(left)
}

fn first_credit(buckets: &[NewBucket]) -> Option<NewBucket> {
    let like = buckets.first()?;
    let allowance = Allowance {
        kind: AllowanceKind::Credit,
        units: Units::new(FIRST_CREDIT).ok()?,
        window: None,
        bonus: true,
        ..like.allowance.clone()
    };
    Some(NewBucket { allowance, used: Units::ZERO, valid_until: None, ..like.clone() })
}

/// The first and the last local date of a plan.
#[derive(Clone, Copy)]
struct Term {
    first: Date,
    last: Date,
}

impl Term {
    /// The term of a plan whose last day is known.
    fn ending(last: Date, validity: Validity) -> Self {
        let eve = match validity {
            Validity::Days(days) => last.saturating_sub(i64::from(days).days()),
            Validity::Months(months) => last.saturating_sub(i64::from(months).months()),
        };
        Self { first: eve.tomorrow().unwrap_or(eve), last }
    }

    /// How many days it has.
    fn days(self) -> u64 {
        days_between(self.first, self.last)
    }
}

/// How many days lie between two dates, both included; none when they are the wrong way round.
fn days_between(first: Date, last: Date) -> u64 {
    let days = last.since(first).map_or(0, |span| i64::from(span.get_days()));
    u64::try_from(days + 1).unwrap_or(0)
}

/// The service a line has had.
struct Served {
    term: Term,
    /// The last whole day of it.
    last: Date,
    activated_on: Date,
    today: Date,
}

impl Served {
    /// How much of an allowance is used: more or less evenly over its term, never quite all of it.
    fn used_of(&self, granted: Units, dice: &mut Dice) -> Units {
        let elapsed = i128::from(days_between(self.term.first, self.last));
        let percent = i128::from(55 + dice.roll(60));
        let term = i128::from(self.term.days().max(1));
        let granted = i128::from(granted.count());
        let used = (granted * elapsed * percent / (term * 100)).min(granted * 97 / 100);
        Units::new(i64::try_from(used).unwrap_or(0)).unwrap_or(Units::ZERO)
    }

    /// The days told, each with what was used on it. What the buckets say is used since the plan
    /// began is spread over its days to the last octet.
    fn usage(&self, buckets: &[NewBucket], serial: u64) -> Vec<DayUsage> {
        let told_from = self.today.saturating_sub(DAYS_TOLD.days()).max(self.activated_on);
        let kinds = [AllowanceKind::Data, AllowanceKind::Voice, AllowanceKind::Messages];
        let mut usage = Vec::new();
        for kind in kinds {
            let of_kind = || buckets.iter().filter(|bucket| bucket.allowance.kind == kind);
            let used = of_kind().map(|bucket| bucket.used.count()).sum::<i64>();
            let granted = of_kind().map(|bucket| bucket.allowance.units.count()).sum::<i64>();
            // Earlier plans were used to four fifths, as far as anybody remembers.
            let before = self.term.first.yesterday().unwrap_or(self.term.first);
            let earlier_first = before.saturating_sub(DAYS_TOLD.days());
            let earlier_days = i128::from(days_between(earlier_first, before));
            let term = i128::from(self.term.days().max(1));
            let earlier = i128::from(granted) * 4 * earlier_days / (5 * term);
            let spread = |total, first, last| spread(total, (first, last), (kind, serial));
            let days = spread(earlier, earlier_first, before).into_iter().chain(spread(
                i128::from(used),
                self.term.first,
                self.last,
            ));
            usage.extend(
                days.filter(|(date, units)| *date >= told_from && *date <= self.last && *units > 0)
                    .filter_map(|(date, units)| {
                        Some(DayUsage { date, kind, units: Units::new(units).ok()? })
                    }),
            );
        }
        usage.sort_by_key(|day| day.date);
        usage
    }
}

/// Spreads a total over days by their weights, so that the parts add up to the total exactly.
fn spread(
    total: i128,
    (first, last): (Date, Date),
    (kind, serial): (AllowanceKind, u64),
) -> Vec<(Date, i64)> {
    let days: Vec<(Date, i128)> = first
        .series(1.day())
        .take_while(|date| *date <= last)
        .map(|date| (date, weight(date, kind, serial)))
        .collect();
    let weights = days.iter().map(|(_, weight)| weight).sum::<i128>().max(1);
    let (mut weighed, mut given) = (0, 0);
    let part = |(date, weight): (Date, i128)| {
        weighed += weight;
        let until = total * weighed / weights;
        let units = i64::try_from(until - given).unwrap_or(0);
        given = until;
        (date, units)
    };
    days.into_iter().map(part).collect()
}

/// How busy a day is: people watch on weekends, call and write on working days, and no day is like
/// another.
fn weight(date: Date, kind: AllowanceKind, serial: u64) -> i128 {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let usual = match (kind, weekend) {
        (AllowanceKind::Data, true) => 150,
        (AllowanceKind::Data, false) => 90,
        (AllowanceKind::Voice | AllowanceKind::Messages | AllowanceKind::Credit, true) => 60,
        (AllowanceKind::Voice | AllowanceKind::Messages | AllowanceKind::Credit, false) => 110,
    };
    let day =
        u64::from(date.day_of_year().unsigned_abs()) + 1000 * u64::from(date.year().unsigned_abs());
    let mut dice = Dice(serial.wrapping_mul(7919).wrapping_add(day * 4 + kind_number(kind)));
    usual + i128::from(dice.roll(80)) - 40
}

const fn kind_number(kind: AllowanceKind) -> u64 {
    match kind {
        AllowanceKind::Data => 0,
        AllowanceKind::Voice => 1,
        AllowanceKind::Messages => 2,
        AllowanceKind::Credit => 3,
    }
}

/// A small generator that always gives the same from the same seed. It decides nothing that anybody
/// could want to guess.
struct Dice(u64);

impl Dice {
    /// A number from 0 to `sides` − 1; 0, if there are no sides.
    fn roll(&mut self, sides: u64) -> u64 {
        // Steps and scrambles a counter: a Weyl sequence through two multiply-and-fold rounds.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let folded = (self.0 ^ (self.0 >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let folded = (folded ^ (folded >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (folded ^ (folded >> 32)).checked_rem(sides).unwrap_or(0)
    }

    /// Like [`Self::roll`], as a number of days.
    fn roll_days(&mut self, sides: u32) -> i64 {
        i64::try_from(self.roll(u64::from(sides))).unwrap_or(0)
    }
}
