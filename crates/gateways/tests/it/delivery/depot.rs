//! A scripted supplier: what it was sent under each reference, what becomes of it by the last three digits of the number,
//! and how its answers are spoilt. Each supplier's own words are beside it, one file each.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use farline_app::ports::Clock;
use farline_domain::kernel::Instant;
use farline_testkit::FrozenClock;
use serde_json::Value;

use super::contract::START;

/// What the last three digits of a number mean. The first group is answered soundly, the second is delivered and its
/// answer spoilt, the third is not taken.
pub(super) const SLOW: &str = "200";
pub(super) const FAILS: &str = "302";
pub(super) const STRANGE: &str = "407";
pub(super) const REVERSED: &str = "500";
pub(super) const HANGS: &str = "400";
pub(super) const SAYS_500: &str = "401";
pub(super) const CUT: &str = "402";
pub(super) const MALFORMED: &str = "403";
pub(super) const REDIRECTS: &str = "404";
pub(super) const NOT_A_NUMBER: &str = "300";
pub(super) const NO_FLOAT: &str = "301";
pub(super) const BROKEN: &str = "405";
pub(super) const UNKNOWN_CODE: &str = "406";

/// How long a slow one takes, and after how long one is taken back, in seconds.
const SLOW_SECONDS: i64 = 10;
const STANDS_SECONDS: i64 = 300;

/// How long a token counts, in seconds.
pub(super) const TOKEN_SECONDS: i64 = 86_400;

/// A status and a body.
pub(super) type Said = (u16, String);

/// One request.
pub(super) struct Call {
    /// Method and path, such as `POST /topups`.
    pub(super) what: String,
    pub(super) query: BTreeMap<String, String>,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
    pub(super) now: Instant,
}

impl Call {
    pub(super) fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What became of a delivery by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Working,
    Done,
    Failed,
    Reversed,
    Strange,
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: u64,
    pub(super) reference: String,
    number: String,
    at: Instant,
}

impl Record {
    pub(super) fn fate(&self, now: Instant) -> Outcome {
        let seconds = now.millis_since(self.at) / 1000;
        match ending(&self.number) {
            SLOW | FAILS if seconds < SLOW_SECONDS => Outcome::Working,
            FAILS => Outcome::Failed,
            REVERSED if seconds >= STANDS_SECONDS => Outcome::Reversed,
            STRANGE => Outcome::Strange,
            _ => Outcome::Done,
        }
    }
}

/// What the supplier does with a sending.
pub(super) enum Taken {
    Record(Record),
    Duplicate,
    NotANumber,
    NoFloat,
    UnknownCode,
    Broken,
}

/// Everything the supplier knows, and everything it was asked.
#[derive(Default)]
pub(super) struct Book {
    pub(super) records: Vec<Record>,
    /// References that were turned away, for those suppliers that burn them.
    pub(super) burnt: BTreeSet<String>,
    pub(super) asked: Vec<String>,
    /// Bodies of what was sent.
    pub(super) bodies: Vec<String>,
    pub(super) tokens: BTreeMap<String, Instant>,
    /// No list is filtered.
    pub(super) ignores_filters: bool,
    /// Nobody is let in.
    pub(super) is_locked: bool,
    spoils: Option<String>,
    next: u64,
}

impl Book {
    pub(super) fn id(&mut self) -> u64 {
        self.next += 1;
        1000 + self.next
    }

    /// Takes a sending. Whether two under the same reference are one is the supplier's own.
    pub(super) fn take(&mut self, (reference, number): (&str, &str), call: &Call) -> Taken {
        self.bodies.push(call.text.clone());
        let known = self.records.iter().any(|record| record.reference == reference);
        match ending(number) {
            _ if known => return Taken::Duplicate,
            NOT_A_NUMBER => return Taken::NotANumber,
            NO_FLOAT => return Taken::NoFloat,
            UNKNOWN_CODE => return Taken::UnknownCode,
            BROKEN => return Taken::Broken,
            _ => {}
        }
        self.record(reference, number, call.now)
    }

