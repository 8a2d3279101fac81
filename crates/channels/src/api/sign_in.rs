//! `POST /api/v1/sign-in`

use super::body::Body;
use super::problem::{ApiProblem, Asker};
use crate::web::{Channels, Newcomer};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use farline_app::accounts::sign_in::{send_code, with_code, with_password};
use farline_app::accounts::{Challenge, SignedIn};
use farline_app::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who signs in: an address with a password, or an address alone and then again with the code.
#[derive(Deserialize, ToSchema)]
pub struct SignInShape {
    /// E-mail address; this or `phone`.
    pub email: Option<String>,
    /// Phone number; this or `email`.
    pub phone: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// The code that was sent.
    pub code: Option<String>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct SessionShape {
    /// The bearer for everything of the account.
    pub token: String,
    /// When it ends if it is not used before.
    pub expires_at: String,
}

/// A code on its way, if the address has an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeSentShape {
    /// Until when it can be typed.
    pub expires_at: String,
}

enum Way {
    In(SignedIn),
    Sent(Challenge),
}

/// Signs in. Known and unknown addresses get the same answers, after the same work.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "account",
    request_body = SignInShape,
    responses(
        (status = 200, body = SessionShape, description = "Signed in"),
        (status = 202, body = CodeSentShape, description = "If there is such an account, a code is on its way"),
        (status = 401, description = "No such account, or the wrong password"),
        (status = 422, description = "Not an address, or the wrong code"),
        (status = 429, description = "Too often"),
    ))]
pub async fn sign_in(
    State(channels): State<Channels>,
    (asker, newcomer): (Asker, Newcomer),
    body: Body<SignInShape>,
) -> Result<Response, ApiProblem> {
    let way = way(&channels, &asker, &newcomer, body.value).await;
    way.map(answer).map_err(|problem| asker.problem(problem))
}

async fn way(
    channels: &Channels,
    asker: &Asker,
    Newcomer(visitor): &Newcomer,
    shape: SignInShape,
) -> Result<Way, Problem> {
    let SignInShape { email, phone, password, code } = shape;
    let (who, field) = match (email, phone) {
        (Some(email), None) => (email, "email"),
        (None, Some(phone)) => (phone, "phone"),
        (None, None) => return Err(Problem::of(ProblemCode::FieldMissing).in_field("email")),
        (Some(_), Some(_)) => return Err(Problem::of(ProblemCode::FieldInvalid).in_field("phone")),
    };
    let app = &channels.app;
    let way = match (password, code) {
        (Some(password), None) => with_password(app, &who, &password, visitor).await.map(Way::In),
        (None, Some(code)) => with_code(app, &who, &code, visitor).await.map(Way::In),
        (None, None) => send_code(app, &who, asker.language, visitor).await.map(Way::Sent),
        (Some(_), Some(_)) => Err(Problem::of(ProblemCode::FieldInvalid).in_field("code")),
    };
    way.map_err(|problem| match problem.field {
        Some("who") => problem.in_field(field),
        Some(_) | None => problem,
    })
}

fn answer(way: Way) -> Response {
    match way {
        Way::In(signed_in) => {
            let expires_at = signed_in.expires_at.rfc3339();
            Json(SessionShape { token: signed_in.token, expires_at }).into_response()
        }
        Way::Sent(challenge) => {
            let expires_at = challenge.expires_at.rfc3339();
            (StatusCode::ACCEPTED, Json(CodeSentShape { expires_at })).into_response()
        }
    }
}
