//! The log of what partners' programs asked of us, which helps their people to find what is wrong.

use crate::{App, Problem};
use farline_domain::kernel::Cells;

/// How long a request is kept, in seconds: fourteen days.
const KEEP_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Forgets the requests of some cells that are older than they are kept.
pub async fn forget(app: &App, cells: Cells) -> Result<u64, Problem> {
    let before = app.now().plus_seconds(-KEEP_SECONDS);
    Ok(app.store.forget_partner_requests(cells, before).await?)
}
