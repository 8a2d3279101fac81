//! The languages a customer can be served in.

use serde::{Deserialize, Serialize};

/// A language of the portal, the notices, the receipts and the API, as a BCP 47 tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese as written on the mainland.
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// Canadian English.
    #[serde(rename = "en-CA")]
    EnCa,
    /// French as written in Quebec.
    #[serde(rename = "fr-CA")]
    FrCa,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::ZhCn, Self::EnCa, Self::FrCa];

    /// The BCP 47 tag: `zh-CN`, `en-CA` or `fr-CA`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::EnCa => "en-CA",
            Self::FrCa => "fr-CA",
        }
    }

    /// The first segment of a page's path: `zh`, `en` or `fr`.
    pub const fn path(self) -> &'static str {
        match self {
            Self::ZhCn => "zh",
            Self::EnCa => "en",
            Self::FrCa => "fr",
        }
    }

    /// The language's own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "中文",
            Self::EnCa => "English",
            Self::FrCa => "Français",
        }
    }

    /// Reads a tag or a path segment: the primary subtag decides, case and region do not matter.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::EnCa),
            "fr" => Some(Self::FrCa),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4), if it names one of ours.
    /// Weights are compared as thousandths; of equal weights the first named wins.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::parse) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1000, quality_thousandths);
            if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// `0.85` → 850. What is not a weight counts as 0, so it is never chosen over a well-formed one.
fn quality_thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let Ok(whole) = whole.parse::<u16>() else {
        return 0;
    };
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    digits.parse::<u16>().map_or(0, |thousandths| (whole.min(1) * 1000 + thousandths).min(1000))
}

#[cfg(test)]
mod tests {
    use super::Language::{self, EnCa, FrCa, ZhCn};

    #[test]
    fn the_heaviest_language_we_speak_wins() {
        let table: [(&str, Option<Language>); 8] = [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(ZhCn)),
            ("fr-CA", Some(FrCa)),
            ("de, en;q=0.5, fr;q=0.51", Some(FrCa)),
            ("en-GB;q=0.4, zh-Hant-HK;q=0.4", Some(EnCa)),
            ("en;q=0, fr;q=0.1", Some(FrCa)),
            ("de-DE, *;q=0.5", None),
            ("", None),
            ("en;q=banana, zh;q=0.001", Some(ZhCn)),
        ];
        for (header, expected) in table {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }
}
