//! How far an offer reaches: how often it has to be bought for a need, and how long one purchase lasts.

use super::listing::{Granted, Listing};
use super::wanted::Wanted;
use crate::catalog::{StartRule, Validity};
use crate::kernel::{AllowanceKind, Units};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

/// Nobody buys anything more often than this for one need: once a day for ten years.
pub const MOST_TIMES: u32 = 3_660;

/// The kinds a need is counted in.
const KINDS: [AllowanceKind; 3] =
    [AllowanceKind::Data, AllowanceKind::Voice, AllowanceKind::Messages];

/// What an offer is short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// Its time is over.
    Days,
    /// An amount of a kind is used up.
    Of(AllowanceKind),
}

/// Why no number of purchases covers a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Never {
    /// It gives nothing of a kind that is needed.
    Without(AllowanceKind),
    /// It only adds to a plan in service, whose end stays: by itself it gives no day.
    AddsToAPlan,
    /// What is bought again waits until the one before ends, and a kind is used up before that.
    WaitsItsTurn(AllowanceKind),
    /// It would have to be bought more than [`MOST_TIMES`] times.
    TooOften,
}

/// How often an offer has to be bought to cover a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cover {
    /// So often, 1 to [`MOST_TIMES`].
    Times(u32),
    /// However often, it does not.
    Never(Never),
}

/// How long one purchase lasts, where the need is used evenly over its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lasts {
    /// To the last day of the need.
    Whole,
    /// Not so long.
    Until {
        /// The first local date whose need it does not cover.
        short_on: Date,
        /// What is missing then.
        lack: Lack,
    },
    /// It is not of the kind, or gives no day by itself.
    Not(Never),
}

/// What is had in all: of the purchases that cover the need, or of one where none do. Sums that cannot be counted are
/// [`Units::MOST`]. The order is that of value: data first, then voice, messages, days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gives {
    /// Octets.
    pub data: Granted,
    /// Seconds.
    pub voice: Granted,
    /// Messages, one by one.
    pub messages: Granted,
    /// Days of service, one purchase after the other; none of what only adds to a plan.
    pub days: u32,
}

/// How far a listing reaches for a need.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    pub(super) cover: Cover,
    pub(super) lasts: Lasts,
    pub(super) gives: Gives,
    /// The days of one purchase; none of what only adds to a plan.
    pub(super) days_of_one: u32,
}

impl Reach {
    /// `None` when a purchase has no day, or more than the calendar.
    pub(super) fn of(listing: &Listing, wanted: &Wanted) -> Option<Self> {
        let term = Term { validity: listing.validity, start: wanted.start() };
        let one = term.days(1).filter(|days| *days > 0)?;
        let cover = cover(listing, wanted, term);
        let times = match cover {
            Cover::Times(times) => times,
            Cover::Never(_) => 1,
        };
        // What cannot be counted in days any more is bought too often.
        let (cover, times, days) = match term.days(times) {
            Some(days) => (cover, times, days),
            None => (Cover::Never(Never::TooOften), 1, one),
        };
        let alone = |days: u32| if listing.start_rule == StartRule::AddValue { 0 } else { days };
        let gives = Gives {
            data: often(listing.grants.data, times),
            voice: often(listing.grants.voice, times),
            messages: often(listing.grants.messages, times),
            days: alone(days),
        };
        Some(Self { cover, lasts: lasts(listing, wanted, one), gives, days_of_one: alone(one) })
    }
}

/// How long purchases last that follow one another.
#[derive(Clone, Copy)]
struct Term {
    validity: Validity,
    start: Date,
}

impl Term {
    /// The days of so many purchases; `None` beyond the calendar.
    fn days(self, times: u32) -> Option<u32> {
        match self.validity {
            Validity::Days(days) => u32::from(days).checked_mul(times),
            Validity::Months(months) => {
                let months = i64::from(months) * i64::from(times);
                let end = self.start.checked_add(Span::new().try_months(months).ok()?).ok()?;
                u32::try_from(self.start.until(end).ok()?.get_days()).ok()
            }
        }
    }

    /// How often it takes to have service on so many days.
    fn times_for(self, wanted_days: u16) -> Option<u32> {
        match self.validity {
            Validity::Days(days) => Some(u32::from(wanted_days.div_ceil(days.max(1)))),
            Validity::Months(_) => (1..=MOST_TIMES)
                .find(|times| self.days(*times).is_none_or(|days| days >= u32::from(wanted_days))),
        }
    }

