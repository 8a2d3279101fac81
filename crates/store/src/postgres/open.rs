//! Opening: connections, migrations.

use super::PostgresStore;
use super::address::Address;
use super::catalogue::{self, Seen};
use super::committer::Committers;
use super::fault::Fault;
use super::lanes::Lanes;
use super::leases::Leases;
use super::pool::Pool;
use super::session::{CommitScope, Session};
use super::spread::{self, Homes};
use crate::OpenMode;
use crate::kept::catalogue::SharedCatalogue;
use crate::kept::migrations::runner;
use farline_app::ports::StoreError;

/// How many connections do everything beside the pipeline.
const CONNECTIONS: usize = 8;
/// The advisory lock under which one process at a time migrates: the first octets of “farline”.
pub(super) const MIGRATION_LOCK: i64 = 0x0066_6172_6c69_6e65;
/// How an ordinary session works. A statement that takes a minute is broken off.
pub(super) const SETTINGS: &str = "SET synchronous_commit = on; SET jit = off; SET statement_timeout = '60s'; \
    SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'";
/// What is added for reading only.
const READ_ONLY: &str = "; SET default_transaction_read_only = on";

statements! {
    MIGRATED = "SELECT to_regclass('refinery_schema_history') IS NOT NULL \
        AND to_regclass('lease_holders') IS NOT NULL";
}

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// For what.
    pub mode: OpenMode,
    /// 16 random octets that tell this process from others which share the database.
    pub owner: [u8; 16],
    /// How many committers there are; each has a connection of its own and serves some of the cells.
    pub committers: usize,
    /// How many cells one commit may touch. On a spread-out database this is settled: those of one
    /// home.
    pub scope: CommitScope,
    /// After how many seconds of silence the others take a process's cells over.
    pub lease_seconds: u32,
}

impl PostgresOptions {
    /// The usual ones: a committer for each core and at least two, and leases of fifteen seconds.
    pub fn new(mode: OpenMode, owner: [u8; 16]) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { mode, owner, committers: cores.max(2), scope: CommitScope::Any, lease_seconds: 15 }
    }
}

/// The files of the migrations, in order.
const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__foundation", include_str!("migrations/V1__foundation.sql")),
    ("V2__accounts", include_str!("migrations/V2__accounts.sql")),
    ("V3__journal", include_str!("migrations/V3__journal.sql")),
    ("V4__subjects", include_str!("migrations/V4__subjects.sql")),
    ("V5__auto_renew", include_str!("migrations/V5__auto_renew.sql")),
    ("V6__staff", include_str!("migrations/V6__staff.sql")),
    ("V7__desk_money", include_str!("migrations/V7__desk_money.sql")),
    ("V8__calls", include_str!("migrations/V8__calls.sql")),
    ("V9__find", include_str!("migrations/V9__find.sql")),
    ("V10__voice", include_str!("migrations/V10__voice.sql")),
    ("V11__passkeys", include_str!("migrations/V11__passkeys.sql")),
    ("V12__plan_sales", include_str!("migrations/V12__plan_sales.sql")),
    ("V13__supervision", include_str!("migrations/V13__supervision.sql")),
    ("V14__keypad", include_str!("migrations/V14__keypad.sql")),
    ("V15__partners", include_str!("migrations/V15__partners.sql")),
    ("V17__shops", include_str!("migrations/V17__shops.sql")),
    ("V18__vouchers", include_str!("migrations/V18__vouchers.sql")),
    ("V19__partner_requests", include_str!("migrations/V19__partner_requests.sql")),
    ("V20__reminders", include_str!("migrations/V20__reminders.sql")),
    ("V21__promotions", include_str!("migrations/V21__promotions.sql")),
    ("V22__listings", include_str!("migrations/V22__listings.sql")),
    ("V23__marketing", include_str!("migrations/V23__marketing.sql")),
    ("V24__usage_hours", include_str!("migrations/V24__usage_hours.sql")),
    ("V25__payments_told", include_str!("migrations/V25__payments_told.sql")),
];

impl PostgresStore {
    /// Opens the database of a URL, and for writing makes and migrates its tables. It must be called
    /// within a tokio runtime, where the connections then live.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the database cannot be reached or is of a newer version;
    /// [`StoreError::Unreadable`] when it is opened for reading and is not a database of ours.
    pub async fn open(url: &str, options: PostgresOptions) -> Result<Self, StoreError> {
        let address = Address::of(url)?;
        let mut settings = SETTINGS.to_owned();
        match options.mode {
            OpenMode::ReadWrite => migrate(&address).await?,
            OpenMode::ReadOnly => settings.push_str(READ_ONLY),
        }
        let session = Session::connect(&address, &settings).await?;
        check_migrated(&session).await?;
        let (homes, scope) = homes_and_scope(&session, options.scope).await?;
        let catalogue = SharedCatalogue::default();
        let (revision, current) = catalogue::load(&session).await?;
        catalogue.set(current);
        let committers = match options.mode {
            OpenMode::ReadWrite => {
                let shared = (&catalogue, scope, &homes);
                Some(Committers::start(options.committers, &address, shared))
            }
            OpenMode::ReadOnly => None,
        };
        let pool = Pool::new(address.clone(), &settings, CONNECTIONS);
        Ok(Self {
            place: address.place(),
            lanes: Lanes::new(pool.clone()),
            pool,
            address,
            committers,
            homes,
            catalogue,
            published: tokio::sync::Mutex::new(Seen::now(revision)),
            leases: tokio::sync::Mutex::new(Leases::new(options.owner, options.lease_seconds)),
        })
    }
}

async fn check_migrated(session: &Session) -> Result<(), Fault> {
    let row = session.row(MIGRATED, &[]).await?;
    match row.map(|row| row.try_get(0)).transpose()? {
        Some(true) => Ok(()),
        Some(false) | None => Err(Fault::Unreadable("this is not a Farline database".to_owned())),
    }
}

/// Which cells live together, and how many of them a commit may touch.
async fn homes_and_scope(
    session: &Session,
    wanted: CommitScope,
) -> Result<(Homes, CommitScope), Fault> {
    if !spread::is_spread(session).await? {
        return Ok((Homes::one(), wanted));
    }
    spread::check_placed(session).await?;
    let scope = match wanted {
        CommitScope::OneCell => CommitScope::OneCell,
        CommitScope::Any | CommitScope::OneHome => CommitScope::OneHome,
    };
    Ok((Homes::load(session).await?, scope))
}

/// Runs what is missing of the migrations, one process at a time.
pub(super) async fn migrate(address: &Address) -> Result<(), StoreError> {
    let (mut client, driver) = address.connect().await?;
    let driver = tokio::spawn(driver);
    // Held until the connection ends, whatever happens.
    let lock = format!("SELECT pg_advisory_lock({MIGRATION_LOCK})");
    client.batch_execute(&lock).await.map_err(Fault::from)?;
    let migrated = runner(MIGRATIONS)?.run_async(&mut client).await;
    drop(client);
    driver.abort();
    migrated.map_err(|error| StoreError::Failed(format!("migration: {error}")))?;
    Ok(())
}
