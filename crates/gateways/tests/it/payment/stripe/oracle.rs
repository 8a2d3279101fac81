//! Stripe's own Python library as the oracle: of what is signed, of what is forged, and of what is asked.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::payment::{CheckoutRequest, PaymentProvider, RefundRequest};
use farline_domain::kernel::Instant;
use farline_gateways::payment::stripe::{OfferedMethod, StripeProvider, StripeSettings};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::scripted::{START_MS, settings};
use super::server::SECRET;
use super::wire::StripeWire;
use crate::payment::contract::{PRICE, request};
use crate::payment::faults::{CHECKOUT, DISPUTE, REFUND, Step, WARNING, Wire, charge_request};
use crate::payment::keeping::setup;
use crate::payment::signing;
use crate::peer::{answer_of, python_script};

const NOW: i64 = START_MS / 1_000;
const FORGERIES: usize = 10_000;
/// The seed, unless `FARLINE_SEED` names another.
const SEED: u64 = 4;

/// A webhook as it reaches whoever verifies it, and what the verifier knows.
#[derive(Clone, Debug)]
struct Case {
    secret: String,
    header: String,
    body: Vec<u8>,
}

/// We, with this secret.
fn provider(secret: &str) -> StripeProvider {
    let asked = settings("http://127.0.0.1:9", Duration::from_secs(1));
    let webhook_secrets = vec![secret.to_owned()];
    StripeProvider::new(StripeSettings { webhook_secrets, ..asked }).unwrap()
}

impl Case {
    fn is_accepted(&self, provider: &StripeProvider) -> bool {
        let header = |_: &str| Some(self.header.clone());
        provider.webhook(&header, &self.body, Instant::from_millis(NOW * 1_000)).is_ok()
    }

    fn line(&self) -> String {
        let body = STANDARD.encode(&self.body);
        json!({"secret": self.secret, "header": self.header, "body": body, "now": NOW}).to_string()
    }
}

/// What the library says to each line.
async fn asked(verb: &str, lines: &[String]) -> Vec<Value> {
    let mut oracle = python_script("stripe_oracle.py");
    oracle.arg(verb);
    let said = answer_of(oracle, &lines.join("\n")).await;
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.len(), lines.len());
    said
}

fn genuine(number: usize, secret: &str, seconds: i64) -> Case {
    let body = json!({
        "id": format!("evt_{number}"), "object": "event", "livemode": false, "created": seconds,
        "type": "checkout.session.completed", "api_version": "2026-07-29.dahlia",
        "data": {"object": {"id": "cs_1", "client_reference_id": format!("ord_{number}"),
                            "note": "枫叶 5 GB — é"}},
    });
    let body = serde_json::to_vec(&body).unwrap();
    let header = signing::header([secret].into_iter(), seconds, &body);
    Case { secret: secret.to_owned(), header, body }
}

#[tokio::test]
async fn what_the_library_signs_we_accept_and_what_we_sign_it_accepts() {
    let secrets = ["whsec_farline", "whsec_0123456789abcdefghijklmnopqrstuv", "w", "枫叶"];
    let mut ours = Vec::new();
    for (number, secret) in secrets.into_iter().enumerate() {
        for late in [0, 1, 299, 300] {
            ours.push(genuine(number, secret, NOW - late));
        }
        let mut rotated = genuine(number, secret, NOW);
        let others = ["whsec_older", secret].into_iter();
        rotated.header = signing::header(others, NOW, &rotated.body);
        ours.push(rotated);
    }
    let lines: Vec<String> = ours.iter().map(Case::line).collect();
    for (case, said) in ours.iter().zip(asked("verify", &lines).await) {
        assert_eq!(said["accepted"], true, "{}", case.line());
        assert!(case.is_accepted(&provider(&case.secret)), "{}", case.line());
    }
    for (case, said) in ours.into_iter().zip(asked("sign", &lines).await) {
        let signed = Case { header: said["header"].as_str().unwrap().to_owned(), ..case };
        assert!(signed.is_accepted(&provider(&signed.secret)), "{}", signed.line());
    }
}

