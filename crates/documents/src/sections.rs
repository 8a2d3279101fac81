//! The parts of a document from top to bottom: head, total, facts, bill, terms with the QR code.

use crate::document::Document;
use crate::fonts::Weight;
use crate::layout::{Flow, LEFT, Label, MARK_BASELINE, Mark, Piece, RIGHT, Role};
use crate::typeset::{Line, Style, Tone, Typesetter};

const TITLE: Style = Style::new(Weight::Heading, 29.0, 36.0, Tone::Ink);
const DATE: Style = Style::new(Weight::Text, 10.5, 16.0, Tone::Soft);
const LABEL: Style = Style::new(Weight::Text, 9.0, 15.0, Tone::Soft);
const VALUE: Style = Style::new(Weight::Text, 10.0, 15.0, Tone::Ink);
const STRONG: Style = Style::new(Weight::Heading, 10.5, 15.0, Tone::Ink);
const SELLER_NAME: Style = Style::new(Weight::Heading, 9.0, 13.5, Tone::Ink);
const SELLER: Style = Style::new(Weight::Text, 8.2, 12.2, Tone::Soft);
const TERMS_HEADING: Style = Style::new(Weight::Heading, 8.8, 14.0, Tone::Ink);
const TERMS: Style = Style::new(Weight::Text, 8.4, 13.2, Tone::Soft);
const CAPTION: Style = Style::new(Weight::Heading, 8.2, 12.0, Tone::Ink);
const HINT: Style = Style::new(Weight::Text, 7.5, 11.0, Tone::Soft);
const NUMERAL_SIZE: f32 = 46.0;

/// The seller's column at the right of the head.
const SELLER_LEFT: f32 = 392.0;
/// Where the values of facts start.
const VALUE_LEFT: f32 = 204.0;
/// Widest amount of the bill before it breaks.
const AMOUNT_WIDTH: f32 = 170.0;
/// The QR code and its column at the right of the terms.
const CODE_SIDE: f32 = 92.0;
const CODE_LEFT: f32 = 428.0;
const TERMS_WIDTH: f32 = CODE_LEFT - 30.0 - LEFT;
/// Room over and under the words of a row.
const ROW_PADDING: f32 = 4.2;

/// Sets the whole document. `fingerprint` is that of the key that will sign it.
pub(crate) fn set(
    document: &Document,
    typesetter: Typesetter,
    fingerprint: &str,
) -> Vec<Vec<Piece>> {
    let mut flow = Flow::new(document, typesetter);
    head(&mut flow);
    total(&mut flow);
    facts(&mut flow);
    bill(&mut flow);
    closing(&mut flow, fingerprint);
    flow.finish(fingerprint)
}

/// The title at the left, the seller at the right.
fn head(flow: &mut Flow<'_>) {
    let document = flow.document;
    let typesetter = flow.typesetter;
    let width = SELLER_LEFT - 24.0 - LEFT;

    flow.y = MARK_BASELINE + 34.0;
    flow.lines(&Role::Title, LEFT, typesetter.lines(&document.title, TITLE, width));
    let role = Role::Paragraph(flow.element());
    flow.lines(&role, LEFT, typesetter.lines(&document.date, DATE, width));
    flow.y += 7.0;
    for (label, value) in [&document.number, &document.reference] {
        let role = Role::Paragraph(flow.element());
        pair(flow, &role, (label, value), width);
    }
    let (left_end, left_page) = (flow.y, flow.pages.len());

    let seller = &document.merchant;
    flow.y = MARK_BASELINE - 12.0;
    let role = Role::Paragraph(flow.element());
    let width = RIGHT - SELLER_LEFT;
    flow.lines(&role, SELLER_LEFT, typesetter.lines(&seller.name, SELLER_NAME, width));
    let contacts = [&seller.phone, &seller.email];
    for words in seller.address.iter().chain(contacts).chain(&seller.registrations) {
        let role = Role::Paragraph(flow.element());
        flow.lines(&role, SELLER_LEFT, typesetter.lines(words, SELLER, width));
    }
    if flow.pages.len() == left_page {
        flow.y = flow.y.max(left_end);
    }
    flow.y += 22.0;
}

