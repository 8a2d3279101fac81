//! eSIM Access: how its server speaks, and what is its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::{DeliverySupplier, SupplierProduct};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Currency, Money};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::esim_access::{
    EsimAccessPlan, EsimAccessSettings, EsimAccessSupplier,
};
use farline_gateways::delivery::{SupplierPlace, SupplierSettingsError};
use farline_testkit::FrozenClock;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::contract::{Fate, START, Stage, again, request};
use super::depot::{Book, Call, Outcome, Record, Said, Taken, hexadecimal};
use super::wired::{self, Kind, Wired, wired};

wired!(super::EsimAccess);

struct EsimAccess;

fn settings(place: SupplierPlace, within: Duration) -> EsimAccessSettings {
    let plan = EsimAccessPlan { package: "TOPUP_KW5".to_owned(), price: "11.5".to_owned() };
    EsimAccessSettings {
        name: "profiles".to_owned(),
        place,
        access_code: "access-of-ours".to_owned(),
        secret_key: "secret-of-ours".to_owned(),
        location: Some("CA".to_owned()),
        plans: BTreeMap::from([("maple-5gb-30d".to_owned(), plan)]),
        answer_within: within,
    }
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("USD").unwrap() }
}

fn fault(code: &str) -> Said {
    let body = json!({"success": false, "errorCode": code, "errorMsg": "in words", "obj": null});
    (200, body.to_string())
}

fn done(obj: &Value) -> Said {
    (200, json!({"success": true, "errorCode": null, "errorMsg": null, "obj": obj}).to_string())
}

fn is_signed(call: &Call) -> bool {
    let parts = ["rt-timestamp", "rt-requestid", "rt-accesscode"].map(|name| call.header(name));
    let mac = Hmac::<Sha256>::new_from_slice(b"secret-of-ours").unwrap();
    let mac = mac.chain_update(parts.concat()).chain_update(&call.text);
    let digest = mac.finalize().into_bytes();
    let digest = hexadecimal(&digest);
    parts[0] == call.now.millis().to_string() && call.header("rt-signature") == digest
}

impl EsimAccess {
    fn told(record: &Record, call: &Call) -> Said {
        match record.fate(call.now) {
            Outcome::Working => fault("200010"),
            Outcome::Strange => fault("200009"),
            Outcome::Done | Outcome::Failed | Outcome::Reversed => done(&json!({
                "transactionId": record.reference, "iccid": call.body()["iccid"],
                "expiredTime": "2026-12-22T12:00:00+0000", "totalVolume": 5_368_709_120_i64,
                "totalDuration": 30, "orderUsage": 0,
                "topUpEsimTranNo": record.id.to_string(),
            })),
        }
    }

    /// The same transaction is answered the same again.
    fn top_up(book: &mut Book, call: &Call) -> Said {
        let body = call.body();
        let reference = body["transactionId"].as_str().unwrap();
        match book.take((reference, body["iccid"].as_str().unwrap()), call) {
            Taken::Record(record) => Self::told(&record, call),
            Taken::Duplicate => {
                let known = book.records.iter().find(|record| record.reference == reference);
                Self::told(known.unwrap(), call)
            }
            Taken::NotANumber => fault("200002"),
            Taken::NoFloat => fault("200007"),
            Taken::UnknownCode => fault("900001"),
            Taken::Broken => (500, String::new()),
        }
    }
}

impl Kind for EsimAccess {
    const SETTLES_SECONDS: i64 = 0;
    const ASKING_SENDS: bool = true;

