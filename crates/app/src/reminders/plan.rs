//! Planning: every line is looked at, and what its people are to be told is kept, each once.

use super::{WithoutAccount, promotions};
use crate::ports::reminders::{LookDay, RemindedLine, ReminderPerson};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::AutoRenew;
use farline_domain::balance::Depletion;
use farline_domain::kernel::{Instant, LineId, Zone};
use farline_domain::lines::LifecycleRule;
use farline_domain::notices::Medium;
use farline_domain::reminders::{
    Planned, Reminder, ReminderWish, Seen, Told, due, emptied, may_be_sent_at,
};
use jiff::ToSpan;
use jiff::civil::Date;

/// Lines that are looked at in one go.
const PAGE: u32 = 2_000;
/// Lines that expired longer ago than this have lost their number under every rule that there is.
const OLDEST_EXPIRY_DAYS: i64 = 400;

/// What came of looking at every line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlannedAll {
    /// Lines looked at.
    pub lines: u64,
    /// Reminders that are new.
    pub reminders: u64,
}

/// The day of a look at this instant.
pub(super) fn look_day(now: Instant) -> LookDay {
    let today: Date = now.date_in(&Zone::default());
    let oldest_expiry = today.saturating_sub(OLDEST_EXPIRY_DAYS.days());
    LookDay { now, today, oldest_expiry }
}

/// Looks at every line and plans what its people are to be told. What is planned already stays as it is.
pub async fn plan_all(app: &App, progress: &(dyn Fn(u64) + Sync)) -> Result<PlannedAll, Problem> {
    let mut all = PlannedAll::default();
    let mut after = None;
    while let Some((page, now)) = next_page(app, &mut after).await? {
        let mut planned = plan_page(app, &page, now);
        planned.extend(promotions::of_page(app, &page, now).await?);
        if !planned.is_empty() {
            all.reminders += app.store.plan_reminders(&planned).await?;
        }
        all.lines += u64::try_from(page.len()).unwrap_or(u64::MAX);
        progress(all.lines);
    }
    Ok(all)
}

/// Reads every line as a look does, and plans nothing: what planning is measured against. Returns how many there are.
pub async fn look_at_all(app: &App) -> Result<u64, Problem> {
    let (mut after, mut lines) = (None, 0);
    while let Some((page, _)) = next_page(app, &mut after).await? {
        lines += u64::try_from(page.len()).unwrap_or(u64::MAX);
    }
    Ok(lines)
}

/// The next lines, and when they are looked at; nothing after the last.
async fn next_page(
    app: &App,
    after: &mut Option<LineId>,
) -> Result<Option<(Vec<RemindedLine>, Instant)>, Problem> {
    let now = app.now();
    let page = app.store.lines_to_remind(*after, look_day(now), PAGE).await?;
    let Some(last) = page.last() else { return Ok(None) };
    *after = Some(last.id);
    Ok(Some((page, now)))
}

fn plan_page(app: &App, page: &[RemindedLine], now: Instant) -> Vec<Reminder> {
    let catalogue = app.store.catalogue();
    let mut planned = Vec::new();
    for line in page {
        let Some(operator) = catalogue.operators.get(&line.operator) else { continue };
        let rule = &operator.lifecycle;
        for one in of_line(app, line, (rule, now)) {
            planned.extend(to_each(app, line, &one, (&rule.zone, now)));
        }
    }
    planned
}

/// What the people of a line are to be told now.
pub(super) fn of_line(
    app: &App,
    line: &RemindedLine,
    (rule, now): (&LifecycleRule, Instant),
) -> Vec<Planned> {
    due(&of_seen(line, rule), &app.reminders.days_before, now)
}

/// What is seen of a line.
pub(super) fn of_seen<'a>(line: &RemindedLine, rule: &'a LifecycleRule) -> Seen<'a> {
    let renews_itself = |standing: &AutoRenew| standing.is_on() && standing.stopped.is_none();
    Seen {
        rule,
        dates: line.dates,
        renewed_at: line.renewed_at,
        renews_itself: line.auto_renew.as_ref().is_some_and(renews_itself),
        is_being_renewed: line.is_being_renewed,
        paces: line.paces,
    }
}

/// One reminder to each who wants it.
fn to_each<'a>(
    app: &App,
    line: &'a RemindedLine,
    planned: &'a Planned,
    (zone, now): (&Zone, Instant),
) -> impl Iterator<Item = Reminder> + use<'a> {
    let at = may_be_sent_at(zone, now, spread(line.id));
    told(app, line)
        .into_iter()
        .map(move |told| Reminder::planned((line.id, told), planned.clone(), at))
}

/// Who is told: those of its people who want it, and of a line without people the line itself.
fn told(app: &App, line: &RemindedLine) -> Vec<Told> {
    if line.people.is_empty() {
        let is_told = line.has_number && app.reminders.without_account == WithoutAccount::Text;
        return is_told.then_some(Told::Line).into_iter().collect();
    }
    let wants = |person: &&ReminderPerson| wish(person) != ReminderWish::Never;
    line.people.iter().filter(wants).map(|person| Told::Account(person.account)).collect()
}

/// How somebody is told. Who said nothing is told by e-mail as the holder, and not at all as a helper.
pub(super) fn wish(person: &ReminderPerson) -> ReminderWish {
    person.wish.unwrap_or(match person.rights {
        Rights::Holder => ReminderWish::By(Medium::Email),
        Rights::Helper => ReminderWish::Never,
    })
}

/// A number of the line's own, the same for ever.
pub(super) fn spread(line: LineId) -> u64 {
    let octets = line.to_bytes();
    octets.iter().rev().take(8).fold(0, |sum: u64, octet| (sum << 8) | u64::from(*octet))
}

/// Plans what is told of a bucket that passed a mark.
pub async fn plan_emptied(app: &App, line: LineId, depletion: Depletion) -> Result<(), Problem> {
    let day = look_day(app.now());
    let line = app.store.line_to_remind(line, day).await?;
    let Some(line) = line.filter(|line| !told(app, line).is_empty()) else { return Ok(()) };
    let view = lines::find::view(app, line.id).await?;
    let bucket = view.buckets.iter().find(|bucket| bucket.number == depletion.bucket);
    let planned = bucket.and_then(|bucket| emptied(bucket.kind, depletion.mark, bucket.number));
    let Some(planned) = planned else { return Ok(()) };
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&line.operator);
    let zone = &operator.ok_or(Problem::of(ProblemCode::Internal))?.lifecycle.zone;
    let reminders: Vec<Reminder> = to_each(app, &line, &planned, (zone, day.now)).collect();
    app.store.plan_reminders(&reminders).await?;
    Ok(())
}
