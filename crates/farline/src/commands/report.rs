//! `farline report`

mod tax;

use super::{config_of, say};
use crate::cli::{Place, ReportCommand};
use crate::progress::Progress;
use crate::wiring;
use eyre::{Result, bail};
use farline_app::ports::Clock as _;
use farline_app::ports::ledger::Movement;
use farline_app::reports;
use farline_domain::kernel::{Currency, Money, Zone};
use farline_domain::ledger::Flows;
use farline_store::OpenMode;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Which day is reported, and how.
struct Wanted {
    day: Option<Date>,
    zone: Zone,
    rows: bool,
    json: bool,
}

/// Runs the command.
pub(crate) async fn run(command: ReportCommand) -> Result<()> {
    match command {
        ReportCommand::Money { day, zone, rows, json, place } => {
            let zone = Zone::named(&zone)?;
            money(Wanted { day, zone, rows, json }, &place).await
        }
        ReportCommand::Tax(arguments) => tax::run(arguments).await,
    }
}

async fn money(wanted: Wanted, place: &Place) -> Result<()> {
    let config = config_of(place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let day = match wanted.day {
        Some(day) => day,
        None => wiring::clock(&*store).await?.now().date_in(&wanted.zone),
    };
    let span = (wanted.zone.start_of(day), wanted.zone.start_of(day.saturating_add(1.day())));
    let (progress, mut count) = (Progress::of("movements"), 0);
    let flows = reports::money(&*store, span, |movement| {
        if wanted.rows {
            let row = row_of(movement);
            say(&if wanted.json { row.to_string() } else { told_row(movement) });
        }
        count += 1;
        progress.show(count);
    })
    .await?;
    let mut sums = Vec::new();
    let mut is_whole = true;
    for (currency, flows) in flows.currencies() {
        is_whole &= flows.difference().is_ok_and(|difference| difference.minor == 0);
        sums.push(if wanted.json {
            json_of(currency, flows).to_string()
        } else {
            told(currency, flows)?
        });
    }
    let zone = wanted.zone.name();
    if wanted.json {
        say(&format!(
            "{{\"day\":\"{day}\",\"zone\":\"{zone}\",\"currencies\":[{}]}}",
            sums.join(",")
        ));
    } else if sums.is_empty() {
        say(&format!("No money moved on {day} ({zone})."));
    } else {
        say(&format!("Money on {day} ({zone})\n{}", sums.join("\n")));
    }
    if is_whole { Ok(()) } else { bail!("the entries of that day do not sum to zero") }
}

/// The sums of a currency, for people.
fn told(currency: Currency, flows: &Flows) -> Result<String> {
    let mut lines = vec![format!("\n  {}", currency.code())];
    let mut line = |what: &str, money: Money| {
        let sign = if money.minor < 0 { "-" } else { "" };
        let minor = money.minor.unsigned_abs();
        let amount = format!("{sign}{}.{:02}", grouped(minor / 100), minor % 100);
        lines.push(format!("  {what:<34}{amount:>18}"));
    };
    for (account, taken) in &flows.taken {
        let name = match account.split_once(':') {
            Some(("provider", name)) => format!("taken in by {name}"),
            Some((_, method)) => format!("taken in by hand, {method}"),
            None => "taken in by the credit of lines".to_owned(),
        };
        line(&name, *taken);
    }
    line("delivered", flows.delivered);
    line("given back", flows.given_back);
    line("taken back by banks", flows.charged_back);
    line("of both, after delivery", flows.lost);
    line("kept by providers as fees", flows.fees);
    line("held, more than before", flows.held);
    line("difference", flows.difference().map_err(|_| eyre::eyre!("a sum is too large"))?);
    Ok(lines.join("\n"))
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(",")
}

/// The sums of a currency, for programs: in minor units.
fn json_of(currency: Currency, flows: &Flows) -> Value {
    let taken: serde_json::Map<String, Value> =
        flows.taken.iter().map(|(account, money)| (account.clone(), json!(money.minor))).collect();
    json!({
        "currency": currency.code(),
        "taken": taken,
        "delivered": flows.delivered.minor,
        "given_back": flows.given_back.minor,
        "charged_back": flows.charged_back.minor,
        "lost": flows.lost.minor,
        "fees": flows.fees.minor,
        "held": flows.held.minor,
        "difference": flows.difference().ok().map(|difference| difference.minor),
    })
}

fn row_of(movement: &Movement) -> Value {
    let entries: Vec<Value> = movement
        .entries
        .iter()
        .map(|(account, money)| {
            json!({ "account": account.name(), "amount": money.minor, "currency": money.currency.code() })
        })
        .collect();
    json!({
        "at": movement.place.at.rfc3339(),
        "order": movement.order.to_string(),
        "kind": movement.kind.code(),
        "entries": entries,
    })
}

fn told_row(movement: &Movement) -> String {
    let entries: Vec<String> = movement
        .entries
        .iter()
        .map(|(account, money)| format!("{} {money:?}", account.name()))
        .collect();
    let at = movement.place.at.rfc3339();
    format!("{at}  {}  {:<15}  {}", movement.order, movement.kind.code(), entries.join(" · "))
}
