//! What a product gives: its benefits and its validity, where both can be counted.

use crate::delivery::decimal::{self, Decimal};
use farline_app::ports::delivery::SupplierContents;
use farline_domain::catalog::Validity;
use farline_domain::comparison::{Granted, Grants};
use farline_domain::kernel::AllowanceKind;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
pub(super) struct Lasting {
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    quantity: Option<Decimal>,
    unit: Option<String>,
}

impl Lasting {
    fn validity(&self) -> Option<Validity> {
        let quantity = self.quantity?.count()?;
        match self.unit.as_deref() {
            Some("DAY") => Some(Validity::Days(quantity)),
            Some("MONTH") => u8::try_from(quantity).ok().map(Validity::Months),
            Some(_) | None => None,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Benefit {
    #[serde(rename = "type")]
    kind: Option<String>,
    unit: Option<String>,
    amount: Option<Amount>,
}

#[derive(Deserialize)]
struct Amount {
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    base: Option<Decimal>,
}

impl Benefit {
    /// Of which kind, and how much. A gigabyte is not said to be more than a thousand million octets.
    fn granted(&self) -> Option<(AllowanceKind, Granted)> {
        let (kind, of_one) = match (self.kind.as_deref()?, self.unit.as_deref()?) {
            ("DATA", "KB") => (AllowanceKind::Data, 1_000),
            ("DATA", "MB") => (AllowanceKind::Data, 1_000_000),
            ("DATA", "GB") => (AllowanceKind::Data, 1_000_000_000),
            ("TALKTIME", "MINUTE" | "MINUTES") => (AllowanceKind::Voice, 60),
            ("SMS", _) => (AllowanceKind::Messages, 1),
            _ => return None,
        };
        Some((kind, Granted::Amount(self.amount.as_ref()?.base?.units(of_one)?)))
    }
}

/// A list, or nothing at all.
pub(super) fn read_if_any<'de, D>(deserializer: D) -> Result<Vec<Benefit>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Nothing, where a benefit is of another kind, such as credit, or stands twice.
pub(super) fn of(lasting: Option<&Lasting>, benefits: &[Benefit]) -> Option<SupplierContents> {
    let validity = lasting?.validity()?;
    let nothing = Granted::NOTHING;
    let mut grants = Grants { data: nothing, voice: nothing, messages: nothing };
    for benefit in benefits {
        let (kind, granted) = benefit.granted()?;
        let place = match kind {
            AllowanceKind::Data => &mut grants.data,
            AllowanceKind::Voice => &mut grants.voice,
            AllowanceKind::Messages => &mut grants.messages,
            AllowanceKind::Credit => return None,
        };
        if std::mem::replace(place, granted) != nothing {
            return None;
        }
    }
    (!benefits.is_empty()).then_some(SupplierContents { grants, validity })
}
