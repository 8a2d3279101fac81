//! Sample data of the desk's pages about plans.

use super::desk_samples::at_the_desk;
use super::samples::{pick, wrong};
use farline_channels::desk::layout::Section;
use farline_channels::desk::views::*;
use farline_channels::portal::layout::Page;
use farline_channels::portal::views::PlanTile;
use farline_domain::kernel::Language;
use farline_texts::Words;

fn name(language: Language) -> String {
    pick(language, ["Data 5 GB", "Données 5 Go", "流量 5 GB"])
}

fn sale(language: Language) -> Sale {
    Sale::Sold(Words::of(language).say("plans-sold"))
}

fn stopped(language: Language) -> Sale {
    Sale::Stopped(Words::of(language).say_with("plans-stopped", &[("time", "14:02".into())]))
}

fn coming(language: Language) -> String {
    let words = Words::of(language);
    let what = [("price", words.money(4150, "CAD").into()), ("date", "2026-12-15".into())];
    words.say_with("plans-from", &what)
}

fn seen(language: Language) -> SeenIn {
    let tile = |language: Language| {
        let words = Words::of(language);
        let tile = PlanTile {
            id: "maplewave-5gb".to_owned(),
            name: name(language),
            tag: None,
            gets: "5 GB".to_owned(),
            lasts: words.days(30),
            starts: pick(language, ["starts at once", "commence tout de suite", "立即生效"]),
            price: words.money(2825, "CAD"),
            tax_note: words.say_with("tile-includes", &[("taxes", "HST 13%".into())]),
            promotion: None,
            reason: None,
            caution: None,
        };
        (language, tile)
    };
    let words = Words::of(language);
    let province = words.say("province-on").into();
    SeenIn {
        taxes: Some(words.say_with("plans-tax-of", &[("province", province)])),
        tiles: Language::ALL.into_iter().map(tile).collect(),
    }
}

fn plan(language: Language, sale: Sale, form: Option<PriceForm>) -> PlanPage {
    let words = Words::of(language);
    let version = |number: i64| words.say_with("plans-version", &[("version", number.into())]);
    PlanPage {
        layout: at_the_desk(language, "/desk/plans/maplewave-5gb", Section::Plans),
        code: "maplewave-5gb".to_owned(),
        name: name(language),
        version: version(1),
        sale,
        seen: seen(language),
        coming: vec![(coming(language), 2)],
        versions: vec![
            (version(2), words.say_with("plans-version-coming", &[("date", "2026-12-15".into())])),
            (version(1), words.say("plans-version-now")),
        ],
        form,
    }
}

fn form(price: &str) -> PriceForm {
    PriceForm {
        currency: "CAD".to_owned(),
        price: price.to_owned(),
        from: String::new(),
        today: "2026-11-29".to_owned(),
        reason: String::new(),
    }
}

fn price(language: Language) -> PlanPricePage {
    let words = Words::of(language);
    let (new, old) = (words.money(4150, "CAD"), words.money(2500, "CAD"));
    PlanPricePage {
        layout: at_the_desk(language, "/desk/plans/maplewave-5gb", Section::Plans),
        code: "maplewave-5gb".to_owned(),
        title: words.say_with("plans-check-title", &[("new", new.into()), ("old", old.into())]),
        sentences: vec![
            words.say_with(
                "plans-check-from",
                &[
                    ("date", "2026-12-15".into()),
                    ("plan", name(language).into()),
                    ("version", 2_i64.into()),
                ],
            ),
            words.say("plans-check-renewals"),
        ],
        seen: seen(language),
        wish: ("41.50".to_owned(), "2026-12-15".to_owned(), 1),
    }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let list = |operators| PlansPage {
        layout: at_the_desk(language, "/desk/plans", Section::Plans),
        operators,
    };
    let line = |sale: Sale| PlanLine {
        address: format!("/{}/desk/plans/maplewave-5gb", language.path()),
        name: name(language),
        gets: words.days(30),
        price: words.money(2500, "CAD"),
        sale,
        coming: vec![coming(language)],
    };
    let lines = vec![line(sale(language)), line(stopped(language))];
    let mut refused = plan(language, sale(language), Some(form("forty")));
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "price",
        ["Write the amount in digits.", "Écrivez le montant en chiffres.", "请用数字填写金额。"],
    );
    let pages = [
        ("desk-plans", list(vec![("Maplewave".to_owned(), lines)]).html()),
        ("desk-plans-none", list(Vec::new()).html()),
        ("desk-plan", plan(language, sale(language), Some(form(""))).html()),
        ("desk-plan-stopped", plan(language, stopped(language), Some(form(""))).html()),
        ("desk-plan-refused", refused.html()),
        ("desk-plan-seen", plan(language, sale(language), None).html()),
        ("desk-plan-price", price(language).html()),
    ];
    pages.map(|(name, page)| (name.to_owned(), page)).into()
}
