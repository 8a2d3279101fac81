//! The form of what a business says of itself: what is wrong with an answer, in words. `farline setup` asks by these, and
//! live mode refuses by them.

use super::RegisteredTax;
use farline_domain::accounts::Address;
use farline_domain::kernel::Msisdn;

/// What is wrong with an answer, if anything: a sentence that begins small, as it follows a name.
pub type Fault = Option<String>;

/// The longest text that fits on a line of a receipt, in characters.
const LONGEST: usize = 120;

/// A name, a title, a line of an address.
pub fn text(text: &str) -> Fault {
    if text.trim().is_empty() {
        Some("is empty".to_owned())
    } else if text.chars().any(char::is_control) {
        Some("holds a character that cannot be printed".to_owned())
    } else if text.chars().count() > LONGEST {
        Some(format!("is longer than {LONGEST} characters"))
    } else {
        None
    }
}

/// A postal address: at least a street and a place.
pub fn address(lines: &[String]) -> Fault {
    if lines.len() < 2 {
        return Some(
            "needs at least two lines: the street, then the place with its postal code".to_owned(),
        );
    }
    lines.iter().find_map(|line| self::text(line))
}

/// A phone number as people dial it.
pub fn phone(text: &str) -> Fault {
    let is_number = Msisdn::parse(text).is_ok();
    (!is_number).then(|| format!("is not a phone number: “{text}”; write it like 1-800-555-0142"))
}

/// An e-mail address.
pub fn email(text: &str) -> Fault {
    let is_address = Address::email(text).is_ok();
    (!is_address)
        .then(|| format!("is not an e-mail address: “{text}”; write it like help@example.com"))
}

/// A site, with or without its scheme.
pub fn website(text: &str) -> Fault {
    let host = text.trim_start_matches("https://");
    let is_site = host.contains('.') && !host.contains(char::is_whitespace);
    (!is_site).then(|| format!("is not the address of a site: “{text}”"))
}

/// The version of the terms: short, as it stands on every receipt.
pub fn version(text: &str) -> Fault {
    self::text(text)
        .or_else(|| (text.chars().count() > 40).then(|| "is longer than 40 characters".to_owned()))
}

/// Business days within which a complaint is answered.
pub fn days(days: i64) -> Fault {
    (!(1..=30).contains(&days)).then(|| "is a number of business days from 1 to 30".to_owned())
}

/// The number of a tax registration. The forms of the provinces' own numbers are not known here.
pub fn registration(tax: RegisteredTax, number: &str) -> Fault {
    let digits_around = |digits: usize, letters: &str| {
        let (first, rest) = number.split_at_checked(digits).unwrap_or(("", ""));
        let last = rest.strip_prefix(letters).unwrap_or("");
        let all_digits = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
        first.len() == digits && last.len() == 4 && all_digits(first) && all_digits(last)
    };
    let (is_right, form) = match tax {
        RegisteredTax::GstHst => (digits_around(9, "RT"), "123456789RT0001"),
        RegisteredTax::Qst => (digits_around(10, "TQ"), "1234567890TQ0001"),
        RegisteredTax::PstBc | RegisteredTax::PstSk | RegisteredTax::RstMb => {
            return match number.chars().filter(char::is_ascii_digit).count() {
                0..4 => Some(format!("is not a registration number: “{number}”")),
                _ => self::text(number),
            };
        }
    };
    (!is_right).then(|| format!("is not of the form {form}, without spaces: “{number}”"))
}
