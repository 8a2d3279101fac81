//! Names and descriptions as data, one per language.

use super::language::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in every language. Catalogue files must give all of them: no language is less complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, String>", into = "BTreeMap<Language, String>")]
pub struct Localized(BTreeMap<Language, String>);

impl Localized {
    /// The texts by language; refused when one is missing or empty.
    pub fn new(texts: BTreeMap<Language, String>) -> Result<Self, String> {
        for language in Language::ALL {
            if texts.get(&language).is_none_or(|text| text.trim().is_empty()) {
                return Err(format!("the {} text is missing", language.tag()));
            }
        }
        Ok(Self(texts))
    }

    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).map_or("", String::as_str)
    }
}

impl TryFrom<BTreeMap<Language, String>> for Localized {
    type Error = String;
    fn try_from(texts: BTreeMap<Language, String>) -> Result<Self, String> {
        Self::new(texts)
    }
}

impl From<Localized> for BTreeMap<Language, String> {
    fn from(localized: Localized) -> Self {
        localized.0
    }
}
