//! The written terms of a renewal that is agreed to by telephone or text message.

use super::business::{Business, TermsSection};
use super::sms;
use crate::ports::notice::Medium;
use farline_domain::catalog::Plan;
use farline_domain::kernel::{Language, Money};
use farline_texts::Words;
use jiff::civil::Date;

/// What written terms are about.
pub(crate) struct Terms<'a> {
    pub(crate) business: &'a Business,
    pub(crate) base_url: &'a str,
    pub(crate) plan: &'a Plan,
    pub(crate) total: Money,
    pub(crate) expires_on: Option<Date>,
}

/// The written terms of a renewal, in French first and then in the reader's language: subject and text. An e-mail holds all of
/// them, a text message says where they stand.
pub(crate) fn terms(about: &Terms<'_>, medium: Medium, language: Language) -> (String, String) {
    let also = Some(language).filter(|language| *language != Language::FrCa);
    let each = [Language::FrCa].into_iter().chain(also);
    let texts: Vec<String> = each.map(|language| terms_in(about, medium, language)).collect();
    let subject = Words::of(language).say("voice-terms-subject");
    (if medium == Medium::Email { subject } else { String::new() }, texts.join("\n\n"))
}

/// What is offered, and where its terms stand.
fn offer(about: &Terms<'_>, language: Language) -> Vec<String> {
    let words = Words::of(language);
    let offer = [
        ("brand", about.business.brand.get(language).into()),
        ("plan", about.plan.name.get(language).into()),
        ("total", words.money(about.total.minor, about.total.currency.code()).into()),
    ];
    let until = about
        .expires_on
        .map(|date| words.say_with("voice-terms-until", &[("date", words.date(date).into())]));
    let link = format!("{}/{}/terms", about.base_url, language.path());
    let more = words.say_with("voice-terms-more", &[("link", link.into())]);
    let short = [Some(words.say_with("voice-terms-offer", &offer)), until, Some(more)];
    short.into_iter().flatten().collect()
}

fn terms_in(about: &Terms<'_>, medium: Medium, language: Language) -> String {
    let (words, short) = (Words::of(language), offer(about, language));
    match medium {
        Medium::Sms => sms::plain(language, &sms::joined(language, &short)),
        Medium::Email => {
            let whole = about.business.terms(words).into_iter().flat_map(TermsSection::flat);
            short.into_iter().chain(whole).collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// The same e-mail with headings, and the clause that law wants in its size of type.
pub(crate) fn terms_html(about: &Terms<'_>, language: Language) -> String {
    let also = Some(language).filter(|language| *language != Language::FrCa);
    let each = [Language::FrCa].into_iter().chain(also);
    each.map(|language| html_in(about, language)).collect()
}

fn html_in(about: &Terms<'_>, language: Language) -> String {
    let paragraph = |text: &str, points: Option<u8>| match points {
        Some(points) => format!("<p style=\"font-size:{points}pt\">{}</p>", escaped(text)),
        None => format!("<p>{}</p>", escaped(text)),
    };
    let offered = offer(about, language).into_iter().map(|sentence| paragraph(&sentence, None));
    let sections = about.business.terms(Words::of(language)).into_iter().map(|section| {
        let heading = match section.heading.as_str() {
            "" => String::new(),
            heading => format!("<h2>{}</h2>", escaped(heading)),
        };
        let texts = section.paragraphs.iter().map(|text| paragraph(text, section.points));
        [heading].into_iter().chain(texts).collect::<String>()
    });
    let whole: String = offered.chain(sections).collect();
    format!("<div lang=\"{}\">{whole}</div>", language.tag())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Terms, terms, terms_html};
    use crate::ports::notice::Medium;
    use crate::wording::business::{Business, TypeSize};
    use farline_domain::kernel::{Language, Localized, Money};
    use farline_testkit::{OWN_BIG, catalogue};
    use std::collections::BTreeMap;

    #[test]
    fn the_terms_come_in_french_first_and_the_clause_in_its_size() {
        let clause = Language::ALL.map(|one| (one, format!("{} <1 & 2>", one.path())));
        let business = Business {
            own_clause: Localized::new(BTreeMap::from(clause)).ok(),
            clause_points: TypeSize::try_from(14).unwrap(),
            ..Business::demonstration()
        };
        let catalogue = catalogue();
        let plan = catalogue.plans.values().find(|plan| plan.code.as_str() == OWN_BIG).unwrap();
        let about = Terms {
            business: &business,
            base_url: "https://farline.example",
            plan,
            total: Money::cad(3390),
            expires_on: None,
        };
        let html = terms_html(&about, Language::ZhCn);
        let places =
            ["<div lang=\"fr-CA\">", "fr &lt;1 &amp; 2&gt;", "<div lang=\"zh-CN\">", "zh &lt;1"];
        let places = places.map(|part| html.find(part).unwrap_or_else(|| panic!("{part}: {html}")));
        assert!(places.is_sorted(), "{html}");
        assert_eq!(html.matches(" style=\"font-size:14pt\"").count(), 2);
        let (_, plain) = terms(&about, Medium::Email, Language::ZhCn);
        assert!(plain.contains("fr <1 & 2>") && plain.contains("/fr/terms"), "{plain}");
        let (subject, short) = terms(&about, Medium::Sms, Language::FrCa);
        assert!(subject.is_empty() && !short.contains("<1 & 2>"), "{short}");
    }
}
