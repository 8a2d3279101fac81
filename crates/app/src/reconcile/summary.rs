//! What a reconciliation finds.

use super::export::{Entry, Meaning};
use farline_domain::kernel::{Currency, Instant, Money, MoneyError};
use farline_domain::payments::Turn;
use std::collections::BTreeMap;

/// Why the two sides differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Money at the provider that we do not know of.
    TheirsOnly,
    /// Money that we know of and the export does not.
    OursOnly,
    /// Both know of it, with different amounts.
    AmountDiffers,
    /// Both know of it, in different currencies.
    CurrencyDiffers,
    /// The export has it more than once.
    Twice,
    /// A row cannot be understood.
    Unreadable,
    /// No difference yet: we learned of it so soon after the export's time begins that the export before may have it.
    ExportBefore,
}

impl Cause {
    /// The word shown.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TheirsOnly => "theirs_only",
            Self::OursOnly => "ours_only",
            Self::AmountDiffers => "amount_differs",
            Self::CurrencyDiffers => "currency_differs",
            Self::Twice => "twice",
            Self::Unreadable => "unreadable_row",
            Self::ExportBefore => "export_before",
        }
    }

    /// Whether it counts as a difference.
    pub fn is_difference(self) -> bool {
        self != Self::ExportBefore
    }
}

/// One difference. What is not known of it is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Why.
    pub cause: Cause,
    /// The row of the export.
    pub row: Option<u64>,
    /// What it is: the provider's word, or ours.
    pub word: String,
    /// The provider's id.
    pub id: String,
    /// Our order.
    pub order: Option<String>,
    /// What the export says.
    pub theirs: Option<Money>,
    /// What we say.
    pub ours: Option<Money>,
    /// When, on the side that knows.
    pub at: Option<Instant>,
    /// Which column cannot be understood, and why.
    pub wrong: Option<(String, String)>,
}

/// What the rows of one currency add up to, as the export tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Taken from payers.
    pub captured: Money,
    /// Given back to them.
    pub refunded: Money,
    /// Given back, and come back to us.
    pub returned: Money,
    /// Disputed; below zero, away from us.
    pub disputed: Money,
    /// Kept by the provider out of all of these.
    pub fees: Money,
}

/// Rows that are between the provider and us alone, under one word of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    /// How many.
    pub rows: u64,
    /// How much moved to us; below zero, away from us.
    pub gross: Money,
    /// Fees on them.
    pub fees: Money,
}

/// What both sides add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows there were.
    pub rows: u64,
    /// How many of them we know exactly.
    pub matched: u64,
    /// The time that was looked through for what the export lacks.
    pub period: Option<(Instant, Instant)>,
    /// Sums by currency.
    pub currencies: BTreeMap<Currency, Sums>,
    /// What is apart, by currency and the provider's word.
    pub apart: BTreeMap<(Currency, String), Apart>,
    /// How many there are of each cause.
    pub causes: BTreeMap<Cause, u64>,
}

impl Summary {
    /// How many differences there are.
    pub fn differences(&self) -> u64 {
        self.causes.iter().filter(|(cause, _)| cause.is_difference()).map(|(_, count)| count).sum()
    }

    /// Adds a row.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), MoneyError> {
        let none = Money::zero(entry.gross.currency);
        if entry.meaning == Meaning::Apart {
            let key = (entry.gross.currency, entry.word.clone());
            let apart = self.apart.entry(key).or_insert(Apart { rows: 0, gross: none, fees: none });
            apart.rows += 1;
            apart.gross = apart.gross.plus(entry.gross)?;
            apart.fees = apart.fees.plus(entry.fee)?;
            return Ok(());
        }
        let sums = self.currencies.entry(entry.gross.currency).or_insert(Sums {
            captured: none,
            refunded: none,
            returned: none,
            disputed: none,
            fees: none,
        });
        sums.fees = sums.fees.plus(entry.fee)?;
        match &entry.meaning {
            Meaning::Settled(settled) => {
                let sum = match settled.turn {
                    Turn::Captured => &mut sums.captured,
                    Turn::Refunded => &mut sums.refunded,
                    Turn::Returned => &mut sums.returned,
                };
                *sum = sum.plus(settled.amount)?;
            }
            Meaning::Disputed => sums.disputed = sums.disputed.plus(entry.gross)?,
            Meaning::Apart => {}
        }
        Ok(())
    }
}
