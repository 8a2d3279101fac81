//! Bank cards typed at Twilio: a scripted server, with the vendor's own library as the oracle for what is asked, and the documents'
//! words for what is told.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::peer::{answer_of, deserted_port, python_script};
use farline_app::ports::KeypadCarrier;
use farline_app::ports::keypad::{KeypadAnswer, KeypadRequest, Wish};
use farline_domain::hotline::keypad::{End, Field, Outcome, Slip, TelephoneCall, Token, Word};
use farline_gateways::telephone::keypad::{
    TwilioKeypad, TwilioKeypadSettings, TwilioKeypadSettingsError,
};
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const CALL: &str = "CA00000000000000000000000000000002";
const SESSION: &str = "PK00000000000000000000000000000003";

fn settings(base_url: &str) -> TwilioKeypadSettings {
    TwilioKeypadSettings {
        base_url: base_url.to_owned(),
        account_sid: ACCOUNT.to_owned(),
        auth_token: "token".to_owned(),
        connector: "Stripe_test".to_owned(),
        answer_within: Duration::from_secs(30),
    }
}

fn request() -> KeypadRequest {
    KeypadRequest {
        telephone: TelephoneCall::parse(CALL).unwrap(),
        key: "cal_1-1-0-open".to_owned(),
        callback: "https://farline.example.test/webhooks/voice/keypad/cal_1/1/0".to_owned(),
    }
}

/// A carrier whose server answers everything so.
async fn answering(answer: ResponseTemplate) -> (TwilioKeypad, MockServer) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    (TwilioKeypad::new(settings(&server.uri())).unwrap(), server)
}

fn made(sid: &str) -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({"sid": sid, "call_sid": CALL}))
}

fn pairs(form: &[u8]) -> Value {
    let url = format!("http://form.test/?{}", String::from_utf8(form.to_vec()).unwrap());
    let url = reqwest::Url::parse(&url).unwrap();
    let told = url.query_pairs();
    told.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect()
}

#[tokio::test]
async fn each_question_is_the_one_that_the_vendors_library_asks() {
    let wishes = [
        (
            None,
            json!({"payment_connector": "Stripe_test", "payment_method": "credit-card", "charge_amount": "0", "token_type": "payment-method", "security_code": "true", "postal_code": "false", "timeout": "10"}),
        ),
        (Some(Wish::Ask(Field::Number)), json!({"capture": "payment-card-number"})),
        (Some(Wish::Ask(Field::Expiry)), json!({"capture": "expiration-date"})),
        (Some(Wish::Ask(Field::SecurityCode)), json!({"capture": "security-code"})),
        (Some(Wish::Finish), json!({"status": "complete"})),
        (Some(Wish::Cancel), json!({"status": "cancel"})),
    ];
    for (wish, mut fields) in wishes {
        let asked = request();
        let common = json!({"idempotency_key": asked.key, "status_callback": asked.callback});
        fields.as_object_mut().unwrap().extend(common.as_object().unwrap().clone());
        let mut case =
            json!({"account": ACCOUNT, "token": "token", "call": CALL, "fields": fields});
        if wish.is_some() {
            case["session"] = json!(SESSION);
        }
        let mut oracle = python_script("twilio_oracle.py");
        oracle.arg("pay");
        let expected = answer_of(oracle, &case.to_string()).await;
        let expected: Value = serde_json::from_str(&expected).unwrap();

        let (keypad, server) = answering(made(SESSION)).await;
        match wish {
            None => assert_eq!(keypad.open(&asked).await, Ok(Ok(SESSION.to_owned()))),
            Some(wish) => assert_eq!(keypad.tell(&asked, SESSION, wish).await, Ok(Ok(()))),
        }
        let sent = server.received_requests().await.unwrap().pop().unwrap();
        assert_eq!(sent.method.as_str(), expected["method"]);
        let address = expected["url"].as_str().unwrap();
        assert_eq!(sent.url.path(), address.strip_prefix("https://api.twilio.com").unwrap());
        let authorization = sent.headers.get("authorization").unwrap().to_str().unwrap();
        assert_eq!(authorization, expected["authorization"]);
        assert_eq!(pairs(&sent.body), expected["form"], "{wish:?}");
    }
}

