//! PayPal's own words in an objection.

use farline_app::ports::payment::{PaymentRefusal, PaymentUnknown};
use farline_domain::payments::{Decline, DeclineAdvice};
use serde::Deserialize;

use crate::payment::answer::Objection;

/// What every call may be told of a request that makes no sense.
const NONSENSE: &[(u16, &str)] = &[
    (400, "INVALID_PARAMETER_SYNTAX"),
    (400, "INVALID_PARAMETER_VALUE"),
    (400, "INVALID_STRING_LENGTH"),
    (400, "MALFORMED_REQUEST_JSON"),
    (400, "MISSING_REQUIRED_PARAMETER"),
    (422, "CANNOT_BE_NEGATIVE"),
    (422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
    (422, "DECIMALS_NOT_SUPPORTED"),
    (422, "DECIMAL_PRECISION"),
    (422, "INVALID_CURRENCY_CODE"),
];

/// Statuses and issues after which there is certainly no order.
pub(super) const ORDER_FINALS: &[(u16, &str)] =
    &[(422, "COMPLIANCE_VIOLATION"), (422, "MAX_VALUE_EXCEEDED")];

/// Statuses and issues after which there is certainly no refund under this key.
pub(super) const REFUND_FINALS: &[(u16, &str)] = &[
    (404, "INVALID_RESOURCE_ID"),
    (422, "CAPTURE_FULLY_REFUNDED"),
    (422, "CURRENCY_MISMATCH"),
    (422, "MAX_NUMBER_OF_REFUNDS_EXCEEDED"),
    (422, "PARTIAL_REFUND_NOT_ALLOWED"),
    (422, "PAYER_ACCOUNT_LOCKED_OR_CLOSED"),
    (422, "PENDING_CAPTURE"),
    (422, "REFUND_AMOUNT_EXCEEDED"),
    (422, "REFUND_AMOUNT_TOO_LOW"),
    (422, "REFUND_CAPTURE_CURRENCY_MISMATCH"),
    (422, "REFUND_FAILED_INSUFFICIENT_FUNDS"),
    (422, "REFUND_NOT_ALLOWED"),
    (422, "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"),
    (422, "REFUND_TIME_LIMIT_EXCEEDED"),
    (422, "TRANSACTION_DISPUTED"),
];

/// Statuses and issues of an attempt to capture that took nothing and leaves the payer another: a declined card, a
/// question of the bank, an account that cannot pay.
const DECLINES: &[(u16, &str)] = &[
    (422, "CARD_BRAND_NOT_SUPPORTED"),
    (422, "COMPLIANCE_VIOLATION"),
    (422, "DOMESTIC_TRANSACTION_REQUIRED"),
    (422, "INSTRUMENT_DECLINED"),
    (422, "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED"),
    (422, "ORDER_NOT_APPROVED"),
    (422, "PAYER_ACCOUNT_LOCKED_OR_CLOSED"),
    (422, "PAYER_ACCOUNT_RESTRICTED"),
    (422, "PAYER_ACTION_REQUIRED"),
    (422, "PAYER_CANNOT_PAY"),
    (422, "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"),
    (422, "TRANSACTION_BLOCKED_BY_PAYEE"),
    (422, "TRANSACTION_LIMIT_EXCEEDED"),
    (422, "TRANSACTION_REFUSED"),
];

/// Statuses and issues of a charge that took nothing, with what to do about each.
const CHARGE_DECLINES: &[(u16, &str, DeclineAdvice)] = &[
    (422, "TRANSACTION_LIMIT_EXCEEDED", DeclineAdvice::RetryLater),
    (422, "INSTRUMENT_DECLINED", DeclineAdvice::RetryOnce),
    (422, "TRANSACTION_REFUSED", DeclineAdvice::RetryOnce),
    (422, "PAYER_ACTION_REQUIRED", DeclineAdvice::Authenticate),
    (404, "INVALID_RESOURCE_ID", DeclineAdvice::AskCustomer),
    (404, "TOKEN_ID_NOT_FOUND", DeclineAdvice::AskCustomer),
    (422, "AGREEMENT_ALREADY_CANCELLED", DeclineAdvice::AskCustomer),
    (422, "PAYER_ACCOUNT_LOCKED_OR_CLOSED", DeclineAdvice::AskCustomer),
    (422, "PAYER_ACCOUNT_RESTRICTED", DeclineAdvice::AskCustomer),
    (422, "PAYER_CANNOT_PAY", DeclineAdvice::AskCustomer),
    (422, "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", DeclineAdvice::AskCustomer),
    (422, "TOKEN_ID_NOT_FOUND", DeclineAdvice::AskCustomer),
    (422, "COMPLIANCE_VIOLATION", DeclineAdvice::Never),
    (422, "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", DeclineAdvice::Never),
    (422, "TRANSACTION_BLOCKED_BY_PAYEE", DeclineAdvice::Never),
];

/// Issues that say that there is no such object.
const MISSING: [&str; 3] = ["INVALID_RESOURCE_ID", "RESOURCE_NOT_FOUND", "TOKEN_ID_NOT_FOUND"];

#[derive(Deserialize)]
struct Problem {
    name: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    issue: String,
    #[serde(default)]
    description: String,
}

impl Problem {
    /// The code and the words: of the first detail, which says more than the name of the kind.
    fn of(objection: &Objection) -> Result<(String, String), PaymentUnknown> {
        let problem: Self =
            serde_json::from_slice(&objection.body).map_err(|_| objection.unknown())?;
        let Self { name, message, details } = problem;
        let first = details.into_iter().next();
        Ok(match first {
            Some(Detail { issue, description }) if description.is_empty() => (issue, message),
            Some(Detail { issue, description }) => (issue, description),
            None => (name, message),
        })
    }
}

/// The refusal, when the objection is one for every call or one of `finals`; otherwise nobody knows.
pub(super) fn refusal(
    objection: &Objection,
    finals: &[(u16, &str)],
) -> Result<PaymentRefusal, PaymentUnknown> {
    let (code, message) = Problem::of(objection)?;
    let refusal = objection.refusal(&code, &message, NONSENSE);
    let refusal = refusal.or_else(|| objection.refusal(&code, &message, finals));
    refusal.ok_or_else(|| objection.unknown())
}

/// Whether an attempt to capture took nothing, and the payer may try again.
pub(super) fn is_decline(objection: &Objection) -> bool {
    Problem::of(objection)
        .is_ok_and(|(issue, _)| DECLINES.contains(&(objection.status, issue.as_str())))
}

/// What an objection to a charge says to do, if the charge took nothing.
pub(super) fn decline(objection: &Objection) -> Option<Decline> {
    let (code, _) = Problem::of(objection).ok()?;
    let known = |(status, issue, _): &&(u16, &str, DeclineAdvice)| {
        *status == objection.status && *issue == code
    };
    let (_, _, advice) = CHARGE_DECLINES.iter().find(known)?;
    Some(Decline { code, advice: *advice })
}

/// Whether there is no such object.
pub(super) fn is_missing(objection: &Objection) -> bool {
    objection.status == 404
        && Problem::of(objection).is_ok_and(|(issue, _)| MISSING.contains(&issue.as_str()))
}

/// Whether there is no such dispute. The API of disputes says it as the name of the problem, with or without details.
pub(super) fn is_no_dispute(objection: &Objection) -> bool {
    let problem = serde_json::from_slice::<Problem>(&objection.body);
    let is_missing = problem.is_ok_and(|problem| MISSING.contains(&problem.name.as_str()));
    objection.status == 404 && (is_missing || self::is_missing(objection))
}
