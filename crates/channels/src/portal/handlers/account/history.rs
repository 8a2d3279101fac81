//! The history of a card.

use super::super::present as plans;
use super::session::SignedIn;
use super::{card, opened, present, shown};
use crate::portal::layout::Section;
use crate::portal::views::{CardHistoryPage, HistoryLine};
use axum::extract::{Path, Query};
use axum::response::Response;
use farline_app::accounts::Permitted;
use farline_app::accounts::history::{Cursor, HistoryEntry, HistoryEvent, history};
use farline_app::accounts::orders as account_orders;
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode, lines, receipts};
use farline_domain::balance::EntryKind;
use farline_domain::catalog::Operator;
use farline_domain::kernel::{AllowanceKind, Units};
use farline_domain::orders::Order;
use farline_texts::Words;
use serde::Deserialize;

/// Entries on one page.
const PAGE: u32 = 30;

/// `?after=`
#[derive(Debug, Deserialize)]
pub struct AfterQuery {
    pub(super) after: Option<String>,
}

/// `GET /{language}/cards/{id}/history`
pub async fn see(
    here: SignedIn,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<AfterQuery>,
) -> Response {
    let page = async {
        let after = query
            .after
            .as_deref()
            .map(|text| Cursor::parse(text).ok_or(Problem::of(ProblemCode::NotFound)));
        page(&here, opened(&here, &id).await?, after.transpose()?).await
    };
    shown(&here.frame, page.await)
}

async fn page(
    here: &SignedIn,
    permitted: Permitted,
    after: Option<Cursor>,
) -> Result<CardHistoryPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator);
    let operator = operator.ok_or(Problem::of(ProblemCode::Internal))?;
    let found = history(app, permitted, after, PAGE).await?;
    let mut entries = Vec::new();
    for entry in &found.entries {
        entries.push(line(here, operator, entry).await?);
    }
    let nickname = card::nickname(app, permitted).await?;
    let id = permitted.line().to_string();
    let older = found.next.map(|next| here.href(&format!("cards/{id}/history?after={next}")));
    Ok(CardHistoryPage {
        layout: here.layout(Section::Cards),
        nickname: present::name(words, &nickname, &view.line),
        id,
        entries,
        older,
    })
}

async fn line(
    here: &SignedIn,
    operator: &Operator,
    HistoryEntry { at, event, .. }: &HistoryEntry,
) -> Result<HistoryLine, Problem> {
    let words = here.frame.words();
    let zone = &operator.lifecycle.zone;
    let moment = words.date_time_short(&at.in_zone(zone));
    let kind = |kind: AllowanceKind| words.say(&format!("bucket-{}", kind.code()));
    let signed = |sign, of, units| format!("{sign}{}", amount(words, operator, (of, units)));
    Ok(match event {
        HistoryEvent::Order(order) => ordered(here, order, moment).await?,
        // A day's use is told by its day alone.
        HistoryEvent::Usage(day) => HistoryLine {
            at: words.date(day.date),
            what: kind(day.kind),
            amount: signed("\u{2212}", day.kind, day.units),
            order: None,
        },
        HistoryEvent::Change(change) => HistoryLine {
            at: moment,
            what: kind(change.allowance),
            amount: match change.kind {
                EntryKind::Grant => signed("+", change.allowance, change.units),
                EntryKind::Use | EntryKind::Expire | EntryKind::TakeBack => {
                    signed("\u{2212}", change.allowance, change.units)
                }
            },
            order: None,
        },
    })
}

fn amount(words: &Words, operator: &Operator, (kind, units): (AllowanceKind, Units)) -> String {
    let (figure, unit) = plans::parts(words, kind, units.count(), operator.currency.code());
    if unit.is_empty() { figure } else { format!("{figure}\u{a0}{unit}") }
}

/// An order. Its page is open to whoever paid it and to the holder of its card, not to every helper.
async fn ordered(here: &SignedIn, order: &Order, at: String) -> Result<HistoryLine, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let plan = receipts::plan_of(app, order).await?;
    let gets = plans::gets_and_lasts(words, &app.store.catalogue(), &plan);
    let state = words.say(&format!("order-state-{}", state_word(order)));
    let sees = account_orders::see(app, here.account, order.id).await.is_ok();
    let token = Seal(&app.keys.tokens).order_token(order.id);
    let link = (here.href(&format!("orders/{token}")), order.reference.to_string());
    Ok(HistoryLine {
        at,
        what: words.dot(&[gets, state]),
        amount: plans::total(words, &order.price),
        order: sees.then_some(link),
    })
}

/// The word of an order's state in keys.
pub(super) fn state_word(order: &Order) -> String {
    order.state.stage().code().replace('_', "-")
}
