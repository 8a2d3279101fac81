//! The only thread that writes. It drains what waits, puts it into one transaction, commits once,
//! and then answers everybody.

use super::checkpoint::Logged;
use super::fault::{Fault, Reach};
use super::pipeline::{Asked, Pipeline};
use crate::kept::catalogue::SharedCatalogue;
use farline_app::ports::StoreError;
use farline_app::ports::pipeline::Ran;
use rusqlite::{Connection, TransactionBehavior};
use std::ops::ControlFlow;
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How much work waits at most; beyond that, callers wait to hand theirs in.
const WAITING: usize = 4096;
/// How much work one transaction takes at most.
const BATCH: usize = 256;

statements! {
    SAVE = "SAVEPOINT work";
    KEEP = "RELEASE work";
    UNDO = "ROLLBACK TO work";
    UNDO_ALL = "ROLLBACK";
    BEGIN_AGAIN = "BEGIN IMMEDIATE";
}

type Answered = Result<(), StoreError>;
/// Who asked for a command.
type Asker = oneshot::Sender<Result<Ran, StoreError>>;
/// Ordinary work. It returns its fault, if any, and who is to be told of the commit.
type Ordinary = Box<dyn FnOnce(&Connection) -> (Option<Failure>, Teller) + Send>;
type Teller = Box<dyn FnOnce(Answered) + Send>;
/// Work that makes its own transaction and answers by itself.
type Alone = Box<dyn FnOnce(&mut Connection) -> Option<Reach> + Send>;

enum Work {
    Command(Box<Asked>, Asker),
    Ordinary(Ordinary),
    Alone(Alone),
}

/// The writer thread's handle.
pub(crate) struct Writer {
    sender: Option<mpsc::Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

fn stopped() -> StoreError {
    StoreError::Failed("the store has stopped".to_owned())
}

impl Writer {
    /// Starts the thread on a connection.
    pub(crate) fn start(writing: Logged, catalogue: SharedCatalogue) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let committer = Committer { writing, catalogue };
        let thread = std::thread::Builder::new()
            .name("farline-writer".to_owned())
            .spawn(move || committer.run(receiver))
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    /// Whether the thread has ended.
    pub(crate) fn has_stopped(&self) -> bool {
        self.sender.as_ref().is_none_or(mpsc::Sender::is_closed)
    }

    async fn hand_in(&self, work: Work) -> Result<(), StoreError> {
        let sender = self.sender.as_ref().ok_or_else(stopped)?;
        sender.send(work).await.map_err(|_| stopped())
    }

    /// Decides and commits a command.
    pub(crate) async fn command(&self, asked: Asked) -> Result<Ran, StoreError> {
        let (sender, receiver) = oneshot::channel();
        self.hand_in(Work::Command(Box::new(asked), sender)).await?;
        // If the thread ends for any reason, a panic included, the sender is dropped with it.
        receiver.await.map_err(|_| stopped())?
    }

    /// Runs work in the next transaction.
    pub(crate) async fn ordinary<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let run = move |connection: &Connection| {
            let result = work(connection);
            let failure = result.as_ref().err().map(Failure::from);
            let result = result.map_err(StoreError::from);
            let tell = move |commit: Answered| {
                // Whoever no longer waits does not need the answer.
                drop(sender.send(match result {
                    Ok(value) => commit.map(|()| value),
                    Err(error) => Err(error),
                }));
            };
            (failure, Box::new(tell) as Teller)
        };
        self.hand_in(Work::Ordinary(Box::new(run))).await?;
        receiver.await.map_err(|_| stopped())?
    }

    /// Hands work in for the next transaction and does not wait for it. Should it fail, the log says so.
    pub(crate) async fn later<W>(&self, what: &'static str, work: W) -> Result<(), StoreError>
    where
        W: FnOnce(&Connection) -> Result<(), Fault> + Send + 'static,
    {
        let run = move |connection: &Connection| {
            let result = work(connection);
            let failure = result.as_ref().err().map(Failure::from);
            let tell = move |commit: Answered| {
                if let Err(error) = result.map_err(StoreError::from).and(commit) {
                    tracing::warn!(%error, "{what} was not kept");
                }
            };
            (failure, Box::new(tell) as Teller)
        };
        self.hand_in(Work::Ordinary(Box::new(run))).await
    }

    /// Runs work that makes its own transaction; everybody else waits meanwhile.
    pub(crate) async fn alone<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Connection) -> (T, Option<Reach>) + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let run = move |connection: &mut Connection| {
            let (value, reach) = work(connection);
            drop(sender.send(value));
            reach
        };
        self.hand_in(Work::Alone(Box::new(run))).await?;
        receiver.await.map_err(|_| stopped())
    }
}

impl Drop for Writer {
    /// Lets the thread finish what waits and close the database before the lock is let go.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has nothing more to say here: its callers were answered.
            drop(thread.join());
        }
    }
}

struct Committer {
    writing: Logged,
    catalogue: SharedCatalogue,
}

#[derive(Default)]
struct Batch {
    commands: Vec<(Box<Asked>, Asker)>,
    ordinary: Vec<Ordinary>,
    alone: Option<Alone>,
}

