//! What the stand-in says, word by word, for the faults.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::PaymentProvider;
use farline_gateways::payment::sandbox::SandboxProvider;
use serde_json::{Value, json};

use super::faults::{Asked, CHECKOUT, DISPUTE, Misfit, REFUND, Step, Wire};
use super::keeping::account;
use super::stand_in::{API_KEY, SECRET, settings};

pub(super) struct SandboxWire;

impl Wire for SandboxWire {
    const STEPS: &'static [Step] = &[
        Step::Probe,
        Step::Checkout,
        Step::CheckoutState,
        Step::Expire,
        Step::Refund,
        Step::RefundState,
        Step::SetUp,
        Step::SetupState,
        Step::Charge,
        Step::ChargeState,
        Step::Forget,
        Step::Dispute,
    ];
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
        (422, "payment_disputed"),
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
            Step::Probe => json!({"data": []}),
            Step::Checkout | Step::CheckoutState | Step::Expire => json!({
                "id": CHECKOUT, "url": "http://pay.example/cs_1", "status": "open", "amount": 2825,
                "currency": "CAD", "reference": "ord_1", "expires_at_ms": 1, "keep_for": null,
                "payment": null,
            }),
            Step::RefundLook | Step::Refund | Step::RefundState => json!({
                "id": REFUND, "payment": "pay_1", "reference": "rf_1", "status": "succeeded",
                "amount": 2825, "currency": "CAD", "reason": "x",
            }),
            Step::SetUp | Step::SetupState => json!({
                "id": CHECKOUT, "url": "http://pay.example/cs_1", "status": "open",
                "keep_for": account(1).to_string(), "reference": "set_1", "expires_at_ms": 1,
                "kept": null,
            }),
            Step::ChargeLook | Step::Charge | Step::ChargeState | Step::ChargeEnd => json!({
                "id": "pi_1", "key": "key_1", "method": "pm_1", "customer": "cus_1",
                "reference": "ord_1", "payer_is_there": false, "status": "captured",
                "amount": 2825, "currency": "CAD", "payment": {
                    "id": "pay_1", "checkout": null, "reference": "ord_1", "status": "captured",
                    "amount": 2825, "currency": "CAD", "method": "credit", "brand": "visa",
                    "last4": "4242", "funding": "credit", "refunded_amount": 0,
                },
            }),
            Step::Forget => json!({
                "id": "pm_1", "customer": "cus_1", "status": "forgotten", "method": "credit",
                "brand": "visa", "last4": "4242", "funding": "credit", "address": null,
                "expiry": {"year": 2034, "month": 12},
            }),
            Step::Dispute | Step::Warning => json!({
                "id": DISPUTE, "payment": "pay_1", "reference": "ord_1", "status": "needs_response",
                "reason": "fraudulent", "amount": 2825, "withdrawn": 2825, "currency": "CAD",
                "respond_by_ms": 1,
            }),
        }
    }

    fn before(step: Step) -> Vec<Value> {
        if step != Step::ChargeState {
            return Vec::new();
        }
        let mut pending = Self::sound(Step::Charge);
        pending["status"] = json!("pending");
        pending["payment"] = json!(null);
        vec![pending]
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
            Step::Refund => &[
                (400, "invalid_request"),
                (404, "not_found"),
                (413, "body_too_large"),
                (422, "payment_disputed"),
                (422, "payment_not_captured"),
                (422, "refund_exceeds_payment"),
            ],
            Step::Checkout | Step::SetUp | Step::Charge => {
                &[(400, "invalid_request"), (413, "body_too_large")]
            }
            Step::Dispute => &[(404, "not_found")],
            _ => &[],
        }
    }

    fn answering(step: Step) -> &'static [(u16, &'static str)] {
        match step {
            Step::Charge | Step::Forget => &[(404, "not_found")],
            _ => &[],
        }
    }

    fn asked(step: Step) -> Asked {
        let (method, path, key) = match step {
            Step::Probe => ("GET", "/v1/refunds", None),
            Step::Checkout => ("POST", "/v1/checkouts", Some("checkout-ord_1")),
            Step::CheckoutState => ("GET", "/v1/checkouts/cs_1", None),
            Step::Expire => ("POST", "/v1/checkouts/cs_1/expire", None),
            Step::RefundLook | Step::Refund => ("POST", "/v1/refunds", Some("rf_1")),
            Step::RefundState => ("GET", "/v1/refunds/re_1", None),
            Step::SetUp => ("POST", "/v1/setups", Some("setup-set_1")),
            Step::SetupState => ("GET", "/v1/setups/cs_1", None),
            Step::ChargeLook | Step::Charge => ("POST", "/v1/charges", Some("key_1")),
            Step::ChargeState | Step::ChargeEnd => ("GET", "/v1/charges/pi_1", None),
            Step::Forget => ("DELETE", "/v1/methods/pm_1", None),
            Step::Dispute | Step::Warning => ("GET", "/v1/disputes/du_1", None),
        };
        let query = (step == Step::Probe).then_some("reference=probe");
        Asked { method, path, query, key }
    }

    fn misfits(step: Step) -> Vec<Misfit> {
        match step {
            Step::Probe => {
                vec![("/data", json!(null)), ("/data", json!({})), ("/data", json!([1]))]
            }
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
            Step::SetUp => vec![
                ("/keep_for", json!("acc_2")),
                ("/keep_for", json!(null)),
                ("/id", json!("")),
                ("/url", json!("javascript:alert(1)")),
            ],
            Step::SetupState => vec![
                ("/reference", json!("set_2")),
                ("/status", json!("complete")),
                ("/kept", json!({"id": "pm_1"})),
                ("/kept", Self::sound(Step::Forget)),
            ],
            Step::Charge | Step::ChargeState => vec![
                ("/amount", json!(2826)),
                ("/currency", json!("USD")),
                ("/reference", json!("ord_2")),
                ("/key", json!("key_2")),
                ("/key", json!(null)),
                ("/method", json!("pm_2")),
                ("/customer", json!("cus_2")),
                ("/id", json!("")),
                ("/status", json!("declined")),
                ("/status", json!("pending")),
                ("/payment", json!(null)),
                ("/payment/status", json!("declined")),
                ("/payment/amount", json!(0)),
                ("/payment/currency", json!("cad")),
                ("/payment/id", json!("")),
            ],
            Step::Forget => vec![("/id", json!("pm_2")), ("/status", json!("kept"))],
            Step::Dispute => misfits_of_dispute(),
            Step::RefundLook
            | Step::RefundState
            | Step::ChargeLook
            | Step::ChargeEnd
            | Step::Warning => Vec::new(),
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

fn misfits_of_dispute() -> Vec<Misfit> {
    vec![
        ("/id", json!("")),
        ("/payment", json!("")),
        ("/status", json!("disputed")),
        ("/reason", json!(null)),
        ("/amount", json!(0)),
        ("/amount", json!(-2825)),
        ("/amount", json!("2825")),
        ("/amount", json!(null)),
        ("/currency", json!("cad")),
        ("/withdrawn", json!(-1)),
        ("/withdrawn", json!(2826)),
        ("/withdrawn", json!(null)),
        ("/respond_by_ms", json!("soon")),
        ("/reference", json!(7)),
    ]
}
