//! What is said in Cantonese: its own words for everything that the robot says, and for nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use farline_domain::hotline::robot::Tongue;
use farline_domain::kernel::Language;
use farline_texts::{Words, cantonese_keys, keys};

use crate::check::{Text, read};

fn texts(path: &str) -> Vec<Text> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let (texts, faults) = read("voice", &std::fs::read_to_string(file).expect(path));
    assert!(faults.is_empty(), "{faults:?}");
    texts
}

#[test]
fn cantonese_has_its_own_words_for_everything_that_is_spoken() {
    let spoken = |key: &String| key.starts_with("robot-") || key.starts_with("spoken-");
    let wanted: BTreeSet<String> = keys(Language::ZhCn).into_iter().filter(spoken).collect();
    let lists = ["list-two", "list-middle", "list-end"].map(str::to_owned);
    let found: BTreeSet<String> = cantonese_keys().into_iter().collect();
    assert_eq!(found, wanted.into_iter().chain(lists).collect());
}

#[test]
fn it_takes_the_same_variables() {
    let mandarin = texts("languages/zh-CN/voice.ftl");
    for text in texts("spoken/yue-HK/voice.ftl") {
        let same = mandarin.iter().find(|other| other.name == text.name);
        if let Some(same) = same {
            assert_eq!(text.variables, same.variables, "{}", text.name);
        }
    }
}

#[test]
fn it_is_heard_where_it_has_words_and_mandarin_elsewhere() {
    let (cantonese, mandarin) = (Words::spoken(Tongue::Cantonese), Words::of(Language::ZhCn));
    assert_ne!(cantonese.say("robot-goodbye"), "");
    assert_ne!(cantonese.say("robot-wrong-pin"), mandarin.say("robot-wrong-pin"));
    assert_eq!(cantonese.say("brand"), mandarin.say("brand"));
    for tongue in Tongue::ALL {
        assert_eq!(Words::spoken(tongue).language(), tongue.language());
    }
}
