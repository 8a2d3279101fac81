//! Disputes at the stand-in, and warnings of them.

use farline_app::ports::payment::{Answered, DisputedPayment, PaymentRefusal, PaymentUnknown};

use super::shapes::disputed::Dispute;
use super::{NOT_FOUND, SandboxProvider, problem};
use crate::payment::answer::{self, Answer};

impl SandboxProvider {
    pub(super) async fn read_dispute(
        &self,
        id: &str,
    ) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        let objection = match answer::ask(self.get(&["disputes", id])).await? {
            Answer::Success(body) => return answer::read::<Dispute>(&body)?.told(id).map(Ok),
            Answer::Objection(objection) => objection,
        };
        if (objection.status, problem(&objection)?.code.as_str()) == NOT_FOUND {
            return Ok(Err(PaymentRefusal::knows_none()));
        }
        Err(objection.unknown())
    }
}
