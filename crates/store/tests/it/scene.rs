//! A store with a catalogue and three lines, and short words for what happens on them.

use farline_app::ports::charging::DepletionRecord;
use farline_app::ports::lines::ImportError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Catalogues, Charging as _, Jobs as _, LinePipeline, Lines};
use farline_domain::balance::{Depletion, Session};
use farline_domain::charging::{
    ChargingAnswer, ChargingRequest, ChargingResult, ChargingStep, ServiceKind, Terms, Wanted,
};
use farline_domain::commands::{
    Actor, Answer, Answered, Context, DeliveryAnswer, JobKind, LineCommand, Refusal,
};
use farline_domain::kernel::{CommandKey, Instant, LineId, Money, OrderId, Units};
use farline_domain::lines::HolderName;
use farline_domain::orders::Order;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use farline_testkit::{
    OWN, PostgresServer, SUPPLIED, SampleLine, catalogue, new_line, noon, placing, quote,
};
use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use tempfile::TempDir;

/// Makes a kind of store, so that one suite serves all of them.
pub(crate) trait StoreMaker {
    type Store: Database + 'static;

    /// The kind's name.
    const NAME: &'static str;

    /// Opens the store in a folder, making it if it is new.
    async fn open(folder: &Path) -> Self::Store;

    /// Everything that is kept in a folder, as octets to search in.
    fn everything(folder: &Path) -> Vec<u8>;

    /// Removes what is not in the folder itself.
    fn discard(folder: &Path);
}

/// Makes SQLite stores.
pub(crate) struct Sqlite;

impl StoreMaker for Sqlite {
    type Store = SqliteStore;

    const NAME: &'static str = "SQLite";

    async fn open(folder: &Path) -> SqliteStore {
        SqliteStore::open(&folder.join("farline.db"), OpenMode::ReadWrite).unwrap()
    }

    fn everything(folder: &Path) -> Vec<u8> {
        let connection = rusqlite::Connection::open(folder.join("farline.db")).unwrap();
        connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
        drop(connection);
        let files = std::fs::read_dir(folder).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    fn discard(_: &Path) {}
}

/// Makes PostgreSQL stores. A file in the folder names the database.
pub(crate) struct Postgres;

/// Tells the processes of a test apart.
static PROCESS: AtomicU8 = AtomicU8::new(1);

impl Postgres {
    /// The database of a folder, made if it is new.
    pub(crate) fn database(folder: &Path) -> String {
        let file = folder.join("database");
        std::fs::read_to_string(&file).unwrap_or_else(|_| {
            let name = PostgresServer::shared().database();
            std::fs::write(&file, &name).unwrap();
            name
        })
    }

    /// The URL of a folder's database.
    pub(crate) fn url(folder: &Path) -> String {
        PostgresServer::shared().url(&Self::database(folder))
    }

    /// The usual options of another process.
    pub(crate) fn options() -> PostgresOptions {
        let owner = [PROCESS.fetch_add(1, Ordering::Relaxed); 16];
        PostgresOptions::new(OpenMode::ReadWrite, owner)
    }

    /// Runs SQL behind the store's back.
    pub(crate) fn superuser(folder: &Path, sql: &str) -> String {
        PostgresServer::shared().superuser(&Self::database(folder), sql)
    }
}

impl StoreMaker for Postgres {
    type Store = PostgresStore;

    const NAME: &'static str = "PostgreSQL";

    async fn open(folder: &Path) -> PostgresStore {
        let url = Self::url(folder);
        if PostgresServer::shared().is_cluster() {
            PostgresStore::spread(&url, noon()).await.unwrap();
        }
        PostgresStore::open(&url, Self::options()).await.unwrap()
    }

    fn everything(folder: &Path) -> Vec<u8> {
        let tables = "SELECT string_agg(format('SELECT t::text FROM %I t', tablename), \
            ' UNION ALL ') FROM pg_tables WHERE schemaname = 'public'";
        let all = Self::superuser(folder, tables);
        Self::superuser(folder, &all).into_bytes()
    }

