//! Registering, and every code that is typed on the page of codes.

use super::super::form::Fields;
use super::super::frame::{Frame, html, see_other};
use super::super::problem;
use super::sealed::{After, CodeForm, own_path};
use super::session::{come_in, genuine, go_out, sign_in_address};
use super::sign_in::{NextQuery, onward, visitor};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{RegisterPage, VerifyPage};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::accounts::{self, Registration, codes, contacts, delete};
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::PASSWORD_CHARACTERS;

/// The least length of a password, as pages say it.
pub(super) fn password_length() -> i64 {
    i64::try_from(PASSWORD_CHARACTERS).unwrap_or(i64::MAX)
}

/// `GET /{language}/register`
pub async fn show(frame: Frame, Query(query): Query<NextQuery>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let next = query.next.unwrap_or_default();
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
    let password_length = password_length();
    let next = own_path(next).unwrap_or_default().to_owned();
    html(status, &RegisterPage { layout, who: who.to_owned(), next, password_length })
}

/// `POST /{language}/register`
pub async fn send(frame: Frame, fields: Fields) -> Response {
    let wanted = Registration {
        who: fields.get("who").to_owned(),
        password: Some(fields.whole("password").to_owned()).filter(|typed| !typed.is_empty()),
        language: frame.language,
    };
    match accounts::register(&frame.channels().app, wanted, &visitor(&frame)).await {
        Ok(sent) => {
            let next = own_path(fields.get("next")).unwrap_or_default().to_owned();
            let form = CodeForm::of(sent, After::Register, next);
            code_page(&frame, StatusCode::OK, &form, Vec::new())
        }
        Err(problem) if problem.field.is_some() => {
            let errors = vec![frame.error(&problem, "who")];
            let kept = (fields.get("who"), fields.get("next"));
            page(&frame, status_of(problem.code.kind()), kept, errors)
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// The page on which a code is typed.
pub(super) fn code_page(
    frame: &Frame,
    status: StatusCode,
    form: &CodeForm,
    errors: Vec<FieldError>,
) -> Response {
    let (path, section) = match form.after {
        After::Register | After::SignIn => ("/register", Section::SignIn),
        After::Contact | After::Delete => ("/account", Section::Account),
    };
    let mut layout = frame.layout_at(path);
    layout.section = section;
    layout.errors = errors;
    let (challenge, sent_to) = (form.seal(frame), form.sent_to.clone());
    html(status, &VerifyPage { layout, challenge, sent_to })
}

/// `GET /{language}/verify`: reloaded or bookmarked; what was sent is not in the address.
pub async fn start_again(frame: Frame) -> Response {
    let to = if frame.session.is_some() { "account" } else { "register" };
    see_other(&format!("/{}/{to}", frame.language.path()))
}

/// `POST /{language}/verify`
pub async fn code(frame: Frame, fields: Fields) -> Response {
    let opened = CodeForm::open(&frame, fields.get("challenge"));
    let form = match opened.and_then(|form| genuine(&frame, &fields).map(|()| form)) {
        Ok(form) => form,
        Err(problem) => return problem::page(&frame, &problem),
    };
    match settle(&frame, &form, fields.get("code")).await {
        Ok(response) => response,
        Err(problem) if problem.field.is_some() => {
            let errors =
                vec![FieldError { field: "code".to_owned(), ..frame.error(&problem, "code") }];
            code_page(&frame, status_of(problem.code.kind()), &form, errors)
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// Does what the right code leads to.
async fn settle(frame: &Frame, form: &CodeForm, typed: &str) -> Result<Response, Problem> {
    let (app, visitor, challenge) = (&frame.channels().app, visitor(frame), &form.challenge);
    if matches!(form.after, After::SignIn | After::Register) {
        let started = accounts::verify(app, challenge, typed, &visitor).await?;
        return Ok(come_in(frame, &started, &onward(frame, &form.next)));
    }
    let Some(session) = frame.session else { return Ok(see_other(&sign_in_address(frame))) };
    if form.after == After::Contact {
        contacts::confirm(app, session.account, (challenge, typed), &visitor).await?;
        return Ok(see_other(&format!("/{}/account", frame.language.path())));
    }
    let confirmed = delete::Confirmation::Code { challenge, code: typed };
    let kept = delete::delete(app, session.account, confirmed, &visitor).await?;
    let kept = kept.map_or_else(String::new, |date| format!("?kept={date}"));
    Ok(go_out(frame, &format!("/{}/deleted{kept}", frame.language.path())))
}

/// `POST /{language}/verify/again`
pub async fn another_code(frame: Frame, fields: Fields) -> Response {
    let sent = async {
        genuine(&frame, &fields)?;
        let form = CodeForm::open(&frame, fields.get("challenge"))?;
        codes::again(&frame.channels().app, &form.challenge, &visitor(&frame)).await?;
        Ok(form)
    };
    match sent.await {
        Ok(form) => code_page(&frame, StatusCode::OK, &form, Vec::new()),
        Err(problem) => problem::page(&frame, &problem),
    }
}