/// A small generator of our own: the same seed gives the same forgeries everywhere.
struct Chance(u64);

impl Chance {
    fn number(&mut self, below: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below).unwrap()).unwrap()
    }

    /// At least one.
    fn seconds(&mut self, most: usize) -> i64 {
        1 + i64::try_from(self.number(most)).unwrap()
    }

    fn bit(&mut self, octets: &mut [u8]) {
        let place = self.number(octets.len());
        octets[place] ^= 1 << self.number(8);
    }

    /// A genuine webhook, made false in one of the ways of a forger.
    fn forgery(&mut self, number: usize) -> Case {
        let mut case = genuine(number, SECRET, NOW);
        let (time, signature) = case.header.split_once(',').unwrap();
        let (time, signature) = (time.to_owned(), signature.to_owned());
        match self.number(12) {
            0 => self.bit(&mut case.body),
            1 => {
                let place = self.number(case.body.len());
                case.body.remove(place);
            }
            2 => case.body.insert(self.number(case.body.len()), b' '),
            3 => {
                let value: Value = serde_json::from_slice(&case.body).unwrap();
                case.body = serde_json::to_vec_pretty(&value).unwrap();
            }
            4 => {
                let other = self.number(1_000_000);
                case.body = genuine(number + 1 + other, SECRET, NOW).body;
            }
            // Another time than was signed, and the truth, grown old.
            5 => case.header = format!("t={},{signature}", NOW - self.seconds(299)),
            6 => case = genuine(number, SECRET, NOW - 300 - self.seconds(1_000_000)),
            7 => {
                let mut digits = signature.into_bytes();
                let place = 3 + self.number(64);
                digits[place] = if digits[place] == b'0' { b'1' } else { b'0' };
                case.header = format!("{time},{}", String::from_utf8(digits).unwrap());
            }
            8 => case.header = format!("{time},{}", &signature[..3 + self.number(64)]),
            9 => case.header = format!("{time},{}", signature.replace("v1", "v0")),
            10 => {
                let mut secret = SECRET.as_bytes().to_vec();
                let place = self.number(secret.len());
                secret[place] = secret[place].wrapping_add(1);
                let secret = String::from_utf8(secret).unwrap();
                let others = [secret.as_str(), "whsec_", ""];
                let others = others.into_iter().take(1 + self.number(3));
                case.header = signing::header(others, NOW, &case.body);
            }
            _ => {
                // Signed for no time at all.
                let unstamped = signing::v1(SECRET, 0, &case.body);
                case.header = format!("{time},v1={unstamped}");
            }
        }
        case
    }
}

#[tokio::test]
async fn ten_thousand_forged_webhooks_are_refused_by_us_and_by_the_library() {
    let seed = std::env::var("FARLINE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(SEED);
    let mut chance = Chance(seed);
    let forged: Vec<Case> = (0..FORGERIES).map(|number| chance.forgery(number)).collect();
    let lines: Vec<String> = forged.iter().map(Case::line).collect();
    let ours = provider(SECRET);
    for (number, said) in asked("verify", &lines).await.into_iter().enumerate() {
        let told = format!("FARLINE_SEED={seed}, forgery {number}: {}", lines[number]);
        assert_eq!(said["accepted"], false, "{told}");
        assert!(!forged[number].is_accepted(&ours), "{told}");
    }
    // The very same webhooks, left as they were, are true.
    assert!((0..100).all(|number| genuine(number, SECRET, NOW).is_accepted(&ours)));
}

/// Names and values, with lists written alike: `a[]`, `a[0]` and `a[1]` are the same to Stripe.
fn pairs(form: &str) -> BTreeMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://form.test/?{form}")).unwrap();
    let mut counted = BTreeMap::<String, usize>::new();
    let pairs = url.query_pairs().map(|(name, value)| {
        let Some(list) = name.strip_suffix("[]") else { return (name.into(), value.into()) };
        let next = counted.entry(list.to_owned()).or_default();
        *next += 1;
        (format!("{list}[{}]", *next - 1), value.into_owned())
    });
    pairs.collect()
}

