//! Vouchers, as kept.

use crate::scene::{Scene, StoreMaker};
use farline_app::ports::Vouchers;
use farline_app::ports::accounts::Digest;
use farline_app::ports::vouchers::VoucherCounts;
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{Instant, Money};
use farline_domain::shops::{ShopCode, Voucher, VoucherBatch, VoucherBatchCode, VoucherState};
use farline_testkit::noon;

on_every_store! {
    a_batch_is_kept_whole_and_once
    a_voucher_is_used_once_and_not_after_it_was_revoked
    unused_vouchers_are_revoked_by_number_or_all
    a_large_batch_is_numbered_as_it_stands
}

fn batch(code: &str, count: u32) -> VoucherBatch {
    VoucherBatch {
        code: VoucherBatchCode::parse(code).unwrap(),
        shop: ShopCode::parse("red-maple").unwrap(),
        plan: PlanCode::parse("maple-30").unwrap(),
        paid: Money::cad(2_825),
        count,
        made_at: noon(),
    }
}

fn digest(number: u32) -> Digest {
    let mut digest = [7; 32];
    digest[..4].copy_from_slice(&number.to_le_bytes());
    digest
}

/// A row in each table.
pub(crate) async fn made(store: &impl Vouchers, _now: Instant) {
    assert!(store.keep_vouchers(&batch("autumn", 1), &[digest(1)]).await.unwrap());
}

async fn state<S: Vouchers>(store: &S, number: u32) -> Option<(u32, VoucherState)> {
    let found = store.voucher(&digest(number)).await.unwrap();
    found.map(|found| (found.number, found.state))
}

async fn a_batch_is_kept_whole_and_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let autumn = batch("autumn", 2);
    assert_eq!(store.voucher_batch(&autumn.code).await.unwrap(), None);
    assert!(store.keep_vouchers(&autumn, &[digest(1), digest(2)]).await.unwrap());
    // The name is taken, and nothing of the second is kept.
    assert!(!store.keep_vouchers(&batch("autumn", 1), &[digest(3)]).await.unwrap());
    assert_eq!(store.voucher(&digest(3)).await.unwrap(), None);
    // A code that another batch has: none of the new batch is kept, its name included.
    let winter = batch("winter", 2);
    assert!(store.keep_vouchers(&winter, &[digest(4), digest(1)]).await.is_err());
    assert_eq!(store.voucher_batch(&winter.code).await.unwrap(), None);
    assert_eq!(store.voucher(&digest(4)).await.unwrap(), None);
    let unused = VoucherState::Unused;
    let second = Voucher { batch: autumn.code.clone(), number: 2, state: unused, since: noon() };
    assert_eq!(store.voucher(&digest(2)).await.unwrap(), Some(second));
    let counts = VoucherCounts { unused: 2, used: 0, revoked: 0 };
    assert_eq!(store.voucher_batches().await.unwrap(), [(autumn, counts)]);
}

async fn a_voucher_is_used_once_and_not_after_it_was_revoked<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let autumn = batch("autumn", 2);
    store.keep_vouchers(&autumn, &[digest(1), digest(2)]).await.unwrap();
    let later = noon().plus_seconds(9);
    assert!(store.use_voucher(&digest(1), later).await.unwrap());
    assert!(!store.use_voucher(&digest(1), later).await.unwrap());
    assert_eq!(store.voucher(&digest(1)).await.unwrap().unwrap().since, later);
    assert_eq!(store.revoke_vouchers(&autumn.code, &[1, 2], later).await.unwrap(), 1);
    assert!(!store.use_voucher(&digest(2), later).await.unwrap());
    assert!(!store.use_voucher(&digest(9), later).await.unwrap());
    assert_eq!(state(store, 1).await, Some((1, VoucherState::Used)));
    assert_eq!(state(store, 2).await, Some((2, VoucherState::Revoked)));
    let counts = VoucherCounts { unused: 0, used: 1, revoked: 1 };
    assert_eq!(store.voucher_batches().await.unwrap(), [(autumn, counts)]);
}

async fn unused_vouchers_are_revoked_by_number_or_all<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (autumn, winter) = (batch("autumn", 4), batch("winter", 1));
    store.keep_vouchers(&autumn, &[1, 2, 3, 4].map(digest)).await.unwrap();
    store.keep_vouchers(&winter, &[digest(5)]).await.unwrap();
    store.use_voucher(&digest(1), noon()).await.unwrap();
    assert_eq!(store.revoke_vouchers(&autumn.code, &[3, 7], noon()).await.unwrap(), 1);
    assert_eq!(store.revoke_vouchers(&autumn.code, &[], noon()).await.unwrap(), 2);
    assert_eq!(store.revoke_vouchers(&autumn.code, &[], noon()).await.unwrap(), 0);
    assert_eq!(state(store, 1).await, Some((1, VoucherState::Used)));
    assert_eq!(state(store, 5).await, Some((1, VoucherState::Unused)));
}

async fn a_large_batch_is_numbered_as_it_stands<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let digests: Vec<Digest> = (1..=5_003).map(digest).collect();
    assert!(scene.store.keep_vouchers(&batch("large", 5_003), &digests).await.unwrap());
    for number in [1, 5_000, 5_001, 5_003] {
        let unused = VoucherState::Unused;
        assert_eq!(state(&scene.store, number).await, Some((number, unused)));
    }
}
