//! The rules of Farline: pure and synchronous. No IO, no clock, no randomness, no async.
//!
//! A newcomer starts with [`kernel`] (money, units, ids, numbers, dates), then reads [`lines`],
//! [`catalog`], [`balance`] and [`orders`], and ends with [`commands`], where one command on one
//! line is decided.

pub mod accounts;
pub mod auto_renew;
pub mod balance;
pub mod catalog;
pub mod charging;
pub mod commands;
pub mod comparison;
pub mod forecast;
pub mod hotline;
pub mod kernel;
pub mod ledger;
pub mod lines;
pub mod notices;
pub mod orders;
pub mod partners;
pub mod payments;
pub mod receipts;
pub mod reminders;
pub mod shops;
pub mod staff;
pub mod subjects;
