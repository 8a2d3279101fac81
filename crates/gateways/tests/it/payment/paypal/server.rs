//! A scripted PayPal: tokens, orders, captures, refunds and webhooks, with keys that end after their time and errors of
//! the documented shape. Where the documentation leaves a choice, it is the one that is harder on an adapter.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use farline_app::ports::Clock;
use farline_domain::kernel::Instant;
use farline_testkit::FrozenClock;
use serde_json::{Value, json};

use super::disputes::{self, objection};
use super::vault::{self, Vault};

pub(super) const CLIENT_ID: &str = "client-of-ours";
pub(super) const CLIENT_SECRET: &str = "secret-of-ours";
/// How long a key of an order counts, and how long that of a refund, in seconds.
const ORDER_KEYS_SECONDS: i64 = 6 * 60 * 60;
const REFUND_KEYS_SECONDS: i64 = 45 * 24 * 60 * 60;
/// How long a token counts, in seconds.
pub(super) const TOKEN_SECONDS: i64 = 32_400;

/// What happens when we capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Instrument {
    #[default]
    Pays,
    PaysLess,
    Clears,
    IsDeclined,
    IsAsked,
    RefundsFail,
}

#[derive(Default)]
pub(super) struct Book {
    /// Orders by id, as they are shown.
    pub(super) orders: BTreeMap<String, Value>,
    instruments: BTreeMap<String, Instrument>,
    pub(super) captures: BTreeMap<String, Value>,
    pub(super) refunds: BTreeMap<String, Value>,
    /// When a refund fails.
    failing: BTreeMap<String, Instant>,
    /// First answers by operation and key, with their instants.
    answers: BTreeMap<(String, String), (Instant, u16, Value)>,
    /// Tokens with their ends.
    pub(super) tokens: BTreeMap<String, Instant>,
    pub(super) events: VecDeque<Value>,
    /// Certificates by name, as they are served.
    pub(super) certificates: BTreeMap<String, Vec<u8>>,
    /// PayPal lets no order be changed.
    pub(super) is_unyielding: bool,
    /// Method and path of every request, in order.
    pub(super) asked: Vec<String>,
    pub(super) vault: Vault,
    /// Disputes by id, as they are shown.
    pub(super) disputes: BTreeMap<String, Value>,
    next: u32,
}

#[derive(Clone)]
pub(super) struct PayPal {
    book: Arc<Mutex<Book>>,
    pub(super) clock: Arc<FrozenClock>,
}

pub(super) type Said = (u16, Value);

pub(super) fn problem(status: u16, name: &str, issue: &str) -> Said {
    let detail = json!({"issue": issue, "description": "in words"});
    let body =
        json!({"name": name, "message": "of the kind", "debug_id": "d", "details": [detail]});
    (status, body)
}

pub(super) fn unprocessable(issue: &str) -> Said {
    problem(422, "UNPROCESSABLE_ENTITY", issue)
}

