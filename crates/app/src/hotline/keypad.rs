//! A caller pays with a bank card that they type on their telephone. The carrier takes the digits and has our payment provider
//! keep the card; the order is then charged to it like to any saved method, under our own key. So whatever becomes of the entry,
//! only the order says whether money moved.

use super::calls::record;
use crate::orders::{self, Paying};
use crate::ports::hotline::KeptKeypad;
use crate::ports::keypad::{KeypadAnswer, KeypadLine, KeypadRequest, Wish};
use crate::{App, Problem, ProblemCode, payments};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::hotline::keypad::{End, Entry, Field, Heard, Keypad, TelephoneCall, Token};
use farline_domain::hotline::{Call, CallSource};
use farline_domain::kernel::{CallId, Instant, OrderId, Province, SavedMethodId};
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{KeptMethod, PaymentMethod};
use serde_json::json;

/// How often a change is decided anew because somebody else was faster: a word of the carrier's and a click of the agent's.
const TRIES: u32 = 8;
/// What was typed in a call is forgotten after so many seconds without a word.
const KEEP_SECONDS: i64 = 24 * 60 * 60;

/// What an agent does with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Has the carrier listen.
    Start,
    /// Asks for a field.
    Ask(Field),
    /// Has the card handed on, and charged.
    Finish,
    /// Calls it off.
    Cancel,
}

impl Deed {
    /// Reads the word of a form.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "finish" => Some(Self::Finish),
            "cancel" => Some(Self::Cancel),
            field => Field::parse(field).map(Self::Ask),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Ask(field) => field.code(),
            Self::Finish => "finish",
            Self::Cancel => "cancel",
        }
    }
}

/// Notes on which telephone call a caller is, where anything could come of that. What is no id of a call is passed over.
pub async fn note_telephone(app: &App, call: &Call, said: &str) -> Result<(), Problem> {
    let (Some(_), Ok(telephone)) = (&app.keypad, TelephoneCall::parse(said)) else { return Ok(()) };
    let kept = app.store.keypad(call.id).await?;
    if kept.as_ref().is_some_and(|kept| kept.keypad.telephone == telephone) {
        return Ok(());
    }
    // Called again: what was typed in the earlier call goes with it.
    let revision = kept.map_or(0, |kept| kept.revision + 1);
    let keypad = Keypad { telephone, entry: None };
    app.store.keep_keypad(call.id, &KeptKeypad { revision, keypad, at: app.now() }).await?;
    Ok(())
}

/// The keypad of a call, where an order can be paid by it.
pub async fn offered(app: &App, call: &Call, order: &Order) -> Result<Option<Keypad>, Problem> {
    if app.keypad.is_none() || may_pay(order).is_err() {
        return Ok(None);
    }
    Ok(app.store.keypad(call.id).await?.map(|kept| kept.keypad))
}

/// Whether an order can be paid so: it waits, nothing is being charged for it, and no terms have to be in the payer's hands before
/// (as `sell` has it of every charge by telephone in Quebec).
fn may_pay(order: &Order) -> Result<(), Problem> {
    if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
        return Err(Problem::of(ProblemCode::WrongState));
    }
    if order.charge.as_ref().is_some_and(|charge| charge.declined.is_none()) {
        return Err(Problem::of(ProblemCode::PaymentUnderWay));
    }
    if order.price.province == Province::Qc {
        return Err(Problem::of(ProblemCode::TermsNotSent));
    }
    Ok(())
}

/// Does what an agent wants. What the carrier did not take, or did not answer, stands in the entry afterwards.
pub async fn act(app: &App, (call, order): (&Call, &Order), deed: Deed) -> Result<(), Problem> {
    let line = app.keypad.as_ref().ok_or(Problem::of(ProblemCode::NotFound))?;
    if deed != Deed::Cancel {
        may_pay(order)?;
    }
    let of = Place { app, line, call };
    let is_done = match deed {
        Deed::Start => of.start(order.id).await?,
        Deed::Ask(field) => of.ask(field, order.id).await?,
        Deed::Finish => of.finish(order.id).await?,
        Deed::Cancel => of.cancel(order.id).await?,
    };
    if !is_done {
        return Err(Problem::of(ProblemCode::WrongState));
    }
    let detail = json!({ "order": order.id.to_string(), "what": deed.code() });
    record(app, call, ("keypad", detail)).await
}

/// Where an entry is made.
struct Place<'a> {
    app: &'a App,
    line: &'a KeypadLine,
    call: &'a Call,
}

