//! Webhooks of a call with the robot. Where the call stands is kept here and not in the addresses it is sent to: an address
//! could be called again after the call, and by two at once.

use super::tasks::{Doing, carry_out};
use super::trace::{Known, trace};
use crate::ports::voice::{Digest, StoredCall};
use crate::tokens::Seal;
use crate::{App, Problem};
use farline_domain::hotline::robot::{Heard, Keys, Robot, Tongue, Turn};
use farline_domain::kernel::{Instant, LineId, LineNumber, Msisdn};

/// Calls in which nothing happened for so long are forgotten, in seconds.
const KEEP_SECONDS: i64 = 24 * 60 * 60;

/// The keyed digest by which a call is known: the telephone's own name for it is not kept.
pub(crate) fn digest(app: &App, call: &str) -> Digest {
    Seal(&app.keys.secrets).digest("voice-call", call)
}

/// Answers a call. Answering it again changes nothing.
pub async fn begin(app: &App, call: &str, from: &str) -> Result<(), Problem> {
    let own = own_card(app, from).await?;
    let tongue = match &own {
        Some((line, _)) => {
            let view = app.store.line(*line).await?;
            view.map_or(Tongue::English, |view| Tongue::of_language(view.line.language))
        }
        None => Tongue::English,
    };
    let Turn { robot, speech, .. } = Robot::answer(own, tongue);
    let kept = StoredCall { step: 0, robot, speech, at: app.now(), call: None };
    app.store.keep_voice_call(&digest(app, call), &kept).await?;
    Ok(())
}

/// The card that a call comes from, with its last two digits, if it is one of ours.
async fn own_card(app: &App, from: &str) -> Result<Option<(LineId, String)>, Problem> {
    let Ok(number) = Msisdn::parse(from) else { return Ok(None) };
    let hint = number.hint().to_owned();
    let line = app.store.find_line(&LineNumber::Msisdn(number)).await?;
    Ok(line.map(|line| (line, hint)))
}

/// Goes on with a call by what was pressed, or by nothing. What comes for a step that is over changes nothing: the answer to
/// it stands. The same step done twice, by two webhooks or after a crash, has one effect.
pub async fn press(
    app: &App,
    (call, from): (&str, &str),
    step: u32,
    keys: Option<Keys>,
) -> Result<(), Problem> {
    let digest = digest(app, call);
    let Some(kept) = app.store.voice_call(&digest).await?.filter(|kept| kept.step == step) else {
        return Ok(());
    };
    let doing = Doing { seed: seed_of(app, call, step), at: kept.at, from };
    let known = Known { call: kept.call, at: kept.at, seed: doing.seed };
    let mut turn = kept.robot.hear(keys.map_or(Heard::Silence, Heard::Keys));
    while let Some(task) = turn.task.take() {
        let heard = carry_out(app, &turn.robot, task, &doing).await;
        turn = turn.robot.hear(heard);
    }
    let Turn { robot, speech, .. } = turn;
    let call = trace(app, &known, (&robot, &speech)).await;
    let kept = StoredCall { step: step + 1, robot, speech, at: app.now(), call };
    app.store.keep_voice_call(&digest, &kept).await?;
    Ok(())
}

/// From the call and its step alone, so that whoever does it again makes the same order.
fn seed_of(app: &App, call: &str, step: u32) -> [u8; 16] {
    let digest = Seal(&app.keys.secrets).digest("voice-order", &format!("{call}\n{step}"));
    let mut seed = [0; 16];
    seed.copy_from_slice(&digest[..16]);
    seed
}

/// Where a call stands; nothing, once it is over or forgotten.
pub async fn stands(app: &App, call: &str) -> Result<Option<StoredCall>, Problem> {
    Ok(app.store.voice_call(&digest(app, call)).await?)
}

/// The caller has hung up: the call is over, and what the robot knew of it forgotten. What was agreed to goes its way.
pub async fn hang_up(app: &App, call: &str) -> Result<(), Problem> {
    if let Some(id) = stands(app, call).await?.and_then(|kept| kept.call) {
        app.store.end_call(id, app.now()).await?;
    }
    Ok(app.store.forget_voice_call(&digest(app, call)).await?)
}

/// Forgets calls whose end was never told.
pub async fn forget(app: &App) -> Result<u64, Problem> {
    let silent_since: Instant = app.now().plus_seconds(-KEEP_SECONDS);
    Ok(app.store.forget_voice_calls(silent_since).await?)
}
