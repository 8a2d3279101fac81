//! A bucket passed a mark on its way down.

use crate::orders::start_queued::Started;
use crate::ports::charging::DepletionRecord;
use crate::ports::records::StoredJob;
use crate::{App, Problem, orders, reminders};
use farline_domain::balance::{Depletion, DepletionMark};

/// Keeps a promised depletion where auto-renew finds it, starts the plan that waits for it, or plans what is told of it. Twice is
/// once.
pub async fn note_depletion(
    app: &App,
    job: &StoredJob,
    depletion: Depletion,
) -> Result<(), Problem> {
    let Depletion { bucket, mark, left } = depletion;
    let record = DepletionRecord { line: job.line, bucket, mark, left, at: job.first_due };
    app.store.note_depletion(&record).await?;
    // That the next plan has started is told, and nobody is asked for another.
    if mark == DepletionMark::UsedUp
        && orders::start_queued(app, job.line, job.first_due).await? == Started::Yes
    {
        return Ok(());
    }
    reminders::plan_emptied(app, job.line, depletion).await
}
