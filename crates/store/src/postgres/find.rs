//! Looking for lines by parts of what a caller says. Each way is one scan of its index, over all cells.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::values::{Id, Octets, cell_of, line_key};
use crate::kept::find::{Hits, NAMES, beyond, found, last_four, name_of, rarest};
use crate::kept::lines::line_of;
use crate::kept::row::Row as _;
use async_trait::async_trait;
use farline_app::ports::find::Found;
use farline_app::ports::{Find, StoreError};
use farline_domain::hotline::Term;
use farline_domain::kernel::{LineId, OrderId, Reference};
use farline_domain::lines::HolderName;
use std::collections::BTreeMap;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

statements! {
    ORDER = "SELECT order_id FROM order_references WHERE cell = $1 AND reference = $2";
    LINE_OF_ORDER = "SELECT line, ''::text FROM orders WHERE cell = $1 AND id = $2";
    NUMBERS = "SELECT line, number FROM numbers WHERE cell >= 0 AND number >= $1 AND number < $2 \
        ORDER BY number LIMIT $3";
    NUMBER_ENDS = "SELECT line, number FROM numbers WHERE cell >= 0 AND right(number, 4) = $1 \
        AND right(number, length($2::text)) = $2 ORDER BY number LIMIT $3";
    CARDS = "SELECT line, iccid FROM iccids WHERE cell >= 0 AND iccid >= $1 AND iccid < $2 \
        ORDER BY iccid LIMIT $3";
    CARD_ENDS = "SELECT line, iccid FROM iccids WHERE cell >= 0 AND right(iccid, 4) = $1 \
        AND right(iccid, length($2::text)) = $2 ORDER BY iccid LIMIT $3";
    ACCOUNTS = "SELECT account, lower(address) FROM account_contacts WHERE cell >= 0 \
        AND lower(address) >= $1 AND lower(address) < $2 ORDER BY lower(address), cell, account LIMIT $3";
    // Apart from the addresses: people of a line are in the line's cell, addresses in the account's.
    LINES_OF_ACCOUNTS = "SELECT line, account FROM line_people \
        WHERE cell >= 0 AND account = ANY($1) ORDER BY since DESC, line LIMIT $2";
    COUNT_WORD = "SELECT COUNT(*) FROM (SELECT 1 FROM holder_terms \
        WHERE cell >= 0 AND term >= $1 AND term < $2 LIMIT $3) AS counted";
    // In the order of the terms: whoever is called just so comes before those whose name goes on.
    TERMS = "SELECT line FROM holder_terms WHERE cell >= 0 AND term >= $1 AND term < $2 \
        ORDER BY term, cell, line LIMIT $3";
    // Apart from the terms, so that neither is read whole to be joined with the other.
    NAMES_OF = "SELECT n.line, n.name FROM unnest($1::smallint[], $2::bytea[]) AS w (cell, line) \
        JOIN holder_names AS n ON n.cell = w.cell AND n.line = w.line";
    NAME = "SELECT name FROM holder_names WHERE cell = $1 AND line = $2";
    LINES = "SELECT l.msisdn, l.iccid, l.operator, l.province, l.language, l.activated_on, \
        l.expires_on, l.anniversary_day, l.busy, l.sweep_at, l.buckets, l.bucket_entries, \
        l.entry_sets, l.jobs, l.audit, l.audit_head, l.journal_at, l.newest_order, l.closes_on, \
        l.auto_renew, l.id, n.name \
        FROM unnest($1::smallint[], $2::bytea[]) AS w (cell, id) \
        JOIN lines AS l ON l.cell = w.cell AND l.id = w.id \
        LEFT JOIN holder_names AS n ON n.cell = w.cell AND n.line = w.id";
}

/// Rows of a line and what it was found by.
type Rows = Vec<(LineId, String)>;

async fn rows(
    session: &Session,
    sql: &'static str,
    parameters: &[&(dyn ToSql + Sync)],
) -> Result<Rows, Fault> {
    let read = |row: &Row| Ok((LineId::from_bytes(row.array(0)?), row.text(1)?.to_owned()));
    session.rows(sql, parameters).await?.iter().map(read).collect()
}

async fn starting(
    session: &Session,
    sql: &'static str,
    (start, read): (&str, u32),
) -> Result<Rows, Fault> {
    rows(session, sql, &[&start, &beyond(start), &i64::from(read)]).await
}

async fn ending(
    session: &Session,
    sql: &'static str,
    (end, read): (&str, u32),
) -> Result<Rows, Fault> {
    rows(session, sql, &[&last_four(end), &end, &i64::from(read)]).await
}

