//! Promotions that end: whose people are told, of which, if they consented.

use super::plan::{of_seen, spread, wish};
use crate::orders::last_bought;
use crate::ports::marketing::Consenting;
use crate::ports::reminders::{RemindedLine, ReminderPerson};
use crate::quotes::of_themselves;
use crate::{App, Problem};
use farline_domain::catalog::{Catalogue, Operator, OperatorCode, Promotion};
use farline_domain::kernel::{AccountId, Instant};
use farline_domain::notices::Medium;
use farline_domain::reminders::{
    Planned, Reminder, ReminderWish, Told, may_be_sent_at, may_hear_of_promotions, promotion_ends,
};
use std::collections::BTreeSet;

/// What is planned for the people of some lines. Where no promotion of an operator ends, which is nearly always, this reads nothing.
pub(super) async fn of_page(
    app: &App,
    page: &[RemindedLine],
    now: Instant,
) -> Result<Vec<Reminder>, Problem> {
    let catalogue = app.store.catalogue();
    let operators: BTreeSet<&OperatorCode> = catalogue
        .operators
        .iter()
        .filter(|(_, it)| ends_at(&catalogue, it, now))
        .map(|it| it.0)
        .collect();
    let near: Vec<&RemindedLine> = page
        .iter()
        .filter(|line| operators.contains(&line.operator) && !line.people.is_empty())
        .collect();
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let people = near.iter().flat_map(|line| &line.people).map(|person| person.account);
    let people: BTreeSet<AccountId> = people.collect();
    let consenting = app.store.consenting(&people.into_iter().collect::<Vec<_>>()).await?;
    let consenting: BTreeSet<AccountId> = consenting.iter().map(|one| one.account).collect();
    let mut planned = Vec::new();
    for line in near {
        let consents = |person: &&ReminderPerson| consenting.contains(&person.account);
        let told: Vec<_> = line.people.iter().filter(consents).collect();
        let Some(operator) = catalogue.operators.get(&line.operator) else { continue };
        if told.is_empty() {
            continue;
        }
        let at = may_be_sent_at(&operator.lifecycle.zone, now, spread(line.id));
        for ending in of_line(app, (&catalogue, operator), line, now).await? {
            planned.extend(told.iter().map(|person| {
                Reminder::planned((line.id, Told::Account(person.account)), ending.clone(), at)
            }));
        }
    }
    Ok(planned)
}

/// Whether any promotion ends that an operator's plans can have.
fn ends_at(catalogue: &Catalogue, operator: &Operator, now: Instant) -> bool {
    let today = operator.lifecycle.today(now);
    catalogue.promotions.values().any(|promotion| {
        let mut plans = catalogue.plans.values().filter(|plan| plan.operator == operator.code);
        promotion_ends(promotion, today).is_some()
            && plans.any(|plan| promotion.is_for(plan, &operator.network))
    })
}

/// The promotions that end and that are in a line's price for whoever follows the link: with the plan that it had last, or with
/// any, if that is not sold any more. What is used up, or was taken by this line, is in no price.
pub(super) async fn of_line(
    app: &App,
    (catalogue, operator): (&Catalogue, &Operator),
    line: &RemindedLine,
    now: Instant,
) -> Result<Vec<Planned>, Problem> {
    if !may_hear_of_promotions(&of_seen(line, &operator.lifecycle), now) {
        return Ok(Vec::new());
    }
    let today = operator.lifecycle.today(now);
    let given = of_themselves(app, catalogue, (line.id, None)).await?;
    let last = last_bought(app, line.id).await?;
    let last = last.and_then(|code| catalogue.sold(&code, today));
    let plans = match last.filter(|plan| plan.operator == operator.code) {
        Some(plan) => vec![plan],
        None => catalogue.plans_of(&operator.code, today),
    };
    let mut ending: Vec<Planned> = Vec::new();
    for plan in plans {
        let promotions = given.of_plan((plan, operator), now)?;
        ending.extend(promotions.into_iter().filter_map(|one| promotion_ends(one, today)));
    }
    ending.sort_by(|a, b| a.period.cmp(&b.period));
    ending.dedup();
    Ok(ending)
}

/// The promotion of a reminder; nothing, if there is none any more that ends so.
pub(super) fn promotion_of<'a>(
    catalogue: &'a Catalogue,
    operator: &Operator,
    (period, now): (&str, Instant),
) -> Option<&'a Promotion> {
    let today = operator.lifecycle.today(now);
    let is_it = |it: &&Promotion| promotion_ends(it, today).is_some_and(|it| it.period == period);
    catalogue.promotions.values().find(is_it)
}

/// By which media somebody may be told now, the one they like best first; none, if they withdrew what they had consented to.
pub(super) async fn media(app: &App, person: &ReminderPerson) -> Result<Vec<Medium>, Problem> {
    let consenting = app.store.consenting(&[person.account]).await?;
    let mut media: Vec<Medium> =
        consenting.iter().map(|Consenting { medium, .. }| *medium).collect();
    media.sort_by_key(|medium| wish(person) != ReminderWish::By(*medium));
    Ok(media)
}
