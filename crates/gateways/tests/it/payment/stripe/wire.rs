//! What Stripe says, word by word, for the faults.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::PaymentProvider;
use farline_gateways::payment::stripe::StripeProvider;
use serde_json::{Value, json};

use super::scripted::settings;
use super::server::{KEY, SECRET};
use crate::payment::faults::{Asked, CHECKOUT, DISPUTE, Misfit, REFUND, Step, WARNING, Wire};
use crate::payment::keeping::account;

pub(super) struct StripeWire;

/// A charge of a kept card.
fn charge(status: &str) -> Value {
    let taken = if status == "succeeded" { 2825 } else { 0 };
    json!({
        "id": "pi_1", "object": "payment_intent", "status": status, "amount": 2825,
        "amount_received": taken, "currency": "cad", "livemode": false, "customer": "cus_1",
        "metadata": {"farline_order": "ord_1", "farline_charge": "key_1"},
        "payment_method": "pm_1", "latest_charge": {
            "id": "ch_1", "object": "charge", "status": "succeeded",
            "payment_method_details": {"type": "card", "card": {"funding": "credit"}},
        },
    })
}

fn misfits_of_page() -> Vec<Misfit> {
    vec![
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
    ]
}

fn misfits_of_charge() -> Vec<Misfit> {
    vec![
        ("/id", json!("")),
        ("/status", json!("authorised")),
        ("/amount_received", json!(0)),
        ("/amount_received", json!(-2825)),
        ("/amount", json!("2825")),
        ("/currency", json!(null)),
        ("/latest_charge", json!(null)),
        ("/latest_charge", json!("ch_1")),
        ("/latest_charge/status", json!("failed")),
        ("/latest_charge/status", json!("pending")),
    ]
}

/// A payment of ours that is disputed.
fn disputed_payment() -> Value {
    json!({
        "id": "pi_1", "object": "payment_intent", "currency": "cad",
        "metadata": {"farline_order": "ord_1"},
    })
}

fn dispute() -> Value {
    json!({
        "id": DISPUTE, "object": "dispute", "status": "needs_response", "livemode": false,
        "reason": "fraudulent", "amount": 2825, "currency": "cad", "charge": "ch_1",
        "payment_intent": disputed_payment(), "evidence_details": {"due_by": 1_796_000_000},
        "balance_transactions": [{"amount": -2090, "fee": 1500, "currency": "usd"}],
    })
}

fn warning() -> Value {
    json!({
        "id": WARNING, "object": "radar.early_fraud_warning", "livemode": false,
        "actionable": true, "fraud_type": "misc", "payment_intent": disputed_payment(),
        "charge": {"id": "ch_1", "object": "charge", "amount_captured": 2825, "currency": "cad"},
    })
}

/// What both must have.
fn misfits_of_disputed() -> Vec<Misfit> {
    vec![
        ("/id", json!("")),
        ("/livemode", json!(true)),
        ("/livemode", json!(null)),
        ("/payment_intent", json!("pi_1")),
        ("/payment_intent/id", json!("")),
        ("/payment_intent/currency", json!("usd")),
        ("/payment_intent/metadata", json!("ord_1")),
    ]
}

fn misfits_of_dispute() -> Vec<Misfit> {
    let moved = |amounts: &[i64]| {
        let moved = amounts.iter().map(|amount| json!({"amount": amount, "currency": "usd"}));
        json!(moved.collect::<Vec<_>>())
    };
    let other = json!([
        {"amount": -2090, "currency": "usd"}, {"amount": 2090, "currency": "cad"},
    ]);
    vec![
        ("/amount", json!(0)),
        ("/amount", json!(-2825)),
        ("/amount", json!("2825")),
        ("/amount", json!(28.25)),
        ("/amount", json!(null)),
        ("/amount", json!(9_223_372_036_854_775_808_u64)),
        ("/currency", json!("CAD")),
        ("/currency", json!("usd")),
        ("/currency", json!("xxx")),
        ("/status", json!("charge_refunded")),
        ("/status", json!(null)),
        ("/reason", json!(null)),
        ("/balance_transactions", json!(null)),
        ("/balance_transactions", json!([{"amount": -2090}])),
        ("/balance_transactions", other),
        ("/balance_transactions", moved(&[i64::MIN, -1])),
        ("/evidence_details/due_by", json!("soon")),
        ("/evidence_details/due_by", json!(i64::MAX)),
    ]
}

