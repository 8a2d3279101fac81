//! The rows of jobs, notices and receipts.

use super::row::Row;
use super::values::{from_json, medium_of};
use farline_app::ports::orders::StoredReceipt;
use farline_app::ports::records::{NoticeRecord, StoredJob};
use farline_domain::kernel::{LineId, OrderId};
use farline_domain::receipts::Receipt;
use std::collections::HashSet;

/// Reads a job from: line, number, kind, order_id, attempts, first_due, due. `epoch` is the lease's.
pub(crate) fn job_of<R: Row>(row: &R, epoch: u64) -> Result<StoredJob, R::Fault> {
    Ok(StoredJob {
        line: LineId::from_bytes(row.array(0)?),
        number: row.small(1)?,
        kind: from_json(row.text(2)?)?,
        order: row.some_array(3)?.map(OrderId::from_bytes),
        attempts: row.small(4)?,
        first_due: row.instant(5)?,
        due: row.instant(6)?,
        epoch,
    })
}

/// A line's jobs are done one after the other, in the order in which they fell due.
pub(crate) fn first_of_each_line(mut jobs: Vec<StoredJob>) -> Vec<StoredJob> {
    let mut lines = HashSet::new();
    jobs.retain(|job| lines.insert(job.line));
    jobs
}

/// Reads a notice from: key, reason, medium, provider_id, failure, ambiguous, at.
pub(crate) fn notice_of<R: Row>(row: &R, order: OrderId) -> Result<NoticeRecord, R::Fault> {
    Ok(NoticeRecord {
        key: row.text(0)?.to_owned(),
        order,
        reason: from_json(row.text(1)?)?,
        medium: medium_of(row.text(2)?)?,
        provider_id: row.some_text(3)?.map(str::to_owned),
        failure: row.some_text(4)?.map(str::to_owned),
        ambiguous: row.small(5)?,
        at: row.instant(6)?,
    })
}

/// Reads a receipt from: number, canonical, hash, pdf.
pub(crate) fn receipt_of<R: Row>(row: &R, order: OrderId) -> Result<StoredReceipt, R::Fault> {
    let receipt = Receipt {
        order,
        number: row.text(0)?.to_owned(),
        canonical: row.text(1)?.to_owned(),
        hash: row.array(2)?,
    };
    Ok(StoredReceipt { receipt, pdf: row.some_octets(3)?.map(<[u8]>::to_vec) })
}
