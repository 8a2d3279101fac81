//! Live mode: it starts when nothing stands in the way, says everything at once otherwise, and nothing in it is played.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{Program, farline, text};
use crate::setup::ANSWERS;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than a refusal takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

const CATALOGUE: &str = r#"
[[operators]]
code = "alder"
name = "Alder"
network = "own"
currency = "CAD"
levies = "carrier"
lifecycle = { zone = "America/Toronto", period = "30 days", grace_days = 7, suspended_days = 83, grace_renewal = "from_today", charge_hour = 2 }

[[zones]]
code = "canada"
name = { zh-CN = "加拿大", en-CA = "Canada", fr-CA = "Canada" }
countries = ["CA"]

[[plans]]
code = "alder-5gb"
operator = "alder"
name = { zh-CN = "5 GB", en-CA = "5 GB", fr-CA = "5 Go" }
description = { zh-CN = "够用。", en-CA = "Enough.", fr-CA = "De quoi tenir." }
needs = ["data"]
allowances = [{ kind = "data", units = "5 GB", zone = "canada" }]
validity = "30 days"
start_rule = "queue"
price = "25.00 CAD"
rank = 10

[[taxes]]
province = "ON"
kind = "HST"
rate = "13 %"
valid_from = 2010-07-01

[[taxes]]
province = "QC"
kind = "GST"
rate = "5 %"
valid_from = 2008-01-01

[[taxes]]
province = "QC"
kind = "QST"
rate = "9.975 %"
valid_from = 2013-01-01
"#;

/// Everything but who sells.
const REST: &str = r#"data = "data"
listen = "127.0.0.1:0"
base_url = "https://renew.northgate.example"
mode = "live"

[smtp]
host = "localhost"
port = 25
security = "none"
from = "Northgate <renew@northgate.example>"

[sms]
base_url = "https://api.twilio.com"
account = "AC1"
token_file = "sms.token"
from = "+18005550142"

[stripe]
secret_key = { file = "stripe.key" }
webhook_secrets = [{ file = "stripe.webhook" }]
"#;

/// An installation that can go live, with its catalogue taken in.
struct Installation(TempDir);

impl Installation {
    fn complete() -> Self {
        let one = Self(tempfile::tempdir().unwrap());
        let files = [
            ("sms.token", "tell-nobody"),
            ("stripe.key", "sk_live_tell_nobody"),
            ("stripe.webhook", "whsec_tell_nobody"),
            ("answers.toml", ANSWERS),
            ("catalogue.toml", CATALOGUE),
            ("farline.toml", REST),
        ];
        for (name, content) in files {
            one.write(name, content);
        }
        one.done(&["setup", "--answers", "answers.toml"]);
        one.done(&["import", "plans", "catalogue.toml"]);
        one
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path().join(name), content).unwrap();
    }

    /// Changes a file.
    fn change(&self, name: &str, from: &str, to: &str) {
        let before = std::fs::read_to_string(self.path().join(name)).unwrap();
        let after = before.replace(from, to);
        assert_ne!(after, before, "{from} stands in {name}");
        self.write(name, &after);
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = farline();
        command.args(words).current_dir(self.path()).env_remove("FARLINE_CONFIG");
        command
    }

    /// Runs a command, and says whether it was content, and what it said.
    fn run(&self, words: &[&str]) -> (bool, String) {
        let output = self.command(words).output().unwrap();
        let said = text(&output);
        assert!(!said.contains("tell-nobody") && !said.contains("tell_nobody"), "{said}");
        (output.status.success(), said)
    }

    fn done(&self, words: &[&str]) {
        let (is_content, said) = self.run(words);
        assert!(is_content, "{words:?}: {said}");
    }

    /// What serving says when it refuses. Whoever starts instead is ended, so that a test fails and does not hang.
    fn refusal(&self) -> String {
        let mut child = self.command(&["serve"]).spawn().unwrap();
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
        // Nothing happens to one that has ended.
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let said = text(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(!said.contains("tell_nobody"), "{said}");
        said
    }

    fn serve(self) -> Program {
        let serve = self.command(&["serve"]);
        Program::started(serve, self.0, "listens on http://")
    }
}

