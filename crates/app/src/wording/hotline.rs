//! What an agent reads to a caller, and what a caller is sent.

use super::business::Business;
use super::{allowances, hint, or_used_up, sms, starts};
use farline_domain::catalog::{Operator, Plan};
use farline_domain::kernel::{Instant, Language};
use farline_domain::lines::{Line, renew};
use farline_domain::orders::{Order, Quote};
use farline_texts::Words;

/// What the sentence is about.
#[derive(Clone, Copy, Debug)]
pub struct ReadOut<'a> {
    /// The card.
    pub line: &'a Line,
    /// Whose it is.
    pub operator: &'a Operator,
    /// The plan.
    pub plan: &'a Plan,
    /// Its price.
    pub quote: &'a Quote,
    /// When it is read.
    pub now: Instant,
}

/// The sentence, in the caller's language: card, plan, what it gives, from when to when, what it costs with tax.
pub fn read_out(facts: &ReadOut<'_>, language: Language) -> String {
    let words = Words::of(language);
    let ReadOut { line, operator, plan, quote, now } = *facts;
    let offer = &quote.offer;
    let renewal = renew(&operator.lifecycle, line.dates, (offer.validity, offer.start_rule), now);
    let period = match renewal {
        Ok(renewal) => {
            let period = [
                ("from", words.date_short(renewal.starts_on).into()),
                ("until", words.date(renewal.usable_until).into()),
            ];
            or_used_up(words, words.say_with("period", &period), renewal.waits)
        }
        Err(_) => starts(words, offer.start_rule),
    };
    let total = quote.price.total;
    words.say_with(
        "desk-read-out",
        &[
            ("card", hint(words, line).into()),
            ("plan", plan.name.get(language).into()),
            (
                "gets",
                allowances(words, &plan.allowances, plan.validity, plan.price.currency).into(),
            ),
            ("period", period.into()),
            ("total", words.money(total.minor, total.currency.code()).into()),
        ],
    )
}

/// The message with the link to pay: subject and body, as a text message can carry it.
pub fn link_message(business: &Business, order: &Order, link: &str) -> (String, String) {
    let language = order.language;
    let words = Words::of(language);
    let total = order.price.total;
    let arguments = [
        ("brand", business.brand.get(language).into()),
        ("total", words.money(total.minor, total.currency.code()).into()),
        ("reference", order.reference.to_string().into()),
        ("link", link.into()),
        ("phone", business.phone.as_str().into()),
    ];
    let subject = words.say_with("desk-link-subject", &arguments);
    (subject, sms::plain(language, &words.say_with("desk-link-body", &arguments)))
}
