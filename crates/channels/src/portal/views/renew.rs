//! The line found, the need, and the plans.

use askama::Template;

use super::PlanTile;
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/renew/{link}[?need=]`. A tile posts `plan` to `/{lang}/renew/{link}`.
#[derive(Debug, Template)]
#[template(path = "renew.html")]
pub struct RenewPage {
    /// The frame.
    pub layout: Layout,
    /// The signed value in the address.
    pub link: String,
    /// Whose renewal it is, as far as a stranger may know.
    pub line: LineHint,
    /// The need asked for; none shows all plans.
    pub need: Option<Need>,
    /// Three to six plans; empty while nothing is sold for this operator.
    pub plans: Vec<PlanTile>,
}

/// What a stranger may see of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineHint {
    /// `+1 416 ••• ••88`, or the ICCID masked the same way.
    pub masked: String,
    /// The words that help to recognise it: `ends in 88`, `尾号 88`.
    pub hint: String,
    /// The operator's name.
    pub operator: String,
}

/// What a person wants of a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To be online.
    Data,
    /// To call and be called.
    Calls,
    /// Not to lose the number.
    Keep,
}

impl Need {
    /// Whether this is the one asked for.
    pub fn is_in(self, choice: &Option<Self>) -> bool {
        *choice == Some(self)
    }

    /// Every need, in the order shown.
    pub const ALL: [Self; 3] = [Self::Data, Self::Calls, Self::Keep];

    /// The value of `?need=`.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Calls => "calls",
            Self::Keep => "keep",
        }
    }

    /// Reads the value of `?need=`.
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.value() == value)
    }

    /// The text's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Data => "need-data",
            Self::Calls => "need-calls",
            Self::Keep => "need-keep",
        }
    }
}