fn misfits_of_warning() -> Vec<Misfit> {
    vec![
        ("/actionable", json!("yes")),
        ("/fraud_type", json!(null)),
        ("/charge", json!("ch_1")),
        ("/charge/amount_captured", json!(0)),
        ("/charge/amount_captured", json!(-2825)),
        ("/charge/amount_captured", json!(null)),
        ("/charge/currency", json!("usd")),
    ]
}

impl Wire for StripeWire {
    const STEPS: &'static [Step] = &[
        Step::Probe,
        Step::Checkout,
        Step::CheckoutState,
        Step::Expire,
        Step::RefundLook,
        Step::Refund,
        Step::RefundState,
        Step::SetUp,
        Step::SetupState,
        Step::ChargeLook,
        Step::Charge,
        Step::ChargeState,
        Step::ChargeEnd,
        Step::Forget,
        Step::Dispute,
        Step::Warning,
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
            Step::Probe => json!({
                "object": "balance", "livemode": false, "pending": [],
                "available": [{"amount": 0, "currency": "cad", "source_types": {"card": 0}}],
            }),
            Step::Checkout | Step::CheckoutState | Step::Expire => json!({
                "id": CHECKOUT, "object": "checkout.session", "status": "open",
                "payment_status": "unpaid", "amount_total": 2825, "currency": "cad",
                "client_reference_id": "ord_1", "livemode": false, "payment_intent": null,
                "url": "https://checkout.stripe.com/c/pay/cs_1",
            }),
            Step::RefundLook | Step::ChargeLook => {
                json!({"object": "list", "data": [], "has_more": false})
            }
            Step::SetUp | Step::SetupState => json!({
                "id": CHECKOUT, "object": "checkout.session", "mode": "setup", "status": "open",
                "payment_status": "no_payment_required", "amount_total": null, "currency": null,
                "client_reference_id": "set_1", "livemode": false, "setup_intent": null,
                "metadata": {"farline_keep": account(1).to_string()},
                "url": "https://checkout.stripe.com/c/pay/cs_1",
            }),
            Step::Charge | Step::ChargeState => charge("succeeded"),
            Step::ChargeEnd => charge("canceled"),
            Step::Dispute => dispute(),
            Step::Warning => warning(),
            Step::Forget => json!({
                "id": "pm_1", "object": "payment_method", "type": "card", "customer": null,
                "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034},
            }),
            Step::Refund | Step::RefundState => json!({
                "id": REFUND, "object": "refund", "status": "succeeded", "payment_intent": "pi_1",
                "amount": 2825, "currency": "cad", "metadata": {"farline_refund": "rf_1"},
            }),
        }
    }

    fn before(step: Step) -> Vec<Value> {
        match step {
            Step::Refund => vec![Self::sound(Step::RefundLook)],
            Step::ChargeState => vec![charge("processing")],
            Step::ChargeEnd => vec![charge("requires_action"), charge("requires_action")],
            _ => Vec::new(),
        }
    }

    fn after(step: Step) -> Vec<Value> {
        match step {
            Step::RefundLook => vec![Self::sound(Step::Refund)],
            Step::ChargeLook => vec![Self::sound(Step::Charge)],
            _ => Vec::new(),
        }
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
            Step::Checkout | Step::SetUp | Step::Charge => &[
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
            Step::Dispute | Step::Warning => &[(404, "resource_missing")],
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
            _ => &[],
        }
    }

    fn answering(step: Step) -> &'static [(u16, &'static str)] {
        match step {
            Step::Charge | Step::Forget => &[(400, "resource_missing"), (404, "resource_missing")],
            _ => &[],
        }
    }

    fn asked(step: Step) -> Asked {
        let expanded =
            "expand%5B%5D=payment_intent.latest_charge&expand%5B%5D=payment_intent.payment_method";
        let (method, path, query, key) = match step {
            Step::Probe => ("GET", "/v1/balance", None, None),
            Step::Checkout => ("POST", "/v1/checkout/sessions", None, Some("checkout-ord_1")),
            Step::CheckoutState => ("GET", "/v1/checkout/sessions/cs_1", Some(expanded), None),
            Step::Expire => ("POST", "/v1/checkout/sessions/cs_1/expire", None, None),
            Step::RefundLook => ("GET", "/v1/refunds", Some("payment_intent=pi_1&limit=100"), None),
            Step::Refund => ("POST", "/v1/refunds", None, Some("rf_1")),
            Step::RefundState => ("GET", "/v1/refunds/re_1", None, None),
            Step::SetUp => ("POST", "/v1/checkout/sessions", None, Some("setup-set_1")),
            Step::SetupState => {
                let expanded = "expand%5B%5D=setup_intent.payment_method";
                ("GET", "/v1/checkout/sessions/cs_1", Some(expanded), None)
            }
            Step::ChargeLook => {
                ("GET", "/v1/payment_intents", Some("customer=cus_1&limit=25"), None)
            }
            Step::Charge => ("POST", "/v1/payment_intents", None, Some("key_1")),
            Step::ChargeState => {
                let expanded = "expand%5B%5D=latest_charge";
                ("GET", "/v1/payment_intents/pi_1", Some(expanded), None)
            }
            Step::ChargeEnd => ("POST", "/v1/payment_intents/pi_1/cancel", None, None),
            Step::Forget => ("POST", "/v1/payment_methods/pm_1/detach", None, None),
            Step::Dispute => {
                ("GET", "/v1/disputes/du_1", Some("expand%5B%5D=payment_intent"), None)
            }
            Step::Warning => {
                let expanded = "expand%5B%5D=payment_intent&expand%5B%5D=charge";
                ("GET", "/v1/radar/early_fraud_warnings/issfr_1", Some(expanded), None)
            }
        };
        Asked { method, path, query, key }
    }

    fn misfits(step: Step) -> Vec<Misfit> {
        match step {
            // A key of the other mode is none.
            Step::Probe => vec![
                ("/livemode", json!(true)),
                ("/livemode", json!(null)),
                ("/object", json!("account")),
            ],
            Step::Checkout => misfits_of_page(),
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
            Step::RefundLook | Step::ChargeLook => {
                vec![("/data", json!(null)), ("/has_more", json!(true))]
            }
            Step::SetUp => vec![
                ("/mode", json!("payment")),
                ("/metadata/farline_keep", json!("acc_2")),
                ("/metadata", json!(null)),
                ("/client_reference_id", json!("set_2")),
                ("/livemode", json!(true)),
                ("/id", json!("")),
                ("/url", json!(null)),
                ("/url", json!("http://checkout.stripe.com/c/pay/cs_1")),
            ],
            Step::SetupState => vec![
                ("/mode", json!("payment")),
                ("/client_reference_id", json!("set_2")),
                ("/livemode", json!(true)),
                ("/status", json!("complete")),
                ("/setup_intent", json!("seti_1")),
                ("/setup_intent", json!({"status": "requires_thought"})),
            ],
            Step::Charge => [misfits_of_charge(), vec![("/amount", json!(2826))]].concat(),
            // A charge read by its id that is for something else stands under a key used for that.
            Step::ChargeState => misfits_of_charge(),
            Step::ChargeEnd => vec![
                ("/status", json!("requires_action")),
                ("/status", json!("succeeded")),
                ("/status", json!("forgotten")),
                ("/id", json!("pi_2")),
            ],
            Step::Forget => vec![("/id", json!("pm_2")), ("/customer", json!("cus_1"))],
            Step::Dispute => [misfits_of_disputed(), misfits_of_dispute()].concat(),
            Step::Warning => [misfits_of_disputed(), misfits_of_warning()].concat(),
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
