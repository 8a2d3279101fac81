//! Answering a request by its link.

use super::super::form::Fields;
use super::super::frame::{Frame, see_other};
use super::super::{present, problem};
use super::session::{genuine, sign_in_address};
use super::shown;
use crate::portal::layout::Layout;
use crate::portal::views::{ApprovalState, ApprovePage, Request};
use axum::extract::Path;
use axum::response::Response;
use farline_app::accounts::approve::{answer, see as see_request};
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::{RequestKind, RequestReply, RequestState};

/// `GET /{language}/approve/{token}`
pub async fn see(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    shown(&frame, page(&frame, frame.layout(), token).await)
}

async fn page(frame: &Frame, layout: Layout, token: String) -> Result<ApprovePage, Problem> {
    let app = &frame.channels().app;
    let view = see_request(app, &token).await?;
    let zone = present::home_zone();
    let until =
        zone.map(|zone| present::clock_time(frame.words(), view.expires_at, (&zone, app.now())));
    Ok(ApprovePage {
        layout,
        token,
        asker: view.asker,
        masked: view.line,
        request: match view.request.kind {
            RequestKind::HelpWithLine => Request::HelpWithYourCard,
            RequestKind::BecomeHelper => Request::BecomeHelper,
        },
        state: match view.request.state {
            RequestState::Open => ApprovalState::Open,
            RequestState::Approved => ApprovalState::Approved,
            RequestState::Refused | RequestState::Withdrawn => ApprovalState::Refused,
        },
        until: until.unwrap_or_default(),
    })
}

/// `POST /{language}/approve/{token}`
pub async fn send(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let answered = async {
        genuine(&frame, &fields)?;
        let reply = match fields.get("answer") {
            "yes" => RequestReply::Approve,
            "no" => RequestReply::Refuse,
            _ => return Err(Problem::of(ProblemCode::FieldInvalid)),
        };
        let by = frame.session.map(|session| session.account);
        answer(&frame.channels().app, &token, reply, by).await
    };
    match answered.await {
        Ok(_) => see_other(&format!("/{}/approve/{token}", frame.language.path())),
        // To become a helper takes an account: back here after signing in.
        Err(problem) if problem.code == ProblemCode::Unauthorized => {
            see_other(&sign_in_address(&frame))
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}
