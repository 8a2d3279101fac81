//! DT One's words: transactions by the class of their status, error codes, products.

use farline_app::ports::delivery::SupplierProduct;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Currency;
use farline_domain::orders::DeliveryRefusal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::contents;
use crate::delivery::decimal::{self, Decimal, Rounding};
use crate::delivery::sending::{Said, note};

/// The external id stands already.
const DUPLICATE: u32 = 1_007_001;
/// Not a number that can be topped up.
const NUMBER: u32 = 1_005_003;
/// Our float, and our mapping of the plan: the product, its amount, its unit.
const UNAVAILABLE: [u32; 4] = [1_006_001, 1_003_001, 1_003_002, 1_003_003];

#[derive(Serialize)]
pub(super) struct Sending<'a> {
    pub(super) external_id: &'a str,
    pub(super) product_id: u64,
    pub(super) auto_confirm: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) calculation_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) destination: Option<Value<'a>>,
    pub(super) credit_party_identifier: serde_json::Value,
}

#[derive(Serialize)]
pub(super) struct Value<'a> {
    pub(super) amount: &'a RawValue,
    pub(super) unit: &'a str,
    pub(super) unit_type: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Problems {
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    code: u32,
}

impl Problems {
    /// One word for all of them; of two that mean different things, none.
    pub(super) fn said(&self, supplier: &str) -> Said {
        let mut said = self.errors.iter().map(|problem| match problem.code {
            DUPLICATE => Said::LookUp,
            NUMBER => Said::NUMBER,
            code => {
                note(supplier, &code.to_string());
                if UNAVAILABLE.contains(&code) { Said::UNAVAILABLE } else { Said::UNKNOWN }
            }
        });
        let first = said.next().unwrap_or(Said::UNKNOWN);
        if said.all(|other| other == first) { first } else { Said::UNKNOWN }
    }
}

#[derive(Deserialize)]
pub(super) struct Transaction {
    id: u64,
    external_id: String,
    status: Status,
}

/// The message may carry a reason as its suffix; the class decides.
#[derive(Deserialize)]
struct Status {
    message: String,
    class: Class,
}

#[derive(Deserialize)]
struct Class {
    id: u32,
}

impl Transaction {
    pub(super) fn is_for(&self, reference: &str) -> bool {
        self.external_id == reference
    }

    pub(super) fn answer(&self) -> DeliveryAnswer {
        match self.status.class.id {
            // Created, confirmed, submitted: on its way, and not final.
            1 | 2 | 5 => DeliveryAnswer::InProgress,
            // Rejected, cancelled, declined.
            3 | 4 | 9 => DeliveryAnswer::Refused(self.refusal()),
            7 => DeliveryAnswer::Delivered { supplier_reference: Some(self.id.to_string()) },
            8 => DeliveryAnswer::Reversed,
            _ => DeliveryAnswer::Unknown,
        }
    }

    /// Whose fault it is. That it is refused does not rest on this.
    fn refusal(&self) -> DeliveryRefusal {
        const NUMBER: [&str; 3] =
            ["-INVALID-CREDIT-PARTY", "-BARRED-CREDIT-PARTY", "-INELIGIBLE-CREDIT-PARTY"];
        if NUMBER.iter().any(|suffix| self.status.message.ends_with(suffix)) {
            DeliveryRefusal::NumberNotAccepted
        } else {
            DeliveryRefusal::NetworkUnavailable
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Product {
    id: u64,
    name: String,
    prices: Option<Prices>,
    validity: Option<contents::Lasting>,
    #[serde(default, deserialize_with = "contents::read_if_any")]
    benefits: Vec<contents::Benefit>,
}

#[derive(Deserialize)]
struct Prices {
    wholesale: Option<Price>,
}

#[derive(Deserialize)]
struct Price {
    amount: Amount,
    unit: String,
}

/// One amount, or a range.
#[derive(Deserialize)]
struct Range {
    #[serde(default, deserialize_with = "decimal::read_if_any")]
    min: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal::read_if_any")]
    max: Option<Decimal>,
}

struct Amount {
    least: Option<Decimal>,
    most: Option<Decimal>,
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if raw.get().starts_with('{') {
            let range: Range = serde_json::from_str(raw.get()).map_err(serde::de::Error::custom)?;
            return Ok(Self { least: range.min, most: range.max });
        }
        let one: decimal::Written =
            serde_json::from_str(raw.get()).map_err(serde::de::Error::custom)?;
        Ok(Self { least: Some(one.0), most: None })
    }
}

impl Product {
    pub(super) fn told(&self) -> SupplierProduct {
        let price = self.prices.as_ref().and_then(|prices| prices.wholesale.as_ref());
        let money =
            |decimal: Option<Decimal>| decimal?.money(Currency::parse(&price?.unit)?, Rounding::Up);
        SupplierProduct {
            code: self.id.to_string(),
            name: self.name.clone(),
            cost: money(price.and_then(|price| price.amount.least)),
            cost_at_most: money(price.and_then(|price| price.amount.most)),
            contents: contents::of(self.validity.as_ref(), &self.benefits),
        }
    }
}