/// A label and its value on one line, or under each other when they are too long.
fn pair(flow: &mut Flow<'_>, role: &Role, (label, value): (&str, &str), width: f32) {
    let label = flow.typesetter.line(&format!("{label}  "), LABEL);
    let start = label.runs.iter().map(|run| run.advance).sum::<f32>() * LABEL.size;
    let lines = flow.typesetter.lines(value, Style { size: LABEL.size, ..VALUE }, width - start);
    if start > width / 2.0 || lines.len() > 1 {
        flow.lines(role, LEFT, vec![label]);
        let lines = flow.typesetter.lines(value, Style { size: LABEL.size, ..VALUE }, width);
        flow.lines(role, LEFT, lines);
        return;
    }
    flow.lines(role, LEFT, vec![label]);
    flow.y -= LABEL.leading;
    flow.lines(role, LEFT + start, lines);
}

/// The one large amount.
fn total(flow: &mut Flow<'_>) {
    let document = flow.document;
    let typesetter = flow.typesetter;
    let half = (RIGHT - LEFT) / 2.0;
    let style = |size: f32| Style::new(Weight::Numeral, size, size * 1.2, Tone::Ink);
    let mut amount = typesetter.line(&document.total.1, style(NUMERAL_SIZE));
    if amount.width > half {
        amount = typesetter
            .line(&document.total.1, style((NUMERAL_SIZE * half / amount.width).max(12.0)));
    }
    let width = RIGHT - LEFT - amount.width - 28.0;
    let payment = typesetter.lines(&document.payment, LABEL, width);

    flow.make_room(96.0);
    flow.rule(0.9, Tone::Ink);
    let top = flow.y;
    flow.y += 17.0;
    let role = Role::Paragraph(flow.element());
    flow.lines(&role, LEFT, typesetter.lines(&document.total.0, STRONG, width));
    let baseline = top + 52.0;
    flow.put(role, vec![Mark::Text { x: RIGHT - amount.width, baseline, line: amount }]);
    let role = Role::Paragraph(flow.element());
    flow.y += 1.0;
    flow.lines(&role, LEFT, payment);
    flow.y = flow.y.max(top + 60.0) + 16.0;
}

/// Label and value of each fact, a hairline over each.
fn facts(flow: &mut Flow<'_>) {
    let document = flow.document;
    let typesetter = flow.typesetter;
    let table = flow.element();
    for (row, (label, value)) in document.facts.iter().enumerate() {
        let labels = typesetter.lines(label, LABEL, VALUE_LEFT - 16.0 - LEFT);
        let values = typesetter.lines(value, VALUE, RIGHT - VALUE_LEFT);
        let place = Place { table, row, rule: (0.5, Tone::Hairline), side: Side::Left };
        row_of(flow, &place, labels, values);
    }
    flow.y += 20.0;
}

/// The lines of the bill and its total, amounts at the right edge.
fn bill(flow: &mut Flow<'_>) {
    let document = flow.document;
    let typesetter = flow.typesetter;
    let table = flow.element();
    let width = RIGHT - AMOUNT_WIDTH - 16.0 - LEFT;
    for (row, (label, amount)) in document.items.iter().enumerate() {
        let labels = typesetter.lines(label, VALUE, width);
        let amounts = typesetter.lines(amount, VALUE, AMOUNT_WIDTH);
        let place = Place { table, row, rule: (0.5, Tone::Hairline), side: Side::Right };
        row_of(flow, &place, labels, amounts);
    }
    let labels = typesetter.lines(&document.total.0, STRONG, width);
    let amounts = typesetter.lines(&document.total.1, STRONG, AMOUNT_WIDTH);
    let place =
        Place { table, row: document.items.len(), rule: (0.9, Tone::Ink), side: Side::Right };
    row_of(flow, &place, labels, amounts);
    flow.y += 24.0;
}

