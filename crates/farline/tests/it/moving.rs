//! The program moves house and takes copies, from outside.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::postgres::{Program, farline, text};
use farline_testkit::PostgresServer;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A database that goes when the test ends.
struct Database {
    name: String,
    url: String,
}

impl Database {
    fn new() -> Self {
        let server = PostgresServer::shared();
        let name = server.database();
        let url = server.url(&name);
        Self { name, url }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        PostgresServer::shared().discard(&self.name);
    }
}

/// Runs the program on a data folder and a store. Returns what it said, and whether it was content.
fn run(words: &[&str], data: &Path, store: &str) -> (bool, String) {
    let mut command = farline();
    command.args(words).arg("--data").arg(data).env("FARLINE_STORE", store);
    let output = command.output().unwrap();
    (output.status.success(), text(&output))
}

fn done(words: &[&str], data: &Path, store: &str) -> String {
    let (is_content, said) = run(words, data, store);
    assert!(is_content, "{words:?}: {said}");
    said
}

fn refused(words: &[&str], data: &Path, store: &str) -> String {
    let (is_content, said) = run(words, data, store);
    assert!(!is_content, "{words:?}: {said}");
    said
}

/// What an operator copies by hand: keys and journals.
fn with_keys_of(data: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copied = std::process::Command::new("sh")
        .args(["-c", "cp -a \"$1\"/keys \"$1\"/*.jsonl \"$1\"/receipt-key.pub \"$2\"", "copy"])
        .arg(data)
        .arg(folder.path())
        .status();
    assert!(copied.unwrap().success());
    folder
}

fn proof_in(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().find(|line| line.starts_with("{\"proof\"")).unwrap().to_owned()
}

