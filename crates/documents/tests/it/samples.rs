//! One sale in the three languages.

use farline_documents::{Document, Issued, Merchant, Paragraph, QrBlock, SigningKey};

pub(crate) const CANONICAL: &str = r#"{"card":"•••• •••• •••• 4417","currency":"CAD","number":"R-2026-000123","reference":"K7QM-4D2X","total":3390}"#;

pub(crate) fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
}

fn terms(rows: &[(&str, &str)]) -> Vec<Paragraph> {
    rows.iter()
        .map(|(heading, text)| Paragraph {
            heading: Some((*heading).to_owned()),
            text: (*text).to_owned(),
        })
        .collect()
}

pub(crate) fn english() -> Document {
    Document {
        language: "en-CA".to_owned(),
        title: "Receipt".to_owned(),
        brand: "Farline".to_owned(),
        merchant: Merchant {
            name: "Northgate Prepaid Ltd.".to_owned(),
            address: vec!["120 Harbour Street, Unit 4".to_owned(), "Toronto ON  M5J 0B6".to_owned()],
            phone: "1-800-555-0142".to_owned(),
            email: "help@northgate.example".to_owned(),
            registrations: vec!["GST/HST 123456789 RT0001".to_owned(), "QST 1234567890 TQ0001".to_owned()],
        },
        number: ("Receipt".to_owned(), "R-2026-000123".to_owned()),
        reference: ("Reference".to_owned(), "K7QM-4D2X".to_owned()),
        date: "November 22, 2026 at 12:04 p.m. (Toronto)".to_owned(),
        issued: Issued { year: 2026, month: 11, day: 22, hour: 12, minute: 4, second: 9, offset_minutes: -300 },
        facts: pairs(&[
            ("Card", "+1 416 ••• ••88 · Maplewave"),
            ("Plan", "Talk and Data 5 GB, 30 days"),
            ("You get", "5 GB of data · 300 minutes in Canada · 200 texts"),
            ("Starts", "December 1, 2026, when the present plan ends"),
            ("New expiry", "December 31, 2026 at 11:59 p.m. (Toronto)"),
            ("Delivered", "November 22, 2026 at 12:04:31 p.m., confirmed by Maplewave"),
        ]),
        items: pairs(&[("Talk and Data 5 GB, 30 days", "$30.00"), ("HST 13% (Ontario)", "$3.90")]),
        total: ("Total paid".to_owned(), "CA$33.90".to_owned()),
        payment: "Visa ending in 4242 · approved November 22, 2026 at 12:04 p.m.".to_owned(),
        terms: terms(&[
            ("If it did not arrive", "If the top-up has not reached your card within 24 hours, you get your money back in full to the way you paid. Nothing has to be sent in: write or call with the reference above."),
            ("Refunds", "A top-up that has reached the card cannot be taken back. One that went to a wrong number by our mistake is paid back in full or delivered again, as you choose."),
            ("Complaints", "Please tell us first: we answer within two business days. If we cannot agree, the Commission for Complaints for Telecom-television Services (CCTS) helps free of charge: 1-888-221-1687, ccts-cprst.ca."),
        ]),
        qr: QrBlock { url: "https://farline.example/r/R-2026-000123".to_owned(), caption: "This receipt online".to_owned() },
        sandbox: None,
        verify_hint: "This file is signed. Any copy can be checked without a network: farline verify receipt.pdf must name this key.".to_owned(),
        canonical: CANONICAL.to_owned(),
    }
}

