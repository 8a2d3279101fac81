//! A card that renews itself: the form in two steps, and its end.

mod amounts;
mod form;
pub mod standing;
mod when;

use self::form::{Card, Entered, PlannedQuery};
use super::super::frame::html;
use super::super::problem;
use super::session::{Sent, SignedIn};
use super::{on, shown};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{AutoRenewAgreePage, AutoRenewOffPage};
use crate::web::limits::{self, QUOTE};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::auto_renew::{
    Preview, TextShown, Wish, Yes, agree, end as end_auto_renew, preview, see,
};
use farline_app::{Problem, ProblemCode};

/// The amount shown as an example, in minor units.
const EXAMPLE: i64 = 3_000;

/// `GET /{language}/cards/{id}/auto-renew`
pub async fn show(
    here: SignedIn,
    Path((_, id)): Path<(String, String)>,
    Query(planned): Query<PlannedQuery>,
) -> Response {
    let page = async {
        let card = Card::open(&here, &id).await?;
        let entered = Entered::planned(&here, &card, &planned);
        form::page(&here, &card, entered, Vec::new()).await
    };
    shown(&here.frame, page.await)
}

/// `POST /{language}/cards/{id}/auto-renew`: what was chosen is shown as what it means; agreed to, it is turned on.
pub async fn send(Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let Sent { here, fields } = sent;
    let card = match Card::open(&here, &id).await {
        Ok(card) => card,
        Err(problem) => return problem::page(&here.frame, &problem),
    };
    let entered = Entered::sent(&here, &card, &fields);
    if fields.get("step") == "form" {
        return again(&here, &card, entered, Vec::new()).await;
    }
    let wish = match entered.wish(&here, &card).await {
        Ok(wish) => wish,
        Err(faults) => return again(&here, &card, entered, faults).await,
    };
    let is_agreed = fields.get("agree") == "yes";
    match fields.get("step") {
        "agree" if is_agreed => {
            let read = TextShown::of_this_version(fields.get("read").to_owned());
            let wish = Wish { yes: Yes::To(read), ..wish };
            turn_on(&here, &card, (entered, wish)).await
        }
        step => {
            let missing = Problem::of(ProblemCode::ConsentMissing).in_field("agree");
            let fault = (step == "agree").then(|| here.frame.error(&missing, "agree"));
            review(&here, &card, (entered, wish), fault).await
        }
    }
}

