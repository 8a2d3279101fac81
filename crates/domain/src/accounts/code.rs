//! One-time codes: six digits, ten minutes, five tries (OWASP ASVS 5.0, 6.5 and 6.6).

use crate::kernel::Instant;

/// How long a code is valid, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// How long a code is valid, in seconds.
pub const CODE_SECONDS: i64 = CODE_MINUTES * 60;
/// How often a code may be tried.
pub const CODE_TRIES: u32 = 5;
/// One code more than there are.
const CODES: u64 = 1_000_000;

/// Six digits from 64 random bits. The remainder favours no code by more than one in 10^13.
pub fn spell_code(random: u64) -> String {
    format!("{:06}", random % CODES)
}

/// What is kept of a code that was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeptCode {
    /// Its keyed digest, bound to what it is for.
    pub digest: [u8; 32],
    /// Until when it is valid.
    pub expires_at: Instant,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeAnswer {
    /// It is the one. It is used up now.
    Right,
    /// It is not the one, and the next try may be.
    Wrong,
    /// No try can succeed any more: too late, tried too often, used up, or never sent.
    Over,
}

impl KeptCode {
    /// Judges a try by the digest of what was typed. A wrong try counts; the last of them ends the
    /// code, so that guessing stays at five in a million for each code.
    #[must_use]
    pub fn judge(self, typed: &[u8; 32], now: Instant) -> (CodeAnswer, Self) {
        if now >= self.expires_at || self.tries >= CODE_TRIES {
            return (CodeAnswer::Over, self);
        }
        if is_equal(&self.digest, typed) {
            return (CodeAnswer::Right, Self { tries: CODE_TRIES, ..self });
        }
        let tries = self.tries + 1;
        let answer = if tries < CODE_TRIES { CodeAnswer::Wrong } else { CodeAnswer::Over };
        (answer, Self { tries, ..self })
    }
}

/// Compares all octets, however early they differ.
fn is_equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    left.iter().zip(right).fold(0, |differing, (left, right)| differing | (left ^ right)) == 0
}

#[cfg(test)]
mod tests {
    use super::CodeAnswer::{Over, Right, Wrong};
    use super::{CODE_SECONDS, CodeAnswer, KeptCode, spell_code};
    use crate::kernel::Instant;

    const SENT_AT: Instant = Instant::from_millis(1_795_000_000_000);

    /// Tries codes at seconds after sending; `7` is the right one.
    fn check(tries: &[(i64, u8, CodeAnswer)]) {
        let expires_at = SENT_AT.plus_seconds(CODE_SECONDS);
        let mut code = KeptCode { digest: [7; 32], expires_at, tries: 0 };
        for (after, typed, expected) in tries {
            let (answer, next) = code.judge(&[*typed; 32], SENT_AT.plus_seconds(*after));
            assert_eq!(answer, *expected, "{typed} after {after} s of {tries:?}");
            code = next;
        }
    }

    #[test]
    fn a_code_is_good_once_for_ten_minutes_and_five_tries() {
        check(&[(0, 7, Right), (1, 7, Over)]);
        check(&[(599, 7, Right)]);
        check(&[(600, 7, Over)]);
        check(&[(1, 1, Wrong), (2, 2, Wrong), (3, 3, Wrong), (4, 4, Wrong), (5, 7, Right)]);
        check(&[
            (1, 1, Wrong),
            (1, 1, Wrong),
            (1, 1, Wrong),
            (1, 1, Wrong),
            (1, 1, Over),
            (2, 7, Over),
        ]);
    }

    #[test]
    fn a_code_has_six_digits() {
        let table = [(0, "000000"), (1_000_042, "000042"), (u64::MAX, "551615")];
        for (random, expected) in table {
            assert_eq!(spell_code(random), expected);
        }
    }
}
