//! A bank card that a caller types on the telephone: what the agent does about it, and how it stands.

use super::sale::order_of;
use super::{address, on, verified};
use crate::desk::here::{Here, Posted};
use crate::desk::views::{KeypadButton, KeypadRow, KeypadView};
use axum::extract::Path;
use axum::response::Response;
use farline_app::hotline::keypad::{self, Deed};
use farline_app::{Problem, ProblemCode};
use farline_domain::hotline::Call;
use farline_domain::hotline::keypad::{Entry, Field, Progress, Slip};
use farline_domain::orders::Order;
use farline_texts::Words;

/// `POST /{language}/desk/calls/{call}/orders/{order}/keypad`
pub(super) async fn act(
    Path((_, call, order)): Path<(String, String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let done = async {
        let call = verified(&here, &call).await?;
        let order = order_of(&here.frame.channels().app, &call, &order).await?;
        let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("do");
        let deed = Deed::parse(fields.get("do")).ok_or_else(unknown)?;
        keypad::act(&here.frame.channels().app, (&call, &order), deed).await?;
        Ok(format!("{}/orders/{}", address(&here, &call), order.id))
    };
    let led = done.await;
    on(&here, led)
}

/// How it stands for an order, where an order can be paid so.
pub(super) async fn view(
    here: &Here,
    (call, order): (&Call, &Order),
    total: &str,
) -> Result<Option<KeypadView>, Problem> {
    let app = &here.frame.channels().app;
    let Some(found) = keypad::offered(app, call, order).await? else { return Ok(None) };
    let entry = found.entry.filter(|entry| entry.order == order.id);
    Ok(Some(shown(here.frame.words(), entry.as_ref(), total)))
}

/// How an entry is shown.
pub fn shown(words: &Words, entry: Option<&Entry>, total: &str) -> KeypadView {
    let live = entry.filter(|entry| entry.is_live());
    KeypadView {
        tone: entry.map_or("", tone),
        says: says(words, entry),
        rows: entry.map(|entry| rows(words, entry)).unwrap_or_default(),
        buttons: match live {
            Some(entry) => buttons(words, entry, total),
            None => vec![beside("start", words.say("keypad-start"))],
        },
        looks_again: live.is_some(),
    }
}

const fn tone(entry: &Entry) -> &'static str {
    match (entry.progress, entry.slip) {
        (Progress::Ended(_), _) | (_, Some(_)) => "bad",
        _ => "waiting",
    }
}

fn says(words: &Words, entry: Option<&Entry>) -> String {
    let Some(entry) = entry else { return words.say("keypad-hint") };
    match entry.progress {
        Progress::Opening => words.say("keypad-opening"),
        Progress::Open => match (entry.slip, entry.asked) {
            (Some(slip), _) => words.say(&format!("keypad-slip-{}", slip.code())),
            (None, Some(field)) => words.say(&format!("keypad-asked-{}", field.code())),
            (None, None) if entry.next().is_none() => words.say("keypad-complete"),
            (None, None) => words.say("keypad-ready"),
        },
        Progress::Finishing => words.say("keypad-finishing"),
        // What the bank said of it stands above.
        Progress::Taken => words.say("keypad-taken"),
        Progress::Ended(end) => words.say(&format!("keypad-end-{}", end.code())),
    }
}

fn rows(words: &Words, entry: &Entry) -> Vec<KeypadRow> {
    let row = |field: Field| KeypadRow {
        label: words.say(&format!("keypad-field-{}", field.code())),
        stands: match (&entry.last_four, entry.typed.contains(&field), entry.asked) {
            (Some(digits), true, _) if field == Field::Number => format!("•••• {digits}"),
            (_, true, _) => words.say("keypad-typed"),
            (_, false, Some(asked)) if asked == field && entry.slip == Some(Slip::NotAsked) => {
                words.say("keypad-missing")
            }
            (_, false, Some(asked)) if asked == field && entry.is_listening => {
                words.say("keypad-listening")
            }
            (_, false, Some(asked)) if asked == field => words.say("keypad-asked"),
            (_, false, _) => words.say("keypad-missing"),
        },
    };
    Field::ALL.into_iter().map(row).collect()
}

/// One that the Enter key does.
const fn next(code: &'static str, label: String) -> KeypadButton {
    KeypadButton { code, label, is_next: true }
}

/// One beside it.
const fn beside(code: &'static str, label: String) -> KeypadButton {
    KeypadButton { code, label, is_next: false }
}

fn buttons(words: &Words, entry: &Entry, total: &str) -> Vec<KeypadButton> {
    let mut buttons = Vec::new();
    match entry.progress {
        Progress::Opening => buttons.push(next("start", words.say("keypad-start-again"))),
        Progress::Open => {
            if entry.next().is_none() {
                let amount = [("amount", total.to_owned().into())];
                buttons.push(next("finish", words.say_with("keypad-finish", &amount)));
            }
            buttons.extend(Field::ALL.map(|field| asking(words, entry, field)));
        }
        Progress::Finishing => {
            buttons.push(beside("finish", words.say("keypad-finish-again")));
        }
        Progress::Taken | Progress::Ended(_) => {}
    }
    buttons.push(beside("cancel", words.say("keypad-cancel")));
    buttons
}

fn asking(words: &Words, entry: &Entry, field: Field) -> KeypadButton {
    let is_asked = entry.typed.contains(&field) || entry.asked == Some(field);
    let stem = if is_asked { "keypad-ask-again" } else { "keypad-ask" };
    let label = words.say(&format!("{stem}-{}", field.code()));
    let way = if entry.next() == Some(field) { next } else { beside };
    way(field.code(), label)
}
