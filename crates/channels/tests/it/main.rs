//! Tests of the channels, one binary.

mod accounts;
mod desk;
mod marketplace;
mod pages;
mod partner_portal;
mod paused;
mod protection;
mod shop_webhooks;
