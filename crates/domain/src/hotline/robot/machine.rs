//! Where a call stands, and where it goes.

use super::{
    Heard, Keys, LinkOutcome, NoOffer, Offer, Outcome, PinAnswer, Said, Speech, Standing, Task,
    Tongue,
};
use crate::hotline::{Gravity, Proof, Way};
use crate::kernel::{Instant, LineId};
use serde::{Deserialize, Serialize};

/// After this many keys that do nothing, or silences, in one place, it is a person's turn, or the end.
const MOST_MISSES: u32 = 2;
/// After this many wrong PINs a call goes to a person. How often a card's PIN may be tried in a day is counted for the card.
const MOST_WRONG_PINS: u32 = 3;

/// What the robot is waiting for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The choice of a language.
    Greeting,
    /// Whether it is about the card that the call comes from.
    OwnCard,
    /// A card's number.
    Number,
    /// Its PIN.
    Pin,
    /// What to do.
    Menu,
    /// Yes or no to a renewal. Until yes there is no order.
    Offer(Box<Offer>),
    /// A person takes over.
    Connecting,
    /// The call is over.
    Over,
}

/// Which keys are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// One key.
    One,
    /// A number of any length, ended by #.
    Number,
    /// A PIN of at most eight digits, ended by # if it has fewer. It is never said, shown or kept.
    Pin,
    /// None: a person takes over.
    Person,
    /// None: the call is over.
    Nothing,
}

impl Place {
    /// The names of all places.
    pub const NAMES: [&str; 8] =
        ["greeting", "own_card", "number", "pin", "menu", "offer", "connecting", "over"];

    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::OwnCard => "own_card",
            Self::Number => "number",
            Self::Pin => "pin",
            Self::Menu => "menu",
            Self::Offer(_) => "offer",
            Self::Connecting => "connecting",
            Self::Over => "over",
        }
    }

    /// Which keys it waits for.
    pub const fn awaited(&self) -> Awaited {
        match self {
            Self::Greeting | Self::OwnCard | Self::Menu | Self::Offer(_) => Awaited::One,
            Self::Number => Awaited::Number,
            Self::Pin => Awaited::Pin,
            Self::Connecting => Awaited::Person,
            Self::Over => Awaited::Nothing,
        }
    }
}

/// A call as the robot knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robot {
    /// What is spoken.
    pub tongue: Tongue,
    /// What is waited for.
    pub place: Place,
    /// The card that the call comes from, with its last two digits. The number can be forged: it finds, and proves nothing.
    pub own: Option<(LineId, String)>,
    /// The card that it is about.
    pub card: Option<LineId>,
    /// That the caller proved to have its PIN.
    pub proof: Option<Proof>,
    /// Keys that did nothing, or silences, in a row.
    pub misses: u32,
    /// Wrong PINs in this call.
    pub wrong_pins: u32,
}

/// What the robot does about something it heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The call afterwards.
    pub robot: Robot,
    /// What it says, unless there is something to be done first.
    pub speech: Speech,
    /// What is to be done first.
    pub task: Option<Task>,
}

impl Robot {
    /// Answers a call.
    pub fn answer(own: Option<(LineId, String)>, tongue: Tongue) -> Turn {
        let robot = Self {
            tongue,
            place: Place::Greeting,
            own,
            card: None,
            proof: None,
            misses: 0,
            wrong_pins: 0,
        };
        robot.asks(Vec::new())
    }

    /// Whether what is private may be said at an instant.
    pub fn is_verified(&self, now: Instant) -> bool {
        self.proof.is_some_and(|proof| proof.is_enough_for(Gravity::Ordinary, now))
    }

    /// Goes on.
    pub fn hear(self, heard: Heard) -> Turn {
        match heard {
            Heard::Silence => self.silence(),
            Heard::Keys(keys) => self.keys(keys),
            Heard::Found(found) => self.found(found),
            Heard::Pin(answer) => self.pin(answer),
            Heard::Left(standing) => self.left(standing),
            Heard::Offered(offered) => self.offered(offered),
            Heard::Renewed(outcome) => self.renewed(outcome),
            Heard::Linked(outcome) => self.linked(outcome),
            Heard::Failed => self.person(vec![Said::Trouble]),
        }
    }

    fn silence(mut self) -> Turn {
        if matches!(self.place, Place::Connecting | Place::Over) {
            return self.asks(Vec::new());
        }
        self.misses += 1;
        if self.misses >= MOST_MISSES { self.ends() } else { self.asks(Vec::new()) }
    }

    fn keys(self, keys: Keys) -> Turn {
        match self.place.clone() {
            Place::Greeting => self.greeting(&keys),
            Place::OwnCard => self.own_card(&keys),
            Place::Number => self.asks_for(Task::Find(keys)),
            Place::Pin => match self.card {
                Some(card) => self.asks_for(Task::CheckPin(card, keys)),
                None => self.number(Vec::new()),
            },
            Place::Menu => self.menu(&keys),
            Place::Offer(offer) => self.offer(&keys, offer),
            Place::Connecting | Place::Over => self.asks(Vec::new()),
        }
    }

    fn greeting(mut self, Keys(keys): &Keys) -> Turn {
        let Some(tongue) = Tongue::of_key(keys) else { return self.miss() };
        self.tongue = tongue;
        if self.own.is_some() {
            return self.goes(Place::OwnCard, Vec::new());
        }
        self.number(Vec::new())
    }

