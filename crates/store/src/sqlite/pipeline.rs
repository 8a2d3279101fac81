//! Commands on lines: load what is touched, decide in order in memory, save what changed.

use super::fault::{Fault, Reach};
use super::load;
use super::writer::{Failure, save_apart, start_over};
use super::{SqliteStore, charging, requests, save};
use crate::kept::loaded::{KeptBeside, Loaded};
use crate::kept::requests::Key;
use async_trait::async_trait;
use farline_app::ports::pipeline::{Beside, Envelope, Outcome, Ran};
use farline_app::ports::{LinePipeline, StoreError};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Instant, LineId};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A command with what is to be kept beside it.
pub(crate) struct Asked {
    pub(crate) envelope: Envelope,
    pub(crate) beside: KeptBeside,
}

/// The lines that one transaction touches. Nothing of it outlives the transaction.
pub(crate) struct Pipeline<'a> {
    connection: &'a Connection,
    catalogue: Arc<Catalogue>,
    lines: HashMap<LineId, Loaded>,
    /// The order in which they were first touched, in which they are saved.
    touched: Vec<LineId>,
    /// The keys that its commands claim.
    claimed: HashSet<[u8; 32]>,
}

impl<'a> Pipeline<'a> {
    /// A pipeline within the connection's open transaction.
    pub(crate) fn new(connection: &'a Connection, catalogue: Arc<Catalogue>) -> Self {
        let (lines, touched, claimed) = (HashMap::new(), Vec::new(), HashSet::new());
        Self { connection, catalogue, lines, touched, claimed }
    }

    /// Decides one command. What fails for this command only is its own outcome.
    pub(crate) fn decide(&mut self, asked: Asked) -> Result<Result<Ran, StoreError>, Failure> {
        match self.try_decide(asked) {
            Ok(ran) => Ok(Ok(ran)),
            Err(fault) if fault.reach() == Reach::Work => Ok(Err(StoreError::from(fault))),
            Err(fault) => Err(Failure::from(fault)),
        }
    }

    fn try_decide(&mut self, asked: Asked) -> Result<Ran, Fault> {
        let Asked { envelope, beside } = asked;
        let claimed = beside.claim.as_ref().map(|(key, _, now)| (*key, *now));
        if let Some((key, now)) = &claimed {
            let is_free = !self.claimed.contains(&key.digest)
                && requests::is_free(self.connection, key, *now)?;
            if !is_free {
                return Ok(Ran::KeyTaken);
            }
        }
        let outcome = self.outcome(envelope, beside)?;
        if matches!(outcome, Outcome::Answered(_)) {
            self.claimed.extend(claimed.map(|(key, _)| key.digest));
        }
        Ok(Ran::Decided(outcome))
    }

    fn outcome(&mut self, envelope: Envelope, beside: KeptBeside) -> Result<Outcome, Fault> {
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
            loaded.take_order::<Fault>(&command, found, |reference| {
                load::reference_exists(connection, reference)
            })?;
        }
        if let Some(name) = loaded.session_wanted(&command)
            && let Some(session) = charging::session(connection, line, name)?
        {
            loaded.take_session(session);
        }
        let outcome = loaded.decide(key, &command, &context);
        if matches!(outcome, Outcome::Answered(_)) {
            loaded.beside.push(beside);
        }
        Ok(outcome)
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

    /// Writes what changed. Returns the lines that could not be written: their callers are told, the
    /// others' are not touched. That seldom happens, so all are written at one go; only if that fails,
    /// each is written by itself.
    pub(crate) fn save(self) -> Result<Vec<(LineId, StoreError)>, Failure> {
        let connection = self.connection;
        let touched = self.touched.iter().filter_map(|id| Some((*id, self.lines.get(id)?)));
        let changed: Vec<_> = touched.filter(|(_, loaded)| loaded.has_changed()).collect();
        match changed.iter().try_for_each(|(_, loaded)| save::line(connection, loaded)) {
            Ok(()) => return Ok(Vec::new()),
            Err(fault) if fault.reach() == Reach::Work && !connection.is_autocommit() => {}
            Err(fault) => return Err(Failure::from(fault)),
        }
        start_over(connection)?;
        let mut refused = Vec::new();
        for (id, loaded) in changed {
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
        match self.run_beside(envelope, Beside::default()).await? {
            Ran::Decided(outcome) => Ok(outcome),
            Ran::KeyTaken => Err(StoreError::Failed("a key that nobody named is taken".to_owned())),
        }
    }

    async fn run_beside(&self, envelope: Envelope, beside: Beside<'_>) -> Result<Ran, StoreError> {
        let Beside { contact, claim } = beside;
        let claim = claim.map(|(request, seed, at)| (Key::from(request), seed, at));
        let asked = Asked { envelope, beside: KeptBeside { contact, claim } };
        self.writer()?.command(asked).await
    }
}
