//! An operator with two suppliers: whom an order goes to, and that no two deliver it.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::World;
use crate::partners::{paid_in, wish_for};
use async_trait::async_trait;
use farline_app::catalog::publish;
use farline_app::charging::ChargingSettings;
use farline_app::orders::resolve;
use farline_app::partners;
use farline_app::ports::Orders;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_app::ports::lines::ImportError;
use farline_app::ports::{Catalogues, Lines};
use farline_app::suppliers::{SupplierTerms, looked};
use farline_app::{Problem, ProblemCode, deliveries};
use farline_domain::commands::{DeliveryAnswer, Verdict};
use farline_domain::orders::{DeliveryRefusal, Order, Stage};
use farline_testkit::{SUPPLIED, SUPPLIED_MONTH, SampleLine, new_line};
use std::sync::{Arc, Mutex};

pub(crate) const FIRST: &str = "simulated";
const SECOND: &str = "further";

/// A supplier that says the same to everybody, and keeps what it heard.
pub(crate) struct Scripted {
    name: &'static str,
    sells: bool,
    says: Mutex<DeliveryAnswer>,
    heard: Mutex<Vec<String>>,
}

impl Scripted {
    /// Sells everything, and says this to all that it is asked.
    pub(crate) fn saying(name: &'static str, says: DeliveryAnswer) -> Self {
        Self { name, sells: true, says: Mutex::new(says), heard: Mutex::default() }
    }

    fn hear(&self, what: &str, request: &DeliveryRequest) -> DeliveryAnswer {
        let reference = request.reference.strip_prefix("dlv-ord_").unwrap();
        let attempt = reference.split_once('-').map_or("1", |(_, attempt)| attempt);
        self.heard.lock().unwrap().push(format!("{what} {attempt}"));
        self.says.lock().unwrap().clone()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

#[async_trait]
impl DeliverySupplier for Scripted {
    fn name(&self) -> &str {
        self.name
    }
    fn sells(&self, _: &str) -> bool {
        self.sells
    }
    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        self.hear("send", request)
    }
    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        self.hear("ask", request)
    }
    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        Err(SupplierSilent("nobody looks".to_owned()))
    }
}

/// How a supplier stands, and what it says.
#[derive(Clone)]
struct Script(&'static str, DeliveryAnswer);

struct Two {
    world: World,
    first: Arc<Scripted>,
    second: Arc<Scripted>,
}

impl Two {
    async fn open(first: Script, second: Script) -> Self {
        let mut world = World::open(ChargingSettings::default()).await;
        let mut catalogue = (*world.store.catalogue()).clone();
        let operator = catalogue.operators.values_mut().find(|it| it.code.as_str() == SUPPLIED);
        operator.unwrap().then = vec![SECOND.to_owned()];
        publish(&world.app, catalogue).await.unwrap();
        let mut made = Vec::new();
        for (name, Script(stands, says)) in [(FIRST, first), (SECOND, second)] {
            let sells = stands != "sells not";
            let scripted = Arc::new(Scripted { sells, ..Scripted::saying(name, says) });
            world.app.suppliers.insert(name.to_owned(), scripted.clone());
            world.app.supplier_terms.insert(name.to_owned(), SupplierTerms::default());
            let taking = if stands == "paused" { Taking::Nothing } else { Taking::Deliveries };
            let standing = SupplierStanding { float: None, taking };
            looked(&world.app, name, Ok(standing)).await.unwrap();
            made.push(scripted);
        }
        let line = SampleLine { operator: SUPPLIED, index: 5 };
        let rows = (2..).zip([new_line(line)]).map(Ok::<_, ImportError>);
        world.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let (second, first) = (made.pop().unwrap(), made.pop().unwrap());
        Self { world, first, second }
    }

    /// Sells one, and does what is due.
    async fn sell(&self) -> Result<Order, Problem> {
        let line = SampleLine { operator: SUPPLIED, index: 5 };
        let partner = paid_in(&self.world, 9_000).await;
        let wish = wish_for("D-1", (line, SUPPLIED_MONTH));
        let placed = partners::place(&self.world.app, &partner, &wish).await?;
        self.world.work().await;
        self.world.assert_sound().await;
        Ok(self.order(&placed.order).await)
    }

    async fn order(&self, order: &Order) -> Order {
        self.world.store.order(order.id).await.unwrap().unwrap()
    }
}

fn unavailable() -> DeliveryAnswer {
    DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable)
}

fn delivered() -> DeliveryAnswer {
    DeliveryAnswer::Delivered { supplier_reference: Some("theirs".to_owned()) }
}

