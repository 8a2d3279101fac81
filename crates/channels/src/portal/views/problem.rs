//! Pages for what went wrong: the cause, what to do, and whether money moved.

use askama::Template;

use super::MoneyMoved;
use crate::portal::layout::{Layout, Section};

/// Any answer of 4xx or 5xx that is not a form to correct.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The frame.
    pub layout: Layout,
    /// What went wrong.
    pub problem: Problem,
    /// Whether money moved.
    pub money: MoneyMoved,
    /// The request's id, to be told to the hotline; empty if there is none.
    pub request: String,
    /// Where to go on, instead of the first page.
    pub onward: Option<String>,
}

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 404: nothing lives here, or nothing the caller may know of.
    NotFound,
    /// 403: it belongs to somebody else, or needs another right.
    NotYours,
    /// 401: too many orders were left unpaid; whoever signs in goes on.
    SignInFirst,
    /// 403: the form was not sent from our own page, or too long ago.
    Forbidden,
    /// 409: another renewal of this card is under way.
    RenewalInProgress,
    /// 409: the promotion in the price has no place left.
    PromotionUsedUp,
    /// 409: the order has moved on, so this can no longer be done.
    TooLate,
    /// 410: the link or the quote is no longer valid.
    LinkExpired,
    /// 413 or 422: what was sent cannot be understood.
    NotUnderstood,
    /// 429: too many attempts.
    TooMany {
        /// When to try again: `in 4 minutes`, `at 2:20 p.m.`.
        again: String,
    },
    /// 500: a fault of ours.
    OurFault,
    /// 503: the network's suppliers take no renewals just now.
    SupplierPaused,
    /// 503: not available right now.
    Unavailable,
}

impl Problem {
    /// The HTTP status that goes with it (RFC 9110 §15).
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignInFirst => 401,
            Self::NotYours | Self::Forbidden => 403,
            Self::RenewalInProgress | Self::PromotionUsedUp | Self::TooLate => 409,
            Self::LinkExpired => 410,
            Self::NotUnderstood => 422,
            Self::TooMany { .. } => 429,
            Self::OurFault => 500,
            Self::SupplierPaused | Self::Unavailable => 503,
        }
    }

    /// The problem's word in keys: `problem-page-title-…`, `problem-page-lead-…`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotYours => "not-yours",
            Self::SignInFirst => "sign-in-first",
            Self::Forbidden => "forbidden",
            Self::RenewalInProgress => "in-progress",
            Self::PromotionUsedUp => "promotion-used-up",
            Self::TooLate => "too-late",
            Self::LinkExpired => "link-expired",
            Self::NotUnderstood => "not-understood",
            Self::TooMany { .. } => "too-many",
            Self::OurFault => "our-fault",
            Self::SupplierPaused => "supplier-paused",
            Self::Unavailable => "unavailable",
        }
    }

    /// The key of the headline.
    pub fn title_key(&self) -> String {
        format!("problem-page-title-{}", self.word())
    }

    /// The key of the sentence under it: the cause and what to do.
    pub fn lead_key(&self) -> String {
        format!("problem-page-lead-{}", self.word())
    }

    /// The value of `{ $when }` in the lead; empty where it names no time.
    pub fn when(&self) -> &str {
        match self {
            Self::TooMany { again } => again,
            Self::NotFound
            | Self::NotYours
            | Self::SignInFirst
            | Self::Forbidden
            | Self::RenewalInProgress
            | Self::PromotionUsedUp
            | Self::TooLate
            | Self::LinkExpired
            | Self::NotUnderstood
            | Self::OurFault
            | Self::SupplierPaused
            | Self::Unavailable => "",
        }
    }
}
