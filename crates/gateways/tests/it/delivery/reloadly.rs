//! Reloadly: how its server speaks, and what is its own.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use farline_app::ports::delivery::{DeliverySupplier, SupplierProduct};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Currency, Money};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::reloadly::{ReloadlyPlan, ReloadlySettings, ReloadlySupplier};
use farline_gateways::delivery::{SupplierPlace, SupplierSettingsError};
use farline_testkit::FrozenClock;
use serde_json::json;

use super::contract::{Fate, START, Stage, again, request};
use super::depot::{Book, Call, Depot, Outcome, Record, Said, TOKEN_SECONDS, Taken};
use super::wired::{self, Kind, Wired, wired};

wired!(super::Reloadly);

struct Reloadly;

fn settings(place: SupplierPlace, within: Duration) -> ReloadlySettings {
    let plan = ReloadlyPlan { operator: 530, amount: "15.00".to_owned(), local: true };
    ReloadlySettings {
        name: "airtime".to_owned(),
        place,
        client_id: "client-of-ours".to_owned(),
        client_secret: "secret-of-ours".to_owned(),
        country: "CA".to_owned(),
        plans: BTreeMap::from([("maple-5gb-30d".to_owned(), plan)]),
        answer_within: within,
    }
}

fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("USD").unwrap() }
}

fn problem(status: u16, code: &str) -> Said {
    let body = json!({
        "timeStamp": "2026-11-22 12:00:00", "message": "in words", "path": "/topups",
        "errorCode": code, "infoLink": null, "details": [],
    });
    (status, body.to_string())
}

fn transaction(record: &Record, call: &Call) -> serde_json::Value {
    let status = match record.fate(call.now) {
        Outcome::Working => "PROCESSING",
        Outcome::Done => "SUCCESSFUL",
        Outcome::Failed => "FAILED",
        Outcome::Reversed => "REFUNDED",
        Outcome::Strange => "ON_HOLD",
    };
    json!({
        "transactionId": record.id, "status": status, "customIdentifier": record.reference,
        "requestedAmount": 15.0, "requestedAmountCurrencyCode": "CAD", "discount": 0.35,
        "pinDetail": null, "balanceInfo": {"oldBalance": 100.1, "newBalance": 85.45},
    })
}

impl Reloadly {
    fn top_up(book: &mut Book, call: &Call) -> Said {
        let body = call.body();
        let reference = body["customIdentifier"].as_str().unwrap();
        let number = body["recipientPhone"]["number"].as_str().unwrap();
        // An identifier is burnt by whatever was tried under it.
        if !book.burnt.insert(reference.to_owned()) {
            book.bodies.push(call.text.clone());
            return problem(400, "CUSTOM_IDENTIFIER_ALREADY_USED");
        }
        match book.take((reference, number), call) {
            Taken::Record(record) => (200, transaction(&record, call).to_string()),
            Taken::Duplicate => problem(400, "CUSTOM_IDENTIFIER_ALREADY_USED"),
            Taken::NotANumber => problem(400, "INVALID_RECIPIENT_PHONE"),
            Taken::NoFloat => problem(400, "INSUFFICIENT_BALANCE"),
            Taken::UnknownCode => problem(400, "UNMAPPED_PROVIDER_ERROR_CODE"),
            Taken::Broken => (500, "<html>".to_owned()),
        }
    }
}

impl Kind for Reloadly {
    const SETTLES_SECONDS: i64 = 0;

