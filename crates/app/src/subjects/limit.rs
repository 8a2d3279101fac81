//! The limits of promotions, as their subjects have them.

use crate::ports::subjects::SubjectEnvelope;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::{Actor, Context};
use farline_domain::kernel::Units;
use farline_domain::subjects::{Quantity, SubjectCommand, SubjectKey};

/// Tells each promotion's subject the limits that the catalogue gives it. Until it is told, the
/// subject counts by the limits it has. A promotion that was never limited has no subject.
pub async fn limit_promotions(app: &App) -> Result<(), Problem> {
    for promotion in app.store.catalogue().promotions.values() {
        let subject = SubjectKey::Promotion(promotion.code.clone());
        let (known, limits) = (app.store.subject(&subject).await?, promotion.limits());
        if known.map(|known| known.limits).unwrap_or_default() == limits {
            continue;
        }
        let command = SubjectCommand::Limit(Quantity::redemptions(Units::ZERO), limits);
        let context = Context { now: app.now(), actor: Actor::System };
        let envelope = SubjectEnvelope { subject, command, context };
        if let Err(refusal) = app.store.run_on_subject(envelope).await? {
            let mut problem = Problem::of(ProblemCode::Internal);
            problem.cause = Some(format!("the promotion {}: {refusal}", promotion.code));
            return Err(problem);
        }
    }
    Ok(())
}
