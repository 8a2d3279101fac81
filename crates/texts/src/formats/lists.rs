//! Several things in one line.

use crate::Words;
use farline_domain::kernel::Language;

impl Words {
    /// Items as a sentence lists them: `a、b和c`, `a, b and c`, `a, b et c`. No items give an empty text.
    pub fn list(&self, items: &[String]) -> String {
        let (first, rest) = match items {
            [] => return String::new(),
            [only] => return only.clone(),
            [first, second] => return self.pair("list-two", first, second),
            [first, rest @ ..] => (first, rest),
        };
        let mut text = first.clone();
        for (position, item) in rest.iter().enumerate() {
            let last = position + 1 == rest.len();
            text = self.pair(if last { "list-end" } else { "list-middle" }, &text, item);
        }
        text
    }

    /// Items side by side without a sentence, as on a plan's tile: `5 GB · 30 days`.
    pub fn dot(&self, items: &[String]) -> String {
        items.join(" · ")
    }

    /// Sentences one after the other, apart as the language writes them.
    pub fn sentences(&self, sentences: &[String]) -> String {
        match self.language() {
            Language::EnCa | Language::FrCa => sentences.join(" "),
            Language::ZhCn => sentences.concat(),
        }
    }

    fn pair(&self, key: &str, before: &str, after: &str) -> String {
        self.say_with(key, &[("before", before.into()), ("after", after.into())])
    }
}
