//! What the telephone robot says, and what text messages are answered.

use super::business::Business;
use super::sms;
use crate::App;
use crate::ports::notice::Medium;
use farline_domain::catalog::{Catalogue, Plan};
use farline_domain::hotline::robot::{
    LinkOutcome, NoOffer, Offer, Outcome, Said, Speech, Standing, Tongue,
};
use farline_domain::kernel::{Currency, Language, Money};
use farline_domain::lines::LineStatus;
use farline_texts::{Argument, Words};

/// One thing said, in one tongue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In which.
    pub tongue: Tongue,
    /// What.
    pub text: String,
}

/// What the robot says, sentence by sentence.
pub fn spoken(app: &App, speech: &Speech) -> Vec<Sentence> {
    let catalogue = app.store.catalogue();
    let mouth = Mouth { business: &app.business, catalogue: &catalogue, tongue: speech.tongue };
    speech.said.iter().flat_map(|said| mouth.sentences(said)).collect()
}

/// One text of the robot by its key, for what is said outside a call's own course.
pub fn one(app: &App, tongue: Tongue, key: &str) -> Sentence {
    let phone = app.business.phone.as_str().into();
    Sentence { tongue, text: Words::spoken(tongue).say_with(key, &[("phone", phone)]) }
}

/// The words that come before a yes: they are kept with it.
pub(crate) fn agreed_words(app: &App, tongue: Tongue, offer: &Offer) -> String {
    let offer = Box::new(offer.clone());
    let speech = Speech { tongue, said: vec![Said::Offer(offer), Said::Agree] };
    let texts: Vec<String> =
        spoken(app, &speech).into_iter().map(|sentence| sentence.text).collect();
    texts.join(" ")
}

struct Mouth<'a> {
    business: &'a Business,
    catalogue: &'a Catalogue,
    tongue: Tongue,
}

impl Mouth<'_> {
    fn words(&self) -> &'static Words {
        Words::spoken(self.tongue)
    }

    fn say(&self, key: &str) -> Vec<Sentence> {
        vec![one_of(self.tongue, self.words().say(key))]
    }

    fn say_with(&self, key: &str, arguments: &[(&str, Argument)]) -> Vec<Sentence> {
        vec![one_of(self.tongue, self.words().say_with(key, arguments))]
    }

    fn sentences(&self, said: &Said) -> Vec<Sentence> {
        match said {
            Said::Languages => Tongue::ALL.iter().zip(1_i64..).map(language(self)).collect(),
            Said::OwnCard(digits) => {
                self.say_with("robot-own-card", &[("digits", apart(digits).into())])
            }
            Said::TypeNumber => self.say("robot-type-number"),
            Said::UnknownNumber => self.say("robot-unknown-number"),
            Said::TypePin => self.say("robot-type-pin"),
            Said::WrongPin => self.say("robot-wrong-pin"),
            Said::PinLocked => self.say("robot-pin-locked"),
            Said::Left(standing) => self.left(standing),
            Said::Menu => self.say("robot-menu"),
            Said::Offer(offer) => self.offer(offer),
            Said::Agree => self.say("robot-agree"),
            Said::NoOffer(why) => self.say(no_offer_key(*why)),
            Said::Renewed(outcome) => self.outcome(*outcome),
            Said::Linked(outcome) => self.say(link_key(*outcome)),
            Said::NothingOrdered => self.say("robot-nothing-ordered"),
            Said::NoSuchKey => self.say("robot-no-such-key"),
            Said::Trouble => self.say("robot-trouble"),
            Said::Connecting => self.say("robot-connecting"),
            Said::Goodbye => self.say("robot-goodbye"),
        }
    }

    fn left(&self, standing: &Standing) -> Vec<Sentence> {
        let words = self.words();
        let left = amounts(words, standing);
        let amounts = if left.is_empty() {
            self.say("robot-left-nothing")
        } else {
            self.say_with("robot-left", &[("left", words.list(&left).into())])
        };
        let until = || {
            let key = format!("robot-until-{}", standing.status.code());
            one_of(self.tongue, dated(words, &key, standing))
        };
        let until = (!standing.comes_back).then(until);
        let underway = standing.underway.into_iter().flat_map(|outcome| self.outcome(outcome));
        underway.chain(amounts).chain(until).collect()
    }

    fn offer(&self, offer: &Offer) -> Vec<Sentence> {
        let words = self.words();
        let terms = offer.terms_sent.map(|medium| match medium {
            Medium::Email => self.say("robot-terms-email"),
            Medium::Sms => self.say("robot-terms-sms"),
        });
        let plan = self.catalogue.plans.get(&offer.plan);
        let plan = plan.map(|plan| plan.name.get(self.tongue.language()).to_owned());
        let plan = plan.unwrap_or_else(|| offer.plan.to_string());
        let offered = [
            ("plan", plan.into()),
            ("total", money(words, offer.total).into()),
            ("method", method(words, &offer.method_name).into()),
        ];
        let until = offer
            .expires_on
            .map(|date| self.say_with("robot-offer-until", &[("date", words.date(date).into())]));
        let offer = self.say_with("robot-offer", &offered);
        let before = terms.into_iter().flatten();
        before.chain(offer).chain(until.into_iter().flatten()).collect()
    }

    fn outcome(&self, outcome: Outcome) -> Vec<Sentence> {
        match outcome {
            Outcome::Delivered(Some(date)) => {
                let date = self.words().date(date);
                self.say_with("robot-delivered-until", &[("date", date.into())])
            }
            outcome => self.say(&format!("robot-{}", outcome_key(outcome))),
        }
    }
}

