//! Notices of an order: one reason, one recipient, one language, from the order as it stands when
//! the notice is sent. The number is never in full.

use super::business::Business;
use super::{
    allowances, day_in_zone, hint, paid_with, price_item_label, refund_reason, refusal, site, sms,
    starts,
};
use crate::ports::notice::Attachment;
use farline_domain::catalog::{Operator, Plan, StartRule};
use farline_domain::commands::REPORT_WITHIN_MILLIS;
use farline_domain::kernel::{Instant, Language, Money, Zone};
use farline_domain::lines::Line;
use farline_domain::notices::{Medium, NoticeReason, Recipient};
use farline_domain::orders::{
    Delivered, DeliveryRefusal, Order, OrderState, Stage, TaskKind, person_deadline,
};
use farline_domain::payments::{PaymentMethod, Refund, RefundProgress, RefundReason};
use farline_domain::receipts::ReceiptData;
use farline_texts::{Argument, Words};
use std::fmt;

/// What a notice tells about.
#[derive(Clone, Debug)]
pub struct NoticeFacts<'a> {
    /// The order as it stands now.
    pub order: &'a Order,
    /// The plan version it bought.
    pub plan: &'a Plan,
    /// The line it renews.
    pub line: &'a Line,
    /// Whose line it is.
    pub operator: &'a Operator,
    /// Who sells.
    pub business: &'a Business,
    /// The address of the order's page, with its bearer: for the payer only.
    pub order_link: String,
    /// Where the portal is reached, without a slash at the end.
    pub base_url: &'a str,
    /// The signed receipt, to travel with an e-mail.
    pub receipt_pdf: Option<Attachment>,
    /// The zone in which dates and times are written.
    pub zone: &'a Zone,
}

/// A notice in words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Worded {
    /// The subject line; e-mail only, empty otherwise.
    pub subject: String,
    /// The whole text, plain.
    pub body: String,
    /// Files that travel with it; e-mail only.
    pub attachments: Vec<Attachment>,
}

/// Shows no word of the content: it holds a link with a bearer, or a code.
impl fmt::Debug for Worded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Worded")
            .field("attachments", &self.attachments)
            .finish_non_exhaustive()
    }
}

/// Puts a notice into words. The payer is written to in the order's language, the line in its own.
pub fn compose(
    reason: NoticeReason,
    recipient: Recipient,
    language: Language,
    facts: &NoticeFacts<'_>,
) -> Worded {
    let told = Told {
        words: Words::of(language),
        reason,
        facts,
        refund: refund_told(reason, facts.order),
    };
    match recipient {
        Recipient::Payer(Medium::Email) => told.email(),
        Recipient::Payer(Medium::Sms) => told.short(Part::Sms),
        Recipient::Line => told.short(Part::Line),
    }
}

/// The refund that a reason speaks of: the latest one to which it happened.
fn refund_told(reason: NoticeReason, order: &Order) -> Option<&Refund> {
    let refunds = order.refunds.iter();
    match reason {
        NoticeReason::Delivered
        | NoticeReason::Unknown
        | NoticeReason::Held
        | NoticeReason::WrongNumber
        | NoticeReason::StartedEarly => None,
        NoticeReason::Declined | NoticeReason::Refunding | NoticeReason::Reversed => refunds.last(),
        NoticeReason::Refunded => refunds.max_by_key(|refund| done_at(refund)),
        NoticeReason::RefundFailed => refunds.max_by_key(|refund| match refund.progress {
            RefundProgress::Failed { at, .. } => Some(at),
            RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Done { .. } => {
                None
            }
        }),
    }
}

const fn done_at(refund: &Refund) -> Option<Instant> {
    match refund.progress {
        RefundProgress::Done { at, .. } => Some(at),
        RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Failed { .. } => None,
    }
}

/// The texts of a reason: three of an e-mail, and two text messages.
#[derive(Clone, Copy)]
enum Part {
    Subject,
    Lead,
    Next,
    Sms,
    Line,
}

impl Part {
    /// The end of its key.
    const fn code(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Lead => "lead",
            Self::Next => "next",
            Self::Sms => "sms",
            Self::Line => "line",
        }
    }
}

/// Everything one notice is made of.
struct Told<'a> {
    words: &'static Words,
    reason: NoticeReason,
    facts: &'a NoticeFacts<'a>,
    refund: Option<&'a Refund>,
}

