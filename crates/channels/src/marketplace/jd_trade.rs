//! JD's general trade platform: forms in, JSON out, both signed. Direct charges only.

use super::clock::digits;
use super::digest::{is_one_of, md5};
use super::form::Form;
use encoding_rs::UTF_8;
use farline_app::ports::callback::{CallbackForm, Taken};
use farline_app::ports::platform::{
    Asked, Charge, Fault, Notice, OrderTold, Platform, PriceSaid, Question, Told, Written,
};
use farline_domain::kernel::Instant;
use farline_domain::partners::Outcome;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// What is never signed.
const UNSIGNED: [&str; 2] = ["sign", "signType"];
const VERSION: &str = "1.0";

/// How an account is signed for: it changed over the years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JdSigning {
    /// `name=value` with `&` between, and the key behind a last `&`.
    #[default]
    Pairs,
    /// Name and value with nothing between, and the key behind.
    Plain,
}

/// What the two sides gave each other.
#[derive(Clone)]
pub struct JdTradeSettings {
    /// JD's name for us.
    pub vendor_id: String,
    /// The keys, the newest first; two while one takes the other's place.
    pub keys: Vec<String>,
    /// How the account is signed for.
    pub signing: JdSigning,
}

/// The platform.
pub struct JdTrade(JdTradeSettings);

impl JdTrade {
    /// With these settings.
    pub const fn new(settings: JdTradeSettings) -> Self {
        Self(settings)
    }

    fn sign(&self, key: &str, sorted: &[(&[u8], &[u8])]) -> String {
        let mut text = Vec::new();
        for (name, value) in sorted {
            if UNSIGNED.iter().any(|it| it.as_bytes() == *name) {
                continue;
            }
            match self.0.signing {
                JdSigning::Pairs => text.extend([name, b"=".as_slice(), value, b"&"].concat()),
                JdSigning::Plain => text.extend([*name, *value].concat()),
            }
        }
        md5(&[&text, key.as_bytes()])
    }

    /// The fields with their signature and its kind.
    fn signed(&self, mut fields: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
        fields.sort_unstable();
        let octets = fields.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let key = self.0.keys.first().map_or("", String::as_str);
        let sign = self.sign(key, &octets.collect::<Vec<_>>());
        fields.extend([("sign", sign), ("signType", "MD5".to_owned())]);
        fields
    }
}

impl Platform for JdTrade {
    fn read(&self, asked: &Asked<'_>, _: Instant) -> Result<Question, Fault> {
        let form = Form::of(asked, UTF_8);
        let sign = form.text("sign").ok_or(Fault::Signature)?;
        let sorted = form.sorted();
        if !is_one_of(&sign, self.0.keys.iter().map(|key| self.sign(key, &sorted))) {
            return Err(Fault::Signature);
        }
        if form.text("vendorId").is_some_and(|vendor| vendor != self.0.vendor_id) {
            return Err(Fault::Unreadable);
        }
        match asked.path {
            "beginDistill" => Ok(Question::Order(Box::new(Charge {
                order: form.needed("jdOrderNo")?,
                good: form.needed("wareNo")?,
                account: form.needed("rechargeNum")?,
                quantity: form.number("quantity")?,
                price: PriceSaid::Exactly(form.number("costPrice")?),
                notify: form.text("notifyUrl").filter(|url| !url.is_empty()),
            }))),
            "findDistill" => Ok(Question::Look(form.needed("jdOrderNo")?)),
            _ => Err(Fault::NotServed),
        }
    }

    fn write(&self, asked: &Asked<'_>, told: Result<&Told, Fault>, now: Instant) -> Written {
        let theirs = Form::of(asked, UTF_8).text("jdOrderNo").unwrap_or_default();
        let mut fields = vec![
            ("jdOrderNo", theirs),
            ("timestamp", digits(now)),
            ("version", VERSION.to_owned()),
        ];
        match told {
            Ok(told) => {
                fields.extend([("isSuccess", "T".to_owned()), ("errorCode", String::new())]);
                fields.extend(about(asked, told));
            }
            Err(fault) => {
                let code = code(fault).to_owned();
                fields.extend([("isSuccess", "F".to_owned()), ("errorCode", code)]);
            }
        }
        let fields = self.signed(fields).into_iter();
        let object: Map<String, Value> =
            fields.map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
        let body = Value::Object(object).to_string().into_bytes();
        Written { content_type: "application/json", body }
    }

