//! What is agreed to when a line is to renew itself, and what its payer is told.

use super::business::Business;
use super::notice::footer;
use super::{hint, sms};
use farline_domain::auto_renew::{AutoRenew, Consent, Means, Progress, Trigger, Why};
use farline_domain::catalog::{Operator, Plan};
use farline_domain::kernel::{AllowanceKind, Money, Zone};
use farline_domain::lines::Line;
use farline_domain::notices::{AutoRenewNews, AutoRenewNotice, Medium};
use farline_domain::payments::{DeclineAdvice, PaymentMethod, SavedMethod};
use farline_texts::{Argument, Words};

/// The version of the consent's text: it changes with any word of it.
pub const CONSENT_VERSION: &str = "2026-11-28";

/// What a consent says.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The consent.
    pub consent: &'a Consent,
    /// The plan that it buys.
    pub plan: &'a Plan,
    /// The line.
    pub line: &'a Line,
    /// Whose line it is.
    pub operator: &'a Operator,
    /// What the plan costs now, with tax.
    pub total: Money,
    /// The saved method that pays, if one does.
    pub method: Option<&'a SavedMethod>,
}

fn money(words: &Words, money: Money) -> String {
    words.money(money.minor, money.currency.code())
}

/// A saved method as its owner knows it: `Visa ending in 4242`.
pub fn saved_method(words: &Words, method: &SavedMethod) -> String {
    let key = match method.method {
        PaymentMethod::Paypal => "saved-method-account",
        PaymentMethod::Credit
        | PaymentMethod::Debit
        | PaymentMethod::Card
        | PaymentMethod::Alipay
        | PaymentMethod::WechatPay
        | PaymentMethod::Other
        | PaymentMethod::LineCredit
        | PaymentMethod::Cash
        | PaymentMethod::Interac
        | PaymentMethod::WechatTransfer
        | PaymentMethod::PartnerAccount
        | PaymentMethod::Marketplace => "saved-method-card",
    };
    let brand = method.brand.as_str().into();
    words.say_with(key, &[("brand", brand), ("hint", method.hint.as_str().into())])
}

/// When a line renews itself.
pub fn trigger(words: &Words, trigger: Trigger, operator: &Operator) -> String {
    let zone = words.zone_name(operator.lifecycle.zone.name());
    let (key, mark) = match trigger {
        Trigger::BeforeExpiry(0) => ("auto-renew-when-last-day", String::new()),
        Trigger::BeforeExpiry(days) => ("auto-renew-when-before", words.days(i64::from(days))),
        Trigger::Cycle => ("auto-renew-when-cycle", String::new()),
        Trigger::Below(AllowanceKind::Credit, mark) => {
            let credit = words.money(mark.count(), operator.currency.code());
            ("auto-renew-when-credit", credit)
        }
        Trigger::Below(
            AllowanceKind::Data | AllowanceKind::Voice | AllowanceKind::Messages,
            mark,
        ) => ("auto-renew-when-data", words.data(mark.count())),
    };
    words.say_with(key, &[("mark", mark.into()), ("zone", zone.into())])
}

/// By which means it is paid.
pub fn means(words: &Words, means: &Means, method: Option<&SavedMethod>) -> String {
    let method = method.map(|method| saved_method(words, method)).unwrap_or_default();
    let key = match means {
        Means::Saved(_) => "auto-renew-how-saved",
        Means::LineCredit => "auto-renew-how-credit",
        Means::PayLink => "auto-renew-how-link",
    };
    words.say_with(key, &[("method", method.into())])
}

/// By which means it is paid, in a word: for whoever may not know the method, that it is one of the holder's.
pub fn pays(words: &Words, means: &Means, method: Option<&SavedMethod>) -> String {
    match (means, method) {
        (Means::Saved(_), Some(method)) => saved_method(words, method),
        (Means::Saved(_), None) => words.say("auto-pays-saved"),
        (Means::LineCredit, _) => words.say("auto-pays-credit"),
        (Means::PayLink, _) => words.say("auto-pays-link"),
    }
}

/// How it stands: a sentence.
pub fn stands(words: &Words, standing: &AutoRenew, zone: &Zone) -> String {
    if standing.stopped.is_some() {
        return words.say("auto-why-stopped");
    }
    match &standing.progress {
        Progress::Resting => words.say("auto-resting"),
        Progress::Announced { attempt: 0 | 1, .. } => words.say("auto-announced"),
        Progress::Announced { charge_at, .. } => {
            let when = words.date_time_short(&charge_at.in_zone(zone));
            words.say_with("auto-retrying", &[("when", when.into())])
        }
        Progress::Charging { .. } => words.say("auto-charging"),
        Progress::Asking { why, .. } => words.say(why_key(*why)),
    }
}

/// Why it is the payer's turn.
const fn why_key(why: Why) -> &'static str {
    match why {
        Why::Declined(DeclineAdvice::Authenticate) => "auto-why-authenticate",
        Why::Declined(DeclineAdvice::Never) => "auto-why-stopped",
        Why::Declined(
            DeclineAdvice::RetryLater | DeclineAdvice::RetryOnce | DeclineAdvice::AskCustomer,
        ) => "auto-why-declined",
        Why::OverCap => "auto-why-over-cap",
        Why::NotEnoughCredit => "auto-why-not-enough-credit",
        Why::NotSold => "auto-why-not-sold",
        Why::PayLink => "auto-why-pay-link",
        Why::TooManyDeclines => "auto-why-too-many-declines",
        Why::NotDelivered => "auto-why-not-delivered",
        Why::CalledOff => "auto-why-called-off",
    }
}

