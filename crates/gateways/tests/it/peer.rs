//! Peers are programs that others wrote, started for one test, telling in JSON lines what they hear.

#![expect(clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Longer than anything takes on a busy machine; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) struct Peer {
    /// Killed with the test.
    _process: Child,
    commands: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// Where it listens on 127.0.0.1.
    pub(super) port: u16,
}

/// A file among the installed peers; a test without its peer fails.
fn installed(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.test-tools");
    let file = root.join(path);
    assert!(file.exists(), "{path} is missing: run ./test, which installs the peers");
    file
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(name)
}

/// The Python that has the peers' packages.
pub(super) fn python() -> Command {
    let mut command = Command::new(installed("venv/bin/python"));
    installed("venv.stamp");
    command.kill_on_drop(true);
    command
}

/// A Python script beside this test, with its arguments still to come.
pub(super) fn python_script(name: &str) -> Command {
    let mut command = python();
    command.arg(script(name));
    command
}

/// The SMPP server; on a given port to come back where another has died.
pub(super) fn smpp_server(port: u16) -> Command {
    installed("node.stamp");
    installed("node/node_modules/smpp/package.json");
    let mut command = Command::new("node");
    command.kill_on_drop(true);
    command.arg(script("smpp_peer.mjs")).arg(installed("node")).arg(port.to_string());
    command
}

/// Runs a program to its end with this input, and gives its output.
pub(super) async fn answer_of(mut command: Command, input: &str) -> String {
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("run ./test, which installs the peers");
    let mut stdin = process.stdin.take().expect("a piped input");
    stdin.write_all(input.as_bytes()).await.expect("the oracle reads its input");
    drop(stdin);
    let output = process.wait_with_output().await.expect("the oracle ends");
    assert!(output.status.success(), "the oracle failed");
    String::from_utf8(output.stdout).expect("the oracle writes UTF-8")
}

impl Peer {
    pub(super) async fn start(mut command: Command) -> Self {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("run ./test, which installs the peers");
        let commands = process.stdin.take().expect("a piped input");
        let lines = BufReader::new(process.stdout.take().expect("a piped output")).lines();
        let mut peer = Self { _process: process, commands, lines, port: 0 };
        let port = peer.next("listening").await.as_u64().expect("a port");
        peer.port = u16::try_from(port).expect("a port");
        peer
    }

    /// What the peer next tells under this name; what it tells under others is passed over.
    pub(super) async fn next(&mut self, name: &str) -> Value {
        loop {
            if let Some(value) = self.line(name).await.get_mut(name) {
                return value.take();
            }
        }
    }

    /// Whatever the peer tells next, while something of this name is awaited.
    pub(super) async fn line(&mut self, name: &str) -> Value {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line())
            .await
            .unwrap_or_else(|_| panic!("the peer never told {name}"))
            .expect("a readable peer")
            .unwrap_or_else(|| panic!("the peer ended before telling {name}"));
        serde_json::from_str(&line).expect("JSON lines")
    }

    pub(super) async fn command(&mut self, line: &str) {
        self.commands.write_all(format!("{line}\n").as_bytes()).await.expect("a listening peer");
    }
}

/// A port on which nobody listens.
pub(super) fn deserted_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}
