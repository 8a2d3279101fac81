//! Payment providers. An answer from outside is done, refused, or unknown.

use async_trait::async_trait;
use farline_domain::kernel::{Instant, Language, Money};
use farline_domain::payments::PaymentMethod;

/// What a page at the provider is to be made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// Our order id: the provider echoes it, and it is the key under which asking twice makes one.
    pub order: String,
    /// What is to be paid.
    pub amount: Money,
    /// What it is for, in the buyer's language.
    pub description: String,
    /// The buyer's language.
    pub language: Language,
    /// Where the buyer goes after paying.
    pub return_url: String,
    /// Where the buyer goes who does not want to.
    pub cancel_url: String,
    /// Until when it can be paid.
    pub expires_at: Instant,
}

/// A page at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutPage {
    /// The provider's id.
    pub id: String,
    /// Where the buyer goes.
    pub url: String,
}

/// What the provider says of a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutState {
    /// Nothing is paid.
    Open,
    /// It can no longer be paid.
    Expired,
    /// Money was taken.
    Captured(CapturedPayment),
}

/// Money that was taken, as the provider echoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedPayment {
    /// The provider's id of the payment.
    pub payment: String,
    /// The order it echoes.
    pub order: String,
    /// What was taken.
    pub amount: Money,
    /// How.
    pub method: PaymentMethod,
}

/// A refund to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// Our key, the same on every retry of one attempt.
    pub key: String,
    /// The provider's id of the payment.
    pub payment: String,
    /// How much.
    pub amount: Money,
}

/// What the provider says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// Under way.
    Pending {
        /// The provider's id.
        refund: String,
    },
    /// Done.
    Done {
        /// The provider's id.
        refund: String,
    },
    /// It failed; the money is still with us.
    Failed {
        /// What the provider says.
        reason: String,
    },
}

/// The provider refused, for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRefusal {
    /// The provider's code.
    pub code: String,
    /// What it says.
    pub message: String,
}

/// An answer: done, or refused for good.
pub type Answered<T> = Result<T, PaymentRefusal>;

/// No answer, or one that says nothing. Ask again under the same key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the payment provider gave no usable answer: {0}")]
pub struct PaymentUnknown(pub String);

/// What a webhook says. It is a hint only: the truth is read from the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookHint {
    /// The provider's id of the event.
    pub event: String,
    /// The order it is about.
    pub order: Option<String>,
    /// The refund key it is about.
    pub refund_key: Option<String>,
    /// The provider's id of the payment it is about, where it names neither: the payer disputes it,
    /// the bank warns of it, or somebody gave it back at the provider.
    pub payment: Option<String>,
}

/// A webhook that is not from the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefusal {
    /// The signature is missing or does not fit the body.
    #[error("the signature does not fit")]
    Signature,
    /// The signature is older than five minutes.
    #[error("the signature is too old")]
    TooOld,
    /// The body says nothing we understand.
    #[error("the body is not an event")]
    Body,
}

/// A payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// The adapter's name, as it stands in orders and entries.
    fn name(&self) -> &'static str;

    /// Makes a page to pay on. Asking again for the same order gives the same page.
    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown>;

    /// Reads a checkout.
    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown>;

    /// Ends a checkout that was not paid; a payment that came first is reported by its state.
    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown>;

    /// Gives money back.
    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown>;

    /// Reads a refund by the provider's id.
    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown>;

    /// Fetches what a webhook needs to be verified and is not at hand, such as the certificate that it
    /// names. It decides nothing: what cannot be had is refused by [`webhook`](Self::webhook). Unknown
    /// is only that it may be had later. Most providers need nothing.
    async fn prepare_webhook(
        &self,
        _header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _now: Instant,
    ) -> Result<(), PaymentUnknown> {
        Ok(())
    }

    /// Verifies a webhook that was prepared for and reads its hint, without asking anybody. `header`
    /// finds a request header by its name.
    fn webhook(
        &self,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: Instant,
    ) -> Result<WebhookHint, WebhookRefusal>;
}
