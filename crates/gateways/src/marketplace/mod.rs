//! Marketplaces whose shops we read, all behind [`farline_app::ports::shop::ShopGateway`].
//!
//! An adapter answers in one of three ways. *Done*: the marketplace said so in a body that fits what was asked. *Refused*: it
//! named a reason that does not pass by asking again. *Unknown*: everything else. An adapter never retries by itself.

pub mod jd;
pub mod shopify;
pub mod taobao;
pub mod woocommerce;

mod answer;
mod client;
mod digest;
mod memo;
mod paging;
mod shipping;

pub use client::ShopSettingsError;
