//! The rows of the staff's passkeys.

use super::row::Row;
use farline_app::ports::passkeys::Passkey;
use farline_domain::kernel::{Instant, StaffId};

/// Reads a passkey from: id, staff, public_key, state, device, added_at, used_at.
pub(crate) fn passkey<R: Row>(row: &R) -> Result<Passkey, R::Fault> {
    Ok(Passkey {
        id: row.octets(0)?.to_vec(),
        member: StaffId::from_bytes(row.array(1)?),
        key: row.octets(2)?.to_vec(),
        state: row.array(3)?,
        device: row.text(4)?.to_owned(),
        added_at: row.instant(5)?,
        used_at: row.some_number(6)?.map(Instant::from_millis),
    })
}
