//! Charging sessions, by the kinds of case that SigScale OCS tests in its public rating suite, and
//! by what credit control (RFC 8506) asks beyond them.

use crate::story::check_all;
use farline_domain::charging::{ChargingRefusal, Quota};
use farline_domain::kernel::Units;

#[test]
fn exact_fit() {
    check_all("
    grant 100MB 30d | start s1 want 100MB = 100MB leaving 0B final → 100MB reserved
    grant 100MB 30d | start s1 want 100MB | end s1 used 100MB = 100MB leaving 0B → nothing left; nothing reserved; entries grant use
    grant 100MB 30d | event e1 100MB = 100MB leaving 0B → nothing left
    grant 60sec 30d | start s1 want 60sec final | update s1 used 60sec want 60sec ! CreditLimitReached → nothing left; nothing reserved
    grant 1msg 30d | event e1 1msg = 1msg leaving 0msg | event e2 1msg ! CreditLimitReached → nothing left
    grant 30MB 30d | grant 70MB 60d | start s1 want 100MB = 100MB final | end s1 used 100MB → buckets 0B 0B; entries grant grant use use");
}

#[test]
fn insufficient() {
    check_all("
    grant 99MB 30d | start s1 want 100MB = 99MB final → 99MB reserved
    grant 99MB 30d | event e1 100MB ! CreditLimitReached → 99MB left; entries grant
    start s1 ! CreditLimitReached → nothing reserved
    event e1 1msg ! CreditLimitReached → nothing reserved
    grant 10min 30d | start s1 want 1MB ! CreditLimitReached → 10min left
    grant 100MB 30d | start s1 want 80MB more | start s2 want 80MB = 20MB final | start s3 want 1B ! CreditLimitReached → 100MB reserved");
}

#[test]
fn several_buckets() {
    check_all("
    grant 100MB 30d | grant 100MB 60d | start s1 want 150MB = 150MB leaving 50MB more → buckets 0B 50MB
    grant 100MB 30d | grant 100MB 60d | start s1 want 150MB | end s1 used 120MB → buckets 0B 80MB; nothing reserved
    grant 100MB 60d | grant 100MB 30d | grant 100MB 30d bonus | start s1 want 250MB | end s1 used 210MB → buckets 90MB 0B 0B
    grant 10MB 30d | grant 10MB 31d | grant 10MB 32d | start s1 want 5MB | update s1 used 25MB want 5MB = 5MB final → buckets 0B 0B 0B; 5MB reserved
    grant 100MB 30d | start s1 want 80MB | grant 100MB 10d | end s1 used 90MB → buckets 20MB 90MB");
}

#[test]
fn expired_buckets() {
    check_all("
    grant 100MB 1d | at 2026-11-23 0:00 | start s1 want 10MB ! CreditLimitReached → nothing reserved
    grant 100MB 1d | grant 50MB 9d | at 2026-11-23 0:00 | start s1 want 80MB = 50MB final → buckets 100MB 0B
    grant 100MB 1d | grant 50MB 9d | at 2026-11-22 23:59 | start s1 want 80MB | at 2026-11-23 0:00 | update s1 used 20MB rest → buckets 80MB 50MB; nothing reserved
    grant 100MB 1d | at 2026-11-22 23:59 | start s1 want 80MB | at 2026-11-23 0:00 | end s1 used 90MB = 80MB over 10MB → 20MB left; 10MB over
    grant 100MB 1d | grant 50MB 9d | at 2026-11-22 23:59 | start s1 want 80MB | at 2026-11-23 0:00 | end s1 used 90MB = 90MB → buckets 20MB 40MB");
}

#[test]
fn negative_buckets_cannot_be_and_what_goes_beyond_is_noted() {
    check_all("
    grant 100MB 30d | start s1 want 100MB | update s1 used 130MB want 10MB = 100MB over 30MB ! CreditLimitReached → nothing left; nothing reserved; 30MB over
    grant 100MB 30d | start s1 want 100MB | end s1 used 130MB over 30MB | again → nothing left; 30MB over; entries grant use
    grant 100MB 30d | start s1 want 40MB | start s2 want 60MB | end s1 used 50MB = 40MB over 10MB → 60MB reserved; 10MB over
    grant 100MB 30d | start s1 want 100MB | end s1 used 130MB over 30MB | grant 50MB 30d | start s2 want 10MB = 10MB leaving 40MB → 40MB left; 30MB over");
}

#[test]
fn interim_debit_and_reserve() {
    check_all("
    grant 1GB 30d | start s1 want 100MB | update s1 used 100MB want 100MB = 100MB leaving 800MB | update s1 used 60MB want 100MB = 100MB leaving 740MB → 740MB left; 100MB reserved; entries grant use use
    grant 1GB 30d | start s1 want 100MB | update s1 used 120MB want 200MB = 200MB leaving 680MB → 200MB reserved
    grant 1GB 30d | start s1 want 100MB | update s1 used 0MB want 300MB = 300MB leaving 700MB → 300MB reserved; entries grant
    grant 1GB 30d | start s1 want 100MB | update s1 used 30MB rest → 970MB left; nothing reserved
    grant 1GB 30d | start s1 rest | update s1 used 30MB want 10MB = 10MB → 960MB left; 10MB reserved
    grant 1GB 30d | start s1 want 100MB | start s1 want 50MB = 50MB → 950MB left; 50MB reserved");
}

#[test]
fn refund_of_unused() {
    check_all("
    grant 1GB 30d | start s1 want 100MB | end s1 used 0MB = 0MB leaving 1GB → 1GB left; nothing reserved; entries grant
    grant 1GB 30d | start s1 want 100MB | end s1 used 1B → 999.999999MB left; nothing reserved
    grant 60MB 30d | grant 60MB 60d | start s1 want 120MB final | end s1 used 10MB → buckets 50MB 60MB; nothing reserved
    grant 10min 30d | start s1 want 5min | update s1 used 5min want 5min | end s1 used 1sec → 299sec left; nothing reserved");
}

#[test]
fn out_of_credit() {
    check_all("
    grant 100MB 30d | start s1 want 100MB | update s1 used 100MB want 100MB = 100MB leaving 0B ! CreditLimitReached | end s1 used 0MB → nothing left; entries grant use
    grant 100MB 30d | start s1 want 100MB | update s1 used 100MB ! CreditLimitReached | grant 50MB 30d | update s1 used 0MB want 20MB = 20MB → 30MB left; 20MB reserved
    start s1 ! CreditLimitReached | update s1 used 5MB ! UnknownSession → nothing reserved; 0B over
    start s1 #0 ! CreditLimitReached | grant 50MB 30d | start s1 #0 want 20MB = 20MB → 30MB left");
}

#[test]
fn a_repeated_request_is_answered_the_same_and_changes_nothing() {
    check_all("
    grant 1GB 30d | start s1 want 100MB | again | again → 900MB left; 100MB reserved
    grant 1GB 30d | start s1 want 100MB | update s1 used 50MB want 100MB | again → 850MB left; 100MB reserved; entries grant use
    grant 1GB 30d | start s1 want 100MB | end s1 used 50MB | again | again → 950MB left; entries grant use
    grant 5msg 30d | event e1 1msg | again | event e1 1msg #0 → 4msg left; entries grant use
    grant 100MB 30d | start s1 want 100MB | update s1 used 100MB ! CreditLimitReached | again → nothing left
    grant 1GB 30d | start s1 want 100MB | end s1 used 9MB | update s1 used 5MB ! SessionEnded | again → 991MB left; 5MB refused");
}

#[test]
fn what_comes_after_a_later_one_changes_nothing() {
    check_all("
    grant 1GB 30d | start s1 want 100MB #0 | update s1 used 10MB want 100MB #2 | update s1 used 10MB want 100MB #1 ! Superseded → 890MB left; 100MB reserved; entries grant use
    grant 1GB 30d | start s1 want 100MB #0 | update s1 used 10MB want 100MB #1 | start s1 want 500MB #0 ! Superseded → 890MB left; 100MB reserved
    grant 1GB 30d | update s1 used 10MB #1 ! UnknownSession | start s1 want 100MB #0 | update s1 used 10MB want 100MB #1 = 100MB → 890MB left; 100MB reserved; entries grant use
    grant 1GB 30d | start s1 want 100MB #0 | end s1 used 10MB #3 | update s1 used 10MB #2 ! SessionEnded → 990MB left; 0B refused");
}

#[test]
fn a_session_ends_for_ever() {
    check_all("
    grant 1GB 30d | start s1 want 100MB | end s1 used 10MB | update s1 used 20MB want 100MB ! SessionEnded → 990MB left; nothing reserved; 20MB refused; entries grant use
    grant 1GB 30d | start s1 want 100MB | end s1 used 10MB | update s1 used 20MB ! SessionEnded | update s1 used 5MB ! SessionEnded → 990MB left; 25MB refused
    grant 1GB 30d | start s1 want 100MB | end s1 used 10MB | start s1 want 100MB ! SessionEnded → 990MB left; nothing reserved
    grant 1GB 30d | end s1 used 10MB ! UnknownSession → 1GB left; entries grant
    grant 5msg 30d | event e1 1msg #0 | event e1 1msg #1 ! SessionEnded → 4msg left; 1msg refused");
}

#[test]
fn a_request_has_to_fit_its_session() {
    check_all("
    grant 1GB 30d | grant 10min 30d | start s1 want 100MB | update s1 used 1min want 1min ! RatingFailed → 900MB left; 10min left; 100MB reserved
    grant 1GB 30d | start s1 want 100MB | event s1 1MB ! RatingFailed → 900MB left; 100MB reserved
    grant 1GB 30d | grant 10min 30d | start s1 want 100MB | end s1 used 1MB | update s1 used 1min ! SessionEnded → 999MB left; 10min left; 0B refused");
}

#[test]
fn quota_validity_and_threshold() {
    check_all("
    quota 100MB | valid 3600 | grant 1GB 30d | start s1 = 100MB ask 80MB valid 3600 more → 100MB reserved
    quota 100MB | grant 1GB 30d | start s1 want 5MB = 5MB ask 4MB → 5MB reserved
    quota 100MB | grant 1GB 30d | start s1 want 500MB = 100MB → 100MB reserved
    quota 100MB | grant 100MB 30d | start s1 = 100MB ask 100MB final → 100MB reserved
    quota 1msg | grant 5msg 30d | start s1 want 0msg | update s1 used 0msg = 1msg ask 1msg → 4msg left
    quota 300sec | grant 60min 30d | start s1 want 300sec = 300sec ask 240sec → 55min left
    quota 1MB | grant 5GB 30d | event e1 3GB = 3GB → 2GB left");
}

#[test]
fn a_window_is_obeyed_to_the_second() {
    check_all("
    valid 3600 | grant 1GB 30d night | at 2026-11-23 5:30 | start s1 want 10MB = 10MB valid 1800 → 10MB reserved
    valid 3600 | grant 1GB 30d night | at 2026-11-22 22:00 | start s1 want 10MB = 10MB valid 3600 → 10MB reserved
    valid 3600 | grant 1GB 30d night | at 2026-11-22 23:30 | start s1 want 10MB = 10MB valid 3600 → 10MB reserved
    valid 3600 | grant 1GB 30d evening | at 2026-11-22 23:59 | start s1 want 10MB = 10MB valid 60 → 10MB reserved
    valid 3600 | grant 1GB 30d night | at 2026-11-23 6:00 | start s1 want 10MB ! CreditLimitReached → nothing reserved
    valid 3600 | grant 1GB 1d | at 2026-11-22 23:30 | start s1 want 10MB = 10MB valid 1800 → 10MB reserved
    valid 3600 | grant 5MB 30d night | grant 1GB 30d | at 2026-11-23 5:30 | start s1 want 10MB = 10MB valid 1800 → buckets 0B 995MB
    valid 3600 | grant 1GB 30d night | grant 1GB 30d | at 2026-11-23 5:59 | start s1 want 10MB | at 2026-11-23 6:00 | update s1 used 8MB want 10MB = 10MB valid 3600 → buckets 992MB 990MB");
}

#[test]
fn a_zone_is_obeyed() {
    check_all("
    grant 1GB 30d canada | start s1 want 10MB abroad ! ServiceDenied → 1GB left
    grant 1GB 30d canada | start s1 want 10MB nowhere ! ServiceDenied → 1GB left
    grant 1GB 30d canada | event e1 10MB abroad ! ServiceDenied → 1GB left
    start s1 want 10MB abroad ! CreditLimitReached → nothing reserved
    grant 1GB 30d canada | start s1 want 10MB home | update s1 used 5MB want 10MB abroad = 5MB ! ServiceDenied → 995MB left; nothing reserved
    grant 1GB 30d canada | start s1 want 10MB home | update s1 used 15MB want 10MB abroad = 10MB over 5MB ! ServiceDenied → 990MB left; 5MB over
    grant 1GB 30d canada | grant 1GB 30d world | start s1 want 10MB home | update s1 used 10MB want 20MB abroad = 20MB → buckets 990MB 980MB");
}

#[test]
fn a_line_out_of_service_is_denied_but_pays_what_it_used() {
    check_all("
    grant 1GB | at 2026-12-01 0:00 | start s1 want 10MB ! ServiceDenied | event e1 1MB ! ServiceDenied → 1GB left
    grant 1GB | at 2026-11-30 23:59 | start s1 want 10MB | at 2026-12-01 0:00 | update s1 used 9MB want 10MB = 9MB ! ServiceDenied → 991MB left; nothing reserved
    at 2026-12-01 0:00 | start s1 want 10MB ! CreditLimitReached → nothing reserved");
}

#[test]
fn an_abandoned_session_gives_back_what_it_held_and_may_come_back() {
    check_all("
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 13:00 | sweep → 100MB reserved; sweeps 1
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 13:01 | sweep → 1GB left; nothing reserved; sweeps 1; entries grant
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 12:30 | update s1 used 10MB want 100MB | update s1 used 10MB want 100MB → sweeps 1
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 12:30 | update s1 used 10MB want 100MB | at 2026-11-22 13:01 | sweep | sweep → 100MB reserved; sweeps 2
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 12:30 | start s2 want 50MB | at 2026-11-22 13:01 | sweep | at 2026-11-22 13:31 | sweep → 1GB left; nothing reserved; sweeps 2
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 13:01 | sweep | update s1 used 40MB want 100MB = 100MB → 860MB left; 100MB reserved; sweeps 2
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 13:01 | sweep | end s1 used 40MB | again → 960MB left; nothing reserved
    valid 3600 | grant 1GB 30d | start s1 want 100MB | at 2026-11-22 12:10 | valid 60 | start s2 want 50MB → sweeps 2");
}

#[test]
fn a_depleted_bucket_promises_to_say_so_once() {
    check_all("
    grant 100MB 30d | event e1 74MB → marks
    grant 100MB 30d | event e1 75MB | event e2 14MB → marks 1:three_quarters+25000000
    grant 100MB 30d | event e1 75MB | event e2 15MB | event e3 10MB → marks 1:three_quarters+25000000 1:nine_tenths+10000000 1:used_up
    grant 100MB 30d | start s1 want 100MB → marks
    grant 100MB 30d | start s1 want 100MB | end s1 used 100MB | again → marks 1:three_quarters 1:nine_tenths 1:used_up
    grant 100MB 30d | start s1 want 100MB | end s1 used 101MB over 1MB → marks 1:three_quarters 1:nine_tenths 1:used_up
    grant 1min 30d | grant 5min 60d | start s1 want 2min | end s1 used 61sec → marks 1:three_quarters+299 1:nine_tenths+299 1:used_up+299
    grant 10MB 30d canada | grant 5MB 30d world | event e1 10MB abroad ! ServiceDenied | event e2 5MB abroad → marks 2:three_quarters 2:nine_tenths 2:used_up
    grant 100MB 1d | event e1 10MB | at 2026-11-23 0:00 | sweep → marks");
}

#[test]
fn a_threshold_is_a_part_but_never_nothing() {
    let threshold = |count, percent| Quota::threshold(Units::new(count).unwrap(), percent).count();
    assert_eq!(threshold(100_000_000, 80), 80_000_000);
    assert_eq!(threshold(99, 80), 79);
    assert_eq!(threshold(1, 80), 1);
    assert_eq!(threshold(7, 100), 7);
    assert_eq!(threshold(i64::MAX, 80), 7_378_697_629_483_820_645);
}

#[test]
fn every_refusal_has_its_word_in_diameter() {
    use ChargingRefusal as R;
    let words = [R::ServiceDenied, R::CreditLimitReached, R::UnknownLine, R::RatingFailed];
    assert_eq!(words.map(R::diameter), [4010, 4012, 5030, 5031]);
}
