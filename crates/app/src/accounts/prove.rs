//! Proving possession of a line: by a code to it, its PIN, or ICCID and PUK. The fourth way, asking the
//! holder, is in [`super::approve`].

use crate::accounts::codes::{self, Awaiting, Challenge, Form};
use crate::accounts::limits::{self, PIN, PUK, Rule};
use crate::accounts::{Visitor, approve};
use crate::imports::secrets::{SecretKind, secret_digest};
use crate::ports::accounts::{AccountChange, Changed};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::accounts::{Address, Claim, Rights, claim};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Iccid, LineId};
use farline_domain::lines::Line;
use subtle::ConstantTimeEq;

/// What a proof led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proven {
    /// The account is the holder.
    Holder(LineId),
    /// Somebody else holds the line and was asked.
    Asked(LineId),
}

/// Sends a code to the line itself, in the line's own language.
pub async fn send_code(app: &App, account: AccountId, line: LineId) -> Result<Challenge, Problem> {
    let view = lines::find::view(app, line).await?;
    let failed = || Problem::of(ProblemCode::ProofFailed).in_field("proof");
    // A data-only card cannot be sent a text message.
    let address = Address::Sms(view.line.msisdn.ok_or_else(failed)?);
    let language = view.line.language;
    let awaiting = Awaiting::ProveLine { account, line, address, language };
    codes::send_to_account(app, Form::ProveLine, &awaiting).await
}

/// Proves it by that code.
pub async fn with_code(
    app: &App,
    account: AccountId,
    (challenge, code): (&str, &str),
    visitor: &Visitor,
) -> Result<Proven, Problem> {
    let awaiting = codes::open_challenge(app, challenge, code, visitor).await?;
    match awaiting {
        Awaiting::ProveLine { account: prover, line, .. } if prover == account => {
            settle(app, account, line).await
        }
        Awaiting::ProveLine { .. }
        | Awaiting::Register { .. }
        | Awaiting::SignIn { .. }
        | Awaiting::AddContact { .. }
        | Awaiting::Call { .. }
        | Awaiting::Delete { .. } => Err(Problem::of(ProblemCode::CodeExpired).in_field("code")),
    }
}

/// Proves it by the line's PIN: five tries a day for each line.
pub async fn with_pin(
    app: &App,
    account: AccountId,
    line: LineId,
    pin: &str,
) -> Result<Proven, Problem> {
    if !try_pin(app, line, pin).await? {
        return Err(Problem::of(ProblemCode::ProofFailed).in_field("pin"));
    }
    settle(app, account, line).await
}

/// Whether a PIN is a line's. Every try counts, wherever it is made: in the portal, at the desk, with the robot. After five
/// in a day it is not looked at any more.
pub(crate) async fn try_pin(app: &App, line: LineId, pin: &str) -> Result<bool, Problem> {
    let view = lines::find::view(app, line).await?;
    count(app, PIN, line).await?;
    let kept = app.store.line_secrets(line).await?.pin;
    let is_right = is_secret(app, (SecretKind::Pin, &view.line), pin, kept);
    if is_right {
        limits::clear(app, PIN, &line.to_string()).await?;
    }
    Ok(is_right)
}

/// Proves it by what is printed on the card's holder, its number and PUK: ten tries a day for each
/// line. Which of the two was wrong is not told.
pub async fn with_puk(
    app: &App,
    account: AccountId,
    line: LineId,
    (iccid, puk): (&str, &str),
) -> Result<Proven, Problem> {
    let view = lines::find::view(app, line).await?;
    let iccid = Iccid::parse(iccid).map_err(|error| Problem::from(error).in_field("iccid"))?;
    count(app, PUK, line).await?;
    let kept = app.store.line_secrets(line).await?.puk;
    let is_puk = is_secret(app, (SecretKind::Puk, &view.line), puk, kept);
    if !is_puk || iccid != view.line.iccid {
        return Err(Problem::of(ProblemCode::ProofFailed).in_field("puk"));
    }
    limits::clear(app, PUK, &line.to_string()).await?;
    settle(app, account, line).await
}

async fn count(app: &App, rule: Rule, line: LineId) -> Result<(), Problem> {
    limits::count(app, rule, &line.to_string()).await
}

fn is_secret(
    app: &App,
    (kind, line): (SecretKind, &Line),
    typed: &str,
    kept: Option<[u8; 32]>,
) -> bool {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let digest = secret_digest(&app.keys.secrets, kind, &line.iccid, &typed);
    // A line without the secret is compared too, with nothing that could fit.
    let equal = bool::from(digest.ct_eq(&kept.unwrap_or_default()));
    equal && kept.is_some() && kind.fits(&typed)
}

/// A proof makes the holder of a line that has none. A line that has one is never taken over: its
/// holder is asked.
async fn settle(app: &App, account: AccountId, line: LineId) -> Result<Proven, Problem> {
    let people = app.store.people_of_line(line).await?;
    let holder = people.iter().find(|person| person.rights == Rights::Holder);
    match claim(holder.map(|person| person.account), account) {
        Claim::Is => Ok(Proven::Holder(line)),
        Claim::Becomes => {
            let by = (Actor::Account(account), app.now());
            match app.store.change_account(account, AccountChange::Hold(line), by).await? {
                Changed::Done => Ok(Proven::Holder(line)),
                // Another account proved it a moment before.
                Changed::Taken | Changed::Missing => ask(app, account, line).await,
            }
        }
        Claim::Asks(_) => ask(app, account, line).await,
    }
}

async fn ask(app: &App, account: AccountId, line: LineId) -> Result<Proven, Problem> {
    approve::ask_holder(app, account, line).await?;
    Ok(Proven::Asked(line))
}
