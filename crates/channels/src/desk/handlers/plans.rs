//! What is sold, at what price, and from when.

use super::order::{acting, amount_in};
use super::orders::moment;
use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{PlanLine, PlanPage, PlanPricePage, PlansPage, PriceForm, Sale, SeenIn};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::present;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::catalog::{OfferTile, PlanSeen, change};
use farline_app::ports::PublishedVersion;
use farline_app::{Problem, ProblemCode};
use farline_domain::catalog::{Catalogue, Operator, Plan, price};
use farline_domain::kernel::{Language, Money, Province};
use farline_domain::staff::Deed;
use farline_texts::Words;
use jiff::civil::Date;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct PlanPath {
    plan: String,
}

/// `?price=` and `from=` of a price to look at; `?done=`: what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct PlanQuery {
    price: Option<String>,
    from: Option<String>,
    done: Option<String>,
}

/// What can have been done, each with a text of its own.
const DEEDS: [&str; 4] = ["price", "withdrawn", "stopped", "resumed"];

/// `GET /{language}/desk/plans`
pub async fn list(here: Here) -> Response {
    if let Err(problem) = here.may(Deed::SeePlans) {
        return here.problem(&problem);
    }
    let catalogue = here.frame.channels().app.store.catalogue();
    let operators = catalogue.operators.values();
    let operators =
        operators.map(|operator| (operator.name.clone(), lines(&here, &catalogue, operator)));
    let operators = operators.filter(|(_, plans)| !plans.is_empty()).collect();
    html(StatusCode::OK, &PlansPage { layout: here.layout(Section::Plans), operators })
}

fn lines(here: &Here, catalogue: &Catalogue, operator: &Operator) -> Vec<PlanLine> {
    let words = here.frame.words();
    let today = operator.lifecycle.today(here.frame.channels().app.now());
    let codes = catalogue.plans.values().filter(|plan| plan.operator == operator.code);
    let in_force = codes.filter_map(|plan| catalogue.in_force(&plan.code, today));
    let mut plans: Vec<&Plan> = in_force.collect();
    plans.sort_by_key(|plan| plan.rank);
    let line = |plan: &Plan| PlanLine {
        address: here.href(&format!("desk/plans/{}", plan.code)),
        name: plan.name.get(words.language()).to_owned(),
        gets: present::gets_and_lasts(words, catalogue, plan),
        price: amount(words, plan.price),
        sale: sale(here, catalogue, (plan, today)),
        coming: catalogue
            .coming_after(&plan.code, today)
            .into_iter()
            .map(|coming| price_from(words, coming))
            .collect(),
    };
    plans.into_iter().map(line).collect()
}

fn amount(words: &Words, money: Money) -> String {
    words.money(money.minor, money.currency.code())
}

/// `CA$35.00 from December 1, 2026`
fn price_from(words: &Words, plan: &Plan) -> String {
    let from = plan.sold_from.map(|from| words.date(from)).unwrap_or_default();
    let price = amount(words, plan.price);
    words.say_with("plans-from", &[("price", price.into()), ("date", from.into())])
}

fn sale(here: &Here, catalogue: &Catalogue, (plan, today): (&Plan, Date)) -> Sale {
    let words = here.frame.words();
    if let Some(since) = catalogue.stopped.get(&plan.code) {
        let time = moment(here, *since).into();
        return Sale::Stopped(words.say_with("plans-stopped", &[("time", time)]));
    }
    let dated = |key: &str, date: Date| {
        Sale::NotNow(words.say_with(key, &[("date", words.date(date).into())]))
    };
    match (plan.sold_from, plan.sold_until) {
        (Some(from), _) if from > today => dated("plans-not-begun", from),
        (_, Some(until)) if until < today => dated("plans-over", until),
        _ => Sale::Sold(words.say("plans-sold")),
    }
}

/// `GET /{language}/desk/plans/{plan}`; with a price and a day, what that would be.
pub async fn show(
    here: Here,
    Path(path): Path<PlanPath>,
    Query(query): Query<PlanQuery>,
) -> Response {
    let seen = match see(&here, &path).await {
        Ok(seen) => seen,
        Err(problem) => return here.problem(&problem),
    };
    if query.price.is_none() && query.from.is_none() {
        let mut page = page(&here, &seen, &query, "");
        let done = DEEDS.into_iter().find(|deed| query.done.as_deref() == Some(deed));
        page.layout.notice = done.map(|deed| page.layout.say(format!("plans-done-{deed}")));
        return html(StatusCode::OK, &page);
    }
    match preview(&here, &seen, &query) {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => refused(&here, (&seen, &query, ""), &problem),
    }
}

