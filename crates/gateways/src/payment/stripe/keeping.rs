//! Keeping cards at Stripe, and charging them.

use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, PaymentUnknown, SetupRequest, SetupState,
};
use farline_domain::payments::{Decline, DeclineAdvice};
use serde_json::Value;

use super::api::{self, Problem};
use super::charges::{self, Charge, REMEMBERS_SECONDS, Status, WITH_CHARGE, Whole};
use super::methods::Method;
use super::setups::{self, SetupSession, WITH_METHOD};
use super::{CHECKOUT_FINALS, INVALID, KEY_USED, StripeProvider, used_for_something_else};
use crate::payment::answer::{self, Answer};

/// The status of a card's decline.
const DECLINED: u16 = 402;

/// There is no such object.
const MISSING: &[(u16, &str)] = &[(400, "resource_missing"), (404, "resource_missing")];

impl StripeProvider {
    pub(super) async fn open_setup(
        &self,
        request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let call = self
            .api
            .post(&["checkout", "sessions"])
            .header("Idempotency-Key", format!("setup-{}", request.key))
            .form(&setups::form_of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                return answer::read::<SetupSession>(&body)?.page(request, self.mode).map(Ok);
            }
            Answer::Objection(objection) => objection,
        };
        let problem = Problem::of(&objection)?;
        if (objection.status, problem.kind.as_str()) != KEY_USED {
            return problem.refuse(&objection, CHECKOUT_FINALS);
        }
        // Asked for under this key before with other words; the page that was made then is the page.
        let filter = [("status", "open"), ("limit", "25")];
        let fits = |session: &SetupSession| session.is_for(request, self.mode);
        let found = self.api.find(&["checkout", "sessions"], &filter, fits).await?;
        match found.map_err(|objection| objection.unknown())? {
            Some(session) => session.page(request, self.mode).map(Ok),
            None => Err(used_for_something_else()),
        }
    }

    pub(super) async fn read_setup(
        &self,
        setup: &str,
        key: &str,
    ) -> Result<SetupState, PaymentUnknown> {
        let call = self.api.get(&["checkout", "sessions", setup]).query(&WITH_METHOD);
        api::read::<SetupSession>(call).await?.state(setup, key, self.mode)
    }

    /// Charges a kept card, or says what became of it. Stripe answers a key as it did the first time, so how a charge
    /// went on is read by its id; and it forgets a key after a day, so then what was made is looked for first.
    pub(super) async fn take(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        if request.now >= request.first_asked_at.plus_seconds(REMEMBERS_SECONDS)
            && let Some(made) = self.charge_made(request).await?
        {
            return self.conclude(request, &made).await.map(Ok);
        }
        let call = self
            .api
            .post(&["payment_intents"])
            .header("Idempotency-Key", &request.key)
            .form(&charges::form_of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                let made = Whole::of(answer::read::<Value>(&body)?)?;
                if !made.charge.is_for(request, self.mode) {
                    return Err(answer::unsound());
                }
                return match made.charge.status() {
                    Status::Succeeded => made.taken(&request.order).map(Ok),
                    _ => self.conclude(request, made.charge.name()).await.map(Ok),
                };
            }
            Answer::Objection(objection) => objection,
        };
        let problem = Problem::of(&objection)?;
        if objection.status == DECLINED || (objection.status, problem.kind.as_str()) == KEY_USED {
            let made = match problem.payment_intent.filter(|_| objection.status == DECLINED) {
                Some(made) => Some(made),
                None => self.charge_made(request).await?,
            };
            let made = made.ok_or_else(used_for_something_else)?;
            return self.conclude(request, &made).await.map(Ok);
        }
        let is_gone = MISSING.contains(&(objection.status, problem.code.as_str()))
            || (objection.status, problem.code.as_str()) == INVALID
                && matches!(problem.param.as_deref(), Some("payment_method" | "customer"));
        if is_gone {
            // Its owner, or somebody at Stripe, took it away: only its owner can name another.
            let decline = Decline { code: problem.code, advice: DeclineAdvice::AskCustomer };
            return Ok(Ok(ChargeState::Declined(decline)));
        }
        problem.refuse(&objection, CHECKOUT_FINALS)
    }

    /// The id of the intent that was made under this key, if one was.
    async fn charge_made(&self, request: &ChargeRequest) -> Result<Option<String>, PaymentUnknown> {
        // Without a customer, among what was made since it was first asked for, by clocks that differ by an hour at most.
        let since = request.first_asked_at.plus_seconds(-60 * 60).millis() / 1_000;
        let since = since.to_string();
        let whose = match request.customer.as_str() {
            "" => ("created[gte]", since.as_str()),
            customer => ("customer", customer),
        };
        let filter = [whose, ("limit", "25")];
        let ours = |charge: &Charge| charge.has_key(&request.key);
        let found = self.api.find(&["payment_intents"], &filter, ours).await?;
        let found = found.map_err(|objection| objection.unknown())?;
        Ok(found.map(|charge| charge.name().to_owned()))
    }

    /// What became of a charge. One that was declined could still be paid otherwise, so it is ended before that is said.
    async fn conclude(
        &self,
        request: &ChargeRequest,
        intent: &str,
    ) -> Result<ChargeState, PaymentUnknown> {
        let call = self.api.get(&["payment_intents", intent]).query(&WITH_CHARGE);
        let read = Whole::of(api::read(call).await?)?;
        if read.charge.name() != intent {
            return Err(answer::unsound());
        }
        if !read.charge.is_for(request, self.mode) {
            return Err(used_for_something_else());
        }
        match read.charge.status() {
            Status::Succeeded => read.taken(&request.order),
            Status::Processing => Ok(ChargeState::Pending),
            Status::Canceled => Ok(ChargeState::Declined(read.charge.declined())),
            Status::RequiresPaymentMethod
            | Status::RequiresConfirmation
            | Status::RequiresAction
            | Status::RequiresCapture => {
                // Without a key: ending again changes nothing.
                let call = self.api.post(&["payment_intents", intent, "cancel"]);
                let ended: Charge = api::read(call).await?;
                if ended.name() != intent || ended.status() != Status::Canceled {
                    return Err(answer::unsound());
                }
                Ok(ChargeState::Declined(read.charge.declined()))
            }
        }
    }

    pub(super) async fn forget(&self, method: &str) -> Result<Answered<()>, PaymentUnknown> {
        let call = self.api.post(&["payment_methods", method, "detach"]);
        let gone: Method = match answer::ask(call).await? {
            Answer::Success(body) => answer::read(&body)?,
            Answer::Objection(objection) => {
                let code = Problem::of(&objection)?.code;
                let asked = (objection.status, code.as_str());
                if MISSING.contains(&asked) {
                    return Ok(Ok(()));
                }
                if asked != INVALID {
                    return Err(objection.unknown());
                }
                // It may have been detached before, which Stripe objects to.
                api::read(self.api.get(&["payment_methods", method])).await?
            }
        };
        if gone.id() != method || gone.is_attached() {
            return Err(answer::unsound());
        }
        Ok(Ok(()))
    }
}
