//! Promotions: what is taken off a price or given on top, for whom, and when.

use super::plan::{Allowance, Plan, PlanCode, PromotionCode, TimeWindow};
use crate::kernel::{Instant, Localized, Money, MoneyError, Rate, Units};
use crate::subjects::Limits;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A reduction of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// A share of the price before tax.
    Share(Rate),
    /// A fixed amount, never more than the price.
    Amount(Money),
}

/// How a promotion comes into a price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBy {
    /// Whoever types its code gets it.
    #[default]
    Code,
    /// Everybody gets it whom it is for, without a code.
    Itself,
    /// By codes that are each good once; this many of them are issued, numbered from 0.
    SingleUseCodes(u32),
}

/// Which renewals of a line a promotion is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renewals {
    /// Every one.
    #[default]
    Every,
    /// The first that is delivered by us.
    First,
}

/// What a promotion may be given together with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// With no other.
    #[default]
    Alone,
    /// With all others that say the same.
    WithOthers,
}

/// Something that is taken off or given on top for a limited time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// What names it, and what a customer types where it is given by its code.
    pub code: PromotionCode,
    /// Its name for customers.
    pub name: Localized,
    /// How much less, if anything.
    #[serde(default)]
    pub reduction: Option<Reduction>,
    /// What is granted beside the plan's own allowances, for as long as these. Only our own network can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonus: Vec<Allowance>,
    /// The plans it applies to; all, if empty.
    #[serde(default)]
    pub plans: Vec<PlanCode>,
    /// First local date.
    pub valid_from: Date,
    /// Last local date.
    pub valid_until: Date,
    /// Since when it is given no more, whatever its days say; absent as long as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Instant>,
    /// The part of the local day in which it is given; the whole, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<TimeWindow>,
    /// How it comes into a price.
    #[serde(default)]
    pub given_by: GivenBy,
    /// Which renewals it is for.
    #[serde(default)]
    pub renewals: Renewals,
    /// What it may be given together with.
    #[serde(default)]
    pub stacking: Stacking,
    /// Whether the page of current promotions shows it.
    #[serde(default)]
    pub showing: Showing,
    /// How often it can be used in all; without limit, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Units>,
    /// How often it can be used for one line; without limit, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_per_line: Option<Units>,
    /// How often one customer can use it, who has to be signed in for that; without limit, if absent. Shares are counted of
    /// lines or of customers, never of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_per_customer: Option<Units>,
}

/// Whether everybody is told of a promotion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// Only who has its code knows of it.
    #[default]
    Hidden,
    /// The page of current promotions shows it.
    Public,
}

/// Whose shares of a promotion are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// The line that is renewed.
    Line,
    /// The customer who buys.
    Customer,
}

/// A renewal that somebody asks the price of.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// With which plan.
    pub plan: &'a Plan,
    /// What grants its allowances.
    pub network: &'a super::Network,
    /// When, on the operator's clocks.
    pub at: DateTime,
    /// Whether it is the line's first.
    pub renewals: Renewals,
}

/// Why a promotion is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// It is for other plans.
    OtherPlan,
    /// It begins on this date.
    NotYet(Date),
    /// Its last day is past, or it was stopped.
    Over,
    /// It is given at these hours of the day.
    OtherHours(TimeWindow),
    /// It is for the first renewal of a line, and this is another.
    NotFirst,
}

impl Promotion {
    /// One that gives nothing yet, by its code, on these days, without limit.
    pub const fn new(code: PromotionCode, name: Localized, days: (Date, Date)) -> Self {
        Self {
            code,
            name,
            reduction: None,
            bonus: Vec::new(),
            plans: Vec::new(),
            valid_from: days.0,
            valid_until: days.1,
            stopped_at: None,
            hours: None,
            given_by: GivenBy::Code,
            renewals: Renewals::Every,
            stacking: Stacking::Alone,
            showing: Showing::Hidden,
            limit: None,
            limit_per_line: None,
            limit_per_customer: None,
        }
    }

    /// Its limits as the subject that counts it has them.
    pub fn limits(&self) -> Limits {
        let once = (self.renewals == Renewals::First).then(|| Units::new(1).unwrap_or(Units::ZERO));
        let per_line = match (self.limit_per_line, once) {
            (Some(limit), Some(once)) => Some(limit.min(once)),
            (limit, once) => limit.or(once),
        };
        Limits { total: self.limit, holder: self.limit_per_customer.or(per_line) }
    }

