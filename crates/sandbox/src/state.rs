//! Everything the journal says, in memory.

use std::collections::{BTreeSet, HashMap};

use crate::records::{
    Answer, Change, Charge, Checkout, CheckoutStatus, Delivery, Dispute, Event, KeptMethod,
    KeptStatus, Payment, Refund, Setup,
};

/// Something that happens by itself when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    CheckoutExpires(String),
    SetupExpires(String),
    ChargeIsCaptured(String),
    RefundFails(String),
    PaymentIsDisputed(String),
}

#[derive(Default)]
pub(crate) struct State {
    checkouts: HashMap<String, Checkout>,
    checkouts_by_reference: HashMap<String, Vec<String>>,
    payments: HashMap<String, Payment>,
    kept: HashMap<String, KeptMethod>,
    kept_by_customer: HashMap<String, Vec<String>>,
    setups: HashMap<String, Setup>,
    setups_by_reference: HashMap<String, Vec<String>>,
    charges: HashMap<String, Charge>,
    charges_by_reference: HashMap<String, Vec<String>>,
    refunds: HashMap<String, Refund>,
    refunds_by_reference: HashMap<String, Vec<String>>,
    disputes: HashMap<String, Dispute>,
    disputes_by_reference: HashMap<String, Vec<String>>,
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

    /// A method, kept or not.
    pub(crate) fn method(&self, id: &str) -> Option<&KeptMethod> {
        self.kept.get(id)
    }

    /// The method that was kept when this was paid, unless it was forgotten since.
    pub(crate) fn kept_of(&self, payment: &Payment) -> Option<&KeptMethod> {
        let method = self.kept.get(payment.kept.as_deref()?)?;
        (method.status == KeptStatus::Kept).then_some(method)
    }

    pub(crate) fn setup(&self, id: &str) -> Option<&Setup> {
        self.setups.get(id)
    }

    /// The latest method tried on a setup's page.
    pub(crate) fn method_of(&self, setup: &Setup) -> Option<&KeptMethod> {
        self.kept.get(setup.method.as_deref()?)
    }

    pub(crate) fn charge(&self, id: &str) -> Option<&Charge> {
        self.charges.get(id)
    }

    /// The money that a charge took.
    pub(crate) fn payment_by(&self, charge: &Charge) -> Option<&Payment> {
        self.payments.get(charge.payment.as_deref()?)
    }

    pub(crate) fn refund(&self, id: &str) -> Option<&Refund> {
        self.refunds.get(id)
    }

    pub(crate) fn dispute(&self, id: &str) -> Option<&Dispute> {
        self.disputes.get(id)
    }

    pub(crate) fn answer(&self, key: &str) -> Option<&Answer> {
        self.answers.get(key)
    }

    /// The checkouts with this reference, newest first.
    pub(crate) fn checkouts_of(&self, reference: &str) -> impl Iterator<Item = &Checkout> {
        newest_first(&self.checkouts_by_reference, reference, &self.checkouts)
    }

    /// The refunds with this reference, newest first.
    pub(crate) fn refunds_of(&self, reference: &str) -> impl Iterator<Item = &Refund> {
        newest_first(&self.refunds_by_reference, reference, &self.refunds)
    }

    /// The disputes of payments with this reference, newest first.
    pub(crate) fn disputes_of(&self, reference: &str) -> impl Iterator<Item = &Dispute> {
        newest_first(&self.disputes_by_reference, reference, &self.disputes)
    }

    /// The setups with this reference, newest first.
    pub(crate) fn setups_of(&self, reference: &str) -> impl Iterator<Item = &Setup> {
        newest_first(&self.setups_by_reference, reference, &self.setups)
    }

    /// The charges with this reference, newest first.
    pub(crate) fn charges_of(&self, reference: &str) -> impl Iterator<Item = &Charge> {
        newest_first(&self.charges_by_reference, reference, &self.charges)
    }

