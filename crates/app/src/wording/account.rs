//! Messages about an account: one-time codes, contacts, requests between people, wrong tries.

use super::business::Business;
use super::notice::footer;
use super::sms;
use farline_domain::kernel::Language;
use farline_domain::notices::Medium;
use farline_texts::{Argument, Words};
use jiff::Zoned;

/// What is asked of the reader of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Somebody wants to see and renew the reader's card.
    HelpWithYourCard,
    /// The reader is to help with somebody else's card.
    BecomeHelper,
}

/// A message about an account.
#[derive(Clone, Copy, Debug)]
pub enum AccountMessage<'a> {
    /// A new way to reach the account was verified. Goes to those that were there before.
    ContactVerified {
        /// The new contact, masked.
        contact: &'a str,
    },
    /// A way to reach the account was taken out of it. Goes to that one and to those that stay.
    ContactRemoved {
        /// The contact, masked.
        contact: &'a str,
    },
    /// The password was set or changed.
    PasswordChanged,
    /// A request that the reader answers by a link.
    Approval {
        /// What for.
        asked: Asked,
        /// Who asks, as the reader knows them.
        asker: &'a str,
        /// The card, by its hint: [`super::hint`].
        card: &'a str,
        /// The page on which to answer.
        link: &'a str,
        /// Until when it can be answered, in the zone to be shown.
        until: &'a Zoned,
    },
    /// Too many wrong codes or passwords.
    WrongTries {
        /// Until when signing in is paused, in the zone to be shown.
        until: &'a Zoned,
    },
}

impl AccountMessage<'_> {
    const fn stem(&self) -> &'static str {
        match self {
            Self::ContactVerified { .. } => "notice-contact-verified",
            Self::ContactRemoved { .. } => "notice-contact-removed",
            Self::PasswordChanged => "notice-password-changed",
            Self::Approval { asked: Asked::HelpWithYourCard, .. } => "notice-approval-help",
            Self::Approval { asked: Asked::BecomeHelper, .. } => "notice-approval-become",
            Self::WrongTries { .. } => "notice-wrong-tries",
        }
    }
}

/// A one-time code. The last line binds it to the host, so that a phone offers it there only (the
/// format of origin-bound one-time codes, WICG). The body serves as e-mail and as text message; the
/// subject names no code, because it stands on locked screens.
pub fn code_message(
    business: &Business,
    language: Language,
    code: &str,
    host: &str,
    minutes: u32,
) -> (String, String) {
    let words = Words::of(language);
    let arguments = [
        ("brand", business.brand.get(language).into()),
        ("code", code.into()),
        ("minutes", minutes.into()),
    ];
    let sentence = words.say_with("notice-code-body", &arguments);
    let body = format!("{}\n\n@{host} #{code}", sms::plain(language, &sentence));
    (words.say_with("notice-code-subject", &arguments), body)
}

/// A code that the reader, who has called, is to read to our agent: subject and body.
pub fn call_code_message(
    business: &Business,
    language: Language,
    code: &str,
    minutes: u32,
) -> (String, String) {
    let words = Words::of(language);
    let arguments = [
        ("brand", business.brand.get(language).into()),
        ("code", code.into()),
        ("minutes", minutes.into()),
        ("phone", business.phone.as_str().into()),
    ];
    let body = words.say_with("notice-call-code-body", &arguments);
    (words.say_with("notice-code-subject", &arguments), sms::plain(language, &body))
}

/// A message about an account: subject and body. A text message has no subject.
pub fn account_message(
    message: &AccountMessage<'_>,
    medium: Medium,
    language: Language,
    business: &Business,
) -> (String, String) {
    let words = Words::of(language);
    let arguments = arguments(message, words, business);
    let body = words.say_with(&format!("{}-body", message.stem()), &arguments);
    match medium {
        Medium::Sms => (String::new(), sms::plain(language, &body)),
        Medium::Email => {
            let subject = words.say_with(&format!("{}-subject", message.stem()), &arguments);
            let footer = footer(words, business, "notice-why-account");
            (subject, format!("{body}\n\n{footer}"))
        }
    }
}

fn arguments(
    message: &AccountMessage<'_>,
    words: &Words,
    business: &Business,
) -> Vec<(&'static str, Argument)> {
    let mut arguments = vec![
        ("brand", business.brand.get(words.language()).into()),
        ("phone", business.phone.as_str().into()),
    ];
    match *message {
        AccountMessage::ContactVerified { contact }
        | AccountMessage::ContactRemoved { contact } => arguments.push(("contact", contact.into())),
        AccountMessage::PasswordChanged => {}
        AccountMessage::Approval { asker, card, link, until, .. } => {
            arguments.push(("asker", asker.into()));
            arguments.push(("card", card.into()));
            arguments.push(("link", link.into()));
            arguments.push(("when", words.date_time_short(until).into()));
        }
        AccountMessage::WrongTries { until } => {
            arguments.push(("when", words.date_time_short(until).into()));
        }
    }
    arguments
}
