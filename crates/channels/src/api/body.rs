//! Reading JSON bodies: small, shallow, and with errors that say where.

use super::problem::{ApiProblem, Asker};
use crate::web::Channels;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use farline_app::{Problem, ProblemCode};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// The largest body taken, in octets.
const LARGEST: usize = 64 * 1024;
/// The deepest nesting taken.
const DEEPEST: usize = 32;

/// A JSON body and the digest of its octets, for the idempotency key.
#[derive(Debug)]
pub struct Body<T> {
    /// What was read.
    pub value: T,
    /// SHA-256 of method, path and octets.
    pub hash: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest<Channels> for Body<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, ApiProblem> {
        let (mut parts, body) = request.into_parts();
        let Ok(asker) = Asker::from_request_parts(&mut parts, channels).await;
        let refuse = |code| asker.problem(Problem::of(code));
        let media_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(is_json) {
            return Err(refuse(ProblemCode::UnsupportedMediaType));
        }
        let octets = to_bytes(body, LARGEST).await;
        let octets = octets.map_err(|_| refuse(ProblemCode::BodyTooLarge))?;
        if depth(&octets) > DEEPEST {
            return Err(refuse(ProblemCode::BodyUnreadable));
        }
        let mut hash = Sha256::new();
        hash.update(parts.method.as_str());
        hash.update(parts.uri.path());
        hash.update(&octets);
        let value = serde_json::from_slice(&octets).map_err(|error| {
            let mut problem = refuse(match error.classify() {
                serde_json::error::Category::Data => ProblemCode::FieldInvalid,
                serde_json::error::Category::Io
                | serde_json::error::Category::Syntax
                | serde_json::error::Category::Eof => ProblemCode::BodyUnreadable,
            });
            problem.hint = Some(error.to_string());
            problem
        })?;
        Ok(Self { value, hash: hash.finalize().into() })
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// The deepest nesting of brackets outside strings.
fn depth(octets: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for octet in octets {
        match octet {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn brackets_in_strings_do_not_nest() {
        let table = [("{}", 1), (r#"{"a":[{}]}"#, 3), (r#"["[[[\"[["]"#, 1), ("1", 0)];
        for (text, expected) in table {
            assert_eq!(depth(text.as_bytes()), expected, "{text}");
        }
    }
}
