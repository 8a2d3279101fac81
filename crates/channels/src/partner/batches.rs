//! `POST /partner/v1/batches`

use super::caller::Orderer;
use super::orders::outcome;
use super::shapes::{BatchLineShape, BatchShape};
use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use farline_app::partners::{BatchLine, batch, may_pass, read_batch};
use farline_app::{Problem, ProblemCode};
use farline_texts::Words;

/// Places the orders of a file, line by line.
#[utoipa::path(post, path = "/partner/v1/batches", tag = "orders",
    request_body(content = String, content_type = "text/csv",
        description = "Columns reference, number and product, in any order; at most 1,000 lines and 64 KiB",
        example = "reference,number,product\norder-2,+14165550101,maplewave-5gb\n"),
    security(("key" = [])),
    responses(
        (status = 200, body = BatchShape, description = "What became of each line. The same file again changes nothing"),
        (status = 401, description = "No key, or one that does not sign in any more"),
        (status = 403, description = "The key may only read"),
        (status = 415, description = "The body is not text/csv"),
        (status = 422, description = "The file cannot be read; nothing of it was ordered"),
    ))]
pub async fn place(
    State(channels): State<Channels>,
    (Orderer(partner), asker, headers): (Orderer, Asker, HeaderMap),
    body: Bytes,
) -> Result<Json<BatchShape>, ApiProblem> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !media_type.is_some_and(|value| value.trim_start().starts_with("text/csv")) {
        return Err(asker.problem(Problem::of(ProblemCode::UnsupportedMediaType)));
    }
    let wishes = read_batch(&body).map_err(|fault| {
        let mut problem = asker.problem(Problem::of(ProblemCode::FieldInvalid).in_field("file"));
        problem.hint = Some(fault.to_string());
        problem
    })?;
    let lines = batch(&channels.app, &partner, wishes).await;
    let words = Words::of(asker.language);
    let count = |of: fn(&BatchLine) -> bool| lines.iter().filter(|line| of(line)).count();
    Ok(Json(BatchShape {
        accepted: count(|line| line.became.as_ref().is_ok_and(|placed| placed.is_new)),
        repeated: count(|line| line.became.as_ref().is_ok_and(|placed| !placed.is_new)),
        refused: count(|line| line.became.is_err()),
        lines: lines.iter().map(|line| shape(words, line)).collect(),
    }))
}

fn shape(words: &Words, line: &BatchLine) -> BatchLineShape {
    let problem = line.became.as_ref().err();
    let (code, detail) = problem.map(|problem| problem_of(words, problem)).unzip();
    BatchLineShape {
        row: line.row,
        reference: line.reference.clone(),
        order: line.became.as_ref().ok().map(|placed| placed.order.id.to_string()),
        outcome: outcome_of(line),
        problem: code,
        detail,
        again: problem.is_some_and(|problem| may_pass(problem.code)),
    }
}

/// What became of a line, in a word.
pub fn outcome_of(line: &BatchLine) -> &'static str {
    line.became.as_ref().map_or("refused", |placed| outcome(placed.order.state.stage()))
}

/// Why a line was refused: the problem's code as programs get it, and what it means.
pub fn problem_of(words: &Words, problem: &Problem) -> (String, String) {
    let code = problem.code.code();
    (code.replace('-', "_"), words.say(&format!("problem-{code}-detail")))
}
