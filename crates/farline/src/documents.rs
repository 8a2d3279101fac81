//! The adapter between the use cases' documents and the crate that renders and signs them.

use farline_app::ports::documents::{self as port, DocumentError, DocumentPrinter, DocumentText};
use farline_documents::{Document, Issued, Merchant, Paragraph, QrBlock, SigningKey, render};

/// Renders and signs with the installation's key.
pub(crate) struct Printer {
    key: SigningKey,
}

impl Printer {
    /// A printer with a key.
    pub(crate) const fn new(key: SigningKey) -> Self {
        Self { key }
    }
}

impl DocumentPrinter for Printer {
    fn print(&self, document: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        render(&document_of(document.clone()), &self.key)
            .map_err(|error| DocumentError(error.to_string()))
    }

    fn fingerprint(&self) -> String {
        self.key.fingerprint().to_string()
    }
}

fn document_of(text: DocumentText) -> Document {
    let port::Merchant { name, address, phone, email, registrations } = text.merchant;
    let port::Issued { year, month, day, hour, minute, second, offset_minutes } = text.issued;
    let terms = text.terms.into_iter();
    Document {
        language: text.language,
        title: text.title,
        brand: text.brand,
        merchant: Merchant { name, address, phone, email, registrations },
        number: text.number,
        reference: text.reference,
        date: text.date,
        issued: Issued { year, month, day, hour, minute, second, offset_minutes },
        facts: text.facts,
        items: text.items,
        total: text.total,
        payment: text.payment,
        terms: terms.map(|term| Paragraph { heading: term.heading, text: term.text }).collect(),
        qr: QrBlock { url: text.qr.url, caption: text.qr.caption },
        sandbox: text.sandbox,
        verify_hint: text.verify_hint,
        canonical: text.canonical,
    }
}
