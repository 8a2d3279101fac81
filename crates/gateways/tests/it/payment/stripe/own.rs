//! What is Stripe's own: settings, what a page is asked with, what a session's words mean together, and keys that end.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::{
    ChargeRequest, ChargeState, CheckoutRequest, CheckoutState, PaymentProvider, PaymentUnknown,
    RefundRequest, RefundState,
};
use farline_domain::kernel::{Instant, Language, Money};
use farline_domain::payments::{DeclineAdvice, PaymentMethod, SavedMethod};
use farline_gateways::payment::stripe::{
    OfferedMethod, STRIPE_API, StripeMode, StripeProvider, StripeSettings, StripeSettingsError,
};
use serde_json::json;
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::scripted::{START_MS, Scripted, settings};
use super::server::{KEY, SECRET};
use super::wire::StripeWire;
use crate::payment::contract::{Counterpart, PRICE, Payer, opened, paid, refund_of, request};
use crate::payment::faults::{CHECKOUT, Step, Wire};
use crate::payment::keeping::{Keeper, Later, account, charge, charged, kept};

const PATIENT: Duration = Duration::from_secs(30);

/// A provider of that mode whose every question is answered so.
async fn answered_by(body: &serde_json::Value, mode: StripeMode) -> (StripeProvider, MockServer) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let secret_key = if mode == StripeMode::Live { "sk_live_1" } else { KEY }.to_owned();
    let settings = StripeSettings { mode, secret_key, ..settings(&server.uri(), PATIENT) };
    (StripeProvider::new(settings).unwrap(), server)
}

#[test]
fn settings_that_cannot_be_used_are_refused_and_nothing_secret_is_shown() {
    let good = settings(STRIPE_API, PATIENT);
    let shown = format!("{:?}", StripeProvider::new(good.clone()).unwrap());
    assert_eq!(shown, "StripeProvider { .. }");
    for base_url in ["https://127.0.0.1:1/", "http://localhost:1", "http://[::1]:1/stripe"] {
        let fine = StripeSettings { base_url: base_url.to_owned(), ..good.clone() };
        assert!(StripeProvider::new(fine).is_ok(), "{base_url}");
    }
    for base_url in [
        "",
        "api.stripe.com",
        "http://api.stripe.com",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "https://user@api.stripe.com",
        "https://:word@api.stripe.com",
        "https://api.stripe.com/?x=1",
        "https://api.stripe.com/#x",
    ] {
        let bad = StripeSettings { base_url: base_url.to_owned(), ..good.clone() };
        let error = StripeProvider::new(bad).err();
        assert!(matches!(error, Some(StripeSettingsError::BaseUrl)), "{base_url}");
    }
    let table = [
        (StripeMode::Test, "sk_test_1", true),
        (StripeMode::Test, "rk_test_1", true),
        (StripeMode::Live, "sk_live_1", true),
        (StripeMode::Live, "rk_live_1", true),
        (StripeMode::Test, "sk_live_1", false),
        (StripeMode::Live, "sk_test_1", false),
        (StripeMode::Live, "pk_live_1", false),
        (StripeMode::Live, "sk_live_", false),
        (StripeMode::Test, "", false),
    ];
    for (mode, key, is_fine) in table {
        let asked = StripeSettings { mode, secret_key: key.to_owned(), ..good.clone() };
        match StripeProvider::new(asked) {
            Ok(_) => assert!(is_fine, "{mode:?} {key}"),
            Err(error) => {
                assert!(!is_fine && matches!(error, StripeSettingsError::SecretKey), "{key}");
            }
        }
    }
    for secrets in [vec![], vec![String::new()], vec![SECRET.to_owned(), String::new()]] {
        let bad = StripeSettings { webhook_secrets: secrets, ..good.clone() };
        let error = StripeProvider::new(bad).err();
        assert!(matches!(error, Some(StripeSettingsError::WebhookSecrets)));
    }
}

