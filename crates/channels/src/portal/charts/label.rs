//! Where the words at a line go, so that no two of them ever touch.

/// The size of the words, in pixels: `.life text` in the style sheet.
const TEXT_PIXELS: i64 = 14;

/// The least room between two words of one row, in pixels.
const ROOM_PIXELS: i64 = 10;

/// Words that belong to a point of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The point, in thousandths of the width.
    pub(super) at: i64,
    pub(super) text: String,
}

/// A row of words, counted from the line outwards: 1 is next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Above(i64),
    Below(i64),
}

/// Which end of the words stands at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) label: Label,
    pub(super) row: Row,
    pub(super) anchor: Anchor,
    /// The place of the anchor, in thousandths of the width.
    pub(super) x: i64,
    left_pixels: i64,
    right_pixels: i64,
}

/// Places the labels next to the line where they can be, and further out where they must: of all
/// ways in which no two touch, the one with the least cost.
///
/// What fits at `width_pixels` fits at every greater width: places grow with it and words do not.
pub(super) fn place(labels: &[Label], width_pixels: i64) -> Vec<Placed> {
    let choices: Vec<Vec<Candidate>> = labels
        .iter()
        .enumerate()
        .map(|(index, label)| candidates(index, label, width_pixels))
        .collect();
    let mut search = Search { choices: &choices, width_pixels, best: None };
    search.on((&mut Vec::new(), 0));
    // A row for each always has room, however long the words are.
    let stacked = || {
        let rows = labels.iter().zip(1..);
        rows.map(|(label, row)| edge(label, Row::Below(row), width_pixels)).collect()
    };
    search.best.map_or_else(stacked, |(_, placed)| placed)
}

/// A place for a label, and what it costs to read it there.
type Candidate = (Placed, i64);

struct Search<'a> {
    choices: &'a [Vec<Candidate>],
    width_pixels: i64,
    best: Option<(i64, Vec<Placed>)>,
}

impl Search<'_> {
    /// Goes on from labels that are placed, at their cost; ways that cost too much are left.
    fn on(&mut self, (placed, cost): (&mut Vec<Placed>, i64)) {
        if self.best.as_ref().is_some_and(|(least, _)| cost >= *least) {
            return;
        }
        let Some(candidates) = self.choices.get(placed.len()) else {
            self.best = Some((cost, placed.clone()));
            return;
        };
        for (candidate, more) in candidates {
            if fits(candidate, placed, self.width_pixels) {
                placed.push(candidate.clone());
                self.on((placed, cost + more));
                placed.pop();
            }
        }
    }
}

/// Every place of a label: the rows, the first label above the line if it can be, and in each the
/// ways to stand at its point. Further rows cost most, then the other side, then an uncentred place.
fn candidates(index: usize, label: &Label, width: i64) -> Vec<Candidate> {
    let rows = [Row::Above(1), Row::Below(1), Row::Above(2), Row::Below(2)];
    let preferred = |row| matches!((index, row), (0, Row::Above(_)) | (1.., Row::Below(_)));
    let row_cost = |row| match row {
        Row::Above(count) | Row::Below(count) => {
            (count - 1) * 12 + if preferred(row) { 0 } else { 4 }
        }
    };
    let in_row = |row| {
        anchored(label, row, width)
            .into_iter()
            .zip(0..)
            .map(move |(one, cost)| (one, cost + row_cost(row)))
    };
    rows.into_iter().flat_map(in_row).collect()
}

fn anchored(label: &Label, row: Row, width: i64) -> Vec<Placed> {
    let text = text_pixels(&label.text);
    let point = label.at * width / 1000;
    let spans = [
        (Anchor::Middle, point - text / 2),
        (Anchor::Start, point - 6),
        (Anchor::End, point + 6 - text),
    ];
    let fitting = spans.into_iter().filter(|(_, left)| *left >= 0 && left + text <= width);
    let placed = fitting.map(|(anchor, left_pixels)| Placed {
        label: label.clone(),
        row,
        anchor,
        x: label.at,
        left_pixels,
        right_pixels: left_pixels + text,
    });
    // At its point, or at the end of the line that is nearer.
    placed.chain([edge(label, row, width)]).collect()
}

/// Words that stand at the nearer end of the line.
fn edge(label: &Label, row: Row, width: i64) -> Placed {
    let text = text_pixels(&label.text);
    let (anchor, x, left_pixels) =
        if label.at <= 500 { (Anchor::Start, 0, 0) } else { (Anchor::End, 1000, width - text) };
    let right_pixels = left_pixels + text;
    Placed { label: label.clone(), row, anchor, x, left_pixels, right_pixels }
}

fn fits(candidate: &Placed, placed: &[Placed], width: i64) -> bool {
    placed.iter().all(|other| {
        let apart = candidate.left_pixels >= other.right_pixels + ROOM_PIXELS
            || other.left_pixels >= candidate.right_pixels + ROOM_PIXELS;
        let same_row = candidate.row == other.row;
        (!same_row || apart)
            && !leader_crosses(candidate, other, width)
            && !leader_crosses(other, candidate, width)
    })
}

/// Whether the thin rule that ties outer words to their point runs through inner words.
fn leader_crosses(outer: &Placed, inner: &Placed, width: i64) -> bool {
    let outside = match (outer.row, inner.row) {
        (Row::Above(far), Row::Above(near)) | (Row::Below(far), Row::Below(near)) => far > near,
        (Row::Above(_), Row::Below(_)) | (Row::Below(_), Row::Above(_)) => false,
    };
    let point = outer.label.at * width / 1000;
    outside && point >= inner.left_pixels - 4 && point <= inner.right_pixels + 4
}

/// The width of words, estimated generously: a wide font's Latin letters, full squares for Chinese.
fn text_pixels(text: &str) -> i64 {
    let tenths: i64 = text
        .chars()
        .map(|character| match character {
            ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{202f}' => 6,
            _ => 10,
        })
        .sum();
    tenths * TEXT_PIXELS / 10
}

#[cfg(test)]
mod tests {
    use super::{Label, Placed, ROOM_PIXELS, place};

    fn overlap(one: &Placed, other: &Placed) -> bool {
        one.row == other.row
            && one.left_pixels < other.right_pixels + ROOM_PIXELS
            && other.left_pixels < one.right_pixels + ROOM_PIXELS
    }

    #[test]
    fn words_never_touch_wherever_the_points_are() {
        let texts = [
            "Aujourd’hui",
            "Expire le 30 novembre",
            "Grâce jusqu’au 8 décembre",
            "Numéro repris le 1 mars",
        ];
        for step in 0..=200_i64 {
            let points = [step * 5, 300 + step, 420 + step * 2, 1000];
            let labels =
                texts.iter().zip(points).map(|(text, at)| Label { at, text: (*text).to_owned() });
            let placed = place(&labels.collect::<Vec<_>>(), 280);
            for (index, one) in placed.iter().enumerate() {
                assert!(one.left_pixels >= 0 && one.right_pixels <= 280, "{one:?}");
                assert!(
                    !placed.iter().skip(index + 1).any(|other| overlap(one, other)),
                    "{placed:?}"
                );
            }
        }
    }
}
