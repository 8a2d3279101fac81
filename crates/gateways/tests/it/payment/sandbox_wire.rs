//! What the stand-in says, word by word, for the faults.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::PaymentProvider;
use farline_gateways::payment::sandbox::SandboxProvider;
use serde_json::{Value, json};

use super::faults::{Asked, CHECKOUT, Misfit, REFUND, Step, Wire};
use super::stand_in::{API_KEY, SECRET, settings};

pub(super) struct SandboxWire;

impl Wire for SandboxWire {
    const STEPS: &'static [Step] =
        &[Step::Checkout, Step::CheckoutState, Step::Expire, Step::Refund, Step::RefundState];
    const SECRETS: &'static [&'static str] = &[API_KEY, SECRET];
    const HEADERS: &'static [(&'static str, &'static str)] =
        &[("authorization", "Bearer sk_sandbox_test")];
    const PAYMENT: &'static str = "pay_1";
    const FINAL: &'static str = "invalid_request";
    const CODES: &'static [(u16, &'static str)] = &[
        (400, "invalid_request"),
        (404, "not_found"),
        (409, "idempotency_error"),
        (409, "checkout_complete"),
        (413, "body_too_large"),
        (422, "payment_not_captured"),
        (422, "refund_exceeds_payment"),
        (422, "invalid_request"),
        (400, "refund_exceeds_payment"),
        (400, "unheard_of"),
        (418, "teapot"),
    ];

    fn provider(base_url: &str, patience: Duration) -> Box<dyn PaymentProvider> {
        Box::new(SandboxProvider::new(settings(base_url, patience)).unwrap())
    }

    fn sound(step: Step) -> Value {
        match step {
            Step::Checkout | Step::CheckoutState | Step::Expire => json!({
                "id": CHECKOUT, "url": "http://pay.example/cs_1", "status": "open", "amount": 2825,
                "currency": "CAD", "reference": "ord_1", "expires_at_ms": 1, "keep_for": null,
                "payment": null,
            }),
            Step::RefundLook | Step::Refund | Step::RefundState => json!({
                "id": REFUND, "payment": "pay_1", "reference": "rf_1", "status": "succeeded",
                "amount": 2825, "currency": "CAD", "reason": "x",
            }),
        }
    }

    fn before(_: Step) -> Vec<Value> {
        Vec::new()
    }

    fn after(_: Step) -> Vec<Value> {
        Vec::new()
    }

    fn paid_checkout() -> Value {
        let mut paid = Self::sound(Step::CheckoutState);
        paid["status"] = json!("complete");
        paid["payment"] = json!({
            "id": "pay_1", "checkout": CHECKOUT, "reference": "ord_1", "status": "captured",
            "amount": 2825, "currency": "CAD", "method": "credit", "brand": "visa",
            "last4": "4242", "funding": "credit", "refunded_amount": 0,
        });
        paid
    }

    fn problem(code: &str) -> Value {
        json!({"error": {"code": code, "message": "in words"}})
    }

    fn refusing(step: Step) -> &'static [(u16, &'static str)] {
        match step {
            Step::Checkout => &[(400, "invalid_request"), (413, "body_too_large")],
            Step::Refund => &[
                (400, "invalid_request"),
                (404, "not_found"),
                (413, "body_too_large"),
                (422, "payment_not_captured"),
                (422, "refund_exceeds_payment"),
            ],
            Step::CheckoutState | Step::Expire | Step::RefundLook | Step::RefundState => &[],
        }
    }

    fn asked(step: Step) -> Asked {
        let (method, path, key) = match step {
            Step::Checkout => ("POST", "/v1/checkouts", Some("checkout-ord_1")),
            Step::CheckoutState => ("GET", "/v1/checkouts/cs_1", None),
            Step::Expire => ("POST", "/v1/checkouts/cs_1/expire", None),
            Step::RefundLook | Step::Refund => ("POST", "/v1/refunds", Some("rf_1")),
            Step::RefundState => ("GET", "/v1/refunds/re_1", None),
        };
        Asked { method, path, query: None, key }
    }

    fn misfits(step: Step) -> Vec<Misfit> {
        match step {
            Step::Checkout => vec![
                ("/amount", json!(2826)),
                ("/amount", json!("2825")),
                ("/amount", json!(28.25)),
                ("/currency", json!("USD")),
                ("/id", json!("")),
                ("/url", json!("javascript:alert(1)")),
                ("/url", json!("//pay.example/cs_1")),
            ],
            Step::CheckoutState | Step::Expire => vec![("/status", json!("complete"))],
            Step::Refund => vec![
                ("/amount", json!(2824)),
                ("/currency", json!("USD")),
                ("/payment", json!("pay_2")),
                ("/id", json!("")),
            ],
            Step::RefundLook | Step::RefundState => Vec::new(),
        }
    }

    fn misfits_of_payment() -> Vec<Misfit> {
        vec![
            ("/payment/amount", json!(0)),
            ("/payment/amount", json!(-2825)),
            ("/payment/amount", json!(9_223_372_036_854_775_808_u64)),
            ("/payment/currency", json!("cad")),
            ("/payment/currency", json!("")),
            ("/payment/checkout", json!("cs_2")),
            ("/payment/method", json!("cheque")),
            ("/payment/status", json!("authorised")),
            ("/payment/id", json!("")),
            ("/payment/reference", json!(null)),
        ]
    }
}
