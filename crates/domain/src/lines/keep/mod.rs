//! Keeping a number (保号) until a date at the least cost: which renewals, on which days.
//!
//! The schedule is exact for the rules of [`super::renew`], today's prices and the plans on sale today: no other choice of
//! plans and days costs less. `search.rs` says why no day is missed.

mod bound;
mod search;

use super::lifecycle::{LifecycleRule, LineDates, LineStatus, Milestones};
use crate::catalog::{PlanCode, StartRule, Validity};
use crate::kernel::{Currency, Money, MoneyError};
use bound::Rest;
use jiff::ToSpan;
use jiff::civil::Date;
use search::{Found, Search};

/// How far ahead is planned, in years.
pub const MOST_YEARS_AHEAD: i64 = 10;

/// Days left between a renewal and the last day that would do, most first. The first of them that costs no more money than
/// leaving none is taken, so that a day's delay loses nothing. What is late already is renewed today.
pub const MARGINS: [u16; 4] = [7, 3, 1, 0];

/// The limit on the cost of a schedule is raised by this part of it at the least.
const LIMIT_STEPS: i64 = 50;

/// What is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// The number alone: on no day is the line closed. It may be without service for a while.
    Number,
    /// The service too: it is active on every day from today on. A line out of service is renewed today.
    Service,
}

impl Keeping {
    /// The word used in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Service => "service",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Number, Self::Service].into_iter().find(|keeping| keeping.code() == code)
    }

    /// The last local date on which a line with this expiry is kept, if nothing is done.
    fn last_day(self, rule: &LifecycleRule, expires_on: Date) -> Date {
        match self {
            Self::Number => rule.milestones(expires_on).number_kept_until,
            Self::Service => expires_on,
        }
    }
}

/// A plan that may be bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepOffer {
    /// Its code.
    pub plan: PlanCode,
    /// How long it lasts.
    pub validity: Validity,
    /// What it does to the line's dates.
    pub start_rule: StartRule,
    /// What is paid for it, with tax; not below zero.
    pub price: Money,
    /// The last local date of sale, if limited. It is on sale today.
    pub sold_until: Option<Date>,
}

impl KeepOffer {
    const fn terms(&self) -> (Validity, StartRule) {
        (self.validity, self.start_rule)
    }

    /// Whether it can carry a line any further.
    fn carries(&self) -> bool {
        let lasts = !matches!(self.validity, Validity::Days(0) | Validity::Months(0));
        lasts && self.start_rule != StartRule::AddValue
    }
}

/// What is to be planned.
#[derive(Clone, Copy, Debug)]
pub struct KeepQuestion<'a> {
    /// The operator's dates.
    pub rule: &'a LifecycleRule,
    /// The line's dates as they are.
    pub dates: LineDates,
    /// What can be bought. Add-ons carry nothing on and are passed over.
    pub offers: &'a [KeepOffer],
    /// The currency of every price.
    pub currency: Currency,
    /// The local date.
    pub today: Date,
    /// The last local date on which it is to be kept.
    pub until: Date,
    /// What is to be kept.
    pub keeping: Keeping,
}

/// One renewal of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRenewal {
    /// The local date on which it is done.
    pub on: Date,
    /// The plan's code.
    pub plan: PlanCode,
    /// What it costs, with tax.
    pub price: Money,
    /// The last local date of service before it; none for a line that was never used.
    pub before: Option<Date>,
    /// The last local date of service after it.
    pub expires_on: Date,
}

/// Local dates without service, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithoutService {
    /// The first.
    pub from: Date,
    /// The last; `until` of the question, if it goes on after that.
    pub until: Date,
}

/// The cheapest way to keep a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepSchedule {
    /// What to do, in the order of its days; nothing where it is kept anyway.
    pub renewals: Vec<PlannedRenewal>,
    /// What all of it costs, with tax.
    pub total: Money,
    /// Days left between each renewal and the last day that would have done.
    pub margin_days: u16,
    /// The last local date on which what was wanted is kept; none for a line that was never used, which nothing ends.
    pub kept_until: Option<Date>,
    /// When it is without service between today and the date that was asked for.
    pub without_service: Vec<WithoutService>,
    /// What happens when if nothing is done at all; none for a line that was never used.
    pub if_nothing: Option<Milestones>,
}

impl KeepSchedule {
    /// The one plan that it buys, if it buys any and no other.
    pub fn only_plan(&self) -> Option<&PlanCode> {
        let plan = &self.renewals.first()?.plan;
        self.renewals.iter().all(|renewal| renewal.plan == *plan).then_some(plan)
    }
}

/// Why there is no schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefusal {
    /// The date is over.
    #[error("the date is in the past")]
    Past,
    /// The date is more than [`MOST_YEARS_AHEAD`] away.
    #[error("the date is more than ten years ahead")]
    TooFar,
    /// The number is lost already.
    #[error("the line is closed and its number is lost")]
    Closed,
    /// Nothing on sale carries the line on.
    #[error("no plan on sale keeps this number")]
    NoPlan,
    /// What is on sale does not reach until then.
    #[error("the plans on sale cannot keep it until that date")]
    OutOfReach,
    /// The amounts do not fit, or are of two currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl KeepRefusal {
    /// The stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::TooFar => "too-far",
            Self::Closed => "closed",
            Self::NoPlan => "no-plan",
            Self::OutOfReach | Self::Money(_) => "out-of-reach",
        }
    }
}

