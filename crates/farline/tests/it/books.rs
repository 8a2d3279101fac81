//! What an operator's books need, from the command line: the taxes of some days.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use crate::postgres::farline;
use farline_app::ports::lines::ImportError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_app::ports::{Catalogues as _, Jobs as _, LinePipeline as _, Lines as _};
use farline_domain::commands::{Actor, Answer, Context, LineCommand};
use farline_domain::kernel::Instant;
use farline_domain::orders::Order;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_store::{OpenMode, SqliteStore};
use farline_testkit::{OWN, OWN_BIG, SampleLine, catalogue, new_line, noon, placing, quote};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::Path;
use std::time::UNIX_EPOCH;
use tempfile::TempDir;

const LINE: SampleLine = SampleLine { operator: OWN, index: 0 };

/// An installation whose money moves without a server.
pub(crate) struct Books {
    pub(crate) folder: TempDir,
    pub(crate) store: SqliteStore,
    now: Cell<Instant>,
}

impl Books {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let example = include_str!("../../../../config.example.toml");
        let config = example.replace("/var/lib/farline", ".");
        let config = config.replace("number = \"123456789RT0001\"", "number = \"=1+1\"");
        std::fs::write(folder.path().join("farline.toml"), config).unwrap();
        let store =
            SqliteStore::open(&folder.path().join("farline.db"), OpenMode::ReadWrite).unwrap();
        store.publish(catalogue(), noon()).await.unwrap();
        let rows = [Ok::<_, ImportError>((2, new_line(LINE)))];
        store.import_lines(Box::new(rows.into_iter()), Box::new(|_| {})).await.unwrap();
        Self { folder, store, now: Cell::new(noon()) }
    }

    pub(crate) async fn run(&self, command: LineCommand) -> Order {
        let context = Context { now: self.now.get(), actor: Actor::System };
        let envelope = Envelope { line: LINE.id(), key: None, command, context };
        match self.store.run(envelope).await.unwrap() {
            Outcome::Answered(Answer::Order(order)) => *order,
            other => panic!("{other:?}"),
        }
    }

    /// Sells a renewal for CAD 33.90, paid at a provider under an id.
    pub(crate) async fn sold(&self, number: u64, (provider, payment): (&str, &str)) -> Order {
        let now = self.now.get();
        let quote = quote(&self.store.catalogue(), LINE.id(), (OWN_BIG, number), now);
        let order = self.run(LineCommand::Place(Box::new(placing(quote, number)))).await;
        let capture = Capture {
            provider: provider.to_owned(),
            payment: payment.to_owned(),
            amount: order.price.total,
            method: PaymentMethod::Credit,
            at: now,
        };
        self.run(LineCommand::Capture(order.id, capture)).await
    }

    /// What time it is for the program: that of a file just written.
    fn machine_time(&self) -> Instant {
        let file = self.folder.path().join("time");
        std::fs::write(&file, "").unwrap();
        let written = std::fs::metadata(file).unwrap().modified().unwrap();
        let millis = written.duration_since(UNIX_EPOCH).unwrap().as_millis();
        Instant::from_millis(millis.try_into().unwrap())
    }

    /// Runs the program here: whether it went well, what it answered, what it said.
    pub(crate) fn farline(&self, arguments: &[&str]) -> (bool, String, String) {
        said(self.folder.path(), arguments)
    }
}

fn said(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let mut command = farline();
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let [answer, talk] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    (output.status.success(), answer, talk)
}