impl Told<'_> {
    fn email(&self) -> Worded {
        let mut paragraphs = vec![self.part(Part::Lead), self.rows().join("\n")];
        paragraphs.push(self.row("notice-label-next", self.part(Part::Next)));
        if self.reason == NoticeReason::Delivered {
            paragraphs.push(self.receipt_sentence());
        }
        let link = self.row("notice-label-link", self.facts.order_link.clone());
        paragraphs.push(link);
        paragraphs.push(site::pages(self.words, self.facts.base_url));
        paragraphs.push(footer(self.words, self.facts.business, "notice-why-order"));
        Worded {
            subject: self.part(Part::Subject),
            body: paragraphs.join("\n\n"),
            attachments: match self.reason {
                NoticeReason::Delivered => self.facts.receipt_pdf.iter().cloned().collect(),
                NoticeReason::Unknown
                | NoticeReason::Declined
                | NoticeReason::Refunding
                | NoticeReason::Refunded
                | NoticeReason::RefundFailed
                | NoticeReason::Held
                | NoticeReason::Reversed
                | NoticeReason::WrongNumber
                | NoticeReason::StartedEarly => Vec::new(),
            },
        }
    }

    fn short(&self, part: Part) -> Worded {
        let body = sms::plain(self.words.language(), &self.part(part));
        Worded { body, ..Worded::default() }
    }

    fn part(&self, part: Part) -> String {
        let key = match (part, self.by_hand_next()) {
            (Part::Next, Some(key)) => key.to_owned(),
            (Part::Subject | Part::Lead | Part::Next | Part::Sms | Part::Line, _) => {
                format!("notice-{}-{}", self.reason.code(), part.code())
            }
        };
        self.words.say_with(&key, &self.arguments(part))
    }

    /// The variables that the texts of a reason may use. Text messages leave out the year.
    fn arguments(&self, part: Part) -> Vec<(&'static str, Argument)> {
        let (words, facts) = (self.words, self.facts);
        let when = self.moment().map(|moment| {
            let local = moment.in_zone(facts.zone);
            match part {
                Part::Subject | Part::Lead | Part::Next => words.date_time(&local),
                Part::Sms | Part::Line => words.date_time_short(&local),
            }
        });
        let until = self
            .delivered()
            .map(|delivered| day_in_zone(words, delivered.usable_until, facts.zone));
        let cause = self.refund.map(|refund| refund_reason(words, refund.reason));
        vec![
            ("brand", facts.business.brand.get(words.language()).into()),
            ("card", hint(words, facts.line).into()),
            ("plan", facts.plan.name.get(words.language()).into()),
            ("amount", self.money(self.amount()).into()),
            ("reference", facts.order.reference.to_string().into()),
            ("link", facts.order_link.as_str().into()),
            ("dated", if when.is_some() { "yes" } else { "no" }.into()),
            ("when", when.unwrap_or_default().into()),
            ("until", until.unwrap_or_default().into()),
            ("phone", facts.business.phone.as_str().into()),
            ("reason", cause.unwrap_or_default().into()),
            ("back", words.say(self.back_key()).into()),
        ]
    }

    /// The one time that a notice names. Nothing where the order has moved on meanwhile.
    fn moment(&self) -> Option<Instant> {
        let order = self.facts.order;
        let task = |kind| order.task.filter(|task| task.kind == kind).map(|task| task.by);
        match self.reason {
            NoticeReason::Delivered => {
                let until = |at: Instant| at.plus_seconds(REPORT_WITHIN_MILLIS / 1000);
                self.delivered().map(|delivered| until(delivered.at))
            }
            NoticeReason::Unknown => {
                task(TaskKind::UnknownOutcome).or_else(|| sent_at(order).map(person_deadline))
            }
            NoticeReason::Held => task(TaskKind::HeldPayment),
            NoticeReason::WrongNumber => task(TaskKind::WrongNumber),
            NoticeReason::StartedEarly => {
                self.delivered().and_then(|delivered| delivered.started_early)
            }
            NoticeReason::RefundFailed => task(TaskKind::RefundFailed),
            NoticeReason::Refunded => self.refund.and_then(done_at),
            NoticeReason::Declined | NoticeReason::Refunding | NoticeReason::Reversed => None,
        }
    }

    const fn delivered(&self) -> Option<&Delivered> {
        self.facts.order.delivered()
    }

    fn amount(&self) -> Money {
        let order = self.facts.order;
        let paid = || order.capture().map_or(order.price.total, |capture| capture.amount);
        self.refund.map_or_else(paid, |refund| refund.amount)
    }

    fn money(&self, money: Money) -> String {
        self.words.money(money.minor, money.currency.code())
    }

    fn row(&self, label_key: &str, value: String) -> String {
        self.labelled(self.words.say(label_key), value)
    }

    fn labelled(&self, label: String, value: String) -> String {
        self.words.say_with("notice-row", &[("label", label.into()), ("value", value.into())])
    }

    fn rows(&self) -> Vec<String> {
        let (words, facts) = (self.words, self.facts);
        let mut rows = Vec::new();
        if let Some(refund) = self.refund {
            rows.push(self.row("notice-label-cause", self.cause(refund)));
        }
        rows.push(self.row("receipt-reference", facts.order.reference.to_string()));
        let card = [
            ("operator", facts.operator.name.as_str().into()),
            ("card", hint(words, facts.line).into()),
        ];
        rows.push(self.row("receipt-card", words.say_with("card-of-operator", &card)));
        let offer = &facts.order.offer;
        let granted = allowances(words, &offer.allowances, offer.validity, facts.operator.currency);
        let name = facts.plan.name.get(words.language()).to_owned();
        rows.push(self.row("receipt-plan", words.dot(&[name, granted])));
        match self.reason {
            NoticeReason::Delivered => rows.extend(self.delivery_rows()),
            NoticeReason::StartedEarly => rows.extend(self.period_row()),
            NoticeReason::Unknown
            | NoticeReason::Declined
            | NoticeReason::Refunding
            | NoticeReason::Refunded
            | NoticeReason::RefundFailed
            | NoticeReason::Held
            | NoticeReason::Reversed
            | NoticeReason::WrongNumber => {}
        }
        rows.extend(self.charge_row());
        if let Some(refund) = self.refund {
            rows.push(self.row("notice-label-refund", self.money(refund.amount)));
        }
        rows.push(self.row("notice-label-money", self.money_sentence()));
        rows
    }

    /// Between which dates it can be used.
    fn period_row(&self) -> Option<String> {
        let (words, zone) = (self.words, self.facts.zone);
        let delivered = self.delivered()?;
        let period = [
            ("from", words.date(delivered.starts_on).into()),
            ("until", words.date(delivered.usable_until).into()),
            ("zone", words.zone_name(zone.name()).into()),
        ];
        Some(self.row("receipt-valid", words.say_with("period-in-zone", &period)))
    }

    /// Between which dates it can be used, whether it may start sooner, and the price item by item, which together with the
    /// business's name and registrations make the e-mail a receipt by itself.
    fn delivery_rows(&self) -> Vec<String> {
        let (words, facts) = (self.words, self.facts);
        let mut rows: Vec<String> = self.period_row().into_iter().collect();
        let rule = facts.order.offer.start_rule;
        let waits = |delivered: &Delivered| delivered.is_waiting(facts.zone, delivered.at);
        if rule == StartRule::QueueOrUsedUp && self.delivered().is_some_and(waits) {
            rows.push(self.row("receipt-starts", starts(words, rule)));
        }
        let name = facts.plan.name.get(words.language());
        let price = &facts.order.price;
        for item in &price.items {
            let label = price_item_label(words, item, name);
            rows.push(self.labelled(label, self.money(item.amount)));
        }
        let currency = [("currency", price.total.currency.code().into())];
        let label = words.say_with("receipt-total", &currency);
        rows.push(self.labelled(label, self.money(price.total)));
        rows
    }

    fn charge_row(&self) -> Option<String> {
        let capture = match self.refund {
            Some(refund) => Some(&refund.capture),
            None => self.facts.order.capture(),
        }?;
        let charge = [
            ("amount", self.money(capture.amount).into()),
            ("method", paid_with(self.words, capture).into()),
            ("when", self.words.date_time(&capture.at.in_zone(self.facts.zone)).into()),
        ];
        Some(self.row("notice-label-amount", self.words.say_with("notice-charge", &charge)))
    }

    /// Why money goes back, and what the network said if it refused.
    fn cause(&self, refund: &Refund) -> String {
        let cause = refund_reason(self.words, refund.reason);
        match network_refusal(self.facts.order, refund) {
            Some(said) => {
                let said = refusal(self.words, said);
                let gap = if self.words.language() == Language::ZhCn { "" } else { " " };
                format!("{cause}{gap}{said}")
            }
            None => cause,
        }
    }

    fn back_key(&self) -> &'static str {
        match (self.is_credit(), self.is_by_hand()) {
            (true, _) => "notice-back-credit",
            (false, true) => "notice-back-by-hand",
            (false, false) => "notice-back-bank",
        }
    }

    /// Whether a person gives the money back, as no provider has it.
    fn is_by_hand(&self) -> bool {
        self.refund.is_some_and(Refund::is_by_hand)
    }

    /// What happens next where a person gives the money back.
    fn by_hand_next(&self) -> Option<&'static str> {
        if !self.is_by_hand() {
            return None;
        }
        match self.reason {
            NoticeReason::Declined | NoticeReason::Refunding | NoticeReason::Reversed => {
                Some("notice-by-hand-next")
            }
            NoticeReason::Refunded => Some("notice-by-hand-refunded-next"),
            NoticeReason::Delivered
            | NoticeReason::Unknown
            | NoticeReason::RefundFailed
            | NoticeReason::Held
            | NoticeReason::WrongNumber
            | NoticeReason::StartedEarly => None,
        }
    }

    fn is_credit(&self) -> bool {
        let own = self.facts.order.capture();
        let is_paid_so = own.is_some_and(|own| own.method == PaymentMethod::LineCredit);
        self.refund.map_or(is_paid_so, Refund::is_credit)
    }

    /// Whether money moved, and where it is.
    fn money_sentence(&self) -> String {
        if self.is_by_hand() {
            let is_done = self.refund.is_some_and(|refund| done_at(refund).is_some());
            let key = if is_done {
                "notice-money-by-hand-returned"
            } else {
                "notice-money-by-hand-returning"
            };
            return self.words.say_with(key, &[("amount", self.money(self.amount()).into())]);
        }
        let key = match (self.refund.map(|refund| &refund.progress), self.is_credit()) {
            (None, false) => "money-charged",
            (None, true) => "notice-money-credit-charged",
            (Some(RefundProgress::Due | RefundProgress::Asked { .. }), false) => "money-returning",
            (Some(RefundProgress::Due | RefundProgress::Asked { .. }), true) => {
                "notice-money-credit-returning"
            }
            (Some(RefundProgress::Done { .. }), false) => "money-returned",
            (Some(RefundProgress::Done { .. }), true) => "notice-money-credit-returned",
            (Some(RefundProgress::Failed { .. }), _) => "notice-money-owed",
        };
        self.words.say_with(key, &[("amount", self.money(self.amount()).into())])
    }

    fn receipt_sentence(&self) -> String {
        let key = match self.facts.receipt_pdf {
            Some(_) => "notice-receipt-attached",
            None => "notice-receipt-online",
        };
        let number = ReceiptData::number_of(&self.facts.order.reference);
        self.words.say_with(key, &[("number", number.into())])
    }
}

