//! How well a channel serves, measured by its orders.

use crate::kernel::Rate;
use serde::{Deserialize, Serialize};

/// With fewer orders than this nothing is said to be measured.
pub const LEAST_ORDERS: usize = 30;

/// How an order of a channel ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SampleOutcome {
    /// It was delivered, so many milliseconds after it was paid.
    Delivered(u64),
    /// It was not delivered.
    NotDelivered,
}

/// One order of a channel that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sample {
    /// How it ended.
    pub outcome: SampleOutcome,
    /// How many milliseconds after it was owed the money was back; absent where nothing was given back.
    pub refund_ms: Option<u64>,
}

/// How well a channel serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// By enough orders to say so.
    Measured {
        /// How many orders, at least [`LEAST_ORDERS`].
        orders: usize,
        /// Half of those that were delivered were so within so many milliseconds; absent where none was.
        median_delivery_ms: Option<u64>,
        /// The share that was delivered, rounded down: all of them only where it was all of them.
        success: Rate,
        /// How many of them were given back.
        refunds: usize,
        /// Half of those were back within so many milliseconds; absent where none was.
        median_refund_ms: Option<u64>,
    },
    /// By too few.
    NotMeasured {
        /// How many orders there are, fewer than [`LEAST_ORDERS`].
        orders: usize,
    },
}

/// How well a channel serves by its orders, in whatever order they come.
pub fn measure(samples: &[Sample]) -> Service {
    let orders = samples.len();
    if orders < LEAST_ORDERS {
        return Service::NotMeasured { orders };
    }
    let delivered: Vec<u64> = samples.iter().filter_map(Sample::delivery_ms).collect();
    let refunds: Vec<u64> = samples.iter().filter_map(|sample| sample.refund_ms).collect();
    Service::Measured {
        orders,
        success: share(delivered.len(), orders),
        median_delivery_ms: median(delivered),
        refunds: refunds.len(),
        median_refund_ms: median(refunds),
    }
}

impl Sample {
    const fn delivery_ms(&self) -> Option<u64> {
        match self.outcome {
            SampleOutcome::Delivered(after_ms) => Some(after_ms),
            SampleOutcome::NotDelivered => None,
        }
    }
}

fn share(part: usize, whole: usize) -> Rate {
    let count = |number: usize| i128::try_from(number).unwrap_or(i128::from(i64::MAX));
    let ppm = count(part) * 1_000_000 / count(whole).max(1);
    Rate { ppm: i64::try_from(ppm).unwrap_or(1_000_000) }
}

/// The one in the middle, or the lower of the two.
fn median(mut times: Vec<u64>) -> Option<u64> {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) / 2).copied()
}
