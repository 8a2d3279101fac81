//! Digests of what is printed on a card's carrier: PIN and PUK. They are short, so a plain hash could
//! be guessed; a keyed one cannot without the installation's key.

use farline_domain::kernel::Iccid;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Which secret of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// The PIN, 4 to 8 digits.
    Pin,
    /// The PUK, exactly 8 digits.
    Puk,
}

impl SecretKind {
    /// The word that is part of the digest and the column's name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Puk => "puk",
        }
    }

    /// Whether a text has the form of this secret (3GPP TS 31.101: 4 to 8 digits; 8 digits).
    pub fn fits(self, value: &str) -> bool {
        let lengths = match self {
            Self::Pin => 4..=8,
            Self::Puk => 8..=8,
        };
        lengths.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// HMAC-SHA256 (RFC 2104) under the installation's key over `kind:iccid:value`. The card's number is
/// part of it, so equal PINs of two cards have different digests. `value` is digits only.
pub fn secret_digest(key: &[u8; 32], kind: SecretKind, iccid: &Iccid, value: &str) -> [u8; 32] {
    // HMAC pads a shorter key with zeros to the block's 64 octets; doing it here cannot fail.
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in [kind.code(), ":", iccid.as_str(), ":", value] {
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}
