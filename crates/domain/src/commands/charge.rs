//! Charging: one request of a session, decided. What was used is debited, what was held is given
//! back, and a new quota is held in its place.

use super::state::LineState;
use super::{Answer, Refusal};
use crate::balance::{Bucket, Reservation, Usage, draw_down_order};
use crate::charging::{
    ChargingAnswer, ChargingRefusal, ChargingRequest, ChargingResult, ChargingSession,
    ChargingStep, Quota, SessionState, Standing, Wanted,
};
use crate::kernel::{Instant, Units};
use crate::lines::LineStatus;

/// How long a quota stays held after its validity, in seconds: the report that its end calls for
/// is on its way then, and has to find what it used still held.
pub const HELD_ON_SECONDS: i64 = 60;

pub(super) fn charge(
    state: &mut LineState,
    request: &ChargingRequest,
    now: Instant,
) -> Result<Answer, Refusal> {
    let answer = match state.sessions.get(&request.session).cloned() {
        None => begin(state, request, now)?,
        Some(session) => match session.standing(request.sequence) {
            Standing::Repeated => session.answer,
            Standing::Superseded if session.has_ended() => {
                ChargingAnswer::refused(ChargingRefusal::SessionEnded)
            }
            Standing::Superseded => ChargingAnswer::refused(ChargingRefusal::Superseded),
            Standing::TooLate => note_too_late(state, session, request, now)?,
            Standing::Next => go_on(state, session, request, now)?,
        },
    };
    Ok(Answer::Charging(answer))
}

/// The first that is heard of a session. A refused start leaves nothing behind: asked again, it is
/// decided again, because the line may have been renewed meanwhile.
fn begin(
    state: &mut LineState,
    request: &ChargingRequest,
    now: Instant,
) -> Result<ChargingAnswer, Refusal> {
    let (answer, session_state) = match request.step {
        ChargingStep::Start { wanted } => {
            let result = grant(state, request, wanted, now)?;
            let left = left_for(state, &request.usage(), now)?;
            let answer = ChargingAnswer { left, ..done(result) };
            (answer, SessionState::Running)
        }
        ChargingStep::Event { units } => {
            (at_one_stroke(state, request, units, now)?, SessionState::Ended { at: now })
        }
        ChargingStep::Update { .. } | ChargingStep::End { .. } => {
            return Ok(ChargingAnswer::refused(ChargingRefusal::UnknownSession));
        }
    };
    if !matches!(answer.result, ChargingResult::Refused(_)) {
        let today = state.rule.today(now);
        state.keep_session(ChargingSession::begun(
            (request.session.clone(), request.kind),
            (request.sequence, answer),
            (session_state, today),
        ));
    }
    Ok(answer)
}

/// The next request of a session that runs.
fn go_on(
    state: &mut LineState,
    mut session: ChargingSession,
    request: &ChargingRequest,
    now: Instant,
) -> Result<ChargingAnswer, Refusal> {
    let (used, wanted) = match request.step {
        _ if session.kind != request.kind => return Ok(unfit()),
        ChargingStep::Event { .. } => return Ok(unfit()),
        ChargingStep::Start { wanted } => (Units::ZERO, wanted),
        ChargingStep::Update { used, wanted } => (used, wanted),
        ChargingStep::End { used } => {
            session.state = SessionState::Ended { at: now };
            (used, Wanted::Nothing)
        }
    };
    let debited = state.debit(request, used, now)?;
    let overrun = used.minus(debited)?;
    let result = grant(state, request, wanted, now)?;
    let left = left_for(state, &request.usage(), now)?;
    let answer = ChargingAnswer { result, debited, overrun, left };
    session.used = session.used.plus(debited)?;
    session.overrun = session.overrun.plus(overrun)?;
    session.sequence = request.sequence;
    session.heard_on = state.rule.today(now);
    session.answer = answer;
    state.note_usage(request.kind, (debited, overrun, Units::ZERO), now);
    state.keep_session(session);
    Ok(answer)
}

const fn unfit() -> ChargingAnswer {
    ChargingAnswer::refused(ChargingRefusal::RatingFailed)
}

/// A session that has ended cannot be charged any more: what it still reports is noted once.
fn note_too_late(
    state: &mut LineState,
    mut session: ChargingSession,
    request: &ChargingRequest,
    now: Instant,
) -> Result<ChargingAnswer, Refusal> {
    let answer = ChargingAnswer::refused(ChargingRefusal::SessionEnded);
    let used = request.step.used();
    if session.kind != request.kind || used.is_zero() {
        return Ok(answer);
    }
    session.refused = session.refused.plus(used)?;
    session.sequence = request.sequence;
    session.heard_on = state.rule.today(now);
    session.answer = answer;
    state.note_usage(request.kind, (Units::ZERO, Units::ZERO, used), now);
    state.keep_session(session);
    Ok(answer)
}

