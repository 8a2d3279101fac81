//! The helpers of a card.

use super::super::frame::html;
use super::super::problem;
use super::session::{Sent, SignedIn};
use super::{card, on, opened, present, shown};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{HelperLine, HelperState, HelpersPage};
use axum::extract::Path;
use axum::response::Response;
use farline_app::accounts::Permitted;
use farline_app::accounts::helpers::{Helper, HelperPlace, invite, list, revoke, withdraw};
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::accounts::RequestId;
use farline_domain::kernel::{AccountId, Zone};
use farline_texts::Words;

/// `GET /{language}/cards/{id}/helpers`
pub async fn see(here: SignedIn, Path((_, id)): Path<(String, String)>) -> Response {
    let page = async { page(&here, opened(&here, &id).await?, ("", ""), Vec::new()).await };
    shown(&here.frame, page.await)
}

async fn page(
    here: &SignedIn,
    permitted: Permitted,
    (contact, name): (&str, &str),
    errors: Vec<FieldError>,
) -> Result<HelpersPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let zone = &lines::operator_of(&catalogue, &view.line)?.lifecycle.zone;
    let nickname = card::nickname(app, permitted).await?;
    let helpers = list(app, permitted.as_holder()?).await?;
    let mut layout = here.layout(Section::Cards);
    layout.errors = errors;
    Ok(HelpersPage {
        layout,
        id: permitted.line().to_string(),
        nickname: present::name(words, &nickname, &view.line),
        helpers: helpers.into_iter().map(|helper| line(words, zone, helper)).collect(),
        contact: contact.to_owned(),
        name: name.to_owned(),
    })
}

fn line(words: &Words, zone: &Zone, helper: Helper) -> HelperLine {
    let (id, state) = match helper.place {
        HelperPlace::Active(account) => (account.to_string(), HelperState::Active),
        HelperPlace::Asked(request) => (request.to_string(), HelperState::Asked),
    };
    let since = words.date(helper.since.date_in(zone));
    HelperLine { id, name: helper.name, contact: helper.contact, state, since }
}

/// `POST /{language}/cards/{id}/helpers`
pub async fn name(Path((_, id)): Path<(String, String)>, Sent { here, fields }: Sent) -> Response {
    let typed = (fields.get("contact"), fields.get("name"));
    let invited = async {
        let holder = opened(&here, &id).await?.as_holder()?;
        invite(&here.frame.channels().app, holder, typed).await?;
        Ok::<_, Problem>(here.href(&format!("cards/{id}/helpers")))
    };
    match invited.await {
        Err(problem) if problem.field.is_some() => {
            let errors = vec![here.frame.error(&problem, "contact")];
            let page = async { page(&here, opened(&here, &id).await?, typed, errors).await };
            match page.await {
                Ok(page) => html(status_of(problem.code.kind()), &page),
                Err(problem) => problem::page(&here.frame, &problem),
            }
        }
        outcome => on(&here.frame, outcome),
    }
}

/// `POST /{language}/cards/{id}/helpers/{helper}/revoke`: whoever helps, or was asked to.
pub async fn take_back(
    Path((_, id, helper)): Path<(String, String, String)>,
    Sent { here, .. }: Sent,
) -> Response {
    let taken = async {
        let app = &here.frame.channels().app;
        let holder = opened(&here, &id).await?.as_holder()?;
        match (AccountId::parse(&helper), RequestId::parse(&helper)) {
            (Some(account), _) => revoke(app, holder, account).await?,
            (None, Some(request)) => withdraw(app, holder, request).await?,
            (None, None) => return Err(Problem::of(ProblemCode::NotFound)),
        }
        Ok(here.href(&format!("cards/{id}/helpers")))
    };
    on(&here.frame, taken.await)
}
