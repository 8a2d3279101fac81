//! What whoever is signed in signs in with: their passkeys.

use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted, come_again};
use crate::desk::layout::Section;
use crate::desk::script;
use crate::desk::views::{Adding, MePage, ShownPasskey};
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::present::home_zone;
use crate::portal::layout::FieldError;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use farline_app::accounts::Visitor;
use farline_app::ports::passkeys::{self as kept, Passkey};
use farline_app::staff::passkeys::{self, add, ask_to_add};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Instant;

/// The page's path behind the language.
const PATH: &str = "desk/me";

/// `GET /{language}/desk/me`
pub async fn show(here: Here) -> Response {
    match page(&here, StatusCode::OK, Vec::new()).await {
        Ok(page) => page,
        Err(problem) => here.problem(&problem),
    }
}

async fn page(
    here: &Here,
    status: StatusCode,
    errors: Vec<FieldError>,
) -> Result<Response, Problem> {
    let app = &here.frame.channels().app;
    let adding = match passkeys::origin(app) {
        None => Adding::Never,
        Some(_) if !here.session.is_fresh => Adding::Again,
        Some(origin) => Adding::At(origin),
    };
    let mut layout = here.layout(Section::Me);
    layout.page.path = here.frame.layout_at(&format!("/{PATH}")).path;
    layout.errors = errors;
    let passkeys = passkeys::of(app, here.member.id).await?;
    let passkeys = passkeys.iter().map(|passkey| shown(here, passkey)).collect();
    let sign_in = here.session.member.sign_in.clone();
    let page = MePage { layout, sign_in, passkeys, adding, script: script::passkey() };
    Ok(script::allowed(html(status, &page)))
}

fn shown(here: &Here, passkey: &Passkey) -> ShownPasskey {
    let words = here.frame.words();
    let day = |at: Instant| home_zone().map(|zone| words.date_short(at.date_in(&zone)));
    let on = |key: &str, at: Instant| {
        here.frame.layout().say_with(key, "day", &day(at).unwrap_or_default())
    };
    let used =
        passkey.used_at.map_or_else(|| words.say("passkey-unused"), |at| on("passkey-used", at));
    ShownPasskey {
        id: kept::spelled(&passkey.id),
        device: passkey.device.clone(),
        times: words.dot(&[on("passkey-added", passkey.added_at), used]),
    }
}

/// `POST /{language}/desk/me/passkeys/ask`: what the browser is to be asked, for the script.
pub async fn ask(Posted { here, .. }: Posted) -> Response {
    match ask_to_add(&here.frame.channels().app, &here.session).await {
        Ok(options) => ([(CONTENT_TYPE, "application/json")], options).into_response(),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/me/passkeys`: what the browser answered.
pub async fn added(Posted { here, fields }: Posted) -> Response {
    let frame = &here.frame;
    let visitor: Visitor = frame.device.visitor_with(&frame.address.0, None);
    match add(&frame.channels().app, &here.session, fields.get("answer"), &visitor).await {
        Ok(()) => see_other(&here.href(PATH)),
        Err(problem) if problem.code == ProblemCode::PasskeyNotAdded => {
            let errors = vec![frame.error(&problem, "")];
            let shown = page(&here, status_of(problem.code.kind()), errors).await;
            shown.unwrap_or_else(|problem| here.problem(&problem))
        }
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/me/passkeys/remove`
pub async fn remove(Posted { here, fields }: Posted) -> Response {
    let app = &here.frame.channels().app;
    match passkeys::remove(app, &here.session, fields.get("passkey")).await {
        Ok(()) => see_other(&here.href(PATH)),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/me/again`: out, and back to this page.
pub async fn again(Posted { here, .. }: Posted) -> Response {
    match come_again(&here, &here.href(PATH)).await {
        Ok(response) => response,
        Err(problem) => here.problem(&problem),
    }
}
