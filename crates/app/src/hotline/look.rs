//! Looking at a card without a caller: for those who check the work of others. Nothing is shown before it is written
//! down who looks, and why.

use crate::desk::{Acting, reason_of};
use crate::ports::lines::LineView;
use crate::staff::{StaffNote, note};
use crate::tokens::Seal;
use crate::{App, Problem, lines};
use farline_domain::kernel::{Instant, LineId};
use farline_domain::staff::Deed;
use serde_json::json;

/// The purpose of what a written reason gives.
const LOOK: &str = "desk-look";
/// A reason is good for so long, in seconds.
const GOOD_SECONDS: i64 = 15 * 60;

/// Writes the reason down. What it gives opens this card for this member, for a quarter of an hour.
pub async fn ask(
    app: &App,
    acting: &Acting<'_>,
    line: LineId,
    reason: &str,
) -> Result<String, Problem> {
    acting.may(Deed::SeeUnverified)?;
    let reason = reason_of(reason)?;
    let detail = json!({ "reason": reason });
    let written = StaffNote { line: Some(line), detail, ..StaffNote::of("look_unverified") };
    note(app, acting.id, written).await?;
    let until = app.now().plus_seconds(GOOD_SECONDS);
    Ok(Seal(&app.keys.tokens).token(LOOK, &said(acting, line, until)))
}

fn said(acting: &Acting<'_>, line: LineId, until: Instant) -> String {
    format!("{}~{line}~{}", acting.id, until.millis())
}

/// The card, if a reason was written down for it; each look is a line of the audit by itself.
pub async fn look(
    app: &App,
    acting: &Acting<'_>,
    line: LineId,
    given: &str,
) -> Result<Option<LineView>, Problem> {
    acting.may(Deed::SeeUnverified)?;
    let Some(opened) = Seal(&app.keys.tokens).said(LOOK, given) else { return Ok(None) };
    let until = opened.rsplit('~').next().and_then(|until| until.parse().ok());
    let until = until.map_or(Instant::from_millis(0), Instant::from_millis);
    if opened != said(acting, line, until) || until <= app.now() {
        return Ok(None);
    }
    note(app, acting.id, StaffNote { line: Some(line), ..StaffNote::of("see_unverified") }).await?;
    Ok(Some(lines::find::view(app, line).await?))
}
