//! A file of orders: each line is taken whole or refused with its reason, and the same file again changes nothing.

use super::{OrderWish, PlacedFor, place};
use crate::sheet::Sheet;
use crate::{App, Problem, ProblemCode};
use farline_domain::partners::Partner;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Lines of a file at most: as many as are done while somebody waits for the answer.
const MOST_LINES: usize = 1_000;
/// Lines that are placed at once.
const AT_ONCE: usize = 16;
/// The columns. Each has to be there; their order does not matter.
const COLUMNS: [&str; 3] = ["reference", "number", "product"];

/// Why a file is not looked at at all. Nothing of it was ordered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BatchFault(pub String);

/// What became of a line.
#[derive(Clone, Debug)]
pub struct BatchLine {
    /// Its row in the file, as a spreadsheet counts: the heading is 1.
    pub row: u64,
    /// What the partner calls the order.
    pub reference: String,
    /// The order, or why there is none.
    pub became: Result<PlacedFor, Problem>,
}

/// Reads a file (CSV as spreadsheets write it: comma, semicolon or tab). Blank rows are passed over.
///
/// # Errors
/// When it cannot be read, a column is missing or not known, or it has too many lines.
pub fn read(octets: &[u8]) -> Result<Vec<(u64, OrderWish)>, BatchFault> {
    let mut sheet = Sheet::open(octets).map_err(BatchFault)?;
    if !sheet.advance().map_err(BatchFault)? {
        return Err(BatchFault("the file is empty; its first row names the columns".to_owned()));
    }
    let heading: Vec<String> = sheet.cells().iter().map(text).collect();
    let place_of = |name: &str| {
        let found = heading.iter().position(|column| column.eq_ignore_ascii_case(name));
        found.ok_or_else(|| BatchFault(format!("there is no column “{name}”")))
    };
    let [reference, number, product] = COLUMNS.map(place_of);
    let places = [reference?, number?, product?];
    if let Some(other) = heading.iter().find(|column| !is_known(column)) {
        let known = COLUMNS.join(", ");
        return Err(BatchFault(format!("“{other}” is no column; there are: {known}")));
    }
    let mut wishes = Vec::new();
    while sheet.advance().map_err(BatchFault)? {
        if sheet.is_blank() {
            continue;
        }
        if wishes.len() == MOST_LINES {
            return Err(BatchFault(format!("a file has at most {MOST_LINES} lines; send several")));
        }
        let [reference, number, product] =
            places.map(|place| sheet.cells().get(place).map(text).unwrap_or_default());
        let (at_most, callback) = (None, None);
        let wish = OrderWish { reference, number, product, at_most, callback, another: false };
        wishes.push((sheet.row(), wish));
    }
    Ok(wishes)
}

fn is_known(column: &str) -> bool {
    COLUMNS.iter().any(|known| column.eq_ignore_ascii_case(known))
}

/// A cell; what is not UTF-8 in it is shown as such and refused with its line.
fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}

/// Places the orders of a file, and says of each line what became of it, in the order of the file.
pub async fn batch(app: &App, partner: &Partner, wishes: Vec<(u64, OrderWish)>) -> Vec<BatchLine> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (row, wish) in wishes {
        let (app, partner, places) = (app.clone(), partner.clone(), places.clone());
        running.spawn(async move {
            // The semaphore is never closed.
            let _place = places.acquire().await;
            let became = place(&app, &partner, &wish).await;
            BatchLine { row, reference: wish.reference, became }
        });
    }
    let mut lines = Vec::new();
    while let Some(done) = running.join_next().await {
        match done {
            Ok(line) => lines.push(line),
            Err(error) => tracing::error!(%error, "a line of a batch broke off"),
        }
    }
    lines.sort_by_key(|line| line.row);
    lines
}

/// Whether a line may be sent again as it stands, because what stood in its way passes.
pub const fn may_pass(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::AccountUsedUp
            | ProblemCode::RequestRunning
            | ProblemCode::RenewalInProgress
            | ProblemCode::SupplierPaused
            | ProblemCode::Unavailable
    )
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn files_are_read_as_spreadsheets_write_them() {
        let text = "\u{feff}Number;Reference;Product\r\n+1 416 555 0100;A-1;plan\r\n;;\r\n\r\n4165550101;A-2;plan\r\n";
        let wishes = read(text.as_bytes()).unwrap();
        let found: Vec<_> = wishes
            .iter()
            .map(|(row, wish)| (*row, wish.reference.as_str(), wish.number.as_str()))
            .collect();
        assert_eq!(found, [(2, "A-1", "+1 416 555 0100"), (5, "A-2", "4165550101")]);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_before_anything_is_ordered() {
        let long = format!("reference,number,product\n{}", "a,1,p\n".repeat(1_001));
        let table = [
            ("", "the file is empty"),
            ("reference,number\nA-1,1\n", "there is no column “product”"),
            ("reference,number,product,price\nA,1,p,2\n", "“price” is no column"),
            (long.as_str(), "at most 1000 lines"),
        ];
        for (text, expected) in table {
            let fault = read(text.as_bytes()).unwrap_err().to_string();
            assert!(fault.contains(expected), "{fault}");
        }
    }
}
