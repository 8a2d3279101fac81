//! Keeping methods at the stand-in, and charging them.

use farline_app::ports::payment::{
    Answered, ChargeRequest, ChargeState, CheckoutPage, PaymentUnknown, SetupRequest, SetupState,
};
use farline_domain::payments::{Decline, DeclineAdvice};

use super::shapes::ProblemDetail;
use super::shapes::kept::{Charge, CreateCharge, Kept, OpenSetup, Setup};
use super::{CHECKOUT_FINALS, KEY_USED, NOT_FOUND, SandboxProvider, problem, read};
use crate::payment::answer::{self, Answer};

impl SandboxProvider {
    pub(super) async fn open_setup(
        &self,
        request: &SetupRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let call = self
            .post(&["setups"])
            .header("Idempotency-Key", format!("setup-{}", request.key))
            .json(&OpenSetup::of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => return answer::read::<Setup>(&body)?.page(request).map(Ok),
            Answer::Objection(objection) => objection,
        };
        let ProblemDetail { code, message } = problem(&objection)?;
        if (objection.status, code.as_str()) == KEY_USED {
            let fits = |setup: &Setup| setup.is_for(request);
            return self.made_before("setups", &request.key, fits).await?.page(request).map(Ok);
        }
        let refusal = objection.refusal(&code, &message, CHECKOUT_FINALS);
        refusal.map(Err).ok_or_else(|| objection.unknown())
    }

    pub(super) async fn read_setup(
        &self,
        setup: &str,
        key: &str,
    ) -> Result<SetupState, PaymentUnknown> {
        read::<Setup>(self.get(&["setups", setup])).await?.state(setup, key)
    }

    /// The stand-in keeps its first answer under a key for ever, so how a charge went on is read by its id.
    pub(super) async fn take(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        let call = self
            .post(&["charges"])
            .header("Idempotency-Key", &request.key)
            .json(&CreateCharge::of(request));
        let objection = match answer::ask(call).await? {
            Answer::Success(body) => {
                let charge: Charge = answer::read(&body)?;
                let charge = match charge.pending() {
                    Some(id) if charge.is_for(request) => read(self.get(&["charges", id])).await?,
                    _ => charge,
                };
                return charge.state(request).map(Ok);
            }
            Answer::Objection(objection) => objection,
        };
        let ProblemDetail { code, message } = problem(&objection)?;
        let asked = (objection.status, code.as_str());
        if asked == KEY_USED {
            // Asked for under other words before; what came of it then is what came of it.
            let fits = |charge: &Charge| charge.is_for(request);
            let charge = self.made_before("charges", &request.order, fits).await?;
            return charge.state(request).map(Ok);
        }
        if asked == NOT_FOUND {
            // There is no such method: only its owner can name another.
            let advice = DeclineAdvice::AskCustomer;
            return Ok(Ok(ChargeState::Declined(Decline { code, advice })));
        }
        let refusal = objection.refusal(&code, &message, CHECKOUT_FINALS);
        refusal.map(Err).ok_or_else(|| objection.unknown())
    }

    pub(super) async fn forget(&self, method: &str) -> Result<Answered<()>, PaymentUnknown> {
        match answer::ask(self.delete(&["methods", method])).await? {
            Answer::Success(body) => {
                let is_forgotten = answer::read::<Kept>(&body)?.is_forgotten(method);
                if is_forgotten { Ok(Ok(())) } else { Err(answer::unsound()) }
            }
            Answer::Objection(objection) => {
                let code = problem(&objection)?.code;
                let is_gone = (objection.status, code.as_str()) == NOT_FOUND;
                if is_gone { Ok(Ok(())) } else { Err(objection.unknown()) }
            }
        }
    }
}
