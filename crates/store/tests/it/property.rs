//! Whatever happens on three lines, in whatever order, the checker finds nothing.

use crate::scene::{
    LINES, Postgres, Scene, Sqlite, StoreMaker, end, request, start, units, update,
};
use crate::subjects::{limits, promotion, reserving, told};
use farline_app::ports::charging::DepletionRecord;
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Charging as _, Jobs, Orders};
use farline_domain::balance::Depletion;
use farline_domain::charging::ChargingStep;
use farline_domain::commands::{
    Answered, DeliveryAnswer, GivenBack, HeldChoice, JobKind, LineCommand, RefundAnswer,
    RefundByHand, TakenByHand, Verdict,
};
use farline_domain::kernel::{LineId, Money};
use farline_domain::orders::{DeliveryRefusal, Order, Stage};
use farline_domain::payments::{
    ByHand, DisputeStatus, DisputeTold, Fee, ManualMethod, ManualReference, RefundTo,
};
use farline_domain::subjects::{SubjectCommand, SubjectRefusal};
use farline_store::Database;
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, grant_data};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Whether a payer asks for another period beside an unfinished one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Periods {
    One,
    Another,
}

/// Whether an order holds a place of a promotion that has three.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Promotion {
    None,
    Limited,
}

/// Megabytes that a session uses and wants.
#[derive(Clone, Copy, Debug)]
enum Charging {
    Start(i64),
    Update(i64, i64),
    End(i64),
    Event(i64),
}

