//! Webhooks of calls.

use super::settings::{Agents, Settings};
use super::signed::Signed;
use super::twiml::{Xml, answer};
use crate::web::{Channels, Once, once};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use farline_app::ports::records::RequestKey;
use farline_app::ports::voice::StoredCall;
use farline_app::wording::voice::{Sentence, one, spoken};
use farline_app::{Problem, ProblemCode, voice};
use farline_domain::hotline::robot::{Awaited, Keys, Said, Speech, Tongue};
use sha2::{Digest, Sha256};
use std::future::Future;

/// Seconds without a key after which the robot asks again.
const PATIENCE: &str = "7";
/// Seconds that a person's telephone rings.
const RINGING: &str = "30";
/// States of a call after which nothing comes any more.
const ENDED: [&str; 5] = ["completed", "busy", "failed", "no-answer", "canceled"];

/// A call begins.
pub(super) async fn begin(State(channels): State<Channels>, signed: Signed) -> Response {
    let Some(call) = signed.id("CallSid") else { return StatusCode::BAD_REQUEST.into_response() };
    let app = &channels.app;
    let done = at_most_once(&channels, (call, "begin"), async || {
        voice::begin(app, call, signed.get("From")).await
    });
    let done = done.await;
    present(&channels, &signed, (call, done)).await
}

/// A call goes on: by the keys that were pressed, or by none.
pub(super) async fn press(State(channels): State<Channels>, signed: Signed) -> Response {
    let step = signed.last_segment().parse::<u32>().ok();
    let (Some(call), Some(step)) = (signed.id("CallSid"), step) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let keys = signed.get("Digits");
    let keys = Some(keys).filter(|keys| !keys.is_empty()).map(|keys| Keys(keys.to_owned()));
    let app = &channels.app;
    // Not what was pressed, which may be a PIN: a step is answered once, whatever comes for it again.
    let name = step.to_string();
    let done = at_most_once(&channels, (call, &name), async || {
        voice::press(app, (call, signed.get("From")), step, keys.clone()).await
    });
    let done = done.await;
    present(&channels, &signed, (call, done)).await
}

/// A caller who was put through comes back, or nobody answered.
pub(super) async fn dialed(State(channels): State<Channels>, signed: Signed) -> Response {
    let hang_up = Xml::element("Hangup", &[], &[]);
    if matches!(signed.get("DialCallStatus"), "completed" | "answered") {
        return answer(&[hang_up]);
    }
    let kept = match signed.id("CallSid") {
        Some(call) => voice::stands(&channels.app, call).await.ok().flatten(),
        None => None,
    };
    let nobody = one(&channels.app, tongue_of(kept.as_ref()), "robot-nobody");
    answer(&[say(&signed.settings, &nobody), hang_up])
}

