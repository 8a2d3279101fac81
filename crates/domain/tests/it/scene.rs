//! One line, its catalogue, and what must hold of it after every command.

use farline_domain::balance::{EntryKind, Session};
use farline_domain::catalog::{
    Allowance, LevyDuty, Network, Offer, OperatorCode, Plan, PlanCode, Price, StartRule, Tax,
    TaxKind, Taxes, Validity, ZoneCode, price,
};
use farline_domain::charging::{ChargingRequest, ChargingStep, ServiceKind, Terms, Wanted};
use farline_domain::commands::{
    Actor, Answer, AuditLine, Context, Counters, Effects, JobKind, LineCommand, LineState, PayWith,
    PlaceOrder, Refusal, decide,
};
use farline_domain::kernel::{
    AllowanceKind, Cell, ContactId, Iccid, Instant, Language, LineId, Localized, Money, OrderId,
    Province, QuoteId, Rate, Reference, Units, Zone,
};
use farline_domain::ledger::{Account, EntrySetKind};
use farline_domain::lines::{GraceRenewal, Leftover, LifecycleRule, Line, LineDates, Period};
use farline_domain::notices::Medium;
use farline_domain::orders::{Channel, OrderState, Payer, Quote, Stage};
use farline_domain::payments::{Refund, RefundProgress, RefundReason};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const TODAY: Date = date(2026, 11, 22);
pub(crate) const CELL: Cell = Cell::numbered(7);

pub(crate) fn toronto() -> Zone {
    Zone::named("America/Toronto").unwrap()
}

/// Noon in Toronto on the day every story starts.
pub(crate) fn noon() -> Instant {
    toronto().start_of(TODAY).plus_seconds(12 * 3600)
}

pub(crate) fn rule_of_30_days() -> LifecycleRule {
    LifecycleRule {
        zone: toronto(),
        period: Period::Days(30),
        grace_days: 7,
        suspended_days: 83,
        grace_renewal: GraceRenewal::FromToday,
        charge_hour: 2,
        leftover: Leftover::Forfeited,
    }
}

pub(crate) fn localized(text: &str) -> Localized {
    Localized::new(Language::ALL.into_iter().map(|tongue| (tongue, text.to_owned())).collect())
        .unwrap()
}

pub(crate) fn allowance(kind: AllowanceKind, units: i64) -> Allowance {
    Allowance {
        kind,
        units: Units::new(units).unwrap(),
        zone: ZoneCode::parse("canada").unwrap(),
        breadth: 1,
        window: None,
        bonus: false,
    }
}

pub(crate) fn plan(minor: i64, validity: Validity, start_rule: StartRule) -> Plan {
    Plan {
        code: PlanCode::parse("plan").unwrap(),
        version: 1,
        operator: OperatorCode::parse("operator-a").unwrap(),
        name: localized("plan"),
        description: localized("plan"),
        needs: Vec::new(),
        allowances: vec![allowance(AllowanceKind::Data, 2_000_000_000)],
        validity,
        start_rule,
        price: Money::cad(minor),
        rank: 1,
        sold_from: None,
        sold_until: None,
    }
}

/// CAD 30.00 in Ontario: 33.90.
pub(crate) fn price_in_ontario(plan: &Plan) -> Price {
    let hst = Tax {
        province: Province::On,
        kind: TaxKind::Hst,
        rate: Rate { ppm: 130_000 },
        valid_from: date(2010, 7, 1),
        valid_until: None,
    };
    let taxes = Taxes { taxes: vec![hst], levies: Vec::new() };
    price(plan, &[], (&taxes, LevyDuty::Carrier), Province::On, TODAY).unwrap()
}

pub(crate) fn line_on(network: Network) -> LineState {
    LineState {
        line: Line {
            id: LineId::mint(noon(), CELL, 1),
            msisdn: None,
            iccid: Iccid::parse("8919980000000000015").unwrap(),
            operator: OperatorCode::parse("operator-a").unwrap(),
            province: Some(Province::On),
            language: Language::ZhCn,
            dates: LineDates {
                activated_on: Some(date(2026, 11, 1)),
                expires_on: Some(date(2026, 11, 30)),
                anniversary_day: None,
            },
        },
        rule: rule_of_30_days(),
        operator_name: "Operator A".to_owned(),
        network,
        buckets: Vec::new(),
        reservations: Vec::new(),
        sessions: BTreeMap::new(),
        sweep_at: None,
        orders: BTreeMap::new(),
        busy: None,
        newest_order: None,
        auto_renew: None,
        counters: Counters::default(),
        effects: Effects::default(),
    }
}

