//! The saved methods of whoever is signed in: which there are, saving another, removing one.

use super::super::{pay_methods, present};
use super::session::{Sent, SignedIn};
use super::{card, on, shown};
use crate::portal::layout::{PagePath, Section};
use crate::portal::views::{ForgetMethodPage, MethodLine, MethodsPage};
use crate::web::limits::{self, ORDER};
use axum::extract::{Path, Query};
use axum::response::Response;
use farline_app::accounts::permit;
use farline_app::methods::forget::{forget as forget_method, renewed_with};
use farline_app::methods::{self, Usable, finish, start};
use farline_app::wording::auto_renew::saved_method;
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::kernel::{LineId, SavedMethodId};
use serde::Deserialize;

/// Where the page lives, behind the language.
const HERE: &str = "/account/methods";

/// `?removed`
#[derive(Debug, Deserialize)]
pub struct DoneQuery {
    removed: Option<String>,
}

/// `GET /{language}/account/methods`
pub async fn list(here: SignedIn, Query(query): Query<DoneQuery>) -> Response {
    let notice = query.removed.map(|_| here.frame.words().say("method-forgotten"));
    shown(&here.frame, page(&here, notice).await)
}

async fn page(here: &SignedIn, notice: Option<String>) -> Result<MethodsPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let mut lines = Vec::new();
    for usable in methods::mine(app, here.account).await? {
        lines.push(line(here, &usable).await?);
    }
    let providers = app.providers.iter().filter(|provider| provider.keeps_methods());
    let named = providers.map(|provider| {
        (provider.name().to_owned(), words.say(&format!("pay-at-{}", provider.name())))
    });
    let mut layout = here.layout(Section::Account);
    layout.path = PagePath::InLanguage(HERE.to_owned());
    layout.notice = notice;
    Ok(MethodsPage { layout, methods: lines, providers: named.collect() })
}

async fn line(here: &SignedIn, usable: &Usable) -> Result<MethodLine, Problem> {
    let words = here.frame.words();
    let method = &usable.method;
    let cards = cards(here, method.id).await?;
    let used_by = if cards.is_empty() { None } else { Some(words.list(&cards)) };
    let with = |key: &str, name, value: String| words.say_with(key, &[(name, value.into())]);
    let since = present::home_zone().map(|zone| words.date(method.saved_at.date_in(&zone)));
    let expiry = method.saved.expiry;
    Ok(MethodLine {
        id: method.id.to_string(),
        label: saved_method(words, &method.saved),
        good_until: expiry.map_or_else(String::new, |expiry| {
            let month = format!("{:02}/{}", expiry.month, expiry.year);
            with("method-good-until", "month", month)
        }),
        since: since.map_or_else(String::new, |date| with("method-since", "date", date)),
        used_by: used_by.map_or_else(String::new, |cards| with("method-used-by", "cards", cards)),
        note: pay_methods::note(&here.frame, usable),
    })
}

/// What its owner calls the cards that renew themselves with a method.
async fn cards(here: &SignedIn, id: SavedMethodId) -> Result<Vec<String>, Problem> {
    let app = &here.frame.channels().app;
    let mut names = Vec::new();
    for line in renewed_with(app, here.account, id).await? {
        names.push(name(here, line).await?);
    }
    Ok(names)
}

async fn name(here: &SignedIn, line: LineId) -> Result<String, Problem> {
    let app = &here.frame.channels().app;
    let permitted = permit(app, here.account, line).await?;
    let view = lines::find::view(app, line).await?;
    let nickname = card::nickname(app, permitted).await?;
    Ok(super::present::name(here.frame.words(), &nickname, &view.line))
}

/// `POST /{language}/account/methods`: on to the page of a provider, where another is saved.
pub async fn save_another(Sent { here, fields }: Sent) -> Response {
    let begun = async {
        let channels = here.frame.channels();
        limits::check(channels, ORDER, &here.frame.address).await?;
        let wanted = (fields.get("provider"), here.frame.language);
        start(&channels.app, here.account, wanted).await
    };
    on(&here.frame, begun.await)
}

/// `GET /{language}/account/methods/added/{token}`: back from there.
pub async fn added(here: SignedIn, Path((_, token)): Path<(String, String)>) -> Response {
    let finished = async {
        let app = &here.frame.channels().app;
        let words = here.frame.words();
        let saved = finish(app, here.account, (&token, here.frame.language)).await?;
        let mine = methods::mine(app, here.account).await?;
        let found = saved.and_then(|id| mine.iter().find(|usable| usable.method.id == id));
        let notice = match found {
            Some(usable) => {
                let label = saved_method(words, &usable.method.saved);
                words.say_with("method-added", &[("method", label.into())])
            }
            None => words.say("method-added-nothing"),
        };
        page(&here, Some(notice)).await
    };
    shown(&here.frame, finished.await)
}

/// A method of theirs by the id in the address; for everybody else there is none.
async fn found(here: &SignedIn, id: &str) -> Result<Usable, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = SavedMethodId::parse(id).ok_or_else(not_found)?;
    let mine = methods::mine(&here.frame.channels().app, here.account).await?;
    mine.into_iter().find(|usable| usable.method.id == id).ok_or_else(not_found)
}

/// `GET /{language}/account/methods/{id}/remove`: asks once.
pub async fn ask(here: SignedIn, Path((_, id)): Path<(String, String)>) -> Response {
    let page = async {
        let method = found(&here, &id).await?.method;
        let words = here.frame.words();
        Ok::<_, Problem>(ForgetMethodPage {
            layout: here.layout(Section::Account),
            id: method.id.to_string(),
            label: saved_method(words, &method.saved),
            ends: words.list(&cards(&here, method.id).await?),
        })
    };
    shown(&here.frame, page.await)
}

/// `POST /{language}/account/methods/{id}/remove`
pub async fn forget(Path((_, id)): Path<(String, String)>, Sent { here, .. }: Sent) -> Response {
    let forgotten = async {
        let method = found(&here, &id).await?.method;
        forget_method(&here.frame.channels().app, here.account, method.id).await?;
        Ok(here.href("account/methods?removed=yes"))
    };
    on(&here.frame, forgotten.await)
}
