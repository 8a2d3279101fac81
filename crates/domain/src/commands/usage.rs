//! Using what was bought: reserve, commit, release, and the sweeping up behind.

use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::{Bucket, EntryKind, Reservation, Session, Usage, draw_down_order};
use crate::catalog::Allowance;
use crate::kernel::{Instant, Units};
use jiff::civil::Date;

/// What a usage command held or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageAnswer {
    /// Held for the session, or used by it; on reserving it may be less than was asked for.
    pub units: Units,
    /// Left in the buckets that could serve, neither used nor held.
    pub left: Units,
}

pub(super) fn reserve(
    state: &mut LineState,
    session: &Session,
    (usage, wanted, until): (&Usage, Units, Instant),
    now: Instant,
) -> Result<Answer, Refusal> {
    give_up(state, session)?;
    let serving = draw_down_order(&state.buckets, usage, now, &state.rule.zone);
    let mut missing = wanted;
    for number in &serving {
        let Some(bucket) = state.bucket_mut(*number) else {
            continue;
        };
        let units = bucket.available().min(missing);
        if units.is_zero() {
            continue;
        }
        bucket.reserve(units)?;
        missing = missing.minus(units)?;
        let held = Reservation { session: session.clone(), bucket: *number, units, until };
        state.reservations.push(held);
    }
    let units = wanted.minus(missing)?;
    if units.is_zero() && !wanted.is_zero() {
        return Err(Refusal::NotEnough);
    }
    Ok(Answer::Usage(UsageAnswer { units, left: left_in(state, &serving)? }))
}

pub(super) fn commit(
    state: &mut LineState,
    session: &Session,
    (usage, used): (&Usage, Units),
    now: Instant,
) -> Result<Answer, Refusal> {
    let counts_the_same = |number: &u32| {
        state.buckets.iter().any(|bucket| bucket.number == *number && bucket.kind == usage.kind)
    };
    let held = held_by(state, session).map(|held| held.bucket);
    // What was held is used first, in the order in which it was held, then what else can serve.
    let mut serving: Vec<u32> = held.filter(counts_the_same).collect();
    give_up(state, session)?;
    let open = draw_down_order(&state.buckets, usage, now, &state.rule.zone);
    for number in &open {
        if !serving.contains(number) {
            serving.push(*number);
        }
    }
    let mut missing = used;
    for number in &serving {
        let Some(bucket) = state.bucket_mut(*number) else {
            continue;
        };
        let units = bucket.available().min(missing);
        if units.is_zero() {
            continue;
        }
        bucket.take(units)?;
        missing = missing.minus(units)?;
        state.enter(*number, EntryKind::Use, units, now);
    }
    if !missing.is_zero() {
        return Err(Refusal::NotEnough);
    }
    Ok(Answer::Usage(UsageAnswer { units: used, left: left_in(state, &open)? }))
}

pub(super) fn release(state: &mut LineState, session: &Session) -> Result<Answer, Refusal> {
    give_up(state, session)?;
    Ok(Answer::Done)
}

pub(super) fn sweep(state: &mut LineState, now: Instant) -> Result<Answer, Refusal> {
    let abandoned: Vec<Session> = state
        .reservations
        .iter()
        .filter(|held| held.until <= now)
        .map(|held| held.session.clone())
        .collect();
    for session in abandoned {
        give_up(state, &session)?;
    }
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
    Ok(Answer::Done)
}

pub(super) fn grant(
    state: &mut LineState,
    allowance: &Allowance,
    valid_until: Option<Date>,
    now: Instant,
) -> Answer {
    let number = state.next_bucket();
    state.add_bucket(Bucket::granted(number, allowance, (now, valid_until), None), now);
    Answer::Done
}

fn held_by<'a>(
    state: &'a LineState,
    session: &'a Session,
) -> impl Iterator<Item = &'a Reservation> {
    state.reservations.iter().filter(move |held| held.session == *session)
}

/// Gives back everything a session holds.
fn give_up(state: &mut LineState, session: &Session) -> Result<(), Refusal> {
    let held: Vec<(u32, Units)> =
        held_by(state, session).map(|held| (held.bucket, held.units)).collect();
    for (number, units) in held {
        if let Some(bucket) = state.bucket_mut(number) {
            bucket.unreserve(units)?;
        }
    }
    state.reservations.retain(|held| held.session != *session);
    Ok(())
}

fn left_in(state: &LineState, numbers: &[u32]) -> Result<Units, Refusal> {
    let serving = state.buckets.iter().filter(|bucket| numbers.contains(&bucket.number));
    Ok(serving.map(Bucket::available).try_fold(Units::ZERO, Units::plus)?)
}
