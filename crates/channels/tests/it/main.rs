//! Tests of the channels, one binary.

mod pages;
