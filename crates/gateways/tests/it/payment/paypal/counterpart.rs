//! The scripted PayPal on a loopback port with a payer, as the contract needs it, and with answers lost on the way when
//! a test asks for it.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_app::ports::Clock;
use farline_app::ports::payment::{CheckoutPage, PaymentProvider};
use farline_domain::kernel::Instant;
use farline_domain::payments::{CardExpiry, DeclineAdvice, PaymentMethod};
use farline_gateways::payment::paypal::{
    PayPalMode, PayPalProvider, PayPalSettings, PayPalStandIn,
};
use farline_testkit::FrozenClock;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::authority::{AUTHORITY, Signer};
use super::server::{CLIENT_ID, CLIENT_SECRET, Instrument, PayPal};
use crate::payment::contract::{Counterpart, Payer, Secret, Webhook};
use crate::payment::keeping::{Keeper, Later, account};
use crate::payment::losses::{Effect, Fault, spoiled};

pub(super) const WEBHOOK_ID: &str = "9KK90123TH456789X";
/// 2026-11-22T12:00:00Z.
pub(super) const START_MS: i64 = 1_795_348_800_000;
/// Where PayPal's sandbox keeps its certificates.
pub(super) const CERTIFICATES: &str = "https://api.sandbox.paypal.com/v1/notifications/certs/";

/// The headers of a webhook, in the order in which they stand in one value here.
const HEADERS: [&str; 5] = [
    "PAYPAL-TRANSMISSION-ID",
    "PAYPAL-TRANSMISSION-TIME",
    "PAYPAL-CERT-URL",
    "PAYPAL-AUTH-ALGO",
    "PAYPAL-TRANSMISSION-SIG",
];
/// The name of all of them.
const TOGETHER: &str = "PAYPAL-*";

/// What is to become of a coming call, counted from the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loss {
    pub(super) calls_before: usize,
    pub(super) effect: Effect,
    pub(super) fault: Fault,
}

pub(super) struct Side {
    pub(super) provider: PayPalProvider,
    /// For the calls that fail: it does not wait long.
    pub(super) hasty: PayPalProvider,
    pub(super) paypal: PayPal,
    pub(super) base_url: String,
    loss: Arc<Mutex<Option<Loss>>>,
    last_event: Mutex<Option<Value>>,
}

pub(super) fn settings(
    base_url: &str,
    authority: Vec<u8>,
    answer_within: Duration,
) -> PayPalSettings {
    PayPalSettings {
        mode: PayPalMode::Sandbox,
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
        webhook_id: WEBHOOK_ID.to_owned(),
        answer_within,
        stand_in: Some(PayPalStandIn { base_url: base_url.to_owned(), authority }),
    }
}

impl Side {
    /// Another process of ours at the same PayPal.
    pub(super) fn process(
        &self,
        clock: Arc<FrozenClock>,
        answer_within: Duration,
    ) -> PayPalProvider {
        let settings = settings(&self.base_url, AUTHORITY.root.clone(), answer_within);
        PayPalProvider::new(settings, clock).unwrap()
    }

    pub(super) fn lose(&self, calls_before: usize, effect: Effect, fault: Fault) {
        *self.loss.lock().unwrap() = Some(Loss { calls_before, effect, fault });
    }

    pub(super) fn clear_losses(&self) {
        *self.loss.lock().unwrap() = None;
    }

    pub(super) fn nothing_is_left_to_lose(&self) {
        assert!(self.loss.lock().unwrap().is_none());
    }

