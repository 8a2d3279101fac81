//! Ding: how its server speaks, and what is its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::{DeliverySupplier, SupplierProduct, Taking};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Currency, Money};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::ding::{DingPlan, DingSettings, DingSupplier};
use farline_gateways::delivery::{SupplierPlace, SupplierSettingsError};
use farline_testkit::FrozenClock;
use serde_json::{Value, json};

use super::contract::{Fate, START, Stage, again, request};
use super::depot::{Book, Call, Outcome, Record, Said, Taken};
use super::wired::{self, Kind, Wired, wired};

wired!(super::Ding);

struct Ding;

fn settings(place: SupplierPlace, within: Duration) -> DingSettings {
    let plan = DingPlan {
        sku: "KW_CA_5".to_owned(),
        value: "11.50".to_owned(),
        currency: "USD".to_owned(),
        provider: Some("KWCA".to_owned()),
    };
    DingSettings {
        name: "transfers".to_owned(),
        place,
        key: "secret-of-ours".to_owned(),
        country: Some("CA".to_owned()),
        plans: BTreeMap::from([("maple-5gb-30d".to_owned(), plan)]),
        answer_within: within,
    }
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("USD").unwrap() }
}

fn fault(code: &str, context: Option<&str>) -> Said {
    let faults = json!([{"Code": code, "Context": context}]);
    (400, json!({"TransferRecord": null, "ResultCode": 2, "ErrorCodes": faults}).to_string())
}

fn envelope(mut body: Value) -> Said {
    body["ResultCode"] = json!(1);
    body["ErrorCodes"] = json!([]);
    (200, body.to_string())
}

fn transfer(record: &Record, call: &Call) -> Value {
    let state = match record.fate(call.now) {
        Outcome::Working => "Processing",
        Outcome::Done => "Complete",
        Outcome::Failed => "Failed",
        Outcome::Reversed => "Cancelled",
        Outcome::Strange => "Pondering",
    };
    json!({
        "TransferId": {"TransferRef": record.id.to_string(), "DistributorRef": record.reference},
        "ProcessingState": state, "SkuCode": "KW_CA_5", "ReceiptText": "", "ReceiptParams": {},
        "Price": {"ReceiveValue": 15.0, "SendValue": 11.5, "CustomerFee": 0, "DistributorFee": 0},
    })
}

impl Ding {
    /// It makes two of two: whoever repeats has to look first.
    fn send(book: &mut Book, call: &Call) -> Said {
        let body = call.body();
        assert_eq!(body["ValidateOnly"], false);
        let reference = body["DistributorRef"].as_str().unwrap();
        let number = body["AccountNumber"].as_str().unwrap();
        let taken = match book.take((reference, number), call) {
            Taken::Duplicate => book.record(reference, number, call.now),
            taken => taken,
        };
        match taken {
            Taken::Record(record) => envelope(json!({"TransferRecord": transfer(&record, call)})),
            Taken::NotANumber => fault("AccountNumberInvalid", Some("AccountNumber")),
            Taken::NoFloat => fault("InsufficientBalance", None),
            Taken::UnknownCode => fault("SomethingNew", None),
            Taken::Broken | Taken::Duplicate => (500, String::new()),
        }
    }
}

impl Kind for Ding {
    const SETTLES_SECONDS: i64 = 300;

    fn answer(book: &mut Book, call: &Call) -> Said {
        if book.is_locked || call.header("api_key") != "secret-of-ours" {
            return (401, json!({"ResultCode": 4, "ErrorCodes": []}).to_string());
        }
        assert!(!call.header("user-agent").is_empty());
        match call.what.as_str() {
            "POST /SendTransfer" => Self::send(book, call),
            "POST /ListTransferRecords" => {
                let listed = book.listed(call.body()["DistributorRef"].as_str().unwrap());
                let item = |record| json!({"TransferRecord": transfer(record, call), "ResultCode": 1, "ErrorCodes": []});
                let items: Vec<Value> = listed.iter().map(item).collect();
                envelope(json!({"Items": items, "ThereAreMoreItems": false}))
            }
            "GET /GetBalance" => (
                200,
                r#"{"Balance":500.019,"CurrencyIso":"USD","ResultCode":1,"ErrorCodes":[]}"#
                    .to_owned(),
            ),
            "GET /GetProviderStatus" => {
                assert_eq!(call.query["providerCodes"], "KWCA");
                // It rests whenever it has taken nothing but burnt references.
                let rests = book.burnt.contains("rests");
                let item = json!({"ProviderCode": "KWCA", "IsProcessingTransfers": !rests});
                envelope(json!({"Items": [item]}))
            }
            "GET /GetProducts" => {
                assert_eq!(call.query["countryIsos"], "CA");
                let price = |value: Value| json!({"SendValue": value, "SendCurrencyIso": "USD"});
                envelope(json!({"Items": [
                    {"SkuCode": "KW_CA_5", "DefaultDisplayText": "Kittiwake 5 GB",
                     "Minimum": price(json!(11.505)), "Maximum": price(json!(11.505))},
                    {"SkuCode": "HR_CA_T", "DefaultDisplayText": null,
                     "Minimum": price(json!(1.15)), "Maximum": price(json!(80))},
                ]}))
            }
            _ => (404, String::new()),
        }
    }

