//! Orders, arrow by arrow of the state diagram, as scripts.
//!
//! `given | step | step`, and below it everything that follows: each order's stage and history, the
//! task and refunds it has, money per account, what is left in every bucket, the jobs promised in
//! order, receipts, audit lines, and the line's expiry.

use crate::scene::{
    allowance, assert_sound, charging, holding, line_on, money, noon, order_id, placing, plan, run,
    using,
};
use farline_domain::catalog::{Allowance, Network, Plan, StartRule, TimeWindow, Validity};
use farline_domain::charging::{ChargingStep, ServiceKind, Wanted};
use farline_domain::commands::{
    Answer, Answered, AuditLine, DeliveryAnswer, GivenBack, HeldChoice, JobKind, LineCommand,
    LineState, PayWith, RefundAnswer, RefundByHand, Refusal, TakenByHand, Verdict,
};
use farline_domain::kernel::{AllowanceKind, Instant, Money, Msisdn, OrderId, Units};
use farline_domain::notices::Recipient;
use farline_domain::orders::{
    DeliveryRefusal, MoneyMoved, Order, PartnerCode, Seller, ShopCode, ShopRefund, SoldBy, Stage,
};
use farline_domain::payments::{
    ByHand, Capture, Checkout, DisputeStatus, DisputeTold, Fee, ManualMethod, ManualReference,
    PaymentMethod, RefundProgress, RefundTo,
};

pub(crate) struct Story {
    pub(crate) state: LineState,
    now: Instant,
}

fn plan_of(name: &str) -> Plan {
    let days = |days, start| plan(3000, Validity::Days(days), start);
    match name {
        "queue" => days(30, StartRule::Queue),
        "or-used" => days(30, StartRule::QueueOrUsedUp),
        "or-used-short" => days(3, StartRule::QueueOrUsedUp),
        "add-days" => days(30, StartRule::AddDays),
        "set" => days(30, StartRule::SetExpiry),
        "addon" => days(30, StartRule::AddValue),
        "keep" => Plan { allowances: Vec::new(), ..days(30, StartRule::AddDays) },
        other => panic!("no plan {other}"),
    }
}

pub(crate) fn given(words: &str) -> Story {
    let words: Vec<&str> = words.split_whitespace().collect();
    let network = match words[0] {
        "own" => Network::Own,
        "supplier" => Network::Supplier("simulated".to_owned()),
        other => panic!("no network {other}"),
    };
    let mut state = line_on(network);
    let mut numbered = true;
    for word in &words[1..] {
        match word.split_once('=') {
            Some(("expires", date)) => state.line.dates.expires_on = date.parse().ok(),
            None if *word == "no-number" => numbered = false,
            _ => panic!("{word} is nothing given"),
        }
    }
    state.line.msisdn = numbered.then(|| Msisdn::parse("+14165550188").unwrap());
    Story { state, now: noon() }
}

/// `+90s`, `+30m`, `+25h`, `+8d`: time passes.
fn passing(text: &str) -> Option<i64> {
    let (count, unit) = text.strip_prefix('+')?.split_at(text.len() - 2);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    Some(count.parse::<i64>().ok()? * seconds)
}

/// `capture 3390 credit p2`: cents, method, the provider's payment id.
fn captured(words: &[&str], now: Instant) -> Capture {
    let method = match words[2] {
        "credit" => PaymentMethod::Credit,
        "debit" => PaymentMethod::Debit,
        "paypal" => PaymentMethod::Paypal,
        other => panic!("no method {other}"),
    };
    Capture {
        provider: "sandbox".to_owned(),
        payment: words.get(3).unwrap_or(&"p1").to_string(),
        amount: Money::cad(words[1].parse().unwrap()),
        method,
        at: now,
    }
}

fn placed(story: &Story, number: u64, words: &[&str]) -> LineCommand {
    let mut name = "queue";
    let mut made = Vec::new();
    for word in &words[1..] {
        match *word {
            "another" | "with-credit" | "stale" | "holding" | "partner" | "shop" => {
                made.push(*word);
            }
            other => name = other,
        }
    }
    let mut placing = placing(&story.state, number, &plan_of(name), story.now);
    placing.another_period = made.contains(&"another");
    if made.contains(&"with-credit") {
        placing.pay_with = PayWith::LineCredit;
    }
    if made.contains(&"partner") {
        let seller = Seller::Partner(PartnerCode::parse("harbour-travel").unwrap());
        placing.pay_with = PayWith::Seller(sold_by(seller, number));
    }
    if made.contains(&"shop") {
        let seller = Seller::Shop(ShopCode::parse("yuanyou").unwrap());
        placing.pay_with = PayWith::Seller(sold_by(seller, number));
    }
    if made.contains(&"holding") {
        placing.reservations = vec![crate::subjects::reserved(number)];
    }
    if made.contains(&"stale") {
        placing.quote.expires_at = story.now;
    }
    LineCommand::Place(Box::new(placing))
}

fn sold_by(seller: Seller, number: u64) -> SoldBy {
    let callback = Some("https://harbour.example/told".to_owned());
    SoldBy { seller, reference: format!("T-{number}"), callback }
}

fn delivery_answer(word: &str) -> DeliveryAnswer {
    match word {
        "delivered" => DeliveryAnswer::Delivered { supplier_reference: Some("their-1".to_owned()) },
        "in-progress" => DeliveryAnswer::InProgress,
        "unknown" => DeliveryAnswer::Unknown,
        "reversed" => DeliveryAnswer::Reversed,
        "refused" => DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted),
        other => panic!("no answer {other}"),
    }
}

