//! Sales taxes and 911 levies by province, with the dates from which they hold (facts, section 6).

use crate::kernel::{Money, Province, Rate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The taxes of Canada that apply to prepaid service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaxKind {
    /// Goods and services tax (TPS).
    Gst,
    /// Harmonized sales tax (TVH).
    Hst,
    /// Provincial sales tax (TVP), British Columbia and Saskatchewan.
    Pst,
    /// Retail sales tax, Manitoba.
    Rst,
    /// Quebec sales tax (TVQ), computed on the price without GST.
    Qst,
}

impl TaxKind {
    /// Every tax.
    pub const ALL: [Self; 5] = [Self::Gst, Self::Hst, Self::Pst, Self::Rst, Self::Qst];

    /// Reads the word used in the API and in files.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word used in the API and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gst => "GST",
            Self::Hst => "HST",
            Self::Pst => "PST",
            Self::Rst => "RST",
            Self::Qst => "QST",
        }
    }
}

/// One tax of one province over some dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// Where it applies.
    pub province: Province,
    /// Which tax.
    pub kind: TaxKind,
    /// Its rate.
    pub rate: Rate,
    /// First local date.
    pub valid_from: Date,
    /// Last local date; open, if absent.
    #[serde(default)]
    pub valid_until: Option<Date>,
}

/// A 911 levy of one province, per number and month of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levy {
    /// Where it applies.
    pub province: Province,
    /// How much per month of service.
    pub amount: Money,
    /// Whether sales tax is due on it.
    pub taxable: bool,
    /// First local date.
    pub valid_from: Date,
    /// Last local date; open, if absent.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// The law it rests on.
    pub legal_reference: String,
}

/// The tables of taxes and levies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxes {
    /// Sales taxes.
    pub taxes: Vec<Tax>,
    /// 911 levies.
    pub levies: Vec<Levy>,
}

impl Taxes {
    /// The taxes of a province on a date, GST or HST first.
    pub fn taxes_on(&self, province: Province, date: Date) -> Vec<&Tax> {
        let holds = |tax: &&Tax| {
            tax.province == province && in_force(tax.valid_from, tax.valid_until, date)
        };
        let mut taxes: Vec<&Tax> = self.taxes.iter().filter(holds).collect();
        taxes.sort_by_key(|tax| tax.kind);
        taxes
    }

    /// The levy of a province on a date.
    pub fn levy_on(&self, province: Province, date: Date) -> Option<&Levy> {
        self.levies.iter().find(|levy| {
            levy.province == province && in_force(levy.valid_from, levy.valid_until, date)
        })
    }
}

fn in_force(from: Date, until: Option<Date>, date: Date) -> bool {
    date >= from && until.is_none_or(|until| date <= until)
}
