//! The adapter of PayPal: Orders v2 and Payments v2 of its REST API (developer.paypal.com/api/rest). The payer agrees
//! on PayPal's page; the money is taken by us, whenever the state is asked for and the payer is found to have agreed.

mod access;
mod amount;
mod certificates;
mod disputes;
mod keeping;
mod orders;
mod problem;
mod refunds;
mod settings;
mod vault;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use farline_app::ports::Clock;
use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState,
    DisputedPayment, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    SetupRequest, SetupState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::Instant;
use reqwest::{Method, StatusCode};

use super::answer::{self, Answer};
use access::Access;
use certificates::Certificates;
use orders::{Order, Stage};
use problem::{ORDER_FINALS, REFUND_FINALS};
use refunds::{Captured, Refund};
pub use settings::{PayPalMode, PayPalSettings, PayPalSettingsError, PayPalStandIn};
use webhook::Transmission;

/// The adapter's name.
const NAME: &str = "paypal";

const NOT_FOUND: u16 = StatusCode::NOT_FOUND.as_u16();

/// Takes payments at PayPal.
pub struct PayPalProvider {
    access: Access,
    certificates: Certificates,
    webhook_id: String,
    mode: PayPalMode,
}

impl PayPalProvider {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(
        settings: PayPalSettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PayPalSettingsError> {
        settings.check()?;
        let client = settings.client()?;
        Ok(Self {
            access: Access::new(&settings, client.clone(), clock)?,
            certificates: Certificates::new(&settings, client)?,
            mode: settings.mode,
            webhook_id: settings.webhook_id,
        })
    }

    async fn order(&self, id: &str) -> Result<Order, PaymentUnknown> {
        self.access.read(self.access.get(&["v2", "checkout", "orders", id])).await
    }

    /// Takes the money of an order that the payer has agreed to. A decline leaves it to be paid otherwise. Whatever
    /// else PayPal objects, such as that the order was captured or ended meanwhile, is seen by reading it again.
    async fn capture(&self, id: &str, order: &Order) -> Result<CheckoutState, PaymentUnknown> {
        let path = ["v2", "checkout", "orders", id, "capture"];
        let call = self.access.post(&path, &order.capture_key()).json(&serde_json::json!({}));
        match self.access.ask(call).await? {
            Answer::Success(body) => {
                let stage = answer::read::<Order>(&body)?.stage(id)?;
                stage.settled().ok_or_else(answer::unsound)
            }
            Answer::Objection(objection) if problem::is_decline(&objection) => {
                Ok(CheckoutState::Open)
            }
            Answer::Objection(objection) => {
                let stage = self.order(id).await?.stage(id)?;
                stage.settled().ok_or_else(|| objection.unknown())
            }
        }
    }

    /// Sees to it that nobody captures an order any more, and says so only when PayPal says it too. Of a capture and
    /// an end at the same moment PayPal lets one come first, and the other is told.
    async fn end(&self, id: &str) -> Result<CheckoutState, PaymentUnknown> {
        let path = ["v2", "checkout", "orders", id];
        let call = self.access.request(Method::PATCH, &path).json(&orders::end());
        let objection = match self.access.ask(call).await? {
            Answer::Success(_) => None,
            Answer::Objection(objection) => Some(objection),
        };
        let order = self.order(id).await?;
        if let Some(state) = order.stage(id)?.settled() {
            return Ok(state);
        }
        // PayPal may not let an order be changed while the payer is busy with it. Then time ends it: the last of us
        // who could have captured it has let go.
        if order.is_long_over(self.access.now())? {
            return Ok(CheckoutState::Expired);
        }
        Err(objection.map_or_else(answer::unsound, |objection| objection.unknown()))
    }

    /// The refund that stands under a key already. PayPal's keys end; what it has written down stays.
    async fn refund_made(&self, request: &RefundRequest) -> Result<Option<Refund>, PaymentUnknown> {
        let call = self.access.get(&["v2", "payments", "captures", &request.payment]);
        let captured: Captured = match self.access.ask(call).await? {
            Answer::Success(body) => answer::read(&body)?,
            // No such capture: the refund itself is told so, with its reason.
            Answer::Objection(objection) if objection.status == NOT_FOUND => return Ok(None),
            Answer::Objection(objection) => return Err(objection.unknown()),
        };
        let order = self.order(captured.order(&request.payment)?).await?;
        if !order.has_capture(&request.payment) {
            return Err(answer::unsound());
        }
        order.refund(&request.key)
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for PayPalProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PayPalProvider").finish_non_exhaustive()
    }
}

#[async_trait]
impl PaymentProvider for PayPalProvider {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mode(&self) -> ProviderMode {
        self.mode.at_the_port()
    }

