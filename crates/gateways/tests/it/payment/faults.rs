//! A provider that fails in every way, at every exchange of every call: the answer is always unknown, never done and
//! never refused. The last rows are answers that the calls do take, so that the table is known to tell them apart.
//! What an adapter's provider says and is asked is in [`Wire`].

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use farline_app::ports::payment::{ChargeRequest, CheckoutRequest, PaymentProvider, RefundRequest};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{PaymentMethod, SavedMethod};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::contract::request;
use super::keeping::{charge, setup};

/// One exchange of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Whether the provider is there and knows us.
    Probe,
    Checkout,
    CheckoutState,
    Expire,
    /// What was made under the key before is looked for.
    RefundLook,
    Refund,
    RefundState,
    SetUp,
    SetupState,
    /// What was charged under a key that may be forgotten is looked for.
    ChargeLook,
    Charge,
    /// How a charge went on is read.
    ChargeState,
    /// A charge that was declined is ended.
    ChargeEnd,
    Forget,
    Dispute,
    /// What comes before a dispute is read elsewhere.
    Warning,
}

impl Step {
    /// What a refusal is called: by the provider's own code, or all of one kind by ours.
    fn refusal(self, code: &str) -> Outcome {
        let own = matches!(self, Self::Dispute | Self::Warning).then_some("no_such_dispute");
        Outcome::Refused(own.unwrap_or(code).to_owned())
    }
}

/// What is asked in a step.
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) query: Option<&'static str>,
    pub(super) key: Option<&'static str>,
}

/// A field of a sound answer, and a value that does not fit there.
pub(super) type Misfit = (&'static str, Value);

/// An adapter and what its provider says.
pub(super) trait Wire {
    /// Every exchange that there is.
    const STEPS: &'static [Step];
    /// Words that no error may hold.
    const SECRETS: &'static [&'static str];
    /// What every call carries, beside the key.
    const HEADERS: &'static [(&'static str, &'static str)];
    /// The provider's id of a payment.
    const PAYMENT: &'static str;
    /// A code that is final under 400.
    const FINAL: &'static str;
    /// Codes of the provider, each under its status, under another, and some that it does not have.
    const CODES: &'static [(u16, &'static str)];
    fn provider(base_url: &str, patience: Duration) -> Box<dyn PaymentProvider>;
    /// What a sound provider says to a step.
    fn sound(step: Step) -> Value;
    /// What it said to the steps of the call before this one.
    fn before(step: Step) -> Vec<Value>;
    /// What it says to the steps of the call after this one.
    fn after(step: Step) -> Vec<Value>;
    /// A checkout that was paid.
    fn paid_checkout() -> Value;
    /// An objection.
    fn problem(code: &str) -> Value;
    /// The codes that refuse a step.
    fn refusing(step: Step) -> &'static [(u16, &'static str)];
    /// The codes that are an answer to a step: declined, or gone already.
    fn answering(step: Step) -> &'static [(u16, &'static str)];
    fn asked(step: Step) -> Asked;
    /// A sound answer's fields that must fit what was asked.
    fn misfits(step: Step) -> Vec<Misfit>;
    /// A paid checkout's fields that must fit.
    fn misfits_of_payment() -> Vec<Misfit>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Refused(String),
    Unknown(String),
}

pub(super) const CHECKOUT: &str = "cs_1";
pub(super) const REFUND: &str = "re_1";
pub(super) const DISPUTE: &str = "du_1";
pub(super) const WARNING: &str = "issfr_1";
const START: Instant = Instant::from_millis(1_795_348_800_000);

fn checkout_request() -> CheckoutRequest {
    request("ord_1", START)
}

/// A charge of a method, asked for first or two days later.
pub(super) fn charge_request(step: Step) -> ChargeRequest {
    let method = SavedMethod {
        id: "pm_1".to_owned(),
        customer: "cus_1".to_owned(),
        method: PaymentMethod::Credit,
        brand: "Visa".to_owned(),
        hint: "4242".to_owned(),
        expiry: None,
    };
    let now = if step == Step::ChargeLook { START.plus_seconds(2 * 86_400) } else { START };
    ChargeRequest { now, ..charge("key_1", "ord_1", &method, START) }
}

