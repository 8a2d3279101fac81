//! Accounts: addresses, passwords, one-time codes, sessions, and who may do what with a line.

pub mod address;
pub mod code;
pub mod marketing;
pub mod password;
pub mod request;
pub mod retention;
pub mod rights;
pub mod session;

pub use address::{Address, AddressError};
pub use code::{CODE_MINUTES, CODE_SECONDS, CODE_TRIES, CodeAnswer, KeptCode, spell_code};
pub use marketing::{MarketingAct, MarketingChoice, MarketingConsent, MarketingPlace};
pub use password::{
    MOST_CHARACTERS, PASSWORD_CHARACTERS, PASSWORD_CHARACTERS_BESIDE, Password, PasswordRefusal,
};
pub use request::{
    LineRequest, REQUEST_SECONDS, RequestId, RequestKind, RequestRefusal, RequestReply,
    RequestState,
};
pub use retention::{KEPT_YEARS, kept_until};
pub use rights::{Claim, Rights, claim};
pub use session::{ABSOLUTE_SECONDS, IDLE_SECONDS, SessionTimes, TOUCH_SECONDS};
