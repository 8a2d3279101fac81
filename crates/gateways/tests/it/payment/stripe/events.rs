//! What true events hint at, by this table.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::time::Duration;

use farline_app::ports::payment::{HintAbout, PaymentProvider, WebhookHint, WebhookRefusal};
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

#[test]
fn each_event_hints_at_its_own() {
    let order = || HintAbout::Order("ord_1".to_owned());
    let ours = || HintAbout::Refund("rf_1".to_owned());
    let disputed = |id: &str| HintAbout::Dispute(id.to_owned());
    let page = r#"{"id":"cs_1","object":"checkout.session","client_reference_id":"ord_1","metadata":{"farline_order":"ord_1"},"payment_intent":"pi_1"}"#;
    let others_page = r#"{"id":"cs_1","client_reference_id":null,"metadata":{}}"#;
    let intent = r#"{"id":"pi_1","object":"payment_intent","metadata":{"farline_order":"ord_1"}}"#;
    let refund = r#"{"id":"re_1","object":"refund","payment_intent":"pi_1","metadata":{"farline_refund":"rf_1"}}"#;
    let others_refund = r#"{"id":"re_1","payment_intent":"pi_1","metadata":{"note":"by hand"}}"#;
    let dispute = r#"{"id":"du_1","object":"dispute","charge":"ch_1","payment_intent":"pi_1","metadata":{},"status":"needs_response","evidence_details":{"due_by":1}}"#;
    let warning = r#"{"id":"issfr_1","charge":"ch_1","payment_intent":"pi_1","actionable":true}"#;
    let table = [
        ("checkout.session.completed", page, order()),
        ("checkout.session.expired", page, order()),
        ("checkout.session.async_payment_succeeded", page, order()),
        ("checkout.session.async_payment_failed", page, order()),
        ("checkout.session.completed", others_page, HintAbout::Nothing),
        ("checkout.session.completed", "{}", HintAbout::Nothing),
        ("payment_intent.succeeded", intent, order()),
        ("payment_intent.payment_failed", intent, order()),
        ("payment_intent.canceled", "{}", HintAbout::Nothing),
        ("refund.created", refund, ours()),
        ("refund.updated", refund, ours()),
        ("refund.failed", refund, ours()),
        ("charge.refund.updated", refund, ours()),
        ("refund.created", others_refund, HintAbout::Payment("pi_1".to_owned())),
        ("charge.dispute.created", dispute, disputed("du_1")),
        ("charge.dispute.updated", dispute, disputed("du_1")),
        ("charge.dispute.closed", dispute, disputed("du_1")),
        ("charge.dispute.funds_withdrawn", dispute, disputed("du_1")),
        ("charge.dispute.funds_reinstated", dispute, disputed("du_1")),
        ("radar.early_fraud_warning.created", warning, disputed("issfr_1")),
        ("charge.refunded", r#"{"id":"ch_1","metadata":7}"#, HintAbout::Nothing),
        ("payout.paid", r#"{"id":"po_1"}"#, HintAbout::Nothing),
        ("refunds.created", refund, HintAbout::Nothing),
        ("checkout.sessions", page, HintAbout::Nothing),
        ("", "null", HintAbout::Nothing),
    ];
    let provider = provider(StripeMode::Test, &[SECRET]);
    for (kind, object, expected) in table {
        let body = event(kind, "false", object);
        let signature = signing::header([SECRET].into_iter(), SECONDS, body.as_bytes());
        let expected = WebhookHint { event: "evt_1".to_owned(), about: expected };
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
