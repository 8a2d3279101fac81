//! One call of the Admin API: what it carries, and what its errors say.

use farline_app::ports::shop::{ShopAnswer, ShopRefusal, ShopUnknown};
use reqwest::{Client, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::marketplace::answer::{ask, refused, unsound};
use crate::marketplace::client::below;

/// The version whose shapes are read here.
const VERSION: &str = "2026-04";

/// The Admin API of one shop.
pub(super) struct Api {
    url: Url,
    client: Client,
    access_token: String,
}

impl Api {
    pub(super) fn new((url, client): (&Url, Client), access_token: String) -> Self {
        let url = below(url, &["admin", "api", VERSION, "graphql.json"]);
        Self { url, client, access_token }
    }

    /// Asks once and reads the data.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        query: &str,
        asked: &Value,
    ) -> ShopAnswer<T> {
        let request = self
            .client
            .post(self.url.clone())
            .header("X-Shopify-Access-Token", &self.access_token)
            .json(&json!({"query": query, "variables": asked}));
        let body: Body = ask(request).await?.read()?;
        if let Some(error) = body.errors.first() {
            return error.means().map(Err);
        }
        serde_json::from_value(body.data).map(Ok).map_err(|_| unsound())
    }
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: String,
}

impl Problem {
    fn means(&self) -> Result<ShopRefusal, ShopUnknown> {
        match self.extensions.code.as_str() {
            "THROTTLED" => Err(ShopUnknown::TooOften),
            "ACCESS_DENIED" | "SHOP_INACTIVE" => Err(ShopUnknown::SignedOut),
            code @ ("MAX_COST_EXCEEDED" | "BAD_REQUEST") => Ok(refused(code)),
            // Trouble of Shopify's own, or not known.
            _ => Err(ShopUnknown::NoAnswer("an error of the shop".to_owned())),
        }
    }
}

/// What a change was answered with: its only member says what the shop objects to.
#[derive(Deserialize)]
pub(super) struct Mutated(std::collections::BTreeMap<String, Outcome>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    user_errors: Vec<Value>,
}

impl Mutated {
    pub(super) fn result(&self) -> Result<(), ShopRefusal> {
        let is_done = !self.0.is_empty() && self.0.values().all(|it| it.user_errors.is_empty());
        if is_done { Ok(()) } else { Err(refused("user_error")) }
    }
}

/// Reads what may be null but must be there.
pub(super) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

/// `1001` of an `Order` is `gid://shopify/Order/1001`.
pub(super) fn id_of(kind: &str, number: &str) -> String {
    format!("gid://shopify/{kind}/{number}")
}

/// The number in such an id.
pub(super) fn number_of<'a>(kind: &str, id: &'a str) -> Option<&'a str> {
    let number = id.strip_prefix("gid://shopify/")?.strip_prefix(kind)?.strip_prefix('/')?;
    (!number.is_empty() && number.bytes().all(|octet| octet.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn an_id_is_of_its_kind() {
        assert_eq!(number_of("Order", "gid://shopify/Order/1001"), Some("1001"));
        for id in
            ["gid://shopify/OrderX/1", "gid://shopify/Order/", "1001", "gid://shopify/Order/1?x"]
        {
            assert_eq!(number_of("Order", id), None, "{id}");
        }
    }
}
