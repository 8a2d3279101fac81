//! What is asked: each entry of `[business]`, its form, and what is proposed.

use super::answers::Answers;
use farline_app::wording::business::forms::{self, Fault};
use farline_app::wording::business::{Complaints, RegisteredTax};
use farline_domain::catalog::TaxKind;
use farline_domain::kernel::{Language, Province};
use farline_texts::Words;
use std::path::Path;

/// Between the lines of an address, as it is typed and shown.
pub(super) const LINE: &str = "; ";

/// One question.
#[derive(Debug)]
pub(super) struct Question {
    /// The entry in `[business]`, its tables with dots.
    pub(super) key: String,
    /// What is asked.
    pub(super) ask: String,
    /// What an answer looks like; may be empty.
    pub(super) hint: &'static str,
    /// Its form.
    pub(super) kind: Kind,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a title.
    Text,
    /// Lines of an address, apart by semicolons.
    Address,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The address of a site.
    Website,
    /// The version of the terms.
    Version,
    /// Two-letter codes, apart by spaces; or `all`.
    Provinces,
    /// A number of business days.
    Days,
    /// A registration, asked where its tax is charged.
    Registration(RegisteredTax),
    /// A file beside the configuration file: one in each language, or none.
    File,
    /// A sentence in each language, or none.
    Sentence,
}

/// Every question, in the order in which it is asked.
pub(super) fn all() -> Vec<Question> {
    let mut all = Vec::new();
    let mut ask = |key: &str, ask: &str, hint, kind| {
        all.push(Question { key: key.to_owned(), ask: ask.to_owned(), hint, kind });
    };
    ask("legal_name", "Legal name of the business", "", Kind::Text);
    in_each_language(&mut ask, "brand", ("The name that customers know", ""), Kind::Text);
    let address = "1 Example Street; Toronto ON  M5V 0A1; Canada";
    ask("address", "Postal address, its lines apart by semicolons", address, Kind::Address);
    ask("phone", "Phone for customers", "1-800-555-0142", Kind::Phone);
    ask("email", "E-mail for customers", "help@example.com", Kind::Email);
    let provinces = "Provinces and territories you sell in";
    ask("provinces", provinces, "all, or codes like ON QC BC", Kind::Provinces);
    for tax in RegisteredTax::ALL {
        let (key, what) = (format!("registrations.{}", tax.code()), registration(tax));
        ask(&key, what.0, what.1, Kind::Registration(tax));
    }
    ask(
        "terms_version",
        "Version of your terms, best the day they begin",
        "2026-11-01",
        Kind::Version,
    );
    let own = ("File with terms of your own, empty for ours", "terms.txt");
    in_each_language(&mut ask, "terms_files", own, Kind::File);
    let own = ("File with refund rules of your own, empty for ours", "refunds.txt");
    in_each_language(&mut ask, "refund_files", own, Kind::File);
    ask(
        "complaints.answer_days",
        "Business days within which you answer a complaint",
        "",
        Kind::Days,
    );
    let own = ("How you deal with a complaint, empty for our words", "");
    in_each_language(&mut ask, "complaints.steps", own, Kind::Sentence);
    ask("complaints.ccts_phone", "Phone of the CCTS", "", Kind::Phone);
    ask("complaints.ccts_website", "Site of the CCTS", "", Kind::Website);
    ask("complaints.ccts_address", "Address of the CCTS", "", Kind::Address);
    let title = ("Title of the person in charge of personal information", "");
    in_each_language(&mut ask, "privacy_officer", title, Kind::Text);
    ask("privacy_email", "Where that person is written to", "", Kind::Email);
    all
}

