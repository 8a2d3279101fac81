//! The portal of a partner's people.

use std::borrow::Borrow;

use askama::Template;

use super::Tone;
use crate::portal::layout::{Layout, Section};

/// The parts of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// How the account stands, and the last orders.
    Overview,
    /// All orders.
    Orders,
    /// A file of orders.
    Upload,
    /// The keys of its programs.
    Keys,
    /// What its programs asked.
    Requests,
    /// What it was told.
    Callbacks,
    /// What changed the balance.
    Statement,
}

impl Tab {
    /// Every part, in the order of the menu.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Orders,
        Self::Upload,
        Self::Keys,
        Self::Requests,
        Self::Callbacks,
        Self::Statement,
    ];

    /// Its word in addresses and keys.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Orders => "orders",
            Self::Upload => "upload",
            Self::Keys => "keys",
            Self::Requests => "requests",
            Self::Callbacks => "callbacks",
            Self::Statement => "statement",
        }
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("partner-tab-{}", self.word())
    }
}

/// Which partner's portal a page is of, and which part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The partner's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Which part.
    pub tab: Tab,
    /// Whether new orders of it are stopped.
    pub is_stopped: bool,
}

impl Place {
    /// The path of a part, behind the language.
    pub fn path(&self, tab: impl Borrow<Tab>) -> String {
        let tab = *tab.borrow();
        match tab {
            Tab::Overview => format!("partner/{}", self.code),
            Tab::Orders
            | Tab::Upload
            | Tab::Keys
            | Tab::Requests
            | Tab::Callbacks
            | Tab::Statement => format!("partner/{}/{}", self.code, tab.word()),
        }
    }

    /// The path of this part.
    pub fn here(&self) -> String {
        self.path(self.tab)
    }

    /// Every part.
    pub const fn tabs(&self) -> [Tab; 7] {
        Tab::ALL
    }
}

/// `GET /{lang}/partner` for somebody of several partners.
#[derive(Debug, Template)]
#[template(path = "partner-choose.html")]
pub struct PartnerChoosePage {
    /// The frame.
    pub layout: Layout,
    /// The partners: code and name.
    pub partners: Vec<(String, String)>,
}

/// The same for somebody of none, and whatever is another partner's.
#[derive(Debug, Template)]
#[template(path = "partner-none.html")]
pub struct PartnerNonePage {
    /// The frame.
    pub layout: Layout,
}

/// `GET /{lang}/partner/{code}`
#[derive(Debug, Template)]
#[template(path = "partner-overview.html")]
pub struct PartnerOverviewPage {
    /// The frame.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// Paid in and not used.
    pub balance: String,
    /// Held for orders on their way.
    pub held: String,
    /// What may be used beyond what was paid in.
    pub credit: String,
    /// What a new order may cost.
    pub available: String,
    /// The last orders.
    pub orders: Vec<SoldOrder>,
    /// Whether the person is of other partners too.
    pub has_others: bool,
}

/// An order of a partner in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOrder {
    /// What the partner calls it.
    pub reference: String,
    /// What we say aloud.
    pub ours: String,
    /// When it was taken.
    pub at: String,
    /// The plan's name.
    pub plan: String,
    /// The card, masked.
    pub card: String,
    /// What it costs, with tax.
    pub total: String,
    /// The name of its state.
    pub state: String,
    /// How the state is drawn.
    pub tone: Tone,
}

/// `GET /{lang}/partner/{code}/orders[?reference=][?before=]`
#[derive(Debug, Template)]
#[template(path = "partner-orders.html")]
pub struct PartnerOrdersPage {
    /// The frame.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// What was searched for; empty without a search.
    pub reference: String,
    /// Newest first.
    pub orders: Vec<SoldOrder>,
    /// The address of the next page.
    pub older: Option<String>,
}

/// `GET` and `POST /{lang}/partner/{code}/keys`. Posts `label` and `scope`; nothing to `/{ending}/end`.
#[derive(Debug, Template)]
#[template(path = "partner-keys.html")]
pub struct PartnerKeysPage {
    /// The frame; errors belong to `label`.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// The secret of the key made just now.
    pub made: Option<Secret>,
    /// Those that sign in first, then those that have ended.
    pub keys: Vec<KeyLine>,
    /// What was typed as a label.
    pub label: String,
}