/// What an answer means, in a word.
fn meaning<T>(answer: KeypadAnswer<T>) -> String {
    match answer {
        Ok(Ok(_)) => "done".to_owned(),
        Ok(Err(refusal)) => refusal.to_string(),
        Err(unknown) => unknown.to_string(),
    }
}

#[tokio::test]
async fn a_refusal_is_one_and_everything_else_is_unknown() {
    let problem = |status: u16, code: u32| {
        let body = json!({"code": code, "message": "4242424242424242", "status": status});
        ResponseTemplate::new(status).set_body_json(body)
    };
    let refused = |code: &str| format!("the carrier refused: {code}");
    let unknown = |why: &str| format!("the carrier gave no usable answer: {why}");
    let table = [
        (problem(400, 21_220), refused("21220")),
        (problem(404, 20_404), refused("20404")),
        (problem(401, 20_003), refused("20003")),
        (problem(429, 20_429), refused("20429")),
        (ResponseTemplate::new(403), refused("403")),
        (ResponseTemplate::new(408), unknown("status 408")),
        (ResponseTemplate::new(302), unknown("status 302")),
        (problem(500, 20_500), unknown("status 500")),
        (ResponseTemplate::new(503), unknown("status 503")),
        (ResponseTemplate::new(201), unknown("a success without a payment resource")),
        (made(""), unknown("a success without a payment resource")),
        (made("4242424242424242"), unknown("a success without a payment resource")),
        (made("../x"), unknown("a success without a payment resource")),
    ];
    for (answer, expected) in table {
        let (keypad, _server) = answering(answer).await;
        assert_eq!(meaning(keypad.open(&request()).await), expected);
        assert_eq!(meaning(keypad.tell(&request(), SESSION, Wish::Finish).await), expected);
    }
    let (keypad, _server) = answering(made("PK9")).await;
    let other = meaning(keypad.tell(&request(), SESSION, Wish::Finish).await);
    assert_eq!(other, unknown("another payment resource"));
    let away = format!("http://127.0.0.1:{}", deserted_port());
    let keypad = TwilioKeypad::new(settings(&away)).unwrap();
    assert_eq!(meaning(keypad.open(&request()).await), refused("unreachable"));
    let (_, server) = answering(made(SESSION).set_delay(Duration::from_hours(1))).await;
    let hasty = TwilioKeypadSettings {
        answer_within: Duration::from_millis(50),
        ..settings(&server.uri())
    };
    let keypad = TwilioKeypad::new(hasty).unwrap();
    assert_eq!(meaning(keypad.open(&request()).await), unknown("time_out"));
}

#[test]
fn settings_that_cannot_be_used_are_refused_and_nothing_secret_is_shown() {
    use TwilioKeypadSettingsError as Fault;
    let good = settings("https://api.twilio.com");
    let shown = format!("{:?}", TwilioKeypad::new(good.clone()).unwrap());
    assert_eq!(shown, "TwilioKeypad { .. }");
    let fault = |settings| TwilioKeypad::new(settings).err().unwrap();
    for account in ["", "AC1", "PK00000000000000000000000000000001"] {
        let account_sid = account.to_owned();
        let bad = TwilioKeypadSettings { account_sid, ..good.clone() };
        assert!(matches!(fault(bad), Fault::AccountSid), "{account}");
    }
    let bad = TwilioKeypadSettings { auth_token: String::new(), ..good.clone() };
    assert!(matches!(fault(bad), Fault::AuthToken));
    let bad = TwilioKeypadSettings { connector: " ".to_owned(), ..good.clone() };
    assert!(matches!(fault(bad), Fault::Connector));
    for base_url in ["", "api.twilio.com", "ftp://api.twilio.com", "https://api.twilio.com/x"] {
        let base_url = base_url.to_owned();
        let bad = TwilioKeypadSettings { base_url, ..good.clone() };
        assert!(matches!(fault(bad), Fault::BaseUrl));
    }
}

fn heard(fields: &[(&str, &str)]) -> Option<Word> {
    let keypad = TwilioKeypad::new(settings("https://api.twilio.com")).unwrap();
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    keypad.word(&fields.iter().map(own).collect::<Vec<_>>())
}

