//! What can be done at the desk, and by which roles. This is the only place that says so.

use super::Role;
use Role::{Agent, Auditor, Catalogue, Finance, SeniorAgent, Supervisor};

/// Something that a member of the staff does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {
    /// Looks for a card by what a caller says. What is found stays masked until the caller is verified.
    Find,
    /// Sees a card without a verified caller: for those who check the work of others.
    SeeUnverified,
    /// Takes a call: opens it, verifies the caller, writes notes and follow-ups.
    TakeCall,
    /// Renews a caller's card: quote, order, pay link, saved method, the line's credit.
    Sell,
    /// Takes money outside of any provider: cash, a transfer.
    TakePayment,
    /// Sees orders that wait for a person, with their evidence.
    SeeRescues,
    /// Decides about an order whose outcome is unknown or that is stuck.
    Rescue,
    /// Gives money back; above the own limit a second person has to agree.
    Refund,
    /// Agrees to what is above another person's limit.
    Approve,
    /// Sees the day's figures: orders by state, takings, what is owed.
    SeeDay,
    /// Sees partners at the desk: their accounts, prices and keys.
    SeePartners,
    /// Books what a partner paid in, up to the own limit of payments by hand.
    BookPartners,
    /// Sees calls, failures and refunds for each agent and day.
    Supervise,
    /// Sees plans and their versions at the desk.
    SeePlans,
    /// Stops or resumes a sale, sets a new price.
    ChangePlans,
    /// Invites people, gives and takes roles.
    ManageStaff,
    /// Searches the staff's audit.
    SearchAudit,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Find,
        Self::SeeUnverified,
        Self::TakeCall,
        Self::Sell,
        Self::TakePayment,
        Self::SeeRescues,
        Self::Rescue,
        Self::Refund,
        Self::Approve,
        Self::SeeDay,
        Self::SeePartners,
        Self::BookPartners,
        Self::Supervise,
        Self::SeePlans,
        Self::ChangePlans,
        Self::ManageStaff,
        Self::SearchAudit,
    ];

    /// Which roles may do it.
    pub const fn allowed_to(self) -> &'static [Role] {
        match self {
            Self::Find | Self::SeeRescues => &[Agent, SeniorAgent, Supervisor, Finance, Auditor],
            Self::SeeUnverified | Self::SeeDay | Self::SeePartners => {
                &[Supervisor, Finance, Auditor]
            }
            Self::TakeCall | Self::Sell => &[Agent, SeniorAgent, Supervisor],
            Self::TakePayment | Self::Refund => &[Agent, SeniorAgent, Supervisor, Finance],
            Self::Rescue => &[SeniorAgent, Supervisor],
            Self::Approve | Self::BookPartners => &[Supervisor, Finance],
            Self::Supervise | Self::SearchAudit => &[Supervisor, Auditor],
            Self::SeePlans => &[Catalogue, Supervisor, Finance, Auditor],
            Self::ChangePlans => &[Catalogue],
            Self::ManageStaff => &[Supervisor],
        }
    }

    /// Whether it changes anything: an auditor does nothing of the kind.
    pub const fn changes(self) -> bool {
        match self {
            Self::Find
            | Self::SeeUnverified
            | Self::SeeRescues
            | Self::SeeDay
            | Self::SeePartners
            | Self::Supervise
            | Self::SeePlans
            | Self::SearchAudit => false,
            Self::TakeCall
            | Self::Sell
            | Self::TakePayment
            | Self::Rescue
            | Self::Refund
            | Self::Approve
            | Self::BookPartners
            | Self::ChangePlans
            | Self::ManageStaff => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, Role};
    use crate::staff::Roles;

    /// The matrix as a person would draw it: a row for each deed, a column for each role.
    const MATRIX: &str = "
                       agent senior supervisor finance catalogue auditor
        Find             x     x        x         x        .        x
        SeeUnverified    .     .        x         x        .        x
        TakeCall         x     x        x         .        .        .
        Sell             x     x        x         .        .        .
        TakePayment      x     x        x         x        .        .
        SeeRescues       x     x        x         x        .        x
        Rescue           .     x        x         .        .        .
        Refund           x     x        x         x        .        .
        Approve          .     .        x         x        .        .
        SeeDay           .     .        x         x        .        x
        SeePartners      .     .        x         x        .        x
        BookPartners     .     .        x         x        .        .
        Supervise        .     .        x         .        .        x
        SeePlans         .     .        x         x        x        x
        ChangePlans      .     .        .         .        x        .
        ManageStaff      .     .        x         .        .        .
        SearchAudit      .     .        x         .        .        x";

    #[test]
    fn each_role_may_do_what_the_matrix_says() {
        let rows: Vec<Vec<&str>> =
            MATRIX.lines().skip(2).map(|row| row.split_whitespace().collect()).collect();
        assert_eq!(rows.len(), Deed::ALL.len());
        for (row, deed) in rows.iter().zip(Deed::ALL) {
            assert_eq!(row[0], format!("{deed:?}"));
            for (mark, role) in row[1..].iter().zip(Role::ALL) {
                let may = Roles::from_iter([role]).may(deed);
                assert_eq!(may, *mark == "x", "{deed:?} by {role:?}");
            }
        }
    }

    #[test]
    fn an_auditor_changes_nothing_and_an_owner_may_do_everything() {
        let auditor = Roles::from_iter([Role::Auditor]);
        for deed in Deed::ALL {
            assert!(!(auditor.may(deed) && deed.changes()), "{deed:?}");
            assert!(Roles::owner().may(deed), "{deed:?}");
        }
    }
}
