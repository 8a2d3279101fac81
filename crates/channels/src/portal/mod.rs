//! The portal: the pages people renew, hold and prove their cards with.

pub mod charts;
pub mod handlers;
pub mod layout;
pub mod qr;
pub mod views;
