//! Commands on subjects wait in a lane of their subject. Whoever finds the lane empty starts to drive
//! it: everything that waits is one batch, decided and committed together, until nothing waits.

use super::fault::{Fault, Reach};
use super::pool::Pool;
use super::subjects;
use crate::kept::subjects::Outcome;
use farline_app::ports::StoreError;
use farline_app::ports::subjects::SubjectEnvelope;
use farline_domain::subjects::SubjectKey;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// How many commands one commit takes at most.
const BATCH: usize = 256;

/// A command that waits, and who asked for it.
pub(super) struct Waiting {
    pub(super) envelope: SubjectEnvelope,
    asker: oneshot::Sender<Result<Outcome, StoreError>>,
}

/// The lanes of all subjects that somebody waits for.
#[derive(Clone)]
pub(crate) struct Lanes {
    pool: Pool,
    waiting: Arc<Mutex<HashMap<SubjectKey, Vec<Waiting>>>>,
}

impl Lanes {
    pub(crate) fn new(pool: Pool) -> Self {
        Self { pool, waiting: Arc::default() }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<SubjectKey, Vec<Waiting>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides and commits a command. It is done even if whoever asked no longer waits.
    pub(crate) async fn run(&self, envelope: SubjectEnvelope) -> Result<Outcome, StoreError> {
        let (asker, answer) = oneshot::channel();
        let key = envelope.subject.clone();
        let is_first = {
            let mut waiting = self.waiting();
            let is_first = !waiting.contains_key(&key);
            waiting.entry(key.clone()).or_default().push(Waiting { envelope, asker });
            is_first
        };
        if is_first {
            let driver = Driver { lanes: self.clone(), key, is_over: false };
            tokio::spawn(async move { driver.drive().await });
        }
        answer.await.map_err(|_| StoreError::Failed("the work was broken off".to_owned()))?
    }
}

/// Drives one lane.
struct Driver {
    lanes: Lanes,
    key: SubjectKey,
    /// Whether it has given its lane up: what is there now is another's.
    is_over: bool,
}

impl Driver {
    async fn drive(mut self) {
        loop {
            let batch = self.next();
            if batch.is_empty() {
                return;
            }
            self.commit(batch).await;
        }
    }

    /// What waits; an empty lane is given up.
    fn next(&mut self) -> Vec<Waiting> {
        let mut waiting = self.lanes.waiting();
        let lane = waiting.get_mut(&self.key);
        let batch: Vec<Waiting> =
            lane.map(|lane| lane.drain(..lane.len().min(BATCH)).collect()).unwrap_or_default();
        if batch.is_empty() {
            waiting.remove(&self.key);
            self.is_over = true;
        }
        batch
    }

    /// Commits a batch. One that cannot be decided or written spoils only its own: the others are
    /// done one by one.
    async fn commit(&self, batch: Vec<Waiting>) {
        match self.attempt(&batch).await {
            Ok(outcomes) => tell(batch, outcomes.into_iter().map(Ok)),
            Err(fault) if fault.reach() == Reach::Work && batch.len() > 1 => {
                for one in batch {
                    let alone = vec![one];
                    let outcome = self.attempt(&alone).await;
                    tell(alone, told(outcome));
                }
            }
            Err(fault) => {
                let error = StoreError::from(fault);
                tell(batch, std::iter::repeat(Err(error)));
            }
        }
    }

    async fn attempt(&self, batch: &[Waiting]) -> Result<Vec<Outcome>, Fault> {
        transaction!(self.lanes.pool, |session| { subjects::run(&session, &self.key, batch).await })
    }
}

impl Drop for Driver {
    /// Whatever ends the driver, nobody is left waiting in a lane that nobody drives.
    fn drop(&mut self) {
        if !self.is_over {
            self.lanes.waiting().remove(&self.key);
        }
    }
}

fn told(outcome: Result<Vec<Outcome>, Fault>) -> std::vec::IntoIter<Result<Outcome, StoreError>> {
    let told = match outcome {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(fault) => vec![Err(StoreError::from(fault))],
    };
    told.into_iter()
}

fn tell(batch: Vec<Waiting>, outcomes: impl Iterator<Item = Result<Outcome, StoreError>>) {
    for (one, outcome) in batch.into_iter().zip(outcomes) {
        // Whoever no longer waits does not need the answer.
        drop(one.asker.send(outcome));
    }
}
