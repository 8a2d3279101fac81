//! What stands beside a copy of a database: a small file with its digest, in the form that `sha256sum
//! --check` reads, and a line on when it was made. Whatever is altered in the copy shows, also where no
//! invariant could tell.

use crate::moving::Tell;
use crate::moving::value::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Octets read at once.
const CHUNK: usize = 1 << 20;

/// What is copied, and how fast.
#[derive(Clone, Debug)]
pub struct Copying {
    /// The file to make; there must be none.
    pub copy: PathBuf,
    /// At most this many octets a second.
    pub octets_per_second: u64,
    /// When and by what it is made, for whoever looks at it later.
    pub made: String,
}

/// A copy that was made.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Its length in octets.
    pub octets: u64,
    /// Its digest.
    pub sha256: String,
}

/// What the file beside a copy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// When and by what the copy was made; empty if it does not say.
    pub made: String,
    /// The copy's digest.
    pub sha256: String,
}

/// The name of the file beside a copy.
pub fn label_of(copy: &Path) -> PathBuf {
    let mut name = copy.file_name().unwrap_or_default().to_owned();
    name.push(".sha256");
    copy.with_file_name(name)
}

/// Writes the file beside a copy.
pub(crate) fn write_label(copy: &Path, label: &Label) -> io::Result<()> {
    let name = copy.file_name().unwrap_or_default().to_string_lossy();
    let mut file = File::create(label_of(copy))?;
    writeln!(file, "# {}\n{}  {name}", label.made, label.sha256)?;
    file.sync_all()
}

/// Reads the file beside a copy, if there is one.
///
/// # Errors
/// If it cannot be read, or holds no digest.
pub fn read_label(copy: &Path) -> io::Result<Option<Label>> {
    let text = match std::fs::read_to_string(label_of(copy)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    let made = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
    let digest = text.lines().find(|line| !line.starts_with('#')).and_then(|line| line.get(..64));
    let Some(sha256) = digest else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it holds no digest"));
    };
    Ok(Some(Label { made: made.to_owned(), sha256: sha256.to_owned() }))
}

/// Reads a file to its end, into another one if that is wanted, and computes its digest. `tell` is told
/// of octets.
///
/// # Errors
/// If it cannot be read or written.
pub fn digest_of(path: &Path, into: Option<&Path>, tell: &Tell) -> io::Result<Copied> {
    let mut input = File::open(path)?;
    let mut output = into.map(File::create).transpose()?;
    let (mut digest, mut octets) = (Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = input.read(&mut chunk)?;
        let Some(read) = chunk.get(..read).filter(|read| !read.is_empty()) else {
            break;
        };
        digest.update(read);
        if let Some(output) = &mut output {
            output.write_all(read)?;
        }
        octets += u64::try_from(read.len()).unwrap_or(u64::MAX);
        tell(octets);
    }
    Ok(Copied { octets, sha256: hexadecimal(&digest.finalize()) })
}