#[tokio::test]
async fn an_order_goes_to_whom_it_may_and_to_nobody_else() {
    let number = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    let unknown = DeliveryAnswer::Unknown;
    let ready = |says: &DeliveryAnswer| Script("ready", says.clone());
    let table: [(Script, Script, Stage, &str); 11] = [
        (ready(&delivered()), ready(&delivered()), Stage::Delivered, "send 1 | "),
        (ready(&unavailable()), ready(&delivered()), Stage::Delivered, "send 1 | send 2"),
        (ready(&unavailable()), ready(&unavailable()), Stage::Refunded, "send 1 | send 2"),
        (ready(&unavailable()), ready(&unknown), Stage::Unknown, "send 1 | send 2"),
        (ready(&number), ready(&delivered()), Stage::Refunded, "send 1 | "),
        (ready(&unknown), ready(&delivered()), Stage::Unknown, "send 1 | "),
        (ready(&DeliveryAnswer::InProgress), ready(&delivered()), Stage::Delivering, "send 1 | "),
        // Whoever is paused or does not sell it is passed over.
        (ready(&unavailable()), Script("paused", delivered()), Stage::Refunded, "send 1 | "),
        (ready(&unavailable()), Script("sells not", delivered()), Stage::Refunded, "send 1 | "),
        (Script("paused", delivered()), ready(&delivered()), Stage::Delivered, " | send 1"),
        (Script("sells not", delivered()), ready(&delivered()), Stage::Delivered, " | send 1"),
    ];
    for (place, (first, second, stage, expected)) in table.into_iter().enumerate() {
        let two = Two::open(first, second).await;
        let order = two.sell().await.unwrap();
        assert_eq!(order.state.stage(), stage, "row {place}: {order:?}");
        let heard = [two.first.heard(), two.second.heard()].map(|heard| heard.join(", "));
        assert_eq!(heard.join(" | "), expected, "row {place}");
    }
}

#[tokio::test]
async fn a_sale_is_stopped_only_when_all_who_could_deliver_are_paused() {
    let table = [
        ("ready", "ready", true),
        ("paused", "ready", true),
        ("ready", "paused", true),
        ("paused", "paused", false),
        ("paused", "sells not", false),
        ("sells not", "paused", false),
    ];
    for (first, second, is_sold) in table {
        let two = Two::open(Script(first, delivered()), Script(second, delivered())).await;
        match two.sell().await {
            Ok(order) => {
                assert!(is_sold, "{first}, {second}");
                assert_eq!(order.state.stage(), Stage::Delivered);
            }
            Err(problem) => {
                assert!(!is_sold, "{first}, {second}: {problem:?}");
                assert_eq!(problem.code, ProblemCode::SupplierPaused);
            }
        }
    }
}

#[tokio::test]
async fn each_question_goes_to_the_supplier_that_has_the_order() {
    let two = Two::open(Script("ready", unavailable()), Script("ready", delivered())).await;
    let order = two.sell().await.unwrap();
    deliveries::ask(&two.world.app, &order).await.unwrap();
    assert_eq!(two.first.heard(), ["send 1"]);
    assert_eq!(two.second.heard(), ["send 2", "ask 2"]);
    let [before, after] = &order.attempts[..] else { unreachable!("two attempts") };
    let why = before.refused.map(|refused| refused.why);
    assert_eq!((before.supplier.as_str(), why), (FIRST, Some(DeliveryRefusal::NetworkUnavailable)));
    assert_eq!((after.supplier.as_str(), after.refused), (SECOND, None));
    // The second takes it back: the money goes back, and the first is not asked again.
    *two.second.says.lock().unwrap() = DeliveryAnswer::Reversed;
    *two.first.says.lock().unwrap() = delivered();
    let order = deliveries::ask(&two.world.app, &order).await.unwrap();
    two.world.work().await;
    two.world.assert_sound().await;
    assert_eq!(two.order(&order).await.state.stage(), Stage::Refunded);
    assert_eq!(two.first.heard(), ["send 1"]);
}

#[tokio::test]
async fn what_is_refused_after_long_silence_goes_on_and_what_a_person_ends_does_not() {
    let two =
        Two::open(Script("ready", DeliveryAnswer::Unknown), Script("ready", delivered())).await;
    let order = two.sell().await.unwrap();
    *two.first.says.lock().unwrap() = unavailable();
    deliveries::ask(&two.world.app, &order).await.unwrap();
    two.world.work().await;
    two.world.assert_sound().await;
    assert_eq!(two.order(&order).await.state.stage(), Stage::Delivered);
    assert_eq!(two.second.heard(), ["send 2"]);

    let two =
        Two::open(Script("ready", DeliveryAnswer::Unknown), Script("ready", delivered())).await;
    let order = two.sell().await.unwrap();
    resolve(&two.world.app, &order, Verdict::NotDelivered, "they say so").await.unwrap();
    two.world.work().await;
    assert_eq!(two.order(&order).await.state.stage(), Stage::Refunded);
    assert_eq!(two.second.heard(), Vec::<String>::new());
}
