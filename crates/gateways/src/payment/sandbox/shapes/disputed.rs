//! The stand-in's disputes on the wire.

use farline_app::ports::payment::{DisputedPayment, PaymentUnknown};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{DisputeStatus, DisputeTold};
use serde::Deserialize;

use super::money;
use crate::payment::answer::unsound;
use crate::payment::sandbox::NAME;

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Warned,
    Inquiry,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
}

impl Status {
    fn named(self) -> DisputeStatus {
        match self {
            Self::Warned => DisputeStatus::Warned,
            Self::Inquiry => DisputeStatus::Inquiry,
            Self::NeedsResponse => DisputeStatus::NeedsResponse,
            Self::UnderReview => DisputeStatus::UnderReview,
            Self::Won => DisputeStatus::Won,
            Self::Lost => DisputeStatus::Lost,
        }
    }
}

#[derive(Deserialize)]
pub(in super::super) struct Dispute {
    id: String,
    payment: String,
    /// Our order, where the payment is one of ours.
    reference: Option<String>,
    status: Status,
    reason: String,
    amount: i64,
    withdrawn: i64,
    currency: String,
    respond_by_ms: Option<i64>,
}

impl Dispute {
    pub(in super::super) fn told(self, id: &str) -> Result<DisputedPayment, PaymentUnknown> {
        let amount = money(self.amount, &self.currency)?;
        let is_sound = self.id == id && !self.payment.is_empty();
        if !is_sound || !(0..=self.amount).contains(&self.withdrawn) {
            return Err(unsound());
        }
        let told = DisputeTold {
            provider: NAME.to_owned(),
            id: self.id,
            payment: self.payment,
            status: self.status.named(),
            reason: self.reason,
            amount,
            withdrawn: Money { minor: self.withdrawn, currency: amount.currency },
            respond_by: self.respond_by_ms.map(Instant::from_millis),
        };
        Ok(DisputedPayment { order: self.reference, told })
    }
}
