//! Sixty-four callers at once want the last places of a promotion.

use super::{ask, assert_counted, figures, limiting, limits, promotion, reserving, told};
use crate::scene::{LINES, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::Subjects;
use farline_domain::catalog::PromotionCode;
use farline_domain::kernel::OrderId;
use farline_domain::subjects::{Holder, Reservation, SubjectCommand, SubjectKey, SubjectRefusal};
use farline_store::Database;
use farline_testkit::noon;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const CALLERS: u64 = 64;
const ROUNDS: u64 = 6;
/// How many places each round adds.
const PLACES: i64 = 7;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_places_go_to_as_many_as_there_are_in_sqlite() {
    let Scene { store, folder: _folder, .. } = Scene::<Sqlite>::open().await;
    let store = Arc::new(store);
    the_last_places_go_to_as_many_as_there_are([store.clone(), store]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_places_go_to_as_many_as_there_are_in_postgresql() {
    let Scene { store, folder: _folder, .. } = Scene::<Postgres>::open().await;
    let store = Arc::new(store);
    the_last_places_go_to_as_many_as_there_are([store.clone(), store]).await;
}

/// The callers come by two processes, half by each.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_places_go_to_as_many_as_there_are_by_two_processes() {
    let Scene { store, folder, .. } = Scene::<Postgres>::open().await;
    let other = Postgres::open(folder.path()).await;
    the_last_places_go_to_as_many_as_there_are([Arc::new(store), Arc::new(other)]).await;
}

async fn the_last_places_go_to_as_many_as_there_are<S: Database + 'static>(stores: [Arc<S>; 2]) {
    let subject = promotion();
    for round in 0..ROUNDS {
        let most = limits(Some(taken(&*stores[0]).await + PLACES), None);
        ask(&*stores[0], &subject, limiting(most), noon()).await.unwrap();
        let watcher = Watcher::start(stores[1].clone());
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                let store = stores[usize::try_from(caller % 2).unwrap()].clone();
                tokio::spawn(async move { wants_one(&*store, round * CALLERS + caller).await })
            })
            .collect();
        let mut winners = Vec::new();
        for caller in callers {
            winners.extend(caller.await.unwrap());
        }
        assert_eq!(i64::try_from(winners.len()).unwrap(), PLACES, "round {round}");
        settle_all(&stores, &winners).await;
        watcher.end().await;
        assert_counted(&*stores[0]).await;
    }
    let (used, reserved) = figures(&*stores[0], &subject).await;
    assert_eq!(reserved, 0);
    assert_eq!(used, i64::try_from(ROUNDS).unwrap() * (PLACES / 2 + 1), "every second is captured");
}

async fn taken(store: &impl Subjects) -> i64 {
    let found = store.subject(&promotion()).await.unwrap();
    found.map_or(0, |found| found.whole.taken().unwrap().count())
}

/// Wants one place, by two attempts at the same order at once.
async fn wants_one(store: &impl Subjects, number: u64) -> Option<Reservation> {
    let line = LINES[usize::try_from(number % 3).unwrap()].id();
    let order = OrderId::mint(noon(), line.cell(), number);
    let subject = promotion();
    let attempt = |attempt| {
        let command = reserving(&subject, (order, line), attempt, limits(Some(0), None));
        ask(store, &subject, command, noon())
    };
    match tokio::join!(attempt(number * 2), attempt(number * 2 + 1)) {
        (Ok(first), Ok(second)) => {
            let (first, second) = (told(Ok(first)), told(Ok(second)));
            assert_eq!(first, second, "an order holds once");
            Some(first)
        }
        (Err(SubjectRefusal::UsedUp), Err(SubjectRefusal::UsedUp)) => None,
        other => panic!("{other:?}"),
    }
}

/// Every second winner's order is delivered, the others' end; each is told three times at once, by
/// both processes.
async fn settle_all<S: Database + 'static>(stores: &[Arc<S>; 2], winners: &[Reservation]) {
    let mut settling = Vec::new();
    for (place, held) in winners.iter().enumerate() {
        for again in 0..3 {
            let store = stores[(place + again) % 2].clone();
            let captures = place % 2 == 0;
            let id = held.id;
            settling.push(tokio::spawn(async move {
                let command = if captures {
                    SubjectCommand::Capture(id)
                } else {
                    SubjectCommand::Release(id)
                };
                ask(&*store, &promotion(), command, noon()).await.unwrap();
            }));
        }
    }
    for settled in settling {
        settled.await.unwrap();
    }
}

/// Looks all the time: what is taken is never above the limit.
struct Watcher {
    over: Arc<AtomicBool>,
    looking: tokio::task::JoinHandle<u64>,
}