/// The form again, with what was entered and what is wrong with it.
async fn again(here: &SignedIn, card: &Card, entered: Entered, faults: Vec<Problem>) -> Response {
    let faults: Vec<Problem> = faults.into_iter().map(placed).collect();
    if let Some(other) = faults.iter().find(|fault| fault.field.is_none()) {
        return problem::page(&here.frame, other);
    }
    let status = faults.first().map_or(StatusCode::OK, |fault| status_of(fault.code.kind()));
    let errors = faults.iter().map(|fault| told(here, card, fault)).collect();
    match form::page(here, card, Some(entered), errors).await {
        Ok(page) => html(status, &page),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// What is wrong with a field, as the form says it: where an amount is wanted, with an example of one.
fn told(here: &SignedIn, card: &Card, fault: &Problem) -> FieldError {
    let field = fault.field.filter(|field| form::CAPS.contains(field));
    match (fault.code, field, card.operator()) {
        (ProblemCode::FieldInvalid, Some(field), Ok(operator)) => {
            let words = here.frame.words();
            let example = words.money(EXAMPLE, operator.currency.code());
            FieldError {
                field: field.to_owned(),
                message: words.say_with("cap-invalid", &[("amount", example.into())]),
            }
        }
        _ => here.frame.error(fault, "plan"),
    }
}

/// What the rules refuse, with the field that puts it right.
fn placed(fault: Problem) -> Problem {
    match (fault.field, fault.code) {
        (None, ProblemCode::CapsTooLow) => fault.in_field("cap_charge"),
        (None, ProblemCode::TriggerDoesNotFit) => fault.in_field("when"),
        (None, ProblemCode::NoPlanInService | ProblemCode::LineClosed) => fault.in_field("plan"),
        _ => fault,
    }
}

/// The second step: the words that are agreed to. Nothing is ticked.
async fn review(
    here: &SignedIn,
    card: &Card,
    (entered, wish): (Entered, Wish),
    fault: Option<FieldError>,
) -> Response {
    let channels = here.frame.channels();
    let seen = async {
        limits::check(channels, QUOTE, &here.frame.address).await?;
        preview(&channels.app, card.holder, wish).await
    };
    let preview = match seen.await {
        Ok(preview) => preview,
        Err(fault) => return again(here, card, entered, vec![fault]).await,
    };
    let unprocessable = status_of(ProblemCode::ConsentMissing.kind());
    let status = if fault.is_some() { unprocessable } else { StatusCode::OK };
    match agree_page(here, card, (&entered, preview), fault).await {
        Ok(page) => html(status, &page),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

async fn agree_page(
    here: &SignedIn,
    card: &Card,
    (entered, preview): (&Entered, Preview),
    fault: Option<FieldError>,
) -> Result<AutoRenewAgreePage, Problem> {
    let words = here.frame.words();
    let zone = &card.operator()?.lifecycle.zone;
    let mut layout = here.layout(Section::Cards);
    layout.errors.extend(fault);
    let mut carried = entered.carried();
    carried.push(("read", TextShown::of(&preview.text).fingerprint));
    Ok(AutoRenewAgreePage {
        layout,
        id: card.view.line.id.to_string(),
        nickname: card.name(here).await?,
        first: preview.first.map(|at| words.date_time_short(&at.in_zone(zone))),
        amount: words.money(preview.total.minor, preview.total.currency.code()),
        sentences: preview.sentences,
        loses: entered.loses(&here.frame.channels().app, card),
        carried,
    })
}

/// Agreed: the card's page says how it stands.
async fn turn_on(here: &SignedIn, card: &Card, (entered, wish): (Entered, Wish)) -> Response {
    let channels = here.frame.channels();
    let agreed = async {
        limits::check(channels, QUOTE, &here.frame.address).await?;
        agree(&channels.app, card.holder, wish.clone()).await
    };
    match agreed.await {
        Ok(()) => on(&here.frame, Ok(here.href(&format!("cards/{}", card.view.line.id)))),
        Err(fault) if fault.code == ProblemCode::ConsentOutdated => {
            let message = here.frame.words().say("auto-review-changed");
            let fault = FieldError { field: "agree".to_owned(), message };
            review(here, card, (entered, wish), Some(fault)).await
        }
        Err(fault) => again(here, card, entered, vec![fault]).await,
    }
}

/// `GET /{language}/cards/{id}/auto-renew/off`: says what ends.
pub async fn ask(here: SignedIn, Path((_, id)): Path<(String, String)>) -> Response {
    let page = async { off_page(&here, &Card::open(&here, &id).await?).await };
    shown(&here.frame, page.await)
}

async fn off_page(here: &SignedIn, card: &Card) -> Result<AutoRenewOffPage, Problem> {
    let app = &here.frame.channels().app;
    let seen = see(app, card.permitted).await?;
    let standing = seen.standing.as_ref();
    let (at, amount) = standing::next(here.frame.words(), &seen);
    Ok(AutoRenewOffPage {
        layout: here.layout(Section::Cards),
        id: card.view.line.id.to_string(),
        nickname: card.name(here).await?,
        next: at.map(|at| (at, amount)),
        is_charging: standing.is_some_and(|standing| standing.charging().is_some()),
    })
}

/// `POST /{language}/cards/{id}/auto-renew/off`
pub async fn end(Path((_, id)): Path<(String, String)>, Sent { here, .. }: Sent) -> Response {
    let ended = async {
        let card = Card::open(&here, &id).await?;
        end_auto_renew(&here.frame.channels().app, card.holder).await?;
        Ok(here.href(&format!("cards/{id}")))
    };
    on(&here.frame, ended.await)
}