#[tokio::test]
async fn taxes_are_a_sheet_in_which_no_cell_is_a_formula() {
    let books = Books::open().await;
    books.sold(1, ("sandbox", "pay-1")).await;
    let wrong = books.sold(2, ("sandbox", "pay-2")).await;
    let header = "from,to,province,tax,registration,currency,delivered_base,delivered_tax,\
        reversed_base,reversed_tax,base,tax_due,posted,difference\n";
    let days = ["report", "tax", "--from", "2026-11-22", "--to", "2026-11-22"];
    let (is_well, sheet, talk) = books.farline(&days);
    let row = "2026-11-22,2026-11-22,ON,HST,'=1+1,CAD,60.00,7.80,0.00,0.00,60.00,7.80,7.80,0.00\n";
    assert_eq!((is_well, sheet.as_str()), (true, format!("{header}{row}").as_str()), "{talk}");
    assert!(talk.contains("difference 0"), "{talk}");

    books.run(LineCommand::WrongNumber(wrong.id)).await;
    let (is_well, answer, talk) = books.farline(&[&days[..], &["--json"]].concat());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let taxes = json!([{
        "province": "ON", "tax": "HST", "registration": "=1+1", "currency": "CAD",
        "delivered_base": 6000, "delivered_tax": 780, "reversed_base": 3000, "reversed_tax": 390,
        "base": 3000, "tax_due": 390, "posted": 390, "difference": 0,
    }]);
    assert!(is_well, "{talk}");
    assert_eq!(answer["taxes"], taxes);
    // Both days count whole, in the zone that is asked for: noon in Toronto is the next day in Auckland.
    let (_, sheet, _) = books.farline(&[&days[..], &["--zone", "Pacific/Auckland"]].concat());
    assert_eq!(sheet, header);
    let backwards = ["report", "tax", "--from", "2026-11-22", "--to", "2026-11-21"];
    assert!(!books.farline(&backwards).0);
}

#[tokio::test]
async fn what_a_provider_keeps_is_posted_once_however_often_its_file_comes() {
    let books = Books::open().await;
    let order = books.sold(1, ("stripe", "pi_1")).await.id.to_string();
    let at = "2026-11-22 17:00:00";
    let export = format!(
        "balance_transaction_id,created_utc,reporting_category,currency,gross,fee,source_id,\
        payment_intent_id,payment_metadata[farline_order]\n\
        txn_1,{at},charge,cad,33.90,1.28,ch_1,pi_1,{order}\n\
        txn_2,{at},fee,cad,-2.00,0.00,,,\n"
    );
    let Books { folder, store, .. } = books;
    std::fs::write(folder.path().join("stripe.csv"), export).unwrap();
    drop(store);
    for _ in 0..2 {
        let book = ["reconcile", "stripe", "stripe.csv", "--book-fees"];
        let (is_well, answer, talk) = said(folder.path(), &book);
        assert!(is_well && answer.contains("fees of 1 movements are booked"), "{answer}{talk}");
    }
    let (is_well, answer, talk) =
        said(folder.path(), &["report", "money", "--json", "--zone", "UTC"]);
    let report: Value = serde_json::from_str(&answer).unwrap();
    let figures = &report["currencies"][0];
    assert!(is_well, "{talk}");
    assert_eq!((&figures["fees"], &figures["difference"]), (&json!(128), &json!(0)), "{report}");
}

#[tokio::test]
async fn an_export_is_held_against_what_is_kept() {
    let books = Books::open().await;
    let order = books.sold(1, ("stripe", "pi_1")).await.id.to_string();
    let header = "balance_transaction_id,created_utc,reporting_category,currency,gross,fee,source_id,\
        payment_intent_id,payment_metadata[farline_order]\n";
    let at = "2026-11-22 17:00:00";
    let file = books.folder.path().join("stripe.csv");
    let known = format!("txn_1,{at},charge,cad,33.90,1.28,ch_1,pi_1,{order}\n");
    std::fs::write(&file, format!("{header}{known}")).unwrap();
    let (is_well, answer, talk) = books.farline(&["reconcile", "stripe", "stripe.csv"]);
    assert!(is_well, "{answer}{talk}");
    for (what, figure) in [("matched", "1"), ("captured, CAD", "33.90"), ("fees, CAD", "1.28")] {
        let line = format!("{what:<34}{figure:>18}\n");
        assert!(answer.contains(&line), "{line}{answer}");
    }

    let other = format!("txn_2,{at},charge,cad,10.00,0.59,ch_2,pi_2\u{1b}[31m,\n");
    std::fs::write(&file, format!("{header}{known}{other}")).unwrap();
    let (is_well, answer, talk) = books.farline(&["reconcile", "stripe", "stripe.csv"]);
    assert!(!is_well && talk.contains("1 difference"), "{answer}{talk}");
    let line = "theirs only            row 3  charge  theirs 10.00 CAD  pi_2[31m  no order";
    assert!(answer.starts_with(line), "{answer}");
    let json = ["reconcile", "stripe", "stripe.csv", "--json"];
    let lines: Vec<Value> =
        books.farline(&json).1.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [difference, summary] = &lines[..] else { panic!("{lines:?}") };
    assert_eq!((&difference["cause"], &difference["row"]), (&json!("theirs_only"), &json!(3)));
    assert_eq!(difference["theirs"], json!({ "amount": 1000, "currency": "CAD" }));
    assert_eq!((&summary["matched"], &summary["differences"]), (&json!(1), &json!(1)));

    let days = ["--from", "2026-11-21", "--to", "2026-11-22"];
    std::fs::write(&file, header).unwrap();
    let (is_well, answer, _) = books.farline(&[&json[..], &days].concat());
    assert!(!is_well && answer.contains("ours_only") && answer.contains("pi_1"), "{answer}");
    let (is_well, _, talk) = books.farline(&["reconcile", "paypal", "stripe.csv"]);
    assert!(!is_well && talk.contains("stripe.csv"), "{talk}");
}