const fn one_of(tongue: Tongue, text: String) -> Sentence {
    Sentence { tongue, text }
}

/// The key of each tongue, said in that tongue.
fn language(mouth: &Mouth<'_>) -> impl Fn((&Tongue, i64)) -> Sentence {
    let brands =
        Language::ALL.map(|language| (language, mouth.business.brand.get(language).to_owned()));
    move |(tongue, key)| {
        let brand = brands.iter().find(|(language, _)| *language == tongue.language());
        let brand = brand.map_or("", |(_, brand)| brand.as_str());
        let arguments = [("brand", brand.into()), ("key", key.into())];
        one_of(*tongue, Words::spoken(*tongue).say_with("robot-language", &arguments))
    }
}

const fn no_offer_key(why: NoOffer) -> &'static str {
    match why {
        NoOffer::NoPlan => "robot-no-plan",
        NoOffer::NoMethod => "robot-no-method",
        NoOffer::InProgress => "robot-in-progress",
        NoOffer::TermsNotSent => "robot-terms-not-sent",
        NoOffer::NotRenewable => "robot-not-renewable",
    }
}

const fn link_key(outcome: LinkOutcome) -> &'static str {
    match outcome {
        LinkOutcome::Sent => "robot-link-sent",
        LinkOutcome::Stopped => "robot-link-stopped",
        LinkOutcome::NoNumber => "robot-link-no-number",
        LinkOutcome::TooMany => "robot-link-too-many",
        LinkOutcome::NotNow => "robot-link-not-now",
        LinkOutcome::NotSent => "robot-link-not-sent",
    }
}

/// The end of an outcome's key, after `robot-` or `text-`.
pub(crate) const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered(_) => "delivered",
        Outcome::OnItsWay => "on-its-way",
        Outcome::Unknown => "unknown",
        Outcome::ChargeUnknown => "charge-unknown",
        Outcome::Declined => "declined",
        Outcome::NotOrdered => "not-ordered",
        Outcome::InProgress => "in-progress",
        Outcome::TooMany => "too-many",
        Outcome::GoesBack => "goes-back",
    }
}

fn dated(words: &Words, key: &str, standing: &Standing) -> String {
    let date = standing.until.map(|date| words.date(date)).unwrap_or_default();
    match standing.status {
        LineStatus::Active | LineStatus::Grace | LineStatus::Suspended => {
            words.say_with(key, &[("date", date.into())])
        }
        LineStatus::Inactive | LineStatus::Closed => words.say(key),
    }
}

/// What is left, each in words: what there is none of is not spoken of.
fn amounts(words: &Words, standing: &Standing) -> Vec<String> {
    let counted = |key: &str, count: i64| words.say_with(key, &[("count", count.into())]);
    let some = |count: i64| Some(count).filter(|count| *count > 0);
    let data = standing.data.and_then(|data| some(data.count()));
    let minutes = standing.voice.and_then(|voice| some(voice.count() / 60));
    let messages = standing.messages.and_then(|messages| some(messages.count()));
    let credit = standing.credit.filter(|credit| credit.minor > 0);
    let credit = credit
        .map(|credit| words.say_with("spoken-credit", &[("amount", money(words, credit).into())]));
    let found = [
        data.map(|octets| self::data(words, octets)),
        minutes.map(|minutes| counted("spoken-minutes", minutes)),
        messages.map(|messages| counted("spoken-messages", messages)),
        credit,
    ];
    found.into_iter().flatten().collect()
}