/// The rows that a term leads to, and how many were asked for.
async fn look(session: &Session, term: &Term, most: u32) -> Result<(Rows, u32), Fault> {
    // One more tells that there are more; each line may come by two of its words.
    let read = most.saturating_mul(2).saturating_add(1);
    let rows = match term {
        Term::Order(reference) => of_order(session, *reference).await?,
        Term::Number(start) => starting(session, NUMBERS, (start, read)).await?,
        Term::NumberEnd(end) => ending(session, NUMBER_ENDS, (end, read)).await?,
        Term::Card(start) => starting(session, CARDS, (start, read)).await?,
        Term::CardEnd(end) => ending(session, CARD_ENDS, (end, read)).await?,
        Term::Phone(start) | Term::Email(start) => of_address(session, (start, read)).await?,
        Term::Name(words) => return of_name(session, words, read).await,
    };
    Ok((rows, read))
}

async fn of_order(session: &Session, reference: Reference) -> Result<Rows, Fault> {
    let (cell, text) = (cell_of(reference.cell()), reference.compact());
    let Some(row) = session.row(ORDER, &[&cell, &text]).await? else { return Ok(Vec::new()) };
    let order = OrderId::from_bytes(row.array(0)?);
    rows(session, LINE_OF_ORDER, &[&cell_of(order.cell()), &Octets(order.to_bytes())]).await
}

async fn of_address(session: &Session, (start, read): (&str, u32)) -> Result<Rows, Fault> {
    let most = i64::from(read);
    let mut addresses = BTreeMap::new();
    for row in session.rows(ACCOUNTS, &[&start, &beyond(start), &most]).await? {
        let address = row.text(1)?.to_owned();
        addresses.entry(row.array::<16>(0)?).or_insert(address);
    }
    let accounts: Vec<Id> = addresses.keys().copied().map(Octets).collect();
    let mut found = Vec::new();
    for row in session.rows(LINES_OF_ACCOUNTS, &[&accounts, &most]).await? {
        let address = addresses.get(&row.array::<16>(1)?).cloned().unwrap_or_default();
        found.push((LineId::from_bytes(row.array(0)?), address));
    }
    Ok(found)
}

async fn of_name(session: &Session, words: &[String], read: u32) -> Result<(Rows, u32), Fault> {
    let [word] = words else {
        let mut counts = Vec::with_capacity(words.len());
        for word in words {
            let most = i64::from(NAMES);
            let row = session.row(COUNT_WORD, &[word, &beyond(word), &most]).await?;
            counts.push(row.map_or(Ok(0), |row| row.small(0))?);
        }
        return Ok((named(session, (rarest(words, &counts), NAMES)).await?, NAMES));
    };
    Ok((named(session, (word, read)).await?, read))
}

/// Lines with a word in their holder's name, with that name.
async fn named(session: &Session, (word, read): (&str, u32)) -> Result<Rows, Fault> {
    let most = i64::from(read);
    let found = session.rows(TERMS, &[&word, &beyond(word), &most]).await?;
    let lines = found.iter().map(|row| Ok(LineId::from_bytes(row.array(0)?)));
    let lines = lines.collect::<Result<Vec<_>, Fault>>()?;
    let (cells, ids): (Vec<i16>, Vec<Id>) = lines.iter().copied().map(line_key).unzip();
    let names = rows(session, NAMES_OF, &[&cells, &ids]).await?;
    let names: BTreeMap<LineId, String> = names.into_iter().collect();
    let with_name = |line: LineId| Some((line, names.get(&line)?.clone()));
    Ok(lines.into_iter().filter_map(with_name).collect())
}

async fn find(store: &PostgresStore, terms: &[Term], most: u32) -> Result<Found, Fault> {
    let session = store.session().await?;
    let mut hits = Hits::default();
    for (by, term) in terms.iter().enumerate() {
        let (rows, read) = look(&session, term, most).await?;
        hits.add((by, term), &rows, read);
    }
    let (ranked, more) = hits.ranked(most);
    let (cells, ids): (Vec<i16>, Vec<Id>) = ranked.iter().map(|hit| line_key(hit.line)).unzip();
    let mut lines = BTreeMap::new();
    if !ids.is_empty() {
        for row in session.rows(LINES, &[&cells, &ids]).await? {
            let id = row.array(20)?;
            let line = line_of(&row, LineId::from_bytes(id))?.line;
            lines.insert(id, (line, name_of(&row, 21)?));
        }
    }
    Ok(found((ranked, more), lines))
}

async fn name(store: &PostgresStore, line: LineId) -> Result<Option<HolderName>, Fault> {
    let (cell, line) = line_key(line);
    let row = store.session().await?.row(NAME, &[&cell, &line]).await?;
    Ok(row.map(|row| name_of(&row, 0)).transpose()?.flatten())
}

#[async_trait]
impl Find for PostgresStore {
    async fn find_lines(&self, terms: &[Term], most: u32) -> Result<Found, StoreError> {
        Ok(find(self, terms, most).await?)
    }

    async fn holder_name(&self, line: LineId) -> Result<Option<HolderName>, StoreError> {
        Ok(name(self, line).await?)
    }
}
