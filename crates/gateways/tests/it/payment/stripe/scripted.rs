//! Our own Stripe on a loopback port, with a clock of ours, as the other side of the contract.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::middleware::from_fn_with_state;
use farline_app::ports::payment::{CheckoutPage, PaymentProvider};
use farline_domain::kernel::Instant;
use farline_domain::payments::{CardExpiry, DeclineAdvice, PaymentMethod};
use farline_gateways::payment::stripe::{StripeMode, StripeProvider, StripeSettings};
use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc;

use super::server::{self, KEY, SECRET, Shared};
use crate::payment::contract::{Counterpart, Payer, Secret, Webhook};
use crate::payment::keeping::{Keeper, Later};
use crate::payment::losses::{Losses, Lossy, lose};
use crate::payment::signing::header;

/// 2026-11-22T12:00:00Z.
pub(super) const START_MS: i64 = 1_795_348_800_000;

pub(super) struct Scripted {
    pub(super) provider: StripeProvider,
    hasty: StripeProvider,
    pub(super) world: Shared,
    pub(super) base_url: String,
    losses: Losses,
    clock: Arc<AtomicI64>,
    webhooks: AsyncMutex<mpsc::UnboundedReceiver<Webhook>>,
}

pub(super) fn settings(base_url: &str, answer_within: Duration) -> StripeSettings {
    StripeSettings {
        base_url: base_url.to_owned(),
        secret_key: KEY.to_owned(),
        webhook_secrets: vec![SECRET.to_owned()],
        mode: StripeMode::Test,
        methods: Vec::new(),
        answer_within,
    }
}

impl Scripted {
    /// A card that somebody typed elsewhere, and that no customer has.
    pub(super) fn typed(&self, later: Later) -> String {
        self.world.lock().unwrap().typed(later)
    }
}

#[async_trait]
impl Counterpart for Scripted {
    const WAYS: &'static [(Payer, PaymentMethod)] = &[
        (Payer::PaysByCredit, PaymentMethod::Credit),
        (Payer::PaysByDebit, PaymentMethod::Debit),
        (Payer::PaysByPrepaidCard, PaymentMethod::Card),
        (Payer::PaysByPaypal, PaymentMethod::Paypal),
        (Payer::PaysByAlipay, PaymentMethod::Alipay),
        (Payer::PaysByWechatPay, PaymentMethod::WechatPay),
        (Payer::PaysOtherwise, PaymentMethod::Other),
    ];
    const LINGERS_SECONDS: i64 = 31 * 60;

    async fn open() -> Self {
        let (tell, webhooks) = mpsc::unbounded_channel();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(AtomicI64::new(START_MS));
        let world = server::open(Arc::clone(&clock), tell);
        let losses = Losses::default();
        let between = from_fn_with_state(losses.clone(), lose);
        let router = server::router(Arc::clone(&world)).layer(between);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let provider = |patience| StripeProvider::new(settings(&base_url, patience)).unwrap();
        Self {
            provider: provider(Duration::from_secs(30)),
            hasty: provider(Duration::from_secs(1)),
            world,
            losses,
            clock,
            webhooks: AsyncMutex::new(webhooks),
            base_url,
        }
    }

    fn provider(&self) -> &dyn PaymentProvider {
        &self.provider
    }

    fn now(&self) -> Instant {
        Instant::from_millis(self.clock.load(Ordering::SeqCst))
    }

    fn advance(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    async fn pay(&self, page: &CheckoutPage, payer: Payer) {
        self.world.lock().unwrap().pay(&page.id, payer);
    }

    async fn pages(&self, order: &str) -> usize {
        let world = self.world.lock().unwrap();
        world.sessions.iter().filter(|session| session.is_for(order)).count()
    }

    async fn refunds(&self, key: &str) -> usize {
        let world = self.world.lock().unwrap();
        world.refunds.iter().filter(|refund| refund.has_key(key)).count()
    }

    async fn webhook(&self) -> Webhook {
        let mut webhooks = self.webhooks.lock().await;
        let next = tokio::time::timeout(Duration::from_secs(30), webhooks.recv());
        next.await.unwrap().unwrap()
    }

    fn signed(&self, secrets: &[Secret], body: &[u8]) -> Webhook {
        let secrets = secrets.iter().map(|secret| match secret {
            Secret::Ours => SECRET,
            Secret::Another => "whsec_other",
        });
        let header = header(secrets, self.now().millis() / 1_000, body);
        Webhook { header: ("Stripe-Signature".to_owned(), header), body: body.to_vec() }
    }
}

#[async_trait]
impl Keeper for Scripted {
    const WAY: (Payer, PaymentMethod) = (Payer::PaysByCredit, PaymentMethod::Credit);
    const KNOWN_BY: (&'static str, &'static str, Option<CardExpiry>) =
        ("Visa", "4242", Some(CardExpiry { year: 2034, month: 12 }));
    const ADVICES: &'static [DeclineAdvice] = &[
        DeclineAdvice::RetryLater,
        DeclineAdvice::RetryOnce,
        DeclineAdvice::Authenticate,
        DeclineAdvice::AskCustomer,
        DeclineAdvice::Never,
    ];
    const SETUP_LINGERS_SECONDS: i64 = 31 * 60;
    const REMEMBERS_SECONDS: i64 = 86_400;
    const TELLS_OF_DECLINES: bool = true;

    async fn keep(&self, page: &CheckoutPage, later: Later) {
        self.world.lock().unwrap().keep(&page.id, later);
    }

    async fn fail_to_keep(&self, page: &CheckoutPage) {
        // Stripe says so on its page, and nothing else changes.
        assert!(self.world.lock().unwrap().session(&page.id).is_some());
    }

    async fn setups(&self, key: &str) -> usize {
        self.pages(key).await
    }

    async fn taken(&self, order: &str) -> usize {
        let world = self.world.lock().unwrap();
        let taken = world.intents.iter().filter(|intent| intent.is_for(order));
        taken.filter(|intent| intent.received > 0).count()
    }
}

impl Lossy for Scripted {
    const LOOKS_BEFORE_REFUND: usize = 1;
    const CALLS_AFTER_DECLINE: usize = 2;
    const CALLS_AFTER_WAIT: usize = 1;

    fn hasty(&self) -> &dyn PaymentProvider {
        &self.hasty
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}
