//! The pages of the site that every receipt leads to.

use farline_texts::Words;

/// Each page's name and where it is, behind the language.
const PAGES: [(&str, &str); 4] = [
    ("foot-about", "about"),
    ("foot-terms", "terms"),
    ("foot-complaints", "complaints"),
    ("foot-privacy", "privacy"),
];

/// Who sells, the terms, complaints and privacy: name and address of each page, one a line.
pub(super) fn pages(words: &Words, base_url: &str) -> String {
    let language = words.language().path();
    let row = |(name, path): (&str, &str)| {
        let address = format!("{base_url}/{language}/{path}");
        words
            .say_with("notice-row", &[("label", words.say(name).into()), ("value", address.into())])
    };
    PAGES.map(row).join("\n")
}
