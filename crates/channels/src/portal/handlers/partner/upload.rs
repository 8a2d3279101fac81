//! A file of orders from the browser: the same checks and the same use case as over the API.

use super::here::AtPartner;
use super::wrong;
use crate::partner::batches::{outcome_of, problem_of};
use crate::portal::handlers::account::session::{SignedIn, genuine};
use crate::portal::handlers::form::{Upload, UploadFault};
use crate::portal::handlers::frame::html;
use crate::portal::handlers::problem;
use crate::portal::layout::FieldError;
use crate::portal::views::{PartnerUploadPage, Tab, Tone, UploadLine, UploadResult};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::partners::{BatchLine, PlacedFor, batch, may_pass, read_batch};
use farline_app::reports::{sheet_text, text_cell};
use std::fmt::Write as _;

/// Lines shown on the page; the sheet has all.
const MOST_LINES: usize = 100;
/// The heading of the sheet.
const HEADING: [&str; 6] = ["row", "reference", "order", "outcome", "problem", "detail"];

/// `GET /{language}/partner/{partner}/upload`
pub async fn show(at: AtPartner) -> Response {
    html(StatusCode::OK, &page(&at, (None, Vec::new())))
}

/// `POST /{language}/partner/{partner}/upload`
pub async fn send(
    Path((_, code)): Path<(String, String)>,
    here: SignedIn,
    Upload { fields, file }: Upload,
) -> Response {
    // One that is too large may not have been read to its fields; nothing comes of it.
    if file != Err(UploadFault::TooLarge)
        && let Err(refused) = genuine(&here.frame, &fields)
    {
        return problem::page(&here.frame, &refused);
    }
    let at = match AtPartner::of(here, &code).await {
        Ok(at) => at,
        Err(response) => return response,
    };
    let read = file.map_err(|fault| at.words().say(fault_key(fault))).and_then(|file| {
        read_batch(&file).map_err(|fault| {
            let about = [("why", fault.to_string().into())];
            at.words().say_with("partner-upload-unreadable", &about)
        })
    });
    match read {
        Ok(wishes) => {
            let lines = batch(at.app(), &at.partner, wishes).await;
            html(StatusCode::OK, &page(&at, (Some(result(&at, &lines)), Vec::new())))
        }
        Err(message) => {
            let message = format!("{message} {}", at.words().say("partner-upload-nothing"));
            let page = page(&at, (None, wrong("file", message)));
            html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

const fn fault_key(fault: UploadFault) -> &'static str {
    match fault {
        UploadFault::Missing => "partner-upload-missing",
        UploadFault::TooLarge => "partner-upload-too-large",
    }
}

fn page(
    at: &AtPartner,
    (result, errors): (Option<UploadResult>, Vec<FieldError>),
) -> PartnerUploadPage {
    let place = at.place(Tab::Upload);
    let mut layout = at.layout(&place);
    layout.errors = errors;
    PartnerUploadPage { layout, place, result }
}

fn result(at: &AtPartner, lines: &[BatchLine]) -> UploadResult {
    let count = |of: fn(&BatchLine) -> bool| lines.iter().filter(|line| of(line)).count();
    let mut first: Vec<&BatchLine> = lines.iter().collect();
    first.sort_by_key(|line| line.became.is_ok());
    let is_cut = first.len() > MOST_LINES;
    UploadResult {
        accepted: count(|line| line.became.as_ref().is_ok_and(|placed| placed.is_new)),
        repeated: count(|line| line.became.as_ref().is_ok_and(|placed| !placed.is_new)),
        refused: count(|line| line.became.is_err()),
        lines: first.into_iter().take(MOST_LINES).map(|it| line(at, it)).collect(),
        shown: is_cut.then(|| {
            let count = ("count", MOST_LINES.to_string().into());
            at.words().say_with("partner-upload-first", &[count])
        }),
        sheet: address_of(&sheet(at, lines)),
    }
}

fn line(at: &AtPartner, line: &BatchLine) -> UploadLine {
    let words = at.words();
    let (became, detail, tone) = match &line.became {
        Ok(placed) => placed_line(at, placed),
        Err(problem) => {
            let (code, detail) = problem_of(words, problem);
            let again = may_pass(problem.code).then(|| words.say("partner-upload-may-pass"));
            let detail = [Some(detail), again].into_iter().flatten().collect::<Vec<_>>();
            (code, detail.join(" "), Tone::Bad)
        }
    };
    UploadLine {
        row: words.say_with("partner-upload-row", &[("row", line.row.to_string().into())]),
        reference: line.reference.clone(),
        became,
        detail,
        tone,
    }
}

fn placed_line(at: &AtPartner, placed: &PlacedFor) -> (String, String, Tone) {
    let stage = placed.order.state.stage();
    let repeat = (!placed.is_new).then(|| at.words().say("partner-upload-repeat"));
    let facts = [Some(at.money(placed.order.price.total)), repeat];
    let detail = at.words().dot(&facts.into_iter().flatten().collect::<Vec<_>>());
    (super::orders::state(at, stage), detail, super::orders::tone(stage))
}

/// What became of each line, as CSV (RFC 4180). No cell of it is a formula.
fn sheet(at: &AtPartner, lines: &[BatchLine]) -> String {
    let words = at.words();
    let row = |line: &BatchLine| {
        let reference = text_cell(&line.reference).into_owned();
        let order = line.became.as_ref().ok().map(|placed| placed.order.id.to_string());
        let problem = line.became.as_ref().err().map(|problem| problem_of(words, problem));
        let (code, detail) = problem.unwrap_or_default();
        let outcome = outcome_of(line).to_owned();
        [line.row.to_string(), reference, order.unwrap_or_default(), outcome, code, detail]
    };
    sheet_text(HEADING, lines.iter().map(row))
}

/// The sheet as an address that a browser saves by itself. The mark at its beginning tells spreadsheets that it is UTF-8.
fn address_of(sheet: &str) -> String {
    let mut address = String::from("data:text/csv;charset=utf-8,%EF%BB%BF");
    for octet in sheet.bytes() {
        if octet.is_ascii_alphanumeric() || b"-_.~,".contains(&octet) {
            address.push(char::from(octet));
        } else {
            // Written to memory, which does not fail.
            let _ = write!(address, "%{octet:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn a_sheet_is_an_address() {
        let address = address_of("row,reference\r\n2,\"A#1 余\"\r\n");
        let expected = "row,reference%0D%0A2,%22A%231%20%E4%BD%99%22%0D%0A";
        assert_eq!(address, format!("data:text/csv;charset=utf-8,%EF%BB%BF{expected}"));
    }
}
