//! The pages of a call.

use super::KeypadView;
use crate::desk::layout::DeskLayout;
use crate::portal::views::{Bucket, Days, PlanTile, PriceItem};
use askama::Template;
use farline_app::wording::payment_method;
use farline_domain::kernel::Language;
use farline_domain::payments::ManualMethod;
use farline_texts::Words;

/// Somebody else who is on the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// What colleagues call them; nothing for the telephone robot.
    pub name: Option<String>,
    /// Since when.
    pub since: String,
}

/// What stands above every page of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallHead {
    /// The call's id.
    pub call: String,
    /// The card, masked.
    pub card: String,
    /// Its operator.
    pub operator: String,
    /// From where the call comes.
    pub caller: String,
    /// Who else is on the card.
    pub others: Vec<Presence>,
}

/// An address on file to which a code can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeWay {
    /// Its number among them.
    pub number: usize,
    /// The address, masked.
    pub address: String,
    /// Whether it is the card itself.
    pub is_card: bool,
}

/// `GET /{lang}/desk/calls/{call}` before the caller is verified.
#[derive(Debug, Template)]
#[template(path = "desk/verify.html")]
pub struct VerifyPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The call.
    pub head: CallHead,
    /// Whether the card has a PIN.
    pub pin: bool,
    /// Where codes can be sent.
    pub codes: Vec<CodeWay>,
    /// Whether there is a renewal to ask about.
    pub last_renewal: bool,
    /// Whether an identity document is on file.
    pub document: bool,
    /// The attempt whose code is about to be typed.
    pub challenge: Option<String>,
}

impl VerifyPage {
    /// Whether there is any way.
    pub fn has_way(&self) -> bool {
        self.pin || self.last_renewal || self.document || !self.codes.is_empty()
    }
}

/// A plan with the reason to offer it, or not to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FittingPlan {
    /// The plan.
    pub tile: PlanTile,
    /// How it fits what the card uses.
    pub sentence: String,
    /// Whether that is a warning.
    pub is_warning: bool,
}

/// An order of the card that is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    /// Its id.
    pub id: String,
    /// What people read aloud.
    pub reference: String,
    /// Whether it is paid.
    pub is_paid: bool,
    /// Since when.
    pub since: String,
}

/// A note about a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownNote {
    /// Its id.
    pub id: String,
    /// The card, masked, where notes of several are listed.
    pub card: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
    /// What.
    pub text: String,
    /// By when it is to be seen to.
    pub due: Option<String>,
    /// Who has seen to it.
    pub done_by: Option<String>,
}

/// `GET /{lang}/desk/calls/{call}` of a verified caller.
#[derive(Debug, Template)]
#[template(path = "desk/call.html")]
pub struct CallCardPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The call.
    pub head: CallHead,
    /// The number in full.
    pub number: String,
    /// How the caller was verified, and what that is good for.
    pub verified: String,
    /// The time left.
    pub days: Option<Days>,
    /// The line of the card's life.
    pub life_svg: String,
    /// What is left.
    pub buckets: Vec<Bucket>,
    /// How long data lasts at the present pace.
    pub pace: String,
    /// What is open already.
    pub open: Option<OpenOrder>,
    /// Whether nothing of its operator is sold at present.
    pub is_paused: bool,
    /// The plans that fit.
    pub plans: Vec<FittingPlan>,
    /// How the card stands now, for the form.
    pub seen: String,
    /// Notes, the newest first.
    pub notes: Vec<ShownNote>,
    /// Whether an identity document may be noted now.
    pub can_keep_document: bool,
}

/// Another language in which to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadIn {
    /// Its word in addresses.
    pub path: String,
    /// The language.
    pub language: Language,
}

/// A saved method of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerMethod {
    /// Its id.
    pub id: String,
    /// What its owner recognises it by.
    pub label: String,
}

