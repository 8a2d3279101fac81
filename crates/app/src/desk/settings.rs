//! How much the staff moves alone: the `[desk]` section of `farline.toml`.

use farline_domain::kernel::Zone;
use farline_domain::staff::{Amounts, SecondPerson};
use serde::Deserialize;

/// Minor units of a currency that has cents.
const CENTS: i64 = 100;
/// The zone of a business that names none: that of most people in Canada.
const TORONTO: &str = "America/Toronto";
/// No limit is higher, in whole units of currency.
const HIGHEST: u32 = 1_000_000;

/// Up to how much each role acts alone, in whole units of the business's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// An agent.
    pub agent: u32,
    /// A senior agent.
    pub senior_agent: u32,
    /// A supervisor, and who looks after money.
    pub supervisor: u32,
}

impl Limits {
    fn of(amounts: Amounts) -> Self {
        let whole = |minor: i64| u32::try_from(minor / CENTS).unwrap_or(HIGHEST);
        Self {
            agent: whole(amounts.agent),
            senior_agent: whole(amounts.senior_agent),
            supervisor: whole(amounts.supervisor),
        }
    }

    /// The same in minor units.
    pub fn amounts(self) -> Amounts {
        let minor = |whole: u32| i64::from(whole) * CENTS;
        Amounts {
            agent: minor(self.agent),
            senior_agent: minor(self.senior_agent),
            supervisor: minor(self.supervisor),
        }
    }

    fn is_in_order(self) -> bool {
        self.agent <= self.senior_agent
            && self.senior_agent <= self.supervisor
            && self.supervisor <= HIGHEST
    }
}

/// Whether the whole business waives the second person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SecondPersonWord {
    #[default]
    Needed,
    Waived,
}

/// What the business lets its staff do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeskSettings {
    /// What one person gives back of one order without a second.
    pub refund_limits: Limits,
    /// What one person takes by hand.
    pub manual_payment_limits: Limits,
    second_person: SecondPersonWord,
    zone: String,
    /// Whether callers may prove who they are by an identity document, of whose number a keyed digest is kept. Never a
    /// social insurance number, a health card or a driver's licence.
    pub identity_documents: bool,
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            refund_limits: Limits::of(Amounts::REFUNDS),
            manual_payment_limits: Limits::of(Amounts::MANUAL_PAYMENTS),
            second_person: SecondPersonWord::default(),
            zone: TORONTO.to_owned(),
            identity_documents: false,
        }
    }
}

impl DeskSettings {
    /// Whether somebody else has to agree: not where the business is one person, and not for a member for whom that is
    /// waived.
    pub fn second_person(&self, of_member: SecondPerson) -> SecondPerson {
        match self.second_person {
            SecondPersonWord::Needed => of_member,
            SecondPersonWord::Waived => SecondPerson::Waived,
        }
    }

    /// The zone in which the business counts its days.
    pub fn zone(&self) -> Zone {
        Zone::named(&self.zone).unwrap_or_default()
    }

    /// What is wrong with the settings, if anything, in words for whoever wrote them.
    pub fn fault(&self) -> Option<&'static str> {
        if !self.refund_limits.is_in_order() || !self.manual_payment_limits.is_in_order() {
            Some("limits grow from agent to senior_agent to supervisor, and end at 1000000")
        } else if Zone::named(&self.zone).is_err() {
            Some("zone is a name such as America/Toronto")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DeskSettings, Limits};
    use farline_domain::staff::{Amounts, SecondPerson};

    #[test]
    fn limits_that_are_not_told_are_those_of_the_rules() {
        let settings = DeskSettings::default();
        assert_eq!(settings.refund_limits.amounts(), Amounts::REFUNDS);
        assert_eq!(settings.manual_payment_limits.amounts(), Amounts::MANUAL_PAYMENTS);
        assert_eq!(settings.fault(), None);
        assert_eq!(settings.second_person(SecondPerson::Needed), SecondPerson::Needed);
        assert_eq!(settings.second_person(SecondPerson::Waived), SecondPerson::Waived);
    }

    #[test]
    fn an_agent_with_more_than_a_supervisor_is_a_mistake() {
        let refund_limits = Limits { agent: 50, senior_agent: 20, supervisor: 100 };
        let settings = DeskSettings { refund_limits, ..DeskSettings::default() };
        assert!(settings.fault().is_some());
        let zone = "Toronto".to_owned();
        assert!(DeskSettings { zone, ..DeskSettings::default() }.fault().is_some());
    }
}
