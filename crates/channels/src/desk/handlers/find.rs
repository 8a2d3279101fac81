//! The first page of the desk: the search.

use super::call::{LINE, ROBOT};
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{FindPage, FoundRow, FoundView};
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present::clock_time;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::Problem;
use farline_app::hotline::calls;
use farline_app::hotline::find::{Findings, find, find_caller};
use farline_app::staff::{StaffNote, note};
use farline_app::tokens::Seal;
use farline_domain::hotline::keypad::TelephoneCall;
use farline_domain::hotline::{Call, Term};
use farline_domain::staff::Deed;
use serde::Deserialize;
use serde_json::json;

/// `?q=`, or `?caller=` and `&call=` as a telephone system opens the page.
#[derive(Debug, Deserialize)]
pub struct FindQuery {
    q: Option<String>,
    caller: Option<String>,
    call: Option<String>,
}

/// What is looked for.
enum Wanted<'a> {
    Nothing,
    Typed(&'a str),
    Caller(&'a str),
}

impl FindQuery {
    fn wanted(&self) -> Wanted<'_> {
        let given =
            |text: &'_ Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        match (&self.q, &self.caller) {
            (Some(typed), _) if given(&self.q) => Wanted::Typed(typed),
            (_, Some(caller)) if given(&self.caller) => Wanted::Caller(caller),
            _ => Wanted::Nothing,
        }
    }

    /// The carrier's id of the caller's call; nothing that is none is shown again.
    fn telephone(&self) -> String {
        let call = self.call.as_deref().and_then(|call| TelephoneCall::parse(call).ok());
        call.map(String::from).unwrap_or_default()
    }
}

/// `GET /{language}/desk`
pub async fn show(here: Here, Query(query): Query<FindQuery>) -> Response {
    let may_find = here.may(Deed::Find);
    let looked = match (&may_find, query.wanted()) {
        (_, Wanted::Nothing) => Ok(None),
        (Err(problem), _) => return here.problem(problem),
        (Ok(()), wanted) => look(&here, wanted).await.map(Some),
    };
    match looked {
        Ok(found) => {
            let found = match found {
                Some(found) => match put_through(&here, &found, &query).await {
                    Ok(robot) => Some(view(&here, &found, (&query, robot.as_ref()))),
                    Err(problem) => return here.problem(&problem),
                },
                None => None,
            };
            let layout = here.layout(Section::Desk);
            let typed = query.q.unwrap_or_default();
            let may = |deed| here.member.roles.may(deed);
            let page = FindPage {
                layout,
                typed,
                may_find: may_find.is_ok(),
                may_take: may(Deed::TakeCall),
                may_look: may(Deed::SeeUnverified),
                found,
            };
            html(StatusCode::OK, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

/// Looks, and writes down in which ways and with how much success; what was typed is not kept.
async fn look(here: &Here, wanted: Wanted<'_>) -> Result<Findings, Problem> {
    let app = &here.frame.channels().app;
    let member = here.member.id;
    let found = match wanted {
        Wanted::Nothing => Findings::default(),
        Wanted::Typed(typed) => find(app, member, typed).await?,
        Wanted::Caller(number) => find_caller(app, member, number).await?,
    };
    let ways: Vec<&str> = found.terms.iter().map(|term| way(term).0).collect();
    let detail = json!({ "ways": ways, "found": found.cards.len(), "more": found.more });
    let line = found.single().map(|card| card.line);
    note(app, member, StaffNote { line, detail, ..StaffNote::of("find") }).await?;
    Ok(found)
}

/// The key of a way's text, and what was looked for.
fn way(term: &Term) -> (&'static str, String) {
    match term {
        Term::Order(reference) => ("desk-way-order", reference.to_string()),
        Term::Number(start) => ("desk-way-number", start.clone()),
        Term::NumberEnd(end) => ("desk-way-number-end", end.clone()),
        Term::Card(start) => ("desk-way-card", start.clone()),
        Term::CardEnd(end) => ("desk-way-card-end", end.clone()),
        Term::Phone(number) => ("desk-way-phone", number.clone()),
        Term::Email(start) => ("desk-way-email", start.clone()),
        Term::Name(words) => ("desk-way-name", words.join(" ")),
    }
}

/// The robot's call that a screen pop is about, for whoever takes calls.
async fn put_through(
    here: &Here,
    found: &Findings,
    query: &FindQuery,
) -> Result<Option<Call>, Problem> {
    let is_pop = matches!(query.wanted(), Wanted::Caller(_)) && here.may(Deed::TakeCall).is_ok();
    match found.single().filter(|_| is_pop) {
        Some(card) => calls::put_through(&here.frame.channels().app, card.line).await,
        None => Ok(None),
    }
}

fn view(here: &Here, found: &Findings, (query, robot): (&FindQuery, Option<&Call>)) -> FoundView {
    let layout = here.layout(Section::Desk);
    let told = |term: &Term| {
        let (key, what) = way(term);
        layout.say_with(key, "what", &what)
    };
    let remark = match (found.cards.is_empty(), query.wanted()) {
        (true, Wanted::Caller(_)) => Some("desk-caller-none"),
        (true, _) if found.terms.is_empty() => Some("desk-found-too-little"),
        (true, _) => Some("desk-found-none"),
        (false, _) => found.more.then_some("desk-found-more"),
    };
    let single = found.single().map(|card| card.line);
    let seal = Seal(&here.frame.channels().app.keys.tokens);
    let handed = |call: &Call| {
        let app = &here.frame.channels().app;
        let at = call.proof.map_or(call.started_at, |proof| proof.at);
        let time = clock_time(here.frame.words(), at, (&app.desk.zone(), app.now()));
        let told = layout.say_with("desk-robot-put-through", "time", &time);
        (seal.token(ROBOT, &call.id.to_string()), told)
    };
    let rows = found.cards.iter().map(|card| FoundRow {
        token: seal.token(LINE, &card.line.to_string()),
        number: card.number.clone(),
        operator: card.operator.clone(),
        name: card.name.clone(),
        why: if card.exact { layout.say("desk-found-exact") } else { told(&card.by) },
        single: single == Some(card.line),
        robot: robot.filter(|call| call.line == card.line).map(handed),
    });
    FoundView {
        ways: found.terms.iter().map(told).collect(),
        remark: remark.map(|key| layout.say(key)),
        rows: rows.collect(),
        caller: query.caller.clone().unwrap_or_default(),
        telephone: query.telephone(),
    }
}
