//! The three typefaces of the documents and the shaping of text with them.
//!
//! A character that a typeface lacks is set in the text face; one that no typeface has is shown as a box, and the file
//! still carries the character for whoever copies or searches.

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

/// Extra room between a Chinese character and a Latin letter or digit, in em. Below a tenth, so that programs which
/// read the text back do not take it for a space.
const SCRIPT_GAP: f32 = 0.08;

/// Which of the three typefaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 300, Latin and digits only: the one large amount.
    Numeral,
    /// 400, every character there is.
    Text,
    /// 600, without the traditional characters.
    Heading,
}

/// Glyphs of one typeface in a row, with the characters they stand for.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) weight: Weight,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// Width of the whole run, in em.
    pub(crate) advance: f32,
}

/// A typeface as krilla embeds it and as the shaper reads it.
pub(crate) struct Typeface {
    pub(crate) font: Font,
    face: Face<'static>,
    plan: ShapePlan,
    narrow: ShapePlan,
    unit: f32,
    space: u32,
    missing: u32,
}

impl Typeface {
    fn load(compressed: &[u8]) -> Option<Self> {
        let mut bytes = Vec::new();
        GzDecoder::new(compressed).read_to_end(&mut bytes).ok()?;
        // Kept for the life of the program, once each: the shaper borrows it.
        let data: &'static [u8] = bytes.leak();
        let face = Face::from_slice(data, 0)?;
        let plan_with = |features: &[Feature]| {
            ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, features)
        };
        let plan = plan_with(&[]);
        let narrow = plan_with(&[Feature::new(Tag::from_bytes(b"pwid"), 1, ..)]);
        Some(Self {
            font: Font::new(data.into(), 0)?,
            unit: units(face.units_per_em()),
            space: u32::from(face.glyph_index(' ')?.0),
            missing: u32::from(face.glyph_index('□')?.0),
            plan,
            narrow,
            face,
        })
    }

    fn has(&self, character: char) -> bool {
        self.face.glyph_index(character).is_some()
    }

    fn advance_of(&self, id: u32) -> f32 {
        let id = rustybuzz::ttf_parser::GlyphId(u16::try_from(id).unwrap_or(0));
        self.face.glyph_hor_advance(id).map_or(0.0, |advance| f32::from(advance) / self.unit)
    }

    fn shape(&self, text: &str, offset: usize, into: &mut Vec<KrillaGlyph>) {
        self.shape_by(&self.plan, text, offset, into);
    }

    fn shape_by(&self, plan: &ShapePlan, text: &str, offset: usize, into: &mut Vec<KrillaGlyph>) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.face, plan, buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            let start = info.cluster as usize;
            let next = infos.iter().skip(index).find(|later| later.cluster != info.cluster);
            let end = next.map_or(text.len(), |later| later.cluster as usize);
            let range = offset + start..offset + end;
            if info.glyph_id == 0 {
                into.push(plain_glyph(self.missing, self.advance_of(self.missing), range));
                continue;
            }
            into.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                units(position.x_advance) / self.unit,
                units(position.x_offset) / self.unit,
                units(position.y_offset) / self.unit,
                units(position.y_advance) / self.unit,
                range,
                None,
            ));
        }
    }
}

/// The typefaces, unpacked once.
pub(crate) struct Typefaces {
    numeral: Typeface,
    text: Typeface,
    heading: Typeface,
}

static TYPEFACES: LazyLock<Option<Typefaces>> = LazyLock::new(|| {
    Some(Typefaces {
        numeral: Typeface::load(include_bytes!("../fonts/numeral.ttf.gz"))?,
        text: Typeface::load(include_bytes!("../fonts/text.ttf.gz"))?,
        heading: Typeface::load(include_bytes!("../fonts/heading.ttf.gz"))?,
    })
});

