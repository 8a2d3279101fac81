//! Webhooks about a bank card that a caller types on the telephone.

use super::signed::Signed;
use crate::web::Channels;
use axum::extract::State;
use axum::http::StatusCode;
use farline_app::hotline::keypad;
use farline_domain::kernel::CallId;

/// What the carrier tells in answer to a question of an entry: `/webhooks/voice/keypad/{call}/{entry}/{step}`.
pub(super) async fn take(State(channels): State<Channels>, signed: Signed) -> StatusCode {
    let Some((call, place)) = asked(&signed) else { return StatusCode::BAD_REQUEST };
    match keypad::hear(&channels.app, call, place, signed.form()).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(problem) => {
            // Never the fields: the card's date is among them.
            let cause = problem.cause.unwrap_or_default();
            tracing::error!(code = problem.code.code(), cause, "a word of the carrier is lost");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Which question it is about.
fn asked(signed: &Signed) -> Option<(CallId, (u32, u32))> {
    let mut last = signed.segments().rev();
    let step = last.next()?.parse().ok()?;
    let number = last.next()?.parse().ok()?;
    Some((CallId::parse(last.next()?)?, (number, step)))
}
