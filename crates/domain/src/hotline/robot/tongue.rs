//! What the robot speaks.

use crate::kernel::Language;
use serde::{Deserialize, Serialize};

/// A spoken language. Two of them are written alike and are not the same to the ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    /// 普通话.
    Mandarin,
    /// 粤语.
    Cantonese,
    /// English.
    English,
    /// Français.
    French,
}

impl Tongue {
    /// All of them, in the order of their keys on the telephone, from 1.
    pub const ALL: [Self; 4] = [Self::Mandarin, Self::Cantonese, Self::English, Self::French];

    /// The one with this key.
    pub fn of_key(keys: &str) -> Option<Self> {
        let place: usize = keys.parse().ok()?;
        Self::ALL.get(place.checked_sub(1)?).copied()
    }

    /// The language in which its speakers are written to.
    pub const fn language(self) -> Language {
        match self {
            Self::Mandarin | Self::Cantonese => Language::ZhCn,
            Self::English => Language::EnCa,
            Self::French => Language::FrCa,
        }
    }

    /// The one that readers of a language are spoken to in, where nobody chose.
    pub const fn of_language(language: Language) -> Self {
        match language {
            Language::ZhCn => Self::Mandarin,
            Language::EnCa => Self::English,
            Language::FrCa => Self::French,
        }
    }
}
