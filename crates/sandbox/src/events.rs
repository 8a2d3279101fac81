//! The messages to the merchant: what they say, how they are signed, and when they are tried again.

use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

use crate::{
    numbers::Behaviour,
    records::{Change, Delivery, Event, Moment},
};

/// The header a webhook's signature stands in: `t=<unix seconds>,v1=<lower-case hexadecimal>`.
pub const SIGNATURE_HEADER: &str = "Farline-Sandbox-Signature";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum EventType {
    #[serde(rename = "checkout.completed")]
    CheckoutCompleted,
    #[serde(rename = "payment.declined")]
    PaymentDeclined,
    #[serde(rename = "checkout.expired")]
    CheckoutExpired,
    #[serde(rename = "setup.completed")]
    SetupCompleted,
    #[serde(rename = "charge.completed")]
    ChargeCompleted,
    #[serde(rename = "charge.declined")]
    ChargeDeclined,
    #[serde(rename = "refund.succeeded")]
    RefundSucceeded,
    #[serde(rename = "refund.failed")]
    RefundFailed,
    #[serde(rename = "dispute.opened")]
    DisputeOpened,
    #[serde(rename = "dispute.updated")]
    DisputeUpdated,
    #[serde(rename = "dispute.closed")]
    DisputeClosed,
}

/// When and how often an event is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dispatch {
    AtOnce,
    Late,
    Twice,
    Never,
}

impl Dispatch {
    /// How the good news of a number is sent.
    pub(crate) fn of(behaviour: Behaviour) -> Self {
        match behaviour {
            Behaviour::WebhookLate => Self::Late,
            Behaviour::WebhookTwice => Self::Twice,
            Behaviour::WebhookNever => Self::Never,
            _ => Self::AtOnce,
        }
    }
}

/// How late the late number's webhook is, in milliseconds.
const LATE_MS: i64 = 30_000;

/// How long after its creation an event is still tried, in milliseconds: three days.
const GIVE_UP_AFTER_MS: i64 = 3 * 24 * 3_600_000;

/// The waits after each failure in turn, in milliseconds; the last one repeats.
const BACK_OFF_MS: [i64; 8] =
    [1_000, 2_000, 5_000, 15_000, 60_000, 5 * 60_000, 15 * 60_000, 3_600_000];

#[derive(Serialize)]
struct Body<'a, T> {
    id: &'a str,
    #[serde(rename = "type")]
    event_type: EventType,
    /// Unix seconds.
    created: i64,
    livemode: bool,
    data: Data<'a, T>,
}

#[derive(Serialize)]
struct Data<'a, T> {
    object: &'a T,
}

/// A new event about `object`; nothing when it is never to be sent.
pub(crate) fn new<T: Serialize>(
    moment: &Moment,
    event_type: EventType,
    object: &T,
    dispatch: Dispatch,
) -> Option<Change> {
    let (owed, wait_ms) = match dispatch {
        Dispatch::AtOnce => (1, 0),
        Dispatch::Late => (1, LATE_MS),
        Dispatch::Twice => (2, 0),
        Dispatch::Never => return None,
    };
    let id = moment.id("evt");
    let created = moment.now_ms.div_euclid(1_000);
    let body = Body { id: &id, event_type, created, livemode: false, data: Data { object } };
    let body = match serde_json::to_string(&body) {
        Ok(body) => body,
        Err(error) => {
            // Our shapes are strings, integers and options, which always have a JSON form.
            tracing::error!(%error, "an event could not be written as JSON");
            return None;
        }
    };
    let next_at_ms = Some(moment.now_ms.saturating_add(wait_ms));
    let delivery = Delivery { owed, failures: 0, next_at_ms };
    Some(Change::Event(Event { id, body, created_ms: moment.now_ms, delivery }))
}

/// Where a delivery stands after the receiver accepted what was sent at `sent_ms`.
pub(crate) fn accepted(event: &Event, sent_ms: i64) -> Delivery {
    let owed = event.delivery.owed.saturating_sub(1);
    Delivery { owed, failures: 0, next_at_ms: (owed > 0).then_some(sent_ms) }
}

/// Where a delivery stands after the receiver refused what was sent at `sent_ms`, or could not be
/// reached.
pub(crate) fn failed(event: &Event, sent_ms: i64) -> Delivery {
    let failures = event.delivery.failures.saturating_add(1);
    let step = usize::try_from(event.delivery.failures).unwrap_or(usize::MAX);
    let last = BACK_OFF_MS.len() - 1;
    let wait_ms = BACK_OFF_MS.get(step.min(last)).copied().unwrap_or(3_600_000);
    let next = sent_ms.saturating_add(wait_ms);
    let in_time = next.saturating_sub(event.created_ms) <= GIVE_UP_AFTER_MS;
    Delivery { owed: event.delivery.owed, failures, next_at_ms: in_time.then_some(next) }
}

/// The value of [`SIGNATURE_HEADER`] for a body sent at `unix_seconds`: HMAC-SHA256 with the
/// secret's bytes over the decimal seconds, a full stop and the body.
pub fn signature(secret: &str, unix_seconds: i64, body: &str) -> String {
    // A key of any length is right for HMAC, so the other arm is never taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(unix_seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("t={unix_seconds},v1={}", hexadecimal(&mac.finalize().into_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{BACK_OFF_MS, accepted, failed};
    use crate::records::{Delivery, Event};

    fn event(owed: u8, failures: u32) -> Event {
        let delivery = Delivery { owed, failures, next_at_ms: Some(0) };
        Event { id: "evt_1".to_owned(), body: "{}".to_owned(), created_ms: 0, delivery }
    }

    #[test]
    fn failures_wait_longer_each_time_and_end_after_three_days() {
        let mut event = event(1, 0);
        let mut now_ms = 0;
        let mut waits = Vec::new();
        while let Some(next) = failed(&event, now_ms).next_at_ms {
            waits.push(next - now_ms);
            event.delivery = failed(&event, now_ms);
            now_ms = next;
        }
        assert_eq!(waits.get(..8), Some(BACK_OFF_MS.as_slice()));
        assert!(waits.iter().skip(8).all(|wait| *wait == 3_600_000));
        assert!((70 * 3_600_000..=72 * 3_600_000).contains(&now_ms), "{now_ms}");
    }

    #[test]
    fn a_second_delivery_is_owed_after_the_first_of_two() {
        assert_eq!(accepted(&event(2, 3), 7).next_at_ms, Some(7));
        assert_eq!(accepted(&event(1, 0), 7).next_at_ms, None);
    }
}