impl Watcher {
    fn start<S: Database + 'static>(store: Arc<S>) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let until = over.clone();
        let looking = tokio::spawn(async move {
            let mut looks = 0;
            while !until.load(Ordering::Relaxed) {
                let found = store.subject(&promotion()).await.unwrap().unwrap();
                let taken = found.whole.taken().unwrap();
                assert!(found.limits.total.is_some_and(|limit| taken <= limit), "{found:?}");
                looks += 1;
                tokio::task::yield_now().await;
            }
            looks
        });
        Self { over, looking }
    }

    async fn end(self) {
        self.over.store(true, Ordering::Relaxed);
        assert!(self.looking.await.unwrap() > 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_line_gets_its_share_in_sqlite() {
    each_line_gets_its_share::<Sqlite>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_line_gets_its_share_in_postgresql() {
    each_line_gets_its_share::<Postgres>().await;
}

/// Two for each of three lines, of twenty in all.
async fn each_line_gets_its_share<M: StoreMaker>() {
    let Scene { store, folder: _folder, .. } = Scene::<M>::open().await;
    let store = Arc::new(store);
    let subject = promotion();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let store = store.clone();
            tokio::spawn(async move {
                let line = LINES[usize::try_from(caller % 3).unwrap()].id();
                let of = (OrderId::mint(noon(), line.cell(), caller), line);
                let command = reserving(&promotion(), of, caller, limits(Some(20), Some(2)));
                ask(&*store, &promotion(), command, noon()).await
            })
        })
        .collect();
    let mut won = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Ok(_) => won += 1,
            Err(refusal) => assert_eq!(refusal, SubjectRefusal::ShareUsedUp),
        }
    }
    assert_eq!(won, 6);
    for line in LINES {
        let share = store.share(&subject, &Holder::from(line.id())).await.unwrap();
        assert_eq!(share.taken().unwrap().count(), 2);
    }
    assert_counted(&*store).await;
}

/// How many rounds each caller does here; a thousand where it is asked for more.
fn rounds() -> u64 {
    let is_full = std::env::var("FARLINE_FULL").is_ok_and(|full| !full.is_empty());
    if is_full { 1_000 } else { 25 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn figures_of_sixty_four_callers_over_many_rounds_in_sqlite() {
    let Scene { store, folder: _folder, .. } = Scene::<Sqlite>::open().await;
    let store = Arc::new(store);
    many_rounds("SQLite", [store.clone(), store]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn figures_of_sixty_four_callers_over_many_rounds_by_two_processes() {
    let Scene { store, folder, .. } = Scene::<Postgres>::open().await;
    let other = Postgres::open(folder.path()).await;
    many_rounds("PostgreSQL", [Arc::new(store), Arc::new(other)]).await;
}

/// Each round wants a place of a promotion that has fewer than there are callers, and a single-use code that two callers want.
#[expect(clippy::print_stderr, reason = "the figures are shown although the test passed")]
async fn many_rounds<S: Database + 'static>(name: &str, stores: [Arc<S>; 2]) {
    let most = limits(Some(40), Some(16));
    ask(&*stores[0], &promotion(), limiting(most), noon()).await.unwrap();
    let watcher = Watcher::start(stores[1].clone());
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let store = stores[usize::try_from(caller % 2).unwrap()].clone();
            tokio::spawn(async move {
                let mut seen = Seen::default();
                for round in 0..rounds() {
                    seen.round(&*store, (caller, round)).await;
                }
                seen
            })
        })
        .collect();
    let mut all = Seen::default();
    for caller in callers {
        let seen = caller.await.unwrap();
        all.held += seen.held;
        all.refused += seen.refused;
        all.codes += seen.codes;
    }
    watcher.end().await;
    assert_counted(&*stores[0]).await;
    assert_eq!(figures(&*stores[0], &promotion()).await, (0, 0), "all was given back");
    assert_eq!(all.codes, CALLERS / 2 * rounds(), "each code is used once");
    assert!(all.held > 0 && all.refused > 0, "{all:?}");
    eprintln!(
        "figures: promotions, {name}: {CALLERS} callers x {} rounds, {} places held and given back, {} refused, {} single-use codes used once each",
        rounds(),
        all.held,
        all.refused,
        all.codes,
    );
}

/// What a caller saw.
#[derive(Debug, Default)]
struct Seen {
    held: u64,
    refused: u64,
    codes: u64,
}

impl Seen {
    async fn round(&mut self, store: &impl Subjects, (caller, round): (u64, u64)) {
        let number = caller * 10_000 + round;
        let line = LINES[usize::try_from(caller % 3).unwrap()].id();
        let of = (OrderId::mint(noon(), line.cell(), number), line);
        let wanted = reserving(&promotion(), of, number, limits(Some(0), None));
        match ask(store, &promotion(), wanted, noon()).await {
            Ok(held) => {
                let id = told(Ok(held)).id;
                self.held += 1;
                if round % 2 == 0 {
                    ask(store, &promotion(), SubjectCommand::Capture(id), noon()).await.unwrap();
                }
                ask(store, &promotion(), SubjectCommand::Release(id), noon()).await.unwrap();
            }
            Err(SubjectRefusal::UsedUp | SubjectRefusal::ShareUsedUp) => self.refused += 1,
            Err(other) => panic!("{other:?}"),
        }
        let code = PromotionCode::parse("winter").unwrap();
        // Two callers, of different processes, have the same code.
        let which = u32::try_from(caller / 2 * rounds() + round).unwrap();
        let code = SubjectKey::SingleUseCode(code, which);
        match ask(store, &code, reserving(&code, of, number, limits(Some(1), None)), noon()).await {
            Ok(held) => {
                let id = told(Ok(held)).id;
                ask(store, &code, SubjectCommand::Capture(id), noon()).await.unwrap();
                self.codes += 1;
            }
            Err(refusal) => assert_eq!(refusal, SubjectRefusal::UsedUp),
        }
    }
}
