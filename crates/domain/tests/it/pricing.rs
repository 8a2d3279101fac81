//! What CAD 30.00 costs in every province, with promotions and levies.

use crate::scene::{localized, plan};
use farline_domain::catalog::{
    Levy, LevyDuty, PriceItemKind, Promotion, PromotionCode, Reduction, StartRule, Tax, TaxKind,
    Taxes, Validity, price,
};
use farline_domain::kernel::{Money, Province, Rate};
use jiff::civil::{Date, date};

const TAXES: &str = "
    AB GST  50000 2008-01-01 -
    BC GST  50000 2008-01-01 -
    BC PST  70000 2013-04-01 -
    SK GST  50000 2008-01-01 -
    SK PST  60000 2017-03-23 -
    MB RST  70000 2019-07-01 -
    MB GST  50000 2008-01-01 -
    ON HST 130000 2010-07-01 -
    NB HST 150000 2016-07-01 -
    NL HST 150000 2016-07-01 -
    PE HST 150000 2016-10-01 -
    NS HST 150000 2010-07-01 2025-03-31
    NS HST 140000 2025-04-01 -
    QC QST  99750 2013-01-01 -
    QC GST  50000 2008-01-01 -
    YT GST  50000 2008-01-01 -
    NT GST  50000 2008-01-01 -
    NU GST  50000 2008-01-01 -
";

pub(crate) fn tables() -> Taxes {
    let kinds = [TaxKind::Gst, TaxKind::Hst, TaxKind::Pst, TaxKind::Rst, TaxKind::Qst];
    let tax = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        Tax {
            province: Province::parse(fields[0]).unwrap(),
            kind: kinds.into_iter().find(|kind| kind.code() == fields[1]).unwrap(),
            rate: Rate { ppm: fields[2].parse().unwrap() },
            valid_from: fields[3].parse().unwrap(),
            valid_until: fields[4].parse().ok(),
        }
    };
    let levy = |province, minor, taxable| Levy {
        province,
        amount: Money::cad(minor),
        taxable,
        valid_from: date(2021, 9, 1),
        valid_until: None,
        legal_reference: "test".to_owned(),
    };
    Taxes {
        taxes: TAXES.lines().filter(|line| !line.trim().is_empty()).map(tax).collect(),
        levies: vec![levy(Province::Ab, 95, false), levy(Province::Nl, 75, true)],
    }
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

