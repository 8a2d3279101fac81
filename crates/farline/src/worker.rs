//! The worker: jobs as they fall due, the sweeping of what is over, and the forgetting of what need
//! not be kept.

use farline_app::ports::delivery::{DeliverySupplier, SupplierSilent};
use farline_app::shops::{Shop, look_at_due, read};
use farline_app::{
    App, Problem, charging, comparison, hotline, jobs, partners, payments, reminders, subjects,
    suppliers, voice,
};
use farline_domain::kernel::{Cells, Instant};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Jobs are looked for at least this often: the sandbox clock may have moved.
const TICK: Duration = Duration::from_millis(250);
/// Sweeps happen this often.
const SWEEP: Duration = Duration::from_mins(1);
/// Suppliers are looked at this often …
const LOOK: Duration = Duration::from_secs(10);
/// … and have so long to say how they stand: a sale stops within a minute of their falling silent.
const STANDING_WITHIN: Duration = Duration::from_secs(6);
/// Lines swept at once.
const SWEEP_BATCH: u32 = 500;
/// How long idempotency keys are kept, in seconds.
const KEEP_REQUESTS_SECONDS: i64 = 30 * 24 * 60 * 60;
/// A day, in seconds.
const DAY_SECONDS: i64 = 24 * 60 * 60;
/// How long quotes that expired are kept, in seconds.
const KEEP_QUOTES_SECONDS: i64 = 24 * 60 * 60;

/// Does jobs until told to stop.
pub(crate) async fn work(app: App, mut stop: watch::Receiver<()>) {
    loop {
        match jobs::run_due(&app).await {
            Ok(done) if done > 0 => {
                if stop.has_changed().unwrap_or(true) {
                    return;
                }
                continue;
            }
            Ok(_) => {}
            Err(problem) => {
                let cause = problem.cause.unwrap_or_default();
                tracing::error!(code = problem.code.code(), cause, "jobs cannot be read");
            }
        }
        tokio::select! {
            () = app.wake.notified() => {}
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Looks after the items of shops until told to stop. Each shop is read beside that, so that a slow one delays no other.
pub(crate) async fn shops(app: App, mut stop: watch::Receiver<()>) {
    let mut reading = JoinSet::new();
    for shop in app.shops.each() {
        reading.spawn(read_shop(app.clone(), shop.clone(), stop.clone()));
    }
    while !reading.is_empty() {
        match look_at_due(&app).await {
            Ok(_) => {}
            Err(problem) => {
                let cause = problem.cause.unwrap_or_default();
                tracing::error!(code = problem.code.code(), cause, "items of shops cannot be read");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => break,
        }
    }
    while reading.join_next().await.is_some() {}
}

async fn read_shop(app: App, shop: Shop, mut stop: watch::Receiver<()>) {
    loop {
        if let Err(problem) = read(&app, &shop).await {
            let cause = problem.cause.unwrap_or_default();
            let code = problem.code.code();
            tracing::warn!(shop = %shop.name, code, cause, "a shop is not read");
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Sweeps and forgets until told to stop.
pub(crate) async fn sweep(app: App, mut stop: watch::Receiver<()>) {
    let mut turn = 0;
    let mut daily = None;
    loop {
        let swept = sweep_once(&app, Cells::share(turn)).await;
        for problem in
            [swept, every_day(&app, &mut daily).await].into_iter().filter_map(Result::err)
        {
            let cause = problem.cause.unwrap_or_default();
            tracing::error!(code = problem.code.code(), cause, "sweeping failed");
        }
        turn = (turn + 1) % Cells::SHARES;
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Looks at suppliers until told to stop. Only those with terms are looked at: the one that plays has none.
pub(crate) async fn look_at_suppliers(app: App, mut stop: watch::Receiver<()>) {
    if app.supplier_terms.is_empty() {
        return;
    }
    loop {
        // None waits for another that is silent.
        let mut looks = JoinSet::new();
        for (name, supplier) in &app.suppliers {
            if app.supplier_terms.contains_key(name) {
                looks.spawn(look_once(app.clone(), name.clone(), Arc::clone(supplier)));
            }
        }
        looks.join_all().await;
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn look_once(app: App, name: String, supplier: Arc<dyn DeliverySupplier>) {
    let looked = async {
        if !suppliers::is_look_due(&app, &name).await? {
            return Ok(());
        }
        let silent = |_| SupplierSilent("no answer in time".to_owned());
        let look = tokio::time::timeout(STANDING_WITHIN, supplier.standing()).await;
        suppliers::looked(&app, &name, look.map_err(silent).flatten()).await
    };
    if let Err(error) = looked.await {
        tracing::error!(supplier = name, %error, "what a look at a supplier says is not kept");
    }
}

/// The promised sweeps are jobs; this look backs them up, and closes buckets that are over. What need
/// not be kept is forgotten a share at a time, so that no look is long.
async fn sweep_once(app: &App, forgetting: Cells) -> Result<(), Problem> {
    let now = app.now();
    look_after_subjects(app).await;
    loop {
        let lines = app.store.lines_to_sweep(now, SWEEP_BATCH).await?;
        let count = lines.len();
        for line in lines {
            if let Err(problem) = charging::sweep(app, line).await {
                tracing::error!(line = %line, code = problem.code.code(), "a line is not swept");
                return Ok(());
            }
        }
        if count < usize::try_from(SWEEP_BATCH).unwrap_or(usize::MAX) {
            break;
        }
    }
    let store = &app.store;
    store.forget_requests(forgetting, now.plus_seconds(-KEEP_REQUESTS_SECONDS)).await?;
    store.forget_quotes(forgetting, now.plus_seconds(-KEEP_QUOTES_SECONDS)).await?;
    charging::forget(app, forgetting).await?;
    partners::requests::forget(app, forgetting).await?;
    store.forget_reminders(forgetting, now.plus_seconds(-reminders::KEPT_SECONDS)).await?;
    Ok(())
}

/// What is over all cells at once is forgotten once a day, and at every start; and how well channels serve is measured.
async fn every_day(app: &App, last: &mut Option<Instant>) -> Result<(), Problem> {
    let now = app.now();
    if last.is_some_and(|last| now < last.plus_seconds(DAY_SECONDS)) {
        return Ok(());
    }
    payments::forget_events(app).await?;
    voice::calls::forget(app).await?;
    hotline::keypad::forget(app).await?;
    comparison::measure_channels(app).await?;
    *last = Some(now);
    Ok(())
}

/// Tells promotions their limits and looks after what orders hold. Others' sweeps do not wait for it.
async fn look_after_subjects(app: &App) {
    let looked = subjects::look_after(app).await.map(drop);
    let told = subjects::limit_promotions(app).await;
    for problem in [looked, told].into_iter().filter_map(Result::err) {
        let cause = problem.cause.unwrap_or_default();
        tracing::error!(code = problem.code.code(), cause, "subjects are not looked after");
    }
}
