//! PostgreSQL's own programs, run for the servers of the tests. PostgreSQL refuses to run as root; then
//! its programs run as the distribution's user for it, or as nobody.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The newest programs that are installed, and as whom they run.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    folder: PathBuf,
    user: Option<(u32, u32)>,
}

impl Programs {
    /// Those that are installed.
    ///
    /// # Panics
    /// Where there are none.
    pub(crate) fn installed() -> Self {
        let folder = newest().expect(
            "PostgreSQL's server programs are installed (Debian: apt-get install postgresql)",
        );
        Self::of(folder)
    }

    /// Those in a folder.
    pub(crate) fn of(folder: PathBuf) -> Self {
        Self { folder, user: unprivileged() }
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a file or folder the server's user's.
    pub(crate) fn own(&self, path: &Path) {
        if let Some((user, group)) = self.user {
            chown(path, Some(user), Some(group)).expect("it is the server's user's");
        }
    }

    /// Lets a command run as the server's user. Nothing of the test's is inherited, so that nobody waits
    /// for it to end.
    pub(crate) fn apart(&self, command: &mut Command) {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
    }

    /// Runs a program to its end; whether it did what it should.
    pub(crate) fn try_run(&self, program: &str, arguments: &[&str]) -> bool {
        let mut command = Command::new(self.folder.join(program));
        command.args(arguments).current_dir("/");
        self.apart(&mut command);
        command.status().expect("the program runs").success()
    }

    /// Runs a program for a server, whose folder is told should it fail.
    pub(crate) fn run(&self, server: &Path, program: &str, arguments: &[&str]) {
        let done = self.try_run(program, arguments);
        assert!(done, "{program} failed: see {}", server.join("log").display());
    }

    /// Runs SQL where the arguments lead to, and gives what it answers, one line per row.
    pub(crate) fn psql(&self, place: &[&str], sql: &str) -> String {
        let mut psql = Command::new(self.folder.join("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        psql.args(["--set", "ON_ERROR_STOP=1"]).args(place).args(["--command", sql]);
        let answer = psql.stdin(Stdio::null()).output().expect("psql runs");
        let said = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "{sql}: {said}");
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> String {
    path.display().to_string()
}

fn newest() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FARLINE_POSTGRES_BIN") {
        return Some(PathBuf::from(named));
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = found.into_iter().rev().map(|(_, folder)| folder);
    debian.chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").is_file())
}

fn unprivileged() -> Option<(u32, u32)> {
    let own = fs::metadata("/proc/self").expect("this process").uid();
    if own != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let find = |name: &str| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let is_it = fields.next() == Some(name);
            let (user, group) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
            is_it.then_some((user, group))
        })
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("a user without privileges"))
}
