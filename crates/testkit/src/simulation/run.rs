//! One run: turns until the length is reached, then rest.

use super::book::{Others, Rest};
use super::carrier::{Carrier, Printer};
use super::gate::{Gate, hear};
use super::people::{Deed, Led, pay};
use super::plan::{PLACES, PROMOTION, Plan, to_pay};
use super::provider::Provider;
use super::supplier::Supplier;
use super::world::{World, take_turns, wait_for};
use super::{Home, Length, Ran, rest};
use crate::builders::{OWN, SUPPLIED, SampleLine, catalogue, new_line, next_plan, noon};
use crate::clock::SeededRandomness;
use farline_app::charging::ChargingSettings;
use farline_app::desk::DeskSettings;
use farline_app::payments::Providers;
use farline_app::ports::accounts::{AccountChange, Changed, NewContact};
use farline_app::ports::delivery::DeliverySupplier;
use farline_app::ports::lines::ImportError;
use farline_app::ports::notice::{Medium, NoticeGateway};
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Store, StoreError};
use farline_app::wording::business::Business;
use farline_app::{App, Keys, Mode};
use farline_domain::accounts::Address;
use farline_domain::balance::Session;
use farline_domain::catalog::{
    Catalogue, CoverageZone, OperatorCode, Promotion, PromotionCode, Reduction, ZoneCode,
};
use farline_domain::charging::ChargingRequest;
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::{AccountId, Cell, ContactId, Language, Localized, Money, Units, Zone};
use farline_domain::subjects::SubjectKey;
use jiff::civil::Date;
use std::pin::Pin;
use std::sync::Arc;

/// Every process looks each minute after what is due; no leap in time is longer than this without a look.
const LOOKED_WITHIN_MILLIS: i64 = 30 * 60 * 1000;
/// After so many operations everything is compared.
const COMPARE_EVERY: u64 = 1000;

/// One process: a store that is its own, and the use cases over it.
pub(super) struct Process {
    pub(super) app: App,
    pub(super) store: Arc<dyn Store>,
}

/// A run under way.
pub(super) struct Run<'a> {
    pub(super) home: &'a dyn Home,
    pub(super) world: Arc<World>,
    pub(super) processes: Vec<Process>,
    pub(super) plan: Plan,
    pub(super) operations: u64,
    ends: u64,
    starts: u64,
    seed: u64,
    compared_at: u64,
}

pub(super) fn run(home: &dyn Home, seed: u64, length: Length) -> Result<Ran, String> {
    // What the store waits for runs beside; it decides nothing.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let _entered = runtime.enter();
    let mut run = Run {
        home,
        world: Arc::new(World::new(seed, noon())),
        processes: Vec::new(),
        plan: Plan::default(),
        operations: 0,
        ends: 0,
        starts: 0,
        seed,
        compared_at: 0,
    };
    run.open(1);
    run.settle_in(length.lines);
    // The others come when there is something to know.
    run.open(home.processes());
    run.world.let_things_go_wrong();
    while run.operations < length.operations {
        run.turn();
        run.judge()?;
    }
    run.compare_all(Rest::NotYet);
    run.judge()?;
    rest::come_to_rest(&mut run)?;
    let orders = run.world.book().placed.len();
    Ok(Ran { operations: run.operations, ends: run.ends, orders, digest: run.world.digest() })
}

