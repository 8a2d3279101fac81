//! The name of a line's holder, and how it is found again from what a person hears on the telephone.

use std::collections::BTreeSet;
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a name.
const MOST: usize = 100;

/// The name of the person who holds a line, as it was given. Personal data: kept apart from the line,
/// so that it can be erased.
#[derive(Clone, PartialEq, Eq)]
pub struct HolderName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// More than a hundred characters.
    #[error("a name has at most {MOST} characters")]
    TooLong,
    /// No letter in it.
    #[error("a name has letters")]
    NoLetters,
    /// Signs that cannot be printed.
    #[error("this holds signs that cannot be printed")]
    NotPrintable,
}

impl HolderName {
    /// Reads a name: any script, spaces around and between words forgiven.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.chars().any(char::is_control) {
            Err(NameError::NotPrintable)
        } else if name.chars().count() > MOST {
            Err(NameError::TooLong)
        } else if words_of(&name).is_empty() || !name.chars().any(char::is_alphabetic) {
            Err(NameError::NoLetters)
        } else {
            Ok(Self(name))
        }
    }

    /// A name that this type wrote earlier, read back without judging it again.
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands in the index for it: each word, and of words that are written without spaces between
    /// given and family name (王小明) every ending too, so that whatever part is typed is the start of a term.
    pub fn terms(&self) -> BTreeSet<String> {
        let mut terms = BTreeSet::new();
        for word in raw_words(&self.0) {
            // D’Amours is also looked for under A.
            if let Some((_, rest)) = word.rsplit_once(is_apostrophe) {
                terms.extend(Some(folded(rest)).filter(|rest| rest.chars().count() > 1));
            }
            let word = folded(word);
            if word.contains(is_written_together) {
                terms.extend(word.char_indices().map(|(at, _)| word[at..].to_owned()));
            } else {
                terms.insert(word);
            }
        }
        terms.remove("");
        terms
    }

    /// Whether it is meant by these words, of which each is the start of a part of it.
    pub fn is_meant_by(&self, words: &[String]) -> bool {
        let terms = self.terms();
        words.iter().all(|word| terms.iter().any(|term| term.starts_with(word.as_str())))
    }

    /// Whether these words are the whole of it.
    pub fn is_exactly(&self, words: &[String]) -> bool {
        words_of(&self.0).concat() == words.concat()
    }

    /// What may be shown before a caller is verified: `王＊＊`, `J… T…`.
    pub fn masked(&self) -> String {
        let words = self.0.split(' ').map(|word| {
            let first = word.chars().find(|sign| sign.is_alphanumeric());
            let first = first.map(String::from).unwrap_or_default();
            if word.contains(is_written_together) {
                let others = word.chars().filter(|sign| sign.is_alphanumeric()).count();
                first + &"＊".repeat(others.saturating_sub(1).clamp(1, 2))
            } else {
                first + "…"
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Shows the masked form only, so that a log never holds the name.
impl fmt::Debug for HolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The words of what was typed, as names are looked for by them.
pub fn words_of(typed: &str) -> Vec<String> {
    raw_words(typed).map(folded).filter(|word| !word.is_empty()).collect()
}

fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    let within =
        |sign: char| sign.is_alphanumeric() || is_apostrophe(sign) || is_combining_mark(sign);
    text.split(move |sign| !within(sign)).filter(|word| !word.is_empty())
}

const fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' | '`')
}

/// Whether a sign is of a script that is written without spaces: Han, kana, Hangul.
const fn is_written_together(sign: char) -> bool {
    matches!(sign, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The form in which two ways of writing a name are equal: compatible forms as one (full-width letters,
/// ligatures), without accents and apostrophes, in small letters.
pub fn folded(text: &str) -> String {
    let bare = text.nfkd().filter(|sign| !is_combining_mark(*sign) && !is_apostrophe(*sign));
    let small: String = bare.flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(small.len());
    for sign in small.nfc() {
        match letters_of(sign) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(sign),
        }
    }
    folded
}

/// Letters that are no letter with an accent to Unicode, but are typed as if they were.
const fn letters_of(sign: char) -> Option<&'static str> {
    Some(match sign {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{HolderName, NameError, words_of};

    #[test]
    fn a_name_is_found_by_each_of_its_parts() {
        // The name; what is typed; whether it is meant, and whether that is the whole of it.
        let table = [
            ("王小明", "王小明", (true, true)),
            ("王小明", "小明", (true, false)),
            ("王小明", "明", (true, false)),
            ("王小明", "王", (true, false)),
            ("王小明", "王 小明", (true, true)),
            ("王小明", "王明", (false, false)),
            ("欧阳 修文", "欧阳修文", (false, true)),
            ("欧阳 修文", "修文", (true, false)),
            ("Éloïse Tremblay", "eloise", (true, false)),
            ("Éloïse Tremblay", "TREMBLAY eloïse", (true, false)),
            ("Éloïse Tremblay", "eloise tremblay", (true, true)),
            ("Éloïse Tremblay", "Ｅｌｏｉ", (true, false)),
            ("Éloïse Tremblay", "loise", (false, false)),
            ("E\u{301}loi\u{308}se", "éloïse", (true, true)),
            ("Zoé D’Amours", "d'amours", (true, false)),
            ("Zoé D’Amours", "amours", (true, false)),
            ("Cœur-Marie O'Neil", "coeur oneil", (true, false)),
            ("Jean-François Lacroix", "francois", (true, false)),
            ("Jean-François Lacroix", "jean-francois lacroix", (true, true)),
            ("Wang Xiaoming 王小明", "小明 wang", (true, false)),
            ("阿依古丽·买买提", "买买提", (true, false)),
            ("김민준", "민준", (true, false)),
        ];
        for (name, typed, expected) in table {
            let name = HolderName::parse(name).unwrap();
            let words = words_of(typed);
            let found = (name.is_meant_by(&words), name.is_exactly(&words));
            assert_eq!(found, expected, "{} by {typed}", name.as_str());
        }
    }

    #[test]
    fn a_name_has_few_terms() {
        let terms = |name: &str| {
            let terms = HolderName::parse(name).unwrap().terms();
            terms.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(terms("王小明"), "小明 明 王小明");
        assert_eq!(terms("Zoé D’Amours"), "amours damours zoe");
    }

    #[test]
    fn a_name_hides_itself() {
        let table = [
            ("王小明", "王＊＊"),
            ("王伟", "王＊"),
            ("欧阳修文", "欧＊＊"),
            ("Jean Tremblay", "J… T…"),
            ("  Éloïse   O'Neil ", "É… O…"),
        ];
        for (name, masked) in table {
            let name = HolderName::parse(name).unwrap();
            assert_eq!(format!("{name:?}"), masked);
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "a".repeat(101);
        let table = [
            ("", NameError::NoLetters),
            ("12 34", NameError::NoLetters),
            ("--", NameError::NoLetters),
            ("Jean\u{7}", NameError::NotPrintable),
            (long.as_str(), NameError::TooLong),
        ];
        for (text, error) in table {
            assert_eq!(HolderName::parse(text), Err(error), "{text}");
        }
    }
}
