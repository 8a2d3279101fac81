//! Commands on lines: load what is touched, decide in order in memory, save what changed.

use super::fault::{Fault, Reach};
use super::load::{self, Loaded};
use super::writer::{Failure, save_apart};
use super::{SqliteStore, save};
use async_trait::async_trait;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{LinePipeline, StoreError};
use farline_domain::catalog::Catalogue;
use farline_domain::commands::decide;
use farline_domain::kernel::{CommandKey, Instant, LineId};
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::Arc;

/// The lines that one transaction touches. Nothing of it outlives the transaction.
pub(crate) struct Pipeline<'a> {
    connection: &'a Connection,
    catalogue: Arc<Catalogue>,
    lines: HashMap<LineId, Loaded>,
    /// The order in which they were first touched, in which they are saved.
    touched: Vec<LineId>,
}

impl<'a> Pipeline<'a> {
    /// A pipeline within the connection's open transaction.
    pub(crate) fn new(connection: &'a Connection, catalogue: Arc<Catalogue>) -> Self {
        Self { connection, catalogue, lines: HashMap::new(), touched: Vec::new() }
    }

    /// Decides one command. What fails for this command only is its own outcome.
    pub(crate) fn decide(
        &mut self,
        envelope: Envelope,
    ) -> Result<Result<Outcome, StoreError>, Failure> {
        match self.try_decide(envelope) {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(fault) if fault.reach() == Reach::Work => Ok(Err(StoreError::from(fault))),
            Err(fault) => Err(Failure::from(fault)),
        }
    }

    fn try_decide(&mut self, envelope: Envelope) -> Result<Outcome, Fault> {
        let Envelope { line, key, command, context } = envelope;
        let connection = self.connection;
        let Some(loaded) = self.line(line, context.now)? else {
            return Ok(Outcome::NoSuchLine);
        };
        if let Some(key) = key
            && loaded.has_taken_effect(connection, key)?
        {
            return Ok(Outcome::Repeated);
        }
        loaded.load_order_of(connection, &command)?;
        loaded.load_session_of(connection, &command)?;
        match decide(&mut loaded.state, &command, &context) {
            Ok(answer) => {
                loaded.note(key);
                Ok(Outcome::Answered(answer))
            }
            Err(refusal) => Ok(Outcome::Refused(refusal)),
        }
    }

    fn line(&mut self, id: LineId, now: Instant) -> Result<Option<&mut Loaded>, Fault> {
        if !self.lines.contains_key(&id) {
            let Some(loaded) = load::line(self.connection, &self.catalogue, (id, now))? else {
                return Ok(None);
            };
            self.lines.insert(id, loaded);
            self.touched.push(id);
        }
        Ok(self.lines.get_mut(&id))
    }

    /// Writes what changed, each line by itself. Returns the lines that could not be written: their
    /// callers are told, the others' are not touched.
    pub(crate) fn save(self) -> Result<Vec<(LineId, StoreError)>, Failure> {
        let mut refused = Vec::new();
        let connection = self.connection;
        for id in self.touched {
            let Some(loaded) = self.lines.get(&id).filter(|loaded| loaded.has_changed()) else {
                continue;
            };
            if let Some(error) = save_apart(connection, || save::line(connection, loaded))? {
                refused.push((id, error));
            }
        }
        Ok(refused)
    }
}

impl Loaded {
    /// Notes what an answered command leaves to be written.
    fn note(&mut self, key: Option<CommandKey>) {
        // Taken out, so that the next decision does not copy them to be able to undo itself.
        let effects = std::mem::take(&mut self.state.effects);
        self.effects.orders.extend(effects.orders);
        self.effects.buckets.extend(effects.buckets);
        self.effects.bucket_entries.extend(effects.bucket_entries);
        self.effects.sessions.extend(effects.sessions);
        self.effects.money.extend(effects.money);
        self.effects.receipts.extend(effects.receipts);
        self.effects.jobs.extend(effects.jobs);
        self.effects.audit.extend(effects.audit);
        self.keys.extend(key);
        for record in effects.usage {
            let day = self.usage.entry((record.date, record.kind)).or_default();
            day.units = day.units.saturating_add(record.debited.count());
            day.overrun = day.overrun.saturating_add(record.overrun.count());
            day.refused = day.refused.saturating_add(record.refused.count());
        }
    }
}

#[async_trait]
impl LinePipeline for SqliteStore {
    async fn run(&self, envelope: Envelope) -> Result<Outcome, StoreError> {
        self.writer()?.command(envelope).await
    }
}
