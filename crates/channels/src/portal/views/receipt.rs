//! The receipt and the proof of payment, for reading and printing.

use askama::Template;

use super::PriceItem;
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/orders/{token}/receipt` and `/proof`.
#[derive(Debug, Template)]
#[template(path = "receipt.html")]
pub struct ReceiptPage {
    /// The frame.
    pub layout: Layout,
    /// Which of the two it is.
    pub kind: ReceiptKind,
    /// The number of the document.
    pub number: String,
    /// The order's reference.
    pub reference: String,
    /// The order's page.
    pub order_href: String,
    /// When it was paid, with its zone.
    pub paid_at: String,
    /// When it was delivered, with its zone; empty on a proof.
    pub delivered_at: String,
    /// How it was paid: `Credit card`, `PayPal`.
    pub paid_with: String,
    /// The card, as on the order's page.
    pub card: String,
    /// The operator's name.
    pub operator: String,
    /// The plan's name.
    pub plan: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// `December 1 to December 31, 2026, 11:59 p.m. (Toronto)`; on a proof, from when it will be.
    pub period: String,
    /// Who sold it, where that was not us: then no tax and no number of ours stands on it.
    pub sold_by: Option<String>,
    /// The province of tax and how it was decided: `Ontario, as you chose`.
    pub province: String,
    /// Price, promotion and each tax with its rate.
    pub items: Vec<PriceItem>,
    /// The label of the total, which names the currency.
    pub total_label: String,
    /// The total with tax.
    pub total: String,
    /// The QR code of the document's address as SVG markup, or empty.
    pub qr_svg: String,
    /// The signed PDF; none for a proof.
    pub pdf: Option<String>,
    /// The digest of the receipt's data in groups of four, or empty.
    pub digest: String,
}

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    /// Delivered and paid.
    Receipt,
    /// Paid; not delivered yet.
    Proof,
}
