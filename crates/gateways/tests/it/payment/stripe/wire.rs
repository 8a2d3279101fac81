//! What Stripe says, word by word, for the faults.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::PaymentProvider;
use farline_gateways::payment::stripe::StripeProvider;
use serde_json::{Value, json};

use super::scripted::settings;
use super::server::{KEY, SECRET};
use crate::payment::faults::{Asked, CHECKOUT, Misfit, REFUND, Step, Wire};

pub(super) struct StripeWire;

impl Wire for StripeWire {
    const STEPS: &'static [Step] = &[
        Step::Checkout,
        Step::CheckoutState,
        Step::Expire,
        Step::RefundLook,
        Step::Refund,
        Step::RefundState,
    ];
    const SECRETS: &'static [&'static str] = &[KEY, SECRET];
    const HEADERS: &'static [(&'static str, &'static str)] =
        &[("authorization", "Bearer sk_test_farline"), ("stripe-version", "2026-07-29.dahlia")];
    const PAYMENT: &'static str = "pi_1";
    const FINAL: &'static str = "invalid_request_error";
    const CODES: &'static [(u16, &'static str)] = &[
        (400, "invalid_request_error"),
        (400, "idempotency_error"),
        (400, "api_error"),
        (400, "amount_too_large"),
        (400, "amount_too_small"),
        (400, "charge_already_refunded"),
        (400, "charge_disputed"),
        (400, "charge_not_refundable"),
        (400, "parameter_invalid_empty"),
        (400, "parameter_invalid_integer"),
        (400, "parameter_invalid_string_blank"),
        (400, "parameter_missing"),
        (400, "refund_disputed_payment"),
        (400, "resource_missing"),
        (400, "url_invalid"),
        (404, "resource_missing"),
        // Money that an operator can bring, a twin that is under way, a lock, and what nobody heard of.
        (400, "balance_insufficient"),
        (400, "testmode_charges_only"),
        (409, "idempotency_key_in_use"),
        (400, "lock_timeout"),
        (402, "card_declined"),
        (404, "invalid_request_error"),
        (404, "charge_already_refunded"),
        (409, "invalid_request_error"),
        (424, "amount_too_small"),
        (400, "unheard_of"),
    ];

    fn provider(base_url: &str, patience: Duration) -> Box<dyn PaymentProvider> {
        Box::new(StripeProvider::new(settings(base_url, patience)).unwrap())
    }

    fn sound(step: Step) -> Value {
        match step {
            Step::Checkout | Step::CheckoutState | Step::Expire => json!({
                "id": CHECKOUT, "object": "checkout.session", "status": "open",
                "payment_status": "unpaid", "amount_total": 2825, "currency": "cad",
                "client_reference_id": "ord_1", "livemode": false, "payment_intent": null,
                "url": "https://checkout.stripe.com/c/pay/cs_1",
            }),
            Step::RefundLook => json!({"object": "list", "data": [], "has_more": false}),
            Step::Refund | Step::RefundState => json!({
                "id": REFUND, "object": "refund", "status": "succeeded", "payment_intent": "pi_1",
                "amount": 2825, "currency": "cad", "metadata": {"farline_refund": "rf_1"},
            }),
        }
    }

    fn before(step: Step) -> Vec<Value> {
        if step == Step::Refund { vec![Self::sound(Step::RefundLook)] } else { Vec::new() }
    }

    fn after(step: Step) -> Vec<Value> {
        if step == Step::RefundLook { vec![Self::sound(Step::Refund)] } else { Vec::new() }
    }

    fn paid_checkout() -> Value {
        let mut paid = Self::sound(Step::CheckoutState);
        paid["status"] = json!("complete");
        paid["payment_status"] = json!("paid");
        paid["payment_intent"] = json!({
            "id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 2825,
            "amount_received": 2825, "currency": "cad",
            "latest_charge": {
                "id": "ch_1", "object": "charge", "status": "succeeded",
                "payment_method_details": {"type": "card", "card": {"funding": "credit"}},
            },
        });
        paid
    }

    fn problem(code: &str) -> Value {
        match code {
            // Where there is no code, the kind says it.
            "invalid_request_error" | "idempotency_error" | "api_error" => {
                json!({"error": {"type": code, "message": "in words"}})
            }
            code => json!({"error": {
                "type": "invalid_request_error", "code": code, "message": "in words",
            }}),
        }
    }

    fn refusing(step: Step) -> &'static [(u16, &'static str)] {
        match step {
            Step::Checkout => &[
                (400, "invalid_request_error"),
                (400, "amount_too_large"),
                (400, "amount_too_small"),
                (400, "parameter_invalid_empty"),
                (400, "parameter_invalid_integer"),
                (400, "parameter_invalid_string_blank"),
                (400, "parameter_missing"),
                (400, "url_invalid"),
            ],
            Step::RefundLook => &[(400, "resource_missing"), (404, "resource_missing")],
            Step::Refund => &[
                (400, "invalid_request_error"),
                (400, "amount_too_large"),
                (400, "charge_already_refunded"),
                (400, "charge_disputed"),
                (400, "charge_not_refundable"),
                (400, "parameter_invalid_integer"),
                (400, "refund_disputed_payment"),
                (400, "resource_missing"),
                (404, "resource_missing"),
            ],
            Step::CheckoutState | Step::Expire | Step::RefundState => &[],
        }
    }

    fn asked(step: Step) -> Asked {
        let expanded = "expand%5B%5D=payment_intent.latest_charge";
        let (method, path, query, key) = match step {
            Step::Checkout => ("POST", "/v1/checkout/sessions", None, Some("checkout-ord_1")),
            Step::CheckoutState => ("GET", "/v1/checkout/sessions/cs_1", Some(expanded), None),
            Step::Expire => ("POST", "/v1/checkout/sessions/cs_1/expire", None, None),
            Step::RefundLook => ("GET", "/v1/refunds", Some("payment_intent=pi_1&limit=100"), None),
            Step::Refund => ("POST", "/v1/refunds", None, Some("rf_1")),
            Step::RefundState => ("GET", "/v1/refunds/re_1", None, None),
        };
        Asked { method, path, query, key }
    }

    fn misfits(step: Step) -> Vec<Misfit> {
        match step {
            Step::Checkout => vec![
                ("/amount_total", json!(2826)),
                ("/amount_total", json!("2825")),
                ("/amount_total", json!(28.25)),
                ("/amount_total", json!(null)),
                ("/currency", json!("usd")),
                ("/currency", json!("CAD")),
                ("/client_reference_id", json!("ord_2")),
                ("/client_reference_id", json!(null)),
                ("/livemode", json!(true)),
                ("/livemode", json!(null)),
                ("/id", json!("")),
                ("/url", json!(null)),
                ("/url", json!("javascript:alert(1)")),
                ("/url", json!("http://checkout.stripe.com/c/pay/cs_1")),
                ("/url", json!("/c/pay/cs_1")),
            ],
            Step::CheckoutState | Step::Expire => vec![
                ("/livemode", json!(true)),
                // Paid, without a payment; and a payment that was not asked for whole.
                ("/payment_status", json!("paid")),
                ("/payment_status", json!("no_payment_required")),
                ("/payment_intent", json!("pi_1")),
                ("/payment_intent", json!({"id": "pi_1", "status": "requires_thought"})),
            ],
            Step::Refund => vec![
                ("/amount", json!(2824)),
                ("/amount", json!(0)),
                ("/currency", json!("usd")),
                ("/payment_intent", json!("pi_2")),
                ("/payment_intent", json!(null)),
                ("/metadata", json!(null)),
                ("/metadata/farline_refund", json!("rf_2")),
                ("/id", json!("")),
            ],
            Step::RefundLook => vec![("/data", json!(null)), ("/has_more", json!(true))],
            Step::RefundState => Vec::new(),
        }
    }

    fn misfits_of_payment() -> Vec<Misfit> {
        vec![
            ("/livemode", json!(true)),
            ("/client_reference_id", json!(null)),
            ("/payment_intent/id", json!("")),
            ("/payment_intent/status", json!("authorised")),
            ("/payment_intent/status", json!("processing")),
            ("/payment_intent/status", json!("requires_capture")),
            ("/payment_intent/amount_received", json!(0)),
            ("/payment_intent/amount_received", json!(-2825)),
            ("/payment_intent/amount_received", json!(9_223_372_036_854_775_808_u64)),
            ("/payment_intent/currency", json!("CAD")),
            ("/payment_intent/currency", json!("")),
            ("/payment_intent/latest_charge", json!(null)),
            ("/payment_intent/latest_charge", json!("ch_1")),
            ("/payment_intent/latest_charge/status", json!("failed")),
            ("/payment_intent/latest_charge/status", json!("pending")),
        ]
    }
}
