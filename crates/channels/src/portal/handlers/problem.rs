//! Problems as pages.

use super::frame::{Frame, html};
use crate::api::problem::status_of;
use crate::portal::views::{MoneyMoved, Problem as Shown, ProblemPage};
use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::response::Response;
use farline_app::problem::MoneyWord;
use farline_app::{Problem, ProblemCode, ProblemKind};

/// A problem as a page: what is wrong, what to do, whether money moved.
pub fn page(frame: &Frame, problem: &Problem) -> Response {
    page_with_way(frame, problem, None)
}

/// The same, with a way on that is not the first page.
pub fn page_with_way(frame: &Frame, problem: &Problem, onward: Option<String>) -> Response {
    if let Some(cause) = &problem.cause {
        let code = problem.code.code();
        tracing::warn!(request = frame.request, code, cause, "problem");
    }
    let money = match problem.money {
        MoneyWord::No => MoneyMoved::No,
        // A page of its own says how much; here only that the answer is not known at this place.
        MoneyWord::Yes | MoneyWord::Unknown => MoneyMoved::Unknown,
    };
    let shown = shown(frame, problem);
    let status = status_of(problem.code.kind());
    let layout = frame.layout();
    let request = frame.request.clone();
    let mut response =
        html(status, &ProblemPage { layout, problem: shown, money, request, onward });
    if let Some(seconds) = problem.retry_after_seconds {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn shown(frame: &Frame, problem: &Problem) -> Shown {
    match problem.code.kind() {
        ProblemKind::NotFound | ProblemKind::MethodNotAllowed => Shown::NotFound,
        ProblemKind::Forbidden if problem.code == ProblemCode::Forbidden => Shown::NotYours,
        ProblemKind::Unauthorized if problem.code == ProblemCode::SignInFirst => Shown::SignInFirst,
        ProblemKind::Forbidden | ProblemKind::Unauthorized => Shown::Forbidden,
        ProblemKind::Conflict if problem.code == ProblemCode::RenewalInProgress => {
            Shown::RenewalInProgress
        }
        ProblemKind::Conflict if problem.code == ProblemCode::PromotionUsedUp => {
            Shown::PromotionUsedUp
        }
        ProblemKind::Conflict => Shown::TooLate,
        ProblemKind::Gone => Shown::LinkExpired,
        ProblemKind::Unreadable
        | ProblemKind::TooLarge
        | ProblemKind::MediaType
        | ProblemKind::Invalid => Shown::NotUnderstood,
        ProblemKind::TooMany => {
            let again = problem.retry_at.unwrap_or_else(|| frame.channels().app.now());
            let zone = super::present::home_zone();
            let again = zone.map_or_else(String::new, |zone| {
                super::present::clock_time(
                    frame.words(),
                    again,
                    (&zone, frame.channels().app.now()),
                )
            });
            Shown::TooMany { again }
        }
        ProblemKind::Internal => Shown::OurFault,
        ProblemKind::Unavailable if problem.code == ProblemCode::SupplierPaused => {
            Shown::SupplierPaused
        }
        ProblemKind::Unavailable => Shown::Unavailable,
    }
}

/// An address that is no page.
pub async fn no_such_page(frame: Frame) -> Response {
    page(&frame, &Problem::of(ProblemCode::NotFound))
}
