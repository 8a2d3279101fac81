//! A provider that fails in every way, at every call: the answer is always unknown, never done and never refused. The
//! last rows are answers that the calls do take, so that the table is known to tell them apart.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::{CheckoutRequest, PaymentProvider, RefundRequest};
use farline_domain::kernel::{Instant, Money};
use farline_gateways::payment::sandbox::SandboxProvider;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::contract::request;
use super::stand_in::{API_KEY, SECRET, settings};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Checkout,
    CheckoutState,
    Expire,
    Refund,
    RefundState,
}

const CALLS: [Call; 5] =
    [Call::Checkout, Call::CheckoutState, Call::Expire, Call::Refund, Call::RefundState];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Refused(String),
    Unknown(String),
}

const CHECKOUT: &str = "cs_1";
const REFUND: &str = "re_1";

fn checkout_request() -> CheckoutRequest {
    request("ord_1", Instant::from_millis(1_795_348_800_000))
}

fn refund_request() -> RefundRequest {
    RefundRequest { key: "rf_1".to_owned(), payment: "pay_1".to_owned(), amount: Money::cad(2_825) }
}

async fn outcome(provider: &SandboxProvider, call: Call) -> Outcome {
    let answered = match call {
        Call::Checkout => provider.checkout(&checkout_request()).await.map(|done| done.map(|_| ())),
        Call::CheckoutState => provider.checkout_state(CHECKOUT).await.map(|_| Ok(())),
        Call::Expire => provider.expire_checkout(CHECKOUT).await.map(|_| Ok(())),
        Call::Refund => provider.refund(&refund_request()).await.map(|done| done.map(|_| ())),
        Call::RefundState => provider.refund_state(REFUND).await.map(|_| Ok(())),
    };
    match answered {
        Ok(Ok(())) => Outcome::Done,
        Ok(Err(refusal)) => Outcome::Refused(refusal.code),
        Err(unknown) => {
            let words = unknown.to_string();
            for secret in [API_KEY, SECRET, CHECKOUT, REFUND, "ord_1", "pay_1", "rf_1", "127.0.0.1"]
            {
                assert!(!words.contains(secret), "{call:?}: {words}");
            }
            Outcome::Unknown(unknown.0)
        }
    }
}

/// What a sound stand-in says to a call.
fn sound(call: Call) -> Value {
    match call {
        Call::Checkout | Call::CheckoutState | Call::Expire => json!({
            "id": CHECKOUT, "url": "http://pay.example/cs_1", "status": "open", "amount": 2825,
            "currency": "CAD", "reference": "ord_1", "expires_at_ms": 1, "payment": null,
        }),
        Call::Refund | Call::RefundState => json!({
            "id": REFUND, "payment": "pay_1", "reference": "rf_1", "status": "succeeded",
            "amount": 2825, "currency": "CAD", "reason": "x",
        }),
    }
}

fn paid_checkout() -> Value {
    let mut paid = sound(Call::CheckoutState);
    paid["status"] = json!("complete");
    paid["payment"] = json!({
        "id": "pay_1", "checkout": CHECKOUT, "reference": "ord_1", "status": "captured",
        "amount": 2825, "currency": "CAD", "method": "credit", "brand": "visa", "last4": "4242",
        "funding": "credit", "refunded_amount": 0,
    });
    paid
}

fn provider(base_url: &str, patience: Duration) -> SandboxProvider {
    SandboxProvider::new(settings(base_url, patience)).unwrap()
}

const PATIENT: Duration = Duration::from_secs(30);

async fn answered(call: Call, answer: ResponseTemplate) -> Outcome {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    outcome(&provider(&server.uri(), PATIENT), call).await
}

fn unknown(reason: &str) -> Outcome {
    Outcome::Unknown(reason.to_owned())
}

