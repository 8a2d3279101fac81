//! What is limited and shared: a subject with its limits, what is taken of them and by whom, and one
//! function that decides about it.

mod decide;
mod entry;
mod key;
mod paid_by;
mod payments;
mod reservation;
mod tally;

pub use decide::{
    Payment, Reserve, SubjectAnswer, SubjectCommand, SubjectEffects, SubjectRefusal, SubjectState,
    decide,
};
pub use entry::{SubjectEntry, SubjectEntryKind};
pub use key::{Holder, Measure, Named, Quantity, SubjectKey};
pub use paid_by::PaidBy;
pub use reservation::{Reservation, ReservationState, Reserved, Standing};
pub use tally::{Limits, Subject, Tally};
