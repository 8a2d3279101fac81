//! Bank cards typed on the telephone, in the configuration: what is said of a slip before anybody calls.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{farline, text};

const STRIPE: &str = r#"
[stripe]
secret_key = { env = "STRIPE_KEY" }
webhook_secrets = [{ env = "STRIPE_WEBHOOK" }]
"#;

/// What the program says that starts with this under `[voice]`, and this beside it.
fn started(voice: &str, beside: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../config.example.toml");
    let file = example
        .replace("/var/lib/farline", "data")
        .replace("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"");
    let voice = format!("[voice]\nnumber = \"+18005550142\"\n{voice}\n");
    std::fs::write(folder.path().join("farline.toml"), file + "\n" + &voice + beside).unwrap();
    let mut serve = farline();
    serve.args(["serve", "--config", "farline.toml"]).current_dir(folder.path());
    serve.env("STRIPE_KEY", "sk_test_tell_nobody").env("STRIPE_WEBHOOK", "whsec_tell_nobody");
    serve.env("VOICE_TOKEN", "voice-tell-nobody");
    let output = serve.output().unwrap();
    assert!(!output.status.success());
    text(&output)
}

#[test]
fn a_slip_is_said_and_no_secret_is() {
    let tokens = "tokens = [{ env = \"VOICE_TOKEN\" }]";
    let keypad = |connector: &str, account: &str, more: &str| {
        format!("keypad = {{ connector = \"{connector}\", account = \"{account}\"{more} }}")
    };
    let account = "AC00000000000000000000000000000001";
    let good = keypad("Default", account, "");
    let telnyx =
        "carrier = \"telnyx\"\npublic_key = \"SFGdExqS50MFyM43u3ttjgPuPkatK4gHMXmcoxXaBo4=\"";
    let api = keypad("Default", account, ", api = \"api.twilio.com\"");
    let table = [
        (format!("{tokens}\n{good}"), "", "[stripe] is missing"),
        (good.clone(), STRIPE, "the token of the account is missing"),
        (format!("{telnyx}\n{good}"), STRIPE, "only Twilio takes bank cards"),
        (format!("{tokens}\n{}", keypad("Default", "AC1", "")), STRIPE, "32 hexadecimal digits"),
        (format!("{tokens}\n{}", keypad(" ", account, "")), STRIPE, "name is empty"),
        (format!("{tokens}\n{api}"), STRIPE, "https:// or http://"),
        (format!("{tokens}\nkeypad = {{ connector = \"Default\" }}"), STRIPE, "account"),
        (format!("{tokens}\n{}", keypad("Default", account, ", colour = 1")), STRIPE, "colour"),
    ];
    for (voice, beside, expected) in table {
        let said = started(&voice, beside);
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(!said.contains("tell_nobody") && !said.contains("tell-nobody"), "{said}");
    }
}