/// Where a row of a table stands and what is drawn over it.
struct Place {
    table: usize,
    row: usize,
    rule: (f32, Tone),
    side: Side,
}

/// Where values align.
enum Side {
    /// At the start of their column.
    Left,
    /// At the right edge of the page's column.
    Right,
}

/// Draws a row, kept whole unless it is longer than a page.
fn row_of(flow: &mut Flow<'_>, place: &Place, labels: Vec<Line>, values: Vec<Line>) {
    let height = |lines: &[Line]| lines.iter().map(|line| line.style.leading).sum::<f32>();
    flow.make_room(height(&labels).max(height(&values)) + 2.0 * ROW_PADDING);
    flow.rule(place.rule.0, place.rule.1);
    flow.y += ROW_PADDING;
    let mut labels = labels.into_iter();
    let mut values = values.into_iter();
    loop {
        let (label, value) = (labels.next(), values.next());
        let Some(leading) = label.as_ref().or(value.as_ref()).map(|line| line.style.leading) else {
            break;
        };
        flow.make_room(leading);
        let top = flow.y;
        if let Some(line) = label {
            let role = Role::Cell { table: place.table, row: place.row, label: Label::Yes };
            flow.lines(&role, LEFT, vec![line]);
            flow.y = top;
        }
        if let Some(line) = value {
            let role = Role::Cell { table: place.table, row: place.row, label: Label::No };
            let x = match place.side {
                Side::Left => VALUE_LEFT,
                Side::Right => RIGHT - line.width,
            };
            flow.lines(&role, x, vec![line]);
        }
        flow.y = top + leading;
    }
    flow.y += ROW_PADDING;
}

/// Terms at the left; the QR code, how to check and the fingerprint at the right.
fn closing(flow: &mut Flow<'_>, fingerprint: &str) {
    let document = flow.document;
    let typesetter = flow.typesetter;
    let width = RIGHT - CODE_LEFT;
    let caption = typesetter.lines(&document.qr.caption, CAPTION, width);
    let hint = typesetter.lines(&document.verify_hint, HINT, width);
    // Eight groups in two rows of four.
    let groups: Vec<&str> = fingerprint.split(' ').collect();
    let rows: Vec<String> = groups.chunks(4).map(|row| row.join(" ")).collect();
    let key = typesetter.lines(&rows.join("\n"), HINT, width);
    let height: f32 = CODE_SIDE
        + 8.0
        + 8.0
        + [&caption, &hint, &key].into_iter().flatten().map(|line| line.style.leading).sum::<f32>();

    flow.make_room(height);
    let (top, page) = (flow.y, flow.pages.len());
    for paragraph in &document.terms {
        let lines = typesetter.lines(&paragraph.text, TERMS, TERMS_WIDTH);
        if let Some(words) = &paragraph.heading {
            // A heading alone at the foot of a page would be lost.
            flow.make_room(TERMS_HEADING.leading + 2.0 * TERMS.leading);
            let role = Role::Heading(flow.element(), words.clone());
            flow.lines(&role, LEFT, typesetter.lines(words, TERMS_HEADING, TERMS_WIDTH));
        }
        let role = Role::Paragraph(flow.element());
        flow.lines(&role, LEFT, lines);
        flow.y += 7.0;
    }
    let end = flow.y;

    // The code stands beside the start of the terms, on whatever page that is; it is read after them.
    let later = flow.pages.split_off(page);
    flow.y = top;
    flow.put(Role::Code, vec![Mark::Code { x: CODE_LEFT, y: top, side: CODE_SIDE }]);
    flow.y += CODE_SIDE + 8.0;
    for lines in [caption, hint, key] {
        let role = Role::Paragraph(flow.element());
        flow.lines(&role, CODE_LEFT, lines);
        flow.y += 4.0;
    }
    if !later.is_empty() {
        flow.pages.extend(later);
        flow.y = end;
    }
}
