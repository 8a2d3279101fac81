//! Turning what the use cases know into what the pages show.

use crate::portal::views::{Bucket as ShownBucket, PlanTile, PriceItem};
use farline_app::catalog::OfferTile;
use farline_app::wording::{
    allowance, or_used_up, price_item_label, promotion_applied, promotion_limits, reason, starts,
    validity_text,
};
use farline_domain::balance::Bucket;
use farline_domain::catalog::{Catalogue, Plan, Price, PriceItemKind, Promotion};
use farline_domain::kernel::{AllowanceKind, Currency, Instant, Zone};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is left over is said in steps of a tenth of a gigabyte.
const SPARE_STEP: i64 = 100_000_000;

/// The zone of times that belong to no line.
pub fn home_zone() -> Option<Zone> {
    Zone::named("America/Toronto").ok()
}

/// `2:20 p.m. (Toronto)`, with the date where it is not today.
pub fn clock_time(words: &Words, at: Instant, (zone, now): (&Zone, Instant)) -> String {
    let local = at.in_zone(zone);
    if local.date() != now.date_in(zone) {
        return words.date_time_short(&local);
    }
    words.time_in_zone(&local)
}

/// What a plan grants, without its duration: `5 GB · 300 minutes`. Where it grants for several zones,
/// each is named.
pub fn gets(words: &Words, catalogue: &Catalogue, plan: &Plan) -> String {
    let first = plan.allowances.first().map(|granted| &granted.zone);
    let several = plan.allowances.iter().any(|granted| first != Some(&granted.zone));
    let items = plan.allowances.iter().map(|granted| {
        let what = allowance(words, granted, plan.price.currency);
        let zone = catalogue.zones.get(&granted.zone).filter(|_| several);
        match zone {
            Some(zone) => {
                let zone = zone.name.get(words.language()).to_owned();
                words.say_with("what-in-zone", &[("what", what.into()), ("zone", zone.into())])
            }
            None => what,
        }
    });
    words.dot(&items.collect::<Vec<_>>())
}

/// What a plan grants and how long it lasts.
pub fn gets_and_lasts(words: &Words, catalogue: &Catalogue, plan: &Plan) -> String {
    words.dot(&[gets(words, catalogue, plan), validity_text(words, plan.validity)])
}

/// What a plan cannot do for its holder: days without data, or what would be paid for and not used.
fn caution(words: &Words, offer: &OfferTile) -> Option<String> {
    let days = offer.gap.map(|(from, until)| gap(words, from, until));
    days.or_else(|| {
        let spare = offer.spare?;
        let octets = spare.units.count() / SPARE_STEP * SPARE_STEP;
        let money = words.money(spare.money.minor, spare.money.currency.code());
        let arguments = [("amount", words.data(octets).into()), ("money", money.into())];
        Some(words.say_with("tile-spare", &arguments))
    })
}

/// A plan as a tile.
pub fn tile(words: &Words, catalogue: &Catalogue, offer: &OfferTile) -> PlanTile {
    let plan = &offer.plan;
    let (price, tax_note) = if let Some(price) = &offer.price {
        (total(words, price), tax_note(words, price))
    } else {
        let before_tax = words.money(plan.price.minor, plan.price.currency.code());
        (before_tax, words.say("tile-before-tax"))
    };
    PlanTile {
        id: plan.code.to_string(),
        name: plan.name.get(words.language()).to_owned(),
        tag: offer.last_bought.then(|| words.say("tile-last")),
        gets: gets(words, catalogue, plan),
        lasts: validity_text(words, plan.validity),
        starts: match &offer.renewal {
            Some(renewal) => or_used_up(
                words,
                period(words, renewal.starts_on, renewal.usable_until),
                renewal.waits,
            ),
            None => starts(words, plan.start_rule),
        },
        price,
        tax_note,
        promotion: promotions_of(words, offer),
        reason: offer.recommended.as_ref().map(|why| reason(words, why)),
        caution: caution(words, offer),
    }
}

/// What a plan is sold with now, without a code.
fn promotions_of(words: &Words, offer: &OfferTile) -> Option<String> {
    let currency = offer.plan.price.currency;
    let applied = offer.promotions.iter().map(|one| promotion_applied(words, one, currency));
    let applied: Vec<String> = applied.collect();
    (!applied.is_empty()).then(|| words.dot(&applied))
}

