//! A store with a catalogue and three lines, and short words for what happens on them.

use farline_app::ports::lines::ImportError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Catalogues, LinePipeline, Lines, Store};
use farline_domain::balance::Session;
use farline_domain::commands::{
    Actor, Answer, Context, DeliveryAnswer, LineCommand, Refusal, UsageAnswer,
};
use farline_domain::kernel::{CommandKey, Instant, LineId, Money, OrderId, Units};
use farline_domain::orders::Order;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_testkit::{
    OWN, SUPPLIED, SampleLine, catalogue, data_usage, new_line, noon, placing, quote,
};
use std::cell::Cell;
use std::path::Path;
use tempfile::TempDir;

/// Makes a kind of store, so that one suite serves all of them.
pub(crate) trait StoreMaker {
    type Store: Store + 'static;

    /// Opens the store in a folder, making it if it is new.
    fn open(folder: &Path) -> Self::Store;

    /// What its checker finds.
    fn violations(store: &Self::Store) -> Vec<String>;
}

/// Two lines on the own network and one at the supplier.
pub(crate) const LINES: [SampleLine; 3] = [
    SampleLine { operator: OWN, index: 0 },
    SampleLine { operator: OWN, index: 1 },
    SampleLine { operator: SUPPLIED, index: 2 },
];

pub(crate) struct Scene<M: StoreMaker> {
    pub(crate) store: M::Store,
    pub(crate) folder: TempDir,
    pub(crate) now: Cell<Instant>,
    next: Cell<u64>,
}

impl<M: StoreMaker> Scene<M> {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = M::open(folder.path());
        store.publish(catalogue(), noon()).await.unwrap();
        let rows = (2..).zip(LINES.map(new_line)).map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        Self { store, folder, now: Cell::new(noon()), next: Cell::new(1) }
    }

    /// Ends the store and gives its folder.
    pub(crate) fn close(self) -> TempDir {
        drop(self.store);
        self.folder
    }

    /// What the checker finds must be nothing.
    pub(crate) fn assert_sound(&self) {
        assert_eq!(M::violations(&self.store), Vec::<String>::new());
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
        self.order(line, LineCommand::DeliveryAnswered(order, answer)).await
    }

    pub(crate) fn reserve(&self, session: &str, octets: i64) -> LineCommand {
        LineCommand::Reserve {
            session: Session(session.to_owned()),
            usage: data_usage(),
            units: Units::new(octets).unwrap(),
            until: self.now.get().plus_seconds(3600),
        }
    }

    pub(crate) fn commit(session: &str, octets: i64) -> LineCommand {
        LineCommand::Commit {
            session: Session(session.to_owned()),
            usage: data_usage(),
            units: Units::new(octets).unwrap(),
        }
    }

    /// Runs a usage command; answers what it held or used, and what is left.
    pub(crate) async fn usage(&self, line: SampleLine, command: LineCommand) -> (i64, i64) {
        match self.run(line, command.clone()).await {
            Outcome::Answered(Answer::Usage(UsageAnswer { units, left })) => {
                (units.count(), left.count())
            }
            other => panic!("{command:?} led to {other:?}"),
        }
    }
}
