//! A supplier that remembers what was sent under each reference, and what became of it.

use super::world::World;
use async_trait::async_trait;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Instant;
use farline_domain::orders::DeliveryRefusal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many of ten thousand calls get lost on the way there, and as many on the way back.
const LOST: u64 = 400;

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Delivered,
    DeliveredAt(Instant),
    Refused,
    UnknownThenDelivered(Instant),
    UnknownThenRefused(Instant),
    DeliveredThenReversed(Instant),
    UnknownForEver,
    /// A person has seen to it that it will not be delivered.
    Voided,
}

/// What is true of a delivery, whoever knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    /// The supplier never heard of it, or a person has seen to it that nothing will come of it.
    Nothing,
    /// Nobody knows yet.
    Open,
    /// The network has it.
    Delivered,
    /// Not delivered, for good.
    Refused,
    /// Delivered, and taken back.
    Reversed,
}

/// Everything the supplier knows.
#[derive(Default)]
pub(super) struct SupplierBook(BTreeMap<String, (String, Fate)>);

impl SupplierBook {
    /// What is true of a reference.
    pub(super) fn truth(&self, reference: &str, now: Instant) -> Truth {
        let Some((_, fate)) = self.0.get(reference) else { return Truth::Nothing };
        let from = |at: &Instant, truth| if now >= *at { truth } else { Truth::Open };
        match fate {
            Fate::Voided => Truth::Nothing,
            Fate::Delivered => Truth::Delivered,
            Fate::DeliveredAt(at) | Fate::UnknownThenDelivered(at) => from(at, Truth::Delivered),
            Fate::Refused => Truth::Refused,
            Fate::UnknownThenRefused(at) => from(at, Truth::Refused),
            Fate::DeliveredThenReversed(at) => {
                if now >= *at {
                    Truth::Reversed
                } else {
                    Truth::Delivered
                }
            }
            Fate::UnknownForEver => Truth::Open,
        }
    }

    /// A person sees to it that nothing more comes of a reference.
    pub(super) fn void(&mut self, reference: &str) {
        let number = self.0.get(reference).map(|(number, _)| number.clone()).unwrap_or_default();
        self.0.insert(reference.to_owned(), (number, Fate::Voided));
    }

    /// The references under which something was sent.
    pub(super) fn references(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    fn answer(&self, reference: &str, now: Instant) -> DeliveryAnswer {
        let supplier_reference = Some(format!("their-{reference}"));
        match (self.truth(reference, now), self.0.get(reference).map(|(_, fate)| *fate)) {
            (Truth::Delivered, _) => DeliveryAnswer::Delivered { supplier_reference },
            (Truth::Refused, _) => DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted),
            (Truth::Reversed, _) => DeliveryAnswer::Reversed,
            (Truth::Open, Some(Fate::DeliveredAt(_))) => DeliveryAnswer::InProgress,
            (Truth::Open | Truth::Nothing, _) => DeliveryAnswer::Unknown,
        }
    }
}

/// The supplier as we reach it.
pub(super) struct Supplier(pub(super) Arc<World>);

impl Supplier {
    fn fate(&self, now: Instant) -> Fate {
        let at = |least, most| now.plus_seconds(self.0.chance.between(least, most));
        if !self.0.has_mishaps() {
            return Fate::Delivered;
        }
        match self.0.chance.below(20) {
            0..=6 => Fate::Delivered,
            7..=9 => Fate::DeliveredAt(at(5, 600)),
            10..=12 => Fate::Refused,
            13 | 14 => Fate::UnknownThenDelivered(at(20, 30_000)),
            15 | 16 => Fate::UnknownThenRefused(at(20, 30_000)),
            17 | 18 => Fate::DeliveredThenReversed(at(30, 60_000)),
            _ => Fate::UnknownForEver,
        }
    }
}

#[async_trait]
impl DeliverySupplier for Supplier {
    fn name(&self) -> &'static str {
        "simulated"
    }

    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        let (world, reference) = (&self.0, &request.reference);
        let effect = || {
            let now = world.their_now();
            let mut book = world.supplier();
            let sent = || (request.number.clone(), self.fate(now));
            book.0.entry(reference.clone()).or_insert_with(sent);
            Ok(book.answer(reference, now))
        };
        let answer = world.call((LOST, || ()), effect).await;
        world.note(format!("    supplier: {reference} is sent: {answer:?}"));
        answer.unwrap_or(DeliveryAnswer::Unknown)
    }

    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        let (world, reference) = (&self.0, &request.reference);
        let effect = || Ok(world.supplier().answer(reference, world.their_now()));
        let answer = world.call((LOST, || ()), effect).await;
        world.note(format!("    supplier: {reference} is asked about: {answer:?}"));
        answer.unwrap_or(DeliveryAnswer::Unknown)
    }

    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        Ok(SupplierStanding { float: None, taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        Ok(Vec::new())
    }
}
