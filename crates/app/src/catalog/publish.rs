//! Publishing a catalogue.

use crate::ports::StoreError;
use crate::{App, subjects};
use farline_domain::catalog::Catalogue;

/// Publishes a whole catalogue and tells promotions their limits. Returns how many versions of plans
/// are new. What is on sale is on sale even if a limit could not be told: the worker tells it within
/// a minute.
pub async fn publish(app: &App, catalogue: Catalogue) -> Result<u32, StoreError> {
    let new = app.store.publish(catalogue, app.now()).await?;
    if let Err(problem) = subjects::limit_promotions(app).await {
        let (code, cause) = (problem.code.code(), problem.cause);
        tracing::warn!(code, cause, "a promotion's limit is told later");
    }
    Ok(new)
}
