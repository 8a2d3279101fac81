//! Reading the file. Rows are handed out once the check after them has shown them to be whole, so
//! memory holds at most the rows between two checks.

use super::Tell;
use super::file::{
    Check, FORMAT, FileFault, HOLDS, Header, LONGEST_LINE, Mark, OCTETS_PER_CHECK, ROWS_PER_CHECK,
};
use super::proof::Proof;
use super::shape::Table;
use super::value::hexadecimal;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What follows in a file.
pub(crate) enum Part {
    /// Rows of this table.
    Table(Table),
    /// Rows, each a line.
    Rows(Block),
    /// What the database counted.
    Proof(Proof),
    /// Nothing: the digest of the whole file.
    End(String),
}

/// The rows between two checks.
#[derive(Default)]
pub(crate) struct Block {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Block {
    /// The rows as they were written.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| end + 1));
        starts.zip(&self.ends).filter_map(|(start, end)| self.text.get(start..*end))
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }
}

/// A file being read.
pub(crate) struct Reading {
    path: PathBuf,
    input: BufReader<File>,
    digest: Sha256,
    octets: u64,
    lines: u64,
    rows: u64,
    /// Up to which octet the file is known to be whole.
    whole_until: u64,
    /// The table whose rows are read.
    table: Option<String>,
}

impl Reading {
    /// Opens a file and reads its header.
    pub(crate) fn open(path: &Path) -> Result<(Self, Header), FileFault> {
        let input = File::open(path).map_err(|error| FileFault::of(path, error))?;
        let mut reading = Self {
            path: path.to_owned(),
            input: BufReader::with_capacity(1 << 20, input),
            digest: Sha256::new(),
            octets: 0,
            lines: 0,
            rows: 0,
            whole_until: 0,
            table: None,
        };
        let not_ours =
            || FileFault::of(path, "this is not an installation written by farline export");
        let mut line = Vec::new();
        // Whatever else it is, it need not be read to the end of a line that never ends.
        if reading.line(&mut line, 1 << 20).is_err() {
            return Err(not_ours());
        }
        reading.take_in(&mut line);
        match serde_json::from_slice(&line) {
            Ok(Mark::Farline(header)) if header.holds == HOLDS && header.format == FORMAT => {
                Ok((reading, header))
            }
            Ok(Mark::Farline(header)) if header.holds == HOLDS => Err(FileFault::of(
                path,
                format!(
                    "it is written in format {}, and this program reads format {FORMAT}. Take it \
                     in with version {} of the program, which wrote it.",
                    header.format, header.origin.program
                ),
            )),
            Ok(_) | Err(_) => Err(not_ours()),
        }
    }

    fn place(&self) -> String {
        let table = self.table.as_ref().map(|table| format!(", in the table {table}"));
        format!("line {}{}", self.lines, table.unwrap_or_default())
    }

    fn cut(&self) -> FileFault {
        let why = format!(
            "it is cut short: it ends after octet {} ({}), and its end is missing. Nothing of it \
             was kept.",
            self.octets,
            self.place()
        );
        FileFault::of(&self.path, why)
    }

    pub(crate) fn altered(&self) -> FileFault {
        let why = format!(
            "it was altered or damaged between octet {} and octet {} (before {}). Nothing of it \
             was kept.",
            self.whole_until,
            self.octets,
            self.place()
        );
        FileFault::of(&self.path, why)
    }

    /// Reads a line, without its end; the buffer is only lent.
    fn line(&mut self, line: &mut Vec<u8>, longest: u64) -> Result<(), FileFault> {
        line.clear();
        let read = (&mut self.input).take(longest).read_until(b'\n', line);
        let read = read.map_err(|error| FileFault::of(&self.path, error))?;
        self.octets += u64::try_from(read).unwrap_or(u64::MAX);
        self.lines += 1;
        if line.last() != Some(&b'\n') {
            let too_long = u64::try_from(read).is_ok_and(|read| read == longest);
            return Err(if too_long { self.altered() } else { self.cut() });
        }
        Ok(())
    }

    fn sha256(&self) -> String {
        hexadecimal(&self.digest.clone().finalize())
    }

