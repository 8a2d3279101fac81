//! The tables of a catalogue file, read cell by cell so that every fault is found and placed.

use crate::imports::amounts;
use crate::imports::fault::{Fault, listed, quoted};
use farline_domain::kernel::{Language, Localized};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Collects what is wrong while a file is read.
pub(super) struct Reading<'t> {
    text: &'t str,
    faults: RefCell<Vec<Fault>>,
}

impl<'t> Reading<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, faults: RefCell::default() }
    }

    /// Notes a fault at an octet of the file.
    pub(super) fn fault(
        &self,
        at: usize,
        (table, column): (&str, &str),
        reason: impl Into<String>,
    ) {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = before.split(|byte| *byte == b'\n').count();
        self.faults.borrow_mut().push(Fault {
            line,
            table: table.to_owned(),
            column: column.to_owned(),
            reason: reason.into(),
        });
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// The rows of a top-level array of tables, such as `[[plans]]`; none, if it is absent.
    pub(super) fn rows<'r>(&'r self, file: &'r DeTable<'t>, table: &str) -> Vec<Row<'r, 't>> {
        let Some(value) = file.get(table) else { return Vec::new() };
        let DeValue::Array(rows) = value.get_ref() else {
            let reason = format!("write every entry under its own heading [[{table}]]");
            self.fault(value.span().start, (table, ""), reason);
            return Vec::new();
        };
        let rows = rows.iter().enumerate().filter_map(|(place, row)| {
            let mut label = format!("[[{table}]] {}", place + 1);
            let DeValue::Table(cells) = row.get_ref() else {
                self.fault(row.span().start, (&label, ""), "this is not a table");
                return None;
            };
            if let Some(code) = cells.get("code").and_then(|code| code.get_ref().as_str()) {
                label = format!("{label} {}", quoted(code));
            }
            let start = row.span().start;
            Some(Row { reading: self, label, prefix: String::new(), cells, start })
        });
        rows.collect()
    }
}

/// One table of the file.
pub(super) struct Row<'r, 't> {
    reading: &'r Reading<'t>,
    label: String,
    prefix: String,
    cells: &'r DeTable<'t>,
    start: usize,
}

/// What a cell holds instead of text, as a fault names it.
fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

impl<'r, 't> Row<'r, 't> {
    /// Notes a fault of a column, at its cell where there is one.
    pub(super) fn fault(&self, column: &str, reason: impl Into<String>) {
        let at = self.cells.get(column).map_or(self.start, |cell| cell.span().start);
        self.fault_at(at, column, reason);
    }

    fn fault_at(&self, at: usize, column: &str, reason: impl Into<String>) {
        let column = format!("{}{column}", self.prefix);
        self.reading.fault(at, (&self.label, &column), reason);
    }

    /// Names the columns that do not exist: a mistyped name must not be passed over in silence.
    pub(super) fn columns(&self, known: &[&str]) {
        for (name, _) in self.cells {
            let name: (&str, usize) = (name.get_ref(), name.span().start);
            if !known.contains(&name.0) {
                let choices = listed(known.iter().copied());
                let reason = format!("there is no such field here; the fields are {choices}");
                self.fault_at(name.1, name.0, reason);
            }
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }

    pub(super) fn is_text(&self, column: &str) -> bool {
        self.cells.get(column).is_some_and(|cell| cell.get_ref().is_str())
    }

    /// Whether a list stands in a column, with nothing in it.
    pub(super) fn is_empty_list(&self, column: &str) -> bool {
        let list = self.cells.get(column).and_then(|cell| cell.get_ref().as_array());
        list.is_some_and(|list| list.is_empty())
    }

    fn cell(&self, column: &str) -> Option<&'r Spanned<DeValue<'t>>> {
        let cell = self.cells.get(column);
        if cell.is_none() {
            self.fault(column, "this field is missing");
        }
        cell
    }

    /// A text that has to be there, read by `parse`.
    pub(super) fn read<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.cell(column)?.get_ref();
        let Some(text) = value.as_str() else {
            let reason = format!("{} stands here; write it as text in quotes", described(value));
            self.fault(column, reason);
            return None;
        };
        parse(text).map_err(|reason| self.fault(column, reason)).ok()
    }

