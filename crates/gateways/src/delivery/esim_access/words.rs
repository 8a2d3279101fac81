//! The words of eSIM Access: its envelope with error codes, top-ups, packages. Money is in ten-thousandths.

use farline_app::ports::delivery::{SupplierContents, SupplierProduct, SupplierSilent};
use farline_domain::catalog::Validity;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::comparison::{Granted, Grants};
use farline_domain::kernel::Currency;
use serde::{Deserialize, Serialize};

use crate::delivery::decimal::{self, Decimal, Rounding};
use crate::delivery::sending::{Said, note};
use crate::delivery::wire::unsound;

/// The profile is not allocated yet.
const ON_ITS_WAY: &str = "200010";
/// The card is in a state in which it takes no top-up.
const NUMBER: &str = "200002";
/// A parameter, the price, the total, our float, their stock.
const UNAVAILABLE: [&str; 5] = ["000101", "200005", "200006", "200007", "200011"];

/// A volume for the whole time, not for each day.
const IN_ALL: u16 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TopUp<'a> {
    pub(super) iccid: &'a str,
    pub(super) package_code: &'a str,
    pub(super) amount: String,
    pub(super) transaction_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wanted<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location_code: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<T> {
    success: bool,
    error_code: Option<String>,
    #[serde(default = "Option::default")]
    obj: Option<T>,
}

impl<T> Envelope<T> {
    /// What a success holds.
    pub(super) fn done(self) -> Result<T, SupplierSilent> {
        self.obj.filter(|_| self.success).ok_or_else(unsound)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ToppedUp {
    transaction_id: Option<String>,
    top_up_esim_tran_no: Option<String>,
}

impl Envelope<ToppedUp> {
    pub(super) fn said(&self, reference: &str, supplier: &str) -> Said {
        if self.success {
            let obj = self.obj.as_ref();
            let obj = obj.filter(|obj| obj.transaction_id.as_deref() == Some(reference));
            return obj.map_or(Said::UNKNOWN, |obj| {
                let supplier_reference = obj.top_up_esim_tran_no.clone();
                Said::Answer(DeliveryAnswer::Delivered { supplier_reference })
            });
        }
        match self.error_code.as_deref() {
            Some(ON_ITS_WAY) => Said::Answer(DeliveryAnswer::InProgress),
            Some(NUMBER) => Said::NUMBER,
            Some(code) => {
                note(supplier, code);
                if UNAVAILABLE.contains(&code) { Said::UNAVAILABLE } else { Said::UNKNOWN }
            }
            None => Said::UNKNOWN,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Balance {
    balance: i64,
}

impl Balance {
    pub(super) const fn money(&self) -> Decimal {
        Decimal::of_ten_thousandths(self.balance)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Packages {
    package_list: Vec<Package>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    #[serde(rename = "packageCode")]
    code: String,
    name: String,
    price: i64,
    currency_code: String,
    /// In octets.
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    volume: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    duration: Option<Decimal>,
    duration_unit: Option<String>,
    #[serde(default, deserialize_with = "decimal::read_if_said")]
    data_type: Option<Decimal>,
}

impl Package {
    fn contents(&self) -> Option<SupplierContents> {
        // What is counted by the day does not say how much it is in all.
        let is_in_all = self.data_type.is_none_or(|kind| kind.count() == Some(IN_ALL));
        if !is_in_all || self.duration_unit.as_deref() != Some("DAY") {
            return None;
        }
        let data = Granted::Amount(self.volume?.units(1)?);
        let grants = Grants { data, voice: Granted::NOTHING, messages: Granted::NOTHING };
        Some(SupplierContents { grants, validity: Validity::Days(self.duration?.count()?) })
    }
}

impl Packages {
    pub(super) fn told(&self) -> Vec<SupplierProduct> {
        let told = |package: &Package| SupplierProduct {
            code: package.code.clone(),
            name: package.name.clone(),
            cost: Currency::parse(&package.currency_code).and_then(|currency| {
                Decimal::of_ten_thousandths(package.price).money(currency, Rounding::Up)
            }),
            cost_at_most: None,
            contents: package.contents(),
        };
        self.package_list.iter().map(told).collect()
    }
}
