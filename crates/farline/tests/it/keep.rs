//! Keeping a number from the command line, over the demonstration's data.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{Program, farline};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use std::path::Path;

/// What the command says, and whether it was content; talk apart.
fn keep(data: &Path, words: &[&str]) -> (bool, String, String) {
    let mut command = farline();
    command.args(["keep", "416 555 0100"]).args(words).arg("--data").arg(data);
    let output = command.env_remove("FARLINE_STORE").output().unwrap();
    let text = |octets: &[u8]| String::from_utf8(octets.to_vec()).unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

fn date(value: &Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the program under test goes by the machine's clock")]
fn a_number_is_kept_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = farline();
    demo.args(["demo", "--port", "0"]).arg("--data").arg(folder.path());
    let program = Program::started(demo, folder, "is running: http://");
    let data = program.folder.path();
    let planned = |until: &str, words: &[&str]| {
        let all: Vec<&str> = ["--until", until, "--json"].iter().chain(words).copied().collect();
        let (is_content, said, talk) = keep(data, &all);
        assert!(is_content, "{said}{talk}");
        serde_json::from_str::<Value>(&said).unwrap()
    };
    let zone = jiff::tz::TimeZone::get("America/Toronto").unwrap();
    let until = jiff::Timestamp::now().to_zoned(zone).date().saturating_add(400.days()).to_string();
    let number = planned(&until, &[]);
    let service = planned(&until, &["--service"]);
    for plan in [&number, &service] {
        let renewals = plan["renewals"].as_array().unwrap();
        let sum: i64 = renewals.iter().map(|one| one["price"]["amount"].as_i64().unwrap()).sum();
        assert_eq!(plan["total"]["amount"], sum, "{plan}");
        assert_eq!(plan["total"]["currency"], "CAD");
        assert!(
            !renewals.is_empty() && date(&plan["kept_until"]) >= date(&plan["until"]),
            "{plan}"
        );
        let dates: Vec<Date> = renewals.iter().map(|one| date(&one["on"])).collect();
        assert!(dates.is_sorted() && dates[0] >= date(&plan["today"]), "{plan}");
        let lost = &plan["lost_if_nothing"];
        assert!(date(&lost["service_until"]) < date(&lost["number_until"]), "{plan}");
    }
    assert_eq!(service["without_service"], Value::Array(Vec::new()));
    assert!(number["total"]["amount"].as_i64() <= service["total"]["amount"].as_i64());
    let (is_content, said, _) = keep(data, &["--until", &until]);
    assert!(is_content && said.contains("the number is lost for good"), "{said}");
    assert!(said.contains(number["renewals"][0]["on"].as_str().unwrap()), "{said}");
    for (late, word) in [("2020-01-01", "in the past"), ("2099-01-01", "ten years")] {
        let (is_content, said, talk) = keep(data, &["--until", late]);
        assert!(!is_content && said.is_empty() && talk.contains(word), "{said}{talk}");
    }
}
