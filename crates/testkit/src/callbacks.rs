//! Partners as they would answer callbacks: they take everything, or nothing for a while.

use async_trait::async_trait;
use farline_app::ports::CallbackGateway;
use farline_app::ports::callback::{CallbackAnswer, CallbackRefusal, CallbackRequest};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps what partners were told.
#[derive(Debug, Default)]
pub struct ToldPartners {
    told: Mutex<Vec<CallbackRequest>>,
    deaf: Mutex<u32>,
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ToldPartners {
    /// Does not take the next so many.
    pub fn be_deaf(&self, times: u32) {
        *open(&self.deaf) = times;
    }

    /// What was told so far, taken or not.
    pub fn told(&self) -> Vec<CallbackRequest> {
        open(&self.told).clone()
    }
}

#[async_trait]
impl CallbackGateway for ToldPartners {
    fn may_call(&self, url: &str) -> Result<(), CallbackRefusal> {
        if url.starts_with("https://") { Ok(()) } else { Err(CallbackRefusal::Address) }
    }

    async fn tell(&self, request: &CallbackRequest) -> CallbackAnswer {
        open(&self.told).push(request.clone());
        let mut deaf = open(&self.deaf);
        if *deaf == 0 {
            return CallbackAnswer::Taken(200);
        }
        *deaf -= 1;
        CallbackAnswer::NotTaken { why: "503".to_owned(), wait: None }
    }
}
