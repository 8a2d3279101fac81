//! Many callers at once on few lines.

use crate::scene::{LINES, Postgres, Scene, Sqlite, StoreMaker};
use farline_app::ports::Lines;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_domain::commands::{Actor, Context, LineCommand};
use farline_domain::kernel::CommandKey;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_store::Database;
use farline_testkit::{OWN_SMALL, SUPPLIED_MONTH, noon, placing, quote};
use std::sync::Arc;

const TASKS: u64 = 64;
const ROUNDS: u64 = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_callers_leave_nothing_wrong_in_sqlite() {
    sixty_four_callers_leave_nothing_wrong::<Sqlite>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_callers_leave_nothing_wrong_in_postgresql() {
    sixty_four_callers_leave_nothing_wrong::<Postgres>().await;
}

async fn sixty_four_callers_leave_nothing_wrong<M: StoreMaker>() {
    let Scene { store, folder: _folder, .. } = Scene::<M>::open().await;
    let store = Arc::new(store);
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { one_caller(&*store, task).await })
        })
        .collect();
    let mut used = 0;
    for task in tasks {
        used += task.await.unwrap();
    }
    let mut counted = 0;
    for line in LINES {
        let all = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2027, 1, 1));
        let days = store.usage(line.id(), all.0, all.1).await.unwrap();
        counted += days.iter().map(|day| day.units.count()).sum::<i64>();
    }
    assert_eq!(used, counted);
    assert!(used > 0);
    assert_eq!(store.violations().await.unwrap(), []);
}

/// Buys, uses and writes; returns what it used.
async fn one_caller(store: &impl Database, task: u64) -> i64 {
    let mut used = 0;
    let context = || Context { now: noon(), actor: Actor::Guest };
    for round in 0..ROUNDS {
        let number = task * 1000 + round;
        let line = LINES[usize::try_from(number % 3).unwrap()];
        let plan = if line.operator == LINES[0].operator { OWN_SMALL } else { SUPPLIED_MONTH };
        let quote = quote(&store.catalogue(), line.id(), (plan, number), noon());
        let total = quote.price.total;
        let placing = placing(quote, number);
        let order = placing.id;
        let capture = Capture {
            provider: "sandbox".to_owned(),
            payment: format!("p{number}"),
            amount: total,
            method: PaymentMethod::Debit,
            at: noon(),
        };
        let run = |key, command| {
            store.run(Envelope { line: line.id(), key, command, context: context() })
        };
        // A renewal of the supplier's line is refused while another is unfinished: that is right.
        if let Outcome::Answered(_) =
            run(None, LineCommand::Place(Box::new(placing))).await.unwrap()
        {
            run(None, LineCommand::Capture(order, capture.clone())).await.unwrap();
            run(None, LineCommand::Capture(order, capture)).await.unwrap();
        }
        let key = CommandKey::of(&["use", &number.to_string()]);
        let commit = Scene::<Sqlite>::commit(&format!("s{number}"), 1000);
        for expected in [true, false] {
            let outcome = run(Some(key), commit.clone()).await.unwrap();
            assert_eq!(outcome != Outcome::Repeated, expected, "{outcome:?}");
        }
        used += 1000;
        store.put_setting(&format!("n{}", number % 5), &number.to_string()).await.unwrap();
    }
    used
}
