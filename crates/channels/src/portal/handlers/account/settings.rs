//! The account: how its owner is reached, language, password, devices, data, and its end.

use super::super::frame::{Frame, html};
use super::super::{present, problem};
use super::marketing::consents;
use super::register::{code_page, password_length};
use super::sealed::{After, CodeForm};
use super::session::{Sent, SignedIn, go_out};
use super::{on, shown};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{AccountPage, ContactLine, DeletedPage, SessionLine};
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse, Response};
use farline_app::accounts::profile::{self, Profile};
use farline_app::accounts::{contacts, delete, export, sign_out};
use farline_app::ports::accounts::{AccountContact, StoredSession};
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::Address;
use farline_domain::kernel::{ContactId, Language};
use jiff::civil::Date;
use serde::Deserialize;

/// `GET /{language}/account`
pub async fn see(here: SignedIn) -> Response {
    shown(&here.frame, page(&here, Vec::new()).await)
}

async fn page(here: &SignedIn, errors: Vec<FieldError>) -> Result<AccountPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let Profile { account, contacts, mut sessions } = profile::profile(app, here.account).await?;
    let kept_until = delete::records_kept_until(app, here.account).await?;
    sessions.sort_by_key(|session| session.id != here.session.session);
    let removable = contacts.len() > 1;
    let mut layout = here.layout(Section::Account);
    layout.path = crate::portal::layout::PagePath::InLanguage("/account".to_owned());
    layout.errors = errors;
    Ok(AccountPage {
        layout,
        language: account.language,
        contacts: contacts
            .into_iter()
            .map(|contact| ContactLine { removable, ..contact_line(here, &contact) })
            .collect(),
        has_password: account.password.is_some(),
        password_length: password_length(),
        sessions: sessions.iter().map(|session| session_line(here, session)).collect(),
        kept_until: kept_until.map(|date| words.date(date)),
        consents: consents(here).await?,
    })
}

fn contact_line(here: &SignedIn, contact: &AccountContact) -> ContactLine {
    let value = match &contact.address {
        Address::Email(text) => text.clone(),
        Address::Sms(number) => here.frame.words().phone(number.as_str()),
    };
    // Only what a code proved is kept with an account.
    ContactLine { id: contact.id.to_string(), value, verified: true, removable: false }
}

fn session_line(here: &SignedIn, session: &StoredSession) -> SessionLine {
    let now = here.frame.channels().app.now();
    let at = session.times.used_at;
    let last_used =
        present::home_zone().map(|zone| present::clock_time(here.frame.words(), at, (&zone, now)));
    SessionLine {
        device: session.device.clone(),
        last_used: last_used.unwrap_or_default(),
        here: session.id == here.session.session,
    }
}

/// Back to the page, with what is wrong where it belongs.
pub(super) async fn back(here: &SignedIn, problem: &Problem, field: &str) -> Response {
    if problem.field.is_none() {
        return problem::page(&here.frame, problem);
    }
    match page(here, vec![here.frame.error(problem, field)]).await {
        Ok(page) => html(status_of(problem.code.kind()), &page),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// `POST /{language}/account/language`: of messages; the page changes to it too.
pub async fn set_language(Sent { here, fields }: Sent) -> Response {
    let set = async {
        let unknown = || Problem::of(ProblemCode::LanguageUnknown);
        let language = Language::parse(fields.get("language")).ok_or_else(unknown)?;
        profile::set_language(&here.frame.channels().app, here.account, language).await?;
        Ok(format!("/{}/account", language.path()))
    };
    on(&here.frame, set.await)
}

/// `POST /{language}/account/contacts`: sends a code there.
pub async fn add_contact(Sent { here, fields }: Sent) -> Response {
    let app = &here.frame.channels().app;
    match contacts::add(app, here.account, fields.get("contact")).await {
        Ok(sent) => {
            let form = CodeForm::of(sent, After::Contact, String::new());
            code_page(&here.frame, StatusCode::OK, &form, Vec::new())
        }
        Err(problem) => back(&here, &problem, "contact").await,
    }
}

/// `POST /{language}/account/contacts/{id}/remove`
pub async fn remove_contact(
    Path((_, id)): Path<(String, String)>,
    Sent { here, .. }: Sent,
) -> Response {
    let removed = async {
        let id = ContactId::parse(&id).ok_or(Problem::of(ProblemCode::NotFound))?;
        contacts::remove(&here.frame.channels().app, here.account, id).await?;
        Ok(here.href("account"))
    };
    on(&here.frame, removed.await)
}

/// `POST /{language}/account/password`
pub async fn set_password(Sent { here, fields }: Sent) -> Response {
    let typed = (fields.whole("current"), fields.whole("password"));
    match profile::set_password(&here.frame.channels().app, here.session, typed).await {
        Ok(()) => on(&here.frame, Ok(here.href("account"))),
        Err(problem) if problem.code == ProblemCode::ProofFailed => {
            // Its own words speak of cards.
            let wrong = Problem::of(ProblemCode::SignInFailed).in_field("current");
            back(&here, &wrong, "current").await
        }
        Err(problem) => back(&here, &problem, "password").await,
    }
}

/// `POST /{language}/account/sign-out-everywhere`: this device too.
pub async fn sign_out_everywhere(Sent { here, .. }: Sent) -> Response {
    let app = &here.frame.channels().app;
    match sign_out::sign_out_everywhere(app, here.account, None).await {
        Ok(()) => go_out(&here.frame, &format!("/{}", here.frame.language.path())),
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// `GET /{language}/account/data.json`
pub async fn data(here: SignedIn) -> Response {
    match export(&here.frame.channels().app, here.account).await {
        Ok(data) => {
            let named = [(CONTENT_DISPOSITION, "attachment; filename=\"farline-data.json\"")];
            (named, Json(data)).into_response()
        }
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// `POST /{language}/account/delete`: sends the code that confirms it.
pub async fn delete(Sent { here, fields }: Sent) -> Response {
    if fields.get("confirm") != "yes" {
        let missing = Problem::of(ProblemCode::FieldMissing).in_field("confirm");
        return back(&here, &missing, "confirm").await;
    }
    match delete::send_code(&here.frame.channels().app, here.account).await {
        Ok(sent) => {
            let form = CodeForm::of(sent, After::Delete, String::new());
            code_page(&here.frame, StatusCode::OK, &form, Vec::new())
        }
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// `?kept=`
#[derive(Debug, Deserialize)]
pub struct KeptQuery {
    kept: Option<String>,
}

/// `GET /{language}/deleted`
pub async fn deleted(frame: Frame, Query(query): Query<KeptQuery>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let kept = query.kept.and_then(|date| date.parse::<Date>().ok());
    let kept_until = kept.map(|date| frame.words().date(date));
    html(StatusCode::OK, &DeletedPage { layout: frame.layout(), kept_until })
}
