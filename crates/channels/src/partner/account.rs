//! `/partner/v1/balance` and `/partner/v1/statement`

use super::caller::Reader;
use super::shapes::{BalanceShape, EntryShape, StatementShape};
use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use farline_app::partners::{self, Statement, statement_sheet};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Money;
use jiff::civil::Date;
use serde::Deserialize;

/// How the account stands.
#[utoipa::path(get, path = "/partner/v1/balance", tag = "account", security(("key" = [])),
    responses((status = 200, body = BalanceShape)))]
pub async fn balance(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
) -> Result<Json<BalanceShape>, ApiProblem> {
    let standing = partners::standing(&channels.app, &partner).await;
    let standing = standing.map_err(|problem| asker.problem(problem))?;
    Ok(Json(BalanceShape {
        balance: standing.balance.into(),
        reserved: standing.reserved.into(),
        credit: standing.credit.into(),
        available: standing.available.into(),
    }))
}

/// Of which days.
#[derive(Debug, Deserialize)]
pub struct Days {
    from: String,
    until: Option<String>,
}

impl Days {
    fn read(&self) -> Result<(Date, Date), Problem> {
        let read = |text: &str, field| {
            text.parse::<Date>().map_err(|_| Problem::of(ProblemCode::FieldInvalid).in_field(field))
        };
        let from = read(&self.from, "from")?;
        let until = self.until.as_deref().map_or(Ok(from), |text| read(text, "until"))?;
        if until < from {
            return Err(Problem::of(ProblemCode::FieldInvalid).in_field("until"));
        }
        Ok((from, until))
    }
}

async fn read(
    channels: &Channels,
    Reader(partner): &Reader,
    days: &Days,
) -> Result<Statement, Problem> {
    partners::statement(&channels.app, partner, days.read()?).await
}

/// What changed the balance on some days.
#[utoipa::path(get, path = "/partner/v1/statement", tag = "account",
    params(
        ("from" = String, Query, description = "The first local date, where the business is"),
        ("until" = Option<String>, Query, description = "The last local date; the first, if absent"),
    ),
    security(("key" = [])),
    responses((status = 200, body = StatementShape), (status = 422, description = "Not a date")))]
pub async fn statement(
    State(channels): State<Channels>,
    (reader, asker): (Reader, Asker),
    Query(days): Query<Days>,
) -> Result<Json<StatementShape>, ApiProblem> {
    let statement = read(&channels, &reader, &days).await;
    statement.map(|it| Json(shape(&it))).map_err(|problem| asker.problem(problem))
}

/// The same as a sheet for a spreadsheet.
#[utoipa::path(get, path = "/partner/v1/statement.csv", tag = "account",
    params(
        ("from" = String, Query, description = "The first local date, where the business is"),
        ("until" = Option<String>, Query, description = "The last local date; the first, if absent"),
    ),
    security(("key" = [])),
    responses((status = 200, content_type = "text/csv"), (status = 422, description = "Not a date")))]
pub async fn statement_csv(
    State(channels): State<Channels>,
    (reader, asker): (Reader, Asker),
    Query(days): Query<Days>,
) -> Result<Response, ApiProblem> {
    let statement = read(&channels, &reader, &days).await;
    let statement = statement.map_err(|problem| asker.problem(problem))?;
    Ok(sheet(&statement))
}

/// The same as a signed document.
#[utoipa::path(get, path = "/partner/v1/statement.pdf", tag = "account",
    params(
        ("from" = String, Query, description = "The first local date, where the business is"),
        ("until" = Option<String>, Query, description = "The last local date; the first, if absent"),
        ("language" = Option<String>, Query, description = "`en-CA`, `fr-CA` or `zh-CN`; else that of `Accept-Language`"),
    ),
    security(("key" = [])),
    responses((status = 200, content_type = "application/pdf"), (status = 422, description = "Not a date, or more than 1,200 entries")))]
pub async fn statement_pdf(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
    Query(days): Query<Days>,
) -> Result<Response, ApiProblem> {
    let printed = async {
        let statement = partners::statement(&channels.app, &partner, days.read()?).await?;
        let octets =
            partners::statement_pdf(&channels.app, &partner, (&statement, asker.language)).await?;
        Ok(document(&statement, octets))
    };
    printed.await.map_err(|problem| asker.problem(problem))
}

/// A statement as a document to save.
pub fn document(statement: &Statement, octets: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, attached(statement, "pdf")),
    ];
    (headers, octets).into_response()
}

fn attached(statement: &Statement, kind: &str) -> String {
    let Statement { from, until, .. } = statement;
    format!("attachment; filename=\"statement-{from}-{until}.{kind}\"")
}

/// A statement as a sheet to save.
pub fn sheet(statement: &Statement) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, attached(statement, "csv")),
    ];
    (headers, statement_sheet(statement)).into_response()
}

fn shape(statement: &Statement) -> StatementShape {
    let money = |minor| Money { minor, currency: statement.currency }.into();
    let entry = |line: &partners::StatementLine| EntryShape {
        number: line.number,
        at: line.at.rfc3339(),
        kind: line.kind.code(),
        reference: line.reference.clone(),
        order: line.order.map(|order| order.to_string()),
        amount: money(line.amount),
        balance: money(line.balance),
    };
    StatementShape {
        from: statement.from.to_string(),
        until: statement.until.to_string(),
        opening: money(statement.opening),
        closing: money(statement.closing),
        entries: statement.lines.iter().map(entry).collect(),
    }
}