#[test]
fn with_everything_there_it_starts_and_nothing_in_it_is_played() {
    let installation = Installation::complete();
    let (is_content, said) = installation.run(&["doctor"]);
    assert!(is_content && said.contains("\"live\"") && said.contains("nothing stands"), "{said}");
    let program = installation.serve();
    let status = |request: &str| {
        let head = format!("{request} HTTP/1.1\r\ncontent-type: application/json");
        program.send(&head, if request.starts_with("POST") { "{}" } else { "" }).0
    };
    for played in [
        "GET /mailbox",
        "GET /sandbox/v1/health",
        "GET /sandbox/v1/checkouts",
        "POST /sandbox/v1/checkouts",
        "GET /sandbox/pay/chk_1",
        "POST /sandbox/clock",
        "POST /sandbox/clock/jump",
        "POST /webhooks/sandbox",
        "POST /webhooks/paypal",
    ] {
        assert_eq!(status(played), 404, "{played}");
    }
    assert_eq!(status("POST /webhooks/stripe"), 400, "a forgery");
    assert_eq!(status("GET /readyz"), 200);
    for language in ["zh", "en", "fr"] {
        for page in ["", "/about", "/terms", "/complaints", "/privacy"] {
            let (status, page) = program.send(&format!("GET /{language}{page} HTTP/1.1"), "");
            assert_eq!(status, 200);
            assert!(!page.contains("class=\"banner\""), "no page says that it is played");
            assert!(!page.contains("416 555 0100"), "no page offers an invented number");
            for end in ["about", "terms", "complaints", "privacy"] {
                assert!(page.contains(&format!("href=\"/{language}/{end}\"")), "{end}");
            }
        }
    }
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let installation = Installation(tempfile::tempdir().unwrap());
    installation.write(
        "farline.toml",
        "data = \"data\"\nbase_url = \"http://localhost\"\nmode = \"live\"\n",
    );
    let said = installation.refusal();
    for missing in [
        "legal_name is empty",
        "address needs at least two lines",
        "phone is not",
        "email is not",
        "privacy_email is empty",
        "terms_version is empty",
        "registrations, GST/HST is missing",
        "registrations, QST is missing",
        "base_url is http://localhost",
        "no payment provider is configured",
        "e-mails would land in the demonstration's mailbox",
        "text messages would land in the demonstration's mailbox",
        "nothing is on sale",
    ] {
        assert!(said.contains(missing), "{missing}: {said}");
    }
    let remedies = said.matches("     → ").count();
    assert!(said.contains(&format!("{remedies:>3}. ")), "each has a remedy: {said}");
    let (is_content, told) = installation.run(&["doctor", "--json"]);
    assert!(is_content && told.contains("\"mode\":\"live\""), "{told}");
    let doctor: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    assert_eq!(doctor["keeps_from_going_live"].as_array().unwrap().len(), remedies);
}

/// What is done to a complete installation, by name, and what is then said.
type Slip = (&'static str, fn(&Installation), &'static str);

/// Each of these alone keeps it from starting.
fn refused(slips: &[Slip]) {
    for (name, slip, wanted) in slips {
        let installation = Installation::complete();
        slip(&installation);
        let said = installation.refusal();
        assert!(said.contains(wanted), "{name}: {said}");
        assert!(said.contains("  1. ") && !said.contains("  2. "), "{name} alone: {said}");
    }
}

#[test]
fn each_single_thing_of_the_configuration_keeps_it_from_starting() {
    refused(&[
        (
            "officer",
            |one| one.change("farline.toml", "privacy_email", "#"),
            "privacy_email is empty",
        ),
        (
            "registration",
            |one| one.change("farline.toml", "1234567890TQ0001", "12TQ01"),
            "registrations, QST is not of the form",
        ),
        (
            "own terms",
            |one| {
                let files = "[business.terms_files]\nzh-CN = \"z\"\nen-CA = \"e\"\nfr-CA = \"f\"\n";
                one.change("farline.toml", "[smtp]", &format!("{files}[smtp]"));
                one.write("z", "条款");
                one.write("e", "Terms");
            },
            "No such file",
        ),
        (
            "key",
            |one| one.write("stripe.key", "sk_test_tell_nobody"),
            "[stripe] Stripe's secret key",
        ),
        (
            "no key",
            |one| std::fs::remove_file(one.path().join("stripe.key")).unwrap(),
            "stripe.key",
        ),
        (
            "provider",
            |one| one.change("farline.toml", &REST[REST.find("[stripe]").unwrap()..], ""),
            "only the built-in sandbox",
        ),
        (
            "TLS",
            |one| one.change("farline.toml", "https://renew", "http://renew"),
            "customers pay over TLS only",
        ),
        (
            "token",
            |one| std::fs::remove_file(one.path().join("sms.token")).unwrap(),
            "[sms] the secret",
        ),
        ("mail", |one| without(one, "smtp"), "e-mails would land"),
        ("texts", |one| without(one, "sms"), "text messages would land"),
    ]);
}

/// Takes a section out of the configuration.
fn without(installation: &Installation, name: &str) {
    let start = REST.find(&format!("[{name}]")).unwrap();
    let length = REST[start..].find("\n\n").unwrap();
    installation.change("farline.toml", &REST[start..start + length], "");
}

/// Adds a supplier who sells nothing of ours.
fn supplied(installation: &Installation, secret: &str) {
    installation.write("reloadly.secret", "tell-nobody");
    let section = format!(
        "[[suppliers]]\nname = \"airtime\"\n[suppliers.reloadly]\nclient_id = \"client\"\n\
         client_secret = {{ file = \"{secret}\" }}\ncountry = \"CA\"\nplans = {{}}\n\n[smtp]"
    );
    installation.change("farline.toml", "[smtp]", &section);
}

