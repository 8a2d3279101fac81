//! Platforms that call us: each is played by its own rules, and all are held against one contract.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod contract;
mod goofish;
mod jd;
mod market;
mod rest;
mod scripted;
mod taobao;
mod told;
