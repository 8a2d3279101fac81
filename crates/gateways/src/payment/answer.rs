//! What an HTTP answer of any payment provider says before its own words are read. The reasons given here
//! never hold an address, an id, a key or a word of the other side.

use farline_app::ports::payment::{PaymentRefusal, PaymentUnknown};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;

/// The most octets of an answer that are read.
const LARGEST_ANSWER: usize = 256 * 1_024;

/// The most characters of a provider's message that are kept.
const LONGEST_MESSAGE: usize = 300;

/// An answer that is whole.
pub(super) enum Answer {
    /// 2xx: done, if the body is sound.
    Success(Vec<u8>),
    /// 4xx about this request: refused, if the body names a reason known to be final.
    Objection(Objection),
}

/// The provider objected to a request.
pub(super) struct Objection {
    /// 400 to 499.
    pub(super) status: u16,
    /// What it says, as the provider writes it.
    pub(super) body: Vec<u8>,
}

impl Objection {
    /// The objection taken as an answer that says nothing.
    pub(super) fn unknown(&self) -> PaymentUnknown {
        unknown_status(self.status)
    }

    /// The refusal, when `finals` has this status with this code.
    pub(super) fn refusal(
        &self,
        code: &str,
        message: &str,
        finals: &[(u16, &str)],
    ) -> Option<PaymentRefusal> {
        finals.contains(&(self.status, code)).then(|| PaymentRefusal {
            code: code.to_owned(),
            message: message
                .chars()
                .filter(|character| !character.is_control())
                .take(LONGEST_MESSAGE)
                .collect(),
        })
    }
}

/// Sends a request once and reads the whole answer.
pub(super) async fn ask(request: RequestBuilder) -> Result<Answer, PaymentUnknown> {
    take_in(send(request).await?).await
}

/// Sends a request once and waits for the answer to begin.
pub(super) async fn send(request: RequestBuilder) -> Result<Response, PaymentUnknown> {
    request.send().await.map_err(|error| lost(&error))
}

/// Reads the whole of an answer that began.
pub(super) async fn take_in(mut response: Response) -> Result<Answer, PaymentUnknown> {
    let status = response.status();
    if !says_something(status) {
        return Err(unknown_status(status.as_u16()));
    }
    let mut body = Vec::new();
    while let Some(octets) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + octets.len() > LARGEST_ANSWER {
            return Err(PaymentUnknown("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&octets);
    }
    if status.is_success() {
        return Ok(Answer::Success(body));
    }
    Ok(Answer::Objection(Objection { status: status.as_u16(), body }))
}

/// Whether the body may count. Of the 4xx, 401, 403 and 407 speak of credentials, which an operator can mend,
/// and 408, 425 and 429 of load: under the same key, an earlier try may still turn out to be done.
fn says_something(status: StatusCode) -> bool {
    let passing = matches!(status.as_u16(), 401 | 403 | 407 | 408 | 425 | 429);
    status.is_success() || (status.is_client_error() && !passing)
}

/// Reads the body of a success.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, PaymentUnknown> {
    // The error's own words may quote the body.
    serde_json::from_slice(body).map_err(|_| unsound())
}

/// A success whose body is not, or does not fit, what was asked.
pub(super) fn unsound() -> PaymentUnknown {
    PaymentUnknown("the answer does not fit the question".to_owned())
}

fn unknown_status(status: u16) -> PaymentUnknown {
    PaymentUnknown(format!("status {status}"))
}

fn lost(error: &reqwest::Error) -> PaymentUnknown {
    // The error's own words hold the address, and so the provider's id.
    let reason = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "the request cannot be written"
    } else {
        "the connection was lost"
    };
    PaymentUnknown(reason.to_owned())
}
