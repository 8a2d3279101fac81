//! Payments that a payer disputes with their bank or wallet, or that a bank warns of.

use super::{Refund, RefundProgress};
use crate::kernel::{Instant, Money};
use serde::{Deserialize, Serialize};

/// How a dispute stands, in the words that Stripe and PayPal share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// No dispute yet: the card's network was told of fraud, and a dispute often follows.
    Warned,
    /// The bank asks before it disputes; nothing is taken.
    Inquiry,
    /// Disputed: the provider waits for our evidence.
    NeedsResponse,
    /// Our evidence is with the bank or the provider.
    UnderReview,
    /// Decided for us.
    Won,
    /// Decided for the payer, or not answered in time.
    Lost,
}

impl DisputeStatus {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::Warned,
        Self::Inquiry,
        Self::NeedsResponse,
        Self::UnderReview,
        Self::Won,
        Self::Lost,
    ];

    /// The word shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Warned => "warned",
            Self::Inquiry => "inquiry",
            Self::NeedsResponse => "needs_response",
            Self::UnderReview => "under_review",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Whether somebody waits for an answer of ours.
    pub const fn wants_answer(self) -> bool {
        match self {
            Self::Warned | Self::Inquiry | Self::NeedsResponse => true,
            Self::UnderReview | Self::Won | Self::Lost => false,
        }
    }

    /// Whether it is a dispute that is not decided.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Inquiry | Self::NeedsResponse | Self::UnderReview => true,
            Self::Warned | Self::Won | Self::Lost => false,
        }
    }
}

/// A dispute as the provider tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeTold {
    /// The provider's adapter.
    pub provider: String,
    /// The provider's id of the dispute or of the warning.
    pub id: String,
    /// The provider's id of the payment, as it stands in the capture.
    pub payment: String,
    /// How it stands.
    pub status: DisputeStatus,
    /// Why, in the provider's own word, such as `fraudulent`.
    pub reason: String,
    /// What is disputed, in the currency of the payment.
    pub amount: Money,
    /// What the provider has taken back from us because of it, and not given again: zero or more.
    pub withdrawn: Money,
    /// Until when it can be answered, where the provider says so.
    pub respond_by: Option<Instant>,
}

impl DisputeTold {
    /// Whether a refund counts as done because this dispute took the money.
    pub fn settles(&self, refund: &Refund) -> bool {
        matches!(&refund.progress, RefundProgress::Done { refund, .. } if *refund == self.id)
            && refund.capture.payment == self.payment
    }
}

/// A dispute of a payment of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// What the provider told last.
    pub told: DisputeTold,
    /// When we first learned of it.
    pub opened_at: Instant,
    /// When a person said that nothing more is to be done about it by us.
    pub seen_at: Option<Instant>,
}
