//! Suppliers in the configuration: what is asked of them on the command line, and what is said of a slip.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{farline, text};
use axum::Router;
use axum::routing::{get, post};
use tempfile::TempDir;

const SECRET: &str = "tell-nobody";

const REST: &str = r#"data = "data"
listen = "127.0.0.1:0"
base_url = "http://127.0.0.1"
"#;

const AIRTIME: &str = r#"
[[suppliers]]
name = "airtime"
alarm = "500.00 USD"
floor = "100.00 USD"
stand_in = "STAND_IN"
[suppliers.reloadly]
client_id = "client"
client_secret = { file = "airtime.secret" }
country = "CA"
[suppliers.reloadly.plans.kittiwake-5gb]
operator = 530
amount = "15.00"
local = true
"#;

const ESIMS: &str = r#"
[[suppliers]]
name = "esims"
stand_in = "STAND_IN"
[suppliers.esim_access]
access_code = "access"
secret_key = { file = "airtime.secret" }
location = "CA"
plans = {}
"#;

/// A folder with a configuration whose business is the example's.
fn folder(sections: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../../config.example.toml");
    let business = example.find("[business]").unwrap();
    let end = example.find("# What a network is granted").unwrap();
    let file = format!("{REST}\n{}\n{sections}", &example[business..end]);
    std::fs::write(folder.path().join("farline.toml"), file).unwrap();
    std::fs::write(folder.path().join("airtime.secret"), format!("{SECRET}\n")).unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    folder
}

/// What a command says, and whether it was content.
fn run(folder: &TempDir, words: &[&str]) -> (bool, String) {
    let mut command = farline();
    command.args(words).current_dir(folder.path()).env_remove("FARLINE_CONFIG");
    let output = command.output().unwrap();
    let said = text(&output);
    assert!(!said.contains(SECRET), "{said}");
    (output.status.success(), said)
}

async fn stand_in() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let token = || async { r#"{"access_token":"t","expires_in":60000}"# };
    let operators = || async {
        r#"[{"operatorId":530,"name":"Kittiwake","senderCurrencyCode":"USD","fixedAmounts":[11.005]}]"#
    };
    let packages = || async {
        r#"{"success":true,"obj":{"packageList":[
            {"packageCode":"TOPUP_KW5","name":"5 GB 30 Days","price":115000,"currencyCode":"USD",
             "volume":5368709120,"dataType":1,"duration":30,"durationUnit":"DAY"},
            {"packageCode":"TOPUP_DAILY","name":"1 GB a day","price":9000,"currencyCode":"USD",
             "volume":1073741824,"dataType":2,"duration":1,"durationUnit":"DAY"}]}}"#
    };
    let router = Router::new()
        .route("/oauth/token", post(token))
        .route("/operators/countries/CA", get(operators))
        .route("/package/list", post(packages));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_is_asked_for_by_name() {
    let folder = folder(&AIRTIME.replace("STAND_IN", &stand_in().await));
    let asked = ["suppliers", "catalogue", "airtime", "--json", "--config", "farline.toml"];
    let (is_content, said) = run(&folder, &asked);
    assert!(is_content, "{said}");
    let product: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    let cost = serde_json::json!({"amount": 1101, "currency": "USD"});
    assert_eq!((&product["code"], &product["cost"]), (&"530".into(), &cost));
    let (is_content, said) = run(&folder, &["suppliers", "catalogue", "nobody"]);
    assert!(!is_content && said.contains("no supplier named nobody"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_is_a_sheet_that_import_takes() {
    let folder = folder(&ESIMS.replace("STAND_IN", &stand_in().await));
    let asked = ["suppliers", "catalogue", "esims", "--listings", "--config", "farline.toml"];
    let (is_content, said) = run(&folder, &asked);
    assert!(is_content, "{said}");
    assert!(said.contains("1 of 2 products are listed."), "{said}");
    assert!(said.contains("TOPUP_DAILY"), "{said}");
    let sheet: Vec<&str> = said.lines().take_while(|line| line.contains(',')).collect();
    std::fs::write(folder.path().join("esims.csv"), sheet.join("\n")).unwrap();
    let (is_content, said) =
        run(&folder, &["import", "listings", "esims.csv", "--config", "farline.toml"]);
    assert!(is_content && said.contains("1 listings of 1 sellers"), "{said}");
}

#[test]
fn a_slip_is_said_and_no_secret_is() {
    let here = AIRTIME.replace("STAND_IN", "http://127.0.0.1:9");
    let esims = r#"
[[suppliers]]
name = "esims"
[suppliers.airalo]
client_id = "client"
client_secret = { file = "airtime.secret" }
plans = {}
"#;
    let table = [
        (here.replace("amount = \"15.00\"", "amount = \"much\""), "kittiwake-5gb"),
        (here.replace("airtime.secret", "gone.secret"), "gone.secret"),
        (here.replace("http://127.0.0.1:9", "https://elsewhere.example"), "on this machine"),
        (here.replace("500.00 USD", "plenty"), "is not an amount of money"),
        (format!("{here}{here}"), "this name is taken"),
        (here.replace("\"airtime\"", "\"simulated\""), "this name is taken"),
        (here.replace("[suppliers.reloadly.plans", "[suppliers.nobody.plans"), "nobody"),
        // Played money would buy real value.
        (esims.to_owned(), "no sandbox"),
    ];
    for (sections, expected) in table {
        let (is_content, said) = run(&folder(&sections), &["serve", "--config", "farline.toml"]);
        assert!(!is_content && said.contains(expected), "{expected}: {said}");
    }
}
