//! The read-only connections.

use super::fault::Fault;
use rusqlite::Connection;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// A few connections that only read, each used by one reader at a time.
pub(crate) struct Readers {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
}

impl Readers {
    /// A pool of these connections; there must be at least one.
    pub(crate) fn new(connections: Vec<Connection>) -> Self {
        let connections = connections.into_iter().map(Mutex::new).collect();
        Self { connections, next: AtomicUsize::new(0) }
    }

    /// Reads with a connection that is free, or waits for one in turn.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        for connection in &self.connections {
            if let Ok(connection) = connection.try_lock() {
                return work(&connection);
            }
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len().max(1);
        let Some(connection) = self.connections.get(turn) else {
            return Err(Fault::Refused("there is no connection to read with".to_owned()));
        };
        // A reader that panicked left no transaction behind: statements end with their borrow.
        work(&connection.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
