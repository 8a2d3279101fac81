//! What is agreed to, and what the payer of an auto-renew is told, in every language.

use super::check_table;
use super::samples::{later, line, operator, plan};
use super::segments::{Alphabet, segments};
use farline_app::wording::auto_renew::{NoticeFacts, Terms, compose, consent_text};
use farline_app::wording::business::Business;
use farline_domain::auto_renew::{Consent, Means, Trigger};
use farline_domain::kernel::{AccountId, AllowanceKind, ContactId, Language, Money, Units};
use farline_domain::notices::{AutoRenewNews, AutoRenewNotice, Medium};
use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use farline_testkit::{OWN_BIG, agreement, catalogue, kept_method, quote};
use std::fmt::Write;

fn account() -> AccountId {
    AccountId::mint(later(0), line().id.cell(), 1)
}

fn consent(language: Language, means: Means, trigger: Trigger) -> Consent {
    let quote = quote(&catalogue(), line().id, (OWN_BIG, 1), later(0));
    let agreed = agreement(quote, account()).consent;
    Consent { language, means, trigger, ..agreed }
}

#[test]
fn the_consent_reads_as_it_was_read() {
    let business = Business::demonstration();
    let method = SavedMethod {
        id: "pm_1".to_owned(),
        customer: "cus_1".to_owned(),
        method: PaymentMethod::Credit,
        brand: "Visa".to_owned(),
        hint: "4242".to_owned(),
        expiry: Some(CardExpiry { year: 2030, month: 4 }),
    };
    let wallet = SavedMethod {
        method: PaymentMethod::Paypal,
        brand: "PayPal".to_owned(),
        hint: "l***@example.org".to_owned(),
        ..method.clone()
    };
    let octets = Units::new(1_000_000_000).unwrap();
    let cents = Units::new(500).unwrap();
    for language in Language::ALL {
        let kept = Means::Saved(kept_method(account(), later(0)));
        let kinds = [
            (kept.clone(), Trigger::BeforeExpiry(2), Some(&method)),
            (kept, Trigger::BeforeExpiry(0), Some(&wallet)),
            (Means::LineCredit, Trigger::Cycle, None),
            (Means::PayLink, Trigger::Below(AllowanceKind::Data, octets), None),
            (Means::LineCredit, Trigger::Below(AllowanceKind::Credit, cents), None),
        ];
        let mut table = String::new();
        for (means, trigger, method) in kinds {
            let consent = consent(language, means, trigger);
            let terms = Terms {
                consent: &consent,
                plan: &plan(),
                line: &line(),
                operator: &operator("America/Toronto"),
                total: Money::cad(3_390),
                method,
            };
            writeln!(table, "════\n{}\n", consent_text(&business, &terms)).unwrap();
        }
        assert!(!table.contains('⟦'), "{table}");
        check_table(&format!("consent.{}.txt", language.tag()), &table);
    }
}

#[test]
fn notices_about_an_auto_renew_read_as_they_were_read() {
    let business = Business::demonstration();
    for language in Language::ALL {
        let mut table = String::new();
        for news in AutoRenewNews::ALL {
            for medium in [Medium::Email, Medium::Sms] {
                let notice = AutoRenewNotice {
                    news,
                    contact: ContactId::mint(later(0), line().id.cell(), 1),
                    medium,
                    language,
                    plan: plan().code,
                    at: Some(later(3 * 24 * 60)),
                    total: Some(Money::cad(3_390)),
                    order: None,
                };
                let facts = NoticeFacts {
                    notice: &notice,
                    plan: Some(&plan()),
                    line: &line(),
                    operator: &operator("America/Toronto"),
                    business: &business,
                    pay_link: "https://farline.example/r/0123456789".to_owned(),
                    manage_link: "https://farline.example/cards/lin_0/auto-renew".to_owned(),
                };
                let (subject, body) = compose(&facts);
                if medium == Medium::Email {
                    writeln!(table, "════ {}: {subject}\n\n{body}\n", news.code()).unwrap();
                } else {
                    let (alphabet, parts) = segments(&body);
                    assert!(parts <= 4, "{body}");
                    assert!(language == Language::ZhCn || alphabet == Alphabet::Gsm7, "{body}");
                    writeln!(table, "{body}\n[{alphabet:?}, {parts}]\n").unwrap();
                }
            }
        }
        assert!(!table.contains('⟦'), "{table}");
        check_table(&format!("auto-renew.{}.txt", language.tag()), &table);
    }
}
