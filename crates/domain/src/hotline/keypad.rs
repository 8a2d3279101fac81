//! A caller types their bank card on the keys of the telephone. The carrier takes the digits and gives our payment provider the
//! card; here stands how far that has come, and nothing of the card but its last four digits.

use crate::kernel::{Instant, OrderId};
use serde::{Deserialize, Serialize};

/// The carrier's id of a call: `CA` and 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TelephoneCall(String);

/// What is no id of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id of a call is CA and 32 hexadecimal digits")]
pub struct TelephoneCallError;

impl TelephoneCall {
    /// Reads an id.
    ///
    /// # Errors
    /// When it is none: it becomes a part of an address.
    pub fn parse(text: &str) -> Result<Self, TelephoneCallError> {
        let digits = text.trim().strip_prefix("CA").ok_or(TelephoneCallError)?;
        let is_hexadecimal = digits.len() == 32 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        if is_hexadecimal { Ok(Self(format!("CA{digits}"))) } else { Err(TelephoneCallError) }
    }

    /// As the carrier writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<TelephoneCall> for String {
    fn from(call: TelephoneCall) -> Self {
        call.0
    }
}

impl TryFrom<String> for TelephoneCall {
    type Error = TelephoneCallError;
    fn try_from(text: String) -> Result<Self, TelephoneCallError> {
        Self::parse(&text)
    }
}

/// What of a bank card is typed. A postal code is not: those of Canada have letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number on its front.
    Number,
    /// The month at whose end it is good no longer.
    Expiry,
    /// The code that proves that they hold it.
    SecurityCode,
}

impl Field {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Self; 3] = [Self::Number, Self::Expiry, Self::SecurityCode];

    /// The word stored, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::SecurityCode => "security-code",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == word)
    }
}

/// What was wrong with what was typed, or with the asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// Nothing more came.
    Timeout,
    /// It is no card's number.
    Number,
    /// Cards of this kind are not taken.
    CardType,
    /// It is no month to come.
    Expiry,
    /// It has not the length of this card's code.
    SecurityCode,
    /// The carrier did not take the question, or did not say so.
    NotAsked,
    /// Something else.
    Other,
}

impl Slip {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Timeout,
        Self::Number,
        Self::CardType,
        Self::Expiry,
        Self::SecurityCode,
        Self::NotAsked,
        Self::Other,
    ];

    /// The stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Number => "number",
            Self::CardType => "card-type",
            Self::Expiry => "expiry",
            Self::SecurityCode => "security-code",
            Self::NotAsked => "not-asked",
            Self::Other => "other",
        }
    }
}

/// Why an entry ended without a card. In each case no money moved by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The agent called it off.
    Cancelled,
    /// The carrier would not listen to this call.
    Refused,
    /// The caller hung up.
    HungUp,
    /// The caller pressed the star.
    Interrupted,
    /// The carrier or the provider could not make a token of what was typed.
    NoToken,
    /// The order did not wait any more for this payment.
    NotNeeded,
}

impl End {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Cancelled,
        Self::Refused,
        Self::HungUp,
        Self::Interrupted,
        Self::NoToken,
        Self::NotNeeded,
    ];

    /// The stem of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::HungUp => "hung-up",
            Self::Interrupted => "interrupted",
            Self::NoToken => "no-token",
            Self::NotNeeded => "not-needed",
        }
    }
}

/// How far an entry has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The carrier was asked to listen and has not said yes.
    Opening,
    /// It listens when asked to.
    Open,
    /// Everything is typed, and the carrier was told to hand it on.
    Finishing,
    /// The provider has the card, and the order is charged to it: what came of that, the order says.
    Taken,
    /// It came to nothing.
    Ended(End),
}

/// What the provider made of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The provider's id of the method.
    pub method: String,
    /// The provider's id of the customer; empty where it made none.
    pub customer: String,
}

/// What becomes of an entry at the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has the card.
    Token(Token),
    /// It came to nothing.
    Over(End),
}

/// What the carrier tells of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The carrier's id of the entry.
    pub session: String,
    /// What is being typed.
    pub field: Option<Field>,
    /// Whether more digits are awaited.
    pub is_partial: bool,
    /// What was wrong with it.
    pub slip: Option<Slip>,
    /// The card's last four digits, once they are there.
    pub last_four: Option<String>,
    /// What became of the whole.
    pub outcome: Option<Outcome>,
}

/// What follows from a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The entry is another.
    Changed,
    /// This card is to be charged for this order.
    Charge(OrderId, Token),
}

/// A bank card being typed, for one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which entry of the call it is, from 1.
    pub number: u32,
    /// What it pays for.
    pub order: OrderId,
    /// The carrier's id of it, once the carrier has said yes.
    pub session: Option<String>,
    /// How many questions were asked: what answers an earlier one changes nothing.
    pub step: u32,
    /// What is being asked for.
    pub asked: Option<Field>,
    /// Whether the carrier has said that it listens for it.
    pub is_listening: bool,
    /// What is typed whole.
    pub typed: Vec<Field>,
    /// What was wrong with what is asked for.
    pub slip: Option<Slip>,
    /// The card's last four digits.
    pub last_four: Option<String>,
    /// How far it has come.
    pub progress: Progress,
    /// When that was last otherwise.
    pub at: Instant,
}

impl Entry {
    fn new(number: u32, order: OrderId, at: Instant) -> Self {
        Self {
            number,
            order,
            session: None,
            step: 0,
            asked: None,
            is_listening: false,
            typed: Vec::new(),
            slip: None,
            last_four: None,
            progress: Progress::Opening,
            at,
        }
    }

