//! What the robot hears, has done, and says: never in words of a language, which are the texts'.

use super::Tongue;
use crate::catalog::PlanCode;
use crate::kernel::{Instant, LineId, Money, QuoteId, SavedMethodId, Units};
use crate::lines::LineStatus;
use crate::notices::Medium;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The keys that a caller pressed. They may be a PIN, so they show themselves to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys(pub String);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// What comes to the robot: from the caller, or of what it had done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Keys of the telephone.
    Keys(Keys),
    /// Nothing, for as long as it waits.
    Silence,
    /// The card with the number that was typed, if it is one of ours.
    Found(Option<LineId>),
    /// What the PIN was.
    Pin(PinAnswer),
    /// What is left on the card.
    Left(Standing),
    /// The renewal that can be agreed to, or why there is none.
    Offered(Result<Box<Offer>, NoOffer>),
    /// What came of a renewal that was agreed to.
    Renewed(Outcome),
    /// What came of a link to pay by.
    Linked(LinkOutcome),
    /// It could not be done: trouble of our own.
    Failed,
}

/// What is to be done before the robot speaks again. What came of it is heard next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Find the card with this number.
    Find(Keys),
    /// Check the PIN of a card.
    CheckPin(LineId, Keys),
    /// Look what is left on a card.
    Look(LineId),
    /// Price the last plan of a card, with the method that would pay it.
    MakeOffer(LineId),
    /// Renew as agreed.
    Renew(LineId, Box<Offer>),
    /// Send a link to pay by to the card.
    SendLink(LineId),
}

/// What a PIN was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinAnswer {
    /// The card's, typed at this instant.
    Right(Instant),
    /// Another one.
    Wrong,
    /// Not looked at: it was tried too often.
    Locked,
}

/// A renewal as it is read out. What is agreed to is this and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The quote that is charged.
    pub quote: QuoteId,
    /// The plan.
    pub plan: PlanCode,
    /// The price with tax.
    pub total: Money,
    /// Until when the card is good afterwards, where the plan moves that date.
    pub expires_on: Option<Date>,
    /// The method that pays.
    pub method: SavedMethodId,
    /// What its owner calls it: its brand and what it ends in.
    pub method_name: (String, String),
    /// By which medium the written terms went out before, where the law asks for them.
    pub terms_sent: Option<Medium>,
}

/// Why there is nothing to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoOffer {
    /// The card was never renewed with us, or its plan is not sold any more.
    NoPlan,
    /// Its holder has no method saved that can be used now.
    NoMethod,
    /// A renewal is under way.
    InProgress,
    /// The law wants written terms first, and there is no address to send them to.
    TermsNotSent,
    /// The card cannot be renewed any more.
    NotRenewable,
}

/// What came of a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Delivered; the card is good until then.
    Delivered(Option<Date>),
    /// Paid, and the network has not answered yet.
    OnItsWay,
    /// Paid, and nobody knows yet whether it was delivered.
    Unknown,
    /// Nobody knows yet whether the method was charged.
    ChargeUnknown,
    /// The method was refused: nothing was charged.
    Declined,
    /// Nothing was ordered: the price moved, or something else came between.
    NotOrdered,
    /// Nothing was ordered: another renewal is under way.
    InProgress,
    /// Nothing was ordered: too many renewals today.
    TooMany,
    /// Paid, and the network refused: the money goes back.
    GoesBack,
}

/// What came of a link to pay by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkOutcome {
    /// Sent to the card's number.
    Sent,
    /// The card's number wants no messages.
    Stopped,
    /// The card has no number that can be written to.
    NoNumber,
    /// Not sent: too many orders of this card wait to be paid.
    TooMany,
    /// Not sent: a renewal is under way, or the card cannot be renewed.
    NotNow,
    /// It could not be sent.
    NotSent,
}

/// What is left on a card. What it has none of is not spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Where it stands today.
    pub status: LineStatus,
    /// The date that matters now: of expiry, or until which it or its number is kept.
    pub until: Option<Date>,
    /// Octets.
    pub data: Option<Units>,
    /// Seconds.
    pub voice: Option<Units>,
    /// Messages.
    pub messages: Option<Units>,
    /// Money.
    pub credit: Option<Money>,
    /// What is under way.
    pub underway: Option<Outcome>,
    /// Whether its service has ended and comes back by itself: then no date matters.
    pub comes_back: bool,
}

/// One thing that the robot says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Who speaks, and which key is which language: each said in its own.
    Languages,
    /// The key for the card that the call comes from, by its last two digits, and for another one.
    OwnCard(String),
    /// Type the number.
    TypeNumber,
    /// No card of ours has that number.
    UnknownNumber,
    /// Type the PIN.
    TypePin,
    /// That was not the PIN.
    WrongPin,
    /// The PIN was tried too often.
    PinLocked,
    /// What is left.
    Left(Box<Standing>),
    /// What the keys do now.
    Menu,
    /// The renewal, its price, its date and what pays it.
    Offer(Box<Offer>),
    /// The key that agrees, and the one that does not.
    Agree,
    /// Why there is nothing to agree to.
    NoOffer(NoOffer),
    /// What came of the renewal.
    Renewed(Outcome),
    /// What came of the link.
    Linked(LinkOutcome),
    /// Nothing was ordered.
    NothingOrdered,
    /// That key does nothing.
    NoSuchKey,
    /// Trouble of our own.
    Trouble,
    /// A person is called.
    Connecting,
    /// The end.
    Goodbye,
}

/// What the robot may say in answer to one thing heard, in which tongue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// In which.
    pub tongue: Tongue,
    /// What, in order.
    pub said: Vec<Said>,
}
