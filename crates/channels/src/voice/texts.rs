//! Webhooks of text messages.

use super::signed::Signed;
use super::twiml::{Xml, answer};
use crate::web::{Channels, Once, once};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use farline_app::ports::records::RequestKey;
use farline_app::voice::texts::{Reply, TextMessage, worded};
use farline_app::{Problem, ProblemCode, voice};
use sha2::{Digest, Sha256};

/// A message from a customer. The same message again gets the same answer and has no second effect.
pub(super) async fn take(State(channels): State<Channels>, signed: Signed) -> Response {
    let id = signed.id("MessageSid").or(signed.id("SmsSid"));
    let Some(id) = id else { return StatusCode::BAD_REQUEST.into_response() };
    let message = TextMessage { id, from: signed.get("From"), body: signed.get("Body") };
    match replied(&channels, message).await {
        // Some carriers confirm a refusal themselves, and say so: then we only note it.
        Ok(Some(text)) if signed.get("OptOutType").is_empty() => {
            answer(&[Xml::element("Message", &[], &[Xml::text(&text)])])
        }
        Ok(_) => answer(&[]),
        Err(problem) => {
            let cause = problem.cause.unwrap_or_default();
            tracing::error!(code = problem.code.code(), cause, "a text message is not answered");
            // The carrier tries again.
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn replied(channels: &Channels, message: TextMessage<'_>) -> Result<Option<String>, Problem> {
    let app = &channels.app;
    let body_hash = Sha256::digest(format!("{}\n{}", message.from, message.body)).into();
    let request = RequestKey { scope: "sms", key: message.id, body_hash };
    let answering = async |_, at| {
        let reply = voice::answer(app, message, at).await?;
        let body = serde_json::to_string(&reply).map_err(|error| unreadable(&error))?;
        Ok(Once { status: 200, body })
    };
    let kept = once(channels, request, answering).await?;
    let reply: Reply = serde_json::from_str(&kept.body).map_err(|error| unreadable(&error))?;
    worded(app, &reply).await
}

fn unreadable(error: &serde_json::Error) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(format!("a kept reply at column {}", error.column()));
    problem
}