    fn answer(book: &mut Book, call: &Call) -> Said {
        if call.what == "POST /oauth/token" {
            assert_eq!(call.body()["audience"], "https://topups-sandbox.reloadly.com");
            if book.is_locked || call.body()["client_secret"] != "secret-of-ours" {
                return problem(401, "INVALID_CREDENTIALS");
            }
            let token = book.grant(call.now);
            let granted = json!({
                "access_token": token, "scope": "send-topups", "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
            });
            return (200, granted.to_string());
        }
        if !book.lets_in(call) {
            return problem(401, "TOKEN_EXPIRED");
        }
        assert_eq!(call.header("accept"), "application/com.reloadly.topups-v1+json");
        match call.what.as_str() {
            "POST /topups" => Self::top_up(book, call),
            "GET /topups/reports/transactions" => {
                let listed = book.listed(&call.query["customIdentifier"]);
                let content: Vec<_> =
                    listed.iter().map(|record| transaction(record, call)).collect();
                (200, json!({"content": content, "totalPages": 1}).to_string())
            }
            "GET /accounts/balance" => {
                // More digits than a binary fraction keeps.
                let body = r#"{"balance":90071992547409.9399,"currencyCode":"USD"}"#;
                (200, body.to_owned())
            }
            "GET /operators/countries/CA" => {
                let body = r#"[
                    {"operatorId":530,"name":"Kittiwake","denominationType":"FIXED","senderCurrencyCode":"USD",
                     "minAmount":null,"maxAmount":null,"fixedAmounts":[11.005,25]},
                    {"operatorId":531,"name":"Heron","denominationType":"RANGE","senderCurrencyCode":"USD",
                     "minAmount":1.15,"maxAmount":80.0,"fixedAmounts":[]}]"#;
                (200, body.to_owned())
            }
            _ => (404, String::new()),
        }
    }

    fn supplier(
        place: SupplierPlace,
        clock: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier> {
        Box::new(ReloadlySupplier::new(settings(place, within), clock).unwrap())
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
        Some(usd(9_007_199_254_740_993))
    }

    fn products() -> Vec<SupplierProduct> {
        let product = |(code, name): (&str, &str), cost, most: Option<i64>| SupplierProduct {
            code: code.to_owned(),
            name: name.to_owned(),
            cost: Some(usd(cost)),
            cost_at_most: most.map(usd),
            contents: None,
        };
        vec![
            product(("530", "Kittiwake"), 1101, None),
            product(("530", "Kittiwake"), 2500, None),
            product(("531", "Heron"), 115, Some(8000)),
        ]
    }
}

#[tokio::test]
async fn a_list_that_ignores_our_question_says_nothing() {
    wired::a_list_that_ignores_our_question_says_nothing::<Reloadly>().await;
}

#[tokio::test]
async fn what_is_asked_is_the_mapping_to_the_digit() {
    let stage = Wired::<Reloadly>::open().await;
    stage.send(&request("d-1", "+14165550100", 0)).await;
    let expected = r#"{"operatorId":530,"amount":15.00,"useLocalAmount":true,"customIdentifier":"d-1","recipientPhone":{"countryCode":"CA","number":"14165550100"}}"#;
    assert_eq!(stage.depot.book().bodies, [expected]);
}

#[tokio::test]
async fn each_code_means_what_the_facts_say() {
    use DeliveryAnswer::Unknown;
    let number = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    let unavailable = DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
    let table = [
        (
            &number,
            vec![
                "INVALID_RECIPIENT_PHONE",
                "INVALID_PHONE_NUMBER",
                "OPERATOR_AND_RECIPIENT_PHONE_MISMATCH",
                "COULD_NOT_AUTO_DETECT_OPERATOR",
                "COUNTRY_NOT_SUPPORTED",
                "PHONE_BANNED_BY_OPERATOR",
            ],
        ),
        (
            &unavailable,
            vec![
                "INACTIVE_ACCOUNT",
                "INSUFFICIENT_BALANCE",
                "MAX_DAILY_TRANSACTION_COUNT_REACHED",
                "MAX_DAILY_TRANSACTION_AMOUNT_REACHED",
                "INVALID_AMOUNT_FOR_OPERATOR",
                "INVALID_LOCAL_AMOUNT_FOR_OPERATOR",
                "LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR",
                "PHONE_RECENTLY_RECHARGED",
                "RECIPIENT_HAS_PENDING_TRANSACTION",
                "OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE",
                "SERVICE_TO_OPERATOR_TEMPORARILY_UNAVAILABLE",
                "TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT",
                "TRANSACTION_REJECTED_BY_OPERATOR",
                "RECIPIENT_REACHED_MAX_TOPUP_NUMBER",
            ],
        ),
        // A fault inside the provider, and what nobody has a word for, may have left a transaction.
        (
            &Unknown,
            vec![
                "PROVIDER_INTERNAL_ERROR",
                "UNMAPPED_PROVIDER_ERROR_CODE",
                "CUSTOM_IDENTIFIER_ALREADY_USED",
                "INVALID_TOKEN",
                "SOMETHING_NEW",
                "",
            ],
        ),
    ];
    for (expected, codes) in table {
        for code in codes {
            // The status does not matter.
            for status in [400, 404, 503] {
                let said = saying(problem(status, code)).await;
                assert_eq!(said, *expected, "{code} with {status}");
            }
        }
    }
}

