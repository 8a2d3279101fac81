//! The pages as somebody signed in meets them.

use super::world::{World, answered};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use axum::http::{Request, StatusCode};
use farline_app::accounts::SignedIn;

/// Who is signed in, and sends forms as a page of theirs would.
pub(crate) struct Browser<'a> {
    world: &'a World,
    cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) text: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn of(world: &'a World, person: &SignedIn) -> Self {
        Self { world, cookie: format!("farline={}", person.token) }
    }

    /// Nobody in particular.
    pub(crate) const fn nobody(world: &'a World) -> Self {
        Self { world, cookie: String::new() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the value that every page of the session carries.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        self.post_bare(path, &[fields, &[("csrf", csrf.as_str())]].concat()).await
    }

    /// The value that every page of the session carries.
    pub(crate) async fn csrf(&self) -> String {
        let account = self.get("/en/account").await.text;
        let csrf = account.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest);
        csrf.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form as a page with a file does.
    pub(crate) async fn upload(&self, path: &str, (csrf, file): (&str, &str)) -> Answer {
        let field = |about: &str, value: &str| {
            format!("--b0undary\r\nContent-Disposition: form-data; {about}\r\n\r\n{value}\r\n")
        };
        let file = field("name=\"file\"; filename=\"orders.csv\"", file);
        let body = format!("{}{file}--b0undary--\r\n", field("name=\"csrf\"", csrf));
        let kind = "multipart/form-data; boundary=b0undary";
        self.send(Request::post(path).header(CONTENT_TYPE, kind), body).await
    }

    /// Sends a form with nothing but these fields.
    pub(crate) async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path);
        self.send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await
    }

    async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = request.header(COOKIE, &self.cookie).body(body.into()).unwrap();
        let response = self.world.answer(request).await;
        let location = response.headers().get(LOCATION);
        let location = location.map_or("", |address| address.to_str().unwrap()).to_owned();
        let (status, text) = answered(response).await;
        Answer { status, location, text }
    }
}
