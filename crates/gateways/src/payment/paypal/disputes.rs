//! Disputes, as PayPal writes them (developer.paypal.com/api/customer-disputes/v1). PayPal knows no warnings before them.

use farline_app::ports::payment::{Answered, DisputedPayment, PaymentRefusal, PaymentUnknown};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::{DisputeStatus, DisputeTold};
use jiff::Timestamp;
use serde::Deserialize;

use super::amount::Amount;
use super::{PayPalProvider, problem};
use crate::payment::answer::{self, Answer, unsound};

impl PayPalProvider {
    pub(super) async fn read_dispute(
        &self,
        id: &str,
    ) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        let call = self.access.get(&["v1", "customer", "disputes", id]);
        match self.access.ask(call).await? {
            Answer::Success(body) => answer::read::<Dispute>(&body)?.told(id).map(Ok),
            Answer::Objection(objection) if problem::is_no_dispute(&objection) => {
                Ok(Err(PaymentRefusal::knows_none()))
            }
            Answer::Objection(objection) => Err(objection.unknown()),
        }
    }
}

/// PayPal has one more word, `OTHER`, which says nothing.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Open,
    WaitingForBuyerResponse,
    WaitingForSellerResponse,
    UnderReview,
    Resolved,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Stage {
    /// The payer asks us; PayPal only carries the letters.
    Inquiry,
    /// A claim, which PayPal decides; the word is PayPal's own and no bank's.
    Chargeback,
    PreArbitration,
    Arbitration,
}

/// One more word, `NONE`, is no outcome.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum OutcomeCode {
    ResolvedBuyerFavour,
    ResolvedSellerFavour,
    /// PayPal paid the payer out of its own pocket.
    ResolvedWithPayout,
    CanceledByBuyer,
    /// The payer's claim was.
    Accepted,
    /// The payer's claim was.
    Denied,
}

#[derive(Deserialize)]
struct Outcome {
    outcome_code: OutcomeCode,
    /// What the payer was given, by us or by PayPal.
    amount_refunded: Option<Amount>,
}

#[derive(Deserialize)]
struct Dispute {
    #[serde(rename = "dispute_id")]
    id: String,
    disputed_transactions: Vec<Transaction>,
    reason: String,
    status: Status,
    #[serde(rename = "dispute_life_cycle_stage")]
    stage: Option<Stage>,
    #[serde(rename = "dispute_amount")]
    amount: Amount,
    #[serde(rename = "dispute_outcome")]
    outcome: Option<Outcome>,
    #[serde(default)]
    money_movements: Vec<Movement>,
    seller_response_due_date: Option<String>,
}

#[derive(Deserialize)]
struct Transaction {
    /// The capture.
    seller_transaction_id: String,
    /// Our order, where it is a payment of ours: what an order calls `custom_id`.
    custom: Option<String>,
    /// As an order's `invoice_id`.
    invoice_number: Option<String>,
    gross_amount: Option<Amount>,
}

/// Money that PayPal moved because of the dispute.
#[derive(Deserialize)]
struct Movement {
    affected_party: Party,
    amount: Amount,
    #[serde(rename = "type")]
    direction: Direction,
    reason: MovementReason,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Party {
    Seller,
    Buyer,
    PaymentProcessor,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Direction {
    Debit,
    Credit,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum MovementReason {
    DisputeSettlement,
    DisputeSettlementFee,
    DisputeFee,
    ChargebackFee,
}

impl Dispute {
    fn told(self, id: &str) -> Result<DisputedPayment, PaymentUnknown> {
        let (status, withdrawn) = (self.named()?, self.withdrawn()?);
        let amount = self.amount.money()?;
        // Several payments in one dispute cannot be told apart: a person has to look.
        let [transaction] =
            <[Transaction; 1]>::try_from(self.disputed_transactions).map_err(|_| unsound())?;
        let payment = transaction.seller_transaction_id;
        let gross = transaction.gross_amount.map(|gross| gross.money()).transpose()?;
        let is_of_it = gross.is_none_or(|gross| gross.currency == amount.currency);
        if self.id != id || payment.is_empty() || !is_of_it {
            return Err(unsound());
        }
        let respond_by = self.seller_response_due_date.as_deref().map(instant).transpose()?;
        let told = DisputeTold {
            provider: super::NAME.to_owned(),
            id: self.id,
            payment,
            status,
            reason: self.reason,
            amount,
            withdrawn,
            respond_by,
        };
        Ok(DisputedPayment { order: transaction.custom.or(transaction.invoice_number), told })
    }

    fn named(&self) -> Result<DisputeStatus, PaymentUnknown> {
        match self.status {
            Status::Open | Status::WaitingForSellerResponse => {
                match self.stage.ok_or_else(unsound)? {
                    Stage::Inquiry => Ok(DisputeStatus::Inquiry),
                    Stage::Chargeback | Stage::PreArbitration | Stage::Arbitration => {
                        Ok(DisputeStatus::NeedsResponse)
                    }
                }
            }
            Status::WaitingForBuyerResponse | Status::UnderReview => Ok(DisputeStatus::UnderReview),
            Status::Resolved => {
                let outcome = self.outcome.as_ref().ok_or_else(unsound)?;
                let is_lost = outcome.outcome_code.is_lost();
                Ok(if is_lost { DisputeStatus::Lost } else { DisputeStatus::Won })
            }
        }
    }

    /// What PayPal took from us and did not give again: what it moved from and to us to settle the dispute, without its
    /// fees. Where it says nothing of movements, only a dispute that was lost took anything, namely what the payer was
    /// given: a claim that is still open holds money back, which is not gone.
    fn withdrawn(&self) -> Result<Money, PaymentUnknown> {
        let disputed = self.amount.money()?;
        if !self.money_movements.is_empty() {
            return self.moved(disputed);
        }
        let resolved = matches!(self.status, Status::Resolved);
        let outcome = self.outcome.as_ref();
        let lost = outcome.filter(|outcome| resolved && outcome.outcome_code.is_lost());
        let Some(outcome) = lost else { return Ok(Money::zero(disputed.currency)) };
        let given = outcome.amount_refunded.as_ref().ok_or_else(unsound)?.money_or_nothing()?;
        if given.currency == disputed.currency { Ok(given) } else { Err(unsound()) }
    }

    fn moved(&self, disputed: Money) -> Result<Money, PaymentUnknown> {
        let mut taken = Money::zero(disputed.currency);
        for movement in &self.money_movements {
            if movement.affected_party != Party::Seller
                || movement.reason != MovementReason::DisputeSettlement
            {
                continue;
            }
            let amount = movement.amount.money_or_nothing()?;
            let sum = match movement.direction {
                Direction::Debit => taken.plus(amount),
                Direction::Credit => taken.minus(amount),
            };
            taken = sum.map_err(|_| unsound())?;
        }
        // More than it took, PayPal does not give back.
        if taken.minor < 0 { Err(unsound()) } else { Ok(taken) }
    }
}

impl OutcomeCode {
    fn is_lost(self) -> bool {
        match self {
            Self::ResolvedBuyerFavour | Self::Accepted => true,
            Self::ResolvedSellerFavour
            | Self::ResolvedWithPayout
            | Self::CanceledByBuyer
            | Self::Denied => false,
        }
    }
}

fn instant(written: &str) -> Result<Instant, PaymentUnknown> {
    let at: Timestamp = written.parse().map_err(|_| unsound())?;
    Ok(Instant::from_millis(at.as_millisecond()))
}
