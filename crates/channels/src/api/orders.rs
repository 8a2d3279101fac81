//! `/api/v1/orders`

use super::body::Body;
use super::problem::{ApiProblem, Asker};
use super::quotes::created;
use super::shapes::{OrderRequestShape, OrderShape, PassageShape, PlacedShape, ReceiptShape};
use crate::web::limits::{self, ORDER};
use crate::web::once::{Attempt, Attempted, once_in_commit};
use crate::web::once::{is_account_key, is_key};
use crate::web::{Address, Caller, Channels, Once};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use farline_app::app::Placed;
use farline_app::orders::{
    Buyer, Choice, Paying, PlaceRequest, cancel as cancel_order, choice, needs_account, pay,
    place_claiming, see as see_order,
};
use farline_app::ports::records::RequestKey;
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode, accounts, receipts};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Instant, Language, OrderId, QuoteId};
use farline_domain::orders::{Channel, MoneyMoved, Order, Stage};
use farline_domain::receipts::ReceiptData;
use serde_json::{Value, json};

/// The idempotency key of a request: a guest's must not be guessable, an account's has its own scope.
pub(super) fn key_of(headers: &HeaderMap, account: Option<AccountId>) -> Result<&str, Problem> {
    let missing = || Problem::of(ProblemCode::IdempotencyKeyMissing);
    let key = headers.get("idempotency-key").ok_or_else(missing)?;
    let invalid = || Problem::of(ProblemCode::IdempotencyKeyInvalid);
    let key = key.to_str().map_err(|_| invalid())?.trim();
    let fits = account.map_or(is_key(key), |_| is_account_key(key));
    if fits { Ok(key) } else { Err(invalid()) }
}

/// Places an order.
#[utoipa::path(post, path = "/api/v1/orders", tag = "renew",
    params(("Idempotency-Key" = String, Header, description = "A UUID or at least 22 characters; any for a signed-in caller")),
    request_body = OrderRequestShape,
    security((), ("bearer" = [])),
    responses(
        (status = 201, body = PlacedShape),
        (status = 400, description = "No usable Idempotency-Key, or an unreadable body"),
        (status = 401, description = "The session has ended, or `pay_with` credit without one; `sign_in_first`: too many orders were left unpaid, no money moved"),
        (status = 403, description = "`pay_with` credit by somebody who is not the line's holder"),
        (status = 409, description = "The quote has expired, its promotion is used up, another renewal is in progress, or the key is in use; no money moved"),
        (status = 422, description = "A wrong value, or the key was used with another body"),
        (status = 429, description = "Too often, too many orders left unpaid, or too many charges declined; no money moved"),
        (status = 503, description = "The payment provider does not answer; no money moved"),
    ))]
pub async fn place(
    State(channels): State<Channels>,
    (asker, address, caller, headers): (Asker, Address, Caller, HeaderMap),
    body: Body<OrderRequestShape>,
) -> Result<Response, ApiProblem> {
    let placed = placed(&channels, (&address, &headers), &caller, body).await;
    placed.map(created).map_err(|problem| asker.problem(problem))
}

async fn placed(
    channels: &Channels,
    (address, headers): (&Address, &HeaderMap),
    caller: &Caller,
    body: Body<OrderRequestShape>,
) -> Result<Once, Problem> {
    let account = caller.if_account()?;
    let key = key_of(headers, account)?;
    limits::check(channels, ORDER, address).await?;
    let unknown = || Problem::of(ProblemCode::QuoteNotFound).in_field("quote");
    let quote = QuoteId::parse(&body.value.quote).ok_or_else(unknown)?;
    let unknown = || Problem::of(ProblemCode::LanguageUnknown).in_field("language");
    let language = Language::parse(&body.value.language).ok_or_else(unknown)?;
    let typed = body.value.pay_with.as_deref();
    let choice = choice_of(channels, (account, quote), typed).await?;
    let scope = account.map_or_else(|| quote.to_string(), |account| account.to_string());
    let request = RequestKey { scope: &scope, key, body_hash: body.hash };
    let OrderRequestShape { contact, another, save_method, .. } = body.value;
    let buyer = Buyer { email: contact.email, phone: contact.phone, account };
    let wanted = |attempt: &Attempt<'_>| PlaceRequest {
        quote,
        buyer: buyer.clone(),
        language,
        french_terms: None,
        channel: Channel::Api,
        origin: None,
        assisted: None,
        another,
        pay_with: choice.pay_with.clone(),
        seed: (attempt.seed, attempt.at),
    };
    let answer = once_in_commit(channels, request, |attempt| {
        let wanted = wanted(&attempt);
        let paying = Paying { provider: choice.provider.as_deref(), keep_method: save_method };
        attempted((channels, address), (wanted, paying), attempt.claim)
    });
    answer.await.map(|answer| with_token(channels, answer))
}

