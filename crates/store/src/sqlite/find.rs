//! Looking for lines by parts of what a caller says. Each way is one scan of its index.

use super::SqliteStore;
use super::fault::Fault;
use super::load::line_row;
use crate::kept::find::{Hits, NAMES, beyond, found, last_four, name_of, rarest};
use crate::kept::row::Row as _;
use crate::kept::values::{IdBytes, line_key};
use async_trait::async_trait;
use farline_app::ports::find::Found;
use farline_app::ports::{Find, StoreError};
use farline_domain::hotline::Term;
use farline_domain::kernel::{LineId, OrderId, Reference};
use farline_domain::lines::HolderName;
use rusqlite::{Connection, OptionalExtension, Params, params};
use std::collections::BTreeMap;

statements! {
    ORDER = "SELECT order_id FROM order_references WHERE reference = ?1";
    LINE_OF_ORDER = "SELECT line FROM orders WHERE cell = ?1 AND id = ?2";
    NUMBERS = "SELECT line, number FROM numbers WHERE number >= ?1 AND number < ?2 \
        ORDER BY number LIMIT ?3";
    NUMBER_ENDS = "SELECT line, number FROM numbers WHERE substr(number, -4) = ?1 \
        AND substr(number, -length(?2)) = ?2 ORDER BY number LIMIT ?3";
    CARDS = "SELECT line, iccid FROM iccids WHERE iccid >= ?1 AND iccid < ?2 \
        ORDER BY iccid LIMIT ?3";
    CARD_ENDS = "SELECT line, iccid FROM iccids WHERE substr(iccid, -4) = ?1 \
        AND substr(iccid, -length(?2)) = ?2 ORDER BY iccid LIMIT ?3";
    ACCOUNTS = "SELECT account, lower(address) FROM account_contacts WHERE cell >= 0 \
        AND lower(address) >= ?1 AND lower(address) < ?2 ORDER BY lower(address), cell, account LIMIT ?3";
    LINES_OF_ACCOUNT = "SELECT line FROM line_people WHERE cell >= 0 AND account = ?1 \
        ORDER BY since DESC, line LIMIT ?2";
    COUNT_WORD = "SELECT COUNT(*) FROM (SELECT 1 FROM holder_terms \
        WHERE cell >= 0 AND term >= ?1 AND term < ?2 LIMIT ?3)";
    // In the order of the terms: whoever is called just so comes before those whose name goes on.
    NAMES_WITH = "SELECT t.line, n.name FROM holder_terms t \
        JOIN holder_names n ON n.cell = t.cell AND n.line = t.line \
        WHERE t.term >= ?1 AND t.term < ?2 ORDER BY t.term, t.cell, t.line LIMIT ?3";
    NAME = "SELECT name FROM holder_names WHERE cell = ?1 AND line = ?2";
}

/// Rows of a line and what it was found by.
type Rows = Vec<(LineId, String)>;

fn rows(connection: &Connection, sql: &str, parameters: impl Params) -> Result<Rows, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((LineId::from_bytes(row.get(0)?), row.text(1)?.to_owned()));
    }
    Ok(found)
}

fn starting(connection: &Connection, sql: &str, (start, read): (&str, u32)) -> Result<Rows, Fault> {
    rows(connection, sql, params![start, beyond(start), read])
}

fn ending(connection: &Connection, sql: &str, (end, read): (&str, u32)) -> Result<Rows, Fault> {
    rows(connection, sql, params![last_four(end), end, read])
}

/// The rows that a term leads to, and how many were asked for.
fn look(connection: &Connection, term: &Term, most: u32) -> Result<(Rows, u32), Fault> {
    // One more tells that there are more; each line may come by two of its words.
    let read = most.saturating_mul(2).saturating_add(1);
    let rows = match term {
        Term::Order(reference) => of_order(connection, *reference)?,
        Term::Number(start) => starting(connection, NUMBERS, (start, read))?,
        Term::NumberEnd(end) => ending(connection, NUMBER_ENDS, (end, read))?,
        Term::Card(start) => starting(connection, CARDS, (start, read))?,
        Term::CardEnd(end) => ending(connection, CARD_ENDS, (end, read))?,
        Term::Phone(start) | Term::Email(start) => of_address(connection, (start, read))?,
        Term::Name(words) => return of_name(connection, words, read),
    };
    Ok((rows, read))
}

