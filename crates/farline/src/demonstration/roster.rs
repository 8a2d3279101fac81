//! Who the two hundred lines are: numbers set aside for fiction (555-0100 to 555-0199), card numbers
//! of an issuer that does not exist, places, languages and states.

use farline_domain::kernel::{
    Language::{self, EnCa, FrCa, ZhCn},
    Province::{self, Ab, Bc, Mb, Nb, Nl, Ns, Nt, Nu, On, Pe, Qc, Sk, Yt},
};
use farline_domain::lines::LineStatus;

/// One line of the demonstration before it has a life.
pub(super) struct Card {
    /// 1 to 200; the card number is made from it.
    pub(super) serial: u64,
    /// The operator's code.
    pub(super) operator: &'static str,
    /// Area code and the last four digits; a data-only card has none.
    digits: Option<(u16, u16)>,
    /// Where its subscriber is, as far as is known.
    pub(super) province: Option<Province>,
    /// What it is written to in.
    pub(super) language: Language,
    /// Where it stands today.
    pub(super) status: LineStatus,
}

impl Card {
    /// The line's number in E.164.
    pub(super) fn number(&self) -> Option<String> {
        self.digits.map(|(area, last)| format!("+1{area}555{last:04}"))
    }

    /// The card number: issuer 891998, which nobody has, the serial and the check digit.
    pub(super) fn iccid(&self) -> String {
        let digits = format!("891998{:012}", self.serial);
        let doubled = |(place, byte): (usize, u8)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        };
        let sum: u32 = digits.bytes().rev().enumerate().map(doubled).sum();
        format!("{digits}{}", (10 - sum % 10) % 10)
    }

    /// Whether this is the line that everybody tries first.
    pub(super) fn is_first(&self) -> bool {
        self.digits == Some((416, 100))
    }

    /// Whether this card carries data only.
    pub(super) const fn is_data_only(&self) -> bool {
        self.digits.is_none()
    }
}

/// Neighbours: area code, first and last of the final four digits.
type Numbers = (u16, u16, u16);

/// Numbers of one operator in one place. Numbers are ported, so an area code tells no operator.
const BLOCKS: [(&str, Numbers, Option<Province>, [Language; 4]); 18] = [
    ("maplewave", (416, 100, 139), Some(On), [EnCa, ZhCn, EnCa, FrCa]),
    ("maplewave", (647, 100, 119), Some(On), [ZhCn, EnCa, ZhCn, EnCa]),
    ("maplewave", (514, 100, 114), Some(Qc), [FrCa, FrCa, ZhCn, EnCa]),
    ("tamarack", (604, 100, 129), Some(Bc), [ZhCn, EnCa, ZhCn, EnCa]),
    ("tamarack", (778, 100, 109), Some(Bc), [EnCa, ZhCn, FrCa, EnCa]),
    ("tamarack", (403, 100, 109), Some(Ab), [EnCa, EnCa, ZhCn, FrCa]),
    ("tamarack", (306, 100, 109), Some(Sk), [EnCa, ZhCn, EnCa, EnCa]),
    ("tamarack", (204, 100, 104), Some(Mb), [EnCa, FrCa, ZhCn, EnCa]),
    ("kittiwake", (902, 100, 124), Some(Ns), [EnCa, ZhCn, EnCa, FrCa]),
    ("kittiwake", (902, 125, 129), Some(Pe), [EnCa, FrCa, ZhCn, EnCa]),
    ("kittiwake", (506, 100, 104), Some(Nb), [FrCa, EnCa, FrCa, ZhCn]),
    ("kittiwake", (709, 100, 104), Some(Nl), [EnCa, EnCa, ZhCn, EnCa]),
    ("kittiwake", (867, 100, 100), Some(Yt), [EnCa, EnCa, EnCa, EnCa]),
    ("kittiwake", (867, 101, 101), Some(Nt), [ZhCn, EnCa, EnCa, EnCa]),
    ("kittiwake", (867, 102, 102), Some(Nu), [EnCa, EnCa, EnCa, EnCa]),
    // 867 serves three territories: whoever renews these is asked for theirs.
    ("kittiwake", (867, 103, 104), None, [FrCa, EnCa, EnCa, EnCa]),
    // The simulated supplier acts by the last two digits; these meet each of its outcomes.
    ("kittiwake", (902, 180, 186), Some(Ns), [EnCa, ZhCn, FrCa, EnCa]),
    ("kittiwake", (416, 180, 186), Some(On), [ZhCn, FrCa, EnCa, ZhCn]),
];

/// The last two digits at which the simulated supplier does something else than deliver at once.
const SUPPLIER_OUTCOMES: std::ops::RangeInclusive<u16> = 180..=186;

/// All cards, always the same.
pub(super) fn cards() -> Vec<Card> {
    let numbered =
        BLOCKS.iter().flat_map(|(operator, (area, first, last), province, languages)| {
            (*first..=*last)
                .zip(languages.iter().cycle())
                .map(move |(last, language)| (*operator, Some((*area, last)), *province, *language))
        });
    let data_only = ("tamarack", None, Some(Bc), ZhCn);
    numbered
        .chain([data_only])
        .zip(1..)
        .map(|((operator, digits, province, language), serial)| {
            let status = match digits {
                Some((_, last)) if !SUPPLIER_OUTCOMES.contains(&last) => status(serial),
                Some(_) | None => LineStatus::Active,
            };
            Card { serial, operator, digits, province, language, status }
        })
        .collect()
}

/// Most are in service; of every twenty, six are not.
const fn status(serial: u64) -> LineStatus {
    match serial % 20 {
        4 | 10 => LineStatus::Grace,
        7 | 16 => LineStatus::Suspended,
        13 => LineStatus::Closed,
        19 => LineStatus::Inactive,
        _ => LineStatus::Active,
    }
}