impl Place<'_> {
    async fn start(&self, order: OrderId) -> Result<bool, Problem> {
        let now = self.app.now();
        // One for another order of this call is over: the agent is here now.
        self.leave_other(order).await?;
        let begun = change(self.app, self.call.id, |keypad| keypad.begin(order, now)).await?;
        let Some((telephone, entry)) = begun else { return Ok(false) };
        let answer = self.line.carrier.open(&self.request(telephone, &entry, "open")).await;
        let number = entry.number;
        match known(answer) {
            Some(Ok(session)) => {
                change(self.app, self.call.id, |keypad| keypad.opened(number, &session)).await?;
            }
            Some(Err(())) => self.end(number, End::Refused).await?,
            None => {}
        }
        Ok(true)
    }

    async fn ask(&self, field: Field, order: OrderId) -> Result<bool, Problem> {
        let now = self.app.now();
        let asked = self.change_of(order, |keypad| keypad.ask(field, now)).await?;
        let Some((telephone, entry)) = asked else { return Ok(false) };
        if self.tell(telephone, &entry, Wish::Ask(field)).await != Some(Ok(())) {
            let place = (entry.number, entry.step);
            change(self.app, self.call.id, |keypad| keypad.not_asked(place)).await?;
        }
        Ok(true)
    }

    async fn finish(&self, order: OrderId) -> Result<bool, Problem> {
        let now = self.app.now();
        let finished = self.change_of(order, |keypad| keypad.finish(now)).await?;
        let Some((telephone, entry)) = finished else { return Ok(false) };
        // Without an answer the carrier may be at it, and will tell.
        if self.tell(telephone, &entry, Wish::Finish).await == Some(Err(())) {
            let place = (entry.number, entry.step);
            change(self.app, self.call.id, |keypad| keypad.not_asked(place)).await?;
        }
        Ok(true)
    }

    /// From here on no card is charged, whatever the carrier makes of being told.
    async fn cancel(&self, order: OrderId) -> Result<bool, Problem> {
        let now = self.app.now();
        let ended = self.change_of(order, |keypad| {
            let number = keypad.entry.as_ref()?.number;
            keypad.end(number, End::Cancelled, now)
        });
        let Some((telephone, entry)) = ended.await? else { return Ok(false) };
        self.tell(telephone, &entry, Wish::Cancel).await;
        Ok(true)
    }

    async fn leave_other(&self, order: OrderId) -> Result<(), Problem> {
        let kept = self.app.store.keypad(self.call.id).await?;
        let entry = kept.and_then(|kept| kept.keypad.entry);
        if let Some(other) = entry.filter(|entry| entry.is_live() && entry.order != order) {
            self.cancel(other.order).await?;
        }
        Ok(())
    }

    async fn end(&self, number: u32, end: End) -> Result<(), Problem> {
        let now = self.app.now();
        change(self.app, self.call.id, |keypad| keypad.end(number, end, now)).await?;
        Ok(())
    }

    /// Changes the entry of this order, and no other.
    async fn change_of(
        &self,
        order: OrderId,
        decide: impl Fn(&mut Keypad) -> Option<Entry> + Send + Sync,
    ) -> Result<Option<(TelephoneCall, Entry)>, Problem> {
        let of_it = |keypad: &mut Keypad| {
            let is_of_it = keypad.entry.as_ref().is_some_and(|entry| entry.order == order);
            if is_of_it { decide(keypad) } else { None }
        };
        change(self.app, self.call.id, of_it).await
    }

    async fn tell(
        &self,
        telephone: TelephoneCall,
        entry: &Entry,
        wish: Wish,
    ) -> Option<Result<(), ()>> {
        let session = entry.session.as_deref()?;
        let what = match wish {
            Wish::Ask(field) => field.code(),
            Wish::Finish => "finish",
            Wish::Cancel => "cancel",
        };
        let request = self.request(telephone, entry, what);
        known(self.line.carrier.tell(&request, session, wish).await)
    }

    fn request(&self, telephone: TelephoneCall, entry: &Entry, what: &str) -> KeypadRequest {
        let (call, Entry { number, step, .. }) = (self.call.id, entry);
        KeypadRequest {
            telephone,
            key: format!("{call}-{number}-{step}-{what}"),
            callback: format!("{}/webhooks/voice/keypad/{call}/{number}/{step}", self.app.base_url),
        }
    }
}

