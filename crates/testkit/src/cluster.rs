//! A PostgreSQL server of one test's own, for what is done to a whole server: it archives its log, is
//! copied while it runs, and goes back to a moment.

use crate::postgres_programs::{Programs, text};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The role that the tests are.
const ROLE: &str = "farline";
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A running server that archives its log.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: Programs,
}

impl Cluster {
    /// Starts a server.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed, and when anything of it fails.
    pub fn archiving() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("farline-own-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("archive")).expect("a folder for the server");
        File::create(folder.join("starting")).expect("a file of one's own");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("permissions");
        let cluster = Self { folder, programs: Programs::installed() };
        cluster.programs.own(&cluster.folder);
        cluster.programs.own(&cluster.archive());
        let data = cluster.data();
        cluster.run("initdb", &["-D", &text(&data), "-U", "postgres", "-A", "trust", "-N"]);
        let archive = text(&cluster.archive());
        cluster.configure(&format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nwal_level = replica\n\
             archive_mode = on\narchive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'\n\
             shared_buffers = 32MB\nmax_wal_size = 256MB\n",
            cluster.folder.display()
        ));
        cluster.start();
        cluster.superuser("postgres", &format!("CREATE ROLE {ROLE} LOGIN CREATEDB"));
        cluster.superuser("postgres", &format!("CREATE DATABASE {ROLE} OWNER {ROLE}"));
        cluster
    }

    /// The URL of its database.
    pub fn url(&self) -> String {
        let socket = text(&self.folder).replace('/', "%2F");
        format!("postgres://{ROLE}@{socket}/{ROLE}")
    }

    /// Runs SQL as a superuser, and gives what it answers, one line per row.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn superuser(&self, database: &str, sql: &str) -> String {
        let socket = text(&self.folder);
        let place = ["--username", "postgres", "--dbname", database, "--host", &socket];
        self.programs.psql(&place, sql)
    }

    /// Copies the whole server while it runs.
    pub fn back_up(&self) {
        let (base, host) = (text(&self.base()), text(&self.folder));
        self.run("pg_basebackup", &["-D", &base, "-h", &host, "-U", "postgres", "-c", "fast"]);
    }

    /// Waits until everything that was committed is in the archive.
    ///
    /// # Panics
    /// When that takes too long.
    pub fn archive_all(&self) {
        let segment = self.superuser("postgres", "SELECT pg_walfile_name(pg_switch_wal())");
        let began = Instant::now();
        while !self.archive().join(&segment).exists() {
            assert!(began.elapsed() < PATIENCE, "{segment} is not archived");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Goes back: the copy in place of the data, and the archived log up to a moment, as the server
    /// itself wrote it (`SELECT clock_timestamp()`).
    ///
    /// # Panics
    /// When the server does not come up again.
    pub fn restore_to(&self, moment: &str) {
        self.stop();
        let (data, archive) = (self.data(), text(&self.archive()));
        fs::rename(&data, self.folder.join("data.before")).expect("the old data moves away");
        let copied = Command::new("cp").arg("-a").arg(self.base()).arg(&data).status();
        assert!(copied.is_ok_and(|status| status.success()), "the copy is put in place");
        self.configure(&format!(
            "restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n\
             recovery_target_action = 'promote'\n"
        ));
        let signal = data.join("recovery.signal");
        File::create(&signal).expect("the signal");
        self.programs.own(&signal);
        self.start();
        let began = Instant::now();
        while self.superuser("postgres", "SELECT pg_is_in_recovery()") != "f" {
            assert!(began.elapsed() < PATIENCE, "it recovers for ever");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn base(&self) -> PathBuf {
        self.folder.join("base")
    }

    fn archive(&self) -> PathBuf {
        self.folder.join("archive")
    }

    fn configure(&self, settings: &str) {
        let path = self.data().join("postgresql.conf");
        let file = OpenOptions::new().append(true).open(path);
        file.expect("the configuration").write_all(settings.as_bytes()).expect("settings");
    }

    fn start(&self) {
        let (data, log) = (text(&self.data()), text(&self.folder.join("log")));
        self.run("pg_ctl", &["start", "-w", "-t", "120", "-D", &data, "-l", &log]);
    }

    fn stop(&self) {
        self.run("pg_ctl", &["stop", "-w", "-m", "fast", "-D", &text(&self.data())]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        self.programs.run(&self.folder, program, arguments);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A server that is gone already needs no stopping.
        self.programs.try_run("pg_ctl", &["stop", "-m", "immediate", "-D", &text(&self.data())]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
