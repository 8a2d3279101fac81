//! Writing the file. It gets its name when it is whole and on disk; until then it ends in `.part`.

use super::file::{
    Check, FORMAT, FileFault, HOLDS, Header, Mark, OCTETS_PER_CHECK, Origin, ROWS_PER_CHECK,
};
use super::proof::{Counted, Proof, Rows};
use super::shape::Table;
use super::value::{Value, hexadecimal, write_row};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A file being written.
pub(crate) struct Writing {
    path: PathBuf,
    part: PathBuf,
    output: BufWriter<File>,
    digest: Sha256,
    /// The rows since the last check.
    rows: u64,
    octets: usize,
    all_rows: u64,
    /// The digest of the table whose rows are written.
    table: Rows,
    line: Vec<u8>,
    is_whole: bool,
}

/// The name under which a file is written until it is whole.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Gives a file that is whole its name, for good.
pub(crate) fn name(part: &Path, path: &Path) -> std::io::Result<()> {
    std::fs::rename(part, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

impl Writing {
    /// Begins a file. One that is there already is never written over; what is left of an earlier
    /// attempt is.
    pub(crate) fn begin(path: &Path, schema: i64, origin: &Origin) -> Result<Self, FileFault> {
        if path.exists() {
            return Err(FileFault::of(path, "there is a file of this name already"));
        }
        let part = part_of(path);
        let mut options = OpenOptions::new();
        // Everything about everybody is in it: only its owner may read it.
        let output = options.write(true).create(true).truncate(true).mode(0o600).open(&part);
        let output = output.map_err(|error| FileFault::of(&part, error))?;
        let mut writing = Self {
            path: path.to_owned(),
            part,
            output: BufWriter::with_capacity(1 << 20, output),
            digest: Sha256::new(),
            rows: 0,
            octets: 0,
            all_rows: 0,
            table: Rows::default(),
            line: Vec::new(),
            is_whole: false,
        };
        let header =
            Header { holds: HOLDS.to_owned(), format: FORMAT, schema, origin: origin.clone() };
        writing.mark(&Mark::Farline(header))?;
        Ok(writing)
    }

    fn put(&mut self, mut line: Vec<u8>) -> Result<Vec<u8>, FileFault> {
        line.push(b'\n');
        self.digest.update(&line);
        let written = self.output.write_all(&line);
        written.map_err(|error| FileFault::of(&self.part, error))?;
        Ok(line)
    }

    fn mark(&mut self, mark: &Mark) -> Result<(), FileFault> {
        let line = serde_json::to_vec(mark);
        let line = line.map_err(|error| FileFault::of(&self.part, error))?;
        self.put(line).map(drop)
    }

    fn digest(&self) -> String {
        hexadecimal(&self.digest.clone().finalize())
    }

    fn check(&mut self) -> Result<(), FileFault> {
        if self.rows > 0 {
            let check = Check { rows: self.rows, sha256: self.digest() };
            (self.rows, self.octets) = (0, 0);
            self.mark(&Mark::Check(check))?;
        }
        Ok(())
    }

    /// Rows of this table follow.
    pub(crate) fn table(&mut self, table: &Table) -> Result<(), FileFault> {
        self.table = Rows::default();
        self.mark(&Mark::Table(table.clone()))
    }

    /// Writes a row. Returns how many there are by now.
    pub(crate) fn row(&mut self, row: &[Value<'_>]) -> Result<u64, FileFault> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        write_row(row, &mut line);
        self.table.add_line(&line);
        self.line = self.put(line)?;
        self.rows += 1;
        self.all_rows += 1;
        self.octets += self.line.len();
        if self.rows >= u64::from(ROWS_PER_CHECK) || self.octets >= OCTETS_PER_CHECK {
            self.check()?;
        }
        Ok(self.all_rows)
    }

    /// Ends the rows of a table: how many there were, with their digest.
    pub(crate) fn end_table(&mut self) -> Result<Counted, FileFault> {
        self.check()?;
        Ok(self.table.counted())
    }

    /// Ends the file, puts it on disk and gives it its name. Returns its digest.
    pub(crate) fn end(mut self, proof: &Proof) -> Result<String, FileFault> {
        self.mark(&Mark::Proof(proof.clone()))?;
        let sha256 = self.digest();
        self.mark(&Mark::End(Check { rows: self.all_rows, sha256: sha256.clone() }))?;
        let kept = self.output.flush();
        let kept = kept.and_then(|()| self.output.get_ref().sync_all());
        let kept = kept.and_then(|()| name(&self.part, &self.path));
        kept.map_err(|error| FileFault::of(&self.path, error))?;
        self.is_whole = true;
        Ok(sha256)
    }
}

impl Drop for Writing {
    /// What did not become a whole file is of no use.
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = std::fs::remove_file(&self.part);
        }
    }
}
