//! The card of a verified caller: what is left, three plans that fit, what is open, notes.

use super::{head, notes, time, verify};
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{CallCardPage, FittingPlan, OpenOrder, ShownNote};
use crate::portal::charts::life_line;
use crate::portal::handlers::account::present as account;
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present;
use crate::portal::layout::FieldError;
use crate::portal::views::{Bucket, Days};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::accounts::lines::Balance;
use farline_app::hotline::advise::{Advice, Fit, Fitting};
use farline_app::hotline::{advise as advised, calls};
use farline_app::ports::lines::LineView;
use farline_app::suppliers::Selling;
use farline_app::{App, Problem, ProblemCode, lines};
use farline_domain::catalog::Catalogue;
use farline_domain::hotline::{Call, Gravity};
use farline_domain::orders::{Order, OrderState};
use farline_texts::Words;
use serde_json::json;

/// Octets in a tenth of a gigabyte: what is an estimate need not look exact.
const TENTH: i64 = 100_000_000;

/// The page of a verified caller's card.
pub(super) async fn page(here: &Here, call: &Call, errors: Vec<FieldError>) -> Response {
    match view(here, call).await {
        Ok(mut page) => {
            let status =
                if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            page.layout.errors = errors;
            html(status, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

async fn view(here: &Here, call: &Call) -> Result<CallCardPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    // Written down first: a look that cannot be written down does not take place.
    calls::record(app, call, ("see_card", json!({}))).await?;
    let view = lines::find::view(app, call.line).await?;
    let card = shown(here, &view).await?;
    let proof = call.proof.ok_or(Problem::of(ProblemCode::NotVerified))?;
    let mut layout = here.layout(Section::Desk);
    layout.page.path = verify::page_path(call);
    Ok(CallCardPage {
        layout,
        head: head(here, call).await?,
        number: card.number,
        verified: words.say(&format!("desk-verified-{}", proof.way.code().replace('_', "-"))),
        days: card.days,
        life_svg: card.life_svg,
        buckets: card.buckets,
        pace: card.pace,
        open: newest_open(app, &view).await?.map(|order| open_order(here, &order)),
        is_paused: card.is_paused,
        plans: card.plans,
        seen: mark_text(&view),
        notes: card.notes,
        can_keep_document: app.desk.identity_documents
            && call.is_verified(Gravity::Grave, app.now()),
    })
}

/// A card as it is shown to whoever may see it.
pub(in crate::desk::handlers) struct ShownCard {
    /// The number in full.
    pub(in crate::desk::handlers) number: String,
    /// The time left.
    pub(in crate::desk::handlers) days: Option<Days>,
    /// The line of its life.
    pub(in crate::desk::handlers) life_svg: String,
    /// What is left.
    pub(in crate::desk::handlers) buckets: Vec<Bucket>,
    /// How long data lasts at the present pace.
    pub(in crate::desk::handlers) pace: String,
    /// Whether nothing of its operator is sold at present.
    pub(in crate::desk::handlers) is_paused: bool,
    /// The plans that fit.
    pub(in crate::desk::handlers) plans: Vec<FittingPlan>,
    /// Notes, the newest first.
    pub(in crate::desk::handlers) notes: Vec<ShownNote>,
}

/// Words a card. Whoever calls this has written down that it is looked at.
pub(in crate::desk::handlers) async fn shown(
    here: &Here,
    view: &LineView,
) -> Result<ShownCard, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let advice = advised(app, view, operator).await?;
    let (now, zone) = (app.now(), operator.lifecycle.zone.clone());
    let at = (operator, now);
    let left = Balance { view: view.clone(), status: advice.outlook.status, zone };
    let life = account::life(words, &view.line, at);
    Ok(ShownCard {
        number: account::number(words, &view.line),
        days: account::days(words, &left, at),
        life_svg: life.map_or_else(String::new, |life| life_line::draw(&life)),
        buckets: account::buckets(words, view, at),
        pace: pace(words, &advice),
        is_paused: advice.selling == Selling::Paused,
        plans: advice.plans.iter().map(|plan| fitting(words, &catalogue, plan)).collect(),
        notes: notes::of_line(here, view.line.id).await?,
    })
}

/// How the card stands, for the form that orders: it says what the agent saw.
fn mark_text(view: &LineView) -> String {
    let newest = view.mark.newest_order.map(|order| order.to_string()).unwrap_or_default();
    format!("{newest}~{}", view.mark.buckets)
}

fn pace(words: &Words, advice: &Advice) -> String {
    let outlook = &advice.outlook;
    let date = |key, date| words.say_with(key, &[("date", words.date_short(date).into())]);
    match (outlook.data_runs_out_on, outlook.data_runs_out.earliest) {
        (Some(on), earliest) => {
            let mut sentences = vec![date("desk-runs-out", on)];
            let early = earliest.filter(|early| *early < on);
            sentences.extend(early.map(|early| date("desk-runs-out-from", early)));
            words.sentences(&sentences)
        }
        (None, _) if outlook.data_per_day.is_zero() => words.say("desk-fit-nothing-to-go-by"),
        (None, Some(early)) => {
            words.sentences(&[words.say("desk-lasts"), date("desk-runs-out-from", early)])
        }
        (None, None) => words.say("desk-lasts"),
    }
}

fn fitting(words: &Words, catalogue: &Catalogue, plan: &Fitting) -> FittingPlan {
    let amount = |octets: i64| {
        let tenths = octets.saturating_add(TENTH / 2) / TENTH;
        ("used", words.data(tenths.max(1) * TENTH).into())
    };
    let (sentence, is_warning) = match plan.fit {
        Fit::NothingToGoBy => (words.say("desk-fit-nothing-to-go-by"), false),
        Fit::KeepsNumber => (words.say("desk-fit-keeps-number"), false),
        Fit::Fits(used) => (words.say_with("desk-fit-fits", &[amount(used)]), false),
        Fit::RunsOut(days) => {
            (words.say_with("desk-fit-runs-out", &[("days", words.days(days.max(1)).into())]), true)
        }
        Fit::TooMuch(used) => (words.say_with("desk-fit-too-much", &[amount(used)]), true),
    };
    FittingPlan { tile: present::tile(words, catalogue, &plan.tile), sentence, is_warning }
}

/// What is open on the card: a paid renewal under way, or one of the desk that waits for its payment.
pub(in crate::desk::handlers) async fn newest_open(
    app: &App,
    view: &LineView,
) -> Result<Option<Order>, Problem> {
    let orders = app.store.orders_of_line(view.line.id, None, 10).await?;
    Ok(orders.into_iter().find(|order| match order.state {
        OrderState::AwaitingPayment { until } => until > app.now() && order.assistance.is_some(),
        _ => order.is_unfinished(),
    }))
}

fn open_order(here: &Here, order: &Order) -> OpenOrder {
    let zone = here.frame.channels().app.desk.zone();
    OpenOrder {
        id: order.id.to_string(),
        reference: order.reference.to_string(),
        is_paid: order.is_unfinished(),
        since: order.history.first().map_or_else(String::new, |one| time(here, one.at, &zone)),
    }
}
