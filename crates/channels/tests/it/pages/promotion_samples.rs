//! What is given: the page for everybody, and the desk's.

use super::desk_samples::at_the_desk;
use super::samples::{layout, limited, pick, wrong};
use farline_app::wording::{promotion_gives, promotion_terms};
use farline_channels::desk::layout::Section;
use farline_channels::desk::views::{DeskPromotionsPage, PromotionForm, PromotionRow};
use farline_channels::portal::layout::Page as _;
use farline_channels::portal::views::{PromotionLine, PromotionsPage};
use farline_domain::kernel::{Currency, Language};
use farline_testkit::catalogue;
use farline_texts::Words;

fn row(language: Language) -> PromotionRow {
    let (words, promotion) = (Words::of(language), limited());
    let date = words.date(promotion.valid_from);
    PromotionRow {
        code: promotion.code.to_string(),
        name: pick(language, ["Autumn sale", "Soldes d’automne", "秋季优惠"]),
        gives: promotion_gives(words, &promotion, Currency::CAD),
        state: words.say_with("desk-promotion-coming", &[("date", date.into())]),
        taken: Some(words.say_with(
            "desk-promotion-left",
            &[
                ("used", 12_i64.into()),
                ("reserved", 3_i64.into()),
                ("left", 485_i64.into()),
                ("limit", 500_i64.into()),
            ],
        )),
        terms: promotion_terms(words, &promotion, &catalogue()),
        is_over: false,
    }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let shown = row(language);
    let line = PromotionLine {
        name: shown.name.clone(),
        gives: shown.gives.clone(),
        terms: shown.terms.clone(),
    };
    let page = |promotions| PromotionsPage { layout: layout(language, "/promotions"), promotions };
    let desk = |promotions, form| DeskPromotionsPage {
        layout: at_the_desk(language, "/desk/promotions", Section::Plans),
        promotions,
        form,
    };
    let over = PromotionRow { is_over: true, taken: None, ..row(language) };
    let mut refused =
        desk(vec![row(language)], Some(PromotionForm::typed(|_| "autumn".to_owned())));
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "reduction",
        ["Write it like 10 %.", "Écrivez-le comme 10 %.", "请写成 10 %。"],
    );
    let pages = [
        ("promotions", page(vec![line]).html()),
        ("promotions-none", page(Vec::new()).html()),
        ("desk-promotions", desk(vec![row(language), over], Some(PromotionForm::default())).html()),
        ("desk-promotions-seen", desk(vec![row(language)], None).html()),
        ("desk-promotions-refused", refused.html()),
        ("desk-promotions-none", desk(Vec::new(), None).html()),
    ];
    pages.map(|(name, page)| (name.to_owned(), page)).into()
}
