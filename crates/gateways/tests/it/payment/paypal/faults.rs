//! A PayPal that fails in every way, at every exchange of every call: the answer is always unknown, never done and never
//! refused. The last rows are answers that the calls do take, so that the table is known to tell them apart.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use farline_app::ports::payment::{CheckoutState, PaymentProvider, RefundRequest};
use farline_domain::kernel::{Instant, Money};
use farline_gateways::payment::paypal::PayPalProvider;
use farline_testkit::FrozenClock;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use super::authority::AUTHORITY;
use super::counterpart::{START_MS, WEBHOOK_ID, settings};
use super::server::{CLIENT_ID, CLIENT_SECRET};
use crate::payment::contract::request;
use crate::payment::faults::{Ending, Step, UNSOUND, charge_request};
use crate::payment::keeping::{account, setup};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    /// Only a token is fetched.
    Probe,
    Checkout,
    Read,
    Capture,
    Expire,
    Refund,
    RefundState,
    SetUp,
    SetupState,
    Charge,
    /// A charge for which PayPal wants to ask the payer.
    ChargeAsked,
    Forget,
    Dispute,
}

const CALLS: [Call; 13] = [
    Call::Probe,
    Call::Checkout,
    Call::Read,
    Call::Capture,
    Call::Expire,
    Call::Refund,
    Call::RefundState,
    Call::SetUp,
    Call::SetupState,
    Call::Charge,
    Call::ChargeAsked,
    Call::Forget,
    Call::Dispute,
];

const ORDER: &str = "5O190127TN364715T";
const CAPTURE: &str = "2GG279541U471931P";
const REFUND: &str = "1JU08902781691411";
const DISPUTE: &str = "PP-D-27803";
const SETUP: &str = "5C991763VB2781612";
const TOKEN: &str = "A21AAtoken";
const PATIENT: Duration = Duration::from_secs(30);
const HASTY: Duration = Duration::from_millis(500);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Done(Option<CheckoutState>),
    Refused(String),
    Unknown(String),
}

fn unknown(reason: &str) -> Outcome {
    Outcome::Unknown(reason.to_owned())
}

async fn outcome(url: &str, call: Call, patience: Duration) -> Outcome {
    let now = Instant::from_millis(START_MS);
    let settings = settings(url, AUTHORITY.root.clone(), patience);
    let provider = PayPalProvider::new(settings, Arc::new(FrozenClock::at(now))).unwrap();
    let checkout = request("ord_1", now);
    let (key, payment) = ("rf_1".to_owned(), CAPTURE.to_owned());
    let refund = RefundRequest { key, payment, amount: Money::cad(2_825) };
    let answered = match call {
        Call::Probe => provider.probe().await.map(|()| Ok(None)),
        Call::Checkout => provider.checkout(&checkout).await.map(|done| done.map(|_| None)),
        Call::Read | Call::Capture => {
            provider.checkout_state(ORDER).await.map(|state| Ok(Some(state)))
        }
        Call::Expire => provider.expire_checkout(ORDER).await.map(|state| Ok(Some(state))),
        Call::Refund => provider.refund(&refund).await.map(|done| done.map(|_| None)),
        Call::RefundState => provider.refund_state(REFUND).await.map(|_| Ok(None)),
        Call::SetUp => provider.set_up(&setup("set_1", now)).await.map(|done| done.map(|_| None)),
        Call::SetupState => {
            provider.setup_state(SETUP, "set_1").await.map(|done| done.map(|_| None))
        }
        Call::Charge | Call::ChargeAsked => {
            let asked = charge_request(Step::Charge);
            provider.charge(&asked).await.map(|done| done.map(|_| None))
        }
        Call::Forget => {
            provider.forget_method("cus_1", "pm_1").await.map(|done| done.map(|()| None))
        }
        Call::Dispute => provider.dispute(DISPUTE).await.map(|done| done.map(|_| None)),
    };
    match answered {
        Ok(Ok(state)) => Outcome::Done(state),
        Ok(Err(refusal)) => Outcome::Refused(refusal.code),
        Err(unknown) => {
            let ours = [CLIENT_ID, CLIENT_SECRET, WEBHOOK_ID, TOKEN, "ord_1", "rf_1", "127.0.0.1"];
            let theirs =
                [ORDER, CAPTURE, REFUND, DISPUTE, SETUP, "set_1", "key_1", "pm_1", "cus_1"];
            for secret in ours.iter().chain(&theirs) {
                assert!(!unknown.to_string().contains(secret), "{call:?}: {unknown}");
            }
            Outcome::Unknown(unknown.0)
        }
    }
}