    fn page_origins(&self) -> &'static [&'static str] {
        self.mode.page_origins()
    }

    async fn probe(&self) -> Result<(), PaymentUnknown> {
        self.access.probe().await
    }

    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        // Nobody knows by now whether an earlier try made one, and this one would be of no use.
        if self.access.now() >= request.expires_at {
            return Err(time_is_over());
        }
        let key = format!("checkout-{}", request.order);
        let call = self.access.post(&["v2", "checkout", "orders"], &key);
        match self.access.ask(call.json(&orders::create(request))).await? {
            Answer::Success(body) => answer::read::<Order>(&body)?.page(request).map(Ok),
            Answer::Objection(objection) => problem::refusal(&objection, ORDER_FINALS).map(Err),
        }
    }

    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let order = self.order(checkout).await?;
        let (stage, is_late) = (order.stage(checkout)?, order.is_late(self.access.now())?);
        match stage {
            Stage::Waiting | Stage::Approved if is_late => self.end(checkout).await,
            Stage::Waiting => Ok(CheckoutState::Open),
            Stage::Approved => self.capture(checkout, &order).await,
            Stage::Pending | Stage::Over | Stage::Captured(_) => {
                stage.settled().ok_or_else(answer::unsound)
            }
        }
    }

    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        // A payer who has agreed has not paid yet.
        match self.order(checkout).await?.stage(checkout)?.settled() {
            Some(state) => Ok(state),
            None => self.end(checkout).await,
        }
    }

    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        let fitting = |refund: Refund, reason: fn() -> PaymentUnknown| {
            if refund.is_for(request) { Ok(Ok(refund.state())) } else { Err(reason()) }
        };
        if let Some(refund) = self.refund_made(request).await? {
            return fitting(refund, key_used);
        }
        let path = ["v2", "payments", "captures", &request.payment, "refund"];
        let call = self.access.post(&path, &request.key).json(&refunds::create(request));
        match self.access.ask(call).await? {
            Answer::Success(body) => fitting(answer::read(&body)?, answer::unsound),
            Answer::Objection(objection) => problem::refusal(&objection, REFUND_FINALS).map(Err),
        }
    }

    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        let call = self.access.get(&["v2", "payments", "refunds", refund]);
        let answered: Refund = self.access.read(call).await?;
        if answered.has_id(refund) { Ok(answered.state()) } else { Err(answer::unsound()) }
    }

    async fn prepare_webhook(
        &self,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        now: Instant,
    ) -> Result<(), PaymentUnknown> {
        match Transmission::read(header) {
            Some(transmission) => self.certificates.fetch(transmission.certificate(), now).await,
            None => Ok(()),
        }
    }

    fn keeps_methods(&self) -> bool {
        true
    }

    async fn set_up(
        &self,
        request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        self.open_setup(request).await
    }

    async fn setup_state(
        &self,
        setup: &str,
        key: &str,
    ) -> Result<Answered<SetupState>, PaymentUnknown> {
        self.read_setup(setup, key).await.map(Ok)
    }

    async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        self.take(request).await
    }

    async fn forget_method(
        &self,
        _customer: &str,
        method: &str,
    ) -> Result<Answered<()>, PaymentUnknown> {
        self.forget(method).await
    }

    async fn dispute(&self, dispute: &str) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        self.read_dispute(dispute).await
    }

    fn webhook(
        &self,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        let transmission = Transmission::read(header).ok_or(WebhookRefusal::Signature)?;
        let text = transmission.signed_text(&self.webhook_id, body);
        let signature = transmission.signature().ok_or(WebhookRefusal::Signature)?;
        let signed = (text.as_bytes(), signature.as_slice());
        if !self.certificates.signed(transmission.certificate(), signed, now) {
            return Err(WebhookRefusal::Signature);
        }
        transmission.check_age(now)?;
        webhook::hint(body)
    }
}

fn time_is_over() -> PaymentUnknown {
    PaymentUnknown("the time to pay is over".to_owned())
}

/// Something else stands under the key.
fn key_used() -> PaymentUnknown {
    PaymentUnknown("the key was used for something else".to_owned())
}
