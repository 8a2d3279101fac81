//! Samples of the pages of shops' orders.

use super::samples::{layout, wrong};
use farline_channels::portal::layout::Page as _;
use farline_channels::portal::views::{RedeemCheckPage, RedeemPage, SellerLine, SellersPage};
use farline_domain::kernel::Language;
use farline_texts::Words;

pub(crate) fn pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let form = |layout, bought: &str, number: &str| RedeemPage {
        layout,
        bought: bought.to_owned(),
        number: number.to_owned(),
        samples: vec!["DEMN-STRN-CDEA-2222".to_owned(), "DEMN-STRN-CDEA-3333".to_owned()],
    };
    let unknown = words.say("problem-bought-unknown-detail");
    let unknown = [unknown.as_str(); 3];
    let error = wrong(layout(language, "/redeem"), "bought", unknown);
    let check = RedeemCheckPage {
        layout: layout(language, "/redeem"),
        bought: "190000000000000001".to_owned(),
        number: "4165550188".to_owned(),
        card: words.phone("+14165550188"),
        card_hint: words.dot(&["88".to_owned(), "Maplewave".to_owned()]),
        plan: "Maplewave 5 GB".to_owned(),
        gets: words.data(5_000_000_000),
        starts: words.say("start-rule-queue"),
        shop: "枫叶远游卡".to_owned(),
    };
    let seller = SellerLine {
        title: "枫叶远游卡".to_owned(),
        at: words.say("marketplace-taobao"),
        address: Some(("https://maple.example/".to_owned(), "maple.example".to_owned())),
    };
    let plain = SellerLine { title: "Harbour".to_owned(), at: String::new(), address: None };
    let sellers = |shops| SellersPage { layout: layout(language, "/sellers"), shops };
    vec![
        ("redeem".to_owned(), form(layout(language, "/redeem"), "", "").html()),
        ("redeem-error".to_owned(), form(error, "190000000000000009", "4165550188").html()),
        ("redeem-check".to_owned(), check.html()),
        ("sellers".to_owned(), sellers(vec![plain, seller]).html()),
        ("sellers-none".to_owned(), sellers(Vec::new()).html()),
    ]
}
