//! Why the machine API says no.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A final no: nothing was changed and no money moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Unauthorized,
    Invalid(&'static str),
    NotFound,
    IdempotencyKeyReused,
    IdempotencyKeyMissing,
    CheckoutComplete,
    PaymentNotCaptured,
    RefundExceedsPayment,
    PaymentDisputed,
    DisputeClosed,
    BodyTooLarge,
    /// The journal cannot be written, or a test number wants it so: whether the call took effect is
    /// not known to the caller.
    Broken,
}

#[derive(Serialize)]
struct Body {
    error: Detail,
}

#[derive(Serialize)]
struct Detail {
    code: &'static str,
    message: &'static str,
}

impl Refusal {
    fn describe(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "send the API key as Authorization: Bearer",
            ),
            Self::Invalid(message) => (StatusCode::BAD_REQUEST, "invalid_request", message),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "there is no such object"),
            Self::IdempotencyKeyReused => (
                StatusCode::CONFLICT,
                "idempotency_error",
                "this Idempotency-Key was used with another call or body",
            ),
            Self::IdempotencyKeyMissing => {
                (StatusCode::BAD_REQUEST, "invalid_request", "a charge needs an Idempotency-Key")
            }
            Self::CheckoutComplete => (
                StatusCode::CONFLICT,
                "checkout_complete",
                "the checkout has been paid and cannot be expired",
            ),
            Self::PaymentNotCaptured => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "payment_not_captured",
                "only a captured payment can be refunded",
            ),
            Self::RefundExceedsPayment => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "refund_exceeds_payment",
                "the refunds would add up to more than was captured",
            ),
            Self::PaymentDisputed => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "payment_disputed",
                "the bank has taken the money back already",
            ),
            Self::DisputeClosed => {
                (StatusCode::CONFLICT, "dispute_closed", "the bank has decided already")
            }
            Self::BodyTooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "the body is larger than 64 KiB")
            }
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "the outcome could not be recorded; ask again under the same key",
            ),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = self.describe();
        (status, Json(Body { error: Detail { code, message } })).into_response()
    }
}
