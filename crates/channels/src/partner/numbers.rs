//! `GET /partner/v1/numbers/{number}`

use super::caller::Reader;
use super::shapes::{NumberShape, ProductShape};
use crate::api::lines::{allowance, validity_days};
use crate::api::problem::{ApiProblem, Asker};
use crate::api::quotes::items;
use crate::api::shapes::OperatorShape;
use crate::web::Channels;
use crate::web::limits::{PerAddress, check_subject};
use axum::Json;
use axum::extract::{Path, State};
use farline_app::partners::{Product, products};
use farline_app::{Problem, ProblemCode};
use farline_domain::catalog::Operator;
use farline_domain::kernel::Instant;
use farline_domain::partners::Partner;
use farline_texts::Words;

/// Looking up numbers that are not ours: too slow for a partner to walk through all numbers.
const UNKNOWN_NUMBER: PerAddress =
    PerAddress { name: "partner-unknown-number", most: 200, window_seconds: 600 };

/// Finds a number, and what it can take.
#[utoipa::path(get, path = "/partner/v1/numbers/{number}", tag = "products",
    params(("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 and full-width digits are forgiven")),
    security(("key" = [])),
    responses(
        (status = 200, body = NumberShape),
        (status = 401, description = "No key, or one that does not sign in any more"),
        (status = 404, description = "No such line here; limited in number"),
        (status = 422, description = "Not a number"),
        (status = 429, description = "Too many numbers that are not ours"),
    ))]
pub async fn look_up(
    State(channels): State<Channels>,
    (asker, Reader(partner)): (Asker, Reader),
    Path(number): Path<String>,
) -> Result<Json<NumberShape>, ApiProblem> {
    let found = found(&channels, (&asker, &partner), &number).await;
    found.map(Json).map_err(|problem| asker.problem(problem))
}

async fn found(
    channels: &Channels,
    (asker, partner): (&Asker, &Partner),
    number: &str,
) -> Result<NumberShape, Problem> {
    let found = products(&channels.app, partner, number).await;
    if found.as_ref().is_err_and(|problem| problem.code == ProblemCode::UnknownLine) {
        check_subject(channels, UNKNOWN_NUMBER, partner.code.as_str()).await?;
    }
    let (line, operator, products) = found?;
    let words = Words::of(asker.language);
    let now = channels.app.now();
    let shapes = products.iter().map(|product| shape(words, (product, &operator), now));
    Ok(NumberShape {
        number: line.msisdn.map_or_else(|| line.iccid.as_str().to_owned(), String::from),
        products: shapes.collect(),
        operator: OperatorShape { id: operator.code.to_string(), name: operator.name },
    })
}

fn shape(words: &Words, (product, operator): (&Product, &Operator), now: Instant) -> ProductShape {
    let Product { plan, price } = product;
    let name = plan.name.get(words.language());
    ProductShape {
        id: plan.code.to_string(),
        name: name.to_owned(),
        retail: plan.price.into(),
        items: items(words, price, name),
        price: price.total.into(),
        allowances: plan.allowances.iter().map(allowance).collect(),
        validity_days: validity_days(plan.validity, operator.lifecycle.today(now)),
    }
}
