//! People at the desk, and their browsers.

use crate::accounts::world::World;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use farline_app::ports::staff::{Accepted, MemberChange, MemberSecrets, SignInWith};
use farline_app::staff::invite::Wanted;
use farline_app::staff::{demonstration, invite};
use farline_domain::kernel::{Language, StaffId};
use farline_domain::staff::{Role, Roles, SecondPerson};
use sha2::{Digest, Sha256};

/// The secret of a link.
pub(crate) fn secret_of(link: &str) -> &str {
    link.rsplit('/').next().unwrap()
}

/// Invites somebody, and returns the link.
pub(crate) async fn invited(world: &World, sign_in: &str, roles: Roles) -> (StaffId, String) {
    let wanted = Wanted {
        sign_in: sign_in.to_owned(),
        roles,
        second_person: SecondPerson::Needed,
        language: Language::EnCa,
    };
    let invited = invite(&world.app, wanted, None).await.unwrap();
    (invited.member, invited.link)
}

/// A browser at the desk: it keeps its cookies.
pub(crate) struct DeskBrowser<'a> {
    world: &'a World,
    cookies: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) text: String,
    pub(crate) cookies: Vec<String>,
}

impl<'a> DeskBrowser<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self { world, cookies: Vec::new() }
    }

    /// The browser of somebody with these roles, who is signed in.
    pub(crate) async fn with_roles(world: &'a World, roles: Roles) -> Self {
        let words: Vec<&str> = roles.iter().map(Role::code).collect();
        let sign_in = format!("{}-member", words.join("-"));
        let (member, link) = invited(world, &sign_in, roles).await;
        let accepted = Accepted {
            link: Sha256::digest(secret_of(&link)).into(),
            name: "Camille".to_owned(),
            language: Language::EnCa,
            secrets: MemberSecrets::default(),
            step: 0,
        };
        let by = (None, world.app.now());
        let change = MemberChange::Accept(accepted);
        world.app.store.change_member(member, change, by).await.unwrap();
        let token = signed_in(world, member).await;
        Self { world, cookies: vec![("farline-desk".to_owned(), token)] }
    }

    fn header(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, (status, headers, text): (StatusCode, HeaderMap, String)) -> Shown {
        let set = headers.get_all(SET_COOKIE).iter();
        let cookies: Vec<String> = set.map(|one| one.to_str().unwrap().to_owned()).collect();
        for cookie in &cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let location = headers.get(LOCATION);
        let location = location.map_or("", |address| address.to_str().unwrap()).to_owned();
        Shown { status, location, text, cookies }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        let answer = self.world.open_page(path, &self.header()).await;
        self.keep(answer)
    }

    /// Sends a form without the session's value, as another site would.
    pub(crate) async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let answer = self.world.send(path, Some(&self.header()), fields).await;
        self.keep(answer)
    }

    /// Sends a form with the value that every page of the session carries.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let page = self.get("/en/desk").await.text;
        let csrf = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest);
        let csrf = csrf.split('"').next().unwrap_or_default().to_owned();
        self.post_bare(path, &[fields, &[("csrf", &csrf)]].concat()).await
    }
}

/// Signs a member in as the demonstration does, who proves nothing.
async fn signed_in(world: &World, member: StaffId) -> String {
    use farline_app::ports::staff::NewStaffSession;
    use farline_domain::kernel::{Cell, SessionId};
    let number = world.app.randomness.bits();
    let token = format!("token-{number}");
    let session = NewStaffSession {
        id: SessionId::mint(world.app.now(), Cell::numbered(0), number),
        token: Sha256::digest(&token).into(),
        device: "Firefox".to_owned(),
        replaces: None,
    };
    let change = MemberChange::SignIn { session, with: SignInWith::Nothing };
    world.app.store.change_member(member, change, (None, world.app.now())).await.unwrap();
    token
}

/// The people of the demonstration.
pub(crate) async fn employ(world: &World) {
    demonstration::employ(&world.app).await.unwrap();
}
