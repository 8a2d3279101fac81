//! Airalo: how its server speaks, and what is its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::{DeliverySupplier, SupplierContents, SupplierProduct};
use farline_domain::catalog::Validity;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::comparison::{Granted, Grants};
use farline_domain::kernel::{Currency, Money, Units};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::airalo::{AiraloPlan, AiraloSettings, AiraloSupplier};
use farline_gateways::delivery::{SupplierPlace, SupplierSettingsError};
use farline_testkit::FrozenClock;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;

use super::contract::{Fate, START, Stage, again, request};
use super::depot::{Book, Call, Outcome, Record, Said, TOKEN_SECONDS, Taken, hexadecimal};
use super::wired::{self, Kind, Wired, wired};

wired!(super::Airalo);

struct Airalo;

fn settings(place: SupplierPlace, within: Duration) -> AiraloSettings {
    let plan = AiraloPlan { package: "kittiwake-30days-5gb-topup".to_owned() };
    AiraloSettings {
        name: "esims".to_owned(),
        place,
        client_id: "client-of-ours".to_owned(),
        client_secret: "secret-of-ours".to_owned(),
        country: Some("CA".to_owned()),
        plans: BTreeMap::from([("maple-5gb-30d".to_owned(), plan)]),
        answer_within: within,
    }
}

fn refusal(code: u32) -> Said {
    (422, json!({"code": code, "reason": "in words"}).to_string())
}

fn order(record: &Record, call: &Call) -> Value {
    let slug = match record.fate(call.now) {
        Outcome::Working => "processing",
        Outcome::Done => "completed",
        Outcome::Failed => "failed",
        Outcome::Reversed => "refunded",
        Outcome::Strange => "pondering",
    };
    json!({
        "id": record.id, "code": format!("20261122-{:06}", record.id), "type": "topup",
        "description": record.reference, "status": {"name": "of it", "slug": slug},
    })
}

impl Airalo {
    /// It has no idempotency key and makes two of two.
    fn top_up(book: &mut Book, call: &Call) -> Said {
        let mac = Hmac::<Sha512>::new_from_slice(b"secret-of-ours").unwrap();
        let digest = mac.chain_update(&call.text).finalize().into_bytes();
        let digest = hexadecimal(&digest);
        if call.header("airalo-signature") != digest {
            return refusal(14);
        }
        let body = call.body();
        let reference = body["description"].as_str().unwrap();
        let iccid = body["iccid"].as_str().unwrap();
        let taken = match book.take((reference, iccid), call) {
            Taken::Duplicate => book.record(reference, iccid, call.now),
            taken => taken,
        };
        match taken {
            Taken::Record(record) if record.fate(call.now) == Outcome::Strange => {
                (200, "{}".to_owned())
            }
            Taken::Record(record) => {
                let data = json!({
                    "id": record.id, "code": "20261122-1", "package_id": body["package_id"],
                    "quantity": 1, "type": "topup", "validity": 30, "price": 13.5,
                    "net_price": 11.505, "currency": "USD", "created_at": "2026-11-22 12:00:00",
                });
                (200, json!({"data": data, "meta": {"message": "success"}}).to_string())
            }
            Taken::NotANumber => refusal(73),
            Taken::NoFloat => refusal(11),
            Taken::UnknownCode => refusal(99),
            Taken::Broken | Taken::Duplicate => (500, String::new()),
        }
    }

    fn packages(call: &Call) -> Said {
        let package = |id: &str, kind: &str, net_price: Value| {
            json!({"id": id, "type": kind, "title": "5 GB - 30 days", "price": 13.5, "net_price": net_price,
                   "amount": 5120, "day": 30, "is_unlimited": false, "voice": null, "text": null})
        };
        let shelf = |packages: Value| json!({"slug": "ca", "operators": [{"title": "Kittiwake", "packages": packages}]});
        let page: u32 = call.query["page"].parse().unwrap();
        let packages = if page == 1 {
            json!([
                package("kittiwake-30days-5gb", "sim", json!(12)),
                package("kittiwake-30days-5gb-topup", "topup", json!(11.505)),
            ])
        } else {
            json!([{"id": "heron-7days-1gb-topup", "type": "topup", "title": "5 GB - 30 days", "price": 13.5,
                    "net_price": "4.50", "amount": null, "day": "7", "is_unlimited": true, "voice": 60, "text": 20}])
        };
        let meta = json!({"current_page": page, "last_page": 2});
        (200, json!({"data": [shelf(packages)], "meta": meta}).to_string())
    }
}

impl Kind for Airalo {
    const SETTLES_SECONDS: i64 = 300;

    fn answer(book: &mut Book, call: &Call) -> Said {
        if call.what == "POST /token" {
            let form = "client_id=client-of-ours&client_secret=secret-of-ours&grant_type=client_credentials";
            if book.is_locked || call.text != form {
                return (401, json!({"meta": {"message": "in words"}}).to_string());
            }
            let token = book.grant(call.now);
            let data =
                json!({"token_type": "Bearer", "expires_in": TOKEN_SECONDS, "access_token": token});
            return (200, json!({"data": data, "meta": {"message": "success"}}).to_string());
        }
        if !book.lets_in(call) {
            return (401, json!({"meta": {"message": "in words"}}).to_string());
        }
        match call.what.as_str() {
            "POST /orders/topups" => Self::top_up(book, call),
            "GET /orders" => {
                assert_eq!(call.query["include"], "status");
                let listed = book.listed(&call.query["filter[description]"]);
                let data: Vec<Value> = listed.iter().map(|record| order(record, call)).collect();
                // What is not filtered does not end on its first page.
                let last_page = if book.ignores_filters { 2 } else { 1 };
                let meta = json!({"current_page": 1, "last_page": last_page});
                (200, json!({"data": data, "meta": meta}).to_string())
            }
            "GET /packages" => Self::packages(call),
            _ => (404, String::new()),
        }
    }

