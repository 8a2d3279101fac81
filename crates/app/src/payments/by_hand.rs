//! Money that a member of the staff takes or gives back without a provider. The reference is claimed first, so that no two
//! orders have the same; then the order hears of it. Whoever dies in between asks again for the same order and goes on.

use crate::desk::{Acting, reason_of};
use crate::ports::by_hand::{HandMovement, HandPurpose};
use crate::{App, Problem, ProblemCode, orders};
use farline_domain::commands::{Actor, GivenBack, LineCommand, TakenByHand};
use farline_domain::kernel::Money;
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{
    ByHand, ManualMethod, ManualReference, ManualReferenceError, RefundProgress,
};
use farline_domain::staff::{Deed, manual_payment_limit};

/// What is taken, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// How.
    pub method: ManualMethod,
    /// What names it. Cash without a number of the receipt book is named by the order's own reference.
    pub reference: &'a str,
    /// How much.
    pub amount: Money,
}

/// What is given back, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct GivingBack<'a> {
    /// Which refund of the order.
    pub refund: u32,
    /// How.
    pub method: ManualMethod,
    /// What names it, as above.
    pub reference: &'a str,
    /// Why, for the audit.
    pub reason: &'a str,
}

/// Takes the money of an order that waits for it. A page at a provider is asked first, and closed afterwards.
pub async fn take_by_hand(
    app: &App,
    acting: &Acting<'_>,
    order: &Order,
    taking: &Taking<'_>,
) -> Result<Order, Problem> {
    acting.may(Deed::TakePayment)?;
    let amounts = app.desk.manual_payment_limits.amounts();
    if taking.amount.minor > manual_payment_limit(amounts, acting.roles, taking.amount).minor {
        return Err(Problem::of(ProblemCode::ManualAboveLimit));
    }
    if taking.amount != order.price.total {
        return Err(Problem::of(ProblemCode::NotTheTotal).in_field("amount"));
    }
    let own = || order.reference.compact().to_owned();
    let by_hand = named((taking.method, taking.reference), own)?;
    // Whoever has paid on a page meanwhile has paid.
    let order = orders::see(app, order.id).await?;
    let movement = HandMovement {
        purpose: HandPurpose::Taken,
        by_hand: by_hand.clone(),
        order: order.id,
        amount: taking.amount,
        staff: acting.id,
        at: app.now(),
    };
    claim(app, &movement).await?;
    let taken = Box::new(TakenByHand { by_hand, amount: taking.amount });
    let command = LineCommand::TakeByHand(order.id, taken);
    match app.run(order.line, command, Actor::Staff(acting.id, None)).await {
        Ok(order) => Ok(super::close(app, &order).await.unwrap_or(order)),
        Err(problem) => {
            let order = app.order(order.id).await?;
            // For ever: no order waits for its payment again.
            if !matches!(order.state, OrderState::AwaitingPayment { .. }) && !has(&order, &movement)
            {
                app.store.give_up_by_hand(&movement).await?;
            }
            Err(problem)
        }
    }
}

/// Notes that what is owed of a payment by hand was given back.
pub async fn give_back_by_hand(
    app: &App,
    acting: &Acting<'_>,
    order: &Order,
    giving: &GivingBack<'_>,
) -> Result<Order, Problem> {
    if !acting.roles.may(Deed::Approve) {
        acting.may(Deed::Rescue)?;
    }
    let reason = reason_of(giving.reason)?;
    let owed = order.refund(giving.refund).filter(|refund| refund.is_by_hand());
    let owed = owed.ok_or(Problem::of(ProblemCode::WrongState))?;
    let own = || format!("{}R{}", order.reference.compact(), giving.refund);
    let by_hand = named((giving.method, giving.reference), own)?;
    let movement = HandMovement {
        purpose: HandPurpose::Given(giving.refund),
        by_hand: by_hand.clone(),
        order: order.id,
        amount: owed.amount,
        staff: acting.id,
        at: app.now(),
    };
    claim(app, &movement).await?;
    let given = Box::new(GivenBack { refund: giving.refund, by_hand });
    let command = LineCommand::GiveByHand(order.id, given);
    match app.run(order.line, command, acting.actor(reason)).await {
        Ok(order) => Ok(order),
        Err(problem) => {
            let order = app.order(order.id).await?;
            let is_due = order
                .refund(giving.refund)
                .is_some_and(|refund| refund.progress == RefundProgress::Due);
            if !is_due && !has(&order, &movement) {
                app.store.give_up_by_hand(&movement).await?;
            }
            Err(problem)
        }
    }
}

async fn claim(app: &App, movement: &HandMovement) -> Result<(), Problem> {
    if app.store.claim_by_hand(movement).await? {
        return Ok(());
    }
    Err(Problem::of(ProblemCode::ReferenceUsed).in_field("reference"))
}

/// What names it: as typed, or for cash that nobody numbered the order's own reference.
fn named(
    (method, typed): (ManualMethod, &str),
    own: impl FnOnce() -> String,
) -> Result<ByHand, Problem> {
    let is_numbered = !typed.trim().is_empty();
    let reference = match method {
        ManualMethod::Cash if !is_numbered => ManualReference::parse(&own()),
        ManualMethod::Cash | ManualMethod::Interac | ManualMethod::Wechat => {
            ManualReference::parse(typed)
        }
    };
    let reference = reference.map_err(|error| {
        let code = match error {
            ManualReferenceError::Length if is_numbered => ProblemCode::ReferenceInvalid,
            ManualReferenceError::Length => ProblemCode::FieldMissing,
            ManualReferenceError::BankCard => ProblemCode::HoldsBankCard,
        };
        Problem::of(code).in_field("reference")
    })?;
    Ok(ByHand { method, reference })
}

/// Whether the order knows of a movement.
pub fn has(order: &Order, movement: &HandMovement) -> bool {
    let by_hand = Some(&movement.by_hand);
    match movement.purpose {
        HandPurpose::Taken => order.captures().any(|capture| capture.by_hand().as_ref() == by_hand),
        HandPurpose::Given(number) => order.refund(number).is_some_and(|refund| {
            matches!(&refund.progress, RefundProgress::Done { refund, .. }
                if ByHand::read(refund).as_ref() == by_hand)
        }),
    }
}
