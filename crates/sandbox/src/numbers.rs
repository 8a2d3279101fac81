//! The test numbers, each with the outcome it stands for. Where the industry already has a number
//! for an outcome, that one is used; those under `4000 0090` belong to this sandbox alone.

use serde::{Deserialize, Serialize};

/// Visa, credit: approved.
pub const VISA_CREDIT: &str = "4242424242424242";
/// Visa Debit: approved.
pub const VISA_DEBIT: &str = "4000056655665556";
/// Mastercard, credit: approved.
pub const MASTERCARD_CREDIT: &str = "5555555555554444";
/// Debit Mastercard: approved.
pub const MASTERCARD_DEBIT: &str = "5200828282828210";
/// Declined by the bank without a reason (`generic_decline`).
pub const DECLINED: &str = "4000000000000002";
/// Declined: `insufficient_funds`.
pub const INSUFFICIENT_FUNDS: &str = "4000000000009995";
/// Declined: `expired_card`, whatever expiry is typed.
pub const EXPIRED_CARD: &str = "4000000000000069";
/// Declined: `incorrect_cvc`, whatever security code is typed.
pub const INCORRECT_CVC: &str = "4000000000000127";
/// Declined: `processing_error`.
pub const PROCESSING_ERROR: &str = "4000000000000119";
/// The bank asks the payer first: approved, refused or left unanswered.
pub const CHALLENGE: &str = "4000002760003184";
/// Approved; `checkout.completed` is sent 30 seconds later.
pub const WEBHOOK_LATE: &str = "4000009000000110";
/// Approved; `checkout.completed` is sent twice, with the same event id.
pub const WEBHOOK_TWICE: &str = "4000009000000227";
/// Approved; `checkout.completed` is never sent.
pub const WEBHOOK_NEVER: &str = "4000009000000334";
/// Approved, but 100 minor units less than asked are captured (100 more when no more than 100
/// were asked).
pub const AMOUNT_ALTERED: &str = "4000009000000441";
/// Approved even when the checkout has already expired or been cancelled.
pub const CAPTURED_AFTER_CANCELLATION: &str = "4000009000000557";
/// Approved; every refund of it is `pending` at first and `failed` after 60 seconds.
pub const REFUND_FAILS_LATER: &str = "4000000000005126";
/// Approved and can be kept; every later charge is declined without a reason (`generic_decline`).
pub const KEPT_THEN_DECLINED: &str = "4000000000000341";
/// Approved and can be kept; of its later charges the first is declined for want of money
/// (`insufficient_funds`), the next is captured, and so on in turn.
pub const KEPT_THEN_SHORT: &str = "4000009000000664";
/// Approved and can be kept; every later charge is declined: `expired_card`.
pub const KEPT_THEN_EXPIRED: &str = "4000009000000771";
/// Approved and can be kept; every later charge is declined: `lost_card`.
pub const KEPT_THEN_LOST: &str = "4000009000000888";
/// Approved and can be kept; a later charge is captured, but the first answer to it is an error.
pub const KEPT_THEN_UNKNOWN: &str = "4000009000000995";
/// Approved and can be kept; a later charge is `pending` for 60 seconds, then captured.
pub const KEPT_THEN_PENDING: &str = "4000009000001100";
/// Approved; 60 seconds later the bank disputes it as fraudulent and takes the money back.
pub const DISPUTED: &str = "4000000000000259";
/// Approved; 60 seconds later the bank asks about it, and takes nothing yet.
pub const INQUIRY: &str = "4000000000001976";
/// Approved; 60 seconds later the bank warns of fraud, and takes nothing.
pub const FRAUD_WARNING: &str = "4000000000005423";

/// What a payment does after its number was accepted as a test number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    Approved,
    Declined,
    InsufficientFunds,
    ExpiredCard,
    IncorrectCvc,
    ProcessingError,
    Challenge,
    WebhookLate,
    WebhookTwice,
    WebhookNever,
    AmountAltered,
    CapturedAfterCancellation,
    RefundFailsLater,
    KeptThenDeclined,
    KeptThenShort,
    KeptThenExpired,
    KeptThenLost,
    KeptThenUnknown,
    KeptThenPending,
    Disputed,
    Inquiry,
    FraudWarning,
}

