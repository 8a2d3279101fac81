//! Signing in and out.

use super::super::form::Fields;
use super::super::frame::{Frame, html, see_other};
use super::super::problem;
use super::sealed::{After, CodeForm, own_path};
use super::session::{Sent, come_in, go_out};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{SignInCodePage, SignInPage};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::accounts::{self, Visitor, codes, sign_in, sign_out as ending};
use farline_app::{Problem, ProblemCode};
use serde::Deserialize;

/// `?next=`
#[derive(Debug, Deserialize)]
pub struct NextQuery {
    pub(super) next: Option<String>,
}

pub(super) fn visitor(frame: &Frame) -> Visitor {
    frame.device.visitor(&frame.address.0)
}

/// Where somebody goes who has signed in.
pub(super) fn onward(frame: &Frame, next: &str) -> String {
    own_path(next).map_or_else(|| format!("/{}/cards", frame.language.path()), str::to_owned)
}

/// `GET /{language}/sign-in`
pub async fn show(frame: Frame, Query(query): Query<NextQuery>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let next = query.next.unwrap_or_default();
    if frame.session.is_some() {
        return see_other(&onward(&frame, &next));
    }
    page(&frame, StatusCode::OK, ("", &next), Vec::new())
}

fn page(
    frame: &Frame,
    status: StatusCode,
    (who, next): (&str, &str),
    errors: Vec<FieldError>,
) -> Response {
    let mut layout = frame.layout();
    layout.section = Section::SignIn;
    layout.errors = errors;
    let next = own_path(next).unwrap_or_default().to_owned();
    html(status, &SignInPage { layout, who: who.to_owned(), next })
}

/// `POST /{language}/sign-in`: with a password, or on to the code.
pub async fn send(frame: Frame, fields: Fields) -> Response {
    let came = if fields.get("way") == "code" || fields.get("password").is_empty() {
        with_code(&frame, &fields).await
    } else {
        with_password(&frame, &fields).await
    };
    came.unwrap_or_else(|problem| again(&frame, &fields, &problem))
}

async fn with_password(frame: &Frame, fields: &Fields) -> Result<Response, Problem> {
    let (who, password) = (fields.get("who"), fields.whole("password"));
    let app = &frame.channels().app;
    let started = sign_in::with_password(app, who, password, &visitor(frame)).await?;
    Ok(come_in(frame, &started, &onward(frame, fields.get("next"))))
}

async fn with_code(frame: &Frame, fields: &Fields) -> Result<Response, Problem> {
    let (app, who) = (&frame.channels().app, fields.get("who"));
    let sent = sign_in::send_code(app, who, frame.language, &visitor(frame)).await?;
    let next = own_path(fields.get("next")).unwrap_or_default().to_owned();
    let form = CodeForm::of(sent, After::SignIn, next);
    Ok(code_page(frame, StatusCode::OK, &form, Vec::new()))
}

fn again(frame: &Frame, fields: &Fields, problem: &Problem) -> Response {
    if problem.field.is_none() && problem.code != ProblemCode::SignInFailed {
        return problem::page(frame, problem);
    }
    let errors = vec![frame.error(problem, "password")];
    let kept = (fields.get("who"), fields.get("next"));
    page(frame, status_of(problem.code.kind()), kept, errors)
}

fn code_page(
    frame: &Frame,
    status: StatusCode,
    form: &CodeForm,
    errors: Vec<FieldError>,
) -> Response {
    let mut layout = frame.layout_at("/sign-in");
    layout.section = Section::SignIn;
    layout.errors = errors;
    let (challenge, sent_to) = (form.seal(frame), form.sent_to.clone());
    html(status, &SignInCodePage { layout, challenge, sent_to })
}

/// `GET /{language}/sign-in/code`: reloaded or bookmarked; what was sent is not in the address.
pub async fn start_again(frame: Frame) -> Response {
    see_other(&format!("/{}/sign-in", frame.language.path()))
}

/// `POST /{language}/sign-in/code`
pub async fn code(frame: Frame, fields: Fields) -> Response {
    let form = match CodeForm::open(&frame, fields.get("challenge")) {
        Ok(form) => form,
        Err(problem) => return problem::page(&frame, &problem),
    };
    let (app, typed) = (&frame.channels().app, fields.get("code"));
    match accounts::verify(app, &form.challenge, typed, &visitor(&frame)).await {
        Ok(started) => come_in(&frame, &started, &onward(&frame, &form.next)),
        Err(problem) if problem.field.is_some() => {
            let errors = vec![frame.error(&problem, "code")];
            code_page(&frame, status_of(problem.code.kind()), &form, errors)
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `POST /{language}/sign-in/code/again`
pub async fn another_code(frame: Frame, fields: Fields) -> Response {
    let sent = async {
        let form = CodeForm::open(&frame, fields.get("challenge"))?;
        let app = &frame.channels().app;
        codes::again(app, &form.challenge, &visitor(&frame)).await?;
        Ok(form)
    };
    match sent.await {
        Ok(form) => code_page(&frame, StatusCode::OK, &form, Vec::new()),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `POST /{language}/sign-out`
pub async fn sign_out(Sent { here, .. }: Sent) -> Response {
    let app = &here.frame.channels().app;
    match ending::sign_out(app, here.account, here.session.session).await {
        Ok(()) => go_out(&here.frame, &format!("/{}", here.frame.language.path())),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}
