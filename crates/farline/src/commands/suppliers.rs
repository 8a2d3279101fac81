//! `farline suppliers`, `farline suppliers catalogue`

use super::{config_of, say, talk};
use crate::cli::{SuppliersArguments, SuppliersCommand};
use crate::config::Config;
use crate::surroundings::ProgramClock;
use crate::{suppliers, wiring};
use eyre::{Result, bail};
use farline_app::ports::delivery::SupplierProduct;
use farline_app::ports::{Clock, Settings, StoreError};
use farline_app::suppliers::{Listed, SupplierTerms, listing_sheet};
use farline_domain::catalog::OperatorCode;
use farline_domain::comparison::SellerName;
use farline_domain::kernel::{Instant, Money};
use farline_store::OpenMode;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::sync::Arc;

/// Runs the command.
pub(crate) async fn run(arguments: SuppliersArguments) -> Result<()> {
    match arguments.command {
        None => {
            let config = config_of(&arguments.place)?;
            let store = wiring::database(&config, OpenMode::ReadOnly).await?;
            let clock = wiring::clock(&*store).await?;
            let told = told(&config, &*store, clock.now()).await?;
            say(&if arguments.json { told.to_string() } else { lines(&told) });
            Ok(())
        }
        Some(SuppliersCommand::Catalogue { name, json, listings, operator, place }) => {
            let products = catalogue(&config_of(&place)?, &name).await?;
            if listings {
                return list(&name, operator.as_ref(), &products);
            }
            let shown = if json { |one: &_| row(one).to_string() } else { line };
            for product in &products {
                say(&shown(product));
            }
            Ok(())
        }
    }
}

/// How each stands, as the running server last saw it.
pub(super) async fn told(
    config: &Config,
    settings: &(impl Settings + ?Sized),
    now: Instant,
) -> Result<Value, StoreError> {
    let mut rows = Vec::new();
    for section in &config.suppliers {
        let known = farline_app::suppliers::known(settings, &section.name).await?;
        // What is wrong with its terms is said where the server starts.
        let terms = section.terms().unwrap_or_default();
        let looks = &known.looks;
        let state = match known.pause(&terms, now) {
            Some(pause) => pause.code(),
            None if looks.at == 0 => "not looked at",
            None => "sold",
        };
        let SupplierTerms { alarm, floor } = &terms;
        rows.push(json!({
            "name": section.name,
            "kind": section.kind(),
            "float": looks.float,
            "alarm": alarm,
            "floor": floor,
            "below_alarm": looks.is_below(terms.alarm),
            "state": state,
            "looked_at": (looks.at != 0).then(|| Instant::from_millis(looks.at).rfc3339()),
        }));
    }
    Ok(Value::from(rows))
}

/// The same, for people.
pub(super) fn lines(told: &Value) -> String {
    let Some(rows) = told.as_array() else { return format!("suppliers  {told}") };
    if rows.is_empty() {
        return "suppliers  none is configured".to_owned();
    }
    let word = |row: &Value, name: &str| row[name].as_str().unwrap_or("-").to_owned();
    let row = |row: &Value| {
        let float = serde_json::from_value::<Money>(row["float"].clone());
        let float = float.map_or_else(|_| "tells none".to_owned(), |float| format!("{float:?}"));
        let alarm = if row["below_alarm"] == true { "  BELOW ITS ALARM" } else { "" };
        let (name, kind, state) = (word(row, "name"), word(row, "kind"), word(row, "state"));
        format!("{name:<18} {kind:<12} {float:>16}  {state}{alarm}")
    };
    let head = format!("{:<18} {:<12} {:>16}  STATE", "SUPPLIER", "KIND", "FLOAT");
    std::iter::once(head).chain(rows.iter().map(row)).collect::<Vec<_>>().join("\n")
}

async fn catalogue(config: &Config, name: &str) -> Result<Vec<SupplierProduct>> {
    let clock = Arc::new(ProgramClock::new(0)) as Arc<dyn Clock>;
    let configured = suppliers::configured(config, config.mode(), &clock);
    let Some((_, supplier)) = configured.into_iter().find(|(known, _)| known == name) else {
        bail!("no supplier named {name} is configured");
    };
    supplier?.catalogue().await.map_err(|silent| {
        eyre::eyre!("the supplier {name} says nothing that could be read: {silent}")
    })
}

/// The sheet goes where it is wanted, and what it lacks to the person.
fn list(name: &str, operator: Option<&OperatorCode>, products: &[SupplierProduct]) -> Result<()> {
    let supplier = SellerName::parse(name).map_err(|reason| eyre::eyre!(reason))?;
    let seen_on = ProgramClock::new(0).now().timestamp().to_zoned(TimeZone::UTC).date();
    let (sheet, others) =
        listing_sheet(&Listed { supplier: &supplier, operator, seen_on }, products);
    say(sheet.trim_end());
    let listed = products.len() - others.len();
    talk(&format!("{listed} of {} products are listed.", products.len()));
    if !others.is_empty() {
        let others = others.join(", ");
        talk(&format!(
            "No price, no contents or no days are said of, or another has the code of: {others}"
        ));
    }
    Ok(())
}

fn row(product: &SupplierProduct) -> Value {
    json!({
        "code": product.code,
        "name": product.name,
        "cost": product.cost,
        "cost_at_most": product.cost_at_most,
    })
}

fn line(product: &SupplierProduct) -> String {
    let cost = match (product.cost, product.cost_at_most) {
        (Some(cost), Some(most)) => format!("{cost:?} to {most:?}"),
        (Some(cost), None) => format!("{cost:?}"),
        (None, _) => "no price".to_owned(),
    };
    format!("{:<30} {cost:>30}  {}", product.code, product.name)
}
