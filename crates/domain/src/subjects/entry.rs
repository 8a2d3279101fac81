//! What happened to a subject, line by line. A subject's figures are a cache of its entries.

use super::key::Named;
use super::paid_by::PaidBy;
use crate::kernel::{Instant, ReservationId, Units};
use sha2::{Digest, Sha256};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectEntryKind {
    /// A limit in all was set, or lifted.
    Limit,
    /// A limit for each holder was set, or lifted.
    HolderLimit,
    /// Paid in, which raises the limit in all.
    PayIn,
    /// Paid out, which lowers it.
    PayOut,
    /// How much may be taken beyond what was paid in was set.
    Credit,
    /// An order holds some.
    Reserve,
    /// What an order held is used.
    Capture,
    /// What an order held is free again.
    Release,
    /// What an order had used is free again.
    GiveBack,
}

impl SubjectEntryKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Limit,
        Self::HolderLimit,
        Self::PayIn,
        Self::PayOut,
        Self::Credit,
        Self::Reserve,
        Self::Capture,
        Self::Release,
        Self::GiveBack,
    ];

    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::HolderLimit => "holder_limit",
            Self::PayIn => "pay_in",
            Self::PayOut => "pay_out",
            Self::Credit => "credit",
            Self::Reserve => "reserve",
            Self::Capture => "capture",
            Self::Release => "release",
            Self::GiveBack => "give_back",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One entry: what moved the subject's figures, and the audit of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectEntry {
    /// Its number on its subject, from 1.
    pub number: u64,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What.
    pub kind: SubjectEntryKind,
    /// Which reservation; none for a limit or a payment.
    pub reservation: Option<ReservationId>,
    /// What somebody outside calls it.
    pub named: Option<Named>,
    /// How it was paid, where that was said of a payment.
    pub paid_by: Option<PaidBy>,
    /// Why, where whoever did it said so.
    pub reason: Option<String>,
    /// How many; for a limit or a credit the new one, and none where there is no limit any more.
    pub units: Option<Units>,
    /// Used in all, afterwards.
    pub used: Units,
    /// Reserved in all, afterwards.
    pub reserved: Units,
    /// SHA-256 over the hash of the entry before and all of the above.
    pub hash: [u8; 32],
}

impl SubjectEntry {
    /// What the hash must be, given the hash of the entry before. The checker recomputes it.
    pub fn computed_hash(&self, previous: [u8; 32]) -> [u8; 32] {
        let reservation = self.reservation.map(|id| id.to_string());
        let units = self.units.map(|units| units.count().to_string());
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{:?}\n{:?}\n",
            self.number,
            self.at.millis(),
            self.actor,
            self.kind.code(),
            reservation.as_deref().unwrap_or(""),
            units.as_deref().unwrap_or(""),
            self.used,
            self.reserved,
        ));
        if let Some(named) = &self.named {
            hash.update(format!("{named:?}\n"));
        }
        // Nothing of these is in the hash of an entry without them, as of those before there were any.
        if let Some(paid_by) = self.paid_by {
            hash.update(format!("{paid_by:?}\n"));
        }
        if let Some(reason) = &self.reason {
            hash.update(format!("because {reason:?}\n"));
        }
        hash.finalize().into()
    }
}