async fn outcome<W: Wire>(provider: &dyn PaymentProvider, step: Step) -> Outcome {
    let refund = RefundRequest {
        key: "rf_1".to_owned(),
        payment: W::PAYMENT.to_owned(),
        amount: Money::cad(2_825),
    };
    let answered = match step {
        Step::Probe => provider.probe().await.map(Ok),
        Step::Checkout => provider.checkout(&checkout_request()).await.map(|done| done.map(|_| ())),
        Step::CheckoutState => provider.checkout_state(CHECKOUT).await.map(|_| Ok(())),
        Step::Expire => provider.expire_checkout(CHECKOUT).await.map(|_| Ok(())),
        Step::RefundLook | Step::Refund => {
            provider.refund(&refund).await.map(|done| done.map(|_| ()))
        }
        Step::RefundState => provider.refund_state(REFUND).await.map(|_| Ok(())),
        Step::SetUp => provider.set_up(&setup("set_1", START)).await.map(|done| done.map(|_| ())),
        Step::SetupState => {
            provider.setup_state(CHECKOUT, "set_1").await.map(|done| done.map(|_| ()))
        }
        Step::ChargeLook | Step::Charge | Step::ChargeState | Step::ChargeEnd => {
            provider.charge(&charge_request(step)).await.map(|done| done.map(|_| ()))
        }
        Step::Forget => provider.forget_method("cus_1", "pm_1").await,
        Step::Dispute => provider.dispute(DISPUTE).await.map(|done| done.map(|_| ())),
        Step::Warning => provider.dispute(WARNING).await.map(|done| done.map(|_| ())),
    };
    match answered {
        Ok(Ok(())) => Outcome::Done,
        Ok(Err(refusal)) => Outcome::Refused(refusal.code),
        Err(unknown) => {
            let words = unknown.to_string();
            let ours = [CHECKOUT, REFUND, W::PAYMENT, "ord_1", "rf_1", "127.0.0.1"];
            let ours = ours.iter().chain(&["set_1", "key_1", "pm_1", "cus_1", DISPUTE, WARNING]);
            for secret in W::SECRETS.iter().chain(ours) {
                assert!(!words.contains(secret), "{step:?}: {words}");
            }
            Outcome::Unknown(unknown.0)
        }
    }
}

const PATIENT: Duration = Duration::from_secs(30);

/// Answers one after the other, and then always the last.
struct InTurn {
    first: Mutex<VecDeque<Value>>,
    then: ResponseTemplate,
}

impl Respond for InTurn {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let next = self.first.lock().unwrap().pop_front();
        next.map_or_else(|| self.then.clone(), |sound| says(200, &sound))
    }
}

/// A server that answers soundly until the step, which it answers so.
async fn answering<W: Wire>(step: Step, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let first = Mutex::new(W::before(step).into());
    Mock::given(any()).respond_with(InTurn { first, then: answer }).mount(&server).await;
    server
}

async fn answered<W: Wire>(step: Step, answer: ResponseTemplate) -> Outcome {
    let server = answering::<W>(step, answer).await;
    outcome::<W>(&*W::provider(&server.uri(), PATIENT), step).await
}

fn unknown(reason: &str) -> Outcome {
    Outcome::Unknown(reason.to_owned())
}

