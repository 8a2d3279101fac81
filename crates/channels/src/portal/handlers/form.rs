//! Reading forms. A field that is missing is empty, so that the page, not the parser, says what is wrong.

use crate::web::Channels;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_app::App;
use std::convert::Infallible;

/// The largest form taken, in octets.
const LARGEST: usize = 16 * 1024;

/// The fields of a form sent.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field's value without surrounding space; empty, if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// A field's value exactly as sent, for passwords; empty, if it was not sent.
    pub fn whole(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field's value, if it was sent and is not empty.
    pub fn given(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }
}

/// The largest file taken, in octets.
const LARGEST_FILE: usize = 64 * 1024;
/// The largest form with a file that is read to its end, in octets, so that the browser gets the answer that the file is too large.
const LARGEST_UPLOAD: usize = 1024 * 1024;

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadFault {
    /// None was chosen.
    Missing,
    /// It is larger than what is taken.
    TooLarge,
}

/// A form with a file in its field `file`.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its other fields.
    pub fields: Fields,
    /// The file.
    pub file: Result<Vec<u8>, UploadFault>,
}

impl FromRequest<Channels> for Upload {
    type Rejection = Infallible;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, Infallible> {
        let (parts, body) = request.into_parts();
        let Ok(octets) = to_bytes(body, LARGEST_UPLOAD).await else {
            return Ok(Self { fields: Fields::default(), file: Err(UploadFault::TooLarge) });
        };
        let (mut fields, mut file) = (Vec::new(), Err(UploadFault::Missing));
        let mut whole = Request::from_parts(parts, Body::from(octets));
        // It is measured already, and may be larger than other forms.
        DefaultBodyLimit::disable().apply(&mut whole);
        if let Ok(mut form) = Multipart::from_request(whole, channels).await {
            // What is no whole part ends the form.
            while let Ok(Some(part)) = form.next_field().await {
                let name = part.name().unwrap_or_default().to_owned();
                let Ok(content) = part.bytes().await else { break };
                if name != "file" {
                    fields.push((name, String::from_utf8_lossy(&content).into_owned()));
                } else if content.len() > LARGEST_FILE {
                    file = Err(UploadFault::TooLarge);
                } else if !content.is_empty() {
                    file = Ok(content.to_vec());
                }
            }
        }
        Ok(Self { fields: Fields(fields), file })
    }
}

/// A form's idempotency key: kept when the page is shown again, so that a correction is the same attempt, and fresh
/// otherwise.
pub fn form_key(app: &App, fields: &Fields) -> String {
    fields.given("key").unwrap_or_else(|| {
        let mut octets = [0; 18];
        app.randomness.fill(&mut octets);
        URL_SAFE_NO_PAD.encode(octets)
    })
}

impl FromRequest<Channels> for Fields {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &Channels) -> Result<Self, Infallible> {
        let octets = to_bytes(request.into_body(), LARGEST).await.unwrap_or_default();
        Ok(Self(serde_urlencoded::from_bytes(&octets).unwrap_or_default()))
    }
}
