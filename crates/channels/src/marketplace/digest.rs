//! MD5, with which platforms sign, and comparing signatures.

use md5::{Digest, Md5};
use std::fmt::Write;
use subtle::{Choice, ConstantTimeEq};

/// MD5 of the parts one after the other, in lower-case hexadecimal.
pub(super) fn md5(parts: &[&[u8]]) -> String {
    let mut digest = Md5::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().iter().fold(String::with_capacity(32), |mut text, octet| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{octet:02x}");
        text
    })
}

/// Whether a signature is one of those expected. Each is looked at, and each for as long wherever they differ.
pub(super) fn is_one_of(signature: &str, expected: impl IntoIterator<Item = String>) -> bool {
    let fits = expected
        .into_iter()
        .fold(Choice::from(0), |fits, one| fits | one.as_bytes().ct_eq(signature.as_bytes()));
    fits.into()
}