pub(super) fn missing() -> Said {
    problem(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
}

/// Cents of a decimal text.
pub(super) fn cents(amount: &Value) -> i64 {
    amount["value"].as_str().unwrap().replace('.', "").parse().unwrap()
}

pub(super) fn cad(cents: i64) -> Value {
    json!({"currency_code": "CAD", "value": format!("{}.{:02}", cents / 100, cents % 100)})
}

impl Book {
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}{:014}", self.next)
    }

    pub(super) fn tell(&mut self, kind: &str, resource: &Value) {
        let id = self.id("WH-");
        self.events.push_back(json!({"id": id, "event_type": kind, "resource": resource}));
    }

    /// The first answer to a key that still counts.
    pub(super) fn answered(&self, operation: &str, key: &str, since: Instant) -> Option<Said> {
        let (at, status, body) = self.answers.get(&(operation.to_owned(), key.to_owned()))?;
        (*at > since).then(|| (*status, body.clone()))
    }

    pub(super) fn remember(&mut self, operation: &str, key: &str, (now, said): (Instant, &Said)) {
        let told = (now, said.0, said.1.clone());
        self.answers.insert((operation.to_owned(), key.to_owned()), told);
    }

    fn create(&mut self, key: Option<&str>, (now, body): (Instant, Value)) -> Said {
        let Some(key) = key else {
            return problem(400, "INVALID_REQUEST", "PAYPAL_REQUEST_ID_REQUIRED");
        };
        if let Some((status, first)) =
            self.answered("order", key, now.plus_seconds(-ORDER_KEYS_SECONDS))
        {
            // A refused charge made no order.
            return first["id"]
                .as_str()
                .map_or((status, first.clone()), |id| (200, self.orders[id].clone()));
        }
        if cents(&body["purchase_units"][0]["amount"]) < 1 {
            return unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE");
        }
        let id = self.id("5O");
        let page = format!("https://www.sandbox.paypal.com/checkoutnow?token={id}");
        let order = json!({
            "id": id, "intent": body["intent"], "status": "PAYER_ACTION_REQUIRED",
            "create_time": now.rfc3339(), "purchase_units": body["purchase_units"],
            "links": [
                {"rel": "self", "href": format!("https://api-m.sandbox.paypal.com/v2/checkout/orders/{id}")},
                {"rel": "payer-action", "href": page},
            ],
        });
        let said = if body["payment_source"]["paypal"]["vault_id"].is_string() {
            let mut order = order;
            order["payment_source"] = body["payment_source"].clone();
            self.charge(order, now)
        } else {
            self.note_keeping(order["id"].as_str().unwrap(), &body);
            self.orders.insert(id, order.clone());
            (201, order)
        };
        self.remember("order", key, (now, &said));
        said
    }

    /// Only the intent, and only before the money.
    fn amend(&mut self, id: &str, body: &Value) -> Said {
        let Some(order) = self.orders.get_mut(id) else { return missing() };
        if order["status"] == "COMPLETED" {
            return unprocessable("ORDER_ALREADY_COMPLETED");
        }
        let is_intent = body[0]["op"] == "replace" && body[0]["path"] == "/intent";
        if !is_intent || self.is_unyielding {
            return problem(400, "INVALID_REQUEST", "FIELD_NOT_PATCHABLE");
        }
        order["intent"] = body[0]["value"].clone();
        (204, Value::Null)
    }

    fn capture(&mut self, id: &str, key: Option<&str>, now: Instant) -> Said {
        let since = now.plus_seconds(-ORDER_KEYS_SECONDS);
        if let Some(first) = key.and_then(|key| self.answered(id, key, since)) {
            return first;
        }
        let Some(order) = self.orders.get(id).cloned() else { return missing() };
        let said = match (order["status"].as_str().unwrap(), order["intent"].as_str().unwrap()) {
            ("COMPLETED", _) => unprocessable("ORDER_ALREADY_CAPTURED"),
            (_, "AUTHORIZE") => unprocessable("ACTION_DOES_NOT_MATCH_INTENT"),
            ("APPROVED", _) => self.take(id, now),
            _ => unprocessable("ORDER_NOT_APPROVED"),
        };
        if let Some(key) = key {
            self.remember(id, key, (now, &said));
        }
        said
    }

    /// Takes the money of an order, whatever state it is in.
    pub(super) fn take(&mut self, id: &str, now: Instant) -> Said {
        let unit = self.orders[id]["purchase_units"][0].clone();
        let amount = cents(&unit["amount"]);
        let instrument = self.instruments.get(id).copied().unwrap_or_default();
        let (status, amount) = match instrument {
            Instrument::IsDeclined => return unprocessable("INSTRUMENT_DECLINED"),
            Instrument::IsAsked => return unprocessable("PAYER_ACTION_REQUIRED"),
            Instrument::Clears => ("PENDING", amount),
            Instrument::PaysLess => ("COMPLETED", amount - 100),
            Instrument::Pays | Instrument::RefundsFail => ("COMPLETED", amount),
        };
        let capture = self.id("2G");
        let taken = json!({
            "id": capture, "status": status, "amount": cad(amount), "create_time": now.rfc3339(),
            "custom_id": unit["custom_id"], "invoice_id": unit["invoice_id"],
            "supplementary_data": {"related_ids": {"order_id": id}},
        });
        self.captures.insert(capture, taken.clone());
        let order = self.orders.get_mut(id).unwrap();
        order["status"] = json!("COMPLETED");
        order["purchase_units"][0]["payments"] = json!({"captures": [taken]});
        self.keep_with(id);
        let said = (201, self.orders[id].clone());
        self.tell(&format!("PAYMENT.CAPTURE.{status}"), &taken);
        said
    }

    /// What becomes of an order's money.
    pub(super) fn behave(&mut self, id: &str, instrument: Instrument) {
        self.instruments.insert(id.to_owned(), instrument);
    }

    /// A capture that waited comes to its end.
    pub(super) fn clear(&mut self, id: &str, status: &str) {
        let order = self.orders.get_mut(id).unwrap();
        let capture = &mut order["purchase_units"][0]["payments"]["captures"][0];
        capture["status"] = json!(status);
        let capture = capture.clone();
        self.captures.insert(capture["id"].as_str().unwrap().to_owned(), capture.clone());
        self.tell(&format!("PAYMENT.CAPTURE.{status}"), &capture);
    }

    fn given_back(&self, capture: &str) -> i64 {
        let of = self.refunds.values().filter(|refund| refund["links"][0]["href"] == up(capture));
        let real = of.filter(|refund| refund["status"] != "FAILED");
        real.map(|refund| cents(&refund["amount"])).sum()
    }

    fn refund(&mut self, capture: &str, key: Option<&str>, (now, body): (Instant, &Value)) -> Said {
        let since = now.plus_seconds(-REFUND_KEYS_SECONDS);
        if let Some((_, first)) = key.and_then(|key| self.answered(capture, key, since)) {
            return (200, self.refunds[first["id"].as_str().unwrap()].clone());
        }
        let Some(taken) = self.captures.get(capture).cloned() else { return missing() };
        let (asked, left) =
            (cents(&body["amount"]), cents(&taken["amount"]) - self.given_back(capture));
        if asked < 1 {
            return unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE");
        }
        if left == 0 {
            return unprocessable("CAPTURE_FULLY_REFUNDED");
        }
        if asked > left {
            return unprocessable("REFUND_AMOUNT_EXCEEDED");
        }
        if let Some(objection) = objection(self, capture) {
            return objection;
        }
        let order = taken["supplementary_data"]["related_ids"]["order_id"].as_str().unwrap();
        let fails = self.instruments.get(order) == Some(&Instrument::RefundsFail);
        let (status, order) = (if fails { "PENDING" } else { "COMPLETED" }, order.to_owned());
        let id = self.id("1J");
        let refund = json!({
            "id": id, "status": status, "amount": body["amount"], "custom_id": body["custom_id"],
            "links": [{"rel": "up", "href": up(capture)}],
        });
        if fails {
            self.failing.insert(id.clone(), now.plus_seconds(3_600));
        }
        self.refunds.insert(id.clone(), refund.clone());
        let payments = &mut self.orders.get_mut(&order).unwrap()["purchase_units"][0]["payments"];
        let mut list = payments["refunds"].as_array().cloned().unwrap_or_default();
        list.push(refund.clone());
        payments["refunds"] = Value::Array(list);
        self.tell(
            if fails { "PAYMENT.REFUND.PENDING" } else { "PAYMENT.CAPTURE.REFUNDED" },
            &refund,
        );
        let said = (201, refund);
        if let Some(key) = key {
            self.remember(capture, key, (now, &said));
        }
        said
    }

    fn fail_refunds(&mut self, now: Instant) {
        let due: Vec<String> =
            self.failing.iter().filter(|(_, at)| **at <= now).map(|(id, _)| id.clone()).collect();
        for id in due {
            self.failing.remove(&id);
            let refund = self.refunds.get_mut(&id).unwrap();
            refund["status"] = json!("FAILED");
        }
    }
}

