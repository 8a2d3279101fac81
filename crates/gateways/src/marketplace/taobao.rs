//! Taobao and Tmall, by the Taobao Open Platform (facts, section 3.1).

mod api;
mod sign;
mod trades;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::shop::{ShopAnswer, ShopGateway, ShopMessage};
use farline_domain::kernel::Instant;
use farline_domain::shops::{Marketplace, Trade, Window, china_words};
use serde::Deserialize;

use self::api::Api;
pub use self::sign::TaobaoSigning;
use self::trades::{Changed, Full, PAGE_SIZE, Told};
use super::answer::{refused, unsound};
use super::client::{self, ShopSettingsError};
use super::memo::{self, Memo};
use super::paging::{Page, backwards, pages_of};
use super::shipping;

/// Where the platform is asked from outside the mainland.
pub const TAOBAO_GATEWAY: &str = "https://api.taobao.com/router/rest";

/// The longest memo, in octets.
const LONGEST_MEMO: usize = 1_000;
/// Messages that are fetched at once.
const MESSAGES_AT_ONCE: &str = "200";

/// How a shop at Taobao is reached. Not shown by `Debug`, as it holds secrets.
#[derive(Clone)]
pub struct TaobaoSettings {
    /// [`TAOBAO_GATEWAY`], or another place for tests: `https`, or `http` on this machine only.
    pub base_url: String,
    /// The application's key.
    pub app_key: String,
    /// The application's secret, with which requests are signed.
    pub app_secret: String,
    /// The seller's session, which the seller gave by signing in.
    pub session: String,
    /// How requests are signed.
    pub signing: TaobaoSigning,
    /// The message group that is read; none: trades are only polled.
    pub message_group: Option<String>,
    /// How long connecting and answering may take together.
    pub answer_within: Duration,
}

/// A shop at Taobao.
pub struct TaobaoShop {
    api: Api,
    message_group: Option<String>,
}

impl TaobaoShop {
    /// Checks the settings; connects only when there is something to ask.
    ///
    /// # Errors
    /// When a setting is malformed or the HTTP client cannot be set up.
    pub fn new(settings: TaobaoSettings) -> Result<Self, ShopSettingsError> {
        client::present(&[
            ("the application's key", &settings.app_key),
            ("the application's secret", &settings.app_secret),
            ("the seller's session", &settings.session),
        ])?;
        let (url, client) = client::open(&settings.base_url, settings.answer_within)?;
        let message_group = settings.message_group.clone();
        Ok(Self { api: Api::new((url, client), settings), message_group })
    }

    async fn full(&self, number: &str, now: Instant) -> ShopAnswer<Full> {
        let asked = [("tid", number.to_owned()), ("fields", trades::FIELDS.to_owned())];
        match self.api.call::<Told>("taobao.trade.fullinfo.get", &asked, now).await? {
            Ok(Told { trade }) if trade.number() == number => Ok(Ok(trade)),
            Ok(_) => Err(unsound()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn page(&self, window: Window, number: u32, now: Instant) -> ShopAnswer<Page> {
        let asked = [
            ("fields", "tid".to_owned()),
            ("start_modified", china_words(window.from())),
            ("end_modified", china_words(window.to())),
            ("page_no", number.to_string()),
            ("page_size", PAGE_SIZE.to_string()),
        ];
        let answer = self.api.call("taobao.trades.sold.increment.get", &asked, now).await?;
        Ok(answer.map(|changed: Changed| Page {
            pages: pages_of(changed.total_results, PAGE_SIZE),
            numbers: changed.into_numbers(),
        }))
    }
}

#[async_trait]
impl ShopGateway for TaobaoShop {
    fn marketplace(&self) -> Marketplace {
        Marketplace::Taobao
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
        let asked = [("tid", number.to_owned())];
        let ship = async {
            match self.api.call::<Shipped>("taobao.logistics.dummy.send", &asked, now).await? {
                Ok(Shipped { shipping: Shipping { is_success: true } }) => Ok(Ok(())),
                Ok(_) => Ok(Err(refused("not_shipped"))),
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
        let memo = match memo::added(full.memo(), words, LONGEST_MEMO) {
            Ok(Memo::Stands) => return Ok(Ok(())),
            Ok(Memo::Write(memo)) => memo,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let asked = [("tid", number.to_owned()), ("memo", memo)];
        match self.api.call::<Memoed>("taobao.trade.memo.update", &asked, now).await? {
            Ok(_) => Ok(Ok(())),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn has_messages(&self) -> bool {
        self.message_group.is_some()
    }

    async fn messages(&self, now: Instant) -> ShopAnswer<Vec<ShopMessage>> {
        let Some(group) = &self.message_group else { return Ok(Ok(Vec::new())) };
        let asked = [("group_name", group.clone()), ("quantity", MESSAGES_AT_ONCE.to_owned())];
        let answer = self.api.call("taobao.tmc.messages.consume", &asked, now).await?;
        Ok(answer.map(trades::Messages::into_messages))
    }

    async fn confirm(&self, ids: &[String], now: Instant) -> ShopAnswer<()> {
        let Some(group) = self.message_group.as_ref().filter(|_| !ids.is_empty()) else {
            return Ok(Ok(()));
        };
        let asked = [("group_name", group.clone()), ("s_message_ids", ids.join(","))];
        match self.api.call::<Confirmed>("taobao.tmc.messages.confirm", &asked, now).await? {
            Ok(Confirmed { is_success: true }) => Ok(Ok(())),
            Ok(_) => Err(unsound()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

/// Only what the adapter is called.
impl fmt::Debug for TaobaoShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaobaoShop").finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Shipped {
    shipping: Shipping,
}

#[derive(Deserialize)]
struct Shipping {
    is_success: bool,
}

#[derive(Deserialize)]
struct Memoed {
    #[serde(rename = "trade")]
    _trade: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Confirmed {
    is_success: bool,
}
