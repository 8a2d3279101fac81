//! `farline orders list|show|refund|resolve`

use super::{config_of, say};
use crate::admin::{self, RefundRequest, Request, work};
use crate::cli::{OrdersCommand, Place, RefundArguments};
use crate::wiring;
use clap::ValueEnum;
use eyre::Result;
use farline_domain::orders::Order;
use farline_domain::payments::{Dispute, Refund, RefundProgress, RefundTo};
use farline_store::{Database, OpenMode};
use std::sync::Arc;

/// At most this many orders are listed.
const MOST: u32 = 1000;

/// Runs the command.
pub(crate) async fn run(command: OrdersCommand) -> Result<()> {
    match command {
        OrdersCommand::List { needs_person: _, json, place } => {
            let orders = open(&place).await?.orders_with_task(MOST).await?;
            if json {
                let rows: Vec<_> = orders.iter().map(row).collect();
                say(&serde_json::Value::from(rows).to_string());
            } else {
                list(&orders);
            }
            Ok(())
        }
        OrdersCommand::Show { order, json, place } => {
            let order = work::find_order(&*open(&place).await?, &order).await?;
            if json {
                say(&serde_json::to_string_pretty(&order)?);
            } else {
                show(&order);
            }
            Ok(())
        }
        OrdersCommand::Refund(asked) => {
            let config = config_of(&asked.place)?;
            let to = if asked.as_credit { RefundTo::LineCredit } else { RefundTo::Source };
            let RefundArguments { order, amount, reason, .. } = asked;
            let request = Request::Refund(RefundRequest { order, amount, to, reason });
            say(&admin::run(&config, request, None).await?);
            Ok(())
        }
        OrdersCommand::Resolve { order, verdict, reason, place } => {
            let verdict = verdict.to_possible_value();
            let verdict = verdict.map_or_else(String::new, |value| value.get_name().to_owned());
            let config = config_of(&place)?;
            let request = Request::Resolve { order, verdict, reason };
            say(&admin::run(&config, request, None).await?);
            Ok(())
        }
    }
}

async fn open(place: &Place) -> Result<Arc<dyn Database>> {
    let config = config_of(place)?;
    wiring::database(&config, OpenMode::ReadOnly).await
}

fn list(orders: &[Order]) {
    if orders.is_empty() {
        say("No order waits for a person.");
        return;
    }
    say("REFERENCE   STATE             WAITS FOR         BY (UTC)             AMOUNT");
    for order in orders {
        let Some(task) = order.task else { continue };
        say(&format!(
            "{:<11} {:<17} {:<17} {:<20} {:?}",
            order.reference.to_string(),
            order.state.stage().code(),
            task.kind.code(),
            &task.by.rfc3339()[..16].replace('T', " "),
            order.price.total,
        ));
    }
    say("\nDecide with: farline orders resolve REFERENCE --verdict VERDICT --reason WHY");
    say(
        "Give back with: farline orders refund REFERENCE --reason WHY [--amount AMOUNT] [--as-credit]",
    );
}

fn row(order: &Order) -> serde_json::Value {
    serde_json::json!({
        "id": order.id.to_string(),
        "reference": order.reference.to_string(),
        "state": order.state.stage().code(),
        "task": order.task.map(|task| task.kind.code()),
        "by": order.task.map(|task| task.by.rfc3339()),
        "amount": order.price.total.minor,
        "currency": order.price.total.currency.code(),
    })
}

fn show(order: &Order) {
    say(&format!("{}  {}", order.reference, order.state.stage().code()));
    say(&format!("  plan    {} (version {})", order.offer.plan, order.offer.version));
    say(&format!("  amount  {:?}", order.price.total));
    for passage in &order.history {
        say(&format!("  {}  {}", passage.at.rfc3339(), passage.state.code()));
    }
    for refund in &order.refunds {
        say(&told_refund(refund));
    }
    for Dispute { told, .. } in &order.disputes {
        let (id, status, reason) = (&told.id, told.status.code(), &told.reason);
        say(&format!(
            "  dispute {id} at {}: {status} ({reason}), {:?} disputed, {:?} taken back",
            told.provider, told.amount, told.withdrawn
        ));
    }
    if let Some(task) = order.task {
        say(&format!("  waits for a person: {} by {}", task.kind.code(), task.by.rfc3339()));
    }
}

fn told_refund(refund: &Refund) -> String {
    let (number, amount) = (refund.number, refund.amount);
    let to = if refund.is_credit() { " as credit on the line" } else { "" };
    let progress = match &refund.progress {
        RefundProgress::Due => "owed, the provider is asked next".to_owned(),
        RefundProgress::Asked { refund } => format!("under way at the provider as {refund}"),
        RefundProgress::Done { refund, at } => format!("given back {} as {refund}", at.rfc3339()),
        RefundProgress::Failed { reason, at } => {
            format!("FAILED {} ({reason}), and is owed", at.rfc3339())
        }
    };
    format!("  refund {number}: {amount:?}{to}, {progress}")
}
