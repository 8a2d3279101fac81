//! The terms of sale: ours, or the business's own.

use super::Business;
use farline_texts::Words;

/// The sections of our own terms, by the keys of their headings.
const SECTIONS: [&str; 7] = [
    "terms-what",
    "terms-price",
    "terms-delivery",
    REFUNDS,
    "terms-wrong",
    "terms-expiry",
    "terms-language",
];
/// The section that a business may replace by itself.
const REFUNDS: &str = "terms-refund";

/// A section of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsSection {
    /// Its heading; empty for what stands before the first one.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The size of its type in points, where law has a say in that.
    pub points: Option<u8>,
}

impl Business {
    /// The terms in a language, refund rules included.
    pub fn terms(&self, words: &Words) -> Vec<TermsSection> {
        let ours = |key: &str| match key {
            REFUNDS => self.refund_section(words),
            key => TermsSection {
                heading: words.say(key),
                paragraphs: vec![words.say(&format!("{key}-text"))],
                points: None,
            },
        };
        let mut all: Vec<TermsSection> = match &self.own_terms {
            None => SECTIONS.into_iter().map(ours).collect(),
            Some(own) => {
                let mut sections = sections(own.get(words.language()));
                sections.push(self.refund_section(words));
                sections
            }
        };
        all.extend(self.clause(words));
        all
    }

    /// The clause that law wants in written terms, in its size of type.
    fn clause(&self, words: &Words) -> Vec<TermsSection> {
        let own = self.own_clause.as_ref().map(|own| own.get(words.language()));
        let sections = own.map(sections).unwrap_or_default().into_iter();
        let sized = |section| TermsSection { points: Some(self.clause_points.points()), ..section };
        sections.map(sized).collect()
    }

    /// What is refunded, and when: on the check page, the terms and every receipt.
    pub fn refunds(&self, words: &Words) -> Vec<String> {
        match &self.own_refunds {
            None => vec![words.say(&format!("{REFUNDS}-text"))],
            Some(own) => sections(own.get(words.language()))
                .into_iter()
                .flat_map(TermsSection::flat)
                .collect(),
        }
    }

    fn refund_section(&self, words: &Words) -> TermsSection {
        TermsSection { heading: words.say(REFUNDS), paragraphs: self.refunds(words), points: None }
    }
}

impl TermsSection {
    /// Heading and paragraphs in a row.
    pub fn flat(self) -> impl Iterator<Item = String> {
        let heading = Some(self.heading).filter(|heading| !heading.is_empty());
        heading.into_iter().chain(self.paragraphs)
    }
}

/// Reads a text of a business's own: a line that begins with `#` is a heading, an empty line ends a paragraph.
fn sections(text: &str) -> Vec<TermsSection> {
    let headed = |heading: String| TermsSection { heading, paragraphs: Vec::new(), points: None };
    let mut sections = vec![headed(String::new())];
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim().to_owned();
            sections.push(headed(heading));
            is_open = false;
            continue;
        }
        let Some(section) = sections.last_mut().filter(|_| !line.is_empty()) else {
            is_open = false;
            continue;
        };
        match section.paragraphs.last_mut().filter(|_| is_open) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            None => section.paragraphs.push(line.to_owned()),
        }
        is_open = true;
    }
    sections.retain(|section| !section.heading.is_empty() || !section.paragraphs.is_empty());
    sections
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn headings_and_empty_lines_make_sections() {
        let read = sections("Before.\n\n# One\n\nfirst\nline\n\nsecond\n## Two\nthird\n");
        let told: Vec<String> = read
            .iter()
            .map(|section| format!("{}: {}", section.heading, section.paragraphs.join(" | ")))
            .collect();
        assert_eq!(told, [": Before.", "One: first line | second", "Two: third"]);
        assert!(sections(" \n\n").is_empty());
    }
}