fn order(status: &str, intent: &str) -> Value {
    let until = START_MS + 900_000;
    let page = format!("https://www.sandbox.paypal.com/checkoutnow?token={ORDER}");
    json!({
        "id": ORDER, "status": status, "intent": intent, "update_time": "2026-11-22T12:00:01Z",
        "links": [{"rel": "payer-action", "href": page, "method": "GET"}],
        "payment_source": {"paypal": {}},
        "purchase_units": [{
            "reference_id": format!("ord_1.{until}"), "custom_id": "ord_1", "invoice_id": "ord_1",
            "amount": {"currency_code": "CAD", "value": "28.25"},
        }],
    })
}

fn paid() -> Value {
    let mut paid = order("COMPLETED", "CAPTURE");
    paid["purchase_units"][0]["payments"] = json!({"captures": [{
        "id": CAPTURE, "status": "COMPLETED", "custom_id": "ord_1", "invoice_id": "ord_1",
        "amount": {"currency_code": "CAD", "value": "28.25"}, "final_capture": true,
    }]});
    paid
}

fn refund() -> Value {
    let up = format!("https://api-m.sandbox.paypal.com/v2/payments/captures/{CAPTURE}");
    json!({
        "id": REFUND, "status": "COMPLETED", "custom_id": "rf_1",
        "amount": {"currency_code": "CAD", "value": "28.25"}, "links": [{"rel": "up", "href": up}],
    })
}

/// An order that charges a kept account.
fn charge(mut order: Value) -> Value {
    let until = START_MS + (6 * 3_600 - 600) * 1_000;
    order["purchase_units"][0]["reference_id"] = json!(format!("ord_1.{until}"));
    order
}

fn setup_token(status: &str) -> Value {
    let page =
        format!("https://www.sandbox.paypal.com/agreements/approve?approval_session_id={SETUP}");
    json!({
        "id": SETUP, "status": status, "links": [{"rel": "approve", "href": page}],
        "customer": {"id": "c", "merchant_customer_id": account(1).to_string()},
    })
}

fn payment_token() -> Value {
    json!({
        "id": "8kk8451t", "status": "VAULTED", "customer": {"id": "c"},
        "payment_source": {"paypal": {"email_address": "payer@example.com"}},
    })
}

fn dispute() -> Value {
    json!({
        "dispute_id": DISPUTE, "status": "RESOLVED", "reason": "UNAUTHORISED",
        "dispute_life_cycle_stage": "CHARGEBACK",
        "dispute_amount": {"currency_code": "CAD", "value": "28.25"},
        "dispute_outcome": {
            "outcome_code": "RESOLVED_BUYER_FAVOUR",
            "amount_refunded": {"currency_code": "CAD", "value": "28.25"},
        },
        "disputed_transactions": [{
            "seller_transaction_id": CAPTURE, "custom": "ord_1", "invoice_number": "ord_1",
            "gross_amount": {"currency_code": "CAD", "value": "28.25"},
        }],
        "money_movements": [{
            "affected_party": "SELLER", "type": "DEBIT", "reason": "DISPUTE_SETTLEMENT",
            "amount": {"currency_code": "CAD", "value": "28.25"},
        }],
        "seller_response_due_date": "2026-12-09T12:00:00.000Z",
    })
}

/// What is said of what is not there any more.
fn gone(call: Call, step: usize) -> bool {
    (call, step) == (Call::Forget, 2)
}

/// What a sound PayPal says to each exchange of a call; the first is the token's.
fn sound(call: Call) -> Vec<Value> {
    let token = json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 32_400});
    let capture = json!({
        "id": CAPTURE, "status": "COMPLETED",
        "supplementary_data": {"related_ids": {"order_id": ORDER}},
    });
    let (open, over) = (order("PAYER_ACTION_REQUIRED", "CAPTURE"), order("CREATED", "AUTHORIZE"));
    let then = match call {
        Call::Probe => Vec::new(),
        Call::Checkout | Call::Read => vec![open],
        Call::Capture => vec![order("APPROVED", "CAPTURE"), paid()],
        // The answer to the end has no words; any are as good.
        Call::Expire => vec![open, json!({}), over],
        Call::Refund => vec![capture, paid(), refund()],
        Call::RefundState => vec![refund()],
        Call::SetUp => vec![setup_token("PAYER_ACTION_REQUIRED")],
        Call::SetupState => vec![setup_token("APPROVED"), payment_token()],
        Call::Charge => vec![charge(paid())],
        Call::ChargeAsked => vec![charge(open), json!({}), charge(over)],
        Call::Forget => vec![json!({}), json!({})],
        Call::Dispute => vec![dispute()],
    };
    [vec![token], then].concat()
}

