//! My cards, and adding one.

use askama::Template;

use super::{CardStatus, Days, Role};
use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/cards`. *Renew* posts `plan` to `/{lang}/cards/{id}/renew`, which answers with the check page: two taps.
#[derive(Debug, Template)]
#[template(path = "cards.html")]
pub struct CardsPage {
    /// The frame.
    pub layout: Layout,
    /// Own and helped cards, the most urgent first.
    pub cards: Vec<CardSummary>,
}

/// A card in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSummary {
    /// The id in `/{lang}/cards/{id}`.
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
    /// `life_line::draw_small`, or empty.
    pub life_svg: String,
    /// Its auto-renew; none where it is off, or nothing is known of the next time.
    pub auto_renew: Option<Shortly>,
    /// Whether nothing of its operator is sold at present.
    pub is_paused: bool,
    /// The plan that *Renew* takes; none leads to the card's page instead.
    pub last_plan: Option<LastPlan>,
}

/// A card's auto-renew in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortly {
    /// A renewal is under way.
    UnderWay(String),
    /// When the next one is charged.
    Next(String),
}

/// The plan of the last renewal, priced for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastPlan {
    /// The value of `plan`.
    pub id: String,
    /// `5 GB · 300 minutes · 30 days`.
    pub gets: String,
    /// The price with tax.
    pub price: String,
    /// The expiry it leads to: `until December 31`.
    pub until: String,
}

/// `GET /{lang}/cards/add`. Posts `number`, `nickname` and `proof` to the same address.
#[derive(Debug, Template)]
#[template(path = "add-card.html")]
pub struct AddCardPage {
    /// The frame; errors belong to `number` or `proof`.
    pub layout: Layout,
    /// The number or ICCID typed.
    pub number: String,
    /// The name typed.
    pub nickname: String,
    /// The proof chosen in the form sent.
    pub proof: Option<Proof>,
}

/// How possession of a card is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A one-time code sent to the line itself.
    Code,
    /// The line's PIN.
    Pin,
    /// The ICCID and the PUK printed on the card's holder.
    Puk,
    /// The holder agrees by a link.
    Holder,
}

impl Proof {
    /// Whether this is the one chosen.
    pub fn is_in(self, choice: &Option<Self>) -> bool {
        *choice == Some(self)
    }

    /// Every proof, in the order offered.
    pub const ALL: [Self; 4] = [Self::Code, Self::Pin, Self::Puk, Self::Holder];

    /// The value of `proof`.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Pin => "pin",
            Self::Puk => "puk",
            Self::Holder => "holder",
        }
    }

    /// Reads the value of `proof`.
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.value() == value)
    }

    /// The text's key; the same with `-hint` explains it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Code => "proof-code",
            Self::Pin => "proof-pin",
            Self::Puk => "proof-puk",
            Self::Holder => "proof-holder",
        }
    }

    /// The key of the sentence under the choice.
    pub const fn hint_key(self) -> &'static str {
        match self {
            Self::Code => "proof-code-hint",
            Self::Pin => "proof-pin-hint",
            Self::Puk => "proof-puk-hint",
            Self::Holder => "proof-holder-hint",
        }
    }
}

/// `GET /{lang}/cards/add/{request}`: the proof itself. Posts to the same address `code`, or `pin`, or `iccid` and
/// `puk`, or `holder` (the holder's e-mail address or number; empty asks by text to the line).
#[derive(Debug, Template)]
#[template(path = "proof.html")]
pub struct ProofPage {
    /// The frame; errors belong to the fields named above.
    pub layout: Layout,
    /// The request in the address.
    pub request: String,
    /// The card, masked.
    pub masked: String,
    /// The proof chosen.
    pub proof: Proof,
    /// For [`Proof::Holder`]: where the link went, once it was sent.
    pub asked: Option<String>,
}
