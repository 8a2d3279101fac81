//! Ending an auto-renew. It is confirmed in writing.

use crate::accounts::HolderOf;
use crate::{App, Problem};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::LineId;

/// Ends it at the holder's wish. Ending what has ended changes nothing.
pub async fn end(app: &App, holder: HolderOf) -> Result<(), Problem> {
    stop(app, holder.line(), Actor::Account(holder.account())).await
}

/// Ends it because what it rests on has gone: the account, its right to the line, the method.
pub async fn stop(app: &App, line: LineId, actor: Actor) -> Result<(), Problem> {
    app.decide(line, LineCommand::EndAutoRenew, actor).await.map(drop)
}
