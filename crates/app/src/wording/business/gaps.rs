//! What a business still has to say of itself before it takes real money.

use super::forms::{self, Fault};
use super::{Business, RegisteredTax};
use farline_domain::catalog::TaxKind;
use farline_domain::kernel::Language;
use std::collections::BTreeSet;

/// An entry that is missing or has the wrong form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The entry, as it is called in the file.
    pub entry: String,
    /// What is wrong with it; begins small, as it follows the name.
    pub fault: String,
}

impl Business {
    /// Everything that the law wants seen and that is missing, or has the wrong form.
    pub fn gaps(&self) -> Vec<Gap> {
        let complaints = &self.complaints;
        let privacy = self.privacy_email.as_deref().unwrap_or("");
        let mut found = Found(Vec::new());
        found.look("legal_name", forms::text(&self.legal_name));
        for language in Language::ALL {
            let tag = language.tag();
            found.look(&format!("brand.{tag}"), forms::text(self.brand.get(language)));
            let title = self.privacy_officer.get(language);
            found.look(&format!("privacy_officer.{tag}"), forms::text(title));
        }
        found.look("address", forms::address(&self.address));
        found.look("phone", forms::phone(&self.phone));
        found.look("email", forms::email(&self.email));
        found.look("privacy_email", forms::text(privacy).or_else(|| forms::email(privacy)));
        found.look("terms_version", forms::version(&self.terms_version));
        let no_province = "names no province, so nothing could be sold".to_owned();
        found.look("provinces", self.provinces.is_empty().then_some(no_province));
        found.registrations(self);
        found.look("complaints.answer_days", forms::days(complaints.answer_days));
        found.look("complaints.ccts_phone", forms::phone(&complaints.ccts_phone));
        found.look("complaints.ccts_website", forms::website(&complaints.ccts_website));
        found.look("complaints.ccts_address", forms::address(&complaints.ccts_address));
        found.0
    }

    /// The entries that are blank and without which nothing can be shown to anybody, money real or not.
    pub fn blank(&self) -> Vec<&'static str> {
        let entries = [
            ("legal_name", self.legal_name.trim().is_empty()),
            ("address", self.address.iter().all(|line| line.trim().is_empty())),
            ("phone", self.phone.trim().is_empty()),
            ("email", self.email.trim().is_empty()),
            ("terms_version", self.terms_version.trim().is_empty()),
        ];
        entries.into_iter().filter_map(|(name, is_blank)| is_blank.then_some(name)).collect()
    }

    /// The registrations that it needs where it sells: whoever charges a tax is registered for it.
    pub fn registrations_needed(&self) -> BTreeSet<RegisteredTax> {
        let of_province = |province| {
            let levied = TaxKind::levied_in(province).iter();
            levied.filter_map(move |kind| RegisteredTax::of(province, *kind))
        };
        self.provinces.iter().flat_map(|province| of_province(*province)).collect()
    }
}

struct Found(Vec<Gap>);

impl Found {
    fn look(&mut self, entry: &str, fault: Fault) {
        self.0.extend(fault.map(|fault| Gap { entry: entry.to_owned(), fault }));
    }

    fn registrations(&mut self, business: &Business) {
        for registration in &business.registrations {
            let (tax, number) = (registration.tax, &registration.number);
            self.look(&format!("registrations, {}", tax.code()), forms::registration(tax, number));
        }
        for tax in business.registrations_needed() {
            if business.registrations.iter().all(|registration| registration.tax != tax) {
                let fault = "is missing, and you sell where this tax is charged".to_owned();
                self.look(&format!("registrations, {}", tax.code()), Some(fault));
            }
        }
    }
}