    fn supplier(
        place: SupplierPlace,
        _: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier> {
        Box::new(DingSupplier::new(settings(place, within)).unwrap())
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        match fate {
            Fate::Delivered => &[("+14165550100", 0), ("+14165550200", 10)],
            Fate::Refused => &[("+14165550302", 10)],
            // It has no word for it: what it delivered and then calls cancelled was taken back.
            Fate::Reversed => &[],
            Fate::Undecided => &[("+14165550407", 0)],
        }
    }

    fn float() -> Option<Money> {
        Some(usd(50_001))
    }

    fn products() -> Vec<SupplierProduct> {
        let product = |code: &str, name: &str, cost, most: Option<i64>| SupplierProduct {
            code: code.to_owned(),
            name: name.to_owned(),
            cost: Some(usd(cost)),
            cost_at_most: most.map(usd),
            contents: None,
        };
        vec![
            product("KW_CA_5", "Kittiwake 5 GB", 1151, None),
            product("HR_CA_T", "", 115, Some(8000)),
        ]
    }
}

#[tokio::test]
async fn a_list_that_ignores_our_question_says_nothing() {
    wired::a_list_that_ignores_our_question_says_nothing::<Ding>().await;
}

#[tokio::test]
async fn what_is_asked_is_the_mapping_to_the_digit() {
    let stage = Wired::<Ding>::open().await;
    stage.send(&request("d-1", "+14165550100", 0)).await;
    let expected = r#"{"SkuCode":"KW_CA_5","SendValue":11.50,"SendCurrencyIso":"USD","AccountNumber":"14165550100","DistributorRef":"d-1","ValidateOnly":false,"Settings":[]}"#;
    assert_eq!(stage.depot.book().bodies, [expected]);
}

#[tokio::test]
async fn what_was_delivered_and_is_then_cancelled_was_taken_back() {
    let stage = Wired::<Ding>::open().await;
    stage.send(&request("d-1", "+14165550500", 0)).await;
    let mut later = again("d-1", "+14165550500", 300);
    later.supplier_reference = Some("1001".to_owned());
    assert_eq!(stage.ask(&later).await, DeliveryAnswer::Reversed);
}

#[tokio::test]
async fn a_provider_that_rests_takes_nothing() {
    let stage = Wired::<Ding>::open().await;
    stage.depot.book().burnt.insert("rests".to_owned());
    assert_eq!(stage.supplier.standing().await.map(|told| told.taking), Ok(Taking::Nothing));
}

/// The answer to a sending that the server answers so; nothing stands under the reference.
async fn saying((status, body): Said) -> DeliveryAnswer {
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_string(body);
    Mock::given(path("/SendTransfer")).respond_with(answer).mount(&server).await;
    let place = SupplierPlace::StandIn(server.uri());
    let clock = Arc::new(FrozenClock::at(START));
    let supplier = Ding::supplier(place, clock, Duration::from_secs(30));
    supplier.send(&request("d-1", "+14165550100", 0)).await
}

#[tokio::test]
async fn each_word_means_what_the_facts_say() {
    use DeliveryAnswer::{Refused, Unknown};
    use DeliveryRefusal::{NetworkUnavailable, NumberNotAccepted};
    let table = [
        (fault("AccountNumberInvalid", None), Refused(NumberNotAccepted)),
        (fault("InsufficientBalance", None), Refused(NetworkUnavailable)),
        (fault("ParameterInvalid", Some("SendValue")), Refused(NetworkUnavailable)),
        // A reference that is not liked may have been used.
        (fault("ParameterInvalid", Some("DistributorRef")), Unknown),
        (fault("RateLimited", None), Unknown),
        ((200, json!({"ResultCode": 1, "ErrorCodes": []}).to_string()), Unknown),
        ((200, json!({"ResultCode": 3, "ErrorCodes": []}).to_string()), Unknown),
        ((503, fault("InsufficientBalance", None).1), Unknown),
        ((200, "[]".to_owned()), Unknown),
    ];
    for (said, expected) in table {
        let what = said.1.clone();
        assert_eq!(saying(said).await, expected, "{what}");
    }
}

#[test]
fn it_has_no_sandbox_and_shows_no_key() {
    let refused = DingSupplier::new(settings(SupplierPlace::Sandbox, Duration::from_secs(1)));
    assert!(matches!(refused.unwrap_err(), SupplierSettingsError::NoSandbox));
    let shown = DingSupplier::new(settings(SupplierPlace::Live, Duration::from_secs(1))).unwrap();
    assert_eq!(format!("{shown:?}"), "DingSupplier { name: \"transfers\", .. }");
}