    /// The most days of so many that one purchase has to serve alone, where each waits for the one before.
    fn longest_alone(self, wanted_days: u16, times: u32) -> Option<u32> {
        let wanted_days = u32::from(wanted_days);
        match self.validity {
            Validity::Days(days) => Some(wanted_days.min(days.into())),
            Validity::Months(_) => {
                let ends = (0..=times).map(|times| Some(self.days(times)?.min(wanted_days)));
                let ends = ends.collect::<Option<Vec<u32>>>()?;
                ends.windows(2).map(|pair| pair[1] - pair[0]).max()
            }
        }
    }
}

fn needed(wanted: &Wanted, kind: AllowanceKind) -> i128 {
    let amounts = wanted.amounts();
    let units = match kind {
        AllowanceKind::Data => amounts.data,
        AllowanceKind::Voice => amounts.voice,
        AllowanceKind::Messages => amounts.messages,
        AllowanceKind::Credit => Units::ZERO,
    };
    i128::from(units.count())
}

/// What is granted of each kind that is needed and that has a limit, with how much is needed.
fn limited(listing: &Listing, wanted: &Wanted) -> impl Iterator<Item = Share> {
    KINDS.into_iter().filter_map(|kind| match listing.granted(kind) {
        Granted::Amount(units) => {
            let share = Share { kind, granted: units.count().into(), needed: needed(wanted, kind) };
            (share.needed > 0).then_some(share)
        }
        Granted::Unlimited => None,
    })
}

/// A kind that is needed: how much one purchase gives, and how much it takes in all.
struct Share {
    kind: AllowanceKind,
    granted: i128,
    needed: i128,
}

/// Why it is not of the kind, if it is not.
fn unfit(listing: &Listing, wanted: &Wanted) -> Option<Never> {
    let without = limited(listing, wanted).find(|share| share.granted == 0);
    if let Some(share) = without {
        return Some(Never::Without(share.kind));
    }
    match listing.start_rule {
        StartRule::AddValue => Some(Never::AddsToAPlan),
        StartRule::SetExpiry
        | StartRule::KeepLater
        | StartRule::AddDays
        | StartRule::Queue
        | StartRule::QueueOrUsedUp => None,
    }
}

fn cover(listing: &Listing, wanted: &Wanted, term: Term) -> Cover {
    if let Some(never) = unfit(listing, wanted) {
        return Cover::Never(never);
    }
    let Some(for_days) = term.times_for(wanted.days()) else {
        return Cover::Never(Never::TooOften);
    };
    if listing.start_rule.waits()
        && let Some(share) =
            short_in_its_time(listing, wanted, term.longest_alone(wanted.days(), for_days))
    {
        return Cover::Never(Never::WaitsItsTurn(share.kind));
    }
    let for_amounts = limited(listing, wanted).map(|share| ceiling(share.needed, share.granted));
    let times = for_amounts.fold(i128::from(for_days), i128::max);
    match u32::try_from(times) {
        Ok(times) if times <= MOST_TIMES => Cover::Times(times),
        _ => Cover::Never(Never::TooOften),
    }
}

/// A kind of which a purchase gives less than is used in the longest time that one has to serve alone.
fn short_in_its_time(listing: &Listing, wanted: &Wanted, alone: Option<u32>) -> Option<Share> {
    let days = i128::from(wanted.days());
    let alone = alone.map_or(days, i128::from);
    // What starts as soon as the data is used up waits only with its calls and messages.
    let starts =
        |kind| listing.start_rule == StartRule::QueueOrUsedUp && kind == AllowanceKind::Data;
    limited(listing, wanted)
        .filter(|share| !starts(share.kind))
        .find(|share| share.granted < ceiling(share.needed.saturating_mul(alone), days))
}

/// How long one purchase of `one` days lasts.
fn lasts(listing: &Listing, wanted: &Wanted, one: u32) -> Lasts {
    if let Some(never) = unfit(listing, wanted) {
        return Lasts::Not(never);
    }
    let days = i128::from(wanted.days());
    let of_kinds = limited(listing, wanted)
        .map(|share| (share.granted.saturating_mul(days) / share.needed, Lack::Of(share.kind)));
    let ends = of_kinds.chain([(i128::from(one), Lack::Days)]).filter(|(served, _)| *served < days);
    match ends.min() {
        None => Lasts::Whole,
        Some((served, lack)) => {
            let served = i64::try_from(served).unwrap_or(0);
            Lasts::Until { short_on: wanted.start().saturating_add(served.days()), lack }
        }
    }
}

fn ceiling(above: i128, below: i128) -> i128 {
    above / below + i128::from(above % below > 0)
}

fn often(granted: Granted, times: u32) -> Granted {
    match granted {
        Granted::Amount(units) => {
            let count = units.count().saturating_mul(i64::from(times));
            Granted::Amount(Units::new(count).unwrap_or(Units::MOST))
        }
        Granted::Unlimited => Granted::Unlimited,
    }
}
