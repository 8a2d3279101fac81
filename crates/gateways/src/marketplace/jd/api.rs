//! One call of JOS: what it carries, how it is signed, and what its error says.

use farline_app::ports::shop::{ShopAnswer, ShopRefusal, ShopUnknown};
use farline_domain::kernel::Instant;
use farline_domain::shops::china_words;
use reqwest::{Client, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::JdSettings;
use crate::marketplace::answer::{ask, refused, unsound};
use crate::marketplace::digest::md5;

/// JOS under one application and one seller.
pub(super) struct Api {
    url: Url,
    client: Client,
    settings: JdSettings,
}

impl Api {
    pub(super) fn new((url, client): (Url, Client), settings: JdSettings) -> Self {
        Self { url, client, settings }
    }

    /// Asks once and reads what stands in the answer's only member.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        asked: &Value,
        now: Instant,
    ) -> ShopAnswer<T> {
        let mut form = vec![
            ("360buy_param_json", asked.to_string()),
            ("access_token", self.settings.access_token.clone()),
            ("app_key", self.settings.app_key.clone()),
            ("method", method.to_owned()),
            ("timestamp", china_words(now)),
            ("v", "2.0".to_owned()),
        ];
        form.push(("sign", sign(&self.settings.app_secret, &form)));
        let request = self.client.post(self.url.clone()).form(&form);
        let mut body: Map<String, Value> = ask(request).await?.read()?;
        if let Some(error) = body.remove("error_response") {
            let error: Problem = serde_json::from_value(error).map_err(|_| unsound())?;
            return error.means().map(Err);
        }
        // JOS writes `…_responce`, and some of its methods `…_response`.
        let is_root = |name: &&String| name.ends_with("_responce") || name.ends_with("_response");
        let root = body.keys().find(is_root).cloned().ok_or_else(unsound)?;
        let told = body.remove(&root).ok_or_else(unsound)?;
        serde_json::from_value(told).map(Ok).map_err(|_| unsound())
    }
}

/// Upper-case MD5 of the secret, every name and value in the order of the names with nothing between, and the secret again.
fn sign(secret: &str, parameters: &[(&str, String)]) -> String {
    let mut given: Vec<_> = parameters.iter().filter(|(name, _)| *name != "sign").collect();
    given.sort_unstable_by_key(|(name, _)| *name);
    let text: String =
        given.into_iter().flat_map(|(name, value)| [*name, value.as_str()]).collect();
    md5(&[secret.as_bytes(), text.as_bytes(), secret.as_bytes()])
}

/// JOS's own words about what went wrong. The code is a number or a text.
#[derive(Deserialize)]
struct Problem {
    code: Value,
}

impl Problem {
    fn means(&self) -> Result<ShopRefusal, ShopUnknown> {
        let code = match &self.code {
            Value::String(code) => code.clone(),
            code => code.to_string(),
        };
        match code.as_str() {
            // Too many calls in a time, by the application or in all.
            "2" | "5" | "6" | "7" | "8" => Err(ShopUnknown::TooOften),
            "18" | "19" => Err(ShopUnknown::SignedOut),
            "3" | "4" | "9" | "10" | "11" | "12" | "15" | "20" | "21" | "22" | "23" | "24"
            | "25" => Ok(refused(&code)),
            // Others are the gateway's own trouble, or not known.
            _ => Err(ShopUnknown::NoAnswer("an error of the gateway".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Problem, sign};

    #[test]
    fn a_signature_is_that_of_the_facts_to_the_octet() {
        let given = [
            ("v", "2.0"),
            ("method", "jingdong.pop.order.get"),
            ("app_key", "JDKEY"),
            ("timestamp", "2026-01-02 03:04:05"),
            ("access_token", "TOKEN"),
            (
                "360buy_param_json",
                r#"{"order_id":"300000000001","optional_fields":"orderId,orderState"}"#,
            ),
            ("sign", "not signed"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        assert_eq!(sign("helloworld", &given), "3B941328258CD3FB884561277E672E5A");
    }

    #[test]
    fn a_code_may_be_a_number_or_a_text() {
        for code in [json!("19"), json!(19)] {
            assert!(Problem { code }.means().is_err());
        }
        assert!(Problem { code: json!("12") }.means().is_ok());
        assert!(Problem { code: json!("65") }.means().is_err());
    }
}
