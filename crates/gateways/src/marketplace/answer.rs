//! What an HTTP answer of any marketplace says before its own words are read. The reasons given here never hold an address, a
//! key, a buyer's word or a word of the other side.

use farline_app::ports::shop::{ShopRefusal, ShopUnknown};
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

/// The most octets of an answer that are read: a hundred trades in full are far less.
const LARGEST_ANSWER: usize = 4 * 1_024 * 1_024;
/// The most characters of a marketplace's code that are kept.
const LONGEST_CODE: usize = 80;

/// An answer that is whole: done if it is a success and its body is sound, or an objection (4xx) to what was asked.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The body of a success; an objection says nothing.
    pub(super) fn success(self) -> Result<Vec<u8>, ShopUnknown> {
        if self.status.is_success() { Ok(self.body) } else { Err(status(self.status)) }
    }

    /// Reads the body of a success.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, ShopUnknown> {
        read(&self.success()?)
    }
}

/// Sends a request once and reads the whole answer.
pub(super) async fn ask(request: RequestBuilder) -> Result<Answer, ShopUnknown> {
    let mut response = request.send().await.map_err(|error| lost(&error))?;
    let said = response.status();
    match said.as_u16() {
        401 | 403 => return Err(ShopUnknown::SignedOut),
        429 => return Err(ShopUnknown::TooOften),
        408 | 425 => return Err(status(said)),
        _ if said.is_success() || said.is_client_error() => {}
        _ => return Err(status(said)),
    }
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Some(octets) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + octets.len() > LARGEST_ANSWER {
            return Err(ShopUnknown::NoAnswer("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&octets);
    }
    Ok(Answer { status: said, headers, body })
}

/// Reads a body.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ShopUnknown> {
    // The error's own words may quote the body.
    serde_json::from_slice(body).map_err(|_| unsound())
}

/// A success whose body is not, or does not fit, what was asked.
pub(super) fn unsound() -> ShopUnknown {
    ShopUnknown::NoAnswer("the answer does not fit the question".to_owned())
}

/// A refusal under the marketplace's code, of which only what codes are made of is kept.
pub(super) fn refused(code: &str) -> ShopRefusal {
    let is_kept = |sign: &char| sign.is_ascii_alphanumeric() || ".:_-".contains(*sign);
    ShopRefusal(code.chars().filter(is_kept).take(LONGEST_CODE).collect())
}

fn status(status: StatusCode) -> ShopUnknown {
    ShopUnknown::NoAnswer(format!("status {}", status.as_u16()))
}

fn lost(error: &reqwest::Error) -> ShopUnknown {
    // The error's own words hold the address, and so what was asked for.
    let reason = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_builder() {
        "the request cannot be written"
    } else {
        "the connection was lost"
    };
    ShopUnknown::NoAnswer(reason.to_owned())
}
