//! Partners: who sells from an account with us, at what price, and how their programs sign in.

pub mod callbacks;
mod endpoint;
mod hand;
mod key;

pub use crate::orders::PartnerCode;
pub use endpoint::{EndpointCode, Outcome};
pub use hand::{Done, Hand, Repricing};
pub use key::{KeyState, PartnerKey, Scope};

use crate::accounts::Address;
use crate::catalog::{Plan, PlanCode};
use crate::kernel::{Currency, Instant, Money, MoneyError, Province, Rate};
use crate::subjects::SubjectKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long the secret before still signs callbacks after a new one was made, in seconds.
const BOTH_SECRETS_SECONDS: i64 = 24 * 60 * 60;
/// How many changes of its prices a partner remembers.
pub const MOST_REPRICINGS: usize = 50;

/// Whether a partner may sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trading {
    /// They may.
    Open,
    /// No new orders; what is on its way goes on, and everything can be read.
    Stopped,
}

/// The secret that signs a partner's callbacks, as a count: the secret itself follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackSecret {
    /// Which one, from 1.
    pub generation: u32,
    /// Since when it signs.
    pub since: Instant,
}

impl CallbackSecret {
    /// The generations that sign now, the newest first: for a day after a change the one before signs too, so that no
    /// callback is lost while the partner changes theirs.
    pub fn signing(&self, now: Instant) -> Vec<u32> {
        let both_until = self.since.plus_seconds(BOTH_SECRETS_SECONDS);
        let before = (self.generation > 1 && now < both_until).then(|| self.generation - 1);
        [self.generation].into_iter().chain(before).collect()
    }
}

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its code, for ever.
    pub code: PartnerCode,
    /// Its name.
    pub name: String,
    /// The province whose taxes its purchases bear: where it is at home.
    pub province: Province,
    /// The currency of its account.
    pub currency: Currency,
    /// What it gets off the price of every plan that has no price of its own here.
    pub discount: Rate,
    /// Plans that cost it so much, before tax.
    pub prices: BTreeMap<PlanCode, Money>,
    /// Whether it may sell.
    pub trading: Trading,
    /// Where it is told what becomes of an order that names no place of its own.
    pub callback: Option<String>,
    /// What signs that.
    pub secret: CallbackSecret,
    /// Since when it is a partner.
    pub since: Instant,
    /// Its people: e-mail addresses of accounts, in small letters. They see its portal. Nothing is written of none, as of partners
    /// who were kept before there were people.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub people: BTreeSet<String>,
    /// The last changes of its prices, the oldest first; at most [`MOST_REPRICINGS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repricings: Vec<Repricing>,
}

impl Partner {
    /// The subject that is its account.
    pub fn account(&self) -> SubjectKey {
        SubjectKey::Partner(self.code.clone())
    }

    /// Whether an address is of one of its people, however it is typed.
    pub fn has_person(&self, address: &Address) -> bool {
        person_of(address).is_some_and(|person| self.people.contains(&person))
    }

    /// Puts other prices of its own in place of all that it has, and remembers who did it. The same prices again are no
    /// change.
    pub fn reprice(&mut self, prices: BTreeMap<PlanCode, Money>, done: Done) {
        if prices == self.prices {
            return;
        }
        let other = prices.iter().filter(|(plan, price)| self.prices.get(*plan) != Some(*price));
        let gone = self.prices.keys().filter(|plan| !prices.contains_key(*plan));
        let count = |plans: usize| u32::try_from(plans).unwrap_or(u32::MAX);
        let (changed, removed) = (count(other.count()), count(gone.count()));
        self.prices = prices;
        self.repricings.push(Repricing { done, changed, removed });
        let over = self.repricings.len().saturating_sub(MOST_REPRICINGS);
        self.repricings.drain(..over);
    }

    /// The plan at this partner's price, before tax: never more than the plan's own.
    ///
    /// # Errors
    /// When the plan or the partner's price for it is of another currency than the account.
    pub fn price_of(&self, plan: &Plan) -> Result<Money, MoneyError> {
        let own = match self.prices.get(&plan.code) {
            Some(price) => *price,
            None => plan.price.minus(plan.price.share_half_up(self.discount)?)?,
        };
        if own.currency != self.currency || plan.price.currency != self.currency {
            return Err(MoneyError::MixedCurrencies);
        }
        Ok(Money { minor: own.minor.clamp(0, plan.price.minor), ..own })
    }
}

/// How an address stands among the people of a partner; none, if it is no e-mail address.
pub fn person_of(address: &Address) -> Option<String> {
    match address {
        Address::Email(text) => Some(text.to_lowercase()),
        Address::Sms(_) => None,
    }
}

/// What an account comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Paid in and not used; below zero, used on credit.
    pub balance: Money,
    /// Held for orders on their way.
    pub reserved: Money,
    /// How much may be used beyond what was paid in.
    pub credit: Money,
    /// What a new order may cost.
    pub available: Money,
}

impl Standing {
    /// Of an account as its subject has it; of one that nothing happened to, all is zero.
    ///
    /// # Errors
    /// When the figures do not fit.
    pub fn of(
        subject: Option<&crate::subjects::Subject>,
        currency: Currency,
    ) -> Result<Self, crate::kernel::UnitsError> {
        let money = |minor| Money { minor, currency };
        let none = money(0);
        let Some(subject) = subject else {
            return Ok(Self { balance: none, reserved: none, credit: none, available: none });
        };
        let whole = subject.whole;
        Ok(Self {
            balance: money(subject.paid_in.count().saturating_sub(whole.used.count())),
            reserved: money(whole.reserved.count()),
            credit: money(subject.credit()?.count()),
            available: money(subject.available()?.count()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CallbackSecret, Partner, PartnerCode, Trading};
    use crate::accounts::Address;
    use crate::kernel::{Currency, Instant, Province, Rate};
    use std::collections::{BTreeMap, BTreeSet};

    fn partner() -> Partner {
        Partner {
            code: PartnerCode::parse("harbour-travel").unwrap(),
            name: "Harbour Travel".to_owned(),
            province: Province::On,
            currency: Currency::CAD,
            discount: Rate { ppm: 80_000 },
            prices: BTreeMap::new(),
            trading: Trading::Open,
            callback: None,
            secret: CallbackSecret { generation: 1, since: Instant::from_millis(0) },
            since: Instant::from_millis(0),
            people: BTreeSet::new(),
            repricings: Vec::new(),
        }
    }

    #[test]
    fn a_partner_without_people_is_written_as_before_there_were_any() {
        let text = serde_json::to_string(&partner()).unwrap();
        assert!(!text.contains("people"), "{text}");
        assert_eq!(serde_json::from_str::<Partner>(&text).unwrap(), partner());
    }

    #[test]
    fn a_person_is_known_however_the_address_is_typed() {
        let partner =
            Partner { people: BTreeSet::from(["mei@harbour.example".to_owned()]), ..partner() };
        let table = [
            ("Mei@Harbour.example", true),
            ("mei＠harbour.example", true),
            ("may@harbour.example", false),
            ("+14165550188", false),
        ];
        for (typed, expected) in table {
            assert_eq!(partner.has_person(&Address::parse(typed).unwrap()), expected, "{typed}");
        }
    }
}
