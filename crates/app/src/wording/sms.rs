//! What a text message may contain at its ordinary price: the GSM 7-bit alphabet (3GPP TS 23.038).

use farline_domain::kernel::Language;

/// Typographic characters outside the alphabet, and what stands for them in English and French.
/// Inner spaces of « » go with them. The spelling reform of 1990 allows `aout`.
const PLAIN: [(&str, &str); 17] = [
    ("«\u{a0}", "\""),
    ("\u{a0}»", "\""),
    ("«\u{202f}", "\""),
    ("\u{202f}»", "\""),
    ("«", "\""),
    ("»", "\""),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("…", "..."),
    ("–", "-"),
    ("—", "-"),
    (" · ", ", "),
    ("•", "*"),
    ("œ", "oe"),
    ("août", "aout"),
];

/// A text as a text message carries it. No-break spaces become plain ones in every language, as
/// they are in neither alphabet; Chinese keeps its own punctuation.
pub fn plain(language: Language, text: &str) -> String {
    let text = match language {
        Language::ZhCn => text.to_owned(),
        Language::EnCa | Language::FrCa => {
            let swap = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
            PLAIN.iter().fold(text.to_owned(), swap)
        }
    };
    // A variable without a value leaves two spaces, which a phone shows and a sender pays for.
    text.replace(['\u{a0}', '\u{202f}'], " ").replace("  ", " ")
}

/// Sentences after each other. Chinese has no spaces between them.
pub(crate) fn joined(language: Language, sentences: &[String]) -> String {
    match language {
        Language::ZhCn => sentences.concat(),
        Language::EnCa | Language::FrCa => sentences.join(" "),
    }
}