#[test]
fn each_single_thing_of_the_data_keeps_it_from_starting() {
    refused(&[
        (
            "province",
            |one| one.change("farline.toml", "\"QC\"]", "\"QC\", \"AB\"]"),
            "AB has no GST in force on",
        ),
        (
            "supplier",
            |one| stored(one, "\"network\":\"own\"", "\"network\":{\"supplier\":\"simulated\"}"),
            "the operator alder is delivered by the supplier simulated",
        ),
        (
            "second-supplier",
            |one| {
                let both = "\"network\":{\"supplier\":\"airtime\"},\"then\":[\"nobody\"]";
                stored(one, "\"network\":\"own\"", both);
                supplied(one, "reloadly.secret");
                let mapped = "plans = { alder-5gb = { operator = 530, amount = \"15.00\" } }";
                one.change("farline.toml", "plans = {}", mapped);
            },
            "the operator alder is delivered by the supplier nobody",
        ),
        (
            "mapping",
            |one| {
                stored(one, "\"network\":\"own\"", "\"network\":{\"supplier\":\"airtime\"}");
                supplied(one, "reloadly.secret");
            },
            "the plan alder-5gb has no mapping at the supplier airtime",
        ),
        (
            "account",
            |one| supplied(one, "gone.secret"),
            "[[suppliers]] airtime: the secret in gone.secret cannot be read",
        ),
        ("grace", |one| stored(one, "\"grace_days\":7", "\"grace_days\":6"), "at least 7 calendar"),
        (
            "fee",
            |one| stored(one, "\"units\":5000000000", "\"units\":0"),
            "the plan alder-5gb costs and grants nothing",
        ),
        (
            "played",
            |one| one.write("data/sandbox.jsonl", "{\"at_ms\":1,\"changes\":[]}\n"),
            "payments were played here",
        ),
    ]);
}

/// Changes a text in the stored catalogue, past every check of an import.
fn stored(installation: &Installation, from: &str, to: &str) {
    let change = r#"
import sqlite3, sys
path, before, after = sys.argv[1:]
database = sqlite3.connect(path)
for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    database.execute(f'DROP TRIGGER "{name}"')
changed = 0
for table, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
    for column in [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]:
        query = f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?) WHERE typeof("{column}") = \'text\' AND instr("{column}", ?) > 0'
        changed += database.execute(query, (before, after, before)).rowcount
database.commit()
assert changed > 0, "nothing was changed"
"#;
    let path = installation.path().join("data/farline.db");
    let python = Command::new("python3").args(["-c", change]).arg(path).args([from, to]).output();
    let output = python.unwrap();
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn a_catalogue_with_a_fee_or_without_a_tax_is_not_taken_in() {
    let installation = Installation::complete();
    for fee in ["activation_fee", "top_up_fee", "plan_change_fee"] {
        let with_fee = CATALOGUE.replace("rank = 10", &format!("rank = 10\n{fee} = \"5.00 CAD\""));
        installation.write("catalogue.toml", &with_fee);
        let (is_content, said) = installation.run(&["import", "plans", "catalogue.toml"]);
        assert!(!is_content && said.contains(fee) && said.contains("no such field"), "{said}");
    }
    let slips = [
        ("\"QST\"", "\"PST\"", "QC has no QST"),
        ("\"own\"", "{ supplier = \"simulated\" }", "delivered by the supplier simulated"),
        (
            "\"own\"",
            "{ supplier = \"simulated\", then = [\"further\"] }",
            "delivered by the supplier further",
        ),
        ("grace_days = 7", "grace_days = 6", "at least 7 calendar days"),
    ];
    for (from, to, wanted) in slips {
        installation.write("catalogue.toml", &CATALOGUE.replace(from, to));
        let (is_content, said) = installation.run(&["import", "plans", "catalogue.toml"]);
        assert!(!is_content && said.contains(wanted), "{said}");
    }
    // What was refused has changed nothing.
    let (_, said) = installation.run(&["doctor"]);
    assert!(said.contains("nothing stands in the way"), "{said}");
}

#[test]
fn what_took_real_money_is_no_sandbox_again() {
    let mut program = Installation::complete().serve();
    program.stop();
    let folder = program.folder.path();
    let file = folder.join("farline.toml");
    let live = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, live.replace("\"live\"", "\"sandbox\"")).unwrap();
    std::fs::write(folder.join("stripe.key"), "sk_test_1").unwrap();
    let refused = farline().arg("serve").current_dir(folder).output().unwrap();
    let said = text(&refused);
    assert!(!refused.status.success() && said.contains("takes real money since"), "{said}");
}
