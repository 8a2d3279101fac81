//! Calls of PayPal's API under a token: kept until shortly before it ends, fetched once for everybody who waits for
//! it, and renewed once when PayPal no longer knows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use farline_app::ports::Clock;
use farline_app::ports::payment::PaymentUnknown;
use farline_domain::kernel::Instant;
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::settings::{PayPalSettings, PayPalSettingsError};
use crate::payment::answer::{self, Answer, unsound};

/// How long before its end a token is no longer used, in seconds: a request may be on its way for a while.
const SPARE_SECONDS: i64 = 60;

/// The header that makes asking twice one request.
const KEY_HEADER: &str = "PayPal-Request-Id";

/// Everything needed to ask.
pub(super) struct Access {
    api: Url,
    client_id: String,
    client_secret: String,
    client: Client,
    clock: Arc<dyn Clock>,
    kept: Mutex<Option<Token>>,
    /// How often a token was asked for.
    fetches: AtomicU64,
}

struct Token {
    value: String,
    usable_until: Instant,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    /// In seconds.
    expires_in: i64,
}

impl Access {
    pub(super) fn new(
        settings: &PayPalSettings,
        client: Client,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PayPalSettingsError> {
        Ok(Self {
            api: settings.api()?,
            client_id: settings.client_id.clone(),
            client_secret: settings.client_secret.clone(),
            client,
            clock,
            kept: Mutex::new(None),
            fetches: AtomicU64::new(0),
        })
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A request that has no token yet.
    pub(super) fn request(&self, method: Method, segments: &[&str]) -> RequestBuilder {
        let mut url = self.api.clone();
        // An http address always has a path. Each segment is escaped, whatever is in it.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        self.client.request(method, url)
    }

    pub(super) fn get(&self, segments: &[&str]) -> RequestBuilder {
        self.request(Method::GET, segments)
    }

    /// A request that makes something, once for each key, and is answered with all of it.
    pub(super) fn post(&self, segments: &[&str], key: &str) -> RequestBuilder {
        let request = self.request(Method::POST, segments);
        request.header(KEY_HEADER, key).header("Prefer", "return=representation")
    }

    /// Asks under the token. A request that PayPal turned away at the door is made once more, under a new one.
    pub(super) async fn ask(&self, request: RequestBuilder) -> Result<Answer, PaymentUnknown> {
        let token = self.token(None).await?;
        let again = request.try_clone();
        let response = answer::send(request.bearer_auth(&token)).await?;
        let is_turned_away = response.status() == StatusCode::UNAUTHORIZED;
        let Some(again) = again.filter(|_| is_turned_away) else {
            return answer::take_in(response).await;
        };
        let renewed = self.token(Some(&token)).await?;
        answer::ask(again.bearer_auth(renewed)).await
    }

    /// Asks where only a success counts.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, PaymentUnknown> {
        match self.ask(request).await? {
            Answer::Success(body) => answer::read(&body),
            Answer::Objection(objection) => Err(objection.unknown()),
        }
    }

    /// The token that is kept, or a new one; never the one that was `refused`. Who waits while another fetches takes
    /// what came of that, also when nothing did: a PayPal that is silent is not asked by each of them in turn.
    async fn token(&self, refused: Option<&str>) -> Result<String, PaymentUnknown> {
        let fetches = self.fetches.load(Ordering::SeqCst);
        let mut kept = self.kept.lock().await;
        let now = self.clock.now();
        let is_usable =
            |token: &&Token| now < token.usable_until && Some(token.value.as_str()) != refused;
        if let Some(token) = kept.as_ref().filter(is_usable) {
            return Ok(token.value.clone());
        }
        if self.fetches.load(Ordering::SeqCst) != fetches {
            return Err(PaymentUnknown("no access token".to_owned()));
        }
        let granted = self.fetch().await;
        self.fetches.fetch_add(1, Ordering::SeqCst);
        let Granted { access_token, expires_in } = granted?;
        let usable_until = now.plus_seconds(expires_in.saturating_sub(SPARE_SECONDS));
        *kept = Some(Token { value: access_token.clone(), usable_until });
        Ok(access_token)
    }

    /// Fetches a token that is not kept: PayPal is there, and knows us.
    pub(super) async fn probe(&self) -> Result<(), PaymentUnknown> {
        self.fetch().await.map(|_| ())
    }

    async fn fetch(&self) -> Result<Granted, PaymentUnknown> {
        let request = self
            .request(Method::POST, &["v1", "oauth2", "token"])
            .basic_auth(&self.client_id, Some(&self.client_secret))
            .form(&[("grant_type", "client_credentials")]);
        let granted: Granted = match answer::ask(request).await? {
            Answer::Success(body) => answer::read(&body)?,
            Answer::Objection(objection) => return Err(objection.unknown()),
        };
        let is_sound = !granted.access_token.is_empty() && granted.expires_in > 0;
        is_sound.then_some(granted).ok_or_else(unsound)
    }
}