    /// The same, by a supplier that makes two of two.
    pub(super) fn record(&mut self, reference: &str, number: &str, now: Instant) -> Taken {
        let record = Record {
            id: self.id(),
            reference: reference.to_owned(),
            number: number.to_owned(),
            at: now,
        };
        self.records.push(record.clone());
        self.spoils = Some(ending(number).to_owned());
        Taken::Record(record)
    }

    /// What a list of a reference shows: everything, when filters are ignored.
    pub(super) fn listed(&self, reference: &str) -> Vec<Record> {
        let is_shown = |record: &&Record| self.ignores_filters || record.reference == reference;
        self.records.iter().filter(is_shown).cloned().collect()
    }

    /// A token that counts from now on.
    pub(super) fn grant(&mut self, now: Instant) -> String {
        let token = format!("token-{}", self.id());
        self.tokens.insert(token.clone(), now.plus_seconds(TOKEN_SECONDS));
        token
    }

    /// Whether a call carries a token that counts.
    pub(super) fn lets_in(&self, call: &Call) -> bool {
        let token = call.header("authorization").strip_prefix("Bearer ");
        let end = token.and_then(|token| self.tokens.get(token));
        !self.is_locked && end.is_some_and(|end| call.now < *end)
    }
}

pub(super) fn hexadecimal(octets: &[u8]) -> String {
    use std::fmt::Write;
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").unwrap();
        text
    })
}

pub(super) fn ending(number: &str) -> &str {
    &number[number.len().saturating_sub(3)..]
}

/// How a supplier answers.
pub(super) type Dialect = fn(&mut Book, &Call) -> Said;

/// The supplier's server.
#[derive(Clone)]
pub(super) struct Depot {
    book: Arc<Mutex<Book>>,
    dialect: Dialect,
    pub(super) clock: Arc<FrozenClock>,
    pub(super) address: String,
}

impl Depot {
    pub(super) async fn open(dialect: Dialect) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(FrozenClock::at(START));
        let depot = Self { book: Arc::default(), dialect, clock, address };
        let router = Router::new().fallback(serve).with_state(depot.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        depot
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    /// How many deliveries were made under a reference.
    pub(super) fn deliveries(&self, reference: &str) -> usize {
        self.book().records.iter().filter(|record| record.reference == reference).count()
    }
}

async fn serve(State(depot): State<Depot>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let octets = to_bytes(body, 1 << 20).await.unwrap();
    let url = format!("http://supplier.test{}", head.uri);
    let query = reqwest::Url::parse(&url).unwrap();
    let call = Call {
        what: format!("{} {}", head.method, head.uri.path()),
        query: query.query_pairs().into_owned().collect(),
        headers: head.headers,
        text: String::from_utf8(octets.to_vec()).unwrap(),
        now: depot.clock.now(),
    };
    let ((status, body), spoils) = {
        let mut book = depot.book();
        book.asked.push(call.what.clone());
        let said = (depot.dialect)(&mut book, &call);
        (said, book.spoils.take())
    };
    let status = StatusCode::from_u16(status).unwrap();
    let json = [("content-type", "application/json")];
    match spoils.as_deref() {
        Some(HANGS) => pending().await,
        Some(SAYS_500) => (StatusCode::INTERNAL_SERVER_ERROR, json, "{}").into_response(),
        Some(CUT) => {
            // The half of it, and the connection is gone.
            let half = body[..body.len() / 2].to_owned();
            let broken = std::io::Error::other("cut");
            let parts: [Result<String, std::io::Error>; 2] = [Ok(half), Err(broken)];
            Body::from_stream(futures_util::stream::iter(parts)).into_response()
        }
        Some(MALFORMED) => (status, json, body[..body.len() - 1].to_owned()).into_response(),
        Some(REDIRECTS) => {
            let elsewhere = [("location", format!("{}/elsewhere", depot.address))];
            (StatusCode::TEMPORARY_REDIRECT, elsewhere).into_response()
        }
        _ => (status, json, body).into_response(),
    }
}
