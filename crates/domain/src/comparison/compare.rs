//! The comparison: every offer priced for one need, in one currency, in one order.

use super::exchange::{ExchangeRate, Way};
use super::listing::{Granted, Listing, ListingKey};
use super::reach::{Cover, Gives, Lasts, Reach};
use super::wanted::Wanted;
use crate::kernel::{Currency, Money, MoneyError};
use std::cmp::Ordering;
use std::collections::BTreeMap;

const OCTETS_PER_GB: i128 = 1_000_000_000;

/// An offer, priced for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// As it is listed.
    pub listing: Listing,
    /// How often it has to be bought.
    pub cover: Cover,
    /// What that costs, tax and fees included, in the currency of the comparison: the purchases are added up where they are
    /// listed and converted once, half up. Of one purchase, where no number of them covers the need.
    pub total: Money,
    /// The rate by which it was converted; absent where it is listed in that currency.
    pub rate: Option<ExchangeRate>,
    /// What a GB (1,000,000,000 octets) costs, half up; absent where it gives none or as much as one likes, and where that
    /// is too large to be counted.
    pub per_gb: Option<Money>,
    /// What a day of its service costs, half up, be it needed or not; absent of what only adds to a plan.
    pub per_day: Option<Money>,
    /// How long one purchase lasts.
    pub lasts: Lasts,
    /// What is had for the total.
    pub gives: Gives,
    /// The best of the offers that cost no more, give no less of anything, and are better in something.
    pub dominated_by: Option<ListingKey>,
}

impl Offered {
    /// How often it has to be bought; `None` where it never covers the need.
    pub const fn times(&self) -> Option<u32> {
        match self.cover {
            Cover::Times(times) => Some(times),
            Cover::Never(_) => None,
        }
    }
}

/// Why an offer cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WhyNot {
    /// No rate says what its currency is worth in the one of the comparison.
    NoRate(Currency),
    /// Its price, tax and fees are in several currencies.
    MixedCurrencies,
    /// Its price, its tax or its fees are below zero.
    BelowZero,
    /// It lasts no day.
    NoDay,
    /// Its cost is more than can be counted.
    TooLarge,
    /// Its seller has another of this code: which one holds is not known.
    ListedTwice,
}

/// An offer that cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotComparable {
    /// As it is listed.
    pub listing: Listing,
    /// Why not.
    pub why: WhyNot,
}

/// Why the best is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No other offer covers the need.
    OnlyOne,
    /// It costs less than every other that covers the need: so much less than the next.
    Cheapest {
        /// The difference, above zero.
        less_by: Money,
    },
    /// Others cost as much, and it gives more: of data first, then of voice, messages, days.
    MoreForTheSame,
    /// Others cost as much and give as much; their sellers and codes alone decide which stands first, and ourselves stand
    /// last.
    AsGoodAsOthers,
}

/// The cheapest offer that covers the need, whosever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Best {
    /// Which.
    pub key: ListingKey,
    /// How often it has to be bought.
    pub times: u32,
    /// Why.
    pub reason: Reason,
}

/// In which order offers stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortedBy {
    /// Those that cover the need first, then the total.
    #[default]
    Total,
    /// What a GB costs; then as by the total. What has no such price comes last.
    PerGb,
    /// What a day costs; then as by the total. What has no such price comes last.
    PerDay,
}

impl SortedBy {
    /// Every order, as pages show them.
    pub const ALL: [Self; 3] = [Self::Total, Self::PerGb, Self::PerDay];

    /// The word used in the API and in URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::PerGb => "per_gb",
            Self::PerDay => "per_day",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.code() == code)
    }
}

/// Every offer for one need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The need.
    pub wanted: Wanted,
    /// The currency of every price.
    pub currency: Currency,
    /// The offers, by their total ([`SortedBy::Total`]).
    pub offers: Vec<Offered>,
    /// The best of them; absent where none covers the need.
    pub best: Option<Best>,
    /// What cannot be compared, by seller and code.
    pub not_comparable: Vec<NotComparable>,
}

impl Comparison {
    /// The offers in an order.
    pub fn sorted(&self, order: SortedBy) -> Vec<&Offered> {
        let mut offers: Vec<&Offered> = self.offers.iter().collect();
        let price = |price: Option<Money>| price.map_or(i64::MAX, |price| price.minor);
        // The sort is stable: what is equal stands as by the total.
        match order {
            SortedBy::Total => {}
            SortedBy::PerGb => {
                offers.sort_by_key(|it| (it.per_gb.is_none(), price(it.per_gb)));
            }
            SortedBy::PerDay => {
                offers.sort_by_key(|it| (it.per_day.is_none(), price(it.per_day)));
            }
        }
        offers
    }

    /// An offer by its seller and code.
    pub fn offer(&self, key: &ListingKey) -> Option<&Offered> {
        self.offers.iter().find(|offered| offered.listing.key == *key)
    }
}

