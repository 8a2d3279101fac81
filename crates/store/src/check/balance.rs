//! Buckets against their entries and reservations.

use super::history::{BucketRow, History};
use super::{Findings, Rule};
use farline_domain::balance::EntryKind;
use std::collections::BTreeMap;

pub(super) fn check(history: &History, findings: &mut Findings) {
    let line = history.row.line.id.to_string();
    let mut moved: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    for (place, entry) in (1..).zip(&history.entries) {
        findings.agree((Rule::Counters, &line), "a bucket entry's number", (entry.number, place));
        let (granted, used) = moved.entry(entry.bucket).or_default();
        let side = if entry.kind == EntryKind::Grant { granted } else { used };
        *side = side.saturating_add(entry.units);
    }
    let entries = u32::try_from(history.entries.len()).unwrap_or(u32::MAX);
    let counters = &history.row.counters;
    let of_line = (Rule::Counters, line.as_str());
    findings.agree(of_line, "the count of bucket entries", (entries, counters.bucket_entries));
    let buckets = u32::try_from(history.buckets.len()).unwrap_or(u32::MAX);
    findings.agree(of_line, "the count of buckets", (buckets, counters.buckets));
    for (place, bucket) in (1..).zip(&history.buckets) {
        findings.agree(of_line, "a bucket's number", (bucket.number, place));
        one(&line, bucket, (moved.remove(&bucket.number), history), findings);
    }
    let to_close = history.buckets.iter().filter(|bucket| bucket.used < bucket.granted);
    let to_close = to_close.filter(|bucket| bucket.reserved == 0);
    let first = to_close.filter_map(|bucket| bucket.valid_until).min();
    let what = "the first day after which a bucket is closed";
    findings.agree((Rule::Liveness, &line), what, (history.row.closes_on, first));
    sessions(history, &line, findings);
    for bucket in moved.into_keys().chain(history.held.keys().copied()) {
        if !history.buckets.iter().any(|known| known.number == bucket) {
            let place = format!("{line} bucket {bucket}");
            findings.add(Rule::Buckets, place, "is moved or held but does not exist");
        }
    }
}

/// Sessions against what they hold and what was debited.
fn sessions(history: &History, line: &str, findings: &mut Findings) {
    if history.held_by_nobody > 0 {
        let found = format!("{} that do not run hold units", history.held_by_nobody);
        findings.add(Rule::Sessions, line, found);
    }
    for (kind, debited) in &history.debited {
        let of_kind = history.buckets.iter().filter(|bucket| bucket.kind == *kind);
        let numbers: Vec<u32> = of_kind.map(|bucket| bucket.number).collect();
        let uses = history
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Use && numbers.contains(&entry.bucket));
        let used = uses.fold(0_i64, |sum, entry| sum.saturating_add(entry.units));
        // Sessions are forgotten in the end; entries never are.
        if *debited > used {
            let found = format!("sessions debited {debited} of {kind}, the entries say {used}");
            findings.add(Rule::Sessions, line, found);
        }
    }
    for bucket in &history.depleted {
        if !history.buckets.iter().any(|known| known.number == *bucket) {
            findings.add(Rule::Sessions, line, format!("bucket {bucket} is depleted but unknown"));
        }
    }
}

fn one(
    line: &str,
    bucket: &BucketRow,
    (moved, history): (Option<(i64, i64)>, &History),
    findings: &mut Findings,
) {
    let place = format!("{line} bucket {}", bucket.number);
    let (granted, used) = moved.unwrap_or_default();
    findings.agree((Rule::Buckets, &place), "granted", (bucket.granted, granted));
    findings.agree((Rule::Buckets, &place), "used", (bucket.used, used));
    let held = history.held.get(&bucket.number).copied().unwrap_or_default();
    findings.agree((Rule::Reservations, &place), "reserved", (bucket.reserved, held));
    let (granted, used, reserved) = (bucket.granted, bucket.used, bucket.reserved);
    let below = granted < 0 || used < 0 || reserved < 0;
    if below || used.saturating_add(reserved) > granted {
        let figures = format!("granted {granted}, used {used}, reserved {reserved}");
        findings.add(Rule::Negative, &place, figures);
    }
}
