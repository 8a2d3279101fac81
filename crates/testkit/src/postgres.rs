//! A PostgreSQL server of the tests' own: started by the first test that needs it, shared by all
//! processes of the run, and stopped and removed some seconds after the last of them has ended. The
//! machine's own clusters are not touched. Where PostgreSQL is not installed, tests fail.
//!
//! `FARLINE_CITUS_CLUSTER` names the folder of a trial cluster that `tests/citus/cluster.sh` has started:
//! then every database is made there, and the same tests run spread over its machines.

use crate::postgres_programs::{Programs, text};
use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File, OpenOptions};
use std::hash::{Hash, Hasher};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the throw-away cluster runs. It loses everything when the machine fails, which no test of what
/// is decided and written looks at; what measures durability starts a server of its own.
const OPTIONS: &str = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off \
    -c max_wal_size=256MB";
/// The role that the tests are: not a superuser, as an operator's would not be.
const ROLE: &str = "farline";
/// Stops the server when no test has used it for a while, and removes its folder. `$1` is the folder,
/// `$2` where the programs are. Every test process holds the file `users` locked with others.
const WATCH: &str = r#"cd / && while :; do
    flock --exclusive "$1/users" true || exit
    sleep 15
    if flock --exclusive --nonblock "$1/users" sh -c '"$2/pg_ctl" stop -D "$1/data" -m immediate -w; rm -rf "$1/data"' watch "$1" "$2"
    then exit; fi
done"#;

/// A running server.
#[derive(Debug)]
pub struct PostgresServer {
    folder: PathBuf,
    programs: Programs,
    /// The coordinator's port, if this is a cluster.
    port: Option<String>,
    _in_use: File,
}

static SERVER: OnceLock<PostgresServer> = OnceLock::new();
static NEXT: AtomicU64 = AtomicU64::new(0);

impl PostgresServer {
    /// The server of this run.
    pub fn shared() -> &'static Self {
        SERVER.get_or_init(Self::start)
    }

    /// Whether it is a coordinator of Citus, whose databases are to be spread.
    pub fn is_cluster(&self) -> bool {
        self.port.is_some()
    }

    /// Makes an empty database, and gives its name.
    pub fn database(&self) -> String {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("t{}_{number}", std::process::id());
        if self.is_cluster() {
            self.cluster("database", &name);
            return name;
        }
        // A name may be left over from a process whose number this one has now.
        self.say(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        self.say(&format!("CREATE DATABASE {name}"));
        name
    }

    /// Removes a database with everything in it, ending whoever is still connected.
    pub fn discard(&self, database: &str) {
        if self.is_cluster() {
            return self.cluster("drop", database);
        }
        self.say(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
    }

    /// The URL of a database.
    pub fn url(&self, database: &str) -> String {
        if let Some(port) = &self.port {
            return format!("postgres://{ROLE}@127.0.0.1:{port}/{database}");
        }
        let socket = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://{ROLE}@{socket}/{database}")
    }

    /// Runs SQL in a database as a superuser, and gives what it answers, one line per row.
    pub fn superuser(&self, database: &str, sql: &str) -> String {
        self.psql("postgres", database, sql)
    }

    fn say(&self, sql: &str) {
        self.psql(ROLE, "postgres", sql);
    }

    fn psql(&self, role: &str, database: &str, sql: &str) -> String {
        let who = ["--username", role, "--dbname", database];
        let socket = text(&self.folder);
        let place = match &self.port {
            Some(port) => vec!["--host", "127.0.0.1", "--port", port],
            None => vec!["--host", &socket],
        };
        self.programs.psql(&[&who[..], &place].concat(), sql)
    }

    /// Does something with the cluster as a whole.
    fn cluster(&self, verb: &str, database: &str) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/citus/cluster.sh");
        let mut command = Command::new(script);
        command.arg(verb).arg(&self.folder).arg(database);
        let done = command.stdin(Stdio::null()).output().expect("the script runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{verb} {database}: {said}");
    }

    fn start() -> Self {
        if let Some(folder) = std::env::var_os("FARLINE_CITUS_CLUSTER") {
            let programs = std::env::var_os("FARLINE_CITUS_BIN").expect("the cluster's programs");
            let port = std::env::var("FARLINE_CITUS_PORT").unwrap_or_else(|_| "9700".to_owned());
            let lock = std::env::temp_dir().join("farline-citus");
            return Self {
                folder: PathBuf::from(folder),
                programs: Programs::of(PathBuf::from(programs)),
                port: Some(port),
                _in_use: File::create(lock).expect("a lock file"),
            };
        }
        let programs = Programs::installed();
        let folder = folder();
        fs::create_dir_all(&folder).expect("a folder for the server");
        let open = |name: &str| {
            let path = folder.join(name);
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
            file.expect("a lock file")
        };
        let in_use = open("users");
        in_use.lock_shared().expect("the server is in use");
        let starting = open("starting");
        starting.lock().expect("one process starts the server");
        let server = Self { folder, programs, port: None, _in_use: in_use };
        if !server.answers() {
            server.set_up();
        }
        server
    }

    fn answers(&self) -> bool {
        self.programs.try_run("pg_isready", &["--quiet", "--host", &text(&self.folder)])
    }

    fn set_up(&self) {
        let (folder, programs) = (&self.folder, &self.programs);
        let (data, log) = (folder.join("data"), text(&folder.join("log")));
        // What a killed run has left is of no use.
        let _ = fs::remove_dir_all(&data);
        programs.own(folder);
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("permissions");
        let (data, options) = (text(&data), format!("{OPTIONS} -k {}", folder.display()));
        let new = ["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"];
        programs.run(folder, "initdb", &new);
        programs.run(folder, "pg_ctl", &["-D", &data, "start", "-w", "-l", &log, "-o", &options]);
        self.psql("postgres", "postgres", &format!("CREATE ROLE {ROLE} LOGIN CREATEDB"));
        let mut watch = Command::new("sh");
        watch.args(["-c", WATCH, "watch"]).arg(folder).arg(programs.folder()).process_group(0);
        // The lock file is read by the watcher, who is the server's user.
        programs.own(&folder.join("users"));
        programs.apart(&mut watch);
        // It outlives this process, so nobody here waits for it.
        drop(watch.spawn().expect("the watcher starts"));
    }
}

/// Where this build's server lives: short, as it holds a socket, and open to the server's user.
fn folder() -> PathBuf {
    let build = std::env::current_exe().expect("the test's own path");
    let mut hash = DefaultHasher::new();
    build.parent().hash(&mut hash);
    std::env::temp_dir().join(format!("farline-pg-{:08x}", hash.finish() & 0xffff_ffff))
}
