//! `/partner/v1/orders`

use super::caller::{Orderer, Reader};
use super::shapes::{OrderRequestShape, OrderShape, OrdersShape};
use crate::api::body::Body;
use crate::api::orders::pdf;
use crate::api::problem::{ApiProblem, Asker};
use crate::api::shapes::PassageShape;
use crate::web::Channels;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::partners::{self, OrderWish, PlacedFor};
use farline_app::{Problem, receipts};
use farline_domain::kernel::{Instant, Money};
use farline_domain::orders::{DeliveryRefusal, MoneyMoved, Order, Stage};
use serde::Deserialize;

/// Orders of a page, unless asked otherwise.
const PAGE: usize = 20;
/// The most that can be asked for.
const MOST: usize = 100;

/// Places an order, or gives the one that stands under its reference.
#[utoipa::path(post, path = "/partner/v1/orders", tag = "orders",
    request_body = OrderRequestShape,
    security(("key" = [])),
    responses(
        (status = 201, body = OrderShape, description = "It is taken, and its price is held on your account; sent again it answers the same order as it stands"),
        (status = 401, description = "No key, or one that does not sign in any more"),
        (status = 403, description = "The key may only read, or new orders of yours are stopped"),
        (status = 404, description = "No such line here"),
        (status = 409, description = "The account does not have enough, the price is above `at_most`, another renewal of this line is not finished, or the same order is being placed just now; nothing was ordered"),
        (status = 422, description = "A wrong value, or the reference is that of another order"),
        (status = 503, description = "It is not known whether it was taken: send it again"),
    ))]
pub async fn place(
    State(channels): State<Channels>,
    (Orderer(partner), asker): (Orderer, Asker),
    body: Body<OrderRequestShape>,
) -> Result<(StatusCode, Json<OrderShape>), ApiProblem> {
    let OrderRequestShape { reference, number, product, at_most, callback, another } = body.value;
    let at_most = at_most.map(|most| Money { minor: most.amount, currency: most.currency });
    let wish = OrderWish { reference, number, product, at_most, callback, another };
    let placed = partners::place(&channels.app, &partner, &wish).await;
    let PlacedFor { order, .. } = placed.map_err(|problem| asker.problem(problem))?;
    Ok((StatusCode::CREATED, Json(shape(&order))))
}

/// Looks at an order.
#[utoipa::path(get, path = "/partner/v1/orders/{id}", tag = "orders",
    params(("id" = String, Path, description = "Our id, or your reference")),
    security(("key" = [])),
    responses((status = 200, body = OrderShape), (status = 404, description = "You have no such order")))]
pub async fn see(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
    Path(id): Path<String>,
) -> Result<Json<OrderShape>, ApiProblem> {
    let order = partners::find(&channels.app, &partner, &id).await;
    order.map(|order| Json(shape(&order))).map_err(|problem| asker.problem(problem))
}

/// Cancels an order while nothing has been sent.
#[utoipa::path(delete, path = "/partner/v1/orders/{id}", tag = "orders",
    params(("id" = String, Path, description = "Our id, or your reference")),
    security(("key" = [])),
    responses(
        (status = 200, body = OrderShape),
        (status = 404, description = "You have no such order"),
        (status = 409, description = "It has been sent, or has ended otherwise"),
    ))]
pub async fn cancel(
    State(channels): State<Channels>,
    (Orderer(partner), asker): (Orderer, Asker),
    Path(id): Path<String>,
) -> Result<Json<OrderShape>, ApiProblem> {
    let order = partners::cancel(&channels.app, &partner, &id).await;
    order.map(|order| Json(shape(&order))).map_err(|problem| asker.problem(problem))
}

/// The signed receipt of an order.
#[utoipa::path(get, path = "/partner/v1/orders/{id}/receipt.pdf", tag = "orders",
    params(("id" = String, Path, description = "Our id, or your reference")),
    security(("key" = [])),
    responses((status = 200, content_type = "application/pdf"), (status = 404, description = "None yet, or you have no such order")))]
pub async fn receipt_pdf(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
    Path(id): Path<String>,
) -> Result<Response, ApiProblem> {
    let printed = async {
        let order = partners::find(&channels.app, &partner, &id).await?;
        receipts::receipt_pdf(&channels.app, &order).await
    };
    printed.await.map(pdf).map_err(|problem: Problem| asker.problem(problem))
}

/// What can be said about the page wanted.
#[derive(Debug, Deserialize)]
pub struct OrdersQuery {
    before: Option<u64>,
    limit: Option<usize>,
}

/// Lists orders, the newest first.
#[utoipa::path(get, path = "/partner/v1/orders", tag = "orders",
    params(
        ("before" = Option<u64>, Query, description = "The `next` of the page before"),
        ("limit" = Option<usize>, Query, description = "How many, at most 100"),
    ),
    security(("key" = [])),
    responses((status = 200, body = OrdersShape)))]
pub async fn list(
    State(channels): State<Channels>,
    (Reader(partner), asker): (Reader, Asker),
    Query(query): Query<OrdersQuery>,
) -> Result<Json<OrdersShape>, ApiProblem> {
    let limit = query.limit.unwrap_or(PAGE).clamp(1, MOST);
    let wanted = (query.before.unwrap_or(u64::MAX), limit);
    let found = partners::list(&channels.app, &partner, wanted).await;
    let found = found.map_err(|problem| asker.problem(problem))?;
    let next = found.last().filter(|_| found.len() == limit).map(|(number, _)| *number);
    let orders = found.iter().map(|(_, order)| shape(order)).collect();
    Ok(Json(OrdersShape { orders, next }))
}

/// What an order's state means for whoever sold it.
pub const fn outcome(stage: Stage) -> &'static str {
    match stage {
        Stage::AwaitingPayment | Stage::Paid | Stage::Delivering => "pending",
        Stage::Unknown => "unknown",
        Stage::Delivered => "succeeded",
        Stage::Declined
        | Stage::Refunding
        | Stage::Refunded
        | Stage::Reversed
        | Stage::Cancelled
        | Stage::Expired => "failed",
    }
}

fn shape(order: &Order) -> OrderShape {
    let stage = order.state.stage();
    let history = order
        .history
        .iter()
        .map(|passage| PassageShape { state: passage.state.code(), at: passage.at.rfc3339() });
    let receipt = || format!("/partner/v1/orders/{}/receipt.pdf", order.id);
    OrderShape {
        id: order.id.to_string(),
        reference: order.sold_by.as_ref().map(|it| it.reference.clone()).unwrap_or_default(),
        our_reference: order.reference.to_string(),
        state: stage.code(),
        outcome: outcome(stage),
        product: order.offer.plan.to_string(),
        price: order.price.total.into(),
        money_moved: order.money_moved() == MoneyMoved::Yes,
        next_news_at: order.next_news_at().map(Instant::rfc3339),
        refusal: order.refusal().map(DeliveryRefusal::code),
        history: history.collect(),
        receipt: (stage == Stage::Delivered).then(receipt),
    }
}
