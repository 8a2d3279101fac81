//! The installation's keys: made on first start, kept in files that only the owner can read.

use eyre::{Context, Result, bail};
use farline_app::Keys;
use farline_app::ports::Randomness;
use farline_documents::SigningKey;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
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
        keep(&public, 0o644, &format!("{}\n", signing.public_key()))?;
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
    if bytes == [0; 32] {
        bail!("the operating system gave no randomness");
    }
    keep(path, 0o600, &hex(&bytes))?;
    Ok(bytes)
}

/// Makes a file that is there with all its text, and stays, or is not there at all: a start that is
/// killed or loses its power half-way must not leave a key that nobody can read, nor half a configuration.
pub(crate) fn keep(path: &Path, mode: u32, text: &str) -> Result<()> {
    let new = path.with_extension("new");
    let kept = || -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(mode);
        let mut file = options.open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    };
    kept().wrap_err_with(|| format!("{} cannot be made", path.display()))
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
