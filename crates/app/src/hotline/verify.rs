//! Who is it? Every step is written down, and what fails is counted for the card, whoever asks about it.

use super::calls::record;
use crate::accounts::codes::{self, Awaiting, Form};
use crate::accounts::limits::{self, Rule, rule};
use crate::accounts::prove::try_pin;
use crate::ports::hotline::LineDocument;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode, accounts, lines};
use farline_domain::accounts::Address;
use farline_domain::hotline::{Call, CallSource, Proof, Way};
use farline_domain::kernel::{LineId, Money};
use farline_domain::notices::Medium;
use farline_domain::orders::{Order, OrderState};
use jiff::civil::Date;
use serde_json::json;

/// Proofs of any kind that fail for one card.
const PROOFS: Rule = rule("hotline-proof", 8, 24 * 60 * 60);
/// Tries of what can be read on a statement, for one card.
const RENEWALS: Rule = rule("hotline-renewal", 3, 24 * 60 * 60);
/// Tries of an identity document, for one card.
const DOCUMENTS: Rule = rule("hotline-document", 3, 24 * 60 * 60);
/// How many orders are looked through for the last renewal.
const LOOKED_THROUGH: u32 = 20;

/// An address on file to which a code can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeTarget {
    /// Its number among the targets, from 0.
    pub number: usize,
    /// What a code sent there proves.
    pub way: Way,
    /// How it travels.
    pub medium: Medium,
    /// The address, masked.
    pub masked: String,
    address: Address,
}

/// The ways in which a caller can prove who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Whether the card has a PIN.
    pub pin: bool,
    /// Where codes can be sent: the holder's own addresses first, the card last.
    pub codes: Vec<CodeTarget>,
    /// Whether there is a renewal to ask about.
    pub last_renewal: bool,
    /// Whether an identity document is on file, and asking for it is turned on.
    pub document: bool,
}

/// The ways there are for a line.
pub async fn ways(app: &App, line: LineId) -> Result<Ways, Problem> {
    Ok(Ways {
        pin: app.store.line_secrets(line).await?.pin.is_some(),
        codes: targets(app, line).await?,
        last_renewal: last_renewal(app, line).await?.is_some(),
        document: app.desk.identity_documents && app.store.line_document(line).await?.is_some(),
    })
}

async fn targets(app: &App, line: LineId) -> Result<Vec<CodeTarget>, Problem> {
    let number = lines::find::view(app, line).await?.line.msisdn;
    let mut addresses = Vec::new();
    if let Some(holder) = accounts::holder(app, line).await? {
        let contacts = app.store.account_contacts(holder).await?;
        addresses.extend(contacts.into_iter().map(|contact| contact.address));
    }
    let own = number.map(Address::Sms);
    addresses.retain(|address| Some(address) != own.as_ref());
    let elsewhere = addresses.into_iter().map(|address| (Way::CodeElsewhere, address));
    let all = elsewhere.chain(own.map(|address| (Way::CodeToCard, address)));
    let target = |(number, (way, address)): (usize, (Way, Address))| CodeTarget {
        number,
        way,
        medium: address.medium(),
        masked: address.masked(),
        address,
    };
    Ok(all.enumerate().map(target).collect())
}

/// Sends a code to one of the addresses on file. The challenge names the attempt for the form in which the code is typed.
pub async fn send_code(app: &App, call: &Call, number: usize) -> Result<codes::Challenge, Problem> {
    let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("target");
    let target = targets(app, call.line).await?.into_iter().nth(number).ok_or_else(unknown)?;
    let language = lines::find::view(app, call.line).await?.line.language;
    let CodeTarget { way, address, .. } = target;
    let awaiting = Awaiting::Call { call: call.id, way, address, language };
    let challenge = codes::send_to_account(app, Form::Call, &awaiting).await?;
    record(app, call, ("send_code", json!({ "way": way.code() }))).await?;
    Ok(challenge)
}

/// The caller read the code aloud.
pub async fn with_code(
    app: &App,
    call: Call,
    (challenge, code): (&str, &str),
) -> Result<Call, Problem> {
    let over = || Problem::of(ProblemCode::CodeExpired).in_field("code");
    let subject = codes::subject_of(challenge).ok_or_else(over)?;
    count(app, &call, None).await?;
    match codes::open(app, subject, code).await {
        Ok(Awaiting::Call { call: of, way, .. }) if of == call.id => proven(app, call, way).await,
        Ok(_) => Err(over()),
        Err(problem) => Err(failed(app, call, (Way::CodeElsewhere, problem)).await?),
    }
}

