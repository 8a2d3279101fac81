//! Tests of the channels, one binary.

mod accounts;
mod desk;
mod pages;
mod partner_portal;
mod protection;