    fn own_card(mut self, Keys(keys): &Keys) -> Turn {
        match (keys.as_str(), self.own.as_ref()) {
            ("1", Some((card, _))) => {
                self.card = Some(*card);
                self.goes(Place::Pin, Vec::new())
            }
            ("2", _) => self.number(Vec::new()),
            ("0", _) => self.person(Vec::new()),
            _ => self.miss(),
        }
    }

    fn number(self, said: Vec<Said>) -> Turn {
        self.goes(Place::Number, said)
    }

    fn found(mut self, found: Option<LineId>) -> Turn {
        if let Some(card) = found {
            self.card = Some(card);
            return self.goes(Place::Pin, Vec::new());
        }
        self.misses += 1;
        let said = vec![Said::UnknownNumber];
        if self.misses >= MOST_MISSES { self.person(said) } else { self.asks(said) }
    }

    fn pin(mut self, answer: PinAnswer) -> Turn {
        match (answer, self.card) {
            (PinAnswer::Right(at), Some(card)) => {
                self.proof = Some(Proof { way: Way::Pin, at });
                self.asks_for(Task::Look(card))
            }
            (PinAnswer::Locked, _) => self.person(vec![Said::PinLocked]),
            (PinAnswer::Wrong | PinAnswer::Right(_), _) => {
                self.wrong_pins += 1;
                let said = vec![Said::WrongPin];
                if self.wrong_pins >= MOST_WRONG_PINS {
                    return self.person(said);
                }
                self.goes(Place::Pin, said)
            }
        }
    }

    fn left(self, standing: Standing) -> Turn {
        self.goes(Place::Menu, vec![Said::Left(Box::new(standing))])
    }

    fn menu(mut self, Keys(keys): &Keys) -> Turn {
        let Some(card) = self.card else { return self.number(Vec::new()) };
        let task = match keys.as_str() {
            "1" => Task::MakeOffer(card),
            "2" => Task::SendLink(card),
            "3" => Task::Look(card),
            "0" => return self.person(Vec::new()),
            _ => return self.miss(),
        };
        self.misses = 0;
        self.asks_for(task)
    }

    fn offered(self, offered: Result<Box<Offer>, NoOffer>) -> Turn {
        match offered {
            Ok(offer) => self.goes(Place::Offer(offer), Vec::new()),
            Err(why @ NoOffer::TermsNotSent) => self.person(vec![Said::NoOffer(why)]),
            Err(
                why @ (NoOffer::NoPlan
                | NoOffer::NoMethod
                | NoOffer::InProgress
                | NoOffer::NotRenewable),
            ) => self.goes(Place::Menu, vec![Said::NoOffer(why)]),
        }
    }

    fn offer(self, Keys(keys): &Keys, offer: Box<Offer>) -> Turn {
        match (keys.as_str(), self.card) {
            ("1", Some(card)) => self.asks_for(Task::Renew(card, offer)),
            ("2", _) => self.goes(Place::Menu, vec![Said::NothingOrdered]),
            ("0", _) => self.person(vec![Said::NothingOrdered]),
            _ => self.miss(),
        }
    }

    fn renewed(self, outcome: Outcome) -> Turn {
        self.goes(Place::Menu, vec![Said::Renewed(outcome)])
    }

    fn linked(self, outcome: LinkOutcome) -> Turn {
        self.goes(Place::Menu, vec![Said::Linked(outcome)])
    }

    /// A key that does nothing here: asked once more, and then a person.
    fn miss(mut self) -> Turn {
        self.misses += 1;
        let said = vec![Said::NoSuchKey];
        if self.misses < MOST_MISSES {
            return self.asks(said);
        }
        let nothing = Some(Said::NothingOrdered).filter(|_| self.is_offering());
        self.person(said.into_iter().chain(nothing).collect())
    }

    fn person(mut self, mut said: Vec<Said>) -> Turn {
        self.place = Place::Connecting;
        said.push(Said::Connecting);
        self.says(said)
    }

    fn ends(mut self) -> Turn {
        let nothing = Some(Said::NothingOrdered).filter(|_| self.is_offering());
        self.place = Place::Over;
        self.says(nothing.into_iter().chain([Said::Goodbye]).collect())
    }

    const fn is_offering(&self) -> bool {
        matches!(self.place, Place::Offer(_))
    }

    fn goes(mut self, place: Place, said: Vec<Said>) -> Turn {
        // A number that is not ours counts on: nobody walks through them.
        if place != Place::Number {
            self.misses = 0;
        }
        self.place = place;
        self.asks(said)
    }

    /// Says something, and then what it waits for.
    fn asks(self, mut said: Vec<Said>) -> Turn {
        match &self.place {
            Place::Greeting => said.push(Said::Languages),
            Place::OwnCard => {
                let hint = self.own.as_ref().map(|(_, hint)| hint.clone());
                said.push(Said::OwnCard(hint.unwrap_or_default()));
            }
            Place::Number => said.push(Said::TypeNumber),
            Place::Pin => said.push(Said::TypePin),
            Place::Menu => said.push(Said::Menu),
            Place::Offer(offer) => said.extend([Said::Offer(offer.clone()), Said::Agree]),
            Place::Connecting => said.push(Said::Connecting),
            Place::Over => said.push(Said::Goodbye),
        }
        self.says(said)
    }

    const fn says(self, said: Vec<Said>) -> Turn {
        let speech = Speech { tongue: self.tongue, said };
        Turn { robot: self, speech, task: None }
    }

    const fn asks_for(self, task: Task) -> Turn {
        let speech = Speech { tongue: self.tongue, said: Vec::new() };
        Turn { robot: self, speech, task: Some(task) }
    }
}
