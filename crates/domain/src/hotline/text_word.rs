//! What a text message from a customer asks for, in one word.

use crate::kernel::Language;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextWord {
    /// Renew.
    Yes,
    /// What is left.
    Balance,
    /// Send no more.
    Stop,
    /// Send again.
    Start,
    /// Who are you.
    Help,
    /// Something else.
    Other,
}

/// The words, and the language of who uses it, where one alone does. What stops and starts is what carriers in Canada
/// expect, and what Chinese customers are used to.
const WORDS: [(&str, TextWord, Option<Language>); 33] = [
    ("YES", TextWord::Yes, Some(Language::EnCa)),
    ("Y", TextWord::Yes, None),
    ("1", TextWord::Yes, None),
    ("续", TextWord::Yes, Some(Language::ZhCn)),
    ("续费", TextWord::Yes, Some(Language::ZhCn)),
    ("是", TextWord::Yes, Some(Language::ZhCn)),
    ("OUI", TextWord::Yes, Some(Language::FrCa)),
    ("BAL", TextWord::Balance, Some(Language::EnCa)),
    ("BALANCE", TextWord::Balance, Some(Language::EnCa)),
    ("余额", TextWord::Balance, Some(Language::ZhCn)),
    ("SOLDE", TextWord::Balance, Some(Language::FrCa)),
    ("STOP", TextWord::Stop, None),
    ("STOPALL", TextWord::Stop, None),
    ("ARRET", TextWord::Stop, Some(Language::FrCa)),
    ("UNSUBSCRIBE", TextWord::Stop, Some(Language::EnCa)),
    ("END", TextWord::Stop, None),
    ("QUIT", TextWord::Stop, None),
    ("CANCEL", TextWord::Stop, None),
    ("TD", TextWord::Stop, Some(Language::ZhCn)),
    ("退订", TextWord::Stop, Some(Language::ZhCn)),
    ("退訂", TextWord::Stop, Some(Language::ZhCn)),
    ("START", TextWord::Start, None),
    ("UNSTOP", TextWord::Start, None),
    ("DEBUT", TextWord::Start, Some(Language::FrCa)),
    ("开始", TextWord::Start, Some(Language::ZhCn)),
    ("開始", TextWord::Start, Some(Language::ZhCn)),
    ("HELP", TextWord::Help, Some(Language::EnCa)),
    ("AIDE", TextWord::Help, Some(Language::FrCa)),
    ("INFO", TextWord::Help, None),
    ("帮助", TextWord::Help, Some(Language::ZhCn)),
    ("幫助", TextWord::Help, Some(Language::ZhCn)),
    ("餘額", TextWord::Balance, Some(Language::ZhCn)),
    ("續", TextWord::Yes, Some(Language::ZhCn)),
];

impl TextWord {
    /// Reads a message that is one of the words and nothing else, and the language it tells. Case, accents, full-width
    /// signs, surrounding space, quotes and final dots are forgiven.
    pub fn read(message: &str) -> (Self, Option<Language>) {
        let word = plain(message);
        let found = WORDS.iter().find(|(known, ..)| *known == word);
        found.map_or((Self::Other, None), |(_, meaning, language)| (*meaning, *language))
    }
}

/// Capitals without accents, ASCII where there is a wide form, nothing around them.
fn plain(message: &str) -> String {
    // Longer messages are no word; this also bounds the work.
    let narrow: String = message.chars().take(64).flat_map(upper).collect();
    let is_around = |sign: char| sign.is_whitespace() || "\"'“”‘’«».,。，、!?".contains(sign);
    narrow.trim_matches(is_around).to_owned()
}

fn upper(sign: char) -> impl Iterator<Item = char> {
    let narrow = match sign {
        '！'..='～' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => sign,
    };
    let bare = match narrow {
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => 'A',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'î' | 'ï' | 'Î' | 'Ï' => 'I',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'O',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'U',
        // A combining accent after its letter.
        '\u{300}'..='\u{36f}' | '\u{feff}' | '\u{200b}'..='\u{200f}' => '\u{0}',
        _ => narrow,
    };
    bare.to_uppercase().filter(|letter| *letter != '\u{0}')
}

#[cfg(test)]
mod tests {
    use super::{TextWord, WORDS};
    use crate::kernel::Language::{EnCa, FrCa, ZhCn};

    #[test]
    fn words_are_read_as_people_type_them() {
        let table = [
            ("YES", TextWord::Yes, Some(EnCa)),
            (" yes. ", TextWord::Yes, Some(EnCa)),
            ("Ｙ", TextWord::Yes, None),
            ("１", TextWord::Yes, None),
            ("“续”。", TextWord::Yes, Some(ZhCn)),
            ("oui !", TextWord::Yes, Some(FrCa)),
            ("ＢＡＬ", TextWord::Balance, Some(EnCa)),
            ("余额。。", TextWord::Balance, Some(ZhCn)),
            ("Solde...", TextWord::Balance, Some(FrCa)),
            ("arrêt", TextWord::Stop, Some(FrCa)),
            ("ARRE\u{302}T", TextWord::Stop, Some(FrCa)),
            ("Stop\n", TextWord::Stop, None),
            ("'stop'", TextWord::Stop, None),
            ("td", TextWord::Stop, Some(ZhCn)),
            ("ｔｄ", TextWord::Stop, Some(ZhCn)),
            ("　退订　", TextWord::Stop, Some(ZhCn)),
            ("開始", TextWord::Start, Some(ZhCn)),
            ("开始", TextWord::Start, Some(ZhCn)),
            ("Début", TextWord::Start, Some(FrCa)),
            ("Aide?", TextWord::Help, Some(FrCa)),
            ("please stop", TextWord::Other, None),
            ("yes please", TextWord::Other, None),
            ("11", TextWord::Other, None),
            ("", TextWord::Other, None),
            ("...", TextWord::Other, None),
        ];
        for (message, meaning, language) in table {
            assert_eq!(TextWord::read(message), (meaning, language), "{message}");
        }
    }

    #[test]
    fn every_word_is_read_as_itself_and_stands_once() {
        for (word, meaning, language) in WORDS {
            assert_eq!(TextWord::read(word), (meaning, language), "{word}");
            assert_eq!(WORDS.iter().filter(|(other, ..)| *other == word).count(), 1, "{word}");
        }
    }
}
