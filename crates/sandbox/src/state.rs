//! Everything the journal says, in memory.

use std::collections::{BTreeSet, HashMap};

use crate::records::{Answer, Change, Checkout, CheckoutStatus, Delivery, Event, Payment, Refund};

/// Something that happens by itself when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    CheckoutExpires(String),
    RefundFails(String),
}

#[derive(Default)]
pub(crate) struct State {
    checkouts: HashMap<String, Checkout>,
    checkouts_by_reference: HashMap<String, Vec<String>>,
    payments: HashMap<String, Payment>,
    refunds: HashMap<String, Refund>,
    refunds_by_reference: HashMap<String, Vec<String>>,
    answers: HashMap<String, Answer>,
    /// Only events that are still owed.
    events: HashMap<String, Event>,
    timers: BTreeSet<(i64, Timer)>,
    deliveries: BTreeSet<(i64, String)>,
}

impl State {
    pub(crate) fn checkout(&self, id: &str) -> Option<&Checkout> {
        self.checkouts.get(id)
    }

    /// The latest attempt to pay a checkout.
    pub(crate) fn payment_of(&self, checkout: &Checkout) -> Option<&Payment> {
        self.payments.get(checkout.payment.as_deref()?)
    }

    pub(crate) fn payment(&self, id: &str) -> Option<&Payment> {
        self.payments.get(id)
    }

    pub(crate) fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.get(id)
    }

    pub(crate) fn answer(&self, key: &str) -> Option<&Answer> {
        self.answers.get(key)
    }

    /// The checkouts with this reference, newest first.
    pub(crate) fn checkouts_of(&self, reference: &str) -> impl Iterator<Item = &Checkout> {
        let ids = self.checkouts_by_reference.get(reference).into_iter().flatten().rev();
        ids.filter_map(|id| self.checkouts.get(id))
    }

    /// The refunds with this reference, newest first.
    pub(crate) fn refunds_of(&self, reference: &str) -> impl Iterator<Item = &Refund> {
        let ids = self.refunds_by_reference.get(reference).into_iter().flatten().rev();
        ids.filter_map(|id| self.refunds.get(id))
    }

    /// The timers that have run out, oldest first.
    pub(crate) fn timers_due(&self, now_ms: i64) -> impl Iterator<Item = &Timer> {
        self.timers.iter().take_while(move |(at, _)| *at <= now_ms).map(|(_, timer)| timer)
    }

    /// The events to send now, oldest first.
    pub(crate) fn deliveries_due(&self, now_ms: i64) -> impl Iterator<Item = &Event> {
        let due = self.deliveries.iter().take_while(move |(at, _)| *at <= now_ms);
        due.filter_map(|(_, id)| self.events.get(id))
    }

    pub(crate) fn apply(&mut self, change: Change) {
        match change {
            Change::Checkout(checkout) => self.put_checkout(checkout),
            Change::Payment(payment) => {
                self.payments.insert(payment.id.clone(), payment);
            }
            Change::Refund(refund) => self.put_refund(refund),
            Change::Event(event) => {
                let (id, delivery) = (event.id.clone(), event.delivery);
                self.events.insert(id.clone(), event);
                self.put_delivery(&id, delivery);
            }
            Change::Delivery { event, delivery } => self.put_delivery(&event, delivery),
            Change::Answer(answer) => {
                self.answers.insert(answer.key.clone(), answer);
            }
        }
    }

    fn put_checkout(&mut self, checkout: Checkout) {
        let timer = (checkout.expires_at_ms, Timer::CheckoutExpires(checkout.id.clone()));
        match checkout.status {
            CheckoutStatus::Open => self.timers.insert(timer),
            CheckoutStatus::Complete | CheckoutStatus::Expired => self.timers.remove(&timer),
        };
        if !self.checkouts.contains_key(&checkout.id) {
            let same_reference = self.checkouts_by_reference.entry(checkout.reference.clone());
            same_reference.or_default().push(checkout.id.clone());
        }
        self.checkouts.insert(checkout.id.clone(), checkout);
    }

    fn put_refund(&mut self, refund: Refund) {
        let timer = Timer::RefundFails(refund.id.clone());
        let earlier = self.refunds.get(&refund.id);
        match earlier {
            Some(Refund { fails_at_ms: Some(at), .. }) => {
                self.timers.remove(&(*at, timer.clone()));
            }
            Some(_) => {}
            None => {
                let same_reference = self.refunds_by_reference.entry(refund.reference.clone());
                same_reference.or_default().push(refund.id.clone());
            }
        }
        if let Some(at) = refund.fails_at_ms {
            self.timers.insert((at, timer));
        }
        self.refunds.insert(refund.id.clone(), refund);
    }

    fn put_delivery(&mut self, id: &str, delivery: Delivery) {
        let Some(event) = self.events.get_mut(id) else {
            return;
        };
        if let Some(at) = event.delivery.next_at_ms {
            self.deliveries.remove(&(at, id.to_owned()));
        }
        event.delivery = delivery;
        match delivery.next_at_ms {
            Some(at) => {
                self.deliveries.insert((at, id.to_owned()));
            }
            None => {
                self.events.remove(id);
            }
        }
    }
}
