//! A file of codes that are as good as money.

use eyre::{Result, WrapErr};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Writes number and code, one to a line, for whoever owns the file alone. There must be none of this name.
pub(super) fn write_codes(path: &Path, codes: impl Iterator<Item = (u32, String)>) -> Result<()> {
    let write = || {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let mut out = BufWriter::new(file);
        writeln!(out, "number,code")?;
        for (number, code) in codes {
            writeln!(out, "{number},{code}")?;
        }
        let file: File = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()
    };
    write().wrap_err_with(|| path.display().to_string())
}
