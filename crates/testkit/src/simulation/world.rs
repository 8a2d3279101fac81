//! What everybody in a simulation shares: time, chance, mishaps, and the books of all sides.

use super::book::Book;
use super::carrier::CarrierBook;
use super::chance::Chance;
use super::provider::ProviderBook;
use super::supplier::SupplierBook;
use super::trace::Trace;
use crate::FrozenClock;
use farline_app::ports::Clock;
use farline_domain::kernel::Instant;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

/// When the process ends.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum End {
    /// Not in this turn.
    #[default]
    NotNow,
    /// After so many steps more.
    After(u64),
    /// It has ended.
    Now,
}

/// What may go wrong in the turn that is under way.
#[derive(Default)]
struct Mishaps {
    /// Whether anything goes wrong at all.
    is_on: bool,
    end: End,
    /// Whether several things happen at once, so that each step lets others go first.
    are_many: bool,
    /// Whether somebody has just let others go first.
    has_paused: bool,
}

/// The shared part of a simulation.
pub(super) struct World {
    pub(super) clock: Arc<FrozenClock>,
    pub(super) chance: Chance,
    mishaps: Mutex<Mishaps>,
    latest: Mutex<i64>,
    trace: Mutex<Trace>,
    book: Mutex<Book>,
    provider: Mutex<ProviderBook>,
    supplier: Mutex<SupplierBook>,
    carrier: Mutex<CarrierBook>,
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    pub(super) fn new(seed: u64, start: Instant) -> Self {
        Self {
            clock: Arc::new(FrozenClock::at(start)),
            chance: Chance::of(seed, 1),
            mishaps: Mutex::default(),
            latest: Mutex::new(start.millis()),
            trace: Mutex::new(Trace::new()),
            book: Mutex::default(),
            provider: Mutex::default(),
            supplier: Mutex::default(),
            carrier: Mutex::default(),
        }
    }

    /// What our clock shows.
    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// What the clocks of others show, which nobody sets back.
    pub(super) fn their_now(&self) -> Instant {
        let mut latest = open(&self.latest);
        *latest = (*latest).max(self.now().millis());
        Instant::from_millis(*latest)
    }

    /// Our clock goes on by so many milliseconds, or back.
    pub(super) fn pass(&self, millis: i64) {
        // Nobody else's goes back with it.
        self.their_now();
        let now = Instant::from_millis(self.now().millis().saturating_add(millis));
        self.clock.set(now);
        self.their_now();
        self.note(format!("it is {now:?}"));
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        open(&self.book)
    }

    pub(super) fn provider(&self) -> MutexGuard<'_, ProviderBook> {
        open(&self.provider)
    }

    pub(super) fn supplier(&self) -> MutexGuard<'_, SupplierBook> {
        open(&self.supplier)
    }

    pub(super) fn carrier(&self) -> MutexGuard<'_, CarrierBook> {
        open(&self.carrier)
    }

    pub(super) fn note(&self, line: String) {
        open(&self.trace).note(line);
    }

    pub(super) fn digest(&self) -> u64 {
        open(&self.trace).digest()
    }

    pub(super) fn last(&self) -> String {
        open(&self.trace).last()
    }

    /// From here on things go wrong.
    pub(super) fn let_things_go_wrong(&self) {
        open(&self.mishaps).is_on = true;
    }

    /// From here on nothing does.
    pub(super) fn let_nothing_go_wrong(&self) {
        *open(&self.mishaps) = Mishaps::default();
    }

    pub(super) fn has_mishaps(&self) -> bool {
        open(&self.mishaps).is_on
    }

    /// Begins a turn in which so many act at once.
    pub(super) fn begin_turn(&self, many: usize) {
        let is_on = self.has_mishaps();
        let ends = is_on && self.chance.permyriad(60);
        let end = if ends { End::After(self.chance.below(14)) } else { End::NotNow };
        let are_many = many > 1;
        *open(&self.mishaps) = Mishaps { is_on, end, are_many, has_paused: false };
    }

    /// Whether the process has ended in this turn.
    pub(super) fn has_ended(&self) -> bool {
        open(&self.mishaps).end == End::Now
    }

    /// Whether somebody let others go first since this was last asked.
    pub(super) fn take_pause(&self) -> bool {
        std::mem::take(&mut open(&self.mishaps).has_paused)
    }

    /// Whether something goes wrong that does so in so many of ten thousand cases.
    pub(super) fn mishap(&self, of_ten_thousand: u64) -> bool {
        self.has_mishaps() && self.chance.permyriad(of_ten_thousand)
    }

    /// A step between two awaits: the process may end here, time may pass, and others may go first.
    pub(super) async fn step(&self) {
        if self.mishap(40) {
            self.pass(self.chance.between(1, 45_000));
        }
        let ends = {
            let mut mishaps = open(&self.mishaps);
            mishaps.end = match mishaps.end {
                End::NotNow => End::NotNow,
                End::After(0) | End::Now => End::Now,
                End::After(left) => End::After(left - 1),
            };
            mishaps.end == End::Now
        };
        if ends {
            // Whoever waits here is dropped.
            std::future::pending::<()>().await;
        }
        let mut has_paused = !open(&self.mishaps).are_many;
        poll_fn(|_| {
            if std::mem::replace(&mut has_paused, true) {
                return Poll::Ready(());
            }
            open(&self.mishaps).has_paused = true;
            Poll::Pending
        })
        .await;
    }

    /// A call to somebody outside: nothing may come of it, or only the answer is lost.
    pub(super) async fn call<T, E>(
        &self,
        (rate, lost): (u64, impl Fn() -> E),
        effect: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.step().await;
        if self.mishap(rate) {
            self.note("      … does not arrive".to_owned());
            return Err(lost());
        }
        let answer = effect();
        self.step().await;
        if self.mishap(rate) {
            self.note("      … its answer is lost".to_owned());
            return Err(lost());
        }
        answer
    }
}

/// Polls futures in an order that chance decides, each until it is done or lets others go first.
/// What a future waits for outside (a thread that writes) holds everybody up: so the same draws make
/// the same run.
pub(super) fn take_turns<T>(
    world: &World,
    mut acting: Vec<std::pin::Pin<Box<dyn Future<Output = T> + '_>>>,
) -> Option<Vec<T>> {
    let waker = std::task::Waker::from(Arc::new(Parked(std::thread::current())));
    let mut context = std::task::Context::from_waker(&waker);
    let mut results = Vec::with_capacity(acting.len());
    while !acting.is_empty() {
        let next = world.chance.place(acting.len());
        loop {
            match acting[next].as_mut().poll(&mut context) {
                Poll::Ready(result) => {
                    results.push(result);
                    drop(acting.swap_remove(next));
                    break;
                }
                Poll::Pending if world.has_ended() => return None,
                Poll::Pending if world.take_pause() => break,
                Poll::Pending => std::thread::park(),
            }
        }
    }
    Some(results)
}

/// Runs one future to its end, whatever it waits for.
pub(super) fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let waker = std::task::Waker::from(Arc::new(Parked(std::thread::current())));
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            Poll::Pending => std::thread::park(),
        }
    }
}

struct Parked(std::thread::Thread);

impl std::task::Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