fn says(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn problem(status: u16, code: &str) -> ResponseTemplate {
    says(status, &json!({"error": {"code": code, "message": "in words"}}))
}

const UNSOUND: &str = "the answer does not fit the question";

#[tokio::test]
async fn statuses_that_say_nothing_are_unknown_even_with_a_sound_body() {
    for call in CALLS {
        for status in [300, 302, 304, 401, 403, 407, 408, 425, 429, 500, 501, 502, 503, 504, 599] {
            let answer = if status == 304 {
                ResponseTemplate::new(304)
            } else {
                says(status, &sound(call)).insert_header("location", "http://127.0.0.1:9/")
            };
            let expected = unknown(&format!("status {status}"));
            assert_eq!(answered(call, answer).await, expected, "{call:?}");
            // A final code under such a status is not believed either.
            if status > 304 {
                let answer = answered(call, problem(status, "invalid_request")).await;
                assert_eq!(answer, expected, "{call:?}");
            }
        }
    }
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_unknown() {
    for call in CALLS {
        for status in [200, 201] {
            let text = |text: &str| ResponseTemplate::new(status).set_body_string(text);
            let sound = sound(call).to_string();
            let bodies = [
                ("empty", String::new()),
                ("null", "null".to_owned()),
                ("an empty object", "{}".to_owned()),
                ("a list", format!("[{sound}]")),
                ("a page", "<!doctype html><p>It works!".to_owned()),
                ("half", sound[..sound.len() / 2].to_owned()),
                ("all but the end", sound[..sound.len() - 1].to_owned()),
                ("twice", format!("{sound}{sound}")),
                ("an error", r#"{"error":{"code":"invalid_request","message":""}}"#.to_owned()),
                ("another state", sound.replace("open", "ajar").replace("succeeded", "seceded")),
                (
                    "another id",
                    match call {
                        // A new page may have any id; a page for another order is not it.
                        Call::Checkout => sound.replace("ord_1", "ord_2"),
                        Call::Refund => sound.replace("rf_1", "rf_2"),
                        _ => sound.replace("cs_1", "cs_2").replace("re_1", "re_2"),
                    },
                ),
            ];
            for (name, body) in bodies {
                let outcome = answered(call, text(&body)).await;
                assert_eq!(outcome, unknown(UNSOUND), "{call:?}: {status} with {name}");
            }
            let long = sound.replacen('{', &format!("{{\"x\":\"{}\",", "y".repeat(300_000)), 1);
            let outcome = answered(call, text(&long)).await;
            assert_eq!(outcome, unknown("the answer is too long"), "{call:?}");
        }
    }
}

#[tokio::test]
async fn echoes_that_do_not_fit_are_unknown() {
    let table = [
        (Call::Checkout, "/amount", json!(2826)),
        (Call::Checkout, "/amount", json!("2825")),
        (Call::Checkout, "/amount", json!(28.25)),
        (Call::Checkout, "/currency", json!("USD")),
        (Call::Checkout, "/id", json!("")),
        (Call::Checkout, "/url", json!("javascript:alert(1)")),
        (Call::Checkout, "/url", json!("//pay.example/cs_1")),
        (Call::Refund, "/amount", json!(2824)),
        (Call::Refund, "/currency", json!("USD")),
        (Call::Refund, "/payment", json!("pay_2")),
        (Call::Refund, "/id", json!("")),
        (Call::CheckoutState, "/status", json!("complete")),
        (Call::Expire, "/status", json!("complete")),
    ];
    for (call, field, value) in table {
        let mut body = sound(call);
        *body.pointer_mut(field).unwrap() = value.clone();
        let outcome = answered(call, says(201, &body)).await;
        assert_eq!(outcome, unknown(UNSOUND), "{call:?} {field} {value}");
    }
    let table = [
        ("/payment/amount", json!(0)),
        ("/payment/amount", json!(-2825)),
        ("/payment/amount", json!(9_223_372_036_854_775_808_u64)),
        ("/payment/currency", json!("cad")),
        ("/payment/currency", json!("")),
        ("/payment/checkout", json!("cs_2")),
        ("/payment/method", json!("cheque")),
        ("/payment/status", json!("authorised")),
        ("/payment/id", json!("")),
        ("/payment/reference", json!(null)),
    ];
    for (field, value) in table {
        let mut body = paid_checkout();
        *body.pointer_mut(field).unwrap() = value.clone();
        for call in [Call::CheckoutState, Call::Expire] {
            let outcome = answered(call, says(200, &body)).await;
            assert_eq!(outcome, unknown(UNSOUND), "{call:?} {field} {value}");
        }
    }
}

#[tokio::test]
async fn silence_is_unknown() {
    let server = MockServer::start().await;
    let late = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
    Mock::given(any()).respond_with(late).mount(&server).await;
    for call in CALLS {
        let provider = provider(&server.uri(), Duration::from_millis(500));
        assert_eq!(outcome(&provider, call).await, unknown("no answer in time"), "{call:?}");
    }
}

/// How a raw connection ends after the request was read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ending {
    /// Closed in order after these octets.
    Closed(Vec<u8>),
    /// Reset after these octets.
    Reset(Vec<u8>),
    /// Held open after these octets.
    Held(Vec<u8>),
}

/// A server whose connections all end so.
async fn ending(ending: Ending) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 64 * 1_024];
            assert_ne!(stream.read(&mut request).await.unwrap(), 0);
            let (Ending::Closed(octets) | Ending::Reset(octets) | Ending::Held(octets)) = &ending;
            stream.write_all(octets).await.unwrap();
            match &ending {
                Ending::Closed(_) => stream.shutdown().await.unwrap(),
                Ending::Reset(_) => stream.set_zero_linger().unwrap(),
                Ending::Held(_) => held.push(stream),
            }
        }
    });
    url
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_unknown() {
    for call in CALLS {
        let body = sound(call).to_string();
        let (half, length) = (&body[..body.len() / 2], body.len());
        let sized = format!("HTTP/1.1 201 Created\r\ncontent-length: {length}\r\n\r\n{half}");
        let chunked = format!(
            "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n"
        );
        let until_close = format!("HTTP/1.1 201 Created\r\nconnection: close\r\n\r\n{half}");
        let lost = "the connection was lost";
        let table = [
            (Ending::Reset(Vec::new()), lost),
            (Ending::Closed(Vec::new()), lost),
            (Ending::Closed(b"HTTP/1.1 201 Cre".to_vec()), lost),
            (Ending::Closed(b"SSH-2.0-nothing\r\n".to_vec()), lost),
            (Ending::Closed(sized.clone().into_bytes()), lost),
            // All of the body, but not its end.
            (Ending::Closed(chunked.into_bytes()), lost),
            (Ending::Closed(until_close.into_bytes()), UNSOUND),
            (Ending::Held(sized.into_bytes()), "no answer in time"),
        ];
        for (broken, reason) in table {
            let patience = match broken {
                Ending::Held(_) => Duration::from_millis(500),
                Ending::Closed(_) | Ending::Reset(_) => PATIENT,
            };
            let provider = provider(&ending(broken.clone()).await, patience);
            assert_eq!(outcome(&provider, call).await, unknown(reason), "{call:?} {broken:?}");
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let deserted = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let outcome = outcome(&provider(&deserted, PATIENT), call).await;
        assert_eq!(outcome, unknown("no connection"), "{call:?}");
    }
}

#[tokio::test]
async fn only_listed_codes_under_their_own_status_refuse() {
    let codes = [
        (400, "invalid_request"),
        (404, "not_found"),
        (409, "idempotency_error"),
        (409, "checkout_complete"),
        (413, "body_too_large"),
        (422, "payment_not_captured"),
        (422, "refund_exceeds_payment"),
        (422, "invalid_request"),
        (400, "refund_exceeds_payment"),
        (400, "unheard_of"),
        (418, "teapot"),
    ];
    let refusing = |call| match call {
        Call::Checkout => [(400, "invalid_request"), (413, "body_too_large")].as_slice(),
        Call::Refund => &[
            (400, "invalid_request"),
            (404, "not_found"),
            (413, "body_too_large"),
            (422, "payment_not_captured"),
            (422, "refund_exceeds_payment"),
        ],
        Call::CheckoutState | Call::Expire | Call::RefundState => &[],
    };
    for call in CALLS {
        for (status, code) in codes {
            let outcome = answered(call, problem(status, code)).await;
            if refusing(call).contains(&(status, code)) {
                assert_eq!(outcome, Outcome::Refused(code.to_owned()), "{call:?} {status}");
            } else {
                assert!(matches!(outcome, Outcome::Unknown(_)), "{call:?} {status} {code}");
            }
        }
        for body in
            ["", "{}", "invalid_request", r#"{"error":"invalid_request"}"#, r#"{"error":{}}"#]
        {
            let answer = ResponseTemplate::new(400).set_body_string(body);
            assert_eq!(answered(call, answer).await, unknown("status 400"), "{call:?} {body}");
        }
    }
}

#[tokio::test]
async fn sound_answers_are_done() {
    for call in CALLS {
        for status in [200, 201] {
            assert_eq!(answered(call, says(status, &sound(call))).await, Outcome::Done, "{call:?}");
        }
    }
    for call in [Call::CheckoutState, Call::Expire] {
        assert_eq!(answered(call, says(200, &paid_checkout())).await, Outcome::Done, "{call:?}");
    }
}

#[tokio::test]
async fn each_call_is_asked_once_under_its_key_and_authorised() {
    let table = [
        (Call::Checkout, "POST", "/v1/checkouts", Some("checkout-ord_1")),
        (Call::CheckoutState, "GET", "/v1/checkouts/cs_1", None),
        (Call::Expire, "POST", "/v1/checkouts/cs_1/expire", None),
        (Call::Refund, "POST", "/v1/refunds", Some("rf_1")),
        (Call::RefundState, "GET", "/v1/refunds/re_1", None),
    ];
    for (call, method, path, key) in table {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        outcome(&provider(&server.uri(), PATIENT), call).await;
        let asked = server.received_requests().await.unwrap();
        assert_eq!(asked.len(), 1, "{call:?}");
        assert_eq!((asked[0].method.as_str(), asked[0].url.path()), (method, path));
        assert_eq!(asked[0].url.query(), None, "{call:?}");
        let header = |name: &str| asked[0].headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("idempotency-key"), key, "{call:?}");
        assert_eq!(header("authorization"), Some(format!("Bearer {API_KEY}").as_str()));
    }
}