    fn take_in(&mut self, line: &mut Vec<u8>) {
        self.digest.update(&line);
        line.pop();
    }

    /// The next part of the file.
    pub(crate) fn next(&mut self) -> Result<Part, FileFault> {
        let mut block = Block::default();
        let mut line = Vec::new();
        loop {
            self.line(&mut line, LONGEST_LINE)?;
            if line.first() == Some(&b'[') {
                self.digest.update(&line);
                block.text.extend_from_slice(&line);
                block.ends.push(block.text.len() - 1);
                if block.len() > usize::try_from(ROWS_PER_CHECK).unwrap_or(usize::MAX)
                    || block.text.len() > OCTETS_PER_CHECK + line.len()
                {
                    return Err(self.altered());
                }
                continue;
            }
            let before = self.sha256();
            self.take_in(&mut line);
            let mark = serde_json::from_slice(&line).map_err(|_| self.altered())?;
            return self.part(mark, block, &before);
        }
    }

    fn part(&mut self, mark: Mark, block: Block, before: &str) -> Result<Part, FileFault> {
        let rows = u64::try_from(block.len()).unwrap_or(u64::MAX);
        match mark {
            Mark::Check(check) if check == (Check { rows, sha256: before.to_owned() }) => {
                self.rows += rows;
                self.whole_until = self.octets;
                Ok(Part::Rows(block))
            }
            Mark::Table(table) if rows == 0 => {
                self.table = Some(table.name.clone());
                Ok(Part::Table(table))
            }
            Mark::Proof(proof) if rows == 0 => {
                self.table = None;
                Ok(Part::Proof(proof))
            }
            Mark::End(end)
                if rows == 0 && end == (Check { rows: self.rows, sha256: before.to_owned() }) =>
            {
                self.end()?;
                Ok(Part::End(end.sha256))
            }
            Mark::Farline(_) | Mark::Check(_) | Mark::Table(_) | Mark::Proof(_) | Mark::End(_) => {
                Err(self.altered())
            }
        }
    }

    /// Nothing may follow the end.
    fn end(&mut self) -> Result<(), FileFault> {
        let rest = self.input.fill_buf().map_err(|error| FileFault::of(&self.path, error))?;
        if rest.is_empty() {
            return Ok(());
        }
        let why = format!("something follows its end at octet {}", self.octets);
        Err(FileFault::of(&self.path, why))
    }

    /// Refuses a file that is no longer the one that was checked.
    pub(crate) fn same(&self, checked: &Checked, sha256: &str) -> Result<(), FileFault> {
        let changed = || FileFault::of(&self.path, "it was changed while it was read");
        if sha256 == checked.sha256 { Ok(()) } else { Err(changed()) }
    }

    /// Up to which octet it has been read.
    pub(crate) const fn octets(&self) -> u64 {
        self.octets
    }
}

/// A file that is whole.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file.
    pub path: PathBuf,
    /// Its first line.
    pub header: Header,
    /// What the database that it came from counted.
    pub proof: Proof,
    /// Its digest.
    pub sha256: String,
    /// Its length in octets.
    pub octets: u64,
}

/// Reads the first line of a file.
///
/// # Errors
/// If it cannot be read or is not ours.
pub fn read_header(path: &Path) -> Result<Header, FileFault> {
    Ok(Reading::open(path)?.1)
}

/// Reads a file to its end and finds it whole, before anything is done with it. `tell` is told of
/// octets.
///
/// # Errors
/// If it cannot be read, is not ours, or is not whole; then it says where.
pub fn check_file(path: &Path, tell: &Tell) -> Result<Checked, FileFault> {
    let (mut reading, header) = Reading::open(path)?;
    let mut proof = None;
    loop {
        match reading.next()? {
            Part::Table(_) | Part::Rows(_) if proof.is_none() => tell(reading.octets()),
            Part::Proof(found) if proof.is_none() => proof = Some(found),
            Part::End(sha256) => {
                let proof = proof.ok_or_else(|| reading.altered())?;
                let path = path.to_owned();
                return Ok(Checked { path, header, proof, sha256, octets: reading.octets() });
            }
            Part::Table(_) | Part::Rows(_) | Part::Proof(_) => return Err(reading.altered()),
        }
    }
}
