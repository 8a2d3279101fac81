//! JD's shops of others (POP), by the JOS gateway (facts, section 3.2).

mod api;
mod orders;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::shop::{ShopAnswer, ShopGateway};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Marketplace, Trade, Window, china_words};
use serde_json::json;

use self::api::Api;
use self::orders::{Detail, Done, Full, PAGE_SIZE, Remarked, Search};
use super::answer::unsound;
use super::client::{self, ShopSettingsError};
use super::memo::{self, Memo};
use super::paging::{Page, backwards, pages_of};
use super::shipping;

/// Where JOS is.
pub const JD_GATEWAY: &str = "https://api.jd.com/routerjson";

/// JD's number for "the seller brings it", which is for goods without a parcel.
const NO_PARCEL: &str = "1274";
/// The longest remark, in octets: 500 signs, of which none has more than four octets.
const LONGEST_REMARK: usize = 500;

/// How a shop at JD is reached. Not shown by `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct JdSettings {
    /// [`JD_GATEWAY`], or another place for tests: `https`, or `http` on this machine only.
    pub base_url: String,
    /// The application's key.
    pub app_key: String,
    /// The application's secret, with which requests are signed.
    pub app_secret: String,
    /// The seller's token, which the seller gave by signing in.
    pub access_token: String,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A shop at JD.
pub struct JdShop {
    api: Api,
}

impl JdShop {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When a setting is malformed or the HTTP client cannot be set up.
    pub fn new(settings: JdSettings) -> Result<Self, ShopSettingsError> {
        client::present(&[
            ("the application's key", &settings.app_key),
            ("the application's secret", &settings.app_secret),
            ("the seller's token", &settings.access_token),
        ])?;
        let (url, client) = client::open(&settings.base_url, settings.answer_within)?;
        Ok(Self { api: Api::new((url, client), settings) })
    }

    async fn full(&self, number: &str, now: Instant) -> ShopAnswer<Full> {
        let asked = json!({"order_id": number, "optional_fields": orders::FIELDS});
        match self.api.call::<Detail>("jingdong.pop.order.get", &asked, now).await? {
            Ok(detail) => Ok(detail.full(number)?),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn page(&self, window: Window, number: u32, now: Instant) -> ShopAnswer<Page> {
        let asked = json!({
            "start_date": china_words(window.from()),
            "end_date": china_words(window.to()),
            "order_state": orders::STATES,
            "optional_fields": "orderId",
            "page": number.to_string(),
            "page_size": PAGE_SIZE.to_string(),
            // By the time of the change, newest first.
            "dateType": "0",
            "sortType": "1",
        });
        let found: Search = match self.api.call("jingdong.pop.order.search", &asked, now).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let numbers = match found.numbers()? {
            Ok(numbers) => numbers,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(Ok(Page { pages: pages_of(found.total(), PAGE_SIZE), numbers }))
    }
}

#[async_trait]
impl ShopGateway for JdShop {
    fn marketplace(&self) -> Marketplace {
        Marketplace::Jd
    }

    async fn changed(&self, window: Window, now: Instant) -> ShopAnswer<Vec<String>> {
        backwards(|number| self.page(window, number, now)).await
    }

    async fn trade(&self, number: &str, now: Instant) -> ShopAnswer<Trade> {
        match self.full(number, now).await? {
            Ok(full) => full.trade().map(Ok).ok_or_else(unsound),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn mark_shipped(&self, number: &str, now: Instant) -> ShopAnswer<()> {
        let asked = json!({"orderId": number, "logiCoprId": NO_PARCEL, "logiNo": ""});
        let ship = async {
            match self.api.call::<Done>("jingdong.pop.order.shipment", &asked, now).await? {
                Ok(done) => Ok(done.result()),
                Err(refusal) => Ok(Err(refusal)),
            }
        };
        shipping::once(self, (number, now), ship).await
    }

    async fn add_memo(&self, number: &str, words: &str, now: Instant) -> ShopAnswer<()> {
        let full = match self.full(number, now).await? {
            Ok(full) => full,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let remark = match memo::added(full.remark(), words, LONGEST_REMARK) {
            Ok(Memo::Stands) => return Ok(Ok(())),
            Ok(Memo::Write(remark)) => remark,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let asked = json!({"order_id": number, "remark": remark});
        match self.api.call::<Remarked>("360buy.order.vender.remark.update", &asked, now).await? {
            Ok(remarked) => remarked.result(),
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

/// Only what the adapter is called.
impl fmt::Debug for JdShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JdShop").finish_non_exhaustive()
    }
}
