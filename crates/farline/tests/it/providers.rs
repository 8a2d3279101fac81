//! Payment providers in the configuration: where their secrets are, and what is said of a slip.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{Program, farline, text};
use std::process::Command;
use tempfile::TempDir;

const KEY: &str = "sk_test_tell_nobody";
const WEBHOOK: &str = "whsec_tell_nobody";
const PAYPAL: &str = "paypal-tell-nobody";

/// The example with its two providers, a folder for the data, and a free port.
fn configured(stripe_key: &str) -> (TempDir, Command) {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../config.example.toml");
    let (rest, providers) = example.split_once("# [stripe]").unwrap();
    let wanted: Vec<&str> = providers.lines().filter_map(|line| line.strip_prefix("# ")).collect();
    let wanted = format!("[stripe]\n{}\n", wanted.join("\n"));
    let wanted = wanted.replace("Payments at PayPal. Its webhook", "# Its webhook");
    let wanted = wanted
        .replace("/etc/farline/stripe.key", "stripe.key")
        .replace("/etc/farline/stripe.webhook", "stripe.webhook")
        .replace("{ file = \"/etc/farline/paypal.secret\" }", "{ env = \"PAYPAL_SECRET\" }");
    let rest = rest.replace("/var/lib/farline", "data");
    let rest = rest.replace("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"");
    std::fs::write(folder.path().join("farline.toml"), rest + &wanted).unwrap();
    std::fs::write(folder.path().join("stripe.key"), stripe_key).unwrap();
    std::fs::write(folder.path().join("stripe.webhook"), format!("{WEBHOOK}\n")).unwrap();
    let mut serve = farline();
    serve.args(["serve", "--config", "farline.toml"]).current_dir(folder.path());
    (folder, serve)
}

#[test]
fn each_provider_has_its_webhook_and_the_sandbox_stays() {
    let (folder, mut serve) = configured(KEY);
    serve.env("PAYPAL_SECRET", PAYPAL);
    let program = Program::started(serve, folder, "listens on http://");
    let webhook = |name: &str| {
        let head = format!("POST /webhooks/{name} HTTP/1.1\r\ncontent-type: application/json");
        program.send(&head, "{}").0
    };
    // A forgery to those that are there.
    assert_eq!(["stripe", "paypal", "sandbox", "nobody"].map(webhook), [400, 400, 400, 404]);
}

#[test]
fn a_slip_is_said_and_no_secret_is() {
    let (_folder, mut serve) = configured(KEY);
    let output = serve.env_remove("PAYPAL_SECRET").output().unwrap();
    let unset = text(&output);
    assert!(!output.status.success() && unset.contains("the variable PAYPAL_SECRET"), "{unset}");

    let (_folder, mut serve) = configured("sk_live_tell_nobody");
    let output = serve.env("PAYPAL_SECRET", PAYPAL).output().unwrap();
    let live = text(&output);
    assert!(!output.status.success() && live.contains("sk_test_"), "{live}");

    let (folder, mut serve) = configured(KEY);
    std::fs::remove_file(folder.path().join("stripe.webhook")).unwrap();
    let output = serve.env("PAYPAL_SECRET", PAYPAL).output().unwrap();
    let gone = text(&output);
    assert!(!output.status.success() && gone.contains("stripe.webhook"), "{gone}");
    for said in [unset, live, gone] {
        assert!(!said.contains("tell_nobody") && !said.contains("tell-nobody"), "{said}");
    }
}
