//! One line that renews itself, its jobs, its people, and a provider that is not always clear.

use crate::scene::{CELL, plan, price_in_ontario, rule_of_30_days};
use farline_domain::auto_renew::{AutoRenew, Caps, Consent, Due, Means, Occasion, Trigger};
use farline_domain::catalog::{Network, PlanCode, StartRule, Validity};
use farline_domain::commands::{
    Actor, Agreement, Answer, AutoRenewStep, Context, Job, JobKind, LineCommand, LineState,
    PayWith, PlaceOrder, Refusal, decide,
};
use farline_domain::kernel::{
    AccountId, ContactId, Instant, Language, Money, OrderId, Province, QuoteId, Reference,
    SavedMethodId, Zone,
};
use farline_domain::lines::LifecycleRule;
use farline_domain::lines::LineDates;
use farline_domain::notices::{AutoRenewNotice, Medium, NoticeReason};
use farline_domain::orders::{Channel, Order, OrderState, Payer, Quote};
use farline_domain::payments::{
    Capture, CardExpiry, Decline, DeclineAdvice, KeptMethod, PaymentMethod,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// What the provider has decided about a charge, whatever it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Captured,
    Declined(DeclineAdvice),
}

/// How a question to the provider ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    Clearly,
    /// What was decided stands, and nobody hears of it.
    Lost,
    /// The question never arrives.
    Unheard,
}

pub(crate) struct Shop {
    pub(crate) state: LineState,
    pub(crate) jobs: BTreeMap<(Instant, u32), Job>,
    pub(crate) kept: BTreeMap<OrderId, Order>,
    pub(crate) price: i64,
    pub(crate) start_rule: StartRule,
    /// By order: the provider's mind.
    pub(crate) truths: BTreeMap<OrderId, Truth>,
    /// What was promised to be told, and when.
    pub(crate) told: Vec<(Instant, AutoRenewNotice)>,
    pub(crate) told_of_orders: Vec<(OrderId, NoticeReason)>,
    /// When each auto-renew was agreed to and ended.
    pub(crate) agreed: Vec<(Instant, Caps)>,
    pub(crate) ended: Vec<Instant>,
    numbers: u64,
}