/// An event is debited whole or not at all, and from what is free.
fn at_one_stroke(
    state: &mut LineState,
    request: &ChargingRequest,
    units: Units,
    now: Instant,
) -> Result<ChargingAnswer, Refusal> {
    let usage = request.usage();
    if !is_in_service(state, now) || left_for(state, &usage, now)? < units {
        let refusal = why_not(state, &usage, (units, now))?;
        return Ok(ChargingAnswer::refused(refusal));
    }
    let debited = state.debit(request, units, now)?;
    state.note_usage(request.kind, (debited, Units::ZERO, Units::ZERO), now);
    let left = left_for(state, &usage, now)?;
    Ok(ChargingAnswer { debited, left, ..done(ChargingResult::Done) })
}

const fn done(result: ChargingResult) -> ChargingAnswer {
    ChargingAnswer { result, debited: Units::ZERO, overrun: Units::ZERO, left: Units::ZERO }
}

/// Holds what is wanted, as far as it is there, in the buckets to draw from first.
fn grant(
    state: &mut LineState,
    request: &ChargingRequest,
    wanted: Wanted,
    now: Instant,
) -> Result<ChargingResult, Refusal> {
    let wanted = wanted.under(&request.terms);
    if wanted.is_zero() {
        return Ok(ChargingResult::Done);
    }
    let usage = request.usage();
    if !is_in_service(state, now) || left_for(state, &usage, now)?.is_zero() {
        let refusal = why_not(state, &usage, (Units::new(1)?, now))?;
        return Ok(ChargingResult::Refused(refusal));
    }
    let mut missing = wanted;
    let mut held = Vec::new();
    let longest = now.plus_seconds(i64::from(request.terms.validity_seconds));
    let mut valid_until = longest;
    let zone = state.rule.zone.clone();
    for number in draw_down_order(&state.buckets, &usage, now, &zone) {
        let Some(bucket) = state.bucket_mut(number) else {
            continue;
        };
        let units = bucket.available().min(missing);
        if units.is_zero() {
            continue;
        }
        bucket.reserve(units)?;
        missing = missing.minus(units)?;
        // A quota is over when the first bucket it is held in closes.
        valid_until = valid_until.min(bucket.serves_until(now, &zone).unwrap_or(longest));
        held.push((number, units));
    }
    let millis = valid_until.millis_since(now);
    let validity_seconds = u32::try_from(millis / 1000).unwrap_or(0).max(1);
    let until = now.plus_seconds(i64::from(validity_seconds) + HELD_ON_SECONDS);
    for (bucket, units) in held {
        let session = request.session.clone();
        state.reservations.push(Reservation { session, bucket, units, until });
    }
    state.watch(until);
    let units = wanted.minus(missing)?;
    let is_final = left_for(state, &usage, now)?.is_zero();
    let percent = if is_final { 100 } else { request.terms.threshold_percent };
    let ask_again_after = Quota::threshold(units, percent);
    Ok(ChargingResult::Granted(Quota { units, validity_seconds, ask_again_after, is_final }))
}

/// What has expired is kept, but serves only after a renewal. A line that was never activated is
/// being activated by its first use.
fn is_in_service(state: &LineState, now: Instant) -> bool {
    match state.rule.status_on(state.line.dates, state.rule.today(now)) {
        LineStatus::Inactive | LineStatus::Active => true,
        LineStatus::Grace | LineStatus::Suspended | LineStatus::Closed => false,
    }
}

/// Denied, if it is there but not for where the line is; otherwise out of credit.
fn why_not(
    state: &LineState,
    usage: &Usage,
    (units, now): (Units, Instant),
) -> Result<ChargingRefusal, Refusal> {
    let everywhere = Usage { kind: usage.kind, zones: None };
    Ok(if left_for(state, &everywhere, now)? < units {
        ChargingRefusal::CreditLimitReached
    } else {
        ChargingRefusal::ServiceDenied
    })
}

/// What is free in the buckets that can serve now.
fn left_for(state: &LineState, usage: &Usage, now: Instant) -> Result<Units, Refusal> {
    let numbers = draw_down_order(&state.buckets, usage, now, &state.rule.zone);
    let serving = state.buckets.iter().filter(|bucket| numbers.contains(&bucket.number));
    Ok(serving.map(Bucket::available).try_fold(Units::ZERO, Units::plus)?)
}