pub(crate) fn order_id(number: u64) -> OrderId {
    OrderId::mint(noon(), CELL, number)
}

/// Placing order `number` of a plan, quoted a minute ago.
pub(crate) fn placing(line: &LineState, number: u64, plan: &Plan, now: Instant) -> PlaceOrder {
    let offer: Offer = plan.offer(&[]);
    PlaceOrder {
        id: order_id(number),
        reference: Reference::mint(CELL, number),
        quote: Quote {
            id: QuoteId::mint(now, CELL, number),
            line: line.line.id,
            offer,
            price: price_in_ontario(plan),
            single_use: None,
            made_at: now,
            expires_at: now.plus_seconds(Quote::VALID_SECONDS),
        },
        payer: Some(Payer {
            contact: ContactId::mint(now, CELL, number),
            media: vec![Medium::Email],
            account: None,
        }),
        language: Language::EnCa,
        french_terms: None,
        channel: Channel::Portal,
        origin: None,
        assisted: None,
        another_period: false,
        pay_with: PayWith::Page,
        occasion: None,
        reservations: Vec::new(),
    }
}

/// Quotas are as large as they are wanted here, for ten minutes.
pub(crate) const TERMS: Terms =
    Terms { quota: Units::MOST, validity_seconds: 540, threshold_percent: 80 };

/// The next request of a session, everywhere.
pub(crate) fn charging(
    state: &LineState,
    session: &str,
    (kind, step): (ServiceKind, ChargingStep),
) -> ChargingRequest {
    let session = Session(session.to_owned());
    let sequence = state.sessions.get(&session).map_or(0, |known| known.sequence + 1);
    ChargingRequest { session, sequence, kind, zones: None, step, terms: TERMS }
}

/// Holds data for a session in place of what it holds, starting it if it is new.
pub(crate) fn holding(state: &LineState, session: &str, units: Units) -> LineCommand {
    let wanted = Wanted::Units(units);
    let is_known = state.sessions.contains_key(&Session(session.to_owned()));
    let step = if is_known {
        ChargingStep::Update { used: Units::ZERO, wanted }
    } else {
        ChargingStep::Start { wanted }
    };
    LineCommand::Charge(Box::new(charging(state, session, (ServiceKind::Data, step))))
}

/// Uses data: of a session that is known, else at one stroke.
pub(crate) fn using(
    state: &LineState,
    session: &str,
    (kind, used): (ServiceKind, Units),
) -> LineCommand {
    let known = state.sessions.get(&Session(session.to_owned()));
    let request = if known.is_some_and(|known| !known.has_ended()) {
        let step = ChargingStep::Update { used, wanted: Wanted::Nothing };
        charging(state, session, (kind, step))
    } else {
        let event = format!("event-{}", state.counters.audit);
        charging(state, &event, (kind, ChargingStep::Event { units: used }))
    };
    LineCommand::Charge(Box::new(request))
}

/// Decides as Farline itself; a refusal must leave the state as it was, bit for bit.
pub(crate) fn run(
    state: &mut LineState,
    command: &LineCommand,
    now: Instant,
) -> Result<Answer, Refusal> {
    let before = state.clone();
    let answer = decide(state, command, &Context { now, actor: Actor::System });
    if answer.is_err() {
        assert_eq!(*state, before, "a refusal leaves the state untouched: {command:?}");
    }
    let stands = |state: &LineState| {
        let LineState { line, buckets, reservations, sessions, orders, auto_renew, .. } =
            state.clone();
        (line, buckets, reservations, sessions, orders, auto_renew)
    };
    let written = state.effects.audit.len() - before.effects.audit.len();
    let changed = usize::from(stands(state) != stands(&before));
    assert_eq!(written, changed, "one audit line for a change: {command:?}");
    answer
}

