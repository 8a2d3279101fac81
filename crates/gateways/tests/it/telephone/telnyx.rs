//! Telnyx: a signature made by OpenSSL over an invented webhook.

use super::{Webhook, keeps_the_contract};
use farline_domain::kernel::Instant;
use farline_gateways::telephone::telnyx::TelnyxTelephone;

const KEY: &str = "SFGdExqS50MFyM43u3ttjgPuPkatK4gHMXmcoxXaBo4=";
const SIGNATURE: &str =
    "88Yd1jrnOFyE0n4vPxKPHv64LL5dpp9aEnz5N4sdsJFUeCpMoEg3iTzcU0olnOhSKPv1MbUxLVuAe18zcWZCAw==";
const SIGNED_AT: i64 = 1_795_000_000;

fn genuine() -> Webhook {
    let form = [("CallSid", "CA1"), ("Digits", "1234"), ("From", "+14165550100")];
    Webhook {
        url: "https://hotline.example.test/webhooks/voice".to_owned(),
        form: form.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        headers: vec![
            ("telnyx-timestamp", SIGNED_AT.to_string()),
            ("telnyx-signature-ed25519", SIGNATURE.to_owned()),
        ],
        now: Instant::from_millis(SIGNED_AT * 1000),
    }
}

#[test]
fn it_keeps_the_contract() {
    keeps_the_contract(&TelnyxTelephone::new(KEY).unwrap(), &genuine());
}

#[test]
fn a_recorded_webhook_is_good_for_five_minutes() {
    let telephone = TelnyxTelephone::new(KEY).unwrap();
    for (seconds, taken) in [(-301, false), (-300, true), (300, true), (301, false)] {
        let now = Instant::from_millis((SIGNED_AT + seconds) * 1000);
        assert_eq!(Webhook { now, ..genuine() }.is_taken(&telephone), taken, "{seconds}");
    }
}

#[test]
fn another_key_and_no_key_are_told() {
    let other = TelnyxTelephone::new("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap();
    assert!(!genuine().is_taken(&other));
    for wrong in ["", "AAAA", "not a key"] {
        assert!(TelnyxTelephone::new(wrong).is_err(), "{wrong}");
    }
}
