//! The day as a sheet for a spreadsheet: one row a figure, its kind first.

use super::today::{HandToday, Today};
use crate::ports::by_hand::HandPurpose;
use crate::reports::{decimal, sheet_text, text_cell};
use farline_domain::kernel::{Money, MoneyError};
use farline_domain::ledger::Flows;
use farline_domain::orders::Order;
use std::borrow::Cow;

/// The heading.
const HEADING: [&str; 8] =
    ["day", "section", "what", "reference", "count", "amount", "currency", "at"];

/// A row as it is written.
struct Row<'a> {
    section: &'static str,
    what: Cow<'a, str>,
    reference: String,
    count: Option<u64>,
    money: Option<Money>,
    at: String,
}

impl<'a> Row<'a> {
    fn of(section: &'static str, what: impl Into<Cow<'a, str>>) -> Self {
        Self {
            section,
            what: what.into(),
            reference: String::new(),
            count: None,
            money: None,
            at: String::new(),
        }
    }

    fn money(self, money: Money) -> Self {
        Self { money: Some(money), ..self }
    }

    fn cells(&self, day: &str) -> [String; 8] {
        let amount = self.money.map(decimal).unwrap_or_default();
        let currency = self.money.map(|money| money.currency.code().to_owned()).unwrap_or_default();
        let text = |text: &str| text_cell(text).into_owned();
        [
            day.to_owned(),
            self.section.to_owned(),
            text(&self.what),
            text(&self.reference),
            self.count.map(|count| count.to_string()).unwrap_or_default(),
            amount,
            currency,
            text(&self.at),
        ]
    }
}

/// The sheet, as CSV (RFC 4180). No cell of it is a formula.
///
/// # Errors
/// When a sum of money is more than can be counted.
pub fn day_sheet(today: &Today) -> Result<String, MoneyError> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (stage, count) in &today.day.stages {
        rows.push(Row { count: Some(*count), ..Row::of("orders", stage.code()) });
    }
    for (_, flows) in today.day.flows.currencies() {
        rows.extend(of_money(flows)?);
    }
    rows.extend(today.by_hand.iter().map(of_hand));
    rows.extend(today.tasks.iter().map(of_task));
    for (kind, count) in &today.unanswered {
        rows.push(Row { count: Some(*count), ..Row::of("unanswered", *kind) });
    }
    for (request, reference) in &today.requests {
        let row = Row::of("refund_request", request.state.code()).money(request.amount);
        let reference = reference.map(|it| it.to_string()).unwrap_or_default();
        rows.push(Row { reference, at: request.asked_at.rfc3339(), ..row });
    }
    let day = today.date.to_string();
    Ok(sheet_text(HEADING, rows.iter().map(|row| row.cells(&day))))
}

fn of_money(flows: &Flows) -> Result<Vec<Row<'_>>, MoneyError> {
    let taken = flows.taken.iter();
    let mut rows: Vec<Row<'_>> =
        taken.map(|(account, money)| Row::of("taken", account.as_str()).money(*money)).collect();
    for (what, money) in [
        ("delivered", flows.delivered),
        ("given_back", flows.given_back),
        ("charged_back", flows.charged_back),
        ("lost", flows.lost),
        ("fees", flows.fees),
        ("held", flows.held),
        ("difference", flows.difference()?),
    ] {
        rows.push(Row::of("money", what).money(money));
    }
    Ok(rows)
}

fn of_hand(hand: &HandToday) -> Row<'_> {
    let HandToday { movement, reference, is_booked } = hand;
    let section = match (movement.purpose, is_booked) {
        (HandPurpose::Taken, true) => "by_hand_taken",
        (HandPurpose::Given(_), true) => "by_hand_given",
        (HandPurpose::Taken | HandPurpose::Given(_), false) => "by_hand_not_booked",
    };
    let what = movement.by_hand.id();
    let reference = reference.map(|it| it.to_string()).unwrap_or_default();
    let row = Row::of(section, what).money(movement.amount);
    Row { reference, at: movement.at.rfc3339(), ..row }
}

fn of_task(order: &Order) -> Row<'_> {
    let kind = order.task.map_or("", |task| task.kind.code());
    let at = order.task.map(|task| task.by.rfc3339()).unwrap_or_default();
    let row = Row::of("waits", kind).money(order.price.total);
    Row { reference: order.reference.to_string(), at, ..row }
}
