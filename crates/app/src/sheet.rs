//! The CSV itself (RFC 4180, read forgivingly): its separator, its line ends, its rows.

use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{BufRead, BufReader, Chain, Cursor, Read};

/// Nobody's header is longer.
const HEADER_OCTETS: u64 = 64 * 1024;

/// How the rows of a file end; the CSV reader counts each differently.
#[derive(Clone, Copy)]
enum LineEnd {
    LineFeed,
    Both,
    CarriageReturn,
}

type Source<R> = Chain<Chain<Cursor<Vec<u8>>, BufReader<R>>, &'static [u8]>;

/// A CSV file with its present row.
pub(crate) struct Sheet<R> {
    reader: Reader<Source<R>>,
    record: ByteRecord,
    line_end: LineEnd,
    row: u64,
}

impl<R: Read> Sheet<R> {
    /// Looks at the first line to learn how the file is written. A byte-order mark is passed over;
    /// comma, semicolon (spreadsheets in French) and tab are separators.
    pub(crate) fn open(reader: R) -> Result<Self, String> {
        let mut buffered = BufReader::with_capacity(64 * 1024, reader);
        let mut head = Vec::new();
        let mut limited = (&mut buffered).take(HEADER_OCTETS);
        limited.read_until(b'\n', &mut head).map_err(|error| unreadable(&error))?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err("the file is saved as UTF-16; save it as “CSV UTF-8”".to_owned());
        }
        if head.starts_with(&[0xef, 0xbb, 0xbf]) {
            head.drain(..3);
        }
        let line_end = if head.ends_with(b"\r\n") {
            LineEnd::Both
        } else if head.contains(&b'\r') {
            LineEnd::CarriageReturn
        } else {
            LineEnd::LineFeed
        };
        let first_row = head.split(|byte| *byte == b'\r').next().unwrap_or(&[]);
        let how_many = |separator: u8| first_row.split(|byte| *byte == separator).count();
        let separator = [b'\t', b';', b','].into_iter().max_by_key(|byte| how_many(*byte));
        // A last row without a line end is given one, so that all rows count alike.
        let ending: &'static [u8] = match line_end {
            LineEnd::LineFeed => b"\n",
            LineEnd::Both => b"\r\n",
            LineEnd::CarriageReturn => b"\r",
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.unwrap_or(b','))
            .from_reader(Cursor::new(head).chain(buffered).chain(ending));
        Ok(Self { reader, record: ByteRecord::new(), line_end, row: 0 })
    }

    /// Goes to the next row; `false` at the end.
    pub(crate) fn advance(&mut self) -> Result<bool, String> {
        let more =
            self.reader.read_byte_record(&mut self.record).map_err(|error| unreadable(&error))?;
        // The reader's own count stands behind the row, of which it has seen the line feed or not.
        // Counting lines and not records keeps blank lines in the count, as a spreadsheet does.
        let within = self.record.as_slice().split(|byte| *byte == b'\n').count() - 1;
        let within = u64::try_from(within).unwrap_or(0);
        self.row = match self.line_end {
            LineEnd::LineFeed => self.reader.position().line().saturating_sub(1 + within),
            LineEnd::Both => self.reader.position().line().saturating_sub(within),
            LineEnd::CarriageReturn => self.row + 1,
        };
        Ok(more)
    }

    /// The present row's number, from 1.
    pub(crate) const fn row(&self) -> u64 {
        self.row
    }

    /// The present row's cells.
    pub(crate) const fn cells(&self) -> &ByteRecord {
        &self.record
    }

    /// Whether nothing stands in the present row, as spreadsheets leave rows behind.
    pub(crate) fn is_blank(&self) -> bool {
        self.record.as_slice().iter().all(u8::is_ascii_whitespace)
    }
}

fn unreadable(error: &dyn std::error::Error) -> String {
    format!("the file cannot be read: {error}")
}
