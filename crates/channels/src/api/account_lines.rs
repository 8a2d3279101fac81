//! `GET /api/v1/lines`, and `…/{number}/balance` and `…/{number}/history`: for holders and helpers.

use super::lines::window;
use super::problem::{ApiProblem, Asker};
use super::shapes::{MoneyShape, OperatorShape};
use crate::web::{Caller, Channels};
use axum::Json;
use axum::extract::{Path, Query, State};
use farline_app::accounts::history::{Cursor, HistoryEntry, HistoryEvent};
use farline_app::accounts::lines::{Balance, MyLine};
use farline_app::accounts::{history as read_history, lines as account_lines, permit_number};
use farline_app::wording::masked;
use farline_app::{Problem, ProblemCode};
use farline_domain::balance::Bucket;
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{AllowanceKind, Instant, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Entries of a page of history, unless asked otherwise.
const PAGE: u32 = 20;
/// The most that can be asked for.
const MOST: u32 = 100;

/// The lines of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyLinesShape {
    /// Own and helped, the newest first.
    pub lines: Vec<MyLineShape>,
}

/// One line of an account.
#[derive(Serialize, ToSchema)]
pub struct MyLineShape {
    /// Its number in E.164; null for a data-only card.
    pub number: Option<String>,
    /// Its card number.
    pub iccid: String,
    /// Its number with most digits hidden.
    pub masked: String,
    /// What the account calls it; may be empty.
    pub nickname: String,
    /// Its operator.
    pub operator: OperatorShape,
    /// `holder` or `helper`.
    pub rights: &'static str,
    /// `inactive`, `active`, `grace`, `suspended` or `closed`.
    pub status: &'static str,
    /// The last moment of its last local day of service, with the offset of its zone.
    pub expires_at: Option<String>,
}

impl std::fmt::Debug for MyLineShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MyLineShape").field("masked", &self.masked).finish_non_exhaustive()
    }
}

/// What is left on a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceShape {
    /// `inactive`, `active`, `grace`, `suspended` or `closed`.
    pub status: &'static str,
    /// The last moment of its last local day of service, with the offset of its zone.
    pub expires_at: Option<String>,
    /// What it was granted, oldest first.
    pub buckets: Vec<BucketShape>,
}

/// An allowance granted to a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct BucketShape {
    /// `data`, `voice`, `messages` or `credit`.
    pub kind: &'static str,
    /// `octet`, `second`, `message` or `minor_unit`.
    pub unit: &'static str,
    /// Where it can be used.
    pub zone: String,
    /// When in the local day, as `HH:MM-HH:MM`; always, if null.
    pub window: Option<String>,
    /// How much was granted.
    pub granted: i64,
    /// How much of it is used.
    pub used: i64,
    /// How much of the rest sessions under way hold.
    pub reserved: i64,
    /// What is not used.
    pub remaining: i64,
    /// From when it can be used.
    pub valid_from: String,
    /// The last moment of the last local day of use; for ever, if null.
    pub valid_until: Option<String>,
    /// `paid` or `bonus`.
    pub origin: &'static str,
}

/// What can be said about the page wanted.
#[derive(Debug, Deserialize)]
pub struct HistoryQuery {
    after: Option<String>,
    limit: Option<u32>,
}

/// One page of a line's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryShape {
    /// Newest first.
    pub entries: Vec<HistoryEntryShape>,
    /// The `after` of the next page; null on the last.
    pub next: Option<String>,
}

/// One entry of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntryShape {
    /// When.
    pub at: String,
    /// What it was.
    #[serde(flatten)]
    pub event: HistoryEventShape,
}

/// What an entry of the history tells.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HistoryEventShape {
    /// An order, as it stands now.
    Order {
        /// Its id.
        id: String,
        /// What people read aloud.
        reference: String,
        /// Its state.
        state: &'static str,
        /// What is to be paid or was.
        total: MoneyShape,
    },
    /// What was used of one kind on one local date.
    Charge {
        /// The local date.
        date: String,
        /// Of what.
        allowance: &'static str,
        /// In which unit.
        unit: &'static str,
        /// How much.
        amount: i64,
    },
    /// Something granted, expired or taken back.
    Change {
        /// `grant`, `expire` or `take_back`.
        change: &'static str,
        /// Of what.
        allowance: &'static str,
        /// In which unit.
        unit: &'static str,
        /// How much.
        amount: i64,
    },
}

/// The caller's lines.
#[utoipa::path(get, path = "/api/v1/lines", tag = "account",
    security(("bearer" = [])),
    responses(
        (status = 200, body = MyLinesShape),
        (status = 401, description = "Not signed in"),
    ))]
pub async fn mine(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
) -> Result<Json<MyLinesShape>, ApiProblem> {
    let read = async {
        let mine = account_lines::mine(&channels.app, caller.account()?).await?;
        let catalogue = channels.app.store.catalogue();
        Ok(MyLinesShape { lines: mine.iter().map(|line| my_line(line, &catalogue)).collect() })
    };
    read.await.map(Json).map_err(|problem: Problem| asker.problem(problem))
}