    /// Whose shares those limits speak of.
    pub const fn share_of(&self) -> ShareOf {
        match self.limit_per_customer {
            Some(_) => ShareOf::Customer,
            None => ShareOf::Line,
        }
    }

    /// Whether it is over on a local date, or was stopped.
    pub fn is_over_on(&self, date: Date) -> bool {
        date > self.valid_until || self.stopped_at.is_some()
    }

    /// Whether it is one of a plan on a network.
    pub fn is_for(&self, plan: &Plan, network: &super::Network) -> bool {
        let can_grant = self.bonus.is_empty() || *network == super::Network::Own;
        can_grant && (self.plans.is_empty() || self.plans.contains(&plan.code))
    }

    /// Whether it is given for this renewal.
    ///
    /// # Errors
    /// Why it is not.
    pub fn serves(&self, asked: &Asked<'_>) -> Result<(), NotGiven> {
        let date = asked.at.date();
        if !self.is_for(asked.plan, asked.network) {
            return Err(NotGiven::OtherPlan);
        }
        if date < self.valid_from {
            return Err(NotGiven::NotYet(self.valid_from));
        }
        if self.is_over_on(date) {
            return Err(NotGiven::Over);
        }
        let minute = u16::try_from(i32::from(asked.at.hour()) * 60 + i32::from(asked.at.minute()));
        if let Some(hours) = self.hours
            && !hours.contains(minute.unwrap_or(0))
        {
            return Err(NotGiven::OtherHours(hours));
        }
        match (self.renewals, asked.renewals) {
            (Renewals::First, Renewals::Every) => Err(NotGiven::NotFirst),
            (Renewals::Every, _) | (Renewals::First, Renewals::First) => Ok(()),
        }
    }

    /// What it takes off a price before tax; never more than that.
    ///
    /// # Errors
    /// If the amounts do not fit, or are of two currencies.
    pub fn reduction_of(&self, price: Money) -> Result<Money, MoneyError> {
        let reduction = match self.reduction {
            None => return Ok(Money::zero(price.currency)),
            Some(Reduction::Share(rate)) => price.share_half_up(rate)?,
            Some(Reduction::Amount(amount)) => amount,
        };
        price.minus(reduction)?;
        Ok(if reduction.minor > price.minor { price } else { reduction })
    }
}

/// Of promotions that all serve a renewal, those that are given together: one that stands alone, or all that go with others.
/// Whatever is best for the customer: a bonus that was typed for, then what takes off the most, then what holds the code that
/// was typed, then the more promotions; at last by their codes, so that the same question has the same answer.
///
/// # Errors
/// If the amounts do not fit.
pub fn given_together<'a>(
    plan: &Plan,
    serving: &[&'a Promotion],
    typed: Option<&PromotionCode>,
) -> Result<Vec<&'a Promotion>, MoneyError> {
    let mut sorted = serving.to_vec();
    sorted.sort_by(|a, b| a.code.cmp(&b.code));
    sorted.dedup_by(|a, b| a.code == b.code);
    let (together, alone): (Vec<_>, Vec<_>) =
        sorted.into_iter().partition(|promotion| promotion.stacking == Stacking::WithOthers);
    let mut best = None;
    let sets = alone.into_iter().map(|promotion| vec![promotion]).chain([together]);
    for set in sets.filter(|set| !set.is_empty()) {
        let off = taken_off(plan.price, &set)?.iter().map(|off| off.minor).sum::<i64>();
        let holds = set.iter().find(|promotion| typed == Some(&promotion.code));
        let bonus = holds.is_some_and(|promotion| !promotion.bonus.is_empty());
        let codes: Vec<_> = set.iter().map(|promotion| promotion.code.clone()).collect();
        let rank = (bonus, off, holds.is_some(), set.len(), Reverse(codes));
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, set));
        }
    }
    Ok(best.map(|(_, set)| set).unwrap_or_default())
}

/// What each of some promotions takes off a price. Each is computed on the whole price; together they never exceed it.
///
/// # Errors
/// If the amounts do not fit, or are of two currencies.
pub fn taken_off(price: Money, promotions: &[&Promotion]) -> Result<Vec<Money>, MoneyError> {
    let mut left = price;
    let mut all = Vec::with_capacity(promotions.len());
    for promotion in promotions {
        let wanted = promotion.reduction_of(price)?;
        let off = if wanted.minor > left.minor { left } else { wanted };
        left = left.minus(off)?;
        all.push(off);
    }
    Ok(all)
}
