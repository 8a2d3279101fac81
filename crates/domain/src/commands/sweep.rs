//! The sweeping up behind: what abandoned sessions hold, and what is over.

use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::{EntryKind, Session};
use crate::kernel::Instant;

pub(super) fn sweep(state: &mut LineState, now: Instant) -> Result<Answer, Refusal> {
    let lapsed = state.reservations.iter().filter(|held| held.until <= now);
    let abandoned: Vec<Session> = lapsed.map(|held| held.session.clone()).collect();
    for session in abandoned {
        state.give_up(&session)?;
    }
    close_what_is_over(state, now)?;
    // The promised sweep is this one, or was lost: the next is promised for the next lapse.
    if state.sweep_at.is_some_and(|at| at <= now) {
        state.sweep_at = None;
    }
    if let Some(next) = state.reservations.iter().map(|held| held.until).min() {
        state.watch(next);
    }
    Ok(Answer::Done)
}

fn close_what_is_over(state: &mut LineState, now: Instant) -> Result<(), Refusal> {
    let zone = state.rule.zone.clone();
    let over: Vec<u32> = state
        .buckets
        .iter()
        .filter(|bucket| bucket.is_over_at(now, &zone) && bucket.reserved.is_zero())
        .map(|bucket| bucket.number)
        .collect();
    for number in over {
        let Some(bucket) = state.bucket_mut(number) else {
            continue;
        };
        let left = bucket.available();
        bucket.take(left)?;
        if !left.is_zero() {
            state.enter(number, EntryKind::Expire, left, now);
        }
    }
    Ok(())
}
