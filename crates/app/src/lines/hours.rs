//! At which hours a line uses its data, and what using it at others would save.

use crate::ports::lines::{LineView, WEEKS_BY_HOUR};
use crate::{App, Problem};
use farline_domain::catalog::{Catalogue, Operator, Plan, StartRule, TimeWindow};
use farline_domain::forecast::{ByHour, LEAST_DAYS, moving, week_of};
use farline_domain::kernel::{AllowanceKind, Money, Units};
use jiff::ToSpan;
use jiff::civil::Date;

/// What is known of a line's hours. For its holder and helpers only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The first local date that counts.
    pub since: Date,
    /// What was used at each hour since.
    pub used: ByHour,
    /// The hours at which some data of its own, or of a plan it could have, can be used alone.
    pub window: Option<Window>,
    /// What it would save to use more in a plan's hours.
    pub moving: Option<MovingAdvice>,
}

/// The hours of an allowance that serves at them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The hours.
    pub hours: TimeWindow,
    /// What was used in them since.
    pub used: Units,
    /// What the line has left for them; nothing, where only a plan it could have grants such.
    pub left: Option<Units>,
}

/// A plan that would do for less, if more were used in its hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovingAdvice {
    /// That plan.
    pub to: Plan,
    /// Its hours.
    pub window: TimeWindow,
    /// The cheapest that does as things are.
    pub instead_of: Plan,
    /// What had to be used in its hours in thirty days, that is now used at others.
    pub units: Units,
    /// What that saves in thirty days, before tax.
    pub saves: Money,
}

/// Reads a line's hours; nothing, where no use by hour is known.
pub async fn hours(
    app: &App,
    view: &LineView,
    (catalogue, operator): (&Catalogue, &Operator),
) -> Result<Option<Hours>, Problem> {
    let rule = &operator.lifecycle;
    let today = rule.today(app.now());
    let from = week_of(today).saturating_sub(((WEEKS_BY_HOUR - 1) * 7).days());
    let kept = app.store.usage_by_hour(view.line.id, AllowanceKind::Data, from).await?;
    let days = app.store.usage(view.line.id, from, today).await?;
    let known = kept.iter().map(|hour| hour.week).min();
    let first = days.iter().find(|day| day.kind == AllowanceKind::Data).map(|day| day.date);
    let Some(since) = known.map(|week| first.map_or(week, |first| first.max(week))) else {
        return Ok(None);
    };
    let span = u16::try_from((today - since).get_days()).unwrap_or(0).max(1);
    let used = ByHour::over(span, kept.iter().map(|hour| (hour.hour, hour.units)));
    let plans = plans_for(catalogue, operator, today);
    let advice = (usize::from(span) >= LEAST_DAYS).then(|| moving(&used, &plans)).flatten();
    let advice = advice.map(|advice| MovingAdvice {
        to: advice.to.clone(),
        window: advice.window,
        instead_of: advice.instead_of.clone(),
        units: advice.units,
        saves: advice.saves,
    });
    let window = window(view, (operator, &plans), app).map(|(hours, left)| Window {
        hours,
        used: used.within(hours),
        left,
    });
    Ok(Some(Hours { since, used, window, moving: advice }))
}

/// The plans sold to the operator's lines today that serve by themselves.
fn plans_for<'a>(catalogue: &'a Catalogue, operator: &Operator, today: Date) -> Vec<&'a Plan> {
    let of_operator = catalogue.plans.values().filter(|plan| plan.operator == operator.code);
    let sold = of_operator.filter_map(|plan| catalogue.sold(&plan.code, today));
    sold.filter(|plan| plan.start_rule != StartRule::AddValue).collect()
}

/// The hours to show: those of what the line has left, else those of a plan it could have.
fn window(
    view: &LineView,
    (operator, plans): (&Operator, &[&Plan]),
    app: &App,
) -> Option<(TimeWindow, Option<Units>)> {
    let (zone, now) = (&operator.lifecycle.zone, app.now());
    let open = view
        .buckets
        .iter()
        .filter(|bucket| bucket.kind == AllowanceKind::Data && bucket.is_valid_at(now, zone));
    let own = open.filter_map(|bucket| Some((bucket.window?, bucket.available())));
    let own: Vec<(TimeWindow, Units)> = own.collect();
    if let Some((hours, _)) = own.first().copied() {
        let left = own.iter().filter(|(window, _)| *window == hours);
        let left = left.map(|(_, left)| *left).try_fold(Units::ZERO, Units::plus);
        return Some((hours, Some(left.unwrap_or(Units::MOST))));
    }
    let data = |plan: &&Plan| {
        let data = plan.allowances.iter().filter(|one| one.kind == AllowanceKind::Data);
        data.clone().find_map(|one| one.window)
    };
    plans.iter().find_map(data).map(|hours| (hours, None))
}