impl Batch {
    fn add(&mut self, work: Work) {
        match work {
            Work::Command(asked, sender) => self.commands.push((asked, sender)),
            Work::Ordinary(work) => self.ordinary.push(work),
            Work::Alone(work) => self.alone = Some(work),
        }
    }

    fn is_full(&self) -> bool {
        self.alone.is_some() || self.commands.len() + self.ordinary.len() >= BATCH
    }
}

impl Committer {
    fn run(mut self, mut receiver: mpsc::Receiver<Work>) {
        while let Some(first) = receiver.blocking_recv() {
            let mut batch = Batch::default();
            batch.add(first);
            while !batch.is_full() {
                match receiver.try_recv() {
                    Ok(work) => batch.add(work),
                    Err(_) => break,
                }
            }
            if self.process(batch).is_break() {
                tracing::error!("the store has stopped: what is on disk is no longer certain");
                return;
            }
        }
    }

    fn process(&mut self, batch: Batch) -> ControlFlow<()> {
        let Batch { commands, ordinary, alone } = batch;
        if !commands.is_empty() || !ordinary.is_empty() {
            self.commit(commands, ordinary)?;
        }
        match alone.and_then(|work| work(&mut self.writing.connection)) {
            Some(Reach::Store) => ControlFlow::Break(()),
            Some(Reach::Work | Reach::Transaction) | None => ControlFlow::Continue(()),
        }
    }

    fn commit(
        &mut self,
        commands: Vec<(Box<Asked>, Asker)>,
        ordinary: Vec<Ordinary>,
    ) -> ControlFlow<()> {
        let (commands, senders): (Vec<_>, Vec<_>) = commands.into_iter().unzip();
        let mut outcomes = Vec::with_capacity(commands.len());
        let mut tellers = Vec::with_capacity(ordinary.len());
        let result = transact(&mut self.writing.connection, |connection| {
            let mut pipeline = Pipeline::new(connection, self.catalogue.get());
            for asked in commands {
                outcomes.push((asked.envelope.line, pipeline.decide(*asked)?));
            }
            for (line, error) in pipeline.save()? {
                for (_, outcome) in outcomes.iter_mut().filter(|(of, _)| *of == line) {
                    *outcome = Err(error.clone());
                }
            }
            for work in ordinary {
                let (failure, teller) = in_savepoint(connection, work)?;
                tellers.push(teller);
                if let Some(failure) = failure {
                    return Err(failure);
                }
            }
            Ok(())
        });
        let answer = match &result {
            Ok(()) => Ok(()),
            Err(failure) => Err(failure.error.clone()),
        };
        // Whoever was not reached when the transaction failed is answered by the dropped sender.
        let mut outcomes = outcomes.into_iter().map(|(_, outcome)| outcome);
        for sender in senders {
            let outcome = outcomes.next();
            let answer = match &answer {
                Ok(()) => outcome.unwrap_or_else(|| Err(stopped())),
                Err(error) => Err(error.clone()),
            };
            drop(sender.send(answer));
        }
        for teller in tellers {
            teller(answer.clone());
        }
        match result {
            Err(failure) if failure.reach == Reach::Store => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

/// A failure of the whole transaction.
pub(crate) struct Failure {
    reach: Reach,
    error: StoreError,
}

impl From<&Fault> for Failure {
    fn from(fault: &Fault) -> Self {
        Self { reach: fault.reach(), error: StoreError::from(fault) }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::from(Fault::from(error))
    }
}

/// One immediate transaction, committed if the work succeeds and rolled back otherwise.
fn transact(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    work(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Runs ordinary work so that its failure undoes only itself. Returns a failure that goes beyond.
fn in_savepoint(
    connection: &Connection,
    work: Ordinary,
) -> Result<(Option<Failure>, Teller), Failure> {
    connection.prepare_cached(SAVE)?.execute([])?;
    let (failure, teller) = work(connection);
    match failure {
        None => {}
        // Some errors end the whole transaction by themselves.
        Some(failure) if failure.reach == Reach::Work && !connection.is_autocommit() => {
            connection.prepare_cached(UNDO)?.execute([])?;
        }
        Some(failure) => return Ok((Some(failure), teller)),
    }
    connection.prepare_cached(KEEP)?.execute([])?;
    Ok((None, teller))
}

/// Undoes everything in the open transaction and opens another. Nobody else writes in between.
pub(crate) fn start_over(connection: &Connection) -> Result<(), Failure> {
    connection.prepare_cached(UNDO_ALL)?.execute([])?;
    connection.prepare_cached(BEGIN_AGAIN)?.execute([])?;
    Ok(())
}

/// Saves something so that its failure undoes only itself; only wider failures are errors.
pub(crate) fn save_apart(
    connection: &Connection,
    save: impl FnOnce() -> Result<(), Fault>,
) -> Result<Option<StoreError>, Failure> {
    connection.prepare_cached(SAVE)?.execute([])?;
    match save() {
        Ok(()) => {
            connection.prepare_cached(KEEP)?.execute([])?;
            Ok(None)
        }
        Err(fault) if fault.reach() == Reach::Work && !connection.is_autocommit() => {
            connection.prepare_cached(UNDO)?.execute([])?;
            connection.prepare_cached(KEEP)?.execute([])?;
            Ok(Some(StoreError::from(fault)))
        }
        Err(fault) => Err(Failure::from(fault)),
    }
}
