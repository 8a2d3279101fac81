//! Reads a catalogue file: operators, zones, plans, promotions, taxes and levies.

mod operators;
mod plans;
mod promotions;
mod tables;
mod taxes;

pub(super) use plans::start_rule;
pub use promotions::reduction;

use super::fault::{ImportFault, listed, quoted};
use farline_domain::catalog::{Catalogue, Promotion};
use std::collections::{BTreeMap, BTreeSet};
use tables::{Reading, Row};
use toml::de::DeTable;

/// The tables a catalogue has.
const TABLES: [&str; 6] = ["operators", "zones", "plans", "promotions", "taxes", "levies"];

/// Reads and checks a whole catalogue (TOML 1.0; the format is told in `imports/README.md`).
/// `file_name` only names the file in faults. Plan versions are left at 0: publishing counts them.
/// Every fault is found at once; nothing of a file with a fault is given back.
pub fn read_catalogue(file_name: &str, text: &str) -> Result<Catalogue, ImportFault> {
    read_file(file_name, text, read)
}

/// Reads and checks a file that has promotions alone, for a catalogue that is published already.
pub fn read_promotions(
    file_name: &str,
    text: &str,
    published: &Catalogue,
) -> Result<Vec<Promotion>, ImportFault> {
    let catalogue = read_file(file_name, text, |reading, file| {
        only(reading, file, &["promotions"]);
        if !file.contains_key("promotions") {
            reading.fault(0, ("promotions", ""), "the file has no [[promotions]]".to_owned());
        }
        let plans = Codes(published.plans.keys().map(ToString::to_string).collect());
        let zones = Codes(published.zones.keys().map(ToString::to_string).collect());
        let mut catalogue = Catalogue { promotions: BTreeMap::new(), ..published.clone() };
        let rows = reading.rows(file, "promotions");
        promotions::read_promotions(&rows, (&plans, &zones), &mut catalogue);
        catalogue
    })?;
    Ok(catalogue.promotions.into_values().collect())
}

fn read_file<'t>(
    file_name: &str,
    text: &'t str,
    read: impl FnOnce(&Reading<'t>, &DeTable<'t>) -> Catalogue,
) -> Result<Catalogue, ImportFault> {
    let text = text.trim_start_matches('\u{feff}');
    let reading = Reading::of(text);
    let (file, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let reason = format!("this is not TOML: {}", error.message().replace('\n', "; "));
        reading.fault(error.span().map_or(0, |span| span.start), ("", ""), reason);
    }
    // Half-read tables would only bring faults that are not there.
    let catalogue =
        if errors.is_empty() { read(&reading, file.get_ref()) } else { Catalogue::default() };
    let faults = reading.into_faults();
    if faults.is_empty() { Ok(catalogue) } else { Err(ImportFault::new(file_name, faults)) }
}

/// Tells of each table that is none of these.
fn only(reading: &Reading<'_>, file: &DeTable<'_>, tables: &[&str]) {
    for (name, _) in file {
        let table: &str = name.get_ref();
        if !tables.contains(&table) {
            let choices = listed(tables.iter().copied());
            let reason = format!("there is no such table; the tables are {choices}");
            reading.fault(name.span().start, (table, ""), reason);
        }
    }
}

fn read<'t>(reading: &Reading<'t>, file: &DeTable<'t>) -> Catalogue {
    only(reading, file, &TABLES);
    for table in ["operators", "zones", "plans", "taxes"] {
        if !file.contains_key(table) {
            let reason = format!("the file has no [[{table}]], so nothing could be sold from it");
            reading.fault(0, (table, ""), reason);
        }
    }
    let mut catalogue = Catalogue::default();
    let rows = |table| reading.rows(file, table);
    let operators = operators::read_operators(&rows("operators"), &mut catalogue);
    let zones = operators::read_zones(&rows("zones"), &mut catalogue);
    let plans = plans::read_plans(&rows("plans"), (&operators, &zones), &mut catalogue);
    promotions::read_promotions(&rows("promotions"), (&plans, &zones), &mut catalogue);
    taxes::read_taxes(&rows("taxes"), &mut catalogue);
    taxes::read_levies(&rows("levies"), &mut catalogue);
    catalogue
}

/// The codes named by the rows of a table, sound or not, so that one fault is not told twice: a plan
/// of an operator with a fault is not a plan of an unknown operator.
#[derive(Default)]
struct Codes(BTreeSet<String>);

impl Codes {
    /// The row's own code; a second row with the same is a fault.
    fn own<T>(
        &mut self,
        row: &Row<'_, '_>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let code = row.read("code", |text| {
            let code = parse(text).map_err(|reason| format!("{}: {reason}", quoted(text)))?;
            Ok((code, text.to_owned()))
        })?;
        if self.0.insert(code.1.clone()) {
            return Some(code.0);
        }
        row.fault(
            "code",
            format!("{} is the code of two entries; a code names one", quoted(&code.1)),
        );
        None
    }

    /// A code that has to be one of these.
    fn known<T>(
        &self,
        what: &str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        if self.0.contains(text) {
            return parse(text);
        }
        let choices = listed(self.0.iter().map(String::as_str));
        Err(format!("there is no {what} {}; the file has {choices}", quoted(text)))
    }
}

/// A word that has to be one of a few.
fn one_of<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let choices = listed(words.iter().map(|(word, _)| *word));
        format!("{} is not known here; it can be {choices}", quoted(text))
    })
}
