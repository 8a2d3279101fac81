//! `farline report tax`

use super::super::{config_of, say, talk};
use crate::cli::TaxArguments;
use crate::progress::Progress;
use crate::wiring;
use eyre::{Result, bail, eyre};
use farline_app::reports;
use farline_app::reports::{decimal, text_cell};
use farline_app::wording::business::Business;
use farline_domain::kernel::{Money, MoneyError, Zone};
use farline_domain::ledger::{TaxBooks, TaxOf, TaxSums};
use farline_store::OpenMode;
use jiff::ToSpan as _;
use serde_json::{Value, json};

const COLUMNS: [&str; 14] = [
    "from",
    "to",
    "province",
    "tax",
    "registration",
    "currency",
    "delivered_base",
    "delivered_tax",
    "reversed_base",
    "reversed_tax",
    "base",
    "tax_due",
    "posted",
    "difference",
];

/// So many movements are named whose taxes are not those of their orders' prices.
const NAMED: usize = 20;

/// A tax with what was worked out of it.
struct Row<'a> {
    of: TaxOf,
    registration: Option<&'a str>,
    sums: TaxSums,
    base: Money,
    due: Money,
    difference: Money,
}

/// Runs the command.
pub(super) async fn run(arguments: TaxArguments) -> Result<()> {
    let TaxArguments { from, to, zone, json, place } = arguments;
    if to < from {
        bail!("--to {to} is before --from {from}");
    }
    let zone = Zone::named(&zone)?;
    let config = config_of(&place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let span = (zone.start_of(from), zone.start_of(to.saturating_add(1.day())));
    let (progress, mut count, mut odd) = (Progress::of("movements"), 0, Vec::new());
    let books = reports::tax(&*store, span, |movement, is_same| {
        if !is_same && odd.len() < NAMED {
            odd.push(format!("{} ({})", movement.order, movement.kind.code()));
        }
        count += 1;
        progress.show(count);
    })
    .await?;
    drop(progress);
    let rows = rows(&books, &config.business).map_err(|_| eyre!("a sum is too large"))?;
    let is_whole = odd.is_empty() && rows.iter().all(|row| row.difference.minor == 0);
    if json {
        let lost: Vec<Value> = books.lost().map(json_of_money).collect();
        let taxes: Vec<Value> = rows.iter().map(json_of).collect();
        let days = json!({ "from": from, "to": to, "zone": zone.name() });
        say(&json!({ "days": days, "taxes": taxes, "lost": lost, "odd": odd }).to_string());
    } else {
        write(&rows, &[from.to_string(), to.to_string()])?;
        told(&rows, &books);
        if is_whole {
            talk("difference 0: the tax accounts say the same");
        }
    }
    if is_whole {
        return Ok(());
    }
    bail!("the tax that was posted is not the tax of what was delivered: {}", odd.join(", "))
}

fn rows<'a>(books: &TaxBooks, business: &'a Business) -> Result<Vec<Row<'a>>, MoneyError> {
    let row = |(of, sums): (TaxOf, &TaxSums)| {
        Ok(Row {
            of,
            registration: business.registration_of(of.province, of.kind),
            sums: *sums,
            base: sums.base()?,
            due: sums.tax()?,
            difference: sums.difference()?,
        })
    };
    books.taxes().map(row).collect()
}

/// The rows as a sheet.
fn write(rows: &[Row<'_>], days: &[String; 2]) -> Result<()> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(COLUMNS)?;
    for row in rows {
        let TaxOf { province, kind, currency } = row.of;
        let registration = text_cell(row.registration.unwrap_or_default());
        let mut cells = days.to_vec();
        cells
            .extend([province.code(), kind.code(), &registration, currency.code()].map(Into::into));
        cells.extend(amounts(row).map(|(_, amount)| decimal(amount)));
        sheet.write_record(&cells)?;
    }
    say(String::from_utf8(sheet.into_inner()?)?.trim_end());
    Ok(())
}

/// The amounts of a row, in the order of their columns, by the columns' names.
fn amounts(row: &Row<'_>) -> [(&'static str, Money); 8] {
    [
        ("delivered_base", row.sums.delivered_base),
        ("delivered_tax", row.sums.delivered_tax),
        ("reversed_base", row.sums.reversed_base),
        ("reversed_tax", row.sums.reversed_tax),
        ("base", row.base),
        ("tax_due", row.due),
        ("posted", row.sums.posted),
        ("difference", row.difference),
    ]
}

/// What has to be known beside the sheet, for people.
fn told(rows: &[Row<'_>], books: &TaxBooks) {
    for row in rows.iter().filter(|row| row.registration.is_none()) {
        let (province, tax) = (row.of.province.code(), row.of.kind.code());
        talk(&format!("no registration for {tax} of {province} is in [[business.registrations]]"));
    }
    for lost in books.lost() {
        let (amount, currency) = (decimal(lost), lost.currency.code());
        talk(&format!(
            "{amount} {currency} went back although delivered; the tax in it is not deducted"
        ));
    }
}

fn json_of_money(money: Money) -> Value {
    json!({ "amount": money.minor, "currency": money.currency.code() })
}

/// A row for programs: in minor units.
fn json_of(row: &Row<'_>) -> Value {
    let mut told = json!({
        "province": row.of.province.code(),
        "tax": row.of.kind.code(),
        "registration": row.registration,
        "currency": row.of.currency.code(),
    });
    for (name, amount) in amounts(row) {
        told[name] = json!(amount.minor);
    }
    told
}
