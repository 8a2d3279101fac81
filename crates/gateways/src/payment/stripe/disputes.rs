//! Disputes (docs.stripe.com/api/disputes) and the warnings that come before some of them
//! (docs.stripe.com/api/radar/early_fraud_warnings).

use std::collections::BTreeMap;

use farline_app::ports::payment::{Answered, DisputedPayment, PaymentRefusal, PaymentUnknown};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{DisputeStatus, DisputeTold};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::StripeProvider;
use super::api::Problem;
use super::intents::money;
use super::sessions::ORDER;
use super::settings::StripeMode;
use crate::payment::answer::{self, Answer, unsound};

/// How the id of a warning begins; that of a dispute begins with `du_` or `dp_`.
const WARNING: &str = "issfr_";

/// What a dispute is read with: the payment, which names our order.
const WITH_PAYMENT: [(&str, &str); 1] = [("expand[]", "payment_intent")];

/// What a warning is read with: it does not say how much was paid.
const WITH_CHARGE: [(&str, &str); 2] = [("expand[]", "payment_intent"), ("expand[]", "charge")];

/// There is no such dispute, and no such warning.
const MISSING: (u16, &str) = (404, "resource_missing");

impl StripeProvider {
    pub(super) async fn read_dispute(
        &self,
        id: &str,
    ) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        if id.starts_with(WARNING) {
            let call = self.api.get(&["radar", "early_fraud_warnings", id]).query(&WITH_CHARGE);
            return known(call, |warning: Warning| warning.told(id, self.mode)).await;
        }
        let call = self.api.get(&["disputes", id]).query(&WITH_PAYMENT);
        known(call, |dispute: Dispute| dispute.told(id, self.mode)).await
    }
}

async fn known<T: DeserializeOwned>(
    call: RequestBuilder,
    told: impl FnOnce(T) -> Result<DisputedPayment, PaymentUnknown>,
) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
    let objection = match answer::ask(call).await? {
        Answer::Success(body) => return told(answer::read(&body)?).map(Ok),
        Answer::Objection(objection) => objection,
    };
    if (objection.status, Problem::of(&objection)?.code.as_str()) == MISSING {
        return Ok(Err(PaymentRefusal::knows_none()));
    }
    Err(objection.unknown())
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    WarningNeedsResponse,
    WarningUnderReview,
    WarningClosed,
    NeedsResponse,
    UnderReview,
    Won,
    Lost,
    Prevented,
}

impl Status {
    /// What was prevented is over, as is an inquiry that came to nothing; whether money went all the same is another
    /// question, which the balance answers.
    fn named(self) -> DisputeStatus {
        match self {
            Self::WarningNeedsResponse => DisputeStatus::Inquiry,
            Self::NeedsResponse => DisputeStatus::NeedsResponse,
            Self::WarningUnderReview | Self::UnderReview => DisputeStatus::UnderReview,
            Self::WarningClosed | Self::Won | Self::Prevented => DisputeStatus::Won,
            Self::Lost => DisputeStatus::Lost,
        }
    }
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    status: Status,
    reason: String,
    amount: i64,
    currency: String,
    charge: String,
    /// None where the payment was made without one, so not by us.
    payment_intent: Option<Payment>,
    balance_transactions: Vec<BalanceTransaction>,
    #[serde(default)]
    evidence_details: EvidenceDetails,
}

#[derive(Default, Deserialize)]
struct EvidenceDetails {
    /// In seconds.
    due_by: Option<i64>,
}

/// Money that went from the account's balance or came back to it, in the balance's currency.
#[derive(Deserialize)]
struct BalanceTransaction {
    amount: i64,
    currency: String,
}

/// A `PaymentIntent`, as far as it says whose it is.
#[derive(Deserialize)]
struct Payment {
    id: String,
    currency: String,
    metadata: Option<BTreeMap<String, String>>,
}

impl Dispute {
    fn told(self, id: &str, mode: StripeMode) -> Result<DisputedPayment, PaymentUnknown> {
        if self.id != id || self.mode != mode {
            return Err(unsound());
        }
        let amount = money(self.amount, &self.currency)?;
        let withdrawn = if self.is_withdrawn()? { amount } else { Money::zero(amount.currency) };
        let (payment, order) = named(self.payment_intent, self.charge, &self.currency)?;
        let due_by = self.evidence_details.due_by.map(|seconds| seconds.checked_mul(1_000));
        let respond_by = due_by.map(|millis| millis.ok_or_else(unsound)).transpose()?;
        let told = DisputeTold {
            provider: super::NAME.to_owned(),
            id: self.id,
            payment,
            status: self.status.named(),
            reason: self.reason,
            amount,
            withdrawn,
            respond_by: respond_by.map(Instant::from_millis),
        };
        Ok(DisputedPayment { order, told })
    }

    /// Whether Stripe has taken the money and not given it again. The amounts are never ours to count with: they may be
    /// in another currency, and hold fees.
    fn is_withdrawn(&self) -> Result<bool, PaymentUnknown> {
        let mut currencies = self.balance_transactions.iter().map(|moved| &moved.currency);
        let first = currencies.next();
        if currencies.any(|currency| Some(currency) != first) {
            return Err(unsound());
        }
        let mut sum = 0_i64;
        for moved in &self.balance_transactions {
            sum = sum.checked_add(moved.amount).ok_or_else(unsound)?;
        }
        // Money that is exchanged may come back at another rate, and is all of it all the same.
        let came_back = self.balance_transactions.iter().any(|moved| moved.amount > 0);
        Ok(sum < 0 && !(came_back && self.status == Status::Won))
    }
}

/// The bank tells of fraud before anybody disputes; nothing is taken.
#[derive(Deserialize)]
struct Warning {
    id: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    actionable: bool,
    fraud_type: String,
    charge: Charge,
    payment_intent: Option<Payment>,
}

#[derive(Deserialize)]
struct Charge {
    id: String,
    amount_captured: i64,
    currency: String,
}

impl Warning {
    fn told(self, id: &str, mode: StripeMode) -> Result<DisputedPayment, PaymentUnknown> {
        if self.id != id || self.mode != mode {
            return Err(unsound());
        }
        let Charge { id: charge, amount_captured, currency } = self.charge;
        let amount = money(amount_captured, &currency)?;
        let (payment, order) = named(self.payment_intent, charge, &currency)?;
        // Given back in full, or disputed by now: nobody has to answer the warning any more, and what took the money
        // tells of itself.
        let status = if self.actionable { DisputeStatus::Warned } else { DisputeStatus::Won };
        let told = DisputeTold {
            provider: super::NAME.to_owned(),
            id: self.id,
            payment,
            status,
            reason: self.fraud_type,
            amount,
            withdrawn: Money::zero(amount.currency),
            respond_by: None,
        };
        Ok(DisputedPayment { order, told })
    }
}

/// The payment's id, as a capture gives it, and our order that it names.
fn named(
    payment: Option<Payment>,
    charge: String,
    currency: &str,
) -> Result<(String, Option<String>), PaymentUnknown> {
    let (id, order) = match payment {
        Some(payment) if payment.currency == currency => {
            (payment.id, payment.metadata.and_then(|mut data| data.remove(ORDER)))
        }
        Some(_) => return Err(unsound()),
        None => (charge, None),
    };
    if id.is_empty() { Err(unsound()) } else { Ok((id, order)) }
}