/// What the library asks in each step.
async fn expected(asked_for: &CheckoutRequest) -> Vec<Value> {
    let session = json!({
        "mode": "payment", "client_reference_id": "ord_1",
        "metadata": {"farline_order": "ord_1"},
        "payment_intent_data": {"metadata": {"farline_order": "ord_1"}},
        "line_items": [{"quantity": 1, "price_data": {
            "currency": "cad", "unit_amount": 2825,
            "product_data": {"name": asked_for.description},
        }}],
        "adaptive_pricing": {"enabled": false}, "locale": "fr-CA",
        "success_url": asked_for.return_url, "cancel_url": asked_for.cancel_url,
        "expires_at": NOW + 900 + 31 * 60,
        "payment_method_types": ["card", "alipay", "wechat_pay"],
        "payment_method_options": {"wechat_pay": {"client": "web"}},
    });
    let expand =
        json!({"expand": ["payment_intent.latest_charge", "payment_intent.payment_method"]});
    let listed = json!({"payment_intent": "pi_1", "limit": 100});
    let made = json!({
        "payment_intent": "pi_1", "amount": 2825, "metadata": {"farline_refund": "rf_1"},
    });
    let cases = [
        json!({"call": "balance", "fields": {}}),
        json!({"call": "open", "fields": session, "key": "checkout-ord_1"}),
        json!({"call": "read", "id": CHECKOUT, "fields": expand}),
        json!({"call": "expire", "id": CHECKOUT, "fields": expand}),
        json!({"call": "refunds", "fields": listed}),
        json!({"call": "refund", "fields": made, "key": "rf_1"}),
        json!({"call": "read_refund", "id": REFUND, "fields": {}}),
    ];
    let disputed = json!({"expand": ["payment_intent"]});
    let warned = json!({"expand": ["payment_intent", "charge"]});
    let of_banks = [
        json!({"call": "read_dispute", "id": DISPUTE, "fields": disputed}),
        json!({"call": "read_warning", "id": WARNING, "fields": warned}),
    ];
    let of_keeping = expected_of_keeping();
    let all = cases.iter().chain(&of_keeping).chain(&of_banks);
    let lines: Vec<String> = all.map(Value::to_string).collect();
    asked("request", &lines).await
}

/// What the library asks to keep a card and to charge it.
fn expected_of_keeping() -> [Value; 7] {
    let asked_for = setup("set_1", Instant::from_millis(START_MS));
    let page = json!({
        "mode": "setup", "client_reference_id": "set_1",
        "metadata": {"farline_keep": asked_for.account.to_string()},
        "payment_method_types": ["card"], "customer_creation": "always", "locale": "fr-CA",
        "success_url": asked_for.return_url, "cancel_url": asked_for.cancel_url,
        "expires_at": NOW + 900 + 31 * 60,
    });
    let asked_for = charge_request(Step::Charge);
    let charge = json!({
        "amount": 2825, "currency": "cad", "customer": "cus_1", "payment_method": "pm_1",
        "payment_method_types": ["card"], "confirm": true, "off_session": true,
        "description": asked_for.description, "expand": ["latest_charge"],
        "metadata": {"farline_order": "ord_1", "farline_charge": "key_1"},
    });
    let kept = json!({"expand": ["setup_intent.payment_method"]});
    let listed = json!({"customer": "cus_1", "limit": 25});
    let whole = json!({"expand": ["latest_charge"]});
    [
        json!({"call": "open", "fields": page, "key": "setup-set_1"}),
        json!({"call": "read", "id": CHECKOUT, "fields": kept}),
        json!({"call": "charges", "fields": listed}),
        json!({"call": "charge", "fields": charge, "key": "key_1"}),
        json!({"call": "read_charge", "id": "pi_1", "fields": whole}),
        json!({"call": "cancel", "id": "pi_1", "fields": {}}),
        json!({"call": "detach", "id": "pm_1", "fields": {}}),
    ]
}

