//! A shop run on WooCommerce, by its REST API and its webhooks (facts, section 3.7).

mod orders;
mod webhook;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::shop::{Header, ShopAnswer, ShopGateway, ShopHint, ShopWebhookRefusal};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Marketplace, Trade, Window};
use reqwest::{Client, Method, RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::json;

use self::orders::{Full, Named, Note};
use super::answer::{Answer, ask, refused, unsound};
use super::client::{self, ShopSettingsError, below};
use super::paging::{Page, backwards};
use super::shipping;

/// Trades on one page; the most there can be.
const PAGE_SIZE: u32 = 100;

/// How a shop run on WooCommerce is reached. Not shown by `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct WoocommerceSettings {
    /// The shop's own address, which its webhooks name: `https`, or `http` on this machine only.
    pub base_url: String,
    /// The key of the REST API, `ck_…`.
    pub consumer_key: String,
    /// Its secret, `cs_…`.
    pub consumer_secret: String,
    /// The webhook's secrets; several while one takes another's place.
    pub webhook_secrets: Vec<String>,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A shop run on WooCommerce.
pub struct WoocommerceShop {
    url: Url,
    client: Client,
    settings: WoocommerceSettings,
}

impl WoocommerceShop {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When a setting is malformed or the HTTP client cannot be set up.
    pub fn new(settings: WoocommerceSettings) -> Result<Self, ShopSettingsError> {
        client::present(&[
            ("the consumer key", &settings.consumer_key),
            ("the consumer secret", &settings.consumer_secret),
        ])?;
        client::secrets(&settings.webhook_secrets)?;
        let (url, client) = client::open(&settings.base_url, settings.answer_within)?;
        Ok(Self { url, client, settings })
    }

    fn request(&self, method: Method, rest: &[&str]) -> RequestBuilder {
        let segments = [&["wp-json", "wc", "v3", "orders"], rest].concat();
        let (key, secret) = (&self.settings.consumer_key, &self.settings.consumer_secret);
        self.client.request(method, below(&self.url, &segments)).basic_auth(key, Some(secret))
    }

    async fn full(&self, number: &str) -> ShopAnswer<Full> {
        match read::<Full>(ask(self.request(Method::GET, &[number])).await?)? {
            Ok(full) if full.number() == number => Ok(Ok(full)),
            Ok(_) => Err(unsound()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn page(&self, window: Window, number: u32) -> ShopAnswer<Page> {
        let query = [
            ("modified_after", window.from().rfc3339()),
            ("modified_before", window.to().rfc3339()),
            ("dates_are_gmt", "true".to_owned()),
            ("orderby", "id".to_owned()),
            ("order", "desc".to_owned()),
            ("page", number.to_string()),
            ("per_page", PAGE_SIZE.to_string()),
        ];
        let answer = ask(self.request(Method::GET, &[]).query(&query)).await?;
        let pages = answer.headers.get("X-WP-TotalPages").and_then(|text| text.to_str().ok());
        let pages = pages.and_then(|text| text.parse().ok());
        match read::<Vec<Named>>(answer)? {
            Ok(orders) => {
                let numbers = orders.iter().map(Named::number).collect();
                Ok(Ok(Page { numbers, pages: pages.ok_or_else(unsound)? }))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

/// The body of a success, or the refusal of what the shop does not have or cannot do.
fn read<T: DeserializeOwned>(answer: Answer) -> ShopAnswer<T> {
    match answer.status {
        StatusCode::NOT_FOUND => Ok(Err(refused("no_such_order"))),
        StatusCode::BAD_REQUEST => Ok(Err(refused("bad_request"))),
        _ => answer.read().map(Ok),
    }
}

#[async_trait]
impl ShopGateway for WoocommerceShop {
    fn marketplace(&self) -> Marketplace {
        Marketplace::Woocommerce
    }

    async fn changed(&self, window: Window, _now: Instant) -> ShopAnswer<Vec<String>> {
        backwards(|number| self.page(window, number)).await
    }

    async fn trade(&self, number: &str, _now: Instant) -> ShopAnswer<Trade> {
        match self.full(number).await? {
            Ok(full) => full.trade().map(Ok).ok_or_else(unsound),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn mark_shipped(&self, number: &str, now: Instant) -> ShopAnswer<()> {
        let ship = async {
            let request =
                self.request(Method::PUT, &[number]).json(&json!({"status": "completed"}));
            match read::<Full>(ask(request).await?)? {
                Ok(full) if full.is_completed() => Ok(Ok(())),
                Ok(_) => Err(unsound()),
                Err(refusal) => Ok(Err(refusal)),
            }
        };
        shipping::once(self, (number, now), ship).await
    }

    async fn add_memo(&self, number: &str, words: &str, _now: Instant) -> ShopAnswer<()> {
        // Notes are a list here, so the seller's own are not touched.
        let standing =
            read::<Vec<Note>>(ask(self.request(Method::GET, &[number, "notes"])).await?)?;
        let stands = |notes: &Vec<Note>| notes.iter().any(|note| note.is(words));
        match standing {
            Ok(notes) if stands(&notes) => return Ok(Ok(())),
            Ok(_) => {}
            Err(refusal) => return Ok(Err(refusal)),
        }
        let request = self.request(Method::POST, &[number, "notes"]).json(&json!({"note": words}));
        match read::<Note>(ask(request).await?)? {
            Ok(_) => Ok(Ok(())),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn webhook(
        &self,
        header: Header<'_>,
        body: &[u8],
        _now: Instant,
    ) -> Result<ShopHint, ShopWebhookRefusal> {
        webhook::hint((&self.settings.webhook_secrets, &self.settings.base_url), header, body)
    }
}

/// Only what the adapter is called.
impl fmt::Debug for WoocommerceShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WoocommerceShop").finish_non_exhaustive()
    }
}