impl Typefaces {
    /// The typefaces; `None` when the files in the program are no fonts, which a test of this crate rules out.
    pub(crate) fn get() -> Option<&'static Self> {
        TYPEFACES.as_ref()
    }

    /// The typeface of a weight.
    pub(crate) fn of(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Numeral => &self.numeral,
            Weight::Text => &self.text,
            Weight::Heading => &self.heading,
        }
    }

    /// Where a character is found: the wanted typeface, else the text face.
    fn weight_for(&self, character: char, wanted: Weight) -> Weight {
        if self.of(wanted).has(character) || gap_of(character).is_some() {
            wanted
        } else {
            Weight::Text
        }
    }

    /// Width of one character in em between its neighbours, kerning left out.
    pub(crate) fn advance(
        &self,
        neighbours: (Option<char>, Option<char>),
        character: char,
        wanted: Weight,
    ) -> f32 {
        let typeface = self.of(self.weight_for(character, wanted));
        if is_narrow(neighbours.0, character, neighbours.1) {
            let mut glyphs = Vec::new();
            typeface.shape_by(&typeface.narrow, character.encode_utf8(&mut [0; 4]), 0, &mut glyphs);
            return glyphs.iter().map(|glyph| glyph.x_advance).sum();
        }
        match (typeface.face.glyph_index(character), gap_of(character)) {
            (Some(id), _) => typeface.advance_of(u32::from(id.0)),
            (None, Some(advance)) => advance,
            (None, None) => typeface.advance_of(typeface.missing),
        }
    }

    /// The glyphs of a line of text.
    pub(crate) fn shape(&self, text: &str, wanted: Weight) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut start = 0;
        let mut current = None;
        for (at, character) in text.char_indices() {
            let weight = if is_mark(character) {
                current.unwrap_or(wanted)
            } else {
                self.weight_for(character, wanted)
            };
            if let Some(before) = current.filter(|before| *before != weight) {
                runs.push(self.run(&text[start..at], before));
                start = at;
            }
            current = Some(weight);
        }
        if let Some(weight) = current {
            runs.push(self.run(&text[start..], weight));
        }
        runs
    }

    /// Shapes text that one typeface has, but for spaces of other widths, which are made of its plain space.
    fn run(&self, text: &str, weight: Weight) -> Run {
        let typeface = self.of(weight);
        let mut glyphs = Vec::new();
        let mut start = 0;
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            let gap = gap_of(character).filter(|_| !typeface.has(character));
            let before = text[..at].chars().next_back();
            let narrow = is_narrow(before, character, text[end..].chars().next());
            if gap.is_none() && !narrow {
                continue;
            }
            typeface.shape(&text[start..at], start, &mut glyphs);
            match gap {
                Some(advance) => glyphs.push(plain_glyph(typeface.space, advance, at..end)),
                None => typeface.shape_by(&typeface.narrow, &text[at..end], at, &mut glyphs),
            }
            start = end;
        }
        typeface.shape(&text[start..], start, &mut glyphs);
        for glyph in &mut glyphs {
            let before = text[..glyph.text_range.end].chars().next_back();
            let after = text[glyph.text_range.end..].chars().next();
            glyph.x_advance += script_gap(before, after);
        }
        let advance = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Run { weight, text: text.to_owned(), glyphs, advance }
    }
}

/// A glyph that stands where the pen is.
fn plain_glyph(id: u32, advance: f32, range: std::ops::Range<usize>) -> KrillaGlyph {
    KrillaGlyph::new(GlyphId::new(id), advance, 0.0, 0.0, 0.0, range, None)
}

/// Extra room between two neighbours, in em.
pub(crate) fn script_gap(before: Option<char>, after: Option<char>) -> f32 {
    match (before, after) {
        (Some(before), Some(after))
            if is_han(before) && after.is_ascii_alphanumeric()
                || before.is_ascii_alphanumeric() && is_han(after) =>
        {
            SCRIPT_GAP
        }
        _ => 0.0,
    }
}

/// Marks that a Chinese typeface draws as wide as a Chinese character, which they should be beside one only.
fn is_narrow(before: Option<char>, character: char, after: Option<char>) -> bool {
    let wide = |neighbour: Option<char>| {
        neighbour.is_some_and(|it| {
            is_han(it) || matches!(it, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
        })
    };
    matches!(character, '‘' | '’' | '“' | '”' | '…') && !wide(before) && !wide(after)
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

/// Width in em of a space that the typefaces may lack (The Unicode Standard, table 6-2).
fn gap_of(character: char) -> Option<f32> {
    match character {
        '\u{2000}' | '\u{2002}' => Some(0.5),
        '\u{2001}' | '\u{2003}' | '\u{3000}' => Some(1.0),
        '\u{2004}' => Some(0.333),
        '\u{2005}' | '\u{205F}' => Some(0.25),
        '\u{2006}' | '\u{2009}' | '\u{202F}' => Some(0.167),
        '\u{2007}' => Some(0.555),
        '\u{2008}' => Some(0.224),
        '\u{200A}' => Some(0.1),
        _ => None,
    }
}

/// Font units as a number with a fraction; they fit 16 bits.
fn units(value: i32) -> f32 {
    f32::from(i16::try_from(value).unwrap_or(i16::MAX))
}
