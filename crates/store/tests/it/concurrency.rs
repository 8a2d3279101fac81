//! Many callers at once on few lines.

use crate::scene::{LINES, Postgres, Scene, Sqlite, StoreMaker, event};
use farline_app::ports::Lines;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_domain::commands::{Actor, Answer, Context, LineCommand};
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
        let run = |command| {
            store.run(Envelope { line: line.id(), key: None, command, context: context() })
        };
        // A renewal of the supplier's line is refused while another is unfinished: that is right.
        if let Outcome::Answered(_) = run(LineCommand::Place(Box::new(placing))).await.unwrap() {
            run(LineCommand::Capture(order, capture.clone())).await.unwrap();
            run(LineCommand::Capture(order, capture)).await.unwrap();
        }
        let event = event(&format!("s{number}"), 1000);
        let first = run(event.clone()).await.unwrap();
        assert_eq!(run(event).await.unwrap(), first);
        let Outcome::Answered(Answer::Charging(answer)) = first else { panic!("{first:?}") };
        assert_eq!(answer.debited.count(), 1000);
        used += 1000;
        store.put_setting(&format!("n{}", number % 5), &number.to_string()).await.unwrap();
    }
    used
}
