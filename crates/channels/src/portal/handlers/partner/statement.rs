//! What changed a partner's balance, month by month.

use super::here::{AtPartner, not_found};
use super::shown;
use crate::partner::account::sheet;
use crate::portal::views::{PartnerStatementPage, StatementEntry, Tab};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::Problem;
use farline_app::partners::account::LineKind;
use farline_app::partners::{Statement, StatementLine, statement};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// Entries shown on the page.
const MOST_ENTRIES: usize = 60;

/// Which month: `2026-11`.
#[derive(Debug, Deserialize)]
pub struct MonthQuery {
    month: Option<String>,
}

impl MonthQuery {
    /// Its first day; this month's, if none is named.
    fn first(&self, at: &AtPartner) -> Result<Date, Problem> {
        match &self.month {
            Some(month) => format!("{month}-01").parse().map_err(|_| not_found()),
            None => Ok(at.app().now().date_in(&at.app().desk.zone()).first_of_month()),
        }
    }
}

/// `GET /{language}/partner/{partner}/statement`
pub async fn see(at: AtPartner, Query(query): Query<MonthQuery>) -> Response {
    let page = page(&at, &query).await;
    shown(&at, StatusCode::OK, page)
}

/// `GET /{language}/partner/{partner}/statement.csv`
pub async fn csv(at: AtPartner, Query(query): Query<MonthQuery>) -> Response {
    match read(&at, &query).await {
        Ok(statement) => sheet(&statement),
        Err(problem) => super::super::problem::page(&at.here.frame, &problem),
    }
}

async fn read(at: &AtPartner, query: &MonthQuery) -> Result<Statement, Problem> {
    let first = query.first(at)?;
    statement(at.app(), &at.partner, (first, first.last_of_month())).await
}

async fn page(at: &AtPartner, query: &MonthQuery) -> Result<PartnerStatementPage, Problem> {
    let statement = read(at, query).await?;
    let place = at.place(Tab::Statement);
    let month = |first: Date| first.strftime("%Y-%m").to_string();
    let address = |first: Date| at.href(&place, &[("month", &month(first))]);
    let after = statement.until.saturating_add(1.day());
    let today = at.app().now().date_in(&at.app().desk.zone());
    let words = at.words();
    let days = [
        ("from", words.date(statement.from).into()),
        ("until", words.date(statement.until).into()),
    ];
    let file = |kind: &str| {
        let month = month(statement.from);
        format!("{}.{kind}?month={month}", at.href(&place, &[]))
    };
    let newest = statement.lines.iter().rev().take(MOST_ENTRIES);
    let is_cut = statement.lines.len() > MOST_ENTRIES;
    Ok(PartnerStatementPage {
        layout: at.layout(&place),
        days: words.say_with("period", &days),
        before: address(statement.from.saturating_sub(1.month())),
        after: (after <= today).then(|| address(after)),
        opening: at.amount(statement.opening),
        closing: at.amount(statement.closing),
        entries: newest.map(|line| entry(at, line)).collect(),
        shown: is_cut.then(|| {
            let count = ("count", MOST_ENTRIES.to_string().into());
            words.say_with("partner-statement-last", &[count])
        }),
        csv: file("csv"),
        pdf: None,
        place,
    })
}

fn entry(at: &AtPartner, line: &StatementLine) -> StatementEntry {
    let words = at.words();
    let kind = match line.kind {
        LineKind::PayIn => "pay-in",
        LineKind::PayOut => "pay-out",
        LineKind::Order => "order",
        LineKind::GivenBack => "given-back",
    };
    let what = [Some(words.say(&format!("partner-entry-{kind}"))), line.reference.clone()];
    let sign = if line.amount < 0 { "\u{2212}" } else { "+" };
    let amount = i64::try_from(line.amount.unsigned_abs()).unwrap_or(i64::MAX);
    StatementEntry {
        what: words.dot(&what.into_iter().flatten().collect::<Vec<_>>()),
        at: at.time(line.at),
        amount: format!("{sign}{}", at.amount(amount)),
        balance: at.amount(line.balance),
    }
}
