//! The signing key, its public half and the fingerprint that people compare.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

/// An Ed25519 signing key (RFC 8032). Its memory is wiped when it is dropped and `Debug` shows the fingerprint only.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Makes the key from its 32 secret seed bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The half that may be published.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Short name of the key; the same as that of its public half.
    pub fn fingerprint(&self) -> Fingerprint {
        self.public_key().fingerprint()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.fingerprint())
    }
}

/// An Ed25519 public key. Written and read as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Reads the key's 32 bytes.
    ///
    /// # Errors
    /// When they are not a point of the curve, or one of the few weak points under which anything could be signed.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, PublicKeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| PublicKeyError)?;
        if key.is_weak() { Err(PublicKeyError) } else { Ok(Self(key)) }
    }

    /// The key's 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Short name of the key: what people compare by eye.
    pub fn fingerprint(&self) -> Fingerprint {
        let digest: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Fingerprint(short)
    }

    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = PublicKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_bytes(&unhex(text.as_bytes()).ok_or(PublicKeyError)?)
    }
}

/// The text or the bytes are no Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an Ed25519 public key: 64 lower-case hexadecimal digits of a sound point are expected"
)]
pub struct PublicKeyError;

/// The first 16 bytes of the SHA-256 of a public key, shown as eight groups of four hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.chunks_exact(2).enumerate() {
            if index > 0 {
                formatter.write_char(' ')?;
            }
            for byte in pair {
                write!(formatter, "{byte:02x}")?;
            }
        }
        Ok(())
    }
}

/// Lower-case hexadecimal digits of the bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Exactly `2 N` lower-case hexadecimal digits. Capitals are refused: one value must have one spelling, or a file could be
/// altered without its signature noticing.
pub(crate) fn unhex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if digits.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, SigningKey, hex};

    // RFC 8032, section 7.1, test 1.
    const SEED: [u8; 32] = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ];
    const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    #[test]
    fn the_public_half_is_that_of_the_standard() {
        let key = SigningKey::from_seed(&SEED);
        assert_eq!(key.public_key().to_string(), PUBLIC);
        assert_eq!(PUBLIC.parse::<PublicKey>(), Ok(key.public_key()));
        assert_eq!(key.fingerprint(), key.public_key().fingerprint());
        assert_eq!(key.fingerprint().to_string(), "21fe 31df a154 a261 626b f854 046f d227");
    }

    #[test]
    fn debug_never_shows_the_secret() {
        let key = SigningKey::from_seed(&SEED);
        let shown = format!("{key:?} {key:#?}");
        assert!(!shown.contains(&hex(&SEED)[..8]), "{shown}");
        assert!(!shown.contains("157, 97"), "{shown}");
    }

    #[test]
    fn capitals_and_weak_points_are_refused() {
        assert!(PUBLIC.to_uppercase().parse::<PublicKey>().is_err());
        assert!(PublicKey::from_bytes(&[0; 32]).is_err());
        assert!("d75a".parse::<PublicKey>().is_err());
    }
}