/// The sentences of a consent, as they are shown before it is given.
pub fn consent_sentences(business: &Business, terms: &Terms<'_>) -> Vec<String> {
    let consent = terms.consent;
    let words = Words::of(consent.language);
    let caps = consent.caps;
    let what = [
        ("brand", business.brand.get(consent.language).into()),
        ("merchant", business.legal_name.as_str().into()),
        ("card", hint(words, terms.line).into()),
        ("operator", terms.operator.name.as_str().into()),
        ("plan", terms.plan.name.get(consent.language).into()),
        ("amount", money(words, terms.total).into()),
    ];
    let most = [
        ("charge", money(words, caps.charge).into()),
        ("day", money(words, caps.day).into()),
        ("month", money(words, caps.month).into()),
    ];
    let mut sentences = vec![
        words.say_with("consent-what", &what),
        trigger(words, consent.trigger, terms.operator),
        means(words, &consent.means, terms.method),
        words.say_with("consent-caps", &most),
        words.say("consent-notice"),
    ];
    if matches!(consent.means, Means::Saved(_)) {
        sentences.push(words.say("consent-declined"));
    }
    sentences.push(words.say("consent-end"));
    sentences
}

/// The whole text of a consent: what is kept as its evidence.
pub fn consent_text(business: &Business, terms: &Terms<'_>) -> String {
    consent_sentences(business, terms).join("\n")
}

/// What a notice about an auto-renew tells of.
#[derive(Clone, Debug)]
pub struct NoticeFacts<'a> {
    /// The notice.
    pub notice: &'a AutoRenewNotice,
    /// The plan, if it is still sold.
    pub plan: Option<&'a Plan>,
    /// The line.
    pub line: &'a Line,
    /// Whose line it is.
    pub operator: &'a Operator,
    /// Who sells.
    pub business: &'a Business,
    /// Where the renewal can be paid with one tap.
    pub pay_link: String,
    /// Where the auto-renew is seen, changed and ended.
    pub manage_link: String,
}

/// Puts a notice into words: subject and body. A text message has no subject.
pub fn compose(facts: &NoticeFacts<'_>) -> (String, String) {
    let words = Words::of(facts.notice.language);
    let stem = format!("auto-renew-{}", facts.notice.news.code());
    let arguments = arguments(words, facts);
    let say = |part: &str| words.say_with(&format!("{stem}-{part}"), &arguments);
    match facts.notice.medium {
        Medium::Sms => (String::new(), sms::plain(words.language(), &say("sms"))),
        Medium::Email => {
            let row = |label: &str, value: &str| {
                let pair = [("label", words.say(label).into()), ("value", value.into())];
                words.say_with("notice-row", &pair)
            };
            let mut links = Vec::new();
            if can_be_paid(facts.notice.news) {
                links.push(row("auto-renew-label-pay", &facts.pay_link));
            }
            links.push(row("auto-renew-label-manage", &facts.manage_link));
            let footer = footer(words, facts.business, "notice-why-auto-renew");
            (say("subject"), [say("lead"), links.join("\n"), footer].join("\n\n"))
        }
    }
}

/// Whether the payer can renew by hand there and then.
const fn can_be_paid(news: AutoRenewNews) -> bool {
    match news {
        AutoRenewNews::PayByLink
        | AutoRenewNews::Authenticate
        | AutoRenewNews::AskCustomer
        | AutoRenewNews::Stopped
        | AutoRenewNews::OverCap
        | AutoRenewNews::NotEnoughCredit
        | AutoRenewNews::NotSold => true,
        AutoRenewNews::Agreed
        | AutoRenewNews::Ended
        | AutoRenewNews::Announced
        | AutoRenewNews::Retrying
        | AutoRenewNews::CardExpires => false,
    }
}

fn arguments(words: &Words, facts: &NoticeFacts<'_>) -> Vec<(&'static str, Argument)> {
    let (notice, zone) = (facts.notice, &facts.operator.lifecycle.zone);
    let when = notice.at.map(|at| {
        let local = at.in_zone(zone);
        match notice.medium {
            Medium::Email => words.date_time(&local),
            Medium::Sms => words.date_time_short(&local),
        }
    });
    let plan = facts.plan.map_or(notice.plan.as_str(), |plan| plan.name.get(notice.language));
    vec![
        ("brand", facts.business.brand.get(notice.language).into()),
        ("card", hint(words, facts.line).into()),
        ("plan", plan.into()),
        ("amount", notice.total.map(|total| money(words, total)).unwrap_or_default().into()),
        ("dated", if when.is_some() { "yes" } else { "no" }.into()),
        ("when", when.unwrap_or_default().into()),
        ("pay", facts.pay_link.as_str().into()),
        ("manage", facts.manage_link.as_str().into()),
    ]
}
