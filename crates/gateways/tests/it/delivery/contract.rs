//! The contract of every delivery supplier, written against the port.

#![expect(clippy::panic, reason = "tests stop at the first surprise")]

use std::collections::BTreeSet;

use async_trait::async_trait;
use farline_app::ports::delivery::{DeliveryRequest, DeliverySupplier};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Instant;
use futures_util::future::join_all;

/// 2026-11-22T12:00:00Z.
pub(super) const START: Instant = Instant::from_millis(1_795_348_800_000);

/// What a test wants to become of a delivery, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Delivered,
    Refused,
    Reversed,
    Undecided,
}

/// A supplier, and how a test makes it behave.
#[async_trait]
pub(super) trait Stage: Sized {
    /// Whether asking about a delivery is saying the same again.
    const ASKING_SENDS: bool = false;
    async fn open() -> Self;
    /// The supplier after a crash of the whole machine.
    async fn crashed(self) -> Self;
    fn supplier(&self) -> &dyn DeliverySupplier;
    /// Lets the supplier's own clock show this.
    fn set_time(&self, _: Instant) {}
    /// Numbers whose deliveries end so, each by another way if there are several, and seconds until they do. None, where
    /// the supplier keeps nothing that ends so.
    fn numbers(fate: Fate) -> &'static [(&'static str, i64)];
}

pub(super) fn request(reference: &str, number: &str, seconds: i64) -> DeliveryRequest {
    DeliveryRequest {
        reference: reference.to_owned(),
        number: number.to_owned(),
        // Cards are told apart by their last digits, as numbers are.
        iccid: format!("89302999{}", number.trim_start_matches('+')),
        plan: "maple-5gb-30d".to_owned(),
        sent_at: None,
        supplier_reference: None,
        now: START.plus_seconds(seconds),
    }
}

/// What was sent at the start, so many seconds later.
pub(super) fn again(reference: &str, number: &str, seconds: i64) -> DeliveryRequest {
    DeliveryRequest { sent_at: Some(START), ..request(reference, number, seconds) }
}

async fn send<S: Stage>(stage: &S, request: &DeliveryRequest) -> DeliveryAnswer {
    stage.set_time(request.now);
    stage.supplier().send(request).await
}

/// Asks about what was sent at the start.
async fn ask<S: Stage>(
    stage: &S,
    (reference, number): (&str, &str),
    seconds: i64,
) -> DeliveryAnswer {
    let request = again(reference, number, seconds);
    stage.set_time(request.now);
    stage.supplier().ask(&request).await
}

const FATES: [Fate; 4] = [Fate::Delivered, Fate::Refused, Fate::Reversed, Fate::Undecided];

fn is(fate: Fate, answer: &DeliveryAnswer) -> bool {
    match fate {
        Fate::Delivered => matches!(answer, DeliveryAnswer::Delivered { .. }),
        Fate::Refused => matches!(answer, DeliveryAnswer::Refused(_)),
        Fate::Reversed => *answer == DeliveryAnswer::Reversed,
        Fate::Undecided => *answer == DeliveryAnswer::Unknown,
    }
}

pub(super) async fn every_delivery_comes_to_its_end<S: Stage>() {
    let stage = S::open().await;
    assert!(!S::numbers(Fate::Delivered).is_empty());
    for fate in FATES {
        for (number, seconds) in S::numbers(fate) {
            let reference = format!("{fate:?}-{number}");
            let sent = send(&stage, &request(&reference, number, 0)).await;
            assert!(*seconds == 0 || !is(fate, &sent), "{reference}: {sent:?}");
            for later in [*seconds, seconds + 1, seconds + 3000] {
                let asked = ask(&stage, (&reference, number), later).await;
                assert!(is(fate, &asked), "{reference} after {later} s: {asked:?}");
            }
        }
    }
}

pub(super) async fn a_delivered_one_is_asked_about_by_their_reference_too<S: Stage>() {
    let stage = S::open().await;
    for fate in [Fate::Delivered, Fate::Reversed] {
        for (number, seconds) in S::numbers(fate) {
            let reference = format!("{fate:?}-{number}");
            send(&stage, &request(&reference, number, 0)).await;
            let later = again(&reference, number, seconds + 86_400);
            let delivered = DeliveryRequest {
                supplier_reference: Some(format!("theirs-{reference}")),
                ..later
            };
            stage.set_time(delivered.now);
            let asked = stage.supplier().ask(&delivered).await;
            assert!(is(fate, &asked), "{reference}: {asked:?}");
        }
    }
}

