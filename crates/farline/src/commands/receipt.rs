//! `farline receipt verify`

use super::say;
use crate::cli::ReceiptCommand;
use crate::keys::PUBLIC_KEY_FILE;
use eyre::{Context, Result, bail, eyre};
use farline_documents::{PublicKey, verify, verify_with};
use std::path::Path;

/// Verifies a receipt.
pub(crate) fn run(command: ReceiptCommand) -> Result<()> {
    let ReceiptCommand::Verify { file, key, data } = command;
    let bytes = std::fs::read(&file).wrap_err_with(|| format!("{}", file.display()))?;
    let issuer = match (key, data) {
        (Some(key), _) => Some(read_key(&key)?),
        (None, Some(data)) => Some(read_key(&data.join(PUBLIC_KEY_FILE).to_string_lossy())?),
        (None, None) => None,
    };
    let verified = match &issuer {
        Some(issuer) => verify_with(&bytes, issuer),
        None => verify(&bytes),
    };
    let verified = match verified {
        Ok(verified) => verified,
        Err(error) => bail!("{}: {error}", file.display()),
    };
    say(&format!("whole and unaltered: {}", file.display()));
    say(&format!("key fingerprint: {}", verified.fingerprint));
    say(if issuer.is_some() { "issuer checked" } else { "issuer not checked" });
    Ok(())
}

/// A key from a file, or as it is.
fn read_key(text: &str) -> Result<PublicKey> {
    let path = Path::new(text);
    let digits = if path.exists() {
        std::fs::read_to_string(path).wrap_err_with(|| text.to_owned())?
    } else {
        text.to_owned()
    };
    digits.trim().parse().map_err(|_| {
        eyre!("“{text}” is neither a key file nor a public key of 64 hexadecimal digits")
    })
}