impl Behaviour {
    /// The decline code of a number that is always declined where the payer types it.
    pub(crate) fn decline_code(self) -> Option<DeclineCode> {
        match self {
            Self::Declined => Some(DeclineCode::GenericDecline),
            Self::InsufficientFunds => Some(DeclineCode::InsufficientFunds),
            Self::ExpiredCard => Some(DeclineCode::ExpiredCard),
            Self::IncorrectCvc => Some(DeclineCode::IncorrectCvc),
            Self::ProcessingError => Some(DeclineCode::ProcessingError),
            Self::Approved
            | Self::Challenge
            | Self::WebhookLate
            | Self::WebhookTwice
            | Self::WebhookNever
            | Self::AmountAltered
            | Self::CapturedAfterCancellation
            | Self::RefundFailsLater
            | Self::KeptThenDeclined
            | Self::KeptThenShort
            | Self::KeptThenExpired
            | Self::KeptThenLost
            | Self::KeptThenUnknown
            | Self::KeptThenPending
            | Self::Disputed
            | Self::Inquiry
            | Self::FraudWarning => None,
        }
    }
}

/// Why a payment was declined, as the machine API names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeclineCode {
    GenericDecline,
    InsufficientFunds,
    ExpiredCard,
    IncorrectCvc,
    ProcessingError,
    /// The payer refused on the bank's page.
    AuthenticationFailed,
    /// The bank's question was left open and another way to pay was chosen.
    AuthenticationAbandoned,
    /// The payer refused on the wallet's page.
    PayerRefused,
    /// The bank wants to ask the payer before it lets a kept method be charged.
    AuthenticationRequired,
    /// The card was reported lost.
    LostCard,
    /// The merchant had the method forgotten.
    MethodForgotten,
}

/// What a merchant should do about a declined charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Advice {
    TryAgainLater,
    Authenticate,
    AskCustomer,
    DoNotTryAgain,
}

/// The scheme printed on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Brand {
    Visa,
    Mastercard,
}

impl Brand {
    /// The scheme's name as it is written for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
        }
    }
}

/// Whose money a card spends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Funding {
    Credit,
    Debit,
}

/// One row of the table of test numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TestCard {
    pub(crate) number: &'static str,
    pub(crate) brand: Brand,
    pub(crate) funding: Funding,
    pub(crate) behaviour: Behaviour,
}

const fn visa(number: &'static str, behaviour: Behaviour) -> TestCard {
    TestCard { number, brand: Brand::Visa, funding: Funding::Credit, behaviour }
}

/// Every test number, in the order the page shows them.
pub(crate) const TEST_CARDS: [TestCard; 25] = [
    visa(VISA_CREDIT, Behaviour::Approved),
    TestCard { funding: Funding::Debit, ..visa(VISA_DEBIT, Behaviour::Approved) },
    TestCard { brand: Brand::Mastercard, ..visa(MASTERCARD_CREDIT, Behaviour::Approved) },
    TestCard {
        brand: Brand::Mastercard,
        funding: Funding::Debit,
        ..visa(MASTERCARD_DEBIT, Behaviour::Approved)
    },
    visa(DECLINED, Behaviour::Declined),
    visa(INSUFFICIENT_FUNDS, Behaviour::InsufficientFunds),
    visa(EXPIRED_CARD, Behaviour::ExpiredCard),
    visa(INCORRECT_CVC, Behaviour::IncorrectCvc),
    visa(PROCESSING_ERROR, Behaviour::ProcessingError),
    visa(CHALLENGE, Behaviour::Challenge),
    visa(WEBHOOK_LATE, Behaviour::WebhookLate),
    visa(WEBHOOK_TWICE, Behaviour::WebhookTwice),
    visa(WEBHOOK_NEVER, Behaviour::WebhookNever),
    visa(AMOUNT_ALTERED, Behaviour::AmountAltered),
    visa(CAPTURED_AFTER_CANCELLATION, Behaviour::CapturedAfterCancellation),
    visa(REFUND_FAILS_LATER, Behaviour::RefundFailsLater),
    visa(KEPT_THEN_DECLINED, Behaviour::KeptThenDeclined),
    visa(KEPT_THEN_SHORT, Behaviour::KeptThenShort),
    visa(KEPT_THEN_EXPIRED, Behaviour::KeptThenExpired),
    visa(KEPT_THEN_LOST, Behaviour::KeptThenLost),
    visa(KEPT_THEN_UNKNOWN, Behaviour::KeptThenUnknown),
    visa(KEPT_THEN_PENDING, Behaviour::KeptThenPending),
    visa(DISPUTED, Behaviour::Disputed),
    visa(INQUIRY, Behaviour::Inquiry),
    visa(FRAUD_WARNING, Behaviour::FraudWarning),
];

/// The number in groups of four, as it stands on a card.
pub(crate) fn grouped(number: &str) -> String {
    let mut text = String::with_capacity(number.len() + 4);
    for (position, digit) in number.chars().enumerate() {
        if position > 0 && position % 4 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
