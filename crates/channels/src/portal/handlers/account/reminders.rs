//! How one of a card's people is reminded of it.

use super::session::{Sent, SignedIn};
use super::{card, on, opened, present, shown};
use crate::portal::layout::Section;
use crate::portal::views::{ReminderLine, RemindersPage};
use axum::extract::Path;
use axum::response::Response;
use farline_app::accounts::Permitted;
use farline_app::reminders::{choose, see as look};
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::kernel::Zone;
use farline_domain::reminders::{Reminder, ReminderWish};
use farline_texts::Words;

/// `GET /{language}/cards/{id}/reminders`
pub async fn see(here: SignedIn, Path((_, id)): Path<(String, String)>) -> Response {
    let page = async { page(&here, opened(&here, &id).await?).await };
    shown(&here.frame, page.await)
}

async fn page(here: &SignedIn, permitted: Permitted) -> Result<RemindersPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let zone = &lines::operator_of(&catalogue, &view.line)?.lifecycle.zone;
    let nickname = card::nickname(app, permitted).await?;
    let seen = look(app, permitted).await?;
    let choice = |wish: ReminderWish| {
        let label = words.say(&format!("reminders-by-{}", wish.code()));
        (wish.code().to_owned(), label, wish == seen.wish)
    };
    Ok(RemindersPage {
        layout: here.layout(Section::Cards),
        id: permitted.line().to_string(),
        nickname: present::name(words, &nickname, &view.line),
        choices: ReminderWish::ALL.map(choice).into(),
        told: seen.told.iter().map(|reminder| line(words, zone, reminder)).collect(),
    })
}

/// What was told, or is about to be.
fn line(words: &Words, zone: &Zone, reminder: &Reminder) -> ReminderLine {
    ReminderLine {
        reason: words.say(&format!("reminders-why-{}", reminder.key.reason.text())),
        when: words.date_time_short(&reminder.planned_for.in_zone(zone)),
        state: words.say(&format!("reminders-is-{}", reminder.progress.code())),
    }
}

/// `POST /{language}/cards/{id}/reminders`
pub async fn save(Path((_, id)): Path<(String, String)>, Sent { here, fields }: Sent) -> Response {
    let saved = async {
        let wish = ReminderWish::parse(fields.get("by"));
        let wish = wish.ok_or_else(|| Problem::of(ProblemCode::FieldMissing).in_field("by"))?;
        let permitted = opened(&here, &id).await?;
        choose(&here.frame.channels().app, permitted, wish).await?;
        Ok(here.href(&format!("cards/{id}/reminders")))
    };
    on(&here.frame, saved.await)
}
