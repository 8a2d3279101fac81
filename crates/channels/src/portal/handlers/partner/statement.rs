//! What changed a partner's balance, month by month.

use super::here::{AtPartner, not_found};
use super::shown;
use crate::partner::account::{document, sheet};
use crate::portal::views::{PartnerStatementPage, StatementEntry, Tab};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::Problem;
use farline_app::partners::account::MOST_PRINTED;
use farline_app::partners::{Statement, StatementLine, statement, statement_pdf};
use farline_app::wording::statement::{entry_text, signed, statement_days};
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

/// `GET /{language}/partner/{partner}/statement.pdf`
pub async fn pdf(at: AtPartner, Query(query): Query<MonthQuery>) -> Response {
    let language = at.here.frame.language;
    let printed = async {
        let statement = read(&at, &query).await?;
        let octets = statement_pdf(at.app(), &at.partner, (&statement, language)).await?;
        Ok(document(&statement, octets))
    };
    printed
        .await
        .unwrap_or_else(|problem: Problem| super::super::problem::page(&at.here.frame, &problem))
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
    let file = |kind: &str| {
        let month = month(statement.from);
        format!("{}.{kind}?month={month}", at.href(&place, &[]))
    };
    let newest = statement.lines.iter().rev().take(MOST_ENTRIES);
    let is_cut = statement.lines.len() > MOST_ENTRIES;
    Ok(PartnerStatementPage {
        layout: at.layout(&place),
        days: statement_days(words, &statement),
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
        pdf: (statement.lines.len() <= MOST_PRINTED).then(|| file("pdf")),
        place,
    })
}

fn entry(at: &AtPartner, line: &StatementLine) -> StatementEntry {
    let words = at.words();
    StatementEntry {
        what: entry_text(words, line),
        at: at.time(line.at),
        amount: signed(words, (line.amount, at.partner.currency.code())),
        balance: at.amount(line.balance),
    }
}
