//! Where a benchmark keeps its data: a folder that goes when it ends, two databases of its own on a
//! PostgreSQL server, which go too, or a database that somebody has prepared for it, which stays.

use eyre::{Context, Result, bail};
use farline_app::ports::Randomness as _;
use farline_store::{
    Database, Floor, OpenMode, PostgresOptions, PostgresStore, PostgresTrial, Side, SqliteStore,
    copy_lines, write_again,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{size, written_by_us};
use crate::surroundings::MachineRandomness;

/// The place, with a folder for what is not in a database.
pub(crate) struct Ground {
    folder: tempfile::TempDir,
    databases: Databases,
}

enum Databases {
    Files,
    Trial(PostgresTrial),
    /// The URL of one that is there.
    Prepared(String),
}

/// What a database costs from a moment on.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Its size in octets.
    pub(crate) size: u64,
    /// The octets written for it so far, where they are counted: by this process with SQLite, into the
    /// server's log with PostgreSQL.
    pub(crate) written: Option<u64>,
}

impl Cost {
    /// What was added since.
    pub(crate) fn since(self, before: Self) -> Self {
        let written = self.written.zip(before.written).map(|(now, then)| now.saturating_sub(then));
        Self { size: self.size.saturating_sub(before.size), written }
    }
}

impl Ground {
    /// Makes it: `sqlite`, or the URL of a PostgreSQL server whose user may make databases, or of the prepared
    /// database itself.
    pub(crate) async fn begin(store: &str, plan: &super::Plan) -> Result<Self> {
        // In the working folder: the system's folder for temporary files may lie in memory, where
        // nothing is durable.
        let folder = tempfile::Builder::new()
            .prefix("farline-bench-")
            .tempdir_in(".")
            .wrap_err("a folder for the benchmark cannot be made here")?;
        let is_url = store.starts_with("postgres://") || store.starts_with("postgresql://");
        let databases = match (store, plan.in_place) {
            (_, true) if is_url => Databases::Prepared(store.to_owned()),
            (_, true) => bail!("--in-place takes a --store of the form postgres://…"),
            ("sqlite", false) => Databases::Files,
            (_, false) if is_url => {
                let mut tag = [0; 4];
                MachineRandomness.fill(&mut tag);
                let tag = format!("{:08x}", u32::from_be_bytes(tag));
                Databases::Trial(PostgresTrial::begin(store, &tag).await?)
            }
            (_, false) => bail!("--store is sqlite or postgres://…"),
        };
        Ok(Self { folder, databases })
    }

    /// The word for the figures.
    pub(crate) const fn name(&self) -> &'static str {
        match self.databases {
            Databases::Files => "sqlite",
            Databases::Trial(_) | Databases::Prepared(_) => "postgres",
        }
    }

    /// Whether there is a second database for a floor.
    pub(crate) const fn has_floor(&self) -> bool {
        !matches!(self.databases, Databases::Prepared(_))
    }

    /// The folder that goes.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The URL of the database of the commands, with PostgreSQL.
    pub(crate) fn url(&self) -> Option<String> {
        match &self.databases {
            Databases::Files => None,
            Databases::Trial(trial) => Some(trial.url()),
            Databases::Prepared(url) => Some(url.clone()),
        }
    }

    fn trial(&self) -> Option<&PostgresTrial> {
        match &self.databases {
            Databases::Trial(trial) => Some(trial),
            Databases::Files | Databases::Prepared(_) => None,
        }
    }

    fn file(&self, side: Side) -> PathBuf {
        let name = match side {
            Side::Run => "run",
            Side::Floor => "floor",
        };
        self.folder.path().join(name).join("farline.db")
    }

    /// Opens the database of the commands, made if it is new.
    pub(crate) async fn open(&self) -> Result<Arc<dyn Database>> {
        if let Some(url) = self.url() {
            let mut owner = [0; 16];
            MachineRandomness.fill(&mut owner);
            let options = PostgresOptions::new(OpenMode::ReadWrite, owner);
            return Ok(Arc::new(PostgresStore::open(&url, options).await?));
        }
        let path = self.file(Side::Run);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(Arc::new(SqliteStore::open(&path, OpenMode::ReadWrite)?))
    }

    /// Lets go of a store, which ends what it still has to do.
    pub(crate) async fn close(&self, store: Arc<dyn Database>) -> Result<()> {
        if Arc::strong_count(&store) > 1 {
            bail!("the store is still in use");
        }
        drop(store);
        if self.trial().is_some() {
            // Its connections end a moment later; a database in use cannot be copied.
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        Ok(())
    }

    /// Copies the database of the commands, which nobody has open, for the floor.
    pub(crate) async fn copy(&self) -> Result<()> {
        if let Some(trial) = self.trial() {
            return Ok(trial.copy().await?);
        }
        let target = self.file(Side::Floor);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(self.file(Side::Run), target)?;
        Ok(())
    }

    /// What a database costs up to now.
    pub(crate) async fn cost(&self, side: Side) -> Result<Cost> {
        if let Some(trial) = self.trial() {
            let (size, written) = trial.size(side).await?;
            return Ok(Cost { size, written: Some(written) });
        }
        if !self.has_floor() {
            // On several machines, whose files nobody adds up here.
            return Ok(Cost { size: 0, written: None });
        }
        Ok(Cost { size: size(&self.file(side)), written: written_by_us() })
    }

    /// Writes the rows of the commands again into the copy.
    pub(crate) async fn write_again(&self) -> Result<Floor> {
        if let Some(trial) = self.trial() {
            let committers = PostgresOptions::new(OpenMode::ReadWrite, [0; 16]).committers;
            return Ok(trial.write_again(committers).await?);
        }
        let (new, old) = (self.file(Side::Run), self.file(Side::Floor));
        Ok(tokio::task::spawn_blocking(move || write_again(&new, &old)).await??)
    }

    /// Copies the lines that were imported into the copy.
    pub(crate) async fn copy_lines(&self) -> Result<Floor> {
        if let Some(trial) = self.trial() {
            return Ok(trial.copy_lines().await?);
        }
        let (new, old) = (self.file(Side::Run), self.file(Side::Floor));
        Ok(tokio::task::spawn_blocking(move || copy_lines(&new, &old)).await??)
    }

    /// Removes what does not go by itself.
    pub(crate) async fn end(&self) -> Result<()> {
        if let Some(trial) = self.trial() {
            trial.end().await?;
        }
        Ok(())
    }
}
