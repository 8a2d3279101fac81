//! A comparison of channels in words.

use super::validity_text;
use crate::comparison::ChannelService;
use farline_domain::comparison::{
    Cover, Gives, Granted, Lack, Lasts, ListedTax, Listing, Never, Offered, Reason, Service, WhyNot,
};
use farline_domain::kernel::{AllowanceKind, Money};
use farline_texts::Words;

fn money(words: &Words, amount: Money) -> String {
    words.money(amount.minor, amount.currency.code())
}

/// The stem of a kind's sentences.
const fn stem(kind: AllowanceKind) -> &'static str {
    match kind {
        AllowanceKind::Data => "data",
        AllowanceKind::Voice => "voice",
        AllowanceKind::Messages => "messages",
        AllowanceKind::Credit => "credit",
    }
}

/// What is had for the total: `10 GB · 600 minutes · 60 days`.
pub fn offer_gives(words: &Words, gives: &Gives) -> String {
    let kinds = [
        (AllowanceKind::Data, gives.data),
        (AllowanceKind::Voice, gives.voice),
        (AllowanceKind::Messages, gives.messages),
    ];
    let mut parts: Vec<String> =
        kinds.into_iter().filter_map(|(kind, granted)| amount(words, kind, granted)).collect();
    parts.push(words.days(i64::from(gives.days)));
    words.dot(&parts)
}

fn amount(words: &Words, kind: AllowanceKind, granted: Granted) -> Option<String> {
    match granted {
        Granted::Unlimited => Some(words.say(&format!("compare-unlimited-{}", stem(kind)))),
        Granted::Amount(units) if units.is_zero() => None,
        Granted::Amount(units) => Some(match kind {
            AllowanceKind::Voice => words.minutes(units.count()),
            AllowanceKind::Messages => words.messages(units.count()),
            AllowanceKind::Data | AllowanceKind::Credit => words.data(units.count()),
        }),
    }
}

/// How often it has to be bought, or why no number of purchases covers the need.
pub fn offer_covers(words: &Words, offered: &Offered) -> String {
    match offered.cover {
        Cover::Times(times) => {
            words.say_with("compare-times", &[("count", i64::from(times).into())])
        }
        Cover::Never(never) => says_never(words, never),
    }
}

fn says_never(words: &Words, never: Never) -> String {
    match never {
        Never::Without(kind) => words.say(&format!("compare-never-without-{}", stem(kind))),
        Never::AddsToAPlan => words.say("compare-never-adds"),
        Never::WaitsItsTurn(kind) => words.say(&format!("compare-never-waits-{}", stem(kind))),
        Never::TooOften => words.say("compare-never-often"),
    }
}

/// How long one purchase lasts.
pub fn offer_lasts(words: &Words, lasts: Lasts) -> Option<String> {
    match lasts {
        Lasts::Whole => Some(words.say("compare-lasts-whole")),
        Lasts::Until { short_on, lack } => {
            let key = match lack {
                Lack::Days => "compare-lasts-days".to_owned(),
                Lack::Of(kind) => format!("compare-lasts-{}", stem(kind)),
            };
            Some(words.say_with(&key, &[("date", words.date(short_on).into())]))
        }
        // How often it has to be bought says that already.
        Lasts::Not(_) => None,
    }
}

/// The listed price with what comes on top, for how long, and how it was converted, each a sentence.
pub fn offer_price(words: &Words, offered: &Offered) -> Vec<String> {
    let Listing { price, tax, fees, validity, .. } = &offered.listing;
    let tax = match tax {
        ListedTax::Included => words.say("compare-tax-included"),
        ListedTax::Added(rate) => {
            words.say_with("compare-tax-rate", &[("rate", words.rate(rate.ppm).into())])
        }
        ListedTax::Amount(amount) => {
            words.say_with("compare-tax-amount", &[("amount", money(words, *amount).into())])
        }
    };
    let fees = (fees.minor > 0)
        .then(|| words.say_with("compare-fees", &[("amount", money(words, *fees).into())]));
    let listed = words.say_with("compare-listed", &[("price", money(words, *price).into())]);
    let parts: Vec<String> =
        [listed, tax].into_iter().chain(fees).chain([validity_text(words, *validity)]).collect();
    let converted = offered.rate.as_ref().map(|rate| {
        let arguments = [
            ("from", rate.from.code().to_owned().into()),
            ("to", rate.to.code().to_owned().into()),
            ("rate", rate.rate.to_string().into()),
            ("date", words.date(rate.dated).into()),
            ("source", rate.source.clone().into()),
        ];
        words.say_with("compare-rate", &arguments)
    });
    std::iter::once(words.dot(&parts)).chain(converted).collect()
}

/// Why the best is the best.
pub fn offer_reason(words: &Words, reason: Reason) -> String {
    match reason {
        Reason::OnlyOne => words.say("compare-reason-only-one"),
        Reason::Cheapest { less_by } => {
            let amount = money(words, less_by).into();
            words.say_with("compare-reason-cheapest", &[("amount", amount)])
        }
        Reason::MoreForTheSame => words.say("compare-reason-more"),
        Reason::AsGoodAsOthers => words.say("compare-reason-as-good"),
    }
}

/// Why something cannot be compared.
pub fn offer_why_not(words: &Words, why: WhyNot) -> String {
    match why {
        WhyNot::NoRate(currency) => {
            let currency = currency.code().to_owned().into();
            words.say_with("compare-why-no-rate", &[("currency", currency)])
        }
        WhyNot::MixedCurrencies => words.say("compare-why-mixed"),
        WhyNot::BelowZero => words.say("compare-why-below-zero"),
        WhyNot::NoDay => words.say("compare-why-no-day"),
        WhyNot::TooLarge => words.say("compare-why-too-large"),
        WhyNot::ListedTwice => words.say("compare-why-twice"),
    }
}

/// How well a channel serves; what is not ours is never measured.
pub fn channel_service(words: &Words, service: Option<&ChannelService>) -> String {
    let Some(ChannelService { service, .. }) = service else {
        return words.say("compare-service-none");
    };
    match *service {
        Service::NotMeasured { orders } => {
            let orders = i64::try_from(orders).unwrap_or(i64::MAX).into();
            words.say_with("compare-service-few", &[("orders", orders)])
        }
        Service::Measured { orders, median_delivery_ms, success, median_refund_ms, .. } => {
            let delivered = median_delivery_ms.map(|ms| {
                let arguments = [
                    ("orders", i64::try_from(orders).unwrap_or(i64::MAX).into()),
                    ("share", words.rate(success.ppm).into()),
                    ("time", span(words, ms).into()),
                ];
                words.say_with("compare-service-delivered", &arguments)
            });
            let refunded = median_refund_ms.map(|ms| {
                words.say_with("compare-service-refunded", &[("time", span(words, ms).into())])
            });
            words.sentences(&delivered.into_iter().chain(refunded).collect::<Vec<_>>())
        }
    }
}

/// A span of time, as coarse as it is long.
fn span(words: &Words, ms: u64) -> String {
    let count = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    let (key, number) = match ms {
        0..1_000 => ("compare-span-ms", count(ms)),
        1_000..120_000 => ("compare-span-seconds", count(ms / 1_000)),
        120_000..7_200_000 => ("compare-span-minutes", count(ms / 60_000)),
        _ => ("compare-span-hours", count(ms / 3_600_000)),
    };
    words.say_with(key, &[("count", number.into())])
}
