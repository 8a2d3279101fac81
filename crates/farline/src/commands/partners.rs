//! `farline partners add|list|change|prices|pay-in|pay-out|credit|key|end-key|secret`

use super::{config_of, say, talk};
use crate::admin::{self, PartnerRequest, PartnerWish, Request};
use crate::cli::{
    AddArguments, ChangeArguments, PartnersCommand, PayInArguments, PaymentArguments, Place,
    PricesCommand,
};
use crate::wiring;
use eyre::{Result, WrapErr as _, eyre};
use farline_app::partners::price_sheet;
use farline_app::reports::decimal;
use farline_domain::partners::{Partner, Standing, Trading};
use farline_store::{Database, OpenMode};
use serde_json::{Value, json};

/// Runs the command.
pub(crate) async fn run(command: PartnersCommand) -> Result<()> {
    match command {
        PartnersCommand::Add(AddArguments { partner, name, province, discount, place }) => {
            change(&place, PartnerRequest::Add { partner, name, province, discount }).await
        }
        PartnersCommand::List { json, place } => {
            let rows = rows(&place).await?;
            if json {
                say(&Value::from(rows.iter().map(row).collect::<Vec<_>>()).to_string());
            } else {
                list(&rows);
            }
            Ok(())
        }
        PartnersCommand::Change(arguments) => {
            let place = arguments.place.clone();
            change(&place, wish_of(arguments)).await
        }
        PartnersCommand::Prices(asked) => prices(asked).await,
        PartnersCommand::PayIn(PayInArguments { payment, paid_by, reason }) => {
            let PaymentArguments { partner, amount, reference, place } = payment;
            let reason = reason.unwrap_or_default();
            let asked = PartnerRequest::PayIn { partner, amount, reference, paid_by, reason };
            change(&place, asked).await
        }
        PartnersCommand::PayOut(PaymentArguments { partner, amount, reference, place }) => {
            change(&place, PartnerRequest::PayOut { partner, amount, reference }).await
        }
        PartnersCommand::Credit { partner, amount, reason, place } => {
            change(&place, PartnerRequest::Credit { partner, amount, reason }).await
        }
        PartnersCommand::Key { partner, label, scope, place } => {
            change(&place, PartnerRequest::Key { partner, label, scope }).await
        }
        PartnersCommand::EndKey { partner, ending, place } => {
            change(&place, PartnerRequest::EndKey { partner, ending }).await
        }
        PartnersCommand::Secret { partner, rotate, place } => {
            change(&place, PartnerRequest::Secret { partner, rotates: rotate }).await
        }
    }
}

fn wish_of(arguments: ChangeArguments) -> PartnerRequest {
    let trades = (arguments.stop || arguments.open).then_some(arguments.open);
    let wish = PartnerWish {
        name: arguments.name,
        discount: arguments.discount,
        price: arguments.price,
        callback: arguments.callback,
        trades,
        person: arguments.person,
        no_person: arguments.no_person,
    };
    PartnerRequest::Change { partner: arguments.partner, wish }
}

async fn change(place: &Place, asked: PartnerRequest) -> Result<()> {
    say(&admin::run(&config_of(place)?, Request::Partner(asked), None).await?);
    Ok(())
}

async fn prices(command: PricesCommand) -> Result<()> {
    match command {
        PricesCommand::Import { partner, file: path, place } => {
            let length =
                std::fs::metadata(&path).wrap_err_with(|| format!("{}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let asked = PartnerRequest::Prices { partner, file: name, octets: length.len() };
            let config = config_of(&place)?;
            say(&admin::run(&config, Request::Partner(asked), Some(&path)).await?);
        }
        PricesCommand::Export { partner, place } => {
            let store = wiring::database(&config_of(&place)?, OpenMode::ReadOnly).await?;
            let seen = store.partner(&partner).await?;
            let seen = seen.ok_or_else(|| eyre!("there is no partner {partner}"))?;
            say(price_sheet(&seen).trim_end());
            if seen.prices.is_empty() {
                talk("They have no price of their own: the discount counts on every plan.");
            }
        }
    }
    Ok(())
}

async fn rows(place: &Place) -> Result<Vec<(Partner, Standing)>> {
    let store = wiring::database(&config_of(place)?, OpenMode::ReadOnly).await?;
    let mut rows = Vec::new();
    for partner in store.partners().await? {
        let standing = standing(&*store, &partner).await?;
        rows.push((partner, standing));
    }
    Ok(rows)
}

fn list(rows: &[(Partner, Standing)]) {
    if rows.is_empty() {
        say("None yet. Add one with: farline partners add CODE --name NAME --province ON");
        return;
    }
    let [sells, balance, held, available] = ["SELLS", "BALANCE", "HELD", "AVAILABLE"];
    say(&format!("{:<24} {sells:<8} {balance:>12} {held:>12} {available:>12}", "PARTNER"));
    for (partner, standing) in rows {
        let sells = if partner.trading == Trading::Open { "yes" } else { "stopped" };
        let [balance, held, available] =
            [standing.balance, standing.reserved, standing.available].map(decimal);
        let code = partner.code.as_str();
        say(&format!("{code:<24} {sells:<8} {balance:>12} {held:>12} {available:>12}"));
    }
}

async fn standing(store: &dyn Database, partner: &Partner) -> Result<Standing> {
    let subject = store.subject(&partner.account()).await?;
    Ok(Standing::of(subject.as_ref(), partner.currency)?)
}

fn row((partner, standing): &(Partner, Standing)) -> Value {
    json!({
        "code": partner.code.as_str(),
        "name": partner.name,
        "province": partner.province.code(),
        "trading": if partner.trading == Trading::Open { "open" } else { "stopped" },
        "currency": partner.currency.code(),
        "balance": standing.balance.minor,
        "reserved": standing.reserved.minor,
        "credit": standing.credit.minor,
        "available": standing.available.minor,
        "callback": partner.callback,
        "people": partner.people,
    })
}
