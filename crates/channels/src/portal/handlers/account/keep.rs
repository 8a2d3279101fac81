//! Keeping a card's number (保号): the cheapest way until a date, as a page and as a calendar file.

use super::super::frame::html;
use super::super::problem;
use super::session::SignedIn;
use super::{card, opened, present};
use crate::portal::charts::life_line;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{Choice, KeepPage, KeepStep, KeepView};
use crate::web::calendar::{self, Event};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use farline_app::accounts::Permitted;
use farline_app::lines::{self, KeepAnswer, KeepPlan, keep};
use farline_app::ports::lines::LineView;
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::Rights;
use farline_domain::catalog::{Catalogue, Operator, PlanCode};
use farline_domain::kernel::Money;
use farline_domain::lines::{
    KeepRefusal, KeepSchedule, Keeping, Milestones, PlannedRenewal, WithoutService,
};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// Years ahead that can be asked for.
const MOST_YEARS: i64 = farline_domain::lines::keep::MOST_YEARS_AHEAD;

/// `?until=&goal=`
#[derive(Debug, Deserialize)]
pub struct KeepQuery {
    until: Option<String>,
    goal: Option<String>,
}

/// A card that is to be kept.
struct Card {
    permitted: Permitted,
    view: LineView,
    catalogue: Arc<Catalogue>,
    name: String,
    today: Date,
    /// Until when; none where what was sent is no date.
    until: Option<Date>,
    keeping: Keeping,
}

impl Card {
    async fn open(here: &SignedIn, id: &str, query: &KeepQuery) -> Result<Self, Problem> {
        let app = &here.frame.channels().app;
        let permitted = opened(here, id).await?;
        let view = lines::find::view(app, permitted.line()).await?;
        let nickname = card::nickname(app, permitted).await?;
        let mut card = Self {
            name: present::name(here.frame.words(), &nickname, &view.line),
            permitted,
            view,
            catalogue: app.store.catalogue(),
            today: Date::MIN,
            until: None,
            keeping: query.goal.as_deref().and_then(Keeping::parse).unwrap_or(Keeping::Number),
        };
        card.today = card.operator()?.lifecycle.today(app.now());
        card.until = match &query.until {
            Some(typed) => typed.trim().parse().ok(),
            None => Some(card.today.saturating_add(1.year())),
        };
        Ok(card)
    }

    fn operator(&self) -> Result<&Operator, Problem> {
        let operator = self.catalogue.operators.get(&self.view.line.operator);
        operator.ok_or(Problem::of(ProblemCode::Internal))
    }

    /// The answer to what was asked; none where it was asked until no date.
    fn answer(&self, here: &SignedIn) -> Result<Option<KeepAnswer>, Problem> {
        let Some(until) = self.until else { return Ok(None) };
        let now = here.frame.channels().app.now();
        keep((&self.catalogue, &self.view.line), (until, self.keeping), now).map(Some)
    }

    fn plan_name(&self, words: &Words, code: &PlanCode) -> String {
        let plan = self.catalogue.plans.get(code);
        plan.map_or_else(|| code.to_string(), |plan| plan.name.get(words.language()).to_owned())
    }

    fn address(&self, here: &SignedIn, rest: &str) -> String {
        here.href(&format!("cards/{}/{rest}", self.view.line.id))
    }
}

