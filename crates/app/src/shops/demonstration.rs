//! What the demonstration's shop sells: a few vouchers whose codes everybody may know, because no money is real there.

use super::vouchers::{VoucherWish, keep_vouchers};
use crate::{App, Mode, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{Currency, Money};
use farline_domain::shops::{ShopCode, VoucherBatchCode, VoucherCode};

/// The shop.
pub const SHOP: &str = "maple-market";
/// The codes of its vouchers.
pub const CODES: [&str; 4] =
    ["DEMN-STRN-CDEA-2222", "DEMN-STRN-CDEA-3333", "DEMN-STRN-CDEA-4444", "DEMN-STRN-CDEA-5555"];
/// What each is good for.
const PLAN: &str = "maplewave-5gb";
/// What one costs there, in fen.
const PAID: i64 = 12_800;

/// Makes the vouchers, unless they are there.
pub async fn stock(app: &App) -> Result<(), Problem> {
    let internal = || Problem::of(ProblemCode::Internal);
    let wish = VoucherWish {
        batch: VoucherBatchCode::parse("demonstration").map_err(|_| internal())?,
        shop: ShopCode::parse(SHOP).map_err(|_| internal())?,
        plan: PlanCode::parse(PLAN).map_err(|_| internal())?,
        paid: Money { minor: PAID, currency: Currency::parse("CNY").ok_or_else(internal)? },
    };
    if app.store.voucher_batch(&wish.batch).await?.is_some() {
        return Ok(());
    }
    let codes: Vec<VoucherCode> = CODES.into_iter().filter_map(VoucherCode::parse).collect();
    keep_vouchers(app, &wish, &codes).await.map(|_| ())
}

/// Codes to try: of the demonstration's shop, and of no other.
pub fn samples(app: &App) -> Vec<String> {
    let is_there = app.mode == Mode::Sandbox
        && ShopCode::parse(SHOP).is_ok_and(|shop| app.shops.find(&shop).is_some());
    if is_there { CODES.map(str::to_owned).to_vec() } else { Vec::new() }
}
