//! Commands on lines: load what is touched, decide in order in memory, save what changed.

use super::fault::{Fault, Reach};
use super::load;
use super::writer::{Failure, save_apart};
use super::{SqliteStore, charging, save};
use crate::kept::loaded::Loaded;
use async_trait::async_trait;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{LinePipeline, StoreError};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Instant, LineId};
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
            && (loaded.keys.contains(&key) || load::command_exists(connection, line, key)?)
        {
            return Ok(Outcome::Repeated);
        }
        if let Some(id) = loaded.order_wanted(&command) {
            let found = load::order(connection, id)?;
            loaded.take_order::<Fault>(&command, found, |placing| {
                load::reference_exists(connection, placing.reference)
            })?;
        }
        if let Some(name) = loaded.session_wanted(&command)
            && let Some(session) = charging::session(connection, line, name)?
        {
            loaded.take_session(session);
        }
        Ok(loaded.decide(key, &command, &context))
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

#[async_trait]
impl LinePipeline for SqliteStore {
    async fn run(&self, envelope: Envelope) -> Result<Outcome, StoreError> {
        self.writer()?.command(envelope).await
    }
}
