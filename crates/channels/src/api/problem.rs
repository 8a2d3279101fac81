//! Problems as `application/problem+json` (RFC 9457).

use crate::web::{RequestId, language_of};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use farline_app::problem::MoneyWord;
use farline_app::{Problem, ProblemCode, ProblemKind};
use farline_domain::kernel::Language;
use farline_texts::Words;
use serde_json::json;

/// A problem with what it takes to word it.
#[derive(Debug)]
pub struct ApiProblem {
    /// What is wrong.
    pub problem: Problem,
    /// The caller's language.
    pub language: Language,
    /// The request's id.
    pub request: String,
    /// More about where it is wrong, in English, for the programmer.
    pub hint: Option<String>,
}

/// The language and id of a request, taken before its body is read.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The caller's language.
    pub language: Language,
    /// The request's id.
    pub request: String,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Asker {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, Self::Rejection> {
        let request = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let query = parts.uri.query().unwrap_or("");
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("language="));
        let language = language_of(asked, &parts.headers);
        Ok(Self { language, request: request.unwrap_or_default() })
    }
}

impl Asker {
    /// A problem worded for this caller.
    pub fn problem(&self, problem: Problem) -> ApiProblem {
        let Self { language, request } = self.clone();
        ApiProblem { problem, language, request, hint: None }
    }
}

/// The HTTP status of a problem.
pub const fn status_of(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::Unreadable => StatusCode::BAD_REQUEST,
        ProblemKind::Unauthorized => StatusCode::UNAUTHORIZED,
        ProblemKind::Forbidden => StatusCode::FORBIDDEN,
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ProblemKind::Conflict => StatusCode::CONFLICT,
        ProblemKind::Gone => StatusCode::GONE,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ProblemKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ProblemKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The sentence about money.
pub const fn money_key(money: MoneyWord) -> &'static str {
    match money {
        MoneyWord::No => "problem-money-no",
        MoneyWord::Yes => "problem-money-yes",
        MoneyWord::Unknown => "problem-money-unknown",
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let words = Words::of(self.language);
        let code = self.problem.code;
        let status = status_of(code.kind());
        if let Some(cause) = &self.problem.cause {
            tracing::warn!(request = self.request, code = code.code(), cause, "problem");
        }
        let mut detail = words.say(&format!("problem-{}-detail", code.code()));
        if let Some(hint) = &self.hint {
            detail = format!("{detail} ({hint})");
        }
        let money_moved = match self.problem.money {
            MoneyWord::No => json!(false),
            MoneyWord::Yes => json!(true),
            MoneyWord::Unknown => json!("unknown"),
        };
        let mut body = json!({
            "type": format!("/problems/{}", code.code()),
            "title": words.say(&format!("problem-{}", code.code())),
            "status": status.as_u16(),
            "code": code.code().replace('-', "_"),
            "detail": detail,
            "instance": self.request,
            "money_moved": money_moved,
        });
        if let Some(field) = self.problem.field {
            body["field"] = json!(field);
        }
        let retry = self.problem.retry_at.map(farline_domain::kernel::Instant::rfc3339);
        if let Some(retry) = retry {
            body["retry_at"] = json!(retry);
        }
        let mut response = (status, body.to_string()).into_response();
        // For whoever logs answers.
        response.extensions_mut().insert(code);
        let headers = response.headers_mut();
        let media_type = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media_type);
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let after = self.problem.retry_after_seconds;
        let unavailable = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(30);
        if let Some(seconds) = after.or(unavailable) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Puts refusals that the framework makes by itself (a path or query that cannot be read) into our
/// form, so that every error of the API reads alike.
pub async fn in_form(asker: Asker, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let form = response.headers().get(header::CONTENT_TYPE);
    let plain = form.is_none_or(|form| form.as_bytes().starts_with(b"text/plain"));
    if !plain {
        return response;
    }
    let code = match response.status() {
        StatusCode::BAD_REQUEST => ProblemCode::BodyUnreadable,
        StatusCode::UNPROCESSABLE_ENTITY => ProblemCode::FieldInvalid,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::BodyTooLarge,
        StatusCode::SERVICE_UNAVAILABLE => ProblemCode::Timeout,
        _ => return response,
    };
    asker.problem(Problem::of(code)).into_response()
}

/// No such address.
pub async fn no_such_route(asker: Asker) -> ApiProblem {
    asker.problem(Problem::of(ProblemCode::NotFound))
}

/// The address exists, but not for this method.
pub async fn method_not_allowed(asker: Asker) -> ApiProblem {
    asker.problem(Problem::of(ProblemCode::MethodNotAllowed))
}

/// The page that a problem's `type` leads to: what it means and what to do, in every language.
pub async fn explain(Path(code): Path<String>, headers: HeaderMap) -> Response {
    let Some(code) = ProblemCode::ALL.iter().find(|known| known.code() == code) else {
        return (StatusCode::NOT_FOUND, "No such problem.\n").into_response();
    };
    let first = language_of(None, &headers);
    let others = Language::ALL.into_iter().filter(|language| *language != first);
    let mut text = String::new();
    for language in std::iter::once(first).chain(others) {
        let words = Words::of(language);
        text.push_str(&words.say(&format!("problem-{}", code.code())));
        text.push('\n');
        text.push_str(&words.say(&format!("problem-{}-detail", code.code())));
        text.push_str("\n\n");
    }
    text.into_response()
}
