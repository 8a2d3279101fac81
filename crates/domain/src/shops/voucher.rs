//! Vouchers: codes that a shop sells, each good for one renewal of any card the plan is for.

use super::item::{ItemKey, ItemSource, ShopItem};
use crate::catalog::PlanCode;
use crate::kernel::{Instant, Money, code, digits_of_bits, in_groups, read_digits};
use crate::orders::ShopCode;
use serde::{Deserialize, Serialize};
use std::fmt;

code!(
    /// Names a batch of vouchers, such as `autumn-2026`.
    VoucherBatchCode
);

/// Eighty bits in digits of five.
const LENGTH: usize = 16;

/// The code of a voucher: sixteen characters of five random bits each. Whoever has it has the renewal; `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct VoucherCode([u8; LENGTH]);

impl VoucherCode {
    /// The code of these random bits.
    pub fn mint(random: [u8; 10]) -> Self {
        let bits = random.iter().fold(0_u128, |bits, octet| (bits << 8) | u128::from(*octet));
        Self(digits_of_bits(bits))
    }

    /// Reads a code as people type and paste it: small letters, spaces, hyphens and full-width signs are forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        read_digits(typed).map(Self)
    }

    /// The sixteen characters, as a digest is made of them.
    pub fn compact(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    /// As it is given to a buyer: in four groups.
    pub fn written(&self) -> String {
        in_groups(&self.0)
    }
}

impl fmt::Debug for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a voucher's code")
    }
}

/// Vouchers that were made together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherBatch {
    /// Its code, for ever.
    pub code: VoucherBatchCode,
    /// The shop that sells them.
    pub shop: ShopCode,
    /// What each is good for.
    pub plan: PlanCode,
    /// What a buyer pays the shop for one, tax included.
    pub paid: Money,
    /// How many there are; they are numbered from 1.
    pub count: u32,
    /// When they were made.
    pub made_at: Instant,
}

impl VoucherBatch {
    /// What the renewal of a voucher is called among the items of its shop. No marketplace's number of a trade has letters.
    pub fn item_key(&self, number: u32) -> ItemKey {
        let trade = format!("voucher-{}", self.code);
        ItemKey { shop: self.shop.clone(), trade, item: number.to_string() }
    }

    /// The item that a voucher becomes when somebody uses it; whoever keeps it first has it for themselves.
    pub fn item(&self, number: u32, now: Instant) -> ShopItem {
        ShopItem {
            source: ItemSource::Voucher,
            sku: self.plan.to_string(),
            paid: Some(self.paid),
            ..ShopItem::told(self.item_key(number), None, now)
        }
    }
}

/// Whether a voucher may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoucherState {
    /// It may.
    Unused,
    /// It was; what came of it is the item of its shop.
    Used,
    /// It was called back before anybody used it.
    Revoked,
}

impl VoucherState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Unused, Self::Used, Self::Revoked];

    /// The word that is stored and shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Used => "used",
            Self::Revoked => "revoked",
        }
    }

    /// Reads that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A voucher, without its code: that is with the buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Its batch.
    pub batch: VoucherBatchCode,
    /// Its number within the batch, from 1.
    pub number: u32,
    /// Whether it may be used.
    pub state: VoucherState,
    /// Since when that is so.
    pub since: Instant,
}

#[cfg(test)]
mod tests {
    use super::{VoucherCode, VoucherState};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_and_no_two_draws_share_one(random: [u8; 10], other: [u8; 10]) {
            let code = VoucherCode::mint(random);
            prop_assert_eq!(VoucherCode::parse(&code.written()), Some(code.clone()));
            prop_assert_eq!(VoucherCode::parse(code.compact()), Some(code.clone()));
            prop_assert_eq!(code == VoucherCode::mint(other), random == other);
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = VoucherCode::mint([7; 10]);
        let written = code.written();
        assert_eq!(written.len(), 19);
        let full_width: String = code
            .compact()
            .chars()
            .map(|sign| char::from_u32(u32::from(sign) + 0xff01 - 0x21).unwrap())
            .collect();
        for typed in [written.to_lowercase(), written.replace('-', " "), full_width] {
            assert_eq!(VoucherCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        let longer = format!("{written}2");
        for typed in ["", "2345", &longer, "190000000000000001", "2345-6789-ABCD-EFG0", "兑换码"]
        {
            assert_eq!(VoucherCode::parse(typed), None, "{typed}");
        }
        assert_eq!(format!("{code:?}"), "a voucher's code");
    }

    #[test]
    fn words_are_read_back() {
        for state in VoucherState::ALL {
            assert_eq!(VoucherState::parse(state.code()), Some(state));
        }
    }
}
