//! A shop run on Shopify, by its GraphQL Admin API and its webhooks (facts, section 3.6).

mod api;
mod fulfilment;
mod orders;
mod webhook;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::shop::{
    Header, ShopAnswer, ShopGateway, ShopHint, ShopUnknown, ShopWebhookRefusal,
};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Marketplace, Trade, Window};
use serde_json::json;

use self::api::{Api, Mutated};
use self::orders::{Changed, Full, Told};
use super::answer::{refused, unsound};
use super::client::{self, ShopSettingsError};
use super::memo::{self, Memo};
use super::shipping;

/// Trades on one page; the most there can be.
const PAGE_SIZE: u32 = 250;
/// More pages than a window of a day ever has.
const MOST_PAGES: u32 = 1_000;
/// The longest note, in octets.
const LONGEST_NOTE: usize = 5_000;

/// How a shop at Shopify is reached. Not shown by `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct ShopifySettings {
    /// The shop's own domain there, `….myshopify.com`, which its webhooks name.
    pub domain: String,
    /// `https://` and that domain, or another place for tests: `https`, or `http` on this machine only.
    pub base_url: String,
    /// The token with which the Admin API is asked.
    pub access_token: String,
    /// The application's client secrets, with which webhooks are signed; several while one takes another's place.
    pub webhook_secrets: Vec<String>,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A shop run on Shopify.
pub struct ShopifyShop {
    api: Api,
    domain: String,
    webhook_secrets: Vec<String>,
}

impl ShopifyShop {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When a setting is malformed or the HTTP client cannot be set up.
    pub fn new(settings: ShopifySettings) -> Result<Self, ShopSettingsError> {
        client::present(&[
            ("the shop's domain", &settings.domain),
            ("the access token", &settings.access_token),
        ])?;
        client::secrets(&settings.webhook_secrets)?;
        let (url, client) = client::open(&settings.base_url, settings.answer_within)?;
        let api = Api::new((&url, client), settings.access_token);
        Ok(Self { api, domain: settings.domain, webhook_secrets: settings.webhook_secrets })
    }

    async fn full(&self, number: &str) -> ShopAnswer<Full> {
        let asked = json!({"id": api::id_of("Order", number)});
        match self.api.call::<Told>(orders::ORDER, &asked).await? {
            Ok(Told { order: Some(full) }) if full.number() == Some(number) => Ok(Ok(full)),
            Ok(Told { order: Some(_) }) => Err(unsound()),
            Ok(Told { order: None }) => Ok(Err(refused("no_such_order"))),
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

#[async_trait]
impl ShopGateway for ShopifyShop {
    fn marketplace(&self) -> Marketplace {
        Marketplace::Shopify
    }

    /// Pages are not counted here: each says where the next one begins, whatever changed meanwhile.
    async fn changed(&self, window: Window, _now: Instant) -> ShopAnswer<Vec<String>> {
        let mut numbers = Vec::new();
        let mut after = serde_json::Value::Null;
        for _ in 0..MOST_PAGES {
            let asked =
                json!({"first": PAGE_SIZE, "after": after, "query": orders::changed_in(window)});
            let page = match self.api.call::<Changed>(orders::CHANGED, &asked).await? {
                Ok(page) => page,
                Err(refusal) => return Ok(Err(refusal)),
            };
            numbers.extend(page.numbers().ok_or_else(unsound)?);
            let Some(cursor) = page.next()? else {
                numbers.sort_unstable();
                numbers.dedup();
                return Ok(Ok(numbers));
            };
            after = cursor.into();
        }
        Err(ShopUnknown::NoAnswer("too many pages".to_owned()))
    }

    async fn trade(&self, number: &str, _now: Instant) -> ShopAnswer<Trade> {
        match self.full(number).await? {
            Ok(full) => full.trade().map(Ok).ok_or_else(unsound),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn mark_shipped(&self, number: &str, now: Instant) -> ShopAnswer<()> {
        shipping::once(self, (number, now), fulfilment::fulfil(&self.api, number)).await
    }

    async fn add_memo(&self, number: &str, words: &str, _now: Instant) -> ShopAnswer<()> {
        let full = match self.full(number).await? {
            Ok(full) => full,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let note = match memo::added(full.note(), words, LONGEST_NOTE) {
            Ok(Memo::Stands) => return Ok(Ok(())),
            Ok(Memo::Write(note)) => note,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let asked = json!({"input": {"id": api::id_of("Order", number), "note": note}});
        match self.api.call::<Mutated>(orders::UPDATE, &asked).await? {
            Ok(mutated) => Ok(mutated.result()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn webhook(
        &self,
        header: Header<'_>,
        body: &[u8],
        now: Instant,
    ) -> Result<ShopHint, ShopWebhookRefusal> {
        webhook::hint((&self.webhook_secrets, &self.domain), header, body, now)
    }
}

/// Only what the adapter is called.
impl fmt::Debug for ShopifyShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShopifyShop").finish_non_exhaustive()
    }
}
