//! One-time codes, messages about accounts, and what a text message may contain.

use std::fmt::Write;

use farline_app::wording::account::{AccountMessage, Asked, account_message, code_message};
use farline_app::wording::business::Business;
use farline_app::wording::sms;
use farline_domain::kernel::{Language, Zone};
use farline_domain::notices::Medium;

use super::check_table;
use super::samples::later;
use super::segments::{Alphabet, segments};

#[test]
fn a_code_ends_with_its_host_on_a_line_of_its_own() {
    let business = Business::demonstration();
    for language in Language::ALL {
        let (subject, body) = code_message(&business, language, "123456", "farline.example", 10);
        assert_eq!(body.lines().last(), Some("@farline.example #123456"));
        assert!(body.contains("10") && !subject.contains("123456"), "{subject}: {body}");
        let (alphabet, parts) = segments(&body);
        let limit = if language == Language::ZhCn { 2 } else { 1 };
        assert!(parts <= limit, "{body}");
        assert_eq!(alphabet == Alphabet::Gsm7, language != Language::ZhCn, "{body}");
    }
}

#[test]
fn messages_about_an_account_read_as_they_were_read() {
    let business = Business::demonstration();
    let until = later(30).in_zone(&Zone::named("America/Toronto").unwrap());
    for language in Language::ALL {
        let card = farline_texts::Words::of(language).phone_hint("88");
        let approval = |asked| AccountMessage::Approval {
            asked,
            asker: "Lin",
            card: &card,
            link: "https://farline.example/approve/0123456789abcdef",
            until: &until,
        };
        let messages = [
            AccountMessage::ContactVerified { contact: "l***@example.org" },
            AccountMessage::ContactRemoved { contact: "l***@example.org" },
            AccountMessage::PasswordChanged,
            approval(Asked::HelpWithYourCard),
            approval(Asked::BecomeHelper),
            AccountMessage::WrongTries { until: &until },
        ];
        let (subject, body) = code_message(&business, language, "123456", "farline.example", 10);
        let mut table = format!("Subject: {subject}\n\n{body}\n\n");
        for message in messages {
            let (subject, body) = account_message(&message, Medium::Email, language, &business);
            writeln!(table, "════ Subject: {subject}\n\n{body}\n").unwrap();
            let (none, body) = account_message(&message, Medium::Sms, language, &business);
            assert!(none.is_empty());
            let (alphabet, parts) = segments(&body);
            assert!(parts <= 3, "{body}");
            assert!(language == Language::ZhCn || alphabet == Alphabet::Gsm7, "{body}");
            writeln!(table, "{body}\n[{alphabet:?}, {parts}]\n").unwrap();
        }
        assert!(!table.contains('⟦'), "{table}");
        check_table(&format!("messages.{}.txt", language.tag()), &table);
    }
}

#[test]
fn typography_becomes_what_a_text_message_can_carry() {
    let table = [
        (
            Language::FrCa,
            "l’été «\u{a0}prêt\u{a0}»\u{a0}: 1\u{202f}234,50\u{a0}$…",
            "l'été \"prêt\" : 1 234,50 $...",
        ),
        (Language::FrCa, "30 août – cœur", "30 aout - coeur"),
        (Language::EnCa, "“Mother’s card” · 5 GB—now", "\"Mother's card\", 5 GB-now"),
        (Language::ZhCn, "“您的卡”\u{a0}：5 GB…", "“您的卡” ：5 GB…"),
    ];
    for (language, text, expected) in table {
        assert_eq!(sms::plain(language, text), expected);
    }
}