/// The answer, if there is one. Its words never hold what was typed.
fn known<T>(answer: KeypadAnswer<T>) -> Option<Result<T, ()>> {
    match answer {
        Ok(Ok(done)) => Some(Ok(done)),
        Ok(Err(refusal)) => {
            tracing::warn!(%refusal, "a card cannot be typed on the telephone");
            Some(Err(()))
        }
        Err(unknown) => {
            tracing::warn!(%unknown, "nobody knows whether the carrier listens");
            None
        }
    }
}

/// Changes the keypad of a call. Nothing, if there is none or nothing is to change.
async fn change<T: Send>(
    app: &App,
    call: CallId,
    decide: impl Fn(&mut Keypad) -> Option<T> + Send + Sync,
) -> Result<Option<(TelephoneCall, T)>, Problem> {
    for _ in 0..TRIES {
        let Some(kept) = app.store.keypad(call).await? else { return Ok(None) };
        let mut keypad = kept.keypad.clone();
        let Some(found) = decide(&mut keypad) else { return Ok(None) };
        let telephone = keypad.telephone.clone();
        let next = KeptKeypad { revision: kept.revision + 1, keypad, at: app.now() };
        if app.store.keep_keypad(call, &next).await? {
            return Ok(Some((telephone, found)));
        }
    }
    Err(Problem::of(ProblemCode::Unavailable))
}

/// Takes in what the carrier tells, in a webhook that it has signed, about a question of an entry.
pub async fn hear(
    app: &App,
    call: CallId,
    place: (u32, u32),
    form: &[(String, String)],
) -> Result<(), Problem> {
    let Some(line) = &app.keypad else { return Ok(()) };
    let Some(word) = line.carrier.word(form) else { return Ok(()) };
    let now = app.now();
    let Some(mut kept) = app.store.keypad(call).await? else { return Ok(()) };
    if let Some(Heard::Charge(order, token)) = kept.keypad.hear(place, &word, now) {
        return charge(app, (call, place.0), (order, line, token)).await;
    }
    let changed = |keypad: &mut Keypad| match keypad.hear(place, &word, now)? {
        Heard::Changed => Some(()),
        // Finished meanwhile: there is no token before somebody has finished.
        Heard::Charge(..) => None,
    };
    change(app, call, changed).await?;
    Ok(())
}

/// Charges an order to a card. The order hears of it before the entry does: whoever dies in between finds the order charged.
async fn charge(
    app: &App,
    (call, number): (CallId, u32),
    (order, line, token): (OrderId, &KeypadLine, Token),
) -> Result<(), Problem> {
    let now = app.now();
    // Whoever has paid on a page meanwhile has paid.
    let order = orders::see(app, order).await?;
    let method = KeptMethod {
        id: SavedMethodId::mint(now, order.id.cell(), app.randomness.bits()),
        provider: line.provider.clone(),
        customer: token.customer,
        method: token.method,
        kind: PaymentMethod::Card,
        expiry: None,
    };
    let actor = actor_of(app, call).await?;
    let command = LineCommand::ChargeWith(order.id, Box::new(method));
    match app.run(order.line, command, actor).await {
        Ok(order) => {
            change(app, call, |keypad| keypad.taken(number, now)).await?;
            let (order, _) = orders::pay(app, order, Paying::default()).await?;
            close(app, &order).await;
            Ok(())
        }
        Err(problem)
            if matches!(problem.code, ProblemCode::WrongState | ProblemCode::PaymentUnderWay) =>
        {
            change(app, call, |keypad| keypad.end(number, End::NotNeeded, now)).await?;
            Ok(())
        }
        Err(problem) => Err(problem),
    }
}

/// Whoever finished it.
async fn actor_of(app: &App, call: CallId) -> Result<Actor, Problem> {
    let call = app.store.call(call).await?;
    Ok(match call.map(|call| call.source) {
        Some(CallSource::Desk(member)) => Actor::Staff(member, None),
        Some(CallSource::Robot) | None => Actor::System,
    })
}

/// A page on which the same could be paid again is closed. Where the provider does not say, a second payment would go back.
async fn close(app: &App, order: &Order) {
    if matches!(order.state, OrderState::AwaitingPayment { .. }) {
        return;
    }
    if let Err(problem) = payments::close(app, order).await {
        let cause = problem.cause.unwrap_or_default();
        tracing::warn!(order = %order.id, cause, "the page of a paid order stays open");
    }
}

/// Forgets what was typed in calls that are long over.
pub async fn forget(app: &App) -> Result<u64, Problem> {
    let silent_since: Instant = app.now().plus_seconds(-KEEP_SECONDS);
    Ok(app.store.forget_keypads(silent_since).await?)
}
