//! The frame of every portal page: language, header, footer, style sheet, error summary.
//!
//! A page is a view struct in [`super::views`] that derives [`askama::Template`] and holds a
//! [`Layout`]; [`Page::html`] writes the whole document. Pages need one request: the style sheet
//! stands in the head, allowed by its digest ([`style_csp_hash`]), and nothing else is fetched.

use std::borrow::Borrow;
use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farline_domain::kernel::Language;
use farline_texts::{Argument, Words};
use sha2::{Digest, Sha256};

use super::charts::escaped;

/// The style sheet as people edit it.
const STYLE_SOURCE: &str = include_str!("../../assets/portal.css");

/// The style sheet as it is sent: without comments and indentation.
static STYLE: LazyLock<String> = LazyLock::new(|| compact(STYLE_SOURCE));

/// The CSP source expression of [`STYLE`].
static STYLE_CSP_HASH: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(STYLE.as_bytes()))));

/// A private-use character that keeps the place of a value in a text, through escaping too.
const PLACE: &str = "\u{e000}";
const PLACE_AND_STOP: &str = "\u{e000}.";

/// What is sent if a template cannot be written at all, which only a fault of ours can cause.
const LAST_RESORT: &str = "<!doctype html><html lang=\"en-CA\"><meta charset=\"utf-8\">\
    <title>Farline</title><p lang=\"zh-CN\">页面暂时无法显示，请稍后再试。</p>\
    <p>This page cannot be shown right now. Please try again later.</p>\
    <p lang=\"fr-CA\">Cette page ne peut pas s’afficher. Veuillez réessayer plus tard.</p></html>";

/// The source expression for `style-src` in the Content-Security-Policy header (CSP Level 3 §2.3.1),
/// quotes included: `'sha256-…'`. The same for every page of one build.
pub fn style_csp_hash() -> &'static str {
    &STYLE_CSP_HASH
}

/// A template that is a whole document.
pub trait Page: askama::Template {
    /// The document as HTML5, without indentation and empty lines.
    fn html(&self) -> String {
        match self.render() {
            Ok(document) => tightened(&document),
            Err(fault) => {
                tracing::error!(%fault, "a page could not be written");
                LAST_RESORT.to_owned()
            }
        }
    }
}

impl<T: askama::Template> Page for T {}

/// Everything that is the same on each page of one answer.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The language of the page.
    pub language: Language,
    /// Where the page lives, so that it can be offered in the other languages.
    pub path: PagePath,
    /// The entry of the menu that is marked as the current one.
    pub section: Section,
    /// Whether somebody is signed in: the menu then leads to cards, orders and account.
    pub signed_in: bool,
    /// Whether the sandbox banner stands on top, with the way to the demonstration mailbox.
    pub sandbox: bool,
    /// What was wrong with the form sent; empty on a first visit. Shown as a summary that takes the focus.
    pub errors: Vec<FieldError>,
    /// One sentence about what was just done ("Saved."), read out by screen readers.
    pub notice: Option<String>,
    /// Who runs this site.
    pub business: Arc<Business>,
    /// The session's anti-forgery value for the hidden field `csrf`; none for strangers.
    pub csrf: Option<String>,
    /// Seconds after which the page asks for itself again (an order being delivered).
    pub refresh_seconds: Option<u32>,
}

/// Where a page lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagePath {
    /// Behind the language segment, query included: `/renew/abc?need=data`, or nothing for the first page.
    InLanguage(String),
    /// Outside of it (`/mailbox`): the language is then asked for by `?lang=`.
    Fixed(String),
}

/// The entries of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// None of them.
    Elsewhere,
    /// My cards.
    Cards,
    /// My orders.
    Orders,
    /// The account.
    Account,
    /// The sign-in page.
    SignIn,
}

/// One thing to correct, tied to its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The `id` of the field, which is also its `name`; empty if no single field is at fault.
    pub field: String,
    /// What to do, as a whole sentence in the page's language.
    pub message: String,
}

/// The business that runs the site, as it must be named to customers.
#[derive(Clone, Debug)]
pub struct Business {
    /// The name beside the mark, in the page's language.
    pub brand: String,
    /// The merchant's legal name, as it appears on receipts and on the bank statement.
    pub legal_name: String,
    /// The postal address, one entry per line.
    pub address: Vec<String>,
    /// The customer line as people read it: `1-800-555-0142`.
    pub phone: String,
    /// The same in E.164, for the `tel:` link.
    pub phone_e164: String,
    /// The address for customers' e-mail.
    pub email: String,
    /// The title of the person in charge of personal information (Quebec's Law 25, s. 3.1).
    pub privacy_officer: String,
    /// Where that person is written to.
    pub privacy_email: String,
    /// Tax registrations: label and number (`GST/HST`, `123456789 RT0001`).
    pub tax_registrations: Vec<(String, String)>,
    /// What is refunded, and when: paragraphs.
    pub refunds: Vec<String>,
    /// The version of the terms in force.
    pub terms_version: String,
}

