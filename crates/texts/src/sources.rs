//! The language files, embedded. This is the one place that names the folders.

use farline_domain::kernel::Language;
use fluent_syntax::ast::Entry;

/// The files of one language: name and text.
pub(crate) type Sources = [(&'static str, &'static str); 20];

macro_rules! folder {
    ($tag:literal) => {
        [
            ("common", include_str!(concat!("../languages/", $tag, "/common.ftl"))),
            ("portal", include_str!(concat!("../languages/", $tag, "/portal.ftl"))),
            ("account", include_str!(concat!("../languages/", $tag, "/account.ftl"))),
            ("notices", include_str!(concat!("../languages/", $tag, "/notices.ftl"))),
            ("auto-renew", include_str!(concat!("../languages/", $tag, "/auto-renew.ftl"))),
            ("keep", include_str!(concat!("../languages/", $tag, "/keep.ftl"))),
            ("comparison", include_str!(concat!("../languages/", $tag, "/comparison.ftl"))),
            ("receipt", include_str!(concat!("../languages/", $tag, "/receipt.ftl"))),
            ("staff", include_str!(concat!("../languages/", $tag, "/staff.ftl"))),
            ("desk", include_str!(concat!("../languages/", $tag, "/desk.ftl"))),
            ("keypad", include_str!(concat!("../languages/", $tag, "/keypad.ftl"))),
            ("partners", include_str!(concat!("../languages/", $tag, "/partners.ftl"))),
            ("plans", include_str!(concat!("../languages/", $tag, "/plans.ftl"))),
            ("redeem", include_str!(concat!("../languages/", $tag, "/redeem.ftl"))),
            ("promotions", include_str!(concat!("../languages/", $tag, "/promotions.ftl"))),
            ("marketing", include_str!(concat!("../languages/", $tag, "/marketing.ftl"))),
            ("reminders", include_str!(concat!("../languages/", $tag, "/reminders.ftl"))),
            ("rescue", include_str!(concat!("../languages/", $tag, "/rescue.ftl"))),
            ("voice", include_str!(concat!("../languages/", $tag, "/voice.ftl"))),
            ("problems", include_str!(concat!("../languages/", $tag, "/problems.ftl"))),
        ]
    };
}

/// The texts of a language. A new variant of [`Language`] does not compile until its folder is named here.
pub(crate) const fn sources(language: Language) -> Sources {
    match language {
        Language::ZhCn => folder!("zh-CN"),
        Language::EnCa => folder!("en-CA"),
        Language::FrCa => folder!("fr-CA"),
    }
}

/// What is said in Cantonese in place of the Mandarin texts: it is written with the same language's files and sounds otherwise.
pub(crate) const CANTONESE: &str = include_str!("../spoken/yue-HK/voice.ftl");

/// The keys that are said in Cantonese in other words. For the test that holds them to the robot's.
pub fn cantonese_keys() -> Vec<String> {
    keys_of(CANTONESE)
}

/// Every key of a language in the order of its files, an attribute as `key.attribute`: what [`crate::Words::say`]
/// understands. For tests that compare the keys used in templates with those that exist.
pub fn keys(language: Language) -> Vec<String> {
    sources(language).into_iter().flat_map(|(_, text)| keys_of(text)).collect()
}

fn keys_of(text: &str) -> Vec<String> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, _)| resource);
    let mut keys = Vec::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let key = message.id.name;
        if message.value.is_some() {
            keys.push(key.to_owned());
        }
        keys.extend(message.attributes.iter().map(|one| format!("{key}.{}", one.id.name)));
    }
    keys
}
