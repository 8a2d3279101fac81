//! Tests of the channels, one binary.

mod accounts;
mod pages;
mod protection;
