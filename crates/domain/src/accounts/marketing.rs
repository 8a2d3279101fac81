//! Consent to messages that sell: express, of an account, kept apart from what it is told of its own cards (CASL, s. 6 and 10).

use crate::kernel::{Instant, Language};
use crate::notices::Medium;
use serde::{Deserialize, Serialize};

/// Where a choice was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketingPlace {
    /// On the account's page.
    AccountPage,
    /// On the page that a message's way out leads to, or by the mail program that knows it (RFC 8058).
    WayOut,
    /// By a text message that says STOP.
    Text,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum MarketingAct {
    /// Consent was given.
    Given {
        /// To these words, in full.
        words: String,
        /// Their version.
        version: u16,
        /// Their language.
        language: Language,
    },
    /// It was withdrawn.
    Withdrawn,
}

impl MarketingAct {
    /// The word that is stored. In the order of these words, what happened at the same instant comes in order: a withdrawal last.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Given { .. } => "given",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One choice of an account. Choices are only ever added; the newest of a medium counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketingChoice {
    /// For messages by this medium.
    pub medium: Medium,
    /// When.
    pub at: Instant,
    /// Where.
    pub place: MarketingPlace,
    /// What.
    #[serde(flatten)]
    pub act: MarketingAct,
}

/// A consent as its choices prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketingConsent {
    /// The choice by which it was given.
    pub given: MarketingChoice,
    /// When it was withdrawn; nothing while it stands.
    pub withdrawn_at: Option<Instant>,
}

impl MarketingConsent {
    /// The newest consent to messages by a medium; nothing, if none was ever given. The choices may be in any order.
    pub fn newest(choices: &[MarketingChoice], medium: Medium) -> Option<Self> {
        let order = |choice: &&MarketingChoice| (choice.at, choice.act.code());
        let of_medium = || choices.iter().filter(move |choice| choice.medium == medium);
        let is_given = |choice: &&MarketingChoice| choice.act != MarketingAct::Withdrawn;
        let given = of_medium().filter(is_given).max_by_key(order)?;
        let later = |choice: &&MarketingChoice| order(choice) > order(&given);
        let withdrawn = of_medium().filter(later).min_by_key(order);
        Some(Self { given: given.clone(), withdrawn_at: withdrawn.map(|choice| choice.at) })
    }

    /// Whether it stands.
    pub const fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(medium: Medium, seconds: i64, act: MarketingAct) -> MarketingChoice {
        let at = Instant::from_millis(1_795_000_000_000).plus_seconds(seconds);
        MarketingChoice { medium, at, place: MarketingPlace::AccountPage, act }
    }

    #[test]
    fn the_newest_choice_of_a_medium_counts_and_a_withdrawal_is_the_last_word_of_its_instant() {
        let given = |words: &str| MarketingAct::Given {
            words: words.to_owned(),
            version: 1,
            language: Language::FrCa,
        };
        let (mail, text) = (Medium::Email, Medium::Sms);
        // What was chosen of e-mail, in any order; whether consent stands, and to which words.
        let table = [
            (vec![], None),
            (vec![(0, MarketingAct::Withdrawn)], None),
            (vec![(0, given("a"))], Some(("a", true))),
            (vec![(5, MarketingAct::Withdrawn), (0, given("a"))], Some(("a", false))),
            (vec![(0, given("a")), (0, MarketingAct::Withdrawn)], Some(("a", false))),
            (
                vec![(9, given("b")), (5, MarketingAct::Withdrawn), (0, given("a"))],
                Some(("b", true)),
            ),
        ];
        for (chosen, expected) in table {
            let mut choices: Vec<_> =
                chosen.into_iter().map(|(at, act)| choice(mail, at, act)).collect();
            choices.push(choice(text, 100, MarketingAct::Withdrawn));
            let found = MarketingConsent::newest(&choices, mail);
            let words = |consent: &MarketingConsent| match &consent.given.act {
                MarketingAct::Given { words, .. } => words.clone(),
                MarketingAct::Withdrawn => String::new(),
            };
            let told = found.as_ref().map(|consent| (words(consent), consent.stands()));
            assert_eq!(told, expected.map(|(words, stands)| (words.to_owned(), stands)));
            assert_eq!(MarketingConsent::newest(&choices, text), None);
        }
    }

    #[test]
    fn a_choice_is_read_as_it_was_written() {
        let act = MarketingAct::Given { words: "yes".into(), version: 1, language: Language::ZhCn };
        for act in [act, MarketingAct::Withdrawn] {
            let kept = choice(Medium::Sms, 0, act);
            let text = serde_json::to_string(&kept).unwrap();
            assert_eq!(serde_json::from_str::<MarketingChoice>(&text).unwrap(), kept, "{text}");
        }
    }
}
