//! What true events hint at, by this table.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::{PaymentProvider, WebhookHint, WebhookRefusal};
use farline_domain::kernel::Instant;
use farline_gateways::payment::stripe::{StripeMode, StripeProvider, StripeSettings};

use super::scripted::settings;
use super::server::{KEY, SECRET};
use crate::payment::signing;

const SECONDS: i64 = 1_795_348_800;

fn provider(mode: StripeMode, webhook_secrets: &[&str]) -> StripeProvider {
    let secret_key = if mode == StripeMode::Live { "sk_live_1" } else { KEY }.to_owned();
    let webhook_secrets = webhook_secrets.iter().map(|&secret| secret.to_owned()).collect();
    let asked = settings("http://127.0.0.1:9", Duration::from_secs(1));
    StripeProvider::new(StripeSettings { mode, secret_key, webhook_secrets, ..asked }).unwrap()
}

fn judged(
    provider: &StripeProvider,
    header: &str,
    body: &str,
) -> Result<WebhookHint, WebhookRefusal> {
    let header = |name: &str| (name == "Stripe-Signature").then(|| header.to_owned());
    provider.webhook(&header, body.as_bytes(), Instant::from_millis(SECONDS * 1_000))
}

fn event(kind: &str, live: &str, object: &str) -> String {
    format!(
        r#"{{"id":"evt_1","object":"event","api_version":"2026-07-29.dahlia","created":1,"livemode":{live},"pending_webhooks":1,"type":"{kind}","data":{{"object":{object}}},"request":{{"id":null,"idempotency_key":null}}}}"#
    )
}

/// Order, refund key and payment.
fn hint(
    order: Option<String>,
    refund_key: Option<String>,
    payment: Option<String>,
) -> (Option<String>, Option<String>, Option<String>) {
    (order, refund_key, payment)
}

