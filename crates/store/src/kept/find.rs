//! Looking for lines: what a term looks for, and how what was found is ranked.

use super::import::counted;
use super::row::Row;
use super::values::IdBytes;
use farline_app::ports::find::{Found, FoundLine};
use farline_domain::hotline::Term;
use farline_domain::kernel::LineId;
use farline_domain::lines::{HolderName, Line};
use std::collections::{BTreeMap, BTreeSet};

/// How many names are looked at when several words are typed. The rarest of them leads to the names, and
/// the others are looked for in these: more than so many would take longer than a person on the telephone
/// waits, and say nothing.
pub(crate) const NAMES: u32 = 2000;

/// A line that a term led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) line: LineId,
    pub(crate) by: usize,
    pub(crate) exact: bool,
}

/// What was found so far, term by term.
#[derive(Default)]
pub(crate) struct Hits {
    hits: Vec<Hit>,
    more: bool,
}

impl Hits {
    /// Adds what a term found: each line with what it was found by, and how many would have been read.
    pub(crate) fn add(&mut self, (by, term): (usize, &Term), rows: &[(LineId, String)], read: u32) {
        self.more |= counted(rows.len()) >= read;
        let fits = rows.iter().filter(|(_, found)| fits(term, found));
        self.hits.extend(fits.map(|(line, found)| Hit {
            line: *line,
            by,
            exact: is_exact(term, found),
        }));
    }

    /// Each line once, at most so many: those found exactly first, then in the order of the terms.
    pub(crate) fn ranked(mut self, most: u32) -> (Vec<Hit>, bool) {
        self.hits.sort_by_key(|hit| (!hit.exact, hit.by));
        let mut seen = BTreeSet::new();
        self.hits.retain(|hit| seen.insert(hit.line));
        let more = self.more || counted(self.hits.len()) > most;
        self.hits.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        (self.hits, more)
    }
}

/// Whether what the index led to is meant. Of a name, one word leads to it and all have to fit.
fn fits(term: &Term, found: &str) -> bool {
    match term {
        Term::Name(words) => HolderName::from_stored(found.to_owned()).is_meant_by(words),
        Term::Phone(number) => number == found,
        Term::NumberEnd(end) | Term::CardEnd(end) => found.ends_with(end.as_str()),
        Term::Order(_) | Term::Number(_) | Term::Card(_) | Term::Email(_) => true,
    }
}

fn is_exact(term: &Term, found: &str) -> bool {
    match term {
        Term::Order(_) | Term::Phone(_) => true,
        Term::Number(start) | Term::Card(start) | Term::Email(start) => start == found,
        Term::NumberEnd(end) => found.strip_prefix('+') == Some(end.as_str()),
        Term::CardEnd(_) => false,
        Term::Name(words) => HolderName::from_stored(found.to_owned()).is_exactly(words),
    }
}

/// Beyond everything that starts so: no text has this sign.
pub(crate) fn beyond(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

/// The last four characters of an end that is looked for: what is in the index.
pub(crate) fn last_four(end: &str) -> &str {
    end.get(end.len().saturating_sub(4)..).unwrap_or(end)
}

/// The word that the fewest names have.
pub(crate) fn rarest<'a>(words: &'a [String], counts: &[u32]) -> &'a str {
    let rarest = words.iter().zip(counts).min_by_key(|(_, count)| **count);
    rarest.map_or("", |(word, _)| word)
}

/// The lines that were found, each with its name, in the order of the ranking.
pub(crate) fn found(
    (hits, more): (Vec<Hit>, bool),
    mut lines: BTreeMap<IdBytes, (Line, Option<HolderName>)>,
) -> Found {
    let found = hits.into_iter().filter_map(|hit| {
        let (line, name) = lines.remove(&hit.line.to_bytes())?;
        Some(FoundLine { line, name, by: hit.by, exact: hit.exact })
    });
    Found { lines: found.collect(), more }
}

/// Reads a name, if there is one.
pub(crate) fn name_of<R: Row>(row: &R, column: usize) -> Result<Option<HolderName>, R::Fault> {
    Ok(row.some_text(column)?.map(|name| HolderName::from_stored(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::{Hits, Term, beyond, counted, last_four};
    use farline_domain::kernel::{Cell, Instant, LineId};

    fn line(number: u64) -> LineId {
        LineId::mint(Instant::from_millis(0), Cell::numbered(1), number)
    }

    #[test]
    fn exact_ones_come_first_and_each_line_once() {
        let terms = [Term::NumberEnd("0142".to_owned()), Term::Email("wei@example.org".to_owned())];
        let mut hits = Hits::default();
        let ends = [(line(1), "+14165550142".to_owned()), (line(2), "+16475550142".to_owned())];
        hits.add((0, &terms[0]), &ends, 21);
        let addresses =
            [(line(3), "wei@example.org".to_owned()), (line(2), "wei@example.org.uk".to_owned())];
        hits.add((1, &terms[1]), &addresses, 21);
        let (ranked, more) = hits.ranked(20);
        let found: Vec<_> = ranked.iter().map(|hit| (hit.line, hit.by, hit.exact)).collect();
        assert_eq!(found, [(line(3), 1, true), (line(1), 0, false), (line(2), 0, false)]);
        assert!(!more);
    }

    #[test]
    fn there_is_more_when_a_term_was_not_read_to_its_end_or_too_many_are_left() {
        let rows: Vec<_> = (0..3).map(|number| (line(number), "+14165550142".to_owned())).collect();
        for (read, most, expected) in [(4, 3, false), (3, 3, true), (4, 2, true)] {
            let mut hits = Hits::default();
            hits.add((0, &Term::NumberEnd("0142".to_owned())), &rows, read);
            let (ranked, more) = hits.ranked(most);
            assert_eq!(
                (counted(ranked.len()), more),
                (most.min(3), expected),
                "{read} read, {most} wanted"
            );
        }
    }

    #[test]
    fn what_starts_so_is_below_what_is_beyond() {
        assert!(*"王小明" < *beyond("王") && *"𠀀" < *beyond("") && *"王" < *beyond("王"));
        assert!(*"玌" > *beyond("王"));
        assert_eq!((last_four("4165550142"), last_four("0142")), ("0142", "0142"));
    }
}
