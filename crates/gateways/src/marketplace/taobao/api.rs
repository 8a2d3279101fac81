//! One call of the platform: what it carries, and what its error says.

use farline_app::ports::shop::{ShopAnswer, ShopRefusal, ShopUnknown};
use farline_domain::kernel::Instant;
use farline_domain::shops::china_words;
use reqwest::{Client, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::TaobaoSettings;
use crate::marketplace::answer::{ask, refused, unsound};

/// The platform under one application and one seller.
pub(super) struct Api {
    url: Url,
    client: Client,
    settings: TaobaoSettings,
}

impl Api {
    pub(super) fn new((url, client): (Url, Client), settings: TaobaoSettings) -> Self {
        Self { url, client, settings }
    }

    /// Asks once and reads what stands under the method's name.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        asked: &[(&'static str, String)],
        now: Instant,
    ) -> ShopAnswer<T> {
        let common = [
            ("method", method.to_owned()),
            ("app_key", self.settings.app_key.clone()),
            ("session", self.settings.session.clone()),
            ("timestamp", china_words(now)),
            ("format", "json".to_owned()),
            ("v", "2.0".to_owned()),
            ("sign_method", self.settings.signing.code().to_owned()),
        ];
        let mut form: Vec<(&str, String)> = common.into_iter().chain(asked.to_vec()).collect();
        let signature = self.settings.signing.sign(&self.settings.app_secret, &form);
        form.push(("sign", signature.ok_or_else(unsound)?));
        let request = self.client.post(self.url.clone()).form(&form);
        let mut body: Value = ask(request).await?.read()?;
        if let Some(error) = body.get_mut("error_response").map(Value::take) {
            let error: Problem = serde_json::from_value(error).map_err(|_| unsound())?;
            return error.means().map(Err);
        }
        let told = body.get_mut(root_of(method)).map(Value::take).ok_or_else(unsound)?;
        serde_json::from_value(told).map(Ok).map_err(|_| unsound())
    }
}

/// `taobao.trade.fullinfo.get` answers in `trade_fullinfo_get_response`.
fn root_of(method: &str) -> String {
    let name = method.strip_prefix("taobao.").unwrap_or(method).replace('.', "_");
    format!("{name}_response")
}

/// The platform's own words about what went wrong.
#[derive(Deserialize)]
struct Problem {
    code: i64,
    #[serde(default)]
    sub_code: String,
}

impl Problem {
    /// What is the platform's trouble may pass; what is ours does not.
    fn means(&self) -> Result<ShopRefusal, ShopUnknown> {
        let passing = || ShopUnknown::NoAnswer(format!("code {}", self.code));
        match self.code {
            4..=8 => Err(ShopUnknown::TooOften),
            26 | 27 => Err(ShopUnknown::SignedOut),
            _ if self.sub_code.starts_with("isp.") => Err(passing()),
            _ if self.sub_code.starts_with("isv.") => Ok(refused(&self.sub_code)),
            11..=13 | 21..=25 | 28..=34 | 40..=43 => Ok(refused(&self.code.to_string())),
            _ => Err(passing()),
        }
    }
}

#[cfg(test)]
mod tests {
    use farline_app::ports::shop::{ShopRefusal, ShopUnknown};

    use super::{Problem, root_of};

    #[test]
    fn an_answer_stands_under_the_methods_name() {
        assert_eq!(root_of("taobao.trade.fullinfo.get"), "trade_fullinfo_get_response");
    }

    #[test]
    fn errors_mean_what_this_table_says() {
        let refused = |code: &str| Ok(ShopRefusal(code.to_owned()));
        let passing = |code: i64| Err(ShopUnknown::NoAnswer(format!("code {code}")));
        let table = [
            (15, "isp.remote-service-timeout", passing(15)),
            (15, "isv.trade-not-exist", refused("isv.trade-not-exist")),
            (15, "", passing(15)),
            (10, "", passing(10)),
            (7, "accesscontrol.limited-by-app-access-count", Err(ShopUnknown::TooOften)),
            (8, "", Err(ShopUnknown::TooOften)),
            (27, "isv.invalid-session", Err(ShopUnknown::SignedOut)),
            (26, "", Err(ShopUnknown::SignedOut)),
            (25, "", refused("25")),
            (11, "isv.permission-api-package-empty", refused("isv.permission-api-package-empty")),
            (999, "", passing(999)),
        ];
        for (code, sub_code, expected) in table {
            let problem = Problem { code, sub_code: sub_code.to_owned() };
            assert_eq!(problem.means(), expected, "{code} {sub_code}");
        }
    }
}
