//! The README of every module names only what exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MODULES: [&str; 13] = [
    "kernel",
    "catalog",
    "lines",
    "balance",
    "charging",
    "commands",
    "comparison",
    "forecast",
    "orders",
    "partners",
    "shops",
    "reminders",
    "subjects",
];

fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push_str(path.file_stem().unwrap().to_str().unwrap());
            into.push('\n');
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// The names a text in backticks speaks of: `a::b` paths, `CamelCase` and `snake_case` words.
fn names(markdown: &str) -> Vec<&str> {
    let quoted = markdown.split('`').skip(1).step_by(2);
    let of_code = quoted.filter(|text| {
        let has_capital = text.starts_with(|letter: char| letter.is_ascii_uppercase())
            && text.contains(|letter: char| letter.is_ascii_lowercase());
        let is_name = text.chars().all(|letter| is_word(letter) || letter == ':');
        is_name && (has_capital || text.contains("::") || text.contains('_'))
    });
    of_code.flat_map(|text| text.split("::")).collect()
}

#[test]
fn every_name_in_a_readme_is_in_the_sources() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    sources(&here.join("src"), &mut text);
    let known: BTreeSet<&str> = text.split(|letter| !is_word(letter)).collect();
    let mut files: Vec<PathBuf> =
        MODULES.iter().map(|module| here.join("src").join(module).join("README.md")).collect();
    files.push(here.join("README.md"));
    for file in files {
        let markdown = fs::read_to_string(&file).unwrap();
        let named = names(&markdown);
        assert!(named.len() >= 5, "{}: names nothing", file.display());
        for name in named {
            assert!(known.contains(name), "{}: `{name}` does not exist", file.display());
        }
        for heading in ["Meaning", "Invariants", "Does not own"] {
            assert!(markdown.contains(heading), "{}: no “{heading}”", file.display());
        }
        assert!(markdown.lines().count() <= 80, "{}: more than a page", file.display());
    }
}

#[test]
fn names_are_found_in_backticks_only() {
    let found = names("A `Money` in `cents`, see `commands::decide` and Bucket, `valid_until`.");
    assert_eq!(found, ["Money", "commands", "decide", "valid_until"]);
}
