//! Endpoints that platforms call to have numbers charged: each is the front of a partner.

use crate::kernel::code;
use crate::orders::Stage;

code!(
    /// Names an endpoint, such as `goofish-maple`.
    EndpointCode
);

/// What a platform is told of an order: it knows no more than these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// On its way, or not known: never taken for a failure.
    Running,
    /// The network has it.
    Succeeded,
    /// It was not delivered, or was taken back.
    Failed,
}

impl Outcome {
    /// What a stage of an order comes to.
    pub const fn of(stage: Stage) -> Self {
        match stage {
            Stage::AwaitingPayment | Stage::Paid | Stage::Delivering | Stage::Unknown => {
                Self::Running
            }
            Stage::Delivered => Self::Succeeded,
            Stage::Declined
            | Stage::Refunding
            | Stage::Refunded
            | Stage::Reversed
            | Stage::Cancelled
            | Stage::Expired => Self::Failed,
        }
    }

    /// What a platform is told of its own accord at a stage: what it came to in the end, and nothing on the way there.
    pub const fn told_at(stage: Stage) -> Option<Self> {
        match stage {
            Stage::Delivered | Stage::Refunded | Stage::Cancelled | Stage::Expired => {
                Some(Self::of(stage))
            }
            Stage::AwaitingPayment
            | Stage::Paid
            | Stage::Delivering
            | Stage::Unknown
            | Stage::Declined
            | Stage::Refunding
            | Stage::Reversed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;
    use crate::orders::Stage;

    #[test]
    fn what_is_not_known_is_running_and_only_ends_are_told() {
        assert_eq!(Outcome::of(Stage::Unknown), Outcome::Running);
        let told: Vec<Stage> =
            Stage::ALL.into_iter().filter(|stage| Outcome::told_at(*stage).is_some()).collect();
        assert_eq!(told, [Stage::Delivered, Stage::Refunded, Stage::Cancelled, Stage::Expired]);
        for stage in Stage::UNFINISHED {
            assert_eq!((Outcome::of(stage), Outcome::told_at(stage)), (Outcome::Running, None));
        }
    }
}
