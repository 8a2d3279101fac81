//! Webhooks: signatures that OpenSSL made are believed, ten thousand forgeries from a seed are not, and each event hints
//! at its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::Randomness;
use farline_app::ports::payment::{HintAbout, PaymentProvider, WebhookHint, WebhookRefusal};
use farline_domain::kernel::Instant;
use farline_testkit::SeededRandomness;
use rustls::SignatureScheme;
use serde_json::{Value, json};

use super::authority::{AUTHORITY, Signer, openssl};
use super::counterpart::{CERTIFICATES, Side, WEBHOOK_ID, headed, transmission};
use crate::payment::contract::{Counterpart, Secret, Webhook};

const ID: &str = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
const TIME: &str = "2026-11-22T12:00:00Z";
const BODY: &[u8] =
    br#"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"custom_id":"ord_1"}}"#;

async fn judged(
    side: &Side,
    webhook: &Webhook,
    now: Instant,
) -> Result<WebhookHint, WebhookRefusal> {
    let header = |name: &str| Side::header(webhook, name);
    // Whatever becomes of fetching, the judgement is the webhook's.
    let _ = side.provider.prepare_webhook(&header, now).await;
    side.provider.webhook(&header, &webhook.body, now)
}

fn hint(event: &str, about: HintAbout) -> WebhookHint {
    WebhookHint { event: event.to_owned(), about }
}

fn of_order(order: &str) -> HintAbout {
    HintAbout::Order(order.to_owned())
}

/// The check sum as its definition has it, bit by bit (ISO 3309).
fn check_sum(body: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !body
        .iter()
        .fold(u32::MAX, |sum, octet| (0..8).fold(sum ^ u32::from(*octet), |sum, _| step(sum)))
}

#[tokio::test]
async fn a_signature_that_openssl_made_is_believed() {
    let side = Side::open().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("key"), &AUTHORITY.genuine.key_pem).unwrap();
    let text = format!("{ID}|{TIME}|{WEBHOOK_ID}|{}", check_sum(BODY));
    fs::write(folder.join("text"), text).unwrap();
    openssl(folder, &["dgst", "-sha256", "-sign", "key", "-out", "signature", "text"]);
    let signature = STANDARD.encode(fs::read(folder.join("signature")).unwrap());
    let certificate = format!("{CERTIFICATES}CERT-ours");
    let webhook = headed([ID, TIME, &certificate, "SHA256withRSA", &signature], BODY);
    let believed = judged(&side, &webhook, side.now()).await;
    assert_eq!(believed, Ok(hint("WH-1", of_order("ord_1"))));
    assert_eq!(side.asked(), ["GET /v1/notifications/certs/CERT-ours"]);
    // It is kept: nothing is asked for again.
    judged(&side, &webhook, side.now()).await.unwrap();
    assert_eq!(side.asked(), Vec::<String>::new());
}

/// A forger with everything but PayPal's key.
struct Forger<'a> {
    side: &'a Side,
    chance: SeededRandomness,
    genuine: Webhook,
}

