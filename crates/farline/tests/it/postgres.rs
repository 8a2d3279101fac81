//! The program on PostgreSQL, from outside: a guest renews a card, another process shares the
//! database, and the checker finds nothing.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use farline_testkit::PostgresServer;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Program {
    child: Child,
    address: String,
    pub(crate) folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn farline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farline"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Program {
    pub(crate) fn start(url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut demo = farline();
        demo.args(["demo", "--port", "0"]).arg("--data").arg(folder.path());
        demo.env("FARLINE_STORE", url);
        Self::started(demo, folder, "is running: http://")
    }

    /// Starts a command that serves and says where after these words.
    pub(crate) fn started(mut command: Command, folder: TempDir, words: &str) -> Self {
        let mut child = command.spawn().unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(talk.read_line(&mut line).unwrap(), 0, "it ended: {said}");
            if let Some((_, address)) = line.trim().split_once(words) {
                break address.split(' ').next().unwrap_or_default().to_owned();
            }
            said.push_str(&line);
        };
        // What it says later is read away, so that it never waits.
        std::thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
        Self { child, address, folder }
    }

    /// Sends a request and gives the status and the body.
    pub(crate) fn send(&self, head: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (address, length) = (&self.address, body.len());
        let request = format!(
            "{head}\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> Value {
        let json = "content-type: application/json";
        let head = format!("POST {path} HTTP/1.1\r\n{json}\r\nidempotency-key: {key}");
        let (status, answer) = self.send(&head, &body.to_string());
        assert_eq!(status, 201, "{answer}");
        serde_json::from_str(&answer).unwrap()
    }

    /// The order as the holder of its token sees it.
    fn order(&self, order: &Value) -> Value {
        let (id, token) = (order["id"].as_str().unwrap(), order["token"].as_str().unwrap());
        let head = format!("GET /api/v1/orders/{id} HTTP/1.1\r\nauthorization: Bearer {token}");
        serde_json::from_str(&self.send(&head, "").1).unwrap()
    }

    /// A guest renews a card, asking twice with one key. Returns the order, which is delivered.
    pub(crate) fn renew(&self, name: &str) -> Value {
        let wanted = json!({"line": "+1 416 555 0100", "plan": "maplewave-5gb", "province": "ON"});
        let quote = self.post("/api/v1/quotes", &format!("a-key-of-a-quote-{name}"), &wanted);
        let key = format!("a-key-of-an-order-{name}");
        let contact = json!({"email": "payer@example.org"});
        let placing = json!({"quote": quote["id"], "contact": contact, "language": "en-CA"});
        let order = self.post("/api/v1/orders", &key, &placing);
        assert_eq!(self.post("/api/v1/orders", &key, &placing), order, "the same answer again");
        let page = order["pay_url"].as_str().unwrap().rsplit_once("/sandbox").unwrap().1.to_owned();
        let form = "content-type: application/x-www-form-urlencoded";
        let card = "cc-number=4242424242424242&cc-exp=12%2F39&cc-csc=123";
        let paid = self.send(&format!("POST /sandbox{page} HTTP/1.1\r\n{form}"), card);
        assert_eq!(paid.0, 303, "{}", paid.1);
        let began = Instant::now();
        while self.order(&order)["state"] != "delivered" {
            assert!(began.elapsed() < PATIENCE, "{}", self.order(&order));
            std::thread::sleep(Duration::from_millis(50));
        }
        order
    }

    /// Ends it in good order; its folder stays.
    pub(crate) fn stop(&mut self) {
        // Whoever answers has heard how it will be told.
        assert_eq!(self.send("GET /readyz HTTP/1.1", "").0, 200);
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

pub(crate) fn text(output: &Output) -> String {
    let (said, told) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(said), String::from_utf8_lossy(told))
}

#[test]
fn a_card_is_renewed_on_postgresql_and_two_programs_share_it() {
    let server = PostgresServer::shared();
    let database = server.database();
    let url = server.url(&database);
    let first = Program::start(&url);
    let order = first.renew("of-a-guest");
    // Another program on the same database has the line as it stands now.
    let second = Program::start(&url);
    let shown = farline()
        .args(["orders", "show", order["reference"].as_str().unwrap(), "--json"])
        .arg("--data")
        .arg(second.folder.path())
        .env("FARLINE_STORE", &url)
        .output()
        .unwrap();
    assert!(text(&shown).contains("delivered"), "{}", text(&shown));
    let (ready, _) = second.send("GET /readyz HTTP/1.1", "");
    assert_eq!(ready, 200);
    let doctor = farline()
        .args(["doctor", "--deep", "--data"])
        .arg(first.folder.path())
        .env("FARLINE_STORE", &url)
        .output()
        .unwrap();
    assert!(text(&doctor).contains("every invariant holds"), "{}", text(&doctor));
    let report = |more: &[&str]| {
        let mut command = farline();
        command.args(["report", "money"]).args(more).arg("--data").arg(first.folder.path());
        let output = command.env("FARLINE_STORE", &url).output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let day = report(&[]);
    assert!(day.contains("taken in by sandbox") && day.contains("difference"), "{day}");
    let rows = report(&["--rows", "--json"]);
    let (rows, sums) = rows.trim().rsplit_once('\n').unwrap();
    let sums: Value = serde_json::from_str(sums).unwrap();
    let cad = &sums["currencies"][0];
    assert_eq!((&cad["difference"], &cad["held"]), (&json!(0), &json!(0)), "{cad}");
    assert_eq!(cad["delivered"], cad["taken"]["provider:sandbox"], "{cad}");
    let kinds: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let of = |kind: &str| kinds.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((of("capture"), of("deliver"), kinds.len()), (1, 1, 2), "{rows}");
    assert!(report(&["--day", "2001-01-01"]).contains("No money moved on 2001-01-01"));
    drop((first, second));
    server.discard(&database);
}

#[test]
fn a_url_with_a_slip_in_it_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("farline.toml");
    let example = include_str!("../../../../config.example.toml");
    for url in ["postgre://farline:tell-nobody@db/x", "postgres://farline:tell-nobody@:port/x"] {
        let named = example.replace("# store = \"sqlite\"", &format!("store = \"{url}\""));
        assert_ne!(named, example);
        std::fs::write(&file, named).unwrap();
        let by_file = farline().args(["doctor", "--config"]).arg(&file).output().unwrap();
        let data = folder.path();
        let by_word =
            farline().args(["doctor", "--store", url, "--data"]).arg(data).output().unwrap();
        for output in [by_file, by_word] {
            assert!(!output.status.success());
            let said = text(&output);
            assert!(said.contains("postgres://") && !said.contains("tell-nobody"), "{said}");
        }
    }
}
