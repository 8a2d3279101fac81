//! My cards.

use super::super::present as plans;
use super::auto_renew::standing as auto_renew;
use super::session::SignedIn;
use super::{present, shown};
use crate::portal::charts::life_line;
use crate::portal::layout::Section;
use crate::portal::views::{CardStatus, CardSummary, CardsPage, LastPlan, Shortly};
use axum::response::Response;
use farline_app::accounts::lines::{Balance, MyLine, mine};
use farline_app::catalog::{Audience, OfferTile, offers};
use farline_app::orders::last_bought;
use farline_app::ports::lines::LineView;
use farline_app::quotes::{OfThemselves, of_themselves, province_of};
use farline_app::suppliers::{self, Selling};
use farline_app::{App, Problem, lines};
use farline_domain::catalog::{Operator, PlanCode};
use farline_domain::kernel::AccountId;
use farline_domain::lines::LineStatus;
use farline_texts::Words;

/// `GET /{language}/cards`
pub async fn list(here: SignedIn) -> Response {
    shown(&here.frame, page(&here).await)
}

async fn page(here: &SignedIn) -> Result<CardsPage, Problem> {
    let mut cards = Vec::new();
    for line in mine(&here.frame.channels().app, here.account).await? {
        cards.push(summary(here, line).await?);
    }
    // The fewest days first; where nothing ends any more, last.
    cards.sort_by_key(|card| {
        let waits = matches!(card.status, CardStatus::Waiting | CardStatus::Closed);
        (waits, card.days.as_ref().map_or(i64::MAX, |days| days.count))
    });
    Ok(CardsPage { layout: here.layout(Section::Cards), cards })
}

async fn summary(here: &SignedIn, line: MyLine) -> Result<CardSummary, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let MyLine { person, view, status, zone } = line;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let life = present::life(words, &view.line, (operator, app.now()));
    let auto_renew = auto_renew::in_short(words, (&view, status), (operator, app.now()));
    // While it renews itself, one tap more would buy a second period.
    let selling = suppliers::selling(app, operator).await?;
    let last_plan = match (&auto_renew, selling) {
        (Some(Shortly::UnderWay(_)), _) | (_, Selling::Paused) => None,
        (Some(Shortly::Next(_)) | None, Selling::Open) => {
            last_plan(app, words, (&view, operator, status)).await?
        }
    };
    let left = Balance { view, status, zone };
    let line = &left.view.line;
    Ok(CardSummary {
        id: line.id.to_string(),
        nickname: present::name(words, &person.nickname, line),
        number: present::number(words, line),
        operator: operator.name.clone(),
        role: present::role(person.rights),
        status: present::status(status),
        days: present::days(words, &left, (operator, app.now())),
        life_svg: life.map_or_else(String::new, |life| life_line::draw_small(&life)),
        auto_renew,
        is_paused: selling == Selling::Paused && status != LineStatus::Closed,
        last_plan,
    })
}

async fn last_plan(
    app: &App,
    words: &Words,
    (view, operator, status): (&LineView, &Operator, LineStatus),
) -> Result<Option<LastPlan>, Problem> {
    if status == LineStatus::Closed || last_bought(app, view.line.id).await?.is_none() {
        return Ok(None);
    }
    let catalogue = app.store.catalogue();
    let tiles = tiles(app, None, (view, operator)).await?;
    let last = tiles.iter().find(|tile| tile.last_bought);
    Ok(last.map(|tile| {
        let until = tile.renewal.map(|renewal| {
            let date = words.date_short(renewal.usable_until);
            words.say_with("bucket-until", &[("date", date.into())])
        });
        LastPlan {
            id: tile.plan.code.to_string(),
            gets: plans::gets_and_lasts(words, &catalogue, &tile.plan),
            price: plans::tile(words, &catalogue, tile).price,
            until: until.unwrap_or_default(),
        }
    }))
}

/// The plans for a card as its people see them: with dates, gaps, the plan bought last, and what they can have with it now.
pub async fn tiles(
    app: &App,
    customer: Option<AccountId>,
    (view, operator): (&LineView, &Operator),
) -> Result<Vec<OfferTile>, Problem> {
    let promoted = of_themselves(app, &app.store.catalogue(), (view.line.id, customer)).await?;
    tiles_with(app, &promoted, (view, operator)).await
}

/// The same with these promotions.
pub async fn tiles_with(
    app: &App,
    promoted: &OfThemselves,
    (view, operator): (&LineView, &Operator),
) -> Result<Vec<OfferTile>, Problem> {
    let outlook = lines::outlook(app, view, &operator.lifecycle).await?;
    let last = last_bought(app, view.line.id).await?;
    let audience = (Audience::Holder(&outlook, last.as_ref().map(PlanCode::as_str)), app.now());
    let catalogue = app.store.catalogue();
    offers((&catalogue, &view.line, promoted), None, province_of(&view.line), audience)
}
