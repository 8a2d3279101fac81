//! A partner's price list and payments from the command line.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{farline, text};
use serde_json::Value;
use tempfile::TempDir;

/// What a command says, and whether it was content.
fn run(folder: &TempDir, words: &[&str]) -> (bool, String) {
    let mut command = farline();
    command.args(words).current_dir(folder.path()).env_remove("FARLINE_CONFIG");
    let output = command.output().unwrap();
    (output.status.success(), text(&output))
}

fn well(folder: &TempDir, words: &[&str]) -> String {
    let (is_well, said) = run(folder, words);
    assert!(is_well, "{words:?}: {said}");
    said
}

/// An installation with the plans of the demonstration and a partner.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rest = "data = \"data\"\nlisten = \"127.0.0.1:0\"\nbase_url = \"http://127.0.0.1\"\n";
    let example = include_str!("../../../../config.example.toml");
    let business = example.find("[business]").unwrap();
    let end = example.find("# What a network is granted").unwrap();
    let file = format!("{rest}\n{}", &example[business..end]);
    std::fs::write(folder.path().join("farline.toml"), file).unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let plans = include_str!("../../demonstration/catalogue.toml");
    std::fs::write(folder.path().join("catalogue.toml"), plans).unwrap();
    well(&folder, &["migrate"]);
    well(&folder, &["import", "plans", "catalogue.toml"]);
    let add = ["partners", "add", "harbour-travel", "--name", "Harbour Travel", "--province", "ON"];
    well(&folder, &[&add[..], &["--discount", "8"]].concat());
    folder
}

#[test]
fn a_price_list_goes_in_and_comes_out_and_a_payment_counts_once() {
    let folder = folder();
    let import = ["partners", "prices", "import", "harbour-travel", "prices.csv"];
    let export = ["partners", "prices", "export", "harbour-travel"];
    let list = folder.path().join("prices.csv");
    std::fs::write(&list, "plan,price,currency\nmaplewave-5gb,20.00,CAD\nno-such,1,USD\n").unwrap();
    let (is_well, said) = run(&folder, &import);
    assert!(!is_well && said.contains("prices.csv, line 3, plan: there is no plan"), "{said}");
    assert!(said.contains("prices.csv, line 3, currency: the account of harbour-travel"), "{said}");
    assert!(well(&folder, &export).contains("no price of their own"), "nothing of it was taken");
    std::fs::write(&list, "plan,price,currency\nmaplewave-5gb,20.00,CAD\n").unwrap();
    let said = well(&folder, &import);
    assert!(said.contains("harbour-travel: 1 changed, 0 removed, 0 unchanged."), "{said}");
    assert!(said.contains("maplewave-5gb  the discount of 8"), "{said}");
    assert!(said.contains("→ 20.00") && said.contains("not in the file are sold at"), "{said}");
    std::fs::write(&list, well(&folder, &export)).unwrap();
    assert!(well(&folder, &import).contains("nothing changed; 1 unchanged."));
    let edited = std::fs::read_to_string(&list).unwrap().replace("20.00", "19.50");
    std::fs::write(&list, edited).unwrap();
    assert!(well(&folder, &import).contains("maplewave-5gb  20.00 → 19.50"));

    let pay_in = ["partners", "pay-in", "harbour-travel", "500.00", "--reference", "C1A2B3C4"];
    let told = ["--paid-by", "cheque", "--reason", "top-up of November"];
    for _ in 0..2 {
        well(&folder, &[&pay_in[..], &told[..]].concat());
    }
    let rows: Value =
        serde_json::from_str(well(&folder, &["partners", "list", "--json"]).trim()).unwrap();
    assert_eq!(rows[0]["balance"], 50_000, "{rows}");
    let card = ["--reason", "4242 4242 4242 4242"];
    let (is_well, said) = run(&folder, &[&pay_in[..], &card[..]].concat());
    assert!(!is_well && said.contains("no number of a bank card"), "{said}");
    let (is_well, said) = run(&folder, &["doctor", "--deep"]);
    assert!(is_well || !said.contains("harbour-travel"), "{said}");
}
