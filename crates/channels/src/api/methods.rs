//! `GET /api/v1/methods` and `DELETE /api/v1/methods/{id}`: the saved methods of an account.

use super::problem::{ApiProblem, Asker};
use crate::web::{Caller, Channels};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use farline_app::methods::forget::{forget as forget_method, renewed_with};
use farline_app::methods::{self, Usable};
use farline_app::wording::auto_renew::saved_method;
use farline_app::{App, Problem, ProblemCode, lines};
use farline_domain::kernel::{AccountId, Instant, SavedMethodId};
use farline_texts::Words;
use serde::Serialize;
use utoipa::ToSchema;

/// The saved methods of an account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"methods": [{
    "id": "pm_06C3X1S4M0A0B1C2D3E4F5G6H",
    "kind": "credit",
    "label": "Visa ending in 4242",
    "expiry": "2030-04",
    "rests_until": null,
    "usable": true,
    "renews": ["+14165550100"],
}]}))]
pub struct MethodsShape {
    /// The oldest first.
    pub methods: Vec<MethodShape>,
}

/// A saved method. The provider has the card; this is what its owner recognises it by.
#[derive(Serialize, ToSchema)]
pub struct MethodShape {
    /// Its id: what `pay_with` takes.
    #[schema(example = "pm_06C3X1S4M0A0B1C2D3E4F5G6H")]
    pub id: String,
    /// `credit`, `debit`, `card`, `paypal` or another way to pay.
    #[schema(example = "credit")]
    pub kind: &'static str,
    /// What people call it, in the caller's language.
    #[schema(example = "Visa ending in 4242")]
    pub label: String,
    /// The month at whose end a card is good no longer, as `YYYY-MM`; null for what does not expire.
    #[schema(example = "2030-04")]
    pub expiry: Option<String>,
    /// Until when it rests, as something of the account changed; null if it does not.
    pub rests_until: Option<String>,
    /// Whether it can be charged now: it does not rest, has not expired, and was not refused for good.
    pub usable: bool,
    /// The lines that renew themselves with it, by number or ICCID: that ends when it is removed.
    #[schema(example = json!(["+14165550100"]))]
    pub renews: Vec<String>,
}

impl std::fmt::Debug for MethodShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MethodShape").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The caller's saved methods.
#[utoipa::path(get, path = "/api/v1/methods", tag = "account",
    security(("bearer" = [])),
    responses(
        (status = 200, body = MethodsShape),
        (status = 401, description = "Not signed in"),
    ))]
pub async fn mine(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
) -> Result<Json<MethodsShape>, ApiProblem> {
    let read = async {
        let (app, account) = (&channels.app, caller.account()?);
        let mut shapes = Vec::new();
        for usable in methods::mine(app, account).await? {
            let renews = renewed(app, account, usable.method.id).await?;
            shapes.push(shape(Words::of(asker.language), &usable, renews));
        }
        Ok(MethodsShape { methods: shapes })
    };
    read.await.map(Json).map_err(|problem: Problem| asker.problem(problem))
}

/// The lines that an account renews by itself with a method, as other calls take them.
async fn renewed(app: &App, account: AccountId, id: SavedMethodId) -> Result<Vec<String>, Problem> {
    let mut numbers = Vec::new();
    for line in renewed_with(app, account, id).await? {
        let line = lines::find::view(app, line).await?.line;
        let iccid = || line.iccid.as_str().to_owned();
        let number = line.msisdn.as_ref().map(|number| number.as_str().to_owned());
        numbers.push(number.unwrap_or_else(iccid));
    }
    Ok(numbers)
}

fn shape(words: &Words, usable: &Usable, renews: Vec<String>) -> MethodShape {
    let saved = &usable.method.saved;
    MethodShape {
        id: usable.method.id.to_string(),
        kind: saved.method.code(),
        label: saved_method(words, saved),
        expiry: saved.expiry.map(|expiry| format!("{:04}-{:02}", expiry.year, expiry.month)),
        rests_until: usable.held_until.map(Instant::rfc3339),
        usable: usable.is_usable(),
        renews,
    }
}

/// Removes a saved method. What renews itself with it stops doing so, which is confirmed in writing; then the provider forgets
/// it, then we do.
#[utoipa::path(delete, path = "/api/v1/methods/{id}", tag = "account",
    params(("id" = String, Path, description = "The method's id", example = "pm_06C3X1S4M0A0B1C2D3E4F5G6H")),
    security(("bearer" = [])),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "Not signed in"),
        (status = 404, description = "No such method of this caller's"),
        (status = 503, description = "The provider does not answer; the method is still kept"),
    ))]
pub async fn forget(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(id): Path<String>,
) -> Result<StatusCode, ApiProblem> {
    let forgotten = async {
        let account = caller.account()?;
        let unknown = || Problem::of(ProblemCode::NotFound);
        let id = SavedMethodId::parse(&id).ok_or_else(unknown)?;
        forget_method(&channels.app, account, id).await
    };
    forgotten.await.map(|()| StatusCode::NO_CONTENT).map_err(|problem| asker.problem(problem))
}
