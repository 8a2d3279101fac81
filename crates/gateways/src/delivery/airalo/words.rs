//! Airalo's words: top-ups, orders by their status, codes of refusals, packages.

use farline_app::ports::delivery::{SupplierContents, SupplierProduct};
use farline_domain::catalog::Validity;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::comparison::{Granted, Grants};
use farline_domain::kernel::{Currency, Units};
use farline_domain::orders::DeliveryRefusal;
use serde::{Deserialize, Serialize};

use crate::delivery::decimal::{self, Decimal, Rounding};
use crate::delivery::sending::{Said, note};

/// The currency of its prices.
const PRICED_IN: &str = "USD";
/// Octets of a megabyte, in which it counts data; it is not said whether that is the smaller or the larger one.
const MEGABYTE: i64 = 1_000_000;

#[derive(Serialize)]
pub(super) struct TopUp<'a> {
    pub(super) package_id: &'a str,
    pub(super) iccid: &'a str,
    pub(super) description: &'a str,
}

#[derive(Deserialize)]
pub(super) struct Data<T> {
    pub(super) data: T,
}

#[derive(Deserialize)]
pub(super) struct ToppedUp {
    id: u64,
    pub(super) package_id: String,
}

impl ToppedUp {
    pub(super) fn answer(&self) -> DeliveryAnswer {
        DeliveryAnswer::Delivered { supplier_reference: Some(self.id.to_string()) }
    }
}

/// What stands in a 422.
#[derive(Deserialize)]
pub(super) struct Refusal {
    code: u32,
}

impl Refusal {
    pub(super) fn said(&self, supplier: &str) -> Said {
        match self.code {
            // The operator has this card topped up no more; the eSIM was recycled.
            23 | 73 => Said::NUMBER,
            // No credit, the operator's maintenance, no stock, a package or a request that is not one.
            11 | 13 | 33 | 34 | 43 => {
                note(supplier, &self.code.to_string());
                Said::UNAVAILABLE
            }
            // A signature that does not fit is ours to mend; what is unexpected says nothing.
            code => {
                note(supplier, &code.to_string());
                Said::UNKNOWN
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub(super) data: Vec<T>,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    current_page: Option<u32>,
    last_page: Option<u32>,
}

impl<T> Page<T> {
    /// Whether nothing follows; a list that does not say is all there is.
    pub(super) fn is_last(&self) -> bool {
        let pages = self.meta.as_ref().and_then(|meta| meta.current_page.zip(meta.last_page));
        pages.is_none_or(|(current, last)| current >= last)
    }
}

#[derive(Deserialize)]
pub(super) struct Order {
    id: u64,
    description: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Status {
    slug: String,
}

impl Order {
    pub(super) fn is_for(&self, reference: &str) -> bool {
        self.description.as_deref() == Some(reference)
    }

    pub(super) fn answer(&self) -> DeliveryAnswer {
        match self.status.as_ref().map(|status| status.slug.as_str()) {
            Some("completed") => {
                DeliveryAnswer::Delivered { supplier_reference: Some(self.id.to_string()) }
            }
            Some("failed") => DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable),
            Some("refunded") => DeliveryAnswer::Reversed,
            Some(_) | None => DeliveryAnswer::Unknown,
        }
    }
}

/// A country or a region.
#[derive(Deserialize)]
pub(super) struct Shelf {
    operators: Vec<Operator>,
}

#[derive(Deserialize)]
struct Operator {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    title: String,
    #[serde(default, deserialize_with = "decimal::read_if_any")]
    net_price: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    amount: Option<Decimal>,
    is_unlimited: Option<bool>,
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    day: Option<Decimal>,
    /// In minutes.
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    voice: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    text: Option<Decimal>,
}

impl Package {
    fn contents(&self) -> Option<SupplierContents> {
        let data = if self.is_unlimited == Some(true) {
            Granted::Unlimited
        } else {
            Granted::Amount(self.amount?.units(MEGABYTE)?)
        };
        let besides = |count: Option<Decimal>, of_one| {
            count.map_or(Some(Units::ZERO), |count| count.units(of_one)).map(Granted::Amount)
        };
        let (voice, messages) = (besides(self.voice, 60)?, besides(self.text, 1)?);
        let grants = Grants { data, voice, messages };
        Some(SupplierContents { grants, validity: Validity::Days(self.day?.count()?) })
    }
}

impl Shelf {
    pub(super) fn top_ups(&self) -> Vec<SupplierProduct> {
        let cost =
            |package: &Package| package.net_price?.money(Currency::parse(PRICED_IN)?, Rounding::Up);
        let packages = self.operators.iter().flat_map(|operator| &operator.packages);
        let top_ups = packages.filter(|package| package.kind == "topup");
        let told = top_ups.map(|package| SupplierProduct {
            code: package.id.clone(),
            name: package.title.clone(),
            cost: cost(package),
            cost_at_most: None,
            contents: package.contents(),
        });
        told.collect()
    }
}
