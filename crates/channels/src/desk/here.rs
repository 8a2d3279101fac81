//! Who is signed in at the desk. A stranger is asked to sign in, and where they wanted to go is kept on the
//! server meanwhile: a screen pop carries a caller's number.

use super::layout::{DeskLayout, Section};
use super::views::ForbiddenPage;
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{Frame, html, see_other};
use crate::portal::handlers::problem;
use crate::web::{Channels, Transport, cookies};
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use farline_app::accounts::Visitor;
use farline_app::staff::passkeys::ANSWER_SECONDS;
use farline_app::staff::{
    StaffPresent, StaffSignedIn, authenticate, keep_target, sign_out, take_target,
};
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{Language, StaffId};
use farline_domain::staff::{ABSOLUTE_SECONDS, Deed, Role, Roles, SecondPerson};

/// The purpose of the anti-forgery value.
const CSRF: &str = "desk-csrf";
/// How long the browser keeps what leads to the target, in seconds.
const TARGET_SECONDS: i64 = 15 * 60;

/// The desk's cookies: its session, and what leads to where a stranger wanted to go. They are the desk's own, so whoever is
/// signed in as a customer is not signed in here.
const fn cookie_names(transport: Transport) -> (&'static str, &'static str) {
    match transport {
        Transport::Tls => ("__Host-farline-desk", "__Host-farline-desk-target"),
        Transport::Plain => ("farline-desk", "farline-desk-target"),
    }
}

/// The cookie that leads to what a browser was asked, who is to sign in with a passkey.
const fn passkey_cookie(transport: Transport) -> &'static str {
    match transport {
        Transport::Tls => "__Host-farline-desk-passkey",
        Transport::Plain => "farline-desk-passkey",
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// The id, for orders and the audit.
    pub id: StaffId,
    /// What colleagues call them.
    pub name: String,
    /// What they may do.
    pub roles: Roles,
    /// The language they chose.
    pub language: Language,
    /// Whether somebody else has to agree to what is above their limits.
    pub second_person: SecondPerson,
}

/// A request of somebody who is signed in at the desk.
#[derive(Clone, Debug)]
pub struct Here {
    /// The page's frame.
    pub frame: Frame,
    /// Who.
    pub member: StaffMember,
    /// The session.
    pub session: StaffPresent,
}

impl Here {
    /// Whether one of the member's roles allows it.
    ///
    /// # Errors
    /// If none does; [`Self::problem`] then shows who may.
    pub fn may(&self, deed: Deed) -> Result<(), Problem> {
        if self.member.roles.may(deed) { Ok(()) } else { Err(Problem::not_allowed(deed)) }
    }

    /// The frame of a page under an entry of the menu.
    pub fn layout(&self, section: Section) -> DeskLayout {
        let mut page = self.frame.layout();
        page.csrf = Some(self.csrf());
        let (name, roles) = (Some(self.member.name.clone()), self.member.roles.clone());
        DeskLayout { page, current: section, name, roles }
    }

    /// An address in the page's language: `desk` → `/en/desk`.
    pub fn href(&self, path: &str) -> String {
        format!("/{}/{path}", self.frame.language.path())
    }

    /// A role, worded.
    pub fn role_name(&self, role: Role) -> String {
        self.frame.words().say(&format!("staff-role-{}", role.code().replace('_', "-")))
    }

    /// What went wrong, as a page. Where a role is missing, it says which roles may.
    pub fn problem(&self, problem: &Problem) -> Response {
        let Some(deed) = problem.deed else {
            let home = Some(self.href("desk"));
            return problem::page_with_way(&self.frame, problem, home);
        };
        let layout = self.layout(Section::Desk);
        let roles = deed.allowed_to().iter().map(|role| self.role_name(*role)).collect();
        html(StatusCode::FORBIDDEN, &ForbiddenPage { layout, roles })
    }

    /// The session's anti-forgery value, for the hidden field `csrf`.
    fn csrf(&self) -> String {
        let keys = &self.frame.channels().app.keys;
        Seal(&keys.tokens).token(CSRF, &self.session.session.to_string())
    }

    /// Refuses a form that was not sent from a page of this session.
    fn genuine(&self, fields: &Fields) -> Result<(), Problem> {
        let keys = &self.frame.channels().app.keys;
        // Opening compares in constant time.
        let said = Seal(&keys.tokens).said(CSRF, fields.get("csrf"));
        let is_ours = said == Some(self.session.session.to_string());
        if is_ours { Ok(()) } else { Err(Problem::of(ProblemCode::Csrf)) }
    }
}

/// Somebody before the desk: signed in or not, with what their browser brought along.
#[derive(Clone)]
pub struct Doorstep {
    /// The page's frame.
    pub frame: Frame,
    /// Who is signed in already.
    pub present: Option<StaffPresent>,
    token: Option<String>,
    target: Option<String>,
    asked: Option<String>,
}

impl Doorstep {
    /// The visitor.
    pub fn visitor(&self) -> Visitor {
        self.frame.device.visitor_with(&self.frame.address.0, self.token.clone())
    }

    /// The frame of a page of coming in. Its address never holds what the request's did.
    pub fn layout(&self, path: &str) -> DeskLayout {
        let mut page = self.frame.layout_at(path);
        page.csrf = None;
        DeskLayout { page, current: Section::Desk, name: None, roles: Roles::default() }
    }

