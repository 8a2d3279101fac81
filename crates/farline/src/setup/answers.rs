//! The answers as text, by the key of their question: read from the entries of a TOML file, and written into one, where
//! everything else stays as it is.

use super::questions::{Kind, LINE, Question, lines, provinces};
use eyre::{Result, bail};
use farline_app::wording::business::RegisteredTax;
use farline_domain::kernel::Province;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

/// The table of lists of registrations.
const REGISTRATIONS: &str = "registrations";

/// Answers by the keys of their questions; what is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The answer to a question, or nothing.
    pub(super) fn of(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Takes an answer.
    pub(super) fn put(&mut self, key: &str, answer: &str) {
        self.0.insert(key.to_owned(), answer.trim().to_owned());
    }

    /// The answers that stand in a table: `[business]`, or a file of answers.
    pub(super) fn read(table: &dyn TableLike, questions: &[Question]) -> Result<Self> {
        let mut answers = Self::default();
        let mut wrong = Vec::new();
        for question in questions {
            match read(table, question) {
                Ok(answer) => answers.put(&question.key, &answer),
                Err(reason) => wrong.push(format!("{} {reason}", question.key)),
            }
        }
        let known: BTreeSet<&str> =
            questions.iter().map(|question| question.key.as_str()).collect();
        let mut found = Vec::new();
        leaves(table, "", &mut found);
        let unknown = found.iter().filter(|key| !known.contains(key.as_str()));
        wrong.extend(unknown.map(|key| format!("{key} is no entry of [business]")));
        if wrong.is_empty() { Ok(answers) } else { bail!("{}", wrong.join("\n")) }
    }

    /// The answers of another, where it has any.
    pub(super) fn overlaid(mut self, other: &Self) -> Self {
        let given = other.0.iter().filter(|(_, answer)| !answer.is_empty());
        self.0.extend(given.map(|(key, answer)| (key.clone(), answer.clone())));
        self
    }

    /// Writes into `[business]` what is another answer than before.
    pub(super) fn write(
        &self,
        before: &Self,
        questions: &[Question],
        document: &mut DocumentMut,
    ) -> Result<()> {
        let is_new = !document.contains_key("business");
        let business = document.entry("business").or_insert_with(|| Item::Table(Table::new()));
        let Some(business) = business.as_table_like_mut() else {
            bail!("[business] is not a table");
        };
        for question in questions {
            let (old, new) = (before.of(&question.key), self.of(&question.key));
            let is_assumed = old.is_empty() && question.assumed().as_deref() == Some(new);
            if old != new && !is_assumed {
                write(business, question, new)?;
            }
        }
        if is_new && let Some(table) = document["business"].as_table_mut() {
            table
                .decor_mut()
                .set_prefix("\n# Who sells, as the law wants it seen on pages and receipts.\n");
        }
        Ok(())
    }
}

fn read(table: &dyn TableLike, question: &Question) -> Result<String, String> {
    if let Kind::Registration(tax) = question.kind {
        return registration(table, tax);
    }
    let mut path = question.key.split('.');
    let first = path.next().and_then(|name| table.get(name));
    let item = path.try_fold(first, |item, name| match item {
        None => Ok(None),
        Some(item) => match item.as_table_like() {
            Some(table) => Ok(table.get(name)),
            None => Err("belongs to a table that is none".to_owned()),
        },
    })?;
    let Some(item) = item else { return Ok(String::new()) };
    match question.kind {
        Kind::Address => list(item).map(|all| all.join(LINE)),
        Kind::Provinces => match item.as_str() {
            Some("all") => Ok("all".to_owned()),
            Some(_) | None => list(item).map(|all| in_full(&all.join(" "))),
        },
        Kind::Days => {
            let days = item.as_integer().ok_or("is not a whole number")?;
            Ok(days.to_string())
        }
        _ => item.as_str().map(str::to_owned).ok_or_else(|| "is not text".to_owned()),
    }
}

/// `all` where all are named.
fn in_full(codes: &str) -> String {
    match provinces(codes) {
        Ok(named) if Province::ALL.iter().all(|one| named.contains(one)) => "all".to_owned(),
        Ok(_) | Err(_) => codes.to_owned(),
    }
}

