//! `/api/v1/lines/{number}/auto-renew`: how it stands, the text to agree to, agreeing, ending.

mod shapes;

pub use self::shapes::{
    AgreedShape, AgreementShape, AutoRenewShape, CapsShape, ConsentShape, GivenShape,
    StandingShape, TriggerShape, WishShape,
};

use self::shapes::{consent, stands};
use super::body::Body;
use super::orders::key_of;
use super::problem::{ApiProblem, Asker};
use super::quotes::created;
use crate::web::limits::{self, QUOTE};
use crate::web::{Address, Caller, Channels, Once, once};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use farline_app::accounts::{HolderOf, Permitted, permit_number};
use farline_app::auto_renew::{
    Wish, Yes, agree as agree_to, end as end_auto_renew, means_of, preview,
};
use farline_app::ports::records::RequestKey;
use farline_app::{Problem, ProblemCode};
use farline_domain::auto_renew::Trigger;
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::{AllowanceKind, Instant, Language, Province, Units};

/// How a line's auto-renew stands. Helpers see it, too; with what the holder pays, and what was agreed to, is the holder's to
/// know.
#[utoipa::path(get, path = "/api/v1/lines/{number}/auto-renew", tag = "auto-renew",
    params(("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven", example = "+14165550100")),
    security(("bearer" = [])),
    responses(
        (status = 200, body = AutoRenewShape),
        (status = 401, description = "Not signed in"),
        (status = 404, description = "No such line for this caller"),
    ))]
pub async fn see(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(number): Path<String>,
) -> Result<Json<AutoRenewShape>, ApiProblem> {
    let read = async {
        let permitted = permit_number(&channels.app, caller.account()?, &number).await?;
        stands(&channels.app, permitted, asker.language).await
    };
    read.await.map(Json).map_err(|problem| asker.problem(problem))
}

/// The text that would be agreed to, exactly as it would be kept, with what the caller repeats to agree to it. Nothing is turned on.
#[utoipa::path(post, path = "/api/v1/lines/{number}/auto-renew/consent", tag = "auto-renew",
    params(
        ("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven", example = "+14165550100"),
        ("Idempotency-Key" = String, Header, description = "1 to 255 characters"),
    ),
    request_body = WishShape,
    security(("bearer" = [])),
    responses(
        (status = 201, body = ConsentShape),
        (status = 400, description = "No usable Idempotency-Key, or an unreadable body"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The line's holder alone lets it renew itself"),
        (status = 404, description = "No such line for this caller"),
        (status = 409, description = "The line cannot be renewed, the saved method cannot be used now, or the key is in use"),
        (status = 422, description = "A wrong value, caps below the price, a plan that cannot renew itself then, or the key was used with another body"),
    ))]
pub async fn text(
    State(channels): State<Channels>,
    (asker, address, caller, headers): (Asker, Address, Caller, HeaderMap),
    Path(number): Path<String>,
    body: Body<WishShape>,
) -> Result<Response, ApiProblem> {
    let worded = async {
        let holder = of_holder(&channels, &caller, &number).await?.as_holder()?;
        let account = holder.account();
        let (scope, key) = (account.to_string(), key_of(&headers, Some(account))?);
        let request = RequestKey { scope: &scope, key, body_hash: body.hash };
        limits::check(&channels, QUOTE, &address).await?;
        once(&channels, request, async |_, _| {
            let wish = wish(&channels, holder, (body.value, &address)).await?;
            let language = wish.language;
            let shape = consent(preview(&channels.app, holder, wish).await?, language);
            Ok(Once { status: 201, body: serde_json::to_string(&shape).unwrap_or_default() })
        })
        .await
    };
    worded.await.map(created).map_err(|problem| asker.problem(problem))
}

/// Agrees: the line renews itself from now on, in place of what was agreed to before. It takes the version and the fingerprint of
/// the text that was read, and is confirmed in writing.
#[utoipa::path(put, path = "/api/v1/lines/{number}/auto-renew", tag = "auto-renew",
    params(
        ("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven", example = "+14165550100"),
        ("Idempotency-Key" = String, Header, description = "1 to 255 characters"),
    ),
    request_body = AgreementShape,
    security(("bearer" = [])),
    responses(
        (status = 200, body = AutoRenewShape, description = "It is on"),
        (status = 400, description = "No usable Idempotency-Key, or an unreadable body"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The line's holder alone lets it renew itself"),
        (status = 404, description = "No such line for this caller"),
        (status = 409, description = "The text is not the one that was agreed to any more, a renewal is in progress, the saved method cannot be used now, or the key is in use"),
        (status = 422, description = "Nothing says that the text was agreed to, a wrong value, or the key was used with another body"),
    ))]
