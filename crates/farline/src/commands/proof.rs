//! A proof as an operator reads it: what one side counted beside what the other did.

use farline_domain::kernel::{Currency, Money};
use farline_store::moving::{Counted, Proof, Sum};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a digest is shown: enough to see a difference with one's own eyes.
const SHOWN: usize = 12;

/// Reads a part of a proof.
type Part = fn(&Proof) -> Lines;

/// The parts of a proof in the order in which they are shown.
const PARTS: [(&str, Part); 4] = [
    ("rows, and a digest of them", |proof| counted(&proof.tables)),
    ("money", |proof| proof.money.iter().map(money).collect()),
    ("units", |proof| proof.units.iter().map(units).collect()),
    ("heads of the hash chains", |proof| counted(&proof.chains)),
];

/// What is shown, by what it is about.
type Lines = BTreeMap<String, String>;

/// One proof.
pub(crate) fn one(proof: &Proof) -> String {
    shown(|part| {
        let lines = part(proof).into_iter();
        lines.map(|(label, value)| format!("    {label:<32} {value:>36}")).collect()
    })
}

/// Two proofs beside one another.
pub(crate) fn both(said: &Proof, arrived: &Proof) -> String {
    let title = format!("    {:<32} {:>36} {:>36}\n", "", "IN THE FILE", "IN THE DATABASE");
    let beside = shown(|part| {
        let (said, arrived) = (part(said), part(arrived));
        let labels: BTreeSet<&String> = said.keys().chain(arrived.keys()).collect();
        let line = |label: &String| {
            let of = |lines: &Lines| lines.get(label).cloned().unwrap_or_else(|| "–".to_owned());
            let (left, right) = (of(&said), of(&arrived));
            let verdict = if left == right { "equal" } else { "DIFFERENT" };
            format!("    {label:<32} {left:>36} {right:>36}   {verdict}")
        };
        labels.into_iter().map(line).collect()
    });
    title + &beside
}

fn shown(lines_of: impl Fn(Part) -> Vec<String>) -> String {
    let mut text = String::new();
    for (title, part) in PARTS {
        let lines = lines_of(part);
        if !lines.is_empty() {
            text.extend(["  ", title, "\n", &lines.join("\n"), "\n"]);
        }
    }
    text
}

fn counted(tables: &BTreeMap<String, Counted>) -> Lines {
    let line = |(table, counted): (&String, &Counted)| {
        let digest = counted.digest.get(..SHOWN).unwrap_or_default();
        (table.clone(), format!("{}  {digest}", grouped(i128::from(counted.rows))))
    };
    tables.iter().map(line).collect()
}

fn money(sum: &Sum) -> (String, String) {
    let amount = match Currency::parse(&sum.unit) {
        Some(currency) => format!("{:?}", Money { minor: sum.total, currency }),
        None => format!("{} {}", sum.total, sum.unit),
    };
    (format!("{} ({})", sum.of, sum.unit), format!("{} in {}", amount, sum.rows))
}

fn units(sum: &Sum) -> (String, String) {
    let total = grouped(i128::from(sum.total));
    (format!("{} {}", sum.unit, sum.of), format!("{total} in {}", sum.rows))
}

/// A count in groups of three digits.
pub(crate) fn grouped(count: i128) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::from(if count < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{both, grouped, one};
    use farline_store::moving::{Counted, Proof, Sum};
    use std::collections::BTreeMap;

    fn proof() -> Proof {
        let counted = Counted { rows: 1_234_567, digest: "0123456789abcdef".to_owned() };
        let tables = BTreeMap::from([("lines".to_owned(), counted)]);
        let sum = |of: &str, unit: &str| Sum {
            of: of.to_owned(),
            unit: unit.to_owned(),
            rows: 3,
            total: 123_456,
        };
        Proof {
            chains: tables.clone(),
            tables,
            money: vec![sum("orders, delivered", "CAD")],
            units: vec![sum("granted", "data")],
        }
    }

    #[test]
    fn a_difference_is_seen_where_it_is() {
        let (said, mut arrived) = (proof(), proof());
        assert!(!both(&said, &arrived).contains("DIFFERENT"));
        arrived.money[0].total += 1;
        arrived.tables.insert("orders".to_owned(), Counted::default());
        let shown = both(&said, &arrived);
        let different: Vec<&str> =
            shown.lines().filter(|line| line.ends_with("DIFFERENT")).collect();
        assert_eq!(different.len(), 2, "{shown}");
        assert!(different[0].trim_start().starts_with("orders "), "{shown}");
        assert!(different[1].contains("1234.56") && different[1].contains("1234.57"), "{shown}");
        assert!(one(&said).contains("1,234,567  0123456789ab"), "{}", one(&said));
    }

    #[test]
    fn counts_are_grouped() {
        let table = [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")];
        for (count, expected) in table {
            assert_eq!(grouped(count), expected);
        }
    }
}
