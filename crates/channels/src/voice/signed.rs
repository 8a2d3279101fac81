//! A webhook that the carrier has signed. There is no other way to its fields.

use super::Settings;
use crate::web::Channels;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode};
use farline_app::ports::voice::Claimed;
use std::sync::Arc;

/// The largest webhook taken, in octets.
const LARGEST: usize = 16 * 1024;

/// What a signed webhook says.
pub(super) struct Signed {
    /// How the telephone is set up.
    pub(super) settings: Arc<Settings>,
    path: String,
    form: Vec<(String, String)>,
}

impl Signed {
    /// A field's value; empty, if it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.form.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// What a call or a message is known by; nothing, if that is missing.
    pub(super) fn id(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|id| !id.is_empty() && id.len() <= 80)
    }

    /// All fields, as they came.
    pub(super) fn form(&self) -> &[(String, String)] {
        &self.form
    }

    /// The parts of the path.
    pub(super) fn segments(&self) -> std::str::Split<'_, char> {
        self.path.split('/')
    }

    /// The last part of the path.
    pub(super) fn last_segment(&self) -> &str {
        self.segments().next_back().unwrap_or("")
    }
}

impl FromRequest<Channels> for Signed {
    type Rejection = StatusCode;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, StatusCode> {
        read(request, channels).await.ok_or(StatusCode::FORBIDDEN)
    }
}

async fn read(request: Request, channels: &Channels) -> Option<Signed> {
    let settings = channels.voice.clone()?;
    if request.method() != Method::POST {
        return None;
    }
    let headers = request.headers().clone();
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let path = request.uri().path().to_owned();
    // The address as the carrier was told it: from the configuration, never from what the request says of its host.
    let called = request.uri().path_and_query().map_or(path.as_str(), |whole| whole.as_str());
    let url = format!("{}{called}", channels.app.base_url);
    let octets = to_bytes(request.into_body(), LARGEST).await.ok()?;
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&octets).ok()?;
    let now = channels.app.now();
    let claimed = Claimed { url: &url, body: &octets, form: &form, header: &header, now };
    settings.telephone.has_signed(&claimed).then_some(Signed { settings, path, form })
}
