//! The page of one order: what is known of it, and the forms that the member's roles allow.

use super::order::acting;
use super::orders::{by, moment, state_words, task_words};
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{GivenForm, RefundForm, RescuePage, ShownRequest, TakeForm};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::present::total;
use farline_app::orders::{Evidence, Fact, FactKind, evidence, rescues, waits_for_a_hand};
use farline_app::reports::decimal;
use farline_app::wording::{masked, paid_with, payment_method, refund_reason};
use farline_app::{Problem, lines, receipts};
use farline_domain::kernel::{Money, StaffId};
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{ByHand, ManualMethod};
use farline_domain::staff::{
    Deed, RefundRequest, RequestState, SecondPerson, approve, manual_payment_limit, refund_limit,
};

/// What somebody typed into one of the forms, kept when something is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Typed<'a> {
    /// Which form.
    pub(super) form: &'static str,
    /// What was sent.
    pub(super) fields: Option<&'a Fields>,
}

impl Typed<'_> {
    fn of(&self, form: &str, field: &str) -> String {
        let fields = self.fields.filter(|_| self.form == form);
        fields.map_or("", |fields| fields.get(field)).to_owned()
    }
}

/// The page. The look is written down before anything is shown.
pub(super) async fn page(
    here: &Here,
    order: &Order,
    typed: &Typed<'_>,
) -> Result<RescuePage, Problem> {
    here.may(Deed::SeeRescues)?;
    let app = &here.frame.channels().app;
    let found = evidence(app, &acting(here), order).await?;
    let may = |deed| here.member.roles.may(deed);
    let rescued = if may(Deed::Rescue) { rescues(order) } else { Vec::new() };
    let words = here.frame.words();
    Ok(RescuePage {
        layout: here.layout(Section::Rescues),
        reference: order.reference.to_string(),
        rows: rows(here, order).await?,
        waits: order.task.map(|task| {
            let what = task_words(words, task.kind);
            words.dot(&[what, by(here, task.by)])
        }),
        facts: found.facts.iter().map(|fact| told(here, fact)).collect(),
        take: take(here, order, typed),
        refund: refund(here, order, typed),
        given: given(here, order, typed),
        rescues: rescued
            .into_iter()
            .map(|rescue| {
                let code = rescue.code();
                (code.to_owned(), words.say(&format!("rescue-{code}")))
            })
            .collect(),
        rescue_reason: typed.of("rescue", "rescue_reason"),
        requests: requests(here, &found).await?,
    })
}

async fn rows(here: &Here, order: &Order) -> Result<Vec<(String, String)>, Problem> {
    let (app, words) = (&here.frame.channels().app, here.frame.words());
    let view = lines::find::view(app, order.line).await?;
    let plan = receipts::plan_of(app, order).await?;
    let row = |key: &str, value: String| (words.say(key), value);
    Ok(vec![
        row("rescue-state", state_words(words, order)),
        row("receipt-card", masked(&view.line)),
        row("receipt-plan", plan.name.get(here.frame.language).to_owned()),
        row("rescue-total", total(words, &order.price)),
    ])
}

fn money(here: &Here, money: Money) -> String {
    here.frame.words().money(money.minor, money.currency.code())
}