/// What is told of a field, with the fields that every word has.
fn told(fields: &[(&str, &str)]) -> Word {
    let common = [("AccountSid", ACCOUNT), ("CallSid", CALL), ("Sid", SESSION)];
    heard(&[&common, fields].concat()).unwrap()
}

#[test]
fn the_documents_words_are_understood() {
    let word = told(&[
        ("Capture", "payment-card-number"),
        ("PartialResult", "false"),
        ("PaymentCardNumber", "xxxx-xxxxxx-x4001"),
        ("PaymentCardType", "amex"),
        ("Required", "ExpirationDate, SecurityCode"),
    ]);
    let expected = Word {
        session: SESSION.to_owned(),
        field: Some(Field::Number),
        is_partial: false,
        slip: None,
        last_four: Some("4001".to_owned()),
        outcome: None,
    };
    assert_eq!(word, expected);
    for (name, field) in
        [("expiration-date", Field::Expiry), ("security-code", Field::SecurityCode)]
    {
        assert_eq!(told(&[("Capture", name)]).field, Some(field));
    }
    assert_eq!(told(&[("Capture", "bank-account-number")]).field, None);
    // Until it says that everything is there, more is awaited.
    for (said, is_partial) in [("true", true), ("", true), ("false", false)] {
        assert_eq!(told(&[("PartialResult", said)]).is_partial, is_partial, "{said}");
    }
    assert!(told(&[]).is_partial);
    let slips = [
        ("timeout", Slip::Timeout),
        ("invalid-card-number", Slip::Number),
        ("invalid-card-type", Slip::CardType),
        ("invalid-date", Slip::Expiry),
        ("invalid-security-code", Slip::SecurityCode),
        ("input-matching-failed", Slip::Other),
    ];
    for (said, slip) in slips {
        assert_eq!(told(&[("ErrorType", said)]).slip, Some(slip));
    }
    assert_eq!(heard(&[("CallSid", CALL), ("Capture", "security-code")]), None);
}

#[test]
fn a_result_is_a_token_or_nothing() {
    let result = |fields: &[(&str, &str)]| told(fields).outcome.unwrap();
    let token = |customer: &str| {
        Outcome::Token(Token { method: "pm_1Abc".to_owned(), customer: customer.to_owned() })
    };
    let success = ("Result", "success");
    assert_eq!(result(&[success, ("PaymentToken", "pm_1Abc")]), token(""));
    let both = [success, ("PaymentToken", "pm_1Abc"), ("ProfileId", "cus_9")];
    assert_eq!(result(&both), token("cus_9"));
    // What it would never be: a charge of the connector's own, a card's number in place of a token, a failure with a token.
    for fields in [
        &[success][..],
        &[success, ("PaymentConfirmationCode", "ch_1")],
        &[success, ("PaymentToken", "4242424242424242")],
        &[success, ("PaymentToken", "pm_1/../x")],
        &[("Result", "payment-connector-error"), ("PaymentToken", "pm_1Abc")],
        &[("Result", "too-many-failed-attempts")],
        &[("Result", "validation-error")],
        &[("Result", "internal-error")],
    ] {
        assert_eq!(result(fields), Outcome::Over(End::NoToken), "{fields:?}");
    }
    for (said, end) in [
        ("caller-hung-up", End::HungUp),
        ("caller-interrupted-with-star", End::Interrupted),
        ("transaction-cancelled", End::Cancelled),
    ] {
        assert_eq!(result(&[("Result", said)]), Outcome::Over(end));
    }
}

/// However the carrier might slip, nothing of a card gets past here but four digits.
#[test]
fn nothing_of_a_card_is_taken_but_its_last_four_digits() {
    for shown in
        ["4242424242424242", "4242 4242 4242 4242", "xxxx-xxxx-4242-4242", "xxxx", "42", ""]
    {
        let word = told(&[
            ("PaymentCardNumber", shown),
            ("ExpirationDate", "0831"),
            ("SecurityCode", "987"),
            ("PaymentCardPostalCode", "94109"),
        ]);
        assert_eq!(word.last_four, None, "{shown}");
        let kept = format!("{word:?}").replace(SESSION, "");
        assert!(!kept.contains(|sign: char| sign.is_ascii_digit()), "{kept}");
    }
    assert_eq!(told(&[("PaymentCardNumber", "4242xxxx")]).last_four, None);
}
