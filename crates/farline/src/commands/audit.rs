//! `farline audit`: who looked at what and did what at the desk.

use super::{config_of, say};
use crate::cli::AuditArguments;
use crate::wiring;
use eyre::{Result, bail, eyre};
use farline_app::ports::staff::{AuditSearch, Member};
use farline_app::staff::audit::verify;
use farline_domain::kernel::{Instant, LineId, LineNumber, StaffId, Zone};
use farline_domain::staff::{ChainFault, StaffAuditLine};
use farline_store::{Database, OpenMode};
use serde_json::{Value, json};

/// Runs the command. A chain that does not hold fails it, whatever was searched for.
pub(crate) async fn run(arguments: AuditArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let zone = Zone::named(&arguments.zone)?;
    let search = search_of(&*store, &arguments, &zone).await?;
    let members = store.members().await?;
    let lines = store.search_staff_audit(search).await?;
    let broken = verify(&*store).await?;
    if arguments.json {
        for line in &lines {
            say(&row(line, &members).to_string());
        }
        say(&json!({ "chains": members.len(), "broken": told_as_json(&broken) }).to_string());
    } else {
        for line in &lines {
            say(&told(line, &members, &zone));
        }
        for (member, fault) in &broken {
            say(&format!("BROKEN  {} ({}): {fault}", member.sign_in, member.id));
        }
        if broken.is_empty() {
            say(&format!("\n{} lines; all {} chains hold", lines.len(), members.len()));
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("{} chains do not hold", broken.len()) }
}

async fn search_of(
    store: &dyn Database,
    arguments: &AuditArguments,
    zone: &Zone,
) -> Result<AuditSearch> {
    let member = match &arguments.staff {
        Some(name) => {
            let found = store.member_named(&name.trim().to_lowercase()).await?;
            Some(found.ok_or_else(|| eyre!("nobody signs in as {name}"))?.id)
        }
        None => None,
    };
    let line = match &arguments.line {
        Some(text) => Some(line_of(store, text).await?),
        None => None,
    };
    let since = arguments.since.map_or(Instant::from_millis(0), |date| zone.start_of(date));
    let until = Instant::from_millis(i64::MAX);
    Ok(AuditSearch { member, line, since, until, limit: arguments.limit })
}

async fn line_of(store: &dyn Database, text: &str) -> Result<LineId> {
    if let Some(id) = LineId::parse(text) {
        return Ok(id);
    }
    let found = store.find_line(&LineNumber::parse(text)?).await?;
    found.ok_or_else(|| eyre!("there is no card {text}"))
}

fn name_of(member: StaffId, members: &[Member]) -> &str {
    members.iter().find(|one| one.id == member).map_or("", |one| &one.sign_in)
}

fn told(line: &StaffAuditLine, members: &[Member], zone: &Zone) -> String {
    let at = line.at.in_zone(zone).strftime("%Y-%m-%d %H:%M:%S");
    let about: Vec<String> = [
        line.line.map(|id| id.to_string()),
        line.order.map(|id| id.to_string()),
        line.call.map(|id| id.to_string()),
        Some(line.detail.clone()).filter(|detail| detail != "{}"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let name = name_of(line.member, members);
    format!("{at}  {name:<20} {:<18} {}", line.action, about.join(" ")).trim_end().to_owned()
}

fn row(line: &StaffAuditLine, members: &[Member]) -> Value {
    let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
    json!({
        "at": line.at.rfc3339(),
        "staff": line.member.to_string(),
        "signs_in_as": name_of(line.member, members),
        "number": line.number,
        "action": line.action,
        "line": line.line.map(|id| id.to_string()),
        "order": line.order.map(|id| id.to_string()),
        "call": line.call.map(|id| id.to_string()),
        "detail": detail,
    })
}

fn told_as_json(broken: &[(Member, ChainFault)]) -> Vec<Value> {
    let each = broken.iter().map(|(member, fault)| {
        json!({ "staff": member.id.to_string(), "signs_in_as": member.sign_in, "fault": fault.to_string() })
    });
    each.collect()
}
