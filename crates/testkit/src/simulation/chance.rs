//! What a seed decides.

use crate::clock::SeededRandomness;
use farline_app::ports::Randomness as _;

/// Draws that are the same for the same seed, as long as they are made in the same order.
pub(super) struct Chance(SeededRandomness);

impl Chance {
    /// The draws of a seed for one purpose: purposes do not disturb each other.
    pub(super) const fn of(seed: u64, purpose: u64) -> Self {
        Self(SeededRandomness::seeded(seed.wrapping_mul(0x9e37_79b9) ^ (purpose << 56)))
    }

    /// A number from 0 to `most - 1`.
    pub(super) fn below(&self, most: u64) -> u64 {
        self.0.bits() % most.max(1)
    }

    /// A number between two, both included.
    pub(super) fn between(&self, least: i64, most: i64) -> i64 {
        let span = most.abs_diff(least).saturating_add(1);
        least.saturating_add_unsigned(self.below(span))
    }

    /// Yes in so many of ten thousand draws.
    pub(super) fn permyriad(&self, of_ten_thousand: u64) -> bool {
        self.below(10_000) < of_ten_thousand
    }

    /// Yes in so many of a hundred draws.
    pub(super) fn percent(&self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    /// A place in something this long.
    pub(super) fn place(&self, length: usize) -> usize {
        let place = self.below(u64::try_from(length).unwrap_or(u64::MAX));
        usize::try_from(place).unwrap_or(0)
    }

    /// One of several.
    pub(super) fn one_of<T: Copy>(&self, several: &[T]) -> T {
        several[self.place(several.len())]
    }

    /// 16 octets.
    pub(super) fn octets(&self) -> [u8; 16] {
        let mut octets = [0; 16];
        self.0.fill(&mut octets);
        octets
    }
}
