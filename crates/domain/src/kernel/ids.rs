//! Public ids that are typed, time-ordered and route themselves, and the references people read aloud.

use super::time::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 122 bits in digits of five bits.
const ID_DIGITS: usize = 25;

/// The small fixed partition a line and everything of it lives in, 0 to 1023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cell(u16);

impl Cell {
    /// How many cells there are, for ever.
    pub const COUNT: u16 = 1024;

    /// The cell of a subject: a hash of its bytes, modulo the number of cells.
    pub fn of(subject: &[u8]) -> Self {
        let digest = Sha256::digest(subject);
        Self(u16::from_be_bytes([digest[0], digest[1]]) % Self::COUNT)
    }

    /// The cell with this number; numbers beyond the last wrap round.
    pub const fn numbered(number: u16) -> Self {
        Self(number % Self::COUNT)
    }

    /// 0 to 1023.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Neighbouring cells, the first and the last included: a share of work that goes over everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    /// The lowest, 0 to 1023.
    pub first: u16,
    /// The highest, 0 to 1023.
    pub last: u16,
}

impl Cells {
    /// All there are.
    pub const ALL: Self = Self { first: 0, last: Cell::COUNT - 1 };
    /// Into how many shares all cells are divided.
    pub const SHARES: u16 = 16;

    /// The n-th share; after the last one comes the first again.
    pub const fn share(turn: u16) -> Self {
        let size = Cell::COUNT / Self::SHARES;
        let first = turn % Self::SHARES * size;
        Self { first, last: first + size - 1 }
    }
}

fn mint(at: Instant, cell: Cell, random: u64) -> u128 {
    let millis = u128::from(at.millis().unsigned_abs()) & ((1 << 48) - 1);
    (millis << 74) | (u128::from(cell.number()) << 64) | u128::from(random)
}

fn encode(prefix: &str, bits: u128) -> String {
    let mut text = String::with_capacity(prefix.len() + ID_DIGITS);
    text.push_str(prefix);
    for place in (0..ID_DIGITS).rev() {
        text.push(char::from(DIGITS[usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0)]));
    }
    text
}

fn decode(prefix: &str, text: &str) -> Option<u128> {
    let digits = text.strip_prefix(prefix)?;
    if digits.len() != ID_DIGITS {
        return None;
    }
    let mut bits: u128 = 0;
    for byte in digits.bytes() {
        let value = DIGITS.iter().position(|digit| *digit == byte)?;
        bits = (bits << 5) | u128::try_from(value).ok()?;
    }
    (bits >> 122 == 0).then_some(bits)
}

macro_rules! typed_id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            /// A new id: 48 bits of milliseconds, 10 bits of cell, 64 random bits.
            pub fn mint(at: Instant, cell: Cell, random: u64) -> Self {
                Self(mint(at, cell, random))
            }

            /// Reads the prefixed text form.
            pub fn parse(text: &str) -> Option<Self> {
                decode($prefix, text).map(Self)
            }

            /// The cell this id routes to.
            pub fn cell(self) -> Cell {
                Cell::numbered(u16::try_from((self.0 >> 64) & 0x3ff).unwrap_or(0))
            }

            /// The stored form: 16 octets that sort by time.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }

            /// Reads the stored form.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&encode($prefix, self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text).ok_or_else(|| format!("not an id of the form {}…", $prefix))
            }
        }
    };
}

typed_id!(
    /// A line: one SIM or eSIM card.
    LineId, "lin_"
);
typed_id!(
    /// A renewal order.
    OrderId, "ord_"
);
typed_id!(
    /// A priced offer for one line.
    QuoteId, "quo_"
);
typed_id!(
    /// Where the payer of an order is reached; kept apart from the order so that it can be erased.
    ContactId, "con_"
);
typed_id!(
    /// A person's account.
    AccountId, "acc_"
);
typed_id!(
    /// One signed-in device.
    SessionId, "ses_"
);
typed_id!(
    /// One message to one person for one reason.
    NoticeId, "ntc_"
);
typed_id!(
    /// A method of payment that a provider keeps for an account; it carries the account's cell.
    SavedMethodId, "pm_"
);
typed_id!(
    /// Somebody who works for the business; it carries no line's cell.
    StaffId, "stf_"
);
typed_id!(
    /// A refund that one member of the staff asked another to agree to; it carries the order's cell.
    RefundRequestId, "rrq_"
);
typed_id!(
    /// One conversation of the hotline with a caller.
    CallId, "cal_"
);
typed_id!(
    /// What the staff notes about a line; it carries the line's cell.
    NoteId, "nte_"
);
typed_id!(
    /// What an order holds of a promotion or an account; it carries the cell of that.
    ReservationId, "rsv_"
);

