//! Keeping PayPal accounts, and charging them.

use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, CheckoutState, PaymentUnknown,
    SetupRequest, SetupState,
};
use farline_domain::payments::Decline;
use reqwest::Method;

use super::orders::{self, Order, Stage};
use super::problem::{self, ORDER_FINALS};
use super::vault::{self, PaymentToken, SetupToken};
use super::{PayPalProvider, time_is_over};
use crate::payment::answer::{self, Answer};

/// How long PayPal surely remembers the key of a charge, in seconds: ten minutes less than the six hours it promises.
const REMEMBERS_SECONDS: i64 = 6 * 60 * 60 - 600;

const SETUP_TOKENS: [&str; 3] = ["v3", "vault", "setup-tokens"];
const PAYMENT_TOKENS: [&str; 3] = ["v3", "vault", "payment-tokens"];

impl PayPalProvider {
    pub(super) async fn open_setup(
        &self,
        request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        if self.access.now() >= request.expires_at {
            return Err(time_is_over());
        }
        let call = self.access.post(&SETUP_TOKENS, &format!("setup-{}", request.key));
        match self.access.ask(call.json(&vault::set_up(request))).await? {
            Answer::Success(body) => answer::read::<SetupToken>(&body)?.page(request).map(Ok),
            Answer::Objection(objection) => problem::refusal(&objection, &[]).map(Err),
        }
    }

    /// Whether the owner has agreed; and if so the account is kept now, under the page's key.
    pub(super) async fn read_setup(
        &self,
        setup: &str,
        key: &str,
    ) -> Result<SetupState, PaymentUnknown> {
        let path = [&SETUP_TOKENS[..], &[setup]].concat();
        let token: SetupToken = match self.access.ask(self.access.get(&path)).await? {
            Answer::Success(body) => answer::read(&body)?,
            // PayPal forgets a page after three days.
            Answer::Objection(objection) if problem::is_missing(&objection) => {
                return Ok(SetupState::Expired);
            }
            Answer::Objection(objection) => return Err(objection.unknown()),
        };
        if !token.is_agreed(setup)? {
            return Ok(SetupState::Open);
        }
        let call = self.access.post(&PAYMENT_TOKENS, &format!("keep-{key}"));
        let kept: PaymentToken = self.access.read(call.json(&vault::keep(setup))).await?;
        Ok(kept.saved()?.map_or(SetupState::Open, SetupState::Saved))
    }

    /// Charges a kept account. PayPal answers a key with the order as it is now, for six hours; it cannot be asked
    /// for an order by ours, so after that nobody of us can know, and repeating could take the money twice.
    pub(super) async fn take(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        let until = request.first_asked_at.plus_seconds(REMEMBERS_SECONDS);
        if request.now >= until {
            let words = "PayPal may have forgotten this charge: a person has to look in PayPal \
                         whether it was taken, and it is not asked for again";
            return Err(PaymentUnknown(words.to_owned()));
        }
        let call = self.access.post(&["v2", "checkout", "orders"], &request.key);
        match self.access.ask(call.json(&orders::charge(request, until))).await? {
            Answer::Success(body) => {
                let order: Order = answer::read(&body)?;
                if !order.is_charge(request, until)? {
                    return Err(answer::unsound());
                }
                self.conclude(&order).await.map(Ok)
            }
            Answer::Objection(objection) => match problem::decline(&objection) {
                Some(decline) => Ok(Ok(ChargeState::Declined(decline))),
                None => problem::refusal(&objection, ORDER_FINALS).map(Err),
            },
        }
    }

    /// What came of a charge. One that waits for the payer is ended, so that nobody captures it any more.
    async fn conclude(&self, order: &Order) -> Result<ChargeState, PaymentUnknown> {
        let state = match order.stage(order.id())? {
            Stage::Waiting | Stage::Approved => self.end(order.id()).await?,
            stage @ (Stage::Pending | Stage::Over | Stage::Captured(_)) => {
                stage.settled().ok_or_else(answer::unsound)?
            }
        };
        Ok(told(state, order.declined()?))
    }

    pub(super) async fn forget(&self, method: &str) -> Result<Answered<()>, PaymentUnknown> {
        let path = [&PAYMENT_TOKENS[..], &[method]].concat();
        let call = self.access.request(Method::DELETE, &path);
        if let Answer::Objection(objection) = self.access.ask(call).await? {
            let is_gone = problem::is_missing(&objection);
            return if is_gone { Ok(Ok(())) } else { Err(objection.unknown()) };
        }
        // The answer has no words; that the account is gone is read.
        match self.access.ask(self.access.get(&path)).await? {
            Answer::Objection(objection) if problem::is_missing(&objection) => Ok(Ok(())),
            Answer::Objection(objection) => Err(objection.unknown()),
            Answer::Success(_) => Err(answer::unsound()),
        }
    }
}

/// An order's state as a charge's. Nothing is kept anew by a charge.
fn told(state: CheckoutState, decline: Decline) -> ChargeState {
    match state {
        CheckoutState::Captured(mut payment) => {
            payment.saved = None;
            ChargeState::Captured(payment)
        }
        CheckoutState::Open => ChargeState::Pending,
        CheckoutState::Expired => ChargeState::Declined(decline),
    }
}
