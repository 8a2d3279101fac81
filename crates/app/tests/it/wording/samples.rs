//! One sale as it stands when each notice is sent.

use std::collections::BTreeMap;
use std::iter::successors;

use farline_app::ports::notice::Attachment;
use farline_app::wording::business::Business;
use farline_app::wording::notice::NoticeFacts;
use farline_domain::catalog::{
    Allowance, LevyDuty, Network, Operator, OperatorCode, Plan, PlanCode, Price, PriceItem,
    PriceItemKind, StartRule, TaxKind, Validity, ZoneCode,
};
use farline_domain::kernel::{
    AllowanceKind, Cell, ContactId, Currency, Iccid, Instant, Language, LineId, Localized, Money,
    Msisdn, OrderId, Province, QuoteId, Rate, Reference, Units, Zone,
};
use farline_domain::lines::{GraceRenewal, Leftover, LifecycleRule, Line, LineDates, Period};
use farline_domain::notices::{Medium, NoticeReason};
use farline_domain::orders::{
    Channel, Delivered, DeliveryRefusal, Order, OrderState, Payer, Sending, Task, TaskKind,
};
use farline_domain::payments::{
    Capture, PaymentMethod, Refund, RefundProgress, RefundReason, RefundTo,
};
use jiff::civil::date;

/// 2026-12-28, 23:45 in Toronto: the longest dates of the year.
pub(crate) fn paid_at() -> Instant {
    Instant::from_millis(1_798_519_500_000)
}

pub(crate) fn later(minutes: i64) -> Instant {
    paid_at().plus_seconds(minutes * 60)
}

pub(crate) fn localized(zh: &str, en: &str, fr: &str) -> Localized {
    let texts = [(Language::ZhCn, zh), (Language::EnCa, en), (Language::FrCa, fr)];
    let texts = texts.map(|(language, text)| (language, text.to_owned()));
    Localized::new(BTreeMap::from(texts)).unwrap()
}

pub(crate) fn allowance(kind: AllowanceKind, count: i64) -> Allowance {
    let units = Units::new(count).unwrap();
    let zone = ZoneCode::parse("canada").unwrap();
    Allowance { kind, units, zone, breadth: 1, window: None, bonus: false }
}

pub(crate) fn plan() -> Plan {
    Plan {
        code: PlanCode::parse("maplewave-5gb").unwrap(),
        version: 3,
        operator: OperatorCode::parse("maplewave").unwrap(),
        name: localized("枫波 5 GB", "Maplewave 5 GB", "Maplewave 5 Go"),
        description: localized("日常上网", "For every day", "Pour tous les jours"),
        needs: Vec::new(),
        allowances: vec![
            allowance(AllowanceKind::Data, 5_000_000_000),
            allowance(AllowanceKind::Voice, 18_000),
            allowance(AllowanceKind::Messages, 200),
        ],
        validity: Validity::Days(30),
        start_rule: StartRule::Queue,
        price: Money::cad(3000),
        rank: 1,
        sold_from: None,
        sold_until: None,
    }
}

pub(crate) fn price() -> Price {
    let item = |kind, minor| PriceItem { kind, amount: Money::cad(minor) };
    Price {
        items: vec![
            item(PriceItemKind::Plan, 3000),
            item(PriceItemKind::Promotion("winter".to_owned()), -500),
            item(PriceItemKind::Tax(TaxKind::Gst, Rate { ppm: 50_000 }), 125),
            item(PriceItemKind::Tax(TaxKind::Qst, Rate { ppm: 99_750 }), 249),
        ],
        total: Money::cad(2874),
        province: Province::Qc,
    }
}

pub(crate) fn operator(zone: &str) -> Operator {
    Operator {
        code: OperatorCode::parse("maplewave").unwrap(),
        name: "Maplewave".to_owned(),
        network: Network::Own,
        then: Vec::new(),
        lifecycle: LifecycleRule {
            zone: Zone::named(zone).unwrap(),
            period: Period::Days(30),
            grace_days: 7,
            suspended_days: 60,
            grace_renewal: GraceRenewal::FromToday,
            charge_hour: 3,
            leftover: Leftover::Forfeited,
        },
        currency: Currency::CAD,
        levies: LevyDuty::Carrier,
    }
}

