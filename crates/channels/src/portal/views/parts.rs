//! The pieces that several pages show.

use crate::portal::charts::bar::{self, Level};

/// How a truth box and a status word are drawn: by the shape of the rule, the words and the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Settled and well.
    Good,
    /// Not settled yet.
    Waiting,
    /// Settled, and not what was wanted.
    Bad,
}

impl Tone {
    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Bad => "bad",
        }
    }
}

/// Whether money moved: said on every page about an order and on every error page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyMoved {
    /// Nothing was charged.
    No,
    /// This amount was charged, once.
    Charged(String),
    /// This amount is on its way back.
    Returning(String),
    /// This amount was given back.
    Returned(String),
    /// This amount was given back from hand to hand.
    GivenBack(String),
    /// It was paid to the shop that sold it; we took nothing.
    AtShop(String),
    /// The shop that took it gives it back.
    ShopReturns(String),
    /// Not known yet; it is being found out and nothing will be charged twice.
    Unknown,
}

impl MoneyMoved {
    /// The text's key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::No => "money-no",
            Self::Charged(_) => "money-charged",
            Self::Returning(_) => "money-returning",
            Self::Returned(_) => "money-returned",
            Self::GivenBack(_) => "money-given-back",
            Self::AtShop(_) => "money-at-shop",
            Self::ShopReturns(_) => "money-shop-returns",
            Self::Unknown => "money-unknown",
        }
    }

    /// The amount, or nothing where the text names none.
    pub fn amount(&self) -> &str {
        match self {
            Self::Charged(amount)
            | Self::Returning(amount)
            | Self::Returned(amount)
            | Self::GivenBack(amount)
            | Self::AtShop(amount)
            | Self::ShopReturns(amount) => amount,
            Self::No | Self::Unknown => "",
        }
    }
}

/// A plan as a tile. The whole tile is the button that chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTile {
    /// The value of the form field `plan`.
    pub id: String,
    /// The plan's name.
    pub name: String,
    /// A word above the name ("Your last plan"), if there is one to say.
    pub tag: Option<String>,
    /// What is granted: `5 GB · 300 minutes`.
    pub gets: String,
    /// How long it lasts: `30 days`.
    pub lasts: String,
    /// From when: dates for the owner, the worded start rule for strangers.
    pub starts: String,
    /// The price with tax: `$28.25`.
    pub price: String,
    /// What the price includes: `includes HST 13%`.
    pub tax_note: String,
    /// What it is sold with now (`Autumn: 10% off`); the price has it.
    pub promotion: Option<String>,
    /// Why this plan is recommended; present on at most one tile.
    pub reason: Option<String>,
    /// What this plan cannot do ("May leave you without data from November 27 to December 1").
    pub caution: Option<String>,
}

/// One line of an itemised price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceItem {
    /// `Price`, `Promotion`, `HST 13%`.
    pub label: String,
    /// `$25.00`, with its sign if it lowers the price.
    pub amount: String,
}

/// The demonstration's clock, as a page offers to move it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockView {
    /// The address of the page.
    pub to: String,
    /// In how many seconds the card has expired; none, where it has, or where no card is shown.
    pub expiry_s: Option<i64>,
}

/// What is left of one allowance of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `Data`, `Calls`, `Texts`, `Credit`.
    pub label: String,
    /// The figure alone: `0.9`, `192`, `$0.00`.
    pub figure: String,
    /// The unit beside it: `GB`, `minutes`; empty where the figure says it all.
    pub unit: String,
    /// `of 5 GB`; empty where nothing was granted as an amount.
    pub of: String,
    /// When it ends: `until December 1`, `does not expire`.
    pub until: String,
    /// What is left, in thousandths of what was granted, 0–1000.
    pub left_thousandths: u16,
    /// The word shown where little is left (`Low`); it also turns the bar to the accent colour.
    pub low: Option<String>,
}

impl Bucket {
    /// The bar above the figure, as SVG. It repeats what the words say, so it is hidden from screen readers.
    pub fn bar(&self) -> String {
        let level = if self.low.is_some() { Level::Low } else { Level::Enough };
        bar::draw(self.left_thousandths, level)
    }
}

/// The time left on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// Whole days from today to the date that matters now, 0 or more.
    pub count: i64,
    /// What happens then.
    pub until: CardStatus,
    /// The moment with its zone: `December 1, 11:59 p.m. (Toronto)`.
    pub at: String,
    /// The same moment where the holder is (`北京时间12月2日 12:59`), if that is elsewhere.
    pub at_home: Option<String>,
}

impl Days {
    /// Whether the number deserves the accent colour: a week or less.
    pub const fn short(&self) -> bool {
        self.count <= 7
    }

    /// The key of the words beside the large number.
    pub const fn key(&self) -> &'static str {
        match self.until {
            CardStatus::Waiting => "days-until-start",
            CardStatus::Active => "days-until-expiry",
            CardStatus::Grace => "days-until-grace-ends",
            CardStatus::Suspended => "days-until-number-lost",
            CardStatus::Closed => "days-closed",
        }
    }
}

/// Where a card is in its life, as far as its holder needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardStatus {
    /// Not used yet.
    Waiting,
    /// Working.
    Active,
    /// Expired, but a renewal brings everything back.
    Grace,
    /// Without service; the number is kept.
    Suspended,
    /// The number is lost; nothing can be renewed.
    Closed,
}

impl CardStatus {
    /// The text's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "line-state-inactive",
            Self::Active => "line-state-active",
            Self::Grace => "line-state-grace",
            Self::Suspended => "line-state-suspended",
            Self::Closed => "line-state-closed",
        }
    }
}

/// What the signed-in person is to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The person it belongs to: sees everything, names helpers.
    Holder,
    /// Somebody the holder named: sees, renews, is reminded.
    Helper,
}
