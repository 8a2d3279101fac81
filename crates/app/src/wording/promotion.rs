//! Promotions in words: what they give, to whom and when, and how they are limited.

use super::labels::{allowance, clock};
use farline_domain::catalog::{
    Catalogue, GivenBy, Promotion, Reduction, Renewals, Stacking, TimeWindow,
};
use farline_domain::kernel::{Currency, Units};
use farline_texts::Words;

/// What it gives: `10% off`, `100 minutes as a bonus`, or both.
pub fn promotion_gives(words: &Words, promotion: &Promotion, currency: Currency) -> String {
    let off = promotion.reduction.map(|reduction| match reduction {
        Reduction::Share(rate) => {
            words.say_with("promotion-off-share", &[("rate", words.rate(rate.ppm).into())])
        }
        Reduction::Amount(amount) => {
            let amount = words.money(amount.minor, amount.currency.code());
            words.say_with("promotion-off-amount", &[("amount", amount.into())])
        }
    });
    let bonus = promotion.bonus.iter().map(|one| allowance(words, one, currency));
    words.list(&off.into_iter().chain(bonus).collect::<Vec<_>>())
}

/// A promotion that came into a price: `Autumn: 10% off`.
pub fn promotion_applied(words: &Words, promotion: &Promotion, currency: Currency) -> String {
    let name = promotion.name.get(words.language()).to_owned();
    let gives = promotion_gives(words, promotion, currency);
    words.say_with("promotion-applied", &[("name", name.into()), ("gives", gives.into())])
}

/// How it is limited, and when a place of it is held; nothing where it is not limited.
pub fn promotion_limits(words: &Words, promotion: &Promotion) -> Option<String> {
    let say = |key: &str, limit: Option<Units>| {
        limit.map(|limit| words.say_with(key, &[("count", limit.count().into())]))
    };
    let per_line = match promotion.renewals {
        Renewals::Every => promotion.limit_per_line,
        // Which renewal it is for says it already.
        Renewals::First => None,
    };
    let limits: Vec<String> = [
        say("promotion-first", promotion.limit),
        say("promotion-per-card", per_line),
        say("promotion-per-customer", promotion.limit_per_customer),
    ]
    .into_iter()
    .flatten()
    .collect();
    if limits.is_empty() {
        return None;
    }
    Some(words.say_with("promotion-limited", &[("limits", words.list(&limits).into())]))
}

/// Its terms, each a sentence: until when, at what hours, for which plans and renewals, how one gets it, with what it goes.
pub fn promotion_terms(words: &Words, promotion: &Promotion, catalogue: &Catalogue) -> Vec<String> {
    let days = [
        ("from", words.date(promotion.valid_from).into()),
        ("until", words.date(promotion.valid_until).into()),
    ];
    let mut terms = vec![words.say_with("promotion-days", &days)];
    if let Some(TimeWindow { from_minute, until_minute }) = promotion.hours {
        let hours = [
            ("from", clock(words, from_minute).into()),
            ("until", clock(words, until_minute).into()),
        ];
        terms.push(words.say_with("promotion-hours", &hours));
    }
    let plans = promotion.plans.iter().filter_map(|code| catalogue.plans.get(code));
    let plans: Vec<String> = plans.map(|plan| plan.name.get(words.language()).to_owned()).collect();
    terms.push(if promotion.plans.is_empty() {
        words.say("promotion-all-plans")
    } else {
        words.say_with("promotion-plans", &[("plans", words.list(&plans).into())])
    });
    if promotion.renewals == Renewals::First {
        terms.push(words.say("promotion-first-renewal"));
    }
    terms.push(match promotion.given_by {
        GivenBy::Itself => words.say("promotion-by-itself"),
        GivenBy::Code => {
            words.say_with("promotion-by-code", &[("code", promotion.code.to_string().into())])
        }
        GivenBy::SingleUseCodes(_) => words.say("promotion-by-single-use"),
    });
    terms.push(words.say(match promotion.stacking {
        Stacking::Alone => "promotion-alone",
        Stacking::WithOthers => "promotion-with-others",
    }));
    terms.extend(promotion_limits(words, promotion));
    terms
}
