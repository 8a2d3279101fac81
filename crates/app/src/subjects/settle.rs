//! Capturing and releasing, as often as it is asked.

use crate::ports::subjects::SubjectEnvelope;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::{Actor, Context};
use farline_domain::kernel::ReservationId;
use farline_domain::subjects::{Reserved, SubjectCommand};

/// Captures or releases what an order holds.
pub async fn settle(
    app: &App,
    reserved: &Reserved,
    command: fn(ReservationId) -> SubjectCommand,
) -> Result<(), Problem> {
    let subject = reserved.subject.clone();
    let context = Context { now: app.now(), actor: Actor::System };
    let envelope = SubjectEnvelope { subject, command: command(reserved.id), context };
    match app.store.run_on_subject(envelope).await? {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let mut problem = Problem::of(ProblemCode::Internal);
            problem.cause = Some(format!("{} of {}: {refusal}", reserved.id, reserved.subject));
            Err(problem)
        }
    }
}