/// `GET /{language}/cards/{id}/keep`
pub async fn see(
    here: SignedIn,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<KeepQuery>,
) -> Response {
    let page = async {
        let card = Card::open(&here, &id, &query).await?;
        page(&here, &card)
    };
    match page.await {
        Ok(page) if page.layout.errors.is_empty() => html(StatusCode::OK, &page),
        Ok(page) => html(StatusCode::UNPROCESSABLE_ENTITY, &page),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

fn page(here: &SignedIn, card: &Card) -> Result<KeepPage, Problem> {
    let words = here.frame.words();
    let mut layout = here.layout(Section::Cards);
    let says = |refusal: KeepRefusal| words.say(&format!("keep-refused-{}", refusal.code()));
    let mut wrong = |message| {
        layout.errors.push(FieldError { field: "until".to_owned(), message });
    };
    let (mut plan, mut refused) = (None, None);
    match card.answer(here)? {
        Some(KeepAnswer::Planned(found)) => plan = Some(view(here, card, &found)?),
        Some(KeepAnswer::Refused(refusal @ (KeepRefusal::Past | KeepRefusal::TooFar))) => {
            wrong(says(refusal));
        }
        Some(KeepAnswer::Refused(
            refusal @ (KeepRefusal::Closed
            | KeepRefusal::NoPlan
            | KeepRefusal::OutOfReach
            | KeepRefusal::Money(_)),
        )) => refused = Some(says(refusal)),
        None => wrong(words.say("problem-field-invalid-detail")),
    }
    let latest = card.today.saturating_add(MOST_YEARS.years());
    Ok(KeepPage {
        layout,
        id: card.view.line.id.to_string(),
        nickname: card.name.clone(),
        until: card.until.map_or_else(String::new, |date| date.to_string()),
        between: (card.today.to_string(), latest.to_string()),
        goals: [Keeping::Number, Keeping::Service].map(|goal| choice(words, goal, card)).to_vec(),
        plan,
        refused,
    })
}

fn choice(words: &Words, goal: Keeping, card: &Card) -> Choice {
    let key = format!("keep-goal-{}", goal.code());
    Choice {
        value: goal.code().to_owned(),
        label: words.say(&key),
        note: words.say(&format!("{key}-hint")),
        chosen: goal == card.keeping,
    }
}

fn view(here: &SignedIn, card: &Card, plan: &KeepPlan) -> Result<KeepView, Problem> {
    let words = here.frame.words();
    let at = (card.operator()?, here.frame.channels().app.now());
    let KeepPlan { until, keeping, schedule, .. } = plan;
    let life = present::life(words, &card.view.line, at);
    let asked = format!("until={until}&goal={}", keeping.code());
    let has_dates = !schedule.renewals.is_empty();
    Ok(KeepView {
        renewals: schedule.renewals.iter().map(|one| step(words, card, one)).collect(),
        total: money(words, schedule.total),
        facts: facts(words, plan, at.0.lifecycle.grace_days),
        calendar: has_dates.then(|| card.address(here, &format!("keep.ics?{asked}"))),
        auto_renew: by_itself(card, schedule)
            .map(|wish| card.address(here, &format!("auto-renew?{wish}"))),
        life_svg: life.map_or_else(String::new, |life| life_line::draw(&life)),
        lost: lost(words, schedule),
    })
}

fn money(words: &Words, money: Money) -> String {
    words.money(money.minor, money.currency.code())
}

fn dated(words: &Words, key: &str, date: Date) -> String {
    words.say_with(key, &[("date", words.date(date).into())])
}

fn step(words: &Words, card: &Card, renewal: &PlannedRenewal) -> KeepStep {
    KeepStep {
        on: words.date(renewal.on),
        plan: card.plan_name(words, &renewal.plan),
        price: money(words, renewal.price),
        after: dated(words, "keep-after", renewal.expires_on),
    }
}

/// How long it is kept, when it is without service, and how late one may be.
fn facts(
    words: &Words,
    KeepPlan { keeping, schedule, .. }: &KeepPlan,
    grace_days: u16,
) -> Vec<String> {
    let kept = match keeping {
        Keeping::Number => "keep-kept",
        Keeping::Service => "keep-kept-service",
    };
    let mut facts: Vec<String> =
        schedule.kept_until.map(|date| dated(words, kept, date)).into_iter().collect();
    facts.extend(schedule.without_service.iter().map(|gap| {
        let [from, until] = [gap.from, gap.until].map(|date| words.date(date).into());
        words.say_with("keep-gap", &[("from", from), ("until", until)])
    }));
    let grace = i64::from(grace_days);
    let outlasts = |gap: &WithoutService| gap.until > gap.from.saturating_add(grace.days());
    if schedule.without_service.iter().any(outlasts) {
        let days = words.days(grace);
        facts.push(words.say_with("keep-gap-loses", &[("days", days.into())]));
    }
    if !schedule.renewals.is_empty() {
        facts.push(match schedule.margin_days {
            0 => words.say("keep-no-spare"),
            days => {
                let days = words.days(i64::from(days));
                words.say_with("keep-spare", &[("days", days.into())])
            }
        });
    }
    facts
}

/// What is lost if nothing is done, and when.
fn lost(words: &Words, schedule: &KeepSchedule) -> Vec<String> {
    let Some(milestones) = schedule.if_nothing else {
        return vec![words.say("keep-lost-nothing")];
    };
    let Milestones { expires_on, left_until, number_kept_until, .. } = milestones;
    let service = dated(words, "keep-lost-service", expires_on);
    // What stays as long as the number is lost with it.
    let balance =
        (left_until < number_kept_until).then(|| dated(words, "keep-lost-balance", left_until));
    let number = dated(words, "keep-lost-number", number_kept_until);
    [service].into_iter().chain(balance).chain([number]).collect()
}

/// What its holder would agree to, so that it renews itself like this: one plan, always as many days before the service ends.
/// A schedule that lets the service end first cannot be agreed to.
fn by_itself(card: &Card, schedule: &KeepSchedule) -> Option<String> {
    let plan = schedule.only_plan().filter(|_| card.permitted.rights() == Rights::Holder)?;
    let mut days = schedule.renewals.iter().map(|renewal| {
        let span = renewal.on.until(renewal.before?).ok()?;
        u8::try_from(span.get_days()).ok()
    });
    let first = days.next()??;
    days.all(|other| other == Some(first)).then(|| format!("plan={plan}&when=before-{first}"))
}

/// `GET /{language}/cards/{id}/keep.ics`: the same schedule for a calendar.
pub async fn dates(
    here: SignedIn,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<KeepQuery>,
) -> Response {
    let file = async {
        let card = Card::open(&here, &id, &query).await?;
        file(&here, &card)
    };
    match file.await {
        Ok(file) => {
            let named = "attachment; filename=\"farline-keep.ics\"";
            let headers = [(CONTENT_TYPE, calendar::MEDIA_TYPE), (CONTENT_DISPOSITION, named)];
            (headers, file).into_response()
        }
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

fn file(here: &SignedIn, card: &Card) -> Result<String, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let Some(KeepAnswer::Planned(plan)) = card.answer(here)? else {
        return Err(Problem::of(ProblemCode::NotFound));
    };
    let host = app.base_url.split("://").nth(1).unwrap_or("farline");
    let id = card.view.line.id;
    let rule = &card.operator()?.lifecycle;
    let event = |renewal: &PlannedRenewal| {
        let price = money(words, renewal.price);
        let mut description = words.say_with("keep-event-text", &[("price", price.into())]);
        if let Some(before) = renewal.before.map(|before| rule.milestones(before)) {
            let last = match plan.keeping {
                Keeping::Number => before.number_kept_until,
                Keeping::Service => before.expires_on,
            };
            description.push('\n');
            description.push_str(&dated(words, "keep-event-lost", last));
        }
        let name = [
            ("name", card.name.clone().into()),
            ("plan", card.plan_name(words, &renewal.plan).into()),
        ];
        Event {
            uid: format!("keep-{id}-{}@{host}", renewal.on),
            on: renewal.on,
            summary: words.say_with("keep-event", &name),
            description,
            address: format!("{}{}", app.base_url, here.href(&format!("cards/{id}"))),
        }
    };
    let events: Vec<Event> = plan.schedule.renewals.iter().map(event).collect();
    let title = words.dot(&[words.say("keep-title"), card.name.clone()]);
    Ok(calendar::write(&title, &events, app.now().timestamp()))
}