pub(crate) fn french() -> Document {
    Document {
        language: "fr-CA".to_owned(),
        title: "Reçu".to_owned(),
        number: ("Reçu".to_owned(), "R-2026-000123".to_owned()),
        reference: ("Référence".to_owned(), "K7QM-4D2X".to_owned()),
        date: "Le 22 novembre 2026 à 12 h 04 (Toronto)".to_owned(),
        facts: pairs(&[
            ("Carte", "+1 514 ••• ••88 · Maplewave"),
            ("Forfait", "Voix et données 5 Go, 30 jours"),
            ("Vous obtenez", "5 Go de données · 300 minutes au Canada · 200 textos"),
            ("Début", "Le 1er décembre 2026, à la fin du forfait actuel"),
            ("Nouvelle échéance", "Le 31 décembre 2026 à 23 h 59 (Toronto)"),
        ]),
        items: pairs(&[
            ("Voix et données 5 Go, 30 jours", "30,00\u{a0}$"),
            ("TPS 5\u{a0}%", "1,50\u{a0}$"),
            ("TVQ 9,975\u{a0}%", "2,99\u{a0}$"),
        ]),
        total: ("Total payé".to_owned(), "34,49\u{a0}$".to_owned()),
        payment: "Visa se terminant par 4242 · approuvé le 22 novembre 2026 à 12 h 04".to_owned(),
        terms: terms(&[
            ("Si la recharge n’arrive pas", "Si la recharge n’a pas atteint votre carte dans les 24 heures, la somme vous est rendue en entier par le même moyen de paiement. Écrivez-nous ou appelez-nous avec la référence ci-dessus."),
            ("Plaintes", "Parlez-nous-en d’abord; nous répondons en deux jours ouvrables. À défaut d’entente, la Commission des plaintes relatives aux services de télécom-télévision (CPRST) vous aide sans frais\u{a0}: 1-888-221-1687."),
        ]),
        qr: QrBlock { url: "https://farline.example/r/R-2026-000123".to_owned(), caption: "Ce reçu en ligne".to_owned() },
        sandbox: Some("BAC À SABLE · aucune somme n’a été transférée".to_owned()),
        verify_hint: "Ce fichier est signé. Toute copie se vérifie sans réseau\u{a0}: «\u{a0}farline verify recu.pdf\u{a0}» doit nommer cette clé.".to_owned(),
        ..english()
    }
}

pub(crate) fn chinese() -> Document {
    Document {
        language: "zh-CN".to_owned(),
        title: "收据".to_owned(),
        brand: "续航 Farline".to_owned(),
        number: ("收据编号".to_owned(), "R-2026-000123".to_owned()),
        reference: ("查询号".to_owned(), "K7QM-4D2X".to_owned()),
        date: "2026年11月22日 12:04（多伦多时间）".to_owned(),
        facts: pairs(&[
            ("充值卡号", "+1 416 ••• ••88 · Maplewave"),
            ("套餐", "畅聊 5 GB · 30天"),
            ("到账内容", "5 GB 流量、300分钟加拿大境内通话、200条短信"),
            ("生效", "2026年12月1日，现套餐到期后自动生效"),
            ("新的到期日", "2026年12月31日 23:59（多伦多时间）"),
        ]),
        items: pairs(&[("畅聊 5 GB · 30天", "CA$30.00"), ("安大略省合并销售税 HST 13%", "CA$3.90")]),
        total: ("实付".to_owned(), "CA$33.90".to_owned()),
        payment: "微信支付 ¥176.28，2026年11月22日 12:04 付款成功".to_owned(),
        terms: terms(&[
            ("没有到账怎么办", "充值24小时内未到账，全额原路退款，无需寄送任何材料：凭上方查询号写信或来电即可。"),
            ("退款", "已到账的充值无法撤回。因我方差错充到其他号码的，由您选择全额退款或重新充值。"),
            ("投诉", "请先告诉我们，两个工作日内答复。协商不成，可向加拿大电信电视服务投诉委员会（CCTS）免费投诉：1-888-221-1687。"),
        ]),
        qr: QrBlock { url: "https://farline.example/r/R-2026-000123".to_owned(), caption: "在线查看这张收据".to_owned() },
        sandbox: Some("沙盒 · 未发生真实付款".to_owned()),
        verify_hint: "本文件带有数字签名，断网也能核验真伪：farline verify 收据.pdf，显示的密钥应与下面一致。".to_owned(),
        ..english()
    }
}

/// A document of many facts and long terms.
pub(crate) fn long() -> Document {
    let mut document = english();
    for number in 1..=30 {
        document.facts.push((format!("Fact {number}"), format!("value-{number} of a long list")));
    }
    for number in 1..=12 {
        document.terms.push(Paragraph {
            heading: None,
            text: format!(
                "Clause {number}. {} Here clause {number} ends.",
                "The words go on for a good while. ".repeat(12)
            ),
        });
    }
    document
}