impl Run<'_> {
    /// Ends every process, and starts so many.
    fn open(&mut self, processes: usize) {
        self.processes.clear();
        for _ in 0..processes {
            self.starts += 1;
            let store = wait_for(self.home.open());
            let app = self.app(&store);
            self.processes.push(Process { app, store });
        }
    }

    fn app(&self, store: &Arc<dyn Store>) -> App {
        let world = &self.world;
        let supplier: Arc<dyn DeliverySupplier> = Arc::new(Supplier(Arc::clone(world)));
        let carrier = |medium| {
            let carrier: Arc<dyn NoticeGateway> = Arc::new(Carrier(Arc::clone(world), medium));
            carrier
        };
        App {
            store: Arc::new(Gate { inner: Arc::clone(store), world: Arc::clone(world) }),
            clock: world.clock.clone(),
            randomness: Arc::new(SeededRandomness::seeded(self.seed ^ (self.starts << 32))),
            providers: Providers::new(Arc::new(Provider(Arc::clone(world))), Vec::new()),
            suppliers: [(supplier.name().to_owned(), supplier)].into(),
            supplier_terms: std::collections::BTreeMap::new(),
            gateways: vec![carrier(Medium::Email), carrier(Medium::Sms)],
            keypad: None,
            shops: Arc::default(),
            endpoints: Arc::default(),
            callbacks: Arc::<crate::callbacks::ToldPartners>::default(),
            printer: Arc::new(Printer::default()),
            keys: Keys { tokens: [1; 32], secrets: [2; 32] },
            business: Arc::new(Business::demonstration()),
            charging: ChargingSettings::default(),
            reminders: farline_app::reminders::ReminderSettings::for_accounts(),
            base_url: "https://farline.example".to_owned(),
            mode: Mode::Sandbox,
            desk: DeskSettings::default(),
            wake: Arc::new(tokio::sync::Notify::new()),
        }
    }

    /// The catalogue, lines, and a few people with accounts.
    fn settle_in(&mut self, lines: u32) {
        let store = Arc::clone(&self.processes[0].store);
        wait_for(store.publish(wider(catalogue()), noon())).expect("published");
        let catalogue = store.catalogue();
        let operator = |index: u32| if index.is_multiple_of(3) { SUPPLIED } else { OWN };
        self.plan.lines =
            (0..lines).map(|index| SampleLine { operator: operator(index), index }).collect();
        for line in &self.plan.lines {
            let code = OperatorCode::parse(line.operator).expect("a code");
            let network = &catalogue.operators.get(&code).expect("an operator").network;
            self.world.book().import(&new_line(*line), network);
        }
        let rows: Vec<_> = self.plan.lines.iter().copied().map(new_line).collect();
        let rows = (2..).zip(rows).map(Ok::<_, ImportError>);
        wait_for(store.import_lines(Box::new(rows), Box::new(|_| {}))).expect("imported");
        for number in 0..3_u64 {
            let account = AccountId::mint(noon(), Cell::of(&number.to_be_bytes()), number);
            let key = [u8::try_from(number).unwrap_or(0); 32];
            let address = Address::email(&format!("p{number}@example.org")).expect("an address");
            let id = ContactId::mint(noon(), account.cell(), number);
            let contact = NewContact { id, address, key };
            let language = Language::EnCa;
            let opening = AccountChange::Open { language, password: None, contact };
            let opened = wait_for(store.change_account(account, opening, (Actor::Guest, noon())));
            assert_eq!(opened.expect("opened"), Changed::Done);
            self.plan.accounts.push(account);
        }
    }

    /// One turn: time moves, a payer pays, or some act, one after the other or at once.
    fn turn(&mut self) {
        let world = Arc::clone(&self.world);
        match world.chance.below(100) {
            0..=9 => self.pass_time(),
            10..=17 => {
                self.operations += 1;
                if let Some(order) = to_pay(&world) {
                    pay(&world, order);
                }
            }
            18 => self.burst(),
            19 => self.stall(),
            _ => self.act(),
        }
    }

    fn act(&mut self) {
        let world = Arc::clone(&self.world);
        let many = if world.chance.percent(25) { 2 + world.chance.place(2) } else { 1 };
        let deeds: Vec<(usize, Deed)> = (0..many)
            .map(|_| (world.chance.place(self.processes.len()), self.plan.deed(&world)))
            .collect();
        self.operations += deeds.iter().map(|(_, deed)| weight(deed)).sum::<u64>();
        world.begin_turn(many);
        let processes = &self.processes;
        let acting = deeds.into_iter().map(|(process, deed)| {
            let app = &processes[process].app;
            Box::pin(deed.done(&world, app)) as Pin<Box<dyn Future<Output = Led> + '_>>
        });
        let led = take_turns(&world, acting.collect());
        for led in led.into_iter().flatten() {
            match led {
                Led::Nowhere | Led::InHand(_) => {}
                Led::Wish(wish) => self.plan.wishes.push(wish),
                Led::Ordered(place, order) => self.plan.wishes[place].order = Some(order),
            }
        }
        self.start_again();
        self.compare_touched();
    }

    /// A process takes work up and stands still, so long that another may have taken over; then it goes
    /// on with what it has in hand.
    fn stall(&mut self) {
        let world = Arc::clone(&self.world);
        let one = world.chance.place(self.processes.len());
        let other = (one + 1) % self.processes.len();
        world.begin_turn(1);
        let in_hand = match self.alone(one, Deed::TakeUp) {
            Some(Led::InHand(jobs)) => jobs,
            _ => Vec::new(),
        };
        if !in_hand.is_empty() {
            self.operations += 4 + u64::try_from(in_hand.len()).unwrap_or(0);
            world.pass(world.chance.between(5_000, 40_000));
            let _ = self.alone(other, Deed::Work(0, 4));
            let _ = self.alone(one, Deed::GoOn(in_hand));
        }
        self.start_again();
        self.compare_touched();
    }

    /// One deed, with nobody else acting; nothing, when the process has ended.
    fn alone(&self, process: usize, deed: Deed) -> Option<Led> {
        if self.world.has_ended() {
            return None;
        }
        let acting = Box::pin(deed.done(&self.world, &self.processes[process].app));
        take_turns(&self.world, vec![acting])?.pop()
    }

    /// What ended is started again.
    fn start_again(&mut self) {
        if self.world.has_ended() {
            self.world.note("the process ends".to_owned());
            self.ends += 1;
            self.open(self.home.processes());
        }
    }

    /// Many commands at once, so that a commit holds several, also of one line.
    fn burst(&mut self) {
        let world = Arc::clone(&self.world);
        let store = Arc::clone(&self.processes[world.chance.place(self.processes.len())].store);
        let deeds = self.plan.burst(&world);
        let envelopes: Vec<Envelope> =
            deeds.into_iter().filter_map(|deed| self.envelope(deed)).collect();
        self.operations += u64::try_from(envelopes.len()).unwrap_or(0);
        let running = envelopes.iter().cloned().map(|envelope| store.run(envelope)).collect();
        let outcomes: Vec<Result<Outcome, StoreError>> = wait_for(all(running));
        world.note(format!("{} at once", envelopes.len()));
        for (envelope, outcome) in envelopes.iter().zip(outcomes) {
            if let Err(error) = &outcome {
                world.book().contradict(format!("{envelope:?} failed by itself: {error}"));
            }
            hear(&world, envelope, &outcome);
        }
        self.compare_touched();
    }

    fn envelope(&self, deed: Deed) -> Option<Envelope> {
        let app = &self.processes[0].app;
        let context = |actor| Context { now: self.world.now(), actor };
        match deed {
            Deed::Charge(call, step) => {
                let catalogue = app.store.catalogue();
                let zones = match &call.place {
                    farline_app::charging::Place::Unknown => None,
                    farline_app::charging::Place::Country(country) => {
                        Some(catalogue.zones_covering(country))
                    }
                };
                let (session, terms) = (Session(call.session), app.charging.terms(call.kind));
                let (sequence, kind) = (call.sequence, call.kind);
                let request = ChargingRequest { session, sequence, kind, zones, step, terms };
                let command = LineCommand::Charge(Box::new(request));
                Some(Envelope {
                    line: call.line,
                    key: None,
                    command,
                    context: context(Actor::Network),
                })
            }
            Deed::Grant(line, key, allowance, valid_until) => {
                let command = LineCommand::Grant { allowance: *allowance, valid_until };
                Some(Envelope { line, key: Some(key), command, context: context(Actor::System) })
            }
            _ => None,
        }
    }

    /// Mostly seconds; now and then hours or days, and a little back.
    fn pass_time(&mut self) {
        let chance = &self.world.chance;
        let millis = match chance.below(40) {
            0 => chance.between(3_600_000, 3 * 24 * 3_600_000),
            1..=3 => chance.between(60_000, 3_600_000),
            4 | 5 => -chance.between(1, 2_000),
            _ => chance.between(1, 40_000),
        };
        self.world.pass(millis);
        self.operations += 1;
        if millis > LOOKED_WITHIN_MILLIS {
            self.world.begin_turn(1);
            let _ = self.alone(0, Deed::Sweep);
            self.start_again();
        }
    }

    /// What the turn touched against the book, and now and then everything.
    fn compare_touched(&mut self) {
        if self.operations - self.compared_at >= COMPARE_EVERY {
            self.compared_at = self.operations;
            return self.compare_all(Rest::NotYet);
        }
        let touched = self.world.book().take_touched();
        let store = &self.processes[0].store;
        for line in touched {
            let view = wait_for(store.line(line)).expect("the line is read");
            self.world.book().compare_line(line, view.as_ref());
        }
    }

    /// Everything against the book, and the store's own checker.
    pub(super) fn compare_all(&mut self, rest: Rest) {
        let world = Arc::clone(&self.world);
        let store = Arc::clone(&self.processes[0].store);
        let lines = world.book().all_lines();
        let zone = toronto();
        drop(world.book().take_touched());
        for line in lines {
            let view = wait_for(store.line(line)).expect("the line is read");
            world.book().compare_line(line, view.as_ref());
            let whole = (noon().date_in(&zone), world.now().date_in(&zone));
            let used = wait_for(store.usage(line, whole.0, whole.1)).expect("the use is read");
            let uncharged = wait_for(store.uncharged(line, whole.0, whole.1));
            let uncharged = uncharged.expect("the use is read");
            let marks = wait_for(store.depletions(line)).expect("the marks are read");
            // The marks are kept by jobs, which come in the end.
            let marks = (rest == Rest::Reached).then_some(marks.as_slice());
            world.book().compare_use(line, (&used, &uncharged), marks);
        }
        let orders = world.book().placed.clone();
        for order in orders {
            let kept = wait_for(store.order(order)).expect("the order is read");
            world.book().compare_order(order, kept.as_ref());
            let receipt = wait_for(store.receipt(order)).expect("the receipt is read");
            world.book().compare_receipt(order, receipt);
        }
        for account in &self.plan.accounts {
            let orders = wait_for(store.orders_of_account(*account, None, 100_000));
            let orders = orders.expect("the account's orders are read");
            let ids = orders.into_iter().map(|order| order.id).collect();
            world.book().compare_account(*account, &ids);
        }
        let promotion = PromotionCode::parse(PROMOTION).expect("a code");
        let subject = wait_for(store.subject(&SubjectKey::Promotion(promotion)));
        if let Some(subject) = subject.expect("the promotion is read") {
            world.book().compare_promotion(&subject.whole, PLACES, rest);
        }
        let now = world.their_now();
        let (provider, supplier) = (world.provider(), world.supplier());
        let others = Others { provider: &provider, supplier: &supplier, now };
        world.book().compare_money(&others, rest);
        drop((provider, supplier));
        for violation in wait_for(self.home.violations()) {
            world.book().contradict(violation);
        }
    }

    /// Ends the run when something is not as it must be.
    pub(super) fn judge(&self) -> Result<(), String> {
        let found = self.world.book().take_contradictions();
        if found.is_empty() {
            return Ok(());
        }
        Err(format!(
            "seed {seed}, operation {operation}:\n{found}\nthe last that happened:\n{last}\n\
             run it again with FARLINE_SEED={seed}; FARLINE_TRACE=1 tells all of it",
            seed = self.seed,
            operation = self.operations,
            found = few(&found),
            last = self.world.last(),
        ))
    }
}

