//! The committers: each serves some cells, drains what waits for them, decides and commits it in one
//! transaction, and then answers everybody. Row locks make it safe; the division by cells makes it
//! fast.

use super::address::Address;
use super::claims::{self, Claims};
use super::fault::{Fault, Reach};
use super::load;
use super::pipeline::Mark;
use super::save;
use super::session::{CommitScope, Session};
use super::spread::Homes;
use super::values::{Octets, line_key};
use crate::kept::catalogue::SharedCatalogue;
use farline_app::ports::StoreError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Range;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How much work waits at most for one committer; beyond that, callers wait to hand theirs in.
const WAITING: usize = 4096;
/// How many commands one transaction takes at most.
const BATCH: usize = 256;
/// How often a batch is tried, from fresh state each time.
const ATTEMPTS: u32 = 6;
/// Half of the longest pause after the first failed attempt; it doubles with each.
const FIRST_PAUSE_MICROS: u64 = 10_000;

/// The plan of a hot statement is settled: the wanted rows, each looked up by its key. A session that
/// waits too long for a lock, or sits in an open transaction, gives way.
pub(crate) const SETTINGS: &str = "SET synchronous_commit = on; SET jit = off; \
    SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET enable_bitmapscan = off; SET enable_material = off; \
    SET lock_timeout = '5s'; \
    SET idle_in_transaction_session_timeout = '10s'";
/// Where cells are spread over machines, each statement is planned for its cell.
const SPREAD_SETTINGS: &str = "SET synchronous_commit = on; SET jit = off; \
    SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'";

statements! {
    STANDS = "SELECT 1 FROM journal WHERE cell = $1 AND at = $2 AND line = $3 AND number = $4 \
        AND hash = $5";
}

type Answered = Result<Outcome, StoreError>;
type Waiting = (Envelope, oneshot::Sender<Answered>);

/// The hot statements that a committer's session prepares.
pub(crate) fn hot_statements() -> Vec<&'static str> {
    let files = [load::STATEMENTS, save::STATEMENTS, claims::STATEMENTS];
    files.into_iter().flatten().map(|(_, sql)| *sql).collect()
}

fn settings(scope: CommitScope) -> &'static str {
    match scope {
        CommitScope::Any => SETTINGS,
        CommitScope::OneCell | CommitScope::OneHome => SPREAD_SETTINGS,
    }
}

fn stopped() -> StoreError {
    StoreError::Failed("the store has stopped".to_owned())
}

/// The committers' handle. They end when it is dropped and what waits is done.
pub(crate) struct Committers {
    senders: Vec<mpsc::Sender<Waiting>>,
    scope: CommitScope,
    homes: Homes,
}

impl Committers {
    /// Starts so many.
    pub(crate) fn start(
        count: usize,
        address: &Address,
        (catalogue, scope, homes): (&SharedCatalogue, CommitScope, &Homes),
    ) -> Self {
        let one = |_| {
            let (sender, receiver) = mpsc::channel(WAITING);
            let (address, catalogue) = (address.clone(), catalogue.clone());
            let homes = homes.clone();
            let committer = Committer { address, catalogue, scope, homes, session: None };
            tokio::spawn(committer.run(receiver));
            sender
        };
        let senders = (0..count.max(1)).map(one).collect();
        Self { senders, scope, homes: homes.clone() }
    }

    /// Decides and commits a command.
    pub(crate) async fn command(&self, envelope: Envelope) -> Answered {
        let group = group_of(self.scope, &self.homes, &envelope);
        let committer = usize::from(group) % self.senders.len().max(1);
        let sender = self.senders.get(committer).ok_or_else(stopped)?;
        let (asker, answer) = oneshot::channel();
        sender.send((envelope, asker)).await.map_err(|_| stopped())?;
        // If the task ends for any reason, a panic included, the asker is dropped with it.
        answer.await.map_err(|_| stopped())?
    }
}

/// Which commands may go into one commit: those with the same number.
fn group_of(scope: CommitScope, homes: &Homes, envelope: &Envelope) -> u16 {
    let cell = envelope.line.cell().number();
    match scope {
        CommitScope::Any | CommitScope::OneCell => cell,
        CommitScope::OneHome => homes.of(cell),
    }
}

struct Committer {
    address: Address,
    catalogue: SharedCatalogue,
    scope: CommitScope,
    homes: Homes,
    session: Option<Session>,
}

/// A commit that was sent and not answered.
pub(super) struct Unanswered {
    pub(super) mark: Option<Mark>,
    pub(super) outcomes: Vec<Answered>,
}