/// A promotion in a price, and how it is limited.
pub fn promotion(words: &Words, promotion: &Promotion, currency: Currency) -> String {
    let applied = promotion_applied(words, promotion, currency);
    let limits = promotion_limits(words, promotion);
    words.dot(&std::iter::once(applied).chain(limits).collect::<Vec<_>>())
}

/// `December 2 to December 31`; the last date with its year where the period is so long that the day
/// and the month alone could be taken for another year's.
pub fn period(words: &Words, from: Date, until: Date) -> String {
    let long = from.saturating_add(11.months()) <= until;
    let until = if long { words.date(until) } else { words.date_short(until) }.into();
    let from = words.date_short(from).into();
    words.say_with("period", &[("from", from), ("until", until)])
}

/// From when until when, with the years and the zone, as a document keeps it.
pub fn period_in_full(words: &Words, (from, until): (Date, Date), zone: &Zone) -> String {
    let period = [
        ("from", words.date(from).into()),
        ("until", words.date(until).into()),
        ("zone", words.zone_name(zone.name()).into()),
    ];
    words.say_with("period-in-zone", &period)
}

/// The dates between which there may be no data.
pub fn gap(words: &Words, from: Date, until: Date) -> String {
    let from = words.date_short(from).into();
    let until = words.date_short(until).into();
    words.say_with("gap-sentence", &[("from", from), ("until", until)])
}

/// What is to be paid.
pub fn total(words: &Words, price: &Price) -> String {
    words.money(price.total.minor, price.total.currency.code())
}

/// The label of a total, which names the currency.
pub fn total_label(words: &Words, key: &str, price: &Price) -> String {
    words.say_with(key, &[("currency", price.total.currency.code().into())])
}

/// `includes HST 13%`
fn tax_note(words: &Words, price: &Price) -> String {
    let taxes = price.items.iter().filter(|item| matches!(item.kind, PriceItemKind::Tax(..)));
    let named: Vec<String> = taxes.map(|item| price_item_label(words, item, "")).collect();
    words.say_with("tile-includes", &[("taxes", words.list(&named).into())])
}

/// The items of a price.
pub fn items(words: &Words, price: &Price, plan_name: &str) -> Vec<PriceItem> {
    let shown = price.items.iter().map(|item| PriceItem {
        label: price_item_label(words, item, plan_name),
        amount: words.money(item.amount.minor, item.amount.currency.code()),
    });
    shown.collect()
}

/// An amount of a kind in figures and unit apart.
pub fn parts(words: &Words, kind: AllowanceKind, count: i64, currency: &str) -> (String, String) {
    match kind {
        AllowanceKind::Data => words.data_parts(count),
        AllowanceKind::Voice => words.minutes_parts(count),
        AllowanceKind::Messages => words.messages_parts(count),
        AllowanceKind::Credit => (words.money(count, currency), String::new()),
    }
}

/// A bucket as the page shows it. Little is left below a fifth.
pub fn bucket(words: &Words, bucket: &Bucket, currency: &str) -> ShownBucket {
    let left = bucket.available().count();
    let granted = bucket.granted.count();
    let (figure, unit) = parts(words, bucket.kind, left, currency);
    let (whole, of_unit) = parts(words, bucket.kind, granted, currency);
    let whole = if of_unit.is_empty() { whole } else { format!("{whole}\u{a0}{of_unit}") };
    let thousandths = left.saturating_mul(1000).checked_div(granted).unwrap_or(0);
    ShownBucket {
        label: words.say(&format!("bucket-{}", bucket.kind.code())),
        figure,
        unit,
        of: words.say_with("bucket-of", &[("amount", whole.into())]),
        until: match bucket.valid_until {
            Some(date) => {
                words.say_with("bucket-until", &[("date", words.date_short(date).into())])
            }
            None => words.say("bucket-for-ever"),
        },
        left_thousandths: u16::try_from(thousandths.clamp(0, 1000)).unwrap_or(0),
        low: (thousandths < 200).then(|| words.say("bucket-low")),
    }
}
