//! The machine API under `/v1`.

mod disputes;
mod keeping;

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, Request, State as Shared, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    Server,
    charges::FirstAnswer,
    checkouts::{self, OpenCheckout},
    events::hexadecimal,
    records::{Answer, Change, Moment},
    refunds::{self, CreateRefund},
    refusal::Refusal,
    shapes::{self, ListShape},
    state::State,
};

/// The largest body of a call, in octets.
const LARGEST_BODY: usize = 64 * 1_024;

/// The most objects in one list.
const LONGEST_LIST: usize = 100;

type Access = Shared<Arc<Server>>;
type Body = Result<Bytes, BytesRejection>;

pub(crate) fn router(server: Arc<Server>) -> Router<Arc<Server>> {
    Router::new()
        .route("/v1/checkouts", post(open_checkout).get(list_checkouts))
        .route("/v1/checkouts/{id}", get(show_checkout))
        .route("/v1/checkouts/{id}/expire", post(expire_checkout))
        .route("/v1/payments/{id}", get(show_payment))
        .route("/v1/refunds", post(create_refund).get(list_refunds))
        .route("/v1/refunds/{id}", get(show_refund))
        .merge(keeping::router())
        .merge(disputes::router())
        .route_layer(DefaultBodyLimit::max(LARGEST_BODY))
        .route_layer(middleware::from_fn_with_state(server, authorize))
        .route("/v1/health", get(health))
}

async fn health() -> Response {
    json(StatusCode::OK, r#"{"status":"ok"}"#.to_owned())
}

/// Lets only the merchant pass.
async fn authorize(server: Access, request: Request, next: Next) -> Response {
    let value = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = value.and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    // Digests have one length, so the comparison tells nothing about the key's.
    let right = key.is_some_and(|key| {
        bool::from(Sha256::digest(key).as_slice().ct_eq(&server.api_key_digest))
    });
    if right { next.run(request).await } else { Refusal::Unauthorized.into_response() }
}

async fn open_checkout(server: Access, headers: HeaderMap, body: Body) -> Response {
    let call = Call { name: "POST /v1/checkouts".to_owned(), success: StatusCode::CREATED };
    change(&server, call, &headers, body, |moment, _, request: &OpenCheckout| {
        let checkout = checkouts::open(moment, request)?;
        let text = written(&shapes::checkout(&moment.base_url, &checkout, None))?;
        Ok(Decision::told(vec![Change::Checkout(checkout)], text))
    })
    .await
}

/// The body of a call that says everything in its address: empty, or an empty object.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

fn or_nothing(body: Body) -> Body {
    body.map(|bytes| if bytes.is_empty() { Bytes::from_static(b"{}") } else { bytes })
}

async fn expire_checkout(
    server: Access,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call { name: format!("POST /v1/checkouts/{id}/expire"), success: StatusCode::OK };
    change(&server, call, &headers, or_nothing(body), move |moment, state, _: &Nothing| {
        let checkout = state.checkout(&id).ok_or(Refusal::NotFound)?;
        let changes = checkouts::expire(moment, state, checkout)?;
        let after = changes.iter().find_map(|change| match change {
            Change::Checkout(after) => Some(after),
            _ => None,
        });
        let after = after.unwrap_or(checkout);
        let text = written(&shapes::checkout_in(&moment.base_url, state, after))?;
        Ok(Decision::told(changes, text))
    })
    .await
}

async fn create_refund(server: Access, headers: HeaderMap, body: Body) -> Response {
    let call = Call { name: "POST /v1/refunds".to_owned(), success: StatusCode::CREATED };
    change(&server, call, &headers, body, |moment, state, request: &CreateRefund| {
        let (changes, refund) = refunds::create(moment, state, request)?;
        Ok(Decision::told(changes, written(&shapes::refund(&refund))?))
    })
    .await
}

async fn show_checkout(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |moment, state| {
        let checkout = state.checkout(&id).ok_or(Refusal::NotFound)?;
        written(&shapes::checkout_in(&moment.base_url, state, checkout))
    })
    .await
}

async fn show_payment(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |_, state| {
        let payment = state.payment(&id).ok_or(Refusal::NotFound)?;
        written(&shapes::payment_in(state, payment))
    })
    .await
}

async fn show_refund(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |_, state| {
        written(&shapes::refund(state.refund(&id).ok_or(Refusal::NotFound)?))
    })
    .await
}

#[derive(Deserialize)]
struct ByReference {
    reference: Option<String>,
}

