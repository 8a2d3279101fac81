//! What the business says of a partner: who they are, at what price they buy, and what they paid.

use crate::ports::subjects::SubjectEnvelope;
use crate::{App, Problem, ProblemCode};
use farline_domain::accounts::Address;
use farline_domain::catalog::PlanCode;
use farline_domain::commands::{Actor, Context};
use farline_domain::kernel::{Instant, Money, Province, Rate};
use farline_domain::partners::{
    CallbackSecret, Done, Hand, Partner, PartnerCode, Standing, Trading, person_of,
};
use farline_domain::payments::ManualReference;
use farline_domain::subjects::{Named, PaidBy, Payment, Quantity, SubjectCommand, SubjectRefusal};
use std::collections::{BTreeMap, BTreeSet};

/// How many people a partner has at most.
const MOST_PEOPLE: usize = 50;

/// What may be changed of a partner; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PartnerChange {
    /// Its name.
    pub name: Option<String>,
    /// What it gets off every plan's price.
    pub discount: Option<Rate>,
    /// What a plan costs it; without an amount, the discount counts again.
    pub price: Option<(PlanCode, Option<Money>)>,
    /// Whether it may sell.
    pub trading: Option<Trading>,
    /// Where it is told of its orders; nowhere, if empty.
    pub callback: Option<String>,
    /// Makes a new secret for callbacks.
    pub rotates_secret: bool,
    /// Somebody who is one of its people from now on: the e-mail address of an account, as typed.
    pub person: Option<String>,
    /// Somebody who is not any more.
    pub no_person: Option<String>,
}

/// A new partner, with nothing paid in and no credit.
pub async fn create(
    app: &App,
    (code, name): (PartnerCode, &str),
    province: Province,
    discount: Rate,
) -> Result<Partner, Problem> {
    let now = app.now();
    let partner = Partner {
        code,
        name: named(name)?,
        province,
        currency: farline_domain::kernel::Currency::CAD,
        discount: within(discount)?,
        prices: BTreeMap::new(),
        trading: Trading::Open,
        callback: None,
        secret: CallbackSecret { generation: 1, since: now },
        since: now,
        people: BTreeSet::new(),
        repricings: Vec::new(),
    };
    if !app.business.provinces.contains(&province) {
        return Err(Problem::of(ProblemCode::NoTaxKnown).in_field("province"));
    }
    if app.store.keep_partner(&partner, None).await? {
        Ok(partner)
    } else {
        Err(Problem::of(ProblemCode::NameTaken).in_field("code"))
    }
}

fn named(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let fits = (1..=80).contains(&name.chars().count());
    let invalid = || Problem::of(ProblemCode::FieldInvalid).in_field("name");
    if fits { Ok(name.to_owned()) } else { Err(invalid()) }
}

fn person(typed: &str, field: &'static str) -> Result<String, Problem> {
    let address = Address::email(typed).ok();
    let invalid = || Problem::of(ProblemCode::EmailInvalid).in_field(field);
    address.as_ref().and_then(person_of).ok_or_else(invalid)
}

/// A discount is less than everything.
fn within(discount: Rate) -> Result<Rate, Problem> {
    let invalid = || Problem::of(ProblemCode::FieldInvalid).in_field("discount");
    if (0..1_000_000).contains(&discount.ppm) { Ok(discount) } else { Err(invalid()) }
}

/// Changes a partner, if it still is as it was seen.
pub async fn change(app: &App, seen: &Partner, wish: PartnerChange) -> Result<Partner, Problem> {
    let mut partner = seen.clone();
    if let Some(name) = &wish.name {
        partner.name = named(name)?;
    }
    if let Some(discount) = wish.discount {
        partner.discount = within(discount)?;
    }
    if let Some((plan, price)) = wish.price {
        price_of(app, &mut partner, (plan, price))?;
    }
    if let Some(callback) = wish.callback {
        partner.callback = callback_of(app, &callback)?;
    }
    if let Some(typed) = &wish.no_person {
        partner.people.remove(&person(typed, "no_person")?);
    }
    if let Some(typed) = &wish.person {
        partner.people.insert(person(typed, "person")?);
        if partner.people.len() > MOST_PEOPLE {
            return Err(Problem::of(ProblemCode::FieldInvalid).in_field("person"));
        }
    }
    partner.trading = wish.trading.unwrap_or(partner.trading);
    if wish.rotates_secret {
        let generation = partner.secret.generation.saturating_add(1);
        partner.secret = CallbackSecret { generation, since: app.now() };
    }
    if partner == *seen || app.store.keep_partner(&partner, Some(seen)).await? {
        Ok(partner)
    } else {
        Err(Problem::of(ProblemCode::RequestRunning))
    }
}

