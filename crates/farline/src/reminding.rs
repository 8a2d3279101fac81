//! Reminding: every line is looked at once an hour, and what is due is sent.

use farline_app::reminders::{plan_all, send_due};
use farline_app::{App, Problem};
use farline_domain::kernel::Instant;
use std::time::Duration;
use tokio::sync::watch;

/// Reminders are looked for at least this often: the sandbox clock may have moved.
const TICK: Duration = Duration::from_secs(1);
/// Seconds between two looks at every line.
const PLAN_SECONDS: i64 = 60 * 60;

/// Plans and sends reminders until told to stop.
pub(crate) async fn remind(app: App, mut stop: watch::Receiver<()>) {
    let mut planned_at = None;
    loop {
        for problem in [plan(&app, &mut planned_at).await, send(&app, &stop).await] {
            if let Err(problem) = problem {
                let cause = problem.cause.unwrap_or_default();
                tracing::error!(code = problem.code.code(), cause, "nobody can be reminded");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn plan(app: &App, planned_at: &mut Option<Instant>) -> Result<(), Problem> {
    let now = app.now();
    if planned_at.is_some_and(|at| now < at.plus_seconds(PLAN_SECONDS)) {
        return Ok(());
    }
    let all = plan_all(app, &|_| ()).await?;
    tracing::debug!(lines = all.lines, reminders = all.reminders, "every line is looked at");
    *planned_at = Some(now);
    Ok(())
}

async fn send(app: &App, stop: &watch::Receiver<()>) -> Result<(), Problem> {
    while send_due(app).await? > 0 {
        if stop.has_changed().unwrap_or(true) {
            break;
        }
    }
    Ok(())
}
