//! Setup with a terminal of the test's own.

use super::answers::Answers;
use super::interview::{Terminal, ask_all, confirm};
use super::questions::{self, Question};
use eyre::Result;
use std::collections::VecDeque;
use std::path::Path;
use toml_edit::DocumentMut;

/// Answers from a list, and keeps what was said.
#[derive(Default)]
struct Scripted {
    lines: VecDeque<String>,
    said: Vec<String>,
}

impl Terminal for Scripted {
    fn tell(&mut self, line: &str) {
        self.said.push(line.to_owned());
    }

    fn hear(&mut self, prompt: &str) -> Result<Option<String>> {
        self.said.push(prompt.to_owned());
        Ok(self.lines.pop_front())
    }
}

/// A terminal on which these lines are typed, and Enter from then on.
fn typing(lines: &[&str]) -> Scripted {
    let enter = std::iter::repeat_n(String::new(), 60);
    let lines = lines.iter().map(|line| (*line).to_owned()).chain(enter).collect();
    Scripted { lines, said: Vec::new() }
}

const FILE: &str = r#"# Ours, not to be touched.
data = "data" # beside this file
base_url = "https://renew.example.com"

[business]
legal_name = "Northgate Inc." # as at the bank
address = ["1 Gate", "Toronto ON  M5V 0A1"]
phone = "1-800-555-0142"
email = "help@example.com"
terms_version = "2026-11-01"
provinces = ["ON"]

[business.brand]
zh-CN = "北门"
en-CA = "Northgate"
fr-CA = "Northgate"

[[business.registrations]]
tax = "GST/HST"
number = "123456789RT0001"

# The relay on this machine.
[smtp]
host = "localhost"
port = 25
security = "none"
from = "Northgate <renew@example.com>"
"#;

fn present(text: &str, questions: &[Question]) -> Answers {
    let document: DocumentMut = text.parse().unwrap();
    Answers::read(document["business"].as_table_like().unwrap(), questions).unwrap()
}

/// The file after these lines were typed.
fn after(text: &str, lines: &[&str]) -> (String, Vec<String>) {
    let questions = questions::all();
    let before = present(text, &questions);
    let mut terminal = typing(lines);
    let answers = ask_all(&mut terminal, &questions, &before, Path::new(".")).unwrap();
    let mut document: DocumentMut = text.parse().unwrap();
    answers.write(&before, &questions, &mut document).unwrap();
    (document.to_string(), terminal.said)
}

#[test]
fn enter_to_everything_changes_only_what_was_missing() {
    let (text, said) = after(FILE, &[]);
    let added = "privacy_email = \"help@example.com\"\n";
    assert_eq!(text.replace(added, ""), FILE);
    assert!(text.contains(added), "{text}");
    assert!(said.iter().any(|line| line.contains("Legal name of the business [Northgate Inc.]")));
    assert!(!said.iter().any(|line| line.contains("QST registration")), "Ontario has none");
    let (again, _) = after(&text, &[]);
    assert_eq!(again, text, "a second time there is nothing to write");
}

#[test]
fn one_other_answer_changes_one_line_and_keeps_its_comment() {
    let (text, _) = after(FILE, &["Southgate Ltd."]);
    let line = "legal_name = \"Southgate Ltd.\" # as at the bank";
    assert!(text.contains(line), "{text}");
    let others = |text: &str| -> Vec<String> {
        let kept = text.lines().filter(|line| !line.contains("legal_name"));
        kept.filter(|line| !line.contains("privacy_email")).map(str::to_owned).collect()
    };
    assert_eq!(others(&text), others(FILE));
}

#[test]
fn what_is_wrong_is_said_and_asked_again() {
    let lines = ["", "", "", "", "one line", "", "ask inside", "1 416 555 0100", "help"];
    let (text, said) = after(FILE, &lines);
    let faults: Vec<&String> = said.iter().filter(|line| line.starts_with("  That")).collect();
    let wanted =
        ["at least two lines", "not a phone number: “ask inside”", "not an e-mail address"];
    assert_eq!(faults.len(), wanted.len(), "{faults:?}");
    for (fault, wanted) in faults.iter().zip(wanted) {
        assert!(fault.contains(wanted), "{fault}");
    }
    assert!(text.contains("phone = \"1 416 555 0100\""), "{text}");
}

#[test]
fn a_province_more_asks_for_its_registration() {
    let lines = ["", "", "", "", "", "", "", "ON QC", "", "1234567890", "1234567890TQ0001"];
    let (text, said) = after(FILE, &lines);
    assert!(said.iter().any(|line| line.contains("form 1234567890TQ0001")), "{said:?}");
    assert!(text.contains("provinces = [\"ON\", \"QC\"]"), "{text}");
    let second = "tax = \"QST\"\nnumber = \"1234567890TQ0001\"";
    assert!(text.contains(second) && text.contains("\"123456789RT0001\""), "{text}");
}

#[test]
fn the_end_of_the_input_and_a_no_write_nothing() {
    let questions = questions::all();
    let before = present(FILE, &questions);
    let mut gone = Scripted::default();
    assert!(ask_all(&mut gone, &questions, &before, Path::new(".")).is_err());
    let mut terminal = typing(&["n"]);
    let shown = (&Answers::default(), &before);
    assert!(!confirm(&mut terminal, &questions, shown, Path::new("farline.toml")).unwrap());
    let all = terminal.said.join("\n");
    assert!(all.contains("* Legal name of the business: Northgate Inc."), "{all}");
    assert!(all.contains("Address") || all.contains("address"), "{all}");
}

#[test]
fn a_list_of_tables_in_one_line_is_read_and_grows() {
    let inline = FILE.replace(
        "[[business.registrations]]\ntax = \"GST/HST\"\nnumber = \"123456789RT0001\"\n",
        "",
    );
    let inline = inline.replace(
        "provinces = [\"ON\"]",
        "provinces = [\"ON\"]\nregistrations = [{ tax = \"GST/HST\", number = \"123456789RT0001\" }]",
    );
    let (text, _) = after(&inline, &["", "", "", "", "", "", "", "ON QC", "", "1234567890TQ0001"]);
    let questions = questions::all();
    let read = present(&text, &questions);
    assert_eq!(read.of("registrations.GST/HST"), "123456789RT0001");
    assert_eq!(read.of("registrations.QST"), "1234567890TQ0001", "{text}");
}
