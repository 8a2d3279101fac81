//! Where a person is reached: the e-mail address or the phone number of an account.

use crate::kernel::Msisdn;
use crate::notices::Medium;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An e-mail address or a phone number that can be written to.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "medium", content = "text", rename_all = "snake_case")]
pub enum Address {
    /// An e-mail address as typed, without the spaces around it.
    Email(String),
    /// A phone number.
    Sms(Msisdn),
}

/// Why what was typed is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It has an @, but cannot be an e-mail address.
    #[error("this cannot be an e-mail address")]
    Email,
    /// It has no @, and cannot be a phone number.
    #[error("this cannot be a phone number")]
    Phone,
}

impl Address {
    /// Reads what a person typed: with an @ it is an e-mail address, otherwise a phone number.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        if typed.contains(['@', '\u{ff20}']) {
            Self::email(&typed.replace('\u{ff20}', "@"))
        } else {
            Self::phone(typed)
        }
    }

    /// Reads an e-mail address: a name of at most 64 octets, one @, a domain with a dot, at most 254
    /// octets in all (RFC 5321 §4.5.3.1). Whether it exists, only a message to it tells.
    pub fn email(typed: &str) -> Result<Self, AddressError> {
        let text = typed.trim();
        let (name, domain) = text.rsplit_once('@').ok_or(AddressError::Email)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control();
        let named = (1..=64).contains(&name.len())
            && !name.contains(['@', '<', '>', ',', ';', ':', '"', '(', ')', '\\']);
        let placed = domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
            && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        let fits = text.len() <= 254 && text.chars().all(plain) && named && placed;
        if fits { Ok(Self::Email(text.to_owned())) } else { Err(AddressError::Email) }
    }

    /// Reads a phone number as forgivingly as everywhere.
    pub fn phone(typed: &str) -> Result<Self, AddressError> {
        Msisdn::parse(typed).map(Self::Sms).map_err(|_| AddressError::Phone)
    }

    /// How it is written to.
    pub const fn medium(&self) -> Medium {
        match self {
            Self::Email(_) => Medium::Email,
            Self::Sms(_) => Medium::Sms,
        }
    }

    /// The address itself, for sending.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) => text,
            Self::Sms(number) => number.as_str(),
        }
    }

    /// The form in which two ways of typing one address are equal: e-mail in small letters. Mail
    /// systems that tell capitals apart are not known to exist, and people do not tell them apart.
    pub fn canonical(&self) -> String {
        match self {
            Self::Email(text) => format!("email:{}", text.to_lowercase()),
            Self::Sms(number) => format!("sms:{}", number.as_str()),
        }
    }

    /// What others are shown: `l•••@example.org`, `+1 ••• 88`.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(text) => {
                let (name, domain) = text.rsplit_once('@').unwrap_or((text, ""));
                let first: String = name.chars().take(1).collect();
                format!("{first}•••@{domain}")
            }
            Self::Sms(number) => {
                let country: String = number.as_str().chars().take(2).collect();
                format!("{country} ••• {}", number.hint())
            }
        }
    }
}

/// Shows the masked form only, so that a log never holds the address.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressError};

    #[test]
    fn an_address_is_read_as_people_type_it() {
        let table = [
            (" Li.Wei+sim@Example.com ", Ok("email:li.wei+sim@example.com")),
            ("王@例子.公司", Ok("email:王@例子.公司")),
            ("wei＠example.com", Ok("email:wei@example.com")),
            ("(416) 555-0188", Ok("sms:+14165550188")),
            ("＋８６ 138 0013 8000", Ok("sms:+8613800138000")),
            ("a@b", Err(AddressError::Email)),
            ("@b.ca", Err(AddressError::Email)),
            ("a@.ca", Err(AddressError::Email)),
            ("a@b@c.ca", Err(AddressError::Email)),
            ("a b@c.ca", Err(AddressError::Email)),
            ("a@b.ca\r\nBcc: x@y.z", Err(AddressError::Email)),
            ("a,b@c.ca", Err(AddressError::Email)),
            ("", Err(AddressError::Phone)),
            ("12345", Err(AddressError::Phone)),
            ("wei", Err(AddressError::Phone)),
        ];
        for (typed, expected) in table {
            let read = Address::parse(typed).map(|address| address.canonical());
            assert_eq!(read, expected.map(str::to_owned), "{typed}");
        }
    }

    #[test]
    fn an_address_hides_itself() {
        let table = [("li.wei@example.org", "l•••@example.org"), ("4165550188", "+1 ••• 88")];
        for (typed, masked) in table {
            let address = Address::parse(typed).unwrap();
            assert_eq!(format!("{address:?}"), masked);
        }
    }
}
