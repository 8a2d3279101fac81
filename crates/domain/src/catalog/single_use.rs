//! Codes of a promotion that are each good once. Nothing of them is kept: a code carries its number and a tag that only the
//! installation's key can make, and what was used is counted as a subject of its own.

use crate::kernel::{bits_of_digits, digits_of_bits, in_groups, read_digits};
use std::fmt;

/// Four digits of number and sixteen of tag.
const LENGTH: usize = 20;
const TAG_BITS: u32 = 80;

/// A code as it is typed: its number, and eighty bits that cannot be guessed. `Debug` shows nothing of the tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SingleUseCode([u8; LENGTH]);

impl SingleUseCode {
    /// So many codes of a promotion there can be.
    pub const MOST: u32 = 1 << 20;

    /// The code of a number below [`Self::MOST`] with its tag.
    pub fn new(number: u32, tag: [u8; 10]) -> Self {
        let tag = tag.iter().fold(0_u128, |bits, octet| (bits << 8) | u128::from(*octet));
        Self(digits_of_bits((u128::from(number) << TAG_BITS) | tag))
    }

    /// Reads a code as people type and paste it: small letters, spaces, hyphens and full-width signs are forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        read_digits(typed).map(Self)
    }

    /// Its number among the codes of its promotion.
    pub fn number(&self) -> u32 {
        u32::try_from(bits_of_digits(&self.0) >> TAG_BITS).unwrap_or(u32::MAX)
    }

    /// As it is given away: in five groups.
    pub fn written(&self) -> String {
        in_groups(&self.0)
    }

    /// Its twenty digits.
    pub fn compact(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SingleUseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the single-use code {}", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::SingleUseCode;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_with_its_number(number in 0..SingleUseCode::MOST, tag: [u8; 10], other: [u8; 10]) {
            let code = SingleUseCode::new(number, tag);
            prop_assert_eq!(code.number(), number);
            prop_assert_eq!(SingleUseCode::parse(&code.written()), Some(code));
            prop_assert_eq!(SingleUseCode::parse(&code.written().to_lowercase().replace('-', " ")), Some(code));
            prop_assert_eq!(code == SingleUseCode::new(number, other), tag == other);
        }
    }

    #[test]
    fn what_is_no_code_is_not_read() {
        let written = SingleUseCode::new(7, [9; 10]).written();
        assert_eq!(written.len(), 24);
        for typed in
            ["", "winter", &written[1..], &format!("{written}2"), "2345-6789-ABCD-EFG0-2345"]
        {
            assert_eq!(SingleUseCode::parse(typed), None, "{typed}");
        }
        assert_eq!(format!("{:?}", SingleUseCode::new(7, [9; 10])), "the single-use code 7");
    }
}
