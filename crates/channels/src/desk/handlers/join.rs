//! The page of an invitation's link.

use crate::api::problem::status_of;
use crate::desk::here::Doorstep;
use crate::desk::views::JoinPage;
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present::{clock_time, home_zone};
use crate::portal::handlers::problem;
use crate::portal::layout::FieldError;
use crate::portal::qr;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::staff::accept::{Acceptance, accept, open};
use farline_domain::accounts::PASSWORD_CHARACTERS_BESIDE;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct LinkPath {
    link: String,
}

/// `GET /{language}/desk/join/{link}`
pub async fn show(door: Doorstep, Path(path): Path<LinkPath>) -> Response {
    page(&door, &path.link, StatusCode::OK, ("", Vec::new())).await
}

async fn page(
    door: &Doorstep,
    link: &str,
    status: StatusCode,
    (name, errors): (&str, Vec<FieldError>),
) -> Response {
    let opened = match open(&door.frame.channels().app, link).await {
        Ok(opened) => opened,
        Err(problem) => return problem::page(&door.frame, &problem),
    };
    let mut layout = door.layout(&format!("/desk/join/{link}"));
    layout.errors = errors;
    let (words, now) = (door.frame.words(), door.frame.channels().app.now());
    let zone = home_zone();
    let until = zone.map(|zone| clock_time(words, opened.until, (&zone, now)));
    html(
        status,
        &JoinPage {
            layout,
            link: link.to_owned(),
            sign_in: opened.member.sign_in,
            name: name.to_owned(),
            until: until.unwrap_or_default(),
            picture: qr::svg(&opened.address),
            secret: opened.secret,
            password_length: i64::try_from(PASSWORD_CHARACTERS_BESIDE).unwrap_or(i64::MAX),
        },
    )
}

/// `POST /{language}/desk/join/{link}`
pub async fn send(door: Doorstep, Path(path): Path<LinkPath>, fields: Fields) -> Response {
    let acceptance = Acceptance {
        name: fields.get("name"),
        password: fields.whole("password"),
        code: fields.get("code"),
        language: door.frame.language,
    };
    let app = &door.frame.channels().app;
    match accept(app, &path.link, acceptance, &door.visitor()).await {
        // The first thing that is offered is a passkey.
        Ok(started) => door.come_in_at(&started, "desk/me").await,
        Err(problem) if problem.field.is_some() => {
            let errors = vec![door.frame.error(&problem, "name")];
            let kept = (fields.get("name"), errors);
            page(&door, &path.link, status_of(problem.code.kind()), kept).await
        }
        Err(problem) => problem::page(&door.frame, &problem),
    }
}
