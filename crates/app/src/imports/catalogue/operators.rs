//! `[[operators]]` and `[[zones]]`.

use super::tables::Row;
use super::{Codes, one_of};
use crate::imports::amounts;
use crate::imports::fault::quoted;
use farline_domain::catalog::plan::LevyDuty;
use farline_domain::catalog::{
    Catalogue, CoverageZone, Network, Operator, OperatorCode, Validity, ZoneCode,
};
use farline_domain::kernel::{Currency, Zone};
use farline_domain::lines::{GraceRenewal, Leftover, LifecycleRule, MonthMemory, Period};

const OPERATOR_COLUMNS: [&str; 6] = ["code", "name", "network", "currency", "levies", "lifecycle"];
const LIFECYCLE_COLUMNS: [&str; 7] =
    ["zone", "period", "grace_days", "suspended_days", "grace_renewal", "charge_hour", "leftover"];

pub(super) fn read_operators(rows: &[Row<'_, '_>], catalogue: &mut Catalogue) -> Codes {
    let mut codes = Codes::default();
    for row in rows {
        if let Some(operator) = operator(row, &mut codes) {
            catalogue.operators.insert(operator.code.clone(), operator);
        }
    }
    codes
}

fn operator(row: &Row<'_, '_>, codes: &mut Codes) -> Option<Operator> {
    row.columns(&OPERATOR_COLUMNS);
    let code = codes.own(row, OperatorCode::parse);
    let name = row.read("name", |text| match text.trim() {
        "" => Err("the name is empty".to_owned()),
        name => Ok(name.to_owned()),
    });
    let (network, then) = network(row).unzip();
    let currency = row.read("currency", |text| {
        Currency::parse(text)
            .ok_or_else(|| format!("{} is not a currency code such as CAD", quoted(text)))
    });
    let levies = row.read("levies", |text| {
        one_of(text, &[("carrier", LevyDuty::Carrier), ("collected", LevyDuty::Collected)])
    });
    let lifecycle = row
        .table("lifecycle", "write it as a table under [operators.lifecycle]")
        .and_then(|row| lifecycle(&row));
    Some(Operator {
        code: code?,
        name: name?,
        network: network?,
        then: then?,
        lifecycle: lifecycle?,
        currency: currency?,
        levies: levies?,
    })
}

/// `"own"`, or `{ supplier = "simulated" }` with the suppliers to go on to: `then = ["…"]`.
fn network(row: &Row<'_, '_>) -> Option<(Network, Vec<String>)> {
    const FORM: &str = "write “own”, or { supplier = \"…\" } with the name of its adapter";
    if row.is_text("network") {
        return row.read("network", |text| match text {
            "own" => Ok((Network::Own, Vec::new())),
            _ => Err(format!("{} is not known here; {FORM}", quoted(text))),
        });
    }
    let supplier = row.table("network", FORM)?;
    supplier.columns(&["supplier", "then"]);
    let name = |text: &str| OperatorCode::parse(text).map(|name| name.to_string());
    let first = supplier.read("supplier", name)?;
    let then = if supplier.has("then") { supplier.list("then", name) } else { Vec::new() };
    if then.contains(&first) {
        let reason = format!("{} is the supplier that is asked first", quoted(&first));
        supplier.fault("then", reason);
    }
    Some((Network::Supplier(first), then))
}

fn lifecycle(row: &Row<'_, '_>) -> Option<LifecycleRule> {
    row.columns(&LIFECYCLE_COLUMNS);
    let zone = row.read("zone", |text| Zone::named(text).map_err(|error| error.to_string()));
    let period = row.read("period", period);
    let grace_days = row.integer("grace_days", 0..=366);
    let suspended_days = row.integer("suspended_days", 0..=3660);
    let grace_renewal = row.read("grace_renewal", |text| {
        one_of(
            text,
            &[("from_today", GraceRenewal::FromToday), ("from_old_end", GraceRenewal::FromOldEnd)],
        )
    });
    let charge_hour = row.integer("charge_hour", 0..=23);
    let leftovers = [
        ("kept", Leftover::Kept),
        ("frozen", Leftover::Frozen),
        ("forfeited", Leftover::Forfeited),
    ];
    let leftover = row.read_optional("leftover", |text| one_of(text, &leftovers));
    let rule = LifecycleRule {
        zone: zone?,
        period: period?,
        grace_days: grace_days?,
        suspended_days: suspended_days?,
        grace_renewal: grace_renewal?,
        charge_hour: charge_hour?,
        leftover: leftover?.unwrap_or_default(),
    };
    if let Some(reason) = rule.unlawful() {
        let column = match rule.leftover {
            Leftover::Forfeited => "leftover",
            Leftover::Kept | Leftover::Frozen => "grace_days",
        };
        row.fault(column, reason);
    }
    Some(rule)
}

fn period(text: &str) -> Result<Period, String> {
    match text {
        "day of month, clip" => return Ok(Period::DayOfMonth(MonthMemory::Clip)),
        "day of month, clamp to 28" => return Ok(Period::DayOfMonth(MonthMemory::Clamp28)),
        _ => {}
    }
    match amounts::validity(text) {
        Ok(Validity::Days(days)) => Ok(Period::Days(days)),
        Ok(Validity::Months(_)) | Err(_) => Err(format!(
            "{} is not known here; it can be “30 days”, “day of month, clip” and \
             “day of month, clamp to 28”",
            quoted(text)
        )),
    }
}

pub(super) fn read_zones(rows: &[Row<'_, '_>], catalogue: &mut Catalogue) -> Codes {
    let mut codes = Codes::default();
    for row in rows {
        if let Some(zone) = zone(row, &mut codes) {
            catalogue.zones.insert(zone.code.clone(), zone);
        }
    }
    codes
}

fn zone(row: &Row<'_, '_>, codes: &mut Codes) -> Option<CoverageZone> {
    row.columns(&["code", "name", "countries"]);
    let code = codes.own(row, ZoneCode::parse);
    let name = row.localized("name");
    let countries = row.list("countries", |text| {
        let fits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let refusal = || format!("{} is not a country code such as CA", quoted(text));
        if fits { Ok(text.to_owned()) } else { Err(refusal()) }
    });
    if row.is_empty_list("countries") {
        row.fault("countries", "a zone has at least one country");
    }
    Some(CoverageZone { code: code?, name: name?, countries })
}
