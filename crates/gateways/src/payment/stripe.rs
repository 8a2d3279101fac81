//! The adapter of Stripe. The payer pays on Stripe's own page (Checkout), so that no card data comes near us; what came
//! of it is read from Stripe, never from the payer's return and never from a webhook.

mod api;
mod balance;
mod charges;
mod declines;
mod disputes;
mod events;
mod intents;
mod keeping;
mod methods;
mod refunds;
mod sessions;
mod settings;
mod setups;

use async_trait::async_trait;
use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest, CheckoutState,
    DisputedPayment, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    SetupRequest, SetupState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::Instant;

pub use settings::{OfferedMethod, STRIPE_API, StripeMode, StripeSettings, StripeSettingsError};

use super::answer::{self, Answer};
use super::signature;
use api::{Api, Listed, Problem};
use balance::Balance;
use refunds::Refund;
use sessions::Session;

/// The adapter's name.
const NAME: &str = "stripe";

/// The header a webhook's signatures stand in.
const SIGNATURE_HEADER: &str = "Stripe-Signature";

/// The key was used before with other bytes: something may stand under it, so this is never a refusal.
const KEY_USED: (u16, &str) = (400, "idempotency_error");

/// Stripe finds fault with the request itself.
const INVALID: (u16, &str) = (400, "invalid_request_error");

/// Statuses and codes after which there is certainly no page.
const CHECKOUT_FINALS: &[(u16, &str)] = &[
    INVALID,
    (400, "amount_too_large"),
    (400, "amount_too_small"),
    (400, "parameter_invalid_empty"),
    (400, "parameter_invalid_integer"),
    (400, "parameter_invalid_string_blank"),
    (400, "parameter_missing"),
    (400, "url_invalid"),
];

/// Statuses and codes after which there is certainly no refund under this key, none having been there before.
const REFUND_FINALS: &[(u16, &str)] = &[
    // More than is left of the payment: Stripe has no code for it.
    INVALID,
    (400, "amount_too_large"),
    (400, "charge_already_refunded"),
    (400, "charge_disputed"),
    (400, "charge_not_refundable"),
    (400, "parameter_invalid_integer"),
    (400, "refund_disputed_payment"),
    (400, "resource_missing"),
    (404, "resource_missing"),
];

/// Statuses and codes that say that there is no such payment, and so no refund of it.
const NO_PAYMENT: &[(u16, &str)] = &[(400, "resource_missing"), (404, "resource_missing")];

/// Takes payments at Stripe.
pub struct StripeProvider {
    api: Api,
    webhook_secrets: Vec<String>,
    mode: StripeMode,
    methods: Vec<OfferedMethod>,
}

impl StripeProvider {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When an address, key or secret cannot be used or the HTTP client cannot be set up.
    pub fn new(settings: StripeSettings) -> Result<Self, StripeSettingsError> {
        let api = settings.open()?;
        let StripeSettings { webhook_secrets, mode, methods, .. } = settings;
        Ok(Self { api, webhook_secrets, mode, methods })
    }

    /// The page that was made for this order under other words. Only a page that can still be paid has an address.
    async fn page_made_before(
        &self,
        request: &CheckoutRequest,
    ) -> Result<CheckoutPage, PaymentUnknown> {
        // A quarter of the usual length: sessions are long, and answers are read to a limit.
        let filter = [("status", "open"), ("limit", "25")];
        let fits = |session: &Session| session.is_for(request, self.mode);
        let found = self.api.find(&["checkout", "sessions"], &filter, fits).await?;
        match found.map_err(|objection| objection.unknown())? {
            Some(session) => session.page(request, self.mode),
            None => Err(used_for_something_else()),
        }
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for StripeProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StripeProvider").finish_non_exhaustive()
    }
}

fn used_for_something_else() -> PaymentUnknown {
    PaymentUnknown("the key was used for something else".to_owned())
}

#[async_trait]
impl PaymentProvider for StripeProvider {
    fn name(&self) -> &'static str {
        NAME
    }

    fn mode(&self) -> ProviderMode {
        self.mode.at_the_port()
    }

    fn page_origins(&self) -> &'static [&'static str] {
        &["https://checkout.stripe.com"]
    }

    async fn probe(&self) -> Result<(), PaymentUnknown> {
        let balance: Balance = api::read(self.api.get(&["balance"])).await?;
        balance.is_of(self.mode).then_some(()).ok_or_else(answer::unsound)
    }

    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        if let Some(refusal) = sessions::nothing_to_pay(request) {
            return Ok(Err(refusal));
        }
        let call = self
            .api
            .post(&["checkout", "sessions"])
            .header("Idempotency-Key", format!("checkout-{}", request.order))
            .form(&sessions::form_of(request, &self.methods));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                return answer::read::<Session>(&body)?.page(request, self.mode).map(Ok);
            }
            Answer::Objection(objection) => objection,
        };
        let problem = Problem::of(&objection)?;
        if (objection.status, problem.kind.as_str()) == KEY_USED {
            // Asked for this order before with other words; the page that was made then is the page.
            return self.page_made_before(request).await.map(Ok);
        }
        problem.refuse(&objection, CHECKOUT_FINALS)
    }

    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let call = self.api.get(&["checkout", "sessions", checkout]);
        let session: Session = api::read(call.query(&sessions::WITH_PAYMENT)).await?;
        session.state(checkout, self.mode)
    }

    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        // Without a key: ending again changes nothing, and a kept answer would be an old state.
        let call = self.api.post(&["checkout", "sessions", checkout, "expire"]);
        match answer::ask(call.form(&sessions::WITH_PAYMENT)).await? {
            Answer::Success(body) => answer::read::<Session>(&body)?.state(checkout, self.mode),
            Answer::Objection(objection) => {
                // It was paid first, or ended before: Stripe only says that it is not open.
                if (objection.status, Problem::of(&objection)?.kind.as_str()) == INVALID {
                    return self.checkout_state(checkout).await;
                }
                Err(objection.unknown())
            }
        }
    }

    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        // Stripe forgets a key after a day, and our jobs may stand still for longer. So what was made under ours is
        // looked for first; the key is for those who ask at the same instant.
        let filter = [("payment_intent", request.payment.as_str()), ("limit", "100")];
        let ours = |refund: &Refund| refund.has_key(&request.key);
        match self.api.find(&["refunds"], &filter, ours).await? {
            Ok(Some(refund)) if refund.is_for(request) => return Ok(Ok(refund.state())),
            Ok(Some(_)) => return Err(used_for_something_else()),
            Ok(None) => {}
            Err(objection) => return Problem::of(&objection)?.refuse(&objection, NO_PAYMENT),
        }
        let call = self
            .api
            .post(&["refunds"])
            .header("Idempotency-Key", &request.key)
            .form(&refunds::form_of(request));
        match answer::ask(call).await? {
            Answer::Success(body) => {
                let refund: Refund = answer::read(&body)?;
                if refund.is_for(request) { Ok(Ok(refund.state())) } else { Err(answer::unsound()) }
            }
            Answer::Objection(objection) => {
                Problem::of(&objection)?.refuse(&objection, REFUND_FINALS)
            }
        }
    }

    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        let answered: Refund = api::read(self.api.get(&["refunds", refund])).await?;
        if answered.id() == refund { Ok(answered.state()) } else { Err(answer::unsound()) }
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
        let given = header(SIGNATURE_HEADER).ok_or(WebhookRefusal::Signature)?;
        signature::verify(&self.webhook_secrets, &given, body, now)?;
        events::hint(body, self.mode)
    }
}
