//! What the command line can change, the same with and without a running server.

use super::RefundRequest;
use crate::cli::VerdictArgument;
use crate::going_live;
use clap::ValueEnum;
use eyre::{Result, bail, eyre};
use farline_app::imports::{LinesContext, amounts, read_catalogue, read_lines, read_trades};
use farline_app::orders::RefundWish;
use farline_app::ports::Store;
use farline_app::reconcile::{
    Export, ExportError, FeesBooked, book_fees as book_fees_of, paypal, stripe,
};
use farline_app::shops::{Imported, ImportedAs};
use farline_app::{App, Mode, Problem, ProblemCode, catalog, orders, shops};
use farline_domain::catalog::Catalogue;
use farline_domain::commands::Verdict;
use farline_domain::kernel::{Money, OrderId, Reference};
use farline_domain::orders::{Order, ShopCode, TaskKind};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Takes in a catalogue, whole or not at all.
pub(crate) async fn import_plans(app: &App, name: &str, text: &str) -> Result<String> {
    let catalogue = read_catalogue(name, text).map_err(|fault| eyre!("{fault}"))?;
    if app.mode == Mode::Live {
        is_lawful(app, &catalogue)?;
    }
    let (operators, plans) = (catalogue.operators.len(), catalogue.plans.len());
    let new = catalog::publish(app, catalogue).await?;
    Ok(format!("{operators} operators and {plans} plans are on sale; {new} versions are new."))
}

/// Where money is real, a catalogue that would keep the server from starting again is not taken in.
fn is_lawful(app: &App, catalogue: &Catalogue) -> Result<()> {
    let provinces = &app.business.provinces;
    let faults = going_live::faults_of_catalogue(
        provinces,
        catalogue,
        &app.suppliers.keys().map(String::as_str).collect(),
        app.now(),
    );
    if faults.is_empty() {
        return Ok(());
    }
    bail!("nothing was taken in:\n  {}", faults.join("\n  "))
}

/// Takes in lines, all or none.
pub(crate) async fn import_lines(
    app: &App,
    (name, path): (&str, &Path),
    progress: Box<dyn Fn(u64) + Send>,
) -> Result<String> {
    let context = LinesContext {
        file_name: name.to_owned(),
        now: app.now(),
        secrets_key: app.keys.secrets,
        randomness: app.randomness.clone(),
    };
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let rows = read_lines(file, &app.store.catalogue(), context);
    let count = app.store.import_lines(Box::new(rows), progress).await?;
    Ok(format!("{count} lines are in."))
}

