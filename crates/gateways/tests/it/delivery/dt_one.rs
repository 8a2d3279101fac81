//! DT One: how its server speaks, and what is its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::{DeliverySupplier, SupplierProduct};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Currency, Money};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::dt_one::{DtOnePlan, DtOneSettings, DtOneSupplier};
use farline_gateways::delivery::{SupplierPlace, SupplierSettingsError};
use farline_testkit::FrozenClock;
use serde_json::{Value, json};

use super::contract::{Fate, START, Stage, request};
use super::depot::{Book, Call, Outcome, Record, Said, Taken};
use super::wired::{self, Kind, Wired, wired};

wired!(super::DtOne);

struct DtOne;

fn settings(place: SupplierPlace, within: Duration) -> DtOneSettings {
    let plan = DtOnePlan { product: 4711, amount: None, unit: None, by_iccid: false };
    let ranged = DtOnePlan {
        product: 4712,
        amount: Some("25.50".to_owned()),
        unit: Some("CAD".to_owned()),
        by_iccid: true,
    };
    DtOneSettings {
        name: "digital-value".to_owned(),
        place,
        key: "key-of-ours".to_owned(),
        secret: "secret-of-ours".to_owned(),
        country: Some("CAN".to_owned()),
        plans: BTreeMap::from([
            ("maple-5gb-30d".to_owned(), plan),
            ("maple-esim".to_owned(), ranged),
        ]),
        answer_within: within,
    }
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("USD").unwrap() }
}

fn problem(status: u16, codes: &[u32]) -> Said {
    let errors: Vec<Value> =
        codes.iter().map(|code| json!({"code": code, "message": "in words"})).collect();
    (status, json!({"errors": errors}).to_string())
}

fn transaction(record: &Record, call: &Call) -> Value {
    let (id, message) = match record.fate(call.now) {
        Outcome::Working => (5, "SUBMITTED"),
        Outcome::Done => (7, "COMPLETED"),
        Outcome::Failed => (9, "DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE"),
        Outcome::Reversed => (8, "REVERSED"),
        Outcome::Strange => (6, "HELD"),
    };
    json!({
        "id": record.id, "external_id": record.reference,
        "status": {"id": id * 10_000, "message": message, "class": {"id": id, "message": "of it"}},
        "prices": {"wholesale": {"amount": 11.005, "unit": "USD", "unit_type": "CURRENCY"}},
    })
}

impl DtOne {
    fn create(book: &mut Book, call: &Call) -> Said {
        let body = call.body();
        assert_eq!(body["auto_confirm"], true);
        let party = &body["credit_party_identifier"];
        let number = party["mobile_number"].as_str().or(party["account_number"].as_str());
        let reference = body["external_id"].as_str().unwrap();
        match book.take((reference, number.unwrap()), call) {
            Taken::Record(record) => (201, transaction(&record, call).to_string()),
            Taken::Duplicate => problem(400, &[1_007_001]),
            Taken::NotANumber => problem(400, &[1_005_003]),
            Taken::NoFloat => problem(400, &[1_006_001]),
            Taken::UnknownCode => problem(400, &[1_009_999]),
            Taken::Broken => (500, String::new()),
        }
    }

    fn products(call: &Call) -> Said {
        assert_eq!(
            (call.query["country_iso_code"].as_str(), call.query["per_page"].as_str()),
            ("CAN", "100")
        );
        let fixed = |id: usize| {
            json!({"id": id, "name": format!("Heron {id}"), "type": "FIXED_VALUE_RECHARGE",
                   "validity": {"quantity": 30, "unit": "DAY"},
                   "benefits": [{"type": "DATA", "unit": "GB", "unit_type": "DATA",
                                 "amount": {"base": 2.5, "promotion_bonus": 1, "total_excluding_tax": 3.5}}],
                   "prices": {"wholesale": {"amount": 11.005, "unit": "USD", "unit_type": "CURRENCY"}}})
        };
        let ranged = json!({"id": 900, "name": "Kittiwake", "type": "RANGED_VALUE_RECHARGE",
            "validity": {"quantity": -1, "unit": "DAY"},
            "benefits": [{"type": "CREDITS", "unit": "CAD", "amount": {"base": {"min": 1, "max": 70}}}],
            "prices": {"wholesale": {"amount": {"min": 1.15, "max": 80}, "unit": "USD"}}});
        let page: Vec<Value> = match call.query["page"].as_str() {
            "1" => (1..=100).map(fixed).collect(),
            "2" => vec![
                ranged,
                json!({"id": 901, "name": "Gannet", "prices": null, "benefits": null, "validity": null}),
            ],
            _ => Vec::new(),
        };
        (200, Value::Array(page).to_string())
    }
}

