//! Who sells: the business that runs Farline, as it stands in `farline.toml`.

pub mod forms;
mod gaps;
mod terms;

pub use gaps::Gap;
pub use terms::TermsSection;

use farline_domain::catalog::TaxKind;
use farline_domain::kernel::{Language, Localized, Msisdn, Province};
use farline_texts::Words;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The business that runs this installation. Receipts print all of it (facts, section 6.2). What is not said is empty and
/// a [gap](Business::gaps); of names and titles, the house's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// Where that person is written to; live mode wants it said.
    pub privacy_email: Option<String>,
    /// Tax registrations, in the order a receipt shows them.
    pub registrations: Vec<Registration>,
    /// Where it sells: the taxes of these provinces are charged, and no others can be chosen.
    pub provinces: Vec<Province>,
    /// The version of the terms in force.
    pub terms_version: String,
    /// The files with terms of its own, by language; ours, if absent.
    pub terms_files: Option<Localized>,
    /// The files with refund rules of its own, by language; ours, if absent.
    pub refund_files: Option<Localized>,
    /// The files with the clause that Quebec's law wants in written terms, word for word, by language; none, if absent.
    pub clause_files: Option<Localized>,
    /// How large that clause is at least.
    pub clause_points: TypeSize,
    /// What stands in [`Self::terms_files`], read by the program.
    #[serde(skip)]
    pub own_terms: Option<Localized>,
    /// What stands in [`Self::refund_files`], read by the program.
    #[serde(skip)]
    pub own_refunds: Option<Localized>,
    /// What stands in [`Self::clause_files`], read by the program.
    #[serde(skip)]
    pub own_clause: Option<Localized>,
    /// How complaints go.
    pub complaints: Complaints,
}

/// A size of type in points, as laws on written contracts state it: 10, 12, 14 or 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub struct TypeSize(u8);

impl TypeSize {
    /// The size in points.
    pub const fn points(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for TypeSize {
    type Error = String;

    fn try_from(points: u8) -> Result<Self, String> {
        match points {
            10 | 12 | 14 | 16 => Ok(Self(points)),
            _ => Err(format!("a clause is printed in 10, 12, 14 or 16 points, not in {points}")),
        }
    }
}

/// How complaints go: first to the business, then to the CCTS (facts, section 6.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Complaints {
    /// Within how many business days the business answers, 1 to 30.
    pub answer_days: i64,
    /// How it deals with a complaint, in its own words; ours, if absent.
    pub steps: Option<Localized>,
    /// The phone of the CCTS.
    pub ccts_phone: String,
    /// Its site.
    pub ccts_website: String,
    /// Its postal address, one entry per line.
    pub ccts_address: Vec<String>,
}

impl Default for Complaints {
    fn default() -> Self {
        Self {
            answer_days: 2,
            steps: None,
            ccts_phone: "1-888-221-1687".to_owned(),
            ccts_website: "ccts-cprst.ca".to_owned(),
            ccts_address: vec![
                "P.O. Box 56067, Minto Place RO".to_owned(),
                "Ottawa ON  K1R 7Z1".to_owned(),
            ],
        }
    }
}

impl Complaints {
    /// How the business deals with a complaint, in a language.
    pub fn steps(&self, words: &Words) -> String {
        match &self.steps {
            Some(own) => own.get(words.language()).to_owned(),
            None => words.say_with("complaints-us-text", &[("days", self.answer_days.into())]),
        }
    }
}

impl Default for Business {
    fn default() -> Self {
        let ours = |key: &str| complete(Language::ALL.map(|one| (one, Words::of(one).say(key))));
        Self {
            legal_name: String::new(),
            brand: ours("brand"),
            address: Vec::new(),
            phone: String::new(),
            email: String::new(),
            privacy_officer: ours("privacy-officer"),
            privacy_email: None,
            registrations: Vec::new(),
            provinces: Province::ALL.to_vec(),
            terms_version: String::new(),
            terms_files: None,
            refund_files: None,
            clause_files: None,
            clause_points: TypeSize(12),
            own_terms: None,
            own_refunds: None,
            own_clause: None,
            complaints: Complaints::default(),
        }
    }
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
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

    /// The registration that charging a sales tax of a province needs; none for a tax that it does not levy.
    pub const fn of(province: Province, kind: TaxKind) -> Option<Self> {
        match (kind, province) {
            (TaxKind::Gst | TaxKind::Hst, _) => Some(Self::GstHst),
            (TaxKind::Qst, _) => Some(Self::Qst),
            (TaxKind::Pst, Province::Bc) => Some(Self::PstBc),
            (TaxKind::Pst, Province::Sk) => Some(Self::PstSk),
            (TaxKind::Rst, _) => Some(Self::RstMb),
            (TaxKind::Pst, _) => None,
        }
    }

    /// The word used in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GstHst => "GST/HST",
            Self::Qst => "QST",
            Self::PstBc => "PST-BC",
            Self::PstSk => "PST-SK",
            Self::RstMb => "RST-MB",
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
        Self {
            legal_name: "Farline Demonstration Inc.".to_owned(),
            address: vec![
                "100 Invented Street (demonstration only)".to_owned(),
                "Toronto ON  M5V 0A0".to_owned(),
            ],
            phone: "1-800-555-0142".to_owned(),
            email: "help@farline.example".to_owned(),
            privacy_officer: complete(
                officer.map(|(language, title)| (language, title.to_owned())),
            ),
            privacy_email: Some("privacy@farline.example".to_owned()),
            registrations: vec![
                Registration { tax: RegisteredTax::GstHst, number: "123456789RT0001".to_owned() },
                Registration { tax: RegisteredTax::Qst, number: "1234567890TQ0001".to_owned() },
                Registration { tax: RegisteredTax::PstBc, number: "PST-1234-5678".to_owned() },
                Registration { tax: RegisteredTax::PstSk, number: "1234567".to_owned() },
                Registration { tax: RegisteredTax::RstMb, number: "123456-7".to_owned() },
            ],
            terms_version: "2026-11-01".to_owned(),
            ..Self::default()
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
}

/// A text that names every language; the arrays above do.
fn complete(texts: [(Language, String); 3]) -> Localized {
    let texts = BTreeMap::from(texts);
    match Localized::new(texts) {
        Ok(localized) => localized,
        Err(fault) => unreachable!("{fault}"),
    }
}
