//! Receipts and proofs of payment as documents: every string in the buyer's language, every line
//! that the tax rules want at any amount (facts, section 6.2: always print everything).

use super::business::Business;
use super::{
    allowances, day_in_zone, method_and_reference, price_item_label, province, site, starts,
};
use crate::Mode;
use crate::ports::documents::{DocumentText, Issued, Merchant, Paragraph, QrBlock};
use farline_domain::catalog::{Plan, Price};
use farline_domain::kernel::{Instant, Language, Money, OrderId, Province, Reference, Zone};
use farline_domain::orders::{Order, Stage};
use farline_domain::payments::PaymentMethod;
use farline_domain::receipts::{ReceiptData, SoldAt};
use farline_texts::Words;
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::sync::Arc;

/// What a document says beside the sale itself.
#[derive(Clone, Debug)]
pub struct DocumentFacts {
    /// Who sells.
    pub business: Arc<Business>,
    /// The address of the order's page, which the QR code holds.
    pub order_link: String,
    /// Where the portal is reached, without a slash at the end.
    pub base_url: String,
    /// What the shop that sold it calls itself; absent where none did, or it is not ours any more: then its code stands for it.
    pub shop: Option<String>,
    /// Whether money is real.
    pub mode: Mode,
    /// The present instant. A receipt does not use it: it is fixed by its data.
    pub now: Instant,
}

/// The receipt of a delivered order. `canonical` is attached as it is; `plan` is what was bought.
pub fn receipt_document(
    data: &ReceiptData,
    canonical: &str,
    plan: &Plan,
    facts: &DocumentFacts,
    language: Language,
) -> DocumentText {
    let sold_at = data.sold_at.as_ref();
    let sheet = Sheet { words: Words::of(language), plan, price: &data.price, sold_at, facts };
    let words = sheet.words;
    let local = |at: Instant| local(at, &data.zone);
    let delivered_at = local(data.delivered_at);
    let paid_at = local(data.paid_at);
    DocumentText {
        title: words.say("receipt-title"),
        number: (words.say("receipt-number"), data.number.clone()),
        reference: (words.say("receipt-reference"), data.reference.to_string()),
        date: words.say_with("receipt-date", &[("when", words.date_time(&delivered_at).into())]),
        issued: issued(&delivered_at),
        facts: sheet.receipt_facts(data, (&paid_at, &delivered_at)),
        payment: sheet.payment((data.method, data.payment_reference.as_deref()), &paid_at),
        terms: sheet.receipt_terms(),
        qr: QrBlock { url: facts.order_link.clone(), caption: words.say("receipt-qr") },
        canonical: canonical.to_owned(),
        ..sheet.document()
    }
}

/// The proof of payment of an order, as it stands at `facts.now`; nothing for one that was never
/// paid. Its times are those of the main zone of the province of tax.
pub fn proof_document(
    order: &Order,
    plan: &Plan,
    facts: &DocumentFacts,
    language: Language,
) -> Option<DocumentText> {
    let capture = order.capture()?;
    let sold_at = SoldAt::of(order.sold_by.as_ref());
    let sold_at = sold_at.as_ref();
    let sheet = Sheet { words: Words::of(language), plan, price: &order.price, sold_at, facts };
    let words = sheet.words;
    let zone = main_zone(order.price.province);
    let paid_at = local(capture.at, zone);
    let now = local(facts.now, zone);
    let reference = capture.by_hand().map(|by_hand| String::from(by_hand.reference));
    let data = ProofData {
        format: 1,
        kind: "proof_of_payment",
        number: format!("P-{}", order.reference),
        order: order.id,
        reference: order.reference,
        state: order.state.stage(),
        as_of: facts.now,
        price: &order.price,
        paid: capture.amount,
        method: capture.method,
        payment_reference: reference.as_deref(),
        paid_at: capture.at,
    };
    Some(DocumentText {
        title: words.say("proof-title"),
        number: (words.say("proof-number"), data.number.clone()),
        reference: (words.say("receipt-reference"), order.reference.to_string()),
        date: words.say_with("proof-date", &[("when", words.date_time(&paid_at).into())]),
        issued: issued(&now),
        facts: sheet.proof_facts(order, &now),
        payment: sheet.payment((capture.method, reference.as_deref()), &paid_at),
        terms: sheet.proof_terms(order),
        qr: QrBlock { url: facts.order_link.clone(), caption: words.say("proof-qr") },
        // A struct of strings and integers always has a JSON form.
        canonical: serde_json::to_string(&data).unwrap_or_default(),
        ..sheet.document()
    })
}

