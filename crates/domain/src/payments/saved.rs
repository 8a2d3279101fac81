//! Methods of payment that a provider keeps for an account. The provider has the card; here stands only what its owner
//! recognises it by.

use super::PaymentMethod;
use crate::kernel::{Instant, SavedMethodId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A method as the provider keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMethod {
    /// The provider's id of the method.
    pub id: String,
    /// The provider's id of the customer it belongs to; empty where the provider has none.
    pub customer: String,
    /// What it is.
    pub method: PaymentMethod,
    /// The name it is known by, such as `Visa` or `PayPal`.
    pub brand: String,
    /// What its owner recognises it by: a card's last four digits, a masked address.
    pub hint: String,
    /// Until when a card is good.
    pub expiry: Option<CardExpiry>,
}

/// The month at whose end a card is good no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CardExpiry {
    /// The year, in full.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
}

impl CardExpiry {
    /// The last date on which the card is good; none for a month that does not exist.
    pub fn last_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1).ok().map(Date::last_of_month)
    }
}

/// A saved method, or one that was given for one order, with what the provider needs to be asked for a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMethod {
    /// Our id of it, in its owner's account where it is kept.
    pub id: SavedMethodId,
    /// The provider's adapter.
    pub provider: String,
    /// The provider's id of the customer; empty where there is none.
    pub customer: String,
    /// The provider's id of the method.
    pub method: String,
    /// What it is.
    pub kind: PaymentMethod,
    /// Until when a card is good.
    pub expiry: Option<CardExpiry>,
}

/// A charge of a saved method, for one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodCharge {
    /// The method.
    pub method: KeptMethod,
    /// Whether the payer is there: then they can answer their bank, and choose another way.
    pub is_payer_there: bool,
    /// How many charges of the order were refused before this one.
    #[serde(default)]
    pub attempt: u32,
    /// When the provider was first asked; from then on it can no longer be called off.
    pub asked_at: Option<Instant>,
    /// That it was refused, and why. Nothing was taken.
    pub declined: Option<Decline>,
}

impl MethodCharge {
    /// Whether the provider was asked and has not answered: nobody knows whether money was taken.
    pub const fn is_unknown(&self) -> bool {
        self.asked_at.is_some() && self.declined.is_none()
    }
}

/// What is to be done about a refused charge, as the provider or the card's network advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineAdvice {
    /// For want of money, or for the moment: it may be tried again on another day.
    RetryLater,
    /// No reason given: it may be tried again once, no more.
    RetryOnce,
    /// The bank wants to ask the payer something: only with them there.
    Authenticate,
    /// Only the payer can put it right, by another method or by new particulars of this one.
    AskCustomer,
    /// It must not be tried again, nor used for anything else without the payer.
    Never,
}

impl DeclineAdvice {
    /// The word stored, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RetryLater => "retry_later",
            Self::RetryOnce => "retry_once",
            Self::Authenticate => "authenticate",
            Self::AskCustomer => "ask_customer",
            Self::Never => "never",
        }
    }
}

/// A charge that was refused. Nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decline {
    /// The provider's code.
    pub code: String,
    /// What to do about it.
    pub advice: DeclineAdvice,
}
