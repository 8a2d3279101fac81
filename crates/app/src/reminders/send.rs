//! Sending: what is due goes out, if it is still so.

use super::plan::{look_day, of_line, wish};
use super::promotions;
use crate::notices::carry;
use crate::orders::last_bought;
use crate::ports::lines::LineView;
use crate::ports::notice::{Medium, Message};
use crate::ports::reminders::{RemindedLine, ReminderPerson};
use crate::ports::shops::Revised;
use crate::tokens::{Arrival, RenewLink, Seal};
use crate::wording::reminder::{ReminderFacts, Reply, compose};
use crate::{App, Problem, lines, marketing, voice};
use farline_domain::catalog::{Operator, PlanCode};
use farline_domain::kernel::{Instant, Language};
use farline_domain::lines::LineStatus;
use farline_domain::reminders::{
    Planned, Reminder, ReminderKey, ReminderProgress, ReminderReason, ReminderWish, Told, period_of,
};

/// Reminders that are sent in one go.
const BATCH: u32 = 64;
/// How long the link in a reminder opens, in seconds.
const LINK_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Whom a reminder reaches, and how.
struct Reached {
    medium: Medium,
    to: String,
    language: Language,
}

/// Sends every reminder that is due. Returns how many there were.
pub async fn send_due(app: &App) -> Result<usize, Problem> {
    let due = app.store.due_reminders(app.now(), BATCH).await?;
    let count = due.len();
    let mut running = tokio::task::JoinSet::new();
    for reminder in due {
        let app = app.clone();
        running.spawn(async move { send_one(&app, reminder).await });
    }
    while running.join_next().await.is_some() {}
    Ok(count)
}

async fn send_one(app: &App, before: Revised<Reminder>) {
    if let Err(problem) = take_and_send(app, &before).await {
        let (code, cause) = (problem.code.code(), problem.cause);
        tracing::warn!(line = %before.kept.key.line, code, cause, "a reminder is put off");
    }
}

async fn take_and_send(app: &App, before: &Revised<Reminder>) -> Result<(), Problem> {
    let now = app.now();
    let taken = before.then(before.kept.taken(now));
    if !app.store.keep_reminder(&taken).await? {
        return Ok(());
    }
    let next = match send(app, &taken.kept).await {
        Ok(Some(progress)) => taken.kept.over(progress),
        Ok(None) => taken.kept.again(now),
        Err(problem) => {
            app.store.keep_reminder(&taken.then(taken.kept.again(now))).await?;
            return Err(problem);
        }
    };
    app.store.keep_reminder(&taken.then(next)).await?;
    Ok(())
}

