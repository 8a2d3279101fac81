//! Marketplace shops whose orders we read: what a shop tells, and what may be done about it without guessing.

mod amount;
mod clock;
mod item;
mod judge;
mod marketplace;
mod reading;
mod sku;
mod trade;
mod voucher;
mod window;

pub use crate::orders::ShopCode;
pub use amount::read_amount;
pub use clock::{china_time, china_words};
pub use item::{ItemKey, ItemSource, Progress, ShopItem};
pub use judge::{Judgement, Waiting, judge, judge_plan};
pub use marketplace::Marketplace;
pub use reading::{Reading, Unreadable, read_number};
pub use sku::SkuMap;
pub use trade::{BuyerWords, RefundStanding, Trade, TradeItem, TradeState};
pub use voucher::{Voucher, VoucherBatch, VoucherBatchCode, VoucherCode, VoucherState};
pub use window::{LONGEST_WINDOW_SECONDS, Window};