    fn supplier(
        place: SupplierPlace,
        clock: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier> {
        Box::new(AiraloSupplier::new(settings(place, within), clock).unwrap())
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        match fate {
            Fate::Delivered => &[("+14165550100", 0)],
            Fate::Refused => &[],
            Fate::Reversed => &[("+14165550500", 300)],
            Fate::Undecided => &[("+14165550407", 0)],
        }
    }

    fn float() -> Option<Money> {
        None
    }

    fn products() -> Vec<SupplierProduct> {
        let product = |code: &str, minor, contents| SupplierProduct {
            code: code.to_owned(),
            name: "5 GB - 30 days".to_owned(),
            cost: Some(Money { minor, currency: Currency::parse("USD").unwrap() }),
            cost_at_most: None,
            contents: Some(contents),
        };
        let amount = |count| Granted::Amount(Units::new(count).unwrap());
        let grants =
            Grants { data: Granted::Unlimited, voice: amount(3_600), messages: amount(20) };
        let unlimited = SupplierContents { grants, validity: Validity::Days(7) };
        vec![
            product("kittiwake-30days-5gb-topup", 1151, wired::gives(5_120_000_000, 30)),
            product("heron-7days-1gb-topup", 450, unlimited),
        ]
    }
}

#[tokio::test]
async fn a_list_that_ignores_our_question_says_nothing() {
    wired::a_list_that_ignores_our_question_says_nothing::<Airalo>().await;
}

#[tokio::test]
async fn a_search_that_finds_more_than_ours_takes_only_ours() {
    let stage = Wired::<Airalo>::open().await;
    stage.send(&request("d-1", "+14165550500", 0)).await;
    // The search is for whatever holds the words: d-1 is found by looking for d-10 in nothing but this script.
    stage.depot.book().records[0].reference = "d-10".to_owned();
    let asked = stage.ask(&again("d-1", "+14165550500", 1)).await;
    assert_eq!(asked, DeliveryAnswer::Unknown);
}

#[tokio::test]
async fn what_is_asked_is_the_mapping() {
    let stage = Wired::<Airalo>::open().await;
    stage.send(&request("d-1", "+14165550100", 0)).await;
    let expected = r#"{"package_id":"kittiwake-30days-5gb-topup","iccid":"8930299914165550100","description":"d-1"}"#;
    assert_eq!(stage.depot.book().bodies, [expected]);
}

/// The answer to a sending that the server answers so.
async fn saying((status, body): Said) -> DeliveryAnswer {
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};
    let server = MockServer::start().await;
    let token = json!({"data": {"access_token": "t", "expires_in": 86_400}});
    let granted = ResponseTemplate::new(200).set_body_json(token);
    Mock::given(path("/token")).respond_with(granted).mount(&server).await;
    let answer = ResponseTemplate::new(status).set_body_string(body);
    Mock::given(path("/orders/topups")).respond_with(answer).mount(&server).await;
    let place = SupplierPlace::StandIn(server.uri());
    let clock = Arc::new(FrozenClock::at(START));
    let supplier = Airalo::supplier(place, clock, Duration::from_secs(30));
    supplier.send(&request("d-1", "+14165550100", 0)).await
}

#[tokio::test]
async fn each_code_means_what_the_facts_say() {
    use DeliveryAnswer::{Refused, Unknown};
    use DeliveryRefusal::{NetworkUnavailable, NumberNotAccepted};
    let other = json!({"data": {"id": 7, "package_id": "another-topup"}}).to_string();
    let table = [
        (refusal(11), Refused(NetworkUnavailable)),
        (refusal(13), Refused(NetworkUnavailable)),
        (refusal(14), Unknown),
        (refusal(23), Refused(NumberNotAccepted)),
        (refusal(33), Refused(NetworkUnavailable)),
        (refusal(34), Refused(NetworkUnavailable)),
        (refusal(43), Refused(NetworkUnavailable)),
        (refusal(53), Unknown),
        (refusal(73), Refused(NumberNotAccepted)),
        // The codes are those of a 422.
        ((500, refusal(11).1), Unknown),
        ((429, refusal(11).1), Unknown),
        ((422, json!({"meta": {"message": "the parameter is invalid"}}).to_string()), Unknown),
        ((200, other), Unknown),
    ];
    for (said, expected) in table {
        let what = format!("{} {}", said.0, said.1);
        assert_eq!(saying(said).await, expected, "{what}");
    }
}

#[test]
fn only_packages_that_top_up_are_mapped_and_no_secret_is_shown() {
    let clock = || Arc::new(FrozenClock::at(START));
    let sound = || settings(SupplierPlace::Live, Duration::from_secs(1));
    let shown = AiraloSupplier::new(sound(), clock()).unwrap();
    assert_eq!(format!("{shown:?}"), "AiraloSupplier { name: \"esims\", .. }");
    let mut wrong = sound();
    wrong.plans.get_mut("maple-5gb-30d").unwrap().package = "kittiwake-30days-5gb".to_owned();
    let refused = AiraloSupplier::new(wrong, clock()).unwrap_err();
    assert!(matches!(refused, SupplierSettingsError::Plan { .. }));
    let sandbox = settings(SupplierPlace::Sandbox, Duration::from_secs(1));
    let refused = AiraloSupplier::new(sandbox, clock()).unwrap_err();
    assert!(matches!(refused, SupplierSettingsError::NoSandbox));
}
