//! Reloadly's words: transactions, error codes, operators.

use farline_app::ports::delivery::SupplierProduct;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::{Currency, Money};
use farline_domain::orders::DeliveryRefusal;
use serde::Deserialize;

use crate::delivery::decimal::{self, Decimal, Rounding};
use crate::delivery::sending::{Said, note};

/// Codes by which it refuses for good, with what that means to us. The number's own faults are the customer's to mend.
const NUMBER: [&str; 6] = [
    "INVALID_RECIPIENT_PHONE",
    "INVALID_PHONE_NUMBER",
    "OPERATOR_AND_RECIPIENT_PHONE_MISMATCH",
    "COULD_NOT_AUTO_DETECT_OPERATOR",
    "PHONE_BANNED_BY_OPERATOR",
    "COUNTRY_NOT_SUPPORTED",
];

/// What the network, our account or our mapping keeps from being delivered. Those that Reloadly would have tried again
/// later stand here too: the identifier is burnt, so under this reference nothing will come of them.
const UNAVAILABLE: [&str; 14] = [
    "INACTIVE_ACCOUNT",
    "INSUFFICIENT_BALANCE",
    "MAX_DAILY_TRANSACTION_COUNT_REACHED",
    "MAX_DAILY_TRANSACTION_AMOUNT_REACHED",
    "INVALID_AMOUNT_FOR_OPERATOR",
    "INVALID_LOCAL_AMOUNT_FOR_OPERATOR",
    "LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR",
    "PHONE_RECENTLY_RECHARGED",
    "RECIPIENT_HAS_PENDING_TRANSACTION",
    "OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE",
    "SERVICE_TO_OPERATOR_TEMPORARILY_UNAVAILABLE",
    "TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT",
    "TRANSACTION_REJECTED_BY_OPERATOR",
    "RECIPIENT_REACHED_MAX_TOPUP_NUMBER",
];

/// Something stands under the identifier. A fault inside the provider may have left a transaction, too.
const LOOK_UP: [&str; 2] = ["CUSTOM_IDENTIFIER_ALREADY_USED", "PROVIDER_INTERNAL_ERROR"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Problem {
    error_code: String,
}

impl Problem {
    pub(super) fn said(&self, supplier: &str) -> Said {
        let code = self.error_code.as_str();
        if LOOK_UP.contains(&code) {
            return Said::LookUp;
        }
        if NUMBER.contains(&code) {
            return Said::NUMBER;
        }
        note(supplier, code);
        if UNAVAILABLE.contains(&code) { Said::UNAVAILABLE } else { Said::UNKNOWN }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction {
    #[serde(rename = "transactionId")]
    id: u64,
    status: String,
    custom_identifier: Option<String>,
}

impl Transaction {
    pub(super) fn is_for(&self, reference: &str) -> bool {
        self.custom_identifier.as_deref() == Some(reference)
    }

    pub(super) fn answer(&self) -> DeliveryAnswer {
        match self.status.as_str() {
            "SUCCESSFUL" => {
                DeliveryAnswer::Delivered { supplier_reference: Some(self.id.to_string()) }
            }
            "PROCESSING" => DeliveryAnswer::InProgress,
            "FAILED" => DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable),
            "REFUNDED" => DeliveryAnswer::Reversed,
            _ => DeliveryAnswer::Unknown,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Operator {
    #[serde(rename = "operatorId")]
    id: u64,
    name: String,
    sender_currency_code: Option<String>,
    #[serde(default, deserialize_with = "decimal::read_if_any")]
    min_amount: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal::read_if_any")]
    max_amount: Option<Decimal>,
    #[serde(default)]
    fixed_amounts: Vec<decimal::Written>,
}

impl Operator {
    /// What it sells: each fixed amount, or a range.
    pub(super) fn products(&self) -> Vec<SupplierProduct> {
        let currency = self.sender_currency_code.as_deref().and_then(Currency::parse);
        let cost = |decimal: Decimal| decimal.money(currency?, Rounding::Up);
        let product = |cost: Option<Money>, cost_at_most: Option<Money>| SupplierProduct {
            code: self.id.to_string(),
            name: self.name.clone(),
            cost,
            cost_at_most,
            contents: None,
        };
        if self.fixed_amounts.is_empty() {
            let most = self.max_amount.and_then(cost);
            return vec![product(self.min_amount.and_then(cost), most)];
        }
        self.fixed_amounts.iter().map(|fixed| product(cost(fixed.0), None)).collect()
    }
}