impl Charging {
    fn step(self) -> ChargingStep {
        const MEGA: i64 = 1_000_000;
        match self {
            Self::Start(wanted) => start(wanted * MEGA),
            Self::Update(used, wanted) => update(used * MEGA, wanted * MEGA),
            Self::End(used) => end(used * MEGA),
            Self::Event(used) => ChargingStep::Event { units: units(used * MEGA) },
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Place { line: usize, plan: &'static str, periods: Periods, promotion: Promotion },
    Capture { order: usize, payment: u8, altered: bool },
    TakeByHand(usize, ManualMethod),
    GiveByHand(usize, u32),
    Cancel(usize),
    Expire(usize),
    Send(usize),
    Answer(usize, u8),
    Choose(usize, bool),
    WrongNumber(usize),
    RefundAnswer(usize, u32, u8),
    Resolve(usize, u8),
    GiveBack(usize, i64, bool),
    Dispute(usize, u8, u8, i64),
    Fee(usize, u8),
    Charge { line: usize, session: u8, sequence: u32, does: Charging },
    Sweep(usize),
    Grant(usize),
    Wait(i64),
    Work,
}

fn step() -> impl Strategy<Value = Step> {
    let (line, order) = (0..3_usize, 0..6_usize);
    let plan = prop_oneof![Just(OWN_SMALL), Just(OWN_BIG)];
    let periods = prop_oneof![Just(Periods::One), Just(Periods::Another)];
    let promotion = prop_oneof![Just(Promotion::None), Just(Promotion::Limited)];
    let megabytes = || prop_oneof![0..300_i64, Just(3000)];
    let charging = prop_oneof![
        2 => megabytes().prop_map(Charging::Start),
        3 => (megabytes(), megabytes()).prop_map(|(used, wanted)| Charging::Update(used, wanted)),
        1 => megabytes().prop_map(Charging::End),
        1 => megabytes().prop_map(Charging::Event),
    ];
    prop_oneof![
        4 => (line.clone(), plan, periods, promotion).prop_map(
            |(line, plan, periods, promotion)| Step::Place { line, plan, periods, promotion }
        ),
        6 => (order.clone(), 0..2_u8, prop::bool::weighted(0.1))
            .prop_map(|(order, payment, altered)| Step::Capture { order, payment, altered }),
        3 => (order.clone(), prop::sample::select(ManualMethod::ALL.to_vec()))
            .prop_map(|(order, method)| Step::TakeByHand(order, method)),
        2 => (order.clone(), 1..3_u32)
            .prop_map(|(order, refund)| Step::GiveByHand(order, refund)),
        2 => order.clone().prop_map(Step::Cancel),
        1 => order.clone().prop_map(Step::Expire),
        3 => order.clone().prop_map(Step::Send),
        4 => (order.clone(), 0..5_u8).prop_map(|(order, answer)| Step::Answer(order, answer)),
        2 => (order.clone(), any::<bool>()).prop_map(|(order, add)| Step::Choose(order, add)),
        2 => order.clone().prop_map(Step::WrongNumber),
        4 => (order.clone(), 1..3_u32, 0..3_u8)
            .prop_map(|(order, number, answer)| Step::RefundAnswer(order, number, answer)),
        3 => (order.clone(), 0..5_u8).prop_map(|(order, verdict)| Step::Resolve(order, verdict)),
        2 => (order.clone(), prop_oneof![Just(100), Just(700)], any::<bool>())
            .prop_map(|(order, cents, credit)| Step::GiveBack(order, cents, credit)),
        1 => (order.clone(), 0..3_u8).prop_map(|(order, number)| Step::Fee(order, number)),
        3 => (order, 0..2_u8, 0..6_u8, prop_oneof![Just(0), Just(100)]).prop_map(
            |(order, payment, status, withdrawn)| Step::Dispute(order, payment, status, withdrawn)
        ),
        7 => (line.clone(), 0..4_u8, 0..6_u32, charging)
            .prop_map(|(line, session, sequence, does)| Step::Charge { line, session, sequence, does }),
        1 => line.clone().prop_map(Step::Sweep),
        1 => line.prop_map(Step::Grant),
        2 => prop_oneof![Just(20), Just(1900), Just(90_000), Just(800_000)].prop_map(Step::Wait),
        3 => Just(Step::Work),
    ]
}

struct Story<M: StoreMaker> {
    scene: Scene<M>,
    orders: Vec<(usize, Order)>,
}

impl<M: StoreMaker> Story<M> {
    async fn take(&mut self, step: Step) {
        let (line, command) = match step {
            Step::Wait(seconds) => return self.scene.wait(seconds),
            Step::Work => return self.work().await,
            Step::Place { line, plan, periods, promotion } => {
                return self.place(line, plan, (periods, promotion)).await;
            }
            Step::Charge { line, session, sequence, does } => {
                (line, request((&format!("s{session}"), sequence), does.step()))
            }
            Step::Sweep(line) => (line, LineCommand::Sweep),
            Step::Grant(line) => (line, grant_data(1_000_000)),
            Step::Capture { order, .. }
            | Step::TakeByHand(order, _)
            | Step::GiveByHand(order, _)
            | Step::Cancel(order)
            | Step::Expire(order)
            | Step::Send(order)
            | Step::Answer(order, _)
            | Step::Choose(order, _)
            | Step::WrongNumber(order)
            | Step::RefundAnswer(order, ..)
            | Step::Resolve(order, _)
            | Step::GiveBack(order, ..)
            | Step::Dispute(order, ..)
            | Step::Fee(order, _) => {
                if self.orders.is_empty() {
                    return;
                }
                let (line, order) = &self.orders[order % self.orders.len()];
                (*line, self.on_order(step, order))
            }
        };
        self.scene.run(LINES[line], command).await;
    }

    async fn place(&mut self, line: usize, plan: &str, (periods, of): (Periods, Promotion)) {
        let plan = if line == 2 { SUPPLIED_MONTH } else { plan };
        let LineCommand::Place(mut placing) = self.scene.place(LINES[line], plan) else {
            panic!("not a placing")
        };
        placing.another_period = periods == Periods::Another;
        let id = placing.id;
        let limits = limits(Some(3), None);
        let attempt = u64::from_be_bytes(id.to_bytes()[8..].try_into().unwrap());
        let holding = reserving(&promotion(), (id, LINES[line].id()), attempt, limits);
        if of == Promotion::Limited {
            match self.scene.ask(holding).await {
                Ok(held) => placing.reservations = vec![told(Ok(held)).reserved()],
                Err(refusal) => return assert_eq!(refusal, SubjectRefusal::UsedUp),
            }
        }
        let held = placing.reservations.clone();
        self.scene.run(LINES[line], LineCommand::Place(placing)).await;
        if self.scene.store.order(id).await.unwrap().is_none() {
            for held in held {
                self.scene.ask(SubjectCommand::Release(held.id)).await.unwrap();
            }
        }
        if let Some(order) = self.scene.store.order(id).await.unwrap() {
            self.orders.push((line, order));
        }
    }

    fn on_order(&self, step: Step, order: &Order) -> LineCommand {
        let id = order.id;
        match step {
            Step::Capture { payment, altered, .. } => {
                let amount = if altered { Money::cad(77) } else { order.price.total };
                self.scene.capture_of(order, (&format!("{id}-{payment}"), amount))
            }
            Step::TakeByHand(_, method) => {
                let by_hand = from_hand_to_hand(method, &order.reference.to_string());
                let taken = TakenByHand { by_hand, amount: order.price.total };
                LineCommand::TakeByHand(id, Box::new(taken))
            }
            Step::GiveByHand(_, refund) => {
                let reference = format!("{}-{refund}", order.reference);
                let by_hand = from_hand_to_hand(ManualMethod::Cash, &reference);
                LineCommand::GiveByHand(id, Box::new(GivenBack { refund, by_hand }))
            }
            Step::Cancel(_) => LineCommand::Cancel(id),
            Step::Expire(_) => LineCommand::Expire(id),
            Step::Send(_) => LineCommand::Send(id),
            Step::Answer(_, answer) => {
                LineCommand::DeliveryAnswered(id, Answered::first(id, delivery_answer(answer)))
            }
            Step::Choose(_, true) => LineCommand::ChooseHeld(id, HeldChoice::AddPeriod),
            Step::Choose(_, false) => LineCommand::ChooseHeld(id, HeldChoice::Refund),
            Step::RefundAnswer(_, number, answer) => {
                LineCommand::RefundAnswered(id, number, refund_answer(answer))
            }
            Step::Resolve(_, verdict) => LineCommand::Resolve(id, a_verdict(verdict)),
            Step::GiveBack(_, cents, credit) => {
                let to = if credit { RefundTo::LineCredit } else { RefundTo::Source };
                let (key, amount) = (format!("{cents}"), Some(Money::cad(cents)));
                LineCommand::Refund(id, RefundByHand { key, amount, to, limit: None })
            }
            Step::Fee(_, number) => {
                let (provider, id) = ("sandbox".to_owned(), format!("fee-{number}"));
                LineCommand::BookFee(order.id, Fee { provider, id, amount: Money::cad(3) })
            }
            Step::Dispute(_, payment, status, withdrawn) => {
                let (payment, amount) = (format!("{id}-{payment}"), Money::cad(100));
                let status = DisputeStatus::ALL[usize::from(status)];
                LineCommand::Dispute(id, Box::new(disputed((payment, status), (amount, withdrawn))))
            }
            _ => LineCommand::WrongNumber(id),
        }
    }

    /// Does what is due, as the worker would.
    async fn work(&mut self) {
        let due = self.scene.store.due_jobs(self.scene.now.get(), 50).await.unwrap();
        for job in due {
            if self.does(&job).await {
                self.scene.store.finish_job(&job).await.unwrap();
            } else {
                let later = self.scene.now.get().plus_seconds(60);
                self.scene.store.put_off_job(&job, later).await.unwrap();
            }
        }
    }

    async fn does(&self, job: &StoredJob) -> bool {
        match &job.kind {
            JobKind::Sweep => {
                self.keyed(job.line, LineCommand::Sweep).await;
                return true;
            }
            kind @ (JobKind::CaptureReservation(_) | JobKind::ReleaseReservation(_)) => {
                self.scene.settle(kind).await;
                return true;
            }
            &JobKind::Depletion(Depletion { bucket, mark, left }) => {
                let (line, at) = (job.line, job.first_due);
                let record = DepletionRecord { line, bucket, mark, left, at };
                self.scene.store.note_depletion(&record).await.unwrap();
                return true;
            }
            _ => {}
        }
        let Some(order) = job.order else { return true };
        let command = match &job.kind {
            JobKind::Sweep
            | JobKind::Depletion(_)
            | JobKind::CaptureReservation(_)
            | JobKind::ReleaseReservation(_)
            | JobKind::Notice(..)
            | JobKind::Charge
            | JobKind::AutoRenew
            | JobKind::AutoRenewNotice(_)
            | JobKind::TellSeller(_)
            | JobKind::RenderReceipt => return true,
            JobKind::AskPayment => {
                let order = self.scene.store.order(order).await.unwrap().unwrap();
                return order.state.stage() != Stage::AwaitingPayment;
            }
            JobKind::AskDispute(id) => {
                let order = self.scene.store.order(order).await.unwrap().unwrap();
                let is_it = |told: &DisputeTold| told.id == *id && told.status.is_open();
                return !order.disputes.iter().any(|dispute| is_it(&dispute.told));
            }
            JobKind::Expire => LineCommand::Expire(order),
            JobKind::Send => LineCommand::Send(order),
            JobKind::AskDelivery => LineCommand::DeliveryAnswered(
                order,
                Answered::first(order, DeliveryAnswer::Unknown),
            ),
            JobKind::Refund(number) => {
                LineCommand::RefundAnswered(order, *number, refund_answer(0))
            }
            JobKind::AskRefund(number) => {
                LineCommand::RefundAnswered(order, *number, refund_answer(1))
            }
        };
        self.keyed(job.line, command).await;
        true
    }

    async fn keyed(&self, line: LineId, command: LineCommand) {
        self.scene.keyed(line, None, command).await;
    }
}

fn from_hand_to_hand(method: ManualMethod, reference: &str) -> ByHand {
    ByHand { method, reference: ManualReference::parse(reference).unwrap() }
}

fn delivery_answer(answer: u8) -> DeliveryAnswer {
    match answer {
        0 => DeliveryAnswer::Delivered { supplier_reference: None },
        1 => DeliveryAnswer::InProgress,
        2 => DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable),
        3 => DeliveryAnswer::Unknown,
        _ => DeliveryAnswer::Reversed,
    }
}

fn refund_answer(answer: u8) -> RefundAnswer {
    match answer {
        0 => RefundAnswer::Pending { refund: "r".to_owned() },
        1 => RefundAnswer::Done { refund: "r".to_owned() },
        _ => RefundAnswer::Failed { reason: "closed".to_owned() },
    }
}

fn disputed(
    (payment, status): (String, DisputeStatus),
    (amount, withdrawn): (Money, i64),
) -> DisputeTold {
    DisputeTold {
        provider: "sandbox".to_owned(),
        id: format!("d-{payment}"),
        payment,
        status,
        reason: "fraudulent".to_owned(),
        amount,
        withdrawn: Money::cad(withdrawn),
        respond_by: None,
    }
}

fn a_verdict(verdict: u8) -> Verdict {
    match verdict {
        0 => Verdict::Delivered,
        1 => Verdict::NotDelivered,
        2 => Verdict::RefundAgain,
        3 => Verdict::RefundAsCredit,
        _ => Verdict::Close,
    }
}

/// How many stories are told: a few in every run, many more in the full one.
fn cases(few: u32, many: u32) -> u32 {
    if std::env::var("FARLINE_FULL").is_ok_and(|full| !full.is_empty()) { many } else { few }
}

#[test]
fn whatever_happens_the_invariants_hold_in_sqlite() {
    whatever_happens_the_invariants_hold::<Sqlite>(cases(300, 20_000));
}

#[test]
fn whatever_happens_the_invariants_hold_in_postgresql() {
    whatever_happens_the_invariants_hold::<Postgres>(cases(30, 2_000));
}

fn whatever_happens_the_invariants_hold<M: StoreMaker>(cases: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&prop::collection::vec(step(), 1..40), |steps| {
            runtime.block_on(async {
                let mut story = Story::<M> { scene: Scene::open().await, orders: Vec::new() };
                for step in &steps {
                    story.take(*step).await;
                }
                let violations = story.scene.store.violations().await.unwrap();
                let found: Vec<String> = violations.iter().map(ToString::to_string).collect();
                prop_assert!(found.is_empty(), "{found:#?}\n{:#?}", story.orders);
                Ok(())
            })
        })
        .unwrap();
}
