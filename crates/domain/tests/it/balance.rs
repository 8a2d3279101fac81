//! Buckets: what is held, used and swept, and in which order, as scripts that read like the business.

use crate::scene::{TODAY, allowance, noon, toronto};
use crate::story::{check_all, size};
use farline_domain::balance::{Bucket, DepletionMark};
use farline_domain::kernel::{AllowanceKind, Units, UnitsError};

#[test]
fn reserve_commit_release() {
    check_all("
    grant 2GB 30d | reserve 500MB | commit 120MB | → 1.88GB left, nothing reserved; entries grant use
    grant 2GB 30d | reserve 500MB = 500MB leaving 1.5GB | → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | release → 2GB left, nothing reserved; entries grant
    grant 2GB 30d | release ! UnknownSession → 2GB left, nothing reserved
    grant 2GB 30d | reserve 2GB = 2GB leaving 0B → nothing left, 2GB reserved
    grant 2GB 30d | reserve 2GB | commit 2GB = 2GB leaving 0B → nothing left, nothing reserved
    grant 2GB 30d | reserve 3GB = 2GB → nothing left, 2GB reserved
    grant 2GB 30d | commit 2GB | reserve 1B ! CreditLimitReached → nothing left, nothing reserved
    grant 2GB 30d | commit 120MB = 120MB leaving 1.88GB → 1.88GB left
    grant 100MB 30d | commit 101MB ! CreditLimitReached → 100MB left; entries grant
    reserve 1MB ! CreditLimitReached → nothing left, nothing reserved
    reserve 0MB = 0MB → nothing left, nothing reserved
    grant 10min 30d | reserve 1MB ! CreditLimitReached → 10min left
    grant 10min 30d | grant 5msg 30d | commit 90B ! CreditLimitReached | commit 3msg | commit 1.5min → 8.5min left; 2msg left");
}

#[test]
fn a_session_holds_one_quota_and_a_new_one_replaces_it() {
    check_all("
    grant 2GB 30d | reserve 500MB | reserve 300MB = 300MB leaving 1.7GB → 1.7GB left, 300MB reserved
    grant 2GB 30d | reserve 2GB | reserve 2GB = 2GB → nothing left, 2GB reserved
    grant 2GB 30d | reserve 500MB for s1 | reserve 700MB for s2 → 800MB left, 1.2GB reserved
    grant 2GB 30d | reserve 500MB for s1 | reserve 700MB for s2 | release for s1 → 1.3GB left, 700MB reserved
    grant 2GB 30d | reserve 2GB for s1 | reserve 1B for s2 ! CreditLimitReached → nothing left, 2GB reserved
    grant 2GB 30d | reserve 500MB | reserve 0MB = 0MB → 2GB left, nothing reserved");
}

#[test]
fn what_is_used_beyond_what_is_held_comes_from_what_is_free() {
    check_all("
    grant 2GB 30d | reserve 500MB | commit 700MB = 700MB → 1.3GB left, nothing reserved
    grant 2GB 30d | reserve 500MB | commit 2.1GB = 2GB over 100MB → nothing left, nothing reserved; 100MB over
    grant 2GB 30d | reserve 500MB for s1 | commit 1.6GB for s2 ! CreditLimitReached → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | commit 120MB | commit 120MB → 1.76GB left, nothing reserved; entries grant use use
    grant 1GB 30d | grant 1GB 60d | reserve 1.2GB | commit 1.1GB → 900MB left; buckets 0B 900MB; entries grant grant use use");
}

#[test]
fn what_is_held_in_another_unit_is_never_used() {
    check_all("
    grant 1GB 30d | grant 10min 30d | reserve 1GB | commit 2min ! RatingFailed → 10min left; 1GB reserved");
}

#[test]
fn the_draw_down_order_is_zone_window_expiry_bonus_age_number() {
    check_all("
    grant 1GB 30d world | grant 1GB 60d america | grant 1GB 90d canada | commit 100MB home → buckets 1GB 1GB 900MB
    grant 1GB 30d world | grant 1GB 60d america | grant 1GB 90d canada | commit 2.1GB home → buckets 900MB 0B 0B
    grant 1GB 30d canada | grant 1GB 60d world | commit 100MB abroad → buckets 1GB 900MB
    grant 1GB 30d canada | commit 1B abroad ! ServiceDenied → 1GB left
    grant 1GB 10d | grant 1GB 60d day | commit 100MB → buckets 1GB 900MB
    grant 1GB 10d | grant 1GB 60d night | commit 100MB → buckets 900MB 1GB
    grant 1GB 10d world day | grant 1GB 60d canada | commit 100MB home → buckets 1GB 900MB
    grant 1GB 30d | grant 1GB 10d | commit 100MB → buckets 1GB 900MB
    grant 1GB | grant 1GB 10d | commit 100MB → buckets 1GB 900MB
    grant 1GB 30d | grant 1GB 30d bonus | commit 100MB → buckets 1GB 900MB
    grant 1GB 10d | grant 1GB 30d bonus | commit 100MB → buckets 900MB 1GB
    grant 1GB 31d | at 2026-11-23 12:00 | grant 1GB 30d | commit 100MB → buckets 900MB 1GB
    grant 1GB 30d | grant 1GB 30d | commit 100MB → buckets 900MB 1GB
    grant 1GB 30d | grant 1GB 30d | reserve 1.5GB → buckets 0B 500MB");
}

#[test]
fn a_bucket_ends_with_its_last_local_day() {
    check_all("
    grant 1GB 1d | at 2026-11-22 23:59 | commit 100MB → 900MB left
    grant 1GB 1d | at 2026-11-23 0:00 | commit 1B ! CreditLimitReached → 1GB left
    grant 1GB 1d | at 2026-11-22 23:59 | sweep → 1GB left; entries grant
    grant 1GB 1d | at 2026-11-23 0:00 | sweep | sweep → nothing left; entries grant expire
    grant 1GB 1d | commit 1GB | at 2026-11-23 0:00 | sweep → nothing left; entries grant use
    until 2036-12-01 | grant 1GB | at 2036-11-22 0:00 | sweep | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | at 2026-11-22 23:59 | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 0:00 | zone America/Vancouver | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 1:59 | zone America/Vancouver | commit 1MB → 999MB left
    zone America/Vancouver | grant 1GB 1d | zone America/Toronto | at 2026-11-23 2:00 | zone America/Vancouver | commit 1MB ! CreditLimitReached → 1GB left");
}

#[test]
fn what_was_held_before_the_end_may_be_used_and_the_rest_expires() {
    check_all("
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:05 | commit 100MB = 100MB leaving 0B | sweep → nothing left; entries grant use expire
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:00 | sweep → 500MB left, 500MB reserved; entries grant
    grant 1GB 1d | at 2026-11-22 23:59 | reserve 500MB | at 2026-11-23 0:01 | sweep → nothing left, nothing reserved; entries grant expire");
}

#[test]
fn abandoned_sessions_give_back_what_they_hold() {
    check_all("
    grant 2GB 30d | reserve 500MB | at 2026-11-22 12:09 | sweep → 1.5GB left, 500MB reserved
    grant 2GB 30d | reserve 500MB | at 2026-11-22 12:10 | sweep → 2GB left, nothing reserved; entries grant
    grant 2GB 30d | reserve 500MB for s1 | at 2026-11-22 12:05 | reserve 200MB for s2 | at 2026-11-22 12:10 | sweep → 1.8GB left, 200MB reserved");
}

#[test]
fn a_window_may_run_over_midnight_in_local_time() {
    check_all("
    grant 1GB 30d night | commit 1MB ! CreditLimitReached → 1GB left
    grant 1GB 30d night | at 2026-11-22 21:59 | commit 1MB ! CreditLimitReached → 1GB left
    grant 1GB 30d night | at 2026-11-22 22:00 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 0:00 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 5:59 | commit 1MB → 999MB left
    grant 1GB 30d night | at 2026-11-23 6:00 | commit 1MB ! CreditLimitReached → 1GB left
    grant 1GB 30d day | at 2026-11-23 7:59 | commit 1MB ! CreditLimitReached → 1GB left
    grant 1GB 30d day | at 2026-11-23 8:00 | commit 1MB → 999MB left
    grant 1GB 30d day | at 2026-11-23 20:00 | commit 1MB ! CreditLimitReached → 1GB left
    grant 1GB 30d night | at 2026-11-23 1:00 | zone America/Vancouver | commit 1MB → 999MB left
    grant 1GB 30d night | zone America/Vancouver | at 2026-11-22 21:59 | zone America/Toronto | commit 1MB | zone America/Vancouver | commit 1MB ! CreditLimitReached → 999MB left");
}

#[test]
fn a_bucket_never_gives_more_than_is_free() {
    let units = |count| Units::new(count).unwrap();
    let of_100 = allowance(AllowanceKind::Data, 100);
    let mut bucket = Bucket::granted(1, &of_100, (noon(), None), None);
    bucket.reserve(units(60)).unwrap();
    assert_eq!(bucket.take(units(41)), Err(UnitsError::BelowZero));
    assert_eq!(bucket.reserve(units(41)), Err(UnitsError::BelowZero));
    assert_eq!(bucket.unreserve(units(61)), Err(UnitsError::BelowZero));
    bucket.take(units(40)).unwrap();
    let stands = (bucket.used, bucket.reserved, bucket.available(), bucket.remaining());
    assert_eq!(stands, (units(40), units(60), Units::ZERO, units(60)));
}

#[test]
fn sizes_are_read_exactly() {
    assert_eq!(size("1.88GB"), Some((AllowanceKind::Data, 1_880_000_000)));
    assert_eq!(size("8.5min"), Some((AllowanceKind::Voice, 510)));
    assert_eq!(size("0B"), Some((AllowanceKind::Data, 0)));
    assert_eq!(noon().date_in(&toronto()), TODAY);
}

#[test]
fn a_bucket_passes_each_mark_once() {
    use DepletionMark::{NineTenths, ThreeQuarters, UsedUp};
    let passed = |granted, before, after| {
        let units = |count| Units::new(count).unwrap();
        DepletionMark::passed(units(granted), (units(before), units(after))).collect::<Vec<_>>()
    };
    assert_eq!(passed(100, 0, 74), []);
    assert_eq!(passed(100, 74, 75), [ThreeQuarters]);
    assert_eq!(passed(100, 75, 89), []);
    assert_eq!(passed(100, 89, 99), [NineTenths]);
    assert_eq!(passed(100, 99, 100), [UsedUp]);
    assert_eq!(passed(100, 0, 100), [ThreeQuarters, NineTenths, UsedUp]);
    assert_eq!(passed(3, 2, 3), [ThreeQuarters, NineTenths, UsedUp]);
    assert_eq!(passed(i64::MAX, 0, i64::MAX), [ThreeQuarters, NineTenths, UsedUp]);
    for mark in DepletionMark::ALL {
        assert_eq!(DepletionMark::parse(mark.code()), Some(mark));
    }
}
