//! Receipts and proofs of payment.

use std::fmt::Write;
use std::sync::Arc;

use farline_app::Mode;
use farline_app::ports::documents::{DocumentText, Issued};
use farline_app::wording::business::Business;
use farline_app::wording::receipt::{DocumentFacts, proof_document, receipt_document};
use farline_domain::catalog::{Price, PriceItem, PriceItemKind};
use farline_domain::kernel::{Currency, Language, Money, Province};
use farline_domain::notices::NoticeReason;
use farline_domain::orders::ShopCode;
use farline_domain::payments::PaymentMethod;
use farline_domain::receipts::{ReceiptData, SoldAt};
use jiff::civil::date;

use super::check_table;
use super::samples::{later, localized, order, order_for, paid_at, plan, price, reasons};

fn facts(mode: Mode) -> DocumentFacts {
    DocumentFacts {
        business: Arc::new(Business::demonstration()),
        order_link: "https://farline.example/fr/orders/ord".to_owned(),
        base_url: "https://farline.example".to_owned(),
        shop: None,
        mode,
        now: later(2),
    }
}

fn data() -> ReceiptData {
    let order = order();
    ReceiptData {
        format: 1,
        number: ReceiptData::number_of(&order.reference),
        order: order.id,
        reference: order.reference,
        line_hint: "88".to_owned(),
        operator: "Maplewave".to_owned(),
        plan: (plan().code, 3),
        price: price(),
        method: PaymentMethod::Debit,
        payment_reference: None,
        sold_at: None,
        paid_at: paid_at(),
        delivered_at: later(1),
        starts_on: date(2026, 12, 29),
        usable_until: date(2027, 1, 27),
        expires_on: Some(date(2027, 1, 27)),
        zone: "America/Toronto".to_owned(),
        language: Language::FrCa,
    }
}

fn receipt(language: Language, mode: Mode) -> DocumentText {
    let data = data();
    receipt_document(&data, &data.fix().canonical, &plan(), &facts(mode), language)
}

fn written(document: &DocumentText) -> String {
    let mut text = String::new();
    let row = |(label, value): &(String, String)| format!("{label} | {value}\n");
    writeln!(text, "{} · {} · {}", document.brand, document.title, document.date).unwrap();
    text += &(row(&document.number) + &row(&document.reference));
    let seller = &document.merchant;
    writeln!(text, "{}\n{}", seller.name, seller.address.join("\n")).unwrap();
    writeln!(text, "{}\n{}\n{}", seller.phone, seller.email, seller.registrations.join("\n"))
        .unwrap();
    text.extend(document.facts.iter().chain(&document.items).map(row));
    text += &row(&document.total);
    writeln!(text, "{}", document.payment).unwrap();
    for paragraph in &document.terms {
        writeln!(text, "# {}\n{}", paragraph.heading.as_deref().unwrap_or("-"), paragraph.text)
            .unwrap();
    }
    writeln!(text, "[{}] {}", document.qr.caption, document.qr.url).unwrap();
    writeln!(text, "{}\n{}", document.verify_hint, document.sandbox.as_deref().unwrap_or("-"))
        .unwrap();
    assert!(!text.contains(['⟦', '!', '！']) && !text.contains("5550188"), "{text}");
    text
}

#[test]
fn documents_read_as_they_were_read() {
    for language in Language::ALL {
        let order = order_for(NoticeReason::Unknown);
        let proof = proof_document(&order, &plan(), &facts(Mode::Sandbox), language).unwrap();
        let text =
            format!("{}\n════\n{}", written(&receipt(language, Mode::Live)), written(&proof));
        check_table(&format!("documents.{}.txt", language.tag()), &text);
    }
}

#[test]
fn a_receipt_says_all_that_the_tax_rules_want_at_any_amount() {
    let receipt = receipt(Language::EnCa, Mode::Live);
    assert_eq!(receipt.merchant.name, "Farline Demonstration Inc.");
    assert!(receipt.date.contains("December\u{a0}28, 2026"), "{}", receipt.date);
    assert_eq!(receipt.total.1, "$28.74");
    let registrations = &receipt.merchant.registrations;
    assert_eq!(registrations[..2], ["GST/HST 123456789RT0001", "QST 1234567890TQ0001"]);
    let place =
        receipt.terms.iter().find(|paragraph| paragraph.text.contains("/en/terms")).unwrap();
    for page in ["about", "complaints", "privacy"] {
        assert!(place.text.contains(&format!("https://farline.example/en/{page}")), "{page}");
    }
    assert!(receipt.terms[0].text.starts_with("If the plan is not delivered"), "refund terms");
    let taxes = [("GST 5%", "$1.25"), ("QST 9.975%", "$2.49")];
    let taxes = taxes.map(|(label, amount)| (label.to_owned(), amount.to_owned()));
    assert!(receipt.items.ends_with(&taxes), "{:?}", receipt.items);
    assert_eq!(receipt.canonical, data().fix().canonical);
}

