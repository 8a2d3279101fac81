//! What a platform is told of its own accord.

use super::{Endpoint, told};
use crate::ports::callback::CallbackRequest;
use crate::ports::partners::CallbackRecord;
use farline_domain::kernel::Instant;
use farline_domain::orders::Order;

/// What tells a platform that an order came to its end, signed as of now.
pub fn notice(
    endpoint: &Endpoint,
    order: &Order,
    (record, now): (&CallbackRecord, Instant),
) -> CallbackRequest {
    let order = told(endpoint, order, record.stage);
    let notice = endpoint.platform.notice(&order, &record.url, now);
    CallbackRequest {
        url: notice.url,
        id: record.id(),
        at: now,
        body: notice.body,
        form: notice.form,
    }
}
