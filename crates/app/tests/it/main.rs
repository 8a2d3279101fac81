//! The use cases and their words, tested as data.

mod auto_renew;
mod charging;
mod comparison;
mod credit;
mod deliveries;
mod desk_money;
mod disputes;
mod hotline;
mod import_listings;
mod imports;
mod letters;
mod marketing;
mod partners;
mod protection;
mod providers;
mod queued;
mod reminded_year;
mod reminders;
mod routing;
mod shops;
mod started_early;
mod subjects;
mod webhooks;
mod wording;