fn of_order(connection: &Connection, reference: Reference) -> Result<Rows, Fault> {
    let mut order = connection.prepare_cached(ORDER)?;
    let id = order.query_row([reference.compact()], |row| row.get(0)).optional()?;
    let Some(id) = id.map(OrderId::from_bytes) else { return Ok(Vec::new()) };
    let mut line = connection.prepare_cached(LINE_OF_ORDER)?;
    let line = line.query_row(params![id.cell().number(), id.to_bytes()], |row| row.get(0));
    let line = line.optional()?.map(LineId::from_bytes);
    Ok(line.map(|line| (line, String::new())).into_iter().collect())
}

fn of_address(connection: &Connection, (start, read): (&str, u32)) -> Result<Rows, Fault> {
    let mut accounts = connection.prepare_cached(ACCOUNTS)?;
    let mut accounts = accounts.query(params![start, beyond(start), read])?;
    let mut lines = connection.prepare_cached(LINES_OF_ACCOUNT)?;
    let mut found = Vec::new();
    while let Some(row) = accounts.next()? {
        let (account, address): (IdBytes, String) = (row.get(0)?, row.get(1)?);
        let mut lines = lines.query(params![account, read])?;
        while let Some(row) = lines.next()? {
            found.push((LineId::from_bytes(row.get(0)?), address.clone()));
        }
    }
    Ok(found)
}

fn of_name(connection: &Connection, words: &[String], read: u32) -> Result<(Rows, u32), Fault> {
    let [word] = words else {
        let mut counts = Vec::with_capacity(words.len());
        let mut count = connection.prepare_cached(COUNT_WORD)?;
        for word in words {
            counts.push(count.query_row(params![word, beyond(word), NAMES], |row| row.get(0))?);
        }
        return Ok((starting(connection, NAMES_WITH, (rarest(words, &counts), NAMES))?, NAMES));
    };
    Ok((starting(connection, NAMES_WITH, (word, read))?, read))
}

fn name(connection: &Connection, line: LineId) -> Result<Option<HolderName>, Fault> {
    let (cell, line) = line_key(line);
    let mut statement = connection.prepare_cached(NAME)?;
    let mut rows = statement.query(params![cell, line])?;
    Ok(rows.next()?.map(|row| name_of(row, 0)).transpose()?.flatten())
}

fn find(connection: &Connection, terms: &[Term], most: u32) -> Result<Found, Fault> {
    // One snapshot, so that what was found is still there when it is read.
    let snapshot = connection.unchecked_transaction()?;
    let mut hits = Hits::default();
    for (by, term) in terms.iter().enumerate() {
        let (rows, read) = look(&snapshot, term, most)?;
        hits.add((by, term), &rows, read);
    }
    let (ranked, more) = hits.ranked(most);
    let mut lines = BTreeMap::new();
    for hit in &ranked {
        if let Some(row) = line_row(&snapshot, hit.line)? {
            lines.insert(hit.line.to_bytes(), (row.line, name(&snapshot, hit.line)?));
        }
    }
    Ok(found((ranked, more), lines))
}

#[async_trait]
impl Find for SqliteStore {
    async fn find_lines(&self, terms: &[Term], most: u32) -> Result<Found, StoreError> {
        let terms = terms.to_vec();
        self.read_long(move |connection| find(connection, &terms, most)).await
    }

    async fn holder_name(&self, line: LineId) -> Result<Option<HolderName>, StoreError> {
        self.read(|connection| name(connection, line))
    }
}
