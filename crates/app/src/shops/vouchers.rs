//! Making vouchers for a shop to sell, and calling them back.

use super::shop_of;
use crate::ports::Randomness;
use crate::ports::accounts::Digest;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::Money;
use farline_domain::shops::{ShopCode, VoucherBatch, VoucherBatchCode, VoucherCode};

/// The most vouchers of a batch.
pub const MOST_VOUCHERS: u32 = 100_000;
const PURPOSE: &str = "voucher";

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherWish {
    /// What the batch is called.
    pub batch: VoucherBatchCode,
    /// The shop that sells them.
    pub shop: ShopCode,
    /// What each is good for.
    pub plan: PlanCode,
    /// What a buyer pays the shop for one.
    pub paid: Money,
}

/// The digest by which a voucher is kept.
pub(super) fn digest_of(app: &App, code: &VoucherCode) -> Digest {
    Seal(&app.keys.secrets).digest(PURPOSE, code.compact())
}

/// Draws codes. None is good yet: whoever wants them writes them down first, and then keeps the batch.
pub fn draw_vouchers(randomness: &dyn Randomness, count: u32) -> Vec<VoucherCode> {
    let draw = |_| {
        let mut bits = [0; 10];
        randomness.fill(&mut bits);
        VoucherCode::mint(bits)
    };
    (0..count).map(draw).collect()
}

/// Keeps a batch whose codes were drawn and written down: from now on they are good.
pub async fn keep_vouchers(
    app: &App,
    wish: &VoucherWish,
    codes: &[VoucherCode],
) -> Result<VoucherBatch, Problem> {
    let count = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    may_be_made(app, wish, count)?;
    let VoucherWish { batch: code, shop, plan, paid } = wish.clone();
    let batch = VoucherBatch { code, shop, plan, paid, count, made_at: app.now() };
    let digests: Vec<Digest> = codes.iter().map(|code| digest_of(app, code)).collect();
    if app.store.keep_vouchers(&batch, &digests).await? {
        Ok(batch)
    } else {
        Err(Problem::of(ProblemCode::VoucherBatchTaken).in_field("batch"))
    }
}

fn may_be_made(app: &App, wish: &VoucherWish, count: u32) -> Result<(), Problem> {
    let invalid = |field| Err(Problem::of(ProblemCode::FieldInvalid).in_field(field));
    if shop_of(app, &wish.shop).is_none() {
        return Err(Problem::of(ProblemCode::ShopUnknown).in_field("shop"));
    }
    if !app.store.catalogue().plans.contains_key(&wish.plan) {
        return Err(Problem::of(ProblemCode::UnknownPlan).in_field("plan"));
    }
    if wish.paid.minor <= 0 {
        return invalid("price");
    }
    if !(1..=MOST_VOUCHERS).contains(&count) {
        return invalid("count");
    }
    Ok(())
}

/// Calls back the unused vouchers of these numbers; all unused ones, where none is named. Returns how many.
pub async fn revoke_vouchers(
    app: &App,
    batch: &VoucherBatchCode,
    numbers: &[u32],
) -> Result<u32, Problem> {
    if app.store.voucher_batch(batch).await?.is_none() {
        return Err(Problem::of(ProblemCode::NotFound).in_field("batch"));
    }
    Ok(app.store.revoke_vouchers(batch, numbers, app.now()).await?)
}