/// One attempt at placing an order.
async fn attempted(
    (channels, address): (&Channels, &Address),
    (wanted, paying): (PlaceRequest, Paying<'_>),
    claim: Option<RequestKey<'_>>,
) -> Result<Attempted, Problem> {
    let buyer = accounts::orders::reachable(&channels.app, wanted.buyer).await?;
    let wanted = PlaceRequest { buyer, ..wanted };
    if claim.is_some() && limits::counts(channels, &wanted) {
        return Ok(Attempted::ClaimFirst);
    }
    let placing = async |wanted| match place_claiming(&channels.app, wanted, claim).await? {
        Placed::Order(order) => pay(&channels.app, *order, paying).await.map(Some),
        Placed::ClaimFirst => Ok(None),
    };
    let placed = limits::placing(channels, (address, wanted), placing).await?;
    let Some((order, pay_url)) = placed else { return Ok(Attempted::ClaimFirst) };
    let shape = PlacedShape {
        id: order.id.to_string(),
        reference: order.reference.to_string(),
        state: order.state.stage().code(),
        pay_url,
        itself: format!("/api/v1/orders/{}", order.id),
    };
    let body = serde_json::to_string(&shape).unwrap_or_default();
    Ok(Attempted::Done(Once { status: 201, body }))
}

/// How the order for a quote is to be paid.
async fn choice_of(
    channels: &Channels,
    (account, quote): (Option<AccountId>, QuoteId),
    typed: Option<&str>,
) -> Result<Choice, Problem> {
    let Some(typed) = typed else { return Ok(Choice::default()) };
    if account.is_none() && needs_account(typed) {
        return Err(Problem::of(ProblemCode::Unauthorized).in_field("pay_with"));
    }
    let unknown = || Problem::of(ProblemCode::QuoteNotFound).in_field("quote");
    let quote = channels.app.store.quote(quote).await?.ok_or_else(unknown)?;
    choice(&channels.app, (account, quote.line), Some(typed)).await
}

/// Adds the order's bearer, which is derived and never kept with the answer.
fn with_token(channels: &Channels, answer: Once) -> Once {
    let Ok(mut body) = serde_json::from_str::<Value>(&answer.body) else { return answer };
    let id = body["id"].as_str().and_then(OrderId::parse);
    if let Some(id) = id {
        body["token"] = json!(Seal(&channels.app.keys.tokens).order_token(id));
    }
    Once { body: body.to_string(), ..answer }
}

/// The order, if the caller may see it; otherwise there is none.
async fn permitted(channels: &Channels, caller: &Caller, id: &str) -> Result<Order, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = OrderId::parse(id).ok_or_else(not_found)?;
    match caller {
        Caller::Order(order) if *order == id => see_order(&channels.app, id).await,
        Caller::Account(signed_in) => {
            accounts::orders::see(&channels.app, signed_in.account, id).await
        }
        Caller::Order(_) | Caller::Stranger | Caller::Unknown => Err(not_found()),
    }
}

/// Looks at an order.
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "renew",
    params(("id" = String, Path, description = "The order's id")),
    security(("bearer" = [])),
    responses((status = 200, body = OrderShape), (status = 404, description = "No such order for this caller")))]
