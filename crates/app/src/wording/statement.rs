//! The statement of a partner's account as a document.

use super::receipt::{issued, merchant};
use crate::Mode;
use crate::partners::account::{LineKind, Statement, StatementLine};
use crate::ports::documents::{DocumentText, QrBlock};
use crate::wording::business::Business;
use farline_domain::kernel::{Instant, Zone};
use farline_domain::partners::Partner;
use farline_texts::Words;
use serde_json::{Value, json};

/// What a statement says beside the entries.
#[derive(Debug)]
pub struct StatementFacts<'a> {
    /// Who keeps the account.
    pub business: &'a Business,
    /// Whose account it is.
    pub partner: &'a Partner,
    /// The address of the same statement in the partner's portal.
    pub link: String,
    /// Whether money is real.
    pub mode: Mode,
    /// Where the business counts its days.
    pub zone: Zone,
    /// The present instant.
    pub now: Instant,
}

/// The text key of what an entry is.
pub const fn entry_key(kind: LineKind) -> &'static str {
    match kind {
        LineKind::PayIn => "partner-entry-pay-in",
        LineKind::PayOut => "partner-entry-pay-out",
        LineKind::Order => "partner-entry-order",
        LineKind::GivenBack => "partner-entry-given-back",
    }
}

/// What an entry is, with what the partner or the bank calls it.
pub fn entry_text(words: &Words, line: &StatementLine) -> String {
    let what = [Some(words.say(entry_key(line.kind))), line.reference.clone()];
    words.dot(&what.into_iter().flatten().collect::<Vec<_>>())
}

/// An amount with its sign.
pub fn signed(words: &Words, (minor, currency): (i64, &str)) -> String {
    let sign = if minor < 0 { "" } else { "+" };
    format!("{sign}{}", words.money(minor, currency))
}

/// The days of a statement: `November 1, 2026 to November 30, 2026`.
pub fn statement_days(words: &Words, statement: &Statement) -> String {
    let days = [
        ("from", words.date(statement.from).into()),
        ("until", words.date(statement.until).into()),
    ];
    words.say_with("partner-days", &days)
}

/// The statement, entry by entry, with the balance before and after.
pub fn statement_document(
    words: &Words,
    statement: &Statement,
    facts: &StatementFacts<'_>,
) -> DocumentText {
    let (business, code) = (facts.business, statement.currency.code());
    let now = facts.now.in_zone(&facts.zone);
    let item = |line: &StatementLine| {
        let day = words.date_short(line.at.date_in(&facts.zone));
        let what = words.dot(&[day, entry_text(words, line)]);
        (what, signed(words, (line.amount, code)))
    };
    let opening = (words.say("partner-opening"), words.money(statement.opening, code));
    let row = |key: &str, value: &str| (words.say(key), value.to_owned());
    DocumentText {
        language: words.language().tag().to_owned(),
        title: words.say("partner-tab-statement"),
        brand: business.brand.get(words.language()).to_owned(),
        merchant: merchant(business, &business.registrations(words)),
        number: row("partner-document-account", facts.partner.code.as_str()),
        reference: row("partner-document-days", &statement_days(words, statement)),
        date: words.say_with("partner-document-date", &[("when", words.date_time(&now).into())]),
        issued: issued(&now),
        facts: vec![row("partner-document-partner", &facts.partner.name)],
        items: std::iter::once(opening).chain(statement.lines.iter().map(item)).collect(),
        total: (words.say("partner-closing"), words.money(statement.closing, code)),
        payment: words.say("partner-statement-text"),
        qr: QrBlock { url: facts.link.clone(), caption: words.say("partner-document-qr") },
        sandbox: match facts.mode {
            Mode::Sandbox => Some(words.say("receipt-sandbox")),
            Mode::Live => None,
        },
        verify_hint: words.say("receipt-verify"),
        canonical: canonical(statement, facts).to_string(),
        ..DocumentText::default()
    }
}

