//! The small types everything else is written in.

mod code;
mod digits;
pub mod ids;
pub mod language;
pub mod localized;
pub mod money;
pub mod number;
pub mod province;
pub mod time;
pub mod units;

pub(crate) use code::code;
pub(crate) use digits::{bits_of_digits, digits_of_bits, in_groups, plain, read_digits};
pub use ids::{
    AccountId, CallId, Cell, Cells, CommandKey, ContactId, LineId, NoteId, NoticeId, OrderId,
    QuoteId, Reference, RefundRequestId, ReservationId, SavedMethodId, SessionId, StaffId,
};
pub use language::Language;
pub use localized::Localized;
pub use money::{Currency, Money, MoneyError, Rate};
pub use number::{Iccid, LineNumber, Msisdn, NumberError, digits_of};
pub use province::Province;
pub use time::{Instant, Zone, ZoneError};
pub use units::{AllowanceKind, Unit, Units, UnitsError};