#[test]
fn a_receipt_is_fixed_by_its_data_and_dated_by_its_delivery() {
    let issued = Issued {
        year: 2026,
        month: 12,
        day: 28,
        hour: 23,
        minute: 46,
        second: 0,
        offset_minutes: -300,
    };
    let first = receipt(Language::FrCa, Mode::Live);
    assert_eq!(first.issued, issued);
    let data = data();
    let much_later = DocumentFacts { now: later(100_000), ..facts(Mode::Live) };
    let canonical = data.fix().canonical;
    assert_eq!(receipt_document(&data, &canonical, &plan(), &much_later, Language::FrCa), first);
}

#[test]
fn only_a_sandbox_receipt_carries_the_mark() {
    for language in Language::ALL {
        assert!(receipt(language, Mode::Sandbox).sandbox.is_some());
        assert!(receipt(language, Mode::Live).sandbox.is_none());
    }
}

#[test]
fn a_proof_exists_from_paid_on_and_says_where_it_stands() {
    let facts = facts(Mode::Live);
    assert_eq!(proof_document(&order(), &plan(), &facts, Language::EnCa), None);
    for reason in reasons() {
        let order = order_for(reason);
        let proof = proof_document(&order, &plan(), &facts, Language::EnCa).unwrap();
        let says_undelivered = written(&proof).contains("Not delivered yet");
        assert_eq!(says_undelivered, order.is_unfinished(), "{}", reason.code());
        let stage = format!("\"state\":\"{}\"", order.state.stage().code());
        assert!(proof.canonical.contains(&stage), "{}", proof.canonical);
        assert!(proof.canonical.contains(r#""paid":{"amount":2874,"currency":"CAD"}"#));
    }
}

#[test]
fn a_receipt_prints_the_refund_rules_of_the_business_itself() {
    let business = Business {
        own_refunds: Some(localized(
            "当日退款。",
            "We refund today.",
            "Nous remboursons aujourd’hui.",
        )),
        ..Business::demonstration()
    };
    let facts = DocumentFacts { business: Arc::new(business), ..facts(Mode::Live) };
    let data = data();
    let canonical = data.fix().canonical;
    let receipt = receipt_document(&data, &canonical, &plan(), &facts, Language::EnCa);
    assert_eq!(receipt.terms[0].text, "We refund today.");
}

/// What a shop sold claims neither money nor tax of ours, in any language.
#[test]
fn what_a_shop_sold_says_so_and_claims_nothing() {
    let shop = ShopCode::parse("taobao-maple").unwrap();
    let paid = Money { minor: 12_850, currency: Currency::parse("CNY").unwrap() };
    let items = vec![PriceItem { kind: PriceItemKind::Plan, amount: paid }];
    let data = ReceiptData {
        price: Price { items, total: paid, province: Province::On },
        method: PaymentMethod::Marketplace,
        sold_at: Some(SoldAt { shop, reference: "190000000000000001-1".to_owned() }),
        ..data()
    };
    for language in Language::ALL {
        let canonical = data.fix().canonical;
        let paper = receipt_document(&data, &canonical, &plan(), &facts(Mode::Live), language);
        let text = written(&paper);
        assert!(text.contains("taobao-maple") && text.contains("190000000000000001-1"), "{text}");
        assert!(paper.payment.contains("taobao-maple"), "{}", paper.payment);
        // A shop that is set up is called what its buyers know it as.
        let titled =
            DocumentFacts { shop: Some("红枫旗舰店".to_owned()), ..facts(Mode::Live) };
        let titled = receipt_document(&data, &canonical, &plan(), &titled, language);
        let said = written(&titled);
        assert!(titled.payment.contains("红枫旗舰店") && said.contains("红枫旗舰店"), "{said}");
        assert!(!said.contains("taobao-maple"), "{said}");
        assert_eq!(paper.merchant.registrations, Vec::<String>::new());
        for never in ["HST", "TVH", "GST", "TPS", "含税", "taxes included", "taxes comprises"] {
            assert!(!text.contains(never), "{never}: {text}");
        }
        let ours =
            receipt_document(&self::data(), &canonical, &plan(), &facts(Mode::Live), language);
        assert_ne!(ours.total.0, paper.total.0);
        assert!(!ours.merchant.registrations.is_empty());
    }
}