    fn discard(folder: &Path) {
        PostgresServer::shared().discard(&Self::database(folder));
    }
}

/// A store's folder, which takes everything along when it goes.
pub(crate) struct Place {
    folder: TempDir,
    discard: fn(&Path),
}

impl Place {
    /// A new one for a kind of store.
    pub(crate) fn of<M: StoreMaker>() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), discard: M::discard }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        (self.discard)(self.folder.path());
    }
}

/// Two lines on the own network and one at the supplier.
pub(crate) const LINES: [SampleLine; 3] = [
    SampleLine { operator: OWN, index: 0 },
    SampleLine { operator: OWN, index: 1 },
    SampleLine { operator: SUPPLIED, index: 2 },
];

/// Who holds the first of them.
pub(crate) const HOLDER: &str = "Aurélie-Anne 陈静";

pub(crate) struct Scene<M: StoreMaker> {
    pub(crate) store: M::Store,
    pub(crate) folder: Place,
    pub(crate) now: Cell<Instant>,
    next: Cell<u64>,
}

impl<M: StoreMaker> Scene<M> {
    pub(crate) async fn open() -> Self {
        let folder = Place::of::<M>();
        let store = M::open(folder.path()).await;
        store.publish(catalogue(), noon()).await.unwrap();
        let mut lines = LINES.map(new_line);
        lines[0].holder_name = HolderName::parse(HOLDER).ok();
        let rows = (2..).zip(lines).map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        Self { store, folder, now: Cell::new(noon()), next: Cell::new(1) }
    }

    /// Opens the store of a folder again, at the same time as ever.
    pub(crate) async fn reopened(folder: Place) -> Self {
        let store = M::open(folder.path()).await;
        Self { store, folder, now: Cell::new(noon()), next: Cell::new(1) }
    }

    /// Ends the store and gives its folder.
    pub(crate) fn close(self) -> Place {
        drop(self.store);
        self.folder
    }

    /// What the checker finds must be nothing.
    pub(crate) async fn assert_sound(&self) {
        assert_eq!(self.store.violations().await.unwrap(), []);
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.now.set(self.now.get().plus_seconds(seconds));
    }

    pub(crate) async fn keyed(
        &self,
        line: LineId,
        key: Option<CommandKey>,
        command: LineCommand,
    ) -> Outcome {
        let context = Context { now: self.now.get(), actor: Actor::System };
        self.store.run(Envelope { line, key, command, context }).await.unwrap()
    }

    pub(crate) async fn run(&self, line: SampleLine, command: LineCommand) -> Outcome {
        self.keyed(line.id(), None, command).await
    }

    /// Runs a command that must answer with its order.
    pub(crate) async fn order(&self, line: SampleLine, command: LineCommand) -> Order {
        match self.run(line, command.clone()).await {
            Outcome::Answered(Answer::Order(order)) => *order,
            other => panic!("{command:?} led to {other:?}"),
        }
    }

    pub(crate) async fn refused(&self, line: SampleLine, command: LineCommand) -> Refusal {
        match self.run(line, command.clone()).await {
            Outcome::Refused(refusal) => refusal,
            other => panic!("{command:?} led to {other:?}"),
        }
    }

    pub(crate) fn place(&self, line: SampleLine, plan: &str) -> LineCommand {
        let number = self.next.replace(self.next.get() + 1);
        let catalogue = self.store.catalogue();
        let quote = quote(&catalogue, line.id(), (plan, number), self.now.get());
        LineCommand::Place(Box::new(placing(quote, number)))
    }

    pub(crate) async fn placed(&self, line: SampleLine, plan: &str) -> Order {
        self.order(line, self.place(line, plan)).await
    }

    pub(crate) fn capture(&self, order: &Order, payment: &str) -> LineCommand {
        self.capture_of(order, (payment, order.price.total))
    }

