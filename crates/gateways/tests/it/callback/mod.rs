//! Callbacks: what they look like on the wire, held against the reference implementation, and where they can never lead.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod reach;

use farline_app::ports::CallbackGateway;
use farline_app::ports::callback::{CallbackAnswer, CallbackForm, CallbackRequest, Taken};
use farline_domain::kernel::Instant;
use farline_gateways::callback::reach::Reach;
use farline_gateways::callback::{CallbackSettings, HttpCallbacks, spelled};
use standardwebhooks::Webhook;
use std::time::Duration;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

const OLD: [u8; 32] = [3; 32];
const NEW: [u8; 32] = [7; 32];

/// Callbacks that may reach so many networks beside the public one.
pub(crate) fn callbacks(also: &[&str]) -> HttpCallbacks {
    let also = also.iter().map(|network| network.parse().unwrap()).collect();
    let answer_within = Duration::from_millis(800);
    HttpCallbacks::new(CallbackSettings { reach: Reach { also }, answer_within }).unwrap()
}

pub(crate) fn request(url: &str) -> CallbackRequest {
    CallbackRequest {
        url: url.to_owned(),
        id: "ord_1-4".to_owned(),
        at: Instant::from_millis(1_764_400_000_999),
        body: r#"{"type":"order.delivered"}"#.to_owned(),
        form: CallbackForm::Standard(vec![NEW, OLD]),
    }
}

/// What a platform is told: signed already, and taken by what it says.
fn platforms(url: &str) -> CallbackRequest {
    let content_type = "application/x-www-form-urlencoded";
    let taken = Taken::Says("isSuccess", "T", "success");
    let form = CallbackForm::Platform { content_type, taken };
    CallbackRequest { body: "jdOrderNo=1&sign=x".to_owned(), form, ..request(url) }
}

#[tokio::test]
async fn a_platform_is_told_in_its_own_form_and_takes_it_by_its_words() {
    let long = "x".repeat(1 << 20);
    for (status, text, expected) in [
        (200, r#"{"isSuccess":"T"}"#, CallbackAnswer::Taken(200)),
        (200, " SUCCESS ", CallbackAnswer::Taken(200)),
        (200, r#"{"isSuccess":"F"}"#, not_taken("200, but not taken")),
        (200, "", not_taken("200, but not taken")),
        (200, long.as_str(), not_taken("200, but not taken")),
        (500, "success", not_taken("500")),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_string(text)).await;
        let sent = platforms(&format!("{}/told?token=t0", server.uri()));
        assert_eq!(callbacks(&["127.0.0.0/8"]).tell(&sent).await, expected, "{status}");
        let received = server.received_requests().await.unwrap().remove(0);
        assert_eq!(
            (received.url.query(), received.body),
            (Some("token=t0"), sent.body.into_bytes())
        );
        assert_eq!(received.headers["content-type"], "application/x-www-form-urlencoded");
        assert!(received.headers.get("webhook-signature").is_none());
    }
    // The guard is the same.
    let inside = callbacks(&[]).tell(&platforms("https://127.0.0.1/told")).await;
    assert_eq!(inside, not_taken("this address leads into a private network"));
}

fn not_taken(why: &str) -> CallbackAnswer {
    CallbackAnswer::NotTaken { why: why.to_owned(), wait: None }
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(template).mount(&server).await;
    server
}

/// The signature that the reference implementation makes with a secret as partners have it.
fn signed(secret: &[u8; 32], (timestamp, body): (i64, &str)) -> String {
    Webhook::new(&spelled(secret)).unwrap().sign("ord_1-4", timestamp, body.as_bytes()).unwrap()
}

#[tokio::test]
async fn what_is_sent_is_signed_with_each_secret_as_the_reference_signs() {
    let server = answering(ResponseTemplate::new(204)).await;
    let sent = request(&format!("{}/told", server.uri()));
    let answer = callbacks(&["127.0.0.0/8"]).tell(&sent).await;
    assert_eq!(answer, CallbackAnswer::Taken(204));
    let received = server.received_requests().await.unwrap().remove(0);
    assert_eq!(received.body, sent.body.as_bytes());
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.headers["webhook-id"], "ord_1-4");
    assert_eq!(received.headers["webhook-timestamp"], "1764400000");
    let of = |secret| signed(secret, (1_764_400_000, sent.body.as_str()));
    let signatures = received.headers["webhook-signature"].to_str().unwrap();
    assert_eq!(signatures, format!("{} {}", of(&NEW), of(&OLD)));
    assert_ne!(of(&NEW), signed(&NEW, (1_764_400_001, sent.body.as_str())));
}

#[tokio::test]
async fn what_is_not_taken_says_why_and_when_to_come_again() {
    let table = [
        (ResponseTemplate::new(500), "500", None),
        (ResponseTemplate::new(410), "410", None),
        (ResponseTemplate::new(429).insert_header("retry-after", "120"), "429", Some(120)),
        (ResponseTemplate::new(503).insert_header("retry-after", "tomorrow"), "503", None),
        (ResponseTemplate::new(200).set_delay(Duration::from_secs(3)), "no answer in time", None),
    ];
    for (template, why, wait) in table {
        let server = answering(template).await;
        let answer = callbacks(&["127.0.0.0/8"]).tell(&request(&server.uri())).await;
        assert_eq!(answer, CallbackAnswer::NotTaken { why: why.to_owned(), wait });
    }
    let answer = callbacks(&["127.0.0.0/8"]).tell(&request("http://127.0.0.1:9/")).await;
    assert_eq!(answer, CallbackAnswer::NotTaken { why: "no connection".to_owned(), wait: None });
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let inside = answering(ResponseTemplate::new(200)).await;
    let template = ResponseTemplate::new(307).insert_header("location", inside.uri());
    let server = answering(template).await;
    let answer = callbacks(&["127.0.0.0/8"]).tell(&request(&server.uri())).await;
    assert_eq!(answer, CallbackAnswer::NotTaken { why: "307".to_owned(), wait: None });
    assert!(inside.received_requests().await.unwrap().is_empty());
}

/// Names are judged where they are resolved: these lead to this machine.
#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let server = answering(ResponseTemplate::new(200)).await;
    let port = server.address().port();
    let named = callbacks(&[]);
    for name in ["localhost", "LOCALHOST"] {
        let url = format!("https://{name}:8443/");
        assert_eq!(named.may_call(&url), Ok(()), "what a name leads to is not known before");
        let CallbackAnswer::NotTaken { why, .. } = named.tell(&request(&url)).await else {
            panic!("{url} was called")
        };
        assert_eq!(why, "this address leads into a private network");
        let other_port = format!("https://{name}:{port}/");
        assert!(named.may_call(&other_port).is_err(), "{other_port}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}
