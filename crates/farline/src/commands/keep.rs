//! `farline keep`: the cheapest way to keep a number.

use super::{config_of, say, talk};
use crate::cli::KeepArguments;
use crate::wiring;
use eyre::{Result, bail, eyre};
use farline_app::lines::{KeepAnswer, KeepPlan, keep};
use farline_app::ports::Clock;
use farline_domain::kernel::{LineNumber, Money};
use farline_domain::lines::{KeepSchedule, Keeping, Line, Milestones};
use farline_store::{Database, OpenMode};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Prints the schedule; nothing is bought.
pub(crate) async fn run(arguments: KeepArguments) -> Result<()> {
    let KeepArguments { number, until, service, json, place } = arguments;
    let store = wiring::database(&config_of(&place)?, OpenMode::ReadOnly).await?;
    let line = find(&*store, &number).await?;
    let now = wiring::clock(&*store).await?.now();
    let keeping = if service { Keeping::Service } else { Keeping::Number };
    let answer = keep((&store.catalogue(), &line), (until, keeping), now);
    let answer = answer.map_err(|problem| eyre!("{number}: {}", problem.code.code()))?;
    let plan = match answer {
        KeepAnswer::Planned(plan) => plan,
        KeepAnswer::Refused(refusal) => bail!("{number} until {until}: {refusal}"),
    };
    if json {
        say(&row(&plan).to_string());
    } else {
        tell(&line, &plan);
    }
    Ok(())
}

async fn find(store: &dyn Database, typed: &str) -> Result<Line> {
    let number = LineNumber::parse(typed).map_err(|error| eyre!("“{typed}”: {error}"))?;
    let unknown = || eyre!("there is no card {typed}");
    let id = store.find_line(&number).await?.ok_or_else(unknown)?;
    Ok(store.line(id).await?.ok_or_else(unknown)?.line)
}

fn tell(line: &Line, plan: &KeepPlan) {
    let KeepPlan { until, keeping, province, schedule, .. } = plan;
    let number = line.msisdn.as_ref().map_or(line.iccid.as_str(), |number| number.as_str());
    let kept = match keeping {
        Keeping::Number => "The number",
        Keeping::Service => "The service of",
    };
    let count = match schedule.renewals.len() {
        0 => "nothing to do".to_owned(),
        1 => "1 renewal".to_owned(),
        count => format!("{count} renewals"),
    };
    say(&format!("{kept} {number} until {until}: {count}\n"));
    let widest = schedule.renewals.iter().map(|renewal| renewal.plan.as_str().len());
    let width = widest.max().unwrap_or(0).max(5);
    for renewal in &schedule.renewals {
        say(&format!(
            "  {}  {:<width$}  {:>14}   service until {}",
            renewal.on,
            renewal.plan.as_str(),
            format!("{:?}", renewal.price),
            renewal.expires_on
        ));
    }
    if !schedule.renewals.is_empty() {
        let total = format!("{:?}", schedule.total);
        say(&format!(
            "  {:<10}  {:<width$}  {total:>14}   with the taxes of {}\n",
            "total",
            "",
            province.code()
        ));
    }
    tell_more(schedule, *keeping);
    say(&if_nothing(schedule.if_nothing, *until));
    talk("Prices, taxes and plans are those of today.");
}

/// What goes with the schedule: what is without service, how long it reaches, how late one may be.
fn tell_more(schedule: &KeepSchedule, keeping: Keeping) {
    for gap in &schedule.without_service {
        say(&format!("Without service from {} to {}.", gap.from, gap.until));
    }
    if keeping == Keeping::Number && !schedule.without_service.is_empty() {
        talk("`--service` keeps it in service on every day.");
    }
    if let Some(date) = schedule.kept_until {
        say(&format!("It is kept until {date} in the end."));
    }
    match schedule.margin_days {
        _ if schedule.renewals.is_empty() => {}
        0 => say("These are the last days on which it can be done: one day late, and it is lost."),
        1 => say("There is 1 day to spare each time."),
        days => say(&format!("There are {days} days to spare each time.")),
    }
}

/// What is lost if nothing is done, and when.
fn if_nothing(milestones: Option<Milestones>, until: Date) -> String {
    let Some(Milestones { expires_on, left_until, number_kept_until, .. }) = milestones else {
        return "\nIf nothing is done, nothing is lost: the card was never used.".to_owned();
    };
    let so_far = if number_kept_until < until { "" } else { ", which is late enough" };
    format!(
        "\nIf nothing is done:\n  after {expires_on}  no calls, messages or data\n  after {left_until}  what is left on the card cannot be brought back\n  after {number_kept_until}  the number is lost for good{so_far}"
    )
}

fn money(money: Money) -> Value {
    json!({ "amount": money.minor, "currency": money.currency.code() })
}

fn row(plan: &KeepPlan) -> Value {
    let KeepPlan { today, until, keeping, province, schedule } = plan;
    let renewals = schedule.renewals.iter().map(|renewal| {
        json!({
            "on": renewal.on.to_string(),
            "plan": renewal.plan.as_str(),
            "price": money(renewal.price),
            "service_until": renewal.expires_on.to_string(),
        })
    });
    let gaps = schedule.without_service.iter();
    let gaps =
        gaps.map(|gap| json!({ "from": gap.from.to_string(), "until": gap.until.to_string() }));
    let lost = schedule.if_nothing.map(|milestones| {
        json!({
            "service_until": milestones.expires_on.to_string(),
            "balance_until": milestones.left_until.to_string(),
            "number_until": milestones.number_kept_until.to_string(),
        })
    });
    json!({
        "today": today.to_string(),
        "until": until.to_string(),
        "keeping": keeping.code(),
        "province": province.code(),
        "renewals": renewals.collect::<Vec<_>>(),
        "total": money(schedule.total),
        "days_to_spare": schedule.margin_days,
        "kept_until": schedule.kept_until.map(|date| date.to_string()),
        "without_service": gaps.collect::<Vec<_>>(),
        "lost_if_nothing": lost,
    })
}
