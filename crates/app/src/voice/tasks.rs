//! What the robot wants done. Trouble of our own is an answer, too: the caller is told, and given to a person.

use super::renew::Agreed;
use super::{link, offer, renew, standing};
use crate::accounts::prove;
use crate::wording::voice::agreed_words;
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::hotline::robot::{Heard, Keys, Offer, Outcome, PinAnswer, Robot, Task};
use farline_domain::kernel::{Instant, LineId};
use farline_domain::orders::Channel;

/// What the effects of a step are known by, and where they come from.
pub(super) struct Doing<'a> {
    /// From which every id is derived.
    pub(super) seed: [u8; 16],
    /// When the step began.
    pub(super) at: Instant,
    /// The caller's number, as the telephone says it.
    pub(super) from: &'a str,
}

/// Does it, and says what came of it.
pub(super) async fn carry_out(app: &App, robot: &Robot, task: Task, doing: &Doing<'_>) -> Heard {
    let is_private = !matches!(task, Task::Find(_) | Task::CheckPin(..));
    if is_private && !robot.is_verified(app.now()) {
        return Heard::Failed;
    }
    let done = match task {
        Task::Find(keys) => find(app, &keys).await,
        Task::CheckPin(line, keys) => check_pin(app, line, &keys).await,
        Task::Look(line) => standing::look(app, line).await.map(Heard::Left),
        Task::MakeOffer(line) => offer::make(app, line, robot.tongue.language())
            .await
            .map(|offered| Heard::Offered(offered.map(Box::new))),
        Task::Renew(line, offer) => {
            Ok(Heard::Renewed(agree(app, robot, (line, *offer), doing).await))
        }
        Task::SendLink(line) => {
            let language = robot.tongue.language();
            let outcome = link::send(app, (line, language), Channel::Voice, doing).await;
            outcome.map(Heard::Linked)
        }
    };
    done.unwrap_or_else(|problem| {
        let cause = problem.cause.unwrap_or_default();
        tracing::warn!(code = problem.code.code(), cause, "the robot could not do something");
        Heard::Failed
    })
}

async fn find(app: &App, Keys(keys): &Keys) -> Result<Heard, Problem> {
    match lines::find(app, keys).await {
        Ok(line) => Ok(Heard::Found(Some(line))),
        Err(problem) if problem.field == Some("number") => Ok(Heard::Found(None)),
        Err(problem) => Err(problem),
    }
}

async fn check_pin(app: &App, line: LineId, Keys(keys): &Keys) -> Result<Heard, Problem> {
    let answer = match prove::try_pin(app, line, keys).await {
        Ok(true) => PinAnswer::Right(app.now()),
        Ok(false) => PinAnswer::Wrong,
        Err(problem) if problem.code == ProblemCode::TooManyRequests => PinAnswer::Locked,
        Err(problem) => return Err(problem),
    };
    Ok(Heard::Pin(answer))
}

async fn agree(
    app: &App,
    robot: &Robot,
    (line, offer): (LineId, Offer),
    doing: &Doing<'_>,
) -> Outcome {
    let agreed = Agreed {
        line,
        words: agreed_words(app, robot.tongue, &offer),
        offer,
        yes: "1".to_owned(),
        language: robot.tongue.language(),
        channel: Channel::Voice,
    };
    renew::renew(app, agreed, doing).await
}