/// Every exchange of every call.
fn steps() -> Vec<(Call, usize)> {
    CALLS
        .into_iter()
        .flat_map(|call| (0..sound(call).len()).map(move |step| (call, step)))
        .collect()
}

fn says(status: u16, body: &str) -> Ending {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} X\r\nlocation: http://127.0.0.1:9/\r\nconnection: close\r\n");
    Ending::Closed(format!("{head}content-length: {length}\r\n\r\n{body}").into_bytes())
}

fn problem(issue: &str) -> String {
    let details = json!([{"issue": issue, "description": "in words"}]);
    json!({"name": "UNPROCESSABLE_ENTITY", "message": "m", "debug_id": "d", "details": details})
        .to_string()
}

/// Reads one request, to the end of its body.
async fn read(stream: &mut TcpStream) -> String {
    let mut octets = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&octets).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        assert_ne!(stream.read_buf(&mut octets).await.unwrap(), 0);
    }
}

/// A PayPal that answers soundly until a step, which it answers so, as often as it is asked from there on.
async fn failing(call: Call, step: usize, ending: Ending) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    tokio::spawn(async move {
        let (script, mut held, mut next) = (sound(call), Vec::new(), 1);
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let request = read(&mut stream).await;
            let is_token = request.starts_with("POST /v1/oauth2/token ");
            hears.lock().unwrap().push(request);
            let now = if is_token { 0 } else { next };
            let ending = if now == step {
                ending.clone()
            } else if gone(call, now) {
                says(404, &problem("INVALID_RESOURCE_ID"))
            } else {
                says(201, &script[now].to_string())
            };
            next += usize::from(!is_token && now != step);
            held.extend(ending.happen(stream).await);
        }
    });
    (url, heard)
}

async fn answered(call: Call, step: usize, ending: Ending) -> Outcome {
    let (url, _) = failing(call, step, ending).await;
    outcome(&url, call, PATIENT).await
}

