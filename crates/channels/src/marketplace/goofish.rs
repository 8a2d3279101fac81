//! The steward of Goofish: JSON both ways, signed in the query (its standard interface for sources of virtual goods, pages of
//! 2026). Direct charges only.

mod shapes;

use super::clock::{is_near, seconds};
use super::digest::{is_one_of, md5};
use super::form::Form;
use super::words::words;
use encoding_rs::UTF_8;
use farline_app::ports::callback::{CallbackForm, Taken};
use farline_app::ports::platform::{
    Asked, Charge, Fault, Notice, OrderTold, Platform, PriceSaid, Question, Told, Written,
};
use farline_domain::kernel::Instant;
use farline_domain::partners::Outcome;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapes::{GoodAsked, GoodsAsked, LookAsked, OrderAsked, RefundAsked};

/// How long a signature is good, in seconds.
const GOOD_FOR_SECONDS: i64 = 5 * 60;
/// Goods and orders that are charged directly.
const DIRECT: i64 = 1;
/// The most on a page.
const PAGE: i64 = 100;
const JSON: &str = "application/json";

/// What the two sides gave each other.
#[derive(Clone)]
pub struct GoofishSettings {
    /// The platform's name for us as an application.
    pub app_id: String,
    /// The secret that goes with it.
    pub app_secret: String,
    /// Our name for the platform as a merchant.
    pub mch_id: String,
    /// The secrets that go with it, the newest first; two while one takes the other's place.
    pub mch_secrets: Vec<String>,
}

/// The steward.
pub struct Goofish(GoofishSettings);

impl Goofish {
    /// With these settings.
    pub const fn new(settings: GoofishSettings) -> Self {
        Self(settings)
    }

    /// The signature over a body, at so many seconds.
    fn sign(&self, mch_secret: &str, body: &[u8], timestamp: &str) -> String {
        let GoofishSettings { app_id, app_secret, mch_id, .. } = &self.0;
        let body = md5(&[body]);
        let text = [app_id, app_secret, &body, timestamp, mch_id, mch_secret].join(",");
        md5(&[text.as_bytes()])
    }

    fn check(&self, asked: &Asked<'_>, now: Instant) -> Result<(), Fault> {
        let form = Form::of(asked, UTF_8);
        let said = |name| form.text(name).ok_or(Fault::Signature);
        let (timestamp, sign) = (said("timestamp")?, said("sign")?);
        // No body is signed as none, or as an empty object.
        let bodies: &[&[u8]] = if asked.body.is_empty() { &[b"", b"{}"] } else { &[asked.body] };
        let expected = self.0.mch_secrets.iter().flat_map(|secret| {
            bodies.iter().map(|body| self.sign(secret, body, &timestamp)).collect::<Vec<_>>()
        });
        if said("mch_id")? != self.0.mch_id || !is_one_of(&sign, expected) {
            return Err(Fault::Signature);
        }
        let at = timestamp.parse::<i64>().ok().and_then(|it| it.checked_mul(1000));
        let at = Instant::from_millis(at.ok_or(Fault::TooOld)?);
        if is_near(at, now, GOOD_FOR_SECONDS) { Ok(()) } else { Err(Fault::TooOld) }
    }
}

fn body<T: DeserializeOwned>(asked: &Asked<'_>) -> Result<T, Fault> {
    let body: &[u8] = if asked.body.is_empty() { b"{}" } else { asked.body };
    serde_json::from_slice(body).map_err(|_| Fault::Unreadable)
}

impl Platform for Goofish {
    fn read(&self, asked: &Asked<'_>, now: Instant) -> Result<Question, Fault> {
        if asked.path == "goofish/open/info" {
            return Ok(Question::About);
        }
        self.check(asked, now)?;
        match asked.path {
            "goofish/user/info" => Ok(Question::Balance),
            "goofish/goods/list" => goods(body(asked)?),
            "goofish/goods/detail" => {
                let GoodAsked { goods_type, goods_no } = body(asked)?;
                direct(goods_type).map(|()| Question::Good(goods_no))
            }
            "goofish/order/recharge/create" => Ok(Question::Order(Box::new(charge(body(asked)?)))),
            "goofish/order/detail" => {
                let LookAsked { order_type, order_no, out_order_no } = body(asked)?;
                direct(order_type)?;
                number(order_no, out_order_no).map(Question::Look)
            }
            "goofish/order/refund/apply" => {
                let RefundAsked { order_type, order_no, out_order_no, refund_amount } =
                    body(asked)?;
                direct(order_type.unwrap_or(DIRECT))?;
                let order = number(order_no, out_order_no)?;
                Ok(Question::Cancel { order, amount: refund_amount })
            }
            _ => Err(Fault::NotServed),
        }
    }

    fn write(&self, asked: &Asked<'_>, told: Result<&Told, Fault>, now: Instant) -> Written {
        let answer = match told.and_then(|told| self.data(asked, told, now)) {
            Ok(data) => json!({ "code": 0, "msg": "OK", "data": data }),
            Err(fault) => json!({ "code": code(fault), "msg": words(fault) }),
        };
        Written { content_type: JSON, body: answer.to_string().into_bytes() }
    }

