//! A marketplace of our own: the trades of one shop, told over HTTP as each marketplace writes them ([`Face`]), with mishaps when a
//! test asks for them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use farline_app::ports::Clock;
use farline_domain::kernel::Instant;
use farline_domain::shops::{RefundStanding, TradeState};
use farline_testkit::FrozenClock;
use md5::{Digest, Md5};
use serde_json::Value;
use tokio::net::TcpListener;

/// 2026-01-02T03:04:05Z.
pub(super) const START: Instant = Instant::from_millis(1_767_323_045_000);
/// How long an adapter of these tests waits.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// A trade with one thing in it.
#[derive(Clone, Debug)]
pub(super) struct Sold {
    pub(super) number: u64,
    pub(super) state: TradeState,
    pub(super) refund: RefundStanding,
    pub(super) changed: Instant,
    pub(super) message: String,
    pub(super) sku: String,
    pub(super) quantity: u32,
    /// What the buyer paid, in hundredths.
    pub(super) paid: i64,
    /// What the seller notes.
    pub(super) notes: Vec<String>,
}

impl Sold {
    pub(super) fn item(&self) -> u64 {
        self.number * 10 + 1
    }

    /// What was paid, as decimal text.
    pub(super) fn price(&self) -> String {
        format!("{}.{:02}", self.paid / 100, self.paid % 100)
    }

    pub(super) fn memo(&self) -> String {
        self.notes.join("\n")
    }
}

/// A message that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) id: u64,
    pub(super) topic: &'static str,
    pub(super) content: Value,
}

#[derive(Default)]
pub(super) struct Book {
    pub(super) trades: BTreeMap<u64, Sold>,
    pub(super) messages: Vec<Waiting>,
    /// How often we asked for each trade to be shipped.
    pub(super) ships: BTreeMap<u64, usize>,
    /// How often a memo was written.
    pub(super) memos: usize,
    /// The trade that the seller ships at the moment when we ask for it.
    pub(super) seller_ships: Option<u64>,
    /// The trade that changes after this many more pages.
    pub(super) changes_after: Option<(usize, u64)>,
    /// The trade that is told in place of another.
    pub(super) swapped: Option<u64>,
}

impl Book {
    pub(super) fn sell(&mut self, number: u64, changed: Instant) -> &mut Sold {
        let sold = Sold {
            number,
            state: TradeState::Paid,
            refund: RefundStanding::Absent,
            changed,
            message: "号码 416 555 0188，谢谢".to_owned(),
            sku: "MAPLE-30".to_owned(),
            quantity: 1,
            paid: 12_850,
            notes: Vec::new(),
        };
        self.trades.entry(number).or_insert(sold)
    }

    pub(super) fn find(&self, number: &str) -> Option<&Sold> {
        let number = self.swapped.or_else(|| number.parse().ok())?;
        self.trades.get(&number)
    }

    /// What changed in a window, newest first.
    pub(super) fn changed(&self, from: Instant, to: Instant) -> Vec<u64> {
        let in_window = |sold: &&Sold| (from..=to).contains(&sold.changed);
        let mut found: Vec<_> = self.trades.values().filter(in_window).collect();
        found.sort_by_key(|sold| std::cmp::Reverse((sold.changed, sold.number)));
        found.into_iter().map(|sold| sold.number).collect()
    }

    /// One page of it, counted from 1, and how many there are in all.
    pub(super) fn page(
        &mut self,
        (from, to): (Instant, Instant),
        (number, size): (usize, usize),
    ) -> (Vec<u64>, usize) {
        let all = self.changed(from, to);
        let page = all.iter().copied().skip((number - 1) * size).take(size).collect();
        self.a_page_was_told(to);
        (page, all.len())
    }

    pub(super) fn a_page_was_told(&mut self, to: Instant) {
        match self.changes_after.take() {
            Some((1, number)) => {
                self.trades.get_mut(&number).unwrap().changed = to.plus_seconds(1);
            }
            Some((pages, number)) => self.changes_after = Some((pages - 1, number)),
            None => {}
        }
    }

    /// Ships a trade; not one that is shipped, or not to be.
    pub(super) fn ship(&mut self, number: &str) -> bool {
        let number: u64 = number.parse().unwrap();
        *self.ships.entry(number).or_default() += 1;
        let Some(sold) = self.trades.get_mut(&number) else { return false };
        if self.seller_ships == Some(number) {
            sold.state = TradeState::Shipped;
        }
        if !matches!(sold.state, TradeState::Paid | TradeState::Held) {
            return false;
        }
        sold.state = TradeState::Shipped;
        true
    }

    pub(super) fn note(&mut self, number: &str, notes: Vec<String>) -> bool {
        let found = self.trades.get_mut(&number.parse().unwrap());
        self.memos += 1;
        found.map(|sold| sold.notes = notes).is_some()
    }
}