impl Layout {
    /// A page for a stranger: nobody signed in, nothing wrong, no banner.
    pub fn new(language: Language, path: PagePath, business: Arc<Business>) -> Self {
        Self {
            language,
            path,
            section: Section::Elsewhere,
            signed_in: false,
            sandbox: false,
            errors: Vec::new(),
            notice: None,
            business,
            csrf: None,
            refresh_seconds: None,
        }
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// A text without variables.
    pub fn say(&self, key: impl AsRef<str>) -> String {
        self.words().say(key.as_ref())
    }

    /// A text with one variable that is already worded.
    pub fn say_with(&self, key: impl AsRef<str>, name: &str, value: &str) -> String {
        let text = self.words().say_with(key.as_ref(), &[(name, Argument::from(PLACE))]);
        placed(&text, value, value)
    }

    /// A text with two variables that are already worded: name and value, name and value.
    pub fn say_both(&self, key: &str, first: &(&str, &str), second: &(&str, &str)) -> String {
        let arguments = [(first.0, Argument::from(first.1)), (second.0, Argument::from(second.1))];
        self.words().say_with(key, &arguments)
    }

    /// A text with a number that decides about plural forms.
    pub fn say_count(&self, key: &str, name: &str, count: impl Borrow<i64>) -> String {
        self.words().say_with(key, &[(name, Argument::from(*count.borrow()))])
    }

    /// A text with one variable set in bold: markup, to be written without further escaping.
    pub fn say_strong(&self, key: impl AsRef<str>, name: &str, value: &str) -> String {
        let text = self.words().say_with(key.as_ref(), &[(name, Argument::from(PLACE))]);
        placed(&escaped(&text), &format!("<b>{}</b>", escaped(value)), value)
    }

    /// Pieces joined by a middle dot (`5 GB · 30 days`) as markup: a line is broken between pieces, never inside one.
    pub fn unbroken(&self, pieces: &str) -> String {
        // The dot stays with what it follows: no line begins with one.
        let whole: Vec<String> = pieces
            .split(" · ")
            .map(|piece| format!("<span class=\"whole\">{}", escaped(piece)))
            .collect();
        format!("{}</span>", whole.join("\u{a0}·</span> "))
    }

    /// A path of this site in the page's language: `cards` → `/zh/cards`.
    pub fn href(&self, path: impl AsRef<str>) -> String {
        format!("/{}/{}", self.language.path(), path.as_ref())
    }

    /// The address of this page.
    pub fn address(&self) -> String {
        self.path.in_language(self.language)
    }

    /// The first page in the page's language.
    pub fn home_href(&self) -> String {
        format!("/{}", self.language.path())
    }

    /// The other languages with the address of this same page.
    pub fn other_languages(&self) -> Vec<(Language, String)> {
        Language::ALL
            .into_iter()
            .filter(|language| *language != self.language)
            .map(|language| (language, self.path.in_language(language)))
            .collect()
    }

    /// The message for a field, if it was wrong.
    pub fn error_of(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// The style sheet, for the base template.
    pub fn style(&self) -> &'static str {
        &STYLE
    }

    /// `tel:` address of the customer line.
    pub fn phone_href(&self) -> String {
        format!("tel:{}", self.business.phone_e164)
    }
}

impl PagePath {
    /// The address of the page in a language.
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Self::InLanguage(rest) => format!("/{}{rest}", language.path()),
            Self::Fixed(path) => format!("{path}?lang={}", language.path()),
        }
    }
}

/// Puts a value where [`PLACE`] stands. A value that brings its own stop ("2:17 p.m.") takes the place of the sentence's.
fn placed(text: &str, shown: &str, value: &str) -> String {
    let text =
        if value.ends_with('.') { text.replace(PLACE_AND_STOP, PLACE) } else { text.to_owned() };
    text.replace(PLACE, shown)
}

/// Joins the lines of a style sheet and leaves its comments out. Each line of the source ends a
/// declaration, a block or a list item, so lines may touch.
fn compact(source: &str) -> String {
    let mut rest = source;
    let mut without_comments = String::with_capacity(source.len());
    while let Some((before, after)) = rest.split_once("/*") {
        without_comments.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    without_comments.push_str(rest);
    without_comments.lines().map(str::trim).collect()
}

/// Leaves indentation and empty lines out; inside a page they mean nothing, but where it shows a program.
fn tightened(document: &str) -> String {
    let mut tight = String::with_capacity(document.len());
    let mut is_program = false;
    for line in document.lines() {
        let kept = if is_program { line } else { line.trim() };
        if is_program || !kept.is_empty() {
            tight.push_str(kept);
            tight.push('\n');
        }
        is_program = match (line.rfind("<pre"), line.rfind("</pre>")) {
            (Some(begins), ends) => ends < Some(begins),
            (None, Some(_)) => false,
            (None, None) => is_program,
        };
    }
    tight
}
