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
use farline_domain::kernel::{AccountId, Instant};
use farline_domain::partners::{Hand, KeyState, Scope};
use farline_texts::Words;
use std::collections::BTreeMap;

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
    let by = Hand::Account(at.here.account);
    match partners::make_key(at.app(), &at.partner, wanted, by).await {
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
    let by = Hand::Account(at.here.account);
    let ended = partners::end_key(at.app(), &at.partner, (&ending, at.app().now()), by).await;
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
    let hands = partners::hands_of(at.app(), &keys).await?;
    let time = |instant| at.time(instant);
    let keys = keys.iter().map(|kept| line((at.words(), &hands), kept, time)).collect();
    Ok(PartnerKeysPage { layout, place, made: said.made, keys, label: said.label })
}

/// A key as its partner's people and the staff see it. `time` words an instant where the business is.
pub(crate) fn line(
    (words, hands): (&Words, &BTreeMap<AccountId, String>),
    KeptKey { key, used_at, .. }: &KeptKey,
    time: impl Fn(Instant) -> String,
) -> KeyLine {
    let when = |text: &str, instant| words.say_with(text, &[("at", time(instant).into())]);
    let by = |text: &str, hand, instant| {
        let who = hand_words((words, hands), hand);
        words.say_with(text, &[("who", who.into()), ("at", time(instant).into())])
    };
    let used = used_at.map(|used_at| when("partner-key-used", used_at));
    KeyLine {
        label: key.label.clone(),
        ending: key.ending.clone(),
        facts: vec![
            words.say(&format!("partner-key-{}", key.scope.code())),
            match key.made_by {
                Some(hand) => by("partner-key-made-by", hand, key.since),
                None => when("partner-key-since", key.since),
            },
            used.unwrap_or_else(|| words.say("partner-key-never")),
        ],
        ended: match (key.state, key.ended_by) {
            (KeyState::Live, _) => None,
            (KeyState::Ends(instant), Some(done)) => {
                Some(by("partner-key-ended-by", done.by, instant))
            }
            (KeyState::Ends(instant), None) => Some(when("partner-key-ended", instant)),
        },
    }
}

/// Whose hand it was, in words.
pub(crate) fn hand_words(
    (words, hands): (&Words, &BTreeMap<AccountId, String>),
    hand: Hand,
) -> String {
    match hand {
        Hand::Account(account) => match hands.get(&account) {
            Some(email) => email.clone(),
            None => words.say("partner-hand-gone"),
        },
        Hand::Business => words.say("partner-hand-business"),
        Hand::Guest => words.say("partner-hand-guest"),
    }
}
