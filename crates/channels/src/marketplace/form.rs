//! Forms as octets: what is signed are these, whatever letters they stand for.

use encoding_rs::Encoding;
use farline_app::ports::platform::{Asked, Fault};
use percent_encoding::percent_decode;

/// The names and values of a query and a form, as the octets that they are.
pub(super) struct Form {
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
    encoding: &'static Encoding,
}

impl Form {
    /// Of the query, and of the body where that is a form.
    pub(super) fn of(asked: &Asked<'_>, encoding: &'static Encoding) -> Self {
        let mut pairs = pairs(asked.query.as_bytes());
        if is_form(asked) {
            pairs.extend(self::pairs(asked.body));
        }
        Self { pairs, encoding }
    }

    /// All pairs, in the order of their octets.
    pub(super) fn sorted(&self) -> Vec<(&[u8], &[u8])> {
        let each = self.pairs.iter().map(|(name, value)| (name.as_slice(), value.as_slice()));
        let mut sorted: Vec<_> = each.collect();
        sorted.sort_unstable();
        sorted
    }

    /// The text under a name; none where it is missing, twice there, or no text. Empty is there, and empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let mut found = self.pairs.iter().filter(|(it, _)| it == name.as_bytes());
        let (Some((_, octets)), None) = (found.next(), found.next()) else { return None };
        let text = self.encoding.decode_without_bom_handling_and_without_replacement(octets)?;
        Some(text.into_owned())
    }

    /// The text under a name that has to be there.
    pub(super) fn needed(&self, name: &str) -> Result<String, Fault> {
        self.text(name).filter(|text| !text.is_empty()).ok_or(Fault::Unreadable)
    }

    /// The whole number under a name that has to be there, without a sign.
    pub(super) fn number(&self, name: &str) -> Result<i64, Fault> {
        let text = self.needed(name)?;
        let is_digits = text.bytes().all(|octet| octet.is_ascii_digit());
        text.parse().ok().filter(|_| is_digits).ok_or(Fault::Unreadable)
    }
}

/// Whether the body is a form.
pub(super) fn is_form(asked: &Asked<'_>) -> bool {
    (asked.header)("content-type")
        .is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"))
}

fn pairs(raw: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let octets = |text: &[u8]| -> Vec<u8> {
        let spaced: Vec<u8> = text.iter().map(|&it| if it == b'+' { b' ' } else { it }).collect();
        percent_decode(&spaced).collect()
    };
    raw.split(|&octet| octet == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|&octet| octet == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(at);
            (octets(name), octets(value.get(1..).unwrap_or_default()))
        })
        .collect()
}