fn list(item: &Item) -> Result<Vec<String>, String> {
    let texts = item.as_array().map(|array| {
        array.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>()
    });
    texts.flatten().ok_or_else(|| "is not a list of texts".to_owned())
}

fn registration(table: &dyn TableLike, tax: RegisteredTax) -> Result<String, String> {
    let Some(item) = table.get(REGISTRATIONS) else { return Ok(String::new()) };
    let all = item.clone().into_array_of_tables();
    let all = all.map_err(|_| "belongs to a list of tables that is none".to_owned())?;
    let named = |name: &str, one: &Table| one.get(name).and_then(Item::as_str).map(str::to_owned);
    let of_tax = all.iter().find(|one| named("tax", one).as_deref() == Some(tax.code()));
    Ok(of_tax.and_then(|one| named("number", one)).unwrap_or_default())
}

/// The keys of all entries in a table, as questions name them.
fn leaves(table: &dyn TableLike, above: &str, found: &mut Vec<String>) {
    for (name, item) in table.iter() {
        let key = format!("{above}{name}");
        if key == REGISTRATIONS {
            let taxes = item.clone().into_array_of_tables().unwrap_or_default();
            let taxes = taxes.iter().filter_map(|one| one.get("tax")?.as_str().map(str::to_owned));
            found.extend(taxes.map(|tax| format!("{REGISTRATIONS}.{tax}")));
        } else if let Some(inner) = item.as_table_like() {
            leaves(inner, &format!("{key}."), found);
        } else {
            found.push(key);
        }
    }
}

fn write(business: &mut dyn TableLike, question: &Question, answer: &str) -> Result<()> {
    if let Kind::Registration(tax) = question.kind {
        return write_registration(business, tax, answer);
    }
    let mut path: Vec<&str> = question.key.split('.').collect();
    let name = path.pop().unwrap_or_default();
    let mut table = business;
    for part in path {
        let inner = table.entry(part).or_insert_with(|| Item::Table(Table::new()));
        let Some(inner) = inner.as_table_like_mut() else {
            bail!("[business] {part} is not a table");
        };
        table = inner;
    }
    if answer.is_empty() {
        table.remove(name);
        return Ok(());
    }
    let mut new = written(question.kind, answer);
    if let Some(Item::Value(old)) = table.get_mut(name) {
        // The comment behind the value stays.
        *new.decor_mut() = old.decor().clone();
        *old = new;
    } else {
        table.insert(name, value(new));
    }
    Ok(())
}

fn written(kind: Kind, answer: &str) -> Value {
    let list = |texts: Vec<String>| Value::Array(texts.into_iter().collect::<Array>());
    match kind {
        Kind::Address => list(lines(answer)),
        Kind::Provinces => {
            let named = provinces(answer).unwrap_or_default();
            list(named.iter().map(|one| one.code().to_owned()).collect())
        }
        Kind::Days => Value::from(answer.parse::<i64>().unwrap_or_default()),
        _ => Value::from(answer),
    }
}

fn write_registration(
    business: &mut dyn TableLike,
    tax: RegisteredTax,
    answer: &str,
) -> Result<()> {
    let empty = || Item::ArrayOfTables(ArrayOfTables::new());
    let item = business.entry(REGISTRATIONS).or_insert_with(empty);
    if !item.is_array_of_tables() {
        let Ok(tables) = std::mem::take(item).into_array_of_tables() else {
            bail!("[business] {REGISTRATIONS} is not a list of tables");
        };
        *item = Item::ArrayOfTables(tables);
    }
    let Some(all) = item.as_array_of_tables_mut() else { return Ok(()) };
    let of_tax = |one: &Table| one.get("tax").and_then(Item::as_str) == Some(tax.code());
    let place = all.iter().position(of_tax);
    match (place, answer) {
        (Some(place), "") => drop(all.remove(place)),
        (None, "") => {}
        (Some(place), number) => {
            if let Some(one) = all.get_mut(place) {
                one["number"] = value(number);
            }
        }
        (None, number) => {
            let mut one = Table::new();
            one["tax"] = value(tax.code());
            one["number"] = value(number);
            all.push(one);
        }
    }
    Ok(())
}
