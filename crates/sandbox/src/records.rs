//! What the provider remembers. Every record is plain data and is written to the journal whole, so
//! there is no field in which a card number or a security code could be kept. Journals outlive
//! versions: a field that came later has a default.

use serde::{Deserialize, Serialize};

use crate::numbers::{Advice, Behaviour, Brand, DeclineCode, Funding};

/// The language of a hosted page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Language {
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en-CA")]
    English,
    #[serde(rename = "fr-CA")]
    French,
}

impl Language {
    /// Reads a BCP 47 tag by its primary language.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            _ => None,
        }
    }

    /// The BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en-CA",
            Self::French => "fr-CA",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CheckoutStatus {
    Open,
    Complete,
    Expired,
}

/// One amount to be paid once, on one hosted page. Amounts are minor units.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Checkout {
    pub(crate) id: String,
    pub(crate) status: CheckoutStatus,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) reference: String,
    pub(crate) description: String,
    pub(crate) language: Language,
    pub(crate) return_url: String,
    pub(crate) cancel_url: String,
    pub(crate) created_ms: i64,
    pub(crate) expires_at_ms: i64,
    /// The latest attempt to pay.
    pub(crate) payment: Option<String>,
    /// The merchant's name for the customer for whom the method is kept.
    #[serde(default)]
    pub(crate) keep_for: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaymentStatus {
    RequiresAction,
    Captured,
    Declined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Method {
    Credit,
    Debit,
    Paypal,
}

/// The month at whose end a card is good no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Expiry {
    pub(crate) year: i32,
    /// 1 to 12.
    pub(crate) month: i32,
}

/// One attempt to pay a checkout, or money taken by a charge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: String,
    /// None where a kept method was charged.
    pub(crate) checkout: Option<String>,
    pub(crate) reference: String,
    pub(crate) status: PaymentStatus,
    /// What was captured, or would have been; minor units.
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) method: Method,
    pub(crate) brand: Option<Brand>,
    pub(crate) last4: Option<String>,
    pub(crate) funding: Option<Funding>,
    pub(crate) behaviour: Behaviour,
    pub(crate) decline_code: Option<DeclineCode>,
    /// The sum of the refunds that have not failed; minor units.
    pub(crate) refunded_amount: i64,
    pub(crate) created_ms: i64,
    /// Known only while a card may yet be kept.
    #[serde(default)]
    pub(crate) expiry: Option<Expiry>,
    /// The method that was kept when this was paid.
    #[serde(default)]
    pub(crate) kept: Option<String>,
    /// When its bank will speak up.
    #[serde(default)]
    pub(crate) disputed_at_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeptStatus {
    /// The bank asks the owner first.
    RequiresAction,
    Kept,
    Forgotten,
}

/// A method that is kept for a customer's later charges.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeptMethod {
    pub(crate) id: String,
    /// The merchant's name for the customer.
    pub(crate) customer: String,
    pub(crate) status: KeptStatus,
    pub(crate) method: Method,
    pub(crate) brand: Option<Brand>,
    pub(crate) last4: Option<String>,
    pub(crate) funding: Option<Funding>,
    pub(crate) expiry: Option<Expiry>,
    pub(crate) behaviour: Behaviour,
    /// How many charges of it there were.
    pub(crate) charges: u32,
    pub(crate) created_ms: i64,
}

/// One hosted page on which a method is kept without anything being paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) id: String,
    pub(crate) status: CheckoutStatus,
    pub(crate) keep_for: String,
    pub(crate) reference: String,
    pub(crate) language: Language,
    pub(crate) return_url: String,
    pub(crate) cancel_url: String,
    pub(crate) created_ms: i64,
    pub(crate) expires_at_ms: i64,
    /// The latest method that was tried here and not declined at once.
    pub(crate) method: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChargeStatus {
    Pending,
    Captured,
    Declined,
}

/// One attempt to charge a kept method.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Charge {
    pub(crate) id: String,
    /// The `Idempotency-Key` it was made under.
    pub(crate) key: String,
    /// The kept method.
    pub(crate) method: String,
    pub(crate) customer: String,
    pub(crate) reference: String,
    pub(crate) description: String,
    pub(crate) payer_is_there: bool,
    pub(crate) status: ChargeStatus,
    /// What was asked; minor units.
    pub(crate) amount: i64,
    pub(crate) currency: String,
    /// The money that was taken.
    pub(crate) payment: Option<String>,
    pub(crate) decline_code: Option<DeclineCode>,
    pub(crate) advice: Option<Advice>,
    /// When a pending charge is captured.
    pub(crate) captured_at_ms: Option<i64>,
    pub(crate) created_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefundStatus {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) payment: String,
    pub(crate) reference: String,
    pub(crate) reason: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) status: RefundStatus,
    pub(crate) failure_reason: Option<String>,
    /// When a pending refund will turn out to have failed.
    pub(crate) fails_at_ms: Option<i64>,
    pub(crate) created_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DisputeStatus {
    /// The bank tells of fraud, and asks nothing.
    Warned,
    /// The bank asks before it disputes.
    Inquiry,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
}

impl DisputeStatus {
    pub(crate) fn is_closed(self) -> bool {
        match self {
            Self::Won | Self::Lost => true,
            Self::Warned | Self::Inquiry | Self::NeedsResponse | Self::UnderReview => false,
        }
    }
}

/// A bank's dispute of a payment, its question, or its warning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dispute {
    pub(crate) id: String,
    pub(crate) payment: String,
    /// The payment's.
    pub(crate) reference: String,
    pub(crate) status: DisputeStatus,
    pub(crate) reason: String,
    /// What is disputed; minor units.
    pub(crate) amount: i64,
    /// What the bank has taken back and not given again; minor units.
    pub(crate) withdrawn: i64,
    pub(crate) currency: String,
    pub(crate) respond_by_ms: Option<i64>,
    pub(crate) created_ms: i64,
}

/// A message to the merchant. The body is kept as text, so that every repetition is the same bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) created_ms: i64,
    pub(crate) delivery: Delivery,
}

/// How far the sending of one event has come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Delivery {
    /// How many accepted deliveries are still owed.
    pub(crate) owed: u8,
    /// Failed attempts since the last accepted one.
    pub(crate) failures: u32,
    /// When to try next; none when nothing is owed or the sender has given up.
    pub(crate) next_at_ms: Option<i64>,
}

/// The first answer to an `Idempotency-Key`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) key: String,
    /// SHA-256 over the call and its body, in hexadecimal.
    pub(crate) digest: String,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// One record put in place of the one with the same id.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Checkout(Checkout),
    Payment(Payment),
    Kept(KeptMethod),
    Setup(Setup),
    Charge(Charge),
    Refund(Refund),
    Dispute(Dispute),
    Event(Event),
    Delivery { event: String, delivery: Delivery },
    Answer(Answer),
}

/// The moment at which something is decided, the source of the ids it needs, and the public
/// address that objects are shown under.
pub(crate) struct Moment {
    pub(crate) now_ms: i64,
    pub(crate) base_url: std::sync::Arc<str>,
    pub(crate) random: crate::Random,
}

impl Moment {
    /// A fresh id of 128 random bits behind its kind's prefix.
    pub(crate) fn id(&self, prefix: &str) -> String {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        format!("{prefix}_{}", URL_SAFE_NO_PAD.encode((self.random)()))
    }
}
