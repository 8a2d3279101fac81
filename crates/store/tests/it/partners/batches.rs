//! Batches of a partner whose account runs out in the middle, by many at once, while the credit is lowered and payments come in.

use super::account::{account, money, ordering, paying_in};
use crate::scene::{Place, Postgres, Scene, Sqlite, StoreMaker};
use crate::subjects::{ask, assert_counted};
use farline_app::ports::Subjects;
use farline_domain::subjects::{
    ReservationState, SubjectAnswer, SubjectCommand, SubjectEntryKind, SubjectRefusal,
};
use farline_store::Database;
use farline_testkit::noon;
use std::sync::Arc;

/// How many batches there are and how many lines each has: more when everything is tested.
fn size() -> (u64, u64) {
    let is_full = std::env::var("FARLINE_FULL").is_ok_and(|full| !full.is_empty());
    if is_full { (10_000, 1_000) } else { (200, 100) }
}

/// How many batches come at a time.
const AT_ONCE: u64 = 40;
/// What the lines of a batch cost, by turns.
const PRICES: [i64; 3] = [1_130, 2_260, 3_390];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_line_of_a_batch_is_taken_whole_or_refused_in_sqlite() {
    let Scene { store, folder, .. } = Scene::<Sqlite>::open().await;
    let store = Arc::new(store);
    batches([store.clone(), store], folder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_line_of_a_batch_is_taken_whole_or_refused_in_postgresql() {
    let Scene { store, folder, .. } = Scene::<Postgres>::open().await;
    let other = Postgres::open(folder.path()).await;
    batches([Arc::new(store), Arc::new(other)], folder).await;
}

/// What became of the lines of a batch: how many were taken, of those how much was captured, and how many were refused.
#[derive(Clone, Copy, Default)]
struct Became {
    taken: u64,
    captured: i64,
    refused: u64,
}

async fn batches<S: Database + 'static>(stores: [Arc<S>; 2], _folder: Place) {
    let (count, lines) = size();
    let mut sums = Became::default();
    let mut paid_in = 0;
    for round in 0..count / AT_ONCE {
        // Enough for about half of what this round wants; and the credit comes and goes.
        let half = i64::try_from(AT_ONCE * lines).unwrap() * PRICES[1] / 2;
        paid_in += half;
        let name = format!("T{round}");
        ask(&*stores[0], &account(), paying_in(half, &name), noon()).await.unwrap();
        let credit = if round % 2 == 0 { 100_000 } else { 0 };
        let batches: Vec<_> = (0..AT_ONCE)
            .map(|batch| {
                let store = stores[usize::try_from(batch % 2).unwrap()].clone();
                tokio::spawn(one(store, (round * AT_ONCE + batch, lines)))
            })
            .collect();
        let lowered = SubjectCommand::Credit(money(credit));
        ask(&*stores[1], &account(), lowered, noon()).await.unwrap();
        for batch in batches {
            let became = batch.await.unwrap();
            assert_eq!(became.taken + became.refused, lines);
            sums.taken += became.taken;
            sums.captured += became.captured;
            sums.refused += became.refused;
        }
    }
    assert!(sums.refused > 0 && sums.taken > 0, "the account runs out, and not at once");
    let subject = stores[0].subject(&account()).await.unwrap().unwrap();
    assert_eq!(subject.paid_in.count(), paid_in);
    assert_eq!((subject.whole.used.count(), subject.whole.reserved.count()), (sums.captured, 0));
    never_above_the_limit(&*stores[0]).await;
    assert_counted(&*stores[0]).await;
}

/// Sends the lines of a batch, and each fifth of them twice at once; what is taken is delivered or not, by turns.
async fn one<S: Database>(store: Arc<S>, (batch, lines): (u64, u64)) -> Became {
    let (mut became, account) = (Became::default(), account());
    for line in 0..lines {
        let (name, attempt) = (format!("B{batch}-{line}"), (batch * lines + line) * 2);
        let price = PRICES[usize::try_from(line % 3).unwrap()];
        let sent = async |attempt| match ask(
            &*store,
            &account,
            ordering(&name, (price, attempt), None),
            noon(),
        )
        .await
        {
            Ok(SubjectAnswer::Reservation(held)) => Some(held),
            Err(SubjectRefusal::UsedUp) => None,
            other => panic!("{other:?}"),
        };
        let held = if line % 5 == 0 {
            // What the one did not find, a payment or another line brought for the other.
            let (first, second) = tokio::join!(sent(attempt), sent(attempt + 1));
            if let (Some(first), Some(second)) = (&first, &second) {
                assert_eq!(first.id, second.id, "{name} is held once");
            }
            first.or(second)
        } else {
            sent(attempt).await
        };
        let Some(held) = held else {
            became.refused += 1;
            continue;
        };
        became.taken += 1;
        let is_delivered = line % 4 != 0;
        let command = if is_delivered { SubjectCommand::Capture } else { SubjectCommand::Release };
        let settled = ask(&*store, &account, command(held.id), noon()).await;
        let Ok(SubjectAnswer::Reservation(settled)) = settled else { panic!("{settled:?}") };
        assert_eq!(settled.state == ReservationState::Captured, is_delivered);
        became.captured += if is_delivered { price } else { 0 };
    }
    became
}

/// Reads the whole history: whenever something was held, it was within what was paid in and the credit of that moment.
async fn never_above_the_limit(store: &impl Subjects) {
    let (mut before, mut entries) = (u64::MAX, Vec::new());
    loop {
        let page = store.entries_before(&account(), before, 5_000).await.unwrap();
        let Some(last) = page.last() else { break };
        before = last.entry.number;
        entries.extend(page.into_iter().map(|it| it.entry));
    }
    let (mut paid_in, mut credit) = (0, 0);
    for entry in entries.into_iter().rev() {
        let units = entry.units.unwrap().count();
        match entry.kind {
            SubjectEntryKind::PayIn => paid_in += units,
            SubjectEntryKind::Credit => credit = units,
            SubjectEntryKind::Reserve => {
                let taken = entry.used.count() + entry.reserved.count();
                assert!(taken <= paid_in + credit, "{entry:?}: {taken} of {paid_in} and {credit}");
            }
            _ => {}
        }
    }
}