/// The first of what was found, cut to what a person reads.
fn few(found: &[String]) -> String {
    let lines = found.iter().take(5).map(|line| line.chars().take(2_500).collect());
    let lines: Vec<String> = lines.collect();
    format!("{}\n({} in all)", lines.join("\n"), found.len())
}

/// How many operations a deed counts for: the worker does several.
fn weight(deed: &Deed) -> u64 {
    match deed {
        Deed::Work(_, most) => u64::try_from(*most).unwrap_or(1),
        _ => 1,
    }
}

fn toronto() -> Zone {
    Zone::named("America/Toronto").expect("a zone of the bundled data")
}

/// The sample catalogue with a zone of two countries, and a promotion of a few places.
fn wider(mut catalogue: Catalogue) -> Catalogue {
    let code = ZoneCode::parse("america").expect("a code");
    let name = Language::ALL.into_iter().map(|language| (language, "America".to_owned()));
    let name = Localized::new(name.collect()).expect("a text in every language");
    let countries = vec!["CA".to_owned(), "US".to_owned()];
    let promotion = Promotion {
        reduction: Some(Reduction::Amount(Money::cad(100))),
        limit: Units::new(PLACES).ok(),
        limit_per_line: Units::new(PLACES / 3).ok(),
        ..Promotion::new(
            PromotionCode::parse(PROMOTION).expect("a code"),
            name.clone(),
            (noon().date_in(&toronto()), Date::MAX),
        )
    };
    catalogue.promotions.insert(promotion.code.clone(), promotion);
    let next = next_plan();
    catalogue.plans.insert(next.code.clone(), next);
    catalogue.zones.insert(code.clone(), CoverageZone { code, name, countries });
    catalogue
}

/// Runs all at once, and gives what each came to, in their order.
async fn all<F: Future + Unpin>(mut running: Vec<F>) -> Vec<F::Output> {
    let mut done: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut is_ready = true;
        for (future, done) in running.iter_mut().zip(&mut done) {
            if done.is_none() {
                match Pin::new(future).poll(context) {
                    std::task::Poll::Ready(output) => *done = Some(output),
                    std::task::Poll::Pending => is_ready = false,
                }
            }
        }
        if is_ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}