/// What we ask in a step.
async fn made(step: Step, asked_for: &CheckoutRequest) -> wiremock::Request {
    let server = MockServer::start().await;
    for first in StripeWire::before(step) {
        let first = ResponseTemplate::new(200).set_body_json(first);
        Mock::given(any()).respond_with(first).up_to_n_times(1).mount(&server).await;
    }
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
    let methods = vec![OfferedMethod::Card, OfferedMethod::Alipay, OfferedMethod::WechatPay];
    let here = settings(&server.uri(), Duration::from_secs(30));
    let provider = StripeProvider::new(StripeSettings { methods, ..here }).unwrap();
    let (key, payment) = ("rf_1".to_owned(), "pi_1".to_owned());
    let refund = RefundRequest { key, payment, amount: PRICE };
    let unknown = match step {
        Step::Probe => provider.probe().await.is_err(),
        Step::Checkout => provider.checkout(asked_for).await.is_err(),
        Step::CheckoutState => provider.checkout_state(CHECKOUT).await.is_err(),
        Step::Expire => provider.expire_checkout(CHECKOUT).await.is_err(),
        Step::RefundLook | Step::Refund => provider.refund(&refund).await.is_err(),
        Step::RefundState => provider.refund_state(REFUND).await.is_err(),
        Step::SetUp => {
            provider.set_up(&setup("set_1", Instant::from_millis(START_MS))).await.is_err()
        }
        Step::SetupState => provider.setup_state(CHECKOUT, "set_1").await.is_err(),
        Step::ChargeLook | Step::Charge | Step::ChargeState | Step::ChargeEnd => {
            provider.charge(&charge_request(step)).await.is_err()
        }
        Step::Forget => provider.forget_method("cus_1", "pm_1").await.is_err(),
        Step::Dispute => provider.dispute(DISPUTE).await.is_err(),
        Step::Warning => provider.dispute(WARNING).await.is_err(),
    };
    assert!(unknown, "{step:?}");
    server.received_requests().await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn each_request_is_the_one_that_the_library_makes() {
    let asked_for = request("ord_1", Instant::from_millis(START_MS));
    let expected = expected(&asked_for).await;
    assert_eq!(expected.len(), StripeWire::STEPS.len());
    for (&step, expected) in StripeWire::STEPS.iter().zip(expected) {
        let made = made(step, &asked_for).await;
        assert_eq!(made.method.as_str(), expected["method"].as_str().unwrap(), "{step:?}");
        let theirs = reqwest::Url::parse(expected["url"].as_str().unwrap()).unwrap();
        assert_eq!(made.url.path(), theirs.path(), "{step:?}");
        let query = |url: &reqwest::Url| pairs(url.query().unwrap_or_default());
        assert_eq!(query(&made.url), query(&theirs), "{step:?}");
        let body = String::from_utf8(made.body.clone()).unwrap();
        assert_eq!(pairs(&body), pairs(expected["body"].as_str().unwrap_or_default()), "{step:?}");
        let header = |name: &str| made.headers.get(name).map(|value| value.to_str().unwrap());
        for name in ["authorization", "stripe-version"] {
            assert_eq!(header(name), expected["headers"][name].as_str(), "{step:?} {name}");
        }
        // The library gives every POST a key; those we leave without one change nothing when repeated.
        if let Some(key) = header("idempotency-key") {
            assert_eq!(Some(key), expected["headers"]["idempotency-key"].as_str(), "{step:?}");
        }
        if !body.is_empty() {
            let form = Some("application/x-www-form-urlencoded");
            assert_eq!(header("content-type"), form, "{step:?}");
            assert_eq!(expected["headers"]["content-type"].as_str(), form, "{step:?}");
        }
    }
}