impl Committer {
    async fn run(mut self, mut receiver: mpsc::Receiver<Waiting>) {
        while let Some(first) = receiver.recv().await {
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Ok(next) = receiver.try_recv()
            {
                batch.push(next);
            }
            for group in self.groups(batch) {
                let (envelopes, askers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
                let outcomes = self.settle(&envelopes).await;
                for (asker, outcome) in askers.into_iter().zip(outcomes) {
                    // Whoever no longer waits does not need the answer.
                    drop(asker.send(outcome));
                }
            }
        }
    }

    /// What goes into one commit together, in the order of arrival.
    fn groups(&self, batch: Vec<Waiting>) -> Vec<Vec<Waiting>> {
        match self.scope {
            CommitScope::Any => vec![batch],
            CommitScope::OneCell | CommitScope::OneHome => {
                let mut groups: BTreeMap<u16, Vec<Waiting>> = BTreeMap::new();
                for waiting in batch {
                    let group = group_of(self.scope, &self.homes, &waiting.0);
                    groups.entry(group).or_default().push(waiting);
                }
                groups.into_values().collect()
            }
        }
    }

    /// Brings every command to an outcome. A batch that one of its commands spoils is halved until
    /// that one is alone: its mates do not suffer from it.
    async fn settle(&mut self, envelopes: &[Envelope]) -> Vec<Answered> {
        let mut outcomes = Vec::with_capacity(envelopes.len());
        let mut parts: Vec<Range<usize>> = Vec::new();
        parts.push(0..envelopes.len());
        while let Some(part) = parts.pop() {
            let commands = envelopes.get(part.clone()).unwrap_or_default();
            match self.whole(commands).await {
                Ok(settled) => outcomes.extend(settled),
                Err(fault) if fault.reach() == Reach::Work && commands.len() > 1 => {
                    let middle = part.start + part.len() / 2;
                    parts.push(middle..part.end);
                    parts.push(part.start..middle);
                }
                Err(fault) => {
                    let error = StoreError::from(fault);
                    outcomes.extend(commands.iter().map(|_| Err(error.clone())));
                }
            }
        }
        outcomes
    }

    /// Decides and commits a batch as a whole, again from fresh state if it gives way to others.
    async fn whole(&mut self, envelopes: &[Envelope]) -> Result<Vec<Answered>, Fault> {
        let mut unanswered = None;
        let mut attempt = 1;
        loop {
            let fault = match self.attempt(envelopes, &mut unanswered).await {
                Ok(outcomes) => return Ok(outcomes),
                Err(fault) => fault,
            };
            let may_pass = matches!(fault.reach(), Reach::Again | Reach::Connection);
            if may_pass && attempt < ATTEMPTS {
                tracing::debug!(%fault, attempt, "a batch is tried again");
                pause(attempt).await;
                attempt += 1;
            } else {
                return Err(if unanswered.is_some() { Fault::Unknown } else { fault });
            }
        }
    }

    async fn attempt(
        &mut self,
        envelopes: &[Envelope],
        unanswered: &mut Option<Unanswered>,
    ) -> Result<Vec<Answered>, Fault> {
        let session = match self.session.take().filter(|session| !session.is_closed()) {
            Some(session) => session,
            None => self.connect().await?,
        };
        let catalogue = &self.catalogue;
        let outcome = transact(&session, catalogue, envelopes, unanswered).await;
        // Whatever stands open after a fault is undone; a broken connection undoes itself.
        if outcome.is_ok() || session.say("ROLLBACK").await.is_ok() {
            self.session = Some(session);
        }
        outcome
    }

    async fn connect(&self) -> Result<Session, Fault> {
        let session = Session::connect(&self.address, settings(self.scope)).await?;
        session.prepare_hot(&hot_statements(), self.scope).await?;
        Ok(session)
    }
}

/// One transaction over a batch: claim, gather, decide, write, commit.
pub(super) async fn transact(
    session: &Session,
    catalogue: &SharedCatalogue,
    envelopes: &[Envelope],
    unanswered: &mut Option<Unanswered>,
) -> Result<Vec<Answered>, Fault> {
    let claims: Claims = claims::claim(session, envelopes).await?;
    // Boxed, as reading from many tables at once takes much room for a short while.
    let mut gathered = Box::pin(load::gather(session, &catalogue.get(), envelopes)).await?;
    // The lines are locked, so a commit that is still under way elsewhere has ended by now.
    if let Some(Unanswered { mark: Some(mark), .. }) = unanswered {
        let stands = stands(session, mark).await?;
        if let Some(earlier) = unanswered.take().filter(|_| stands) {
            session.say("ROLLBACK").await?;
            return Ok(earlier.outcomes);
        }
    }
    *unanswered = None;
    let outcomes: Vec<Answered> =
        envelopes.iter().map(|envelope| gathered.decide(envelope)).collect();
    match gathered.writing()? {
        None => session.say("ROLLBACK").await?,
        Some((writing, mark)) => {
            let cell = envelopes.first().map_or(0, |first| line_key(first.line).0);
            let written = writing.write(session, cell, Some("COMMIT")).await;
            if let Err(fault) = written {
                if fault.reach() == Reach::Connection {
                    *unanswered = Some(Unanswered { mark, outcomes });
                }
                return Err(fault);
            }
        }
    }
    claims.settle(session, envelopes.iter().zip(&outcomes)).await;
    Ok(outcomes)
}

/// Whether the audit line of a commit that was not answered is there: then all of it is.
async fn stands(session: &Session, mark: &Mark) -> Result<bool, Fault> {
    let (cell, line) = line_key(mark.line);
    let (at, number, hash) = (mark.at.millis(), i64::from(mark.number), Octets(mark.hash));
    Ok(session.row(STANDS, &[&cell, &at, &line, &number, &hash]).await?.is_some())
}

/// Waits a random part of a time that doubles with every attempt, so that rivals part.
pub(crate) async fn pause(attempt: u32) {
    let longest = FIRST_PAUSE_MICROS << attempt.min(6);
    // The hasher's own seed: it only has to differ between rivals.
    let draw = RandomState::new().build_hasher().finish();
    tokio::time::sleep(Duration::from_micros(draw % longest)).await;
}
