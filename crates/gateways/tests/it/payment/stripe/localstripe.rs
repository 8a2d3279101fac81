//! Against a Stripe that others wrote. It has no Checkout and keeps no answers under keys, so what it can carry is the
//! refunds of payments made at its API, charges of cards that a customer has, and its webhooks.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::{
    ChargeRequest, ChargeState, HintAbout, PaymentProvider, RefundRequest, RefundState,
};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{CardExpiry, DeclineAdvice, PaymentMethod, SavedMethod};
use farline_gateways::payment::stripe::StripeProvider;
use serde_json::Value;

use super::scripted::{START_MS, settings};
use super::server::{KEY, SECRET};
use crate::payment::contract::PRICE;
use crate::payment::keeping::charge;
use crate::peer::{Peer, python_script};

struct LocalStripe {
    peer: Peer,
    provider: StripeProvider,
    browser: reqwest::Client,
}

impl LocalStripe {
    async fn open() -> Self {
        let mut command = python_script("localstripe_peer.py");
        command.arg(SECRET);
        let peer = Peer::start(command).await;
        let base_url = format!("http://127.0.0.1:{}", peer.port);
        let provider = StripeProvider::new(settings(&base_url, Duration::from_secs(30))).unwrap();
        let browser = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { peer, provider, browser }
    }

