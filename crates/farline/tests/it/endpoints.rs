//! Endpoints in the configuration: what the program says of a slip before anybody calls.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{farline, text};
use serde_json::{Value, json};
use tempfile::TempDir;

const SECRET: &str = "jd-tell-nobody";

const REST: &str = r#"data = "data"
listen = "127.0.0.1:0"
base_url = "http://127.0.0.1"
"#;

const JD: &str = r#"
[[endpoints]]
name = "jd"
partner = "jd"
prices = { no-such-plan = 12900 }
[endpoints.jd_trade]
vendor_id = "777"
keys = [{ env = "JD_KEY" }]
"#;

fn folder(sections: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../config.example.toml");
    let business = example.find("[business]").unwrap();
    let end = example.find("# What a network is granted").unwrap();
    let file = format!("{REST}\n{}\n{sections}", &example[business..end]);
    std::fs::write(folder.path().join("farline.toml"), file).unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    folder
}

/// What a command says, and whether it was content.
fn run(folder: &TempDir, words: &[&str]) -> (bool, String) {
    let mut command = farline();
    command.args(words).current_dir(folder.path()).env_remove("FARLINE_CONFIG");
    let output = command.env("JD_KEY", SECRET).output().unwrap();
    let said = text(&output);
    assert!(!said.contains(SECRET), "{said}");
    (output.status.success(), said)
}

fn told(folder: &TempDir) -> Value {
    let (is_well, said) = run(folder, &["doctor", "--json"]);
    assert!(is_well, "{said}");
    let facts: Value = serde_json::from_str(said.trim()).unwrap();
    facts["endpoints"][0].clone()
}

#[test]
fn the_doctor_names_what_an_endpoint_lacks() {
    let good = folder(JD);
    let (is_well, said) = run(&good, &["migrate"]);
    assert!(is_well, "{said}");
    let expected = json!({
        "name": "jd",
        "wrong": null,
        "partner": "there is no partner jd: farline partners add",
        "no_such_plans": ["no-such-plan"],
    });
    assert_eq!(told(&good), expected);
    let file = good.path().join("farline.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("JD_KEY", "JD_KEY_UNSET")).unwrap();
    let wrong = told(&good)["wrong"].as_str().unwrap().to_owned();
    assert!(wrong.starts_with("[[endpoints]] jd: the variable JD_KEY_UNSET"), "{wrong}");
    let (is_well, said) = run(&good, &["serve"]);
    assert!(!is_well && said.contains("JD_KEY_UNSET"), "{said}");
}

/// The example's endpoint is one that can be taken as it stands, with one platform left.
#[test]
fn the_example_explains_every_key() {
    let example = include_str!("../../../../config.example.toml");
    let start = example.find("# [[endpoints]]").unwrap();
    let end = example.find("# Payments at Stripe").unwrap();
    let lines = example[start..end].lines().filter_map(|line| line.strip_prefix("# "));
    let whole: String = lines.flat_map(|line| [line, "\n"]).collect();
    let (head, platforms) = whole.split_once("[endpoints.goofish]").unwrap();
    let (goofish, rest) = platforms.split_once("[endpoints.taobao_direct]").unwrap();
    let (taobao, jd) = rest.split_once("[endpoints.jd_trade]").unwrap();
    for (name, section) in [("goofish", goofish), ("taobao_direct", taobao), ("jd_trade", jd)] {
        let entry = format!("{head}[endpoints.{name}]{section}");
        let folder = folder(&entry);
        let (is_well, said) = run(&folder, &["migrate"]);
        assert!(is_well, "{name}: {said}");
        // Every key is known; the example's files are not there.
        let wrong = told(&folder)["wrong"].as_str().unwrap().to_owned();
        assert!(wrong.contains("/etc/farline/"), "{wrong}");
    }
}
