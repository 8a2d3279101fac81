//! A fixed number of connections for everything beside the pipeline, each used by one caller at a
//! time.

use super::address::Address;
use super::fault::Fault;
use super::session::Session;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The connections. A clone is the same pool.
#[derive(Clone)]
pub(crate) struct Pool {
    address: Address,
    settings: String,
    turns: Arc<Semaphore>,
    idle: Idle,
}

type Idle = Arc<Mutex<Vec<Arc<Session>>>>;

impl Pool {
    /// At most so many connections, made when they are first needed.
    pub(crate) fn new(address: Address, settings: &str, most: usize) -> Self {
        Self {
            address,
            settings: settings.to_owned(),
            turns: Arc::new(Semaphore::new(most)),
            idle: Arc::default(),
        }
    }

    /// A connection, once one is free.
    pub(crate) async fn session(&self) -> Result<Held, Fault> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| Fault::Refused("the store is closed".to_owned()))?;
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut found = idle();
        while found.as_ref().is_some_and(|session| session.is_closed()) {
            found = idle();
        }
        let session = match found {
            Some(session) => session,
            None => Arc::new(Session::connect(&self.address, &self.settings).await?),
        };
        let idle = Arc::clone(&self.idle);
        Ok(Held { session, idle, is_open: false, _turn: turn })
    }

    /// A connection with an open transaction.
    pub(crate) async fn begin(&self) -> Result<Held, Fault> {
        let mut held = self.session().await?;
        held.begin("BEGIN").await?;
        Ok(held)
    }
}

/// A connection in use. It goes back when it is dropped, unless a transaction was left open on it.
pub(crate) struct Held {
    session: Arc<Session>,
    idle: Idle,
    is_open: bool,
    _turn: OwnedSemaphorePermit,
}

impl Held {
    /// Opens a transaction.
    pub(crate) async fn begin(&mut self, how: &str) -> Result<(), Fault> {
        self.is_open = true;
        self.say(how).await
    }

    /// Commits what worked and undoes what did not.
    pub(crate) async fn end<T>(&mut self, worked: Result<T, Fault>) -> Result<T, Fault> {
        let closing = if worked.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let closed = self.say(closing).await;
        self.is_open = closed.is_err();
        let value = worked?;
        closed.map(|()| value)
    }
}

impl Deref for Held {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_open && !self.session.is_closed() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(Arc::clone(&self.session));
        }
    }
}
