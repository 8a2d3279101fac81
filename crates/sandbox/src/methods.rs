//! Methods that are kept for later charges.

use crate::{
    card::Card,
    numbers::Behaviour,
    payments::way_of,
    records::{Change, Checkout, KeptMethod, KeptStatus, Method, Moment, Payment},
};

/// The method that a captured payment keeps, where the merchant asked for that.
pub(crate) fn kept_by_payment(
    moment: &Moment,
    checkout: &Checkout,
    payment: &Payment,
) -> Option<KeptMethod> {
    let customer = checkout.keep_for.as_ref()?;
    Some(KeptMethod {
        method: payment.method,
        brand: payment.brand,
        last4: payment.last4.clone(),
        funding: payment.funding,
        expiry: payment.expiry,
        behaviour: payment.behaviour,
        ..wallet(moment, customer)
    })
}

/// A card that is to be kept, with the bank's answer still to come.
pub(crate) fn card(moment: &Moment, customer: &str, card: Card) -> KeptMethod {
    KeptMethod {
        status: KeptStatus::RequiresAction,
        method: way_of(card.funding),
        brand: Some(card.brand),
        last4: Some(card.last4),
        funding: Some(card.funding),
        expiry: Some(card.expiry),
        behaviour: card.behaviour,
        ..wallet(moment, customer)
    }
}

/// A kept PayPal account.
pub(crate) fn wallet(moment: &Moment, customer: &str) -> KeptMethod {
    KeptMethod {
        id: moment.id("pm"),
        customer: customer.to_owned(),
        status: KeptStatus::Kept,
        method: Method::Paypal,
        brand: None,
        last4: None,
        funding: None,
        expiry: None,
        behaviour: Behaviour::Approved,
        charges: 0,
        created_ms: moment.now_ms,
    }
}

/// The method forgotten, and the change, if there is one.
pub(crate) fn forget(method: &KeptMethod) -> (Vec<Change>, KeptMethod) {
    let after = KeptMethod { status: KeptStatus::Forgotten, ..method.clone() };
    match method.status {
        KeptStatus::Forgotten => (Vec::new(), after),
        KeptStatus::Kept | KeptStatus::RequiresAction => (vec![Change::Kept(after.clone())], after),
    }
}
