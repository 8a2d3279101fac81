//! From pages of marks to the signed PDF.

use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

use crate::document::{Document, Issued, Merchant, Paragraph, QrBlock};
use crate::fonts::Typefaces;
use crate::key::SigningKey;
use crate::layout::{LEFT, MARK_BASELINE, Mark, PAGE_HEIGHT, PAGE_WIDTH, Piece, Role};
use crate::qr::{DarkRun, QrError, encode};
use crate::sections;
use crate::signature::{VerifyError, sign, unsigned_block, verify_with};
use crate::structure::Structure;
use crate::typeset::{Line, Tone, Typesetter, clean, clean_line};

const PRODUCER: &str = "Farline";

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The canonical data is neither empty nor JSON.
    #[error("the canonical data is not JSON")]
    Canonical(#[source] serde_json::Error),
    /// The address of the QR code is too long.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// The typefaces in the program are damaged.
    #[error("the typefaces in the program cannot be read")]
    Typefaces,
    /// The PDF could not be written; the words are those of the PDF library.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
    /// The finished file does not pass its own check; it was not handed out.
    #[error("the finished file does not pass its own check")]
    Check(#[source] VerifyError),
}

/// Sets a document on Letter paper and signs it.
///
/// The same document and key give the same bytes. Characters that no typeface here has are shown as boxes.
///
/// # Errors
/// When the canonical data is no JSON, the address of the QR code is too long, or the PDF library refuses.
pub fn render(document: &Document, key: &SigningKey) -> Result<Vec<u8>, RenderError> {
    if !document.canonical.is_empty() {
        serde_json::from_str::<serde::de::IgnoredAny>(&document.canonical)
            .map_err(RenderError::Canonical)?;
    }
    let document = cleaned(document);
    let typefaces = Typefaces::get().ok_or(RenderError::Typefaces)?;
    let code = encode(&document.qr.url)?;
    let fingerprint = key.fingerprint().to_string();
    let pages = sections::set(&document, Typesetter { typefaces }, &fingerprint);

    let mut pdf = krilla::Document::new_with(settings()?);
    let mut structure = Structure::default();
    let painter = Painter { document: &document, typefaces, code };
    for pieces in &pages {
        painter.page(&mut pdf, pieces, &mut structure)?;
    }
    pdf.set_tag_tree(structure.tree(&document.language, &document.title, &code_words(&document)));
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(LEFT, MARK_BASELINE));
    outline.push_child(OutlineNode::new(document.title.clone(), top));
    pdf.set_outline(outline);
    pdf.set_metadata(metadata(&document));
    attach(&mut pdf, &document, key)?;

    let mut file = pdf.finish().map_err(|error| RenderError::Pdf(format!("{error:?}")))?;
    sign(&mut file, key).map_err(RenderError::Check)?;
    verify_with(&file, &key.public_key()).map_err(RenderError::Check)?;
    Ok(file)
}

fn settings() -> Result<SerializeSettings, RenderError> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| RenderError::Pdf(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn metadata(document: &Document) -> Metadata {
    Metadata::new()
        .title(format!("{} {}", document.title, document.number.1))
        .authors(vec![document.merchant.name.clone()])
        .creator(PRODUCER.to_owned())
        .producer(PRODUCER.to_owned())
        .language(document.language.clone())
        .creation_date(moment(document.issued))
        .document_id(document.number.1.clone())
}

fn moment(issued: Issued) -> DateTime {
    let hours = i8::try_from(issued.offset_minutes / 60).unwrap_or(0);
    let minutes = u8::try_from(issued.offset_minutes.unsigned_abs() % 60).unwrap_or(0);
    DateTime::new(issued.year)
        .month(issued.month)
        .day(issued.day)
        .hour(issued.hour)
        .minute(issued.minute)
        .second(issued.second)
        .utc_offset_hour(hours)
        .utc_offset_minute(minutes)
}

/// Attaches the canonical data and the signature block, both stored as they are.
fn attach(
    pdf: &mut krilla::Document,
    document: &Document,
    key: &SigningKey,
) -> Result<(), RenderError> {
    let block = unsigned_block(&document.canonical, key.public_key());
    let signature = ("signature.txt", "text/plain", &block, AssociationKind::Supplement);
    let data = ("document.json", "application/json", &document.canonical, AssociationKind::Source);
    for (name, mime_type, text, association_kind) in [data, signature] {
        if text.is_empty() {
            continue;
        }
        pdf.embed_file(EmbeddedFile {
            path: name.to_owned(),
            mime_type: MimeType::new(mime_type),
            description: Some(format!("{} {}: {name}", document.number.0, document.number.1)),
            association_kind,
            data: text.clone().into_bytes().into(),
            modification_date: Some(moment(document.issued)),
            compress: Some(false),
            location: None,
        })
        .ok_or_else(|| RenderError::Pdf(format!("attachment {name} refused")))?;
    }
    Ok(())
}

/// What the QR code is, for someone who cannot see it.
fn code_words(document: &Document) -> String {
    let words = format!("{} {}", document.qr.caption, document.qr.url);
    if words.trim().is_empty() { "QR".to_owned() } else { words }
}

/// Draws marks on pages.
struct Painter<'a> {
    document: &'a Document,
    typefaces: &'static Typefaces,
    code: (usize, Vec<DarkRun>),
}

