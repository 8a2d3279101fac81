//! Commands on lines, decided in order in memory over what was gathered for their batch.

use super::PostgresStore;
use super::fault::Fault;
use super::save::Writing;
use super::values::line_key;
use crate::kept::Refused;
use crate::kept::loaded::Loaded;
use async_trait::async_trait;
use farline_app::ports::pipeline::{Beside, Envelope, Outcome, Ran};
use farline_app::ports::records::Claim;
use farline_app::ports::{Contacts as _, LinePipeline, Requests as _, StoreError};
use farline_domain::balance::Session;
use farline_domain::charging::ChargingSession;
use farline_domain::kernel::{CommandKey, Instant, LineId, OrderId, Reference};
use farline_domain::orders::Order;
use std::collections::{HashMap, HashSet};

/// What a batch is decided on. Nothing of it outlives the transaction. What could not be understood
/// is kept as its reason, because it concerns its own callers only.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The lines, locked.
    pub(crate) lines: HashMap<LineId, Result<Loaded, String>>,
    /// The orders that commands are about.
    pub(crate) orders: HashMap<OrderId, Result<(LineId, Order), String>>,
    /// The sessions that commands are about.
    pub(crate) sessions: HashMap<(LineId, Session), Result<ChargingSession, String>>,
    /// The keys that took effect before.
    pub(crate) keys: HashSet<(LineId, CommandKey)>,
    /// The references that are taken.
    pub(crate) references: HashSet<String>,
}

/// What a batch wrote, by which it is recognised when its commit was not answered: the last audit
/// line of one line it changed.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) line: LineId,
    pub(crate) number: u32,
    pub(crate) at: Instant,
    pub(crate) hash: [u8; 32],
}

impl Gathered {
    /// Decides one command. What fails for this command only is its own outcome.
    pub(crate) fn decide(&mut self, envelope: &Envelope) -> Result<Outcome, StoreError> {
        self.try_decide(envelope).map_err(StoreError::from)
    }

    fn try_decide(&mut self, envelope: &Envelope) -> Result<Outcome, Fault> {
        let Envelope { line, key, command, context } = envelope;
        let Some(found) = self.lines.get_mut(line) else {
            return Ok(Outcome::NoSuchLine);
        };
        let loaded = found.as_mut().map_err(|why| Fault::Unreadable(why.clone()))?;
        if let Some(key) = key
            && (loaded.keys.contains(key) || self.keys.contains(&(*line, *key)))
        {
            return Ok(Outcome::Repeated);
        }
        if let Some(id) = loaded.order_wanted(command) {
            let order = self.orders.get(&id).cloned().transpose().map_err(Fault::Unreadable)?;
            let references = &self.references;
            let is_taken = |reference: Reference| {
                if reference.cell() != line.cell() {
                    return Err(Fault::from(Refused("the order's reference is of another line")));
                }
                Ok(references.contains(reference.compact()))
            };
            loaded.take_order(command, order, is_taken)?;
        }
        if let Some(name) = loaded.session_wanted(command)
            && let Some(session) = self.sessions.get(&(*line, name.clone()))
        {
            loaded.take_session(session.clone().map_err(Fault::Unreadable)?);
        }
        let outcome = loaded.decide(*key, command, context);
        if let (Some((_, reference)), Outcome::Answered(_)) = (command.placing(), &outcome) {
            self.references.insert(reference.compact().to_owned());
        }
        Ok(outcome)
    }

    /// What is to be written, if anything, and by what it is recognised.
    pub(crate) fn writing(&self) -> Result<Option<(Writing, Option<Mark>)>, Fault> {
        let (mut writing, mut mark, mut is_needed) = (Writing::default(), None, false);
        for (line, loaded) in &self.lines {
            let Some(loaded) = loaded.as_ref().ok().filter(|loaded| loaded.has_changed()) else {
                continue;
            };
            writing.add(line_key(*line), loaded)?;
            is_needed = true;
            if let Some(last) = loaded.journal.last().map(|done| &done.audit) {
                mark =
                    Some(Mark { line: *line, number: last.number, at: last.at, hash: last.hash });
            }
        }
        Ok(is_needed.then_some((writing, mark)))
    }
}

#[async_trait]
impl LinePipeline for PostgresStore {
    async fn run(&self, envelope: Envelope) -> Result<Outcome, StoreError> {
        self.committers()?.command(envelope).await
    }

    /// The key lies in another cell than the line, so it is claimed in a commit of its own.
    async fn run_beside(&self, envelope: Envelope, beside: Beside<'_>) -> Result<Ran, StoreError> {
        if let Some((request, seed, at)) = beside.claim {
            let claim = self.claim(request, seed, at).await?;
            if !matches!(&claim, Claim::Fresh { seed: claimed, .. } if *claimed == seed) {
                return Ok(Ran::KeyTaken);
            }
        }
        if let Some((id, contact)) = &beside.contact {
            self.put_contact(*id, contact).await?;
        }
        self.run(envelope).await.map(Ran::Decided)
    }
}
