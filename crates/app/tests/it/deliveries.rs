//! A delivery that is sent once more by a person, under the reference that it has for ever.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::World;
use crate::partners::{paid_in, wish_for};
use async_trait::async_trait;
use farline_app::charging::ChargingSettings;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding,
};
use farline_app::ports::lines::ImportError;
use farline_app::ports::{Lines, Orders};
use farline_app::{deliveries, partners};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::orders::Stage;
use farline_testkit::{SUPPLIED, SUPPLIED_MONTH, SampleLine, new_line};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What becomes of the first sending of a reference.
#[derive(Clone, Copy)]
enum First {
    /// It never arrives.
    Lost,
    /// It is delivered, and the answer is lost.
    Unanswered,
}

/// A supplier on a bad wire: it counts what it delivered, by reference.
struct Wire {
    first: First,
    delivered: Mutex<BTreeMap<String, u32>>,
    sent: Mutex<u32>,
}

impl Wire {
    fn deliver(&self, reference: &str) {
        *self.delivered.lock().unwrap().entry(reference.to_owned()).or_default() += 1;
    }
}

#[async_trait]
impl DeliverySupplier for Wire {
    fn name(&self) -> &'static str {
        "simulated"
    }
    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        *self.sent.lock().unwrap() += 1;
        let is_known = self.delivered.lock().unwrap().contains_key(&request.reference);
        match (request.sent_at, self.first) {
            (None, First::Lost) => return DeliveryAnswer::Unknown,
            (None, First::Unanswered) => {
                self.deliver(&request.reference);
                return DeliveryAnswer::Unknown;
            }
            // As adapters do: a repetition is looked up first.
            (Some(_), _) if is_known => {}
            (Some(_), _) => self.deliver(&request.reference),
        }
        DeliveryAnswer::Delivered { supplier_reference: None }
    }
    async fn ask(&self, _: &DeliveryRequest) -> DeliveryAnswer {
        DeliveryAnswer::Unknown
    }
    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
}

#[tokio::test]
async fn what_never_arrived_is_delivered_and_what_did_is_not_delivered_twice() {
    for first in [First::Lost, First::Unanswered] {
        let mut world = World::open(ChargingSettings::default()).await;
        let wire = Arc::new(Wire { first, delivered: Mutex::default(), sent: Mutex::default() });
        world.app.suppliers.insert("simulated".to_owned(), wire.clone());
        let line = SampleLine { operator: SUPPLIED, index: 5 };
        let rows = (2..).zip([new_line(line)]).map(Ok::<_, ImportError>);
        world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let partner = paid_in(&world, 9_000).await;
        let wish = wish_for("D-1", (line, SUPPLIED_MONTH));
        let order = partners::place(&world.app, &partner, &wish).await.unwrap().order;
        world.work().await;
        let order = world.store.order(order.id).await.unwrap().unwrap();
        assert_eq!(order.state.stage(), Stage::Unknown);
        let order = deliveries::send_again(&world.app, &order).await.unwrap();
        assert_eq!(order.state.stage(), Stage::Delivered);
        let again = deliveries::send_again(&world.app, &order).await.unwrap();
        assert_eq!((again.state.stage(), *wire.sent.lock().unwrap()), (Stage::Delivered, 2));
        assert_eq!(wire.delivered.lock().unwrap().values().sum::<u32>(), 1);
        world.work().await;
        world.assert_sound().await;
    }
}
