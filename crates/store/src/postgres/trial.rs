//! Two databases of a benchmark's own on a PostgreSQL server: one for the commands, one for the floor.

use super::address::Address;
use super::floor;
use super::session::Session;
use crate::floor::{Floor, Side};
use crate::kept::row::Row as _;
use farline_app::ports::StoreError;

statements! {
    SIZE = "SELECT pg_database_size($1::text::name)";
    WRITTEN = "SELECT wal_bytes::bigint FROM pg_stat_wal";
}

/// The databases, which are made by [`PostgresTrial::begin`] and go with [`PostgresTrial::end`].
#[derive(Clone, Debug)]
pub struct PostgresTrial {
    server: String,
    name: String,
}

impl PostgresTrial {
    /// Makes the database for the commands. The URL names a user who may make databases, and an existing
    /// database, which is left alone.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the server cannot be reached or does not allow it.
    pub async fn begin(url: &str, tag: &str) -> Result<Self, StoreError> {
        let trial = Self { server: url.to_owned(), name: format!("farline_bench_{tag}") };
        trial.say(&format!("CREATE DATABASE {}", trial.name)).await?;
        Ok(trial)
    }

    /// The URL of the database for the commands.
    pub fn url(&self) -> String {
        with_database(&self.server, &self.name)
    }

    fn floor_name(&self) -> String {
        format!("{}_floor", self.name)
    }

    /// Copies the database for the floor; nobody may be connected to it.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it cannot be copied.
    pub async fn copy(&self) -> Result<(), StoreError> {
        let (floor, name) = (self.floor_name(), &self.name);
        self.say(&format!("CREATE DATABASE {floor} TEMPLATE {name}")).await
    }

    /// Writes into the copy, over so many connections, what the commands have left behind since.
    ///
    /// # Errors
    /// If a database cannot be read or written.
    pub async fn write_again(&self, connections: usize) -> Result<Floor, StoreError> {
        let (new, old) = self.sides()?;
        Ok(floor::write_again(&new, &old, connections).await?)
    }

    /// Copies into the copy the lines that have been imported since.
    ///
    /// # Errors
    /// If a database cannot be read or written.
    pub async fn copy_lines(&self) -> Result<Floor, StoreError> {
        let (new, old) = self.sides()?;
        Ok(floor::copy_lines(&new, &old).await?)
    }

    fn sides(&self) -> Result<(Address, Address), StoreError> {
        let old = with_database(&self.server, &self.floor_name());
        Ok((Address::of(&self.url())?, Address::of(&old)?))
    }

    /// The size of a database, and what the server has written to its log since it started, in octets.
    ///
    /// # Errors
    /// If the server cannot be asked.
    pub async fn size(&self, side: Side) -> Result<(u64, u64), StoreError> {
        let name = match side {
            Side::Run => self.name.clone(),
            Side::Floor => self.floor_name(),
        };
        let session = self.session().await?;
        let number = |row: Option<tokio_postgres::Row>| {
            row.map(|row| row.number(0)).transpose().map(Option::unwrap_or_default)
        };
        let size: i64 = number(session.row(SIZE, &[&name]).await?)?;
        let written: i64 = number(session.row(WRITTEN, &[]).await?)?;
        Ok((size.unsigned_abs(), written.unsigned_abs()))
    }

    /// Removes both databases.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn end(&self) -> Result<(), StoreError> {
        for name in [self.floor_name(), self.name.clone()] {
            self.say(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }

    async fn session(&self) -> Result<Session, StoreError> {
        Ok(Session::connect(&Address::of(&self.server)?, "SET jit = off").await?)
    }

    async fn say(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.session().await?.say(sql).await?)
    }
}

/// The same URL with another database.
fn with_database(url: &str, name: &str) -> String {
    let (place, parameters) = url.split_once('?').map_or((url, ""), |(place, rest)| (place, rest));
    let begins = place.find("://").map_or(0, |at| at + 3);
    let path = place[begins..].find('/').map_or(place.len(), |at| begins + at);
    let parameters = if parameters.is_empty() { String::new() } else { format!("?{parameters}") };
    format!("{}/{name}{parameters}", &place[..path])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_to_another_database() {
        for (url, expected) in [
            ("postgres://localhost/farline", "postgres://localhost/bench"),
            ("postgres://a:b@localhost:5433", "postgres://a:b@localhost:5433/bench"),
            ("postgresql://h/x?sslmode=disable", "postgresql://h/bench?sslmode=disable"),
            ("postgres://%2Ftmp%2Fsocket/x", "postgres://%2Ftmp%2Fsocket/bench"),
        ] {
            assert_eq!(with_database(url, "bench"), expected);
        }
    }
}