fn price_of(
    app: &App,
    partner: &mut Partner,
    (code, price): (PlanCode, Option<Money>),
) -> Result<(), Problem> {
    let unknown = || Problem::of(ProblemCode::UnknownPlan).in_field("plan");
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&code).ok_or_else(unknown)?;
    let mut prices = partner.prices.clone();
    match price {
        None => {
            prices.remove(&code);
        }
        Some(price) => {
            let range = 0..=plan.price.minor;
            if price.currency != partner.currency || !range.contains(&price.minor) {
                return Err(Problem::of(ProblemCode::FieldInvalid).in_field("price"));
            }
            prices.insert(code, price);
        }
    }
    partner.reprice(prices, Done { by: Hand::Business, at: app.now() });
    Ok(())
}

/// An address that may be called; none, if it is empty.
pub(crate) fn callback_of(app: &App, url: &str) -> Result<Option<String>, Problem> {
    let url = url.trim();
    if url.is_empty() {
        return Ok(None);
    }
    match app.callbacks.may_call(url) {
        Ok(()) => Ok(Some(url.to_owned())),
        Err(refusal) => {
            let mut problem = Problem::of(ProblemCode::CallbackRefused).in_field("callback");
            problem.cause = Some(refusal.to_string());
            Err(problem)
        }
    }
}

/// What somebody pays in or out, and what the bank calls it.
fn payment(
    partner: &Partner,
    (amount, reference): (Money, &str),
    paid_by: Option<PaidBy>,
) -> Result<Payment, Problem> {
    if amount.currency != partner.currency || amount.minor <= 0 {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("amount"));
    }
    let invalid = |_| Problem::of(ProblemCode::ReferenceInvalid).in_field("reference");
    let reference = ManualReference::parse(reference).map_err(invalid)?;
    let quantity = Quantity::of_money(amount).map_err(SubjectRefusal::from)?;
    Ok(Payment { named: Named::Payment(reference.into()), quantity, paid_by })
}

/// Books what a partner paid in. The same reference again changes nothing.
pub async fn pay_in(
    app: &App,
    (partner, actor): (&Partner, Actor),
    paid: (Money, &str),
) -> Result<Standing, Problem> {
    pay_in_by(app, (partner, actor), paid, None).await
}

/// The same, with how it was paid. Why it is booked is the actor's reason.
pub async fn pay_in_by(
    app: &App,
    (partner, actor): (&Partner, Actor),
    paid: (Money, &str),
    paid_by: Option<PaidBy>,
) -> Result<Standing, Problem> {
    let payment = payment(partner, paid, paid_by)?;
    run(app, (partner, actor), SubjectCommand::PayIn(payment)).await
}

/// Books what was paid back to a partner: never more than is theirs.
pub async fn pay_out(
    app: &App,
    (partner, actor): (&Partner, Actor),
    paid: (Money, &str),
) -> Result<Standing, Problem> {
    run(app, (partner, actor), SubjectCommand::PayOut(payment(partner, paid, None)?)).await
}

/// Sets how much a partner may use beyond what was paid in.
pub async fn set_credit(
    app: &App,
    (partner, actor): (&Partner, Actor),
    credit: Money,
) -> Result<Standing, Problem> {
    if credit.currency != partner.currency || credit.minor < 0 {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("amount"));
    }
    let quantity = Quantity::of_money(credit).map_err(SubjectRefusal::from)?;
    run(app, (partner, actor), SubjectCommand::Credit(quantity)).await
}

async fn run(
    app: &App,
    (partner, actor): (&Partner, Actor),
    command: SubjectCommand,
) -> Result<Standing, Problem> {
    let now: Instant = app.now();
    let envelope =
        SubjectEnvelope { subject: partner.account(), command, context: Context { now, actor } };
    app.store.run_on_subject(envelope).await?.map_err(|refusal| match refusal {
        SubjectRefusal::UsedUp => Problem::of(ProblemCode::AccountUsedUp).in_field("amount"),
        SubjectRefusal::OtherPayment => {
            Problem::of(ProblemCode::ReferenceUsed).in_field("reference")
        }
        other => Problem::from(other),
    })?;
    super::standing(app, partner).await
}
