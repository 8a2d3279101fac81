//! Gateways that carry notices: e-mail by SMTP, text messages by HTTP or by SMPP 3.4, all behind
//! [`farline_app::ports::notice::NoticeGateway`].
//!
//! An adapter answers in one of three ways. *Accepted*: the other side said so. *Refused*: the message certainly
//! did not go out whole; `Never` when this message cannot succeed, `Later` when waiting, or an operator who mends
//! the configuration, may help. *Unknown*: the message was handed over and no answer came. An adapter never
//! retries by itself and never chooses another gateway: both are use cases.
//!
//! Codes are the other side's own where it gave one (`550`, `21614`, `0x0000000B`), and words of ours where the
//! message did not get that far (`unreachable`, `bad_address`).

pub mod mailbox;
pub mod segments;
pub mod smpp;
pub mod smtp;
pub mod twilio;

use farline_app::ports::notice::{Medium, Message, Retry, Sent};

/// The code for a message that was handed to a gateway of the other medium.
const WRONG_MEDIUM: &str = "wrong_medium";

/// The code for a recipient, subject or attachment name that cannot be written down safely.
const BAD_ADDRESS: &str = "bad_address";

fn refused(code: impl Into<String>, retry: Retry) -> Sent {
    Sent::Refused { code: code.into(), retry }
}

/// The digits of an E.164 number after its `+`, or why this message can never be sent as a text message.
fn digits_of_recipient(message: &Message) -> Result<&str, &'static str> {
    if message.medium != Medium::Sms {
        return Err(WRONG_MEDIUM);
    }
    let digits = message.to.strip_prefix('+').ok_or(BAD_ADDRESS)?;
    let well_formed = (7..=15).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.starts_with('0');
    if well_formed { Ok(digits) } else { Err(BAD_ADDRESS) }
}
