//! The installation's keys: made on first start, kept in files that only the owner can read.

use eyre::{Context, Result, bail};
use farline_app::Keys;
use farline_app::ports::Randomness;
use farline_documents::SigningKey;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The name of the file that holds the public key receipts are checked with.
pub(crate) const PUBLIC_KEY_FILE: &str = "receipt-key.pub";

/// Reads the keys in a data folder, making those that are missing.
pub(crate) fn open(data: &Path, randomness: &dyn Randomness) -> Result<(Keys, SigningKey)> {
    let folder = data.join("keys");
    fs::create_dir_all(&folder).wrap_err("the keys folder cannot be made")?;
    let tokens = key(&folder.join("tokens.key"), randomness)?;
    let secrets = key(&folder.join("secrets.key"), randomness)?;
    let signing = SigningKey::from_seed(&key(&folder.join("receipts.key"), randomness)?);
    let public = data.join(PUBLIC_KEY_FILE);
    if !public.exists() {
        fs::write(&public, format!("{}\n", signing.public_key()))?;
    }
    Ok((Keys { tokens, secrets }, signing))
}

/// The keys in a data folder by name, each with a fingerprint that tells it from others and tells
/// nothing of it.
pub(crate) fn fingerprints(data: &Path) -> Result<BTreeMap<String, String>> {
    let folder = data.join("keys");
    let mut fingerprints = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(fingerprints);
    }
    for entry in fs::read_dir(&folder).wrap_err("the keys folder cannot be read")? {
        let path = entry?.path();
        let text = fs::read(&path).wrap_err_with(|| path.display().to_string())?;
        let digest = Sha256::new().chain_update("farline key\n").chain_update(text.trim_ascii());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        fingerprints.insert(name, hex(&digest.finalize()[..16]));
    }
    Ok(fingerprints)
}

/// A secret of the sandbox provider, made on first start.
pub(crate) fn sandbox_secret(
    data: &Path,
    name: &str,
    randomness: &dyn Randomness,
) -> Result<String> {
    let folder = data.join("keys");
    fs::create_dir_all(&folder)?;
    Ok(hex(&key(&folder.join(format!("sandbox-{name}.key")), randomness)?))
}

fn key(path: &Path, randomness: &dyn Randomness) -> Result<[u8; 32]> {
    if path.exists() {
        let text = fs::read_to_string(path).wrap_err_with(|| path.display().to_string())?;
        return unhex(text.trim())
            .ok_or_else(|| eyre::eyre!("{} does not hold 64 hexadecimal digits", path.display()));
    }
    let mut bytes = [0; 32];
    randomness.fill(&mut bytes);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .wrap_err_with(|| format!("{} cannot be made", path.display()))?;
    file.write_all(hex(&bytes).as_bytes())?;
    file.sync_all()?;
    if bytes == [0; 32] {
        bail!("the operating system gave no randomness");
    }
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}
