//! At which hours of the day data is used, and what another plan would save if more of it were used at other hours.

use super::days_of;
use crate::catalog::{Plan, TimeWindow};
use crate::kernel::{AllowanceKind, Money, Units};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// The Monday of a date's week.
pub fn week_of(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().since(Weekday::Monday)).days())
}

/// The hours of a day.
pub const HOURS: usize = 24;
/// The hours of the stretch that is named as the busiest.
pub const BUSIEST_HOURS: u16 = 4;
/// The days over which plans are compared.
const COMPARED_DAYS: i128 = 30;
/// Of what is used outside a plan's hours, at most one part in so many is taken to be free to move into them.
const MOVABLE_ONE_IN: i128 = 2;

/// What a line used at each hour of the local day, over some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHour {
    hours: [Units; HOURS],
    days: u16,
}

impl ByHour {
    /// From what was used at some hours, 0 to 23, over so many days. Hours that are named twice are added up; others are none.
    pub fn over(days: u16, used: impl IntoIterator<Item = (u8, Units)>) -> Self {
        let mut hours = [Units::ZERO; HOURS];
        for (hour, units) in used {
            if let Some(sum) = hours.get_mut(usize::from(hour)) {
                *sum = sum.plus(units).unwrap_or(Units::MOST);
            }
        }
        Self { hours, days }
    }

    /// What was used from each hour to the next, midnight first.
    pub const fn hours(&self) -> &[Units; HOURS] {
        &self.hours
    }

    /// All of it.
    pub fn total(&self) -> Units {
        let sum = |sum: Units, units: &Units| sum.plus(*units).unwrap_or(Units::MOST);
        self.hours.iter().fold(Units::ZERO, sum)
    }

    /// What was used in a window: of an hour that is only partly in it, that part.
    pub fn within(&self, window: TimeWindow) -> Units {
        let minutes = |hour: u16| (hour * 60..(hour + 1) * 60).filter(|one| window.contains(*one));
        let part = |(hour, units): (u16, &Units)| {
            let minutes = minutes(hour).count() as i128;
            i128::from(units.count()) * minutes / 60
        };
        units((0..).zip(&self.hours).map(part).sum())
    }

    /// The hour at which the busiest four in a row begin; nothing where nothing was used. Of equals the earliest.
    pub fn busiest_from(&self) -> Option<u8> {
        if self.total().is_zero() {
            return None;
        }
        let used = |hour: usize| {
            let run = self.hours.iter().cycle().skip(hour).take(usize::from(BUSIEST_HOURS));
            run.map(|units| i128::from(units.count())).sum::<i128>()
        };
        let busiest = (0..HOURS).rev().max_by_key(|hour| used(*hour))?;
        u8::try_from(busiest).ok()
    }

    /// An amount of these days, in the days that are compared.
    fn in_compared_days(&self, amount: Units) -> i128 {
        let days = i128::from(self.days.max(1));
        (i128::from(amount.count()) * COMPARED_DAYS + days - 1) / days
    }
}

/// A plan that would do, if some use moved into its hours, for less than the cheapest that does as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving<'a> {
    /// The plan.
    pub to: &'a Plan,
    /// Its hours.
    pub window: TimeWindow,
    /// The cheapest that does without moving anything.
    pub instead_of: &'a Plan,
    /// What has to move into these hours in thirty days, in octets.
    pub units: Units,
    /// What that saves in thirty days, before tax, rounded down.
    pub saves: Money,
}

/// What moving use into a plan's hours would save: of all plans that are sold to the line the best. Nothing where no plan with
/// hours of its own is cheaper, or where it is already without moving, or where more than half of the other use had to move.
pub fn moving<'a>(used: &ByHour, plans: &[&'a Plan]) -> Option<Moving<'a>> {
    let does = |plan: &&&'a Plan| move_into(used, plan).is_some_and(|move_| move_.units == 0);
    let cheapest =
        plans.iter().filter(does).min_by_key(|plan| (of_thirty_days(plan), plan.rank))?;
    let saving = |plan: &&'a Plan| {
        let Move { units: moved, window, movable } = move_into(used, plan)?;
        let (window, saves) = (window?, of_thirty_days(cheapest) - of_thirty_days(plan));
        let currency = plan.price.currency;
        let is_worth = moved > 0 && moved <= movable && saves > 0;
        (is_worth && currency == cheapest.price.currency).then_some(())?;
        let saves = Money { minor: i64::try_from(saves / FINE).ok()?, currency };
        let units = units(moved);
        (saves.minor > 0).then_some(Moving { to: plan, window, instead_of: cheapest, units, saves })
    };
    plans.iter().filter_map(saving).max_by_key(|moving| (moving.saves.minor, -moving.units.count()))
}

/// What has to move into a plan's hours for it to last.
struct Move {
    units: i128,
    window: Option<TimeWindow>,
    movable: i128,
}

/// What has to move for a plan to last thirty days; nothing where no moving helps, or where it grants no data.
fn move_into(used: &ByHour, plan: &Plan) -> Option<Move> {
    let of = |window: Option<TimeWindow>| {
        let data = plan.allowances.iter().filter(|one| one.kind == AllowanceKind::Data);
        let units =
            data.filter(|one| one.window == window).map(|one| i128::from(one.units.count()));
        units.sum::<i128>() * COMPARED_DAYS / i128::from(days_of(plan).max(1))
    };
    let window = plan.allowances.iter().find_map(|one| one.window);
    let (any_hour, in_hours) = (of(None), window.map_or(0, |window| of(Some(window))));
    if any_hour + in_hours == 0 {
        return None;
    }
    let all = used.in_compared_days(used.total());
    let inside = window.map_or(0, |window| used.in_compared_days(used.within(window)));
    let outside = all - inside.min(all);
    // What the hours do not hold is drawn from what serves at any hour.
    let spill = (inside - in_hours).max(0);
    let missing = (outside + spill - any_hour).max(0);
    let room = (in_hours - inside).max(0);
    (missing <= room).then_some(Move { units: missing, window, movable: outside / MOVABLE_ONE_IN })
}

/// Parts of a minor unit in which prices per thirty days are compared.
const FINE: i128 = 1_000;

/// The price of thirty days of a plan, before tax, in thousandths of a minor unit.
fn of_thirty_days(plan: &Plan) -> i128 {
    i128::from(plan.price.minor) * COMPARED_DAYS * FINE / i128::from(days_of(plan).max(1))
}

fn units(amount: i128) -> Units {
    i64::try_from(amount).ok().and_then(|amount| Units::new(amount).ok()).unwrap_or(Units::MOST)
}
