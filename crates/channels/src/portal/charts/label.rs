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

/// Places each label, the first one above the line if it can be.
///
/// What fits at `width_pixels` fits at every greater width: places grow with it and words do not.
pub(super) fn place(labels: Vec<Label>, width_pixels: i64) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(labels.len());
    for (index, label) in labels.into_iter().enumerate() {
        let outermost = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
        let rows = rows_for(index);
        let found = rows
            .into_iter()
            .flat_map(|row| candidates(&label, row, width_pixels))
            .find(|candidate| fits(candidate, &placed, width_pixels));
        // A row of its own always has room, however long the words are.
        let last = || edge(&label, Row::Below(outermost), width_pixels);
        let choice = found.unwrap_or_else(last);
        placed.push(choice);
    }
    placed
}

fn rows_for(index: usize) -> [Row; 4] {
    if index == 0 {
        [Row::Above(1), Row::Below(1), Row::Above(2), Row::Below(2)]
    } else {
        [Row::Below(1), Row::Above(1), Row::Below(2), Row::Above(2)]
    }
}

fn candidates(label: &Label, row: Row, width: i64) -> Vec<Placed> {
    let text = text_pixels(&label.text);
    let point = label.at * width / 1000;
    let spans = [
        (Anchor::Middle, point - text / 2),
        (Anchor::Start, point - 6),
        (Anchor::End, point + 6 - text),
    ];
    let mut found: Vec<Placed> = spans
        .into_iter()
        .filter(|(_, left)| *left >= 0 && left + text <= width)
        .map(|(anchor, left)| Placed {
            label: label.clone(),
            row,
            anchor,
            x: label.at,
            left_pixels: left,
            right_pixels: left + text,
        })
        .collect();
    if found.is_empty() {
        found.push(edge(label, row, width));
    }
    found
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
            let placed = place(labels.collect(), 280);
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
