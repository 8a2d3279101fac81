//! Reminders in words.

use super::business::Business;
use super::notice::footer;
use super::{hint, marketing, promotion_gives, sms};
use farline_domain::balance::DepletionMark;
use farline_domain::catalog::{Operator, Promotion};
use farline_domain::kernel::{AllowanceKind, Language};
use farline_domain::lines::Line;
use farline_domain::notices::Medium;
use farline_domain::reminders::{Pace, Paces, ReminderReason};
use farline_texts::{Argument, Words};
use jiff::civil::Date;

/// Whether a text message can be answered with a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// YES renews.
    Yes,
    /// It cannot: no method that could be charged, or another number than the card's own.
    None,
}

/// What a reminder tells of.
#[derive(Clone, Debug)]
pub struct ReminderFacts<'a> {
    /// Why.
    pub reason: ReminderReason,
    /// The line.
    pub line: &'a Line,
    /// What it has left.
    pub paces: Paces,
    /// Whose line it is.
    pub operator: &'a Operator,
    /// Who sells.
    pub business: &'a Business,
    /// How it travels.
    pub medium: Medium,
    /// In which language.
    pub language: Language,
    /// Whether an answer renews.
    pub reply: Reply,
    /// Where the line is renewed in two taps.
    pub renew_link: String,
    /// Where reminders are changed; nothing for a line that nobody signs in for.
    pub manage_link: Option<String>,
    /// The local date of the line.
    pub today: Date,
    /// The promotion that ends, if that is why.
    pub promotion: Option<&'a Promotion>,
    /// Where messages that sell are stopped, if this is one.
    pub way_out: Option<&'a str>,
}

/// Puts a reminder into words: subject and body. A text message has no subject.
pub fn compose(facts: &ReminderFacts<'_>) -> (String, String) {
    let words = Words::of(facts.language);
    let stem = format!("reminder-{}", facts.reason.text());
    let arguments = arguments(words, facts);
    let say = |part: &str| words.say_with(&format!("{stem}-{part}"), &arguments);
    match facts.medium {
        Medium::Sms => {
            let end = match facts.way_out {
                Some(way_out) => marketing::sms_end(words, facts.business, way_out),
                None => words.say_with("reminder-sms-end", &arguments),
            };
            let text = format!("{} {end}", say("sms"));
            (String::new(), sms::plain(facts.language, &text))
        }
        Medium::Email => {
            let row = |label: &str, value: &str| {
                let pair = [("label", words.say(label).into()), ("value", value.into())];
                words.say_with("notice-row", &pair)
            };
            let mut links = vec![row("auto-renew-label-pay", &facts.renew_link)];
            let (label, manage, why) = match facts.way_out {
                Some(way_out) => ("marketing-label-way-out", Some(way_out), "notice-why-marketing"),
                None => {
                    ("reminder-label-manage", facts.manage_link.as_deref(), "notice-why-reminder")
                }
            };
            links.extend(manage.map(|link| row(label, link)));
            let footer = footer(words, facts.business, why);
            (say("subject"), [say("lead"), links.join("\n"), footer].join("\n\n"))
        }
    }
}

fn arguments(words: &Words, facts: &ReminderFacts<'_>) -> Vec<(&'static str, Argument)> {
    let rule = &facts.operator.lifecycle;
    let milestones = facts.line.dates.expires_on.map(|expires_on| rule.milestones(expires_on));
    let date = |date: Option<Date>| date.map(|date| words.date(date)).unwrap_or_default();
    let days = match facts.reason {
        ReminderReason::ExpiresIn(_) => {
            milestones.map_or(0, |dates| (dates.expires_on - facts.today).get_days())
        }
        ReminderReason::GraceBegins
        | ReminderReason::LastSafeDay
        | ReminderReason::NumberEnds
        | ReminderReason::Used(..)
        | ReminderReason::RunsOut
        | ReminderReason::RunsOutVoice
        | ReminderReason::CreditLow
        | ReminderReason::PromotionEnds => 0,
    };
    let name = facts.promotion.map(|it| it.name.get(facts.language).to_owned());
    let gives = facts.promotion.map(|it| promotion_gives(words, it, facts.operator.currency));
    vec![
        ("brand", facts.business.brand.get(facts.language).into()),
        ("card", hint(words, facts.line).into()),
        ("days", words.days(i64::from(days)).into()),
        ("last", if days == 0 { "yes" } else { "no" }.into()),
        ("expires", date(milestones.map(|dates| dates.expires_on)).into()),
        ("grace", date(milestones.map(|dates| dates.left_until)).into()),
        ("kept", date(milestones.map(|dates| dates.number_kept_until)).into()),
        ("what", words.say(what(facts.reason)).into()),
        ("percent", percent(facts.reason).into()),
        ("left", left(words, facts).into()),
        ("promotion", name.unwrap_or_default().into()),
        ("gives", gives.unwrap_or_default().into()),
        ("until", date(facts.promotion.map(|it| it.valid_until)).into()),
        ("reply", if facts.reply == Reply::Yes { "yes" } else { "no" }.into()),
        ("link", facts.renew_link.as_str().into()),
    ]
}

/// What is left of what runs out.
fn left(words: &Words, facts: &ReminderFacts<'_>) -> String {
    let Some(kind) = facts.reason.kind() else { return String::new() };
    let Some(Pace { left, .. }) = facts.paces.of(kind) else { return String::new() };
    match kind {
        AllowanceKind::Voice => words.minutes(left.count()),
        AllowanceKind::Data | AllowanceKind::Messages | AllowanceKind::Credit => {
            words.data(left.count())
        }
    }
}

/// What is used up, as a word.
const fn what(reason: ReminderReason) -> &'static str {
    match reason.kind() {
        Some(AllowanceKind::Voice) => "reminder-what-voice",
        Some(AllowanceKind::Credit) => "reminder-what-credit",
        Some(AllowanceKind::Data | AllowanceKind::Messages) | None => "reminder-what-data",
    }
}

/// How much of it is used, in percent.
const fn percent(reason: ReminderReason) -> &'static str {
    match reason {
        ReminderReason::Used(_, DepletionMark::ThreeQuarters) => "75",
        ReminderReason::Used(_, DepletionMark::NineTenths) => "90",
        ReminderReason::Used(_, DepletionMark::UsedUp)
        | ReminderReason::ExpiresIn(_)
        | ReminderReason::GraceBegins
        | ReminderReason::LastSafeDay
        | ReminderReason::NumberEnds
        | ReminderReason::RunsOut
        | ReminderReason::RunsOutVoice
        | ReminderReason::CreditLow
        | ReminderReason::PromotionEnds => "100",
    }
}