    fn notice(&self, order: &OrderTold, url: &str, now: Instant) -> Notice {
        let body = json!({
            "order_type": DIRECT,
            "order_no": order.theirs,
            "out_order_no": order.ours,
            "order_status": status(order.outcome),
            "end_time": order.ended.map(seconds),
            "card_items": [],
            "ticket_items": [],
            "remark": order.refusal.unwrap_or_default(),
        });
        let (body, timestamp) = (body.to_string(), seconds(now).to_string());
        let secret = self.0.mch_secrets.first().map_or("", String::as_str);
        let sign = self.sign(secret, body.as_bytes(), &timestamp);
        let joint = if url.contains('?') { '&' } else { '?' };
        let mch_id = &self.0.mch_id;
        let url = format!("{url}{joint}mch_id={mch_id}&timestamp={timestamp}&sign={sign}");
        let taken = Taken::Says("code", "0", "success");
        Notice { url, body, form: CallbackForm::Platform { content_type: JSON, taken } }
    }
}

fn goods(asked: GoodsAsked) -> Result<Question, Fault> {
    let GoodsAsked { keyword, goods_type, page_no, page_size } = asked;
    direct(goods_type.unwrap_or(DIRECT))?;
    let page = usize::try_from(page_no).ok().filter(|page| *page > 0);
    let size = usize::try_from(page_size).ok().filter(|_| (1..=PAGE).contains(&page_size));
    let (page, size) = page.zip(size).ok_or(Fault::Unreadable)?;
    Ok(Question::Goods { keyword: keyword.unwrap_or_default(), page, size })
}

fn charge(asked: OrderAsked) -> Charge {
    Charge {
        order: asked.order_no,
        good: asked.goods_no,
        account: asked.biz_content.account,
        quantity: asked.buy_quantity,
        price: asked.max_amount.map_or(PriceSaid::Nothing, PriceSaid::AtMost),
        notify: Some(asked.notify_url),
    }
}

/// Codes and tickets are not sold.
const fn direct(kind: i64) -> Result<(), Fault> {
    if kind == DIRECT { Ok(()) } else { Err(Fault::NotServed) }
}

/// Their number, or else ours.
fn number(theirs: Option<String>, ours: Option<String>) -> Result<String, Fault> {
    let given = |number: &String| !number.is_empty();
    theirs.filter(given).or(ours.filter(given)).ok_or(Fault::Unreadable)
}

const fn status(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Running => 10,
        Outcome::Succeeded => 20,
        Outcome::Failed => 30,
    }
}

/// The codes are ours: to the platform every one but 0 is a refusal (docs/operate/endpoints.md).
pub(super) const fn code(fault: Fault) -> i64 {
    match fault {
        Fault::Unreadable => 400,
        Fault::Signature => 401,
        Fault::TooOld => 408,
        Fault::Unavailable => 500,
        Fault::NotServed => 1000,
        Fault::UnknownGood => 1001,
        Fault::NotSold => 1002,
        Fault::Quantity => 1003,
        Fault::Account => 1004,
        Fault::Price => 1005,
        Fault::UsedUp => 1006,
        Fault::Stopped => 1007,
        Fault::InProgress => 1008,
        Fault::OtherOrder => 1009,
        Fault::UnknownOrder => 1010,
        Fault::NotKnownYet => 1011,
        Fault::NotTheWhole => 1012,
    }
}

impl Goofish {
    /// What stands under `data`.
    fn data(&self, asked: &Asked<'_>, told: &Told, now: Instant) -> Result<Value, Fault> {
        Ok(match told {
            Told::About => json!({ "app_id": self.0.app_id, "features": {
                "is_support_order_refund": true,
                "is_support_goods_notify": false,
                "is_support_loss_purchase": false,
            }}),
            Told::Balance(fen) => json!({ "balance": fen }),
            Told::Goods { list, count } => {
                json!({ "list": list.iter().map(shapes::good).collect::<Vec<_>>(), "count": count })
            }
            Told::Good(good) => shapes::good(good),
            Told::Order(order) if asked.path == "goofish/order/refund/apply" => {
                shapes::refund(order, &body(asked)?, now)?
            }
            Told::Order(order) => shapes::order(order),
            Told::NotKnown => shapes::not_known(&body::<OrderAsked>(asked)?, now),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Goofish, GoofishSettings, md5};

    #[test]
    fn the_signature_is_that_of_the_documents_to_the_octet() {
        let goofish = Goofish::new(GoofishSettings {
            app_id: "1001".to_owned(),
            app_secret: "appsecret-test".to_owned(),
            mch_id: "2002".to_owned(),
            mch_secrets: vec!["mchsecret-test".to_owned()],
        });
        let body = br#"{"goods_type":1,"goods_no":"12344532"}"#;
        assert_eq!(md5(&[body]), "9b8030f5097d5ed123405b003dd247c5");
        let sign = goofish.sign("mchsecret-test", body, "1724414553");
        assert_eq!(sign, "f0c0df6c2eab30aa2ef7145b96e163a6");
    }
}
