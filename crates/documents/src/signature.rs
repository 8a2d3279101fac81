//! The signature block inside the file, and how it is checked.
//!
//! The block is a small text file attached to the PDF, stored as it is, without compression:
//!
//! ```text
//! Farline signed document
//! farline-signature/1
//! algorithm: Ed25519
//! canonical-bytes: 0000001234
//! canonical-sha256: (64 digits)
//! public-key: (64 digits)
//! signature: (128 digits)
//! ```
//!
//! The signature covers the whole file with the 128 digits of the signature itself read as zeros: the public key, the
//! digest and every byte of the PDF are under it. A line break cannot stand in a JSON string nor in the PDF's own
//! strings as written here, so no words of a buyer can forge a second block.

use sha2::{Digest as _, Sha256};

use crate::key::{Fingerprint, PublicKey, SigningKey, hex, unhex};

const TITLE: &str = "Farline signed document";
/// What every version of the block starts with; one file holds it exactly once.
const MARKER: &[u8] = b"\nfarline-signature/";
const VERSION_AND_ALGORITHM: &[u8] = b"1\nalgorithm: Ed25519\ncanonical-bytes: ";
const LENGTH_DIGITS: usize = 10;
const SIGNATURE_DIGITS: usize = 128;
/// Signed before the file's bytes, so that the key's signature on anything else is never one on a document.
const DOMAIN: &[u8] = b"farline document signature, version 1\n";

/// What a sound file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Short name of the key that signed. Whose key it is, only the reader can tell.
    pub fingerprint: Fingerprint,
    /// The key that signed.
    pub public_key: PublicKey,
    /// The canonical JSON attached to the file, byte for byte; `None` when the document has none.
    pub canonical: Option<String>,
    /// SHA-256 of the canonical JSON as 64 hexadecimal digits; `None` when the document has none.
    pub canonical_sha256: Option<String>,
}

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// There is no signature block: the file is not such a document, or it was saved anew by another program.
    #[error("the file holds no signature")]
    Unsigned,
    /// There is more than one signature block.
    #[error("the file holds more than one signature")]
    Ambiguous,
    /// The block is of a later version, cut short or not written as the format says.
    #[error("the signature is not in a format this version knows")]
    Format,
    /// The file differs from what was signed.
    #[error("the file was altered after it was signed")]
    Altered,
    /// The file is sound but signed with another key than the one asked for.
    #[error("the file is signed with another key: {0}")]
    ForeignKey(Fingerprint),
    /// The signature holds, but the canonical data it names is not in the file.
    #[error("the data that the signature names is missing from the file")]
    CanonicalMissing,
}

/// The text of the block with zeros in place of the signature.
pub(crate) fn unsigned_block(canonical: &str, key: PublicKey) -> String {
    format!(
        "{TITLE}\nfarline-signature/1\nalgorithm: Ed25519\ncanonical-bytes: {:010}\ncanonical-sha256: {}\npublic-key: {key}\nsignature: {}\n",
        canonical.len(),
        hex(&Sha256::digest(canonical.as_bytes())),
        "0".repeat(SIGNATURE_DIGITS),
    )
}

/// Puts the signature into the file's one block, in place.
pub(crate) fn sign(file: &mut [u8], key: &SigningKey) -> Result<(), VerifyError> {
    let block = Block::find(file)?;
    let digits = hex(&key.sign(&message(file, &block)));
    let place = file
        .get_mut(block.signature_at..block.signature_at + SIGNATURE_DIGITS)
        .ok_or(VerifyError::Format)?;
    place.copy_from_slice(digits.as_bytes());
    Ok(())
}

/// Checks a file against the signature and the key inside it.
///
/// A sound answer means that the holder of [`Verified::public_key`] signed exactly these bytes. Whether that is the
/// seller's key, the reader tells by the fingerprint, or asks [`verify_with`].
///
/// # Errors
/// When there is no signature or more than one, or any byte differs from what was signed.
pub fn verify(file: &[u8]) -> Result<Verified, VerifyError> {
    let block = Block::find(file)?;
    let digits = file
        .get(block.signature_at..block.signature_at + SIGNATURE_DIGITS)
        .ok_or(VerifyError::Format)?;
    let signature = unhex::<64>(digits).ok_or(VerifyError::Format)?;
    if !block.key.accepts(&message(file, &block), &signature) {
        return Err(VerifyError::Altered);
    }
    let canonical = block.canonical(file)?;
    Ok(Verified {
        fingerprint: block.key.fingerprint(),
        public_key: block.key,
        canonical_sha256: canonical.as_ref().map(|_| hex(&block.digest)),
        canonical,
    })
}

/// Checks a file and that `key` is the one that signed it.
///
/// # Errors
/// As [`verify`], and when the file is sound but signed with another key.
pub fn verify_with(file: &[u8], key: &PublicKey) -> Result<Verified, VerifyError> {
    let verified = verify(file)?;
    if verified.public_key == *key {
        Ok(verified)
    } else {
        Err(VerifyError::ForeignKey(verified.fingerprint))
    }
}

/// The one signature block of a file.
struct Block {
    key: PublicKey,
    digest: [u8; 32],
    length: usize,
    signature_at: usize,
}

impl Block {
    fn find(file: &[u8]) -> Result<Self, VerifyError> {
        let mut places = occurrences(file, MARKER);
        let start = places.next().ok_or(VerifyError::Unsigned)?;
        if places.next().is_some() {
            return Err(VerifyError::Ambiguous);
        }
        Self::read(file, start + MARKER.len()).ok_or(VerifyError::Format)
    }

    fn read(file: &[u8], start: usize) -> Option<Self> {
        let mut reader = Reader { file, at: start };
        reader.expect(VERSION_AND_ALGORITHM)?;
        let length = reader.take(LENGTH_DIGITS)?;
        if !length.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let length = std::str::from_utf8(length).ok()?.parse().ok()?;
        reader.expect(b"\ncanonical-sha256: ")?;
        let digest = unhex(reader.take(64)?)?;
        reader.expect(b"\npublic-key: ")?;
        let key = PublicKey::from_bytes(&unhex(reader.take(64)?)?).ok()?;
        reader.expect(b"\nsignature: ")?;
        let signature_at = reader.at;
        reader.take(SIGNATURE_DIGITS)?;
        reader.expect(b"\n")?;
        Some(Self { key, digest, length, signature_at })
    }

    /// The attached data: the stream of the file that has the length and the digest which the block names.
    fn canonical(&self, file: &[u8]) -> Result<Option<String>, VerifyError> {
        if self.length == 0 {
            return Ok(None);
        }
        occurrences(file, b"stream\n")
            .filter_map(|at| file.get(at + 7..)?.get(..self.length))
            .find(|bytes| <[u8; 32]>::from(Sha256::digest(bytes)) == self.digest)
            .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
            .map(Some)
            .ok_or(VerifyError::CanonicalMissing)
    }
}

/// What is signed: the domain, then the file with zeros for the signature's own digits.
fn message(file: &[u8], block: &Block) -> Vec<u8> {
    let mut message = Vec::with_capacity(DOMAIN.len() + file.len());
    message.extend_from_slice(DOMAIN);
    message.extend_from_slice(file);
    let start = DOMAIN.len() + block.signature_at;
    if let Some(digits) = message.get_mut(start..start + SIGNATURE_DIGITS) {
        digits.fill(b'0');
    }
    message
}

fn occurrences<'a>(file: &'a [u8], pattern: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(file, pattern)
}

struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.file.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    fn expect(&mut self, words: &[u8]) -> Option<()> {
        (self.take(words.len())? == words).then_some(())
    }
}
