//! The plans offered for a line, with one recommended and its reason.
//!
//! To a stranger nothing depends on the line's usage or dates: the recommendation follows from the
//! catalogue and the stated need alone. To the holder it follows from what the line really uses.

use crate::lines::outlook::Outlook;
use crate::quotes::OfThemselves;
use crate::{Problem, lines};
use farline_domain::catalog::{Catalogue, Need, Plan, Price, Promotion, price};
use farline_domain::forecast::{Spare, days_of, spare};
use farline_domain::kernel::{AllowanceKind, Instant, Province};
use farline_domain::lines::{LifecycleRule, Line, Renewal, Waits, renew};
use jiff::civil::Date;
use std::cmp::Reverse;

/// At most this many tiles are shown.
const MOST_TILES: usize = 6;

/// Who is looking.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// Somebody without rights to the line.
    Stranger,
    /// The holder or a helper, with what is known of the line and the plan bought last.
    Holder(&'a Outlook, Option<&'a str>),
}

/// Why a plan is recommended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The most data for its price.
    MostData,
    /// The most call time for its price.
    MostCalls,
    /// The least per day of keeping the number.
    LeastPerDay,
    /// The cheapest that covers what the line uses in the plan's time, in octets.
    FitsUsage {
        /// Octets used in 30 days at the present pace.
        octets_per_month: i64,
    },
    /// It can be used as soon as the data runs out.
    StartsAtOnce,
}

impl Reason {
    /// The word used in the API and the stem of its text.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MostData => "most-data",
            Self::MostCalls => "most-calls",
            Self::LeastPerDay => "least-per-day",
            Self::FitsUsage { .. } => "fits-usage",
            Self::StartsAtOnce => "starts-at-once",
        }
    }
}

/// One plan as offered.
#[derive(Clone, Debug)]
pub struct OfferTile {
    /// The plan.
    pub plan: Plan,
    /// Its price with tax; absent while the province is not known.
    pub price: Option<Price>,
    /// What it is sold with now, without a code.
    pub promotions: Vec<Promotion>,
    /// Why it is recommended, if it is the one.
    pub recommended: Option<Reason>,
    /// Whether it is the plan bought last; holders only.
    pub last_bought: bool,
    /// What it would do to the dates; holders only.
    pub renewal: Option<Renewal>,
    /// The local dates between which there may be no data; holders only.
    pub gap: Option<(Date, Date)>,
    /// What would be left over, where it is much more than the line uses; holders only.
    pub spare: Option<Spare>,
}

