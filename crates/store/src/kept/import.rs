//! What an imported line becomes.

use super::journal::Journaled;
use super::values::minted_at;
use farline_app::ports::lines::{ImportError, NewBucket, NewLine};
use farline_domain::balance::{Bucket, BucketEntry, EntryKind};
use farline_domain::catalog::Catalogue;
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::Units;
use sha2::{Digest, Sha256};

/// Rows between two words of progress.
pub(crate) const TELL_EVERY: u64 = 10_000;

/// The rows of a file, each with its position.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<(u64, NewLine), ImportError>> + Send>;

/// The error of a row.
pub(crate) fn refused_row(position: u64, why: &str) -> ImportError {
    ImportError::Row(format!("row {position}: {why}"))
}

/// A number or card number that exists already.
pub(crate) fn taken_row(position: u64, what: &str, hint: &str) -> ImportError {
    refused_row(position, &format!("the {what} …{hint} is there already"))
}

/// A line of an operator that is not known is refused.
pub(crate) fn check_operator(
    position: u64,
    new: &NewLine,
    catalogue: &Catalogue,
) -> Result<(), ImportError> {
    let operator = &new.line.operator;
    if catalogue.operators.contains_key(operator) {
        return Ok(());
    }
    Err(refused_row(position, &format!("the operator {operator} is not known")))
}

/// The buckets of a line. One of which more is used than was granted is refused.
pub(crate) fn buckets_of(position: u64, new: &NewLine) -> Result<Vec<Bucket>, ImportError> {
    let one = |(number, bucket): (u32, &NewBucket)| {
        if bucket.used > bucket.allowance.units {
            return Err(refused_row(position, "more of a bucket is used than was granted"));
        }
        Ok(bucket_of(number, bucket))
    };
    (1..).zip(&new.buckets).map(one).collect()
}

/// A count of rows as a counter keeps it.
pub(crate) fn counted(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn bucket_of(number: u32, new: &NewBucket) -> Bucket {
    let validity = (new.valid_from, new.valid_until);
    let mut bucket = Bucket::granted(number, &new.allowance, validity, None);
    bucket.used = new.used;
    bucket
}

/// What was granted, and what was used before, so that balances can be rebuilt from entries.
fn entries_of(buckets: &[NewBucket]) -> Vec<BucketEntry> {
    let mut entries = Vec::with_capacity(buckets.len() * 2);
    for (bucket, new) in (1..).zip(buckets) {
        let moved = [(EntryKind::Grant, new.allowance.units), (EntryKind::Use, new.used)];
        for (kind, units) in moved {
            if kind == EntryKind::Grant || units != Units::ZERO {
                let number = counted(entries.len() + 1);
                entries.push(BucketEntry { number, bucket, kind, units, at: new.valid_from });
            }
        }
    }
    entries
}

/// The first row of a line's journal.
pub(crate) fn journal_of(new: &NewLine) -> Journaled {
    let bucket_entries = entries_of(&new.buckets);
    Journaled { audit: audit_of(new), bucket_entries, money: Vec::new() }
}

/// The first line of the audit. The store has no clock; the line's id tells when it was made.
fn audit_of(new: &NewLine) -> AuditLine {
    let mut after = Sha256::new();
    after.update(format!("{:?}", new.line.dates));
    for bucket in &new.buckets {
        after.update(format!("|{:?}:{:?}", bucket.allowance.units, bucket.used));
    }
    let mut line = AuditLine {
        number: 1,
        at: minted_at(new.line.id),
        actor: Actor::System.name(),
        reason: None,
        action: "import",
        order: None,
        before: [0; 32],
        after: after.finalize().into(),
        hash: [0; 32],
    };
    line.hash = line.computed_hash([0; 32]);
    line
}
