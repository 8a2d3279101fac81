//! Who is signed in: the cookie that holds the session's token, and what keeps other sites from using it.

use super::super::form::Fields;
use super::super::frame::{Frame, see_other};
use super::super::problem;
use crate::portal::layout::{Layout, PagePath, Section};
use crate::web::{Channels, Transport, cookies, language_of};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use farline_app::accounts::{SignedIn as Started, SignedInSession, Visitor, authenticate};
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode};
use farline_domain::accounts::ABSOLUTE_SECONDS;
use farline_domain::kernel::AccountId;
use farline_texts::Words;
use std::fmt;

/// The purpose of the anti-forgery value.
const CSRF: &str = "csrf";

/// The cookie's name. The prefix makes browsers refuse one that is not `Secure`, names a domain or
/// stands under a path (RFC 6265bis §4.1.3.2); without TLS it cannot be had.
const fn cookie_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-farline",
        Transport::Plain => "farline",
    }
}

/// What a browser says of itself and of its session.
#[derive(Clone, Default)]
pub struct Device {
    name: String,
    token: Option<String>,
}

/// Never shows the token.
impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Device {
    /// Reads the headers of a request.
    pub fn of(headers: &HeaderMap, transport: Transport) -> Self {
        let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let token = cookies::read(headers, cookie_name(transport));
        Self { name: device_name(agent), token }
    }

    /// The visitor at a network address.
    pub fn visitor(&self, network: &str) -> Visitor {
        self.visitor_with(network, self.token.clone())
    }

    /// The same visitor with another session's token: of the desk, which has its own.
    pub fn visitor_with(&self, network: &str, token: Option<String>) -> Visitor {
        Visitor { network: network.to_owned(), device: self.name.clone(), token }
    }
}

/// The browser and the system a device names, for its owner to recognise it. The first that fits
/// counts: browsers also name those they descend from.
fn device_name(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 10] = [
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("HuaweiBrowser", "Huawei Browser"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 8] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let named: Vec<&str> = [first(&BROWSERS), first(&SYSTEMS)].into_iter().flatten().collect();
    if named.is_empty() {
        agent.split(['/', ' ']).next().unwrap_or_default().to_owned()
    } else {
        named.join(" · ")
    }
}

/// Who is signed in on a device; nobody, where the session has ended or cannot be read.
pub async fn of(channels: &Channels, device: &Device) -> Option<SignedInSession> {
    let token = device.token.as_deref()?;
    match authenticate(&channels.app, token).await {
        Ok(found) => found,
        Err(problem) => {
            tracing::warn!(code = problem.code.code(), "a session could not be read");
            None
        }
    }
}

/// The anti-forgery value of a session, for the hidden field `csrf`.
pub fn csrf(channels: &Channels, session: SignedInSession) -> String {
    Seal(&channels.app.keys.tokens).token(CSRF, &session.session.to_string())
}

/// Refuses a form that a signed-in person did not send from a page of this session. Whoever is not
/// signed in has no session that another site could use.
pub fn genuine(frame: &Frame, fields: &Fields) -> Result<(), Problem> {
    let Some(session) = frame.session else { return Ok(()) };
    // Opening compares in constant time.
    let said = Seal(&frame.channels().app.keys.tokens).said(CSRF, fields.get("csrf"));
    if said == Some(session.session.to_string()) {
        Ok(())
    } else {
        Err(Problem::of(ProblemCode::Csrf))
    }
}

/// Refuses what another site makes a browser send (W3C Fetch Metadata): every method that changes
/// something. Browsers that do not say where a request comes from pass; cookies are `Lax` for them.
pub async fn refuse_other_sites(request: Request, next: Next) -> Response {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let site = request.headers().get("sec-fetch-site");
    if safe || site.is_none_or(|site| site != "cross-site") {
        return next.run(request).await;
    }
    let words = Words::of(language_of(None, request.headers()));
    let text = words.say("problem-csrf-detail");
    (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn with_cookie(frame: &Frame, response: Response, (value, age): (&str, i64)) -> Response {
    let transport = frame.channels().settings.transport;
    cookies::give(response, (cookie_name(transport), value), (age, transport))
}

/// Gives the device its session and goes on.
pub fn come_in(frame: &Frame, started: &Started, address: &str) -> Response {
    with_cookie(frame, see_other(address), (&started.token, ABSOLUTE_SECONDS))
}

/// Takes the cookie back and goes on.
pub fn go_out(frame: &Frame, address: &str) -> Response {
    with_cookie(frame, see_other(address), ("", 0))
}

/// A request of somebody who is signed in. Whoever is not is asked to, and comes back afterwards.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The page's frame, with the anti-forgery value in its layout.
    pub frame: Frame,
    /// The account.
    pub account: AccountId,
    /// The session.
    pub session: SignedInSession,
}

impl SignedIn {
    /// The frame of a page under an entry of the menu.
    pub fn layout(&self, section: Section) -> Layout {
        let mut layout = self.frame.layout();
        layout.section = section;
        layout
    }

    /// The visitor.
    pub fn visitor(&self) -> Visitor {
        self.frame.device.visitor(&self.frame.address.0)
    }

    /// An address in the page's language: `cards` → `/en/cards`.
    pub fn href(&self, path: &str) -> String {
        format!("/{}/{path}", self.frame.language.path())
    }
}

/// Where to sign in, and to come back from.
pub fn sign_in_address(frame: &Frame) -> String {
    let here = match &frame.path {
        PagePath::InLanguage(rest) => format!("/{}{rest}", frame.language.path()),
        PagePath::Fixed(_) => String::new(),
    };
    let query = serde_urlencoded::to_string([("next", here)]).unwrap_or_default();
    format!("/{}/sign-in?{query}", frame.language.path())
}

impl FromRequestParts<Channels> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Response> {
        let Ok(frame) = Frame::from_request_parts(parts, channels).await;
        if frame.named.is_none() {
            return Err(problem::page(&frame, &Problem::of(ProblemCode::NotFound)));
        }
        match frame.session {
            Some(session) => Ok(Self { account: session.account, session, frame }),
            None if parts.method == Method::GET => Err(see_other(&sign_in_address(&frame))),
            // What was posted cannot be posted again after signing in.
            None => Err(see_other(&format!("/{}/sign-in", frame.language.path()))),
        }
    }
}

/// A form that somebody who is signed in sent from a page of this session.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Who.
    pub here: SignedIn,
    /// What.
    pub fields: Fields,
}

impl FromRequest<Channels> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let here = SignedIn::from_request_parts(&mut parts, channels).await?;
        let Ok(fields) = Fields::from_request(Request::from_parts(parts, body), channels).await;
        match genuine(&here.frame, &fields) {
            Ok(()) => Ok(Self { here, fields }),
            Err(problem) => Err(problem::page(&here.frame, &problem)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        let table = [
            ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Firefox/130.0", "Firefox · Android"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge · Windows",
            ),
            ("curl/8.5.0", "curl"),
            ("", ""),
        ];
        for (agent, expected) in table {
            assert_eq!(device_name(agent), expected, "{agent}");
        }
    }
}