/// When the renewal was sent to the network; later, only when its outcome became unknown is kept.
fn sent_at(order: &Order) -> Option<Instant> {
    let sending = match &order.state {
        OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } => {
            sending.sent_at
        }
        OrderState::AwaitingPayment { .. }
        | OrderState::Held { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => None,
    };
    let passed = order.history.iter().rev().find(|passage| passage.state == Stage::Unknown);
    sending.or(passed.map(|passage| passage.at))
}

fn network_refusal(order: &Order, refund: &Refund) -> Option<DeliveryRefusal> {
    order.refusal().filter(|_| refund.reason == RefundReason::Declined)
}

/// The end of every e-mail: where to ask, how to complain, why it came, and who writes.
pub(super) fn footer(words: &Words, business: &Business, why_key: &str) -> String {
    let contact =
        [("phone", business.phone.as_str().into()), ("email", business.email.as_str().into())];
    let ccts = [
        ("ccts_phone", business.complaints.ccts_phone.as_str().into()),
        ("ccts_website", business.complaints.ccts_website.as_str().into()),
    ];
    let brand = business.brand.get(words.language());
    let mut lines = vec![
        words.say_with("notice-help", &contact),
        words.say_with("notice-complaints", &ccts),
        words.say(why_key),
        String::new(),
        words.dot(&[brand.to_owned(), business.legal_name.clone()]),
    ];
    lines.extend(business.address.iter().cloned());
    let registrations = business.registrations(words);
    let registered: Vec<String> =
        registrations.iter().map(|(label, number)| format!("{label} {number}")).collect();
    lines.push(words.dot(&registered));
    lines.join("\n")
}
