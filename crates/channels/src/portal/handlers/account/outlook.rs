//! What is to be expected of a card, said and drawn: whether to renew yet, when the data ends, and what a day may take.

use crate::portal::charts::ahead::{self, Ahead, Day};
use crate::portal::views::{Advice, AheadView};
use farline_app::lines::{Foretold, Outlook};
use farline_domain::catalog::Operator;
use farline_domain::kernel::Units;
use farline_domain::lines::{Line, LineStatus, Milestones};
use farline_texts::Words;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Octets in a megabyte, as networks count.
const MEGABYTE: i64 = 1_000_000;

/// What ends further away than so many days needs nothing done yet.
const SOON_DAYS: i64 = 7;

/// At most so many days of a long plan are drawn.
const MOST_DRAWN: usize = 62;

/// Whether to renew yet, and why: a plan that ends, data that is gone before it, or the end of grace. The head says it; the
/// rest is the reason, how sure it is, and the daily budget.
pub(super) fn advice(
    words: &Words,
    outlook: &Outlook,
    (line, operator): (&Line, &Operator),
) -> Option<Advice> {
    let period = operator.lifecycle.milestones(line.dates.expires_on?);
    let (by, sentences) = match outlook.status {
        LineStatus::Active => active(words, outlook, &period),
        LineStatus::Grace => (period.left_until, vec![words.say("advice-grace")]),
        LineStatus::Inactive | LineStatus::Suspended | LineStatus::Closed => return None,
    };
    let is_soon = by <= outlook.today.saturating_add(SOON_DAYS.days());
    let head = if is_soon || outlook.status == LineStatus::Grace {
        words.say_with("advice-renew-by", &[("date", words.date_short(by).into())])
    } else {
        words.say("advice-not-yet")
    };
    Some(Advice { head, reason: words.sentences(&sentences) })
}

/// The last day to renew without a gap, and the sentences that say why.
fn active(words: &Words, outlook: &Outlook, period: &Milestones) -> (Date, Vec<String>) {
    let ends = period.expires_on;
    let dated = |key: &str| words.say_with(key, &[("date", words.date_short(ends).into())]);
    let (by, mut sentences) = match (outlook.data_runs_out_on, outlook.foretold) {
        (Some(gone), _) => (gone, runs_out(words, outlook, (gone, ends))),
        (None, Foretold::TooLittle) if !outlook.data_left.is_zero() => {
            (ends, vec![dated("advice-too-little")])
        }
        (None, Foretold::FromUse) if outlook.data_per_day.count() >= MEGABYTE => {
            (ends, lasts(words, outlook, ends))
        }
        (None, Foretold::FromUse | Foretold::TooLittle) => (ends, vec![dated("advice-ends")]),
    };
    let budget = outlook.data_budget.filter(|budget| budget.count() >= MEGABYTE);
    sentences.extend(budget.map(|budget| {
        let until = ("date", words.date_short(ends).into());
        words.say_with("advice-budget", &[("amount", amount(words, budget).into()), until])
    }));
    (by, sentences)
}

/// The data ends before the plan does: when, how sure that is, and what comes after.
fn runs_out(words: &Words, outlook: &Outlook, (gone, ends): (Date, Date)) -> Vec<String> {
    let early = gone.until(ends).map_or(0, |span| i64::from(span.get_days()));
    let pace = ("amount", amount(words, outlook.data_per_day).into());
    let date = ("date", words.date_short(gone).into());
    let left = ("left", amount(words, outlook.data_left).into());
    let first = match outlook.data_resumes_on {
        _ if outlook.data_left.is_zero() => words.say("advice-gone"),
        Some(resumes) => {
            let resumes = ("resumes", words.date_short(resumes).into());
            words.say_with("advice-resumes", &[pace, left, date, resumes])
        }
        None => {
            let days = ("days", words.days(early).into());
            words.say_with("advice-runs-out", &[pace, left, date, days])
        }
    };
    let mut sentences = vec![first];
    let (earliest, latest) = (outlook.data_runs_out.earliest, outlook.data_runs_out.latest);
    sentences.extend(match (earliest, latest) {
        (Some(from), Some(to)) if from < to => {
            let dates =
                [("from", words.date_short(from).into()), ("to", words.date_short(to).into())];
            Some(words.say_with("advice-between", &dates))
        }
        (Some(from), None) => {
            Some(words.say_with("advice-from", &[("from", words.date_short(from).into())]))
        }
        (Some(_) | None, Some(_)) | (None, None) => None,
    });
    sentences
}

/// The data lasts until the plan ends, or probably does.
fn lasts(words: &Words, outlook: &Outlook, ends: Date) -> Vec<String> {
    let pace = ("amount", amount(words, outlook.data_per_day).into());
    let date = ("date", words.date_short(ends).into());
    let mut sentences = vec![words.say_with("advice-lasts", &[pace, date])];
    sentences.extend(
        outlook.data_runs_out.earliest.map(|from| {
            words.say_with("advice-may-end", &[("from", words.date_short(from).into())])
        }),
    );
    sentences
}

/// Whole megabytes: what is an average need not look exact.
fn amount(words: &Words, units: Units) -> String {
    words.data(units.count() / MEGABYTE * MEGABYTE)
}

/// The data that will be left, day by day until the plan ends; none where nothing can be foretold or nothing is left.
pub(super) fn ahead(words: &Words, outlook: &Outlook) -> Option<AheadView> {
    let (first, last) = (outlook.data_ahead.first()?, outlook.data_ahead.last()?);
    if first.date == last.date || outlook.data_left.is_zero() {
        return None;
    }
    let apart = outlook.data_ahead.len().div_ceil(MOST_DRAWN);
    let drawn: Vec<_> = outlook.data_ahead.iter().step_by(apart).collect();
    let gone = outlook.data_runs_out_on.and_then(|gone| {
        let place = outlook.data_ahead.iter().position(|day| day.date == gone)? / apart + 1;
        Some((place, words.say_with("ahead-gone", &[("date", words.date_short(gone).into())])))
    });
    let ends = ("date", words.date_short(last.date).into());
    let now = amount(words, outlook.data_left);
    let in_the_end = amount(words, last.left);
    let sentence =
        words.say_with("ahead-sentence", &[("now", now.into()), ("end", in_the_end.into()), ends]);
    let day = |(least, left, most): (Units, Units, Units)| Day {
        least: least.count().unsigned_abs(),
        left: left.count().unsigned_abs(),
        most: most.count().unsigned_abs(),
    };
    let today = day((outlook.data_left, outlook.data_left, outlook.data_left));
    let evenings = drawn.iter().map(|ahead| day((ahead.least, ahead.left, ahead.most)));
    let greatest = drawn.iter().map(|day| day.most).max()?.max(outlook.data_left);
    let chart = Ahead {
        // What is left now comes first; each day is as it is in the evening.
        days: [today].into_iter().chain(evenings).collect(),
        greatest: amount(words, greatest),
        first_day: words.say("usage-today"),
        last_day: words
            .say_with("ahead-plan-ends", &[("date", words.date_short(last.date).into())]),
        title: words.say("ahead-title"),
        description: words.sentences(
            &[Some(sentence.clone()), gone.as_ref().map(|(_, words)| words.clone())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>(),
        ),
        gone,
    };
    let rows = drawn.iter().map(|day| {
        let span =
            [("least", amount(words, day.least).into()), ("most", amount(words, day.most).into())];
        let likely = words.say_with("ahead-likely", &span);
        (words.date_short(day.date), amount(words, day.left), likely)
    });
    Some(AheadView { svg: ahead::draw(&chart), sentence, rows: rows.collect() })
}