#[tokio::test]
async fn statuses_that_say_nothing_are_unknown_even_with_a_sound_body() {
    for (call, step) in steps() {
        for status in [300, 302, 304, 401, 403, 407, 408, 425, 429, 500, 501, 502, 503, 504, 599] {
            let expected = unknown(&format!("status {status}"));
            for body in [sound(call)[step].to_string(), problem("INVALID_PARAMETER_VALUE")] {
                let body = if status == 304 { "" } else { &body };
                let outcome = answered(call, step, says(status, body)).await;
                assert_eq!(outcome, expected, "{call:?} {step}");
            }
        }
    }
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_unknown() {
    for (call, step) in steps() {
        let sound = sound(call)[step].to_string();
        let bodies = [
            ("empty", String::new()),
            ("null", "null".to_owned()),
            ("an empty object", "{}".to_owned()),
            ("a list", format!("[{sound}]")),
            ("a page", "<!doctype html><p>It works!".to_owned()),
            ("half", sound[..sound.len() / 2].to_owned()),
            ("all but the end", sound[..sound.len() - 1].to_owned()),
            ("twice", format!("{sound}{sound}")),
            ("an error", problem("INVALID_PARAMETER_VALUE")),
        ];
        for (name, body) in bodies {
            for status in [200, 201] {
                let outcome = answered(call, step, says(status, &body)).await;
                assert_eq!(outcome, unknown(UNSOUND), "{call:?} {step}: {status} with {name}");
            }
        }
        let long = format!("{{\"x\":\"{}\",{}", "y".repeat(300_000), sound.trim_start_matches('{'));
        let outcome = answered(call, step, says(200, &long)).await;
        assert_eq!(outcome, unknown("the answer is too long"), "{call:?} {step}");
    }
}

/// A field that must fit, with a value that does not.
type Misfit = (&'static str, Value);

const CUSTOM: &str = "/purchase_units/0/custom_id";
const REFERENCE: &str = "/purchase_units/0/reference_id";
const VALUE: &str = "/purchase_units/0/amount/value";
const TAKEN_STATUS: &str = "/purchase_units/0/payments/captures/0/status";
const TAKEN_ID: &str = "/purchase_units/0/payments/captures/0/id";
const TAKEN_VALUE: &str = "/purchase_units/0/payments/captures/0/amount/value";
const TAKEN_CURRENCY: &str = "/purchase_units/0/payments/captures/0/amount/currency_code";

fn misfits_of_token() -> Vec<Misfit> {
    vec![
        ("/access_token", json!("")),
        ("/access_token", json!(7)),
        ("/expires_in", json!(0)),
        ("/expires_in", json!(-5)),
        ("/expires_in", json!("9 h")),
    ]
}

fn misfits_of_order() -> Vec<Misfit> {
    vec![
        ("/id", json!("5O190127TN364715X")),
        ("/status", json!("AJAR")),
        ("/status", json!("COMPLETED")),
        ("/intent", json!("ORDER")),
        (CUSTOM, json!("ord_2")),
        (REFERENCE, json!("ord_1")),
        (REFERENCE, json!("ord_1.soon")),
        ("/purchase_units", json!([])),
    ]
}

fn misfits_of_page() -> Vec<Misfit> {
    vec![
        ("/id", json!("")),
        ("/links/0/rel", json!("self")),
        ("/links/0/href", json!("javascript:alert(1)")),
        ("/links/0/href", json!("//www.paypal.com/x")),
        ("/links/0/href", json!("http://www.paypal.com/x")),
        ("/links/0/href", json!("https://paypal.com.example/x")),
        ("/links/0/href", json!("https://notpaypal.com/x")),
        (CUSTOM, json!("ord_2")),
        (REFERENCE, json!("ord_2.1")),
        ("/purchase_units/0/invoice_id", json!("ord_2")),
        (VALUE, json!("28.26")),
        (VALUE, json!("28.250")),
        (VALUE, json!(28.25)),
        ("/purchase_units/0/amount/currency_code", json!("USD")),
        ("/purchase_units", json!([])),
    ]
}

fn misfits_of_payment() -> Vec<Misfit> {
    vec![
        ("/id", json!("5O190127TN364715X")),
        ("/status", json!("DONE")),
        ("/purchase_units/0/payments/captures", json!([])),
        (TAKEN_ID, json!("")),
        (TAKEN_STATUS, json!("AUTHORISED")),
        (TAKEN_VALUE, json!("0.00")),
        (TAKEN_VALUE, json!("-28.25")),
        (TAKEN_VALUE, json!("28.2")),
        (TAKEN_VALUE, json!("92233720368547758.08")),
        (TAKEN_CURRENCY, json!("cad")),
    ]
}

fn misfits_of_charge() -> Vec<Misfit> {
    vec![
        ("/id", json!("")),
        (CUSTOM, json!("ord_2")),
        (REFERENCE, json!("ord_2.1795369200000")),
        (REFERENCE, json!("ord_1.1")),
        ("/purchase_units/0/invoice_id", json!("ord_2")),
        (VALUE, json!("28.26")),
        ("/purchase_units/0/amount/currency_code", json!("USD")),
        ("/purchase_units", json!([])),
    ]
}

fn misfits_of_dispute() -> Vec<Misfit> {
    let moved = "/money_movements/0";
    let movement = |field: &'static str, value: Value| {
        let mut one = dispute().pointer(moved).unwrap().clone();
        *one.pointer_mut(field).unwrap() = value;
        ("/money_movements", json!([one]))
    };
    let debit = dispute().pointer(moved).unwrap().clone();
    let mut credit = debit.clone();
    credit["type"] = json!("CREDIT");
    vec![
        ("/dispute_id", json!("")),
        ("/dispute_id", json!("PP-D-1")),
        ("/status", json!("OTHER")),
        ("/status", json!(null)),
        ("/status", json!("SETTLED")),
        ("/dispute_life_cycle_stage", json!("APPEAL")),
        ("/dispute_outcome", json!(null)),
        ("/dispute_outcome/outcome_code", json!("NONE")),
        ("/dispute_outcome/outcome_code", json!("RESOLVED")),
        ("/reason", json!(null)),
        ("/dispute_amount", json!(null)),
        ("/dispute_amount/value", json!("0.00")),
        ("/dispute_amount/value", json!("-28.25")),
        ("/dispute_amount/value", json!(28.25)),
        ("/dispute_amount/currency_code", json!("USD")),
        ("/dispute_amount/currency_code", json!("cad")),
        ("/disputed_transactions", json!([])),
        ("/disputed_transactions", json!([{"seller_transaction_id": ""}])),
        ("/disputed_transactions", json!([{}])),
        ("/disputed_transactions/0/gross_amount/currency_code", json!("USD")),
        ("/disputed_transactions/0/gross_amount/value", json!("28")),
        ("/seller_response_due_date", json!("soon")),
        ("/seller_response_due_date", json!(7)),
        movement("/amount/currency_code", json!("USD")),
        movement("/amount/value", json!("-28.25")),
        movement("/amount/value", json!("92233720368547758.08")),
        movement("/type", json!("TRANSFER")),
        movement("/affected_party", json!("BANK")),
        movement("/reason", json!("GOODWILL")),
        movement("/reason", json!(null)),
        // More came back than was taken.
        ("/money_movements", json!([debit, credit, credit])),
        ("/money_movements", json!([credit])),
    ]
}

fn misfits(call: Call, step: usize) -> Vec<Misfit> {
    match (call, step) {
        (_, 0) => misfits_of_token(),
        (Call::Checkout, _) => misfits_of_page(),
        (Call::Read, _) | (Call::Capture | Call::Expire, 1) => misfits_of_order(),
        (Call::Expire | Call::ChargeAsked, 2) | (Call::Probe | Call::Forget, _) => Vec::new(),
        (Call::Expire, _) => [misfits_of_order(), vec![("/intent", json!("CAPTURE"))]].concat(),
        (Call::Capture, _) => misfits_of_payment(),
        (Call::Refund, 1) => vec![
            ("/id", json!("2GG279541U471931X")),
            ("/supplementary_data/related_ids/order_id", json!(null)),
            ("/supplementary_data/related_ids/order_id", json!("")),
        ],
        (Call::Refund, 2) => {
            vec![(TAKEN_ID, json!("2GG279541U471931X")), ("/purchase_units", json!([]))]
        }
        (Call::Refund, _) => vec![
            ("/id", json!("")),
            ("/custom_id", json!("rf_2")),
            ("/custom_id", json!(null)),
            ("/status", json!("SUCCEEDED")),
            ("/amount/value", json!("28.24")),
            ("/amount/currency_code", json!("USD")),
            ("/links/0/href", json!("https://api-m.paypal.com/v2/payments/captures/2GX")),
        ],
        (Call::RefundState, _) => vec![("/id", json!("1JX")), ("/status", json!("SUCCEEDED"))],
        (Call::SetUp, _) => vec![
            ("/id", json!("")),
            ("/status", json!("AJAR")),
            ("/customer/merchant_customer_id", json!("acc_2")),
            ("/customer/merchant_customer_id", json!(null)),
            ("/links/0/rel", json!("self")),
            ("/links/0/href", json!("https://paypal.com.example/x")),
        ],
        (Call::SetupState, 1) => vec![("/id", json!("5CX")), ("/status", json!("AJAR"))],
        (Call::SetupState, _) => vec![
            ("/id", json!("")),
            ("/status", json!("AJAR")),
            ("/payment_source", json!({})),
            ("/payment_source/paypal/email_address", json!(7)),
        ],
        (Call::Charge, _) => [misfits_of_charge(), misfits_of_payment().split_off(1)].concat(),
        (Call::Dispute, _) => misfits_of_dispute(),
        (Call::ChargeAsked, 1) => misfits_of_charge(),
        (Call::ChargeAsked, _) => vec![
            ("/id", json!("5O190127TN364715X")),
            ("/status", json!("AJAR")),
            ("/intent", json!("CAPTURE")),
        ],
    }
}

#[tokio::test]
async fn echoes_that_do_not_fit_are_unknown() {
    for (call, step) in steps() {
        for (field, value) in misfits(call, step) {
            let mut body = sound(call)[step].clone();
            *body.pointer_mut(field).unwrap() = value.clone();
            let outcome = answered(call, step, says(201, &body.to_string())).await;
            assert_eq!(outcome, unknown(UNSOUND), "{call:?} {step} {field} {value}");
        }
    }
}

#[tokio::test]
async fn silence_and_a_connection_that_breaks_off_are_unknown() {
    for (call, step) in steps() {
        let silent = (Ending::Held(Vec::new()), "no answer in time");
        let table = Ending::before_the_end_of(&sound(call)[step]);
        for (broken, reason) in table.into_iter().chain([silent]) {
            let patience = match broken {
                Ending::Held(_) => HASTY,
                Ending::Closed(_) | Ending::Reset(_) => PATIENT,
            };
            let (url, _) = failing(call, step, broken.clone()).await;
            let outcome = outcome(&url, call, patience).await;
            assert_eq!(outcome, unknown(reason), "{call:?} {step} {broken:?}");
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let deserted = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for call in CALLS {
        assert_eq!(outcome(&deserted, call, PATIENT).await, unknown("no connection"), "{call:?}");
    }
}

/// What PayPal may object, each under its own status and under another, and some that it does not say.
const ISSUES: [(u16, &str); 22] = [
    (400, "INVALID_PARAMETER_VALUE"),
    (400, "MALFORMED_REQUEST_JSON"),
    (422, "INVALID_PARAMETER_VALUE"),
    (422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
    (400, "CANNOT_BE_ZERO_OR_NEGATIVE"),
    (422, "DUPLICATE_INVOICE_ID"),
    (422, "MAX_VALUE_EXCEEDED"),
    (404, "INVALID_RESOURCE_ID"),
    (422, "ORDER_ALREADY_CAPTURED"),
    (422, "ORDER_ALREADY_COMPLETED"),
    (422, "ACTION_DOES_NOT_MATCH_INTENT"),
    (422, "INSTRUMENT_DECLINED"),
    (400, "INSTRUMENT_DECLINED"),
    (422, "PAYER_ACTION_REQUIRED"),
    (422, "CAPTURE_FULLY_REFUNDED"),
    (400, "CAPTURE_FULLY_REFUNDED"),
    (422, "REFUND_AMOUNT_EXCEEDED"),
    (409, "PREVIOUS_REQUEST_IN_PROGRESS"),
    (413, "INVALID_PARAMETER_VALUE"),
    (400, "UNHEARD_OF"),
    (418, "TEAPOT"),
    (422, "PAYEE_ACCOUNT_RESTRICTED"),
];

/// The issues that are final in an exchange.
fn refusing(call: Call, step: usize) -> &'static [(u16, &'static str)] {
    match (call, step) {
        (Call::Checkout | Call::Charge | Call::ChargeAsked, 1) => &[
            (400, "INVALID_PARAMETER_VALUE"),
            (400, "MALFORMED_REQUEST_JSON"),
            (422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
            (422, "MAX_VALUE_EXCEEDED"),
        ],
        (Call::SetUp, 1) => &[
            (400, "INVALID_PARAMETER_VALUE"),
            (400, "MALFORMED_REQUEST_JSON"),
            (422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
        ],
        // The look leads on to the refund itself, which is answered the same here.
        (Call::Refund | Call::Dispute, 1) => &[(404, "INVALID_RESOURCE_ID")],
        (Call::Refund, 3) => &[
            (400, "INVALID_PARAMETER_VALUE"),
            (400, "MALFORMED_REQUEST_JSON"),
            (404, "INVALID_RESOURCE_ID"),
            (422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
            (422, "CAPTURE_FULLY_REFUNDED"),
            (422, "REFUND_AMOUNT_EXCEEDED"),
        ],
        _ => &[],
    }
}

/// The issues that are an answer to an exchange: declined, or gone already.
fn answering(call: Call, step: usize) -> &'static [(u16, &'static str)] {
    match (call, step) {
        (Call::Charge | Call::ChargeAsked, 1) => &[
            (422, "INSTRUMENT_DECLINED"),
            (422, "PAYER_ACTION_REQUIRED"),
            (404, "INVALID_RESOURCE_ID"),
        ],
        (Call::SetupState, 1) | (Call::Forget, 1 | 2) => &[(404, "INVALID_RESOURCE_ID")],
        _ => &[],
    }
}

#[tokio::test]
async fn only_listed_issues_under_their_own_status_refuse_or_decline() {
    let declining = [(422, "INSTRUMENT_DECLINED"), (422, "PAYER_ACTION_REQUIRED")];
    for (call, step) in steps() {
        for (status, issue) in ISSUES {
            let outcome = answered(call, step, says(status, &problem(issue))).await;
            if refusing(call, step).contains(&(status, issue)) {
                let code = if call == Call::Dispute { "no_such_dispute" } else { issue };
                assert_eq!(outcome, Outcome::Refused(code.to_owned()), "{call:?} {step} {status}");
            } else if answering(call, step).contains(&(status, issue)) {
                assert_eq!(outcome, Outcome::Done(None), "{call:?} {step} {status} {issue}");
            } else if (call, step) == (Call::Capture, 2) && declining.contains(&(status, issue)) {
                assert_eq!(outcome, Outcome::Done(Some(CheckoutState::Open)), "{status} {issue}");
            } else {
                assert_eq!(
                    outcome,
                    unknown(&format!("status {status}")),
                    "{call:?} {step} {issue}"
                );
            }
        }
        for body in ["", "{}", "INVALID_PARAMETER_VALUE", r#"{"name":7}"#, r#"{"details":[{}]}"#] {
            let outcome = answered(call, step, says(400, body)).await;
            assert_eq!(outcome, unknown("status 400"), "{call:?} {step} {body}");
        }
    }
}

const NO_STEP: usize = usize::MAX;

/// The beginning of a request, and its key.
type Asked = (&'static str, Option<&'static str>);

#[tokio::test]
async fn sound_answers_are_done_and_each_is_asked_for_once_under_its_key_and_authorised() {
    let key = "capture-5O190127TN364715T-2026-11-22T12:00:01Z";
    let read = "GET /v2/checkout/orders/5O190127TN364715T";
    let table: [(Call, &[Asked]); 13] = [
        (Call::Dispute, &[("GET /v1/customer/disputes/PP-D-27803", None)]),
        (Call::Probe, &[]),
        (Call::SetUp, &[("POST /v3/vault/setup-tokens", Some("setup-set_1"))]),
        (
            Call::SetupState,
            &[
                ("GET /v3/vault/setup-tokens/5C991763VB2781612", None),
                ("POST /v3/vault/payment-tokens", Some("keep-set_1")),
            ],
        ),
        (Call::Charge, &[("POST /v2/checkout/orders", Some("key_1"))]),
        (
            Call::ChargeAsked,
            &[
                ("POST /v2/checkout/orders", Some("key_1")),
                ("PATCH /v2/checkout/orders/5O190127TN364715T", None),
                (read, None),
            ],
        ),
        (
            Call::Forget,
            &[
                ("DELETE /v3/vault/payment-tokens/pm_1", None),
                ("GET /v3/vault/payment-tokens/pm_1", None),
            ],
        ),
        (Call::Checkout, &[("POST /v2/checkout/orders", Some("checkout-ord_1"))]),
        (Call::Read, &[(read, None)]),
        (
            Call::Capture,
            &[(read, None), ("POST /v2/checkout/orders/5O190127TN364715T/capture", Some(key))],
        ),
        (
            Call::Expire,
            &[(read, None), ("PATCH /v2/checkout/orders/5O190127TN364715T", None), (read, None)],
        ),
        (
            Call::Refund,
            &[
                ("GET /v2/payments/captures/2GG279541U471931P", None),
                (read, None),
                ("POST /v2/payments/captures/2GG279541U471931P/refund", Some("rf_1")),
            ],
        ),
        (Call::RefundState, &[("GET /v2/payments/refunds/1JU08902781691411", None)]),
    ];
    for (call, expected) in table {
        let (url, heard) = failing(call, NO_STEP, says(500, "")).await;
        assert!(matches!(outcome(&url, call, PATIENT).await, Outcome::Done(_)), "{call:?}");
        let heard = heard.lock().unwrap();
        assert!(heard[0].starts_with("POST /v1/oauth2/token HTTP/1.1"), "{}", heard[0]);
        assert_eq!(heard.len(), expected.len() + 1, "{call:?}");
        for (request, (line, key)) in heard[1..].iter().zip(expected) {
            assert_eq!(request.lines().next(), Some(format!("{line} HTTP/1.1").as_str()));
            let header = |name: &str| {
                let prefix = format!("{name}: ");
                request.lines().find_map(|line| line.strip_prefix(prefix.as_str()))
            };
            assert_eq!(header("authorization"), Some(format!("Bearer {TOKEN}").as_str()), "{line}");
            assert_eq!(header("paypal-request-id"), *key, "{line}");
            let whole = key.map(|_| "return=representation");
            assert_eq!(header("prefer"), whole, "{line}");
        }
    }
}