/// Sends it, and says what became of it; nothing, if it is to be tried again.
async fn send(app: &App, reminder: &Reminder) -> Result<Option<ReminderProgress>, Problem> {
    let key = &reminder.key;
    let view = lines::find::view(app, key.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let line = app.store.line_to_remind(key.line, look_day(app.now())).await?;
    let Some(line) = line else { return Ok(Some(ReminderProgress::Dropped)) };
    if !still_holds(app, &line, (key, &view, operator)).await? {
        return Ok(Some(ReminderProgress::Dropped));
    }
    let Some(reached) = reached(app, &line, (key, &view)).await? else {
        return Ok(Some(ReminderProgress::Dropped));
    };
    let message = word(app, key, (&line, &view, operator), &reached).await?;
    let Some((provider_id, failure)) = carry(app, reminder.planned_for, &message).await else {
        return Ok(None);
    };
    Ok(Some(match (provider_id, failure) {
        (Some(provider_id), _) => ReminderProgress::Sent { medium: reached.medium, provider_id },
        (None, code) => ReminderProgress::Failed { code: code.unwrap_or_default() },
    }))
}

/// Whether what was planned is still so.
async fn still_holds(
    app: &App,
    line: &RemindedLine,
    (key, view, operator): (&ReminderKey, &LineView, &Operator),
) -> Result<bool, Problem> {
    let (rule, now) = (&operator.lifecycle, app.now());
    let planned = Planned { reason: key.reason, period: key.period.clone() };
    Ok(match key.reason {
        ReminderReason::ExpiresIn(_)
        | ReminderReason::GraceBegins
        | ReminderReason::LastSafeDay
        | ReminderReason::NumberEnds
        | ReminderReason::RunsOut
        | ReminderReason::RunsOutVoice => of_line(app, line, (rule, now)).contains(&planned),
        ReminderReason::PromotionEnds => {
            let catalogue = app.store.catalogue();
            let ending = promotions::of_line(app, (&catalogue, operator), line, now).await?;
            ending.contains(&planned)
        }
        // Use only grows; what matters is whether anything was bought since.
        ReminderReason::Used(..) | ReminderReason::CreditLow => {
            rule.status_on(view.line.dates, rule.today(now)) == LineStatus::Active
                && key.period == period_of(newest_of_kind(view, key.reason))
        }
    })
}

fn newest_of_kind(view: &LineView, reason: ReminderReason) -> u32 {
    let kind = reason.kind();
    let of_kind = view.buckets.iter().filter(|bucket| Some(bucket.kind) == kind);
    of_kind.map(|bucket| bucket.number).max().unwrap_or(0)
}

/// Where whoever is told is reached; nothing, if they are not of the line any more, or want nothing by now.
async fn reached(
    app: &App,
    line: &RemindedLine,
    (key, view): (&ReminderKey, &LineView),
) -> Result<Option<Reached>, Problem> {
    let account = match key.told {
        Told::Line if key.reason.needs_consent() => return Ok(None),
        Told::Line => {
            let language = view.line.language;
            let number = view.line.msisdn.as_ref().filter(|_| line.people.is_empty());
            let to = number.map(|number| number.as_str().to_owned());
            return Ok(to.map(|to| Reached { medium: Medium::Sms, to, language }));
        }
        Told::Account(account) => account,
    };
    let person = line.people.iter().find(|person| person.account == account);
    let Some(person) = person else { return Ok(None) };
    let media = if key.reason.needs_consent() {
        promotions::media(app, person).await?
    } else {
        wished_for(person)
    };
    let Some(held) = app.store.account(account).await? else { return Ok(None) };
    let contacts = app.store.account_contacts(account).await?;
    let by = |medium| contacts.iter().find(move |contact| contact.address.medium() == medium);
    Ok(media.into_iter().find_map(by).map(|contact| Reached {
        medium: contact.address.medium(),
        to: contact.address.as_str().to_owned(),
        language: held.language,
    }))
}

/// The media of whoever wants to be reminded: the one they chose, and the other where they have no address for it.
fn wished_for(person: &ReminderPerson) -> Vec<Medium> {
    match wish(person) {
        ReminderWish::By(Medium::Email) => vec![Medium::Email, Medium::Sms],
        ReminderWish::By(Medium::Sms) => vec![Medium::Sms, Medium::Email],
        ReminderWish::Never => Vec::new(),
    }
}

async fn word(
    app: &App,
    key: &ReminderKey,
    (line, view, operator): (&RemindedLine, &LineView, &Operator),
    reached: &Reached,
) -> Result<Message, Problem> {
    let to_itself = view.line.msisdn.as_ref().is_some_and(|own| own.as_str() == reached.to);
    let last_plan = last_bought(app, key.line).await?;
    let may_answer = to_itself && last_plan.is_some();
    let reply =
        if may_answer && voice::has_payer(app, key.line).await? { Reply::Yes } else { Reply::None };
    let catalogue = app.store.catalogue();
    let seen = (key.period.as_str(), app.now());
    let promotion = promotions::promotion_of(&catalogue, operator, seen);
    let unsubscribe = match key.told {
        Told::Account(account) if key.reason.needs_consent() => {
            Some(marketing::way_out(app, account, reached.language))
        }
        Told::Account(_) | Told::Line => None,
    };
    let (subject, body) = compose(&ReminderFacts {
        reason: key.reason,
        line: &view.line,
        paces: line.paces,
        operator,
        business: &app.business,
        medium: reached.medium,
        language: reached.language,
        reply,
        renew_link: renew_link(app, key, (reached.language, last_plan)),
        manage_link: match key.told {
            Told::Line => None,
            Told::Account(_) => Some(format!(
                "{}/{}/cards/{}/reminders",
                app.base_url,
                reached.language.path(),
                key.line
            )),
        },
        today: operator.lifecycle.today(app.now()),
        promotion,
        way_out: unsubscribe.as_deref(),
    });
    Ok(Message {
        key: key.to_string(),
        medium: reached.medium,
        to: reached.to.clone(),
        subject,
        body,
        html: None,
        attachments: Vec::new(),
        language: reached.language,
        unsubscribe,
    })
}

/// Where the line is renewed in two taps, with the plan that was bought last.
fn renew_link(
    app: &App,
    key: &ReminderKey,
    (language, plan): (Language, Option<PlanCode>),
) -> String {
    let until: Instant = app.now().plus_seconds(LINK_SECONDS);
    let link = RenewLink { line: key.line, arrival: Arrival::Link, plan, until };
    let token = Seal(&app.keys.tokens).renew_token(&link);
    format!("{}/{}/renew/{token}", app.base_url, language.path())
}