/// Takes in the orders of a shop, and says of each thing sold what became of it.
pub(crate) async fn import_trades(
    app: &App,
    (shop, octets): (&ShopCode, &[u8]),
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<String> {
    let trades = read_trades(octets, app.now())?;
    let imported = shops::import_trades(app, shop, (trades, progress)).await;
    let imported = imported.map_err(|problem| match problem.code {
        ProblemCode::ShopUnknown => {
            eyre!("there is no shop {shop} in [[shops]]; nothing was taken in")
        }
        ProblemCode::ShopIsRead => {
            eyre!("{shop} is read by itself: its orders would come twice; nothing was taken in")
        }
        code => eyre!(
            "it broke off ({}); what was done stays done, and the same file again goes on",
            code.code()
        ),
    })?;
    let lines: Vec<String> = imported.iter().map(imported_line).collect();
    let renewed = imported.iter().filter(|it| matches!(it.became, ImportedAs::Order(_))).count();
    Ok(format!("{}\n{renewed} of {} are renewals.", lines.join("\n"), imported.len()))
}

fn imported_line(imported: &Imported) -> String {
    let (trade, item) = (&imported.key.trade, &imported.key.item);
    let became = match imported.became {
        ImportedAs::Order(reference) => format!("Farline {reference}"),
        ImportedAs::Waits(what) => format!("waits for {}", what.code()),
        ImportedAs::Busy => "is being worked on: take the file in again".to_owned(),
        ImportedAs::Nothing => "nothing to do".to_owned(),
    };
    format!("{trade}  {item}  {became}")
}

/// Posts the fees of a provider's settlement export.
pub(crate) async fn book_fees(
    app: &App,
    (provider, path): (&str, &Path),
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<String> {
    let mut export = open_export(provider, File::open(path)?)?;
    let FeesBooked { booked, strangers } = book_fees_of(app, &mut *export, progress).await?;
    let others = match strangers {
        0 => String::new(),
        count => format!(" {count} are of orders that were never paid there, and are not."),
    };
    Ok(format!("The fees of {booked} movements are booked.{others}"))
}

/// Opens a provider's settlement export.
pub(crate) fn open_export(provider: &str, file: File) -> Result<Box<dyn Export>> {
    let opened: Result<Box<dyn Export>, ExportError> = match provider {
        "stripe" => stripe::open(file).map(|export| Box::new(export) as _),
        "paypal" => paypal::open(file).map(|export| Box::new(export) as _),
        other => bail!("{other} has no settlement export"),
    };
    Ok(opened?)
}

/// Decides about an order.
pub(crate) async fn resolve(
    app: &App,
    order: &str,
    (verdict, reason): (&str, &str),
) -> Result<String> {
    let order = find_order(app.store.as_ref(), order).await?;
    let verdict = VerdictArgument::from_str(verdict, true).map_err(|error| eyre!(error))?;
    let resolved = orders::resolve(app, &order, verdict_of(verdict), reason).await;
    let resolved = resolved.map_err(|problem| {
        let state = order.state.stage().code();
        let next = match order.task.map(|task| task.kind) {
            Some(TaskKind::RefundFailed) => {
                "; a refund of it failed and is owed: refund-again or refund-as-credit"
            }
            _ => "",
        };
        eyre!("{} is {state}: this cannot be done ({}){next}", order.reference, problem.code.code())
    })?;
    Ok(format!("{} is {} now.", resolved.reference, resolved.state.stage().code()))
}

/// Owes a refund, and says what is left of the payment then.
pub(crate) async fn refund(app: &App, asked: &RefundRequest) -> Result<String> {
    let order = find_order(app.store.as_ref(), &asked.order).await?;
    let currency = order.price.total.currency;
    let amount = asked.amount.as_ref().map(|text| {
        let code = currency.code();
        amounts::money(&format!("{text} {code}"))
            .map_err(|_| eyre!("“{text}” is not an amount of {code}; no money moved"))
    });
    let wish =
        RefundWish { amount: amount.transpose()?, to: asked.to, reason: &asked.reason, key: None };
    let refunded = orders::refund(app, &order, &wish).await;
    let refunded = refunded.map_err(|problem| not_refunded(&order, &problem))?;
    let told = refunded.refunds.iter().map(|refund| {
        let to = if refund.is_credit() { " as credit on the line" } else { "" };
        format!("{:?}{to}", refund.amount)
    });
    let told: Vec<String> = told.collect();
    let (reference, left) = (refunded.reference, left_of(&refunded));
    Ok(format!("{reference}: given back {}; {left:?} of its payment is left.", told.join(", ")))
}

/// What may still go back of the payment that an order stands on.
fn left_of(order: &Order) -> Money {
    let minor = order.capture().map_or(0, |capture| order.left_of(capture));
    Money { minor, currency: order.price.total.currency }
}

/// Why nothing is given back; no money moved.
fn not_refunded(order: &Order, problem: &Problem) -> eyre::Report {
    let (reference, state) = (order.reference, order.state.stage().code());
    match problem.code {
        ProblemCode::ChargedBack => eyre!(
            "{reference}: the payer's bank has taken this payment back, and decides what becomes of it; no money moved"
        ),
        ProblemCode::RefundTooLarge => {
            eyre!("{reference}: {:?} of its payment is left; no money moved", left_of(order))
        }
        ProblemCode::WrongState => eyre!(
            "{reference} is {state}: by hand is given back what was delivered; no money moved"
        ),
        code => eyre!("{reference}: this cannot be done ({})", code.code()),
    }
}

const fn verdict_of(argument: VerdictArgument) -> Verdict {
    match argument {
        VerdictArgument::Delivered => Verdict::Delivered,
        VerdictArgument::NotDelivered => Verdict::NotDelivered,
        VerdictArgument::RefundAgain => Verdict::RefundAgain,
        VerdictArgument::RefundAsCredit => Verdict::RefundAsCredit,
        VerdictArgument::Close => Verdict::Close,
    }
}

/// Finds an order by its reference or id.
pub(crate) async fn find_order(store: &dyn Store, text: &str) -> Result<Order> {
    let found = if let Some(id) = OrderId::parse(text) {
        store.order(id).await?
    } else if let Some(reference) = Reference::parse(text) {
        store.order_by_reference(&reference).await?
    } else {
        bail!("“{text}” is neither a reference (such as K7M3-QX9T) nor an order id (ord_…)");
    };
    found.ok_or_else(|| eyre!("there is no order {text}"))
}
