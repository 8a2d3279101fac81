//! Writing beside a running server: commands that change something go through its local socket, or
//! take the lock when none runs.

mod client;
mod server;
mod staff;
pub(crate) mod work;

pub(crate) use client::run;
pub(crate) use server::listen;

use farline_domain::kernel::Language;
use farline_domain::payments::RefundTo;
use farline_domain::staff::Roles;
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
