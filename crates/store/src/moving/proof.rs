//! What shows that two databases hold the same: for each table the count of its rows and a digest of
//! all of them, sums of money and of units, and the heads of the chains. Each database counts and sums
//! its own rows.

use super::value::{Value, hexadecimal, write_row};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many rows, and a digest of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many.
    pub rows: u64,
    /// 64 hexadecimal digits.
    pub digest: String,
}

/// A sum over many rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sum {
    /// Of what, such as `orders, delivered`.
    pub of: String,
    /// A currency, whose minor units are summed; or a kind of allowance, whose units are.
    pub unit: String,
    /// Over how many rows.
    pub rows: i64,
    /// The sum.
    pub total: i64,
}

/// What two databases that hold the same have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Every table.
    pub tables: BTreeMap<String, Counted>,
    /// What was ordered, per stage and currency.
    pub money: Vec<Sum>,
    /// What lines have and used, per kind.
    pub units: Vec<Sum>,
    /// The heads of the hash chains, per table that keeps them.
    pub chains: BTreeMap<String, Counted>,
}

impl Proof {
    /// How many rows in all.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|counted| counted.rows).sum()
    }
}

/// A digest of rows in any order: the digests of all rows, added up. Two databases give rows out in
/// different orders, and sorting them again would cost more than anything else here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    count: u64,
    sum: [u64; 4],
}

impl Rows {
    /// Adds a row as it is written.
    pub(crate) fn add_line(&mut self, line: &[u8]) {
        let digest: [u8; 32] = Sha256::digest(line).into();
        for (lane, eight) in self.sum.iter_mut().zip(digest.as_chunks::<8>().0) {
            *lane = lane.wrapping_add(u64::from_be_bytes(*eight));
        }
        self.count += 1;
    }

    /// Adds a row; the buffer is only lent.
    pub(crate) fn add(&mut self, row: &[Value<'_>], line: &mut Vec<u8>) {
        line.clear();
        write_row(row, line);
        self.add_line(line);
    }

    /// Count and digest.
    pub(crate) fn counted(&self) -> Counted {
        let octets: Vec<u8> = self.sum.iter().flat_map(|lane| lane.to_be_bytes()).collect();
        Counted { rows: self.count, digest: hexadecimal(&octets) }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    fn digest(lines: &[&str]) -> String {
        let mut rows = Rows::default();
        for line in lines {
            rows.add_line(line.as_bytes());
        }
        rows.counted().digest
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        assert_eq!(digest(&["[1]", "[2]", "[3]"]), digest(&["[3]", "[1]", "[2]"]));
        for other in [&["[1]", "[2]"][..], &["[1]", "[2]", "[4]"], &["[1]", "[2]", "[3]", "[3]"]] {
            assert_ne!(digest(&["[1]", "[2]", "[3]"]), digest(other));
        }
        assert_ne!(digest(&["[1]", "[1]"]), digest(&[]));
    }
}
