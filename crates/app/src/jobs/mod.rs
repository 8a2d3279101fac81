//! The worker: does what earlier commits promised. A job may run twice; each step it takes is safe to
//! repeat.

use crate::auto_renew::Stepped;
use crate::notices::{self, Attempt};
use crate::ports::records::StoredJob;
use crate::{
    App, Problem, auto_renew, charging, deliveries, orders, partners, payments, receipts, subjects,
};
use farline_domain::commands::{ASK_DISPUTE_SECONDS, Actor, HeldChoice, JobKind, LineCommand};
use farline_domain::kernel::Instant;
use farline_domain::orders::{Order, OrderState};
use farline_domain::subjects::SubjectCommand;

/// Jobs taken at once.
const BATCH: u32 = 64;
/// How long a provider is asked about an order after it ended unpaid, in seconds: money can still
/// arrive.
const LATE_MONEY_SECONDS: i64 = 24 * 60 * 60;

/// Seconds between two questions about a charge that the provider is working on.
const CHARGE_AGAIN_SECONDS: i64 = 60;

/// What is to become of a job.
enum Next {
    /// It is done.
    Finish,
    /// It is to run again.
    At(Instant),
}

/// What pauses is looked at again after so many seconds: until then the payer may have said how to tell them.
const PAUSE_SECONDS: i64 = 24 * 60 * 60;

/// Does everything that is due now. Returns how many jobs were done or put off.
pub async fn run_due(app: &App) -> Result<usize, Problem> {
    let jobs = app.store.due_jobs(app.now(), BATCH).await?;
    let count = jobs.len();
    let mut running = tokio::task::JoinSet::new();
    for job in jobs {
        let app = app.clone();
        running.spawn(async move { run(&app, job).await });
    }
    while running.join_next().await.is_some() {}
    Ok(count)
}

/// Does one job. What fails is put off, longer each time.
pub async fn run(app: &App, job: StoredJob) {
    let next = match perform(app, &job).await {
        Ok(next) => next,
        Err(problem) => {
            let (code, cause) = (problem.code.code(), problem.cause);
            tracing::warn!(job = job.kind.code(), code, cause, "a job is put off");
            Next::At(app.now().plus_seconds(back_off(job.attempts)))
        }
    };
    let kept = match next {
        Next::Finish => app.store.finish_job(&job).await,
        Next::At(due) => app.store.put_off_job(&job, due).await,
    };
    match kept {
        Ok(true) => {}
        // Nothing is lost: each step is safe to repeat, and whoever has the cell now repeats it.
        Ok(false) => tracing::info!(job = job.kind.code(), "a job has gone to another process"),
        Err(error) => tracing::error!(job = job.kind.code(), %error, "a job is not struck off"),
    }
}

/// Seconds until the next attempt: 2, 4, 8 … at most 15 minutes.
fn back_off(attempts: u32) -> i64 {
    1_i64.checked_shl(attempts.saturating_add(1).min(10)).unwrap_or(900).min(900)
}

async fn perform(app: &App, job: &StoredJob) -> Result<Next, Problem> {
    match &job.kind {
        JobKind::Sweep => charging::sweep(app, job.line).await.map(|()| Next::Finish),
        JobKind::Depletion(depletion) => {
            charging::note_depletion(app, job, *depletion).await.map(|()| Next::Finish)
        }
        JobKind::AutoRenew => Ok(match auto_renew::step(app, job.line).await? {
            Stepped::Done => Next::Finish,
            Stepped::Paused => Next::At(app.now().plus_seconds(PAUSE_SECONDS)),
        }),
        JobKind::AutoRenewNotice(notice) => {
            let attempt = auto_renew::notice::send(app, job, notice).await?;
            Ok(after(app, job, &attempt))
        }
        JobKind::CaptureReservation(reserved) => {
            subjects::settle(app, reserved, SubjectCommand::Capture).await.map(|()| Next::Finish)
        }
        JobKind::ReleaseReservation(reserved) => {
            subjects::settle(app, reserved, SubjectCommand::Release).await.map(|()| Next::Finish)
        }
        JobKind::AskPayment
        | JobKind::Expire
        | JobKind::Send
        | JobKind::AskDelivery
        | JobKind::Charge
        | JobKind::Refund(_)
        | JobKind::AskRefund(_)
        | JobKind::AskDispute(_)
        | JobKind::Notice(..)
        | JobKind::TellSeller(_)
        | JobKind::RenderReceipt => {
            let Some(order) = job.order else { return Ok(Next::Finish) };
            let Some(order) = app.store.order(order).await? else { return Ok(Next::Finish) };
            perform_on(app, job, &order).await
        }
    }
}