impl Painter<'_> {
    fn page(
        &self,
        pdf: &mut krilla::Document,
        pieces: &[Piece],
        structure: &mut Structure,
    ) -> Result<(), RenderError> {
        let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT)
            .ok_or_else(|| RenderError::Pdf("page size".to_owned()))?;
        let mut page = pdf.start_page_with(size);
        let mut link = None;
        let mut surface = page.surface();
        for piece in pieces {
            let tag = match piece.role {
                Role::Artifact => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
                Role::Code => ContentTag::Other,
                _ => ContentTag::Span(SpanTag::empty()),
            };
            let identifier = surface.start_tagged(tag);
            for mark in &piece.marks {
                self.mark(&mut surface, mark);
                if let Mark::Code { x, y, side } = mark {
                    link = Rect::from_xywh(*x, *y, *side, *side);
                }
            }
            surface.end_tagged();
            if piece.role != Role::Artifact {
                structure.note(&piece.role, identifier);
            }
        }
        surface.finish();
        if let Some(area) = link {
            let target =
                Target::Action(Action::from(LinkAction::new(self.document.qr.url.clone())));
            let words = code_words(self.document);
            let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(words));
            structure.note(&Role::Code, page.add_tagged_annotation(annotation));
        }
        page.finish();
        Ok(())
    }

    fn mark(&self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Text { x, baseline, line } => {
                self.text(surface, Point::from_xy(*x, *baseline), line);
            }
            Mark::Rule { from, to, y, thickness, tone } => {
                fill(surface, *tone, |path| {
                    push_rect(path, *from, y - thickness / 2.0, (to - from, *thickness));
                });
            }
            Mark::Ribbon { height } => fill(surface, Tone::Ink, |path| {
                push_rect(path, 0.0, 0.0, (PAGE_WIDTH, *height));
            }),
            Mark::Sun { x, y, radius } => fill(surface, Tone::Sun, |path| {
                push_half_disc(path, *x, *y, *radius);
            }),
            Mark::Code { x, y, side } => fill(surface, Tone::Ink, |path| {
                self.push_code(path, *x, *y, *side);
            }),
        }
    }

    fn text(&self, surface: &mut Surface<'_>, start: Point, line: &Line) {
        surface.set_fill(Some(fill_of(line.style.tone)));
        let mut x = start.x;
        for run in &line.runs {
            let font = self.typefaces.of(run.weight).font.clone();
            surface.draw_glyphs(
                Point::from_xy(x, start.y),
                &run.glyphs,
                font,
                &run.text,
                line.style.size,
                false,
            );
            x += run.advance * line.style.size;
        }
    }

    /// One path, so that no seams show between the rows. White paper around it is the quiet zone.
    fn push_code(&self, path: &mut PathBuilder, x: f32, y: f32, side: f32) {
        let module = side / count(self.code.0);
        for run in &self.code.1 {
            let (left, top) = (x + count(run.column) * module, y + count(run.row) * module);
            push_rect(path, left, top, (count(run.length) * module, module));
        }
    }
}

/// A count of QR modules (at most 177) as a number with a fraction.
fn count(modules: usize) -> f32 {
    f32::from(u16::try_from(modules).unwrap_or(u16::MAX))
}

fn fill(surface: &mut Surface<'_>, tone: Tone, shape: impl FnOnce(&mut PathBuilder)) {
    let mut path = PathBuilder::new();
    shape(&mut path);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill_of(tone)));
        surface.draw_path(&path);
    }
}

fn fill_of(tone: Tone) -> Fill {
    let color = match tone {
        Tone::Ink => rgb::Color::new(0x14, 0x20, 0x2b),
        Tone::Soft => rgb::Color::new(0x5a, 0x66, 0x72),
        Tone::Hairline => rgb::Color::new(0xd9, 0xd4, 0xc7),
        Tone::Sun => rgb::Color::new(0xc2, 0x36, 0x1d),
        Tone::Paper => rgb::Color::white(),
    };
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn push_rect(path: &mut PathBuilder, x: f32, y: f32, (width, height): (f32, f32)) {
    if let Some(area) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(area);
    }
}

/// The upper half of a disc whose centre is (x, y), of two cubic curves.
fn push_half_disc(path: &mut PathBuilder, x: f32, y: f32, radius: f32) {
    // How far the handles of a quarter circle's curve reach, in radii.
    let handle = radius * 0.552_285;
    path.move_to(x - radius, y);
    path.cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius);
    path.cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y);
    path.close();
}

/// The document with every string fit for a page; the canonical data stays as it is.
fn cleaned(document: &Document) -> Document {
    let pair = |(label, value): &(String, String)| (clean_line(label), clean(value));
    let line_pair = |(label, value): &(String, String)| (clean_line(label), clean_line(value));
    let all = |lines: &[String]| lines.iter().map(|line| clean_line(line)).collect();
    let seller = &document.merchant;
    let tag: String = document
        .language
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .collect();
    Document {
        // "und" is BCP 47's own word for a language not known.
        language: if tag.is_empty() { "und".to_owned() } else { tag },
        title: clean_line(&document.title),
        brand: clean_line(&document.brand),
        merchant: Merchant {
            name: clean_line(&seller.name),
            address: all(&seller.address),
            phone: clean_line(&seller.phone),
            email: clean_line(&seller.email),
            registrations: all(&seller.registrations),
        },
        number: line_pair(&document.number),
        reference: line_pair(&document.reference),
        date: clean_line(&document.date),
        issued: document.issued,
        facts: document.facts.iter().map(pair).collect(),
        items: document.items.iter().map(pair).collect(),
        total: line_pair(&document.total),
        payment: clean(&document.payment),
        terms: document
            .terms
            .iter()
            .map(|paragraph| Paragraph {
                heading: paragraph.heading.as_deref().map(clean_line),
                text: clean(&paragraph.text),
            })
            .collect(),
        qr: QrBlock { url: document.qr.url.clone(), caption: clean_line(&document.qr.caption) },
        sandbox: document.sandbox.as_deref().map(clean_line),
        verify_hint: clean(&document.verify_hint),
        canonical: document.canonical.clone(),
    }
}
