//! The rules, told as tables and checked as properties.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

mod auto_renew;
mod balance;
mod by_hand;
mod cancel_queued;
mod charging;
mod charging_properties;
mod comparison;
mod comparison_properties;
mod disputes;
mod flows;
mod forecast;
mod hotline;
mod hours;
mod keep;
mod keypad;
mod law;
mod leftover;
mod lifecycle;
mod orders;
mod plan_sales;
mod pricing;
mod promotions;
mod properties;
mod readmes;
mod reminders;
mod routing;
mod scene;
mod shop_years;
mod start_queued;
mod story;
mod subjects;
mod taxes;