/// The sum on every money account that is not zero, by its stored name and currency.
pub(crate) fn money(state: &LineState) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (account, amount) in state.effects.money.iter().flat_map(|set| &set.entries) {
        let name = match amount.currency.code() {
            "CAD" => account.name(),
            other => format!("{}/{other}", account.name()),
        };
        *sums.entry(name).or_insert(0) += amount.minor;
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// What must hold after every command, computed from the entries and the orders independently.
pub(crate) fn assert_sound(state: &LineState) {
    every_entry_set_sums_to_zero(state);
    buckets_are_rebuilt_from_their_entries(state);
    money_agrees_with_the_orders(state);
    nothing_is_paid_out_twice(state);
    the_audit_chain_verifies(state);
    nothing_is_forgotten(state);
    what_is_held_will_be_swept(state);
}

fn every_entry_set_sums_to_zero(state: &LineState) {
    for set in &state.effects.money {
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for (_, amount) in &set.entries {
            *sums.entry(amount.currency.code().to_owned()).or_insert(0) += amount.minor;
        }
        assert!(sums.values().all(|sum| *sum == 0), "{set:?}");
    }
}

fn buckets_are_rebuilt_from_their_entries(state: &LineState) {
    for bucket in &state.buckets {
        let entries = state.effects.bucket_entries.iter();
        let (mut granted, mut used) = (0, 0);
        for entry in entries.filter(|entry| entry.bucket == bucket.number) {
            match entry.kind {
                EntryKind::Grant => granted += entry.units.count(),
                EntryKind::Use | EntryKind::Expire | EntryKind::TakeBack => {
                    used += entry.units.count();
                }
            }
        }
        assert_eq!((granted, used), (bucket.granted.count(), bucket.used.count()), "{bucket:?}");
        let held = state.reservations.iter().filter(|held| held.bucket == bucket.number);
        let held: i64 = held.map(|held| held.units.count()).sum();
        assert_eq!(held, bucket.reserved.count(), "{bucket:?}");
        assert!(used + held <= granted, "{bucket:?}");
    }
    let numbers = state.effects.bucket_entries.iter().map(|entry| entry.bucket);
    assert_eq!(numbers.collect::<BTreeSet<_>>(), state.bucket_numbers());
}

/// Captured = delivered (net of what was taken back) + refunded + held + losses.
fn money_agrees_with_the_orders(state: &LineState) {
    let (mut held, mut loss, mut earned, mut away, mut kept) = (0, 0, 0, 0, 0);
    for order in state.orders.values() {
        let captured: i64 = order.captures().map(|capture| capture.amount.minor).sum();
        let is_delivered = matches!(order.state, OrderState::Delivered { .. });
        let delivered = if is_delivered { order.price.total.minor } else { 0 };
        let done = |goodwill: bool| {
            let refunds = order.refunds.iter().filter(move |refund| {
                matches!(refund.progress, RefundProgress::Done { .. })
                    && (refund.reason == RefundReason::Goodwill) == goodwill
            });
            refunds.map(|refund| refund.amount.minor).sum::<i64>()
        };
        let by_bank = |goodwill: bool| {
            let refunds = order.refunds.iter().filter(|refund| {
                order.is_settled_by_bank(refund)
                    && (refund.reason == RefundReason::Goodwill) == goodwill
            });
            refunds.map(|refund| refund.amount.minor).sum::<i64>()
        };
        let withdrawn: i64 =
            order.disputes.iter().map(|dispute| dispute.told.withdrawn.minor).sum();
        held += captured - delivered - done(false);
        // What a bank took is a loss, except what was owed anyway; and a kindness that a bank took is lost once.
        loss += done(true) - by_bank(true) + withdrawn - by_bank(false);
        earned += delivered;
        kept += order.fees.iter().map(|fee| fee.amount.minor).sum::<i64>();
        away += captured - done(false) - done(true) + by_bank(true) + by_bank(false) - withdrawn;
    }
    let sum = |of: fn(&Account) -> bool| -> i64 {
        let entries = state.effects.money.iter().flat_map(|set| &set.entries);
        entries.filter(|(account, _)| of(account)).map(|(_, money)| money.minor).sum()
    };
    assert_eq!(sum(|a| matches!(a, Account::Held)), -held, "held");
    assert_eq!(sum(|a| matches!(a, Account::Loss)), loss, "loss");
    assert_eq!(
        sum(|a| matches!(a, Account::Sales | Account::Tax(..) | Account::Levy(_))),
        -earned,
        "sales and taxes"
    );
    assert_eq!(
        sum(|a| matches!(
            a,
            Account::Provider(_)
                | Account::ByHand(_)
                | Account::Partner(_)
                | Account::Shop(_)
                | Account::LineCredit
        )),
        away - kept,
        "with the providers"
    );
    assert_eq!(sum(|a| matches!(a, Account::Fees)), kept, "fees");
}

/// An order's own payment is delivered or refunded, goodwill apart, and no more goes back of a payment than was paid.
fn nothing_is_paid_out_twice(state: &LineState) {
    for order in state.orders.values() {
        for capture in order.captures() {
            let left = order.left_of(capture);
            let stands = order.capture() == Some(capture)
                && !matches!(order.state.stage(), Stage::Refunding | Stage::Refunded);
            assert!(left == 0 || (left > 0 && stands), "{left} of a payment is left: {order:?}");
        }
        for refund in &order.refunds {
            let payment = (&refund.capture.provider, &refund.capture.payment);
            assert!(refund.amount.minor > 0, "a refund of nothing: {order:?}");
            let OrderState::Delivered { capture, .. } = &order.state else { continue };
            let own = (&capture.provider, &capture.payment) == payment;
            assert!(!own || refund.reason == RefundReason::Goodwill, "both: {order:?}");
        }
        let sets = state.effects.money.iter().filter(|set| set.order == order.id);
        let (mut delivered, mut receipts) = (0, 0);
        for set in sets {
            let of_sales = set.entries.iter().any(|(account, _)| *account == Account::Sales);
            match set.kind {
                EntrySetKind::Deliver => delivered += 1,
                EntrySetKind::Reverse if of_sales => delivered -= 1,
                EntrySetKind::Reverse
                | EntrySetKind::Capture
                | EntrySetKind::Refund
                | EntrySetKind::RefundReturned
                | EntrySetKind::Chargeback
                | EntrySetKind::ChargebackReturned
                | EntrySetKind::Fee => {}
            }
            receipts += i32::from(set.kind == EntrySetKind::Deliver);
            assert!((0..=1).contains(&delivered) && receipts <= 1, "delivered twice: {order:?}");
        }
        let written = state.effects.receipts.iter().filter(|receipt| receipt.order == order.id);
        assert_eq!(written.count(), usize::try_from(receipts).unwrap());
    }
}

fn the_audit_chain_verifies(state: &LineState) {
    let mut head = [0; 32];
    let mut after = None;
    for (place, line) in state.effects.audit.iter().enumerate() {
        assert_eq!(usize::try_from(line.number).unwrap(), place + 1);
        assert_eq!(line.hash, line.computed_hash(head), "{line:?}");
        assert!(
            after.is_none_or(|after| after == line.before),
            "a change without a line: {line:?}"
        );
        head = line.hash;
        after = Some(line.after);
    }
    assert_eq!(head, state.counters.audit_head);
}

/// A paid order blocks another, and whatever stands still waits for a person or a promised job.
fn nothing_is_forgotten(state: &LineState) {
    let unfinished: Vec<OrderId> =
        state.orders.values().filter(|order| order.is_unfinished()).map(|order| order.id).collect();
    match state.busy {
        Some(busy) => assert!(unfinished.contains(&busy), "{busy} is finished"),
        None => assert!(unfinished.is_empty(), "{unfinished:?} blocks nobody"),
    }
    for order in state.orders.values() {
        match &order.state {
            OrderState::Held { .. } => assert!(order.task.is_some(), "{order:?}"),
            OrderState::Delivering { sending, .. } | OrderState::Unknown { sending, .. } => {
                let asked = sending.sent_at.is_none() || sending.next_ask_at.is_some();
                assert!(asked || order.task.is_some(), "{order:?}");
            }
            OrderState::AwaitingPayment { .. }
            | OrderState::Delivered { .. }
            | OrderState::Refunding { .. }
            | OrderState::Refunded { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => {}
        }
        let audit = &state.effects.audit;
        let resolved = |line: &AuditLine| {
            line.action == "resolve" && line.order.is_some_and(|(id, _)| id == order.id)
        };
        let failed = |refund: &Refund| matches!(refund.progress, RefundProgress::Failed { .. });
        if order.refunds.iter().any(failed) && !audit.iter().any(resolved) {
            assert!(order.task.is_some(), "a failed refund is nobody's: {order:?}");
        }
        let by_hand =
            |refund: &Refund| refund.is_by_hand() && matches!(refund.progress, RefundProgress::Due);
        if order.refunds.iter().any(by_hand) {
            assert!(order.task.is_some(), "nobody gives this back: {order:?}");
        }
        assert_eq!(order.history.last().map(|passage| passage.state), Some(order.state.stage()));
    }
}

/// What is held belongs to a session that runs, and a sweep is promised for when it lapses.
fn what_is_held_will_be_swept(state: &LineState) {
    for held in &state.reservations {
        let session = state.sessions.get(&held.session).unwrap();
        assert!(!session.has_ended(), "{held:?}");
        let due = |at| at <= held.until;
        assert!(state.sweep_at.is_some_and(due), "{held:?} by {:?}", state.sweep_at);
        let mut jobs = state.effects.jobs.iter();
        let promised =
            jobs.any(|job| job.kind == JobKind::Sweep && Some(job.due) == state.sweep_at);
        assert!(promised, "{held:?}");
    }
}

/// Numbers that look thrown, the same each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to one less than there are sides.
    pub(crate) fn below(&mut self, sides: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % sides
    }
}
