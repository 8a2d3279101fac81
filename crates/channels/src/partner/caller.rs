//! Which partner calls, and what its key may do. This comes before everything else of a request.

use super::request_log::Whose;
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
    let whose = parts.extensions.get::<Whose>();
    let signed_in = async {
        let unknown = || Problem::of(ProblemCode::Unauthorized);
        let secret = secret.ok_or_else(unknown)?;
        let key = partners::known_key(&channels.app, secret).await?.ok_or_else(unknown)?;
        if let Some(whose) = whose {
            whose.is(&key.key.partner);
        }
        partners::let_in(&channels.app, &key, wanted).await
    };
    signed_in.await.map_err(|problem| asker.problem(problem))
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