    fn notice(&self, order: &OrderTold, url: &str, now: Instant) -> Notice {
        let mut fields = vec![
            ("vendorId", self.0.vendor_id.clone()),
            ("jdOrderNo", order.theirs.clone()),
            ("timestamp", digits(now)),
            ("version", VERSION.to_owned()),
        ];
        fields.extend(found(order));
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = self.signed(fields).into_iter();
        let body: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        let taken = Taken::Says("isSuccess", "T", "success");
        let content_type = "application/x-www-form-urlencoded";
        let form = CallbackForm::Platform { content_type, taken };
        Notice { url: url.to_owned(), body: body.join("&"), form }
    }
}

/// What is told of an order: at its beginning our number and price, later how it stands.
fn about(asked: &Asked<'_>, told: &Told) -> Vec<(&'static str, String)> {
    let Told::Order(order) = told else { return Vec::new() };
    if asked.path == "findDistill" {
        return found(order);
    }
    let mut fields = vec![("agentOrderNo", order.ours.clone())];
    fields.extend(order.price.map(|price| ("agentPrice", price.to_string())));
    fields
}

fn found(order: &OrderTold) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("agentOrderNo", order.ours.clone()),
        ("status", status(order.outcome).to_owned()),
        ("quantity", "1".to_owned()),
    ];
    fields.extend(order.ended.map(|at| ("time", digits(at))));
    fields
}

const fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "1",
        Outcome::Failed => "2",
        Outcome::Running => "3",
    }
}

/// The platform's codes. It has fewer than there are reasons.
const fn code(fault: Fault) -> &'static str {
    match fault {
        Fault::Unreadable
        | Fault::Quantity
        | Fault::Account
        | Fault::OtherOrder
        | Fault::NotServed
        | Fault::NotTheWhole => "JDI_00001",
        Fault::Signature | Fault::TooOld => "JDI_00002",
        Fault::UnknownGood => "JDI_00003",
        Fault::NotSold | Fault::UsedUp | Fault::Stopped | Fault::InProgress => "JDI_00004",
        Fault::Price => "JDI_00005",
        Fault::UnknownOrder => "JDI_00007",
        Fault::NotKnownYet | Fault::Unavailable => "JDI_00010",
    }
}

#[cfg(test)]
mod tests {
    use super::{JdSigning, JdTrade, JdTradeSettings};

    const FIELDS: [(&str, &str); 9] = [
        ("costPrice", "2500"),
        ("jdOrderNo", "JD0001"),
        ("quantity", "1"),
        ("rechargeNum", "4165550101"),
        ("sign", "not signed"),
        ("signType", "MD5"),
        ("timestamp", "20260102030405"),
        ("version", "1.0"),
        ("wareNo", "W-30D-10G"),
    ];

    fn signed(signing: JdSigning) -> String {
        let settings = JdTradeSettings { vendor_id: String::new(), keys: Vec::new(), signing };
        let octets = FIELDS.map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        JdTrade::new(settings).sign("privkey", &octets)
    }

    #[test]
    fn the_signature_is_that_of_the_documents_to_the_octet() {
        assert_eq!(signed(JdSigning::Pairs), "e08599d7ba11805b4d563a9115386078");
    }

    #[test]
    fn the_older_signature_has_nothing_between() {
        // printf '%s' 'costPrice2500jdOrderNoJD0001quantity1rechargeNum4165550101timestamp20260102030405version1.0wareNoW-30D-10Gprivkey' | md5sum
        assert_eq!(signed(JdSigning::Plain), "7e091f660151b4e8a3d5edb2e070f36a");
    }
}
