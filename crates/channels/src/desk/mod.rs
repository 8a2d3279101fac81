//! The desk: the pages with which the staff help callers, look after orders and see what happened.
//!
//! A handler in [`handlers`] takes [`here::Here`] (a form: [`here::Posted`]), asks `here.may(Deed::…)` before it reads
//! anything, writes down with `farline_app::staff::note` what it shows of a person, and fills a view of [`views`]. A
//! page that stands in the menu has its entry in [`layout::MENU`].

pub mod handlers;
pub mod here;
pub mod layout;
pub mod script;
pub mod views;
