//! Taobao's direct charge ("ZC"): parameters in GBK, XML in GBK back, and the end told by the open platform's own API.

use super::clock::{digits, is_near};
use super::digest::{is_one_of, md5};
use super::form::{Form, is_form};
use super::words::words;
use super::xml::document;
use encoding_rs::GBK;
use farline_app::ports::callback::{CallbackForm, Taken};
use farline_app::ports::platform::{
    Asked, Charge, Fault, Notice, OrderTold, Platform, PriceSaid, Question, Told, Written,
};
use farline_domain::kernel::{Currency, Instant};
use farline_domain::partners::Outcome;
use farline_domain::shops::{china_time, china_words, read_amount};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// How long a signature is good, in seconds: the open platform's own measure.
const GOOD_FOR_SECONDS: i64 = 10 * 60;
const VERSION: &str = "1.0.0";
const PUSH: &str = "taobao.game.charge.zc.updatesupplierorder";
const PUSHED: &str = "game_charge_zc_updatesupplierorder_response";

/// Where the open platform is called.
pub const TAOBAO_API: &str = "https://eco.taobao.com/router/rest";

/// What the two sides gave each other.
#[derive(Clone)]
pub struct TaobaoDirectSettings {
    /// The application's key.
    pub app_key: String,
    /// The application's secrets, the newest first; two while one takes the other's place.
    pub app_secrets: Vec<String>,
    /// Taobao's name for us.
    pub coop_id: String,
    /// What the seller gave by signing in, where the API wants it.
    pub session: Option<String>,
    /// Where the end of an order is told.
    pub api: String,
}

/// The platform.
pub struct TaobaoDirect(TaobaoDirectSettings);

impl TaobaoDirect {
    /// With these settings.
    pub const fn new(settings: TaobaoDirectSettings) -> Self {
        Self(settings)
    }

    fn check(&self, asked: &Asked<'_>, form: &Form, now: Instant) -> Result<(), Fault> {
        let sign = form.text("sign").ok_or(Fault::Signature)?;
        let text = text_of(asked, form);
        let secrets = self.0.app_secrets.iter();
        if !is_one_of(&sign, secrets.map(|secret| signed(secret.as_bytes(), &text))) {
            return Err(Fault::Signature);
        }
        let at = form.text("timestamp").as_deref().and_then(china_time);
        let at = at.ok_or(Fault::Unreadable)?;
        if is_near(at, now, GOOD_FOR_SECONDS) { Ok(()) } else { Err(Fault::TooOld) }
    }
}

/// Upper-case MD5 with the secret before and behind.
fn signed(secret: &[u8], text: &[u8]) -> String {
    md5(&[secret, text, secret]).to_uppercase()
}

/// What is signed: the headers that the request names, the query and the form in the order of their names, name and value with
/// nothing between; and the body behind it, where it is no form. What has no value is left out.
fn text_of(asked: &Asked<'_>, form: &Form) -> Vec<u8> {
    let names = (asked.header)("top-sign-list").unwrap_or_default();
    let header = |name: &str| Some((name.as_bytes().to_vec(), (asked.header)(name)?.into_bytes()));
    let headers = names.split(',').map(str::trim).filter(|it| !it.is_empty()).filter_map(header);
    let parameters = form.sorted().into_iter().map(|(name, value)| (name.to_vec(), value.to_vec()));
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = headers.chain(parameters).collect();
    all.retain(|(name, value)| !name.is_empty() && !value.is_empty() && name != b"sign");
    all.sort_unstable();
    let mut text: Vec<u8> =
        all.into_iter().flat_map(|(name, value)| [name, value].concat()).collect();
    if !is_form(asked) {
        text.extend_from_slice(asked.body);
    }
    text
}

impl Platform for TaobaoDirect {
    fn read(&self, asked: &Asked<'_>, now: Instant) -> Result<Question, Fault> {
        let form = Form::of(asked, GBK);
        self.check(asked, &form, now)?;
        if form.text("app_key").as_ref() != Some(&self.0.app_key) {
            return Err(Fault::Signature);
        }
        if form.needed("coopId")? != self.0.coop_id {
            return Err(Fault::Unreadable);
        }
        let order = form.needed("tbOrderNo")?;
        match asked.path {
            "order" => Ok(Question::Order(Box::new(Charge {
                order,
                good: form.needed("cardId")?,
                account: form.needed("customer")?,
                quantity: form.number("cardNum")?,
                price: PriceSaid::AtMost(yuan(&form.needed("sum")?)?),
                notify: None,
            }))),
            "query" => Ok(Question::Look(order)),
            "cancel" => Ok(Question::Cancel { order, amount: None }),
            _ => Err(Fault::NotServed),
        }
    }

