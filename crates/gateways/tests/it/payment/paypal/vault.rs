//! The part of the scripted PayPal about accounts that are kept, and charges of them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use farline_domain::kernel::Instant;
use farline_domain::payments::DeclineAdvice;
use serde_json::{Value, json};

use super::server::{Book, Instrument, PayPal, Said, key, missing, problem, unprocessable};
use crate::payment::keeping::Later;

/// How long a key of the vault counts, and how long a setup token is there, in seconds.
const KEYS_SECONDS: i64 = 3 * 60 * 60;
const SETUP_SECONDS: i64 = 3 * 24 * 60 * 60;
/// How long a capture waits that comes in the end, in seconds.
const WAITS_SECONDS: i64 = 1_800;

/// Whose account is kept.
const PAYER: &str = "payer@example.com";

/// A setup token, when it was made, and what its owner agreed to.
pub(super) struct Setup {
    shown: Value,
    made: Instant,
    agreed: Option<Later>,
}

/// What is kept, and what waits.
#[derive(Default)]
pub(super) struct Vault {
    setups: Vec<Setup>,
    /// Payment tokens, with what becomes of charges.
    tokens: Vec<(Value, Later)>,
    /// Orders whose captures wait, until when.
    waiting: Vec<(String, Instant)>,
    /// Orders whose account is to be kept once they are paid.
    keeping: Vec<String>,
}

impl Vault {
    pub(super) fn setups_for(&self, account: &str) -> usize {
        let theirs = self
            .setups
            .iter()
            .filter(|one| one.shown["customer"]["merchant_customer_id"] == account);
        theirs.count()
    }
}

impl Book {
    /// An account becomes kept: its token.
    fn keep(&mut self, customer: &str, later: Later) -> Value {
        let token = json!({
            "id": self.id("8KC"), "customer": {"id": customer}, "status": "VAULTED",
            "payment_source": {"paypal": {"email_address": PAYER, "usage_type": "MERCHANT"}},
        });
        self.vault.tokens.push((token.clone(), later));
        self.tell("VAULT.PAYMENT-TOKEN.CREATED", &token);
        token
    }

    /// Notes whether an order that is made keeps the account.
    pub(super) fn note_keeping(&mut self, id: &str, body: &Value) {
        let vault = &body["payment_source"]["paypal"]["attributes"]["vault"];
        if vault["store_in_vault"] == "ON_SUCCESS" && vault["usage_type"] == "MERCHANT" {
            self.vault.keeping.push(id.to_owned());
        }
    }

    /// What an order shows of the account that was kept with its payment; of cards there is none.
    pub(super) fn keep_with(&mut self, id: &str) {
        let is_wallet = self.orders[id]["payment_source"]["paypal"].is_object();
        if !is_wallet || !self.vault.keeping.iter().any(|one| one == id) {
            return;
        }
        let token = self.keep("cust-with-payment", Later::Captures);
        let kept = json!({
            "id": token["id"], "status": "VAULTED", "customer": token["customer"],
        });
        let wallet = &mut self.orders.get_mut(id).unwrap()["payment_source"]["paypal"];
        wallet["attributes"] = json!({"vault": kept});
    }

    fn make_setup(&mut self, key: Option<&str>, (now, body): (Instant, Value)) -> Said {
        let Some(key) = key else {
            return problem(400, "INVALID_REQUEST", "PAYPAL_REQUEST_ID_REQUIRED");
        };
        if let Some(first) = self.answered("setup", key, now.plus_seconds(-KEYS_SECONDS)) {
            return first;
        }
        let id = self.id("5C9");
        let page =
            format!("https://www.sandbox.paypal.com/agreements/approve?approval_session_id={id}");
        let merchants = &body["customer"]["merchant_customer_id"];
        let shown = json!({
            "id": id, "status": "PAYER_ACTION_REQUIRED",
            "customer": {"id": "cust-of-paypal", "merchant_customer_id": merchants},
            "payment_source": body["payment_source"],
            "links": [{"rel": "approve", "href": page}],
        });
        self.vault.setups.push(Setup { shown: shown.clone(), made: now, agreed: None });
        let said = (201, shown);
        self.remember("setup", key, (now, &said));
        said
    }

    /// The owner agrees on PayPal's page.
    pub(super) fn agree(&mut self, id: &str, later: Later) {
        let setup = self.vault.setups.iter_mut().find(|setup| setup.shown["id"] == id).unwrap();
        setup.agreed = Some(later);
        setup.shown["status"] = json!("APPROVED");
    }

    fn show_setup(&self, id: &str, now: Instant) -> Said {
        let live = |setup: &&Setup| {
            setup.shown["id"] == id && now < setup.made.plus_seconds(SETUP_SECONDS)
        };
        self.vault.setups.iter().find(live).map_or_else(missing, |one| (200, one.shown.clone()))
    }

