//! The stand-in's adapter: the contract, every fault, answers lost on the way, settings, and a signature that others made.

use std::time::Duration;

use farline_app::ports::payment::{
    ChargeState, HintAbout, PaymentProvider, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::Instant;
use farline_domain::payments::DeclineAdvice;
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings, SandboxSettingsError};
use farline_sandbox::numbers;

use super::contract::{Counterpart, PRICE, Payer, contract, paid, refund_of, request};
use super::disputes::disputes;
use super::faults::faults;
use super::keeping::{Keeper, charge, keeping};
use super::losses::losses;
use super::stand_in::{StandIn, settings};

contract!(crate::payment::stand_in::StandIn);
keeping!(crate::payment::stand_in::StandIn);
disputes!(crate::payment::stand_in::StandIn);
faults!(crate::payment::sandbox_wire::SandboxWire);
losses!(crate::payment::stand_in::StandIn);

#[tokio::test]
async fn a_wrong_key_is_an_operators_affair_and_refuses_nothing() {
    let stand_in = StandIn::open().await;
    let payment = paid(&stand_in, "ord_1", Payer::PaysByCredit).await;
    let right = stand_in.settings();
    let wrong = SandboxSettings { api_key: "sk_sandbox_wrong".to_owned(), ..right };
    let stranger = SandboxProvider::new(wrong).unwrap();
    let asked = request("ord_2", stand_in.now());
    let said = stranger.checkout(&asked).await.unwrap_err().to_string();
    assert_eq!(said, "the payment provider gave no usable answer: status 401");
    assert_eq!(stranger.probe().await.unwrap_err().0, "status 401");
    stranger.refund(&refund_of(&payment, "rf_1", PRICE)).await.unwrap_err();
    stranger.checkout_state("cs_1").await.unwrap_err();
    assert_eq!(stand_in.pages("ord_2").await, 0);
}

#[tokio::test]
async fn a_charge_that_took_effect_behind_an_error_is_unknown_and_then_known() {
    let stand_in = StandIn::open().await;
    let method = stand_in.kept_as(numbers::KEPT_THEN_UNKNOWN).await;
    let asked = charge("ch_1", "ord_1", &method, stand_in.now());
    let said = stand_in.provider().charge(&asked).await.unwrap_err();
    assert_eq!(said.0, "status 500");
    assert_eq!(stand_in.taken("ord_1").await, 1);
    let state = stand_in.provider().charge(&asked).await.unwrap().unwrap();
    assert!(matches!(state, ChargeState::Captured(_)), "{state:?}");
    assert_eq!(stand_in.taken("ord_1").await, 1);
}

#[tokio::test]
async fn a_card_short_of_money_is_charged_on_another_day() {
    let stand_in = StandIn::open().await;
    let method = stand_in.kept_as(numbers::KEPT_THEN_SHORT).await;
    let asked = charge("ch_1", "ord_1", &method, stand_in.now());
    let state = stand_in.provider().charge(&asked).await.unwrap().unwrap();
    let ChargeState::Declined(decline) = state else { panic!("{state:?}") };
    let said = (decline.code.as_str(), decline.advice);
    assert_eq!(said, ("insufficient_funds", DeclineAdvice::RetryLater));
    stand_in.advance(86_400);
    let asked = charge("ch_2", "ord_1", &method, stand_in.now());
    let state = stand_in.provider().charge(&asked).await.unwrap().unwrap();
    assert!(matches!(state, ChargeState::Captured(_)), "{state:?}");
}

#[test]
fn settings_that_cannot_be_used_are_refused_and_nothing_secret_is_shown() {
    let good = settings("http://127.0.0.1:8080/sandbox/", Duration::from_secs(1));
    let shown = format!("{:?}", SandboxProvider::new(good.clone()).unwrap());
    assert_eq!(shown, "SandboxProvider { .. }");
    for base_url in [
        "",
        "/sandbox",
        "127.0.0.1:8080/sandbox",
        "https://127.0.0.1/sandbox",
        "file:///sandbox",
        "http://user@127.0.0.1/",
        "http://:word@127.0.0.1/",
        "http://127.0.0.1/?x=1",
        "http://127.0.0.1/#x",
    ] {
        let bad = SandboxSettings { base_url: base_url.to_owned(), ..good.clone() };
        let error = SandboxProvider::new(bad).err();
        assert!(matches!(error, Some(SandboxSettingsError::BaseUrl)), "{base_url}");
    }
    let no_key = SandboxSettings { api_key: String::new(), ..good.clone() };
    let no_secret = SandboxSettings { webhook_secret: String::new(), ..good };
    for bad in [no_key, no_secret] {
        let error = SandboxProvider::new(bad).err();
        assert!(matches!(error, Some(SandboxSettingsError::EmptySecret)));
    }
}

