//! What a document says. Every string is already worded and formatted in the buyer's language by the caller.

use serde::{Deserialize, Serialize};

/// A receipt or a proof of payment, ready to be set. The two differ by their words only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Language of the words as a BCP 47 tag, for example `fr-CA`; it reaches screen readers.
    pub language: String,
    /// Heading of the document, for example "Receipt".
    pub title: String,
    /// Name set beside the mark at the top.
    pub brand: String,
    /// Who sold: name, address, contacts and tax registrations.
    pub merchant: Merchant,
    /// Label and value of the document's own number.
    pub number: (String, String),
    /// Label and value of the order's or payment's reference.
    pub reference: (String, String),
    /// The line under the title that says when, in words.
    pub date: String,
    /// The same moment for the file's own dates; the clock is never read.
    pub issued: Issued,
    /// Label and value of each fact: card number (masked), plan, what it grants, start, new expiry.
    pub facts: Vec<(String, String)>,
    /// Label and amount of each line of the bill, taxes included as lines of their own.
    pub items: Vec<(String, String)>,
    /// Label and amount of the total.
    pub total: (String, String),
    /// How it was paid, in one line.
    pub payment: String,
    /// Refund terms, complaint steps and whatever else the buyer is owed in print.
    pub terms: Vec<Paragraph>,
    /// The QR code and the words under it.
    pub qr: QrBlock,
    /// Words of the ribbon across the top of each page when the document is not about real money; `None` when it is.
    pub sandbox: Option<String>,
    /// How to check the document, in a sentence or two; the key's fingerprint follows it.
    pub verify_hint: String,
    /// The facts as canonical JSON, attached to the file byte for byte; empty for none. Its SHA-256 is attached with it.
    pub canonical: String,
}

/// The seller as printed at the top right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merchant {
    /// Legal or trading name.
    pub name: String,
    /// Postal address, one line each.
    pub address: Vec<String>,
    /// Telephone number as people dial it, with its label if it needs one.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Tax registration numbers with their labels, one line each.
    pub registrations: Vec<String>,
}

/// One paragraph of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Heading over the paragraph, if any.
    pub heading: Option<String>,
    /// The words. A line break starts a new line.
    pub text: String,
}

/// The QR code with its caption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrBlock {
    /// Address that the code holds; the code is a link in a PDF reader too. At most about 2300 bytes.
    pub url: String,
    /// Words under the code; they are also its description for screen readers.
    pub caption: String,
}

/// A civil moment with its offset from UTC, for the file's creation date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Offset from UTC in minutes, east positive; Toronto in winter is −300. Within a day either way.
    pub offset_minutes: i16,
}
