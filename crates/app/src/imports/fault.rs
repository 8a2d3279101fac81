//! What is wrong with a file, told so that the person who wrote it can mend it.

use std::fmt;

/// How many faults are told at once; the rest is counted.
pub const MOST_FAULTS: usize = 20;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// The table with its number from 1 and its code, such as `[[plans]] 3 “maplewave-5gb”`; empty
    /// when the fault is of the file as a whole, and in a file that is one table.
    pub table: String,
    /// The field, such as `price` or `allowances 2, units`; empty when the fault is of the table.
    pub column: String,
    /// What is wrong and how it would be right, in one sentence.
    pub reason: String,
}

/// Everything that is wrong with a file, up to [`MOST_FAULTS`]. Nothing of such a file is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ImportFault {
    /// The file's name as the person gave it.
    pub file: String,
    /// The faults in the order of the file; at least one.
    pub faults: Vec<Fault>,
    /// How many more there are.
    pub further: usize,
}

impl ImportFault {
    /// The faults of a file, sorted by place and cut to [`MOST_FAULTS`].
    pub(super) fn new(file: &str, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.line);
        let further = faults.len().saturating_sub(MOST_FAULTS);
        faults.truncate(MOST_FAULTS);
        Self { file: file.to_owned(), faults, further }
    }
}

impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.faults.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            write!(f, "{}, line {}", self.file, fault.line)?;
            for part in [&fault.table, &fault.column] {
                if !part.is_empty() {
                    write!(f, ", {part}")?;
                }
            }
            write!(f, ": {}", fault.reason)?;
        }
        if self.further > 0 {
            write!(f, "\n{}: and {} more", self.file, self.further)?;
        }
        Ok(())
    }
}

/// A value as a fault repeats it: in quotes, at most 40 characters, nothing that moves a terminal.
pub(crate) fn quoted(value: &str) -> String {
    let shown: String = value
        .chars()
        .take(40)
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect();
    let cut = if value.chars().nth(40).is_some() { "…" } else { "" };
    format!("“{shown}{cut}”")
}

/// The choices a person has, as a fault names them: `a, b and c`; at most twelve.
pub(crate) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    if let Some(shown) = words.get(..12).filter(|_| words.len() > 12) {
        return format!("{} and {} others", shown.join(", "), words.len() - 12);
    }
    match words.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
