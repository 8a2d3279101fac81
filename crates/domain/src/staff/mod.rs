//! The people who work for the business: their roles, what each role may do, and how much.

mod approval;
mod audit;
mod deed;
mod limits;
mod period;
mod refund_request;
mod role;
mod session;
mod supervision;

pub use approval::{ApprovalRefusal, SecondPerson, approve};
pub use audit::{ChainFault, StaffAuditLine, StaffChain};
pub use deed::Deed;
pub use limits::{Amounts, manual_payment_limit, refund_limit};
pub use period::{MOST_DAYS, Period, PeriodRefusal};
pub use refund_request::{Decided, RefundRequest, RequestRefusal, RequestState};
pub use role::{Role, Roles};
pub use session::{ABSOLUTE_SECONDS, FRESH_SECONDS, IDLE_SECONDS, StaffSession};
pub use supervision::{
    Fact, Figures, MoneyDeed, STEP_SECONDS, SupervisedDay, Supervising, Supervision,
};
