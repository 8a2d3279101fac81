//! A small file that is one table (CSV), read whole: every wrong cell is told, and nothing of a faulty file is taken.

use super::fault::{Fault, ImportFault, listed, quoted};
use super::trades::cell;
use crate::sheet::Sheet;

/// Rows of a file at most.
const MOST_ROWS: usize = 20_000;

/// The most characters of a name.
pub(crate) const LONGEST_NAME: usize = 100;

/// Which columns a file has.
pub(super) struct Shape {
    /// Their names, in the order the README tells them.
    pub(super) columns: &'static [&'static str],
    /// Those of them that may be left out.
    pub(super) optional: &'static [&'static str],
    /// What a row is, such as `listing`.
    pub(super) row: &'static str,
}

/// A row of the file.
pub(super) struct TableRow<'t> {
    /// The names of the columns of this file, in its order.
    names: &'t [&'static str],
    cells: Vec<String>,
    what: &'static str,
    line: usize,
    faults: Vec<Fault>,
}

/// Reads every row of a file by `read`, which notes what is wrong with it in the row.
pub(super) fn read_table<T>(
    file_name: &str,
    octets: &[u8],
    shape: &Shape,
    mut read: impl FnMut(&mut TableRow<'_>) -> Option<T>,
) -> Result<Vec<T>, ImportFault> {
    let whole = |line: usize, reason: String| {
        let (table, column) = (String::new(), String::new());
        ImportFault::new(file_name, vec![Fault { line, table, column, reason }])
    };
    let mut sheet = Sheet::open(octets).map_err(|reason| whole(1, reason))?;
    if let Err(error) = std::str::from_utf8(octets) {
        // Guessing how else it is written would make other names of it.
        let before = octets.get(..error.valid_up_to()).unwrap_or(octets);
        let line = before.split(|octet| *octet == b'\n').count();
        let reason = "this is not UTF-8 text; save the file as “CSV UTF-8”";
        return Err(whole(line, reason.to_owned()));
    }
    let mut advance = |line: usize| -> Result<Option<(usize, Vec<String>)>, ImportFault> {
        loop {
            match sheet.advance() {
                Err(reason) => return Err(whole(line, reason)),
                Ok(false) => return Ok(None),
                Ok(true) if sheet.is_blank() => {}
                Ok(true) => break,
            }
        }
        let line = usize::try_from(sheet.row()).unwrap_or(usize::MAX);
        Ok(Some((line, sheet.cells().iter().map(cell).collect())))
    };
    let Some((mut line, heading)) = advance(1)? else {
        return Err(whole(1, "the file is empty; its first row names the columns".to_owned()));
    };
    let names = columns_of(&heading, shape).map_err(|reasons| whole(line, reasons.join("; ")))?;
    let (mut taken, mut faults, mut rows) = (Vec::new(), Vec::new(), 0);
    while let Some((next, cells)) = advance(line)? {
        line = next;
        rows += 1;
        if rows > MOST_ROWS {
            return Err(whole(line, format!("a file has at most {MOST_ROWS} rows; send several")));
        }
        let mut row = TableRow { names: &names, cells, what: shape.row, line, faults: Vec::new() };
        if row.has_every_cell() {
            taken.extend(read(&mut row));
        }
        faults.append(&mut row.faults);
    }
    if rows == 0 {
        return Err(whole(line, format!("the file has no {} under its first row", shape.row)));
    }
    if faults.is_empty() { Ok(taken) } else { Err(ImportFault::new(file_name, faults)) }
}

/// Which column stands where; the reasons why that cannot be said, otherwise.
fn columns_of(heading: &[String], shape: &Shape) -> Result<Vec<&'static str>, Vec<String>> {
    let (mut names, mut reasons) = (Vec::new(), Vec::new());
    for text in heading {
        let name = text.to_lowercase().replace(' ', "_");
        match shape.columns.iter().find(|column| **column == name) {
            None => reasons.push(format!(
                "there is no column {}; the columns are {}",
                quoted(text),
                shape.columns.join(", ")
            )),
            Some(column) if names.contains(column) => {
                reasons.push(format!("the column {name} stands here twice"));
            }
            Some(column) => names.push(*column),
        }
    }
    let missing = shape.columns.iter().filter(|column| !shape.optional.contains(column));
    let missing: Vec<&str> = missing.copied().filter(|column| !names.contains(column)).collect();
    if !missing.is_empty() {
        let verb = if missing.len() == 1 { "column is" } else { "columns are" };
        reasons.push(format!("the {verb} missing: {}", listed(missing.into_iter())));
    }
    if reasons.is_empty() { Ok(names) } else { Err(reasons) }
}

impl TableRow<'_> {
    /// The line of the file it begins in, from 1.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// Notes what is wrong with a cell.
    pub(super) fn fault(&mut self, column: &str, reason: impl Into<String>) {
        let (table, column, reason) = (String::new(), column.to_owned(), reason.into());
        self.faults.push(Fault { line: self.line, table, column, reason });
    }

    fn has_every_cell(&mut self) -> bool {
        let (cells, columns) = (self.cells.len(), self.names.len());
        if cells != columns {
            let reason = format!(
                "this row has {cells} cells, but the first row names {columns} columns; put a value with a comma in it in quotes"
            );
            self.fault("", reason);
        }
        cells == columns
    }

    /// A cell read by `parse`; `None` when it is empty, or wrong, which is noted.
    pub(super) fn read<T>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let place = self.names.iter().position(|name| *name == column);
        let text = place.and_then(|place| self.cells.get(place)).map_or("", String::as_str);
        if text.is_empty() {
            return None;
        }
        let read = parse(text);
        read.map_err(|reason| self.fault(column, reason)).ok()
    }

    /// A cell that must not be empty, read by `parse`.
    pub(super) fn required<T>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let before = self.faults.len();
        let value = self.read(column, parse);
        if value.is_none() && self.faults.len() == before {
            let reason = format!("this cell is empty, but every {} needs it", self.what);
            self.fault(column, reason);
        }
        value
    }
}

/// A name in any script. Whatever it begins with, it is a text and computes nothing.
pub(super) fn name(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST_NAME {
        Err(format!("{} is too long; a name has at most {LONGEST_NAME} characters", quoted(text)))
    } else if name.chars().any(char::is_control) {
        Err(format!("{} holds signs that cannot be printed", quoted(text)))
    } else {
        Ok(name)
    }
}