async fn list_checkouts(server: Access, Query(query): Query<ByReference>) -> Response {
    show(&server, move |moment, state| {
        let reference = query.reference.ok_or(NO_REFERENCE)?;
        let checkouts = state.checkouts_of(&reference).take(LONGEST_LIST);
        let data = checkouts
            .map(|checkout| shapes::checkout_in(&moment.base_url, state, checkout))
            .collect();
        written(&ListShape { data })
    })
    .await
}

async fn list_refunds(server: Access, Query(query): Query<ByReference>) -> Response {
    show(&server, move |_, state| {
        let reference = query.reference.ok_or(NO_REFERENCE)?;
        let data = state.refunds_of(&reference).take(LONGEST_LIST).map(shapes::refund).collect();
        written(&ListShape { data })
    })
    .await
}

const NO_REFERENCE: Refusal = Refusal::Invalid("name the objects by ?reference=");

/// What a POST is called in the idempotency record, and its status when it succeeds.
struct Call {
    name: String,
    success: StatusCode,
}

/// What a call came to.
struct Decision {
    changes: Vec<Change>,
    /// The answer, as it is kept under the key.
    text: String,
    first_answer: FirstAnswer,
}

impl Decision {
    fn told(changes: Vec<Change>, text: String) -> Self {
        Self { changes, text, first_answer: FirstAnswer::Told }
    }
}

/// Runs a call that changes something, once for each idempotency key.
async fn change<R, F>(
    server: &Arc<Server>,
    call: Call,
    headers: &HeaderMap,
    body: Body,
    decide: F,
) -> Response
where
    R: DeserializeOwned + Send + 'static,
    F: FnOnce(&Moment, &State, &R) -> Result<Decision, Refusal> + Send + 'static,
{
    let (request, claim) = match read(&call, headers, body) {
        Ok(read) => read,
        Err(refusal) => return refusal.into_response(),
    };
    let done = server.transact(move |moment, state| {
        if let Some(earlier) = claim.as_ref().and_then(|claim| state.answer(&claim.key)) {
            return (Vec::new(), repeated(earlier, claim.as_ref()));
        }
        match decide(moment, state, &request) {
            Ok(Decision { mut changes, text, first_answer }) => {
                changes.extend(
                    claim.map(|claim| Change::Answer(Answer { body: text.clone(), ..claim })),
                );
                match first_answer {
                    FirstAnswer::Told => (changes, Ok((call.success, text))),
                    FirstAnswer::Lost => (changes, Err(Refusal::Broken)),
                }
            }
            Err(refusal) => (Vec::new(), Err(refusal)),
        }
    });
    match done.await {
        Ok(Ok((status, text))) => json(status, text),
        Ok(Err(refusal)) | Err(refusal) => refusal.into_response(),
    }
}

/// The first answer again, if this is the same call.
fn repeated(earlier: &Answer, claim: Option<&Answer>) -> Result<(StatusCode, String), Refusal> {
    if claim.is_none_or(|claim| claim.digest != earlier.digest) {
        return Err(Refusal::IdempotencyKeyReused);
    }
    let status = StatusCode::from_u16(earlier.status).unwrap_or(StatusCode::OK);
    Ok((status, earlier.body.clone()))
}

/// The parsed body, and the answer-to-be if the caller gave a key.
fn read<R: DeserializeOwned>(
    call: &Call,
    headers: &HeaderMap,
    body: Body,
) -> Result<(R, Option<Answer>), Refusal> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::BodyTooLarge,
        _ => Refusal::Invalid("the body could not be read"),
    })?;
    let request = serde_json::from_slice(&body).map_err(|_| {
        Refusal::Invalid("the body is not a JSON object with exactly the documented fields")
    })?;
    let Some(key) = headers.get("idempotency-key") else {
        return Ok((request, None));
    };
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()))
        .ok_or(Refusal::Invalid("Idempotency-Key must be 1 to 255 printable characters"))?;
    let digest = Sha256::new().chain_update(&call.name).chain_update([0]).chain_update(&body);
    let claim = Answer {
        key: key.to_owned(),
        digest: hexadecimal(&digest.finalize()),
        status: call.success.as_u16(),
        body: String::new(),
    };
    Ok((request, Some(claim)))
}

async fn show<F>(server: &Arc<Server>, look: F) -> Response
where
    F: FnOnce(&Moment, &State) -> Result<String, Refusal> + Send + 'static,
{
    match server.transact(move |moment, state| (Vec::new(), look(moment, state))).await {
        Ok(Ok(text)) => json(StatusCode::OK, text),
        Ok(Err(refusal)) | Err(refusal) => refusal.into_response(),
    }
}

fn written<T: Serialize>(shape: &T) -> Result<String, Refusal> {
    serde_json::to_string(shape).map_err(|_| Refusal::Broken)
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
