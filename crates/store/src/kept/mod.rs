//! What is the same whichever database keeps it: the stored forms of values, rows read by position,
//! a line as loaded and what its commands changed, and the decisions of the ordinary ports. The
//! databases themselves (`sqlite`, `postgres`) only speak SQL.

pub(crate) mod accounts;
pub(crate) mod auto_renew;
pub(crate) mod by_hand;
pub(crate) mod catalogue;
pub(crate) mod charging;
pub(crate) mod comparison;
pub(crate) mod days;
pub(crate) mod deeds;
pub(crate) mod find;
pub(crate) mod hotline;
pub(crate) mod hours;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod limits;
pub(crate) mod lines;
pub(crate) mod loaded;
pub(crate) mod marketing;
pub(crate) mod migrations;
pub(crate) mod partners;
pub(crate) mod passkeys;
pub(crate) mod records;
pub(crate) mod reminders;
pub(crate) mod requests;
pub(crate) mod row;
pub(crate) mod shops;
pub(crate) mod staff;
pub(crate) mod subjects;
pub(crate) mod values;
pub(crate) mod vouchers;

/// What was read or is to be written does not make sense.
#[derive(Debug)]
pub(crate) struct Unreadable(pub(crate) String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        // The place is told, the content is not: it may hold what must not reach a log.
        Self(format!("JSON at line {} column {}", error.line(), error.column()))
    }
}

/// The work cannot be done; nothing is broken.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) &'static str);
