//! Terms, privacy, complaints.

use super::frame::{Frame, html};
use super::problem;
use crate::portal::views::{ComplaintsPage, PrivacyPage, TermsPage};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::{Problem, ProblemCode};

/// `GET /{language}/terms`
pub async fn terms(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let version = frame.channels().app.business.terms_version.clone();
    let since = version
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| version.clone(), |date| frame.words().date(date));
    html(StatusCode::OK, &TermsPage { layout: frame.layout(), version, since })
}

/// `GET /{language}/privacy`
pub async fn privacy(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    html(StatusCode::OK, &PrivacyPage { layout: frame.layout() })
}

/// `GET /{language}/complaints`
pub async fn complaints(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    html(StatusCode::OK, &ComplaintsPage { layout: frame.layout() })
}
