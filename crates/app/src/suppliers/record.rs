//! What is known of a supplier, and whether to sell by it: decided from looks at it and from what became of sendings.

use crate::ports::delivery::{SupplierSilent, SupplierStanding, Taking};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Instant, Money};
use serde::{Deserialize, Serialize};

/// So many looks in a row without an answer stop its sale.
const SILENT_LOOKS: u32 = 3;
/// So many sendings in a row of which nothing is known stop its sale …
const UNKNOWN_SENDINGS: u32 = 5;
/// … for so long, in seconds; then one sending decides anew.
const REST_SECONDS: i64 = 10 * 60;

/// On which terms we sell by a supplier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplierTerms {
    /// A float below this is written to the log.
    pub alarm: Option<Money>,
    /// A float below this stops its sale.
    pub floor: Option<Money>,
}

/// What the last looks at a supplier said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// When the last one was, in milliseconds of UTC.
    pub at: i64,
    /// How many in a row had no answer.
    pub silent: u32,
    /// What was left of our money when it last told.
    pub float: Option<Money>,
    /// Whether it said that it takes nothing at present.
    pub rests: bool,
}

/// What became of the last sendings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sendings {
    /// When something was last not known, in milliseconds of UTC.
    pub at: i64,
    /// How many in a row are not known.
    pub unknown: u32,
}

/// Why nothing is sold by a supplier at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// It does not answer.
    Silent,
    /// It says that it takes nothing.
    Rests,
    /// Our money with it is below the floor, or in another currency than the floor.
    FloatLow,
    /// What became of sendings is not known.
    SendingsUnknown,
}

impl Pause {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Rests => "rests",
            Self::FloatLow => "float-low",
            Self::SendingsUnknown => "sendings-unknown",
        }
    }
}

impl Looks {
    /// After another look.
    #[must_use]
    pub fn after(&self, look: &Result<SupplierStanding, SupplierSilent>, now: Instant) -> Self {
        let at = now.millis();
        match look {
            Ok(standing) => Self {
                at,
                silent: 0,
                float: standing.float,
                rests: standing.taking == Taking::Nothing,
            },
            // What it last told is all that is known.
            Err(SupplierSilent(_)) => {
                Self { at, silent: self.silent.saturating_add(1), ..self.clone() }
            }
        }
    }

    /// Whether the float is below this. A float in another currency cannot be held against it.
    pub fn is_below(&self, level: Option<Money>) -> bool {
        match (self.float, level) {
            (Some(float), Some(level)) => {
                float.currency != level.currency || float.minor < level.minor
            }
            (None, _) | (_, None) => false,
        }
    }
}

impl Sendings {
    /// After another sending; nothing, where that changes nothing.
    pub fn after(&self, answer: &DeliveryAnswer, now: Instant) -> Option<Self> {
        match (answer, self.unknown) {
            (DeliveryAnswer::Unknown, unknown) => {
                Some(Self { at: now.millis(), unknown: unknown.saturating_add(1) })
            }
            (_, 0) => None,
            (_, _) => Some(Self { at: self.at, unknown: 0 }),
        }
    }

    fn stop(&self, now: Instant) -> bool {
        let since = now.millis_since(Instant::from_millis(self.at));
        self.unknown >= UNKNOWN_SENDINGS && since < REST_SECONDS * 1000
    }
}

/// Why nothing is sold at present, if so. A supplier that nobody has looked at yet is sold.
pub fn pause(
    (looks, sendings): (&Looks, &Sendings),
    terms: &SupplierTerms,
    now: Instant,
) -> Option<Pause> {
    if looks.silent >= SILENT_LOOKS {
        Some(Pause::Silent)
    } else if looks.rests {
        Some(Pause::Rests)
    } else if looks.is_below(terms.floor) {
        Some(Pause::FloatLow)
    } else if sendings.stop(now) {
        Some(Pause::SendingsUnknown)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farline_domain::kernel::Currency;
    use farline_domain::orders::DeliveryRefusal;

    const NOW: Instant = Instant::from_millis(1_795_348_800_000);

    fn stands(float: Option<Money>, taking: Taking) -> SupplierStanding {
        SupplierStanding { float, taking }
    }

    fn terms() -> SupplierTerms {
        SupplierTerms { alarm: Some(Money::cad(50_000)), floor: Some(Money::cad(10_000)) }
    }

    fn after(looks: &[Result<SupplierStanding, SupplierSilent>]) -> Option<Pause> {
        let known = looks.iter().fold(Looks::default(), |known, look| known.after(look, NOW));
        pause((&known, &Sendings::default()), &terms(), NOW)
    }

    #[test]
    fn the_last_looks_decide_whether_it_is_sold() {
        let rich = || Ok(stands(Some(Money::cad(10_000)), Taking::Deliveries));
        let poor = || Ok(stands(Some(Money::cad(9_999)), Taking::Deliveries));
        let usd = Currency::parse("USD").unwrap();
        let foreign =
            || Ok(stands(Some(Money { minor: 99_999, currency: usd }), Taking::Deliveries));
        let silent = || Err(SupplierSilent("no answer in time".to_owned()));
        let table = [
            (vec![], None),
            (vec![rich()], None),
            (vec![poor()], Some(Pause::FloatLow)),
            (vec![poor(), rich()], None),
            (vec![foreign()], Some(Pause::FloatLow)),
            (vec![Ok(stands(None, Taking::Deliveries))], None),
            (vec![Ok(stands(Some(Money::cad(10_000)), Taking::Nothing))], Some(Pause::Rests)),
            (vec![rich(), silent(), silent()], None),
            (vec![rich(), silent(), silent(), silent()], Some(Pause::Silent)),
            (vec![silent(), silent(), rich(), silent()], None),
            // What was too little is not more because nobody answers.
            (vec![poor(), silent()], Some(Pause::FloatLow)),
        ];
        for (looks, expected) in table {
            assert_eq!(after(&looks), expected, "{looks:?}");
        }
    }

    #[test]
    fn sendings_of_which_nothing_is_known_stop_the_sale_for_a_while() {
        let refused = DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable);
        let mut sendings = Sendings::default();
        assert_eq!(sendings.after(&refused, NOW), None);
        let held = |sendings: &Sendings, seconds| {
            let later = NOW.plus_seconds(seconds);
            pause((&Looks::default(), sendings), &SupplierTerms::default(), later)
        };
        for _ in 0..4 {
            sendings = sendings.after(&DeliveryAnswer::Unknown, NOW).unwrap();
            assert_eq!(held(&sendings, 0), None);
        }
        sendings = sendings.after(&DeliveryAnswer::Unknown, NOW).unwrap();
        assert_eq!(held(&sendings, 599), Some(Pause::SendingsUnknown));
        assert_eq!(held(&sendings, 600), None);
        // One that is not known either stops it again; any word starts anew.
        let again = sendings.after(&DeliveryAnswer::Unknown, NOW.plus_seconds(601)).unwrap();
        assert_eq!(held(&again, 602), Some(Pause::SendingsUnknown));
        let sound = again.after(&DeliveryAnswer::InProgress, NOW.plus_seconds(603)).unwrap();
        assert_eq!(held(&sound, 604), None);
    }
}