fn in_each_language(
    ask: &mut impl FnMut(&str, &str, &'static str, Kind),
    key: &str,
    (what, hint): (&str, &'static str),
    kind: Kind,
) {
    let names = [
        (Language::ZhCn, "in Chinese"),
        (Language::EnCa, "in English"),
        (Language::FrCa, "in French"),
    ];
    for (language, name) in names {
        // What may stay empty is said last.
        let what = match what.split_once(',') {
            Some((what, rest)) => format!("{what}, {name};{rest}"),
            None => format!("{what}, {name}"),
        };
        ask(&format!("{key}.{}", language.tag()), &what, hint, kind);
    }
}

const fn registration(tax: RegisteredTax) -> (&'static str, &'static str) {
    match tax {
        RegisteredTax::GstHst => ("GST/HST registration", "123456789RT0001"),
        RegisteredTax::Qst => ("QST registration", "1234567890TQ0001"),
        RegisteredTax::PstBc => ("PST registration of British Columbia", ""),
        RegisteredTax::PstSk => ("PST registration of Saskatchewan", ""),
        RegisteredTax::RstMb => ("RST registration of Manitoba", ""),
    }
}

impl Question {
    /// What the program takes when the entry is missing.
    pub(super) fn assumed(&self) -> Option<String> {
        let ours = Complaints::default();
        match self.key.as_str() {
            "provinces" => Some("all".to_owned()),
            "complaints.answer_days" => Some(ours.answer_days.to_string()),
            "complaints.ccts_phone" => Some(ours.ccts_phone),
            "complaints.ccts_website" => Some(ours.ccts_website),
            "complaints.ccts_address" => Some(ours.ccts_address.join(LINE)),
            key => {
                let language = key.strip_prefix("privacy_officer.").and_then(Language::parse);
                language.map(|language| Words::of(language).say("privacy-officer"))
            }
        }
    }

    /// What is proposed when there is no answer yet.
    pub(super) fn proposed(&self, answers: &Answers) -> Option<String> {
        let like = |key: &str| Some(answers.of(key).to_owned()).filter(|text| !text.is_empty());
        match self.key.as_str() {
            "privacy_email" => like("email"),
            key if key.starts_with("brand.") => like("legal_name"),
            _ => self.assumed(),
        }
    }

    /// Whether it has to be asked, as the answers stand: a registration where its tax is charged, and the other
    /// languages of a text where there is one.
    pub(super) fn is_asked(&self, answers: &Answers) -> bool {
        match self.kind {
            Kind::Registration(tax) => {
                is_charged(tax, answers) || !answers.of(&self.key).is_empty()
            }
            Kind::File | Kind::Sentence => self.is_first() || self.siblings(answers),
            _ => true,
        }
    }

    /// Whether it may stay empty, as the answers stand.
    pub(super) fn is_optional(&self, answers: &Answers) -> bool {
        match self.kind {
            Kind::Registration(tax) => !is_charged(tax, answers),
            Kind::File | Kind::Sentence => self.is_first() || !self.siblings(answers),
            _ => false,
        }
    }

    fn is_first(&self) -> bool {
        self.key.ends_with(Language::ALL[0].tag())
    }

    /// Whether the text exists in another language.
    fn siblings(&self, answers: &Answers) -> bool {
        let stem = self.key.rsplit_once('.').map_or("", |(stem, _)| stem);
        let others = Language::ALL.map(|language| format!("{stem}.{}", language.tag()));
        others.iter().any(|other| *other != self.key && !answers.of(other).is_empty())
    }

    /// What is wrong with the present answer. Files are looked for in the folder of the configuration file.
    pub(super) fn fault(&self, answers: &Answers, folder: &Path) -> Fault {
        let answer = answers.of(&self.key);
        if answer.is_empty() {
            return match self.kind {
                Kind::Registration(tax) if is_charged(tax, answers) => {
                    Some("is missing, and you sell where this tax is charged".to_owned())
                }
                Kind::File | Kind::Sentence if self.siblings(answers) => {
                    Some("is missing: a text exists in every language, or in none".to_owned())
                }
                Kind::Registration(_) | Kind::File | Kind::Sentence => None,
                _ => Some("is missing".to_owned()),
            };
        }
        self.form(answer, folder)
    }

    fn form(&self, answer: &str, folder: &Path) -> Fault {
        match self.kind {
            Kind::Text => forms::text(answer),
            Kind::Address => forms::address(&lines(answer)),
            Kind::Phone => forms::phone(answer),
            Kind::Email => forms::email(answer),
            Kind::Website => forms::website(answer),
            Kind::Version => forms::version(answer),
            Kind::Provinces => provinces(answer).err(),
            Kind::Days => forms::days(answer.parse().unwrap_or(0)),
            Kind::Registration(tax) => forms::registration(tax, answer),
            Kind::Sentence => answer
                .chars()
                .any(char::is_control)
                .then(|| "holds a character that cannot be printed".to_owned()),
            Kind::File => match std::fs::read_to_string(folder.join(answer)) {
                Ok(text) if text.trim().is_empty() => Some(format!("is an empty file: {answer}")),
                Ok(_) => None,
                Err(error) => Some(format!("cannot be read: {answer}: {error}")),
            },
        }
    }
}

/// The lines of an address.
pub(super) fn lines(answer: &str) -> Vec<String> {
    answer.split(LINE.trim()).map(|line| line.trim().to_owned()).collect()
}

/// The provinces of an answer.
pub(super) fn provinces(answer: &str) -> Result<Vec<Province>, String> {
    if answer.eq_ignore_ascii_case("all") {
        return Ok(Province::ALL.to_vec());
    }
    let words = answer.split([' ', ',', ';']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let unknown = || {
                let all: Vec<&str> = Province::ALL.iter().map(|one| one.code()).collect();
                format!("names “{word}”, which is none of {}", all.join(" "))
            };
            Province::parse(word).ok_or_else(unknown)
        })
        .collect()
}

/// Whether a tax is charged where the business sells.
fn is_charged(tax: RegisteredTax, answers: &Answers) -> bool {
    let sold = provinces(answers.of("provinces")).unwrap_or_default();
    sold.iter().any(|province| {
        let levied = TaxKind::levied_in(*province).iter();
        levied.filter_map(|kind| RegisteredTax::of(*province, *kind)).any(|one| one == tax)
    })
}