async fn see(here: &Here, path: &PlanPath) -> Result<PlanSeen, Problem> {
    change::see(&here.frame.channels().app, &acting(here), &path.plan).await
}

fn page(here: &Here, seen: &PlanSeen, typed: &PlanQuery, reason: &str) -> PlanPage {
    let (words, plan) = (here.frame.words(), &seen.plan);
    let catalogue = here.frame.channels().app.store.catalogue();
    let coming = catalogue.coming_after(&plan.code, seen.today).into_iter();
    let may_change = here.member.roles.may(Deed::ChangePlans);
    PlanPage {
        layout: here.layout(Section::Plans),
        code: plan.code.to_string(),
        name: plan.name.get(words.language()).to_owned(),
        version: version(words, plan),
        sale: sale(here, &catalogue, (plan, seen.today)),
        seen: seen_in(here, &catalogue, (plan, seen)),
        coming: coming.map(|coming| (price_from(words, coming), coming.version)).collect(),
        versions: seen.versions.iter().map(|one| told(here, seen, one)).collect(),
        form: may_change.then(|| PriceForm {
            currency: plan.price.currency.code().to_owned(),
            price: typed.price.clone().unwrap_or_default(),
            from: typed.from.clone().unwrap_or_default(),
            today: seen.today.to_string(),
            reason: reason.to_owned(),
        }),
    }
}

fn version(words: &Words, plan: &Plan) -> String {
    words.say_with("plans-version", &[("version", i64::from(plan.version).into())])
}

/// A version: which, with its price, and what became of it.
fn told(here: &Here, seen: &PlanSeen, one: &PublishedVersion) -> (String, String) {
    let (words, plan) = (here.frame.words(), &one.plan);
    let at = |key: &str, at| words.say_with(key, &[("time", moment(here, at).into())]);
    let comes = plan.sold_from.filter(|from| *from > seen.today);
    let became = match (one.withdrawn_at, comes) {
        (Some(withdrawn), Some(_)) => at("plans-version-withdrawn", withdrawn),
        _ if plan.version == seen.plan.version => words.say("plans-version-now"),
        (None, Some(from)) => {
            words.say_with("plans-version-coming", &[("date", words.date(from).into())])
        }
        (_, None) => words.say("plans-version-before"),
    };
    let which = words.dot(&[version(words, plan), amount(words, plan.price)]);
    (which, words.dot(&[became, at("plans-version-published", one.published_at)]))
}

/// A plan as customers see it, with the taxes of the first province that we sell in and have taxes for.
fn seen_in(here: &Here, catalogue: &Catalogue, (plan, seen): (&Plan, &PlanSeen)) -> SeenIn {
    let words = here.frame.words();
    let day = plan.sold_from.map_or(seen.today, |from| from.max(seen.today));
    let taxes = (&catalogue.taxes, seen.operator.levies);
    let in_province = |province: &Province| {
        price(plan, &[], taxes, *province, day).ok().map(|price| (*province, price))
    };
    let priced = here.frame.channels().app.business.provinces.iter().find_map(in_province);
    let province = priced.as_ref().map(|(province, _)| {
        let name = words.say(&format!("province-{}", province.code().to_lowercase()));
        words.say_with("plans-tax-of", &[("province", name.into())])
    });
    let tile = OfferTile {
        plan: plan.clone(),
        price: priced.map(|(_, price)| price),
        promotions: Vec::new(),
        recommended: None,
        last_bought: false,
        renewal: None,
        gap: None,
        spare: None,
    };
    let in_language =
        |language: Language| (language, present::tile(Words::of(language), catalogue, &tile));
    SeenIn { taxes: province, tiles: Language::ALL.into_iter().map(in_language).collect() }
}

/// The price and the day that were typed.
fn wish(seen: &PlanSeen, (price, from): (&str, &str)) -> Result<(Money, Date), Problem> {
    let wrong = |field| Problem::of(ProblemCode::FieldInvalid).in_field(field);
    let price = amount_in(price, seen.plan.price.currency).ok_or_else(|| wrong("price"))?;
    Ok((price, from.parse().map_err(|_| wrong("from"))?))
}