/// The key under which a command takes effect at most once: 16 octets made by its caller.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommandKey([u8; 16]);

impl CommandKey {
    /// The key of an intent, from the words that name it (such as provider, payment id and effect).
    /// The parts are length-prefixed, so `("a","bc")` and `("ab","c")` differ.
    pub fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        Self(key)
    }

    /// The stored form.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// Reads the stored form.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for CommandKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The characters of what people read aloud and type: no 0, O, 1 or I.
pub(super) const REFERENCE_DIGITS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What a person reads aloud: eight characters, of which two carry the cell and six are random.
/// Unique within its cell. Shown in two groups of four.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference([u8; 8]);

impl Reference {
    /// A reference in this cell, from 30 random bits (the rest of `random` is not used).
    pub fn mint(cell: Cell, random: u64) -> Self {
        let bits = (u64::from(cell.number()) << 30) | (random & ((1 << 30) - 1));
        let mut text = [0; 8];
        for (place, digit) in text.iter_mut().enumerate() {
            let shift = 5 * (7 - place);
            *digit = REFERENCE_DIGITS[usize::try_from((bits >> shift) & 31).unwrap_or(0)];
        }
        Self(text)
    }

    /// Reads a reference, forgiving case, spaces and hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .bytes()
            .filter(|byte| !matches!(byte, b' ' | b'-'))
            .map(|byte| byte.to_ascii_uppercase())
            .collect();
        let digits: [u8; 8] = digits.try_into().ok()?;
        digits.iter().all(|digit| REFERENCE_DIGITS.contains(digit)).then_some(Self(digits))
    }

    /// The cell it routes to.
    pub fn cell(&self) -> Cell {
        let value = |byte: u8| REFERENCE_DIGITS.iter().position(|digit| *digit == byte);
        let high = value(self.0[0]).unwrap_or(0);
        let low = value(self.0[1]).unwrap_or(0);
        Cell::numbered(u16::try_from(high * 32 + low).unwrap_or(0))
    }

    /// The eight characters without a hyphen, as stored.
    pub fn compact(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right) = self.compact().split_at(4);
        write!(f, "{left}-{right}")
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.compact().to_owned()
    }
}

impl TryFrom<String> for Reference {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "not an order reference".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, CommandKey, Instant, OrderId, Reference};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_reads_back_and_knows_its_cell(
            millis in 0i64..(1 << 47), cell in 0u16..1024, random: u64,
        ) {
            let cell = Cell::numbered(cell);
            let id = OrderId::mint(Instant::from_millis(millis), cell, random);
            prop_assert_eq!(OrderId::parse(&id.to_string()), Some(id));
            prop_assert_eq!(OrderId::from_bytes(id.to_bytes()), id);
            prop_assert_eq!(id.cell(), cell);
            let later = OrderId::mint(Instant::from_millis(millis + 1), cell, 0);
            prop_assert!(later.to_string() > id.to_string());
        }

        #[test]
        fn a_reference_reads_back_however_it_is_typed(cell in 0u16..1024, random: u64) {
            let cell = Cell::numbered(cell);
            let reference = Reference::mint(cell, random);
            prop_assert_eq!(reference.cell(), cell);
            let typed = reference.to_string().to_lowercase().replace('-', " ");
            prop_assert_eq!(Reference::parse(&typed), Some(reference));
        }
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "ord_", "quo_0000000000000000000000000", "ord_ZZZZZZZZZZZZZZZZZZZZZZZZZ"] {
            assert_eq!(OrderId::parse(text), None, "{text}");
        }
        assert_ne!(CommandKey::of(&["a", "bc"]), CommandKey::of(&["ab", "c"]));
    }
}