/// `GET /{lang}/desk/calls/{call}/check/{quote}`
#[derive(Debug, Template)]
#[template(path = "desk/check.html")]
pub struct CheckPage {
    /// The frame.
    pub layout: DeskLayout,
    /// The call.
    pub head: CallHead,
    /// The quote's id.
    pub quote: String,
    /// The form's idempotency key.
    pub key: String,
    /// How the card stood.
    pub seen: String,
    /// The sentence to read out.
    pub sentence: String,
    /// In which language.
    pub language: Language,
    /// The other languages.
    pub others: Vec<ReadIn>,
    /// What makes up the price.
    pub items: Vec<PriceItem>,
    /// The label of the total.
    pub total_label: String,
    /// The total.
    pub total: String,
    /// Where the payer is reached.
    pub email: String,
    /// The same.
    pub phone: String,
    /// Saved methods that can be charged.
    pub methods: Vec<CallerMethod>,
    /// The card's own credit, if it is enough.
    pub credit: Option<String>,
    /// Whether written terms come first.
    pub terms: TermsFirst,
    /// Whether a further period is wanted.
    pub another: bool,
}

/// Whether written terms come before a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermsFirst {
    /// They do not.
    No,
    /// They do, and were not sent yet.
    Wanted,
    /// They were sent.
    Sent {
        /// What the agent says of it.
        sentence: String,
        /// What proves it.
        token: String,
    },
}

/// An order as the agent sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaleState {
    /// It waits for its payment.
    Waiting {
        /// Until when.
        until: String,
    },
    /// A saved method is being charged.
    Charging,
    /// The bank refused.
    Refused,
    /// Paid, and about to be delivered.
    Paid,
    /// Paid, and the network has not said yes or no.
    Unknown {
        /// By when there is news.
        by: String,
    },
    /// Paid, and held.
    Held,
    /// Delivered.
    Delivered {
        /// Until when the card is valid now.
        date: String,
    },
    /// It has ended otherwise.
    Ended {
        /// How.
        state: String,
    },
}

impl SaleState {
    /// Whether the page looks again by itself.
    pub const fn looks_again(&self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Charging | Self::Paid | Self::Unknown { .. } => true,
            Self::Refused | Self::Held | Self::Delivered { .. } | Self::Ended { .. } => false,
        }
    }

    /// The class of its box.
    pub const fn tone(&self) -> &'static str {
        match self {
            Self::Delivered { .. } => "good",
            Self::Waiting { .. } | Self::Charging | Self::Paid | Self::Unknown { .. } => "waiting",
            Self::Refused | Self::Held | Self::Ended { .. } => "bad",
        }
    }
}

/// A way to take money by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Its word.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Whether it is the one.
    pub chosen: bool,
}

impl Hand {
    /// All of them; the first is chosen unless another was.
    pub fn all(words: &Words, chosen: Option<ManualMethod>) -> Vec<Self> {
        let chosen = chosen.or(ManualMethod::ALL.first().copied());
        let named = |method: ManualMethod| Self {
            code: method.code().to_owned(),
            label: payment_method(words, method.payment_method()),
            chosen: chosen == Some(method),
        };
        ManualMethod::ALL.into_iter().map(named).collect()
    }
}

/// `GET /{lang}/desk/calls/{call}/orders/{order}`
#[derive(Debug, Template)]
#[template(path = "desk/sale.html")]
pub struct SalePage {
    /// The frame.
    pub layout: DeskLayout,
    /// The call.
    pub head: CallHead,
    /// The order's id.
    pub order: String,
    /// What people read aloud.
    pub reference: String,
    /// What to tell the caller.
    pub say: Option<String>,
    /// In which language.
    pub read_in: Language,
    /// The order's state.
    pub state: SaleState,
    /// The plan.
    pub plan: String,
    /// What is paid.
    pub total: String,
    /// Whether the link can be sent by text message.
    pub sms: bool,
    /// Whether it can be sent by e-mail.
    pub email: bool,
    /// The link as a picture; empty when there is nothing to pay.
    pub qr_svg: String,
    /// Whether it can be cancelled.
    pub can_cancel: bool,
    /// The ways to take the money by hand.
    pub by_hand: Vec<Hand>,
    /// Its reference as typed.
    pub hand_reference: String,
    /// A bank card typed on the telephone, where that can pay it.
    pub keypad: Option<KeypadView>,
}

impl SalePage {
    /// Whether the page looks again by itself.
    pub fn looks_again(&self) -> bool {
        self.state.looks_again() || self.keypad.as_ref().is_some_and(|keypad| keypad.looks_again)
    }
}

/// `GET /{lang}/desk/follow-ups`
#[derive(Debug, Template)]
#[template(path = "desk/follow-ups.html")]
pub struct FollowUpsPage {
    /// The frame.
    pub layout: DeskLayout,
    /// What nobody has seen to.
    pub notes: Vec<ShownNote>,
}
