//! One view struct per page: typed, already worded presentation data over an askama template.
//!
//! A handler fills the struct and calls [`super::layout::Page::html`]. The structs know nothing of
//! the use cases; money, dates, data and numbers arrive as strings in the page's language.

mod account;
mod approve;
mod auto_renew;
mod card;
mod card_helpers;
mod cards;
mod check;
mod compare;
mod home;
mod keep;
mod legal;
mod mailbox;
mod methods;
mod order;
mod orders;
mod partner_portal;
mod partners;
mod parts;
mod problem;
mod promotions;
mod receipt;
mod redeem;
mod renew;
mod sign_in;

pub use account::{
    AccountPage, ConsentLine, ContactLine, DeletedPage, SessionLine, UnsubscribePage,
    UnsubscribeState,
};
pub use approve::{ApprovalState, ApprovePage, Request};
pub use auto_renew::{
    AutoRenewAgreePage, AutoRenewBox, AutoRenewFormPage, AutoRenewOffPage, AutoRenewStanding,
    Choice,
};
pub use card::{
    Advice, AheadView, CardHistoryPage, CardPage, HistoryLine, Span, UsagePage, UsageView,
};
pub use card_helpers::{HelperLine, HelperState, HelpersPage, ReminderLine, RemindersPage};
pub use cards::{AddCardPage, CardSummary, CardsPage, LastPlan, Proof, ProofPage, Shortly};
pub use check::{CheckPage, FrenchTerms, Gap, Keep, PayMethod, ProvinceChoice, WrongNumberRule};
pub use compare::{BestOffer, ComparePage, CompareView, NeedForm, OfferRow};
pub use home::HomePage;
pub use keep::{KeepPage, KeepStep, KeepView};
pub use legal::{AboutPage, Ccts, ComplaintsPage, PrivacyPage, TermsPage};
pub use mailbox::{MailMessage, MailboxPage, Medium, Segment};
pub use methods::{ForgetMethodPage, MethodLine, MethodsPage};
pub use order::{
    Delivered, Fact, FactKind, OrderPage, OrderState, OrderSummary, Progress, Queued, ReceiptLinks,
    Sooner, WrongNumber,
};
pub use orders::{OrderLine, OrdersPage};
pub use partner_portal::{
    CallbackLine, KeyLine, PartnerCallbacksPage, PartnerChoosePage, PartnerKeysPage,
    PartnerNonePage, PartnerOrdersPage, PartnerOverviewPage, PartnerRequestsPage,
    PartnerStatementPage, PartnerUploadPage, Place, RequestLine, Secret, SoldOrder, StatementEntry,
    Tab, UploadLine, UploadResult,
};
pub use partners::{PartnersPage, Start};
pub use parts::{Bucket, CardStatus, ClockView, Days, MoneyMoved, PlanTile, PriceItem, Role, Tone};
pub use problem::{Problem, ProblemPage};
pub use promotions::{PromotionLine, PromotionsPage};
pub use receipt::{ReceiptKind, ReceiptPage};
pub use redeem::{RedeemCheckPage, RedeemPage, SellerLine, SellersPage};
pub use renew::{LineHint, Need, RenewPage};
pub use sign_in::{RegisterPage, SignInCodePage, SignInPage, VerifyPage};
