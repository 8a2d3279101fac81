//! What every adapter keeps that reaches its supplier over HTTP, whatever goes wrong on the way.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierContents, SupplierProduct, SupplierStanding, Taking,
};
use farline_domain::catalog::Validity;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::comparison::{Granted, Grants};
use farline_domain::kernel::{Instant, Money, Units};
use farline_domain::orders::DeliveryRefusal;
use farline_gateways::delivery::SupplierPlace;
use farline_testkit::FrozenClock;

use super::contract::{Fate, START, Stage, again, request};
use super::depot::{self, Book, Call, Depot, Said};
use crate::peer::deserted_port;

/// What a product of data alone gives.
pub(super) fn gives(octets: i64, days: u16) -> SupplierContents {
    let data = Granted::Amount(Units::new(octets).unwrap());
    let grants = Grants { data, voice: Granted::NOTHING, messages: Granted::NOTHING };
    SupplierContents { grants, validity: Validity::Days(days) }
}

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// One supplier: how its server speaks, and the adapter that is tested.
pub(super) trait Kind: Send + Sync + Sized + 'static {
    /// How long a repetition waits for an earlier try that the supplier knows nothing of, in seconds.
    const SETTLES_SECONDS: i64;
    /// Whether asking is saying the same again.
    const ASKING_SENDS: bool = false;

    fn answer(book: &mut Book, call: &Call) -> Said;
    fn supplier(
        place: SupplierPlace,
        clock: Arc<FrozenClock>,
        within: Duration,
    ) -> Box<dyn DeliverySupplier>;
    fn numbers(fate: Fate) -> &'static [(&'static str, i64)];
    fn float() -> Option<Money>;
    fn products() -> Vec<SupplierProduct>;
}

/// An adapter with its server.
pub(super) struct Wired<K: Kind> {
    pub(super) supplier: Box<dyn DeliverySupplier>,
    pub(super) depot: Depot,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Wired<K> {
    pub(super) async fn within(within: Duration) -> Self {
        let depot = Depot::open(K::answer).await;
        let place = SupplierPlace::StandIn(depot.address.clone());
        let supplier = K::supplier(place, depot.clock.clone(), within);
        Self { supplier, depot, kind: PhantomData }
    }

    pub(super) async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        self.depot.clock.set(request.now);
        self.supplier.send(request).await
    }

    pub(super) async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        self.depot.clock.set(request.now);
        self.supplier.ask(request).await
    }
}

#[async_trait]
impl<K: Kind> Stage for Wired<K> {
    const ASKING_SENDS: bool = K::ASKING_SENDS;

    async fn open() -> Self {
        Self::within(PATIENCE).await
    }

    async fn crashed(self) -> Self {
        let place = SupplierPlace::StandIn(self.depot.address.clone());
        let supplier = K::supplier(place, self.depot.clock.clone(), PATIENCE);
        Self { supplier, ..self }
    }

    fn supplier(&self) -> &dyn DeliverySupplier {
        &*self.supplier
    }

    fn set_time(&self, now: Instant) {
        self.depot.clock.set(now);
    }

    fn numbers(fate: Fate) -> &'static [(&'static str, i64)] {
        K::numbers(fate)
    }
}

fn number(ending: &str) -> String {
    format!("+14165550{ending}")
}

const DELIVERED: fn(&DeliveryAnswer) -> bool =
    |answer| matches!(answer, DeliveryAnswer::Delivered { .. });

pub(super) async fn what_is_delivered_and_not_told_is_found_and_never_sent_twice<K: Kind>() {
    // One after the other, so that no time-out is met by the others.
    let endings = [depot::SAYS_500, depot::CUT, depot::MALFORMED, depot::REDIRECTS, depot::HANGS];
    for ending in endings {
        let within = if ending == depot::HANGS { Duration::from_secs(1) } else { PATIENCE };
        let stage = Wired::<K>::within(within).await;
        let first = request("d-1", &number(ending), 0);
        assert_eq!(stage.send(&first).await, DeliveryAnswer::Unknown, "{ending}");
        assert_eq!(stage.depot.deliveries("d-1"), 1, "{ending}");
        // Our process may have died in between: it knows that it was sent, and nothing else.
        let stage = stage.crashed().await;
        for seconds in [0, 1, 3600] {
            let repeated = again("d-1", &number(ending), seconds);
            let asked = stage.ask(&repeated).await;
            assert!(DELIVERED(&asked), "{ending} asked after {seconds} s: {asked:?}");
            let sent = stage.send(&repeated).await;
            assert_eq!(sent, asked, "{ending} sent again after {seconds} s");
        }
        assert_eq!(stage.depot.deliveries("d-1"), 1, "{ending}");
        let asked = stage.depot.book().asked.clone();
        assert!(!asked.iter().any(|what| what.ends_with("/elsewhere")), "{asked:?}");
    }
}

pub(super) async fn only_a_definite_word_is_a_refusal<K: Kind>() {
    let table = [
        (depot::NOT_A_NUMBER, DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted)),
        (depot::NO_FLOAT, DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable)),
        (depot::UNKNOWN_CODE, DeliveryAnswer::Unknown),
        (depot::BROKEN, DeliveryAnswer::Unknown),
    ];
    for (ending, expected) in table {
        let stage = Wired::<K>::open().await;
        let said = stage.send(&request("d-1", &number(ending), 0)).await;
        assert_eq!(said, expected, "{ending}");
        // The same word about a repetition may be about the earlier try, of which nothing is known.
        for seconds in [1, 3600, 90_000] {
            let said = stage.send(&again("d-2", &number(ending), seconds)).await;
            assert_eq!(said, DeliveryAnswer::Unknown, "{ending} after {seconds} s");
        }
        assert_eq!(stage.depot.deliveries("d-1") + stage.depot.deliveries("d-2"), 0, "{ending}");
    }
}