/// What a marketplace is asked.
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    /// Of the address, or of the form in the body.
    pub(super) fields: BTreeMap<String, String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Asked {
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The signature of a form as Taobao and JD reckon it, on their own: MD5 in upper-case hexadecimal.
pub(super) fn is_signed(secret: &str, asked: &Asked) -> bool {
    let mut text = secret.to_owned();
    for (name, value) in asked.fields.iter().filter(|(name, _)| *name != "sign") {
        text.push_str(name);
        text.push_str(value);
    }
    text.push_str(secret);
    let digest = Md5::digest(text);
    let upper = digest.iter().fold(String::new(), |mut upper, octet| {
        write!(upper, "{octet:02X}").unwrap();
        upper
    });
    asked.field("sign") == upper
}

/// What it says: the status, the number of pages where that is told in a header, and the body.
pub(super) type Said = (u16, Option<usize>, Value);

/// Trouble that each marketplace tells in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    TooOften,
    SignedOut,
    /// Its own, which passes.
    Passing,
}

/// How a marketplace writes.
pub(super) trait Face: Send + Sync + 'static {
    fn answer(&self, book: &mut Book, now: Instant, asked: &Asked) -> Said;
    fn trouble(&self, trouble: Trouble) -> Said;
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mishap {
    Trouble(Trouble),
    /// Nothing is done, and this status comes with a sound body.
    Status(u16),
    /// Nothing is done, and this comes.
    Text(&'static str),
    /// It is done, and half of the answer comes.
    Half,
    /// It is done, and no answer comes in time.
    Silence,
}

#[derive(Clone)]
pub(super) struct Market {
    book: Arc<Mutex<Book>>,
    /// How many calls are still sound, and what becomes of the one after.
    mishaps: Arc<Mutex<VecDeque<(usize, Mishap)>>>,
    always: Arc<Mutex<Option<Mishap>>>,
    pub(super) clock: Arc<FrozenClock>,
    face: Arc<dyn Face>,
    pub(super) base_url: String,
}

impl Market {
    /// Opens on a free port.
    pub(super) async fn open(face: impl Face) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let market = Self {
            book: Arc::default(),
            mishaps: Arc::default(),
            always: Arc::default(),
            clock: Arc::new(FrozenClock::at(START)),
            face: Arc::new(face),
            base_url,
        };
        let router = Router::new().fallback(handle).with_state(market.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        market
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Lets one call fail, after this many sound ones.
    pub(super) fn fail(&self, calls_before: usize, mishap: Mishap) {
        self.mishaps.lock().unwrap().push_back((calls_before, mishap));
    }

    /// Lets every call fail, or none any more.
    pub(super) fn fail_always(&self, mishap: Option<Mishap>) {
        *self.always.lock().unwrap() = mishap;
    }

    fn mishap(&self) -> Option<Mishap> {
        if let Some(mishap) = *self.always.lock().unwrap() {
            return Some(mishap);
        }
        let mut mishaps = self.mishaps.lock().unwrap();
        match mishaps.front_mut()? {
            (0, _) => mishaps.pop_front().map(|(_, mishap)| mishap),
            (before, _) => {
                *before -= 1;
                None
            }
        }
    }

    fn answer(&self, asked: &Asked) -> Said {
        let now = self.now();
        self.face.answer(&mut self.book(), now, asked)
    }
}

async fn handle(
    State(market): State<Market>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let is_form = headers
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let text =
        if is_form { std::str::from_utf8(&body).unwrap() } else { uri.query().unwrap_or("") };
    let url = reqwest::Url::parse(&format!("http://any/?{text}")).unwrap();
    let fields = url.query_pairs().into_owned().collect();
    let path = uri.path().to_owned();
    let asked = Asked { method, path, fields, headers, body: body.to_vec() };
    match market.mishap() {
        None => say(market.answer(&asked)),
        Some(Mishap::Trouble(trouble)) => say(market.face.trouble(trouble)),
        Some(Mishap::Status(status)) => {
            let (_, pages, body) = market.answer(&asked);
            say((status, pages, body))
        }
        Some(Mishap::Text(text)) => (StatusCode::OK, text).into_response(),
        Some(Mishap::Half) => {
            let (status, _, body) = market.answer(&asked);
            let text = body.to_string();
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            (StatusCode::from_u16(status).unwrap(), half).into_response()
        }
        Some(Mishap::Silence) => {
            market.answer(&asked);
            tokio::time::sleep(PATIENCE * 20).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
    }
}

fn say((status, pages, body): Said) -> Response {
    let pages = pages.map(|pages| [("X-WP-TotalPages", pages.to_string())]);
    let status = StatusCode::from_u16(status).unwrap();
    match pages {
        Some(headers) => (status, headers, body.to_string()).into_response(),
        None => (status, body.to_string()).into_response(),
    }
}