pub async fn see(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(id): Path<String>,
) -> Result<Json<OrderShape>, ApiProblem> {
    let order = permitted(&channels, &caller, &id).await;
    order.map(|order| Json(shape(&channels, &order))).map_err(|problem| asker.problem(problem))
}

/// Cancels an order while nothing has been sent.
#[utoipa::path(delete, path = "/api/v1/orders/{id}", tag = "renew",
    params(("id" = String, Path, description = "The order's id")),
    security(("bearer" = [])),
    responses(
        (status = 200, body = OrderShape),
        (status = 404, description = "No such order for this caller"),
        (status = 409, description = "It has been sent, or has ended otherwise; a repeated cancellation answers 200"),
    ))]
pub async fn cancel(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(id): Path<String>,
) -> Result<Json<OrderShape>, ApiProblem> {
    let cancelled = async {
        let order = permitted(&channels, &caller, &id).await?;
        let actor = caller.if_account()?.map_or(Actor::Guest, Actor::Account);
        cancel_order(&channels.app, &order, actor).await
    };
    cancelled
        .await
        .map(|order| Json(shape(&channels, &order)))
        .map_err(|problem| asker.problem(problem))
}

/// The signed receipt.
#[utoipa::path(get, path = "/api/v1/orders/{id}/receipt.pdf", tag = "renew",
    params(("id" = String, Path, description = "The order's id")),
    security(("bearer" = [])),
    responses((status = 200, content_type = "application/pdf"), (status = 404, description = "None yet, or not for this caller")))]
pub async fn receipt_pdf(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(id): Path<String>,
) -> Result<Response, ApiProblem> {
    let printed = async {
        let order = permitted(&channels, &caller, &id).await?;
        receipts::receipt_pdf(&channels.app, &order).await
    };
    printed.await.map(pdf).map_err(|problem| asker.problem(problem))
}

/// The signed proof of payment.
#[utoipa::path(get, path = "/api/v1/orders/{id}/proof.pdf", tag = "renew",
    params(("id" = String, Path, description = "The order's id")),
    security(("bearer" = [])),
    responses((status = 200, content_type = "application/pdf"), (status = 404, description = "Not paid, or not for this caller")))]
pub async fn proof_pdf(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(id): Path<String>,
) -> Result<Response, ApiProblem> {
    let printed = async {
        let order = permitted(&channels, &caller, &id).await?;
        receipts::proof_pdf(&channels.app, &order).await
    };
    printed.await.map(pdf).map_err(|problem| asker.problem(problem))
}

/// A PDF as a response.
pub(crate) fn pdf(octets: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"farline.pdf\""),
    ];
    (headers, octets).into_response()
}

fn shape(channels: &Channels, order: &Order) -> OrderShape {
    let token = Seal(&channels.app.keys.tokens).order_token(order.id);
    let itself = format!("/api/v1/orders/{}", order.id);
    let passed = |stage| order.history.iter().any(|passage| passage.state == stage);
    let receipt = passed(Stage::Delivered).then(|| ReceiptShape {
        page: format!("/{}/orders/{token}/receipt", order.language.path()),
        pdf: format!("{itself}/receipt.pdf"),
        number: ReceiptData::number_of(&order.reference),
    });
    let history = order
        .history
        .iter()
        .map(|passage| PassageShape { state: passage.state.code(), at: passage.at.rfc3339() });
    let waiting = order.state.stage() == Stage::AwaitingPayment;
    OrderShape {
        id: order.id.to_string(),
        reference: order.reference.to_string(),
        state: order.state.stage().code(),
        history: history.collect(),
        money_moved: order.money_moved() == MoneyMoved::Yes,
        next_news_at: order.next_news_at().map(Instant::rfc3339),
        proof: passed(Stage::Paid).then(|| format!("{itself}/proof.pdf")),
        receipt,
        pay_url: order.checkout.as_ref().filter(|_| waiting).map(|page| page.url.clone()),
        total: order.price.total.into(),
    }
}
