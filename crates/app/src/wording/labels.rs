//! The small pieces that pages, the API, notices and documents share.

use crate::ProblemCode;
use crate::catalog::offers::Reason;
use farline_domain::catalog::{
    Allowance, PriceItem, PriceItemKind, StartRule, TaxKind, TimeWindow, Validity,
};
use farline_domain::kernel::{AllowanceKind, Currency, Language, Province, Zone};
use farline_domain::lines::{Line, Waits};
use farline_domain::orders::DeliveryRefusal;
use farline_domain::payments::{Capture, PaymentMethod, RefundReason};
use farline_texts::Words;
use jiff::civil::{Date, Time};

/// The label of one item of a price: the plan's name, `HST 13%`, `TVH 13 %`, `911 levy, Alberta`.
pub fn price_item_label(words: &Words, item: &PriceItem, plan_name: &str) -> String {
    match &item.kind {
        PriceItemKind::Plan => plan_name.to_owned(),
        PriceItemKind::Promotion(code) => {
            words.say_with("price-promotion", &[("code", code.into())])
        }
        PriceItemKind::Levy(of) => {
            words.say_with("price-levy", &[("province", province(words, *of).into())])
        }
        PriceItemKind::Tax(kind, rate) => {
            words.say_with(tax_key(*kind), &[("rate", words.rate(rate.ppm).into())])
        }
    }
}

const fn tax_key(kind: TaxKind) -> &'static str {
    match kind {
        TaxKind::Gst => "price-tax-gst",
        TaxKind::Hst => "price-tax-hst",
        TaxKind::Pst => "price-tax-pst",
        TaxKind::Rst => "price-tax-rst",
        TaxKind::Qst => "price-tax-qst",
    }
}

/// The name of a province or territory.
pub fn province(words: &Words, province: Province) -> String {
    words.say(&format!("province-{}", province.code().to_ascii_lowercase()))
}

/// One allowance: `5 GB`, `300 minutes`, `1 GB as a bonus`. Its zone is not named: a plan's own
/// name or description says where it holds. `currency` is the operator's, for credit.
pub fn allowance(words: &Words, allowance: &Allowance, currency: Currency) -> String {
    let count = allowance.units.count();
    let mut text = match allowance.kind {
        AllowanceKind::Data => words.data(count),
        AllowanceKind::Voice => words.minutes(count),
        AllowanceKind::Messages => words.messages(count),
        AllowanceKind::Credit => {
            let amount = words.money(count, currency.code());
            words.say_with("allowance-credit", &[("amount", amount.into())])
        }
    };
    if let Some(TimeWindow { from_minute, until_minute }) = allowance.window {
        let (from, until) = (clock(words, from_minute), clock(words, until_minute));
        let arguments = [("what", text.into()), ("from", from.into()), ("until", until.into())];
        text = words.say_with("allowance-window", &arguments);
    }
    if allowance.bonus {
        text = words.say_with("allowance-bonus", &[("what", text.into())]);
    }
    text
}

/// A minute of the day as a time; the end of the day is its first minute again.
pub fn clock(words: &Words, minute: u16) -> String {
    let hour = i8::try_from(minute / 60 % 24).unwrap_or(0);
    let minute = i8::try_from(minute % 60).unwrap_or(0);
    words.time(Time::new(hour, minute, 0, 0).unwrap_or(Time::MIN))
}

/// All that a plan grants and for how long: `5 GB · 300 minutes · 200 messages · 30 days`.
pub fn allowances(
    words: &Words,
    granted: &[Allowance],
    validity: Validity,
    currency: Currency,
) -> String {
    let mut items: Vec<String> =
        granted.iter().map(|one| allowance(words, one, currency)).collect();
    items.push(validity_text(words, validity));
    words.dot(&items)
}

/// How long a plan lasts: `30 days`, `1 month`.
pub fn validity_text(words: &Words, validity: Validity) -> String {
    match validity {
        Validity::Days(days) => words.days(i64::from(days)),
        Validity::Months(months) => {
            words.say_with("validity-months", &[("count", i64::from(months).into())])
        }
    }
}

/// When a plan starts, as a rule without dates: what a stranger to the line may read.
pub fn starts(words: &Words, rule: StartRule) -> String {
    words.say(&format!("start-rule-{}", rule.code().replace('_', "-")))
}