/// The tiles for a line.
pub fn offers(
    (catalogue, line, promoted): (&Catalogue, &Line, &OfThemselves),
    need: Option<Need>,
    province: Option<Province>,
    (audience, now): (Audience<'_>, Instant),
) -> Result<Vec<OfferTile>, Problem> {
    let operator = lines::operator_of(catalogue, line)?;
    let today = operator.lifecycle.today(now);
    let mut tiles = Vec::new();
    for plan in catalogue.plans_of(&line.operator, today) {
        if need.is_some_and(|need| !plan.needs.contains(&need)) {
            continue;
        }
        let given = promoted.of_plan((plan, operator), now)?;
        let price = match province {
            Some(province) => {
                let taxes = (&catalogue.taxes, operator.levies);
                Some(price(plan, &given, taxes, province, today)?)
            }
            None => None,
        };
        let tile = OfferTile {
            plan: plan.clone(),
            price,
            promotions: given.into_iter().cloned().collect(),
            recommended: None,
            last_bought: false,
            renewal: None,
            gap: None,
            spare: None,
        };
        tiles.extend(match audience {
            Audience::Stranger => Some(tile),
            Audience::Holder(outlook, last) => {
                for_holder(tile, line, (&operator.lifecycle, outlook, last), now)
            }
        });
    }
    if let Some(need) = need {
        tiles.sort_by_key(|tile| tile.plan.needs.first() != Some(&need));
    }
    tiles.sort_by_key(|tile| !tile.last_bought);
    recommend(&mut tiles, need.unwrap_or(Need::Data), audience);
    keep_a_handful(&mut tiles);
    Ok(tiles)
}

/// What a plan would do for a holder; nothing, if the line cannot be renewed with it.
fn for_holder(
    mut tile: OfferTile,
    line: &Line,
    (rule, outlook, last): (&LifecycleRule, &Outlook, Option<&str>),
    now: Instant,
) -> Option<OfferTile> {
    let terms = (tile.plan.validity, tile.plan.start_rule);
    let renewal = renew(rule, line.dates, terms, now).ok()?;
    tile.gap = gap(&tile.plan, &renewal, outlook);
    tile.spare = spare(&tile.plan, outlook.data_per_day.count());
    tile.renewal = Some(renewal);
    tile.last_bought = last == Some(tile.plan.code.as_str());
    Some(tile)
}

/// The dates between the end of the data and the start of the new, if there are any. What starts as the data is used up leaves
/// none.
pub fn gap(plan: &Plan, renewal: &Renewal, outlook: &Outlook) -> Option<(Date, Date)> {
    let runs_out = outlook.data_runs_out_on?;
    if renewal.waits == Waits::ForItsDayOrUsedUp {
        return None;
    }
    let grants_data = plan.granted(AllowanceKind::Data) > 0;
    let resumes = outlook.data_resumes_on.map_or(renewal.starts_on, |on| on.min(renewal.starts_on));
    (grants_data && resumes > runs_out).then_some((runs_out, resumes))
}

fn recommend(tiles: &mut [OfferTile], need: Need, audience: Audience<'_>) {
    let choice = match audience {
        Audience::Holder(outlook, _) if need == Need::Data && !outlook.data_per_day.is_zero() => {
            by_usage(tiles, outlook)
        }
        Audience::Stranger | Audience::Holder(..) => by_need(tiles, need),
    };
    if let Some((place, reason)) = choice {
        tiles[place].recommended = Some(reason);
    }
}

/// The cheapest plan that covers a month at the line's own pace and leaves no gap.
fn by_usage(tiles: &[OfferTile], outlook: &Outlook) -> Option<(usize, Reason)> {
    let octets_per_month = outlook.data_per_day.count().checked_mul(30)?;
    let covers = |tile: &OfferTile| {
        let days = i64::from(days_of(&tile.plan));
        let wanted = outlook.data_per_day.count().saturating_mul(days);
        tile.plan.granted(AllowanceKind::Data) >= wanted && days >= 28
    };
    let gap_today = tiles.iter().any(|tile| tile.gap.is_some());
    let fitting = tiles.iter().enumerate().filter(|(_, tile)| covers(tile) && tile.gap.is_none());
    let (place, _) = fitting.min_by_key(|(_, tile)| per_month(tile))?;
    let reason =
        if gap_today { Reason::StartsAtOnce } else { Reason::FitsUsage { octets_per_month } };
    Some((place, reason))
}

/// The best plan for a need by the catalogue alone.
fn by_need(tiles: &[OfferTile], need: Need) -> Option<(usize, Reason)> {
    let serving = || {
        let numbered = tiles.iter().enumerate();
        numbered.filter(|(_, tile)| tile.plan.needs.first() == Some(&need) && tile.gap.is_none())
    };
    // What can be used only at some hours does not make a plan the best for everyone.
    let per_cent = |tile: &OfferTile, kind| {
        let all_day = tile.plan.allowances.iter().filter(|one| one.window.is_none());
        let of_kind = all_day.filter(|one| one.kind == kind).map(|one| one.units.count());
        let granted = of_kind.fold(0, i64::saturating_add);
        granted.checked_div(tile.plan.price.minor).unwrap_or(0)
    };
    match need {
        Need::Data => serving()
            .max_by_key(|(place, tile)| (per_cent(tile, AllowanceKind::Data), Reverse(*place)))
            .map(|(place, _)| (place, Reason::MostData)),
        Need::Calls => serving()
            .max_by_key(|(place, tile)| (per_cent(tile, AllowanceKind::Voice), Reverse(*place)))
            .map(|(place, _)| (place, Reason::MostCalls)),
        Need::Keep => serving()
            .min_by_key(|(place, tile)| (per_month(tile), *place))
            .map(|(place, _)| (place, Reason::LeastPerDay)),
    }
}

/// The price of thirty days, in minor units: comparable over plans of any length.
fn per_month(tile: &OfferTile) -> i64 {
    tile.plan.price.minor.saturating_mul(30) / i64::from(days_of(&tile.plan)).max(1)
}

/// A handful of tiles; the recommended one and the last one bought always stay.
fn keep_a_handful(tiles: &mut Vec<OfferTile>) {
    let mut spare = tiles.len().saturating_sub(MOST_TILES);
    let mut place = tiles.len();
    while spare > 0 && place > 0 {
        place -= 1;
        if tiles[place].recommended.is_none() && !tiles[place].last_bought {
            tiles.remove(place);
            spare -= 1;
        }
    }
}
