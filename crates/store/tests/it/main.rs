//! The store's tests: the contract every store has to keep, on every store, and what is each one's
//! own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

/// Runs generic tests on every store.
macro_rules! on_every_store {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::$name::<crate::scene::Sqlite>().await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { super::$name::<crate::scene::Postgres>().await; })*
        }
    };
}

mod accounts;
mod auto_renew;
mod backup;
mod by_hand;
mod comparison;
mod concurrency;
mod contract;
mod corruption;
mod deeds;
mod find;
mod floor;
mod forecast;
mod hotline;
mod hours;
mod import;
mod instances;
mod ledger;
mod marketing;
mod moving;
mod opening;
mod partners;
mod plan_sales;
mod property;
mod reconcile;
mod records;
mod reminders;
mod scene;
mod shops;
mod simulation;
mod staff;
mod subjects;
mod tls;
mod voice;
mod vouchers;