    /// The payer agrees, and is not back yet.
    pub(super) fn approve(&self, page: &CheckoutPage, payer: Payer) {
        let paypal = json!({"paypal": {
            "account_status": "VERIFIED", "email_address": "payer@example.com",
        }});
        let card =
            |kind: &str| json!({"card": {"type": kind, "brand": "VISA", "last_digits": "4242"}});
        let (source, instrument) = match payer {
            Payer::PaysByCredit => (card("CREDIT"), Instrument::Pays),
            Payer::PaysByDebit => (card("DEBIT"), Instrument::Pays),
            Payer::PaysByPrepaidCard => (card("PREPAID"), Instrument::Pays),
            Payer::PaysByPaypal | Payer::PaysTooLate => (paypal, Instrument::Pays),
            Payer::PaysByAlipay | Payer::PaysByWechatPay | Payer::PaysOtherwise => {
                panic!("PayPal does not know how somebody {payer:?}")
            }
            Payer::IsDeclined => (card("CREDIT"), Instrument::IsDeclined),
            Payer::LeavesTheBanksQuestion => (card("CREDIT"), Instrument::IsAsked),
            Payer::PaysAlteredAmount => (card("CREDIT"), Instrument::PaysLess),
            Payer::PaysSoThatRefundsFail => (paypal, Instrument::RefundsFail),
        };
        self.paypal.approve(&page.id, source, instrument);
    }

    pub(super) fn captures(&self) -> usize {
        self.paypal.book().captures.len()
    }

    /// Method and path of what was asked since this was asked last.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.paypal.book().asked)
    }
}

#[async_trait]
impl Counterpart for Side {
    const WAYS: &'static [(Payer, PaymentMethod)] = &[
        (Payer::PaysByCredit, PaymentMethod::Credit),
        (Payer::PaysByDebit, PaymentMethod::Debit),
        (Payer::PaysByPrepaidCard, PaymentMethod::Card),
        (Payer::PaysByPaypal, PaymentMethod::Paypal),
    ];
    const LINGERS_SECONDS: i64 = 0;

    async fn open() -> Self {
        let clock = Arc::new(FrozenClock::at(Instant::from_millis(START_MS)));
        let paypal = PayPal::new(Arc::clone(&clock));
        for (name, signer) in
            [("CERT-ours", &AUTHORITY.genuine), ("CERT-theirs", &AUTHORITY.unknown)]
        {
            paypal.book().certificates.insert(name.to_owned(), signer.pem.clone());
        }
        let loss = Arc::new(Mutex::new(None));
        let between = from_fn_with_state((paypal.clone(), Arc::clone(&loss)), lossy);
        let router = paypal.router().layer(between);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let provider = |patience| {
            let settings = settings(&base_url, AUTHORITY.root.clone(), patience);
            PayPalProvider::new(settings, Arc::<FrozenClock>::clone(&clock)).unwrap()
        };
        Self {
            provider: provider(Duration::from_secs(30)),
            hasty: provider(Duration::from_secs(1)),
            paypal,
            base_url,
            loss,
            last_event: Mutex::default(),
        }
    }

    fn provider(&self) -> &dyn PaymentProvider {
        &self.provider
    }

    fn now(&self) -> Instant {
        self.paypal.clock.now()
    }

    fn advance(&self, seconds: i64) {
        self.paypal.clock.advance_seconds(seconds.try_into().unwrap());
    }

    async fn pay(&self, page: &CheckoutPage, payer: Payer) {
        if payer == Payer::PaysTooLate {
            // Not by us: somebody takes it on PayPal's own pages.
            let now = self.now();
            self.paypal.book().take(&page.id, now);
            return;
        }
        self.approve(page, payer);
        // The payer is sent back to our page, which asks.
        self.provider.checkout_state(&page.id).await.unwrap();
    }

    async fn pages(&self, order: &str) -> usize {
        let book = self.paypal.book();
        let of = |one: &&Value| one["purchase_units"][0]["invoice_id"] == order;
        book.orders.values().filter(of).count()
    }

    async fn refunds(&self, key: &str) -> usize {
        self.paypal.book().refunds.values().filter(|refund| refund["custom_id"] == key).count()
    }

    /// The newest; when there is none, PayPal repeats the last one, as it does when it is not sure of our answer.
    async fn webhook(&self) -> Webhook {
        let newest = self.paypal.book().events.drain(..).next_back();
        let mut last = self.last_event.lock().unwrap();
        if newest.is_some() {
            *last = newest;
        }
        let body = serde_json::to_vec(last.as_ref().unwrap()).unwrap();
        self.signed(&[Secret::Ours], &body)
    }

    /// PayPal signs once; of several secrets, one that is ours counts.
    fn signed(&self, secrets: &[Secret], body: &[u8]) -> Webhook {
        let (signer, name) = if secrets.contains(&Secret::Ours) {
            (&AUTHORITY.genuine, "CERT-ours")
        } else {
            (&AUTHORITY.unknown, "CERT-theirs")
        };
        let time = self.now().timestamp().to_string();
        transmission(signer, &format!("{CERTIFICATES}{name}"), &time, body)
    }

    fn header(webhook: &Webhook, asked: &str) -> Option<String> {
        let (name, value) = &webhook.header;
        let place = HEADERS.iter().position(|header| header.eq_ignore_ascii_case(asked))?;
        value.split('\n').nth(place).filter(|_| name == TOGETHER).map(str::to_owned)
    }
}

