//! Operators and plans. A published version of a plan never changes.

use super::promotion::Promotion;
use crate::kernel::{AllowanceKind, Currency, Localized, Money, Units, code};
use crate::lines::LifecycleRule;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

code!(
    /// Names an operator, such as `maplewave`.
    OperatorCode
);
code!(
    /// Names a plan over all its versions, such as `maplewave-5gb`.
    PlanCode
);
code!(
    /// Names a coverage zone, such as `canada`.
    ZoneCode
);
code!(
    /// What a customer types to get a promotion, kept in lower case.
    PromotionCode
);

/// A mobile operator or brand, with its own rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Its code.
    pub code: OperatorCode,
    /// Its name, which is not translated.
    pub name: String,
    /// Who makes the network know of a renewal.
    pub network: Network,
    /// The suppliers to go on to, in order of preference, when the one before is known to have refused a renewal. None
    /// of a network of our own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
    /// Its dates, grace and suspension.
    pub lifecycle: LifecycleRule,
    /// The currency of credit on its lines.
    pub currency: Currency,
    /// Whether we collect the 911 levies for it; a carrier that remits them itself does not need us to.
    pub levies: LevyDuty,
}

impl Operator {
    /// Its suppliers in order of preference; none, where the network is our own.
    pub fn suppliers(&self) -> impl Iterator<Item = &str> {
        let first = match &self.network {
            Network::Own => None,
            Network::Supplier(name) => Some(name.as_str()),
        };
        let then = first.map(|_| self.then.iter().map(String::as_str));
        first.into_iter().chain(then.into_iter().flatten())
    }
}

/// Who collects the 911 levies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevyDuty {
    /// The carrier remits them, they are in its wholesale price.
    Carrier,
    /// We collect them with each renewal.
    Collected,
}

/// Who makes the network know of a renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Our own balance engine is the network: the bucket is credited in the same commit.
    Own,
    /// A supplier, by the name of its adapter.
    Supplier(String),
}

/// Where an allowance can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageZone {
    /// Its code.
    pub code: ZoneCode,
    /// Its name for customers.
    pub name: Localized,
    /// ISO 3166-1 alpha-2 country codes.
    pub countries: Vec<String>,
}

/// Minutes of the local day between which an allowance can be used; it may run over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWindow {
    /// First minute of the day, 0 to 1439.
    pub from_minute: u16,
    /// The minute at which it ends, 1 to 1440; smaller than `from_minute` when it runs over midnight.
    pub until_minute: u16,
}

impl TimeWindow {
    /// Whether this minute of the local day is inside.
    pub const fn contains(self, minute: u16) -> bool {
        if self.from_minute < self.until_minute {
            minute >= self.from_minute && minute < self.until_minute
        } else {
            minute >= self.from_minute || minute < self.until_minute
        }
    }
}

/// What a plan grants of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Data, voice, messages or credit.
    pub kind: AllowanceKind,
    /// How much, in the kind's unit; at least one.
    pub units: Units,
    /// Where it can be used.
    pub zone: ZoneCode,
    /// How many countries that zone has: the fewer, the more specific.
    #[serde(default)]
    pub breadth: u16,
    /// When in the day it can be used; always, if absent.
    #[serde(default)]
    pub window: Option<TimeWindow>,
    /// Given on top of what is paid for, and used first.
    #[serde(default)]
    pub bonus: bool,
}

/// How long a plan lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// This many local days.
    Days(u16),
    /// This many calendar months, counted by the operator's rule for month ends.
    Months(u8),
}

/// What a renewal does to the dates of a line. Five rules exist in the market, one of them with an earlier end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartRule {
    /// Adds value that ends with the current plan; the expiry stays.
    AddValue,
    /// Starts now and sets a new expiry, even an earlier one.
    SetExpiry,
    /// Starts now; of the old and the new expiry the later stays.
    KeepLater,
    /// Starts now and adds its days to the expiry.
    AddDays,
    /// Waits behind the current plan and starts when that ends.
    Queue,
    /// The same, but starts earlier where the line's data is used up earlier: its term counts from that day then. On our own
    /// network alone, which knows what is used.
    QueueOrUsedUp,
}

impl StartRule {
    /// Every rule.
    pub const ALL: [Self; 6] = [
        Self::AddValue,
        Self::SetExpiry,
        Self::KeepLater,
        Self::AddDays,
        Self::Queue,
        Self::QueueOrUsedUp,
    ];

    /// Whether it waits behind a plan that runs.
    pub const fn waits(self) -> bool {
        match self {
            Self::Queue | Self::QueueOrUsedUp => true,
            Self::AddValue | Self::SetExpiry | Self::KeepLater | Self::AddDays => false,
        }
    }

    /// The word used in the API and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AddValue => "add_value",
            Self::SetExpiry => "set_expiry",
            Self::KeepLater => "keep_later",
            Self::AddDays => "add_days",
            Self::Queue => "queue",
            Self::QueueOrUsedUp => "queue_or_used_up",
        }
    }
}

/// What a customer comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Mobile data.
    Data,
    /// Calls and messages.
    Calls,
    /// Keeping the number (保号) at the least cost.
    Keep,
}

impl Need {
    /// Every need, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Data, Self::Calls, Self::Keep];

    /// The word used in the API and in URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Calls => "calls",
            Self::Keep => "keep",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }
}

/// A renewal offer, in one immutable version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its code, the same over all versions.
    pub code: PlanCode,
    /// Counts published versions from 1; set by publishing.
    #[serde(default)]
    pub version: u32,
    /// Whose lines it renews.
    pub operator: OperatorCode,
    /// Its name for customers.
    pub name: Localized,
    /// One sentence for customers: what it is good for.
    pub description: Localized,
    /// The needs it serves, the first one best.
    pub needs: Vec<Need>,
    /// What it grants.
    pub allowances: Vec<Allowance>,
    /// How long it lasts.
    pub validity: Validity,
    /// What it does to the line's dates.
    pub start_rule: StartRule,
    /// The price before tax.
    pub price: Money,
    /// Lower is shown first.
    pub rank: u16,
    /// First local date of sale, if limited.
    #[serde(default)]
    pub sold_from: Option<Date>,
    /// Last local date of sale, if limited.
    #[serde(default)]
    pub sold_until: Option<Date>,
}

impl Plan {
    /// Whether it is sold on a local date.
    pub fn is_sold_on(&self, date: Date) -> bool {
        self.sold_from.is_none_or(|from| date >= from)
            && self.sold_until.is_none_or(|until| date <= until)
    }

    /// How much of a kind it grants in all.
    pub fn granted(&self, kind: AllowanceKind) -> i64 {
        let of_kind = self.allowances.iter().filter(|allowance| allowance.kind == kind);
        of_kind.map(|allowance| allowance.units.count()).fold(0, i64::saturating_add)
    }

    /// What an order keeps of the plan, so that delivering never looks anything up: its own allowances, and what promotions add.
    pub fn offer(&self, promotions: &[&Promotion]) -> Offer {
        let added = promotions.iter().flat_map(|promotion| &promotion.bonus);
        Offer {
            plan: self.code.clone(),
            version: self.version,
            allowances: self.allowances.iter().chain(added).cloned().collect(),
            validity: self.validity,
            start_rule: self.start_rule,
        }
    }
}

/// What an order delivers: the immutable core of a plan version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The plan's code.
    pub plan: PlanCode,
    /// The plan's version.
    pub version: u32,
    /// What it grants.
    pub allowances: Vec<Allowance>,
    /// How long it lasts.
    pub validity: Validity,
    /// What it does to the line's dates.
    pub start_rule: StartRule,
}
