//! The marketplaces whose shops we read: one contract for all of them, and what each has alone.

mod contract;
mod jd;
mod market;
mod shopify;
mod taobao;
mod woocommerce;
