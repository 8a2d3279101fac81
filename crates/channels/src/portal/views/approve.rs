//! The holder answers a request.

use askama::Template;

use crate::portal::layout::{Layout, Section};

/// `GET /{lang}/approve/{token}`. Posts `answer` = `yes` or `no` to the same address.
#[derive(Debug, Template)]
#[template(path = "approve.html")]
pub struct ApprovePage {
    /// The frame.
    pub layout: Layout,
    /// The bearer in the address.
    pub token: String,
    /// Who asks: the name and the masked contact, `Lin · l•••@example.org`.
    pub asker: String,
    /// The card, masked.
    pub masked: String,
    /// What is asked for.
    pub request: Request,
    /// How far it has come.
    pub state: ApprovalState,
    /// Until when it can be answered.
    pub until: String,
}

/// What somebody asks of a holder or a helper-to-be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To see and renew the reader's card.
    HelpWithYourCard,
    /// That the reader helps with the asker's card.
    BecomeHelper,
}

/// The state of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApprovalState {
    /// Not answered.
    Open,
    /// Answered with yes.
    Approved,
    /// Answered with no.
    Refused,
}

impl Request {
    /// The key of the headline.
    pub const fn title_key(self) -> &'static str {
        match self {
            Self::HelpWithYourCard => "approve-title-help",
            Self::BecomeHelper => "approve-title-become",
        }
    }

    /// The key of the sentence under it.
    pub const fn lead_key(self) -> &'static str {
        match self {
            Self::HelpWithYourCard => "approve-lead-help",
            Self::BecomeHelper => "approve-lead-become",
        }
    }
}
