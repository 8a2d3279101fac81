//! Writing beside a running server: commands that change something go through its local socket, or
//! take the lock when none runs.

mod client;
pub(crate) mod listings;
mod partner_prices;
mod partners;
mod promotions;
mod server;
mod staff;
mod vouchers;
pub(crate) mod work;

pub(crate) use client::run;
pub(crate) use server::listen;

use farline_domain::catalog::{PlanCode, PromotionCode};
use farline_domain::kernel::{Language, Money, Province};
use farline_domain::partners::{PartnerCode, Scope};
use farline_domain::payments::RefundTo;
use farline_domain::shops::{ShopCode, VoucherBatchCode};
use farline_domain::staff::Roles;
use farline_domain::subjects::PaidBy;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A change asked for at the command line. An import's file follows as that many octets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub(crate) enum Request {
    /// Take in a catalogue.
    ImportPlans {
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Take in lines.
    ImportLines {
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Take in the orders of a shop.
    ImportTrades {
        /// The shop.
        shop: ShopCode,
        /// How many octets follow.
        octets: u64,
    },
    /// Post the fees of a provider's settlement export.
    BookFees {
        /// Whose it is.
        provider: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Give money back although the value was delivered.
    Refund(RefundRequest),
    /// Decide about an order.
    Resolve {
        /// Its reference or id.
        order: String,
        /// The verdict, as at the command line.
        verdict: String,
        /// Why.
        reason: String,
    },
    /// Change who works at the desk.
    Staff(StaffRequest),
    /// Change a partner, or book what moved its account.
    Partner(PartnerRequest),
    /// Make vouchers, or call them back.
    Voucher(VoucherRequest),
    /// Take promotions in, or end one.
    Promotion(PromotionRequest),
    /// Take in what others ask.
    ImportListings {
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Take in what currencies are worth.
    ImportRates {
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
}

/// A change of promotions asked for at the command line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "promotions", rename_all = "kebab-case")]
pub(crate) enum PromotionRequest {
    /// Give those of the file that follows.
    Import {
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Give one no more.
    End {
        /// Which.
        promotion: PromotionCode,
    },
}

impl PromotionRequest {
    /// How many octets of a file follow.
    const fn octets(&self) -> u64 {
        match self {
            Self::Import { octets, .. } => *octets,
            Self::End { .. } => 0,
        }
    }
}

/// A change of vouchers asked for at the command line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "vouchers", rename_all = "kebab-case")]
pub(crate) enum VoucherRequest {
    /// Keep those whose codes are in the file that follows.
    Make {
        /// What they are called together.
        batch: VoucherBatchCode,
        /// The shop that sells them.
        shop: ShopCode,
        /// The plan that each is good for.
        plan: PlanCode,
        /// What a buyer pays for one.
        paid: Money,
        /// How many octets follow.
        octets: u64,
    },
    /// Revoke unused ones.
    Revoke {
        /// The batch.
        batch: VoucherBatchCode,
        /// Their numbers; all, where none is named.
        numbers: Vec<u32>,
    },
}

impl VoucherRequest {
    /// How many octets of a file follow.
    const fn octets(&self) -> u64 {
        match self {
            Self::Make { octets, .. } => *octets,
            Self::Revoke { .. } => 0,
        }
    }
}

/// A change of the staff asked for at the command line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "staff", rename_all = "kebab-case")]
pub(crate) enum StaffRequest {
    /// Invite somebody.
    Invite {
        /// The name to sign in with.
        name: String,
        /// What they are to be there for.
        roles: Roles,
        /// Whether nobody else has to agree.
        waive_second_person: bool,
        /// The language of the link's page.
        language: Language,
    },
    /// Give and take roles.
    Roles {
        /// The name they sign in with.
        name: String,
        /// What they are there for from now on.
        roles: Roles,
    },
    /// End somebody's work.
    End {
        /// The name they sign in with.
        name: String,
    },
}

/// A change of a partner asked for at the command line. Amounts and shares are as they were written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "partners", rename_all = "kebab-case")]
pub(crate) enum PartnerRequest {
    /// Add one.
    Add {
        /// Its code.
        partner: PartnerCode,
        /// Its name.
        name: String,
        /// The province whose taxes its purchases bear.
        province: Province,
        /// What it gets off every price, in percent.
        discount: String,
    },
    /// Change one.
    Change {
        /// Which.
        partner: PartnerCode,
        /// What.
        wish: PartnerWish,
    },
    /// Book what it paid in.
    PayIn {
        /// Who.
        partner: PartnerCode,
        /// How much.
        amount: String,
        /// What the bank calls it.
        reference: String,
        /// How it came, where that was said.
        paid_by: Option<PaidBy>,
        /// What it is for; empty, where that was not said.
        reason: String,
    },
    /// Take in the price list that follows.
    Prices {
        /// Whose.
        partner: PartnerCode,
        /// The file's name, for faults.
        file: String,
        /// How many octets follow.
        octets: u64,
    },
    /// Book what was paid back to it.
    PayOut {
        /// Who.
        partner: PartnerCode,
        /// How much.
        amount: String,
        /// What the bank calls it.
        reference: String,
    },
    /// Set its credit.
    Credit {
        /// Whose.
        partner: PartnerCode,
        /// How much.
        amount: String,
        /// Why.
        reason: String,
    },
    /// Make a key.
    Key {
        /// Whose.
        partner: PartnerCode,
        /// What they call it.
        label: String,
        /// What it may do.
        scope: Scope,
    },
    /// End a key.
    EndKey {
        /// Whose.
        partner: PartnerCode,
        /// Its last four letters.
        ending: String,
    },
    /// Tell the secret of its callbacks.
    Secret {
        /// Whose.
        partner: PartnerCode,
        /// Whether a new one is made first.
        rotates: bool,
    },
}

impl PartnerRequest {
    /// How many octets of a file follow.
    const fn octets(&self) -> u64 {
        match self {
            Self::Prices { octets, .. } => *octets,
            Self::Add { .. }
            | Self::Change { .. }
            | Self::PayIn { .. }
            | Self::PayOut { .. }
            | Self::Credit { .. }
            | Self::Key { .. }
            | Self::EndKey { .. }
            | Self::Secret { .. } => 0,
        }
    }
}

/// What is to be changed of a partner; what is absent stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PartnerWish {
    /// Its name.
    pub(crate) name: Option<String>,
    /// What it gets off every price, in percent.
    pub(crate) discount: Option<String>,
    /// What one plan costs it: `PLAN=AMOUNT`.
    pub(crate) price: Option<String>,
    /// Where it is told of its orders.
    pub(crate) callback: Option<String>,
    /// Whether it may sell.
    pub(crate) trades: Option<bool>,
    /// Who is one of its people from now on.
    pub(crate) person: Option<String>,
    /// Who is not any more.
    pub(crate) no_person: Option<String>,
}

/// A refund asked for at the command line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RefundRequest {
    /// The order's reference or id.
    pub(crate) order: String,
    /// How much, as it was written.
    pub(crate) amount: Option<String>,
    /// Where it goes.
    pub(crate) to: RefundTo,
    /// Why.
    pub(crate) reason: String,
}

/// One line of the answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    /// So many rows are in so far.
    Progress(u64),
    /// Done: what to say.
    Done(String),
    /// Refused, and nothing changed: why.
    Refused(String),
}

/// The socket of a data folder. Only the owner of the folder can reach it.
fn socket(data: &Path) -> PathBuf {
    data.join("farline.sock")
}
