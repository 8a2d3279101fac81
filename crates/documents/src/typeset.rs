//! Lines of text: cleaning, breaking (UAX 14) and measuring.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::fonts::{Run, Typefaces, Weight, script_gap};

/// The colours of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Words and strong rules.
    Ink,
    /// Labels and small print.
    Soft,
    /// Hairlines.
    Hairline,
    /// The sun, and nothing else.
    Sun,
    /// Words on the ribbon.
    Paper,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    /// Size of the em in points.
    pub(crate) size: f32,
    /// From one baseline to the next, in points.
    pub(crate) leading: f32,
    pub(crate) tone: Tone,
}

impl Style {
    pub(crate) const fn new(weight: Weight, size: f32, leading: f32, tone: Tone) -> Self {
        Self { weight, size, leading, tone }
    }
}

/// A line ready to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    /// Width in points, without the space at its end.
    pub(crate) width: f32,
    pub(crate) style: Style,
}

/// Sets text with the typefaces at hand.
#[derive(Clone, Copy)]
pub(crate) struct Typesetter {
    pub(crate) typefaces: &'static Typefaces,
}

impl Typesetter {
    /// One line, however wide.
    pub(crate) fn line(self, text: &str, style: Style) -> Line {
        let runs = self.typefaces.shape(text, style.weight);
        let trailing: f32 = text[text.trim_end_matches(' ').len()..]
            .chars()
            .map(|space| self.typefaces.advance((None, None), space, style.weight))
            .sum();
        let advance: f32 = runs.iter().map(|run| run.advance).sum();
        Line { runs, width: (advance - trailing) * style.size, style }
    }

    /// The text broken into lines no wider than `width` points. A word wider than that is broken anywhere.
    pub(crate) fn lines(self, text: &str, style: Style, width: f32) -> Vec<Line> {
        break_at(text, |slice, before| self.measure(slice, before, style), width)
            .into_iter()
            .map(|slice| self.line(slice, style))
            .collect()
    }

    /// Width in points of a slice that follows the character `before`.
    fn measure(self, slice: &str, before: Option<char>, style: Style) -> f32 {
        let mut previous = before;
        let mut advance = 0.0;
        let mut characters = slice.chars().peekable();
        while let Some(character) = characters.next() {
            let neighbours = (previous, characters.peek().copied());
            advance += self.typefaces.advance(neighbours, character, style.weight);
            advance += script_gap(previous, Some(character));
            previous = Some(character);
        }
        advance * style.size
    }
}

/// Breaks text greedily; `measure` gives the width of a slice after a character.
fn break_at(text: &str, measure: impl Fn(&str, Option<char>) -> f32, width: f32) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut from, mut filled) = (0, 0, 0.0);
    for (end, opportunity) in linebreaks(text) {
        let segment = &text[from..end];
        let before = text[start..from].chars().next_back();
        let inked = measure(segment.trim_end(), before);
        if filled + inked > width && from > start {
            lines.push(&text[start..from]);
            (start, filled) = (from, 0.0);
        }
        if inked > width {
            for (at, character) in segment.char_indices() {
                let advance = measure(&segment[at..at + character.len_utf8()], None);
                if filled + advance > width && from + at > start {
                    lines.push(&text[start..from + at]);
                    (start, filled) = (from + at, 0.0);
                }
                filled += advance;
            }
        } else {
            filled += measure(segment, before);
        }
        from = end;
        if opportunity == BreakOpportunity::Mandatory {
            lines.push(text[start..end].trim_end_matches('\n'));
            (start, filled) = (end, 0.0);
        }
    }
    lines
}

/// Text fit for a page and for PDF/A: invisible characters go, control characters and those without a meaning of their own
/// become the replacement character, every kind of white space but the line break and the typographic ones a plain space.
pub(crate) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|character| !is_invisible(*character))
        .map(|character| match character {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => '\n',
            '\t' => ' ',
            character if character.is_control() || has_no_meaning(character) => '\u{FFFD}',
            character => character,
        })
        .collect()
}

/// As [`clean`], on a single line.
pub(crate) fn clean_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// Default ignorable characters: joiners, direction marks, variation selectors, the soft hyphen.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Private use and noncharacters, whose text a PDF/A file may not carry.
fn has_no_meaning(character: char) -> bool {
    let point = u32::from(character);
    matches!(point, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF_0000..=0x10_FFFF)
        || point & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::{break_at, clean, clean_line};

    fn broken(text: &str, width: f32) -> Vec<&str> {
        // Every character is one wide.
        break_at(text, |slice, _| slice.chars().map(|_| 1.0).sum(), width)
    }

    #[test]
    fn words_stay_whole_and_nothing_is_lost() {
        assert_eq!(broken("one two three", 8.0), ["one two ", "three"]);
        assert_eq!(broken("incomprehensible", 5.0), ["incom", "prehe", "nsibl", "e"]);
        assert_eq!(broken("a\nb", 9.0), ["a", "b"]);
        assert_eq!(broken("10\u{a0}$ net", 6.0), ["10\u{a0}$ ", "net"]);
        assert!(broken("", 9.0).is_empty());
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_a_full_stop() {
        assert_eq!(broken("续费成功。谢谢", 4.0), ["续费成", "功。谢谢"]);
    }

    #[test]
    fn cleaning_keeps_words_and_drops_what_cannot_be_printed() {
        assert_eq!(clean("a\u{200b}b\u{fe0f}\tc\r\nd\u{7}\u{e000}"), "ab c\nd\u{fffd}\u{fffd}");
        assert_eq!(clean_line("a\nb\u{2068}c\u{2069}"), "a bc");
        assert_eq!(clean("10\u{202f}000\u{a0}$"), "10\u{202f}000\u{a0}$");
    }
}
