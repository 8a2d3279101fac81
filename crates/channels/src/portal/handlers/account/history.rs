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
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let found = history(app, permitted, after, PAGE).await?;
    let mut entries = Vec::new();
    // What was used on one day is one entry.
    for together in found.entries.chunk_by(|one, next| same_day(&one.event, &next.event)) {
        if let Some(first) = together.first() {
            entries.push(line(here, operator, (first, together)).await?);
        }
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

fn same_day(one: &HistoryEvent, next: &HistoryEvent) -> bool {
    matches!((one, next), (HistoryEvent::Usage(one), HistoryEvent::Usage(next)) if one.date == next.date)
}

/// `Usage · 222.97 MB · 4 minutes`: what was used on a day, data first; it is told by its day alone.
fn used(words: &Words, operator: &Operator, together: &[HistoryEntry]) -> String {
    let amounts = together.iter().rev().filter_map(|entry| match &entry.event {
        HistoryEvent::Usage(day) => Some(amount(words, operator, (day.kind, day.units))),
        HistoryEvent::Order(_) | HistoryEvent::Change(_) => None,
    });
    words.dot(&[words.say("card-usage")].into_iter().chain(amounts).collect::<Vec<_>>())
}

async fn line(
    here: &SignedIn,
    operator: &Operator,
    (HistoryEntry { at, event, .. }, together): (&HistoryEntry, &[HistoryEntry]),
) -> Result<HistoryLine, Problem> {
    let words = here.frame.words();
    let zone = &operator.lifecycle.zone;
    let moment = words.date_time_short(&at.in_zone(zone));
    let kind = |kind: AllowanceKind| words.say(&format!("bucket-{}", kind.code()));
    let signed = |sign, of, units| format!("{sign}{}", amount(words, operator, (of, units)));
    Ok(match event {
        HistoryEvent::Order(order) => ordered(here, order, moment).await?,
        HistoryEvent::Usage(day) => HistoryLine {
            at: words.date(day.date),
            what: used(words, operator, together),
            amount: String::new(),
            order: None,
        },
        HistoryEvent::Change(change) => {
            let (sign, word) = match change.kind {
                EntryKind::Grant => ("+", "history-grant"),
                EntryKind::Use => ("\u{2212}", "history-use"),
                EntryKind::Expire => ("\u{2212}", "history-expire"),
                EntryKind::TakeBack => ("\u{2212}", "history-take-back"),
            };
            HistoryLine {
                at: moment,
                what: words.dot(&[kind(change.allowance), words.say(word)]),
                amount: signed(sign, change.allowance, change.units),
                order: None,
            }
        }
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