/// The same for programs: amounts in minor units.
fn canonical(statement: &Statement, facts: &StatementFacts<'_>) -> Value {
    let line = |line: &StatementLine| {
        json!({
            "number": line.number,
            "at": line.at.rfc3339(),
            "kind": line.kind.code(),
            "reference": line.reference,
            "order": line.order.map(|order| order.to_string()),
            "amount": line.amount,
            "balance": line.balance,
        })
    };
    json!({
        "format": 1,
        "kind": "partner_statement",
        "number": format!("{}-{}-{}", facts.partner.code, statement.from, statement.until),
        "as_of": facts.now.rfc3339(),
        "currency": statement.currency.code(),
        "from": statement.from.to_string(),
        "until": statement.until.to_string(),
        "opening": statement.opening,
        "closing": statement.closing,
        "entries": statement.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::{StatementFacts, statement_document};
    use crate::Mode;
    use crate::partners::account::{LineKind, Statement, StatementLine};
    use crate::wording::business::Business;
    use farline_domain::kernel::{Currency, Instant, Language, Province, Rate, Zone};
    use farline_domain::orders::PartnerCode;
    use farline_domain::partners::{CallbackSecret, Partner, Trading};
    use farline_texts::Words;
    use jiff::civil::date;
    use std::collections::{BTreeMap, BTreeSet};

    fn noon() -> Instant {
        Instant::from_millis(1_795_366_800_000)
    }

    fn partner() -> Partner {
        Partner {
            code: PartnerCode::parse("harbour-travel").unwrap(),
            name: "Harbour Travel".to_owned(),
            province: Province::On,
            currency: Currency::CAD,
            discount: Rate { ppm: 80_000 },
            prices: BTreeMap::new(),
            trading: Trading::Open,
            callback: None,
            secret: CallbackSecret { generation: 1, since: noon() },
            since: noon(),
            repricings: Vec::new(),
            people: BTreeSet::new(),
        }
    }

    fn statement() -> Statement {
        let line = |number, kind, reference: &str, (amount, balance)| StatementLine {
            number,
            at: noon(),
            kind,
            reference: Some(reference.to_owned()),
            order: None,
            amount,
            balance,
        };
        Statement {
            from: date(2026, 11, 1),
            until: date(2026, 11, 30),
            currency: Currency::CAD,
            opening: 100,
            closing: 7_501,
            lines: vec![
                line(1, LineKind::PayIn, "T0001", (10_000, 10_100)),
                line(3, LineKind::Order, "A-1", (-2_599, 7_501)),
            ],
        }
    }

    #[test]
    fn a_statement_says_every_entry_in_the_readers_language() {
        let (business, partner, statement) = (Business::demonstration(), partner(), statement());
        let facts = StatementFacts {
            business: &business,
            partner: &partner,
            link: "https://renew.example".to_owned(),
            mode: Mode::Live,
            zone: Zone::named("America/Toronto").unwrap(),
            now: noon(),
        };
        let of = |language| statement_document(Words::of(language), &statement, &facts);
        let table = [
            (Language::EnCa, ["Opening balance", "Paid in · T0001", "Order · A-1"], "-$25.99"),
            (
                Language::FrCa,
                ["Solde d’ouverture", "Versement · T0001", "Commande · A-1"],
                "-25,99\u{a0}$",
            ),
            (Language::ZhCn, ["期初余额", "存入 · T0001", "订单 · A-1"], "-CA$25.99"),
        ];
        for (language, labels, last) in table {
            let document = of(language);
            for (label, (found, _)) in labels.iter().zip(&document.items) {
                assert!(found.ends_with(label), "{found}");
            }
            assert_eq!(document.items.len(), labels.len());
            assert_eq!(document.items[2].1, last);
            assert_eq!(document.sandbox, None);
        }
        let canonical: serde_json::Value =
            serde_json::from_str(&of(Language::EnCa).canonical).unwrap();
        assert_eq!((&canonical["opening"], &canonical["closing"]), (&100.into(), &7_501.into()));
        assert_eq!(canonical["entries"][1]["amount"], -2_599);
    }
}
