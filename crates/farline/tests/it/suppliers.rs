//! Suppliers: a week of orders at one that fails in every way, and what the configuration and the command line say of them.

mod configured;
mod week;