#[test]
fn each_event_hints_at_its_own() {
    let some = |text: &str| Some(text.to_owned());
    let nothing = || hint(None, None, None);
    let page = r#"{"id":"cs_1","object":"checkout.session","client_reference_id":"ord_1","metadata":{"farline_order":"ord_1"},"payment_intent":"pi_1"}"#;
    let others_page = r#"{"id":"cs_1","client_reference_id":null,"metadata":{}}"#;
    let intent = r#"{"id":"pi_1","object":"payment_intent","metadata":{"farline_order":"ord_1"}}"#;
    let refund = r#"{"id":"re_1","object":"refund","payment_intent":"pi_1","metadata":{"farline_refund":"rf_1"}}"#;
    let others_refund = r#"{"id":"re_1","payment_intent":"pi_1","metadata":{"note":"by hand"}}"#;
    let dispute = r#"{"id":"du_1","object":"dispute","charge":"ch_1","payment_intent":"pi_1","metadata":{},"status":"needs_response","evidence_details":{"due_by":1}}"#;
    let warning = r#"{"id":"issfr_1","charge":"ch_1","payment_intent":"pi_1","actionable":true}"#;
    let table = [
        ("checkout.session.completed", page, hint(some("ord_1"), None, None)),
        ("checkout.session.expired", page, hint(some("ord_1"), None, None)),
        ("checkout.session.async_payment_succeeded", page, hint(some("ord_1"), None, None)),
        ("checkout.session.async_payment_failed", page, hint(some("ord_1"), None, None)),
        ("checkout.session.completed", others_page, nothing()),
        ("checkout.session.completed", "{}", nothing()),
        ("payment_intent.succeeded", intent, hint(some("ord_1"), None, None)),
        ("payment_intent.payment_failed", intent, hint(some("ord_1"), None, None)),
        ("payment_intent.canceled", "{}", nothing()),
        ("refund.created", refund, hint(None, some("rf_1"), None)),
        ("refund.updated", refund, hint(None, some("rf_1"), None)),
        ("refund.failed", refund, hint(None, some("rf_1"), None)),
        ("charge.refund.updated", refund, hint(None, some("rf_1"), None)),
        ("refund.created", others_refund, hint(None, None, some("pi_1"))),
        ("charge.dispute.created", dispute, hint(None, None, some("pi_1"))),
        ("charge.dispute.updated", dispute, hint(None, None, some("pi_1"))),
        ("charge.dispute.closed", dispute, hint(None, None, some("pi_1"))),
        ("charge.dispute.funds_withdrawn", dispute, hint(None, None, some("pi_1"))),
        ("charge.dispute.funds_reinstated", dispute, hint(None, None, some("pi_1"))),
        ("radar.early_fraud_warning.created", warning, hint(None, None, some("pi_1"))),
        ("charge.refunded", r#"{"id":"ch_1","metadata":7}"#, nothing()),
        ("payout.paid", r#"{"id":"po_1"}"#, nothing()),
        ("refunds.created", refund, nothing()),
        ("checkout.sessions", page, nothing()),
        ("", "null", nothing()),
    ];
    let provider = provider(StripeMode::Test, &[SECRET]);
    for (kind, object, expected) in table {
        let body = event(kind, "false", object);
        let signature = signing::header([SECRET].into_iter(), SECONDS, body.as_bytes());
        let (order, refund_key, payment) = expected;
        let expected = WebhookHint { event: "evt_1".to_owned(), order, refund_key, payment };
        assert_eq!(judged(&provider, &signature, &body), Ok(expected), "{kind} {object}");
    }
}

#[test]
fn what_is_not_an_event_of_our_mode_is_refused_though_truly_signed() {
    let page = r#"{"client_reference_id":"ord_1"}"#;
    let sound = event("checkout.session.completed", "false", page);
    let live = event("checkout.session.completed", "true", page);
    let bad = || Err(WebhookRefusal::Body);
    let test_table = [
        (live.clone(), bad()),
        (event("payout.paid", "true", "{}"), bad()),
        (event("checkout.session.completed", "0", page), bad()),
        (event("checkout.session.completed", "null", page), bad()),
        (sound.replace("evt_1", ""), bad()),
        (sound.replace(r#""id""#, r#""di""#), bad()),
        (sound.replace(r#""type""#, r#""epyt""#), bad()),
        (sound.replace(r#""livemode""#, r#""edom""#), bad()),
        (sound.replace(r#""data""#, r#""atad""#), bad()),
        (event("checkout.session.completed", "false", r#"{"client_reference_id":7}"#), bad()),
        (event("checkout.session.completed", "false", r#""cs_1""#), bad()),
        (event("refund.failed", "false", r#"{"metadata":{"farline_refund":7}}"#), bad()),
        (event("charge.dispute.created", "false", r#"{"payment_intent":["pi_1"]}"#), bad()),
    ];
    let test = provider(StripeMode::Test, &[SECRET]);
    for (body, expected) in test_table {
        let signature = signing::header([SECRET].into_iter(), SECONDS, body.as_bytes());
        assert_eq!(judged(&test, &signature, &body), expected, "{body}");
    }
    let real = provider(StripeMode::Live, &[SECRET]);
    for (body, is_believed) in [(live, true), (sound, false)] {
        let signature = signing::header([SECRET].into_iter(), SECONDS, body.as_bytes());
        assert_eq!(judged(&real, &signature, &body).is_ok(), is_believed, "{body}");
    }
}

#[test]
fn while_one_secret_takes_anothers_place_both_are_ours() {
    let body = event("payout.paid", "false", "{}");
    let provider = provider(StripeMode::Test, &["whsec_old", "whsec_new"]);
    let table = [
        (vec!["whsec_old"], true),
        (vec!["whsec_new"], true),
        (vec!["whsec_new", "whsec_old"], true),
        (vec!["whsec_older", "whsec_new"], true),
        (vec!["whsec_older"], false),
        (vec![], false),
    ];
    for (secrets, is_ours) in table {
        let name = format!("{secrets:?}");
        let signature = signing::header(secrets.into_iter(), SECONDS, body.as_bytes());
        assert_eq!(judged(&provider, &signature, &body).is_ok(), is_ours, "{name}");
    }
}
