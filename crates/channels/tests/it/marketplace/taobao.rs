//! Taobao's direct charge, played.

use super::scripted::{Scripted, Seen, Sent, Wish, Words, china, fields, form, md5, of};
use axum::http::HeaderMap;
use encoding_rs::GBK;
use farline_channels::marketplace::taobao_direct::{TaobaoDirect, TaobaoDirectSettings};
use farline_domain::kernel::Instant;

pub(crate) const SECRET: &str = "top-tell-nobody";

pub(crate) struct Taobao;

pub(crate) fn adapter(api: String) -> TaobaoDirect {
    TaobaoDirect::new(TaobaoDirectSettings {
        app_key: "12345678".to_owned(),
        app_secrets: vec![SECRET.to_owned()],
        coop_id: "88".to_owned(),
        session: None,
        api,
    })
}

fn signed(mut pairs: Vec<(&str, Vec<u8>)>) -> String {
    pairs.sort();
    let text: Vec<u8> =
        pairs.into_iter().flat_map(|(name, value)| [name.as_bytes(), &value].concat()).collect();
    md5(&[SECRET.as_bytes(), &text, SECRET.as_bytes()].concat()).to_uppercase()
}

/// A signed request, in GBK: the platform's own parameters in the query, the rest in the form, and a header that is signed too.
pub(crate) fn asks(path: &str, given: &[(&str, &str)], at: Instant) -> Sent {
    let gbk = |text: &str| GBK.encode(text).0.into_owned();
    let system = vec![("app_key", gbk("12345678")), ("timestamp", gbk(&china(at).1))];
    let body: Vec<_> = given.iter().map(|(name, value)| (*name, gbk(value))).collect();
    let header = ("x-zone", "hz".as_bytes().to_vec());
    let all = [system.clone(), body.clone(), vec![header]].concat();
    let sign = signed(all);
    Sent {
        method: "POST",
        path: format!("/endpoints/taobao/{path}"),
        query: format!("{}&sign={sign}", form(&system)),
        headers: vec![
            ("content-type", "application/x-www-form-urlencoded; charset=GBK".to_owned()),
            ("top-sign-list", "x-zone".to_owned()),
            ("x-zone", "hz".to_owned()),
        ],
        body: form(&body).into_bytes(),
    }
}

/// The same, everything in the address.
pub(crate) fn asks_by_get(path: &str, given: &[(&str, &str)], at: Instant) -> Sent {
    let gbk = |text: &str| GBK.encode(text).0.into_owned();
    let mut pairs: Vec<_> = given.iter().map(|(name, value)| (*name, gbk(value))).collect();
    pairs.extend([("app_key", gbk("12345678")), ("timestamp", gbk(&china(at).1))]);
    let sign = signed(pairs.clone());
    let query = format!("{}&sign={sign}", form(&pairs));
    let path = format!("/endpoints/taobao/{path}");
    Sent { method: "GET", path, query, headers: Vec::new(), body: Vec::new() }
}

pub(crate) fn order_pairs(wish: &Wish) -> Vec<(&'static str, String)> {
    vec![
        ("coopId", "88".to_owned()),
        ("tbOrderNo", wish.order.to_owned()),
        ("cardId", wish.good.clone()),
        ("cardNum", wish.quantity.to_string()),
        ("customer", wish.account.clone()),
        ("sum", format!("{}.{:02}", wish.price / 100, wish.price % 100)),
        ("gameId", "1".to_owned()),
        ("section1", "一区".to_owned()),
        ("tbOrderSnap", "流量卡|一区".to_owned()),
        ("notifyUrl", wish.notify.clone()),
        ("version", "1.0.0".to_owned()),
    ]
}

/// The text between the tags of an element.
pub(crate) fn element(xml: &str, name: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap();
    rest.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

impl Scripted for Taobao {
    fn name(&self) -> &'static str {
        "taobao"
    }

    fn words(&self) -> Words {
        Words {
            running: "UNDERWAY ",
            done: "SUCCESS ",
            failed: "FAILED 0503",
            forged: "GENERAL_ERROR 0102",
            old: Some(("GENERAL_ERROR 0102", 601)),
            unreadable: "GENERAL_ERROR 0101",
            quantity: "GENERAL_ERROR 0101",
            good: "ORDER_FAILED 0305",
            account: "ORDER_FAILED 0502",
            price: "ORDER_FAILED 0503",
            used_up: "ORDER_FAILED 0304",
            in_progress: "ORDER_FAILED 0304",
            other_order: "GENERAL_ERROR 0301",
            unknown_order: "REQUEST_FAILED 0104",
        }
    }

    fn order(&self, wish: &Wish, at: Instant) -> Sent {
        let pairs = order_pairs(wish);
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        asks("order", &pairs, at)
    }

    fn look(&self, order: &str, at: Instant) -> Sent {
        asks_by_get("query", &[("coopId", "88"), ("tbOrderNo", order), ("version", "1.0.0")], at)
    }

    fn look_by_ours(&self, _: &str, _: Instant) -> Option<Sent> {
        None
    }

    fn cancel(&self, order: &str, at: Instant) -> Option<Sent> {
        Some(asks("cancel", &[("coopId", "88"), ("tbOrderNo", order)], at))
    }

    fn read(&self, body: &[u8]) -> Seen {
        let xml = GBK.decode_without_bom_handling_and_without_replacement(body).unwrap();
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"GBK\"?>\n<gamezctop"), "{xml}");
        let status = element(&xml, "coopOrderStatus");
        // What is cancelled was not charged.
        let status = if status == "CANCEL" {
            "FAILED 0503".to_owned()
        } else {
            format!("{status} {}", element(&xml, "failedCode"))
        };
        assert_eq!(element(&xml, "coopOrderSuccessTime").len(), 14, "{xml}");
        Seen {
            says: status,
            theirs: element(&xml, "tbOrderNo"),
            ours: element(&xml, "coopOrderNo"),
        }
    }

    fn hear(&self, _: &str, _: &HeaderMap, body: &[u8]) -> Seen {
        let told = fields(std::str::from_utf8(body).unwrap());
        let pairs: Vec<(&str, Vec<u8>)> = told
            .iter()
            .filter(|(name, _)| name != "sign")
            .map(|(name, value)| (name.as_str(), value.clone().into_bytes()))
            .collect();
        assert_eq!(of(&told, "sign"), signed(pairs));
        assert_eq!(of(&told, "method"), "taobao.game.charge.zc.updatesupplierorder");
        assert_eq!(of(&told, "coop_id"), "88");
        Seen {
            says: format!("{} {}", of(&told, "coop_order_status"), of(&told, "failed_code")),
            theirs: of(&told, "tb_order_no"),
            ours: of(&told, "coop_order_no"),
        }
    }

    fn heard(&self) -> String {
        r#"{"game_charge_zc_updatesupplierorder_response":{"result":true}}"#.to_owned()
    }
}
