//! What people read, against tables that a person has read: every notice to every recipient in
//! every language, the documents, the labels, and that no text is missing.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod auto_renew;
mod business;
mod labels;
mod messages;
mod notices;
mod papers;
mod samples;
mod segments;
mod texts;

use std::path::Path;

/// Compares a text with the file that a person has read. When they differ, what it is now stands in
/// the build's temporary folder, to be read and copied.
fn check_table(name: &str, now: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/wording");
    let kept = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    if kept == now {
        return;
    }
    let differs = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&differs, now).unwrap();
    let line = kept.lines().zip(now.lines()).position(|(kept, now)| kept != now);
    let line = line.unwrap_or_else(|| kept.lines().count().min(now.lines().count()));
    let shown = now.lines().nth(line).unwrap_or("(the end)");
    panic!("{name} line {}: now `{shown}`; the whole is in {}", line + 1, differs.display());
}