/// Prices every listing for a need in one currency. The order in which listings and rates come does not matter.
pub fn compare(
    listings: &[Listing],
    rates: &[ExchangeRate],
    wanted: &Wanted,
    currency: Currency,
) -> Comparison {
    let mut known: BTreeMap<&ListingKey, u32> = BTreeMap::new();
    for listing in listings {
        *known.entry(&listing.key).or_default() += 1;
    }
    let (mut offers, mut not_comparable) = (Vec::new(), Vec::new());
    for listing in listings {
        let priced = match known.get(&listing.key) {
            Some(1) => price(listing, rates, (wanted, currency)),
            _ => Err(WhyNot::ListedTwice),
        };
        match priced {
            Ok(offered) => offers.push(offered),
            Err(why) => not_comparable.push(NotComparable { listing: listing.clone(), why }),
        }
    }
    offers.sort_by(by_worth);
    mark_dominated(&mut offers);
    // Stable: those that cover the need stay in their order, and so do the others.
    offers.sort_by_key(|offered| offered.times().is_none());
    not_comparable.sort_by(|one, other| in_key_order(&one.listing, &other.listing));
    let best = best(&offers);
    Comparison { wanted: *wanted, currency, offers, best, not_comparable }
}

fn price(
    listing: &Listing,
    rates: &[ExchangeRate],
    (wanted, currency): (&Wanted, Currency),
) -> Result<Offered, WhyNot> {
    if listing.is_negative() {
        return Err(WhyNot::BelowZero);
    }
    let cost = listing.cost().map_err(|error| match error {
        MoneyError::MixedCurrencies => WhyNot::MixedCurrencies,
        MoneyError::TooLarge | MoneyError::UnknownCurrency => WhyNot::TooLarge,
    })?;
    let reach = Reach::of(listing, wanted).ok_or(WhyNot::NoDay)?;
    let (way, rate) =
        Way::between(rates, (cost.currency, currency)).ok_or(WhyNot::NoRate(cost.currency))?;
    let one = i128::from(cost.minor);
    let times = match reach.cover {
        Cover::Times(times) => i128::from(times),
        Cover::Never(_) => 1,
    };
    let money = |minor: i64| Money { minor, currency };
    let total = way.half_up(one * times, 1).ok_or(WhyNot::TooLarge)?;
    let per_gb = match listing.grants.data {
        Granted::Amount(octets) => {
            let gb = one.checked_mul(OCTETS_PER_GB);
            gb.and_then(|gb| way.half_up(gb, octets.count().into())).map(money)
        }
        Granted::Unlimited => None,
    };
    Ok(Offered {
        cover: reach.cover,
        total: money(total),
        rate: rate.cloned(),
        per_gb,
        per_day: way.half_up(one, reach.days_of_one.into()).map(money),
        lasts: reach.lasts,
        gives: reach.gives,
        dominated_by: None,
        listing: listing.clone(),
    })
}

/// The cheaper first; then what gives more; then by seller and code. No two offers are equal in it.
fn by_worth(one: &Offered, other: &Offered) -> Ordering {
    one.total
        .minor
        .cmp(&other.total.minor)
        .then_with(|| other.gives.cmp(&one.gives))
        .then_with(|| one.listing.key.cmp(&other.listing.key))
}

/// By seller and code; what is listed twice by its date and price.
fn in_key_order(one: &Listing, other: &Listing) -> Ordering {
    let rest = |listing: &Listing| (listing.seen_on, listing.price.minor, listing.fees.minor);
    one.key
        .cmp(&other.key)
        .then_with(|| rest(one).cmp(&rest(other)))
        .then_with(|| one.name.cmp(&other.name))
}

/// Whether one offer is better than another whatever one values: it costs no more, gives no less of anything, and is better in
/// something (Pareto). Both are of one comparison.
pub fn dominates(one: &Offered, other: &Offered) -> bool {
    let (mine, theirs) = (&one.gives, &other.gives);
    let no_worse = one.total.minor <= other.total.minor
        && mine.data >= theirs.data
        && mine.voice >= theirs.voice
        && mine.messages >= theirs.messages
        && mine.days >= theirs.days;
    no_worse && (one.total.minor < other.total.minor || mine != theirs)
}

/// Names for each offer the first that dominates it, of offers in the order of [`by_worth`]. What dominates another stands
/// before it, and the first that does is dominated by none: so only those are looked at that are not.
fn mark_dominated(offers: &mut [Offered]) {
    let mut undominated: Vec<usize> = Vec::new();
    for place in 0..offers.len() {
        let (before, rest) = offers.split_at_mut(place);
        let Some(offered) = rest.first_mut() else { continue };
        let mut better = undominated.iter().filter_map(|place| before.get(*place));
        match better.find(|better| dominates(better, offered)) {
            Some(better) => offered.dominated_by = Some(better.listing.key.clone()),
            None => undominated.push(place),
        }
    }
}

/// The best of offers in their final order.
fn best(offers: &[Offered]) -> Option<Best> {
    let mut covering = offers.iter().filter_map(|offered| Some((offered, offered.times()?)));
    let (first, times) = covering.next()?;
    let reason = match covering.next() {
        None => Reason::OnlyOne,
        Some((next, _)) if next.total.minor > first.total.minor => {
            Reason::Cheapest { less_by: next.total.minus(first.total).ok()? }
        }
        Some((next, _)) if next.gives != first.gives => Reason::MoreForTheSame,
        Some(_) => Reason::AsGoodAsOthers,
    };
    Some(Best { key: first.listing.key.clone(), times, reason })
}