fn says(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

pub(super) const UNSOUND: &str = "the answer does not fit the question";

pub(super) async fn statuses_that_say_nothing_are_unknown_even_with_a_sound_body<W: Wire>() {
    for &step in W::STEPS {
        for status in [300, 302, 304, 401, 403, 407, 408, 425, 429, 500, 501, 502, 503, 504, 599] {
            let answer = if status == 304 {
                ResponseTemplate::new(304)
            } else {
                says(status, &W::sound(step)).insert_header("location", "http://127.0.0.1:9/")
            };
            let expected = unknown(&format!("status {status}"));
            assert_eq!(answered::<W>(step, answer).await, expected, "{step:?}");
            // A final code under such a status is not believed either.
            if status > 304 {
                let answer = answered::<W>(step, says(status, &W::problem(W::FINAL))).await;
                assert_eq!(answer, expected, "{step:?}");
            }
        }
    }
}

pub(super) async fn bodies_that_do_not_fit_are_unknown<W: Wire>() {
    for &step in W::STEPS {
        for status in [200, 201] {
            let text = |text: &str| ResponseTemplate::new(status).set_body_string(text);
            let sound = W::sound(step).to_string();
            let bodies = [
                ("empty", String::new()),
                ("null", "null".to_owned()),
                ("an empty object", "{}".to_owned()),
                ("a list", format!("[{sound}]")),
                ("a page", "<!doctype html><p>It works!".to_owned()),
                ("half", sound[..sound.len() / 2].to_owned()),
                ("all but the end", sound[..sound.len() - 1].to_owned()),
                ("twice", format!("{sound}{sound}")),
                ("an error", W::problem(W::FINAL).to_string()),
                (
                    "another state",
                    sound
                        .replace("open", "ajar")
                        .replace("succeeded", "seceded")
                        .replace("\"captured", "\"caught")
                        .replace("canceled", "annulled")
                        .replace("needs_response", "needs_thought"),
                ),
                (
                    "another id",
                    match step {
                        // A new page may have any id; a page for another order is not it.
                        Step::Checkout => sound.replace("ord_1", "ord_2"),
                        Step::Refund => sound.replace("rf_1", "rf_2"),
                        Step::SetUp => sound.replace("set_1", "set_2"),
                        Step::Charge => sound.replace("key_1", "key_2"),
                        _ => sound
                            .replace("cs_1", "cs_2")
                            .replace("re_1", "re_2")
                            .replace("pi_1", "pi_2")
                            .replace("pm_1", "pm_2")
                            .replace(DISPUTE, "du_2")
                            .replace(WARNING, "issfr_2"),
                    },
                ),
            ];
            for (name, body) in bodies {
                // What has no state, or no id, has no other one either.
                let has_none = match step {
                    Step::Probe => ["another state", "another id"].contains(&name),
                    Step::Forget | Step::Warning => name == "another state",
                    _ => false,
                };
                if has_none && body == sound {
                    continue;
                }
                let outcome = answered::<W>(step, text(&body)).await;
                assert_eq!(outcome, unknown(UNSOUND), "{step:?}: {status} with {name}");
            }
            let long = sound.replacen('{', &format!("{{\"x\":\"{}\",", "y".repeat(300_000)), 1);
            let outcome = answered::<W>(step, text(&long)).await;
            assert_eq!(outcome, unknown("the answer is too long"), "{step:?}");
        }
    }
}

pub(super) async fn echoes_that_do_not_fit_are_unknown<W: Wire>() {
    for &step in W::STEPS {
        for (field, value) in W::misfits(step) {
            let mut body = W::sound(step);
            *body.pointer_mut(field).unwrap() = value.clone();
            let outcome = answered::<W>(step, says(201, &body)).await;
            assert_eq!(outcome, unknown(UNSOUND), "{step:?} {field} {value}");
        }
    }
    for (field, value) in W::misfits_of_payment() {
        let mut body = W::paid_checkout();
        *body.pointer_mut(field).unwrap() = value.clone();
        for step in [Step::CheckoutState, Step::Expire] {
            let outcome = answered::<W>(step, says(200, &body)).await;
            assert_eq!(outcome, unknown(UNSOUND), "{step:?} {field} {value}");
        }
    }
}

pub(super) async fn silence_is_unknown<W: Wire>() {
    for &step in W::STEPS {
        let late = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
        let server = answering::<W>(step, late).await;
        let provider = W::provider(&server.uri(), Duration::from_millis(500));
        let outcome = outcome::<W>(&*provider, step).await;
        assert_eq!(outcome, unknown("no answer in time"), "{step:?}");
    }
}

/// How a raw connection ends after the request was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Closed in order after these octets.
    Closed(Vec<u8>),
    /// Reset after these octets.
    Reset(Vec<u8>),
    /// Held open after these octets.
    Held(Vec<u8>),
}

impl Ending {
    /// Lets it happen to a connection; one that is held open is given back.
    pub(super) async fn happen(&self, mut stream: TcpStream) -> Option<TcpStream> {
        let (Self::Closed(octets) | Self::Reset(octets) | Self::Held(octets)) = self;
        stream.write_all(octets).await.unwrap();
        match self {
            Self::Closed(_) => stream.shutdown().await.unwrap(),
            Self::Reset(_) => stream.set_zero_linger().unwrap(),
            Self::Held(_) => return Some(stream),
        }
        None
    }

    /// Every way in which an answer with this body breaks off, with what is said of it.
    pub(super) fn before_the_end_of(body: &Value) -> [(Self, &'static str); 8] {
        let body = body.to_string();
        let (half, length) = (&body[..body.len() / 2], body.len());
        let sized = format!("HTTP/1.1 201 Created\r\ncontent-length: {length}\r\n\r\n{half}");
        let chunked = format!(
            "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n"
        );
        let until_close = format!("HTTP/1.1 201 Created\r\nconnection: close\r\n\r\n{half}");
        let lost = "the connection was lost";
        [
            (Self::Reset(Vec::new()), lost),
            (Self::Closed(Vec::new()), lost),
            (Self::Closed(b"HTTP/1.1 201 Cre".to_vec()), lost),
            (Self::Closed(b"SSH-2.0-nothing\r\n".to_vec()), lost),
            (Self::Closed(sized.clone().into_bytes()), lost),
            // All of the body, but not its end.
            (Self::Closed(chunked.into_bytes()), lost),
            (Self::Closed(until_close.into_bytes()), UNSOUND),
            (Self::Held(sized.into_bytes()), "no answer in time"),
        ]
    }
}

/// A server whose connections all end so, after the first have ended with these answers.
async fn ending(first: Vec<Value>, ending: Ending) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut first = first.into_iter();
        let mut held = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 64 * 1_024];
            assert_ne!(stream.read(&mut request).await.unwrap(), 0);
            if let Some(sound) = first.next() {
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
                stream.write_all(format!("{head}{sound}").as_bytes()).await.unwrap();
                continue;
            }
            held.extend(ending.happen(stream).await);
        }
    });
    url
}