    async fn call(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let url = format!("http://127.0.0.1:{}/v1/{path}", self.peer.port);
        let request = self.browser.post(url).bearer_auth(KEY).form(form);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// A payment of an order, by a card.
    async fn paid(&self, order: &str) -> String {
        let form = [
            ("amount", "2825"),
            ("currency", "cad"),
            ("payment_method", "pm_card_visa"),
            ("confirm", "true"),
            ("metadata[farline_order]", order),
        ];
        let intent = self.call("payment_intents", &form).await;
        assert_eq!(intent["status"], "succeeded", "{intent}");
        intent["id"].as_str().unwrap().to_owned()
    }

    /// A card that a customer has.
    async fn kept(&self, card: &str) -> SavedMethod {
        let customer = self.call("customers", &[("email", "payer@example.com")]).await;
        let customer = customer["id"].as_str().unwrap().to_owned();
        let path = format!("payment_methods/{card}/attach");
        let attached = self.call(&path, &[("customer", customer.as_str())]).await;
        SavedMethod {
            id: attached["id"].as_str().unwrap().to_owned(),
            customer,
            method: PaymentMethod::Credit,
            brand: "Visa".to_owned(),
            hint: attached["card"]["last4"].as_str().unwrap().to_owned(),
            expiry: Some(CardExpiry { year: 2030, month: 12 }),
        }
    }

    async fn intents(&self, customer: &str) -> Vec<Value> {
        let url = format!("http://127.0.0.1:{}/v1/payment_intents", self.peer.port);
        let request = self.browser.get(url).bearer_auth(KEY).query(&[("customer", customer)]);
        let list: Value = request.send().await.unwrap().json().await.unwrap();
        list["data"].as_array().unwrap().clone()
    }

    async fn refunds(&self, payment: &str) -> usize {
        let url = format!("http://127.0.0.1:{}/v1/refunds", self.peer.port);
        let request = self.browser.get(url).bearer_auth(KEY).query(&[("payment_intent", payment)]);
        let list: Value = request.send().await.unwrap().json().await.unwrap();
        list["data"].as_array().unwrap().len()
    }
}

fn refund(payment: &str, key: &str, minor: i64) -> RefundRequest {
    RefundRequest { key: key.to_owned(), payment: payment.to_owned(), amount: Money::cad(minor) }
}

#[tokio::test]
async fn a_refund_is_made_once_for_each_key_although_no_key_is_kept() {
    let local = LocalStripe::open().await;
    let payment = local.paid("ord_1").await;
    let part = refund(&payment, "rf_1", 1_000);
    let done = local.provider.refund(&part).await.unwrap().unwrap();
    let RefundState::Done { refund: id } = &done else { panic!("{done:?}") };
    for _ in 0..3 {
        assert_eq!(local.provider.refund(&part).await, Ok(Ok(done.clone())));
    }
    assert_eq!(local.refunds(&payment).await, 1);
    assert_eq!(local.provider.refund_state(id).await, Ok(done.clone()));
    // The key stands for a refund of another amount: neither done nor refused.
    local.provider.refund(&refund(&payment, "rf_1", 1_001)).await.unwrap_err();
    let rest = local.provider.refund(&refund(&payment, "rf_2", 1_825)).await.unwrap().unwrap();
    assert!(matches!(rest, RefundState::Done { .. }) && rest != done, "{rest:?}");
    assert_eq!(local.refunds(&payment).await, 2);
    let nothing = local.provider.refund(&refund(&payment, "rf_3", 0)).await.unwrap().unwrap_err();
    assert_eq!(nothing.code, "invalid_request_error");
    // It says 404 without a code, and that is no word of Stripe's.
    local.provider.refund(&refund("pi_missing", "rf_4", 1)).await.unwrap_err();
    local.provider.refund_state("re_missing").await.unwrap_err();
    assert_eq!(local.refunds(&payment).await, 2);
}

#[tokio::test]
async fn a_kept_card_is_charged_and_found_again_although_no_key_is_kept() {
    let local = LocalStripe::open().await;
    let method = local.kept("pm_card_visa").await;
    let now = Instant::from_millis(START_MS);
    let asked = charge("ch_1", "ord_1", &method, now);
    let state = local.provider.charge(&asked).await.unwrap().unwrap();
    let ChargeState::Captured(payment) = &state else { panic!("{state:?}") };
    assert_eq!((payment.order.as_str(), payment.amount), ("ord_1", PRICE));
    let again = ChargeRequest { now: now.plus_seconds(2 * 86_400), ..asked };
    assert_eq!(local.provider.charge(&again).await, Ok(Ok(state.clone())));
    assert_eq!(local.intents(&method.customer).await.len(), 1);

    let forgotten = local.provider.forget_method(&method.customer, &method.id).await;
    assert_eq!(forgotten, Ok(Ok(())));
    let forgotten = local.provider.forget_method(&method.customer, &method.id).await;
    assert_eq!(forgotten, Ok(Ok(())));
}

#[tokio::test]
async fn a_kept_card_that_is_declined_leaves_nothing_that_could_still_be_paid() {
    let local = LocalStripe::open().await;
    let method = local.kept("pm_card_chargeCustomerFail").await;
    let asked = charge("ch_1", "ord_1", &method, Instant::from_millis(START_MS));
    let state = local.provider.charge(&asked).await.unwrap().unwrap();
    let ChargeState::Declined(decline) = state else { panic!("{state:?}") };
    assert_eq!(
        (decline.code.as_str(), decline.advice),
        ("card_declined", DeclineAdvice::RetryOnce)
    );
    let intents = local.intents(&method.customer).await;
    assert_eq!((intents.len(), intents[0]["status"].as_str()), (1, Some("canceled")));
}

#[tokio::test]
async fn its_webhook_is_accepted_and_names_the_order() {
    let mut local = LocalStripe::open().await;
    local.paid("ord_1").await;
    let webhook = local.peer.next("webhook").await;
    let (header, body) = (webhook["header"].as_str().unwrap(), webhook["body"].as_str().unwrap());
    // It signs the moment at which it makes the event.
    let event: Value = serde_json::from_str(body).unwrap();
    let now = Instant::from_millis(event["created"].as_i64().unwrap() * 1_000);
    let found = |name: &str| (name == "Stripe-Signature").then(|| header.to_owned());
    let hint = local.provider.webhook(&found, body.as_bytes(), now).unwrap();
    assert_eq!(hint.about, HintAbout::Order("ord_1".to_owned()), "{body}");
    assert_eq!(hint.event, event["id"].as_str().unwrap());
    local.provider.webhook(&found, body.replace("ord_1", "ord_2").as_bytes(), now).unwrap_err();
}