#[tokio::test]
async fn a_page_is_asked_for_in_these_words() {
    let scripted = Scripted::open().await;
    for (language, locale) in
        [(Language::ZhCn, "zh"), (Language::EnCa, "en"), (Language::FrCa, "fr-CA")]
    {
        let order = format!("ord_{locale}");
        let asked = CheckoutRequest { language, ..request(&order, scripted.now()) };
        scripted.provider.checkout(&asked).await.unwrap().unwrap();
        let form = scripted.world.lock().unwrap().last_form.clone();
        let ends = START_MS / 1_000 + 900 + 31 * 60;
        let expected = [
            ("mode", "payment"),
            ("client_reference_id", &order),
            ("metadata[farline_order]", &order),
            ("payment_intent_data[metadata][farline_order]", &order),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", "cad"),
            ("line_items[0][price_data][unit_amount]", "2825"),
            ("line_items[0][price_data][product_data][name]", "Maple 5 GB, 30 jours — 枫叶"),
            ("adaptive_pricing[enabled]", "false"),
            ("locale", locale),
            ("success_url", &asked.return_url),
            ("cancel_url", &asked.cancel_url),
            ("expires_at", &ends.to_string()),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(form, expected);
    }
}

#[tokio::test]
async fn ways_to_pay_are_the_accounts_or_those_configured() {
    let scripted = Scripted::open().await;
    let all = vec![OfferedMethod::Card, OfferedMethod::Alipay, OfferedMethod::WechatPay];
    let configured = StripeSettings { methods: all, ..settings(&scripted.base_url, PATIENT) };
    let provider = StripeProvider::new(configured).unwrap();
    provider.checkout(&request("ord_1", scripted.now())).await.unwrap().unwrap();
    let form = scripted.world.lock().unwrap().last_form.split_off(13);
    let expected = [
        ("payment_method_types[]", "card"),
        ("payment_method_types[]", "alipay"),
        ("payment_method_types[]", "wechat_pay"),
        ("payment_method_options[wechat_pay][client]", "web"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    // An account without WeChat Pay makes no such page, and makes one when the choice is left to it.
    scripted.world.lock().unwrap().activated = vec!["card"];
    let asked = request("ord_2", scripted.now());
    let refusal = provider.checkout(&asked).await.unwrap().unwrap_err();
    assert_eq!(refusal.code, "invalid_request_error");
    scripted.provider.checkout(&asked).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_stripe_says_of_a_session_means_this_together() {
    let table = [
        ("open", "unpaid", None, Some(CheckoutState::Open)),
        ("open", "unpaid", Some("requires_payment_method"), Some(CheckoutState::Open)),
        ("open", "unpaid", Some("requires_confirmation"), Some(CheckoutState::Open)),
        ("open", "unpaid", Some("requires_action"), Some(CheckoutState::Open)),
        ("open", "unpaid", Some("processing"), Some(CheckoutState::Open)),
        ("expired", "unpaid", None, Some(CheckoutState::Expired)),
        ("expired", "unpaid", Some("canceled"), Some(CheckoutState::Expired)),
        ("expired", "unpaid", Some("requires_payment_method"), Some(CheckoutState::Expired)),
        // The payer did their part and the bank has not said yet; then it said no.
        ("complete", "unpaid", Some("processing"), Some(CheckoutState::Open)),
        ("expired", "unpaid", Some("processing"), Some(CheckoutState::Open)),
        ("complete", "unpaid", Some("requires_payment_method"), Some(CheckoutState::Expired)),
        ("complete", "unpaid", Some("canceled"), Some(CheckoutState::Expired)),
        ("complete", "paid", None, None),
        ("complete", "paid", Some("requires_capture"), None),
        ("complete", "no_payment_required", None, None),
        ("open", "paid", Some("canceled"), None),
    ];
    for (status, payment_status, intent, expected) in table {
        let mut body = StripeWire::sound(Step::CheckoutState);
        body["status"] = json!(status);
        body["payment_status"] = json!(payment_status);
        body["payment_intent"] = intent.map_or(json!(null), |status| {
            json!({"id": "pi_1", "status": status, "amount_received": 0, "currency": "cad",
                   "latest_charge": null})
        });
        let (provider, _server) = answered_by(&body, StripeMode::Test).await;
        let read = provider.checkout_state(CHECKOUT).await.ok();
        assert_eq!(read, expected, "{status} {payment_status} {intent:?}");
    }
    // However the page ended, money that was taken is told.
    for (status, payment_status) in
        [("open", "unpaid"), ("expired", "unpaid"), ("expired", "paid"), ("complete", "paid")]
    {
        let mut body = StripeWire::paid_checkout();
        body["status"] = json!(status);
        body["payment_status"] = json!(payment_status);
        let (provider, _server) = answered_by(&body, StripeMode::Test).await;
        let read = provider.checkout_state(CHECKOUT).await.unwrap();
        assert!(matches!(read, CheckoutState::Captured(_)), "{status} {payment_status}");
    }
}

#[tokio::test]
async fn objects_of_the_other_mode_are_not_believed() {
    let body = StripeWire::paid_checkout();
    for (mode, is_believed) in [(StripeMode::Test, true), (StripeMode::Live, false)] {
        let (provider, _server) = answered_by(&body, mode).await;
        assert_eq!(provider.checkout_state(CHECKOUT).await.is_ok(), is_believed, "{mode:?}");
    }
    let mut body = StripeWire::sound(Step::Checkout);
    body["livemode"] = json!(true);
    let asked = request("ord_1", Instant::from_millis(START_MS));
    for (mode, is_believed) in [(StripeMode::Test, false), (StripeMode::Live, true)] {
        let (provider, _server) = answered_by(&body, mode).await;
        assert_eq!(provider.checkout(&asked).await.is_ok(), is_believed, "{mode:?}");
    }
}

#[tokio::test]
async fn each_word_for_a_refund_means_this() {
    let table = [
        ("pending", None, RefundState::Pending { refund: "re_1".to_owned() }),
        ("requires_action", None, RefundState::Pending { refund: "re_1".to_owned() }),
        ("succeeded", None, RefundState::Done { refund: "re_1".to_owned() }),
        (
            "failed",
            Some("lost_or_stolen_card"),
            RefundState::Failed { reason: "lost_or_stolen_card".to_owned() },
        ),
        ("failed", None, RefundState::Failed { reason: "unspecified".to_owned() }),
        ("canceled", None, RefundState::Failed { reason: "canceled".to_owned() }),
    ];
    for (status, reason, expected) in table {
        let mut body = StripeWire::sound(Step::RefundState);
        body["status"] = json!(status);
        body["failure_reason"] = json!(reason);
        let (provider, _server) = answered_by(&body, StripeMode::Test).await;
        assert_eq!(provider.refund_state("re_1").await, Ok(expected), "{status}");
    }
}

#[tokio::test]
async fn a_key_that_stripe_has_forgotten_makes_no_second_refund() {
    let scripted = Scripted::open().await;
    let payment = paid(&scripted, "ord_1", Payer::PaysByCredit).await;
    let part = refund_of(&payment, "rf_1", Money::cad(1_000));
    let done = scripted.provider.refund(&part).await.unwrap().unwrap();
    // Two days of a standstill later, the job is run again.
    scripted.advance(2 * 86_400);
    assert_eq!(scripted.provider.refund(&part).await, Ok(Ok(done)));
    assert_eq!(scripted.refunds("rf_1").await, 1);
}

#[tokio::test]
async fn a_refund_that_broke_stripe_is_found_although_the_kept_answer_says_500() {
    let scripted = Scripted::open().await;
    let payment = paid(&scripted, "ord_1", Payer::PaysByCredit).await;
    scripted.world.lock().unwrap().breaks = true;
    let whole = refund_of(&payment, "rf_1", PRICE);
    let said = scripted.provider.refund(&whole).await.unwrap_err();
    assert_eq!(said, PaymentUnknown("status 500".to_owned()));
    let state = scripted.provider.refund(&whole).await.unwrap().unwrap();
    assert!(matches!(state, RefundState::Done { .. }), "{state:?}");
    assert_eq!(scripted.refunds("rf_1").await, 1);
}

#[tokio::test]
async fn a_kept_500_without_effect_stays_unknown_and_never_turns_into_a_refusal() {
    let scripted = Scripted::open().await;
    scripted.world.lock().unwrap().breaks = true;
    let asked = request("ord_1", scripted.now());
    for _ in 0..3 {
        let said = scripted.provider.checkout(&asked).await.unwrap_err();
        assert_eq!(said, PaymentUnknown("status 500".to_owned()));
    }
    assert_eq!(scripted.pages("ord_1").await, 1);
}

#[tokio::test]
async fn what_was_made_before_is_found_however_much_came_after() {
    let scripted = Scripted::open().await;
    let first = opened(&scripted, "ord_first").await;
    for number in 0..60 {
        opened(&scripted, &format!("ord_{number}")).await;
    }
    let mut reworded = request("ord_first", scripted.now());
    reworded.return_url.push_str("&again=1");
    assert_eq!(scripted.provider.checkout(&reworded).await, Ok(Ok(first)));

    let payment = paid(&scripted, "ord_paid", Payer::PaysByCredit).await;
    let one = |number: usize| refund_of(&payment, &format!("rf_{number}"), Money::cad(1));
    let done = scripted.provider.refund(&one(0)).await.unwrap();
    for number in 1..105 {
        scripted.provider.refund(&one(number)).await.unwrap().unwrap();
    }
    scripted.advance(2 * 86_400);
    assert_eq!(scripted.provider.refund(&one(0)).await, Ok(done));
    assert_eq!(scripted.refunds("rf_0").await, 1);
}

#[tokio::test]
async fn a_page_that_keeps_asks_so_of_cards_only() {
    let scripted = Scripted::open().await;
    let asked = CheckoutRequest { save_for: Some(account(1)), ..request("ord_1", scripted.now()) };
    scripted.provider.checkout(&asked).await.unwrap().unwrap();
    let form = scripted.world.lock().unwrap().last_form.split_off(13);
    let expected = [
        ("metadata[farline_keep]", account(1).to_string()),
        ("customer_creation", "always".to_owned()),
        ("payment_method_options[card][setup_future_usage]", "off_session".to_owned()),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[tokio::test]
async fn a_charge_says_whether_the_payer_is_there() {
    let scripted = Scripted::open().await;
    let method = kept(&scripted, "set_1", Later::Captures).await;
    for (is_payer_there, off_session) in [(false, "true"), (true, "false")] {
        let key = format!("ch_{is_payer_there}");
        let asked = charge(&key, "ord_1", &method, scripted.now());
        let asked = ChargeRequest { is_payer_there, ..asked };
        scripted.provider.charge(&asked).await.unwrap().unwrap();
        let form = scripted.world.lock().unwrap().last_form.clone();
        assert!(form.contains(&("off_session".to_owned(), off_session.to_owned())), "{form:?}");
    }
}

#[tokio::test]
async fn a_charge_that_broke_stripe_is_unknown_while_the_kept_answer_says_so_and_then_found() {
    let scripted = Scripted::open().await;
    let method = kept(&scripted, "set_1", Later::Captures).await;
    scripted.world.lock().unwrap().breaks = true;
    let asked = charge("ch_1", "ord_1", &method, scripted.now());
    for _ in 0..3 {
        let said = scripted.provider.charge(&asked).await.unwrap_err();
        assert_eq!(said, PaymentUnknown("status 500".to_owned()));
    }
    scripted.advance(86_400);
    let again = ChargeRequest { now: scripted.now(), ..asked };
    let state = scripted.provider.charge(&again).await.unwrap().unwrap();
    assert!(matches!(state, ChargeState::Captured(_)), "{state:?}");
    assert_eq!(scripted.taken("ord_1").await, 1);
}

#[tokio::test]
async fn a_list_without_an_end_is_unknown() {
    let mut refund = StripeWire::sound(Step::Refund);
    refund["metadata"]["farline_refund"] = json!("rf_other");
    let body = json!({"object": "list", "data": [refund], "has_more": true});
    let (provider, server) = answered_by(&body, StripeMode::Test).await;
    let asked = RefundRequest { key: "rf_1".to_owned(), payment: "pi_1".to_owned(), amount: PRICE };
    let said = provider.refund(&asked).await.unwrap_err();
    assert_eq!(said, PaymentUnknown("the list is too long to be looked through".to_owned()));
    assert_eq!(server.received_requests().await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_page_made_before_that_has_ended_is_unknown() {
    let scripted = Scripted::open().await;
    let page = opened(&scripted, "ord_1").await;
    scripted.provider.expire_checkout(&page.id).await.unwrap();
    let mut reworded = request("ord_1", scripted.now());
    reworded.language = Language::EnCa;
    let said = scripted.provider.checkout(&reworded).await.unwrap_err();
    assert_eq!(said, PaymentUnknown("the key was used for something else".to_owned()));
}

#[tokio::test]
async fn a_wrong_key_is_an_operators_affair_and_refuses_nothing() {
    let scripted = Scripted::open().await;
    let payment = paid(&scripted, "ord_1", Payer::PaysByCredit).await;
    let right = settings(&scripted.base_url, PATIENT);
    let wrong = StripeSettings { secret_key: "sk_test_wrong".to_owned(), ..right };
    let stranger = StripeProvider::new(wrong).unwrap();
    let asked = request("ord_2", scripted.now());
    let said = stranger.checkout(&asked).await.unwrap_err().to_string();
    assert_eq!(said, "the payment provider gave no usable answer: status 401");
    assert_eq!(stranger.probe().await.unwrap_err().0, "status 401");
    stranger.refund(&refund_of(&payment, "rf_1", PRICE)).await.unwrap_err();
    stranger.checkout_state("cs_test_0001").await.unwrap_err();
    assert_eq!((scripted.pages("ord_2").await, scripted.refunds("rf_1").await), (0, 0));
}

#[tokio::test]
async fn a_server_without_tls_is_told_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("https://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut octets = vec![0; 4_096];
        let length = tokio::io::AsyncReadExt::read(&mut stream, &mut octets).await.unwrap();
        octets.truncate(length);
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 200 OK\r\n\r\n{}")
            .await
            .unwrap();
        octets
    });
    let provider = StripeProvider::new(settings(&base_url, PATIENT)).unwrap();
    let said = provider.checkout_state(CHECKOUT).await.unwrap_err();
    assert_eq!(said, PaymentUnknown("no connection".to_owned()));
    let heard = String::from_utf8_lossy(&heard.await.unwrap()).into_owned();
    assert!(!heard.contains(KEY) && !heard.contains(CHECKOUT));
}

/// A card that was typed on the telephone: no customer has it, and it is charged like any other.
#[tokio::test]
async fn a_card_that_nobody_keeps_is_charged_once_whenever_it_is_asked_about() {
    let scripted = Scripted::open().await;
    let methods = [Later::Captures, Later::Declines(DeclineAdvice::RetryLater), Later::Waits];
    for (number, later) in methods.into_iter().enumerate() {
        let method = scripted.typed(later);
        let (key, order) = (format!("ord_{number}-charge"), format!("ord_{number}"));
        let typed = SavedMethod {
            id: method,
            customer: String::new(),
            method: PaymentMethod::Card,
            brand: String::new(),
            hint: String::new(),
            expiry: None,
        };
        let asked = charge(&key, &order, &typed, scripted.now());
        let first = charged(&scripted, &asked).await;
        scripted.advance(2 * 86_400);
        let later_asked = ChargeRequest { now: scripted.now(), ..asked };
        let again = charged(&scripted, &later_asked).await;
        let taken = scripted.taken(&order).await;
        match later {
            Later::Declines(_) => assert!(first == again && taken == 0, "{first:?} {again:?}"),
            _ => assert!(matches!(again, ChargeState::Captured(_)) && taken == 1, "{again:?}"),
        }
    }
}