/// What a proof of payment says, independent of language and layout.
#[derive(Serialize)]
struct ProofData<'a> {
    format: u32,
    kind: &'static str,
    number: String,
    order: OrderId,
    reference: Reference,
    state: Stage,
    as_of: Instant,
    price: &'a Price,
    paid: Money,
    method: PaymentMethod,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_reference: Option<&'a str>,
    paid_at: Instant,
}

/// What both documents are written from.
struct Sheet<'a> {
    words: &'static Words,
    plan: &'a Plan,
    price: &'a Price,
    /// The shop that sold it and took the money, where that was not us.
    sold_at: Option<&'a SoldAt>,
    facts: &'a DocumentFacts,
}

type Row = (String, String);

/// The business as a document prints it, with these registrations.
pub(super) fn merchant(business: &Business, registrations: &[(String, String)]) -> Merchant {
    let row = |(label, number): &(String, String)| format!("{label} {number}");
    Merchant {
        name: business.legal_name.clone(),
        address: business.address.clone(),
        phone: business.phone.clone(),
        email: business.email.clone(),
        registrations: registrations.iter().map(row).collect(),
    }
}

impl Sheet<'_> {
    /// The parts that both documents share.
    fn document(&self) -> DocumentText {
        let (words, business) = (self.words, &self.facts.business);
        // No tax was taken by us, so none of our numbers stands on it.
        let registrations = match self.sold_at {
            None => business.registrations(words),
            Some(_) => Vec::new(),
        };
        let total = match self.sold_at {
            None => "receipt-total",
            Some(_) => "receipt-total-at-shop",
        };
        let currency = [("currency", self.price.total.currency.code().into())];
        DocumentText {
            language: words.language().tag().to_owned(),
            brand: business.brand.get(words.language()).to_owned(),
            merchant: merchant(business, &registrations),
            items: self.items(),
            total: (words.say_with(total, &currency), self.money(self.price.total)),
            sandbox: match self.facts.mode {
                Mode::Sandbox => Some(words.say("receipt-sandbox")),
                Mode::Live => None,
            },
            verify_hint: words.say("receipt-verify"),
            ..DocumentText::default()
        }
    }

    fn row(&self, label_key: &str, value: String) -> Row {
        (self.words.say(label_key), value)
    }

    fn money(&self, money: Money) -> String {
        self.words.money(money.minor, money.currency.code())
    }

    fn plan_name(&self) -> &str {
        self.plan.name.get(self.words.language())
    }

    fn items(&self) -> Vec<Row> {
        let label = |item| price_item_label(self.words, item, self.plan_name());
        self.price.items.iter().map(|item| (label(item), self.money(item.amount))).collect()
    }

    fn granted(&self) -> String {
        let plan = self.plan;
        allowances(self.words, &plan.allowances, plan.validity, plan.price.currency)
    }

    fn payment(
        &self,
        (method, reference): (PaymentMethod, Option<&str>),
        paid_at: &Zoned,
    ) -> String {
        let when = self.words.date_time(paid_at);
        if let Some(sold_at) = self.sold_at {
            let said = [("shop", self.shop(sold_at).into()), ("when", when.into())];
            return self.words.say_with("receipt-payment-at-shop", &said);
        }
        let method = method_and_reference(self.words, method, reference);
        self.words.say_with("receipt-payment", &[("method", method.into()), ("when", when.into())])
    }

    fn receipt_facts(
        &self,
        data: &ReceiptData,
        (paid_at, delivered_at): (&Zoned, &Zoned),
    ) -> Vec<Row> {
        let words = self.words;
        let card = [
            ("operator", data.operator.as_str().into()),
            ("card", words.phone_hint(&data.line_hint).into()),
        ];
        let period = [
            ("from", words.date(data.starts_on).into()),
            ("until", words.date(data.usable_until).into()),
            ("zone", words.zone_name(&data.zone).into()),
        ];
        let mut rows = vec![
            self.row("receipt-card", words.say_with("card-of-operator", &card)),
            self.row("receipt-plan", self.plan_name().to_owned()),
            self.row("receipt-grants", self.granted()),
            self.row("receipt-valid", words.say_with("period-in-zone", &period)),
        ];
        if let (Some(date), Ok(zone)) = (data.expires_on, Zone::named(&data.zone)) {
            rows.push(self.row("receipt-expiry", day_in_zone(words, date, &zone)));
        }
        rows.push(self.row("receipt-paid-at", words.date_time(paid_at)));
        rows.push(self.row("receipt-delivered-at", words.date_time(delivered_at)));
        rows.push(self.taxed_or_sold());
        rows
    }

    fn shop<'s>(&'s self, sold_at: &'s SoldAt) -> &'s str {
        self.facts.shop.as_deref().unwrap_or(sold_at.shop.as_str())
    }

    /// Whose taxes are in the price; or who sold it, where that was not us.
    fn taxed_or_sold(&self) -> Row {
        match self.sold_at {
            None => self.row("receipt-province", province(self.words, self.price.province)),
            Some(sold_at) => {
                let order = sold_at.reference.as_str();
                let said = [("shop", self.shop(sold_at).into()), ("order", order.into())];
                self.row("receipt-sold-by", self.words.say_with("receipt-sold-by-shop", &said))
            }
        }
    }

    fn proof_facts(&self, order: &Order, now: &Zoned) -> Vec<Row> {
        let words = self.words;
        let key = format!("order-state-{}", order.state.stage().code().replace('_', "-"));
        let state = [("state", words.say(&key).into()), ("when", words.date_time(now).into())];
        let mut rows = vec![self.row("proof-state", words.say_with("proof-state-at", &state))];
        if order.is_unfinished() {
            rows.push(self.row("receipt-delivery", words.say("proof-delivery")));
        }
        rows.extend([
            self.row("receipt-plan", self.plan_name().to_owned()),
            self.row("receipt-grants", self.granted()),
            self.row("receipt-starts", starts(words, self.plan.start_rule)),
            self.taxed_or_sold(),
        ]);
        rows
    }

    fn receipt_terms(&self) -> Vec<Paragraph> {
        let words = self.words;
        let phone = [("phone", self.facts.business.phone.as_str().into())];
        let of_terms = |key: &str| headed(words, key, words.say(&format!("{key}-text")));
        let balance = words.say_with("receipt-balance-text", &phone);
        let refunds = match self.sold_at {
            None => self.facts.business.refunds(words).join("\n"),
            Some(_) => words.say("receipt-refund-at-shop"),
        };
        let mut terms = vec![
            headed(words, "terms-refund", refunds),
            of_terms("terms-wrong"),
            of_terms("terms-expiry"),
            headed(words, "receipt-balance-title", balance),
        ];
        terms.extend(self.closing_terms());
        terms
    }

    fn proof_terms(&self, order: &Order) -> Vec<Paragraph> {
        let words = self.words;
        let mut terms = Vec::new();
        if order.is_unfinished() && self.sold_at.is_none() {
            let amount = [("amount", self.money(order.price.total).into())];
            let text = words.say_with("proof-refund-text", &amount);
            terms.push(headed(words, "proof-refund-title", text));
        }
        terms.extend(self.closing_terms());
        terms
    }

    fn closing_terms(&self) -> [Paragraph; 3] {
        let (words, business) = (self.words, &self.facts.business);
        let ccts = &business.complaints;
        let contact = [
            ("phone", business.phone.as_str().into()),
            ("email", business.email.as_str().into()),
            ("ccts_phone", ccts.ccts_phone.as_str().into()),
            ("ccts_website", ccts.ccts_website.as_str().into()),
            ("ccts_address", ccts.ccts_address.join(", ").into()),
        ];
        let version = [("version", business.terms_version.as_str().into())];
        [
            headed(words, "terms-complaints", words.say_with("receipt-complaints-text", &contact)),
            headed(words, "receipt-terms-title", words.say_with("receipt-terms-text", &version)),
            headed(words, "receipt-site-title", site::pages(words, &self.facts.base_url)),
        ]
    }
}

fn headed(words: &Words, heading_key: &str, text: String) -> Paragraph {
    Paragraph { heading: Some(words.say(heading_key)), text }
}

/// An instant in a zone of the IANA database. Names come from [`Zone`], so they are known; if not,
/// UTC is at least true.
fn local(at: Instant, zone: &str) -> Zoned {
    at.timestamp().to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

/// The zone in which most people of a province live.
const fn main_zone(province: Province) -> &'static str {
    match province {
        Province::Ab => "America/Edmonton",
        Province::Bc => "America/Vancouver",
        Province::Mb => "America/Winnipeg",
        Province::Nb => "America/Moncton",
        Province::Nl => "America/St_Johns",
        Province::Ns | Province::Pe => "America/Halifax",
        Province::Nt => "America/Yellowknife",
        Province::Nu => "America/Iqaluit",
        Province::On | Province::Qc => "America/Toronto",
        Province::Sk => "America/Regina",
        Province::Yt => "America/Whitehorse",
    }
}

pub(super) fn issued(at: &Zoned) -> Issued {
    let small = |number: i8| number.unsigned_abs();
    Issued {
        year: at.year().unsigned_abs(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        offset_minutes: i16::try_from(at.offset().seconds() / 60).unwrap_or(0),
    }
}
