//! Payment providers. An answer from outside is done, refused, or unknown.

use async_trait::async_trait;
use farline_domain::kernel::{AccountId, Instant, Language, Money};
use farline_domain::payments::{Decline, DisputeTold, PaymentMethod, SavedMethod};

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
    /// The account for which the method is to be kept, if the buyer wants that; a provider that keeps
    /// none takes the payment all the same.
    pub save_for: Option<AccountId>,
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
    /// The method, if it was kept for later.
    pub saved: Option<SavedMethod>,
}

/// What a page at the provider is to be made for, on which a method is kept without anything being paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupRequest {
    /// Our key: asking twice makes one page, and the provider echoes it.
    pub key: String,
    /// Whose method it becomes.
    pub account: AccountId,
    /// The owner's language.
    pub language: Language,
    /// Where the owner goes afterwards.
    pub return_url: String,
    /// Where the owner goes who does not want to.
    pub cancel_url: String,
    /// Until when the page can be used.
    pub expires_at: Instant,
}

/// What the provider says of such a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupState {
    /// Nothing is kept yet.
    Open,
    /// It can no longer be used.
    Expired,
    /// The method is kept.
    Saved(SavedMethod),
}

/// A charge of a kept method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeRequest {
    /// Our key, the same on every asking about one attempt.
    pub key: String,
    /// Our order id, which the provider echoes.
    pub order: String,
    /// What is to be taken.
    pub amount: Money,
    /// What it is for, in the payer's language.
    pub description: String,
    /// The provider's id of the customer.
    pub customer: String,
    /// The provider's id of the method.
    pub method: String,
    /// Whether the payer is there and has just asked for it.
    pub is_payer_there: bool,
    /// When this attempt was first asked for: a provider remembers a key for some hours only.
    pub first_asked_at: Instant,
    /// The time of this asking.
    pub now: Instant,
}

/// What the provider says of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeState {
    /// Money was taken.
    Captured(CapturedPayment),
    /// The provider is working on it: ask again under the same key.
    Pending,
    /// Nothing was taken, and under this key nothing will be.
    Declined(Decline),
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

impl PaymentRefusal {
    /// The provider keeps no methods.
    pub fn keeps_none() -> Self {
        let message = "this provider keeps no methods of payment".to_owned();
        Self { code: "keeps_none".to_owned(), message }
    }

    /// The provider knows of no such dispute.
    pub fn knows_none() -> Self {
        let message = "this provider knows of no such dispute".to_owned();
        Self { code: "no_such_dispute".to_owned(), message }
    }
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
    /// What it is about.
    pub about: HintAbout,
}

/// What a webhook is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HintAbout {
    /// Nothing of ours.
    Nothing,
    /// This order.
    Order(String),
    /// The refund with this key of ours.
    Refund(String),
    /// The dispute, or the warning of one, with this id of the provider's.
    Dispute(String),
    /// The payment with this id of the provider's: somebody gave it back there.
    Payment(String),
}

/// What the provider says of a dispute, or of a warning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputedPayment {
    /// The order that the payment echoes; absent for a payment that is not ours.
    pub order: Option<String>,
    /// The dispute.
    pub told: DisputeTold,
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

/// Whose money moves at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderMode {
    /// Nobody's: a stand-in, or the provider's own sandbox.
    Sandbox,
    /// Nobody's: the provider's test mode.
    Test,
    /// The payers'.
    Live,
}

impl ProviderMode {
    /// The word shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Test => "test",
            Self::Live => "live",
        }
    }
}

/// A payment provider.
#[async_trait]
pub trait PaymentProvider: Send + Sync {
    /// The adapter's name, as it stands in orders and entries.
    fn name(&self) -> &'static str;

    /// Whose money it is.
    fn mode(&self) -> ProviderMode;

    /// Asks for something small that only our key may read: whether the provider is there and knows us.
    async fn probe(&self) -> Result<(), PaymentUnknown>;

    /// The origins of the pages that payers are sent to, where they are not ours: a browser follows a form's answer only to
    /// origins that the page allows (`form-action`).
    fn page_origins(&self) -> &'static [&'static str] {
        &[]
    }

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

    /// Whether it keeps methods for later charges. One that does not refuses what follows.
    fn keeps_methods(&self) -> bool {
        false
    }

    /// Makes a page on which a method is kept. Asking again under the same key gives the same page.
    async fn set_up(
        &self,
        _request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        Ok(Err(PaymentRefusal::keeps_none()))
    }

    /// Reads what became of such a page, by the provider's id and under the key it was asked for with.
    async fn setup_state(
        &self,
        _setup: &str,
        _key: &str,
    ) -> Result<Answered<SetupState>, PaymentUnknown> {
        Ok(Err(PaymentRefusal::keeps_none()))
    }

    /// Charges a kept method. Asking again under the same key is how its outcome is read: it takes
    /// nothing twice. An attempt that was refused is over at the provider before this says so.
    async fn charge(
        &self,
        _request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        Ok(Err(PaymentRefusal::keeps_none()))
    }

    /// Has the provider forget a method. One that it does not know any more is forgotten.
    async fn forget_method(
        &self,
        _customer: &str,
        _method: &str,
    ) -> Result<Answered<()>, PaymentUnknown> {
        Ok(Err(PaymentRefusal::keeps_none()))
    }

    /// Reads a dispute, or a warning of one, by the provider's id. One that it does not know is refused.
    async fn dispute(&self, _dispute: &str) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        Ok(Err(PaymentRefusal::knows_none()))
    }

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
