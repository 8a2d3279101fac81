//! What is given, what is left of it, and its end.

use super::order::acting;
use super::orders::moment;
use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{DeskPromotionsPage, PromotionForm, PromotionRow};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::promotions::currency_of;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::catalog::promote::{self, PromotionSeen, PromotionWish};
use farline_app::wording::{promotion_gives, promotion_terms};
use farline_app::{Problem, ProblemCode};
use farline_domain::catalog::{Catalogue, GivenBy, Promotion, Renewals, Showing, Stacking};
use farline_domain::kernel::{Language, Localized, Units};
use farline_domain::staff::Deed;
use jiff::civil::Date;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct PromotionPath {
    promotion: String,
}

/// `?done=`: what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct PromotionQuery {
    done: Option<String>,
}

/// What can have been done, each with a text of its own.
const DEEDS: [&str; 2] = ["created", "stopped"];

/// `GET /{language}/desk/promotions`
pub async fn list(here: Here, Query(query): Query<PromotionQuery>) -> Response {
    match page(&here, &Fields::default()).await {
        Ok(mut page) => {
            let done = DEEDS.into_iter().find(|deed| query.done.as_deref() == Some(deed));
            page.layout.notice =
                done.map(|deed| page.layout.say(format!("desk-promotions-done-{deed}")));
            html(StatusCode::OK, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

async fn page(here: &Here, typed: &Fields) -> Result<DeskPromotionsPage, Problem> {
    let app = &here.frame.channels().app;
    let seen = promote::see_all(app, &acting(here)).await?;
    let catalogue = app.store.catalogue();
    let may_change = here.member.roles.may(Deed::ChangePlans);
    Ok(DeskPromotionsPage {
        layout: here.layout(Section::Plans),
        promotions: seen.iter().map(|one| row(here, &catalogue, one)).collect(),
        form: may_change.then(|| PromotionForm::typed(|name| typed.get(name).to_owned())),
    })
}

fn row(here: &Here, catalogue: &Catalogue, seen: &PromotionSeen) -> PromotionRow {
    let (words, promotion) = (here.frame.words(), &seen.promotion);
    let (state, is_over) = state(here, catalogue, promotion);
    PromotionRow {
        code: promotion.code.to_string(),
        name: promotion.name.get(words.language()).to_owned(),
        gives: promotion_gives(words, promotion, currency_of(catalogue, promotion)),
        state,
        taken: taken(here, seen),
        terms: promotion_terms(words, promotion, catalogue),
        is_over,
    }
}

/// Whether it is given, in words, and whether it is over.
fn state(here: &Here, catalogue: &Catalogue, promotion: &Promotion) -> (String, bool) {
    let (words, now) = (here.frame.words(), here.frame.channels().app.now());
    if let Some(since) = promotion.stopped_at {
        let time = moment(here, since).into();
        return (words.say_with("desk-promotion-stopped", &[("time", time)]), true);
    }
    let dated = |key: &str, date: Date| words.say_with(key, &[("date", words.date(date).into())]);
    let today = catalogue.operators.values().map(|operator| operator.lifecycle.today(now)).min();
    match today {
        Some(today) if today < promotion.valid_from => {
            (dated("desk-promotion-coming", promotion.valid_from), false)
        }
        Some(today) if today > promotion.valid_until => {
            (dated("desk-promotion-over", promotion.valid_until), true)
        }
        Some(_) | None => (words.say("desk-promotion-running"), false),
    }
}

/// How often it was used and is held, and what is left; nothing, where it is not counted.
fn taken(here: &Here, seen: &PromotionSeen) -> Option<String> {
    let words = here.frame.words();
    if let (GivenBy::SingleUseCodes(count), None) = (seen.promotion.given_by, &seen.subject) {
        let count = i64::from(count).into();
        return Some(words.say_with("desk-promotion-codes", &[("count", count)]));
    }
    let whole = seen.subject.as_ref()?.whole;
    let (used, reserved) = (whole.used.count(), whole.reserved.count());
    let mut figures = vec![("used", used.into()), ("reserved", reserved.into())];
    let Some(limit) = seen.promotion.limit else {
        return Some(words.say_with("desk-promotion-used", &figures));
    };
    let left = limit.count().saturating_sub(used).saturating_sub(reserved).max(0);
    figures.extend([("left", left.into()), ("limit", limit.count().into())]);
    Some(words.say_with("desk-promotion-left", &figures))
}

/// `POST …`: makes one.
pub async fn create(Posted { here, fields }: Posted) -> Response {
    let created = async {
        here.may(Deed::ChangePlans)?;
        let app = &here.frame.channels().app;
        promote::create(app, &acting(&here), wish(&fields)?).await
    };
    let created = created.await;
    after((&here, &fields), ("created", created)).await
}

/// `POST …/{promotion}/stop`: ends one.
pub async fn stop(Path(path): Path<PromotionPath>, Posted { here, fields }: Posted) -> Response {
    let which = (path.promotion.as_str(), fields.get("reason"));
    let stopped = promote::stop(&here.frame.channels().app, &acting(&here), which).await;
    after((&here, &fields), ("stopped", stopped)).await
}

async fn after(
    (here, fields): (&Here, &Fields),
    (deed, done): (&str, Result<(), Problem>),
) -> Response {
    let problem = match done {
        Ok(()) => return see_other(&here.href(&format!("desk/promotions?done={deed}"))),
        Err(problem) => problem,
    };
    if problem.deed.is_some() || problem.code == ProblemCode::NotFound {
        return here.problem(&problem);
    }
    match page(here, fields).await {
        Ok(mut page) => {
            page.layout.errors = vec![here.frame.error(&problem, "")];
            html(status_of(problem.code.kind()), &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

fn wish(fields: &Fields) -> Result<PromotionWish, Problem> {
    let wrong = |field| Problem::of(ProblemCode::FieldInvalid).in_field(field);
    let day = |field| fields.get(field).trim().parse::<Date>().map_err(|_| wrong(field));
    let names =
        [("name_zh", Language::ZhCn), ("name_en", Language::EnCa), ("name_fr", Language::FrCa)];
    let mut name = std::collections::BTreeMap::new();
    for (field, language) in names {
        let text =
            fields.given(field).ok_or(Problem::of(ProblemCode::FieldMissing).in_field(field))?;
        name.insert(language, text);
    }
    let limit = |field| {
        let read = |text: String| text.trim().parse().ok().filter(|count| *count > 0);
        let Some(typed) = fields.given(field) else { return Ok(None) };
        let count: i64 = read(typed).ok_or_else(|| wrong(field))?;
        Units::new(count).map(Some).map_err(|_| wrong(field))
    };
    Ok(PromotionWish {
        code: fields.get("code").to_owned(),
        name: Localized::new(name).map_err(|_| wrong("name_en"))?,
        reduction: fields.get("reduction").to_owned(),
        days: (day("from")?, day("until")?),
        given_by: if fields.get("way") == "itself" { GivenBy::Itself } else { GivenBy::Code },
        renewals: if fields.get("who") == "first" { Renewals::First } else { Renewals::Every },
        stacking: if fields.get("with") == "others" {
            Stacking::WithOthers
        } else {
            Stacking::Alone
        },
        showing: if fields.get("shown") == "public" { Showing::Public } else { Showing::Hidden },
        limit: limit("limit")?,
        limit_per_line: limit("limit_line")?,
    })
}