pub(super) async fn a_reference_never_received_is_unknown_and_can_be_sent<S: Stage>() {
    let stage = S::open().await;
    let (number, seconds) = S::numbers(Fate::Delivered)[0];
    if !S::ASKING_SENDS {
        assert_eq!(ask(&stage, ("d-1", number), 0).await, DeliveryAnswer::Unknown);
    }
    send(&stage, &request("d-1", number, 0)).await;
    let asked = ask(&stage, ("d-1", number), seconds).await;
    assert!(is(Fate::Delivered, &asked), "{asked:?}");
    // The other reference is still not received.
    if !S::ASKING_SENDS {
        assert_eq!(ask(&stage, ("d-2", number), 0).await, DeliveryAnswer::Unknown);
    }
}

pub(super) async fn sending_again_changes_nothing<S: Stage>() {
    let stage = S::open().await;
    let fates = FATES.into_iter().filter(|fate| !S::numbers(*fate).is_empty());
    for fate in fates.clone() {
        for (number, seconds) in S::numbers(fate) {
            let reference = format!("{fate:?}-{number}");
            send(&stage, &request(&reference, number, 0)).await;
            // Neither another time nor another number: the time to wait does not start anew.
            for other in fates.clone() {
                let again = again(&reference, S::numbers(other)[0].0, *seconds);
                let (said, asked) =
                    (send(&stage, &again).await, stage.supplier().ask(&again).await);
                assert!(is(fate, &said), "{reference} as {other:?}: {said:?}");
                assert_eq!(said, asked, "{reference} as {other:?}");
            }
        }
    }
}

pub(super) async fn each_reference_is_one_delivery_however_many_send_it<S: Stage>() {
    let stage = S::open().await;
    let (number, seconds) = S::numbers(Fate::Delivered)[0];
    let mut deliveries = BTreeSet::new();
    for reference in ["d-1", "d-2", "d-3"] {
        send(&stage, &request(reference, number, 0)).await;
        let again = again(reference, number, seconds);
        stage.set_time(again.now);
        let answers = join_all((0..16).map(|_| stage.supplier().send(&again))).await;
        let asked = ask(&stage, (reference, number), seconds).await;
        assert!(answers.iter().all(|answer| *answer == asked), "{answers:?} {asked:?}");
        let DeliveryAnswer::Delivered { supplier_reference: Some(theirs) } = asked else {
            panic!("{asked:?}");
        };
        deliveries.insert(theirs);
    }
    assert_eq!(deliveries.len(), 3, "{deliveries:?}");
}

pub(super) async fn what_was_answered_outlives_a_crash<S: Stage>() {
    let mut stage = S::open().await;
    let mut before = Vec::new();
    for fate in FATES {
        for (number, seconds) in S::numbers(fate) {
            let reference = format!("{fate:?}-{number}");
            send(&stage, &request(&reference, number, 0)).await;
            let asked = ask(&stage, (&reference, number), *seconds).await;
            before.push((reference, *number, *seconds, asked));
            stage = stage.crashed().await;
        }
    }
    for (reference, number, seconds, answer) in before {
        let asked = ask(&stage, (&reference, number), seconds).await;
        assert_eq!(asked, answer, "{reference}");
    }
}

/// Every story of the contract, as tests of one stage.
macro_rules! contract {
    ($stage:ty) => {
        mod contract {
            use crate::delivery::contract as stories;

            #[tokio::test]
            async fn every_delivery_comes_to_its_end() {
                stories::every_delivery_comes_to_its_end::<$stage>().await;
            }

            #[tokio::test]
            async fn a_delivered_one_is_asked_about_by_their_reference_too() {
                stories::a_delivered_one_is_asked_about_by_their_reference_too::<$stage>().await;
            }

            #[tokio::test]
            async fn a_reference_never_received_is_unknown_and_can_be_sent() {
                stories::a_reference_never_received_is_unknown_and_can_be_sent::<$stage>().await;
            }

            #[tokio::test]
            async fn sending_again_changes_nothing() {
                stories::sending_again_changes_nothing::<$stage>().await;
            }

            #[tokio::test]
            async fn each_reference_is_one_delivery_however_many_send_it() {
                stories::each_reference_is_one_delivery_however_many_send_it::<$stage>().await;
            }

            #[tokio::test]
            async fn what_was_answered_outlives_a_crash() {
                stories::what_was_answered_outlives_a_crash::<$stage>().await;
            }
        }
    };
}
pub(super) use contract;
