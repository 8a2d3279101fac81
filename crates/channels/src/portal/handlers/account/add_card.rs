//! Adding a card: which one, and showing that it is theirs.

use super::super::frame::{Frame, html};
use super::super::problem;
use super::session::{Sent, SignedIn};
use super::{on, shown};
use crate::api::problem::status_of;
use crate::portal::layout::{FieldError, Section};
use crate::portal::views::{AddCardPage, Proof, ProofPage};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::accounts::lines::call;
use farline_app::accounts::prove::{Proven, send_code, with_code, with_pin, with_puk};
use farline_app::accounts::{approve, rights};
use farline_app::tokens::Seal;
use farline_app::wording::masked;
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::kernel::LineId;

/// The purpose of the sealed value in the address of a proof.
const PURPOSE: &str = "add-card";

/// A proof under way, as its address says it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Proving {
    line: LineId,
    proof: Proof,
    /// Names the code's attempt; empty for the other proofs.
    challenge: String,
}

impl Proving {
    fn address(&self, here: &SignedIn) -> String {
        let Self { line, proof, challenge } = self;
        let said = format!("{}~{line}~{}~{challenge}", here.account, proof.value());
        let token = Seal(&here.frame.channels().app.keys.tokens).token(PURPOSE, &said);
        here.href(&format!("cards/add/{token}"))
    }

    /// Opens an address; only for the account that it was made for.
    fn open(here: &SignedIn, token: &str) -> Result<Self, Problem> {
        let said = Seal(&here.frame.channels().app.keys.tokens).said(PURPOSE, token);
        let read = |said: String| {
            let mut parts = said.splitn(4, '~');
            let ours = parts.next()? == here.account.to_string();
            let line = LineId::parse(parts.next()?)?;
            let proof = Proof::parse(parts.next()?)?;
            let challenge = parts.next()?.to_owned();
            ours.then_some(Self { line, proof, challenge })
        };
        said.and_then(read).ok_or(Problem::of(ProblemCode::NotFound))
    }
}

/// `GET /{language}/cards/add`
pub async fn show(here: SignedIn) -> Response {
    page(&here, StatusCode::OK, ("", "", None), Vec::new())
}

fn page(
    here: &SignedIn,
    status: StatusCode,
    (number, nickname, proof): (&str, &str, Option<Proof>),
    errors: Vec<FieldError>,
) -> Response {
    let mut layout = here.layout(Section::Cards);
    layout.errors = errors;
    let (number, nickname) = (number.to_owned(), nickname.to_owned());
    html(status, &AddCardPage { layout, number, nickname, proof })
}

/// `POST /{language}/cards/add`
pub async fn send(sent: Sent) -> Response {
    let Sent { here, fields } = &sent;
    match begin(&sent).await {
        Ok(address) => on(&here.frame, Ok(address)),
        Err(problem) if problem.field.is_some() => {
            let errors = vec![here.frame.error(&problem, "number")];
            let typed = (fields.get("number"), fields.get("nickname"));
            let proof = Proof::parse(fields.get("proof"));
            page(here, status_of(problem.code.kind()), (typed.0, typed.1, proof), errors)
        }
        Err(problem) => problem::page(&here.frame, &problem),
    }
}

/// Finds the card and begins the proof. Returns the address of its page.
async fn begin(Sent { here, fields }: &Sent) -> Result<String, Problem> {
    let Frame { address, .. } = &here.frame;
    let channels = here.frame.channels();
    let app = &channels.app;
    let missing = || Problem::of(ProblemCode::FieldMissing).in_field("proof");
    let proof = Proof::parse(fields.get("proof")).ok_or_else(missing)?;
    let line = crate::api::lines::find(channels, address, fields.get("number")).await?;
    if let Some(nickname) = fields.given("nickname") {
        call(app, here.account, line, &nickname).await?;
    }
    if rights(app, here.account, line).await?.is_some() {
        return Ok(here.href(&format!("cards/{line}")));
    }
    let challenge = match proof {
        Proof::Code => send_code(app, here.account, line).await?.id,
        Proof::Holder => {
            approve::ask_holder(app, here.account, line).await?;
            String::new()
        }
        Proof::Pin | Proof::Puk => String::new(),
    };
    Ok(Proving { line, proof, challenge }.address(here))
}

/// `GET /{language}/cards/add/{request}`
pub async fn proof(here: SignedIn, Path((_, token)): Path<(String, String)>) -> Response {
    shown(&here.frame, proof_page(&here, &token, Vec::new()).await)
}

async fn proof_page(
    here: &SignedIn,
    token: &str,
    errors: Vec<FieldError>,
) -> Result<ProofPage, Problem> {
    let proving = Proving::open(here, token)?;
    let view = lines::find::view(&here.frame.channels().app, proving.line).await?;
    let masked = masked(&view.line);
    let mut layout = here.layout(Section::Cards);
    layout.errors = errors;
    // Whom the link went to is not told: it would say whether there is a holder.
    let asked = (proving.proof == Proof::Holder).then(|| masked.clone());
    Ok(ProofPage { layout, request: token.to_owned(), masked, proof: proving.proof, asked })
}

/// `POST /{language}/cards/add/{request}`
pub async fn prove(Path((_, token)): Path<(String, String)>, sent: Sent) -> Response {
    let frame = &sent.here.frame;
    match settle(&sent, &token).await {
        Ok(address) => on(frame, Ok(address)),
        Err(problem) if problem.field.is_some() => {
            let errors = vec![frame.error(&problem, "proof")];
            match proof_page(&sent.here, &token, errors).await {
                Ok(page) => html(status_of(problem.code.kind()), &page),
                Err(problem) => problem::page(frame, &problem),
            }
        }
        Err(problem) => problem::page(frame, &problem),
    }
}

async fn settle(Sent { here, fields }: &Sent, token: &str) -> Result<String, Problem> {
    let Proving { line, proof, challenge } = Proving::open(here, token)?;
    let (app, account) = (&here.frame.channels().app, here.account);
    let proven = match proof {
        Proof::Code => {
            let typed = (challenge.as_str(), fields.get("code"));
            with_code(app, account, typed, &here.visitor()).await?
        }
        Proof::Pin => with_pin(app, account, line, fields.get("pin")).await?,
        Proof::Puk => {
            let typed = (fields.get("iccid"), fields.get("puk"));
            with_puk(app, account, line, typed).await?
        }
        Proof::Holder => Proven::Asked(line),
    };
    Ok(match proven {
        Proven::Holder(line) => here.href(&format!("cards/{line}")),
        Proven::Asked(line) => {
            Proving { line, proof: Proof::Holder, challenge: String::new() }.address(here)
        }
    })
}
