//! Access tokens: kept until shortly before they end, fetched once for everybody who waits for one, and renewed once
//! when the supplier no longer knows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use farline_app::ports::Clock;
use farline_app::ports::delivery::SupplierSilent;
use farline_domain::kernel::Instant;
use reqwest::RequestBuilder;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::wire::{self, Reply, unsound};

/// How long before its end a token is no longer used, in seconds: a request may be on its way for a while.
const SPARE_SECONDS: i64 = 60;

/// How a supplier gives tokens out.
pub(super) struct TokenDesk {
    /// The request for one.
    pub(super) request: Box<dyn Fn() -> RequestBuilder + Send + Sync>,
    /// Reads one from the answer.
    pub(super) read: fn(&Reply) -> Result<Granted, SupplierSilent>,
}

/// A token as it is given out.
#[derive(Deserialize)]
pub(super) struct Granted {
    pub(super) access_token: String,
    /// In seconds.
    pub(super) expires_in: i64,
}

/// The token that is kept.
pub(super) struct Tokens {
    desk: TokenDesk,
    clock: Arc<dyn Clock>,
    kept: Mutex<Option<Kept>>,
    /// How often one was asked for.
    fetches: AtomicU64,
}

struct Kept {
    value: String,
    usable_until: Instant,
}

impl Tokens {
    pub(super) fn new(desk: TokenDesk, clock: Arc<dyn Clock>) -> Self {
        Self { desk, clock, kept: Mutex::new(None), fetches: AtomicU64::new(0) }
    }

    /// Asks under the token. A request that was turned away at the door is made once more, under a new one.
    pub(super) async fn ask(&self, request: RequestBuilder) -> Result<Reply, SupplierSilent> {
        let token = self.token(None).await?;
        let again = request.try_clone();
        let reply = wire::ask(request.bearer_auth(&token)).await?;
        match again {
            Some(again) if reply.status == 401 => {
                let renewed = self.token(Some(&token)).await?;
                wire::ask(again.bearer_auth(renewed)).await
            }
            Some(_) | None => Ok(reply),
        }
    }

    /// The token that is kept, or a new one; never the one that was `refused`. Who waits while another fetches takes
    /// what came of that, also when nothing did: a supplier that is silent is not asked by each of them in turn.
    async fn token(&self, refused: Option<&str>) -> Result<String, SupplierSilent> {
        let fetches = self.fetches.load(Ordering::SeqCst);
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        let is_usable =
            |token: &&Kept| now < token.usable_until && Some(token.value.as_str()) != refused;
        if let Some(token) = kept.as_ref().filter(is_usable) {
            return Ok(token.value.clone());
        }
        if self.fetches.load(Ordering::SeqCst) != fetches {
            return Err(SupplierSilent("no access token".to_owned()));
        }
        let granted = self.fetch().await;
        self.fetches.fetch_add(1, Ordering::SeqCst);
        let Granted { access_token, expires_in } = granted?;
        let usable_until = now.plus_seconds(expires_in.saturating_sub(SPARE_SECONDS));
        *kept = Some(Kept { value: access_token.clone(), usable_until });
        Ok(access_token)
    }

    async fn fetch(&self) -> Result<Granted, SupplierSilent> {
        let reply = wire::ask((self.desk.request)()).await?;
        let granted = (self.desk.read)(&reply)?;
        let is_sound = !granted.access_token.is_empty() && granted.expires_in > 0;
        is_sound.then_some(granted).ok_or_else(unsound)
    }
}
