//! The rows of auto-renews and of saved methods.

use super::Unreadable;
use super::row::Row;
use super::values::{from_json, medium_of, to_json};
use farline_app::ports::auto_renew::AutoRenewNoticeRecord;
use farline_app::ports::methods::AccountMethod;
use farline_domain::kernel::{AccountId, Instant, LineId, SavedMethodId};
use farline_domain::payments::SavedMethod;
use serde::{Deserialize, Serialize};

/// What stands in the body of a saved method.
#[derive(Serialize, Deserialize)]
struct MethodBody {
    saved: SavedMethod,
    saved_at: Instant,
    is_refused: bool,
}

/// The body of a saved method.
pub(crate) fn method_body(method: &AccountMethod) -> Result<String, Unreadable> {
    let AccountMethod { saved, saved_at, is_refused, .. } = method.clone();
    to_json(&MethodBody { saved, saved_at, is_refused })
}

/// Reads a saved method from: id, provider, body.
pub(crate) fn method_of<R: Row>(row: &R, account: AccountId) -> Result<AccountMethod, R::Fault> {
    let MethodBody { saved, saved_at, is_refused } = from_json(row.text(2)?)?;
    Ok(AccountMethod {
        id: SavedMethodId::from_bytes(row.array(0)?),
        account,
        provider: row.text(1)?.to_owned(),
        saved,
        saved_at,
        is_refused,
    })
}

/// Reads a notice about an auto-renew from: key, news, medium, provider_id, failure, ambiguous, at.
pub(crate) fn auto_renew_notice_of<R: Row>(
    row: &R,
    line: LineId,
) -> Result<AutoRenewNoticeRecord, R::Fault> {
    Ok(AutoRenewNoticeRecord {
        key: row.text(0)?.to_owned(),
        line,
        news: from_json(row.text(1)?)?,
        medium: medium_of(row.text(2)?)?,
        provider_id: row.some_text(3)?.map(str::to_owned),
        failure: row.some_text(4)?.map(str::to_owned),
        ambiguous: row.small(5)?,
        at: row.instant(6)?,
    })
}