    pub(crate) fn capture_of(
        &self,
        order: &Order,
        (payment, amount): (&str, Money),
    ) -> LineCommand {
        let capture = Capture {
            provider: "sandbox".to_owned(),
            payment: payment.to_owned(),
            amount,
            method: PaymentMethod::Credit,
            at: self.now.get(),
        };
        LineCommand::Capture(order.id, capture)
    }

    /// Places an order and pays it.
    pub(crate) async fn paid(&self, line: SampleLine, plan: &str) -> Order {
        let order = self.placed(line, plan).await;
        let payment = format!("pay-{}", order.id);
        self.order(line, self.capture(&order, &payment)).await
    }

    pub(crate) async fn answered(
        &self,
        line: SampleLine,
        order: OrderId,
        answer: DeliveryAnswer,
    ) -> Order {
        self.order(line, LineCommand::DeliveryAnswered(order, Answered::first(order, answer))).await
    }

    /// The next request of a session about data, everywhere, under terms of an hour.
    pub(crate) async fn request(
        &self,
        line: SampleLine,
        (name, step): (&str, ChargingStep),
    ) -> LineCommand {
        let known = self.store.charging_session(line.id(), name).await.unwrap();
        let sequence = known.map_or(0, |known| known.sequence + 1);
        request((name, sequence), step)
    }

    /// Runs the next request of a session.
    pub(crate) async fn charge(
        &self,
        line: SampleLine,
        (name, step): (&str, ChargingStep),
    ) -> ChargingAnswer {
        let command = self.request(line, (name, step)).await;
        self.answer(line, command).await
    }

    /// Runs a request of a session.
    pub(crate) async fn answer(&self, line: SampleLine, command: LineCommand) -> ChargingAnswer {
        match self.run(line, command.clone()).await {
            Outcome::Answered(Answer::Charging(answer)) => answer,
            other => panic!("{command:?} led to {other:?}"),
        }
    }

    /// Does what is due of a line, as the worker would, and strikes it off.
    pub(crate) async fn work_on(&self, line: SampleLine) {
        let due = self.store.due_jobs(self.now.get(), 50).await.unwrap();
        for job in due.into_iter().filter(|job| job.line == line.id()) {
            match job.kind {
                JobKind::Sweep => drop(self.run(line, LineCommand::Sweep).await),
                JobKind::Depletion(Depletion { bucket, mark, left }) => {
                    let at = job.first_due;
                    let record = DepletionRecord { line: job.line, bucket, mark, left, at };
                    self.store.note_depletion(&record).await.unwrap();
                }
                _ => {}
            }
            self.store.finish_job(&job).await.unwrap();
        }
    }
}

pub(crate) fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

/// A request about data under a number of its own.
pub(crate) fn request((name, sequence): (&str, u32), step: ChargingStep) -> LineCommand {
    LineCommand::Charge(Box::new(ChargingRequest {
        session: Session(name.to_owned()),
        sequence,
        kind: ServiceKind::Data,
        zones: None,
        step,
        terms: Terms { quota: Units::MOST, validity_seconds: 3600, threshold_percent: 80 },
    }))
}

/// Data used at one stroke.
pub(crate) fn event(name: &str, octets: i64) -> LineCommand {
    request((name, 0), ChargingStep::Event { units: units(octets) })
}

/// A session begins and wants this much.
pub(crate) fn start(octets: i64) -> ChargingStep {
    ChargingStep::Start { wanted: Wanted::Units(units(octets)) }
}

/// A session goes on: it used this much and wants that much.
pub(crate) fn update(used: i64, wanted: i64) -> ChargingStep {
    ChargingStep::Update { used: units(used), wanted: Wanted::Units(units(wanted)) }
}

/// A session ends and used this much.
pub(crate) fn end(used: i64) -> ChargingStep {
    ChargingStep::End { used: units(used) }
}

/// What was granted, and what is left.
pub(crate) fn granted(answer: ChargingAnswer) -> (i64, i64) {
    match answer.result {
        ChargingResult::Granted(quota) => (quota.units.count(), answer.left.count()),
        other => panic!("nothing is granted: {other:?}"),
    }
}
