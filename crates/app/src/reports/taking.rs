//! Where money is being taken.

use super::Groups;
use crate::ports::StoreError;
use crate::ports::ledger::Ledger;
use farline_domain::kernel::Instant;
use farline_domain::ledger::{Account, EntrySetKind};
use std::collections::BTreeSet;

/// So many groups of rows are looked at: enough to see whether a provider is in use, and soon over.
const GROUPS: usize = 25;

/// Which of these providers took money in some time, as far as its first 50,000 rows tell.
///
/// # Errors
/// When the entries cannot be read.
pub async fn taking(
    ledger: &dyn Ledger,
    span: (Instant, Instant),
    names: &[&str],
) -> Result<BTreeSet<String>, StoreError> {
    let mut taking = BTreeSet::new();
    let mut groups = Groups::of(ledger, span);
    for _ in 0..GROUPS {
        let movements = groups.next().await?;
        let captures = movements.iter().filter(|movement| movement.kind == EntrySetKind::Capture);
        for (account, _) in captures.flat_map(|movement| &movement.entries) {
            if let Account::Provider(name) = account
                && names.contains(&name.as_str())
            {
                taking.insert(name.clone());
            }
        }
        if movements.is_empty() || taking.len() == names.len() {
            break;
        }
    }
    Ok(taking)
}