fn preview(here: &Here, seen: &PlanSeen, query: &PlanQuery) -> Result<PlanPricePage, Problem> {
    here.may(Deed::ChangePlans)?;
    let typed = |field: &Option<String>| field.clone().unwrap_or_default().trim().to_owned();
    let (price, from) = (typed(&query.price), typed(&query.from));
    let wish = wish(seen, (&price, &from))?;
    let app = &here.frame.channels().app;
    let plan = change::at_price(app, seen, wish)?;
    let (words, catalogue) = (here.frame.words(), app.store.catalogue());
    let before = catalogue.in_force(&plan.code, wish.1).unwrap_or(&seen.plan);
    let old_and_new =
        [("new", amount(words, plan.price).into()), ("old", amount(words, before.price).into())];
    let which = [
        ("date", words.date(wish.1).into()),
        ("plan", plan.name.get(words.language()).to_owned().into()),
        ("version", i64::from(plan.version).into()),
    ];
    let overtaken = catalogue.coming_after(&plan.code, wish.1).into_iter().map(|coming| {
        let from = coming.sold_from.map(|from| words.date(from)).unwrap_or_default();
        let what = [("price", amount(words, coming.price).into()), ("date", from.into())];
        words.say_with("plans-check-overtakes", &what)
    });
    let sentences = [words.say_with("plans-check-from", &which), words.say("plans-check-renewals")];
    Ok(PlanPricePage {
        layout: here.layout(Section::Plans),
        code: plan.code.to_string(),
        title: words.say_with("plans-check-title", &old_and_new),
        sentences: sentences.into_iter().chain(overtaken).collect(),
        seen: seen_in(here, &catalogue, (&plan, seen)),
        wish: (price, from, plan.version - 1),
    })
}

/// The plan's page with what is wrong, and what was typed.
fn refused(
    here: &Here,
    (seen, query, reason): (&PlanSeen, &PlanQuery, &str),
    problem: &Problem,
) -> Response {
    if problem.deed.is_some() || problem.code == ProblemCode::NotFound {
        return here.problem(problem);
    }
    let mut page = page(here, seen, query, reason);
    page.layout.errors = vec![here.frame.error(problem, "")];
    html(status_of(problem.code.kind()), &page)
}

/// After a form: to the plan's page, which says what was done, or the same page with what is wrong.
async fn after(
    (here, path, fields): (&Here, &PlanPath, &Fields),
    (deed, done): (&str, Result<(), Problem>),
) -> Response {
    let problem = match done {
        Ok(()) => {
            let address = format!("desk/plans/{}?done={deed}", path.plan);
            return see_other(&here.href(&address));
        }
        Err(problem) => problem,
    };
    let query = PlanQuery { price: fields.given("price"), from: fields.given("from"), done: None };
    match see(here, path).await {
        Ok(seen) => refused(here, (&seen, &query, fields.get("reason")), &problem),
        Err(_) => here.problem(&problem),
    }
}

/// The number of a version, as a form has it. What is none is no version that anybody has seen.
fn version_in(fields: &Fields) -> u32 {
    fields.get("version").parse().unwrap_or_default()
}

/// `POST …/price`: sells it for another price from a day on.
pub async fn set_price(Path(path): Path<PlanPath>, Posted { here, fields }: Posted) -> Response {
    let set = async {
        here.may(Deed::ChangePlans)?;
        let seen = see(&here, &path).await?;
        let wish = wish(&seen, (fields.get("price"), fields.get("from")))?;
        let app = &here.frame.channels().app;
        change::set_price(app, &acting(&here), (&seen, version_in(&fields)), wish).await
    };
    let set = set.await;
    after((&here, &path, &fields), ("price", set)).await
}

/// `POST …/withdraw`: takes a price back that has not begun.
pub async fn withdraw(Path(path): Path<PlanPath>, Posted { here, fields }: Posted) -> Response {
    let which = (path.plan.as_str(), version_in(&fields));
    let app = &here.frame.channels().app;
    let done = change::withdraw(app, &acting(&here), which).await;
    after((&here, &path, &fields), ("withdrawn", done)).await
}

/// `POST …/stop`: sells it no more.
pub async fn stop(Path(path): Path<PlanPath>, Posted { here, fields }: Posted) -> Response {
    let why = (path.plan.as_str(), fields.get("reason"));
    let done = change::stop(&here.frame.channels().app, &acting(&here), why).await;
    after((&here, &path, &fields), ("stopped", done)).await
}

/// `POST …/resume`: sells it again.
pub async fn resume(Path(path): Path<PlanPath>, Posted { here, fields }: Posted) -> Response {
    let done = change::resume(&here.frame.channels().app, &acting(&here), &path.plan).await;
    after((&here, &path, &fields), ("resumed", done)).await
}
