//! Pages as lists of things to draw, and the flow that fills them from top to bottom.

use crate::document::Document;
use crate::fonts::Weight;
use crate::typeset::{Line, Style, Tone, Typesetter};

/// Letter paper, in points.
pub(crate) const PAGE_WIDTH: f32 = 612.0;
pub(crate) const PAGE_HEIGHT: f32 = 792.0;
/// The column of text.
pub(crate) const LEFT: f32 = 54.0;
pub(crate) const RIGHT: f32 = 558.0;
/// Where text ends and the foot begins.
const BOTTOM: f32 = 730.0;
const FOOT_BASELINE: f32 = 758.0;
/// Where text starts on a page after the first.
const TOP: f32 = 104.0;
pub(crate) const MARK_BASELINE: f32 = 62.0;

const SMALL: Style = Style::new(Weight::Text, 7.5, 10.5, Tone::Soft);
const BRAND: Style = Style::new(Weight::Heading, 12.5, 16.0, Tone::Ink);
const RIBBON: Style = Style::new(Weight::Heading, 9.5, 12.0, Tone::Paper);

/// One thing to draw. Lengths are points from the top left corner.
pub(crate) enum Mark {
    /// A line of text from `x` on `baseline`.
    Text { x: f32, baseline: f32, line: Line },
    /// A horizontal rule.
    Rule { from: f32, to: f32, y: f32, thickness: f32, tone: Tone },
    /// The ribbon across the top of the page.
    Ribbon { height: f32 },
    /// The half sun standing on a line.
    Sun { x: f32, y: f32, radius: f32 },
    /// The QR code.
    Code { x: f32, y: f32, side: f32 },
}

/// What a piece of a page is to someone who hears it read. Pieces of equal role are one element of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// Not part of the words: rules, the mark, repeated heads and feet.
    Artifact,
    /// The title.
    Title,
    /// A heading within the document, with its words.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(usize),
    /// The label or the value of a table's row.
    Cell { table: usize, row: usize, label: Label },
    /// The QR code.
    Code,
}

/// Which cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The row's heading.
    Yes,
    /// The row's value.
    No,
}

/// Marks of one role.
pub(crate) struct Piece {
    pub(crate) role: Role,
    pub(crate) marks: Vec<Mark>,
}

/// Fills pages from top to bottom.
pub(crate) struct Flow<'a> {
    pub(crate) document: &'a Document,
    pub(crate) typesetter: Typesetter,
    pub(crate) pages: Vec<Vec<Piece>>,
    /// Where the next thing goes on the last page.
    pub(crate) y: f32,
    elements: usize,
}

impl<'a> Flow<'a> {
    /// An empty first page with its ribbon and mark.
    pub(crate) fn new(document: &'a Document, typesetter: Typesetter) -> Self {
        let mut flow = Self { document, typesetter, pages: Vec::new(), y: TOP, elements: 0 };
        flow.turn();
        flow
    }

    /// A number for the next element of the document.
    pub(crate) fn element(&mut self) -> usize {
        self.elements += 1;
        self.elements
    }

    /// Adds marks to the page at hand.
    pub(crate) fn put(&mut self, role: Role, marks: Vec<Mark>) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Piece { role, marks });
        }
    }

    /// Whether `height` more points fit on the page.
    pub(crate) fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// Turns the page unless `height` more points fit, or nothing but the head stands on it. Tells whether it turned.
    pub(crate) fn make_room(&mut self, height: f32) -> bool {
        let turn = !self.fits(height) && self.y > TOP;
        if turn {
            self.turn();
        }
        turn
    }

    /// Starts a page.
    pub(crate) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
        self.ribbon();
        self.brand();
        if self.pages.len() > 1 {
            self.running_head();
        }
    }

    /// Words at the head of a page: part of the document on its first page, repetition on the others.
    fn head_role(&mut self) -> Role {
        if self.pages.len() == 1 { Role::Paragraph(self.element()) } else { Role::Artifact }
    }

    fn ribbon(&mut self) {
        let Some(words) = &self.document.sandbox else { return };
        let line = self.typesetter.line(words, RIBBON);
        let x = (PAGE_WIDTH - line.width) / 2.0;
        self.put(Role::Artifact, vec![Mark::Ribbon { height: 26.0 }]);
        let role = self.head_role();
        self.put(role, vec![Mark::Text { x, baseline: 16.6, line }]);
    }

    fn brand(&mut self) {
        let y = MARK_BASELINE;
        let line = Mark::Rule { from: LEFT, to: LEFT + 36.0, y, thickness: 0.9, tone: Tone::Ink };
        self.put(Role::Artifact, vec![Mark::Sun { x: LEFT + 18.0, y, radius: 7.5 }, line]);
        let line = self.typesetter.line(&self.document.brand, BRAND);
        let role = self.head_role();
        self.put(role, vec![Mark::Text { x: LEFT + 47.0, baseline: y, line }]);
    }

    /// Which document a further page belongs to.
    fn running_head(&mut self) {
        let (label, number) = &self.document.number;
        let line = self.typesetter.line(&format!("{label} {number}"), SMALL);
        let y = MARK_BASELINE + 16.0;
        let marks = vec![
            Mark::Text { x: RIGHT - line.width, baseline: MARK_BASELINE, line },
            Mark::Rule { from: LEFT, to: RIGHT, y, thickness: 0.5, tone: Tone::Hairline },
        ];
        self.put(Role::Artifact, marks);
    }

    /// Draws lines of one role downwards from the place at hand, turning pages between lines.
    pub(crate) fn lines(&mut self, role: &Role, x: f32, lines: Vec<Line>) {
        for line in lines {
            self.make_room(line.style.leading);
            self.y += line.style.leading;
            // The space between lines lies over and under the letters in equal parts, more or less.
            let baseline =
                self.y - (line.style.leading - line.style.size) / 2.0 - line.style.size * 0.12;
            self.put(role.clone(), vec![Mark::Text { x, baseline, line }]);
        }
    }

    /// A rule across the column at the place at hand.
    pub(crate) fn rule(&mut self, thickness: f32, tone: Tone) {
        let mark = Mark::Rule { from: LEFT, to: RIGHT, y: self.y, thickness, tone };
        self.put(Role::Artifact, vec![mark]);
    }

    /// Puts the foot on every page and gives the pages away.
    pub(crate) fn finish(mut self, fingerprint: &str) -> Vec<Vec<Piece>> {
        let count = self.pages.len();
        let left = format!(
            "{} {} · Ed25519 {fingerprint}",
            self.document.number.0, self.document.number.1
        );
        for (index, page) in self.pages.iter_mut().enumerate() {
            let number = self.typesetter.line(&format!("{} / {count}", index + 1), SMALL);
            let words = self.typesetter.line(&left, SMALL);
            page.push(Piece {
                role: Role::Artifact,
                marks: vec![
                    Mark::Rule {
                        from: LEFT,
                        to: RIGHT,
                        y: FOOT_BASELINE - 14.0,
                        thickness: 0.5,
                        tone: Tone::Hairline,
                    },
                    Mark::Text { x: LEFT, baseline: FOOT_BASELINE, line: words },
                    Mark::Text { x: RIGHT - number.width, baseline: FOOT_BASELINE, line: number },
                ],
            });
        }
        self.pages
    }
}
