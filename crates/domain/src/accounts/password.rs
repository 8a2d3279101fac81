//! What makes a password good enough (NIST SP 800-63B-4 §3.1.1): at least fifteen characters when it signs in
//! alone, eight when a one-time code is asked for too, no rules of composition, and none that everybody tries
//! first.

use super::Address;
use std::fmt;

/// The least length, in characters.
pub const PASSWORD_CHARACTERS: usize = 15;
/// The least length where a second factor is asked for too, in characters.
pub const PASSWORD_CHARACTERS_BESIDE: usize = 8;
/// The greatest length, in characters. Hashing takes the same time for any length up to it.
pub const MOST_CHARACTERS: usize = 256;
/// Repeating so few characters makes no long password.
const LONGEST_UNIT: usize = 8;
/// An account's own address counts as part of a password from this length on, in characters.
const TELLING_LENGTH: usize = 4;

/// Long passwords from public lists of leaked ones, and the phrases that advice on passwords made
/// famous: small letters and digits only, one a line.
const COMMON: &str = include_str!("common_passwords.txt");
/// The same for shorter ones, which only matter beside a second factor.
const COMMON_SHORT: &str = include_str!("common_passwords_short.txt");
/// Rows of keys and letters that are typed along, forwards or backwards.
const ROWS: [&str; 7] = [
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "01234567890123456789012345678901234567890",
    "12345678901234567890123456789012345678901234567890",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];

/// A password that may be used. Its text is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// Fewer characters than are needed.
    #[error("the password is too short")]
    TooShort,
    /// More characters than [`MOST_CHARACTERS`].
    #[error("the password is too long")]
    TooLong,
    /// Tried first by everybody, or made of the account's own address.
    #[error("the password is easily guessed")]
    Common,
}

impl Password {
    /// Accepts a new password for an account with these addresses.
    pub fn choose(typed: &str, addresses: &[Address]) -> Result<Self, PasswordRefusal> {
        let tells = |typed: &str| addresses.iter().any(|one| contains_address(typed, one));
        Self::accept(typed, PASSWORD_CHARACTERS, tells)
    }

    /// Accepts a new password that is asked for together with a one-time code, for whoever signs in by this name.
    pub fn choose_beside_a_code(typed: &str, sign_in: &str) -> Result<Self, PasswordRefusal> {
        Self::accept(typed, PASSWORD_CHARACTERS_BESIDE, |typed| contains_name(typed, sign_in))
    }

    fn accept(
        typed: &str,
        least: usize,
        tells: impl Fn(&str) -> bool,
    ) -> Result<Self, PasswordRefusal> {
        let characters = typed.chars().count();
        if characters < least {
            return Err(PasswordRefusal::TooShort);
        }
        if characters > MOST_CHARACTERS {
            return Err(PasswordRefusal::TooLong);
        }
        let bare = bare(typed);
        let easy =
            is_common(&bare) || is_repeated(&bare, least) || is_along_a_row(&bare) || tells(typed);
        if easy { Err(PasswordRefusal::Common) } else { Ok(Self(typed.to_owned())) }
    }

    /// The text, for hashing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Small letters and digits only: `Pass-Word 1` is `password1`.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_common(bare: &str) -> bool {
    COMMON.lines().chain(COMMON_SHORT.lines()).any(|line| line == bare)
}

/// Whether it is a few characters over and over: `aaaa…`, `password` twice, `123123123123123`. Only
/// signs, with letters and digits for less than half of the least length, count as nothing.
fn is_repeated(bare: &str, least: usize) -> bool {
    let letters: Vec<char> = bare.chars().collect();
    // A unit is seen again only in what is longer than it; half of it again is enough.
    let longest = LONGEST_UNIT.min(letters.len().div_ceil(2));
    let repeats = |unit: usize| letters.iter().zip(letters.iter().skip(unit)).all(|(a, b)| a == b);
    letters.len() < least.div_ceil(2) || (1..=longest).any(repeats)
}

