//! What a decision changed, and what is to follow from it. All of it is written in one commit.

use super::Context;
use crate::auto_renew::ConsentRecord;
use crate::balance::{BucketEntry, Depletion, Session};
use crate::kernel::{AccountId, AllowanceKind, Instant, OrderId, StaffId, Units};
use crate::ledger::EntrySet;
use crate::notices::{AutoRenewNotice, NoticeReason, Recipient};
use crate::orders::{Order, Seller, Stage};
use crate::receipts::Receipt;
use crate::subjects::Reserved;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Who asks for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A guest, known only by what they hold.
    Guest,
    /// A signed-in person.
    Account(AccountId),
    /// A payment provider, by its adapter's name.
    Provider(String),
    /// A supplier, by its adapter's name.
    Supplier(String),
    /// Whoever sold the order: a partner or a shop.
    Seller(Seller),
    /// The mobile network that charges a session.
    Network,
    /// Farline itself: a schedule or a reconciler.
    System,
    /// A person at the command line, with the reason they gave.
    Person(String),
    /// A member of the staff, with the reason they gave where one is asked for.
    Staff(StaffId, Option<String>),
}

impl Actor {
    /// The actor as the audit stores it, without the reason that somebody gave.
    pub fn name(&self) -> String {
        match self {
            Self::Guest => "guest".to_owned(),
            Self::Account(account) => account.to_string(),
            Self::Provider(name) => format!("provider:{name}"),
            Self::Supplier(name) => format!("supplier:{name}"),
            Self::Seller(Seller::Partner(code)) => format!("partner:{code}"),
            Self::Seller(Seller::Shop(code)) => format!("shop:{code}"),
            Self::Network => "network".to_owned(),
            Self::System => "system".to_owned(),
            Self::Person(_) => "person".to_owned(),
            Self::Staff(member, _) => member.to_string(),
        }
    }

    /// The reason that somebody gave.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Person(reason) => Some(reason),
            Self::Staff(_, reason) => reason.as_deref(),
            Self::Guest
            | Self::Account(_)
            | Self::Provider(_)
            | Self::Supplier(_)
            | Self::Seller(_)
            | Self::Network
            | Self::System => None,
        }
    }
}

/// Work promised in the commit that made it necessary. It may run twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Ask the payment provider whether an order has been paid; a lost webhook is found this way.
    AskPayment,
    /// End an order whose time to pay has passed.
    Expire,
    /// Send a delivery to the supplier.
    Send,
    /// Ask the supplier about a delivery, under the same reference.
    AskDelivery,
    /// Ask the provider to give money back: the order's refund with this number.
    Refund(u32),
    /// Ask the provider how a refund is going.
    AskRefund(u32),
    /// Ask the provider how a dispute stands, by its id there.
    AskDispute(String),
    /// Tell someone something.
    Notice(NoticeReason, Recipient),
    /// Tell whoever sold the order that it has come to this stage.
    TellSeller(Stage),
    /// Render and sign the receipt.
    RenderReceipt,
    /// Sweep the line: what a session holds lapses then.
    Sweep,
    /// Note that a bucket passed a mark on its way down.
    Depletion(Depletion),
    /// Charge the saved method that pays the order, or ask what became of that.
    Charge,
    /// See whether the line is to renew itself.
    AutoRenew,
    /// Tell the payer of an auto-renew something.
    AutoRenewNotice(Box<AutoRenewNotice>),
    /// What the order reserved of another subject is used: it was delivered.
    CaptureReservation(Reserved),
    /// What the order reserved of another subject is free again: it ended otherwise.
    ReleaseReservation(Reserved),
}

impl JobKind {
    /// The word stored, for looking at the queue.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AskPayment => "ask_payment",
            Self::Expire => "expire",
            Self::Send => "send",
            Self::AskDelivery => "ask_delivery",
            Self::Refund(_) => "refund",
            Self::AskRefund(_) => "ask_refund",
            Self::AskDispute(_) => "ask_dispute",
            Self::Notice(..) => "notice",
            Self::TellSeller(_) => "tell_seller",
            Self::RenderReceipt => "render_receipt",
            Self::Sweep => "sweep",
            Self::Depletion(_) => "depletion",
            Self::Charge => "charge",
            Self::AutoRenew => "auto_renew",
            Self::AutoRenewNotice(_) => "auto_renew_notice",
            Self::CaptureReservation(_) => "capture_reservation",
            Self::ReleaseReservation(_) => "release_reservation",
        }
    }
}

/// A promised piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its number on its line, from 1: line and number are the key the other side deduplicates by.
    pub number: u32,
    /// What is to be done.
    pub kind: JobKind,
    /// For which order.
    pub order: Option<OrderId>,
    /// From when.
    pub due: Instant,
}

/// One line of a subject's audit chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number on its line, from 1.
    pub number: u32,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// The reason a person gave.
    pub reason: Option<String>,
    /// The command's verb.
    pub action: &'static str,
    /// The order and the state it is in now.
    pub order: Option<(OrderId, Stage)>,
    /// Digest of the line's state before.
    pub before: [u8; 32],
    /// Digest of the line's state after.
    pub after: [u8; 32],
    /// SHA-256 over the hash of the previous line and all of the above.
    pub hash: [u8; 32],
}

impl AuditLine {
    /// Chains a line to the one before it.
    pub(super) fn chain(
        (number, previous): (u32, [u8; 32]),
        (before, after): ([u8; 32], [u8; 32]),
        (action, order): (&'static str, Option<&Order>),
        context: &Context,
    ) -> Self {
        let mut line = Self {
            number,
            at: context.now,
            actor: context.actor.name(),
            reason: context.actor.reason().map(str::to_owned),
            action,
            order: order.map(|order| (order.id, order.state.stage())),
            before,
            after,
            hash: [0; 32],
        };
        line.hash = line.computed_hash(previous);
        line
    }

    /// What the hash must be, given the hash of the line before. The checker recomputes it.
    pub fn computed_hash(&self, previous: [u8; 32]) -> [u8; 32] {
        let order = self.order.map(|(id, stage)| format!("{id}:{}", stage.code()));
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n",
            self.number,
            self.at.millis(),
            self.actor,
            self.reason.as_deref().unwrap_or(""),
            self.action,
            order.as_deref().unwrap_or(""),
        ));
        hash.update(self.before);
        hash.update(self.after);
        hash.finalize().into()
    }
}

/// What was used of one kind at one local hour, as one request reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageRecord {
    /// The operator's local date.
    pub date: Date,
    /// The operator's local hour at which it was reported, 0 to 23.
    pub hour: u8,
    /// Of what.
    pub kind: AllowanceKind,
    /// Debited from buckets.
    pub debited: Units,
    /// Used beyond what buckets could give; nobody paid for it.
    pub overrun: Units,
    /// Reported after its session had ended, and therefore not debited.
    pub refused: Units,
}

/// What changed and what is to follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Orders that are new or changed.
    pub orders: BTreeSet<OrderId>,
    /// Buckets that are new or changed.
    pub buckets: BTreeSet<u32>,
    /// New lines of the buckets' history.
    pub bucket_entries: Vec<BucketEntry>,
    /// Sessions that are new or changed.
    pub sessions: BTreeSet<Session>,
    /// What was used.
    pub usage: Vec<UsageRecord>,
    /// New sets of money entries.
    pub money: Vec<EntrySet>,
    /// New receipts.
    pub receipts: Vec<Receipt>,
    /// New consents.
    pub consents: Vec<ConsentRecord>,
    /// New work.
    pub jobs: Vec<Job>,
    /// New audit lines.
    pub audit: Vec<AuditLine>,
}