pub(super) async fn a_repetition_waits_until_an_earlier_try_has_surely_ended<K: Kind>() {
    let stage = Wired::<K>::open().await;
    if K::SETTLES_SECONDS > 0 {
        let early = again("d-1", &number("100"), K::SETTLES_SECONDS - 1);
        assert_eq!(stage.send(&early).await, DeliveryAnswer::Unknown);
        assert_eq!(stage.depot.deliveries("d-1"), 0);
    }
    let late = again("d-1", &number("100"), K::SETTLES_SECONDS);
    let sent = stage.send(&late).await;
    assert!(DELIVERED(&sent), "{sent:?}");
    assert_eq!(stage.depot.deliveries("d-1"), 1);
}

pub(super) async fn nobody_there_and_nobody_let_in_is_unknown<K: Kind>() {
    let place = SupplierPlace::StandIn(format!("http://127.0.0.1:{}", deserted_port()));
    let supplier = K::supplier(place, Arc::new(FrozenClock::at(START)), PATIENCE);
    assert_eq!(supplier.send(&request("d-1", &number("100"), 0)).await, DeliveryAnswer::Unknown);
    assert_eq!(supplier.ask(&again("d-1", &number("100"), 1)).await, DeliveryAnswer::Unknown);
    assert_eq!(supplier.standing().await.unwrap_err().0, "no connection");
    let stage = Wired::<K>::open().await;
    stage.depot.book().is_locked = true;
    assert_eq!(stage.send(&request("d-1", &number("100"), 0)).await, DeliveryAnswer::Unknown);
    assert!(stage.supplier.standing().await.is_err());
    assert!(stage.supplier.catalogue().await.is_err());
    stage.depot.book().is_locked = false;
    assert!(stage.supplier.standing().await.is_ok());
}

pub(super) async fn a_plan_that_is_not_mapped_is_refused_before_anything_is_asked<K: Kind>() {
    let stage = Wired::<K>::open().await;
    let unmapped = |mut request: DeliveryRequest| {
        "nobody-maps-this".clone_into(&mut request.plan);
        request
    };
    let said = stage.send(&unmapped(request("d-1", &number("100"), 0))).await;
    assert_eq!(said, DeliveryAnswer::Refused(DeliveryRefusal::NetworkUnavailable));
    assert!(stage.depot.book().asked.is_empty());
    // Its mapping may have gone after it was sent.
    let said = stage.send(&unmapped(again("d-2", &number("100"), 90_000))).await;
    assert_eq!(said, DeliveryAnswer::Unknown);
    assert!(stage.depot.book().records.is_empty());
}

pub(super) async fn the_float_and_the_catalogue_are_exact<K: Kind>() {
    let stage = Wired::<K>::open().await;
    let standing = SupplierStanding { float: K::float(), taking: Taking::Deliveries };
    assert_eq!(stage.supplier.standing().await, Ok(standing));
    assert_eq!(stage.supplier.catalogue().await, Ok(K::products()));
}

pub(super) async fn a_list_that_ignores_our_question_says_nothing<K: Kind>() {
    let stage = Wired::<K>::open().await;
    stage.send(&request("d-1", &number("100"), 0)).await;
    stage.depot.book().ignores_filters = true;
    let asked = stage.ask(&again("d-1", &number("100"), 1)).await;
    assert!(DELIVERED(&asked), "{asked:?}");
    let unsaid = again("d-2", &number("100"), 90_000);
    assert_eq!(stage.send(&unsaid).await, DeliveryAnswer::Unknown);
    assert_eq!(stage.depot.deliveries("d-2"), 0);
}

/// Every story of the adapters that speak HTTP, as tests of one of them.
macro_rules! wired {
    ($kind:ty) => {
        crate::delivery::contract::contract!(crate::delivery::wired::Wired<$kind>);

        mod wire {
            use crate::delivery::wired as stories;

            #[tokio::test]
            async fn what_is_delivered_and_not_told_is_found_and_never_sent_twice() {
                stories::what_is_delivered_and_not_told_is_found_and_never_sent_twice::<$kind>()
                    .await;
            }

            #[tokio::test]
            async fn only_a_definite_word_is_a_refusal() {
                stories::only_a_definite_word_is_a_refusal::<$kind>().await;
            }

            #[tokio::test]
            async fn a_repetition_waits_until_an_earlier_try_has_surely_ended() {
                stories::a_repetition_waits_until_an_earlier_try_has_surely_ended::<$kind>().await;
            }

            #[tokio::test]
            async fn nobody_there_and_nobody_let_in_is_unknown() {
                stories::nobody_there_and_nobody_let_in_is_unknown::<$kind>().await;
            }

            #[tokio::test]
            async fn a_plan_that_is_not_mapped_is_refused_before_anything_is_asked() {
                stories::a_plan_that_is_not_mapped_is_refused_before_anything_is_asked::<$kind>()
                    .await;
            }

            #[tokio::test]
            async fn the_float_and_the_catalogue_are_exact() {
                stories::the_float_and_the_catalogue_are_exact::<$kind>().await;
            }
        }
    };
}
pub(super) use wired;
