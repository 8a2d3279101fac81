//! What every scripted platform can do. They sign and read by themselves, with nothing of ours.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use farline_domain::kernel::Instant;
use md5::{Digest, Md5};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

/// A charge that a platform asks for.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) order: &'static str,
    pub(crate) good: String,
    pub(crate) account: String,
    pub(crate) quantity: u32,
    /// In fen: the most it may cost there, or what it costs.
    pub(crate) price: i64,
    pub(crate) notify: String,
}

/// A request as it goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Sent {
    pub(crate) fn request(&self) -> Request<Body> {
        let uri = format!("{}?{}", self.path, self.query);
        let mut request = Request::builder().method(self.method).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(Body::from(self.body.clone())).unwrap()
    }

    /// The same with another text in the query and in the body.
    pub(crate) fn altered(&self, from: &str, to: &str) -> Self {
        let body = String::from_utf8(self.body.clone()).unwrap().replace(from, to).into_bytes();
        let altered = Self { query: self.query.replace(from, to), body, ..self.clone() };
        assert!(altered.query != self.query || altered.body != self.body, "{from}: {self:?}");
        altered
    }
}

/// What a platform reads in an answer, or in what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The state, or the code of a refusal.
    pub(crate) says: String,
    /// Its own number of the order.
    pub(crate) theirs: String,
    /// Our number of the order.
    pub(crate) ours: String,
}

/// The words of a platform.
pub(crate) struct Words {
    pub(crate) running: &'static str,
    pub(crate) done: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) forged: &'static str,
    /// What an old request is told, and how old it has to be, in seconds; none where the platform says nothing of it.
    pub(crate) old: Option<(&'static str, u32)>,
    pub(crate) unreadable: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) good: &'static str,
    pub(crate) account: &'static str,
    pub(crate) price: &'static str,
    pub(crate) used_up: &'static str,
    pub(crate) in_progress: &'static str,
    pub(crate) other_order: &'static str,
    pub(crate) unknown_order: &'static str,
}

/// A platform, played.
pub(crate) trait Scripted: Send + Sync {
    /// Its endpoint, and the partner behind it.
    fn name(&self) -> &'static str;
    fn words(&self) -> Words;
    fn order(&self, wish: &Wish, at: Instant) -> Sent;
    fn look(&self, order: &str, at: Instant) -> Sent;
    /// By our number; none where the platform knows only its own.
    fn look_by_ours(&self, ours: &str, at: Instant) -> Option<Sent>;
    /// None where it never cancels.
    fn cancel(&self, order: &str, at: Instant) -> Option<Sent>;
    /// What the answer to a request says, and whether it is signed, where it has to be.
    fn read(&self, body: &[u8]) -> Seen;
    /// What it is told; it checks the signature first.
    fn hear(&self, query: &str, headers: &HeaderMap, body: &[u8]) -> Seen;
    /// How it says that it heard.
    fn heard(&self) -> String;
}

pub(crate) fn md5(octets: &[u8]) -> String {
    let digits = |octet: &u8| [octet >> 4, octet & 15];
    let each = Md5::digest(octets);
    let figures = each.iter().flat_map(digits).filter_map(|it| char::from_digit(it.into(), 16));
    figures.collect()
}

pub(crate) fn form(pairs: &[(&str, Vec<u8>)]) -> String {
    let encoded = |octets: &[u8]| percent_encode(octets, NON_ALPHANUMERIC).to_string();
    let each = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    each.collect::<Vec<_>>().join("&")
}

/// The fields of a form in UTF-8, in the order of their names.
pub(crate) fn fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = serde_urlencoded::from_str(text).unwrap();
    fields.sort();
    fields
}

/// The value of a field, or nothing.
pub(crate) fn of(fields: &[(String, String)], name: &str) -> String {
    let found = fields.iter().find(|(it, _)| it == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// `20260102030405` and `2026-01-02 03:04:05`, in China.
pub(crate) fn china(at: Instant) -> (String, String) {
    let spaced = farline_domain::shops::china_words(at);
    (spaced.chars().filter(char::is_ascii_digit).collect(), spaced)
}
