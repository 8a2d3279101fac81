//! Messages that sell: the words of consent, and what each of them has to say of who sends it.

use super::business::Business;
use farline_domain::kernel::Language;
use farline_domain::notices::Medium;
use farline_texts::{Argument, Words};

/// The version of the words of consent. A changed word is a new version.
pub const VERSION: u16 = 1;

/// The words of consent to messages by a medium: to what, of whom, how they are reached, and how it ends (CASL, s. 10).
pub fn words(language: Language, medium: Medium, business: &Business) -> String {
    let words = Words::of(language);
    let key = format!("marketing-words-{}", medium.code());
    words.say_with(&key, &sender(words, business))
}

/// The end of a text message that sells: who sends it, and the way out.
pub(super) fn sms_end(words: &Words, business: &Business, way_out: &str) -> String {
    let mut arguments = sender(words, business);
    arguments.push(("link", way_out.into()));
    words.say_with("marketing-sms-end", &arguments)
}

fn sender(words: &Words, business: &Business) -> Vec<(&'static str, Argument)> {
    vec![
        ("brand", business.brand.get(words.language()).into()),
        ("merchant", business.legal_name.as_str().into()),
        ("address", business.address.join(", ").into()),
        ("phone", business.phone.as_str().into()),
        ("email", business.email.as_str().into()),
    ]
}
