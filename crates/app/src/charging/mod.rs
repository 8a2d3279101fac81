//! Charging: what networks tell of sessions, and what they may grant their subscribers next.

mod depletion;
pub mod end;
pub mod event;
pub mod settings;
pub mod start;
mod sweep;
pub mod update;

pub use depletion::note_depletion;
pub use end::end;
pub use event::event;
pub use settings::ChargingSettings;
pub use start::start;
pub use sweep::{forget, sweep};
pub use update::update;

use crate::ports::pipeline::{Envelope, Outcome};
use crate::{App, Problem, ProblemCode};
use farline_domain::balance::Session;
use farline_domain::catalog::{Catalogue, ZoneCode};
use farline_domain::charging::{
    ChargingAnswer, ChargingRefusal, ChargingRequest, ChargingStep, ServiceKind,
};
use farline_domain::commands::{Actor, Answer, Context, LineCommand};
use farline_domain::kernel::LineId;

/// The longest name of a session, in octets.
const LONGEST_SESSION: usize = 255;

/// Where a line is, as its network knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The network does not say: every zone serves.
    Unknown,
    /// In a country, by its ISO 3166-1 alpha-2 code in capitals.
    Country(String),
}

impl Place {
    /// The zones that cover it; everywhere, if absent. A country that no zone covers has none.
    fn zones(&self, catalogue: &Catalogue) -> Option<Vec<ZoneCode>> {
        match self {
            Self::Unknown => None,
            Self::Country(country) => Some(catalogue.zones_covering(country)),
        }
    }
}

/// Which session a network speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The line.
    pub line: LineId,
    /// The network's name for the session, 1 to 255 octets. A network that counts several services
    /// in one session puts the rating group into the name.
    pub session: String,
    /// The number of the request within the session: higher than those before it.
    pub sequence: u32,
    /// What is used.
    pub kind: ServiceKind,
    /// Where.
    pub place: Place,
}

/// Runs one request. What the store could not say is a problem: the network asks again with the same
/// number, and nothing happens twice.
async fn charge(app: &App, call: &Call, step: ChargingStep) -> Result<ChargingAnswer, Problem> {
    let length = 1..=LONGEST_SESSION;
    // Not every database keeps a NUL in a text.
    if !length.contains(&call.session.len()) || call.session.contains('\0') {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("session"));
    }
    let request = ChargingRequest {
        session: Session(call.session.clone()),
        sequence: call.sequence,
        kind: call.kind,
        zones: call.place.zones(&app.store.catalogue()),
        step,
        terms: app.charging.terms(call.kind),
    };
    let command = LineCommand::Charge(Box::new(request));
    let context = Context { now: app.now(), actor: Actor::Network };
    // The worker is not woken: what a debit promises can wait for its next look.
    let envelope = Envelope { line: call.line, key: None, command, context };
    match app.store.run(envelope).await? {
        Outcome::Answered(Answer::Charging(answer)) => Ok(told(call, answer)),
        Outcome::NoSuchLine => Ok(ChargingAnswer::refused(ChargingRefusal::UnknownLine)),
        Outcome::Refused(refusal) => Err(refusal.into()),
        Outcome::Answered(Answer::Order(_) | Answer::Done) | Outcome::Repeated => {
            Err(Problem::of(ProblemCode::Internal))
        }
    }
}

/// Says in the log what was used and not paid for.
fn told(call: &Call, answer: ChargingAnswer) -> ChargingAnswer {
    if !answer.overrun.is_zero() {
        let (line, overrun) = (call.line, answer.overrun.count());
        tracing::warn!(%line, kind = call.kind.code(), overrun, "used beyond the balance");
    }
    answer
}
