//! Many callers at once, each asking again as soon as it is answered, for a while.

use eyre::{Result, eyre};
use hdrhistogram::Histogram;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest time of an answer that is told apart from longer ones, in microseconds.
const LONGEST_MICROS: u64 = 3_600_000_000;

/// What the callers saw.
pub(crate) struct Seen {
    /// How many were answered as they should be.
    pub(crate) done: u64,
    /// How many were answered otherwise.
    pub(crate) failed: u64,
    /// In what time.
    pub(crate) took: Duration,
    /// How long each waited, in microseconds.
    pub(crate) waited: Histogram<u64>,
}

impl Seen {
    /// One caller, who waited for all of it.
    pub(crate) fn one(done: u64, took: Duration) -> Result<Self> {
        let mut waited = Histogram::new_with_bounds(1, LONGEST_MICROS, 3)?;
        waited.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        Ok(Self { done, failed: 0, took, waited })
    }

    /// The wait in milliseconds that a share of all answers stayed within.
    pub(crate) fn quantile_ms(&self, share: f64) -> f64 {
        micros_as_ms(self.waited.value_at_quantile(share))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a wait is far below 2^52 microseconds")]
fn micros_as_ms(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

/// Lets `clients` callers ask, each with the next number, until the time is over. `ask` says whether
/// it was answered as it should be.
pub(crate) async fn drive<A, F>(clients: u32, lasts: Duration, ask: A) -> Result<Seen>
where
    A: Fn(u64) -> F + Clone + Send + 'static,
    F: Future<Output = bool> + Send,
{
    let waited = Arc::new(Mutex::new(Histogram::new_with_bounds(1, LONGEST_MICROS, 3)?));
    let numbers = Arc::new(AtomicU64::new(0));
    let failed = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let callers = (0..clients).map(|_| {
        let (ask, numbers, failed) = (ask.clone(), Arc::clone(&numbers), Arc::clone(&failed));
        let waited = Arc::clone(&waited);
        tokio::spawn(async move {
            let mut own = Histogram::<u64>::new_with_bounds(1, LONGEST_MICROS, 3)?;
            while started.elapsed() < lasts {
                let asked = Instant::now();
                if ask(numbers.fetch_add(1, Ordering::Relaxed)).await {
                    let micros = u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX);
                    own.saturating_record(micros);
                } else {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
            }
            let mut waited = waited.lock().map_err(|_| eyre!("a caller broke off"))?;
            waited.add(own)?;
            Ok::<(), eyre::Report>(())
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    let took = started.elapsed();
    let waited = waited.lock().map_err(|_| eyre!("a caller broke off"))?.clone();
    Ok(Seen { done: waited.len(), failed: failed.load(Ordering::Relaxed), took, waited })
}
