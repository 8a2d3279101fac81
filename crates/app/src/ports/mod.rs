//! What the use cases need from the outside world, one file per kind of party.

pub mod accounts;
pub mod ambient;
pub mod auto_renew;
pub mod by_hand;
pub mod callback;
pub mod catalogue;
pub mod charging;
pub mod comparison;
pub mod days;
pub mod deeds;
pub mod delivery;
pub mod documents;
pub mod find;
pub mod hotline;
pub mod keypad;
pub mod ledger;
pub mod lines;
pub mod marketing;
pub mod methods;
pub mod notice;
pub mod orders;
pub mod partners;
pub mod passkeys;
pub mod payment;
pub mod pipeline;
pub mod platform;
pub mod records;
pub mod refund_requests;
pub mod reminders;
pub mod shop;
pub mod shops;
pub mod staff;
pub mod subjects;
pub mod voice;
pub mod vouchers;

pub use accounts::Accounts;
pub use ambient::{Clock, Randomness};
pub use auto_renew::AutoRenews;
pub use by_hand::HandMoney;
pub use callback::CallbackGateway;
pub use catalogue::{Catalogues, PublishedVersion, SaleChange};
pub use charging::Charging;
pub use comparison::Listings;
pub use days::Days;
pub use deeds::Deeds;
pub use find::Find;
pub use hotline::Hotline;
pub use keypad::{KeypadCarrier, KeypadLine};
pub use ledger::Ledger;
pub use lines::Lines;
pub use marketing::MarketingChoices;
pub use methods::Methods;
pub use orders::{Orders, Quotes};
pub use partners::Partners;
pub use passkeys::Passkeys;
pub use pipeline::LinePipeline;
pub use records::{Contacts, Jobs, Limits, Requests, Settings, StoreError};
pub use refund_requests::RefundRequests;
pub use reminders::Reminders;
pub use shops::Shops;
pub use staff::Staff;
pub use subjects::Subjects;
pub use voice::{Telephone, Voice};
pub use vouchers::Vouchers;

/// Everything that is kept. One value serves all of it, because one commit has to.
pub trait Store:
    Accounts
    + AutoRenews
    + Catalogues
    + Charging
    + Hotline
    + Days
    + Deeds
    + HandMoney
    + Find
    + Ledger
    + LinePipeline
    + Lines
    + Listings
    + MarketingChoices
    + Methods
    + Orders
    + Partners
    + Passkeys
    + Quotes
    + Contacts
    + Jobs
    + Limits
    + RefundRequests
    + Reminders
    + Requests
    + Settings
    + Shops
    + Staff
    + Subjects
    + Voice
    + Vouchers
{
}

impl<T> Store for T where
    T: Accounts
        + AutoRenews
        + Catalogues
        + Charging
        + Hotline
        + Days
        + Deeds
        + HandMoney
        + Find
        + Ledger
        + LinePipeline
        + Lines
        + Listings
        + MarketingChoices
        + Methods
        + Orders
        + Partners
        + Passkeys
        + Quotes
        + Contacts
        + Jobs
        + Limits
        + RefundRequests
        + Reminders
        + Requests
        + Settings
        + Shops
        + Staff
        + Subjects
        + Voice
        + Vouchers
{
}
