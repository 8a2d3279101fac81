//! Shops on marketplaces that we read. A shop is asked what changed ([`read`]), told by its webhooks ([`hear`]), and each item of
//! a trade goes its way ([`look_at_due`]): read, placed on its line, delivered, and the shop told.
//!
//! Whatever is asked outside may be done twice. What makes an order once is kept before it is made.

pub mod demonstration;
mod hear;
mod import;
mod look;
mod place;
mod read;
mod redeem;
mod returned;
mod take_in;
mod tell;
mod vouchers;

pub use hear::{Heard, hear};
pub use import::{Imported, ImportedAs, import_trades};
pub use look::look_at_due;
pub use read::{Reading, read};
pub use redeem::{Bought, Ready, Redeemable, look_up, redeem};
pub use vouchers::{MOST_VOUCHERS, VoucherWish, draw_vouchers, keep_vouchers, revoke_vouchers};

use crate::ports::shop::{ShopAnswer, ShopGateway, ShopUnknown};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::Language;
use farline_domain::orders::{Order, Seller};
use farline_domain::shops::{ShopCode, SkuMap};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A shop as it is set up.
#[derive(Clone)]
pub struct Shop {
    /// What it is called here.
    pub name: ShopCode,
    /// What its buyers know it as.
    pub title: String,
    /// Where they find it.
    pub address: Option<String>,
    /// How it is reached; nothing for a shop that only brings files and sells vouchers.
    pub gateway: Option<Arc<dyn ShopGateway>>,
    /// Which plans the seller's codes mean.
    pub skus: SkuMap,
    /// How long between two questions about what changed, in seconds.
    pub read_every_seconds: i64,
    /// The language of its buyers, in which receipts are written.
    pub language: Language,
}

impl Shop {
    /// How it is reached.
    fn reached(&self) -> Result<&dyn ShopGateway, Problem> {
        self.gateway.as_deref().ok_or_else(|| {
            let mut problem = Problem::of(ProblemCode::ShopUnavailable);
            problem.cause = Some("this shop is not read".to_owned());
            problem
        })
    }
}

/// The shops there are, by their codes.
#[derive(Clone, Default)]
pub struct OpenShops(BTreeMap<ShopCode, Shop>);

impl OpenShops {
    /// These shops.
    pub fn new(shops: impl IntoIterator<Item = Shop>) -> Self {
        Self(shops.into_iter().map(|shop| (shop.name.clone(), shop)).collect())
    }

    /// The shop with this code.
    pub fn find(&self, name: &ShopCode) -> Option<&Shop> {
        self.0.get(name)
    }

    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = &Shop> {
        self.0.values()
    }
}

/// What a question to a shop came to.
enum Asked<T> {
    /// It was answered.
    Done(T),
    /// It was refused, under this code of the marketplace's.
    Refused(String),
}

/// An answer, or a problem that may pass.
fn asked<T>(answer: ShopAnswer<T>) -> Result<Asked<T>, Problem> {
    match answer {
        Ok(Ok(done)) => Ok(Asked::Done(done)),
        Ok(Err(refusal)) => Ok(Asked::Refused(refusal.0)),
        Err(unknown) => Err(unreachable(&unknown)),
    }
}

fn unreachable(unknown: &ShopUnknown) -> Problem {
    let mut problem = Problem::of(ProblemCode::ShopUnavailable);
    problem.cause = Some(unknown.to_string());
    problem
}

/// What the shop that sold an order calls itself, if one did that is still set up.
pub fn title<'a>(app: &'a App, order: &Order) -> Option<&'a str> {
    match &order.sold_by.as_ref()?.seller {
        Seller::Shop(code) => Some(&app.shops.find(code)?.title),
        Seller::Partner(_) => None,
    }
}

/// The shop of an item, if it is still set up.
fn shop_of<'a>(app: &'a App, name: &ShopCode) -> Option<&'a Shop> {
    app.shops.find(name)
}
