//! The page of one card, and its history.

use askama::Template;

use super::{AutoRenewBox, Bucket, CardStatus, ClockView, Days, PlanTile, Role};
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/cards/{id}`. Tiles post `plan` to `/renew` below it; the settings post `nickname` to
/// `/nickname` and nothing to `/remove`.
#[derive(Debug, Template)]
#[template(path = "card.html")]
pub struct CardPage {
    /// The frame.
    pub layout: Layout,
    /// The id in the address.
    pub id: String,
    /// The name its people gave it, or the grouped number.
    pub nickname: String,
    /// `+1 416 555 0188`.
    pub number: String,
    /// The operator's name.
    pub operator: String,
    /// What the reader is to it.
    pub role: Role,
    /// Where it is in its life.
    pub status: CardStatus,
    /// The time left; none where nothing ends.
    pub days: Option<Days>,
    /// `life_line::draw`, or empty.
    pub life_svg: String,
    /// Whether its service has ended while a renewal of its own accord is under way.
    pub is_renewing: bool,
    /// What to do and when, if there is anything to say.
    pub advice: Option<Advice>,
    /// What is left, two by two.
    pub buckets: Vec<Bucket>,
    /// What will be left; none where nothing can be foretold.
    pub ahead: Option<AheadView>,
    /// Its auto-renew; none where there is nothing to say.
    pub auto_renew: Option<AutoRenewBox>,
    /// The demonstration's clock; shown in a demonstration alone.
    pub clock: ClockView,
    /// Where what it uses in a month is priced over every channel.
    pub compare: String,
    /// Whether nothing of its operator is sold at present.
    pub is_paused: bool,
    /// Three to six plans, last used first; empty where nothing can be renewed, or is sold at present.
    pub plans: Vec<PlanTile>,
}

/// A recommendation in two weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The part to see first: `Renew by November 27.`
    pub head: String,
    /// Why: `At this pace the data lasts until then, 4 days less than the plan.`
    pub reason: String,
}

/// What will be left of a card's data, day by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AheadView {
    /// `ahead::draw`.
    pub svg: String,
    /// The sentence above the chart.
    pub sentence: String,
    /// The same as a table: day, what is expected to be left, and between what it is likely to be.
    pub rows: Vec<(String, String, String)>,
}

/// `GET /{lang}/cards/{id}/usage[?days=90]`.
#[derive(Debug, Template)]
#[template(path = "card-usage.html")]
pub struct UsagePage {
    /// The frame.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// The days shown.
    pub span: Span,
    /// Day by day; none where nothing was used.
    pub by_day: Option<UsageView>,
    /// Hour by hour; none where nothing is known of hours.
    pub by_hour: Option<UsageView>,
    /// What there is to say of the hours: of windows, and what moving use into them would save.
    pub of_hours: Vec<String>,
}

/// The usage of a card as a picture, a sentence and a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageView {
    /// `usage::draw`.
    pub svg: String,
    /// The sentence above the chart: `4.1 GB in 30 days, 140 MB a day`.
    pub sentence: String,
    /// The same as a table: days, newest first, or hours, each with its amount.
    pub rows: Vec<(String, String)>,
}

/// How many days a usage chart covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Thirty days.
    Thirty,
    /// Ninety days.
    Ninety,
}

/// `GET /{lang}/cards/{id}/history[?after=]`.
#[derive(Debug, Template)]
#[template(path = "card-history.html")]
pub struct CardHistoryPage {
    /// The frame.
    pub layout: Layout,
    /// The card's id.
    pub id: String,
    /// The card's name.
    pub nickname: String,
    /// Newest first.
    pub entries: Vec<HistoryLine>,
    /// The address of the next page, if there is more.
    pub older: Option<String>,
}

/// One entry of a card's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// `November 1, 2:02 p.m.`
    pub at: String,
    /// What happened, as a sentence or a few words.
    pub what: String,
    /// What it changed: `+5 GB`, `−120 MB`, `$28.25`; may be empty.
    pub amount: String,
    /// The order behind it: address and reference.
    pub order: Option<(String, String)>,
}
