//! `farline staff` and `farline audit`.

use super::Place;
use clap::{Args, Subcommand};
use farline_domain::kernel::Language;
use farline_domain::staff::Role;

/// What can be done with the staff.
#[derive(Debug, Subcommand)]
pub(crate) enum StaffCommand {
    /// Invite somebody to work at the desk, and print the link that opens once, for a day.
    Invite(InviteArguments),
    /// List who works at the desk.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Give and take roles: afterwards the member has those that are named.
    Roles {
        /// The name they sign in with.
        name: String,
        /// A role; name several by repeating it.
        #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// End somebody's work: they are signed out at once; what they did stays in the audit.
    End {
        /// The name they sign in with.
        name: String,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `staff invite`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  farline staff invite mei@example.org --role supervisor --role agent\n  farline staff invite owner --role owner --waive-second-person    who does everything alone"
)]
pub(crate) struct InviteArguments {
    /// The name to sign in with: an e-mail address or a plain name.
    pub(crate) name: String,
    /// A role: agent, senior_agent, supervisor, finance, catalogue, auditor; or owner, for all of them. Name several by
    /// repeating it.
    #[arg(long = "role", value_name = "ROLE", required = true, value_parser = wanted)]
    pub(crate) roles: Vec<WantedRole>,
    /// Nobody else has to agree to what is above their limits: for a business of one person. The audit says so.
    #[arg(long)]
    pub(crate) waive_second_person: bool,
    /// The language of the link's page: zh, en or fr.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// A role, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WantedRole {
    /// One.
    One(Role),
    /// All: an owner does everything.
    Owner,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditArguments {
    /// Only what this member did, by the name they sign in with.
    #[arg(long, value_name = "NAME")]
    pub(crate) staff: Option<String>,
    /// Only what is about this card: its number, ICCID or id.
    #[arg(long, value_name = "LINE")]
    pub(crate) line: Option<String>,
    /// Only from this local date on, such as 2026-11-28.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<jiff::civil::Date>,
    /// The time zone whose days they are.
    #[arg(long, value_name = "ZONE", default_value = "America/Toronto")]
    pub(crate) zone: String,
    /// At most so many lines, the newest.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) limit: u32,
    /// As JSON: one line for each line of the audit, then one for the chains.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

fn role(word: &str) -> Result<Role, String> {
    let known = || Role::ALL.map(Role::code).join(", ");
    Role::parse(&word.replace('-', "_")).ok_or_else(|| format!("there are: {}", known()))
}

fn wanted(word: &str) -> Result<WantedRole, String> {
    if word == "owner" { Ok(WantedRole::Owner) } else { role(word).map(WantedRole::One) }
}

fn language(word: &str) -> Result<Language, String> {
    Language::parse(word).ok_or_else(|| "there are: zh, en, fr".to_owned())
}
