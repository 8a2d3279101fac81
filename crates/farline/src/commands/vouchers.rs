//! `farline vouchers make|list|revoke`

use super::secret_file::write_codes;
use super::{config_of, say, talk};
use crate::admin::{self, Request, VoucherRequest};
use crate::cli::{MakeArguments, VouchersCommand};
use crate::surroundings::MachineRandomness;
use crate::wiring;
use eyre::Result;
use farline_app::imports::amounts;
use farline_app::ports::vouchers::VoucherCounts;
use farline_app::shops::draw_vouchers;
use farline_domain::shops::VoucherBatch;
use farline_store::OpenMode;
use serde_json::{Value, json};

/// Runs the command.
pub(crate) async fn run(command: VouchersCommand) -> Result<()> {
    match command {
        VouchersCommand::Make(arguments) => make(arguments).await,
        VouchersCommand::List { json, place } => {
            let store = wiring::database(&config_of(&place)?, OpenMode::ReadOnly).await?;
            let batches = store.voucher_batches().await?;
            if json {
                say(&Value::from(batches.iter().map(row).collect::<Vec<_>>()).to_string());
            } else {
                list(&batches);
            }
            Ok(())
        }
        VouchersCommand::Revoke { batch, number: numbers, all: _, place } => {
            let asked = Request::Voucher(VoucherRequest::Revoke { batch, numbers });
            say(&admin::run(&config_of(&place)?, asked, None).await?);
            Ok(())
        }
    }
}

/// The file is written before a code is good: what is lost on the way is worth nothing.
async fn make(arguments: MakeArguments) -> Result<()> {
    let MakeArguments { batch, shop, plan, price, count, out, place } = arguments;
    let config = config_of(&place)?;
    let paid = amounts::money(&price)
        .map_err(|_| eyre::eyre!("“{price}” is not an amount such as 128.00 CNY"))?;
    let codes = draw_vouchers(&MachineRandomness, count);
    write_codes(&out, (1..).zip(&codes).map(|(number, code)| (number, code.written())))?;
    let octets = std::fs::metadata(&out)?.len();
    let asked = VoucherRequest::Make { batch, shop, plan, paid, octets };
    match admin::run(&config, Request::Voucher(asked), Some(&out)).await {
        Ok(done) => {
            say(&done);
            talk(&format!("The codes are in {}, and nowhere else.", out.display()));
            Ok(())
        }
        Err(error) => {
            talk(&format!(
                "The codes in {} are not good unless `farline vouchers list` shows their batch.",
                out.display()
            ));
            Err(error)
        }
    }
}

fn list(batches: &[(VoucherBatch, VoucherCounts)]) {
    if batches.is_empty() {
        say("There are no vouchers.");
    }
    for (batch, counts) in batches {
        let VoucherCounts { unused, used, revoked } = counts;
        let VoucherBatch { code, shop, plan, paid, count, made_at } = batch;
        let made = made_at.rfc3339();
        say(&format!(
            "{code}  {count} of {plan} at {paid:?}, for {shop}, made {made}\n    {unused} unused, {used} used, {revoked} revoked"
        ));
    }
}

fn row((batch, counts): &(VoucherBatch, VoucherCounts)) -> Value {
    json!({
        "batch": batch.code.as_str(),
        "shop": batch.shop.as_str(),
        "plan": batch.plan.as_str(),
        "price": { "amount": batch.paid.minor, "currency": batch.paid.currency.code() },
        "count": batch.count,
        "made_at": batch.made_at.rfc3339(),
        "unused": counts.unused,
        "used": counts.used,
        "revoked": counts.revoked,
    })
}
