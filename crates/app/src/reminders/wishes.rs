//! How one of a line's people wants to be reminded of it, and what they were told.

use super::plan::{look_day, wish};
use crate::accounts::Permitted;
use crate::{App, Problem, ProblemCode};
use farline_domain::reminders::{Reminder, ReminderWish, Told};

/// The most reminders that are shown.
const SHOWN: usize = 20;

/// What one of a line's people sees of their reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenReminders {
    /// How they are told.
    pub wish: ReminderWish,
    /// What they were told, or are about to be, the newest first.
    pub told: Vec<Reminder>,
}

/// Reads how an account is reminded of a line, and of what it was.
pub async fn see(app: &App, permitted: Permitted) -> Result<SeenReminders, Problem> {
    let (line, account) = (permitted.line(), permitted.account());
    let looked = app.store.line_to_remind(line, look_day(app.now())).await?;
    let people = looked.map(|line| line.people).unwrap_or_default();
    let own = people.iter().find(|person| person.account == account);
    let own = own.ok_or(Problem::of(ProblemCode::NotFound))?;
    let told = app.store.reminders_of_line(line).await?.into_iter().rev();
    let told = told.filter(|reminder| reminder.key.told == Told::Account(account));
    Ok(SeenReminders { wish: wish(own), told: told.take(SHOWN).collect() })
}

/// Keeps how an account wants to be reminded of a line. It holds for what is planned already, too.
pub async fn choose(app: &App, permitted: Permitted, wish: ReminderWish) -> Result<(), Problem> {
    Ok(app.store.keep_reminder_wish(permitted.line(), permitted.account(), wish).await?)
}