    /// What leads to what the browser was asked; nothing, if it was not.
    pub fn asked_of(&self) -> &str {
        self.asked.as_deref().unwrap_or_default()
    }

    /// Lets the browser keep what leads to what it was just asked.
    pub fn asked(&self, response: Response, browser: &str) -> Response {
        let transport = self.frame.channels().settings.transport;
        let cookie = (passkey_cookie(transport), browser);
        cookies::give(response, cookie, (ANSWER_SECONDS, transport))
    }

    /// Gives the device its session, and goes on to where its owner wanted to go.
    pub async fn come_in(&self, started: &StaffSignedIn) -> Response {
        self.come_in_at(started, "desk").await
    }

    /// The same, and to a page of the desk whoever wanted to go nowhere.
    pub async fn come_in_at(&self, started: &StaffSignedIn, page: &str) -> Response {
        let app = &self.frame.channels().app;
        let kept = match &self.target {
            Some(target) => take_target(app, target).await.unwrap_or_default(),
            None => None,
        };
        let home = format!("/{}/{page}", self.frame.language.path());
        let response = see_other(&kept.unwrap_or(home));
        let transport = self.frame.channels().settings.transport;
        let (session, target) = cookie_names(transport);
        let response = cookies::give(response, (target, ""), (0, transport));
        cookies::give(response, (session, &started.token), (ABSOLUTE_SECONDS, transport))
    }
}

/// Takes the session's cookie back and goes on to the sign-in page.
pub fn go_out(here: &Here) -> Response {
    let transport = here.frame.channels().settings.transport;
    let (session, _) = cookie_names(transport);
    let response = see_other(&here.href("desk/sign-in"));
    cookies::give(response, (session, ""), (0, transport))
}

/// Signs out whoever has to sign in again, and brings them back to a page.
///
/// # Errors
/// If they cannot be signed out.
pub async fn come_again(here: &Here, page: &str) -> Result<Response, Problem> {
    let channels = here.frame.channels();
    sign_out(&channels.app, &here.session).await?;
    let visitor = here.frame.device.visitor_with(&here.frame.address.0, None);
    let response = go_out(here);
    let Some(token) = keep_target(&channels.app, page, &visitor).await? else {
        return Ok(response);
    };
    let transport = channels.settings.transport;
    let (_, name) = cookie_names(transport);
    Ok(cookies::give(response, (name, &token), (TARGET_SECONDS, transport)))
}

async fn present(channels: &Channels, token: Option<&str>) -> Option<StaffPresent> {
    match authenticate(&channels.app, token?).await {
        Ok(found) => found,
        Err(problem) => {
            tracing::warn!(code = problem.code.code(), "a member's session could not be read");
            None
        }
    }
}

fn brought(headers: &HeaderMap, transport: Transport) -> (Option<String>, Option<String>) {
    let (session, target) = cookie_names(transport);
    (cookies::read(headers, session), cookies::read(headers, target))
}

impl FromRequestParts<Channels> for Doorstep {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Response> {
        let Ok(frame) = Frame::from_request_parts(parts, channels).await;
        // `/desk` alone has no language; other addresses without one are no pages.
        if frame.named.is_none() && parts.uri.path() != "/desk" {
            return Err(problem::page(&frame, &Problem::of(ProblemCode::NotFound)));
        }
        let (token, target) = brought(&parts.headers, channels.settings.transport);
        let present = present(channels, token.as_deref()).await;
        let asked = cookies::read(&parts.headers, passkey_cookie(channels.settings.transport));
        Ok(Self { frame, present, token, target, asked })
    }
}

/// Asks somebody to sign in, and keeps where they wanted to go.
async fn ask(door: &Doorstep, parts: &Parts) -> Response {
    let address = format!("/{}/desk/sign-in", door.frame.language.path());
    let response = see_other(&address);
    // What was posted cannot be posted again after signing in.
    if parts.method != Method::GET {
        return response;
    }
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    let wanted = uri.path_and_query().map_or("/desk", |wanted| wanted.as_str());
    let channels = door.frame.channels();
    match keep_target(&channels.app, wanted, &door.visitor()).await {
        Ok(Some(token)) => {
            let transport = channels.settings.transport;
            let (_, name) = cookie_names(transport);
            cookies::give(response, (name, &token), (TARGET_SECONDS, transport))
        }
        Ok(None) => response,
        Err(problem) => {
            tracing::warn!(code = problem.code.code(), "a target could not be kept");
            response
        }
    }
}

impl FromRequestParts<Channels> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Response> {
        let door = Doorstep::from_request_parts(parts, channels).await?;
        let Some(session) = door.present.clone() else { return Err(ask(&door, parts).await) };
        let kept = session.member.clone();
        let member = StaffMember {
            id: kept.id,
            name: kept.name,
            roles: kept.roles,
            language: kept.language,
            second_person: kept.second_person,
        };
        Ok(Self { frame: door.frame, member, session })
    }
}

/// A form that somebody who is signed in at the desk sent from a page of this session.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Who.
    pub here: Here,
    /// What.
    pub fields: Fields,
}

impl FromRequest<Channels> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, channels: &Channels) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let here = Here::from_request_parts(&mut parts, channels).await?;
        let Ok(fields) = Fields::from_request(Request::from_parts(parts, body), channels).await;
        match here.genuine(&fields) {
            Ok(()) => Ok(Self { here, fields }),
            Err(problem) => Err(here.problem(&problem)),
        }
    }
}
