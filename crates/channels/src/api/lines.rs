//! `GET /api/v1/lines/{number}/plans`

use super::problem::{ApiProblem, Asker};
use super::shapes::{AllowanceShape, LineShape, OperatorShape, PlanShape, PlansAnswer};
use crate::web::limits::{self, LOOK_UP, UNKNOWN_NUMBER};
use crate::web::{Address, Caller, Channels};
use axum::Json;
use axum::extract::{Path, Query, State};
use farline_app::catalog::{Audience, OfferTile, offers};
use farline_app::ports::lines::LineView;
use farline_app::wording::{masked, reason, starts};
use farline_app::{App, Problem, ProblemCode, accounts, lines, quotes, suppliers};
use farline_domain::catalog::{Allowance, Need, Operator, TimeWindow, Validity};
use farline_domain::kernel::{AccountId, LineId};
use farline_domain::orders::Stage;
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// What can be said about the plans wanted.
#[derive(Debug, Deserialize)]
pub struct PlansQuery {
    need: Option<String>,
}

/// The plans for a line.
#[utoipa::path(get, path = "/api/v1/lines/{number}/plans", tag = "renew",
    params(
        ("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven"),
        ("need" = Option<String>, Query, description = "data, calls or keep"),
    ),
    responses(
        (status = 200, body = PlansAnswer),
        (status = 404, description = "No such line; rate-limited"),
        (status = 422, description = "Not a number"),
        (status = 429, description = "Too often"),
    ))]
pub async fn plans(
    State(channels): State<Channels>,
    (asker, address, caller): (Asker, Address, Caller),
    Path(number): Path<String>,
    Query(query): Query<PlansQuery>,
) -> Result<Json<PlansAnswer>, ApiProblem> {
    let from = (&address, &caller);
    let answer = answer(&channels, &asker, (from, &number), query.need.as_deref());
    answer.await.map(Json).map_err(|problem| asker.problem(problem))
}

/// Finds a line for a stranger: every look-up counts, unknown numbers count more.
pub(crate) async fn find(
    channels: &Channels,
    address: &Address,
    number: &str,
) -> Result<LineId, Problem> {
    limits::check(channels, LOOK_UP, address).await?;
    match lines::find(&channels.app, number).await {
        Err(problem) if problem.code == ProblemCode::UnknownLine => {
            limits::check(channels, UNKNOWN_NUMBER, address).await?;
            Err(problem)
        }
        found => found,
    }
}

async fn answer(
    channels: &Channels,
    asker: &Asker,
    ((address, caller), number): ((&Address, &Caller), &str),
    need: Option<&str>,
) -> Result<PlansAnswer, Problem> {
    let account = caller.if_account()?;
    let unknown_need = || Problem::of(ProblemCode::FieldInvalid).in_field("need");
    let need = need.map(|need| Need::parse(need).ok_or_else(unknown_need)).transpose()?;
    let app = &channels.app;
    let id = find(channels, address, number).await?;
    let view = lines::find::view(app, id).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    suppliers::may_sell(app, operator, suppliers::Wanted::Any).await?;
    let now = app.now();
    let known = known(app, account, (&view, operator)).await?;
    let audience = known
        .as_ref()
        .map_or(Audience::Stranger, |(outlook, last)| Audience::Holder(outlook, last.as_deref()));
    let province = quotes::province_of(&view.line);
    let promoted = quotes::of_themselves(app, &catalogue, (id, account)).await?;
    let tiles = offers((&catalogue, &view.line, &promoted), need, province, (audience, now))?;
    let words = Words::of(asker.language);
    let today = operator.lifecycle.today(now);
    Ok(PlansAnswer {
        line: LineShape {
            masked: masked(&view.line),
            operator: OperatorShape { id: operator.code.to_string(), name: operator.name.clone() },
        },
        plans: tiles.iter().map(|tile| plan(tile, words, today)).collect(),
    })
}

/// How many of a line's orders are looked through for the plan bought last.
const LAST_ORDERS: u32 = 20;

/// What a caller with rights to the line may know of it: how it fares, and the plan bought last.
async fn known(
    app: &App,
    account: Option<AccountId>,
    (view, operator): (&LineView, &Operator),
) -> Result<Option<(lines::Outlook, Option<String>)>, Problem> {
    let Some(account) = account else { return Ok(None) };
    if accounts::rights(app, account, view.line.id).await?.is_none() {
        return Ok(None);
    }
    let outlook = lines::outlook(app, view, &operator.lifecycle).await?;
    let orders = app.store.orders_of_line(view.line.id, None, LAST_ORDERS).await?;
    let last = orders.iter().find(|order| order.state.stage() == Stage::Delivered);
    Ok(Some((outlook, last.map(|order| order.offer.plan.to_string()))))
}

fn plan(tile: &OfferTile, words: &Words, today: Date) -> PlanShape {
    let plan = &tile.plan;
    PlanShape {
        id: plan.code.to_string(),
        name: plan.name.get(words.language()).to_owned(),
        price: plan.price.into(),
        total: tile.price.as_ref().map(|price| price.total.into()),
        allowances: plan.allowances.iter().map(allowance).collect(),
        validity_days: validity_days(plan.validity, today),
        start_rule: plan.start_rule.code(),
        starts: starts(words, plan.start_rule),
        recommended: tile.recommended.is_some(),
        reason: tile.recommended.as_ref().map(|why| reason(words, why)),
    }
}

pub(crate) fn allowance(allowance: &Allowance) -> AllowanceShape {
    AllowanceShape {
        kind: allowance.kind.code(),
        amount: allowance.units.count(),
        unit: allowance.kind.unit().code(),
        zone: allowance.zone.to_string(),
        window: allowance.window.map(window),
    }
}

/// `22:00-06:00`
pub(super) fn window(window: TimeWindow) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{}-{}", clock(window.from_minute), clock(window.until_minute))
}

/// How many days a plan lasts that starts today: a month's length depends on the month.
pub(crate) fn validity_days(validity: Validity, today: Date) -> i64 {
    match validity {
        Validity::Days(days) => i64::from(days),
        Validity::Months(months) => {
            let end = today.saturating_add(i64::from(months).months());
            today.until(end).map_or(0, |span| i64::from(span.get_days()))
        }
    }
}
