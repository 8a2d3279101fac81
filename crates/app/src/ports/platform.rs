//! Platforms that call us to have a number charged: what they ask and are told, whatever each writes it in.

use super::callback::CallbackForm;
use super::shop::Header;
use farline_domain::kernel::Instant;
use farline_domain::partners::Outcome;

/// A request of a platform, as it came.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What stands behind the endpoint's own address, without a slash before it.
    pub path: &'a str,
    /// The query, as it was sent.
    pub query: &'a str,
    /// The headers.
    pub header: Header<'a>,
    /// The octets of the body.
    pub body: &'a [u8],
}

/// What a platform wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who we are, and what we can.
    About,
    /// What may still be ordered for.
    Balance,
    /// A page of what is sold.
    Goods {
        /// What the name or code has in it; empty for all.
        keyword: String,
        /// Which page, from 1.
        page: usize,
        /// How many on a page, 1 to 100.
        size: usize,
    },
    /// One thing that is sold.
    Good(String),
    /// A charge.
    Order(Box<Charge>),
    /// How an order stands, by their number or by ours.
    Look(String),
    /// An order that is not wanted any more.
    Cancel {
        /// Their number or ours.
        order: String,
        /// What is wanted back, in fen, if they say so.
        amount: Option<i64>,
    },
}

/// A number to be charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What the platform calls the order, for ever.
    pub order: String,
    /// What is wanted, by its code.
    pub good: String,
    /// The number or ICCID, as typed.
    pub account: String,
    /// How many. Only one can be charged at a time.
    pub quantity: i64,
    /// What they say of the price.
    pub price: PriceSaid,
    /// Where they want to be told what became of it.
    pub notify: Option<String>,
}

/// What a platform says of the price, in fen, for the whole order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceSaid {
    /// Nothing.
    Nothing,
    /// The most it may be.
    AtMost(i64),
    /// What it is.
    Exactly(i64),
}

/// What a platform is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Who we are: that stands in the platform's own settings.
    About,
    /// What may still be ordered for, in fen.
    Balance(i64),
    /// A page of what is sold, and how many there are in all.
    Goods {
        /// The page.
        list: Vec<Good>,
        /// How many there are in all.
        count: usize,
    },
    /// One thing that is sold.
    Good(Good),
    /// How an order stands.
    Order(OrderTold),
    /// It is not known whether the order was taken: they ask again.
    NotKnown,
}

/// Something sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// Its code: the plan's.
    pub code: String,
    /// Its name, in Chinese.
    pub name: String,
    /// What it costs there, in fen.
    pub price: i64,
    /// How many more the partner's account pays for, at most 9,999.
    pub stock: i64,
    /// Whether it is sold today.
    pub is_sold: bool,
    /// When it was published as it is.
    pub since: Option<Instant>,
}

/// How an order stands, in what every platform knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderTold {
    /// What they call it.
    pub theirs: String,
    /// What we call it.
    pub ours: String,
    /// The code of what was ordered.
    pub good: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What that costs there as the settings have it, in fen.
    pub price: Option<i64>,
    /// When it was taken.
    pub since: Instant,
    /// When it came to its end.
    pub ended: Option<Instant>,
    /// Why it failed, if the network said so.
    pub refusal: Option<&'static str>,
}

/// Why a platform is refused. Each says it by a code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The signature is missing or does not fit.
    Signature,
    /// It was signed too long ago, or in the future.
    TooOld,
    /// A value is missing, or of the wrong kind.
    Unreadable,
    /// There is no such question here: codes and tickets are not sold.
    NotServed,
    /// Nothing with this code is sold here.
    UnknownGood,
    /// It is not sold at present, or not for this number.
    NotSold,
    /// More than one, or none.
    Quantity,
    /// The number is none of ours, or none at all.
    Account,
    /// It costs more than they say, or otherwise.
    Price,
    /// The partner's account does not have enough.
    UsedUp,
    /// New orders of the partner are stopped.
    Stopped,
    /// Another renewal of the number is not finished.
    InProgress,
    /// Their order number stands for something else already.
    OtherOrder,
    /// There is no such order of theirs.
    UnknownOrder,
    /// It is being charged, and nobody knows yet what comes of it.
    NotKnownYet,
    /// What is wanted back is not the whole.
    NotTheWhole,
    /// Nothing is known at present: they ask again.
    Unavailable,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 17] = [
        Self::Signature,
        Self::TooOld,
        Self::Unreadable,
        Self::NotServed,
        Self::UnknownGood,
        Self::NotSold,
        Self::Quantity,
        Self::Account,
        Self::Price,
        Self::UsedUp,
        Self::Stopped,
        Self::InProgress,
        Self::OtherOrder,
        Self::UnknownOrder,
        Self::NotKnownYet,
        Self::NotTheWhole,
        Self::Unavailable,
    ];
}

/// An answer, as it goes out. Its status is always 200: platforms read the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is written in.
    pub content_type: &'static str,
    /// Its octets.
    pub body: Vec<u8>,
}

/// What a platform is told of its own accord, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where, with whatever stands in the address.
    pub url: String,
    /// The body.
    pub body: String,
    /// How it is sent, and how it is taken.
    pub form: CallbackForm,
}

/// A platform: how it writes and signs, and nothing else. It keeps nothing and asks nobody.
pub trait Platform: Send + Sync {
    /// Reads a request, and who sent it.
    ///
    /// # Errors
    /// When it is not theirs, not of now, or not to be understood.
    fn read(&self, asked: &Asked<'_>, now: Instant) -> Result<Question, Fault>;

    /// Writes the answer to a request.
    fn write(&self, asked: &Asked<'_>, told: Result<&Told, Fault>, now: Instant) -> Written;

    /// Where it wants to be told what becomes of an order that names a place; nowhere, if that is none.
    fn told_at(&self, named: Option<String>) -> Option<String> {
        named
    }

    /// What it is told of an order that came to its end.
    fn notice(&self, order: &OrderTold, url: &str, now: Instant) -> Notice;
}