fn up(capture: &str) -> String {
    format!("https://api-m.sandbox.paypal.com/v2/payments/captures/{capture}")
}

impl PayPal {
    pub(super) fn new(clock: Arc<FrozenClock>) -> Self {
        Self { book: Arc::default(), clock }
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    /// The payer agrees on PayPal's page, to pay in this way.
    pub(super) fn approve(&self, id: &str, source: Value, instrument: Instrument) {
        let mut book = self.book();
        book.next += 1;
        let stamp = format!("2026-11-22T12:00:00.{:03}Z", book.next);
        let order = book.orders.get_mut(id).unwrap();
        order["status"] = json!("APPROVED");
        order["update_time"] = json!(stamp);
        order["payment_source"] = source;
        let order = order.clone();
        book.instruments.insert(id.to_owned(), instrument);
        book.tell("CHECKOUT.ORDER.APPROVED", &order);
    }

    pub(super) fn router(&self) -> Router {
        Router::new()
            .route("/v1/oauth2/token", post(token))
            .route("/v1/notifications/certs/{name}", get(certificate))
            .route("/v2/checkout/orders", post(create))
            .route("/v2/checkout/orders/{id}", patch(amend).get(order))
            .route("/v2/checkout/orders/{id}/capture", post(capture))
            .route("/v2/payments/captures/{id}", get(captured))
            .route("/v2/payments/captures/{id}/refund", post(refund))
            .route("/v2/payments/refunds/{id}", get(refunded))
            .merge(vault::router())
            .merge(disputes::router())
            .with_state(self.clone())
    }

    /// Answers a request that carries a token which counts.
    pub(super) fn serve(
        &self,
        headers: &HeaderMap,
        answer: impl FnOnce(&mut Book, Instant) -> Said,
    ) -> Response {
        let now = self.clock.now();
        let mut book = self.book();
        book.fail_refunds(now);
        book.clear_waiting(now);
        let bearer = text(headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
        let counts = bearer.and_then(|token| book.tokens.get(token)).is_some_and(|end| now < *end);
        let said = if counts {
            answer(&mut book, now)
        } else {
            (401, json!({"name": "AUTHENTICATION_FAILURE", "message": "in words"}))
        };
        say(said)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

pub(super) fn key(headers: &HeaderMap) -> Option<&str> {
    text(headers, "paypal-request-id")
}

fn say((status, mut body): Said) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    if body.is_null() {
        return status.into_response();
    }
    if let Some(fields) = body.as_object_mut() {
        fields.insert("new".to_owned(), json!([1]));
    }
    (status, Json(body)).into_response()
}

async fn token(State(paypal): State<PayPal>, headers: HeaderMap, body: Bytes) -> Response {
    use base64::Engine;
    let pair =
        base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
    let is_ours = text(&headers, "authorization") == Some(format!("Basic {pair}").as_str());
    if !is_ours || body != b"grant_type=client_credentials".as_slice() {
        return say((401, json!({"error": "invalid_client", "error_description": "in words"})));
    }
    let now = paypal.clock.now();
    let mut book = paypal.book();
    let token = book.id("A21AA");
    book.tokens.insert(token.clone(), now.plus_seconds(TOKEN_SECONDS));
    say((200, json!({"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})))
}

async fn certificate(State(paypal): State<PayPal>, Path(name): Path<String>) -> Response {
    let book = paypal.book();
    match book.certificates.get(&name) {
        Some(pem) => pem.clone().into_response(),
        None => say(missing()),
    }
}

async fn create(State(paypal): State<PayPal>, headers: HeaderMap, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    paypal.serve(&headers, |book, now| book.create(key(&headers), (now, body)))
}

async fn order(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let read = |book: &mut Book, _| {
        book.orders.get(&id).map_or_else(missing, |order| (200, order.clone()))
    };
    paypal.serve(&headers, read)
}

async fn amend(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    paypal.serve(&headers, |book, _| book.amend(&id, &body))
}

async fn capture(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    paypal.serve(&headers, |book, now| book.capture(&id, key(&headers), now))
}

async fn captured(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let read =
        |book: &mut Book, _| book.captures.get(&id).map_or_else(missing, |one| (200, one.clone()));
    paypal.serve(&headers, read)
}

async fn refund(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    paypal.serve(&headers, |book, now| book.refund(&id, key(&headers), (now, &body)))
}

async fn refunded(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let read =
        |book: &mut Book, _| book.refunds.get(&id).map_or_else(missing, |one| (200, one.clone()));
    paypal.serve(&headers, read)
}
