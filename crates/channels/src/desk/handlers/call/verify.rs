//! Who is calling?

use super::{address, head, mine, on, shown};
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{CodeWay, VerifyPage};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::html;
use crate::portal::layout::FieldError;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::hotline::verify;
use farline_app::imports::amounts::money;
use farline_app::{Problem, ProblemCode};
use farline_domain::hotline::{Call, Gravity, Way};

/// The page on which the caller is verified: nothing private is on it.
pub(super) async fn page(
    here: &Here,
    call: &Call,
    (challenge, errors): (Option<String>, Vec<FieldError>),
) -> Response {
    match view(here, call, challenge).await {
        Ok(mut page) => {
            let status =
                if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            page.layout.errors = errors;
            html(status, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

async fn view(here: &Here, call: &Call, challenge: Option<String>) -> Result<VerifyPage, Problem> {
    let app = &here.frame.channels().app;
    let ways = verify::ways(app, call.line).await?;
    let code = |target: &verify::CodeTarget| CodeWay {
        number: target.number,
        address: target.masked.clone(),
        is_card: target.way == Way::CodeToCard,
    };
    let mut layout = here.layout(Section::Desk);
    layout.page.path = page_path(call);
    Ok(VerifyPage {
        layout,
        head: head(here, call).await?,
        pin: ways.pin,
        codes: ways.codes.iter().map(code).collect(),
        last_renewal: ways.last_renewal,
        document: ways.document,
        challenge,
    })
}

/// Where the page of a call lives, also after a form of it was sent elsewhere.
pub(super) fn page_path(call: &Call) -> crate::portal::layout::PagePath {
    crate::portal::layout::PagePath::InLanguage(format!("/desk/calls/{}", call.id))
}

/// `POST /{language}/desk/calls/{call}/code`: sends a code to an address on file.
pub(super) async fn send_code(
    Path((_, call)): Path<(String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let sent = async {
        let call = mine(&here, &call).await?;
        let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("target");
        let number = fields.get("target").parse().map_err(|_| unknown())?;
        let challenge = verify::send_code(&here.frame.channels().app, &call, number).await?;
        Ok(format!("{}?challenge={}#code", address(&here, &call), challenge.id))
    };
    let led = sent.await;
    on(&here, led)
}

/// `POST /{language}/desk/calls/{call}/verify`: what the caller said.
pub(super) async fn verify(
    Path((_, id)): Path<(String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let call = match mine(&here, &id).await {
        Ok(call) => call,
        Err(problem) => return here.problem(&problem),
    };
    match tried(&here, call, &fields).await {
        Ok(call) => on(&here, Ok(address(&here, &call))),
        Err(problem) => {
            let error = here.frame.error(&problem, "pin");
            shown(&here, &id, fields.given("challenge"), vec![error]).await
        }
    }
}

async fn tried(here: &Here, call: Call, fields: &Fields) -> Result<Call, Problem> {
    let app = &here.frame.channels().app;
    match fields.get("way") {
        "pin" => verify::with_pin(app, call, fields.get("pin")).await,
        "code" => {
            let said = (fields.get("challenge"), fields.get("code"));
            verify::with_code(app, call, said).await
        }
        "last_renewal" => {
            let paid = money(&format!("{} CAD", fields.get("paid"))).ok();
            let said = (fields.get("renewed_on").parse().ok(), paid);
            verify::with_last_renewal(app, call, said).await
        }
        "document" => verify::with_document(app, call, fields.get("document")).await,
        _ => Err(Problem::of(ProblemCode::FieldInvalid).in_field("pin")),
    }
}

/// `POST /{language}/desk/calls/{call}/document`: notes an identity document for the next call.
pub(super) async fn keep_document(
    Path((_, call)): Path<(String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let kept = async {
        let app = &here.frame.channels().app;
        let call = mine(&here, &call).await?;
        // Whoever only holds the card must not leave a document that later counts for more.
        if !call.is_verified(Gravity::Grave, app.now()) {
            return Err(Problem::of(ProblemCode::NotVerified));
        }
        verify::keep_document(app, &call, fields.get("document")).await?;
        Ok(address(&here, &call))
    };
    let led = kept.await;
    on(&here, led)
}