    /// Whether something is still to come of it.
    pub const fn is_live(&self) -> bool {
        match self.progress {
            Progress::Opening | Progress::Open | Progress::Finishing => true,
            Progress::Taken | Progress::Ended(_) => false,
        }
    }

    /// What is still to be typed: the first of it.
    pub fn next(&self) -> Option<Field> {
        Field::ALL.into_iter().find(|field| !self.typed.contains(field))
    }
}

/// The telephone of a call, and the bank card that is typed on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keypad {
    /// The carrier's id of the call.
    pub telephone: TelephoneCall,
    /// The newest entry.
    pub entry: Option<Entry>,
}

impl Keypad {
    /// The entry that is under way.
    fn live(&mut self) -> Option<&mut Entry> {
        self.entry.as_mut().filter(|entry| entry.is_live())
    }

    /// Begins an entry for an order. One that the carrier has not said yes to is begun again as what it is; any other that is
    /// under way has to be called off first.
    pub fn begin(&mut self, order: OrderId, now: Instant) -> Option<Entry> {
        let number = match &self.entry {
            Some(entry) if entry.progress == Progress::Opening && entry.order == order => {
                return Some(entry.clone());
            }
            Some(entry) if entry.is_live() => return None,
            Some(entry) => entry.number.saturating_add(1),
            None => 1,
        };
        let begun = Entry::new(number, order, now);
        self.entry = Some(begun.clone());
        Some(begun)
    }

    /// The carrier listens.
    pub fn opened(&mut self, number: u32, session: &str) -> Option<()> {
        let entry = self.live().filter(|entry| entry.number == number)?;
        if entry.progress != Progress::Opening {
            return None;
        }
        entry.session = Some(session.to_owned());
        entry.progress = Progress::Open;
        Some(())
    }

    /// Asks for a field, also for one that was typed already.
    pub fn ask(&mut self, field: Field, now: Instant) -> Option<Entry> {
        let entry = self.live().filter(|entry| entry.progress == Progress::Open)?;
        entry.step = entry.step.saturating_add(1);
        entry.asked = Some(field);
        entry.is_listening = false;
        entry.slip = None;
        entry.typed.retain(|typed| *typed != field);
        if field == Field::Number {
            entry.last_four = None;
        }
        entry.at = now;
        Some(entry.clone())
    }

    /// The carrier did not take a question, or did not say so.
    pub fn not_asked(&mut self, (number, step): (u32, u32)) -> Option<()> {
        let entry = self.live().filter(|entry| (entry.number, entry.step) == (number, step))?;
        if entry.progress == Progress::Finishing {
            entry.progress = Progress::Open;
        }
        entry.slip = Some(Slip::NotAsked);
        Some(())
    }

    /// Everything is typed, and is to be handed on; asked for again, as no answer came, it is the same.
    pub fn finish(&mut self, now: Instant) -> Option<Entry> {
        let entry = self.live().filter(|entry| entry.next().is_none())?;
        match entry.progress {
            Progress::Open => {}
            Progress::Finishing => return Some(entry.clone()),
            Progress::Opening | Progress::Taken | Progress::Ended(_) => return None,
        }
        entry.progress = Progress::Finishing;
        (entry.slip, entry.at) = (None, now);
        Some(entry.clone())
    }

    /// Ends an entry. Whatever comes of it later changes nothing.
    pub fn end(&mut self, number: u32, end: End, now: Instant) -> Option<Entry> {
        let entry = self.live().filter(|entry| entry.number == number)?;
        entry.progress = Progress::Ended(end);
        (entry.asked, entry.slip, entry.at) = (None, None, now);
        Some(entry.clone())
    }

    /// The order is charged to the card.
    pub fn taken(&mut self, number: u32, now: Instant) -> Option<()> {
        let entry = self.live().filter(|entry| entry.number == number)?;
        (entry.progress, entry.at) = (Progress::Taken, now);
        Some(())
    }

    /// What follows from what the carrier tells in answer to a question. What comes twice, late, of another entry, or of a
    /// card that nobody was to hand on, changes nothing.
    pub fn hear(&mut self, place: (u32, u32), word: &Word, now: Instant) -> Option<Heard> {
        let entry = self.live()?;
        if place.0 != entry.number || entry.session.as_deref() != Some(word.session.as_str()) {
            return None;
        }
        match &word.outcome {
            Some(Outcome::Over(end)) => {
                self.end(place.0, *end, now)?;
                return Some(Heard::Changed);
            }
            Some(Outcome::Token(token)) => {
                let is_awaited = entry.progress == Progress::Finishing;
                return is_awaited.then(|| Heard::Charge(entry.order, token.clone()));
            }
            None => {}
        }
        if place.1 != entry.step || entry.progress != Progress::Open || word.field != entry.asked {
            return None;
        }
        entry.heard_of(word, now)
    }
}

impl Entry {
    /// What is told of the field that is asked for. It is asked for until it is typed whole; after a slip, only a new question
    /// begins anew.
    fn heard_of(&mut self, word: &Word, now: Instant) -> Option<Heard> {
        let asked = self.asked?;
        if self.slip.is_some_and(|slip| slip != Slip::NotAsked) {
            return None;
        }
        if let Some(slip) = word.slip {
            (self.slip, self.is_listening, self.at) = (Some(slip), false, now);
            return Some(Heard::Changed);
        }
        if word.is_partial {
            let is_news = !std::mem::replace(&mut self.is_listening, true);
            self.slip = None;
            return is_news.then_some(Heard::Changed);
        }
        self.typed.push(asked);
        if asked == Field::Number {
            self.last_four.clone_from(&word.last_four);
        }
        (self.asked, self.is_listening, self.slip, self.at) = (None, false, None, now);
        Some(Heard::Changed)
    }
}
