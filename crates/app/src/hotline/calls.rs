//! Taking a call, going on with it, ending it, and seeing who else is on the card.

use crate::staff::{StaffNote, note};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::hotline::{Call, CallSource, Caller, Gravity};
use farline_domain::kernel::{CallId, LineId, Msisdn, StaffId};
use serde_json::json;

/// What is done in a call is noted at most so often, in milliseconds.
const TOUCH_MILLIS: i64 = 20_000;
/// A call that was left alone for so long is over, in seconds; the rule is the domain's, this only bounds the look.
const LOOK_BACK_SECONDS: i64 = 15 * 60;

/// Takes a call about a line. A member who has an open one about it goes on with that.
pub async fn open(
    app: &App,
    member: StaffId,
    (line, number): (LineId, Option<&str>),
) -> Result<Call, Problem> {
    let view = lines::find::view(app, line).await?;
    let now = app.now();
    let mine = |call: &Call| call.source == CallSource::Desk(member) && call.is_open(now);
    if let Some(call) = recent(app, line).await?.into_iter().find(mine) {
        return Ok(call);
    }
    let caller = match number.map(Msisdn::parse) {
        None | Some(Err(_)) => Caller::Unknown,
        Some(Ok(number)) if view.line.msisdn.as_ref() == Some(&number) => Caller::Card,
        Some(Ok(_)) => Caller::Other,
    };
    let id = CallId::mint(now, line.cell(), app.randomness.bits());
    let call = Call::begun(id, (CallSource::Desk(member), line, caller), now);
    app.store.keep_call(&call).await?;
    record(app, &call, ("open_call", json!({ "caller": caller.code() }))).await?;
    Ok(call)
}

/// The robot's call about a line whose caller it puts through, if the proof goes with it.
pub async fn put_through(app: &App, line: LineId) -> Result<Option<Call>, Problem> {
    let now = app.now();
    let calls = recent(app, line).await?;
    Ok(calls.into_iter().find(|call| call.proof_to_hand_over(now).is_some()))
}

/// Goes on with the robot's call as one's own: the caller is not asked twice. Of two who take it over one has the proof,
/// and the other asks; so does whoever comes too late.
pub async fn take_over(app: &App, call: Call, robot: CallId) -> Result<Call, Problem> {
    let now = app.now();
    let robot = app.store.call(robot).await?.filter(|robot| robot.line == call.line);
    let handed = robot.and_then(|robot| Some((robot.id, robot.proof_to_hand_over(now)?)));
    let Some((robot, proof)) = handed else { return Ok(call) };
    if call.is_verified(Gravity::Ordinary, now) || !app.store.end_call(robot, now).await? {
        return Ok(call);
    }
    let call = Call { proof: Some(proof), active_at: now, ..call };
    app.store.keep_call(&call).await?;
    record(app, &call, ("take_over", json!({ "robot": robot.to_string() }))).await?;
    Ok(call)
}

/// The open call of a member. Whoever else asks is told that there is none.
pub async fn mine(app: &App, member: StaffId, id: CallId) -> Result<Call, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let mut call = app.store.call(id).await?.ok_or_else(not_found)?;
    if call.source != CallSource::Desk(member) {
        return Err(not_found());
    }
    let now = app.now();
    if !call.is_open(now) {
        return Err(Problem::of(ProblemCode::CallOver));
    }
    if now.millis_since(call.active_at) >= TOUCH_MILLIS {
        call.active_at = now;
        app.store.keep_call(&call).await?;
    }
    Ok(call)
}

/// The same, of a caller who has proven who they are.
pub async fn verified(app: &App, member: StaffId, id: CallId) -> Result<Call, Problem> {
    let call = mine(app, member, id).await?;
    if call.is_verified(Gravity::Ordinary, app.now()) {
        Ok(call)
    } else {
        Err(Problem::of(ProblemCode::NotVerified))
    }
}

/// Ends it: what was proven is proven no more.
pub async fn end(app: &App, call: Call) -> Result<(), Problem> {
    let call = Call { ended_at: Some(app.now()), ..call };
    app.store.keep_call(&call).await?;
    record(app, &call, ("end_call", json!({}))).await
}

/// The open calls of others about the same line, the longest first: two who help one customer see each other.
pub async fn others(app: &App, call: &Call) -> Result<Vec<Call>, Problem> {
    let now = app.now();
    let mut others = recent(app, call.line).await?;
    others.retain(|other| other.source != call.source && other.is_open(now));
    others.sort_by_key(|other| other.started_at);
    Ok(others)
}

async fn recent(app: &App, line: LineId) -> Result<Vec<Call>, Problem> {
    let since = app.now().plus_seconds(-LOOK_BACK_SECONDS);
    Ok(app.store.calls_of_line(line, since).await?)
}

/// Writes down what was done in a call.
pub async fn record(
    app: &App,
    call: &Call,
    (action, detail): (&'static str, serde_json::Value),
) -> Result<(), Problem> {
    let CallSource::Desk(member) = call.source else { return Ok(()) };
    let written =
        StaffNote { line: Some(call.line), call: Some(call.id), detail, ..StaffNote::of(action) };
    note(app, member, written).await
}