/// The caller said the PIN of the card.
pub async fn with_pin(app: &App, call: Call, pin: &str) -> Result<Call, Problem> {
    count(app, &call, None).await?;
    let tried = try_pin(app, call.line, pin).await;
    if locked_or(app, &call, tried).await? {
        return proven(app, call, Way::Pin).await;
    }
    Err(failed(app, call, (Way::Pin, wrong("pin"))).await?)
}

/// The caller said when the card was last renewed, by the date where the card is, and what was paid.
pub async fn with_last_renewal(
    app: &App,
    call: Call,
    (date, paid): (Option<Date>, Option<Money>),
) -> Result<Call, Problem> {
    count(app, &call, Some(RENEWALS)).await?;
    let last = last_renewal(app, call.line).await?;
    let is_right = last.is_some_and(|(on, amount)| Some(on) == date && Some(amount) == paid);
    if is_right {
        return proven(app, call, Way::LastRenewal).await;
    }
    Err(failed(app, call, (Way::LastRenewal, wrong("renewed_on"))).await?)
}

/// The caller said the number of the identity document on file.
pub async fn with_document(app: &App, call: Call, number: &str) -> Result<Call, Problem> {
    count(app, &call, Some(DOCUMENTS)).await?;
    let kept = app.store.line_document(call.line).await?.filter(|_| app.desk.identity_documents);
    if kept.is_some_and(|kept| kept.digest == document_digest(app, call.line, number)) {
        return proven(app, call, Way::Document).await;
    }
    Err(failed(app, call, (Way::Document, wrong("document"))).await?)
}

/// Notes the number of an identity document, as a keyed digest, for the next call.
pub async fn keep_document(app: &App, call: &Call, number: &str) -> Result<(), Problem> {
    let CallSource::Desk(by) = call.source else { return Ok(()) };
    if !app.desk.identity_documents || !(5..=20).contains(&squeezed(number).len()) {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("document"));
    }
    let digest = document_digest(app, call.line, number);
    let document = LineDocument { line: call.line, digest, by, at: app.now() };
    app.store.keep_line_document(&document).await?;
    record(app, call, ("note_document", json!({}))).await
}

fn document_digest(app: &App, line: LineId, number: &str) -> [u8; 32] {
    let said = format!("{line}\n{}", squeezed(number));
    Seal(&app.keys.secrets).digest("identity-document", &said)
}

fn squeezed(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn wrong(field: &'static str) -> Problem {
    Problem::of(ProblemCode::ProofFailed).in_field(field)
}

/// Counts a try before it is looked at, so that many at once are not more.
async fn count(app: &App, call: &Call, also: Option<Rule>) -> Result<(), Problem> {
    let line = call.line.to_string();
    for rule in [Some(PROOFS), also].into_iter().flatten() {
        let counted = limits::count(app, rule, &line).await;
        locked_or(app, call, counted).await?;
    }
    Ok(())
}

/// Notes it if a try was one too many for the card: a supervisor counts these.
async fn locked_or<T>(app: &App, call: &Call, tried: Result<T, Problem>) -> Result<T, Problem> {
    if tried.as_ref().is_err_and(|problem| problem.code == ProblemCode::TooManyRequests) {
        let locks = call.locks.saturating_add(1);
        app.store.keep_call(&Call { locks, active_at: app.now(), ..call.clone() }).await?;
        record(app, call, ("locked", json!({}))).await?;
    }
    tried
}

async fn proven(app: &App, mut call: Call, way: Way) -> Result<Call, Problem> {
    limits::clear(app, PROOFS, &call.line.to_string()).await?;
    let now = app.now();
    call.proof = Some(Proof { way, at: now });
    call.active_at = now;
    app.store.keep_call(&call).await?;
    record(app, &call, ("verified", json!({ "way": way.code() }))).await?;
    Ok(call)
}

/// Notes the failure, and hands back what the caller is to be told.
async fn failed(
    app: &App,
    mut call: Call,
    (way, problem): (Way, Problem),
) -> Result<Problem, Problem> {
    call.failures = call.failures.saturating_add(1);
    call.active_at = app.now();
    app.store.keep_call(&call).await?;
    record(app, &call, ("not_verified", json!({ "way": way.code() }))).await?;
    Ok(problem)
}

/// The local date of the last renewal, and what was paid for it.
async fn last_renewal(app: &App, line: LineId) -> Result<Option<(Date, Money)>, Problem> {
    let view = lines::find::view(app, line).await?;
    let catalogue = app.store.catalogue();
    let zone = &lines::operator_of(&catalogue, &view.line)?.lifecycle.zone;
    let orders = app.store.orders_of_line(line, None, LOOKED_THROUGH).await?;
    let renewed = |order: &Order| match &order.state {
        OrderState::Delivered { capture, delivered } => {
            Some((delivered.at.date_in(zone), capture.amount))
        }
        _ => None,
    };
    Ok(orders.iter().find_map(renewed))
}