/// The answer to a sending that the server answers so.
async fn saying((status, body): Said) -> DeliveryAnswer {
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};
    let server = MockServer::start().await;
    let token = json!({"access_token": "t", "expires_in": 60_000});
    let mount = |at: &'static str, answer: ResponseTemplate| {
        Mock::given(path(at)).respond_with(answer).mount(&server)
    };
    mount("/oauth/token", ResponseTemplate::new(200).set_body_json(token)).await;
    mount("/topups", ResponseTemplate::new(status).set_body_string(body)).await;
    let none = ResponseTemplate::new(200).set_body_json(json!({"content": []}));
    mount("/topups/reports/transactions", none).await;
    let place = SupplierPlace::StandIn(server.uri());
    let clock = Arc::new(FrozenClock::at(START));
    let supplier = Reloadly::supplier(place, clock, Duration::from_secs(30));
    supplier.send(&request("d-1", "+14165550100", 0)).await
}

#[tokio::test]
async fn a_token_is_fetched_once_and_renewed_before_its_end_and_when_it_is_refused() {
    let stage = Wired::<Reloadly>::open().await;
    let fetches = |depot: &Depot| {
        depot.book().asked.iter().filter(|what| *what == "POST /oauth/token").count()
    };
    let send = |name: &'static str| {
        let supplier = &stage.supplier;
        async move { supplier.send(&request(name, "+14165550100", 0)).await }
    };
    let answers = futures_util::future::join_all(["d-1", "d-2", "d-3", "d-4"].map(send)).await;
    assert!(answers.iter().all(|answer| matches!(answer, DeliveryAnswer::Delivered { .. })));
    assert_eq!(fetches(&stage.depot), 1);
    // Shortly before its end it is not used any more.
    stage.ask(&again("d-1", "+14165550100", TOKEN_SECONDS - 61)).await;
    assert_eq!(fetches(&stage.depot), 1);
    stage.ask(&again("d-1", "+14165550100", TOKEN_SECONDS - 60)).await;
    assert_eq!(fetches(&stage.depot), 2);
    // Reloadly forgets it: renewed once, and the sending is made once.
    stage.depot.book().tokens.clear();
    let said = stage.send(&request("d-5", "+14165550100", 100)).await;
    assert!(matches!(said, DeliveryAnswer::Delivered { .. }), "{said:?}");
    assert_eq!((fetches(&stage.depot), stage.depot.deliveries("d-5")), (3, 1));
}

#[test]
fn no_secret_is_shown_and_what_cannot_be_used_is_refused() {
    let clock = || Arc::new(FrozenClock::at(START));
    let sound = || settings(SupplierPlace::Sandbox, Duration::from_secs(1));
    let supplier = ReloadlySupplier::new(sound(), clock()).unwrap();
    assert_eq!(format!("{supplier:?}"), "ReloadlySupplier { name: \"airtime\", .. }");
    let mut empty = sound();
    empty.client_secret.clear();
    let refused = ReloadlySupplier::new(empty, clock()).unwrap_err();
    assert!(matches!(refused, SupplierSettingsError::Empty(_)));
    for amount in ["", "0", "-1", "fifteen", "1,5"] {
        let mut wrong = sound();
        wrong.plans.get_mut("maple-5gb-30d").unwrap().amount = amount.to_owned();
        let refused = ReloadlySupplier::new(wrong, clock()).unwrap_err();
        assert!(matches!(refused, SupplierSettingsError::Plan { .. }), "{amount}");
    }
    for address in ["ftp://a.test", "http://user:secret@a.test", "http://a.test/?q", "nothing"] {
        let wrong = settings(SupplierPlace::StandIn(address.to_owned()), Duration::from_secs(1));
        let refused = ReloadlySupplier::new(wrong, clock()).unwrap_err();
        assert!(matches!(refused, SupplierSettingsError::Address), "{address}");
        assert!(!refused.to_string().contains("secret"));
    }
}