fn shown(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

/// `10%` or `5.00`.
fn promotion(text: &str, today: Date) -> Promotion {
    let mut words = text.split_whitespace();
    let reduction = match words.next().unwrap() {
        share if share.ends_with('%') => {
            let percent: i64 = share.trim_end_matches('%').parse().unwrap();
            Reduction::Share(Rate { ppm: percent * 10_000 })
        }
        amount => Reduction::Amount(Money::cad(cents(amount))),
    };
    let promotion = Promotion {
        reduction: Some(reduction),
        ..Promotion::new(
            PromotionCode::parse("autumn").unwrap(),
            localized("autumn"),
            (today, today),
        )
    };
    assert_eq!(words.next(), None, "{text}");
    promotion
}

/// `province price validity date | off … | levy → total = items`, or `→ refused WHY`.
fn check(line: &str) {
    let (given, expected) = line.split_once('→').unwrap();
    let mut parts = given.split('|').map(str::trim);
    let fields: Vec<&str> = parts.next().unwrap().split_whitespace().collect();
    let [province, amount, validity, date] = fields[..] else { panic!("four fields: {line}") };
    let date: Date = date.parse().unwrap();
    let (mut off, mut duty) = (None, LevyDuty::Carrier);
    for part in parts {
        match part.split_once(' ').unwrap_or((part, "")) {
            ("off", text) => off = Some(promotion(text, date)),
            ("levy", "") => duty = LevyDuty::Collected,
            other => panic!("{other:?}: {line}"),
        }
    }
    let validity = match validity.split_at(validity.len() - 1) {
        (days, "d") => Validity::Days(days.parse().unwrap()),
        (months, _) => Validity::Months(months.parse().unwrap()),
    };
    let plan = plan(cents(amount), validity, StartRule::Queue);
    let province = Province::parse(province).unwrap();
    let off: Vec<&Promotion> = off.iter().collect();
    let text = match price(&plan, &off, (&tables(), duty), province, date) {
        Ok(price) => {
            let sum: i64 = price.items.iter().map(|item| item.amount.minor).sum();
            assert_eq!(sum, price.total.minor, "the total is the sum of the items: {line}");
            let items = price.items.iter().map(|item| {
                let name = match &item.kind {
                    PriceItemKind::Plan => "plan",
                    PriceItemKind::Promotion(code) => code,
                    PriceItemKind::Levy(_) => "levy",
                    PriceItemKind::Tax(kind, _) => kind.code(),
                };
                format!("{name} {}", shown(item.amount.minor))
            });
            format!("{} = {}", shown(price.total.minor), items.collect::<Vec<_>>().join(" + "))
        }
        Err(refusal) => format!("refused {refusal:?}"),
    };
    assert_eq!(text, expected.trim(), "{line}");
}

#[test]
fn thirty_dollars_in_every_province() {
    "AB 30.00 30d 2026-11-22 → 31.50 = plan 30.00 + GST 1.50
     BC 30.00 30d 2026-11-22 → 33.60 = plan 30.00 + GST 1.50 + PST 2.10
     SK 30.00 30d 2026-11-22 → 33.30 = plan 30.00 + GST 1.50 + PST 1.80
     MB 30.00 30d 2026-11-22 → 33.60 = plan 30.00 + GST 1.50 + RST 2.10
     ON 30.00 30d 2026-11-22 → 33.90 = plan 30.00 + HST 3.90
     NB 30.00 30d 2026-11-22 → 34.50 = plan 30.00 + HST 4.50
     NL 30.00 30d 2026-11-22 → 34.50 = plan 30.00 + HST 4.50
     PE 30.00 30d 2026-11-22 → 34.50 = plan 30.00 + HST 4.50
     NS 30.00 30d 2025-03-31 → 34.50 = plan 30.00 + HST 4.50
     NS 30.00 30d 2025-04-01 → 34.20 = plan 30.00 + HST 4.20
     NS 30.00 30d 2026-11-22 → 34.20 = plan 30.00 + HST 4.20
     QC 30.00 30d 2026-11-22 → 34.49 = plan 30.00 + GST 1.50 + QST 2.99
     YT 30.00 30d 2026-11-22 → 31.50 = plan 30.00 + GST 1.50
     NT 30.00 30d 2026-11-22 → 31.50 = plan 30.00 + GST 1.50
     NU 30.00 30d 2026-11-22 → 31.50 = plan 30.00 + GST 1.50"
        .lines()
        .for_each(check);
}

#[test]
fn each_tax_is_rounded_by_itself() {
    "BC  0.10 30d 2026-11-22 → 0.12 = plan 0.10 + GST 0.01 + PST 0.01
     QC  0.01 30d 2026-11-22 → 0.01 = plan 0.01 + GST 0.00 + QST 0.00
     QC 99.99 30d 2026-11-22 → 114.96 = plan 99.99 + GST 5.00 + QST 9.97
     ON  0.00 30d 2026-11-22 → 0.00 = plan 0.00 + HST 0.00"
        .lines()
        .for_each(check);
}

#[test]
fn a_promotion_lowers_the_price_before_tax_and_never_below_nothing() {
    "ON 30.00 30d 2026-11-22 | off 10% → 30.51 = plan 30.00 + autumn -3.00 + HST 3.51
     ON 30.00 30d 2026-11-22 | off 5.00 → 28.25 = plan 30.00 + autumn -5.00 + HST 3.25
     ON 30.00 30d 2026-11-22 | off 30.00 → 0.00 = plan 30.00 + autumn -30.00 + HST 0.00
     ON 30.00 30d 2026-11-22 | off 45.00 → 0.00 = plan 30.00 + autumn -30.00 + HST 0.00
     ON 30.00 30d 2026-11-22 | off 150% → 0.00 = plan 30.00 + autumn -30.00 + HST 0.00
     ON  0.99 30d 2026-11-22 | off 50% → 0.55 = plan 0.99 + autumn -0.50 + HST 0.06"
        .lines()
        .for_each(check);
}

#[test]
fn a_levy_is_due_for_every_month_begun_and_taxed_only_where_the_law_says_so() {
    "AB 30.00 30d 2026-11-22 | levy → 32.45 = plan 30.00 + levy 0.95 + GST 1.50
     AB 30.00 30d 2026-11-22 → 31.50 = plan 30.00 + GST 1.50
     AB 30.00 31d 2026-11-22 | levy → 32.45 = plan 30.00 + levy 0.95 + GST 1.50
     AB 30.00 60d 2026-11-22 | levy → 33.40 = plan 30.00 + levy 1.90 + GST 1.50
     AB 30.00 3m  2026-11-22 | levy → 34.35 = plan 30.00 + levy 2.85 + GST 1.50
     AB 30.00 365d 2026-11-22 | levy → 42.90 = plan 30.00 + levy 11.40 + GST 1.50
     AB 30.00 30d 2021-08-31 | levy → 31.50 = plan 30.00 + GST 1.50
     NL 30.00 30d 2026-11-22 | levy → 35.36 = plan 30.00 + levy 0.75 + HST 4.61
     NL 30.00 30d 2026-11-22 | levy | off 30.00 → 0.86 = plan 30.00 + autumn -30.00 + levy 0.75 + HST 0.11
     ON 30.00 30d 2026-11-22 | levy → 33.90 = plan 30.00 + HST 3.90"
        .lines()
        .for_each(check);
}

#[test]
fn selling_without_a_known_tax_is_refused() {
    "ON 30.00 30d 2010-06-30 → refused NoTaxKnown
     AB 30.00 30d 2007-12-31 → refused NoTaxKnown"
        .lines()
        .for_each(check);
}