/// The cheapest schedule that keeps a line until a date. Of those that cost the same it leaves the most days to spare
/// ([`MARGINS`]); then it has the fewest renewals, the latest first one, and keeps the line longest. What counts from the old end is not put off into grace for that.
///
/// # Errors
/// When the date is over or too far, the line is closed, or nothing on sale keeps it that long.
pub fn keep(question: &KeepQuestion<'_>) -> Result<KeepSchedule, KeepRefusal> {
    let KeepQuestion { rule, dates, today, until, keeping, .. } = *question;
    if until < today {
        return Err(KeepRefusal::Past);
    }
    if until > today.saturating_add(MOST_YEARS_AHEAD.years()) {
        return Err(KeepRefusal::TooFar);
    }
    let status = rule.status_on(dates, today);
    if status == LineStatus::Closed {
        return Err(KeepRefusal::Closed);
    }
    let is_kept = match (dates.expires_on, keeping) {
        (Some(expires_on), _) => keeping.last_day(rule, expires_on) >= until,
        (None, Keeping::Number) => true,
        (None, Keeping::Service) => false,
    };
    if is_kept {
        return scheduled(question, Vec::new(), 0);
    }
    let offers = carrying(question)?;
    let nearest = nearest(question, &offers)?;
    for margin_days in MARGINS.into_iter().filter(|days| *days > 0) {
        let rest = Rest::of(question, &offers, margin_days);
        let terms = (margin_days, &rest);
        let safer = Search::new(question, &offers, terms, nearest.cost.0).run();
        if let Some(safer) = safer.ok().filter(|safer| safer.cost.0 == nearest.cost.0) {
            return scheduled(question, safer.renewals, margin_days);
        }
    }
    scheduled(question, nearest.renewals, 0)
}

/// The best schedule without a margin. The limit on its cost begins at the least imaginable and is raised until one is found.
fn nearest(question: &KeepQuestion<'_>, offers: &[&KeepOffer]) -> Result<Found, KeepRefusal> {
    let rest = Rest::of(question, offers, 0);
    let start = question.dates.expires_on.unwrap_or(question.today);
    let (mut limit, _) = rest.after(start).ok_or(KeepRefusal::OutOfReach)?;
    loop {
        match Search::new(question, offers, (0, &rest), limit).run() {
            Ok(found) => return Ok(found),
            Err(Some(beyond)) => limit = beyond.max(limit.saturating_add(limit / LIMIT_STEPS)),
            Err(None) => return Err(KeepRefusal::OutOfReach),
        }
    }
}

/// The offers that carry a line on, their prices read.
fn carrying<'a>(question: &KeepQuestion<'a>) -> Result<Vec<&'a KeepOffer>, KeepRefusal> {
    let offers: Vec<&KeepOffer> = question.offers.iter().filter(|offer| offer.carries()).collect();
    if offers.is_empty() {
        return Err(KeepRefusal::NoPlan);
    }
    for offer in &offers {
        Money::zero(question.currency).plus(offer.price)?;
    }
    Ok(offers)
}

fn scheduled(
    question: &KeepQuestion<'_>,
    renewals: Vec<PlannedRenewal>,
    margin_days: u16,
) -> Result<KeepSchedule, KeepRefusal> {
    let KeepQuestion { rule, dates, currency, keeping, .. } = *question;
    let prices = renewals.iter().map(|renewal| renewal.price);
    let total = prices.clone().try_fold(Money::zero(currency), Money::plus)?;
    let last = renewals.last().map(|renewal| renewal.expires_on).or(dates.expires_on);
    Ok(KeepSchedule {
        total,
        margin_days,
        kept_until: last.map(|expires_on| keeping.last_day(rule, expires_on)),
        without_service: without_service(question, &renewals),
        if_nothing: dates.expires_on.map(|expires_on| rule.milestones(expires_on)),
        renewals,
    })
}

/// The stretches between today and the date asked for in which the service has ended and was not renewed yet.
fn without_service(
    question: &KeepQuestion<'_>,
    renewals: &[PlannedRenewal],
) -> Vec<WithoutService> {
    let KeepQuestion { dates, today, until, .. } = *question;
    let mut stretches: Vec<WithoutService> = Vec::new();
    let ends = renewals.iter().map(|renewal| renewal.on.yesterday().unwrap_or(renewal.on));
    let expiries = std::iter::once(dates.expires_on)
        .chain(renewals.iter().map(|renewal| Some(renewal.expires_on)));
    let begins = std::iter::once(today).chain(renewals.iter().map(|renewal| renewal.on));
    for ((begin, expires_on), end) in begins.zip(expiries).zip(ends.chain([until])) {
        let Some(expires_on) = expires_on else { continue };
        let from = begin.max(expires_on.tomorrow().unwrap_or(expires_on));
        if from > end {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.until.tomorrow().ok() == Some(from) => last.until = end,
            Some(_) | None => stretches.push(WithoutService { from, until: end }),
        }
    }
    stretches
}
