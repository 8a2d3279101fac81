//! Searching the audit of the staff, and verifying its chains.

use crate::ports::staff::{AuditSearch, Member};
use crate::ports::{Staff, StoreError};
use crate::{App, Problem};
use farline_domain::staff::{ChainFault, StaffAuditLine, StaffChain};

/// How many lines are verified at a time.
const PAGE: u32 = 1_000;

/// The lines that are looked for, the newest first.
pub async fn search(app: &App, search: AuditSearch) -> Result<Vec<StaffAuditLine>, Problem> {
    Ok(app.store.search_staff_audit(search).await?)
}

/// Verifies everybody's chain. Returns those that do not hold, each with what is wrong.
pub async fn verify<S: Staff + ?Sized>(store: &S) -> Result<Vec<(Member, ChainFault)>, StoreError> {
    let mut broken = Vec::new();
    for member in store.members().await? {
        if let Err(fault) = verify_one(store, &member).await? {
            broken.push((member, fault));
        }
    }
    Ok(broken)
}

/// Lines written meanwhile are beyond the head as it was read, and not looked at.
async fn verify_one<S: Staff + ?Sized>(
    store: &S,
    member: &Member,
) -> Result<Result<(), ChainFault>, StoreError> {
    let mut chain = StaffChain::default();
    while chain.number() < member.head.0 {
        let limit = PAGE.min(member.head.0 - chain.number());
        let lines = store.staff_chain(member.id, chain.number(), limit).await?;
        if lines.is_empty() {
            break;
        }
        for line in &lines {
            if let Err(fault) = chain.take(line) {
                return Ok(Err(fault));
            }
        }
    }
    Ok(chain.ends_at(member.head))
}
