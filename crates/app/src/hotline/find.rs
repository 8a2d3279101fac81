//! Finding a card by what a caller says, or by the number they call from. Nobody is verified yet, so what is
//! shown of a card is only what tells it from others.

use crate::accounts::limits::{self, Rule, rule};
use crate::ports::find::{Found, FoundLine};
use crate::wording::masked;
use crate::{App, Problem};
use farline_domain::hotline::Term;
use farline_domain::kernel::{LineId, StaffId};

/// How many cards are shown: more would be read through by nobody who has a caller waiting.
pub const SHOWN: u32 = 20;
/// Look-ups of one member. A busy hour has sixty calls, and each takes a second try; whoever copies the list of
/// customers needs thousands. Twenty minutes, so that nobody who was too eager is kept from the telephone for long.
const LOOK_UPS: Rule = rule("staff-find", 40, 20 * 60);

/// A card that was found, as it is shown before anybody is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCard {
    /// The line.
    pub line: LineId,
    /// Its number, or its ICCID if it has none, with only the beginning and the last two digits.
    pub number: String,
    /// The name of its operator.
    pub operator: String,
    /// Its holder's name, of which only the first signs are shown.
    pub name: Option<String>,
    /// How it was found.
    pub by: Term,
    /// Whether what was typed is the whole of what it was found by.
    pub exact: bool,
}

/// What was looked for, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Every way in which what was typed was understood; none when it was too little.
    pub terms: Vec<Term>,
    /// The cards, those found exactly first, at most [`SHOWN`].
    pub cards: Vec<FoundCard>,
    /// Whether there are more.
    pub more: bool,
}

impl Findings {
    /// The one card that it must be: the only one found exactly.
    pub fn single(&self) -> Option<&FoundCard> {
        match self.cards.as_slice() {
            [card, others @ ..] if card.exact && others.iter().all(|card| !card.exact) => {
                Some(card)
            }
            _ => None,
        }
    }
}

/// Finds cards by what a member typed.
///
/// # Errors
/// When the member looked up too often.
pub async fn find(app: &App, member: StaffId, typed: &str) -> Result<Findings, Problem> {
    look(app, member, Term::read(typed)).await
}

/// Finds the cards of whoever calls from a number, as a telephone system names it. A number that is
/// withheld or of no card finds none. That the call came from there proves nothing.
///
/// # Errors
/// As [`find`].
pub async fn find_caller(app: &App, member: StaffId, number: &str) -> Result<Findings, Problem> {
    look(app, member, Term::of_caller(number)).await
}

async fn look(app: &App, member: StaffId, terms: Vec<Term>) -> Result<Findings, Problem> {
    if terms.is_empty() {
        return Ok(Findings::default());
    }
    limits::count(app, LOOK_UPS, &member.to_string()).await?;
    let Found { lines, more } = app.store.find_lines(&terms, SHOWN).await?;
    let cards = lines.into_iter().filter_map(|found| card(app, found, &terms)).collect();
    Ok(Findings { terms, cards, more })
}

fn card(app: &App, found: FoundLine, terms: &[Term]) -> Option<FoundCard> {
    let FoundLine { line, name, by, exact } = found;
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&line.operator);
    Some(FoundCard {
        line: line.id,
        number: masked(&line),
        operator: operator.map_or_else(String::new, |operator| operator.name.clone()),
        name: name.map(|name| name.masked()),
        by: terms.get(by)?.clone(),
        exact,
    })
}
