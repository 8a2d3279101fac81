//! The log that a partner's people read: what their programs asked, and what came of it.

use crate::web::RequestId;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use farline_app::ports::partners::RequestRecord;
use farline_app::{App, ProblemCode};
use farline_domain::orders::PartnerCode;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Requests that wait to be written at most. What comes while the database is slower than that is not logged.
const MOST_WAITING: usize = 4_096;
/// Requests written in one commit at most.
const AT_ONCE: usize = 256;
/// Letters of a path that are kept.
const PATH_LETTERS: usize = 160;
/// Behind this stands somebody's number.
const NUMBERS: &str = "/partner/v1/numbers/";

/// Whose request it is, from when its key is known. A key that has ended, or may not do this, is its partner's too.
#[derive(Clone, Debug, Default)]
pub struct Whose(Arc<OnceLock<PartnerCode>>);

impl Whose {
    /// It is this partner's.
    pub fn is(&self, partner: &PartnerCode) {
        self.0.get_or_init(|| partner.clone());
    }
}

#[derive(Debug, Default)]
struct Waiting {
    records: Vec<RequestRecord>,
    is_being_written: bool,
}

/// Requests on their way to the database. They are lost if the program ends before; nothing depends on them.
#[derive(Clone, Debug, Default)]
pub struct RequestLog(Arc<Mutex<Waiting>>);

impl RequestLog {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a request in, and has it written by somebody else than who waits for the answer.
    fn take(&self, app: &App, record: RequestRecord) {
        let mut waiting = self.waiting();
        if waiting.records.len() >= MOST_WAITING {
            tracing::warn!(request = record.request, "a request is not logged: too many wait");
            return;
        }
        waiting.records.push(record);
        if !waiting.is_being_written {
            waiting.is_being_written = true;
            tokio::spawn(self.clone().write_all(app.clone()));
        }
    }

    /// The next that are to be written; where there are none, whoever asks is done.
    fn next(&self) -> Vec<RequestRecord> {
        let mut waiting = self.waiting();
        let count = waiting.records.len().min(AT_ONCE);
        waiting.is_being_written = count > 0;
        waiting.records.drain(..count).collect()
    }

    async fn write_all(self, app: App) {
        loop {
            let records = self.next();
            if records.is_empty() {
                return;
            }
            if let Err(error) = app.store.note_partner_requests(&records).await {
                tracing::warn!(%error, count = records.len(), "requests of partners are not logged");
            }
        }
    }
}

/// Logs each request of a partner once it is answered.
pub async fn note(
    State((app, log)): State<(App, RequestLog)>,
    mut request: Request,
    next: Next,
) -> Response {
    let whose = Whose::default();
    request.extensions_mut().insert(whose.clone());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let (at, method) = (app.now(), request.method().to_string());
    let path = shown(request.uri().path());
    let response = next.run(request).await;
    if let Some(partner) = whose.0.get() {
        let problem = response.extensions().get::<ProblemCode>();
        let record = RequestRecord {
            partner: partner.clone(),
            at,
            request: id.unwrap_or_else(|| format!("req_{:016x}", app.randomness.bits())),
            method,
            path,
            status: response.status().as_u16(),
            problem: problem.map(|code| code.code().to_owned()),
        };
        log.take(&app, record);
    }
    response
}

/// A path as it is kept: a number in it only by its last two digits.
fn shown(path: &str) -> String {
    match path.strip_prefix(NUMBERS) {
        Some(number) => {
            let hidden = number.chars().count().saturating_sub(2);
            let last: String = number.chars().skip(hidden).collect();
            format!("{NUMBERS}…{last}")
        }
        None => path.chars().take(PATH_LETTERS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nobodys_number_is_kept() {
        let table = [
            ("/partner/v1/numbers/+14165550188", "/partner/v1/numbers/…88"),
            ("/partner/v1/numbers/8", "/partner/v1/numbers/…8"),
            ("/partner/v1/numbers/", "/partner/v1/numbers/…"),
            ("/partner/v1/orders/A-17", "/partner/v1/orders/A-17"),
        ];
        for (path, expected) in table {
            assert_eq!(shown(path), expected);
        }
        assert_eq!(shown(&"/x".repeat(500)).len(), 160);
    }
}
