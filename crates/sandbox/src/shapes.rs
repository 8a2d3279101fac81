//! The objects of the machine API, as its callers and its webhooks see them.

use serde::Serialize;

use crate::{
    numbers::{Advice, Brand, DeclineCode, Funding},
    records::{
        Charge, ChargeStatus, Checkout, CheckoutStatus, Dispute, DisputeStatus, Expiry, KeptMethod,
        KeptStatus, Method, Payment, PaymentStatus, Refund, RefundStatus, Setup,
    },
    state::State,
};

/// What a kept PayPal account is recognised by. Nobody signs in here, so it is always the same.
const MASKED_ADDRESS: &str = "p•••r@example.com";

#[derive(Serialize)]
pub(crate) struct CheckoutShape<'a> {
    id: &'a str,
    url: String,
    status: CheckoutStatus,
    amount: i64,
    currency: &'a str,
    reference: &'a str,
    expires_at_ms: i64,
    keep_for: Option<&'a str>,
    payment: Option<PaymentShape<'a>>,
}

#[derive(Serialize)]
pub(crate) struct PaymentShape<'a> {
    id: &'a str,
    checkout: Option<&'a str>,
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
    /// Only where a method is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<KeptShape<'a>>,
}

#[derive(Serialize)]
pub(crate) struct KeptShape<'a> {
    id: &'a str,
    customer: &'a str,
    status: KeptStatus,
    method: Method,
    brand: Option<Brand>,
    last4: Option<&'a str>,
    funding: Option<Funding>,
    expiry: Option<Expiry>,
    /// A wallet's.
    address: Option<&'static str>,
}

#[derive(Serialize)]
pub(crate) struct SetupShape<'a> {
    id: &'a str,
    url: String,
    status: CheckoutStatus,
    keep_for: &'a str,
    reference: &'a str,
    expires_at_ms: i64,
    kept: Option<KeptShape<'a>>,
}

#[derive(Serialize)]
pub(crate) struct ChargeShape<'a> {
    id: &'a str,
    key: &'a str,
    method: &'a str,
    customer: &'a str,
    reference: &'a str,
    payer_is_there: bool,
    status: ChargeStatus,
    amount: i64,
    currency: &'a str,
    payment: Option<PaymentShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decline_code: Option<DeclineCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<Advice>,
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

#[derive(Serialize)]
pub(crate) struct DisputeShape<'a> {
    id: &'a str,
    payment: &'a str,
    reference: &'a str,
    status: DisputeStatus,
    reason: &'a str,
    amount: i64,
    withdrawn: i64,
    currency: &'a str,
    respond_by_ms: Option<i64>,
}

/// Several objects, newest first.
#[derive(Serialize)]
pub(crate) struct ListShape<T> {
    pub(crate) data: Vec<T>,
}

pub(crate) fn checkout<'a>(
    base_url: &str,
    checkout: &'a Checkout,
    latest: Option<PaymentShape<'a>>,
) -> CheckoutShape<'a> {
    CheckoutShape {
        id: &checkout.id,
        url: format!("{base_url}/pay/{}", checkout.id),
        status: checkout.status,
        amount: checkout.amount,
        currency: &checkout.currency,
        reference: &checkout.reference,
        expires_at_ms: checkout.expires_at_ms,
        keep_for: checkout.keep_for.as_deref(),
        payment: latest,
    }
}

/// A checkout with the latest attempt to pay it.
pub(crate) fn checkout_in<'a>(
    base_url: &str,
    state: &'a State,
    shown: &'a Checkout,
) -> CheckoutShape<'a> {
    let latest = state.payment_of(shown);
    checkout(base_url, shown, latest.map(|latest| payment_in(state, latest)))
}

/// A payment with the method that it kept.
pub(crate) fn payment_in<'a>(state: &'a State, shown: &'a Payment) -> PaymentShape<'a> {
    payment(shown, state.kept_of(shown))
}

pub(crate) fn payment<'a>(
    payment: &'a Payment,
    method: Option<&'a KeptMethod>,
) -> PaymentShape<'a> {
    PaymentShape {
        id: &payment.id,
        checkout: payment.checkout.as_deref(),
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
        kept: method.map(kept),
    }
}

pub(crate) fn kept(method: &KeptMethod) -> KeptShape<'_> {
    KeptShape {
        id: &method.id,
        customer: &method.customer,
        status: method.status,
        method: method.method,
        brand: method.brand,
        last4: method.last4.as_deref(),
        funding: method.funding,
        expiry: method.expiry,
        address: (method.method == Method::Paypal).then_some(MASKED_ADDRESS),
    }
}

/// A setup with its method, once that is kept.
pub(crate) fn setup<'a>(
    base_url: &str,
    setup: &'a Setup,
    latest: Option<&'a KeptMethod>,
) -> SetupShape<'a> {
    let method = latest.filter(|_| setup.status == CheckoutStatus::Complete);
    SetupShape {
        id: &setup.id,
        url: format!("{base_url}/setup/{}", setup.id),
        status: setup.status,
        keep_for: &setup.keep_for,
        reference: &setup.reference,
        expires_at_ms: setup.expires_at_ms,
        kept: method.map(kept),
    }
}

pub(crate) fn charge<'a>(charge: &'a Charge, taken: Option<&'a Payment>) -> ChargeShape<'a> {
    ChargeShape {
        id: &charge.id,
        key: &charge.key,
        method: &charge.method,
        customer: &charge.customer,
        reference: &charge.reference,
        payer_is_there: charge.payer_is_there,
        status: charge.status,
        amount: charge.amount,
        currency: &charge.currency,
        payment: taken.map(|taken| payment(taken, None)),
        decline_code: charge.decline_code,
        advice: charge.advice,
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

pub(crate) fn dispute(dispute: &Dispute) -> DisputeShape<'_> {
    DisputeShape {
        id: &dispute.id,
        payment: &dispute.payment,
        reference: &dispute.reference,
        status: dispute.status,
        reason: &dispute.reason,
        amount: dispute.amount,
        withdrawn: dispute.withdrawn,
        currency: &dispute.currency,
        respond_by_ms: dispute.respond_by_ms,
    }
}
