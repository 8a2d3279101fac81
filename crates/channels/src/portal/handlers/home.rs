//! The first page.

use super::frame::{Frame, html, see_other};
use super::{problem, promotions};
use crate::portal::layout::FieldError;
use crate::portal::views::HomePage;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::{Mode, Problem, ProblemCode};

/// Numbers that a demonstration offers to try.
const SAMPLES: [&str; 2] = ["416 555 0100", "902 555 0183"];

/// `GET /`: the first page in the browser's language, without a detour.
pub async fn root(frame: Frame) -> Response {
    page(&frame, StatusCode::OK, ("", Vec::new()))
}

/// `GET /{language}`
pub async fn home(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    page(&frame, StatusCode::OK, ("", Vec::new()))
}

/// `GET /{language}/renew`: somebody reloaded after an error; they start again.
pub async fn again(frame: Frame) -> Response {
    see_other(&format!("/{}", frame.language.path()))
}

/// The first page, with what was typed and what is wrong with it.
pub fn page(
    frame: &Frame,
    status: StatusCode,
    (number, errors): (&str, Vec<FieldError>),
) -> Response {
    let mut layout = frame.layout_at("");
    layout.errors = errors;
    let samples = match frame.channels().app.mode {
        Mode::Sandbox => SAMPLES.map(str::to_owned).to_vec(),
        Mode::Live => Vec::new(),
    };
    let has_shops = frame.channels().app.shops.each().next().is_some();
    let app = &frame.channels().app;
    let has_promotions = promotions::current(app, &app.store.catalogue()).next().is_some();
    let number = number.to_owned();
    html(status, &HomePage { layout, number, has_shops, has_promotions, samples })
}
