//! What is given now.

use super::frame::{Frame, html};
use crate::portal::views::{PromotionLine, PromotionsPage};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::App;
use farline_app::wording::{promotion_gives, promotion_terms};
use farline_domain::catalog::{Catalogue, Promotion, Showing};
use farline_domain::kernel::Currency;
use jiff::civil::Date;

/// `GET /{language}/promotions`
pub async fn page(frame: Frame) -> Response {
    let app = &frame.channels().app;
    let (catalogue, words) = (app.store.catalogue(), frame.words());
    let shown = current(app, &catalogue).map(|promotion| PromotionLine {
        name: promotion.name.get(words.language()).to_owned(),
        gives: promotion_gives(words, promotion, currency_of(&catalogue, promotion)),
        terms: promotion_terms(words, promotion, &catalogue),
    });
    let promotions = shown.collect();
    html(StatusCode::OK, &PromotionsPage { layout: frame.layout_at("/promotions"), promotions })
}

/// The promotions that everybody is told of and that are given today, wherever an operator has that day.
pub fn current<'a>(
    app: &App,
    catalogue: &'a Catalogue,
) -> impl Iterator<Item = &'a Promotion> + use<'a> {
    let now = app.now();
    let days: Vec<_> =
        catalogue.operators.values().map(|operator| operator.lifecycle.today(now)).collect();
    catalogue.promotions.values().filter(move |promotion| {
        let is_given = |day: &Date| *day >= promotion.valid_from && !promotion.is_over_on(*day);
        promotion.showing == Showing::Public && days.iter().any(is_given)
    })
}

/// The currency in which credit of a promotion's bonus counts.
pub fn currency_of(catalogue: &Catalogue, promotion: &Promotion) -> Currency {
    let is_its = |code| promotion.plans.is_empty() || promotion.plans.contains(code);
    let plan = catalogue.plans.values().find(|plan| is_its(&plan.code));
    plan.map_or(Currency::CAD, |plan| plan.price.currency)
}
