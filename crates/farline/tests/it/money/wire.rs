//! The wire to the provider: it fails before the provider hears, after it has acted, in the middle of an answer, or with nonsense.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use farline_app::ports::Randomness;
use farline_testkit::SeededRandomness;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How many of a hundred calls go wrong.
const BAD: u64 = 30;

pub(crate) struct Wire {
    chance: SeededRandomness,
    pub(crate) faults: AtomicU64,
    pub(crate) is_good: AtomicBool,
}

impl Wire {
    pub(crate) fn new(seed: u64) -> Self {
        let chance = SeededRandomness::seeded(seed);
        Self { chance, faults: AtomicU64::new(0), is_good: AtomicBool::new(false) }
    }

    pub(crate) fn below(&self, most: u64) -> u64 {
        self.chance.bits() % most
    }
}

pub(crate) async fn fail(State(wire): State<Arc<Wire>>, request: Request, next: Next) -> Response {
    if wire.is_good.load(Ordering::SeqCst) || wire.below(100) >= BAD {
        return next.run(request).await;
    }
    wire.faults.fetch_add(1, Ordering::SeqCst);
    match wire.below(7) {
        0 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        1 => StatusCode::TOO_MANY_REQUESTS.into_response(),
        2 => (StatusCode::OK, "<html>an error page</html>").into_response(),
        after => {
            // The provider acts, and its answer is lost.
            let _ = next.run(request).await;
            match after {
                3 => StatusCode::BAD_GATEWAY.into_response(),
                4 => (StatusCode::OK, "{\"id\":\"cs_").into_response(),
                5 => (StatusCode::OK, "{}").into_response(),
                _ => StatusCode::GATEWAY_TIMEOUT.into_response(),
            }
        }
    }
}