    /// A text that may be absent, read by `parse`. The outer `None` is a fault.
    #[expect(clippy::option_option, reason = "absent and wrong are two different answers")]
    pub(super) fn read_optional<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Option<T>> {
        if self.has(column) { self.read(column, parse).map(Some) } else { Some(None) }
    }

    /// A whole number in a range.
    pub(super) fn integer<T: TryFrom<i64>>(
        &self,
        column: &str,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let value = self.cell(column)?.get_ref();
        let number = value
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number))
            .and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            let (least, most) = range.into_inner();
            self.fault(column, format!("this must be a whole number from {least} to {most}"));
        }
        number
    }

    /// `true` or `false`; false, if absent.
    pub(super) fn flag(&self, column: &str) -> Option<bool> {
        let Some(cell) = self.cells.get(column) else { return Some(false) };
        let flag = cell.get_ref().as_bool();
        if flag.is_none() {
            self.fault(column, "this must be true or false, without quotes");
        }
        flag
    }

    /// A local date, with or without quotes.
    pub(super) fn date(&self, column: &str) -> Option<Date> {
        let value = self.cell(column)?.get_ref();
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => described(value).to_owned(),
        };
        amounts::date(&text).map_err(|reason| self.fault(column, reason)).ok()
    }

    /// A local date that may be absent. The outer `None` is a fault.
    #[expect(clippy::option_option, reason = "absent and wrong are two different answers")]
    pub(super) fn optional_date(&self, column: &str) -> Option<Option<Date>> {
        if self.has(column) { self.date(column).map(Some) } else { Some(None) }
    }

    /// A text in every language.
    pub(super) fn localized(&self, column: &str) -> Option<Localized> {
        let row = self.table(column, "write it once per language, like name.en-CA = \"…\"")?;
        let tags = Language::ALL.map(Language::tag);
        row.columns(&tags);
        let mut texts = BTreeMap::new();
        for language in Language::ALL {
            let text = row.read(language.tag(), |text| {
                let text = text.trim().to_owned();
                if text.is_empty() { Err("this text is empty".to_owned()) } else { Ok(text) }
            });
            texts.insert(language, text.unwrap_or_default());
        }
        Localized::new(texts).ok()
    }

    /// A table inside this one.
    pub(super) fn table(&self, column: &str, otherwise: &str) -> Option<Row<'r, 't>> {
        let cell = self.cell(column)?;
        let DeValue::Table(cells) = cell.get_ref() else {
            self.fault(column, otherwise);
            return None;
        };
        Some(Row {
            reading: self.reading,
            label: self.label.clone(),
            prefix: format!("{}{column}.", self.prefix),
            cells,
            start: cell.span().start,
        })
    }

    /// The tables of a list inside this one.
    pub(super) fn tables(&self, column: &str) -> Vec<Row<'r, 't>> {
        let Some(cell) = self.cell(column) else { return Vec::new() };
        let DeValue::Array(entries) = cell.get_ref() else {
            self.fault(column, "this must be a list of tables in square brackets");
            return Vec::new();
        };
        let rows = entries.iter().enumerate().filter_map(|(place, entry)| {
            let prefix = format!("{}{column} {}", self.prefix, place + 1);
            let start = entry.span().start;
            let DeValue::Table(cells) = entry.get_ref() else {
                self.reading.fault(start, (&self.label, &prefix), "this must be a table in braces");
                return None;
            };
            let (label, prefix) = (self.label.clone(), format!("{prefix}, "));
            Some(Row { reading: self.reading, label, prefix, cells, start })
        });
        rows.collect()
    }

    /// The texts of a list, each read by `parse`; the same one twice is a fault.
    pub(super) fn list<T: PartialEq>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let Some(cell) = self.cell(column) else { return Vec::new() };
        let DeValue::Array(entries) = cell.get_ref() else {
            self.fault(column, "this must be a list of texts in square brackets");
            return Vec::new();
        };
        let mut read = Vec::new();
        for entry in entries {
            let at = entry.span().start;
            let Some(text) = entry.get_ref().as_str() else {
                self.fault_at(at, column, "every entry must be text in quotes");
                continue;
            };
            match parse(text) {
                Err(reason) => self.fault_at(at, column, reason),
                Ok(value) if read.contains(&value) => {
                    self.fault_at(at, column, format!("{} stands here twice", quoted(text)));
                }
                Ok(value) => read.push(value),
            }
        }
        read
    }
}
