//! JD's general trade platform, played.

use super::scripted::{Scripted, Seen, Sent, Wish, Words, china, fields, form, md5, of};
use axum::http::HeaderMap;
use farline_channels::marketplace::jd_trade::{JdSigning, JdTrade, JdTradeSettings};
use farline_domain::kernel::Instant;
use serde_json::{Map, Value};

pub(crate) const KEY: &str = "jd-tell-nobody";

/// How it signs: a platform of either generation has the same contract.
pub(crate) struct Jd(pub(crate) JdSigning);

pub(crate) fn adapter(signing: JdSigning) -> JdTrade {
    JdTrade::new(JdTradeSettings {
        vendor_id: "777".to_owned(),
        keys: vec![KEY.to_owned()],
        signing,
    })
}

impl Jd {
    fn signed(&self, pairs: &[(String, String)]) -> String {
        let mut pairs: Vec<_> =
            pairs.iter().filter(|(name, _)| name != "sign" && name != "signType").collect();
        pairs.sort();
        let (between, behind) = match self.0 {
            JdSigning::Pairs => ("=", "&"),
            JdSigning::Plain => ("", ""),
        };
        let text: String = pairs
            .iter()
            .flat_map(|(name, value)| [name.as_str(), between, value.as_str(), behind])
            .collect();
        md5(format!("{text}{KEY}").as_bytes())
    }

    pub(crate) fn asks(&self, path: &str, given: &[(&str, &str)], at: Instant) -> Sent {
        let mut pairs: Vec<(String, String)> =
            given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for (name, value) in [
            ("timestamp", china(at).0),
            ("version", "1.0".to_owned()),
            ("vendorId", "777".to_owned()),
        ] {
            pairs.push((name.to_owned(), value));
        }
        let sign = self.signed(&pairs);
        pairs.extend([("sign".to_owned(), sign), ("signType".to_owned(), "MD5".to_owned())]);
        let octets: Vec<(&str, Vec<u8>)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.clone().into_bytes())).collect();
        Sent {
            method: "POST",
            path: format!("/endpoints/jd/{path}"),
            query: String::new(),
            headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
            body: form(&octets).into_bytes(),
        }
    }

    fn check(&self, pairs: &[(String, String)]) {
        assert_eq!(
            (of(pairs, "sign"), of(pairs, "signType")),
            (self.signed(pairs), "MD5".to_owned())
        );
        assert_eq!(of(pairs, "timestamp").len(), 14);
    }
}

impl Scripted for Jd {
    fn name(&self) -> &'static str {
        "jd"
    }

    fn words(&self) -> Words {
        Words {
            running: "3",
            done: "1",
            failed: "2",
            forged: "JDI_00002",
            old: None,
            unreadable: "JDI_00001",
            quantity: "JDI_00001",
            good: "JDI_00003",
            account: "JDI_00001",
            price: "JDI_00005",
            used_up: "JDI_00004",
            in_progress: "JDI_00004",
            other_order: "JDI_00001",
            unknown_order: "JDI_00007",
        }
    }

    fn order(&self, wish: &Wish, at: Instant) -> Sent {
        let (quantity, price) = (wish.quantity.to_string(), wish.price.to_string());
        let given = [
            ("jdOrderNo", wish.order),
            ("type", "1"),
            ("wareNo", &wish.good),
            ("rechargeNum", &wish.account),
            ("quantity", &quantity),
            ("costPrice", &price),
            ("finTime", "20261129120000"),
            ("notifyUrl", &wish.notify),
            ("features", ""),
        ];
        self.asks("beginDistill", &given, at)
    }

    fn look(&self, order: &str, at: Instant) -> Sent {
        self.asks("findDistill", &[("jdOrderNo", order)], at)
    }

    fn look_by_ours(&self, _: &str, _: Instant) -> Option<Sent> {
        None
    }

    fn cancel(&self, _: &str, _: Instant) -> Option<Sent> {
        None
    }

    fn read(&self, body: &[u8]) -> Seen {
        let answer: Map<String, Value> = serde_json::from_slice(body).unwrap();
        let pairs: Vec<(String, String)> = answer
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect();
        self.check(&pairs);
        let says = match of(&pairs, "isSuccess").as_str() {
            "T" => of(&pairs, "status"),
            _ => of(&pairs, "errorCode"),
        };
        Seen { says, theirs: of(&pairs, "jdOrderNo"), ours: of(&pairs, "agentOrderNo") }
    }

    fn hear(&self, _: &str, headers: &HeaderMap, body: &[u8]) -> Seen {
        assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
        let told = fields(std::str::from_utf8(body).unwrap());
        self.check(&told);
        assert_eq!(
            (of(&told, "quantity"), of(&told, "vendorId")),
            ("1".to_owned(), "777".to_owned())
        );
        Seen {
            says: of(&told, "status"),
            theirs: of(&told, "jdOrderNo"),
            ours: of(&told, "agentOrderNo"),
        }
    }

    fn heard(&self) -> String {
        r#"{"isSuccess":"T","errorCode":""}"#.to_owned()
    }
}
