//! One view struct per page of the desk: typed, already worded data over an askama template in `templates/desk`.

mod call;
mod find;
mod keypad;
mod look;
mod me;
mod partners;
mod plans;
mod promotions;
mod rescues;
mod sign_in;
mod supervise;
mod team;
mod today;

pub use call::{
    CallCardPage, CallHead, CallerMethod, CheckPage, CodeWay, FittingPlan, FollowUpsPage, Hand,
    OpenOrder, Presence, ReadIn, SalePage, SaleState, ShownNote, TermsFirst, VerifyPage,
};
pub use find::{FindPage, ForbiddenPage, FoundRow, FoundView};
pub use keypad::{KeypadButton, KeypadRow, KeypadView};
pub use look::{LookPage, LookedPage};
pub use me::{Adding, MePage, ShownPasskey};
pub use partners::{
    DeskPartnerPage, DeskPartnerRow, DeskPartnersPage, PayInForm, PaymentRow, PriceRow,
};
pub use plans::{PlanLine, PlanPage, PlanPricePage, PlansPage, PriceForm, Sale, SeenIn};
pub use promotions::{DeskPromotionsPage, PromotionForm, PromotionRow};
pub use rescues::{
    GivenForm, RefundForm, RescuePage, ShownRequest, TakeForm, WaitingItem, WaitingOrder,
    WaitingPage,
};
pub use sign_in::{JoinPage, SignInPage};
pub use supervise::{
    Counted, SupervisePage, SupervisedChart, SupervisedGroup, SupervisedRow, SupervisedView,
};
pub use team::{
    AuditLine, AuditPage, Invitation, MemberChoice, MemberLine, MemberStanding, RoleChoice,
    TeamPage,
};
pub use today::{Figure, HandRow, TodayPage};
