//! Reads a file of lines (CSV) row by row, so that a million of them need no memory to speak of.

mod columns;
mod row;

use super::fault::quoted;
use crate::ports::Randomness;
use crate::ports::lines::{ImportError, NewLine};
use crate::sheet::Sheet;
use columns::Columns;
use farline_domain::catalog::{Catalogue, Operator, ZoneCode};
use farline_domain::kernel::{AllowanceKind, Instant, LineId};
use jiff::civil::Date;
use row::Row;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

/// What an import needs besides the file and the catalogue.
pub struct LinesContext {
    /// The file's name, as faults repeat it.
    pub file_name: String,
    /// The instant of the import: the ids of new lines carry it.
    pub now: Instant,
    /// The installation's key for digests of PIN and PUK.
    pub secrets_key: [u8; 32],
    /// Where the random part of ids comes from.
    pub randomness: Arc<dyn Randomness>,
}

/// A zone and how many countries it has.
type Home = (ZoneCode, u16);

/// What the rows of one operator are checked against.
struct OperatorFacts {
    operator: Operator,
    /// The operator's local date at the import.
    today: Date,
    /// Where a balance can be used when the row names no zone, by kind in the order of
    /// [`AllowanceKind::ALL`].
    homes: [Option<Home>; 4],
}

/// The lines of a file, one per row that is not empty, with the row's number in the file (the header
/// is row 1, as a spreadsheet shows it). A wrong row is an error that names every wrong value of it;
/// the rows after it can still be read, to tell more than one. A wrong header or an unreadable file
/// is one error, and the end. The format is told in `imports/README.md`.
pub struct LineRows<R> {
    state: State<R>,
    facts: BTreeMap<String, OperatorFacts>,
    zones: BTreeMap<String, Home>,
    context: LinesContext,
}

/// How far the reading is.
enum State<R> {
    /// Nothing is read.
    Unopened(R),
    /// The header was understood.
    Rows(Box<(Sheet<R>, Columns)>),
    /// The file is over or cannot be read on.
    Over,
}

/// Reads lines from a CSV file against a catalogue. Nothing is read before the first row is asked for.
pub fn read_lines<R: Read>(reader: R, catalogue: &Catalogue, context: LinesContext) -> LineRows<R> {
    let facts = catalogue.operators.values().map(|operator| {
        let facts = OperatorFacts {
            operator: operator.clone(),
            today: operator.lifecycle.today(context.now),
            homes: AllowanceKind::ALL.map(|kind| home(catalogue, operator, kind)),
        };
        (operator.code.to_string(), facts)
    });
    let zones = catalogue.zones.values().map(|zone| {
        let breadth = u16::try_from(zone.countries.len()).unwrap_or(u16::MAX);
        (zone.code.to_string(), (zone.code.clone(), breadth))
    });
    LineRows {
        facts: facts.collect(),
        zones: zones.collect(),
        state: State::Unopened(reader),
        context,
    }
}

/// Where a balance of a kind can be used by default: where the first plan of the operator that grants
/// it at any hour says.
fn home(catalogue: &Catalogue, operator: &Operator, kind: AllowanceKind) -> Option<Home> {
    let plans = catalogue.plans.values().filter(|plan| plan.operator == operator.code);
    let first = plans
        .flat_map(|plan| plan.allowances.iter().map(move |allowance| (plan, allowance)))
        .filter(|(_, allowance)| allowance.kind == kind)
        .min_by_key(|(plan, allowance)| (allowance.window.is_some(), plan.rank, &plan.code))?;
    Some((first.1.zone.clone(), first.1.breadth))
}

impl<R: Read> LineRows<R> {
    fn told<T>(&self, place: &str, reason: impl std::fmt::Display) -> Result<T, ImportError> {
        Err(ImportError::Row(format!("{}{place}: {reason}", self.context.file_name)))
    }

    /// Opens the file and understands its header.
    fn open(&self, reader: R) -> Result<Box<(Sheet<R>, Columns)>, ImportError> {
        let mut sheet = match Sheet::open(reader) {
            Ok(sheet) => sheet,
            Err(reason) => return self.told("", reason),
        };
        match sheet.advance() {
            Err(reason) => return self.told("", reason),
            Ok(false) => {
                return self.told("", "the file is empty; its first row names the columns");
            }
            Ok(true) => {}
        }
        let place = format!(", row {}", sheet.row());
        match Columns::of(sheet.cells()) {
            Ok(columns) => Ok(Box::new((sheet, columns))),
            Err(reasons) => {
                let name = &self.context.file_name;
                let told = reasons.into_iter().map(|reason| format!("{name}{place}: {reason}"));
                Err(ImportError::Row(told.collect::<Vec<_>>().join("\n")))
            }
        }
    }

    /// The line of the row that stands in the sheet.
    fn line(&self, sheet: &Sheet<R>, columns: &Columns) -> Result<NewLine, ImportError> {
        let cells = sheet.cells();
        let place = format!(", row {}", sheet.row());
        if cells.len() != columns.count() {
            let reason = format!(
                "this row has {} cells, but the first row names {} columns",
                cells.len(),
                columns.count()
            );
            return self.told(&place, reason);
        }
        let mut row = Row::new(cells, columns);
        let line = row.line((&self.facts, &self.zones), &self.context);
        match (line, row.into_faults()) {
            (Some(line), faults) if faults.is_empty() => Ok(line),
            (_, faults) => {
                let name = &self.context.file_name;
                let told = faults
                    .into_iter()
                    .map(|(column, reason)| format!("{name}{place}, column {column}: {reason}"));
                Err(ImportError::Row(told.collect::<Vec<_>>().join("\n")))
            }
        }
    }
}

impl<R: Read> Iterator for LineRows<R> {
    type Item = Result<(u64, NewLine), ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Whatever fails for good below leaves the state at its end.
        let mut open = match std::mem::replace(&mut self.state, State::Over) {
            State::Over => return None,
            State::Rows(open) => open,
            State::Unopened(reader) => match self.open(reader) {
                Ok(open) => open,
                Err(error) => return Some(Err(error)),
            },
        };
        loop {
            match open.0.advance() {
                Err(reason) => return Some(self.told("", reason)),
                Ok(false) => return None,
                Ok(true) if open.0.is_blank() => {}
                Ok(true) => break,
            }
        }
        let line = self.line(&open.0, &open.1);
        let row = open.0.row();
        self.state = State::Rows(open);
        Some(line.map(|line| (row, line)))
    }
}

/// A new id in the cell that the card's number decides.
fn mint(context: &LinesContext, iccid: &farline_domain::kernel::Iccid) -> LineId {
    let cell = farline_domain::kernel::Cell::of(iccid.as_str().as_bytes());
    LineId::mint(context.now, cell, context.randomness.bits())
}

/// What stands in a cell that is not one of the few words it can be.
fn unknown<'a>(what: &str, text: &str, known: impl Iterator<Item = &'a str>) -> String {
    let choices = super::fault::listed(known);
    format!("there is no {what} {}; the catalogue has {choices}", quoted(text))
}
