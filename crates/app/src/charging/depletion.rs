//! A bucket passed a mark on its way down.

use crate::ports::charging::DepletionRecord;
use crate::ports::records::StoredJob;
use crate::{App, Problem, reminders};
use farline_domain::balance::Depletion;

/// Keeps a promised depletion where auto-renew finds it, and plans what is told of it. Twice is once.
pub async fn note_depletion(
    app: &App,
    job: &StoredJob,
    depletion: Depletion,
) -> Result<(), Problem> {
    let Depletion { bucket, mark, left } = depletion;
    let record = DepletionRecord { line: job.line, bucket, mark, left, at: job.first_due };
    app.store.note_depletion(&record).await?;
    reminders::plan_emptied(app, job.line, depletion).await
}