#[tokio::test]
async fn the_doctor_says_how_payments_are() {
    let books = Books::open().await;
    let looked = || {
        let (is_well, answer, talk) = books.farline(&["doctor", "--json"]);
        assert!(is_well, "{talk}");
        serde_json::from_str::<Value>(&answer).unwrap()["payments"].clone()
    };
    // Nothing has served yet: there is no key of the stand-in, and looking makes none.
    assert_eq!(looked(), json!([]));
    assert!(!books.folder.path().join("keys").exists());

    let mut config = std::fs::read_to_string(books.folder.path().join("farline.toml")).unwrap();
    config += "\n[stripe]\nsecret_key = { file = \"no.key\" }\nwebhook_secrets = []\n";
    std::fs::write(books.folder.path().join("farline.toml"), config).unwrap();
    std::fs::create_dir(books.folder.path().join("keys")).unwrap();
    for name in ["api", "webhook"] {
        let file = format!("keys/sandbox-{name}.key");
        std::fs::write(books.folder.path().join(file), "ab".repeat(32)).unwrap();
    }
    let payments = looked();
    let (stripe, sandbox) = (&payments[0], &payments[1]);
    assert_eq!((&stripe["provider"], &stripe["answers"]), (&json!("stripe"), &json!(false)));
    assert!(stripe["silence"].as_str().unwrap().contains("no.key"), "{stripe}");
    assert!(stripe["warning"].as_str().unwrap().starts_with("no webhook ever came"), "{stripe}");
    assert_eq!((&sandbox["mode"], &sandbox["warning"]), (&json!("sandbox"), &json!(null)));

    // Money was taken at both within the week, and a webhook came from one, long ago.
    let now = books.machine_time();
    books.now.set(now);
    books.sold(1, ("stripe", "pi_1")).await;
    books.sold(2, ("sandbox", "pay_1")).await;
    let seen = now.plus_seconds(-7 * 24 * 60 * 60 - 60);
    books.store.note_event("stripe", "evt_1", seen).await.unwrap();
    let payments = looked();
    assert_eq!(payments[0]["newest_webhook"], json!(seen.rfc3339()));
    let warning = |place: usize| payments[place]["warning"].as_str().unwrap().to_owned();
    assert!(warning(0).contains("for 7 days"), "{payments}");
    assert!(warning(1).contains("no webhook ever came"), "{payments}");
    books.store.note_event("stripe", "evt_2", now.plus_seconds(-60)).await.unwrap();
    books.store.note_event("sandbox", "evt_1", now.plus_seconds(-60)).await.unwrap();
    let payments = looked();
    assert_eq!((&payments[0]["warning"], &payments[1]["warning"]), (&json!(null), &json!(null)));
    let (_, told, _) = books.farline(&["doctor"]);
    assert!(told.contains("payments   stripe   not usable DOES NOT ANSWER"), "{told}");
}
