//! Which partner calls, and what its key may do. This comes before everything else of a request.

use crate::api::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use farline_app::{Problem, ProblemCode, partners};
use farline_domain::partners::{Partner, Scope};

/// A partner whose key may read.
#[derive(Clone, Debug)]
pub struct Reader(pub Partner);

/// A partner whose key may order.
#[derive(Clone, Debug)]
pub struct Orderer(pub Partner);

async fn signed_in(
    parts: &mut Parts,
    channels: &Channels,
    wanted: Scope,
) -> Result<Partner, ApiProblem> {
    let Ok(asker) = Asker::from_request_parts(parts, channels).await;
    let secret = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = secret.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    let signed_in = match secret {
        Some(secret) => partners::sign_in(&channels.app, secret, wanted).await,
        None => Err(Problem::of(ProblemCode::Unauthorized)),
    };
    signed_in.map_err(|problem| asker.problem(problem))
}

impl FromRequestParts<Channels> for Reader {
    type Rejection = ApiProblem;
    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, ApiProblem> {
        signed_in(parts, channels, Scope::Read).await.map(Self)
    }
}

impl FromRequestParts<Channels> for Orderer {
    type Rejection = ApiProblem;
    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, ApiProblem> {
        signed_in(parts, channels, Scope::Order).await.map(Self)
    }
}
