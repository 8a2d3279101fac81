//! Who sells: the business that runs Farline, as it stands in `farline.toml`.

use farline_domain::catalog::TaxKind;
use farline_domain::kernel::{Language, Localized, Msisdn, Province};
use farline_texts::Words;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The business that runs this installation. Receipts print all of it (facts, section 6.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// The legal name, as on receipts and the bank statement.
    pub legal_name: String,
    /// The name customers know, by language.
    pub brand: Localized,
    /// The postal address, one entry per line.
    pub address: Vec<String>,
    /// The customer line as people read it: `1-800-555-0142`.
    pub phone: String,
    /// The address for customers' e-mail.
    pub email: String,
    /// The title of the person in charge of personal information (Quebec's Law 25, s. 3.1).
    pub privacy_officer: Localized,
    /// Tax registrations, in the order a receipt shows them.
    pub registrations: Vec<Registration>,
    /// The version of the terms in force.
    pub terms_version: String,
}

/// One tax registration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// For which tax.
    pub tax: RegisteredTax,
    /// The number as the tax office writes it: `123456789RT0001`, `1234567890TQ0001`.
    pub number: String,
}

/// A tax that a seller registers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum RegisteredTax {
    /// Goods and services tax and harmonized sales tax, one number for both.
    #[serde(rename = "GST/HST")]
    GstHst,
    /// Quebec sales tax.
    #[serde(rename = "QST")]
    Qst,
    /// Provincial sales tax of British Columbia.
    #[serde(rename = "PST-BC")]
    PstBc,
    /// Provincial sales tax of Saskatchewan.
    #[serde(rename = "PST-SK")]
    PstSk,
    /// Retail sales tax of Manitoba.
    #[serde(rename = "RST-MB")]
    RstMb,
}

impl RegisteredTax {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::GstHst, Self::Qst, Self::PstBc, Self::PstSk, Self::RstMb];

    /// The registration under which a tax of a province is paid over; absent where the province has no such tax.
    pub const fn of(province: Province, kind: TaxKind) -> Option<Self> {
        match (kind, province) {
            (TaxKind::Gst | TaxKind::Hst, _) => Some(Self::GstHst),
            (TaxKind::Qst, _) => Some(Self::Qst),
            (TaxKind::Pst, Province::Bc) => Some(Self::PstBc),
            (TaxKind::Pst, Province::Sk) => Some(Self::PstSk),
            (TaxKind::Rst, Province::Mb) => Some(Self::RstMb),
            (TaxKind::Pst | TaxKind::Rst, _) => None,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::GstHst => "registration-gst-hst",
            Self::Qst => "registration-qst",
            Self::PstBc => "registration-pst-bc",
            Self::PstSk => "registration-pst-sk",
            Self::RstMb => "registration-rst-mb",
        }
    }

    /// The label before its number.
    pub fn label(self, words: &Words) -> String {
        words.say(self.key())
    }
}

impl Business {
    /// The invented business of the demonstration.
    pub fn demonstration() -> Self {
        let officer = [
            (Language::ZhCn, "个人信息保护负责人"),
            (Language::EnCa, "Privacy officer"),
            (Language::FrCa, "Responsable de la protection des renseignements personnels"),
        ];
        let brand = Language::ALL.map(|language| (language, Words::of(language).say("brand")));
        Self {
            legal_name: "Farline Demonstration Inc.".to_owned(),
            brand: complete(brand),
            address: vec![
                "100 Invented Street (demonstration only)".to_owned(),
                "Toronto ON  M5V 0A0".to_owned(),
            ],
            phone: "1-800-555-0142".to_owned(),
            email: "help@farline.example".to_owned(),
            privacy_officer: complete(
                officer.map(|(language, title)| (language, title.to_owned())),
            ),
            registrations: vec![
                Registration { tax: RegisteredTax::GstHst, number: "123456789RT0001".to_owned() },
                Registration { tax: RegisteredTax::Qst, number: "1234567890TQ0001".to_owned() },
            ],
            terms_version: "2026-11-01".to_owned(),
        }
    }

    /// The customer line in E.164, for `tel:` links; nothing, if it is not a phone number.
    pub fn phone_e164(&self) -> Option<String> {
        Msisdn::parse(&self.phone).ok().map(String::from)
    }

    /// The registrations with their labels in a language.
    pub fn registrations(&self, words: &Words) -> Vec<(String, String)> {
        let labelled = |one: &Registration| (one.tax.label(words), one.number.clone());
        self.registrations.iter().map(labelled).collect()
    }

    /// The number under which a tax of a province is paid over, if the business has one.
    pub fn registration_of(&self, province: Province, kind: TaxKind) -> Option<&str> {
        let tax = RegisteredTax::of(province, kind)?;
        let registration = self.registrations.iter().find(|one| one.tax == tax)?;
        Some(&registration.number)
    }

    /// The first entry that a receipt needs and that is empty, by its name in the file.
    pub fn missing(&self) -> Option<&'static str> {
        let blank = |text: &String| text.trim().is_empty();
        let entries = [
            ("legal_name", blank(&self.legal_name)),
            ("address", self.address.is_empty() || self.address.iter().any(blank)),
            ("phone", blank(&self.phone)),
            ("email", blank(&self.email)),
            (
                "registrations",
                self.registrations.is_empty()
                    || self.registrations.iter().any(|one| blank(&one.number)),
            ),
            ("terms_version", blank(&self.terms_version)),
        ];
        entries.into_iter().find_map(|(name, is_missing)| is_missing.then_some(name))
    }
}

/// A text that names every language; the arrays above do.
fn complete(texts: [(Language, String); 3]) -> Localized {
    let texts = BTreeMap::from(texts);
    match Localized::new(texts) {
        Ok(localized) => localized,
        Err(fault) => unreachable!("{fault}"),
    }
}
