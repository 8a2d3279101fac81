//! The migrations of a database: files of its own dialect, run in order.

use farline_app::ports::StoreError;
use refinery::{Migration, Runner};

/// Runs the files of these names, in this order, that a database has not run yet. All in one transaction,
/// with the notes of what was run: otherwise a migration and its note are two, and a kill between them
/// leaves a database that cannot be opened.
pub(crate) fn runner(files: &[(&str, &str)]) -> Result<Runner, StoreError> {
    let migrations: Result<Vec<Migration>, _> =
        files.iter().map(|(name, sql)| Migration::unapplied(name, sql)).collect();
    let migrations = migrations.map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(Runner::new(&migrations).set_grouped(true))
}
