//! The keys of a partner's programs: seen, made and ended by its people.

use super::here::{AtPartner, SentToPartner};
use super::shown;
use crate::api::problem::status_of;
use crate::portal::layout::FieldError;
use crate::portal::views::{KeyLine, PartnerKeysPage, Secret, Tab};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::partners::KeptKey;
use farline_app::{Problem, partners};
use farline_domain::partners::{KeyState, Scope};

/// What a page says beside the keys.
#[derive(Default)]
struct Said {
    made: Option<Secret>,
    notice: Option<String>,
    errors: Vec<FieldError>,
    label: String,
}

/// `GET /{language}/partner/{partner}/keys`
pub async fn list(at: AtPartner) -> Response {
    let page = page(&at, Said::default()).await;
    shown(&at, StatusCode::OK, page)
}

/// `POST /{language}/partner/{partner}/keys`: a new one, shown this once.
pub async fn make(SentToPartner { place: at, fields }: SentToPartner) -> Response {
    let scope = Scope::parse(fields.get("scope")).unwrap_or(Scope::Read);
    let wanted = (fields.get("label"), scope);
    match partners::make_key(at.app(), &at.partner, wanted).await {
        Ok(made) => {
            let said = Said { made: Some(Secret(made.secret)), ..Said::default() };
            shown(&at, StatusCode::OK, page(&at, said).await)
        }
        Err(problem) => {
            let errors = vec![at.here.frame.error(&problem, "label")];
            let said = Said { errors, label: fields.get("label").to_owned(), ..Said::default() };
            shown(&at, status_of(problem.code.kind()), page(&at, said).await)
        }
    }
}

/// `POST /{language}/partner/{partner}/keys/{ending}/end`
pub async fn end(
    Path((_, _, ending)): Path<(String, String, String)>,
    SentToPartner { place: at, .. }: SentToPartner,
) -> Response {
    let ended = partners::end_key(at.app(), &at.partner, (&ending, at.app().now())).await;
    let page = match ended {
        Ok(key) => {
            let about = [("ending", key.ending.into())];
            let notice = Some(at.words().say_with("partner-key-gone", &about));
            page(&at, Said { notice, ..Said::default() }).await
        }
        Err(problem) => Err(problem),
    };
    shown(&at, StatusCode::OK, page)
}

async fn page(at: &AtPartner, said: Said) -> Result<PartnerKeysPage, Problem> {
    let mut keys = at.app().store.partner_keys(&at.partner.code).await?;
    let now = at.app().now();
    keys.reverse();
    keys.sort_by_key(|kept| !kept.key.is_good_at(now));
    let place = at.place(Tab::Keys);
    let mut layout = at.layout(&place);
    (layout.notice, layout.errors) = (said.notice, said.errors);
    let keys = keys.iter().map(|kept| line(at, kept)).collect();
    Ok(PartnerKeysPage { layout, place, made: said.made, keys, label: said.label })
}

fn line(at: &AtPartner, KeptKey { key, used_at, .. }: &KeptKey) -> KeyLine {
    let words = at.words();
    let when = |text: &str, instant| words.say_with(text, &[("at", at.time(instant).into())]);
    let used = used_at.map(|used_at| when("partner-key-used", used_at));
    KeyLine {
        label: key.label.clone(),
        ending: key.ending.clone(),
        facts: vec![
            words.say(&format!("partner-key-{}", key.scope.code())),
            when("partner-key-since", key.since),
            used.unwrap_or_else(|| words.say("partner-key-never")),
        ],
        ended: match key.state {
            KeyState::Live => None,
            KeyState::Ends(instant) => Some(when("partner-key-ended", instant)),
        },
    }
}