pub async fn agree(
    State(channels): State<Channels>,
    (asker, address, caller, headers): (Asker, Address, Caller, HeaderMap),
    Path(number): Path<String>,
    body: Body<AgreementShape>,
) -> Result<Response, ApiProblem> {
    let agreed = async {
        let permitted = of_holder(&channels, &caller, &number).await?;
        let account = permitted.account();
        let (scope, key) = (account.to_string(), key_of(&headers, Some(account))?);
        let request = RequestKey { scope: &scope, key, body_hash: body.hash };
        limits::check(&channels, QUOTE, &address).await?;
        once(&channels, request, async |seed, at| {
            let said = (body.value, &address);
            turn_on(&channels, permitted, said, (seed, at)).await?;
            let shape = stands(&channels.app, permitted, asker.language).await?;
            Ok(Once { status: 200, body: serde_json::to_string(&shape).unwrap_or_default() })
        })
        .await
    };
    agreed.await.map(created).map_err(|problem| asker.problem(problem))
}

/// Ends it; where it has ended, it stays so. It is confirmed in writing.
#[utoipa::path(delete, path = "/api/v1/lines/{number}/auto-renew", tag = "auto-renew",
    params(("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven", example = "+14165550100")),
    security(("bearer" = [])),
    responses(
        (status = 200, body = AutoRenewShape, description = "It is off"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The line's holder alone ends it"),
        (status = 404, description = "No such line for this caller"),
    ))]
pub async fn end(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(number): Path<String>,
) -> Result<Json<AutoRenewShape>, ApiProblem> {
    let ended = async {
        let permitted = of_holder(&channels, &caller, &number).await?;
        end_auto_renew(&channels.app, permitted.as_holder()?).await?;
        stands(&channels.app, permitted, asker.language).await
    };
    ended.await.map(Json).map_err(|problem| asker.problem(problem))
}

/// The line of a caller who holds it. To others there is none; a helper is told that it takes the holder.
async fn of_holder(
    channels: &Channels,
    caller: &Caller,
    number: &str,
) -> Result<Permitted, Problem> {
    let permitted = permit_number(&channels.app, caller.account()?, number).await?;
    permitted.as_holder().map(|_| permitted)
}

async fn turn_on(
    channels: &Channels,
    permitted: Permitted,
    (body, address): (AgreementShape, &Address),
    seed: ([u8; 16], Instant),
) -> Result<(), Problem> {
    let holder = permitted.as_holder()?;
    let missing = || Problem::of(ProblemCode::ConsentMissing).in_field("agreed");
    let agreed = body.agreed.ok_or_else(missing)?;
    let wish = wish(channels, holder, (body.wish, address)).await?;
    let wish = Wish { yes: Yes::To(agreed.into()), seed: Some(seed), ..wish };
    agree_to(&channels.app, holder, wish).await
}

/// Reads what is wanted.
async fn wish(
    channels: &Channels,
    holder: HolderOf,
    (body, address): (WishShape, &Address),
) -> Result<Wish, Problem> {
    let refuse = |code, field| Problem::of(code).in_field(field);
    let plan = PlanCode::parse(&body.plan);
    let plan = plan.map_err(|_| refuse(ProblemCode::UnknownPlan, "plan"))?;
    let language = Language::parse(&body.language);
    let province = body.province.map(|code| {
        Province::parse(&code).ok_or_else(|| refuse(ProblemCode::ProvinceUnknown, "province"))
    });
    let trigger = trigger(body.trigger);
    Ok(Wish {
        plan,
        means: means_of(&channels.app, holder.account(), &body.pay_with).await?,
        trigger: trigger.ok_or_else(|| refuse(ProblemCode::FieldInvalid, "trigger"))?,
        caps: body.caps.into(),
        language: language.ok_or_else(|| refuse(ProblemCode::LanguageUnknown, "language"))?,
        province: province.transpose()?,
        yes: Yes::Missing,
        address: Some(address.0.clone()),
        seed: None,
    })
}

fn trigger(shape: TriggerShape) -> Option<Trigger> {
    Some(match shape {
        TriggerShape::BeforeExpiry { days } => Trigger::BeforeExpiry(days),
        TriggerShape::Cycle => Trigger::Cycle,
        TriggerShape::Below { allowance, amount } => {
            Trigger::Below(AllowanceKind::parse(&allowance)?, Units::new(amount).ok()?)
        }
    })
}