/// A secret that is shown once. Debug does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A key in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// What they call it.
    pub label: String,
    /// Its last four letters.
    pub ending: String,
    /// Scope, since when, last used: each worded.
    pub facts: Vec<String>,
    /// When it ended or ends; none while it signs in.
    pub ended: Option<String>,
}

/// `GET /{lang}/partner/{code}/requests[?before=]`
#[derive(Debug, Template)]
#[template(path = "partner-requests.html")]
pub struct PartnerRequestsPage {
    /// The frame.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// Newest first.
    pub requests: Vec<RequestLine>,
    /// The address of the next page.
    pub older: Option<String>,
}

/// A request in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// `POST /partner/v1/orders`
    pub what: String,
    /// The status of the answer.
    pub status: u16,
    /// When.
    pub at: String,
    /// The request's id.
    pub request: String,
    /// Its problem: the code that the program got, and what it means.
    pub problem: Option<(String, String)>,
}

/// `GET /{lang}/partner/{code}/callbacks[?before=]`. Posts nothing to `/{id}/replay`.
#[derive(Debug, Template)]
#[template(path = "partner-callbacks.html")]
pub struct PartnerCallbacksPage {
    /// The frame.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// The newest try first.
    pub callbacks: Vec<CallbackLine>,
    /// The address of the next page.
    pub older: Option<String>,
}

/// A callback in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackLine {
    /// Its id.
    pub id: String,
    /// Of which order it tells what.
    pub what: String,
    /// When it was tried last.
    pub at: String,
    /// Where it went.
    pub url: String,
    /// How often it was tried.
    pub tries: String,
    /// What came of it, and what comes next.
    pub came_of_it: String,
    /// How that is drawn.
    pub tone: Tone,
}

/// `GET /{lang}/partner/{code}/statement[?month=]`
#[derive(Debug, Template)]
#[template(path = "partner-statement.html")]
pub struct PartnerStatementPage {
    /// The frame.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// The days it is of.
    pub days: String,
    /// The address of the month before.
    pub before: String,
    /// The address of the month after, unless that has not begun.
    pub after: Option<String>,
    /// The balance before.
    pub opening: String,
    /// The balance after.
    pub closing: String,
    /// The newest first.
    pub entries: Vec<StatementEntry>,
    /// That not all are shown, where there are too many.
    pub shown: Option<String>,
    /// Where the sheet is.
    pub csv: String,
    /// Where the document is.
    pub pdf: Option<String>,
}

/// An entry of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementEntry {
    /// What it is, with what the partner or the bank calls it.
    pub what: String,
    /// When.
    pub at: String,
    /// By how much the balance changed, with its sign.
    pub amount: String,
    /// The balance afterwards.
    pub balance: String,
}

/// `GET` and `POST /{lang}/partner/{code}/upload`. Posts `file`, as `multipart/form-data`.
#[derive(Debug, Template)]
#[template(path = "partner-upload.html")]
pub struct PartnerUploadPage {
    /// The frame; errors belong to `file`.
    pub layout: Layout,
    /// Where.
    pub place: Place,
    /// What became of a file.
    pub result: Option<UploadResult>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadResult {
    /// Lines ordered just now.
    pub accepted: usize,
    /// Lines ordered before.
    pub repeated: usize,
    /// Lines refused.
    pub refused: usize,
    /// Refused ones first.
    pub lines: Vec<UploadLine>,
    /// That not all are shown, where there are too many.
    pub shown: Option<String>,
    /// All of them as a sheet: a `data:` address.
    pub sheet: String,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadLine {
    /// Its row, worded.
    pub row: String,
    /// What the partner calls the order.
    pub reference: String,
    /// The state of its order, or the problem.
    pub became: String,
    /// More of it: the price, or what to do.
    pub detail: String,
    /// How it is drawn.
    pub tone: Tone,
}