fn is_along_a_row(bare: &str) -> bool {
    let backwards: String = bare.chars().rev().collect();
    ROWS.iter().any(|row| row.contains(bare) || row.contains(&backwards))
}

/// Whether the address, the name before its @, or the number without its country is part of it.
fn contains_address(typed: &str, address: &Address) -> bool {
    match address {
        Address::Email(text) => contains_name(typed, text),
        Address::Sms(number) => {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            let national = number.as_str().get(2..).unwrap_or("");
            let last_seven = national.get(national.len().saturating_sub(7)..).unwrap_or("");
            last_seven.len() == 7 && digits.contains(last_seven)
        }
    }
}

/// Whether the name, or what stands before its @, is part of it.
fn contains_name(typed: &str, name: &str) -> bool {
    let (lower, name) = (typed.to_lowercase(), name.to_lowercase());
    let first = name.split('@').next().unwrap_or("");
    let telling = first.chars().count() >= TELLING_LENGTH && lower.contains(first);
    telling || lower.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::PasswordRefusal::{Common, TooLong, TooShort};
    use super::{Address, Password};

    #[test]
    fn length_counts_and_the_obvious_does_not() {
        let counted = (100..190).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        let long = &counted[..256];
        let table = [
            ("fourteen chars", Err(TooShort)),
            ("fifteen of them", Ok(())),
            ("十五个汉字也可以当作密码用的哦", Ok(())),
            ("十四个汉字还差一个才够长度呢", Err(TooShort)),
            ("mulberry-anvil-Tuesday", Ok(())),
            (long, Ok(())),
            ("aaaaaaaaaaaaaaaaaaaa", Err(Common)),
            ("PasswordPassword", Err(Common)),
            ("123123123123123", Err(Common)),
            ("1234567890123456", Err(Common)),
            ("qwertyuiopasdfg", Err(Common)),
            ("zyxwvutsrqponmlk", Err(Common)),
            ("Correct Horse Battery Staple", Err(Common)),
            ("!!!!!!!!!!!!!!!!", Err(Common)),
            ("my name is li.wei here", Err(Common)),
            ("LI.WEI@example.org!", Err(Common)),
            ("call 416-555-0188 now", Err(Common)),
        ];
        let addresses =
            ["Li.Wei@example.org", "4165550188"].map(|typed| Address::parse(typed).unwrap());
        for (typed, expected) in table {
            let chosen = Password::choose(typed, &addresses).map(|_| ());
            assert_eq!(chosen, expected, "{typed}");
        }
        assert_eq!(Password::choose(&counted[..257], &[]).map(|_| ()), Err(TooLong));
    }

    #[test]
    fn beside_a_code_eight_characters_are_enough_but_not_the_obvious_ones() {
        let table = [
            ("seven77", Err(TooShort)),
            ("m8-anvil", Ok(())),
            ("x7!kP#2q", Ok(())),
            ("anviANVI", Err(Common)),
            ("P@ssw0rd", Err(Common)),
            ("Password1", Err(Common)),
            ("qwertyui", Err(Common)),
            ("88888888", Err(Common)),
            ("woaini1314", Err(Common)),
            ("mei.chen7", Err(Common)),
            ("!!!!!!!!", Err(Common)),
        ];
        for (typed, expected) in table {
            let chosen = Password::choose_beside_a_code(typed, "mei.chen@example.org").map(|_| ());
            assert_eq!(chosen, expected, "{typed}");
        }
    }

    #[test]
    fn the_list_is_written_as_it_is_compared() {
        for line in super::COMMON_SHORT.lines() {
            assert_eq!(super::bare(line), line);
        }
        for line in super::COMMON.lines() {
            assert_eq!(super::bare(line), line);
            assert!(line.chars().count() >= 12, "{line} is refused by its length already");
        }
    }
}
