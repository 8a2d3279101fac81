//! Which tables and columns an installation consists of. Each database reads this from its own
//! schema, so that a new table moves along without a word here; a test compares the two.

use super::MovingError;
use super::cells;
use super::file::Header;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Tables that are no part of an installation: which migrations a database has had, and which
/// processes share it just now.
pub(crate) const LEFT_BEHIND: [&str; 3] =
    ["refinery_schema_history", "lease_holders", "cell_leases"];

/// What a column holds, in words that both databases share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Whole numbers of at most 64 bits.
    Number,
    /// Text.
    Text,
    /// Octets.
    Octets,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// A table: its columns by name, and the columns by which its rows are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) key: Vec<String>,
}

/// A column as a database describes it.
pub(crate) struct Found {
    pub(crate) column: Column,
    /// Its place in the primary key, counted from one; 0 outside it.
    pub(crate) place_in_key: i64,
}

/// A table as a database describes it.
pub(crate) struct Described {
    pub(crate) name: String,
    pub(crate) columns: Vec<Found>,
    /// The tables to which its rows must lead.
    pub(crate) parents: Vec<String>,
}

/// Everything that is moved, in an order in which a row comes after those it must lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The newest migration.
    pub(crate) schema: i64,
    pub(crate) tables: Vec<Table>,
}

impl Shape {
    /// The shape of described tables.
    pub(crate) fn of(schema: i64, described: Vec<Described>) -> Self {
        let parents: BTreeMap<String, Vec<String>> =
            described.iter().map(|table| (table.name.clone(), table.parents.clone())).collect();
        let moved = described.into_iter().filter(|table| !is_left_behind(&table.name));
        let mut tables: Vec<Table> = moved.map(table_of).collect();
        tables.sort_by_cached_key(|table| (depth(&parents, &table.name), table.name.clone()));
        Self { schema, tables }
    }

    /// Refuses a file of another schema.
    pub(crate) fn check_schema(&self, header: &Header) -> Result<(), MovingError> {
        if header.schema == self.schema {
            return Ok(());
        }
        Err(MovingError::Refused(format!(
            "the file is of schema {} and this program's database of schema {}. Take it in with \
             version {} of the program, which wrote it, and let this version migrate the result.",
            header.schema, self.schema, header.origin.program
        )))
    }

    /// Refuses a file whose tables are not those of this database.
    pub(crate) fn check(&self, said: &Table) -> Result<(), MovingError> {
        let ours = self.tables.iter().find(|table| table.name == said.name);
        let why = match ours {
            None => format!("this database has no table {}", said.name),
            Some(ours) => {
                let ours = (&ours.columns, said.columns.iter());
                let other = ours.1.clone().find(|column| !ours.0.contains(column));
                let missing = ours.0.iter().find(|column| !said.columns.contains(column));
                match other.or(missing) {
                    None => return Ok(()),
                    Some(column) => format!("{} differ in {}", said.name, column.name),
                }
            }
        };
        Err(MovingError::Refused(format!("the file and this database do not fit: {why}")))
    }
}

/// Whether a table is no part of an installation.
pub(crate) fn is_left_behind(table: &str) -> bool {
    LEFT_BEHIND.contains(&table)
}

fn table_of(described: Described) -> Table {
    let Described { name, mut columns, .. } = described;
    if cells::rule_of(&name).is_some() {
        columns.retain(|found| found.column.name != cells::CELL);
    }
    columns.sort_by_key(|found| found.place_in_key);
    let in_key = columns.iter().filter(|found| found.place_in_key > 0);
    let mut key: Vec<String> = in_key.map(|found| found.column.name.clone()).collect();
    // The databases have the cell at different places of their keys, and rows lie best in the order of
    // time, which ids and instants tell: so the file has the cell last.
    key.sort_by_key(|name| name == cells::CELL);
    columns.sort_by(|one, other| one.column.name.cmp(&other.column.name));
    Table { name, columns: columns.into_iter().map(|found| found.column).collect(), key }
}

/// How many tables a row's table waits for.
fn depth(parents: &BTreeMap<String, Vec<String>>, table: &str) -> usize {
    let above = parents.get(table).into_iter().flatten().filter(|parent| *parent != table);
    // A circle of tables could not be filled at all: the count ends, and the database refuses.
    above.map(|parent| 1 + depth_below(parents, parent, parents.len())).max().unwrap_or(0)
}

fn depth_below(parents: &BTreeMap<String, Vec<String>>, table: &str, left: usize) -> usize {
    if left == 0 {
        return 0;
    }
    let above = parents.get(table).into_iter().flatten().filter(|parent| *parent != table);
    above.map(|parent| 1 + depth_below(parents, parent, left - 1)).max().unwrap_or(0)
}

impl Table {
    /// The names of the columns, for a statement.
    pub(crate) fn listed(&self) -> String {
        let names = self.columns.iter().map(|column| quoted(&column.name));
        names.collect::<Vec<_>>().join(", ")
    }

    /// The columns that keep the head of a chain, each with the columns that say whose it is.
    pub(crate) fn heads(&self) -> Option<Self> {
        let is_head = |name: &str| name == "head" || name.ends_with("_head");
        let (mut columns, mut found) = (Vec::new(), false);
        for column in &self.columns {
            let head = is_head(&column.name) && column.kind == Kind::Octets;
            if head || self.key.contains(&column.name) {
                columns.push(column.clone());
            }
            found |= head;
        }
        found.then(|| Self { name: self.name.clone(), columns, key: self.key.clone() })
    }
}

/// A name as it stands in a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