impl Kind for DtOne {
    const SETTLES_SECONDS: i64 = 0;

    fn answer(book: &mut Book, call: &Call) -> Said {
        // key-of-ours:secret-of-ours
        let is_ours = call.header("authorization") == "Basic a2V5LW9mLW91cnM6c2VjcmV0LW9mLW91cnM=";
        if book.is_locked || !is_ours {
            return problem(401, &[1_000_401]);
        }
        match call.what.as_str() {
            "POST /async/transactions" => Self::create(book, call),
            "GET /transactions" => {
                let listed = book.listed(&call.query["external_id"]);
                let listed: Vec<Value> =
                    listed.iter().map(|record| transaction(record, call)).collect();
                (200, Value::Array(listed).to_string())
            }
            "GET /balances" => {
                let body = r#"[{"id":1,"available":1234.5678,"holding":20.00,"credit_limit":0,"unit":"USD","unit_type":"CURRENCY"}]"#;
                (200, body.to_owned())
            }
            "GET /products" => Self::products(call),
            _ => problem(404, &[1_000_404]),
        }
    }

    fn supplier(
        place: SupplierPlace,
        _: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier> {
        Box::new(DtOneSupplier::new(settings(place, within)).unwrap())
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        match fate {
            Fate::Delivered => &[("+14165550100", 0), ("+14165550200", 10)],
            Fate::Refused => &[("+14165550302", 10)],
            Fate::Reversed => &[("+14165550500", 300)],
            Fate::Undecided => &[("+14165550407", 0)],
        }
    }

    fn float() -> Option<Money> {
        Some(usd(123_456))
    }

    fn products() -> Vec<SupplierProduct> {
        let product = |id: u32, name: String, costs: (Option<i64>, Option<i64>)| SupplierProduct {
            code: id.to_string(),
            name,
            cost: costs.0.map(usd),
            cost_at_most: costs.1.map(usd),
            contents: costs.1.is_none().then(|| wired::gives(2_500_000_000, 30)),
        };
        let fixed = (1..=100).map(|id| product(id, format!("Heron {id}"), (Some(1101), None)));
        let rest = [
            product(900, "Kittiwake".to_owned(), (Some(115), Some(8000))),
            SupplierProduct { contents: None, ..product(901, "Gannet".to_owned(), (None, None)) },
        ];
        fixed.chain(rest).collect()
    }
}

#[tokio::test]
async fn a_list_that_ignores_our_question_says_nothing() {
    wired::a_list_that_ignores_our_question_says_nothing::<DtOne>().await;
}

#[tokio::test]
async fn what_is_asked_is_the_mapping_to_the_digit() {
    let stage = Wired::<DtOne>::open().await;
    stage.send(&request("d-1", "+14165550100", 0)).await;
    let mut esim = request("d-2", "+14165550100", 0);
    esim.plan = "maple-esim".to_owned();
    stage.send(&esim).await;
    let expected = [
        r#"{"external_id":"d-1","product_id":4711,"auto_confirm":true,"credit_party_identifier":{"mobile_number":"+14165550100"}}"#,
        r#"{"external_id":"d-2","product_id":4712,"auto_confirm":true,"calculation_mode":"DESTINATION_AMOUNT","destination":{"amount":25.50,"unit":"CAD","unit_type":"CURRENCY"},"credit_party_identifier":{"account_number":"8930299914165550100"}}"#,
    ];
    assert_eq!(stage.depot.book().bodies, expected);
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
    let supplier = DtOne::supplier(place, clock, Duration::from_secs(30));
    supplier.send(&request("d-1", "+14165550100", 0)).await
}

#[tokio::test]
async fn the_class_decides_and_the_reason_only_says_whose_fault_it_is() {
    use DeliveryAnswer::{InProgress, Refused, Reversed, Unknown};
    use DeliveryRefusal::{NetworkUnavailable, NumberNotAccepted};
    let delivered = DeliveryAnswer::Delivered { supplier_reference: Some("7".to_owned()) };
    let table = [
        (1, "CREATED", InProgress),
        (2, "CONFIRMED", InProgress),
        (5, "SUBMITTED", InProgress),
        (7, "COMPLETED", delivered.clone()),
        // The message does not count where the class says otherwise.
        (7, "DECLINED", delivered),
        (3, "REJECTED-INVALID-CREDIT-PARTY", Refused(NumberNotAccepted)),
        (3, "REJECTED-INSUFFICIENT-BALANCE", Refused(NetworkUnavailable)),
        (4, "CANCELLED", Refused(NetworkUnavailable)),
        (9, "DECLINED-BARRED-CREDIT-PARTY", Refused(NumberNotAccepted)),
        (9, "DECLINED", Refused(NetworkUnavailable)),
        (9, "DECLINED-DUPLICATED-TRANSACTION", Refused(NetworkUnavailable)),
        (8, "REVERSED", Reversed),
        (6, "COMPLETED", Unknown),
        (10, "SOMETHING-NEW", Unknown),
    ];
    for (class, message, expected) in table {
        let status = json!({"id": 1, "message": message, "class": {"id": class, "message": "m"}});
        let body = json!({"id": 7, "external_id": "d-1", "status": status});
        assert_eq!(saying((201, body.to_string())).await, expected, "{class} {message}");
        let other = json!({"id": 7, "external_id": "d-2", "status": status});
        assert_eq!(saying((201, other.to_string())).await, Unknown, "of another: {message}");
    }
}

#[tokio::test]
async fn each_code_means_what_the_facts_say() {
    let number = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    let unavailable = DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    let table: [(&[u32], &DeliveryAnswer); 10] = [
        (&[1_005_003], &number),
        (&[1_006_001], &unavailable),
        (&[1_003_001], &unavailable),
        (&[1_003_002], &unavailable),
        (&[1_003_003], &unavailable),
        (&[1_009_503], &DeliveryAnswer::Unknown),
        (&[1_000_429], &DeliveryAnswer::Unknown),
        (&[1_000_401], &DeliveryAnswer::Unknown),
        // Two words that mean different things are none.
        (&[1_005_003, 1_007_001], &DeliveryAnswer::Unknown),
        (&[], &DeliveryAnswer::Unknown),
    ];
    for (codes, expected) in table {
        assert_eq!(saying(problem(400, codes)).await, *expected, "{codes:?}");
    }
}

#[test]
fn a_mapping_is_whole_or_refused() {
    for (amount, unit) in [(Some("1.00"), None), (None, Some("CAD")), (Some("much"), Some("CAD"))] {
        let mut wrong = settings(SupplierPlace::Live, Duration::from_secs(1));
        let plan = wrong.plans.get_mut("maple-esim").unwrap();
        (plan.amount, plan.unit) = (amount.map(str::to_owned), unit.map(str::to_owned));
        let refused = DtOneSupplier::new(wrong).unwrap_err();
        assert!(matches!(refused, SupplierSettingsError::Plan { .. }), "{amount:?} {unit:?}");
    }
    let shown = DtOneSupplier::new(settings(SupplierPlace::Live, Duration::from_secs(1))).unwrap();
    assert_eq!(format!("{shown:?}"), "DtOneSupplier { name: \"digital-value\", .. }");
}
