//! Whoever renders and signs documents.

/// One document, every string worded and formatted in the buyer's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentText {
    /// BCP 47 tag of its language.
    pub language: String,
    /// What it is, such as “Receipt”.
    pub title: String,
    /// The name set beside the mark at the top.
    pub brand: String,
    /// Who sold.
    pub merchant: Merchant,
    /// The document's own number, labelled.
    pub number: (String, String),
    /// The order's reference, labelled.
    pub reference: (String, String),
    /// The line under the title that says when, in words.
    pub date: String,
    /// The moment of the file's own dates.
    pub issued: Issued,
    /// What was bought, labelled line by line.
    pub facts: Vec<(String, String)>,
    /// The items of the price, taxes included as items of their own.
    pub items: Vec<(String, String)>,
    /// The total, labelled.
    pub total: (String, String),
    /// How and when it was paid, in one line.
    pub payment: String,
    /// Refund rules, complaint steps and whatever else the buyer is owed in print.
    pub terms: Vec<Paragraph>,
    /// A link shown as a QR code, and its caption.
    pub qr: QrBlock,
    /// A visible mark that no money moved, in sandbox mode.
    pub sandbox: Option<String>,
    /// How to check the document; the fingerprint of the key follows it.
    pub verify_hint: String,
    /// The canonical data it renders, attached byte for byte; empty for none.
    pub canonical: String,
}

/// The seller as a document prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merchant {
    /// Legal or trading name.
    pub name: String,
    /// Postal address, one line each.
    pub address: Vec<String>,
    /// Phone number as people dial it.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Tax registration numbers with their labels, one line each.
    pub registrations: Vec<String>,
}

/// One paragraph of terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The heading over it, if any.
    pub heading: Option<String>,
    /// The words. A line break starts a new line.
    pub text: String,
}

/// The QR code with its caption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QrBlock {
    /// The address that the code holds.
    pub url: String,
    /// The words under the code.
    pub caption: String,
}

/// A local date and time with its offset from UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Offset from UTC in minutes, east positive; Toronto in winter is −300.
    pub offset_minutes: i16,
}

/// Why a document could not be rendered.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the document could not be rendered: {0}")]
pub struct DocumentError(pub String);

/// Renders and signs.
pub trait DocumentPrinter: Send + Sync {
    /// A signed PDF. The same document gives the same bytes.
    fn print(&self, document: &DocumentText) -> Result<Vec<u8>, DocumentError>;

    /// The fingerprint of the signing key, as people compare it.
    fn fingerprint(&self) -> String;
}