/// body='{"id":"evt_1","type":"checkout.completed","created":1795348800,"livemode":false,"data":{"object":{"reference":"ord_1"}}}'
/// python3 -c "import hmac,sys; print(hmac.new(b'whsec_sandbox_vector', b'1795348800.' + sys.argv[1].encode(), 'sha256').hexdigest())" "$body"
const VECTOR: &str = "40f720beea472954f10e165e6a8660d64053621fb57b443b692c9fd216974dc0";

#[test]
fn a_signature_that_others_computed_is_accepted_and_each_event_hints_at_its_own() {
    let settings = SandboxSettings {
        webhook_secret: "whsec_sandbox_vector".to_owned(),
        ..settings("http://127.0.0.1:9/", Duration::from_secs(1))
    };
    let provider = SandboxProvider::new(settings).unwrap();
    let body = br#"{"id":"evt_1","type":"checkout.completed","created":1795348800,"livemode":false,"data":{"object":{"reference":"ord_1"}}}"#;
    let header = |name: &str| {
        (name == "Farline-Sandbox-Signature").then(|| format!("t=1795348800,v1={VECTOR}"))
    };
    let now = Instant::from_millis(1_795_348_800_000);
    let about = HintAbout::Order("ord_1".to_owned());
    let hint = WebhookHint { event: "evt_1".to_owned(), about };
    assert_eq!(provider.webhook(&header, body, now), Ok(hint));
}

#[tokio::test]
async fn true_events_are_read_by_this_table() {
    let stand_in = StandIn::open().await;
    let event = |kind: &str, live: &str, object: &str| {
        format!(
            r#"{{"id":"evt_1","type":"{kind}","created":1,"livemode":{live},"data":{{"object":{object}}}}}"#
        )
    };
    let hint = |about: HintAbout| Ok(WebhookHint { event: "evt_1".to_owned(), about });
    let order = || hint(HintAbout::Order("r-1".to_owned()));
    let refund = || hint(HintAbout::Refund("r-1".to_owned()));
    let dispute = || hint(HintAbout::Dispute("dp_1".to_owned()));
    let nothing = || hint(HintAbout::Nothing);
    let named = r#"{"reference":"r-1","new":[1]}"#;
    let table = [
        (event("checkout.completed", "false", named), order()),
        (event("checkout.expired", "false", named), order()),
        (event("payment.declined", "false", named), order()),
        (event("charge.completed", "false", named), order()),
        (event("charge.declined", "false", named), order()),
        (event("setup.completed", "false", named), nothing()),
        (event("refund.succeeded", "false", named), refund()),
        (event("refund.failed", "false", named), refund()),
        (event("dispute.opened", "false", r#"{"id":"dp_1","reference":"r-1"}"#), dispute()),
        (event("dispute.updated", "false", r#"{"id":"dp_1"}"#), dispute()),
        (event("dispute.closed", "false", r#"{"id":"dp_1"}"#), dispute()),
        (event("dispute.opened", "false", named), Err(WebhookRefusal::Body)),
        (event("payout.paid", "false", named), nothing()),
        (event("ping", "false", "{}"), nothing()),
        (event("checkout.completed", "false", "{}"), Err(WebhookRefusal::Body)),
        (event("refund.failed", "false", r#"{"reference":null}"#), Err(WebhookRefusal::Body)),
        (event("refund.failed", "false", r#"{"reference":7}"#), Err(WebhookRefusal::Body)),
        (event("checkout.completed", "true", named), Err(WebhookRefusal::Body)),
        (event("checkout.completed", "0", named), Err(WebhookRefusal::Body)),
        (
            event("checkout.completed", "false", named).replace("evt_1", ""),
            Err(WebhookRefusal::Body),
        ),
        (
            event("checkout.completed", "false", named).replace(r#""id""#, r#""di""#),
            Err(WebhookRefusal::Body),
        ),
    ];
    for (body, expected) in table {
        let signed = stand_in.signed(&[super::contract::Secret::Ours], body.as_bytes());
        let header = |_: &str| Some(signed.header.1.clone());
        let read = stand_in.provider().webhook(&header, &signed.body, stand_in.now());
        assert_eq!(read, expected, "{body}");
    }
}