/// What the carrier tells of a call: when it is over, it is forgotten.
pub(super) async fn status(State(channels): State<Channels>, signed: Signed) -> StatusCode {
    if !ENDED.contains(&signed.get("CallStatus")) {
        return StatusCode::NO_CONTENT;
    }
    let Some(call) = signed.id("CallSid") else { return StatusCode::BAD_REQUEST };
    match voice::hang_up(&channels.app, call).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Does a step of a call unless it was done, also weeks ago: a recorded call played again does nothing.
async fn at_most_once<Work, Running>(
    channels: &Channels,
    (call, step): (&str, &str),
    work: Work,
) -> Result<(), Problem>
where
    Work: FnOnce() -> Running,
    Running: Future<Output = Result<(), Problem>>,
{
    let key = format!("{call}-{step}");
    let body_hash = Sha256::digest(key.as_bytes()).into();
    let request = RequestKey { scope: "voice", key: &key, body_hash };
    let running = async |_, _| {
        work().await?;
        Ok(Once { status: 200, body: String::new() })
    };
    once(channels, request, running).await.map(drop)
}

/// What the call hears now.
async fn present(
    channels: &Channels,
    signed: &Signed,
    (call, done): (&str, Result<(), Problem>),
) -> Response {
    let settings = &signed.settings;
    let kept = match voice::stands(&channels.app, call).await {
        Ok(kept) => kept,
        Err(problem) => return trouble(channels, settings, (Tongue::English, &problem)),
    };
    match (done, kept) {
        (Err(problem), Some(kept)) if problem.code == ProblemCode::RequestRunning => {
            let moment = one(&channels.app, kept.robot.tongue, "robot-moment");
            let action = action_of(channels, &kept);
            answer(&[
                say(settings, &moment),
                Xml::element("Pause", &[("length", "2")], &[]),
                redirect(&action),
            ])
        }
        (Err(problem), kept) => trouble(channels, settings, (tongue_of(kept.as_ref()), &problem)),
        (Ok(()), Some(kept)) => answer(&turn(channels, settings, &kept)),
        (Ok(()), None) => {
            let speech = Speech { tongue: Tongue::English, said: vec![Said::Goodbye] };
            let said = says(settings, &spoken(&channels.app, &speech));
            answer(&[said, vec![Xml::element("Hangup", &[], &[])]].concat())
        }
    }
}

fn tongue_of(kept: Option<&StoredCall>) -> Tongue {
    kept.map_or(Tongue::English, |kept| kept.robot.tongue)
}

/// Trouble of our own: the caller is given to a person.
fn trouble(
    channels: &Channels,
    settings: &Settings,
    (tongue, problem): (Tongue, &Problem),
) -> Response {
    let cause = problem.cause.clone().unwrap_or_default();
    tracing::error!(code = problem.code.code(), cause, "a call cannot go on");
    let speech = Speech { tongue, said: vec![Said::Trouble] };
    let said = says(settings, &spoken(&channels.app, &speech));
    answer(&[said, person(channels, settings, tongue)].concat())
}

fn turn(channels: &Channels, settings: &Settings, kept: &StoredCall) -> Vec<Xml> {
    let said = says(settings, &spoken(&channels.app, &kept.speech));
    let digits = match kept.robot.place.awaited() {
        Awaited::One => Some("1"),
        Awaited::Pin => Some("8"),
        Awaited::Number => None,
        Awaited::Person => {
            return [said, person(channels, settings, kept.robot.tongue)].concat();
        }
        Awaited::Nothing => return [said, vec![Xml::element("Hangup", &[], &[])]].concat(),
    };
    let action = action_of(channels, kept);
    let mut attributes = vec![
        ("input", "dtmf"),
        ("method", "POST"),
        ("action", action.as_str()),
        ("timeout", PATIENCE),
        ("finishOnKey", "#"),
    ];
    attributes.extend(digits.map(|digits| ("numDigits", digits)));
    // Without a key the carrier goes on to what follows.
    vec![Xml::element("Gather", &attributes, &said), redirect(&action)]
}

/// Where the next webhook of the call goes. What it waits for stands there for people who read logs.
fn action_of(channels: &Channels, kept: &StoredCall) -> String {
    let (base, step, place) = (&channels.app.base_url, kept.step, kept.robot.place.name());
    format!("{base}/webhooks/voice/steps/{step}?at={place}")
}

fn redirect(to: &str) -> Xml {
    Xml::element("Redirect", &[("method", "POST")], &[Xml::text(to)])
}

/// Puts a caller through.
fn person(channels: &Channels, settings: &Settings, tongue: Tongue) -> Vec<Xml> {
    let action = format!("{}/webhooks/voice/dialed", channels.app.base_url);
    match &settings.agents {
        Agents::Number(number) => {
            let number = Xml::element("Number", &[], &[Xml::text(number)]);
            let attributes =
                [("action", action.as_str()), ("method", "POST"), ("timeout", RINGING)];
            vec![Xml::element("Dial", &attributes, &[number])]
        }
        Agents::Queue(queue) => vec![Xml::element("Enqueue", &[], &[Xml::text(queue)])],
        Agents::Nobody => {
            let nobody = one(&channels.app, tongue, "robot-nobody");
            vec![say(settings, &nobody), Xml::element("Hangup", &[], &[])]
        }
    }
}

fn says(settings: &Settings, sentences: &[Sentence]) -> Vec<Xml> {
    sentences.iter().map(|sentence| say(settings, sentence)).collect()
}

fn say(settings: &Settings, Sentence { tongue, text }: &Sentence) -> Xml {
    let name = settings.voice(*tongue);
    let mut attributes = vec![("language", name.language.as_str())];
    attributes.extend(name.voice.as_deref().map(|voice| ("voice", voice)));
    Xml::element("Say", &attributes, &[Xml::text(text)])
}
