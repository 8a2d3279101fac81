//! Texts by key.

use std::fmt;
use std::sync::OnceLock;

use farline_domain::hotline::robot::Tongue;
use farline_domain::kernel::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::argument::Argument;
use crate::formats::numbers;
use crate::sources::{CANTONESE, sources};

/// The texts and formats of one language. Get it with [`Words::of`]; it is shared by all threads.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language, read once per process.
    pub fn of(language: Language) -> &'static Self {
        // Fluent's formatter is a plain function that cannot carry a language, so each language brings its own.
        macro_rules! once {
            ($language:expr) => {{
                static WORDS: OnceLock<Words> = OnceLock::new();
                WORDS.get_or_init(|| {
                    let mut words = Words::read($language);
                    words.bundle.set_formatter(Some(|value, _| numeral($language, value)));
                    words
                })
            }};
        }
        match language {
            Language::ZhCn => once!(Language::ZhCn),
            Language::EnCa => once!(Language::EnCa),
            Language::FrCa => once!(Language::FrCa),
        }
    }

    /// The words in which something is said aloud: those of the language, but for Cantonese, whose own stand over the Mandarin.
    pub fn spoken(tongue: Tongue) -> &'static Self {
        static CANTONESE_WORDS: OnceLock<Words> = OnceLock::new();
        match tongue {
            Tongue::Mandarin | Tongue::English | Tongue::French => Self::of(tongue.language()),
            Tongue::Cantonese => CANTONESE_WORDS.get_or_init(|| {
                let mut words = Self::read(Language::ZhCn);
                words.bundle.set_formatter(Some(|value, _| numeral(Language::ZhCn, value)));
                let own = FluentResource::try_new(CANTONESE.to_owned());
                words.bundle.add_resource_overriding(own.unwrap_or_else(|(part, _)| part));
                words
            }),
        }
    }

    /// Reads the embedded files. A file with a fault gives what can be read of it and a key defined twice keeps its first
    /// text: the crate's tests refuse both, and a page is better with one text missing than not there.
    fn read(language: Language) -> Self {
        let locales = language.tag().parse().ok().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(locales);
        // The isolation characters are invisible in a browser and rubbish in an SMS or a PDF.
        bundle.set_use_isolating(false);
        for (_, text) in sources(language) {
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(part, _)| part);
            let _refused_duplicates = bundle.add_resource(resource);
        }
        Self { language, bundle }
    }

    /// The language of these words.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text of a key, or of an attribute as `key.attribute`. A key that does not exist gives itself between ⟦ and ⟧.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The text of a key with its variables filled in; a number also chooses the plural form. What is wrong shows between
    /// ⟦ and ⟧: the key if it does not exist, the text as far as it goes if a variable was not given.
    pub fn say_with(&self, key: &str, arguments: &[(&str, Argument)]) -> String {
        let (id, attribute) =
            key.split_once('.').map_or((key, None), |(id, name)| (id, Some(name)));
        let message = self.bundle.get_message(id);
        let pattern = message.and_then(|message| match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        });
        let Some(pattern) = pattern else {
            return marked(key);
        };
        let values: FluentArgs =
            arguments.iter().map(|(name, argument)| (*name, argument.as_fluent())).collect();
        let mut faults = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned();
        if faults.is_empty() { text } else { marked(&text) }
    }

    /// Whether a key, or `key.attribute`, exists.
    pub fn knows(&self, key: &str) -> bool {
        let (id, attribute) =
            key.split_once('.').map_or((key, None), |(id, name)| (id, Some(name)));
        self.bundle.get_message(id).is_some_and(|message| match attribute {
            None => message.value().is_some(),
            Some(name) => message.get_attribute(name).is_some(),
        })
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

/// A mark that a reader and a test both see.
fn marked(text: &str) -> String {
    format!("⟦{text}⟧")
}

fn numeral(language: Language, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            value.to_string().parse().ok().map(|number| numbers::written(language, &number))
        }
        _ => None,
    }
}
