//! Tests of the channels, one binary.

mod accounts;
mod desk;
mod pages;
mod protection;
