//! Several processes on one PostgreSQL: they share the work by cells, and one takes over from another.

use crate::scene::{LINES, Postgres, Scene, StoreMaker};
use farline_app::ports::lines::{ImportError, NewLine};
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::records::StoredJob;
use farline_app::ports::{Catalogues, Jobs, LinePipeline, Lines, Orders};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::{CommandKey, Instant};
use farline_store::{CommitScope, Database, PostgresStore};
use farline_testkit::{OWN, OWN_BIG, SampleLine, catalogue, grant_data, new_line, noon};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The lease of the usual options, in seconds.
const LEASE: i64 = 15;

async fn second(scene: &Scene<Postgres>) -> PostgresStore {
    Postgres::open(scene.folder.path()).await
}

/// Lines beyond the scene's, so that both processes have some.
async fn many_lines(store: &PostgresStore) -> Vec<SampleLine> {
    let lines: Vec<SampleLine> =
        (10..50).map(|index| SampleLine { operator: OWN, index }).collect();
    let rows: Vec<NewLine> = lines.iter().copied().map(new_line).collect();
    let rows = (1..).zip(rows).map(Ok::<_, ImportError>);
    store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    lines
}

fn keys(jobs: &[StoredJob]) -> BTreeSet<(String, u32)> {
    jobs.iter().map(|job| (job.line.to_string(), job.number)).collect()
}

async fn due(store: &PostgresStore, now: Instant) -> Vec<StoredJob> {
    store.due_jobs(now, 1000).await.unwrap()
}

#[tokio::test]
async fn two_share_the_work_and_one_takes_over_when_the_other_is_gone() {
    let scene = Scene::<Postgres>::open().await;
    let lines = many_lines(&scene.store).await;
    for line in &lines {
        scene.paid(*line, OWN_BIG).await;
    }
    let other = second(&scene).await;
    // The first has everything until it hears of the second, which takes what it is given.
    assert_eq!(due(&scene.store, noon()).await.len(), lines.len());
    assert_eq!(due(&other, noon()).await.len(), 0);
    let later = noon().plus_seconds(LEASE / 3);
    let mine = due(&scene.store, later).await;
    let theirs = due(&other, later).await;
    assert!(!mine.is_empty() && !theirs.is_empty(), "{} and {}", mine.len(), theirs.len());
    assert_eq!(keys(&mine).intersection(&keys(&theirs)).count(), 0, "nothing is done twice");
    assert_eq!(mine.len() + theirs.len(), lines.len(), "nothing is left");
    // The second does its work; the first dies with its own in hand.
    for job in &theirs {
        assert!(other.finish_job(job).await.unwrap());
        assert!(!other.finish_job(job).await.unwrap());
    }
    let lapsed = later.plus_seconds(LEASE);
    let taken_over = due(&other, lapsed).await;
    let of_the_dead: BTreeSet<_> = keys(&mine);
    assert!(of_the_dead.is_subset(&keys(&taken_over)));
    // It was not dead after all: what it still wants to strike off is refused, and stays to be done.
    for job in &mine {
        assert!(!scene.store.finish_job(job).await.unwrap(), "a stale epoch is refused");
        assert!(!scene.store.put_off_job(job, lapsed).await.unwrap());
    }
    for job in taken_over.iter().filter(|job| of_the_dead.contains(&key(job))) {
        assert!(other.finish_job(job).await.unwrap());
    }
    scene.assert_sound().await;
}

fn key(job: &StoredJob) -> (String, u32) {
    (job.line.to_string(), job.number)
}