/// The last moment of a local day, with the offset of its zone: the date stands in it as people know
/// it, and programs read an instant.
pub(super) fn last_moment(date: Date, zone: &Zone) -> String {
    let end = zone.end_of(date).millis().saturating_sub(1);
    let last = Instant::from_millis(end).in_zone(zone);
    last.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

fn my_line(MyLine { person, view, status, zone }: &MyLine, catalogue: &Catalogue) -> MyLineShape {
    let line = &view.line;
    let operator = catalogue.operators.get(&line.operator);
    MyLineShape {
        number: line.msisdn.as_ref().map(|number| number.as_str().to_owned()),
        iccid: line.iccid.as_str().to_owned(),
        masked: masked(line),
        nickname: person.nickname.clone(),
        operator: OperatorShape {
            id: line.operator.to_string(),
            name: operator.map_or_else(String::new, |operator| operator.name.clone()),
        },
        rights: person.rights.code(),
        status: status.code(),
        expires_at: line.dates.expires_on.map(|date| last_moment(date, zone)),
    }
}

/// What is left on a line.
#[utoipa::path(get, path = "/api/v1/lines/{number}/balance", tag = "account",
    params(("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven")),
    security(("bearer" = [])),
    responses(
        (status = 200, body = BalanceShape),
        (status = 401, description = "Not signed in"),
        (status = 404, description = "No such line for this caller"),
    ))]
pub async fn balance(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(number): Path<String>,
) -> Result<Json<BalanceShape>, ApiProblem> {
    let read = async {
        let permitted = permit_number(&channels.app, caller.account()?, &number).await?;
        account_lines::balance(&channels.app, permitted).await
    };
    read.await.map(|left| Json(left_on(&left))).map_err(|problem| asker.problem(problem))
}

fn left_on(Balance { view, status, zone }: &Balance) -> BalanceShape {
    BalanceShape {
        status: status.code(),
        expires_at: view.line.dates.expires_on.map(|date| last_moment(date, zone)),
        buckets: view.buckets.iter().map(|one| bucket(one, zone)).collect(),
    }
}

fn bucket(bucket: &Bucket, zone: &Zone) -> BucketShape {
    BucketShape {
        kind: bucket.kind.code(),
        unit: bucket.kind.unit().code(),
        zone: bucket.zone.to_string(),
        window: bucket.window.map(window),
        granted: bucket.granted.count(),
        used: bucket.used.count(),
        reserved: bucket.reserved.count(),
        remaining: bucket.remaining().count(),
        valid_from: bucket.valid_from.rfc3339(),
        valid_until: bucket.valid_until.map(|date| last_moment(date, zone)),
        origin: bucket.origin.code(),
    }
}

/// The history of a line, page by page.
#[utoipa::path(get, path = "/api/v1/lines/{number}/history", tag = "account",
    params(
        ("number" = String, Path, description = "E.164 or ICCID; spaces, hyphens, 001 forgiven"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 100, 20 if not given"),
    ),
    security(("bearer" = [])),
    responses(
        (status = 200, body = HistoryShape),
        (status = 401, description = "Not signed in"),
        (status = 404, description = "No such line for this caller"),
    ))]
pub async fn history(
    State(channels): State<Channels>,
    (asker, caller): (Asker, Caller),
    Path(number): Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<HistoryShape>, ApiProblem> {
    let read = async {
        let permitted = permit_number(&channels.app, caller.account()?, &number).await?;
        let invalid = |field| Problem::of(ProblemCode::FieldInvalid).in_field(field);
        let after = query.after.map(|text| Cursor::parse(&text).ok_or_else(|| invalid("after")));
        let limit = query.limit.unwrap_or(PAGE);
        if !(1..=MOST).contains(&limit) {
            return Err(invalid("limit"));
        }
        read_history::history(&channels.app, permitted, after.transpose()?, limit).await
    };
    let page = read.await.map_err(|problem| asker.problem(problem))?;
    let next = page.next.map(|cursor| cursor.to_string());
    Ok(Json(HistoryShape { entries: page.entries.iter().map(entry).collect(), next }))
}

fn entry(entry: &HistoryEntry) -> HistoryEntryShape {
    let of = |kind: AllowanceKind| (kind.code(), kind.unit().code());
    let event = match &entry.event {
        HistoryEvent::Order(order) => HistoryEventShape::Order {
            id: order.id.to_string(),
            reference: order.reference.to_string(),
            state: order.state.stage().code(),
            total: order.price.total.into(),
        },
        HistoryEvent::Usage(day) => {
            let ((allowance, unit), amount) = (of(day.kind), day.units.count());
            HistoryEventShape::Charge { date: day.date.to_string(), allowance, unit, amount }
        }
        HistoryEvent::Change(change) => {
            let ((allowance, unit), amount) = (of(change.allowance), change.units.count());
            HistoryEventShape::Change { change: change.kind.code(), allowance, unit, amount }
        }
    };
    HistoryEntryShape { at: entry.at.rfc3339(), event }
}
