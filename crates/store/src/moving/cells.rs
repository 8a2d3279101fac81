//! The cell of rows that have one in PostgreSQL only. SQLite keeps directories by their own key alone,
//! so the file has no cell for them, and PostgreSQL computes it as its ports do when they look a key up.
//! A test compares this list with both schemas.

use super::MovingError;
use super::shape::Table;
use super::value::Value;
use farline_domain::kernel::{AccountId, Cell, Reference};

/// The column.
pub(crate) const CELL: &str = "cell";

/// How the cell of a row is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// By a hash of this column.
    HashOf(&'static str),
    /// From the reference in this column, which carries its order's cell.
    Reference(&'static str),
    /// From the account's id in this column.
    Account(&'static str),
}

/// Each table with a cell in PostgreSQL and none in SQLite.
pub(crate) const COMPUTED: [(&str, Rule); 13] = [
    ("account_addresses", Rule::HashOf("address_key")),
    ("account_codes", Rule::HashOf("subject")),
    ("account_orders", Rule::Account("account")),
    ("account_sessions", Rule::HashOf("token")),
    ("iccids", Rule::HashOf("iccid")),
    ("limits", Rule::HashOf("digest")),
    ("line_request_ids", Rule::HashOf("id")),
    ("manual_payments", Rule::HashOf("reference")),
    ("numbers", Rule::HashOf("number")),
    ("order_references", Rule::Reference("reference")),
    ("provider_events", Rule::HashOf("event")),
    ("sms_stops", Rule::HashOf("number")),
    ("voice_calls", Rule::HashOf("call")),
];

/// The rule of a table, if its cell is computed.
pub(crate) fn rule_of(table: &str) -> Option<Rule> {
    COMPUTED.iter().find(|(name, _)| *name == table).map(|(_, rule)| *rule)
}

/// The rule of a table at work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Computing {
    rule: Rule,
    place: usize,
}

impl Computing {
    /// For the rows of a table, if their cell is computed.
    pub(crate) fn of(table: &Table) -> Result<Option<Self>, MovingError> {
        let Some(rule) = rule_of(&table.name) else {
            return Ok(None);
        };
        let (Rule::HashOf(column) | Rule::Reference(column) | Rule::Account(column)) = rule;
        let place = table.columns.iter().position(|found| found.name == column);
        let place = place.ok_or_else(|| {
            MovingError::Refused(format!("{} has no {column} to find its cell by", table.name))
        })?;
        Ok(Some(Self { rule, place }))
    }

    /// The cell of a row.
    pub(crate) fn cell(self, row: &[Value<'_>]) -> Result<Cell, MovingError> {
        let found = match (self.rule, row.get(self.place)) {
            (Rule::HashOf(_), Some(Value::Text(text))) => Some(Cell::of(text.as_bytes())),
            (Rule::HashOf(_), Some(Value::Octets(octets))) => Some(Cell::of(octets)),
            (Rule::Reference(_), Some(Value::Text(text))) => {
                Reference::parse(text).map(|reference| reference.cell())
            }
            (Rule::Account(_), Some(Value::Octets(octets))) => {
                let id = <[u8; 16]>::try_from(octets.as_ref()).ok();
                id.map(|id| AccountId::from_bytes(id).cell())
            }
            _ => None,
        };
        found.ok_or_else(|| MovingError::Refused("a row's key does not lead to a cell".to_owned()))
    }
}
