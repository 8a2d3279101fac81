//! A supplier that is only played: what becomes of a delivery follows the last two digits of the number, and time is
//! the asker's. It remembers what was sent under each reference in a journal, as a real supplier does.

mod journal;
mod outcome;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Instant;

use journal::{Journal, Sent};

pub use outcome::{ENDINGS, Ending, Outcome};

/// Why the journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read, created or synced.
    #[error("the simulated supplier's journal cannot be opened")]
    Journal(#[from] std::io::Error),
    /// Another supplier has it open.
    #[error("the simulated supplier's journal is in use")]
    InUse,
    /// A line before the last one is not what was written.
    #[error("the simulated supplier's journal is damaged in line {line}")]
    Damaged {
        /// The number of the line, from 1.
        line: usize,
    },
}

/// The played supplier.
pub struct SimulatedSupplier {
    name: String,
    journal: Arc<Mutex<Journal>>,
}

impl SimulatedSupplier {
    /// Opens or creates the journal, cuts a torn end and reads the rest. Reads the whole file, so it belongs to
    /// the start of the program. `name` is the adapter's name, as operators name it.
    pub fn open(journal: impl AsRef<Path>, name: impl Into<String>) -> Result<Self, OpenError> {
        let journal = Arc::new(Mutex::new(Journal::open(journal.as_ref())?));
        Ok(Self { name: name.into(), journal })
    }
}

#[async_trait]
impl DeliverySupplier for SimulatedSupplier {
    fn name(&self) -> &str {
        &self.name
    }

    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        let journal = Arc::clone(&self.journal);
        let (reference, now) = (request.reference.clone(), request.now);
        let ending = outcome::ending_of(&request.number);
        // The write goes on to its end even when the caller goes away.
        let work = tokio::task::spawn_blocking(move || {
            let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
            journal.keep(&reference, ending, now).map(|sent| answer(sent, now))
        });
        match work.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                tracing::error!(%error, "the simulated supplier cannot write its journal");
                DeliveryAnswer::Unknown
            }
            Err(_) => DeliveryAnswer::Unknown,
        }
    }

    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        let journal = Arc::clone(&self.journal);
        let (reference, now) = (request.reference.clone(), request.now);
        // On a thread that may block, as a write may be under way.
        let work = tokio::task::spawn_blocking(move || {
            let journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
            journal.sent(&reference).map(|sent| answer(sent, now))
        });
        // What it has not received, it knows nothing of.
        work.await.ok().flatten().unwrap_or(DeliveryAnswer::Unknown)
    }

    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        Ok(SupplierStanding { float: None, taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        // Whatever it is asked for, it plays.
        Ok(Vec::new())
    }
}

fn answer(sent: &Sent, now: Instant) -> DeliveryAnswer {
    sent.outcome.answer(now.millis_since(sent.at), &sent.supplier_reference)
}
