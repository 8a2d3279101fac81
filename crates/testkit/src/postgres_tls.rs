//! A PostgreSQL server that speaks TLS over the loopback interface, with a certificate that it signed
//! itself, for `localhost` alone. It ends with its test.

use crate::postgres_programs::{Programs, text};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running server.
#[derive(Debug)]
pub struct TlsServer {
    folder: PathBuf,
    programs: Programs,
    port: u16,
}

/// Makes a certificate and its key in a folder.
fn certificate(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(format!("{name}.pem"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    openssl.args(["-nodes", "-days", "30", "-subj", &format!("/CN={name}")]);
    openssl.args(["-addext", "subjectAltName=DNS:localhost"]);
    openssl.args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"]);
    openssl.arg(folder.join(format!("{name}.key"))).arg("-out").arg(&file);
    let made = openssl.stdin(Stdio::null()).output().expect("openssl is installed");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    file
}

impl TlsServer {
    /// Starts one.
    pub fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let folder = std::env::temp_dir().join(format!("farline-tls-{port}"));
        fs::create_dir_all(&folder).expect("a folder for the server");
        certificate(&folder, "localhost");
        certificate(&folder, "stranger");
        let server = Self { folder, programs: Programs::installed(), port };
        for (name, mode) in [("", 0o755), ("localhost.key", 0o600), ("localhost.pem", 0o644)] {
            let path = server.folder.join(name);
            server.programs.own(&path);
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("permissions");
        }
        server.run("initdb", &["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]);
        let place = server.folder.display();
        // In its file, so that it can be changed while the server runs.
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n\
             fsync = off\nssl = on\nssl_cert_file = '{place}/localhost.pem'\n\
             ssl_key_file = '{place}/localhost.key'\n"
        );
        let file = OpenOptions::new().append(true).open(server.folder.join("data/postgresql.conf"));
        let written = file.and_then(|mut file| file.write_all(settings.as_bytes()));
        written.expect("the server's settings");
        let log = format!("{place}/log");
        server.run("pg_ctl", &["start", "-w", "-l", &log]);
        server
    }

    /// The certificate that it shows.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("localhost.pem")
    }

    /// A certificate of the same name that it does not show.
    pub fn another_certificate(&self) -> PathBuf {
        self.folder.join("stranger.pem")
    }

    /// The URL of its database under a name of the host, with what is asked for after it.
    pub fn url(&self, host: &str, options: &str) -> String {
        format!("postgres://postgres@{host}:{}/postgres?{options}", self.port)
    }

    /// Runs SQL, and gives what it answers.
    pub fn say(&self, sql: &str) -> String {
        self.programs.psql(&["--dbname", &self.url("127.0.0.1", "sslmode=disable")], sql)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let data = text(&self.folder.join("data"));
        self.programs.run(&self.folder, program, &[&["-D", &data], arguments].concat());
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.run("pg_ctl", &["stop", "-m", "immediate", "-w"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