pub(crate) fn line() -> Line {
    Line {
        id: LineId::mint(paid_at(), Cell::numbered(7), 1),
        msisdn: Some(Msisdn::parse("+14165550188").unwrap()),
        iccid: Iccid::parse("8919980000000000015").unwrap(),
        operator: OperatorCode::parse("maplewave").unwrap(),
        province: Some(Province::Qc),
        language: Language::ZhCn,
        dates: LineDates::default(),
    }
}

pub(crate) fn capture(method: PaymentMethod) -> Capture {
    Capture {
        provider: "sandbox".to_owned(),
        payment: "pay_1".to_owned(),
        amount: Money::cad(2874),
        method,
        at: paid_at(),
    }
}

pub(crate) fn delivered() -> Delivered {
    let expires_on = Some(date(2027, 1, 27));
    Delivered {
        at: paid_at(),
        buckets: vec![1],
        before: LineDates::default(),
        after: LineDates { expires_on, ..LineDates::default() },
        starts_on: date(2026, 12, 29),
        usable_until: date(2027, 1, 27),
        supplier_reference: None,
        started_early: None,
    }
}

/// An unpaid order.
pub(crate) fn order() -> Order {
    let cell = Cell::numbered(7);
    Order {
        id: OrderId::mint(paid_at(), cell, 2),
        reference: Reference::parse("K7QM4D2X").unwrap(),
        line: line().id,
        quote: QuoteId::mint(paid_at(), cell, 3),
        offer: plan().offer(&[]),
        price: price(),
        payer: Some(Payer {
            contact: ContactId::mint(paid_at(), cell, 4),
            media: vec![Medium::Email, Medium::Sms],
            account: None,
        }),
        language: Language::FrCa,
        french_terms: None,
        channel: Channel::Portal,
        origin: None,
        sold_by: None,
        assistance: None,
        another_period: false,
        reservations: Vec::new(),
        checkout: None,
        charge: None,
        occasion: None,
        state: OrderState::AwaitingPayment { until: paid_at() },
        attempts: Vec::new(),
        history: Vec::new(),
        refunds: Vec::new(),
        disputes: Vec::new(),
        fees: Vec::new(),
        task: None,
    }
}

fn refunded(
    order: &mut Order,
    (reason, refusal): (RefundReason, Option<DeliveryRefusal>),
    progress: RefundProgress,
) {
    let capture = capture(PaymentMethod::Credit);
    order.state = match progress {
        RefundProgress::Done { .. } => OrderState::Refunded { refund: 1, refusal },
        RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Failed { .. } => {
            OrderState::Refunding { refund: 1, refusal }
        }
    };
    order.refunds.push(Refund {
        alone: None,
        number: 1,
        attempt: 1,
        amount: capture.amount,
        capture,
        to: RefundTo::Source,
        key: None,
        reason,
        progress,
        owed_since: paid_at(),
    });
}

/// The order as it stands when this notice is promised.
pub(crate) fn order_for(reason: NoticeReason) -> Order {
    let mut order = order();
    let capture = capture(PaymentMethod::Credit);
    let refund = || "re_1".to_owned();
    match reason {
        NoticeReason::Delivered => {
            order.state = OrderState::Delivered { capture, delivered: delivered() };
        }
        NoticeReason::Unknown => {
            let sending = Sending {
                reference: "dlv-1".to_owned(),
                sent_at: Some(paid_at()),
                asked: 0,
                next_ask_at: Some(later(1)),
            };
            order.state = OrderState::Unknown { capture, sending };
        }
        NoticeReason::Held => {
            order.state = OrderState::Held { capture };
            order.task = Some(Task { kind: TaskKind::HeldPayment, by: later(1440) });
        }
        NoticeReason::WrongNumber => {
            order.state = OrderState::Delivered { capture, delivered: delivered() };
            order.task = Some(Task { kind: TaskKind::WrongNumber, by: later(2880) });
        }
        NoticeReason::StartedEarly => {
            let started = Delivered { started_early: Some(later(600)), ..delivered() };
            order.state = OrderState::Delivered { capture, delivered: started };
        }
        NoticeReason::Declined => {
            let refusal = Some(DeliveryRefusal::NumberNotAccepted);
            refunded(&mut order, (RefundReason::Declined, refusal), RefundProgress::Due);
        }
        NoticeReason::Refunding => {
            refunded(&mut order, (RefundReason::LateCapture, None), RefundProgress::Due);
        }
        NoticeReason::Reversed => {
            refunded(&mut order, (RefundReason::Reversed, None), RefundProgress::Due);
        }
        NoticeReason::Refunded => {
            let progress = RefundProgress::Done { refund: refund(), at: later(5) };
            refunded(&mut order, (RefundReason::Cancelled, None), progress);
        }
        NoticeReason::RefundFailed => {
            let progress =
                RefundProgress::Failed { reason: "account closed".to_owned(), at: later(60) };
            refunded(&mut order, (RefundReason::Declined, None), progress);
            order.task = Some(Task { kind: TaskKind::RefundFailed, by: later(2940) });
        }
    }
    order
}

