//! The shops of the configuration: `[[shops]]`, each with one marketplace where it stands.

use crate::config::SecretPlace;
use eyre::{Result, WrapErr, bail};
use farline_app::ports::shop::ShopGateway;
use farline_app::shops::{OpenShops, Shop, demonstration};
use farline_domain::kernel::Language;
use farline_domain::shops::{ShopCode, SkuMap};
use farline_gateways::marketplace::jd::{JD_GATEWAY, JdSettings, JdShop};
use farline_gateways::marketplace::shopify::{ShopifySettings, ShopifyShop};
use farline_gateways::marketplace::taobao::{
    TAOBAO_GATEWAY, TaobaoSettings, TaobaoShop, TaobaoSigning,
};
use farline_gateways::marketplace::woocommerce::{WoocommerceSettings, WoocommerceShop};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// How long a marketplace may take to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);

/// A shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShopEntry {
    /// What it is called here, for ever.
    pub(crate) name: ShopCode,
    /// What its buyers know it as; its name, where nothing is said.
    #[serde(default)]
    title: Option<String>,
    /// Where they find it.
    #[serde(default)]
    address: Option<String>,
    /// Which plans the seller's codes mean.
    #[serde(default)]
    skus: BTreeMap<String, String>,
    /// How long between two questions about what changed, in seconds.
    #[serde(default = "fifteen")]
    read_every_seconds: u32,
    /// The language of its buyers.
    #[serde(default = "chinese")]
    language: Language,
    #[serde(default)]
    taobao: Option<TaobaoEntry>,
    #[serde(default)]
    jd: Option<JdEntry>,
    #[serde(default)]
    shopify: Option<ShopifyEntry>,
    #[serde(default)]
    woocommerce: Option<WoocommerceEntry>,
}

impl ShopEntry {
    /// The demonstration's shop: nobody reads it, and it sells vouchers.
    pub(crate) fn demonstration() -> Option<Self> {
        Some(Self {
            name: ShopCode::parse(demonstration::SHOP).ok()?,
            title: Some("枫叶远游卡".to_owned()),
            address: None,
            skus: BTreeMap::new(),
            read_every_seconds: fifteen(),
            language: chinese(),
            taobao: None,
            jd: None,
            shopify: None,
            woocommerce: None,
        })
    }
}

const fn fifteen() -> u32 {
    15
}

