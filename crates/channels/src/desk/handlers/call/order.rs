//! An order in a call, until it has come to its end: the page looks again by itself.

use super::sale::order_of;
use super::{address, head, on, verified};
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{Hand, SalePage, SaleState};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present;
use crate::portal::qr;
use axum::extract::{Path, Query};
use axum::http::header::REFRESH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use farline_app::desk::Acting;
use farline_app::hotline::{calls, sell};
use farline_app::payments::{Taking, take_by_hand};
use farline_app::ports::records::Contact;
use farline_app::{Problem, ProblemCode, lines, orders, receipts};
use farline_domain::commands::Actor;
use farline_domain::hotline::Call;
use farline_domain::kernel::Zone;
use farline_domain::notices::Medium;
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::ManualMethod;
use farline_domain::staff::Deed;
use serde::Deserialize;
use serde_json::json;

/// Seconds after which a page that waits looks again.
const LOOK_AGAIN_SECONDS: u32 = 3;

/// What came of sending the link.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SaleQuery {
    sent: Option<String>,
    problem: Option<String>,
}

/// `GET /{language}/desk/calls/{call}/orders/{order}`
pub(super) async fn see(
    here: Here,
    Path((_, call, order)): Path<(String, String, String)>,
    Query(query): Query<SaleQuery>,
) -> Response {
    let shown = async {
        let call = verified(&here, &call).await?;
        let app = &here.frame.channels().app;
        let order = order_of(app, &call, &order).await?;
        let order = orders::see(app, order.id).await?;
        let mut page = view(&here, (&call, &order)).await?;
        if let Some(code) = query.problem.filter(|code| code.bytes().all(is_of_code)) {
            page.layout.notice = Some(here.frame.words().say(&format!("problem-{code}-detail")));
        } else if query.sent.is_some() {
            page.layout.notice = Some(here.frame.words().say("desk-link-sent"));
        }
        Ok(page)
    };
    match shown.await {
        Ok(page) => {
            let again = page.looks_again().then_some(LOOK_AGAIN_SECONDS);
            let mut response = html(StatusCode::OK, &page);
            if let Some(seconds) = again {
                response.headers_mut().insert(REFRESH, HeaderValue::from(seconds));
            }
            response
        }
        Err(problem) => here.problem(&problem),
    }
}

const fn is_of_code(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b'-'
}

async fn view(here: &Here, (call, order): (&Call, &Order)) -> Result<SalePage, Problem> {
    let (app, words) = (&here.frame.channels().app, here.frame.words());
    let line = lines::find::view(app, call.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &line.line)?;
    let state = state(here, order, &operator.lifecycle.zone);
    let contact = match &order.payer {
        Some(payer) => app.store.contact(payer.contact).await?.unwrap_or_default(),
        None => Contact::default(),
    };
    let waits = matches!(state, SaleState::Waiting { .. } | SaleState::Refused);
    let plan = receipts::plan_of(app, order).await?;
    let mut layout = here.layout(Section::Desk);
    let rest = format!("/desk/calls/{}/orders/{}", call.id, order.id);
    layout.page.path = crate::portal::layout::PagePath::InLanguage(rest);
    let total = present::total(words, &order.price);
    let keypad = super::keypad::view(here, (call, order), &total).await?;
    let can_take = waits && here.may(Deed::TakePayment).is_ok();
    Ok(SalePage {
        layout,
        head: head(here, call).await?,
        order: order.id.to_string(),
        reference: order.reference.to_string(),
        say: say(order, &state, here),
        read_in: order.language,
        state,
        plan: plan.name.get(words.language()).to_owned(),
        total,
        sms: waits && contact.phone.is_some(),
        email: waits && contact.email.is_some(),
        qr_svg: if waits { qr::svg(&receipts::order_link(app, order)) } else { String::new() },
        can_cancel: order.is_cancellable(),
        by_hand: if can_take { Hand::all(words, None) } else { Vec::new() },
        hand_reference: String::new(),
        keypad,
    })
}

/// The order as the agent sees it.
fn state(here: &Here, order: &Order, zone: &Zone) -> SaleState {
    let (words, now) = (here.frame.words(), here.frame.channels().app.now());
    let time = |at| present::clock_time(words, at, (zone, now));
    match &order.state {
        OrderState::AwaitingPayment { until } => match &order.charge {
            Some(charge) if charge.declined.is_some() => SaleState::Refused,
            Some(_) => SaleState::Charging,
            None => SaleState::Waiting { until: time(*until) },
        },
        OrderState::Held { .. } => SaleState::Held,
        OrderState::Delivering { sending, .. } if sending.asked == 0 => SaleState::Paid,
        OrderState::Delivering { .. } | OrderState::Unknown { .. } => {
            SaleState::Unknown { by: order.next_news_at().map(time).unwrap_or_default() }
        }
        OrderState::Delivered { delivered, .. } => {
            let expires = delivered.after.expires_on.unwrap_or(delivered.usable_until);
            SaleState::Delivered { date: words.date(expires) }
        }
        OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => {
            let stage = order.state.stage().code().replace('_', "-");
            SaleState::Ended { state: words.say(&format!("order-state-{stage}")) }
        }
    }
}