    fn make_token(&mut self, key: Option<&str>, (now, body): (Instant, Value)) -> Said {
        let Some(key) = key else {
            return problem(400, "INVALID_REQUEST", "PAYPAL_REQUEST_ID_REQUIRED");
        };
        if let Some(first) = self.answered("token", key, now.plus_seconds(-KEYS_SECONDS)) {
            return first;
        }
        let asked = &body["payment_source"]["token"];
        assert_eq!(asked["type"], "SETUP_TOKEN");
        let found = self.vault.setups.iter_mut().find(|setup| setup.shown["id"] == asked["id"]);
        let Some(setup) = found else { return missing() };
        let Some(later) = setup.agreed.take() else {
            return unprocessable("SETUP_TOKEN_NOT_APPROVED");
        };
        setup.shown["status"] = json!("VAULTED");
        let said = (201, self.keep("cust-of-paypal", later));
        self.remember("token", key, (now, &said));
        said
    }

    fn forget(&mut self, id: &str) -> Said {
        let before = self.vault.tokens.len();
        self.vault.tokens.retain(|(token, _)| token["id"] != id);
        if self.vault.tokens.len() == before { missing() } else { (204, Value::Null) }
    }

    /// An order that charges a kept account.
    pub(super) fn charge(&mut self, order: Value, now: Instant) -> Said {
        let asked = order["payment_source"]["paypal"]["vault_id"].clone();
        let initiator = &order["payment_source"]["paypal"]["stored_credential"];
        assert!(initiator["payment_initiator"].is_string() && initiator["usage"] == "SUBSEQUENT");
        let Some((token, later)) = self.vault.tokens.iter().find(|(token, _)| token["id"] == asked)
        else {
            return unprocessable("TOKEN_ID_NOT_FOUND");
        };
        let (source, later) = (token["payment_source"].clone(), *later);
        let invoice = &order["purchase_units"][0]["invoice_id"];
        if self.captures.values().any(|one| one["invoice_id"] == *invoice) {
            return unprocessable("DUPLICATE_INVOICE_ID");
        }
        let instrument = match later {
            Later::Captures => Instrument::Pays,
            Later::TakesLess => Instrument::PaysLess,
            Later::Waits => Instrument::Clears,
            Later::Declines(advice) => match advice {
                DeclineAdvice::RetryLater => return unprocessable("TRANSACTION_LIMIT_EXCEEDED"),
                DeclineAdvice::RetryOnce => return unprocessable("INSTRUMENT_DECLINED"),
                DeclineAdvice::AskCustomer => return unprocessable("PAYER_CANNOT_PAY"),
                DeclineAdvice::Never => return unprocessable("COMPLIANCE_VIOLATION"),
                // It is made, and waits for the payer.
                DeclineAdvice::Authenticate => Instrument::IsAsked,
            },
        };
        let id = order["id"].as_str().unwrap().to_owned();
        let mut made = order;
        made["payment_source"] = source;
        self.orders.insert(id.clone(), made.clone());
        if instrument == Instrument::IsAsked {
            return (200, made);
        }
        self.behave(&id, instrument);
        if instrument == Instrument::Clears {
            self.vault.waiting.push((id.clone(), now.plus_seconds(WAITS_SECONDS)));
        }
        self.take(&id, now)
    }

    /// Captures that waited come.
    pub(super) fn clear_waiting(&mut self, now: Instant) {
        let (due, waiting) =
            std::mem::take(&mut self.vault.waiting).into_iter().partition(|(_, at)| *at <= now);
        self.vault.waiting = waiting;
        let due: Vec<(String, Instant)> = due;
        for (id, _) in due {
            self.clear(&id, "COMPLETED");
        }
    }
}

impl PayPal {
    /// How far the keeping of an order's account is said to be.
    pub(super) fn say_of_the_vault(&self, id: &str, status: &str) {
        let mut book = self.book();
        let said = "/payment_source/paypal/attributes/vault/status";
        *book.orders.get_mut(id).unwrap().pointer_mut(said).unwrap() = json!(status);
    }

    /// The capture for an order of ours, which waited, comes to its end.
    pub(super) fn clear_for(&self, order: &str, status: &str) {
        let mut book = self.book();
        let mut orders = book.orders.iter();
        let made = orders.find(|(_, one)| one["purchase_units"][0]["custom_id"] == order);
        let id = made.unwrap().0.clone();
        book.clear(&id, status);
    }
}

pub(super) fn router() -> Router<PayPal> {
    Router::new()
        .route("/v3/vault/setup-tokens", post(set_up))
        .route("/v3/vault/setup-tokens/{id}", get(setup))
        .route("/v3/vault/payment-tokens", post(keep))
        .route("/v3/vault/payment-tokens/{id}", get(token).delete(forget))
}

async fn set_up(State(paypal): State<PayPal>, headers: HeaderMap, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    paypal.serve(&headers, |book, now| book.make_setup(key(&headers), (now, body)))
}

async fn setup(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    paypal.serve(&headers, |book, now| book.show_setup(&id, now))
}

async fn keep(State(paypal): State<PayPal>, headers: HeaderMap, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    paypal.serve(&headers, |book, now| book.make_token(key(&headers), (now, body)))
}

async fn token(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    paypal.serve(&headers, |book, _| {
        let token = book.vault.tokens.iter().find(|(token, _)| token["id"] == *id);
        token.map_or_else(missing, |(token, _)| (200, token.clone()))
    })
}

async fn forget(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    paypal.serve(&headers, |book, _| book.forget(&id))
}