/// What happened at a supplier, with one thing more to say of it.
fn at_supplier(
    here: &Here,
    key: &str,
    (supplier, more): (&str, Option<(&'static str, &str)>),
) -> String {
    let mut said = vec![("supplier", supplier.into())];
    said.extend(more.map(|(name, value)| (name, value.into())));
    here.frame.words().say_with(key, &said)
}

/// A fact in words, with its time.
fn told(here: &Here, fact: &Fact) -> (String, String) {
    let words = here.frame.words();
    let said = match &fact.what {
        FactKind::Passed(stage) => {
            words.say(&format!("order-state-{}", stage.code().replace('_', "-")))
        }
        FactKind::Paid(capture) => {
            let (amount, how) = (money(here, capture.amount), paid_with(words, capture));
            words.say_with("known-paid", &[("amount", amount.into()), ("method", how.into())])
        }
        FactKind::Sent { reference, asked } => {
            let count = i64::from(*asked);
            let reference = reference.as_str();
            words
                .say_with("known-sent", &[("reference", reference.into()), ("count", count.into())])
        }
        FactKind::WentTo(supplier) => at_supplier(here, "known-went-to", (supplier, None)),
        FactKind::RefusedBy(supplier, why) => {
            let why = words.say(&format!("known-why-{}", why.code()));
            at_supplier(here, "known-refused-by", (supplier, Some(("why", &why))))
        }
        FactKind::GoesOn { supplier, reference } => {
            let reference = Some(("reference", reference.as_str()));
            at_supplier(here, "known-goes-on", (supplier, reference))
        }
        FactKind::AskedNext => words.say("known-asked-next"),
        FactKind::Deadline(kind) => {
            words.say_with("known-deadline", &[("what", task_words(words, *kind).into())])
        }
        FactKind::Owed(refund) => {
            let (number, amount) = (i64::from(refund.number), money(here, refund.amount));
            let reason = refund_reason(words, refund.reason);
            let said =
                [("number", number.into()), ("amount", amount.into()), ("reason", reason.into())];
            words.say_with("known-owed", &said)
        }
        FactKind::GivenBack { number, named, amount } => {
            let named = ByHand::read(named).map_or_else(
                || named.clone(),
                |by_hand| {
                    let how = payment_method(words, by_hand.method.payment_method());
                    words.dot(&[how, by_hand.reference.as_str().to_owned()])
                },
            );
            let (number, amount) = (i64::from(*number), money(here, *amount));
            let said =
                [("number", number.into()), ("amount", amount.into()), ("named", named.into())];
            words.say_with("known-given-back", &said)
        }
        FactKind::NotGivenBack { number, reason } => {
            let (number, reason) = (i64::from(*number), reason.as_str());
            words.say_with(
                "known-not-given-back",
                &[("number", number.into()), ("reason", reason.into())],
            )
        }
        FactKind::Disputed(status) => {
            words.say_with("known-disputed", &[("status", status.code().into())])
        }
        FactKind::Told { reason, medium, failure } => {
            let key = if failure.is_some() { "known-not-told" } else { "known-told" };
            let what = words.say(&format!("known-notice-{}", reason.code()));
            let medium = words.say(&format!("known-medium-{}", medium.code()));
            words.say_with(key, &[("what", what.into()), ("medium", medium.into())])
        }
    };
    (moment(here, fact.at), said)
}

fn methods(here: &Here, chosen: &str) -> Vec<(String, String, bool)> {
    let words = here.frame.words();
    let shown = |method: ManualMethod| {
        let code = method.code().to_owned();
        let is_chosen = code == chosen;
        (code, payment_method(words, method.payment_method()), is_chosen)
    };
    ManualMethod::ALL.map(shown).into()
}

fn take(here: &Here, order: &Order, typed: &Typed<'_>) -> Option<TakeForm> {
    let waits = matches!(order.state, OrderState::AwaitingPayment { .. });
    if !waits || order.is_charge_unknown() || !here.member.roles.may(Deed::TakePayment) {
        return None;
    }
    let price = order.price.total;
    let amounts = here.frame.channels().app.desk.manual_payment_limits.amounts();
    let limit = manual_payment_limit(amounts, &here.member.roles, price);
    let lead = [("amount", money(here, price).into()), ("limit", money(here, limit).into())];
    let amount = typed.of("take", "take_amount");
    Some(TakeForm {
        lead: here.frame.words().say_with("take-lead", &lead),
        methods: methods(here, &typed.of("take", "take_method")),
        reference: typed.of("take", "take_reference"),
        amount: if amount.is_empty() { decimal(price) } else { amount },
    })
}

fn refund(here: &Here, order: &Order, typed: &Typed<'_>) -> Option<RefundForm> {
    let OrderState::Delivered { capture, .. } = &order.state else { return None };
    let left = Money { minor: order.left_of(capture), currency: capture.amount.currency };
    if left.minor <= 0 || order.charged_back(capture) > 0 || !here.member.roles.may(Deed::Refund) {
        return None;
    }
    let words = here.frame.words();
    let amounts = here.frame.channels().app.desk.refund_limits.amounts();
    let limit = refund_limit(amounts, &here.member.roles, left);
    let lead = [("left", money(here, left).into()), ("limit", money(here, limit).into())];
    let to = typed.of("refund", "refund_to");
    let place = |code: &str, key: &str| (code.to_owned(), words.say(key), to == code);
    Some(RefundForm {
        lead: words.say_with("refund-lead", &lead),
        amount: typed.of("refund", "refund_amount"),
        places: vec![
            place("source", "refund-to-source"),
            place("line_credit", "refund-to-line-credit"),
        ],
        reason: typed.of("refund", "refund_reason"),
    })
}

fn given(here: &Here, order: &Order, typed: &Typed<'_>) -> Option<GivenForm> {
    let roles = &here.member.roles;
    if !roles.may(Deed::Rescue) && !roles.may(Deed::Approve) {
        return None;
    }
    let owed = order.refunds.iter().find(|refund| waits_for_a_hand(refund))?;
    let lead =
        [("number", i64::from(owed.number).into()), ("amount", money(here, owed.amount).into())];
    Some(GivenForm {
        refund: owed.number,
        lead: here.frame.words().say_with("given-lead", &lead),
        methods: methods(here, &typed.of("given", "given_method")),
        reference: typed.of("given", "given_reference"),
        reason: typed.of("given", "given_reason"),
    })
}

/// What colleagues call somebody.
pub(super) async fn name_of(here: &Here, id: StaffId) -> Result<String, Problem> {
    let member = here.frame.channels().app.store.member(id).await?;
    Ok(member.map_or_else(|| id.to_string(), |member| member.name))
}

async fn requests(here: &Here, found: &Evidence) -> Result<Vec<ShownRequest>, Problem> {
    let mut shown = Vec::new();
    for request in &found.requests {
        shown.push(shown_request(here, request).await?);
    }
    Ok(shown)
}

async fn shown_request(here: &Here, request: &RefundRequest) -> Result<ShownRequest, Problem> {
    let (app, words, member) = (&here.frame.channels().app, here.frame.words(), &here.member);
    let now = app.now();
    let second = app.desk.second_person(member.second_person);
    let by = (member.id, &member.roles);
    let waits = request.waits(now);
    let may_agree = waits && approve(request.asker, by, second).is_ok();
    let is_own = request.asker == member.id;
    let may_refuse = waits
        && request.state == RequestState::Open
        && (is_own || approve(request.asker, by, SecondPerson::Needed).is_ok());
    let told = [
        ("amount", money(here, request.amount).into()),
        ("who", name_of(here, request.asker).await?.into()),
        ("when", moment(here, request.asked_at).into()),
        ("reason", request.reason.as_str().into()),
    ];
    let code =
        if request.state == RequestState::Open && !waits { "lapsed" } else { request.state.code() };
    let mut state = words.say(&format!("request-state-{code}"));
    if let Some(decided) = request.decided {
        let who = name_of(here, decided.by).await?;
        state = words.dot(&[state, who, moment(here, decided.at)]);
    } else if waits && is_own && !may_agree {
        state = words.dot(&[state, words.say("request-own")]);
    }
    Ok(ShownRequest {
        id: request.id.to_string(),
        told: words.say_with("request-told", &told),
        state,
        may_agree,
        may_refuse,
    })
}
