//! A call: taking it, verifying the caller, seeing the card, notes, and the end.

pub(super) mod card;
pub mod keypad;
mod notes;
mod order;
pub mod sale;
mod verify;

use crate::desk::here::{Here, Posted};
use crate::desk::views::{CallHead, Presence};
use crate::portal::handlers::frame::see_other;
use crate::portal::handlers::present::clock_time;
use crate::portal::layout::FieldError;
use crate::web::Channels;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use farline_app::hotline::calls;
use farline_app::hotline::keypad::note_telephone;
use farline_app::staff::team;
use farline_app::tokens::Seal;
use farline_app::wording::masked;
use farline_app::{App, Problem, ProblemCode, lines};
use farline_domain::hotline::{Call, CallSource, Gravity};
use farline_domain::kernel::{CallId, Instant, LineId, StaffId, Zone};
use farline_domain::staff::Deed;
use serde::Deserialize;

/// The purpose of the token that names a card before anybody is verified.
pub const LINE: &str = "desk-line";

/// The purpose of the token that names a call of the robot to be taken over.
pub const ROBOT: &str = "desk-robot";

/// The routes of a call.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/calls", post(take))
        .route("/{language}/desk/calls/{call}", get(see))
        .route("/{language}/desk/calls/{call}/code", post(verify::send_code))
        .route("/{language}/desk/calls/{call}/verify", post(verify::verify))
        .route("/{language}/desk/calls/{call}/plan", post(sale::choose))
        .route("/{language}/desk/calls/{call}/check/{quote}", get(sale::check).post(sale::sell))
        .route("/{language}/desk/calls/{call}/orders/{order}", get(sale::see))
        .route("/{language}/desk/calls/{call}/orders/{order}/link", post(sale::send_link))
        .route("/{language}/desk/calls/{call}/orders/{order}/cancel", post(sale::cancel))
        .route("/{language}/desk/calls/{call}/orders/{order}/by-hand", post(sale::by_hand))
        .route("/{language}/desk/calls/{call}/orders/{order}/keypad", post(keypad::act))
        .route("/{language}/desk/calls/{call}/notes", post(notes::write))
        .route("/{language}/desk/calls/{call}/document", post(verify::keep_document))
        .route("/{language}/desk/calls/{call}/end", post(end))
        .route("/{language}/desk/follow-ups", get(notes::follow_ups))
        .route("/{language}/desk/follow-ups/{note}", post(notes::finish))
}

/// What a page of a call needs to know of the request beyond its address.
#[derive(Debug, Default, Deserialize)]
pub struct CallQuery {
    /// The attempt whose code is about to be typed.
    challenge: Option<String>,
}

/// The call of an address, the member's own.
async fn mine(here: &Here, call: &str) -> Result<Call, Problem> {
    here.may(Deed::TakeCall)?;
    let id = CallId::parse(call).ok_or(Problem::of(ProblemCode::NotFound))?;
    calls::mine(&here.frame.channels().app, here.member.id, id).await
}

/// The same, of a caller who is verified, by somebody who may sell.
async fn verified(here: &Here, call: &str) -> Result<Call, Problem> {
    here.may(Deed::Sell)?;
    let id = CallId::parse(call).ok_or(Problem::of(ProblemCode::NotFound))?;
    calls::verified(&here.frame.channels().app, here.member.id, id).await
}

/// The address of a call's page.
fn address(here: &Here, call: &Call) -> String {
    here.href(&format!("desk/calls/{}", call.id))
}

/// Where an answer leads, or what went wrong.
fn on(here: &Here, led: Result<String, Problem>) -> Response {
    match led {
        Ok(address) => see_other(&address),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/calls`: takes a call about a card that was found.
async fn take(Posted { here, fields }: Posted) -> Response {
    let taken = async {
        here.may(Deed::TakeCall)?;
        let app = &here.frame.channels().app;
        let named = Seal(&app.keys.tokens).said(LINE, fields.get("line"));
        let line = named.and_then(|line| LineId::parse(&line));
        let line = line.ok_or(Problem::of(ProblemCode::NotFound))?;
        let number = fields.given("caller");
        let mut call = calls::open(app, here.member.id, (line, number.as_deref())).await?;
        let robot = Seal(&app.keys.tokens).said(ROBOT, fields.get("robot"));
        if let Some(robot) = robot.and_then(|robot| CallId::parse(&robot)) {
            call = calls::take_over(app, call, robot).await?;
        }
        note_telephone(app, &call, fields.get("telephone")).await?;
        Ok(address(&here, &call))
    };
    let led = taken.await;
    on(&here, led)
}

/// `GET /{language}/desk/calls/{call}`: who is it, and once that is known, the card.
async fn see(
    here: Here,
    Path((_, call)): Path<(String, String)>,
    Query(query): Query<CallQuery>,
) -> Response {
    shown(&here, &call, query.challenge, Vec::new()).await
}

/// The page of a call, with what was wrong with a form of it.
async fn shown(
    here: &Here,
    call: &str,
    challenge: Option<String>,
    errors: Vec<FieldError>,
) -> Response {
    let call = match mine(here, call).await {
        Ok(call) => call,
        Err(problem) => return here.problem(&problem),
    };
    if call.is_verified(Gravity::Ordinary, here.frame.channels().app.now()) {
        card::page(here, &call, errors).await
    } else {
        verify::page(here, &call, (challenge, errors)).await
    }
}

/// `POST /{language}/desk/calls/{call}/end`
async fn end(Path((_, call)): Path<(String, String)>, Posted { here, .. }: Posted) -> Response {
    let ended = async {
        let call = mine(&here, &call).await?;
        calls::end(&here.frame.channels().app, call).await?;
        Ok(here.href("desk"))
    };
    let led = ended.await;
    on(&here, led)
}

/// What stands above every page of a call. Nothing of it is private.
async fn head(here: &Here, call: &Call) -> Result<CallHead, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, call.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let zone = app.desk.zone();
    let mut others = Vec::new();
    for other in calls::others(app, call).await? {
        let since = time(here, other.started_at, &zone);
        others.push(match other.source {
            CallSource::Desk(member) => Presence { name: Some(name(app, member).await?), since },
            CallSource::Robot => Presence { name: None, since },
        });
    }
    Ok(CallHead {
        call: call.id.to_string(),
        card: masked(&view.line),
        operator: operator.name.clone(),
        caller: words.say(&format!("desk-caller-{}", call.caller.code())),
        others,
    })
}

/// A time as colleagues read it.
fn time(here: &Here, at: Instant, zone: &Zone) -> String {
    clock_time(here.frame.words(), at, (zone, here.frame.channels().app.now()))
}

/// What colleagues call a member.
async fn name(app: &App, member: StaffId) -> Result<String, Problem> {
    let members = team::members(app).await?;
    let found = members.into_iter().find(|one| one.id == member);
    Ok(found.map_or_else(|| member.to_string(), |one| one.name))
}
