//! Reading forms. A field that is missing is empty, so that the page, not the parser, says what is wrong.

use crate::web::Channels;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
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
