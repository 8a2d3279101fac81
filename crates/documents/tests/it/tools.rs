//! The PDF programs of poppler-utils, which these tests need: without them they fail and say so.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A rendered file in a folder that goes when the value goes.
pub(crate) struct Stored {
    folder: tempfile::TempDir,
}

impl Stored {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the file");
        std::fs::write(folder.path().join("document.pdf"), bytes).expect("the file is written");
        Self { folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("document.pdf")
    }

    /// The text of the file as pdftotext reads it in the order of the document, white space made single spaces.
    pub(crate) fn text(&self) -> String {
        let text = run("pdftotext", &["-raw", "-enc", "UTF-8"], &self.path(), &["-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn info(&self) -> String {
        run("pdfinfo", &[], &self.path(), &[])
    }

    /// Draws every page; gives the number of pictures.
    pub(crate) fn draw(&self) -> usize {
        let target = self.folder.path().join("page");
        run(
            "pdftoppm",
            &["-r", "60", "-png"],
            &self.path(),
            &[target.to_str().expect("a plain path")],
        );
        std::fs::read_dir(self.folder.path())
            .expect("the folder is read")
            .filter(|entry| {
                entry
                    .as_ref()
                    .expect("an entry")
                    .path()
                    .extension()
                    .is_some_and(|kind| kind == "png")
            })
            .count()
    }
}

/// Runs a program on a file; it must succeed and complain of nothing.
fn run(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let output = match Command::new(program).args(before).arg(file).args(after).output() {
        Ok(output) => output,
        Err(error) => {
            panic!("{program} of poppler-utils is needed for this test and did not start: {error}")
        }
    };
    // Older poppler takes a plain `/Suspects false` for an error, which it is not (ISO 32000-1, table 321).
    let complaints: String = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| *line != "Syntax Error: Suspects object is wrong type (boolean)")
        .collect();
    assert!(output.status.success() && complaints.is_empty(), "{program}: {complaints}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