fn refund_answer(word: &str) -> RefundAnswer {
    let refund = "r1".to_owned();
    match word {
        "pending" => RefundAnswer::Pending { refund },
        "done" => RefundAnswer::Done { refund },
        "failed" => RefundAnswer::Failed { reason: "card closed".to_owned() },
        other => panic!("no answer {other}"),
    }
}

fn verdict(word: &str) -> Verdict {
    match word {
        "delivered" => Verdict::Delivered,
        "not-delivered" => Verdict::NotDelivered,
        "refund-again" => Verdict::RefundAgain,
        "refund-as-credit" => Verdict::RefundAsCredit,
        "close" => Verdict::Close,
        other => panic!("no verdict {other}"),
    }
}

/// `give-back all k1`, `give-back 1000 k2 credit`: cents or everything, the key, where it goes.
fn by_hand(words: &[&str]) -> RefundByHand {
    let amount = Some(words[1]).filter(|word| *word != "all");
    RefundByHand {
        key: words[2].to_owned(),
        amount: amount.map(|cents| Money::cad(cents.parse().unwrap())),
        to: if words.contains(&"credit") { RefundTo::LineCredit } else { RefundTo::Source },
        limit: None,
    }
}

/// `cash R1`: from hand to hand, and what names it.
fn from_hand_to_hand(words: &[&str]) -> ByHand {
    ByHand {
        method: ManualMethod::parse(words[0]).unwrap(),
        reference: ManualReference::parse(words[1]).unwrap(),
    }
}

/// `fee 128 txn_1`: cents, the provider's id of the movement.
fn kept(words: &[&str]) -> Fee {
    let amount = Money::cad(words[1].parse().unwrap());
    Fee { provider: "sandbox".to_owned(), id: words[2].to_owned(), amount }
}

/// `dispute needs_response 3390 p2`: how it stands, what was withdrawn, the payment.
fn disputed(words: &[&str]) -> DisputeTold {
    let status = DisputeStatus::ALL.into_iter().find(|status| status.code() == words[1]);
    DisputeTold {
        provider: "sandbox".to_owned(),
        id: "d1".to_owned(),
        payment: words.get(3).unwrap_or(&"p1").to_string(),
        status: status.unwrap(),
        reason: "fraudulent".to_owned(),
        amount: Money::cad(3390),
        withdrawn: Money::cad(words[2].parse().unwrap()),
        respond_by: None,
    }
}

fn megabytes(word: &str) -> Units {
    Units::new(word.strip_suffix("MB").unwrap().parse::<i64>().unwrap() * 1_000_000).unwrap()
}

fn command(story: &Story, number: u64, words: &[&str]) -> LineCommand {
    let id: OrderId = order_id(number);
    match words[0] {
        "place" => placed(story, number, words),
        "checkout" => LineCommand::AttachCheckout(
            id,
            Checkout {
                provider: "sandbox".to_owned(),
                id: words[1].to_owned(),
                url: format!("https://pay.example/{}", words[1]),
            },
        ),
        "capture" => LineCommand::Capture(id, captured(words, story.now)),
        "cancel" => LineCommand::Cancel(id),
        "expire" => LineCommand::Expire(id),
        "send" => LineCommand::Send(id),
        "answer" => {
            LineCommand::DeliveryAnswered(id, Answered::first(id, delivery_answer(words[1])))
        }
        "choose" if words[1] == "add" => LineCommand::ChooseHeld(id, HeldChoice::AddPeriod),
        "choose" => LineCommand::ChooseHeld(id, HeldChoice::Refund),
        "wrong-number" => LineCommand::WrongNumber(id),
        "cancel-queued" => LineCommand::CancelQueued(id),
        "start-queued" => LineCommand::StartQueued(id),
        "refund" => {
            LineCommand::RefundAnswered(id, words[1].parse().unwrap(), refund_answer(words[2]))
        }
        "take" => {
            let amount = Money::cad(words[3].parse().unwrap());
            let by_hand = from_hand_to_hand(&words[1..]);
            LineCommand::TakeByHand(id, Box::new(TakenByHand { by_hand, amount }))
        }
        "given" => {
            let (refund, by_hand) = (words[1].parse().unwrap(), from_hand_to_hand(&words[2..]));
            LineCommand::GiveByHand(id, Box::new(GivenBack { refund, by_hand }))
        }
        "give-back" => LineCommand::Refund(id, by_hand(words)),
        "fee" => LineCommand::BookFee(id, kept(words)),
        "dispute" => LineCommand::Dispute(id, Box::new(disputed(words))),
        "resolve" => LineCommand::Resolve(id, verdict(words[1])),
        "shop-gave" if words[1] == "part" => LineCommand::RefundedAtShop(id, ShopRefund::Part),
        "shop-gave" => LineCommand::RefundedAtShop(id, ShopRefund::Whole),
        "use" => using(&story.state, "s1", (ServiceKind::Data, megabytes(words[1]))),
        "reserve" => holding(&story.state, "s1", megabytes(words[1])),
        "release" => {
            let step = ChargingStep::Update { used: Units::ZERO, wanted: Wanted::Nothing };
            LineCommand::Charge(Box::new(charging(&story.state, "s1", (ServiceKind::Data, step))))
        }
        "credit" => LineCommand::Grant {
            allowance: allowance(AllowanceKind::Credit, words[1].parse().unwrap()),
            valid_until: None,
        },
        // All-hours data, or at night alone, until a date.
        "data" | "night-data" => {
            let granted = allowance(AllowanceKind::Data, megabytes(words[1]).count());
            let window = TimeWindow { from_minute: 1320, until_minute: 360 };
            let window = (words[0] == "night-data").then_some(window);
            let granted = Allowance { window, ..granted };
            LineCommand::Grant { allowance: granted, valid_until: words[2].parse().ok() }
        }
        other => panic!("{other} is no step"),
    }
}