#[tokio::test]
async fn cells_given_back_need_not_lapse() {
    let scene = Scene::<Postgres>::open().await;
    scene.paid(LINES[0], OWN_BIG).await;
    let other = second(&scene).await;
    assert_eq!(due(&scene.store, noon()).await.len(), 1);
    scene.store.retire().await.unwrap();
    assert_eq!(due(&other, noon()).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_change_the_same_lines_and_nothing_is_lost_or_doubled() {
    let scene = Scene::<Postgres>::open().await;
    let stores = [Arc::new(second(&scene).await), Arc::new(second(&scene).await)];
    let mut tasks = Vec::new();
    for task in 0..16_u64 {
        let store = Arc::clone(&stores[usize::try_from(task % 2).unwrap()]);
        tasks.push(tokio::spawn(async move {
            for round in 0..12_u64 {
                let line = LINES[usize::try_from(round % 3).unwrap()];
                let context = Context { now: noon(), actor: Actor::System };
                // The same keys come from both processes: each takes effect once.
                let key = CommandKey::of(&["grant", &(task / 2).to_string(), &round.to_string()]);
                let command = grant_data(1000);
                let envelope = Envelope { line: line.id(), key: Some(key), command, context };
                let outcome = store.run(envelope).await.unwrap();
                assert!(matches!(outcome, Outcome::Answered(_) | Outcome::Repeated));
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let mut buckets = 0;
    for line in LINES {
        buckets += scene.store.line(line.id()).await.unwrap().unwrap().buckets.len();
    }
    assert_eq!(buckets, LINES.len() + 8 * 12);
    scene.assert_sound().await;
}

#[tokio::test]
async fn a_publication_is_seen_by_the_others() {
    let scene = Scene::<Postgres>::open().await;
    let other = second(&scene).await;
    let mut fewer = catalogue();
    fewer.plans.pop_first();
    scene.store.publish(fewer, noon()).await.unwrap();
    assert_eq!(other.catalogue().plans.len(), 3);
    // It is looked for at most every two seconds of real time.
    for _ in 0..50 {
        if other.catalogue().plans.len() == 2 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        due(&other, noon()).await;
    }
    panic!("the other process never saw it");
}

/// Commits one cell's commands at a time, as where cells are spread over machines.
#[tokio::test]
async fn commits_of_one_cell_each_do_the_same() {
    let scene = Scene::<Postgres>::open().await;
    let mut options = Postgres::options();
    options.scope = CommitScope::OneCell;
    let url = Postgres::url(scene.folder.path());
    let store = PostgresStore::open(&url, options).await.unwrap();
    let lines = many_lines(&store).await;
    let run = |line: SampleLine| {
        let context = Context { now: noon(), actor: Actor::System };
        store.run(Envelope { line: line.id(), key: None, command: grant_data(5), context })
    };
    let outcomes = futures_util::future::join_all(lines.iter().copied().map(run)).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Outcome::Answered(_)))));
    scene.assert_sound().await;
}

/// A connection is cut again and again while commands run: every answer is right, and whatever was
/// acknowledged stands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_cut_lose_and_double_nothing() {
    let scene = Scene::<Postgres>::open().await;
    let store = Arc::new(second(&scene).await);
    let folder = scene.folder.path().to_owned();
    let cutting = tokio::task::spawn_blocking(move || {
        let mut cut = 0_u32;
        // They come back only when they are used, so it takes as long as it takes.
        while cut < 40 {
            let sql = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
            cut += Postgres::superuser(&folder, sql).parse::<u32>().unwrap();
        }
        cut
    });
    let mut granted = 0;
    let mut unknown = 0;
    let mut round = 0_u32;
    while !cutting.is_finished() || round < 100 {
        round += 1;
        let context = Context { now: noon(), actor: Actor::System };
        let line = LINES[usize::try_from(round % 3).unwrap()].id();
        let envelope = Envelope { line, key: None, command: grant_data(7), context };
        match store.run(envelope).await {
            Ok(Outcome::Answered(_)) => granted += 1,
            Ok(other) => panic!("{other:?}"),
            Err(_) => unknown += 1,
        }
    }
    assert!(cutting.await.unwrap() >= 40, "connections were cut");
    let mut buckets = 0;
    for line in LINES {
        let sql =
            format!("SELECT buckets FROM lines WHERE id = '\\x{}'", hex(line.id().to_bytes()));
        buckets += Postgres::superuser(scene.folder.path(), &sql).parse::<usize>().unwrap() - 1;
    }
    assert!(buckets >= granted && buckets <= granted + unknown, "{buckets}: {granted}, {unknown}");
    // An error is rare: whether a commit stands is looked up, not guessed.
    assert!(unknown * 4 < granted, "{granted} answered, {unknown} not");
    scene.assert_sound().await;
}

fn hex(octets: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(octets))
}

/// A new order of an account that is refused leaves no claim, and one that is placed is found.
#[tokio::test]
async fn claims_of_refused_orders_are_given_back() {
    let scene = Scene::<Postgres>::open().await;
    let account = farline_domain::kernel::AccountId::mint(noon(), LINES[1].id().cell(), 5);
    let mut found = Vec::new();
    for wait in [0, 3600] {
        let LineCommand::Place(mut placing) = scene.place(LINES[0], OWN_BIG) else { panic!() };
        placing.payer.as_mut().unwrap().account = Some(account);
        // A quote an hour old is refused.
        scene.wait(wait);
        let outcome = scene.run(LINES[0], LineCommand::Place(placing)).await;
        found.push(matches!(outcome, Outcome::Answered(_)));
    }
    assert_eq!(found, [true, false]);
    assert_eq!(scene.store.orders_of_account(account, None, 10).await.unwrap().len(), 1);
    let claims = Postgres::superuser(scene.folder.path(), "SELECT COUNT(*) FROM account_orders");
    assert_eq!(claims, "1");
    scene.assert_sound().await;
}

/// A row that nobody expects spoils every commit that writes beside it: only the line it lies on
/// suffers.
#[tokio::test]
async fn a_command_that_cannot_be_written_does_not_fail_its_mates() {
    let scene = Scene::<Postgres>::open().await;
    let mut options = Postgres::options();
    options.committers = 1;
    let url = Postgres::url(scene.folder.path());
    let store = PostgresStore::open(&url, options).await.unwrap();
    let spoilt = LINES[1].id();
    let planted = format!(
        "INSERT INTO buckets SELECT cell, id, buckets + 1, 'data', 'canada', 1, NULL, NULL, 0, 0, 0, \
         0, 0, 'paid', NULL FROM lines WHERE id = '\\x{}'",
        hex(spoilt.to_bytes())
    );
    Postgres::superuser(scene.folder.path(), &planted);
    let run = |number: usize| {
        let context = Context { now: noon(), actor: Actor::System };
        let line = LINES[number % 3].id();
        store.run(Envelope { line, key: None, command: grant_data(5), context })
    };
    let outcomes = futures_util::future::join_all((0..30).map(run)).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        let good = matches!(outcome, Ok(Outcome::Answered(_)));
        assert_eq!(good, LINES[number % 3].id() != spoilt, "{number}: {outcome:?}");
    }
    let view = store.line(LINES[0].id()).await.unwrap().unwrap();
    assert_eq!(view.buckets.len(), 11);
}
