//! Signing in at the desk, and out.

use crate::api::problem::status_of;
use crate::desk::here::{Doorstep, Posted, go_out};
use crate::desk::script;
use crate::desk::views::SignInPage;
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::problem;
use crate::portal::layout::FieldError;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use farline_app::staff::demonstration::{self as played, Played};
use farline_app::staff::passkeys;
use farline_app::staff::sign_in::{Credentials, sign_in};
use farline_app::staff::sign_out as ending;
use farline_app::{Mode, Problem, ProblemCode};

/// `GET /{language}/desk/sign-in`
pub async fn show(door: Doorstep) -> Response {
    if door.present.is_some() {
        return see_other(&format!("/{}/desk", door.frame.language.path()));
    }
    page(&door, StatusCode::OK, "", Vec::new())
}

fn page(door: &Doorstep, status: StatusCode, who: &str, errors: Vec<FieldError>) -> Response {
    let mut layout = door.layout("/desk/sign-in");
    layout.errors = errors;
    let is_played = door.frame.channels().app.mode == Mode::Sandbox;
    let played = if is_played { Played::ALL.to_vec() } else { Vec::new() };
    let passkey_site = passkeys::origin(&door.frame.channels().app);
    let who = who.to_owned();
    let page = SignInPage { layout, who, played, passkey_site, script: script::passkey() };
    script::allowed(html(status, &page))
}

/// `POST /{language}/desk/sign-in`
pub async fn send(door: Doorstep, fields: Fields) -> Response {
    let app = &door.frame.channels().app;
    let credentials = Credentials {
        sign_in: fields.get("who"),
        password: fields.whole("password"),
        code: fields.get("code"),
    };
    match sign_in(app, credentials, &door.visitor()).await {
        Ok(started) => door.come_in(&started).await,
        Err(problem) if problem.code == ProblemCode::StaffSignInFailed => {
            let errors = vec![door.frame.error(&problem, "who")];
            page(&door, status_of(problem.code.kind()), fields.get("who"), errors)
        }
        Err(problem) => problem::page(&door.frame, &problem),
    }
}

/// `POST /{language}/desk/sign-in/passkey/ask`: what the browser is to be asked, for the script.
pub async fn ask(door: Doorstep) -> Response {
    match passkeys::ask_to_sign_in(&door.frame.channels().app, &door.visitor()).await {
        Ok((options, browser)) => {
            let response = ([(CONTENT_TYPE, "application/json")], options).into_response();
            door.asked(response, &browser)
        }
        Err(problem) => problem::page(&door.frame, &problem),
    }
}

/// `POST /{language}/desk/sign-in/passkey`: what the browser answered.
pub async fn by_passkey(door: Doorstep, fields: Fields) -> Response {
    let app = &door.frame.channels().app;
    let answer = (fields.get("answer"), door.asked_of());
    match passkeys::sign_in(app, answer, &door.visitor()).await {
        Ok(started) => door.come_in(&started).await,
        Err(problem) if problem.code == ProblemCode::PasskeyFailed => {
            let errors = vec![door.frame.error(&problem, "")];
            page(&door, status_of(problem.code.kind()), "", errors)
        }
        Err(problem) => problem::page(&door.frame, &problem),
    }
}

/// `POST /{language}/desk/sign-in/demonstration`: in by one tap, where no money is real.
pub async fn demonstration(door: Doorstep, fields: Fields) -> Response {
    let app = &door.frame.channels().app;
    let who = Played::parse(fields.get("as")).ok_or(Problem::of(ProblemCode::NotFound));
    let started = match who {
        Ok(who) => played::come_in(app, who, &door.visitor()).await,
        Err(problem) => Err(problem),
    };
    match started {
        Ok(started) => door.come_in(&started).await,
        Err(problem) => problem::page(&door.frame, &problem),
    }
}

/// `POST /{language}/desk/sign-out`
pub async fn sign_out(Posted { here, .. }: Posted) -> Response {
    match ending(&here.frame.channels().app, &here.session).await {
        Ok(()) => go_out(&here),
        Err(problem) => here.problem(&problem),
    }
}
