//! Evidence documents: a receipt or a proof of payment as a PDF that anyone can check offline from the file alone.
//!
//! [`render`] takes words the caller has already chosen and formatted ([`Document`]) and gives the bytes of a PDF
//! (PDF/A-3a and PDF/UA-1) signed with Ed25519. [`verify`] takes the bytes back and says who signed them, refusing a file
//! in which even one bit differs. [`qr_svg`] draws the same QR code for a page.
//!
//! The same input and the same key give the same bytes: there is no clock and no randomness here.

mod document;
mod fonts;
mod key;
mod layout;
mod paint;
mod qr;
mod sections;
mod signature;
mod structure;
mod typeset;

pub use document::{Document, Issued, Merchant, Paragraph, QrBlock};
pub use key::{Fingerprint, PublicKey, PublicKeyError, SigningKey};
pub use paint::{RenderError, render};
pub use qr::{QrError, qr_svg};
pub use signature::{Verified, VerifyError, verify, verify_with};
