//! Going back to a moment on PostgreSQL, as docs/operate/backup.md tells it: a copy of the server, its
//! archived log, and a time between two orders.

use crate::postgres::{Program, farline, text};
use farline_testkit::Cluster;

#[test]
fn a_database_goes_back_to_a_moment_between_two_orders() {
    let cluster = Cluster::archiving();
    let url = cluster.url();
    let mut program = Program::start(&url);
    cluster.back_up();
    let before = program.renew("before-the-moment");
    let moment = cluster.superuser("postgres", "SELECT clock_timestamp()");
    let after = program.renew("after-the-moment");
    program.stop();
    let run = |words: &[&str]| {
        let mut command = farline();
        command.args(words).arg("--data").arg(program.folder.path()).env("FARLINE_STORE", &url);
        let output = command.output().unwrap();
        (output.status.success(), text(&output))
    };
    let shown =
        |order: &serde_json::Value| run(&["orders", "show", order["reference"].as_str().unwrap()]);
    assert!(shown(&after).1.contains("delivered"), "{:?}", shown(&after));
    cluster.archive_all();
    cluster.restore_to(&moment);
    let (_, said) = shown(&before);
    assert!(said.contains("delivered"), "{said}");
    let (is_content, said) = shown(&after);
    assert!(!is_content && said.contains("there is no order"), "{said}");
    let (is_content, said) = run(&["doctor", "--deep"]);
    assert!(is_content && said.contains("every invariant holds"), "{said}");
    // A copy of an SQLite file is not what one takes of this.
    let copy = program.folder.path().join("copy");
    let (is_content, said) = run(&["backup", copy.to_str().unwrap()]);
    assert!(!is_content && said.contains("pg_basebackup"), "{said}");
}