    fn write(&self, asked: &Asked<'_>, told: Result<&Told, Fault>, now: Instant) -> Written {
        let root = match asked.path {
            "query" => "gamezctopquery",
            "cancel" => "gamezctopcancel",
            _ => "gamezctoporder",
        };
        let theirs = Form::of(asked, GBK).text("tbOrderNo").unwrap_or_default();
        let said = match told {
            Ok(Told::Order(order)) if asked.path == "cancel" => called_off(order),
            Ok(Told::Order(order)) => said(order),
            // An order of which nobody knows whether it was taken; nothing else is told here.
            Ok(_) => Said { status: "UNDERWAY", at: digits(now), ..Said::default() },
            Err(fault) => refused(fault, digits(now)),
        };
        let fields = [
            ("tbOrderNo", theirs.as_str()),
            ("coopOrderNo", &said.ours),
            ("coopOrderStatus", said.status),
            ("coopOrderSuccessTime", &said.at),
            ("coopOrderSnap", &said.snap),
            ("failedCode", said.code),
            ("failedReason", said.reason),
        ];
        Written { content_type: "application/xml; charset=GBK", body: document(root, &fields) }
    }

    fn told_at(&self, _: Option<String>) -> Option<String> {
        Some(self.0.api.clone())
    }

    fn notice(&self, order: &OrderTold, url: &str, now: Instant) -> Notice {
        let said = said(order);
        let settings = &self.0;
        let mut fields = vec![
            ("method", PUSH.to_owned()),
            ("app_key", settings.app_key.clone()),
            ("timestamp", china_words(now)),
            ("format", "json".to_owned()),
            ("v", "2.0".to_owned()),
            ("sign_method", "md5".to_owned()),
            ("coop_id", settings.coop_id.clone()),
            ("tb_order_no", order.theirs.clone()),
            ("coop_order_no", said.ours),
            ("coop_order_status", said.status.to_owned()),
            ("coop_order_snap", said.snap),
            ("coop_order_success_time", said.at),
            ("failed_code", said.code.to_owned()),
            ("failed_reason", said.reason.to_owned()),
            ("version", VERSION.to_owned()),
        ];
        fields.extend(settings.session.clone().map(|session| ("session", session)));
        fields.retain(|(_, value)| !value.is_empty());
        fields.sort_unstable();
        let text: String = fields.iter().flat_map(|(name, value)| [*name, value]).collect();
        let secret = settings.app_secrets.first().map_or("", String::as_str);
        fields.push(("sign", signed(secret.as_bytes(), text.as_bytes())));
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let content_type = "application/x-www-form-urlencoded; charset=utf-8";
        let form = CallbackForm::Platform { content_type, taken: Taken::Has(PUSHED) };
        Notice { url: url.to_owned(), body: pairs.join("&"), form }
    }
}

/// Yuan with up to two decimal places, in fen.
fn yuan(text: &str) -> Result<i64, Fault> {
    let amount = Currency::parse("CNY").and_then(|currency| read_amount(text, currency));
    amount.map(|amount| amount.minor).ok_or(Fault::Unreadable)
}

/// What an answer says.
#[derive(Default)]
struct Said {
    ours: String,
    status: &'static str,
    at: String,
    snap: String,
    code: &'static str,
    reason: &'static str,
}

fn said(order: &OrderTold) -> Said {
    let (status, code, reason) = match order.outcome {
        Outcome::Running => ("UNDERWAY", "", ""),
        Outcome::Succeeded => ("SUCCESS", "", ""),
        Outcome::Failed => ("FAILED", "0503", "充值失败"),
    };
    let at = digits(order.ended.unwrap_or(order.since));
    let snap = format!("{}|{}", order.good, order.theirs);
    Said { ours: order.ours.clone(), status, at, snap, code, reason }
}

/// What is not charged and will not be, is called off.
fn called_off(order: &OrderTold) -> Said {
    match order.outcome {
        Outcome::Failed => Said { status: "CANCEL", code: "", reason: "", ..said(order) },
        Outcome::Running | Outcome::Succeeded => said(order),
    }
}

fn refused(fault: Fault, at: String) -> Said {
    let (status, code) = code(fault);
    Said { status, code, at, reason: words(fault), ..Said::default() }
}

/// The platform's states and codes. It has fewer than there are reasons.
const fn code(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::Unreadable | Fault::NotServed | Fault::Quantity => ("GENERAL_ERROR", "0101"),
        Fault::Signature | Fault::TooOld => ("GENERAL_ERROR", "0102"),
        Fault::UnknownOrder => ("REQUEST_FAILED", "0104"),
        Fault::OtherOrder => ("GENERAL_ERROR", "0301"),
        Fault::UsedUp | Fault::Stopped | Fault::InProgress => ("ORDER_FAILED", "0304"),
        Fault::UnknownGood | Fault::NotSold => ("ORDER_FAILED", "0305"),
        Fault::Account => ("ORDER_FAILED", "0502"),
        Fault::Price | Fault::NotTheWhole => ("ORDER_FAILED", "0503"),
        Fault::NotKnownYet | Fault::Unavailable => ("GENERAL_ERROR", "9999"),
    }
}
