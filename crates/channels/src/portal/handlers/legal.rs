//! Who sells, terms, privacy, complaints.

use super::frame::{Frame, html};
use super::problem;
use crate::portal::layout::Page;
use crate::portal::views::{AboutPage, Ccts, ComplaintsPage, PrivacyPage, TermsPage};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::wording::province as province_name;
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{Msisdn, Province};

/// `GET /{language}/about`
pub async fn about(frame: Frame) -> Response {
    show(&frame, || AboutPage { layout: frame.layout(), provinces: provinces(&frame) })
}

/// `GET /{language}/terms`
pub async fn terms(frame: Frame) -> Response {
    let business = &frame.channels().app.business;
    let version = business.terms_version.clone();
    let since = version
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| version.clone(), |date| frame.words().date(date));
    let sections = business.terms(frame.words());
    show(&frame, || TermsPage { layout: frame.layout(), version, since, sections })
}

/// `GET /{language}/privacy`
pub async fn privacy(frame: Frame) -> Response {
    show(&frame, || PrivacyPage { layout: frame.layout() })
}

/// `GET /{language}/complaints`
pub async fn complaints(frame: Frame) -> Response {
    let complaints = &frame.channels().app.business.complaints;
    let ccts = Ccts {
        phone: complaints.ccts_phone.clone(),
        phone_e164: Msisdn::parse(&complaints.ccts_phone).map(String::from).unwrap_or_default(),
        website: complaints.ccts_website.trim_start_matches("https://").to_owned(),
        address: complaints.ccts_address.clone(),
    };
    let steps = complaints.steps(frame.words());
    show(&frame, || ComplaintsPage { layout: frame.layout(), steps, ccts })
}

/// The page, in a language that we have.
fn show<P: Page>(frame: &Frame, page: impl FnOnce() -> P) -> Response {
    match frame.named {
        Some(_) => html(StatusCode::OK, &page()),
        None => problem::page(frame, &Problem::of(ProblemCode::NotFound)),
    }
}

/// Where the business sells.
fn provinces(frame: &Frame) -> String {
    let (words, provinces) = (frame.words(), &frame.channels().app.business.provinces);
    if Province::ALL.iter().all(|province| provinces.contains(province)) {
        return words.say("about-everywhere");
    }
    let names: Vec<String> = provinces.iter().map(|one| province_name(words, *one)).collect();
    words.list(&names)
}
