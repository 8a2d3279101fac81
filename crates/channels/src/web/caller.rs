//! Who calls: from which address, and with which rights.

use super::Channels;
use crate::api::problem::{ApiProblem, Asker};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;
use farline_app::accounts::{SignedInSession, Visitor, authenticate};
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{AccountId, OrderId};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// The caller's network address, for limits. IPv6 counts by its /64, which one caller owns whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(pub String);

impl Address {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
            }
        }
    }
}

impl FromRequestParts<Channels> for Address {
    type Rejection = Infallible;
    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, Infallible> {
        let from_proxy = channels.settings.address_header.as_ref().and_then(|name| {
            // The last entry is the one that our own proxy wrote.
            let value = parts.headers.get(name)?.to_str().ok()?;
            value.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        });
        let connected = || {
            let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            info.map(|ConnectInfo(address)| address.ip())
        };
        let address = from_proxy.or_else(connected);
        Ok(address.map_or(Self("unknown".to_owned()), Self::of))
    }
}

/// Who calls the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody we know, and they do not say otherwise.
    Stranger,
    /// Somebody with a bearer that is none of ours, or no longer.
    Unknown,
    /// The holder of an order's bearer.
    Order(OrderId),
    /// A signed-in account.
    Account(SignedInSession),
}

impl Caller {
    /// The account of a caller who must be signed in.
    pub fn account(&self) -> Result<AccountId, Problem> {
        self.if_account()?.ok_or(Problem::of(ProblemCode::Unauthorized))
    }

    /// The account of a caller who may be signed in. One who believes to be and is not any more is told
    /// so, instead of being treated as a stranger without a word.
    pub fn if_account(&self) -> Result<Option<AccountId>, Problem> {
        match self {
            Self::Account(signed_in) => Ok(Some(signed_in.account)),
            Self::Stranger | Self::Order(_) => Ok(None),
            Self::Unknown => Err(Problem::of(ProblemCode::Unauthorized)),
        }
    }
}

/// The bearer token of a request, if it carries one.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl FromRequestParts<Channels> for Caller {
    type Rejection = ApiProblem;
    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, ApiProblem> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(Self::Stranger);
        }
        let Some(token) = bearer(parts).map(str::to_owned) else { return Ok(Self::Unknown) };
        // An order's bearer has a dot, a session's never.
        if token.contains('.') {
            let order = Seal(&channels.app.keys.tokens).order(&token);
            return Ok(order.map_or(Self::Unknown, Self::Order));
        }
        match authenticate(&channels.app, &token).await {
            Ok(found) => Ok(found.map_or(Self::Unknown, Self::Account)),
            Err(problem) => {
                let Ok(asker) = Asker::from_request_parts(parts, channels).await;
                Err(asker.problem(problem))
            }
        }
    }
}

/// A caller of the API who is about to sign in.
#[derive(Clone, Debug)]
pub struct Newcomer(pub Visitor);

impl FromRequestParts<Channels> for Newcomer {
    type Rejection = Infallible;
    async fn from_request_parts(
        parts: &mut Parts,
        channels: &Channels,
    ) -> Result<Self, Infallible> {
        let Address(network) = Address::from_request_parts(parts, channels).await?;
        let device = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let device = device.unwrap_or("").to_owned();
        let token = bearer(parts).filter(|token| !token.contains('.')).map(str::to_owned);
        Ok(Self(Visitor { network, device, token }))
    }
}