pub(super) async fn a_connection_that_breaks_off_is_unknown<W: Wire>() {
    for &step in W::STEPS {
        for (broken, reason) in Ending::before_the_end_of(&W::sound(step)) {
            let patience = match broken {
                Ending::Held(_) => Duration::from_millis(500),
                Ending::Closed(_) | Ending::Reset(_) => PATIENT,
            };
            let url = ending(W::before(step), broken.clone()).await;
            let outcome = outcome::<W>(&*W::provider(&url, patience), step).await;
            assert_eq!(outcome, unknown(reason), "{step:?} {broken:?}");
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let deserted = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let outcome = outcome::<W>(&*W::provider(&deserted, PATIENT), step).await;
        assert_eq!(outcome, unknown("no connection"), "{step:?}");
    }
}

pub(super) async fn only_listed_codes_under_their_own_status_refuse<W: Wire>() {
    for &step in W::STEPS {
        for (status, code) in W::CODES {
            let outcome = answered::<W>(step, says(*status, &W::problem(code))).await;
            if W::refusing(step).contains(&(*status, *code)) {
                assert_eq!(outcome, step.refusal(code), "{step:?} {status}");
            } else if W::answering(step).contains(&(*status, *code)) {
                assert_eq!(outcome, Outcome::Done, "{step:?} {status} {code}");
            } else {
                assert!(matches!(outcome, Outcome::Unknown(_)), "{step:?} {status} {code}");
            }
        }
        let (text, object) = (format!(r#"{{"error":"{}"}}"#, W::FINAL), r#"{"error":{}}"#);
        for body in ["", "{}", W::FINAL, &text, object] {
            let answer = ResponseTemplate::new(400).set_body_string(body);
            assert_eq!(answered::<W>(step, answer).await, unknown("status 400"), "{step:?} {body}");
        }
    }
}

pub(super) async fn sound_answers_are_done<W: Wire>() {
    for &step in W::STEPS {
        for status in [200, 201] {
            let mut first = W::before(step);
            let mut last = [vec![W::sound(step)], W::after(step)].concat();
            let then = says(status, &last.pop().unwrap());
            first.append(&mut last);
            let server = MockServer::start().await;
            let first = Mutex::new(first.into());
            Mock::given(any()).respond_with(InTurn { first, then }).mount(&server).await;
            let outcome = outcome::<W>(&*W::provider(&server.uri(), PATIENT), step).await;
            assert_eq!(outcome, Outcome::Done, "{step:?}");
        }
    }
    for step in [Step::CheckoutState, Step::Expire] {
        let outcome = answered::<W>(step, says(200, &W::paid_checkout())).await;
        assert_eq!(outcome, Outcome::Done, "{step:?}");
    }
}

pub(super) async fn each_call_is_asked_once_under_its_key_and_authorised<W: Wire>() {
    for &step in W::STEPS {
        let expected = W::asked(step);
        let server = answering::<W>(step, ResponseTemplate::new(503)).await;
        outcome::<W>(&*W::provider(&server.uri(), PATIENT), step).await;
        let mut asked = server.received_requests().await.unwrap();
        assert_eq!(asked.len(), W::before(step).len() + 1, "{step:?}");
        let last = asked.pop().unwrap();
        let made = (last.method.as_str(), last.url.path(), last.url.query());
        assert_eq!(made, (expected.method, expected.path, expected.query), "{step:?}");
        let header = |name: &str| last.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("idempotency-key"), expected.key, "{step:?}");
        for (name, value) in W::HEADERS {
            assert_eq!(header(name), Some(*value), "{step:?} {name}");
        }
    }
}

/// Every fault, as tests of one adapter.
macro_rules! faults {
    ($wire:ty: $($story:ident)*) => {
        mod faults {
            $(
                #[tokio::test]
                async fn $story() {
                    crate::payment::faults::$story::<$wire>().await;
                }
            )*
        }
    };
    ($wire:ty) => {
        $crate::payment::faults::faults! { $wire:
            statuses_that_say_nothing_are_unknown_even_with_a_sound_body
            bodies_that_do_not_fit_are_unknown
            echoes_that_do_not_fit_are_unknown
            silence_is_unknown
            a_connection_that_breaks_off_is_unknown
            only_listed_codes_under_their_own_status_refuse
            sound_answers_are_done
            each_call_is_asked_once_under_its_key_and_authorised
        }
    };
}
pub(super) use faults;