/// Everything beside the order that a notice needs.
pub(crate) struct Shop {
    pub(crate) plan: Plan,
    pub(crate) line: Line,
    pub(crate) operator: Operator,
    pub(crate) business: Business,
}

impl Shop {
    pub(crate) fn in_zone(zone: &str) -> Self {
        let business = Business::demonstration();
        Self { plan: plan(), line: line(), operator: operator(zone), business }
    }

    pub(crate) fn facts<'a>(&'a self, order: &'a Order) -> NoticeFacts<'a> {
        // As long as the real one: an id of 29 characters and a MAC of 32.
        let token = format!("{}.{}", order.id, "k".repeat(32));
        NoticeFacts {
            order,
            plan: &self.plan,
            line: &self.line,
            operator: &self.operator,
            business: &self.business,
            order_link: format!("https://farline.example/fr/orders/{token}"),
            base_url: "https://farline.example",
            receipt_pdf: Some(Attachment {
                file_name: "R-K7QM-4D2X.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                bytes: b"%PDF".to_vec(),
            }),
            zone: &self.operator.lifecycle.zone,
        }
    }
}

/// Every reason. A new one does not compile until it has its place here.
pub(crate) fn reasons() -> impl Iterator<Item = NoticeReason> {
    successors(Some(NoticeReason::Delivered), |reason| match reason {
        NoticeReason::Delivered => Some(NoticeReason::Unknown),
        NoticeReason::Unknown => Some(NoticeReason::Declined),
        NoticeReason::Declined => Some(NoticeReason::Refunding),
        NoticeReason::Refunding => Some(NoticeReason::Refunded),
        NoticeReason::Refunded => Some(NoticeReason::RefundFailed),
        NoticeReason::RefundFailed => Some(NoticeReason::Held),
        NoticeReason::Held => Some(NoticeReason::Reversed),
        NoticeReason::Reversed => Some(NoticeReason::WrongNumber),
        NoticeReason::WrongNumber => Some(NoticeReason::StartedEarly),
        NoticeReason::StartedEarly => None,
    })
}

/// Every reason for a refund.
pub(crate) fn refund_reasons() -> impl Iterator<Item = RefundReason> {
    successors(Some(RefundReason::Declined), |reason| match reason {
        RefundReason::Declined => Some(RefundReason::Cancelled),
        RefundReason::Cancelled => Some(RefundReason::CancelledBeforeStart),
        RefundReason::CancelledBeforeStart => Some(RefundReason::LateCapture),
        RefundReason::LateCapture => Some(RefundReason::AmountDiffers),
        RefundReason::AmountDiffers => Some(RefundReason::PaidTwice),
        RefundReason::PaidTwice => Some(RefundReason::NotWanted),
        RefundReason::NotWanted => Some(RefundReason::WrongNumber),
        RefundReason::WrongNumber => Some(RefundReason::Reversed),
        RefundReason::Reversed => Some(RefundReason::Goodwill),
        RefundReason::Goodwill => Some(RefundReason::ChargedBack),
        RefundReason::ChargedBack => Some(RefundReason::AtShop),
        RefundReason::AtShop => None,
    })
}

/// Every refusal of a network.
pub(crate) fn refusals() -> impl Iterator<Item = DeliveryRefusal> {
    successors(Some(DeliveryRefusal::LineClosed), |refusal| match refusal {
        DeliveryRefusal::LineClosed => Some(DeliveryRefusal::NoPlanInService),
        DeliveryRefusal::NoPlanInService => Some(DeliveryRefusal::NumberNotAccepted),
        DeliveryRefusal::NumberNotAccepted => Some(DeliveryRefusal::NetworkUnavailable),
        DeliveryRefusal::NetworkUnavailable => Some(DeliveryRefusal::FoundUndelivered),
        DeliveryRefusal::FoundUndelivered => None,
    })
}
