//! Subjects on every store: what is kept of them, many callers at once on the last places, and
//! planted faults.

mod concurrency;
mod contract;
mod faults;

use crate::scene::{Scene, StoreMaker, units};
use farline_app::ports::Subjects;
use farline_app::ports::subjects::SubjectEnvelope;
use farline_domain::catalog::PromotionCode;
use farline_domain::commands::{Actor, Context, JobKind, LineCommand, PlaceOrder};
use farline_domain::kernel::{CommandKey, Instant, LineId, OrderId, ReservationId, Units};
use farline_domain::orders::Order;
use farline_domain::subjects::{
    Holder, Limits, Quantity, Reservation, Reserve, Reserved, SubjectAnswer, SubjectCommand,
    SubjectKey, SubjectRefusal,
};
use farline_store::{Database, Rule};
use farline_testkit::{SampleLine, noon};

type Asked = Result<SubjectAnswer, SubjectRefusal>;

/// The promotion of these tests.
pub(crate) fn promotion() -> SubjectKey {
    named("last-places")
}

pub(crate) fn named(code: &str) -> SubjectKey {
    SubjectKey::Promotion(PromotionCode::parse(code).unwrap())
}

/// Limits in all and for each line; nothing is not limited.
pub(crate) fn limits(total: Option<i64>, holder: Option<i64>) -> Limits {
    Limits { total: total.map(units), holder: holder.map(units) }
}

/// The key under which an attempt places its order.
pub(crate) fn placing_key(attempt: u64) -> CommandKey {
    CommandKey::of(&["placing", &attempt.to_string()])
}

/// Attempt `attempt` to hold one for an order of a line.
pub(crate) fn reserving(
    subject: &SubjectKey,
    (order, line): (OrderId, LineId),
    attempt: u64,
    limits: Limits,
) -> SubjectCommand {
    SubjectCommand::Reserve(Box::new(Reserve {
        id: ReservationId::mint(noon(), subject.cell(), attempt),
        order,
        line,
        placing: placing_key(attempt),
        holder: Some(Holder::from(line)),
        named: None,
        instead_of: None,
        quantity: Quantity::redemptions(units(1)),
        limits,
        look_at: noon().plus_seconds(300),
    }))
}

/// Sets the limits of the redemptions of a subject.
pub(crate) fn limiting(limits: Limits) -> SubjectCommand {
    SubjectCommand::Limit(Quantity::redemptions(Units::ZERO), limits)
}

/// Asks a subject.
pub(crate) async fn ask(
    store: &impl Subjects,
    subject: &SubjectKey,
    command: SubjectCommand,
    now: Instant,
) -> Asked {
    let context = Context { now, actor: Actor::System };
    let envelope = SubjectEnvelope { subject: subject.clone(), command, context };
    store.run_on_subject(envelope).await.unwrap()
}

/// The reservation that an answer tells of.
pub(crate) fn told(asked: Asked) -> Reservation {
    match asked {
        Ok(SubjectAnswer::Reservation(reservation)) => *reservation,
        other => panic!("no reservation: {other:?}"),
    }
}

/// Used and reserved of a subject.
pub(crate) async fn figures(store: &impl Subjects, subject: &SubjectKey) -> (i64, i64) {
    let found = store.subject(subject).await.unwrap().unwrap();
    (found.whole.used.count(), found.whole.reserved.count())
}

impl<M: StoreMaker> Scene<M> {
    pub(crate) async fn ask(&self, command: SubjectCommand) -> Asked {
        ask(&self.store, &promotion(), command, self.now.get()).await
    }

    /// A placing that holds a place of the promotion, and what it holds.
    pub(crate) async fn holding(&self, line: SampleLine, plan: &str) -> (PlaceOrder, Reservation) {
        let LineCommand::Place(mut placing) = self.place(line, plan) else { panic!("no placing") };
        let attempt = u64::from_be_bytes(placing.id.to_bytes()[8..].try_into().unwrap());
        let of = (placing.id, line.id());
        let limits = limits(Some(100), None);
        let held = told(self.ask(reserving(&promotion(), of, attempt, limits)).await);
        placing.reservations = vec![held.reserved()];
        (*placing, held)
    }

    /// Places an order that holds a place of the promotion.
    pub(crate) async fn placed_holding(&self, line: SampleLine, plan: &str) -> Order {
        let (placing, _) = self.holding(line, plan).await;
        self.order(line, LineCommand::Place(Box::new(placing))).await
    }

    /// Does what a job says about a reservation.
    pub(crate) async fn settle(&self, kind: &JobKind) {
        let (command, Reserved { subject, .. }) = match kind {
            JobKind::CaptureReservation(reserved) => {
                (SubjectCommand::Capture(reserved.id), reserved)
            }
            JobKind::ReleaseReservation(reserved) => {
                (SubjectCommand::Release(reserved.id), reserved)
            }
            other => panic!("{other:?} is not about a reservation"),
        };
        ask(&self.store, subject, command, self.now.get()).await.unwrap();
    }
}

/// What the checker finds must be nothing, but that no orders stand behind the captures of a test
/// that asks the subject alone.
pub(crate) async fn assert_counted(store: &impl Database) {
    let found = store.violations().await.unwrap().into_iter();
    let found: Vec<_> = found.filter(|found| found.rule != Rule::Settlement).collect();
    assert_eq!(found, []);
}
