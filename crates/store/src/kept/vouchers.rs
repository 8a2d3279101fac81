//! The rows of vouchers, and the cells they live in.

use super::Unreadable;
use super::row::Row;
use super::values::from_json;
use farline_app::ports::accounts::Digest;
use farline_app::ports::vouchers::VoucherCounts;
use farline_domain::kernel::Cell;
use farline_domain::shops::{Voucher, VoucherBatch, VoucherBatchCode, VoucherState};

/// The cell of a voucher.
pub(crate) fn cell_of_voucher(digest: &Digest) -> Cell {
    Cell::of(digest)
}

/// Reads a voucher from: batch, number, state, since.
pub(crate) fn voucher_of<R: Row>(row: &R) -> Result<Voucher, R::Fault> {
    let state = VoucherState::parse(row.text(2)?);
    Ok(Voucher {
        batch: VoucherBatchCode::parse(row.text(0)?).map_err(Unreadable)?,
        number: row.small(1)?,
        state: state.ok_or_else(|| Unreadable("this is no state of a voucher".to_owned()))?,
        since: row.instant(3)?,
    })
}

/// Reads a batch from: body.
pub(crate) fn batch_of<R: Row>(row: &R) -> Result<VoucherBatch, R::Fault> {
    Ok(from_json(row.text(0)?)?)
}

/// Reads how many are in a state from: batch, state, count.
pub(crate) fn count_of<R: Row>(row: &R) -> Result<(String, String, u32), R::Fault> {
    Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.small(2)?))
}

/// Each batch with its counts.
pub(crate) fn with_counts(
    batches: Vec<VoucherBatch>,
    counts: &[(String, String, u32)],
) -> Vec<(VoucherBatch, VoucherCounts)> {
    let counted = |batch: &VoucherBatch| {
        let of = |wanted: VoucherState| {
            counts
                .iter()
                .find(|(code, state, _)| code == batch.code.as_str() && state == wanted.code())
                .map_or(0, |(_, _, count)| *count)
        };
        VoucherCounts {
            unused: of(VoucherState::Unused),
            used: of(VoucherState::Used),
            revoked: of(VoucherState::Revoked),
        }
    };
    batches.into_iter().map(|batch| (batch.clone(), counted(&batch))).collect()
}