#[async_trait]
impl Keeper for Side {
    const WAY: (Payer, PaymentMethod) = (Payer::PaysByPaypal, PaymentMethod::Paypal);
    const KNOWN_BY: (&'static str, &'static str, Option<CardExpiry>) =
        ("PayPal", "p•••r@example.com", None);
    const ADVICES: &'static [DeclineAdvice] = &[
        DeclineAdvice::RetryLater,
        DeclineAdvice::RetryOnce,
        DeclineAdvice::Authenticate,
        DeclineAdvice::AskCustomer,
        DeclineAdvice::Never,
    ];
    const SETUP_LINGERS_SECONDS: i64 = 3 * 24 * 60 * 60;
    const REMEMBERS_SECONDS: i64 = 6 * 60 * 60;
    const TELLS_OF_DECLINES: bool = false;

    async fn keep(&self, page: &CheckoutPage, later: Later) {
        self.paypal.book().agree(&page.id, later);
    }

    async fn fail_to_keep(&self, page: &CheckoutPage) {
        // The owner goes away again, of which PayPal says nothing.
        assert!(!page.id.is_empty());
    }

    /// PayPal does not know our key; the stories keep for one account only.
    async fn setups(&self, _key: &str) -> usize {
        self.paypal.book().vault.setups_for(&account(1).to_string())
    }

    async fn taken(&self, order: &str) -> usize {
        self.paypal.book().captures.values().filter(|one| one["custom_id"] == order).count()
    }
}

/// A webhook of five headers.
pub(super) fn transmission(signer: &Signer, certificate: &str, time: &str, body: &[u8]) -> Webhook {
    let id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
    let text = format!("{id}|{time}|{WEBHOOK_ID}|{}", crc32fast::hash(body));
    let signature = STANDARD.encode(signer.sign(text.as_bytes()));
    headed([id, time, certificate, "SHA256withRSA", &signature], body)
}

pub(super) fn headed(values: [&str; 5], body: &[u8]) -> Webhook {
    Webhook { header: (TOGETHER.to_owned(), values.join("\n")), body: body.to_vec() }
}

/// Lets the loss that is planned happen to its call, before or after PayPal has done what it was asked.
async fn lossy(
    State((paypal, loss)): State<(PayPal, Arc<Mutex<Option<Loss>>>)>,
    request: Request,
    next: Next,
) -> Response {
    let asked = format!("{} {}", request.method(), request.uri().path());
    paypal.book().asked.push(asked);
    let due = {
        let mut loss = loss.lock().unwrap();
        match &mut *loss {
            Some(coming) if coming.calls_before > 0 => {
                coming.calls_before -= 1;
                None
            }
            _ => loss.take(),
        }
    };
    let Some(Loss { effect, fault, .. }) = due else { return next.run(request).await };
    let answer = match effect {
        Effect::Done => next.run(request).await,
        Effect::NotDone => r#"{"id":"never","status":"CREATED"}"#.into_response(),
    };
    spoiled(answer, fault).await
}
