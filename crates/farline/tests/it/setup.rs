//! `farline setup` as a process: with a file of answers, on a terminal, and what it refuses.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{farline, text};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub(crate) const ANSWERS: &str = r#"
legal_name = "Northgate Renewals Inc."
address = ["1 Gate Street", "Toronto ON  M5V 0A1"]
phone = "1-800-555-0142"
email = "help@northgate.example"
provinces = ["ON", "QC"]
terms_version = "2026-11-01"
[brand]
zh-CN = "北门"
[[registrations]]
tax = "GST/HST"
number = "123456789RT0001"
[[registrations]]
tax = "QST"
number = "1234567890TQ0001"
"#;

fn setup(folder: &Path, words: &[&str]) -> Output {
    farline().arg("setup").args(words).current_dir(folder).output().unwrap()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("answers.toml"), ANSWERS).unwrap();
    folder
}

#[test]
fn answers_in_a_file_make_a_configuration_that_is_complete() {
    let folder = folder();
    let missing = setup(folder.path(), &["--check"]);
    let said = text(&missing);
    assert_eq!(missing.status.code(), Some(1), "{said}");
    assert!(said.contains("legal_name is missing") && said.contains("privacy_email"), "{said}");

    let tried = setup(folder.path(), &["--answers", "answers.toml", "--dry-run"]);
    assert!(tried.status.success() && text(&tried).contains("legal_name = "), "{}", text(&tried));
    assert!(!folder.path().join("farline.toml").exists(), "a dry run writes nothing");

    let written = setup(folder.path(), &["--answers", "answers.toml"]);
    assert!(written.status.success(), "{}", text(&written));
    let file = std::fs::read_to_string(folder.path().join("farline.toml")).unwrap();
    for line in ["zh-CN = \"北门\"", "en-CA = \"Northgate Renewals Inc.\"", "privacy_email = "] {
        assert!(file.contains(line), "{line}: {file}");
    }
    let complete = setup(folder.path(), &["--check"]);
    assert!(complete.status.success(), "{}", text(&complete));
    let again = setup(folder.path(), &["--answers", "answers.toml"]);
    assert!(text(&again).contains("says all of it already"), "{}", text(&again));
    let after = std::fs::read_to_string(folder.path().join("farline.toml")).unwrap();
    assert_eq!(after, file);
}

#[test]
fn the_example_stays_as_it_is_but_for_what_changes() {
    let folder = folder();
    let example = include_str!("../../../../config.example.toml");
    let path = folder.path().join("farline.toml");
    std::fs::write(&path, example).unwrap();
    let answers = "legal_name = \"Northgate Renewals Inc.\"\nprovinces = [\"ON\"]\n";
    std::fs::write(folder.path().join("answers.toml"), answers).unwrap();
    let written = setup(folder.path(), &["--answers", "answers.toml"]);
    assert!(written.status.success(), "{}", text(&written));
    let after = std::fs::read_to_string(&path).unwrap();
    let changed: Vec<&str> = after.lines().filter(|line| !example.contains(line)).collect();
    let wanted = ["legal_name = \"Northgate Renewals Inc.\"", "provinces = [\"ON\"]"];
    assert_eq!(changed, wanted, "{after}");
    let gone: Vec<&str> = example.lines().filter(|line| !after.contains(line)).collect();
    assert_eq!(gone, ["legal_name = \"Example Renewals Inc.\""]);
}

#[test]
fn every_wrong_answer_is_named_at_once_and_nothing_is_written() {
    let folder = folder();
    let wrong = ANSWERS
        .replace("1234567890TQ0001", "1234567890")
        .replace("1-800-555-0142", "ask inside")
        .replace("\"Toronto ON  M5V 0A1\"", "\" \"");
    std::fs::write(folder.path().join("answers.toml"), wrong).unwrap();
    let refused = setup(folder.path(), &["--answers", "answers.toml"]);
    let said = text(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    for fault in ["address is empty", "phone is not a phone number", "registrations.QST is not of"]
    {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    std::fs::write(folder.path().join("answers.toml"), "legal_nam = \"x\"\nphone = 3\n").unwrap();
    let said = text(&setup(folder.path(), &["--answers", "answers.toml"]));
    assert!(said.contains("legal_nam is no entry") && said.contains("phone is not text"), "{said}");
    let said = text(&setup(folder.path(), &[]));
    assert!(said.contains("--answers"), "without a terminal it says what to do: {said}");
    assert!(!folder.path().join("farline.toml").exists());
}

#[test]
fn it_asks_on_a_terminal() {
    let folder = folder();
    let program = env!("CARGO_BIN_EXE_farline");
    // A pseudo-terminal from util-linux, with what is typed on its input.
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--command", &format!("{program} setup"), "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let typed = "Northgate Renewals Inc.\n北门\n\n\n1 Gate Street; Toronto ON  M5V 0A1\nask inside\n\
                 1-800-555-0142\nhelp@northgate.example\nON\n123456789RT0001\n2026-11-01\n\n\n\n\n\n\n\n\n\n\n\ny\n";
    terminal.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = terminal.wait_with_output().unwrap();
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("not a phone number") && said.contains("what customers will see"),
        "{said}"
    );
    let file = std::fs::read_to_string(folder.path().join("farline.toml")).unwrap();
    assert!(file.contains("legal_name = \"Northgate Renewals Inc.\""), "{file}");
    assert!(file.contains("privacy_email = \"help@northgate.example\""), "{file}");
    assert!(setup(folder.path(), &["--check"]).status.success());
}
