//! `farline partners add|list|change|pay-in|pay-out|credit|key|end-key|secret`

use super::{config_of, say};
use crate::admin::{self, PartnerRequest, PartnerWish, Request};
use crate::cli::{AddArguments, ChangeArguments, PartnersCommand, PaymentArguments, Place};
use crate::wiring;
use eyre::Result;
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
        PartnersCommand::PayIn(PaymentArguments { partner, amount, reference, place }) => {
            change(&place, PartnerRequest::PayIn { partner, amount, reference }).await
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