    fn answer(book: &mut Book, call: &Call) -> Said {
        if book.is_locked || call.header("rt-accesscode") != "access-of-ours" {
            return fault("101002");
        }
        if !is_signed(call) {
            return fault("101003");
        }
        match call.what.as_str() {
            "POST /esim/topup" => Self::top_up(book, call),
            // 9,999.9999 dollars.
            "POST /balance/query" => done(&json!({"balance": 99_999_999})),
            "POST /package/list" => {
                assert_eq!(call.text, r#"{"type":"TOPUP","locationCode":"CA"}"#);
                let package = |code: &str, price: i64, kind: u8| {
                    json!({"packageCode": code, "name": "5 GB 30 Days", "price": price,
                           "currencyCode": "USD", "volume": 5_368_709_120_i64, "dataType": kind,
                           "duration": 30, "durationUnit": "DAY"})
                };
                // In all, and each day.
                let packages = [package("TOPUP_KW5", 115_000, 1), package("TOPUP_HR1", 12_345, 2)];
                done(&json!({"packageList": packages}))
            }
            _ => (404, String::new()),
        }
    }

    fn supplier(
        place: SupplierPlace,
        clock: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier> {
        Box::new(EsimAccessSupplier::new(settings(place, within), clock).unwrap())
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        match fate {
            Fate::Delivered => &[("+14165550100", 0), ("+14165550200", 10)],
            // What it refuses, it keeps nothing of; what it delivered, it does not take back.
            Fate::Refused | Fate::Reversed => &[],
            Fate::Undecided => &[("+14165550407", 0)],
        }
    }

    fn float() -> Option<Money> {
        Some(usd(999_999))
    }

    fn products() -> Vec<SupplierProduct> {
        let product = |code: &str, cost, contents| SupplierProduct {
            code: code.to_owned(),
            name: "5 GB 30 Days".to_owned(),
            cost: Some(usd(cost)),
            cost_at_most: None,
            contents,
        };
        let contents = wired::gives(5_368_709_120, 30);
        vec![product("TOPUP_KW5", 1150, Some(contents)), product("TOPUP_HR1", 124, None)]
    }
}

#[tokio::test]
async fn what_is_asked_is_the_mapping_in_ten_thousandths() {
    let stage = Wired::<EsimAccess>::open().await;
    stage.send(&request("d-1", "+14165550100", 0)).await;
    let expected = r#"{"iccid":"8930299914165550100","packageCode":"TOPUP_KW5","amount":"115000","transactionId":"d-1"}"#;
    assert_eq!(stage.depot.book().bodies, [expected]);
}

#[tokio::test]
async fn the_same_is_said_again_for_an_hour_and_never_about_what_is_delivered() {
    let stage = Wired::<EsimAccess>::open().await;
    let asked = stage.ask(&again("d-1", "+14165550100", 3601)).await;
    assert_eq!(asked, DeliveryAnswer::Unknown);
    let mut delivered = again("d-1", "+14165550100", 600);
    delivered.supplier_reference = Some("theirs".to_owned());
    let theirs = Some("theirs".to_owned());
    assert_eq!(
        stage.ask(&delivered).await,
        DeliveryAnswer::Delivered { supplier_reference: theirs }
    );
    assert!(stage.depot.book().asked.is_empty());
}

/// The answer to a sending that the server answers so.
async fn saying((status, body): Said) -> DeliveryAnswer {
    use wiremock::matchers::any;
    use wiremock::{Mock, MockServer, ResponseTemplate};
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_string(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let place = SupplierPlace::StandIn(server.uri());
    let clock = Arc::new(FrozenClock::at(START));
    let supplier = EsimAccess::supplier(place, clock, Duration::from_secs(30));
    supplier.send(&request("d-1", "+14165550100", 0)).await
}

#[tokio::test]
async fn each_code_means_what_the_facts_say() {
    use DeliveryAnswer::{InProgress, Refused, Unknown};
    use DeliveryRefusal::{NetworkUnavailable, NumberNotAccepted};
    let table = [
        (fault("200010"), InProgress),
        (fault("200002"), Refused(NumberNotAccepted)),
        (fault("000101"), Refused(NetworkUnavailable)),
        (fault("200005"), Refused(NetworkUnavailable)),
        (fault("200006"), Refused(NetworkUnavailable)),
        (fault("200007"), Refused(NetworkUnavailable)),
        (fault("200011"), Refused(NetworkUnavailable)),
        (fault("200009"), Unknown),
        (fault("101001"), Unknown),
        (fault("101003"), Unknown),
        (fault("999999"), Unknown),
        ((500, fault("200007").1), Unknown),
        (done(&json!({"transactionId": "d-2", "topUpEsimTranNo": "1"})), Unknown),
        (done(&Value::Null), Unknown),
    ];
    for (said, expected) in table {
        let what = said.1.clone();
        assert_eq!(saying(said).await, expected, "{what}");
    }
}

#[test]
fn a_price_is_exact_and_no_secret_is_shown() {
    let clock = || Arc::new(FrozenClock::at(START));
    let sound = || settings(SupplierPlace::Live, Duration::from_secs(1));
    let shown = EsimAccessSupplier::new(sound(), clock()).unwrap();
    assert_eq!(format!("{shown:?}"), "EsimAccessSupplier { name: \"profiles\", .. }");
    for price in ["", "0", "-1", "1.23456", "much"] {
        let mut wrong = sound();
        wrong.plans.get_mut("maple-5gb-30d").unwrap().price = price.to_owned();
        let refused = EsimAccessSupplier::new(wrong, clock()).unwrap_err();
        assert!(matches!(refused, SupplierSettingsError::Plan { .. }), "{price}");
    }
    let sandbox = settings(SupplierPlace::Sandbox, Duration::from_secs(1));
    let refused = EsimAccessSupplier::new(sandbox, clock()).unwrap_err();
    assert!(matches!(refused, SupplierSettingsError::NoSandbox));
}
