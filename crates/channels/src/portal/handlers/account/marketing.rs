//! Consent to promotions: given and withdrawn on the account's page, and withdrawn by the link of a message, without signing in.

use super::super::form::Fields;
use super::super::frame::{Frame, see_other};
use super::super::{present, problem};
use super::session::{Sent, SignedIn, genuine};
use super::settings::back;
use super::{on, shown};
use crate::portal::views::{ConsentLine, UnsubscribePage, UnsubscribeState};
use axum::extract::Path;
use axum::response::Response;
use farline_app::marketing::{self, Leaving, SeenConsent};
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::MarketingPlace;
use farline_domain::notices::Medium;

/// The consents of the account's page.
pub(super) async fn consents(here: &SignedIn) -> Result<Vec<ConsentLine>, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let zone = present::home_zone();
    let line = |SeenConsent { medium, words: agreed, since }: SeenConsent| ConsentLine {
        medium: medium.code().to_owned(),
        field: field_of(medium).to_owned(),
        title: words.say(&format!("marketing-by-{}", medium.code())),
        words: agreed,
        since: since.map(|at| {
            let date = zone.as_ref().map(|zone| words.date(at.date_in(zone)));
            words.say_with("marketing-since", &[("date", date.unwrap_or_default().into())])
        }),
    };
    let seen = marketing::see(app, here.account, here.frame.language).await?;
    Ok(seen.into_iter().map(line).collect())
}

const fn field_of(medium: Medium) -> &'static str {
    match medium {
        Medium::Email => "agree-email",
        Medium::Sms => "agree-sms",
    }
}

/// `POST /{language}/account/marketing`
pub async fn choose(Sent { here, fields }: Sent) -> Response {
    let app = &here.frame.channels().app;
    let Some(medium) = Medium::parse(fields.get("medium")) else {
        return problem::page(&here.frame, &Problem::of(ProblemCode::FieldInvalid));
    };
    let chosen = match (fields.get("act"), fields.get("agree")) {
        ("end", _) => {
            marketing::withdraw(app, here.account, (&[medium], MarketingPlace::AccountPage)).await
        }
        ("give", "yes") => marketing::give(app, here.account, (medium, here.frame.language)).await,
        ("give", _) => {
            let missing = Problem::of(ProblemCode::ConsentMissing).in_field(field_of(medium));
            return back(&here, &missing, field_of(medium)).await;
        }
        _ => Err(Problem::of(ProblemCode::FieldInvalid)),
    };
    on(&here.frame, chosen.map(|()| here.href("account")))
}

/// `GET /{language}/unsubscribe/{token}`: asks once, so that whoever only looks at links ends nothing.
pub async fn see(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let state = marketing::opened(&frame.channels().app, &token).await;
    let page = state.map(|state| UnsubscribePage {
        layout: frame.layout(),
        token,
        state: match state {
            Leaving::Consents => UnsubscribeState::Asks,
            Leaving::Left => UnsubscribeState::Done,
        },
    });
    shown(&frame, page)
}

/// `POST /{language}/unsubscribe/{token}`: by the page, or by a mail program (RFC 8058), which has no cookie.
pub async fn leave(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let left = async {
        genuine(&frame, &fields)?;
        marketing::leave(&frame.channels().app, &token).await
    };
    match left.await {
        Ok(()) => see_other(&format!("/{}/unsubscribe/{token}", frame.language.path())),
        Err(problem) => problem::page(&frame, &problem),
    }
}