/// Data with its unit as a word. Less than a megabyte is none.
fn data(words: &Words, octets: i64) -> String {
    let whole = octets / 1_000_000 * 1_000_000;
    let key = if whole >= 1_000_000_000 { "spoken-gigabytes" } else { "spoken-megabytes" };
    let (number, _) = words.data_parts(whole);
    words.say_with(key, &[("number", number.into())])
}

/// An amount as it is said: dollars and cents.
fn money(words: &Words, amount: Money) -> String {
    if amount.currency != Currency::CAD {
        return words.money(amount.minor, amount.currency.code());
    }
    let said = |key: &str, count: i64| words.say_with(key, &[("count", count.into())]);
    let (dollars, cents) = (amount.minor / 100, amount.minor % 100);
    match (dollars, cents) {
        (dollars, 0) => said("spoken-dollars", dollars),
        (0, cents) => said("spoken-cents", cents),
        (dollars, cents) => {
            let parts = [
                ("dollars", said("spoken-dollars", dollars).into()),
                ("cents", said("spoken-cents", cents).into()),
            ];
            words.say_with("spoken-dollars-cents", &parts)
        }
    }
}

/// What a method is called: its brand, and the digits of a card one by one.
fn method(words: &Words, (brand, hint): &(String, String)) -> String {
    let is_card = !hint.is_empty() && hint.chars().all(|sign| sign.is_ascii_digit());
    if !is_card {
        return brand.clone();
    }
    let parts = [("brand", brand.as_str().into()), ("digits", apart(hint).into())];
    words.say_with("spoken-method", &parts)
}

/// Digits one by one, so that no voice reads them as a number.
fn apart(digits: &str) -> String {
    let digits: Vec<String> = digits.chars().map(String::from).collect();
    digits.join(" ")
}

/// The text message with a link to pay by.
pub(crate) fn link_text(app: &App, language: Language, link: &str) -> String {
    text(&app.business, language, ("text-link", &[("link", link.into())]))
}

/// An answer to a text message.
pub(crate) fn text(
    business: &Business,
    language: Language,
    (key, arguments): (&str, &[(&str, Argument)]),
) -> String {
    let own = [
        ("brand", business.brand.get(language).into()),
        ("seller", business.legal_name.as_str().into()),
        ("phone", business.phone.as_str().into()),
        ("email", business.email.as_str().into()),
    ];
    let all: Vec<(&str, Argument)> = own.into_iter().chain(arguments.iter().cloned()).collect();
    sms::plain(language, &Words::of(language).say_with(key, &all))
}

/// What is left on a card, as a text message to the card itself.
pub(crate) fn left_text(
    business: &Business,
    language: Language,
    (card, standing): (&str, &Standing),
) -> String {
    let words = Words::of(language);
    let left = amounts(words, standing);
    let (key, left) = if left.is_empty() {
        ("text-left-nothing", String::new())
    } else {
        ("text-left", words.list(&left))
    };
    let first = text(business, language, (key, &[("card", card.into()), ("left", left.into())]));
    let until = if standing.comes_back {
        words.say("text-until-renewing")
    } else {
        dated(words, &format!("text-until-{}", standing.status.code()), standing)
    };
    sms::plain(language, &sms::joined(language, &[first, until]))
}

/// What a text message offers, with everything that it can be agreed to by.
pub(crate) fn offer_text(
    app: &App,
    language: Language,
    (card, plan, offer): (&str, &Plan, &Offer),
) -> String {
    let words = Words::of(language);
    let link = format!("{}/{}/terms", app.base_url, language.path());
    let total = words.money(offer.total.minor, offer.total.currency.code());
    let arguments = [
        ("card", card.into()),
        ("plan", plan.name.get(language).into()),
        ("total", total.into()),
        ("method", method(words, &offer.method_name).into()),
        ("link", link.into()),
    ];
    text(&app.business, language, ("text-offer", &arguments))
}