const fn chinese() -> Language {
    Language::ZhCn
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaobaoEntry {
    app_key: String,
    app_secret: SecretPlace,
    session: SecretPlace,
    #[serde(default)]
    signing: SigningName,
    #[serde(default)]
    message_group: Option<String>,
    #[serde(default)]
    api: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum SigningName {
    #[serde(rename = "md5")]
    Md5,
    #[serde(rename = "hmac")]
    Hmac,
    #[default]
    #[serde(rename = "hmac-sha256")]
    HmacSha256,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JdEntry {
    app_key: String,
    app_secret: SecretPlace,
    access_token: SecretPlace,
    #[serde(default)]
    api: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopifyEntry {
    domain: String,
    access_token: SecretPlace,
    webhook_secrets: Vec<SecretPlace>,
    #[serde(default)]
    api: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WoocommerceEntry {
    address: String,
    consumer_key: SecretPlace,
    consumer_secret: SecretPlace,
    webhook_secrets: Vec<SecretPlace>,
}

/// Opens the shops. What is wrong with one is said at the start, with its name.
pub(crate) fn open(entries: &[ShopEntry]) -> Result<OpenShops> {
    let mut names = BTreeSet::new();
    let mut shops = Vec::new();
    for entry in entries {
        if !names.insert(&entry.name) {
            bail!("[[shops]]: there are two of the name {}", entry.name);
        }
        shops.push(shop(entry).wrap_err_with(|| format!("[[shops]] {}", entry.name))?);
    }
    Ok(OpenShops::new(shops))
}

fn shop(entry: &ShopEntry) -> Result<Shop> {
    if entry.read_every_seconds == 0 {
        bail!("read_every_seconds is at least 1");
    }
    Ok(Shop {
        name: entry.name.clone(),
        title: entry.title.clone().unwrap_or_else(|| entry.name.to_string()),
        address: address(entry)?,
        gateway: gateway(entry)?,
        skus: SkuMap::new(entry.skus.clone()),
        read_every_seconds: i64::from(entry.read_every_seconds),
        language: entry.language,
    })
}

fn address(entry: &ShopEntry) -> Result<Option<String>> {
    match &entry.address {
        Some(address) if !address.starts_with("https://") => {
            bail!("address is where buyers find it, and begins with https://")
        }
        address => Ok(address.clone()),
    }
}

fn gateway(entry: &ShopEntry) -> Result<Option<Arc<dyn ShopGateway>>> {
    Ok(match (&entry.taobao, &entry.jd, &entry.shopify, &entry.woocommerce) {
        // Nobody reads it: its seller brings files and sells vouchers.
        (None, None, None, None) => None,
        (Some(at), None, None, None) => Some(Arc::new(taobao(at)?)),
        (None, Some(at), None, None) => Some(Arc::new(jd(at)?)),
        (None, None, Some(at), None) => Some(Arc::new(shopify(at)?)),
        (None, None, None, Some(at)) => Some(Arc::new(woocommerce(at)?)),
        _ => bail!("it stands at one of taobao, jd, shopify, woocommerce, or at none"),
    })
}

fn secrets(places: &[SecretPlace]) -> Result<Vec<String>> {
    places.iter().map(SecretPlace::read).collect()
}

fn taobao(at: &TaobaoEntry) -> Result<TaobaoShop> {
    Ok(TaobaoShop::new(TaobaoSettings {
        base_url: at.api.clone().unwrap_or_else(|| TAOBAO_GATEWAY.to_owned()),
        app_key: at.app_key.clone(),
        app_secret: at.app_secret.read()?,
        session: at.session.read()?,
        signing: match at.signing {
            SigningName::Md5 => TaobaoSigning::Md5,
            SigningName::Hmac => TaobaoSigning::Hmac,
            SigningName::HmacSha256 => TaobaoSigning::HmacSha256,
        },
        message_group: at.message_group.clone(),
        answer_within: ANSWERS_WITHIN,
    })?)
}

fn jd(at: &JdEntry) -> Result<JdShop> {
    Ok(JdShop::new(JdSettings {
        base_url: at.api.clone().unwrap_or_else(|| JD_GATEWAY.to_owned()),
        app_key: at.app_key.clone(),
        app_secret: at.app_secret.read()?,
        access_token: at.access_token.read()?,
        answer_within: ANSWERS_WITHIN,
    })?)
}

fn shopify(at: &ShopifyEntry) -> Result<ShopifyShop> {
    Ok(ShopifyShop::new(ShopifySettings {
        base_url: at.api.clone().unwrap_or_else(|| format!("https://{}", at.domain)),
        domain: at.domain.clone(),
        access_token: at.access_token.read()?,
        webhook_secrets: secrets(&at.webhook_secrets)?,
        answer_within: ANSWERS_WITHIN,
    })?)
}

fn woocommerce(at: &WoocommerceEntry) -> Result<WoocommerceShop> {
    Ok(WoocommerceShop::new(WoocommerceSettings {
        base_url: at.address.clone(),
        consumer_key: at.consumer_key.read()?,
        consumer_secret: at.consumer_secret.read()?,
        webhook_secrets: secrets(&at.webhook_secrets)?,
        answer_within: ANSWERS_WITHIN,
    })?)
}

#[cfg(test)]
mod tests {
    use super::{ShopEntry, open};
    use farline_domain::shops::ShopCode;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        shops: Vec<ShopEntry>,
    }

    fn opened(text: &str) -> Result<farline_app::shops::OpenShops, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        open(&file.shops).map_err(|error| format!("{error:#}"))
    }

    // A variable of the environment that every process of a test has stands for a secret.
    const TAOBAO: &str = r#"
        [[shops]]
        name = "taobao-maple"
        skus = { "MAPLE-30" = "maple-30" }
        [shops.taobao]
        app_key = "1"
        app_secret = { env = "PATH" }
        session = { env = "PATH" }
        signing = "hmac"
    "#;

    #[test]
    fn a_shop_stands_at_one_marketplace() {
        let shops = opened(TAOBAO).unwrap();
        assert!(shops.find(&ShopCode::parse("taobao-maple").unwrap()).is_some());
        let at_two = format!(
            "{TAOBAO}\n[shops.jd]\napp_key = \"1\"\napp_secret = {{ env = \"PATH\" }}\naccess_token = {{ env = \"PATH\" }}"
        );
        let said = opened(&at_two).err().unwrap();
        assert!(said.contains("[[shops]] taobao-maple: it stands at one of"), "{said}");
        let unread = opened("[[shops]]\nname = \"maple\"\ntitle = \"红枫\"").unwrap();
        let maple = unread.find(&ShopCode::parse("maple").unwrap()).unwrap();
        assert!(maple.gateway.is_none() && maple.title == "红枫");
        let clear = "[[shops]]\nname = \"maple\"\naddress = \"http://maple.example\"";
        assert!(opened(clear).err().unwrap().contains("begins with https://"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let twice = format!("{TAOBAO}{TAOBAO}");
        assert!(opened(&twice).err().unwrap().contains("two of the name taobao-maple"));
        let unset = TAOBAO.replace("PATH", "NO_SUCH_VARIABLE_HERE");
        assert!(opened(&unset).err().unwrap().contains("NO_SUCH_VARIABLE_HERE"));
        let other = TAOBAO.replace("\"hmac\"", "\"sha1\"");
        assert!(opened(&other).err().unwrap().contains("sha1"));
        let clear = TAOBAO.replace("signing", "api = \"http://shop.example\"\nsigning");
        assert!(opened(&clear).err().unwrap().contains("https"));
    }
}