async fn perform_on(app: &App, job: &StoredJob, order: &Order) -> Result<Next, Problem> {
    match &job.kind {
        JobKind::AskPayment => ask_payment(app, job, order).await,
        JobKind::Expire => expire(app, order).await,
        JobKind::Send => deliveries::send(app, order).await.map(|order| checked(app, &order)),
        JobKind::AskDelivery => deliveries::ask(app, order).await.map(|order| checked(app, &order)),
        JobKind::Charge => {
            let order = payments::charge(app, order).await?;
            Ok(if order.is_charge_unknown() && order.capture().is_none() {
                Next::At(app.now().plus_seconds(CHARGE_AGAIN_SECONDS))
            } else {
                Next::Finish
            })
        }
        JobKind::Refund(number) => {
            payments::refund(app, order, *number).await.map(|_| Next::Finish)
        }
        JobKind::AskRefund(number) => {
            payments::ask_refund(app, order, *number).await.map(|_| Next::Finish)
        }
        JobKind::AskDispute(id) => ask_dispute(app, order, id).await,
        JobKind::Notice(reason, recipient) => {
            let attempt = notices::send(app, job, order, (*reason, *recipient)).await?;
            Ok(after(app, job, &attempt))
        }
        JobKind::TellSeller(stage) => {
            let next = partners::tell(app, job, (order, *stage)).await?;
            Ok(next.map_or(Next::Finish, Next::At))
        }
        JobKind::RenderReceipt => receipts::receipt_pdf(app, order).await.map(|_| Next::Finish),
        // Of a line or of another subject, not of an order.
        JobKind::Sweep
        | JobKind::Depletion(_)
        | JobKind::AutoRenew
        | JobKind::AutoRenewNotice(_)
        | JobKind::CaptureReservation(_)
        | JobKind::ReleaseReservation(_) => Ok(Next::Finish),
    }
}

/// Asks about a dispute once a day until it is decided, as its webhooks may be lost.
async fn ask_dispute(app: &App, order: &Order, id: &str) -> Result<Next, Problem> {
    let known = |order: &Order| order.disputes.iter().find(|one| one.told.id == id).cloned();
    let Some(before) = known(order) else { return Ok(Next::Finish) };
    payments::dispute(app, app.providers.of(&before.told.provider)?, id).await?;
    let after = app.store.order(order.id).await?.as_ref().and_then(known);
    let is_over = after.is_none_or(|dispute| !dispute.told.status.is_open());
    let again = app.now().plus_seconds(ASK_DISPUTE_SECONDS);
    Ok(if is_over { Next::Finish } else { Next::At(again) })
}

/// A notice that was not taken is tried again.
fn after(app: &App, job: &StoredJob, attempt: &Attempt) -> Next {
    match attempt {
        Attempt::Settled => Next::Finish,
        Attempt::Again => Next::At(app.now().plus_seconds(back_off(job.attempts))),
    }
}

/// A delivered order is asked about a few times more: a supplier may take it back. While the outcome
/// is open, the commit that noted it has promised the next question already.
fn checked(app: &App, order: &Order) -> Next {
    deliveries::next_reversal_check(order, app.now()).map_or(Next::Finish, Next::At)
}

/// Polls the provider: after 1, 2 and 5 minutes, then every 5, and for a day after an order ended
/// unpaid, hourly.
async fn ask_payment(app: &App, job: &StoredJob, order: &Order) -> Result<Next, Problem> {
    let order = payments::settle(app, order).await?;
    let now = app.now();
    Ok(match &order.state {
        OrderState::AwaitingPayment { .. } => {
            let waited = now.millis_since(job.first_due) / 1000;
            Next::At(now.plus_seconds(if waited < 180 { 60 } else { 300 }))
        }
        OrderState::Cancelled { at } | OrderState::Expired { at } => {
            let is_over = now.millis_since(*at) > LATE_MONEY_SECONDS * 1000;
            if is_over { Next::Finish } else { Next::At(now.plus_seconds(3600)) }
        }
        OrderState::Held { .. }
        | OrderState::Delivering { .. }
        | OrderState::Unknown { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. } => Next::Finish,
    })
}

/// Ends an order whose time to pay has passed: first the provider's page, so that a payment which
/// came in time counts. A held second payment goes back when its time to choose has passed.
async fn expire(app: &App, order: &Order) -> Result<Next, Problem> {
    if matches!(order.state, OrderState::Held { .. })
        && order.task.is_some_and(|task| app.now() >= task.by)
    {
        orders::choose_held(app, order, HeldChoice::Refund, Actor::System).await?;
        return Ok(Next::Finish);
    }
    if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
        return Ok(Next::Finish);
    }
    let order = payments::close(app, order).await?;
    app.run(order.line, LineCommand::Expire(order.id), Actor::System).await?;
    Ok(Next::Finish)
}
