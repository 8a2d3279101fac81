//! The chain of each line's audit.

use super::history::History;
use super::{Findings, Rule};

pub(super) fn check(history: &History, findings: &mut Findings) {
    let line = history.row.line.id.to_string();
    let mut head = [0; 32];
    for (place, entry) in (1..).zip(&history.audit) {
        findings.agree((Rule::Audit, &line), "an audit line's number", (entry.number, place));
        if entry.hash != entry.computed_hash(head) {
            let found = format!("line {} of the audit does not fit the one before", entry.number);
            findings.add(Rule::Audit, &line, found);
        }
        head = entry.hash;
    }
    let count = u32::try_from(history.audit.len()).unwrap_or(u32::MAX);
    let counters = &history.row.counters;
    findings.agree((Rule::Audit, &line), "the count of audit lines", (count, counters.audit));
    if head != counters.audit_head {
        findings.add(Rule::Audit, &line, "the head is not the hash of the last line");
    }
}