/// What to tell the caller, in their language; the reference spelled, so that it is read letter by letter.
fn say(order: &Order, state: &SaleState, here: &Here) -> Option<String> {
    let words = farline_texts::Words::of(order.language);
    let letters: Vec<String> = order.reference.compact().chars().map(String::from).collect();
    let spelled = ("spelled", letters.join(" ").into());
    match (state, &order.state) {
        (SaleState::Delivered { .. }, OrderState::Delivered { delivered, .. }) => {
            let expires = delivered.after.expires_on.unwrap_or(delivered.usable_until);
            let date = ("date", words.date(expires).into());
            Some(words.say_with("desk-say-delivered", &[date, spelled]))
        }
        (SaleState::Waiting { .. }, _) => Some(words.say_with("desk-say-waiting", &[spelled])),
        (SaleState::Unknown { .. }, _) => {
            let zone = here.frame.channels().app.desk.zone();
            let at = order.next_news_at()?;
            let now = here.frame.channels().app.now();
            let time = ("time", present::clock_time(words, at, (&zone, now)).into());
            Some(words.say_with("desk-say-unknown", &[time, spelled]))
        }
        _ => None,
    }
}

/// `POST /{language}/desk/calls/{call}/orders/{order}/link`
pub(super) async fn send_link(
    Path((_, call, order)): Path<(String, String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let sent = async {
        let call = verified(&here, &call).await?;
        let app = &here.frame.channels().app;
        let order = order_of(app, &call, &order).await?;
        let medium = if fields.get("medium") == "email" { Medium::Email } else { Medium::Sms };
        let own = format!("{}/orders/{}", address(&here, &call), order.id);
        match sell::send_link(app, (&call, &order), medium).await {
            Ok(()) => Ok(format!("{own}?sent={}", medium.code())),
            Err(problem) => Ok(format!("{own}?problem={}", problem.code.code())),
        }
    };
    let led = sent.await;
    on(&here, led)
}

/// `POST /{language}/desk/calls/{call}/orders/{order}/cancel`
pub(super) async fn cancel(
    Path((_, call, order)): Path<(String, String, String)>,
    Posted { here, .. }: Posted,
) -> Response {
    let cancelled = async {
        let call = verified(&here, &call).await?;
        let app = &here.frame.channels().app;
        let order = order_of(app, &call, &order).await?;
        let order = orders::cancel(app, &order, Actor::Staff(here.member.id, None)).await?;
        let detail = json!({ "order": order.id.to_string() });
        calls::record(app, &call, ("cancel_order", detail)).await?;
        Ok(address(&here, &call))
    };
    let led = cancelled.await;
    on(&here, led)
}

/// `POST /{language}/desk/calls/{call}/orders/{order}/by-hand`: the money was taken without a provider.
pub(super) async fn by_hand(
    Path((_, id, order)): Path<(String, String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let opened = async {
        let call = verified(&here, &id).await?;
        let order = order_of(&here.frame.channels().app, &call, &order).await?;
        Ok((call, order))
    };
    let (call, order) = match opened.await {
        Ok(opened) => opened,
        Err(problem) => return here.problem(&problem),
    };
    let own = format!("{}/orders/{}", address(&here, &call), order.id);
    match taken(&here, (&call, &order), &fields).await {
        Ok(()) => on(&here, Ok(own)),
        Err(problem) if problem.field.is_some() => match view(&here, (&call, &order)).await {
            Ok(mut page) => {
                page.layout.errors = vec![here.frame.error(&problem, "reference")];
                let chosen = ManualMethod::parse(fields.get("method"));
                page.by_hand = Hand::all(here.frame.words(), chosen);
                fields.get("reference").clone_into(&mut page.hand_reference);
                html(crate::api::problem::status_of(problem.code.kind()), &page)
            }
            Err(problem) => here.problem(&problem),
        },
        Err(problem) => here.problem(&problem),
    }
}

async fn taken(
    here: &Here,
    (call, order): (&Call, &Order),
    fields: &Fields,
) -> Result<(), Problem> {
    let app = &here.frame.channels().app;
    let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("method");
    let method = ManualMethod::parse(fields.get("method")).ok_or_else(unknown)?;
    let taking = Taking { method, reference: fields.get("reference"), amount: order.price.total };
    let acting = Acting {
        id: here.member.id,
        roles: &here.member.roles,
        second_person: here.member.second_person,
    };
    take_by_hand(app, &acting, order, &taking).await?;
    let detail = json!({ "order": order.id.to_string(), "method": method.code() });
    calls::record(app, call, ("take_payment", detail)).await
}
