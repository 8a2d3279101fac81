//! One connection: its statements stay prepared, and several of them travel together.

use super::address::Address;
use super::fault::Fault;
use futures_util::future::try_join_all;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row, Statement};

/// What a statement's parameters are.
pub(crate) type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

/// How many cells one commit of the pipeline may touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommitScope {
    /// Any number: on one PostgreSQL a fuller batch is all that counts.
    #[default]
    Any,
    /// One: a commit then stays on one machine, wherever cells are.
    OneCell,
    /// Those that live together: on a spread-out database, the cells of one shard.
    OneHome,
}

impl CommitScope {
    /// Binds a hot statement over `t` and the wanted rows `w`: to the cells that the wanted rows
    /// name, to the one cell in `$1`, or to the wanted rows' cells as a list in `$2`.
    ///
    /// A spread-out database sends an insertion to where its rows belong only if they are selected
    /// from a table that lives there too: `home`, which has a row for every cell.
    pub(crate) fn bind(self, sql: &str) -> String {
        let (bound, home) = match self {
            Self::Any => {
                return sql.replace("{bound}", "t.cell = w.cell").replace("{cell}", "w.cell");
            }
            Self::OneCell => ("t.cell = $1", "home.cell = $1"),
            Self::OneHome => ("t.cell = ANY ($2)", "home.cell = w.cell AND home.cell = ANY ($2)"),
        };
        let sql = sql.replace("{bound}", bound).replace("{cell}", "home.cell");
        let wanted = sql.find(" AS w (").and_then(|from| Some(from + sql.get(from..)?.find(')')?));
        match wanted.and_then(|end| sql.split_at_checked(end + 1)) {
            Some((before, after)) if sql.starts_with("INSERT") => {
                format!("{before} JOIN cell_leases AS home ON {home}{after}")
            }
            Some(_) | None => sql,
        }
    }
}

/// One connection.
pub(crate) struct Session {
    client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
    scope: OnceLock<CommitScope>,
}

impl Session {
    /// Connects, and settles how the session works.
    pub(crate) async fn connect(address: &Address, settings: &str) -> Result<Self, Fault> {
        let mut address = address.clone();
        address.config().application_name("farline");
        let (client, connection) = address.connect().await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = %Fault::from(error), "a database connection ended");
            }
        });
        client.batch_execute(settings).await?;
        Ok(Self { client, statements: Mutex::default(), scope: OnceLock::new() })
    }

    /// The connection itself, for rows that stream in and out.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Whether it can be used no more.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepared(&self, sql: &'static str) -> Option<Statement> {
        self.statements.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned()
    }

    fn keep(&self, sql: &'static str, statement: &Statement) {
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        statements.insert(sql, statement.clone());
    }

    async fn prepare(&self, sql: &'static str) -> Result<Statement, Fault> {
        if let Some(statement) = self.prepared(sql) {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        self.keep(sql, &statement);
        Ok(statement)
    }

    /// Prepares hot statements, so that later ones are sent without waiting for anything. Their first
    /// parameter is the cell, named or not.
    pub(crate) async fn prepare_hot(
        &self,
        statements: &[&'static str],
        scope: CommitScope,
    ) -> Result<(), Fault> {
        self.scope.get_or_init(|| scope);
        let preparing = statements.iter().map(|sql| async move {
            let statement = self.client.prepare_typed(&scope.bind(sql), &[Type::INT2]).await?;
            self.keep(sql, &statement);
            Ok::<(), Fault>(())
        });
        try_join_all(preparing).await?;
        Ok(())
    }

    /// Whether a hot statement may touch several cells wherever they are.
    pub(crate) fn is_unbound(&self) -> bool {
        self.scope.get().is_none_or(|scope| *scope == CommitScope::Any)
    }

    /// A hot statement, which is always prepared.
    fn hot(&self, sql: &'static str) -> Result<Statement, Fault> {
        self.prepared(sql).ok_or_else(|| Fault::Refused("a statement is not prepared".to_owned()))
    }

    /// Runs a hot query. Several of these, polled together, travel together.
    pub(crate) async fn hot_rows(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Vec<Row>, Fault> {
        Ok(self.client.query(&self.hot(sql)?, parameters).await?)
    }

    /// Runs a hot statement.
    pub(crate) async fn hot_execute(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<(), Fault> {
        self.client.execute(&self.hot(sql)?, parameters).await?;
        Ok(())
    }

    /// The rows of a query.
    pub(crate) async fn rows(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Vec<Row>, Fault> {
        let statement = self.prepare(sql).await?;
        Ok(self.client.query(&statement, parameters).await?)
    }

    /// The row of a query, if there is one.
    pub(crate) async fn row(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Option<Row>, Fault> {
        let statement = self.prepare(sql).await?;
        Ok(self.client.query_opt(&statement, parameters).await?)
    }

    /// Runs a statement; how many rows it changed.
    pub(crate) async fn execute(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<u64, Fault> {
        let statement = self.prepare(sql).await?;
        Ok(self.client.execute(&statement, parameters).await?)
    }

    /// Runs a word without parameters, such as `COMMIT`.
    pub(crate) async fn say(&self, sql: &str) -> Result<(), Fault> {
        Ok(self.client.batch_execute(sql).await?)
    }
}