fn named(folder: &TempDir, name: &str) -> (std::path::PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

#[test]
fn a_house_moves_to_postgresql_and_back() {
    let files = tempfile::tempdir().unwrap();
    let ((out, out_name), (back, back_name)) = (named(&files, "out"), named(&files, "back"));
    let mut program = Program::start("sqlite");
    let order = program.renew("of-a-mover");
    let reference = order["reference"].as_str().unwrap().to_owned();
    let data = program.folder.path().to_owned();
    let said = refused(&["export", &out_name], &data, "sqlite");
    assert!(said.contains("To move house, stop the program first"), "{said}");
    let (_, look) = named(&files, "look");
    let said = done(&["export", &look, "--while-running"], &data, "sqlite");
    assert!(said.contains("What is written from now on is not in it"), "{said}");
    program.stop();
    let said = done(&["export", &out_name], &data, "sqlite");
    assert!(said.contains("orders, delivered (CAD)"), "{said}");
    assert!(said.contains("keys/secrets.key") && said.contains("sandbox.jsonl"), "{said}");
    assert!(!said.contains("What is written from now on"), "{said}");
    for key in std::fs::read_dir(data.join("keys")).unwrap() {
        let key = std::fs::read_to_string(key.unwrap().path()).unwrap();
        assert!(!std::fs::read_to_string(&out).unwrap().contains(key.trim()), "a key travels");
    }

    let there = Database::new();
    let import = ["import", "installation", &out_name];
    let strange = tempfile::tempdir().unwrap();
    let said = refused(&import, strange.path(), &there.url);
    assert!(said.contains("keys/secrets.key is missing"), "{said}");
    assert!(std::fs::read_dir(strange.path()).unwrap().next().is_none(), "nothing is made there");
    let other = with_keys_of(&data);
    std::fs::write(other.path().join("keys/secrets.key"), "0".repeat(64)).unwrap();
    let said = refused(&import, other.path(), &there.url);
    assert!(said.contains("keys/secrets.key is another one"), "{said}");
    let half = std::fs::read(&out).unwrap();
    let (cut, cut_name) = named(&files, "cut");
    std::fs::write(&cut, &half[..half.len() / 3]).unwrap();
    let said = refused(&["import", "installation", &cut_name], &data, &there.url);
    assert!(said.contains("cut short: it ends after octet"), "{said}");

    let said = done(&["import", "installation", &out_name, "--dry-run"], &data, &there.url);
    assert!(said.contains("is whole. Nothing was changed."), "{said}");
    let said = done(&import, &data, &there.url);
    assert!(said.contains("IN THE FILE") && said.contains("equal"), "{said}");
    assert!(!said.contains("DIFFERENT"), "{said}");
    assert!(said.contains("Every invariant holds. It can be started."), "{said}");
    let said = refused(&import, &data, &there.url);
    assert!(said.contains("the database is not empty"), "{said}");
    assert!(done(&["orders", "show", &reference], &data, &there.url).contains("delivered"));

    done(&["export", &back_name], &data, &there.url);
    assert_eq!(proof_in(&back), proof_in(&out));
    let home = with_keys_of(&data);
    done(&["import", "installation", &back_name], home.path(), "sqlite");
    assert!(done(&["orders", "show", &reference], home.path(), "sqlite").contains("delivered"));
    let said = done(&["doctor", "--deep"], home.path(), "sqlite");
    assert!(said.contains("every invariant holds"), "{said}");
}

#[test]
fn whenever_it_is_killed_nothing_or_everything_is_there() {
    let files = tempfile::tempdir().unwrap();
    let (_, file) = named(&files, "house");
    let mut program = Program::start("sqlite");
    program.stop();
    let data = program.folder.path().to_owned();
    done(&["export", &file], &data, "sqlite");
    let database = Database::new();
    for store in ["sqlite", &database.url] {
        let home = with_keys_of(&data);
        let mut is_whole = false;
        for wait in [5, 15, 30, 45, 60, 80, 110, 150] {
            let mut import = farline();
            import.args(["import", "installation", &file]).arg("--data").arg(home.path());
            let mut killed = import.env("FARLINE_STORE", store).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            let _ = killed.kill();
            killed.wait().unwrap();
            let (is_content, said) = run(&["doctor", "--json"], home.path(), store);
            is_whole = is_content && said.contains("\"lines\":200");
            assert!(is_whole || !is_content || said.contains("\"lines\":0"), "{wait}: {said}");
        }
        if !is_whole {
            done(&["import", "installation", &file], home.path(), store);
        }
        let said = done(&["doctor", "--deep"], home.path(), store);
        assert!(said.contains("every invariant holds"), "{said}");
    }
}

#[test]
fn copies_are_taken_while_cards_are_renewed() {
    let files = tempfile::tempdir().unwrap();
    let mut program = Program::start("sqlite");
    let data = program.folder.path().to_owned();
    std::thread::scope(|scope| {
        let renewing = scope.spawn(|| {
            for number in 0..4 {
                program.renew(&format!("of-guest-{number}"));
            }
        });
        for number in 0..3 {
            let (_, copy) = named(&files, &format!("copy-{number}"));
            let said = done(&["backup", &copy], &data, "sqlite");
            assert!(said.contains(&format!("farline backup verify {copy}")), "{said}");
            let verified = farline().args(["backup", "verify", &copy]).output().unwrap();
            let said = text(&verified);
            assert!(verified.status.success(), "{said}");
            for line in ["as when it was made", "whole", "every one holds", "yes, with the keys"] {
                assert!(said.contains(line), "{said}");
            }
        }
        renewing.join().unwrap();
    });
    program.stop();
    let (copy, name) = named(&files, "copy-2");
    // Restored, it is an installation again.
    let home = with_keys_of(&data);
    std::fs::copy(&copy, home.path().join("farline.db")).unwrap();
    let said = done(&["doctor", "--deep"], home.path(), "sqlite");
    assert!(said.contains("every invariant holds"), "{said}");
    // A single altered octet is found, wherever it is.
    let mut octets = std::fs::read(&copy).unwrap();
    let middle = octets.len() / 2;
    octets[middle] ^= 1;
    std::fs::write(&copy, octets).unwrap();
    let verified = farline().args(["backup", "verify", &name]).output().unwrap();
    let said = text(&verified);
    assert!(!verified.status.success() && said.contains("DIFFERENT"), "{said}");
    assert!(said.contains("NO: do not restore it"), "{said}");
    // What is no database is told, too.
    std::fs::write(&copy, "not a database at all").unwrap();
    let verified = farline().args(["backup", "verify", &name]).output().unwrap();
    let said = text(&verified);
    assert!(!verified.status.success() && said.contains("cannot be opened"), "{said}");
    let said = refused(&["backup", &name], &data, "sqlite");
    assert!(said.contains("a file of this name already"), "{said}");
}
