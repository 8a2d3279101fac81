//! Ding's words: results, transfers by their state, products.

use farline_app::ports::delivery::SupplierProduct;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Currency;
use farline_domain::orders::DeliveryRefusal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::delivery::decimal::{self, Decimal, Rounding};
use crate::delivery::sending::{Said, note};

/// The result that is a success.
const DONE: i64 = 1;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Sending<'a> {
    pub(super) sku_code: &'a str,
    pub(super) send_value: &'a RawValue,
    pub(super) send_currency_iso: &'a str,
    pub(super) account_number: &'a str,
    pub(super) distributor_ref: &'a str,
    pub(super) validate_only: bool,
    pub(super) settings: [(); 0],
}

/// What is around every answer.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Envelope {
    result_code: i64,
}

impl Envelope {
    pub(super) const fn is_success(&self) -> bool {
        self.result_code == DONE
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Sent {
    result_code: i64,
    #[serde(default)]
    error_codes: Vec<Fault>,
    transfer_record: Option<Transfer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Fault {
    code: String,
    context: Option<String>,
}

impl Fault {
    fn said(&self, supplier: &str) -> Said {
        let about_reference =
            self.context.as_deref().is_some_and(|context| context.contains("DistributorRef"));
        match self.code.as_str() {
            // A reference that is not liked may have been used.
            _ if about_reference => Said::LookUp,
            "AccountNumberInvalid" => Said::NUMBER,
            code => {
                note(supplier, code);
                let is_ours = matches!(code, "InsufficientBalance" | "ParameterInvalid");
                if is_ours { Said::UNAVAILABLE } else { Said::UNKNOWN }
            }
        }
    }
}

impl Sent {
    /// A record says what became of it, whatever else is said; without one, a single word that we know does.
    pub(super) fn said(&self, reference: &str, supplier: &str) -> Said {
        match (&self.transfer_record, self.error_codes.as_slice()) {
            (Some(record), _) if !record.is_for(reference) => Said::UNKNOWN,
            (Some(record), []) if self.result_code == DONE => Said::Answer(record.answer()),
            (Some(_), _) => Said::LookUp,
            (None, [fault]) if self.result_code != DONE => fault.said(supplier),
            (None, _) => Said::UNKNOWN,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Transfer {
    transfer_id: TransferId,
    processing_state: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TransferId {
    transfer_ref: Option<String>,
    distributor_ref: Option<String>,
}

impl Transfer {
    pub(super) fn is_for(&self, reference: &str) -> bool {
        self.transfer_id.distributor_ref.as_deref() == Some(reference)
    }

    pub(super) fn answer(&self) -> DeliveryAnswer {
        match self.processing_state.as_str() {
            "Complete" => DeliveryAnswer::Delivered {
                supplier_reference: self.transfer_id.transfer_ref.clone(),
            },
            // It tries for hours on an operator's troubles.
            "Submitted" | "Processing" => DeliveryAnswer::InProgress,
            "Failed" | "Cancelled" => DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable),
            _ => DeliveryAnswer::Unknown,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Listed {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    transfer_record: Transfer,
}

impl Listed {
    pub(super) fn transfers(&self) -> impl Iterator<Item = &Transfer> {
        self.items.iter().map(|item| &item.transfer_record)
    }

    pub(super) fn into_transfers(self) -> impl Iterator<Item = Transfer> {
        self.items.into_iter().map(|item| item.transfer_record)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Balance {
    #[serde(deserialize_with = "decimal::read")]
    pub(super) balance: Decimal,
    pub(super) currency_iso: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Operators {
    items: Vec<OperatorState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct OperatorState {
    is_processing_transfers: bool,
}

impl Operators {
    /// Whether none of those asked about takes transfers.
    pub(super) fn all_rest(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|item| !item.is_processing_transfers)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Products {
    items: Vec<Product>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Product {
    sku_code: String,
    default_display_text: Option<String>,
    minimum: Price,
    maximum: Price,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Price {
    #[serde(deserialize_with = "decimal::read")]
    send_value: Decimal,
    send_currency_iso: String,
}

impl Price {
    fn cost(&self) -> Option<farline_domain::kernel::Money> {
        self.send_value.money(Currency::parse(&self.send_currency_iso)?, Rounding::Up)
    }
}

impl Products {
    pub(super) fn told(&self) -> Vec<SupplierProduct> {
        let told = |product: &Product| {
            let (least, most) = (product.minimum.cost(), product.maximum.cost());
            SupplierProduct {
                code: product.sku_code.clone(),
                name: product.default_display_text.clone().unwrap_or_default(),
                cost: least,
                cost_at_most: most.filter(|most| Some(*most) != least),
                contents: None,
            }
        };
        self.items.iter().map(told).collect()
    }
}