impl Forger<'_> {
    fn below(&self, end: usize) -> usize {
        usize::try_from(self.chance.bits() % u64::try_from(end).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// The genuine webhook with one header changed.
    fn with(&self, place: usize, value: &str) -> Webhook {
        let mut values: Vec<&str> = self.genuine.header.1.split('\n').collect();
        values[place] = value;
        headed(values.try_into().unwrap(), &self.genuine.body)
    }

    fn flipped(&self, text: &str) -> String {
        let mut octets = text.as_bytes().to_vec();
        let place = self.below(octets.len());
        octets[place] = self.one_of(b"0123456789abcdefghijkXYZ-:|TZ+/=");
        String::from_utf8(octets).unwrap()
    }

    fn altered_body(&self) -> Vec<u8> {
        let mut body = BODY.to_vec();
        let place = self.below(body.len());
        match self.below(3) {
            0 => body[place] ^= 1 << self.below(8),
            1 => body.insert(place, b' '),
            _ => body.truncate(place),
        }
        body
    }

    fn forgery(&self) -> Webhook {
        let certificate = |name: &str| format!("{CERTIFICATES}{name}");
        let header = |place: usize| self.genuine.header.1.split('\n').nth(place).unwrap();
        let by = |signer: &Signer, name: &str| transmission(signer, &certificate(name), TIME, BODY);
        match self.below(10) {
            0 => Webhook { body: self.altered_body(), ..self.genuine.clone() },
            1 => self.with(0, &self.flipped(header(0))),
            2 => self.with(1, &self.flipped(header(1))),
            3 => self.with(2, &self.flipped(header(2))),
            4 => {
                let hosts =
                    ["evil.example", "api.sandbox.paypal.com.evil.example", "api.paypal.com"];
                let host = self.one_of(&hosts);
                let address = format!("https://{host}/v1/notifications/certs/CERT-ours");
                transmission(&AUTHORITY.genuine, &address, TIME, BODY)
            }
            5 => {
                let algorithms =
                    ["SHA1withRSA", "SHA512withRSA", "none", "sha256withrsa", "HS256", ""];
                self.with(3, self.one_of(&algorithms))
            }
            6 => self.with(4, &self.flipped(header(4))),
            7 => {
                let authority = &*AUTHORITY;
                let signers = [
                    (&authority.unknown, "CERT-theirs"),
                    (&authority.other, "CERT-other"),
                    (&authority.ended, "CERT-ended"),
                    (&authority.mailer, "CERT-mailer"),
                    (&authority.unknown, "CERT-ours"),
                    (&authority.genuine, "CERT-missing"),
                    (&authority.genuine, "CERT-theirs"),
                ];
                let (signer, name) = self.one_of(&signers);
                by(signer, name)
            }
            8 => self.signed_otherwise(),
            _ => {
                let mut values: Vec<&str> = self.genuine.header.1.split('\n').collect();
                let (one, other) = (self.below(5), self.below(5));
                values.swap(one, (one + 1 + other % 4) % 5);
                headed(values.try_into().unwrap(), BODY)
            }
        }
    }

    /// PayPal's own signature, but in another way, for another webhook, or over other octets.
    fn signed_otherwise(&self) -> Webhook {
        let sum = check_sum(BODY);
        let other = check_sum(&self.altered_body());
        let texts = [
            (SignatureScheme::RSA_PKCS1_SHA512, format!("{ID}|{TIME}|{WEBHOOK_ID}|{sum}")),
            (SignatureScheme::RSA_PSS_SHA256, format!("{ID}|{TIME}|{WEBHOOK_ID}|{sum}")),
            (SignatureScheme::RSA_PKCS1_SHA256, format!("{ID}|{TIME}|9KK90123TH456789Y|{sum}")),
            (SignatureScheme::RSA_PKCS1_SHA256, format!("{ID}|{TIME}|{WEBHOOK_ID}|{other}")),
            (SignatureScheme::RSA_PKCS1_SHA256, format!("{ID}|{TIME}|{WEBHOOK_ID}|{sum:08x}")),
            (SignatureScheme::RSA_PKCS1_SHA256, format!("{ID}|{TIME}|{WEBHOOK_ID}|")),
            (SignatureScheme::RSA_PKCS1_SHA256, String::from_utf8_lossy(BODY).into_owned()),
        ];
        let (scheme, text) = &texts[self.below(texts.len())];
        let signature = STANDARD.encode(AUTHORITY.genuine.sign_as(*scheme, text.as_bytes()));
        self.with(4, &signature)
    }
}

#[tokio::test]
async fn ten_thousand_forgeries_from_a_seed_are_refused() {
    let seed = std::env::var("FARLINE_SEED").map_or(1, |seed| seed.parse().unwrap());
    let side = Side::open().await;
    let more = [
        ("CERT-other", &AUTHORITY.other),
        ("CERT-ended", &AUTHORITY.ended),
        ("CERT-mailer", &AUTHORITY.mailer),
    ];
    for (name, signer) in more {
        side.paypal.book().certificates.insert(name.to_owned(), signer.pem.clone());
    }
    let certificate = format!("{CERTIFICATES}CERT-ours");
    let genuine = transmission(&AUTHORITY.genuine, &certificate, TIME, BODY);
    let forger = Forger { side: &side, chance: SeededRandomness::seeded(seed), genuine };
    let start = side.now();
    for number in 0..10_000 {
        // Ten certificates may be fetched in each minute.
        let now = start.plus_seconds(number / 2_500 * 60);
        let forgery = forger.forgery();
        let is_it = forgery.header == forger.genuine.header && forgery.body == forger.genuine.body;
        let judged = judged(forger.side, &forgery, now).await;
        let expected = if is_it {
            Ok(hint("WH-1", of_order("ord_1")))
        } else {
            Err(WebhookRefusal::Signature)
        };
        assert_eq!(judged, expected, "seed {seed}, forgery {number}: {forgery:?}");
    }
    let genuine = judged(&side, &forger.genuine, start).await;
    assert_eq!(genuine, Ok(hint("WH-1", of_order("ord_1"))));
}

#[tokio::test]
async fn a_true_signature_counts_only_with_a_certificate_of_paypals_own() {
    let side = Side::open().await;
    let mut now = side.now();
    let signers = [
        ("CERT-a", &AUTHORITY.unknown),
        ("CERT-b", &AUTHORITY.other),
        ("CERT-c", &AUTHORITY.ended),
        ("CERT-d", &AUTHORITY.mailer),
    ];
    for (name, signer) in signers {
        side.paypal.book().certificates.insert(name.to_owned(), signer.pem.clone());
        let webhook = transmission(signer, &format!("{CERTIFICATES}{name}"), TIME, BODY);
        assert_eq!(judged(&side, &webhook, now).await, Err(WebhookRefusal::Signature), "{name}");
    }
    assert_eq!(side.asked().len(), signers.len());
    // In its time, the one that has ended was good; kept, it ends with its time.
    let spring = Instant::from_millis(1_772_323_200_000);
    let time = spring.timestamp().to_string();
    let webhook = transmission(&AUTHORITY.ended, &format!("{CERTIFICATES}CERT-c"), &time, BODY);
    assert_eq!(judged(&side, &webhook, spring).await, Ok(hint("WH-1", of_order("ord_1"))));
    assert_eq!(judged(&side, &webhook, now).await, Err(WebhookRefusal::Signature));
    // Nothing is fetched from anywhere else, whoever signed.
    now = now.plus_seconds(3_600);
    let time = now.timestamp().to_string();
    side.asked();
    for address in [
        "",
        "https://evil.example/v1/notifications/certs/CERT-ours",
        "https://api.paypal.com/v1/notifications/certs/CERT-ours",
        "https://www.sandbox.paypal.com/v1/notifications/certs/CERT-ours",
        "https://api.sandbox.paypal.com.example/v1/notifications/certs/CERT-ours",
        "https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/CERT-ours",
        "https://user@api.sandbox.paypal.com/v1/notifications/certs/CERT-ours",
        "https://api.sandbox.paypal.com:444/v1/notifications/certs/CERT-ours",
        "https://API.sandbox.paypal.com/v1/notifications/certs/CERT-ours",
        "http://api.sandbox.paypal.com/v1/notifications/certs/CERT-ours",
        "//api.sandbox.paypal.com/v1/notifications/certs/CERT-ours",
        "https:\\\\api.sandbox.paypal.com\\v1\\notifications\\certs\\CERT-ours",
        "https://api.sandbox.paypal.com/v1/notifications/CERT-ours",
        "https://api.sandbox.paypal.com/v1/notifications/certs/",
        "https://api.sandbox.paypal.com/v1/notifications/certs/../certs/CERT-ours",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-ours/",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-ours?x=1",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-ours#x",
        "https://api.sandbox.paypal.com/v1/notifications/certs/%43ERT-ours",
        "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-ours ",
    ] {
        let webhook = transmission(&AUTHORITY.genuine, address, &time, BODY);
        assert_eq!(judged(&side, &webhook, now).await, Err(WebhookRefusal::Signature), "{address}");
    }
    assert_eq!(side.asked(), Vec::<String>::new());
    for host in ["api.sandbox.paypal.com", "api-m.sandbox.paypal.com"] {
        let address = format!("https://{host}/v1/notifications/certs/CERT-ours");
        let webhook = transmission(&AUTHORITY.genuine, &address, &time, BODY);
        judged(&side, &webhook, now).await.unwrap();
    }
    assert_eq!(side.asked().len(), 2);
}

#[tokio::test]
async fn a_certificate_that_cannot_be_had_now_is_unknown_and_few_are_fetched_in_a_minute() {
    use crate::payment::losses::{Effect, Fault};
    let side = Side::open().await;
    let now = side.now();
    let prepared = async |name: &str, now| {
        let address = format!("{CERTIFICATES}{name}");
        let webhook = transmission(&AUTHORITY.genuine, &address, TIME, BODY);
        let header = |name: &str| Side::header(&webhook, name);
        side.provider.prepare_webhook(&header, now).await
    };
    for fault in [Fault::Status(500), Fault::Status(302), Fault::BrokenBody] {
        side.lose(0, Effect::Done, fault);
        prepared("CERT-ours", now).await.unwrap_err();
    }
    // What is not there is not a question: whatever it signs is refused.
    for number in 3..10 {
        assert_eq!(prepared(&format!("CERT-{number}"), now).await, Ok(()));
    }
    prepared("CERT-ours", now).await.unwrap_err();
    assert_eq!(side.asked().len(), 10);
    assert_eq!(prepared("CERT-ours", now.plus_seconds(60)).await, Ok(()));
    // At hand, it needs nobody.
    for _ in 0..20 {
        assert_eq!(prepared("CERT-ours", now.plus_seconds(60)).await, Ok(()));
    }
    assert_eq!(side.asked().len(), 1);
}

fn event(kind: &str, resource: &Value) -> String {
    json!({"id": "WH-1", "event_type": kind, "resource": resource, "new": [1]}).to_string()
}

#[tokio::test]
async fn true_events_are_read_by_this_table() {
    let side = Side::open().await;
    let ours = json!({"id": "x", "custom_id": "r-1"});
    let order = json!({"id": "x", "purchase_units": [{"custom_id": "r-1"}]});
    let dispute = json!({"dispute_id": "PP-D-1", "disputed_transactions": [{"custom": "r-1"}]});
    let about = |about: HintAbout| Ok(hint("WH-1", about));
    let of_refund = || about(HintAbout::Refund("r-1".to_owned()));
    let of_dispute = || about(HintAbout::Dispute("PP-D-1".to_owned()));
    let nothing = || about(HintAbout::Nothing);
    let refused = || Err(WebhookRefusal::Body);
    let table = [
        (event("CHECKOUT.ORDER.APPROVED", &order), about(of_order("r-1"))),
        (event("CHECKOUT.ORDER.COMPLETED", &order), about(of_order("r-1"))),
        (event("PAYMENT.CAPTURE.COMPLETED", &ours), about(of_order("r-1"))),
        (event("PAYMENT.CAPTURE.PENDING", &ours), about(of_order("r-1"))),
        (event("PAYMENT.CAPTURE.DENIED", &ours), about(of_order("r-1"))),
        (event("PAYMENT.CAPTURE.REVERSED", &ours), about(of_order("r-1"))),
        (event("PAYMENT.CAPTURE.REFUNDED", &ours), of_refund()),
        (event("PAYMENT.REFUND.FAILED", &ours), of_refund()),
        (event("CUSTOMER.DISPUTE.CREATED", &dispute), of_dispute()),
        (event("CUSTOMER.DISPUTE.UPDATED", &dispute), of_dispute()),
        (event("CUSTOMER.DISPUTE.RESOLVED", &dispute), of_dispute()),
        // Of another program at the same account.
        (event("CHECKOUT.ORDER.APPROVED", &json!({"purchase_units": [{}]})), nothing()),
        (event("PAYMENT.CAPTURE.REFUNDED", &json!({"id": "x"})), nothing()),
        (event("CUSTOMER.DISPUTE.CREATED", &json!({})), nothing()),
        (event("BILLING.SUBSCRIPTION.CREATED", &ours), nothing()),
        (r#"{"id":"WH-1","event_type":"PING"}"#.to_owned(), nothing()),
        (event("PING", &json!({})).replace("WH-1", ""), refused()),
        (r#"{"event_type":"PING"}"#.to_owned(), refused()),
        (r#"{"id":"WH-1"}"#.to_owned(), refused()),
        (event("PAYMENT.CAPTURE.COMPLETED", &json!({"custom_id": 7})), refused()),
    ];
    for (body, expected) in table {
        let signed = side.signed(&[Secret::Ours], body.as_bytes());
        assert_eq!(judged(&side, &signed, side.now()).await, expected, "{body}");
    }
}