/// From when to when a plan can be used that is bought now, given as a period, with what else it waits for.
pub fn or_used_up(words: &Words, period: String, waits: Waits) -> String {
    match waits {
        Waits::No | Waits::ForItsDay => period,
        Waits::ForItsDayOrUsedUp => {
            words.say_with("period-or-used-up", &[("period", period.into())])
        }
    }
}

/// Why a plan is recommended.
pub fn reason(words: &Words, reason: &Reason) -> String {
    let key = format!("reason-{}", reason.code());
    match reason {
        Reason::FitsUsage { octets_per_month } => {
            words.say_with(&key, &[("data", words.data(*octets_per_month).into())])
        }
        Reason::MostData | Reason::MostCalls | Reason::LeastPerDay | Reason::StartsAtOnce => {
            words.say(&key)
        }
    }
}

/// How it was paid.
pub fn payment_method(words: &Words, method: PaymentMethod) -> String {
    words.say(&format!("payment-method-{}", method.code().replace('_', "-")))
}

/// How a payment was made: by hand, with what names it.
pub fn paid_with(words: &Words, capture: &Capture) -> String {
    let reference = capture.by_hand().map(|by_hand| String::from(by_hand.reference));
    method_and_reference(words, capture.method, reference.as_deref())
}

/// The same, where only the two are known.
pub fn method_and_reference(
    words: &Words,
    method: PaymentMethod,
    reference: Option<&str>,
) -> String {
    let method = payment_method(words, method);
    match reference {
        None => method,
        Some(reference) => {
            let said = [("method", method.into()), ("reference", reference.into())];
            words.say_with("paid-by-hand", &said)
        }
    }
}

/// Why the network refused, and what can be done.
pub fn refusal(words: &Words, refusal: DeliveryRefusal) -> String {
    words.say(&format!("refusal-{}", refusal.code()))
}

/// Why money goes back.
pub fn refund_reason(words: &Words, reason: RefundReason) -> String {
    words.say(match reason {
        RefundReason::Declined => "refund-reason-declined",
        RefundReason::Cancelled => "refund-reason-cancelled",
        RefundReason::CancelledBeforeStart => "refund-reason-cancelled-before-start",
        RefundReason::LateCapture => "refund-reason-late-capture",
        RefundReason::AmountDiffers => "refund-reason-amount-differs",
        RefundReason::PaidTwice => "refund-reason-paid-twice",
        RefundReason::NotWanted => "refund-reason-not-wanted",
        RefundReason::WrongNumber => "refund-reason-wrong-number",
        RefundReason::Reversed => "refund-reason-reversed",
        RefundReason::Goodwill => "refund-reason-goodwill",
        RefundReason::ChargedBack => "refund-reason-charged-back",
        RefundReason::AtShop => "refund-reason-at-shop",
    })
}

/// A problem's title and its detail: what is wrong and what to do. Whether money moved is said by
/// the channel, from `problem-money-no`, `problem-money-yes` or `problem-money-unknown`.
pub fn problem(words: &Words, code: ProblemCode) -> (String, String) {
    let key = format!("problem-{}", code.code());
    (words.say(&key), words.say(&format!("{key}-detail")))
}

/// A local date with the name of its zone: `December 1, 2026 (Toronto time)`.
pub fn day_in_zone(words: &Words, date: Date, zone: &Zone) -> String {
    let zone = words.zone_name(zone.name());
    words.say_with("day-in-zone", &[("date", words.date(date).into()), ("zone", zone.into())])
}

/// A line by the last two digits of its number, or of its card number: `ending in 88`.
pub fn hint(words: &Words, line: &Line) -> String {
    words.phone_hint(line.msisdn.as_ref().map_or(line.iccid.hint(), |number| number.hint()))
}

/// A line's number with only its beginning and its last two digits: `+1 416 ••• ••88`. A line
/// without a number is shown by its card number: `8919 •••• •••• •••• •88`.
pub fn masked(line: &Line) -> String {
    let (grouped, shown) = match &line.msisdn {
        Some(number) => {
            let grouped = Words::of(Language::EnCa).phone(number.as_str());
            // The country and the group after it.
            let shown = grouped.match_indices(' ').nth(1).map_or(0, |(place, _)| place);
            (grouped, shown)
        }
        None => (in_fours(line.iccid.as_str()), 4),
    };
    let end = grouped.len().saturating_sub(2);
    let hide = |(place, letter): (usize, char)| {
        let is_hidden = letter.is_ascii_digit() && place >= shown && place < end;
        if is_hidden { '•' } else { letter }
    };
    grouped.char_indices().map(hide).collect()
}

fn in_fours(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
