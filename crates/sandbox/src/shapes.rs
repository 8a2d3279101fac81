//! The objects of the machine API, as its callers and its webhooks see them.

use serde::Serialize;

use crate::{
    numbers::{Brand, DeclineCode, Funding},
    records::{Checkout, CheckoutStatus, Method, Payment, PaymentStatus, Refund, RefundStatus},
};

#[derive(Serialize)]
pub(crate) struct CheckoutShape<'a> {
    id: &'a str,
    url: String,
    status: CheckoutStatus,
    amount: i64,
    currency: &'a str,
    reference: &'a str,
    expires_at_ms: i64,
    payment: Option<PaymentShape<'a>>,
}

#[derive(Serialize)]
pub(crate) struct PaymentShape<'a> {
    id: &'a str,
    checkout: &'a str,
    reference: &'a str,
    status: PaymentStatus,
    amount: i64,
    currency: &'a str,
    method: Method,
    brand: Option<Brand>,
    last4: Option<&'a str>,
    funding: Option<Funding>,
    refunded_amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    decline_code: Option<DeclineCode>,
}

#[derive(Serialize)]
pub(crate) struct RefundShape<'a> {
    id: &'a str,
    payment: &'a str,
    reference: &'a str,
    status: RefundStatus,
    amount: i64,
    currency: &'a str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_reason: Option<&'a str>,
}

/// Several objects, newest first.
#[derive(Serialize)]
pub(crate) struct ListShape<T> {
    pub(crate) data: Vec<T>,
}

pub(crate) fn checkout<'a>(
    base_url: &str,
    checkout: &'a Checkout,
    latest: Option<&'a Payment>,
) -> CheckoutShape<'a> {
    CheckoutShape {
        id: &checkout.id,
        url: format!("{base_url}/pay/{}", checkout.id),
        status: checkout.status,
        amount: checkout.amount,
        currency: &checkout.currency,
        reference: &checkout.reference,
        expires_at_ms: checkout.expires_at_ms,
        payment: latest.map(payment),
    }
}

pub(crate) fn payment(payment: &Payment) -> PaymentShape<'_> {
    PaymentShape {
        id: &payment.id,
        checkout: &payment.checkout,
        reference: &payment.reference,
        status: payment.status,
        amount: payment.amount,
        currency: &payment.currency,
        method: payment.method,
        brand: payment.brand,
        last4: payment.last4.as_deref(),
        funding: payment.funding,
        refunded_amount: payment.refunded_amount,
        decline_code: payment.decline_code,
    }
}

pub(crate) fn refund(refund: &Refund) -> RefundShape<'_> {
    RefundShape {
        id: &refund.id,
        payment: &refund.payment,
        reference: &refund.reference,
        status: refund.status,
        amount: refund.amount,
        currency: &refund.currency,
        reason: &refund.reason,
        failure_reason: refund.failure_reason.as_deref(),
    }
}