impl Shop {
    pub(crate) fn new(zone: &str, expires_on: Date) -> Self {
        let mut state = crate::scene::line_on(Network::Own);
        state.rule = LifecycleRule { zone: Zone::named(zone).unwrap(), ..rule_of_30_days() };
        state.line.dates = LineDates {
            activated_on: Some(expires_on.saturating_sub(30.days())),
            expires_on: Some(expires_on),
            anniversary_day: None,
        };
        Self {
            state,
            jobs: BTreeMap::new(),
            kept: BTreeMap::new(),
            price: 3_000,
            start_rule: StartRule::AddDays,
            truths: BTreeMap::new(),
            told: Vec::new(),
            told_of_orders: Vec::new(),
            agreed: Vec::new(),
            ended: Vec::new(),
            numbers: 0,
        }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub(crate) fn standing(&self) -> &AutoRenew {
        self.state.auto_renew.as_ref().unwrap()
    }

    /// Decides a command as the pipeline does: with its own order and the unfinished ones, and nothing else.
    pub(crate) fn run(&mut self, command: &LineCommand, now: Instant) -> Result<Answer, Refusal> {
        let own = command.order();
        let wanted = |order: &&Order| Some(order.id) == own || order.is_unfinished();
        let loaded = self.kept.values().filter(wanted);
        self.state.orders = loaded.map(|order| (order.id, order.clone())).collect();
        let before = self.state.clone();
        let answer = decide(&mut self.state, command, &Context { now, actor: Actor::System });
        if answer.is_err() {
            assert_eq!(self.state, before, "a refusal leaves the state as it was");
            return answer;
        }
        let effects = std::mem::take(&mut self.state.effects);
        assert!(effects.audit.len() <= 1, "one line of the audit at most");
        for id in effects.orders {
            self.kept.insert(id, self.state.orders[&id].clone());
        }
        for job in effects.jobs {
            match &job.kind {
                JobKind::AutoRenewNotice(notice) => self.told.push((now, (**notice).clone())),
                JobKind::Notice(reason, _) => {
                    self.told_of_orders.push((job.order.unwrap(), *reason));
                }
                _ => {
                    self.jobs.insert((job.due, job.number), job);
                }
            }
        }
        answer
    }

    pub(crate) fn quote(&mut self, now: Instant) -> Quote {
        let number = self.number();
        let plan = plan(self.price, Validity::Days(30), self.start_rule);
        Quote {
            id: QuoteId::mint(now, CELL, number),
            line: self.state.line.id,
            offer: plan.offer(&[]),
            single_use: None,
            price: price_in_ontario(&plan),
            made_at: now,
            expires_at: now.plus_seconds(Quote::VALID_SECONDS),
        }
    }

    pub(crate) fn method(now: Instant, expiry: Option<CardExpiry>) -> KeptMethod {
        KeptMethod {
            id: SavedMethodId::mint(now, CELL, 1),
            provider: "sandbox".to_owned(),
            customer: "cus_1".to_owned(),
            method: "pm_1".to_owned(),
            kind: PaymentMethod::Credit,
            expiry,
        }
    }

    pub(crate) fn consent(now: Instant, trigger: Trigger, means: Means) -> Consent {
        let cad = Money::cad;
        Consent {
            payer: Payer {
                contact: ContactId::mint(now, CELL, 9),
                media: vec![Medium::Email],
                account: Some(AccountId::mint(now, CELL, 9)),
            },
            language: Language::ZhCn,
            plan: PlanCode::parse("plan").unwrap(),
            province: Province::On,
            means,
            trigger,
            caps: Caps { charge: cad(5_000), day: cad(5_000), month: cad(9_000) },
            agreed_at: now,
        }
    }

    pub(crate) fn agree(&mut self, consent: Consent, now: Instant) -> Result<Answer, Refusal> {
        let (caps, quote) = (consent.caps, self.quote(now));
        let agreement = Agreement {
            consent,
            version: "1".to_owned(),
            text: "yes".to_owned(),
            address: None,
            quote,
        };
        let answer = self.run(&LineCommand::AgreeAutoRenew(Box::new(agreement)), now)?;
        self.agreed.push((now, caps));
        Ok(answer)
    }

    pub(crate) fn end(&mut self, now: Instant) {
        self.run(&LineCommand::EndAutoRenew, now).unwrap();
        self.ended.push(now);
    }

    /// What the use case does for the job: it looks, and has the line decide.
    pub(crate) fn step(&mut self, now: Instant) -> Result<Answer, Refusal> {
        let (rule, dates) = (self.state.rule.clone(), self.state.line.dates);
        let due = self.standing().due(&rule, dates, now);
        let quote = match due {
            Due::Announce(..) | Due::Charge(..) => Some(self.quote(now)),
            Due::Nothing(_) | Due::WarnOfCard(_) => None,
        };
        let (id, reference) = (self.number(), self.number());
        let waits = |order: &Order| {
            matches!(order.state, OrderState::AwaitingPayment { .. }) && order.occasion.is_none()
        };
        let step = AutoRenewStep {
            quote,
            id: OrderId::mint(now, CELL, id),
            reference: Reference::mint(CELL, reference),
            is_other_pending: self.kept.values().any(waits),
            charging: None,
        };
        self.run(&LineCommand::StepAutoRenew(Box::new(step)), now)
    }

    /// Somebody places a renewal by hand.
    pub(crate) fn place(&mut self, now: Instant) -> Result<OrderId, Refusal> {
        let quote = self.quote(now);
        let (id, reference) = (self.number(), self.number());
        let id = OrderId::mint(now, CELL, id);
        let placing = PlaceOrder {
            id,
            reference: Reference::mint(CELL, reference),
            quote,
            payer: None,
            language: Language::EnCa,
            french_terms: None,
            channel: Channel::Portal,
            origin: None,
            assisted: None,
            another_period: false,
            pay_with: PayWith::Page,
            occasion: None,
            reservations: Vec::new(),
        };
        self.run(&LineCommand::Place(Box::new(placing)), now).map(|_| id)
    }

    pub(crate) fn capture(&mut self, id: OrderId, now: Instant) {
        let capture = Capture {
            provider: "sandbox".to_owned(),
            payment: format!("pay_{id}"),
            amount: self.kept[&id].price.total,
            method: PaymentMethod::Credit,
            at: now,
        };
        self.run(&LineCommand::Capture(id, capture), now).unwrap();
    }

    /// Asks the provider for a charge, as the use case does.
    pub(crate) fn charge(
        &mut self,
        id: OrderId,
        (mind, answered): (Truth, Answered),
        now: Instant,
    ) {
        self.run(&LineCommand::AskCharge(id), now).unwrap();
        let order = &self.kept[&id];
        let is_awaited = matches!(order.state, OrderState::AwaitingPayment { .. });
        if !is_awaited || !order.is_charge_unknown() || answered == Answered::Unheard {
            return;
        }
        // The same key has the same outcome for ever.
        let truth = self.truths.entry(id).or_insert(mind).clone();
        match (truth, answered) {
            (_, Answered::Lost | Answered::Unheard) => {}
            (Truth::Captured, Answered::Clearly) => self.capture(id, now),
            (Truth::Declined(advice), Answered::Clearly) => {
                let decline = Decline { code: "declined".to_owned(), advice };
                self.run(&LineCommand::ChargeDeclined(id, decline), now).unwrap();
            }
        }
    }

    /// Takes the jobs that are due, oldest first.
    pub(crate) fn due(&mut self, now: Instant) -> Vec<Job> {
        let later = self.jobs.split_off(&(now.plus_seconds(0), u32::MAX));
        std::mem::replace(&mut self.jobs, later).into_values().collect()
    }

    pub(crate) fn delivered_for(&self, occasion: Occasion) -> usize {
        let delivered = |order: &&Order| {
            order.occasion == Some(occasion) && matches!(order.state, OrderState::Delivered { .. })
        };
        self.kept.values().filter(delivered).count()
    }

    pub(crate) fn local(&self, at: Instant) -> Date {
        self.state.rule.today(at)
    }
}

/// The first day of every story.
pub(crate) const FIRST_DAY: Date = date(2026, 11, 22);