/// One step; `b: …` speaks of the second order; `! Refusal` expects one.
pub(crate) fn step(story: &mut Story, text: &str) {
    if let Some(seconds) = passing(text) {
        story.now = story.now.plus_seconds(seconds);
        return;
    }
    let (text, refusal) = match text.split_once('!') {
        Some((text, refusal)) => (text, Some(refusal.trim())),
        None => (text, None),
    };
    let (number, text) = match text.split_once(": ") {
        Some(("b", text)) => (2, text),
        Some(("c", text)) => (3, text),
        _ => (1, text),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let command = command(story, number, &words);
    let answer = run(&mut story.state, &command, story.now);
    let refused = answer.as_ref().err().map(|refusal| format!("{refusal:?}"));
    assert_eq!(refused.as_deref(), refusal, "{text}");
    if let Ok(Answer::Order(order)) = &answer {
        assert_eq!(story.state.orders.get(&order.id), Some(&**order), "{text}");
    }
    assert_sound(&story.state);
}

fn told_order(order: &Order) -> String {
    let name = (1..=3).find(|number| order_id(*number) == order.id).unwrap();
    let name = ["a", "b", "c"][usize::try_from(name).unwrap() - 1];
    let history: Vec<&str> = order.history.iter().map(|passage| passage.state.code()).collect();
    let moved = match order.money_moved() {
        MoneyMoved::Yes => "yes",
        MoneyMoved::No => "no",
        MoneyMoved::Unknown => "unknown",
    };
    let mut told = vec![format!("{name} {}: money moved {moved}", history.join(" > "))];
    told.extend(order.task.map(|task| format!("task {}", task.kind.code())));
    for refund in &order.refunds {
        let progress = match &refund.progress {
            RefundProgress::Due => "due",
            RefundProgress::Asked { .. } => "asked",
            RefundProgress::Done { .. } => "done",
            RefundProgress::Failed { .. } => "failed",
        };
        let (number, minor, reason) = (refund.number, refund.amount.minor, refund.reason);
        let attempt = match refund.attempt {
            1 => String::new(),
            later => format!(" attempt {later}"),
        };
        let to = if refund.to == RefundTo::LineCredit { " as credit" } else { "" };
        told.push(format!("refund {number} of {minor} {reason:?} {progress}{attempt}{to}"));
    }
    for dispute in &order.disputes {
        let (status, withdrawn) = (dispute.told.status.code(), dispute.told.withdrawn.minor);
        told.push(format!("dispute {status} {withdrawn}"));
    }
    told.join("; ")
}

fn told_job(kind: &JobKind) -> String {
    match kind {
        JobKind::Notice(reason, Recipient::Payer(medium)) => {
            format!("{}→{}", reason.code(), medium.code())
        }
        JobKind::Notice(reason, Recipient::Line) => format!("{}→line", reason.code()),
        other => other.code().to_owned(),
    }
}

/// Everything that followed, line by line.
fn told(state: &LineState) -> Vec<String> {
    let or_nothing = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    let mut lines: Vec<String> = state.orders.values().map(told_order).collect();
    let sums = money(state).into_iter().map(|(account, sum)| format!("{account} {sum}"));
    lines.push(format!("money {}", or_nothing(sums.collect::<Vec<_>>().join(", "))));
    let buckets = state.buckets.iter().map(|bucket| {
        let (unit, per) = match bucket.kind {
            AllowanceKind::Data => ("MB", 1_000_000),
            _ => ("", 1),
        };
        let count = |units: Units| units.count() / per;
        let kind = bucket.kind.code();
        format!("{kind} {} of {}{unit}", count(bucket.available()), count(bucket.granted))
    });
    lines.push(format!("left {}", or_nothing(buckets.collect::<Vec<_>>().join(", "))));
    let jobs = state.effects.jobs.iter().map(|job| told_job(&job.kind));
    lines.push(format!("jobs {}", or_nothing(jobs.collect::<Vec<_>>().join(" "))));
    lines.push(format!(
        "receipts {}, audit {}, expires {}",
        state.effects.receipts.len(),
        state.effects.audit.len(),
        state.line.dates.expires_on.map_or("-".to_owned(), |date| date.to_string()),
    ));
    lines
}

pub(crate) fn check(script: &str) {
    let mut lines = script.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut steps = lines.next().unwrap().split('|').map(str::trim);
    let mut story = given(steps.next().unwrap());
    steps.for_each(|text| step(&mut story, text));
    let expected: Vec<&str> = lines.collect();
    let told = told(&story.state);
    assert_eq!(told, expected, "\n{}\n{}\n", script.trim(), told.join("\n"));
}

/// From placing to proof in one decision.
#[test]
fn paid_and_delivered_on_the_own_network() {
    check(
        "
        own | place | capture 3390 credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        own no-number | place | checkout c1 | checkout c2 | +5m | capture 3390 paypal
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email
        receipts 1, audit 3, expires 2026-12-30",
    );
    check(
        "
        own | place addon | capture 3390 debit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-11-30",
    );
    check(
        "
        own expires=2026-11-10 | place add-days | capture 3390 credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-21",
    );
    check(
        "
        own | place | capture 3390 credit | capture 3390 credit | expire | send | answer unknown
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        own expires=- | place set | capture 3390 credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-21",
    );
}

/// A supplier is told by a job, and asked again under the same reference.
#[test]
fn paid_and_delivered_at_a_supplier() {
    check(
        "
        supplier | place | capture 3390 credit
        a awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send
        receipts 0, audit 2, expires 2026-11-30",
    );
    check(
        "
        supplier | place | capture 3390 credit | send | +1s | answer delivered | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 4, expires 2026-12-30",
    );
    check("
        supplier | place | capture 3390 credit | send | send | +1s | answer in-progress | answer in-progress | +20s | answer in-progress | +1m | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 5, expires 2026-12-30");
    check(
        "
        supplier expires=2026-07-01 | place ! NotRenewable(Closed)
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires 2026-07-01",
    );
    check("
        supplier expires=2026-08-24 | place set | capture 3390 credit | send | +3d | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 4, expires 2026-12-24");
    check("
        supplier expires=2026-11-22 | place addon | capture 3390 credit | send | +2d | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 4, expires 2026-11-22");
}

/// Unknown is neither refunded nor sent again; only an answer or a person ends it.
#[test]
fn unknown_then_the_truth() {
    check(
        "
        supplier | place | capture 3390 credit | send | +20s | answer unknown
        a awaiting_payment > paid > delivering > unknown: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery ask_delivery unknown→email
        receipts 0, audit 4, expires 2026-11-30",
    );
    check("
        supplier | place | capture 3390 credit | send | +20s | answer unknown | answer unknown | +1m | answer delivered
        a awaiting_payment > paid > delivering > unknown > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery ask_delivery unknown→email render_receipt delivered→email delivered→line
        receipts 1, audit 5, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit | send | +20s | answer unknown | +1m | answer refused | answer delivered | refund 1 done
        a awaiting_payment > paid > delivering > unknown > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery ask_delivery unknown→email refund declined→email refunded→email ask_refund
        receipts 0, audit 6, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | +20s | answer unknown | +1m | answer in-progress | cancel ! AlreadySent
        a awaiting_payment > paid > delivering > unknown: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery ask_delivery unknown→email ask_delivery
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer unknown | +25h | answer unknown | answer unknown
        a awaiting_payment > paid > delivering > unknown: money moved yes; task unknown_outcome
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery unknown→email
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer unknown | +25h | answer unknown | resolve delivered
        a awaiting_payment > paid > delivering > unknown > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery unknown→email render_receipt delivered→email delivered→line
        receipts 1, audit 6, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit | send | answer unknown | +25h | answer unknown | resolve not-delivered | refund 1 done
        a awaiting_payment > paid > delivering > unknown > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery unknown→email refund declined→email refunded→email ask_refund
        receipts 0, audit 7, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | +20s | answer reversed
        a awaiting_payment > paid > delivering > declined > refunding: money moved yes; refund 1 of 3390 Declined due
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email
        receipts 0, audit 4, expires 2026-11-30");
}

/// A refusal is final and known.
#[test]
fn refused_and_the_money_goes_back() {
    check("
        supplier | place | capture 3390 credit | send | answer refused
        a awaiting_payment > paid > delivering > declined > refunding: money moved yes; refund 1 of 3390 Declined due
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email
        receipts 0, audit 4, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer refused | answer delivered | refund 1 pending | refund 1 pending | refund 1 done | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email ask_refund ask_refund refunded→email ask_refund ask_refund
        receipts 0, audit 6, expires 2026-11-30");
    check("
        own expires=2026-08-24 | place | +3d | capture 3390 credit | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire refund declined→email refunded→email ask_refund
        receipts 0, audit 3, expires 2026-08-24");
    check("
        own expires=2026-11-22 | place addon | +12h | capture 3390 credit
        a awaiting_payment > paid > delivering > declined > refunding: money moved yes; refund 1 of 3390 Declined due
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire refund declined→email
        receipts 0, audit 2, expires 2026-11-22");
}

/// Another amount goes back whole, more or less.
#[test]
fn what_is_paid_must_be_what_was_quoted() {
    check("
        own | place | capture 3389 credit | refund 1 done
        a awaiting_payment > paid > refunding > refunded: money moved no; refund 1 of 3389 AmountDiffers done
        money nothing
        left nothing
        jobs ask_payment expire refund refunding→email refunded→email ask_refund
        receipts 0, audit 3, expires 2026-11-30");
    check(
        "
        own | place | capture 3391 credit | capture 3391 credit
        a awaiting_payment > paid > refunding: money moved yes; refund 1 of 3391 AmountDiffers due
        money held -3391, provider:sandbox 3391
        left nothing
        jobs ask_payment expire refund refunding→email
        receipts 0, audit 2, expires 2026-11-30",
    );
}

#[test]
fn unpaid_orders_end_and_late_money_goes_back() {
    check(
        "
        own | place | +29m | expire
        a awaiting_payment: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 1, expires 2026-11-30",
    );
    check(
        "
        own | place | +30m | expire | expire
        a awaiting_payment > expired: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 2, expires 2026-11-30",
    );
    check("
        own | place | +30m | expire | +1m | capture 3390 credit | capture 3390 credit | refund 1 done
        a awaiting_payment > expired > paid > refunding > refunded: money moved no; refund 1 of 3390 LateCapture done
        money nothing
        left nothing
        jobs ask_payment expire refund refunding→email refunded→email ask_refund
        receipts 0, audit 4, expires 2026-11-30");
    check(
        "
        own | place | cancel | cancel | expire
        a awaiting_payment > cancelled: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 2, expires 2026-11-30",
    );
    check("
        own | place | cancel | capture 3390 credit | refund 1 done
        a awaiting_payment > cancelled > paid > refunding > refunded: money moved no; refund 1 of 3390 LateCapture done
        money nothing
        left nothing
        jobs ask_payment expire refund refunding→email refunded→email ask_refund
        receipts 0, audit 4, expires 2026-11-30");
    check(
        "
        own | place | +30m | expire | cancel ! WrongState(Expired)
        a awaiting_payment > expired: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 2, expires 2026-11-30",
    );
    check(
        "
        own | place stale ! QuoteExpired
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires 2026-11-30",
    );
    check("
        own | place | cancel | capture 3390 credit p1 | capture 3390 credit p2 | refund 1 done
        a awaiting_payment > cancelled > paid > refunding > refunded: money moved yes; refund 1 of 3390 LateCapture done; refund 2 of 3390 PaidTwice due
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire refund refunding→email refund refunding→email refunded→email ask_refund
        receipts 0, audit 5, expires 2026-11-30");
}

#[test]
fn cancelled_before_sending_and_not_after() {
    check("
        supplier | place | capture 3390 credit | cancel | send | answer unknown | refund 1 done
        a awaiting_payment > paid > delivering > refunding > refunded: money moved no; refund 1 of 3390 Cancelled done
        money nothing
        left nothing
        jobs ask_payment expire send refund refunding→email refunded→email ask_refund
        receipts 0, audit 4, expires 2026-11-30");
    check(
        "
        supplier | place | capture 3390 credit | send | cancel ! AlreadySent
        a awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery
        receipts 0, audit 3, expires 2026-11-30",
    );
    check(
        "
        own | place | capture 3390 credit | cancel ! WrongState(Delivered)
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        supplier | place | capture 3390 credit | answer in-progress | cancel ! AlreadySent
        a awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery
        receipts 0, audit 3, expires 2026-11-30",
    );
}

#[test]
fn paid_twice_the_second_payment_goes_back() {
    check("
        own | place | capture 3390 credit p1 | capture 3390 credit p2 | refund 1 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice done
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit p1 | capture 3390 credit p2 | capture 3390 credit p2 | send | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice due
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send refund refunding→email ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 5, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit p1 | capture 3390 credit p2 | send | answer refused | refund 2 done | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 PaidTwice done; refund 2 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire send refund refunding→email ask_delivery refund declined→email refunded→email ask_refund refunded→email ask_refund
        receipts 0, audit 7, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit p1 | send | answer unknown | +25h | answer unknown | capture 3390 credit p2 | refund 1 failed | resolve refund-again | refund 1 done
        a awaiting_payment > paid > delivering > unknown: money moved yes; task unknown_outcome; refund 1 of 3390 PaidTwice done attempt 2
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery unknown→email refund refunding→email refund-failed→email refund refunded→email ask_refund
        receipts 0, audit 9, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit p1 | send | capture 3390 credit p2 | refund 1 failed | answer delivered | resolve refund-again
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice due attempt 2
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery refund refunding→email refund-failed→email render_receipt delivered→email delivered→line refund
        receipts 1, audit 7, expires 2026-12-30");
    check(
        "
        supplier | place | capture 3390 credit p1 | send | capture 3390 credit p2 | refund 1 failed | answer delivered
        a awaiting_payment > paid > delivering > delivered: money moved yes; task refund_failed; refund 1 of 3390 PaidTwice failed
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery refund refunding→email refund-failed→email render_receipt delivered→email delivered→line
        receipts 1, audit 6, expires 2026-12-30",
    );
}

#[test]
fn only_a_paid_unfinished_order_blocks_another() {
    check(
        "
        supplier | place | b: place | cancel
        a awaiting_payment > cancelled: money moved no
        b awaiting_payment: money moved no
        money nothing
        left nothing
        jobs ask_payment expire ask_payment expire
        receipts 0, audit 3, expires 2026-11-30",
    );
    check(
        "
        supplier | place | capture 3390 credit | b: place ! RenewalInProgress
        a awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send
        receipts 0, audit 2, expires 2026-11-30",
    );
    check(
        "
        supplier | place | capture 3390 credit | b: place another | b: capture 3390 credit p2
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > delivering: money moved yes
        money held -6780, provider:sandbox 6780
        left nothing
        jobs ask_payment expire send ask_payment expire send
        receipts 0, audit 4, expires 2026-11-30",
    );
    check("
        supplier | place | capture 3390 credit | send | answer delivered | b: place | b: capture 3390 credit p2
        a awaiting_payment > paid > delivering > delivered: money moved yes
        b awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line ask_payment expire send
        receipts 1, audit 6, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit | b: place another | b: capture 3390 credit p2 | b: send | b: answer delivered | c: place ! RenewalInProgress
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_payment expire send ask_delivery render_receipt delivered→email delivered→line
        receipts 1, audit 6, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | b: place | b: capture 3390 credit p2
        a awaiting_payment > paid > delivering > delivered: money moved yes
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 6780, sales -6000, tax:ON:HST -780
        left data 2000 of 2000MB, data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_payment expire render_receipt delivered→email delivered→line
        receipts 2, audit 4, expires 2027-01-29");
}

/// The payer adds a period or has the money back; later a person decides.
#[test]
fn the_second_of_two_paid_renewals_is_held() {
    check(
        "
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid: money moved yes; task held_payment
        money held -6780, provider:sandbox 6780
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email
        receipts 0, audit 4, expires 2026-11-30",
    );
    check("
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | send | answer delivered | c: place ! RenewalInProgress | b: choose add | b: send | b: answer delivered | b: choose add ! WrongState(Delivered)
        a awaiting_payment > paid > delivering > delivered: money moved yes
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 6780, sales -6000, tax:ON:HST -780
        left data 2000 of 2000MB, data 2000 of 2000MB
        jobs ask_payment expire ask_payment expire send expire held→email ask_delivery render_receipt delivered→email delivered→line send ask_delivery render_receipt delivered→email delivered→line
        receipts 2, audit 9, expires 2027-01-29");
    check("
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | b: choose refund | b: refund 1 done | b: choose refund ! WrongState(Refunded)
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > refunding > refunded: money moved no; refund 1 of 3390 NotWanted done
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email refund refunding→email refunded→email ask_refund
        receipts 0, audit 6, expires 2026-11-30");
    check(
        "
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | b: cancel
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > refunding: money moved yes; refund 1 of 3390 Cancelled due
        money held -6780, provider:sandbox 6780
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email refund refunding→email
        receipts 0, audit 5, expires 2026-11-30",
    );
    check("
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | b: resolve not-delivered
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > refunding: money moved yes; refund 1 of 3390 NotWanted due
        money held -6780, provider:sandbox 6780
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email refund refunding→email
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | b: resolve delivered
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > delivering: money moved yes
        money held -6780, provider:sandbox 6780
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email send
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | b: place | capture 3390 credit | b: capture 3390 credit p2 | b: capture 3390 credit p3 | b: refund 1 failed | b: choose add
        a awaiting_payment > paid > delivering: money moved yes
        b awaiting_payment > paid > delivering: money moved yes; task refund_failed; refund 1 of 3390 PaidTwice failed
        money held -10170, provider:sandbox 10170
        left nothing
        jobs ask_payment expire ask_payment expire send expire held→email refund refunding→email refund-failed→email send
        receipts 0, audit 7, expires 2026-11-30");
}

#[test]
fn a_wrong_number_is_undone_while_nothing_is_used() {
    check("
        own | place | capture 3390 credit | +23h | wrong-number | refund 1 done | wrong-number ! WrongState(Refunded)
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 WrongNumber done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-11-30");
    check("
        own | place keep | capture 3390 credit | wrong-number
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 WrongNumber due
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email
        receipts 1, audit 3, expires 2026-11-30");
    check("
        own | place | capture 3390 credit | +24h | wrong-number
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 WrongNumber due
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email
        receipts 1, audit 3, expires 2026-11-30");
    check(
        "
        own | place | capture 3390 credit | +25h | wrong-number ! TooLate
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        own | place | wrong-number ! WrongState(AwaitingPayment)
        a awaiting_payment: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 1, expires 2026-11-30",
    );
    check("
        own expires=2026-11-20 | place | capture 3390 credit | wrong-number
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 WrongNumber due
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email
        receipts 1, audit 3, expires 2026-11-20");
}

#[test]
fn a_wrong_number_that_is_used_or_built_upon_waits_for_a_person() {
    check(
        "
        own | place add-days | capture 3390 credit | use 120MB | wrong-number | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; task wrong_number
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 1880 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line wrong-number→email
        receipts 1, audit 4, expires 2026-12-30",
    );
    check("
        own | place add-days | capture 3390 credit | reserve 120MB | wrong-number | resolve close | release
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line sweep wrong-number→email
        receipts 1, audit 6, expires 2026-12-30");
    check("
        own | place add-days | capture 3390 credit | b: place add-days | b: capture 3390 credit p2 | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; task wrong_number
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 6780, sales -6000, tax:ON:HST -780
        left data 2000 of 2000MB, data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_payment expire render_receipt delivered→email delivered→line wrong-number→email
        receipts 2, audit 5, expires 2027-01-29");
    check("
        own | place set | capture 3390 credit | b: place set | b: capture 3390 credit p2 | wrong-number | b: wrong-number | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; task wrong_number
        b awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 WrongNumber due
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB, data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_payment expire render_receipt delivered→email delivered→line wrong-number→email refund refunding→email
        receipts 2, audit 6, expires 2026-12-21");
    check("
        own | place set | capture 3390 credit | b: place addon | b: capture 3390 credit p2 | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; task wrong_number
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 6780, sales -6000, tax:ON:HST -780
        left data 2000 of 2000MB, data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_payment expire render_receipt delivered→email delivered→line wrong-number→email
        receipts 2, audit 5, expires 2026-12-21");
    check("
        supplier | place | capture 3390 credit | send | answer delivered | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; task wrong_number
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line wrong-number→email
        receipts 1, audit 5, expires 2026-12-30");
    check("
        own | place add-days | capture 3390 credit | capture 3390 credit p2 | refund 1 failed | use 1MB | wrong-number | resolve close | resolve close ! WrongState(Delivered)
        a awaiting_payment > paid > delivering > delivered: money moved yes; task refund_failed; refund 1 of 3390 PaidTwice failed
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 1999 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refund-failed→email wrong-number→email
        receipts 1, audit 7, expires 2026-12-30");
}

#[test]
fn goodwill_is_a_named_loss_and_the_order_stays_delivered() {
    check("
        own | place add-days | capture 3390 credit | use 120MB | wrong-number | give-back all k1 | refund 1 done | give-back all k2 ! MoreThanLeft(0.00 CAD)
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 Goodwill done
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 1880 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line wrong-number→email refund refunding→email refunded→email ask_refund
        receipts 1, audit 6, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | give-back all k1 | wrong-number
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 Goodwill due
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email
        receipts 1, audit 3, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | give-back all k1 | refund 1 failed | resolve refund-again | refund 1 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 Goodwill done attempt 2
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refund-failed→email refund refunded→email ask_refund
        receipts 1, audit 6, expires 2026-12-30");
    check("
        supplier | place | capture 3390 credit | send | answer delivered | give-back all k1 | refund 1 done | answer reversed | refund 1 failed
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded > refunding: money moved yes; task refund_failed; refund 1 of 3390 Reversed failed
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund reversed→email refund-failed→email
        receipts 1, audit 8, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer delivered | give-back all k1 | answer reversed | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 Reversed done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund refunding→email reversed→email refunded→email ask_refund
        receipts 1, audit 7, expires 2026-11-30");
}

#[test]
fn what_a_supplier_takes_back_is_refunded() {
    check("
        supplier | place add-days | capture 3390 credit | send | answer delivered | answer reversed | answer reversed | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 Reversed done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund reversed→email refunded→email ask_refund
        receipts 1, audit 6, expires 2026-11-30");
    check("
        supplier | place add-days | capture 3390 credit | send | answer delivered | use 500MB | answer reversed
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 Reversed due
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund reversed→email
        receipts 1, audit 6, expires 2026-11-30");
    check("
        supplier | place add-days | capture 3390 credit | send | answer delivered | reserve 500MB | answer reversed | release
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 Reversed due
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line sweep refund reversed→email
        receipts 1, audit 7, expires 2026-11-30");
    check("
        supplier | place add-days | capture 3390 credit | send | answer delivered | b: place add-days | b: capture 3390 credit p2 | b: send | b: answer delivered | answer reversed
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 Reversed due
        b awaiting_payment > paid > delivering > delivered: money moved yes
        money held -3390, provider:sandbox 6780, sales -3000, tax:ON:HST -390
        left data 0 of 2000MB, data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund reversed→email
        receipts 2, audit 9, expires 2027-01-29");
}

#[test]
fn a_refund_can_fail_even_after_it_was_done() {
    check("
        supplier | place | capture 3390 credit | send | answer refused | refund 1 pending | refund 1 done | +1h | refund 1 failed | refund 1 failed
        a awaiting_payment > paid > delivering > declined > refunding > refunded > refunding: money moved yes; task refund_failed; refund 1 of 3390 Declined failed
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email ask_refund refunded→email ask_refund refund-failed→email
        receipts 0, audit 7, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer refused | refund 1 done | refund 1 failed | resolve refund-again | refund 1 pending | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded > refunding > refunded: money moved no; refund 1 of 3390 Declined done attempt 2
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email refunded→email ask_refund refund-failed→email refund ask_refund refunded→email ask_refund
        receipts 0, audit 9, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer refused | refund 1 failed
        a awaiting_payment > paid > delivering > declined > refunding: money moved yes; task refund_failed; refund 1 of 3390 Declined failed
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email refund-failed→email
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer refused | refund 1 done | +25h | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email refunded→email ask_refund
        receipts 0, audit 5, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | refund 1 done ! NoSuchRefund | resolve refund-again ! NoSuchRefund
        a awaiting_payment > paid > delivering: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send
        receipts 0, audit 2, expires 2026-11-30");
}

#[test]
fn verdicts_that_do_not_fit_are_refused() {
    check("
        own | place | resolve delivered ! WrongState(AwaitingPayment) | resolve not-delivered ! WrongState(AwaitingPayment) | resolve close ! WrongState(AwaitingPayment) | give-back all k1 ! WrongState(AwaitingPayment) | resolve refund-again ! NoSuchRefund
        a awaiting_payment: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 1, expires 2026-11-30");
    check("
        own | place | capture 3390 credit | resolve delivered ! WrongState(Delivered) | resolve not-delivered ! WrongState(Delivered) | choose add ! WrongState(Delivered)
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30");
}

#[test]
fn credit_on_the_line_pays_whole_or_not_at_all() {
    check(
        "
        own | credit 5000 | place with-credit | place with-credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money line_credit 3390, sales -3000, tax:ON:HST -390
        left credit 1610 of 5000, data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        own | credit 3389 | place with-credit ! NotEnough
        money nothing
        left credit 3389 of 3389
        jobs nothing
        receipts 0, audit 1, expires 2026-11-30",
    );
    check(
        "
        own | credit 3390 | place with-credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money line_credit 3390, sales -3000, tax:ON:HST -390
        left credit 0 of 3390, data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        own | credit 1000 | credit 2000 | credit 1000 | place with-credit
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money line_credit 3390, sales -3000, tax:ON:HST -390
        left credit 0 of 1000, credit 0 of 2000, credit 610 of 1000, data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line
        receipts 1, audit 4, expires 2026-12-30",
    );
    check(
        "
        own | place with-credit ! NotEnough
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires 2026-11-30",
    );
    check("
        supplier | credit 5000 | place with-credit | cancel | refund 1 done | refund 1 failed
        a awaiting_payment > paid > delivering > refunding > refunded: money moved no; refund 1 of 3390 Cancelled done
        money nothing
        left credit 1610 of 5000, credit 3390 of 3390
        jobs send refund refunding→email refunded→email ask_refund
        receipts 0, audit 4, expires 2026-11-30");
    check("
        own | credit 5000 | place with-credit | wrong-number | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 WrongNumber done
        money nothing
        left credit 1610 of 5000, data 0 of 2000MB, credit 3390 of 3390
        jobs render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-11-30");
}

#[test]
fn a_line_that_cannot_be_renewed_is_refused_before_paying() {
    check(
        "
        own expires=2026-08-23 | place ! NotRenewable(Closed)
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires 2026-08-23",
    );
    check(
        "
        own expires=2026-11-21 | place addon ! NotRenewable(NoPlanInService)
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires 2026-11-21",
    );
    check(
        "
        own expires=- | place addon ! NotRenewable(NoPlanInService)
        money nothing
        left nothing
        jobs nothing
        receipts 0, audit 0, expires -",
    );
}

/// Whatever is altered in an audit line, its hash no longer fits; nor does it after another line.
#[test]
fn an_altered_audit_line_is_found() {
    let mut story = given("own no-number");
    step(&mut story, "place");
    step(&mut story, "capture 3390 credit");
    let audit = &story.state.effects.audit;
    let (head, line) = (audit[0].hash, audit[1].clone());
    assert_eq!(line.computed_hash(head), line.hash);
    let (id, stage) = line.order.unwrap();
    let later = line.at.plus_seconds(1);
    let altered = [
        AuditLine { number: 3, ..line.clone() },
        AuditLine { at: later, ..line.clone() },
        AuditLine { actor: "guest".to_owned(), ..line.clone() },
        AuditLine { reason: Some("because".to_owned()), ..line.clone() },
        AuditLine { action: "cancel", ..line.clone() },
        AuditLine { order: Some((order_id(2), stage)), ..line.clone() },
        AuditLine { order: Some((id, Stage::Refunded)), ..line.clone() },
        AuditLine { order: None, ..line.clone() },
        AuditLine { before: [1; 32], ..line.clone() },
        AuditLine { after: [1; 32], ..line.clone() },
    ];
    for altered in altered {
        assert_ne!(altered.computed_hash(head), line.hash, "{altered:?}");
    }
    assert_ne!(line.computed_hash([0; 32]), line.hash);
}

#[test]
fn an_order_that_is_not_there_is_refused() {
    let mut state = line_on(Network::Own);
    let id = order_id(1);
    let capture = captured(&["capture", "3390", "credit"], noon());
    let commands = [
        LineCommand::Capture(id, capture),
        LineCommand::Cancel(id),
        LineCommand::Expire(id),
        LineCommand::Send(id),
        LineCommand::DeliveryAnswered(id, Answered::first(id, DeliveryAnswer::Unknown)),
        LineCommand::ChooseHeld(id, HeldChoice::Refund),
        LineCommand::WrongNumber(id),
        LineCommand::CancelQueued(id),
        LineCommand::StartQueued(id),
        LineCommand::RefundAnswered(id, 1, refund_answer("done")),
        LineCommand::Refund(id, by_hand(&["give-back", "all", "k1"])),
        LineCommand::Dispute(id, Box::new(disputed(&["dispute", "lost", "3390"]))),
        LineCommand::Resolve(id, Verdict::Close),
    ];
    for command in commands {
        assert_eq!(run(&mut state, &command, noon()), Err(Refusal::NoSuchOrder), "{command:?}");
    }
}

#[test]
fn what_somebody_else_sold_is_paid_for_with_them() {
    check(
        "
        own | place partner | place partner | capture 3390 credit | refund 1 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice done
        money partner:harbour-travel 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line tell_seller refund refunding→email refunded→email ask_refund
        receipts 1, audit 3, expires 2026-12-30",
    );
}

#[test]
fn what_somebody_else_sold_goes_back_to_them_and_no_other_way() {
    check(
        "
        own | place partner | give-back all k1 ! SoldElsewhere
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money partner:harbour-travel 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line tell_seller
        receipts 1, audit 1, expires 2026-12-30",
    );
    check(
        "
        supplier | place partner | send | answer refused | resolve refund-as-credit ! SoldElsewhere | refund 1 done | refund 1 failed
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs send tell_seller ask_delivery refund declined→email tell_seller refunded→email ask_refund tell_seller
        receipts 0, audit 4, expires 2026-11-30",
    );
    check(
        "
        supplier | place shop | send | answer refused | resolve refund-as-credit ! SoldElsewhere | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs send tell_seller ask_delivery declined→email tell_seller refunded→email ask_refund tell_seller
        receipts 0, audit 4, expires 2026-11-30",
    );
}

#[test]
fn what_a_shop_gives_back_takes_an_unused_delivery_back_and_is_a_loss_otherwise() {
    check(
        "
        own | place shop | shop-gave whole | shop-gave whole
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 AtShop done
        money nothing
        left data 0 of 2000MB
        jobs render_receipt delivered→email delivered→line tell_seller refunding→email refunded→email tell_seller
        receipts 1, audit 2, expires 2026-11-30",
    );
    check(
        "
        own | place add-days shop | use 5MB | shop-gave whole | shop-gave whole | resolve close
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 Goodwill done
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 1995 of 2000MB
        jobs render_receipt delivered→email delivered→line tell_seller refunded→email
        receipts 1, audit 4, expires 2026-12-30",
    );
    check(
        "
        own | place shop | shop-gave part
        a awaiting_payment > paid > delivering > delivered: money moved yes; task refunded_at_shop
        money sales -3000, shop:yuanyou 3390, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs render_receipt delivered→email delivered→line tell_seller
        receipts 1, audit 2, expires 2026-12-30",
    );
    check(
        "
        supplier | place shop | shop-gave whole ! WrongState(Delivering) | send | answer delivered | shop-gave whole | answer reversed
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 Reversed done
        money nothing
        left data 0 of 2000MB
        jobs send tell_seller ask_delivery render_receipt delivered→email delivered→line tell_seller refunded→email reversed→email tell_seller
        receipts 1, audit 5, expires 2026-11-30",
    );
    check(
        "
        supplier | place shop | send | answer refused | shop-gave part | shop-gave whole
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money nothing
        left nothing
        jobs send tell_seller ask_delivery declined→email tell_seller refunded→email tell_seller
        receipts 0, audit 4, expires 2026-11-30",
    );
    check(
        "
        own | place add-days | capture 3390 credit | shop-gave whole ! NoSuchPayment
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30",
    );
}
