//! The end: nothing goes wrong any more, time passes, and everything has to come to rest.

use super::book::Rest;
use super::people::{Deed, restless};
use super::run::Run;
use super::world::wait_for;
use farline_domain::commands::JobKind;
use farline_domain::kernel::Instant;
use farline_domain::notices::{NoticeReason, Recipient};
use std::sync::Arc;

/// How many looks at the work there are at most.
const ROUNDS: u32 = 20_000;
/// For how many hours there is no work before everything is said to be at rest.
const IDLE_HOURS: u32 = 3;

pub(super) fn come_to_rest(run: &mut Run<'_>) -> Result<(), String> {
    let world = Arc::clone(&run.world);
    world.let_nothing_go_wrong();
    world.begin_turn(1);
    world.note("from here on nothing goes wrong".to_owned());
    let mut idle = 0;
    for _ in 0..ROUNDS {
        insist(run);
        decide(run);
        work(run);
        run.judge()?;
        let next = wait_for(run.processes[0].store.next_due()).expect("the next job is read");
        idle = if next.is_none() { idle + 1 } else { 0 };
        if idle > IDLE_HOURS {
            break;
        }
        if idle > 0 {
            sweep(run);
        }
        // Later than due: leases of the other process lapse meanwhile, and what is asked again and
        // again is asked a few times less.
        let late = world.chance.one_of(&[7, 7, 600, 4 * 3600]);
        let due = next.unwrap_or(world.now().plus_seconds(3600));
        world.clock.set(world.now().max(due).plus_seconds(late));
        world.their_now();
    }
    run.compare_all(Rest::Reached);
    told(run);
    let left = wait_for(run.processes[0].store.next_due()).expect("the next job is read");
    let now = world.now();
    let restless: Vec<String> =
        restless(&world.book(), now).into_iter().map(|order| format!("{order:?}")).collect();
    let mut book = world.book();
    if let Some(due) = left {
        book.contradict(format!("work is left that is due at {due:?}, now is {now:?}"));
    }
    for order in restless {
        book.contradict(format!("it has not come to rest: {order}"));
    }
    drop(book);
    run.judge()
}

/// The provider repeats what it insists on.
fn insist(run: &Run<'_>) {
    let world = &run.world;
    let events: Vec<_> = std::mem::take(&mut world.provider().events);
    for event in events.into_iter().filter(|event| event.insists) {
        let app = &run.processes[0].app;
        drop(wait_for(Deed::Hook(event, "genuine").done(world, app)));
    }
}

/// A person decides what waits for one.
fn decide(run: &Run<'_>) {
    let process = &run.processes[0];
    let waiting = wait_for(process.store.orders_with_task(1000)).expect("the tasks are read");
    for order in waiting {
        drop(wait_for(Deed::Person(order.id, None).done(&run.world, &process.app)));
    }
}

/// Every process sweeps, and looks after what orders hold.
fn sweep(run: &Run<'_>) {
    for process in &run.processes {
        drop(wait_for(Deed::Sweep.done(&run.world, &process.app)));
    }
}

/// Every process does what is due, until nothing is.
fn work(run: &mut Run<'_>) {
    let world = Arc::clone(&run.world);
    for process in &run.processes {
        for _ in 0..50 {
            let now: Instant = world.now();
            let due = wait_for(process.store.due_jobs(now, 2000)).expect("the work is read");
            if due.is_empty() {
                break;
            }
            run.operations += u64::try_from(due.len()).unwrap_or(0);
            drop(wait_for(Deed::Work(0, due.len()).done(&world, &process.app)));
        }
    }
}

/// Whoever was promised a word has it, or its failure stands on record; and what the carrier took is on
/// record, once, under the carrier's own name unless its answers were lost for too long.
fn told(run: &Run<'_>) {
    let world = &run.world;
    let store = &run.processes[0].store;
    let orders: Vec<_> = world.book().orders.values().cloned().collect();
    let mut taken = world.carrier().clone();
    for order in orders {
        let notices = wait_for(store.notices_of(order.id)).expect("the notices are read");
        for notice in &notices {
            let name = taken.remove(&notice.key);
            let is_said = notice.provider_id.is_none() || notice.provider_id == name;
            if !is_said {
                world.book().contradict(format!("the carrier took {name:?}, kept is {notice:?}"));
            }
        }
        let was_delivered = super::book::was_delivered(&order);
        let media = order.payer.iter().flat_map(|payer| payer.media.clone());
        for medium in media.filter(|_| was_delivered) {
            let promised = JobKind::Notice(NoticeReason::Delivered, Recipient::Payer(medium));
            let is_told = notices
                .iter()
                .any(|notice| notice.reason == NoticeReason::Delivered && notice.medium == medium);
            if !is_told {
                world.book().contradict(format!("{promised:?} of {} never went", order.id));
            }
        }
    }
    for key in taken.into_keys() {
        world.book().contradict(format!("the carrier took {key}, and nothing is on record"));
    }
}