    /// The methods kept for a customer, newest first.
    pub(crate) fn kept_for(&self, customer: &str) -> impl Iterator<Item = &KeptMethod> {
        newest_first(&self.kept_by_customer, customer, &self.kept)
            .filter(|method| method.status == KeptStatus::Kept)
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
            Change::Payment(payment) => self.put_payment(payment),
            Change::Kept(method) => self.put_method(method),
            Change::Setup(setup) => self.put_setup(setup),
            Change::Charge(charge) => self.put_charge(charge),
            Change::Refund(refund) => self.put_refund(refund),
            Change::Dispute(dispute) => self.put_dispute(dispute),
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

    fn put_payment(&mut self, payment: Payment) {
        let was_at = self.payments.get(&payment.id).and_then(|earlier| earlier.disputed_at_ms);
        let timer = Timer::PaymentIsDisputed(payment.id.clone());
        self.move_timer(was_at, payment.disputed_at_ms, timer);
        self.payments.insert(payment.id.clone(), payment);
    }

    fn put_method(&mut self, method: KeptMethod) {
        if !self.kept.contains_key(&method.id) {
            let same_customer = self.kept_by_customer.entry(method.customer.clone());
            same_customer.or_default().push(method.id.clone());
        }
        self.kept.insert(method.id.clone(), method);
    }

    fn put_setup(&mut self, setup: Setup) {
        let timer = (setup.expires_at_ms, Timer::SetupExpires(setup.id.clone()));
        match setup.status {
            CheckoutStatus::Open => self.timers.insert(timer),
            CheckoutStatus::Complete | CheckoutStatus::Expired => self.timers.remove(&timer),
        };
        if !self.setups.contains_key(&setup.id) {
            let same_reference = self.setups_by_reference.entry(setup.reference.clone());
            same_reference.or_default().push(setup.id.clone());
        }
        self.setups.insert(setup.id.clone(), setup);
    }

    fn put_charge(&mut self, charge: Charge) {
        let earlier = self.charges.get(&charge.id);
        if earlier.is_none() {
            let same_reference = self.charges_by_reference.entry(charge.reference.clone());
            same_reference.or_default().push(charge.id.clone());
        }
        let was_at = earlier.and_then(|earlier| earlier.captured_at_ms);
        self.move_timer(was_at, charge.captured_at_ms, Timer::ChargeIsCaptured(charge.id.clone()));
        self.charges.insert(charge.id.clone(), charge);
    }

    fn put_refund(&mut self, refund: Refund) {
        let earlier = self.refunds.get(&refund.id);
        if earlier.is_none() {
            let same_reference = self.refunds_by_reference.entry(refund.reference.clone());
            same_reference.or_default().push(refund.id.clone());
        }
        let was_at = earlier.and_then(|earlier| earlier.fails_at_ms);
        self.move_timer(was_at, refund.fails_at_ms, Timer::RefundFails(refund.id.clone()));
        self.refunds.insert(refund.id.clone(), refund);
    }

    fn put_dispute(&mut self, dispute: Dispute) {
        if !self.disputes.contains_key(&dispute.id) {
            let same_reference = self.disputes_by_reference.entry(dispute.reference.clone());
            same_reference.or_default().push(dispute.id.clone());
        }
        self.disputes.insert(dispute.id.clone(), dispute);
    }

    fn move_timer(&mut self, was_at_ms: Option<i64>, is_at_ms: Option<i64>, timer: Timer) {
        if let Some(at) = was_at_ms {
            self.timers.remove(&(at, timer.clone()));
        }
        if let Some(at) = is_at_ms {
            self.timers.insert((at, timer));
        }
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

/// What stands under a name, newest first.
fn newest_first<'a, T>(
    index: &'a HashMap<String, Vec<String>>,
    name: &str,
    objects: &'a HashMap<String, T>,
) -> impl Iterator<Item = &'a T> + use<'a, T> {
    let ids = index.get(name).into_iter().flatten().rev();
    ids.filter_map(|id| objects.get(id))
}
